//! The words that tell a relation: `data/lexicon/relations.tsv`, one line a meaning.

use crate::lexicon::{Builder, Sense};
use crate::ontology::Tie;
use crate::pack::cells::{choice, record};
use crate::sources::Sources;
use crate::table::BadLine;

/// A word, or several that mean the same, that tells a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelationCue {
    /// Where its two ends stand.
    pub shape: Shape,
    /// What it tells.
    pub tie: Tie,
    /// Whether the left end is the subject.
    pub forward: bool,
    /// Whether it is over.
    pub former: bool,
}

record!(RelationCue { shape, tie, forward, former });

/// Where the two ends of a cue stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// "LEFT, an offshoot of RIGHT", "RIGHT's offshoot LEFT", "RIGHT offshoot LEFT".
    Noun,
    /// "LEFT backed by RIGHT".
    Between,
    /// "LEFT-backed RIGHT".
    Joined,
    /// "LEFT, under RIGHT protection".
    Under,
}

choice!(Shape { 0 Noun, 1 Between, 2 Joined, 3 Under });

/// The table of cues.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    cues: Vec<RelationCue>,
}

record!(Ties { cues });

impl Ties {
    /// Reads the table and adds its words to `builder`; bad lines are collected.
    pub(crate) fn load(sources: &Sources, builder: &mut Builder, bad: &mut Vec<BadLine>) -> Self {
        let mut cues = Vec::new();
        for row in sources.rows("lexicon/relations.tsv") {
            let cue = row.and_then(|row| {
                let one_of = |i: usize, column, first: &str, second: &str| {
                    row.term(i, column, |word| {
                        (word == first || word == second).then_some(word == first)
                    })
                };
                let cue = RelationCue {
                    shape: row.term(1, "shape", shape)?,
                    tie: row.term(2, "relation", Tie::parse)?,
                    forward: one_of(3, "side", "left", "right")?,
                    former: one_of(4, "time", "former", "now")?,
                };
                Ok((row, cue))
            });
            match cue {
                Err(line) => bad.push(line),
                Ok((row, cue)) => {
                    let sense = Sense::Relation(cues.len() as u16);
                    row.list(0).for_each(|form| builder.add(form, sense));
                    cues.push(cue);
                }
            }
        }
        Self { cues }
    }

    /// The cue with this number.
    pub fn get(&self, cue: u16) -> Option<RelationCue> {
        self.cues.get(usize::from(cue)).copied()
    }
}

fn shape(word: &str) -> Option<Shape> {
    match word {
        "noun" => Some(Shape::Noun),
        "between" => Some(Shape::Between),
        "joined" => Some(Shape::Joined),
        "under" => Some(Shape::Under),
        _ => None,
    }
}
