//! What actors are to one another and to countries, as knowledge: parents, splinters, allies, bases.
//!
//! What a text *says* of such things is a claim and belongs to the report; this is what is known
//! before reading, each with its days and its source.

use jiff::civil::Date;

use super::{Actors, Validity};
use crate::pack::cells::{listed, record};
use crate::sources::Sources;
use crate::table::{BadLine, Fault};

/// Makes the closed list of relations out of the words of the column.
macro_rules! relations {
    ($($(#[$doc:meta])* $member:ident = $text:literal),+ $(,)?) => {
        /// What the subject is to the object.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RelationKind { $($(#[$doc])* $member),+ }

        impl RelationKind {
            /// The term as it stands in tables and JSON.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$member => $text),+ }
            }

            /// The member that `term` names.
            pub fn parse(term: &str) -> Option<Self> {
                match term { $($text => Some(Self::$member),)+ _ => None }
            }
        }

        listed!(RelationKind { $($member = $text),+ });
    };
}

relations! {
    /// It came out of the object and is no part of it.
    OffshootOf = "offshoot_of",
    /// It broke away from the object.
    SplinterOf = "splinter_of",
    /// It is a part, wing or province of the object.
    BranchOf = "branch_of",
    /// It goes on from the object under another name.
    SuccessorOf = "successor_of",
    /// They fight on one side.
    AllyOf = "ally_of",
    /// It gives the object money, arms or training.
    SponsorOf = "sponsor_of",
    /// It shelters the object.
    ProtectorOf = "protector_of",
    /// They fight or contend.
    RivalOf = "rival_of",
    /// Its leaders or camps are there.
    BasedIn = "based_in",
    /// It acts there.
    OperatesIn = "operates_in",
    /// It rules there.
    Controls = "controls",
}

/// One relation, with its days and source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The id of the actor that it is told of.
    pub subject: &'static str,
    /// What the subject is to the object.
    pub kind: RelationKind,
    /// The id of another actor, the code of a country, or the name of a place or area.
    pub object: &'static str,
    /// When it held.
    pub when: Validity,
    /// Where it is from: "own", or the entry of a list.
    pub source: &'static str,
}

record!(Relation { subject, kind, object, when, source });

/// All relations, in the order of their subjects.
#[derive(Debug, Default)]
pub struct Relations {
    all: Vec<Relation>,
}

record!(Relations { all });

/// The tables, in `data/`.
const TABLES: [&str; 2] = ["relations.tsv", "relations-ucdp.tsv"];

impl Relations {
    /// Reads the tables; bad lines are collected.
    pub(crate) fn load(sources: &Sources, actors: &Actors, bad: &mut Vec<BadLine>) -> Self {
        let mut all = Vec::new();
        for file in TABLES {
            for row in sources.rows(file) {
                let relation = row.and_then(|row| {
                    let known = |id: &str| actors.find(id).map(|a| a.id);
                    let subject = row.term(0, "actor", known)?;
                    let kind = row.term(1, "relation", RelationKind::parse)?;
                    let here = matches!(
                        kind,
                        RelationKind::BasedIn | RelationKind::OperatesIn | RelationKind::Controls
                    );
                    let named = (here && !row.cell(2).is_empty()).then(|| row.cell(2));
                    let object = row.term(2, "actor", |id| known(id).or(named))?;
                    let when = Validity::of(row.cell(3), row.cell(4)).ok_or_else(|| {
                        let found = format!("{} – {}", row.cell(3), row.cell(4));
                        row.bad(Fault::Term { column: "day", found })
                    })?;
                    Ok(Relation { subject, kind, object, when, source: row.cell(5) })
                });
                match relation {
                    Ok(relation) => all.push(relation),
                    Err(line) => bad.push(line),
                }
            }
        }
        all.sort_by(|a, b| (a.subject, a.kind).cmp(&(b.subject, b.kind)));
        Self { all }
    }

    /// The relations that are told of `subject`.
    pub fn of<'r>(&'r self, subject: &str) -> &'r [Relation] {
        let start = self.all.partition_point(|r| r.subject < subject);
        let len = self.all[start..].partition_point(|r| r.subject == subject);
        &self.all[start..start + len]
    }

    /// The relations of `subject` that held on `day`, or may have.
    pub fn on<'r>(&'r self, subject: &str, day: Date) -> impl Iterator<Item = &'r Relation> {
        self.of(subject).iter().filter(move |r| r.when.holds(day))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
