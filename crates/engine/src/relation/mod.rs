//! What a document says of how actors are related: claims with their speaker, never facts.
//!
//! A word of the table `cue` tells a relation; the grammar of its sentence gives the two ends
//! (`sides`), `end` says what each is, `manner` who says so and how surely. A relation whose
//! ends are not both plain is left out, and so is one of which neither end is known by name.

mod antecedent;
mod cue;
mod end;
mod manner;
mod sides;

use std::ops::Range;

use reading::{DocumentId, Span};
use serde::{Deserialize, Serialize};

use crate::Knowledge;
use crate::date::{Clock, date_words, resolve};
use crate::frame::when;
use crate::lexicon::{Mention, Sense};
use crate::ontology::{Assertion, Sort, Tie};
use crate::party::{Named, bands, parties};
use crate::place::LazyAtlas;
use crate::report::Speaker;
use crate::resolved::{Basis, Period, Resolved};
use crate::syntax::{Grammar, Syntax};
use crate::text::Text;

pub use cue::{RelationCue, Shape, Ties};

reading::id_type! {
    /// Names a relation by its document, its first evidence, what it tells and its two ends.
    RelationId
}

/// A claim that two actors, or an actor and a place, are related. Names are spans of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// From the document, the evidence, the tie and the ends.
    pub id: RelationId,
    /// Whose words these are.
    pub document: DocumentId,
    /// How they are related: "subject is offshoot of object".
    pub relation: Tie,
    /// The one of whom it is said.
    pub subject: End,
    /// The other.
    pub object: End,
    /// How the text puts it.
    pub assertion: Assertion,
    /// Whether it is said to be over: "a former ally".
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub former: bool,
    /// When it held.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub when: Option<Resolved<Period>>,
    /// Whose word it is; nobody's but the author's if empty.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub speakers: Vec<Speaker>,
    /// The sentences that say so.
    pub evidence: Vec<Span>,
}

/// One of the two that are related: an actor, a description of one, or a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// As the text has it.
    pub name: Span,
    /// The knowledge entry that it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor: Option<String>,
    /// What sort of actor; absent for a place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sort: Option<Sort>,
    /// The country, for a place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub country: Option<String>,
    /// The area, city or village below the country, for a place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<String>,
}

impl End {
    fn is_known(&self) -> bool {
        self.actor.is_some() || self.country.is_some()
    }

    fn is_same(&self, other: &Self, text: &Text<'_>) -> bool {
        let known = |end: &Self| (end.actor.clone(), end.country.clone(), end.place.clone());
        known(self) == known(other)
            && (self.is_known() || self.name.of(text.source) == other.name.of(text.source))
    }
}

/// What relations are looked for in.
#[derive(Debug)]
pub struct Sources<'r> {
    /// The document's id.
    pub document: DocumentId,
    /// Its sentences and tokens.
    pub text: &'r Text<'r>,
    /// The phrases of its sentences.
    pub grammar: &'r Grammar<'r>,
    /// Its mentions.
    pub mentions: &'r [Mention<'r>],
    /// Its places.
    pub atlas: &'r LazyAtlas<'r>,
    /// What its days are counted from.
    pub clock: Clock,
    /// What is known.
    pub known: &'r Knowledge,
}

/// One sentence with all that is known of its words.
pub(crate) struct Sentence<'r> {
    pub(crate) text: &'r Text<'r>,
    pub(crate) tokens: Range<usize>,
    pub(crate) mentions: &'r [Mention<'r>],
    pub(crate) parties: Vec<Named>,
    pub(crate) syntax: &'r Syntax,
    pub(crate) atlas: &'r LazyAtlas<'r>,
    pub(crate) known: &'r Knowledge,
}

impl<'r> Sentence<'r> {
    /// Sentence number `i`, with its mentions, which are the `range` of the document's.
    pub(crate) fn of(sources: &Sources<'r>, i: usize, range: Range<usize>) -> Option<Self> {
        let &Sources { text, grammar, mentions, atlas, known, .. } = sources;
        let at = text.sentences.get(i)?;
        let mentions = mentions.get(range)?;
        Some(Self {
            text,
            mentions,
            parties: parties(text, mentions, known),
            syntax: grammar.sentence(i),
            tokens: at.first..at.last,
            atlas,
            known,
        })
    }
}

/// The most relations of one sentence: what has more is a list or a trap.
const MOST: usize = 12;

/// Whether a document has a sentence that may tell a relation: this costs nothing.
pub fn may_tell(text: &Text<'_>, mentions: &[Mention<'_>], known: &Knowledge) -> bool {
    told(text, mentions, known).next().is_some()
}

/// All relations of a document, in the order of the text.
pub fn relations(sources: &Sources<'_>) -> Vec<Relation> {
    let (text, known) = (sources.text, sources.known);
    let mut found: Vec<Relation> = Vec::new();
    for (i, range) in told(text, sources.mentions, sources.known) {
        let Some(sentence) = Sentence::of(sources, i, range) else { continue };
        let before = found.len();
        for mention in sentence.mentions {
            for &sense in mention.senses {
                let Sense::Relation(cue) = sense else { continue };
                let Some(cue) = known.ties.get(cue) else { continue };
                for relation in sentence.tell(sources, cue, mention, i) {
                    if found.len() - before < MOST {
                        add(&mut found, relation, text);
                    }
                }
            }
        }
    }
    found
}

/// Adds a relation, or its evidence to one that says the same.
fn add(found: &mut Vec<Relation>, new: Relation, text: &Text<'_>) {
    let same =
        found.iter_mut().find(|old| {
            old.relation == new.relation
                && old.assertion == new.assertion
                && old.former == new.former
                && old.subject.is_same(&new.subject, text)
                && old.object.is_same(&new.object, text)
                && old.speakers.len() == new.speakers.len()
                && old.speakers.iter().zip(&new.speakers).all(|(a, b)| {
                    a.name.of(text.source).eq_ignore_ascii_case(b.name.of(text.source))
                })
        });
    let Some(old) = same else {
        found.push(new);
        return;
    };
    for span in new.evidence {
        if !old.evidence.contains(&span) {
            old.evidence.push(span);
        }
    }
    old.when = old.when.take().or(new.when);
}

/// The sentences with a word for a relation and the name of an actor, a country or an area; each
/// with its mentions.
fn told<'r>(
    text: &'r Text<'_>,
    mentions: &'r [Mention<'_>],
    known: &'r Knowledge,
) -> impl Iterator<Item = (usize, Range<usize>)> + 'r {
    let cue = |s: Sense| matches!(s, Sense::Relation(_));
    let named =
        move |here: &[Mention<'_>]| here.iter().any(is_named) || bands(text, here, known).len() > 1;
    spread(text, mentions, cue).filter(move |(_, range)| named(&mentions[range.clone()]))
}

/// Whether a mention can be the name of an actor, a country or an area.
pub(crate) fn is_named(mention: &Mention<'_>) -> bool {
    let named = |s: &Sense| {
        matches!(s, Sense::Actor(..) | Sense::Country(_) | Sense::Demonym(_) | Sense::Area(_))
    };
    mention.actor.is_some() || mention.senses.iter().any(named)
}

/// The sentences that have a sense of this sort, each with the range of its mentions.
pub(crate) fn spread<'r>(
    text: &'r Text<'_>,
    mentions: &'r [Mention<'_>],
    is: impl Fn(Sense) -> bool + 'r,
) -> impl Iterator<Item = (usize, Range<usize>)> + 'r {
    let mut first = 0;
    text.sentences.iter().enumerate().filter_map(move |(i, sentence)| {
        let start = first + mentions[first..].partition_point(|m| m.first < sentence.first);
        let end = start + mentions[start..].partition_point(|m| m.first < sentence.last);
        first = end;
        let here = &mentions[start..end];
        here.iter().any(|m| m.senses.iter().any(|&s| is(s))).then_some((i, start..end))
    })
}

impl Sentence<'_> {
    /// The relations that one cue tells.
    fn tell(
        &self,
        sources: &Sources<'_>,
        cue: RelationCue,
        mention: &Mention<'_>,
        at: usize,
    ) -> Vec<Relation> {
        let Some((lefts, rights)) = self.sides(cue, mention) else { return Vec::new() };
        let end = lefts.iter().chain(&rights).map(|s| s.tokens.end).fold(mention.last, usize::max);
        let (subjects, objects) = if cue.forward { (lefts, rights) } else { (rights, lefts) };
        let ends = |sides: Vec<sides::Side>, subject: bool| -> Vec<(End, Option<usize>)> {
            sides
                .into_iter()
                .filter_map(|side| self.end(&side, cue.tie, subject, sources, at))
                .collect()
        };
        let (subjects, objects) = (ends(subjects, true), ends(objects, false));
        let Some(own) = self.text.sentences.get(at) else { return Vec::new() };
        let manner = self.manner(mention);
        let (dated, _) = when(self.text, &self.tokens, mention.first, self.mentions, sources.clock);
        // "in an attack on Sunday by an ally of X": only what stands behind dates a noun.
        let near = dated.filter(|(_, word)| match cue.shape {
            Shape::Noun | Shape::Joined => (end..end + 4).contains(&word.first),
            Shape::Between | Shape::Under => word.first.abs_diff(mention.first) <= NEAR,
        });
        let since = self.since(end, sources.clock).filter(|_| near.is_none());
        let mut found = Vec::new();
        for (subject, one) in &subjects {
            for (object, other) in &objects {
                let band = |end: &End| self.is_band(end);
                let plain = |end: &End| band(end) || end::is_state(end);
                let bands = band(subject) && plain(object) || plain(subject) && band(object);
                let known = subject.is_known() || object.is_known() || bands;
                if !known || subject.is_same(object, self.text) && cue.tie != Tie::AliasOf {
                    continue;
                }
                let mut evidence = vec![own.span];
                let earlier = [one, other].into_iter().flatten();
                evidence.extend(earlier.filter_map(|&i| Some(self.text.sentences.get(i)?.span)));
                evidence.dedup();
                found.push(Relation {
                    id: RelationId::of(&[
                        &sources.document.bytes(),
                        cue.tie.as_str().as_bytes(),
                        &own.span.start().to_le_bytes(),
                        &subject.name.start().to_le_bytes(),
                        &object.name.start().to_le_bytes(),
                    ]),
                    document: sources.document,
                    relation: cue.tie,
                    subject: subject.clone(),
                    object: object.clone(),
                    assertion: manner.assertion,
                    former: cue.former || self.is_former(mention),
                    when: near
                        .map(|(period, word)| {
                            let at = vec![word.span];
                            Resolved::new(period, Basis::Stated, at, "day beside the cue")
                        })
                        .or_else(|| since.clone()),
                    speakers: manner.speakers.clone(),
                    evidence,
                });
            }
        }
        found
    }
}

impl Sentence<'_> {
    /// Whether an end is an organisation by a name that no table has.
    fn is_band(&self, end: &End) -> bool {
        let named = |p: &Named| self.text.span(p.tokens.start, p.tokens.end);
        let inside = |span: Span| end.name.start() <= span.start() && span.end() <= end.name.end();
        self.parties.iter().any(|p| p.actor.is_none() && named(p).is_some_and(inside))
    }

    /// "an ally of X since 1971": from then to the day of the text.
    fn since(&self, end: usize, clock: Clock) -> Option<Resolved<Period>> {
        let since = (end..(end + 4).min(self.tokens.end)).find(|&i| self.text.is(i, "since"))?;
        let behind = since + 1..(since + 6).min(self.tokens.end);
        let word = date_words(self.text, behind).into_iter().next()?;
        let (start, end) = (resolve(&word, clock)?.start, clock.today?);
        let period = (start <= end).then_some(Period { start, end })?;
        Some(Resolved::new(period, Basis::Inferred, vec![word.span], "since a day"))
    }

    /// "a former rebel-held town", "once an ally of X": a word before the cue says that it is over.
    fn is_former(&self, cue: &Mention<'_>) -> bool {
        (cue.first.saturating_sub(3).max(self.tokens.start)..cue.first)
            .any(|i| self.text.is(i, "former") || self.text.is(i, "formerly"))
    }
}

/// How many tokens from its cue a day may stand that says when a relation held.
const NEAR: usize = 7;
