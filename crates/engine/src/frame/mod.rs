//! Sentences that tell of violence: the word that tells it, the signs beside it, how it is put.

mod day;
mod how;
mod score;

pub(crate) use day::when;

use std::cmp::Reverse;
use std::ops::Range;

use crate::Knowledge;
use crate::clause::Clauses;
use crate::date::{Clock, DateWord};
use crate::lexicon::{Act, Cue, Mention, Part, Sense};
use crate::ontology::{Assertion, Mode, Stage};
use crate::resolved::Period;
use crate::subject::Subject;
use crate::syntax::Grammar;
use crate::text::{Shape, Text};
use crate::toll::{Toll, tolls};

use how::{assertion, stage};
use score::score;

/// A sentence that tells of violence.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The day on which somebody spoke of it, if that is all that the sentence gives.
    pub spoken: Option<Dated>,
    /// Which sentence.
    pub sentence: usize,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its mentions, as indices into those of the document.
    pub mentions: Range<usize>,
    /// The token of the word that tells it.
    pub trigger: usize,
    /// What that word says.
    pub act: Act,
    /// What its clause says by who does what to whom, if a pattern knows it.
    pub clause: Option<Act>,
    /// How sure the sentence is to tell of violence; from [`STARTS`] on it can start an event.
    pub score: f32,
    /// Its counts of the harmed.
    pub tolls: Vec<Toll>,
    /// The period that it gives the violence, with the words.
    pub when: Option<Dated>,
    /// How far it got.
    pub stage: Stage,
    /// How it is put.
    pub assertion: Assertion,
    /// Whether it is told as history.
    pub background: bool,
    /// Whether it looks back: to a trial, a funeral, an anniversary.
    pub looks_back: bool,
    /// Whether it is told as another event than the one before.
    pub other: bool,
}

/// A period and the words that give it.
pub type Dated = (Period, DateWord);

/// The score from which a sentence can start an event.
pub const STARTS: f32 = 2.9;
/// The score from which a sentence can add to one.
const ADDS: f32 = 1.3;

/// All frames of a document, in order.
pub fn frames(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    subject: &Subject,
    clock: Clock,
    grammar: &Grammar<'_>,
    known: &Knowledge,
) -> Vec<Frame> {
    let mut found: Vec<Frame> = Vec::new();
    let mut first = 0;
    let mut clock = clock;
    for (i, sentence) in text.sentences.iter().enumerate() {
        let start = first + mentions[first..].partition_point(|m| m.first < sentence.first);
        let end = start + mentions[start..].partition_point(|m| m.first < sentence.last);
        first = end;
        let here = &mentions[start..end];
        let clause = known
            .clauses
            .find(text, grammar, (&known.verbs, &known.clause_verbs), i, here)
            .or_else(|| Clauses::nominal(text, grammar, i, here));
        if let Some(frame) = frame(text, i, start..end, mentions, subject, clock, clause) {
            clock = clock.behind(frame.when.filter(|(p, _)| p.days() == 1).map(|(p, _)| p.start));
            found.push(frame);
        }
    }
    found
}

/// The frame of one sentence, if it tells of violence.
fn frame(
    text: &Text<'_>,
    sentence: usize,
    range: Range<usize>,
    mentions: &[Mention<'_>],
    subject: &Subject,
    clock: Clock,
    clause: Option<(usize, Act)>,
) -> Option<Frame> {
    let tokens = text.sentences[sentence].first..text.sentences[sentence].last;
    let here = &mentions[range.clone()];
    let told = here
        .iter()
        .filter_map(|m| Some((m, m.sense(act)?)))
        .filter(|(m, act)| is_act(text, m, *act))
        .max_by_key(|(m, act)| {
            let weight = if is_occasion(text, m) { 0 } else { act.weight };
            (weight, act.mode.is_some(), !is_casualty(m), Reverse(m.first))
        });
    let clause = clause.map(|(verb, act)| {
        (Mention { first: verb, last: verb + 1, senses: &[], actor: None }, act)
    });
    let told = match (&clause, told) {
        (Some((verb, act)), None) => Some((verb, *act)),
        (Some((verb, act)), Some((_, other))) if act.weight > other.weight => Some((verb, *act)),
        (_, told) => told,
    };
    let tolls = tolls(text, here, &tokens);
    let (trigger, act) = told.or_else(|| counted(here, &tolls))?;
    let score = score(act, here, &tolls, subject, is_casualty(trigger));
    if score < ADDS {
        return None;
    }
    let has = |cue: Cue| here.iter().any(|m| m.senses.contains(&Sense::Cue(cue)));
    let (when, spoken) = when(text, &tokens, trigger.first, here, clock);
    let harmed = tolls.iter().any(|t| !t.attackers);
    let assertion = assertion(text, here, trigger);
    // What may come or would come is no report of what came.
    let score = if matches!(assertion, Assertion::Conditional | Assertion::Foreseen) && !harmed {
        score - 1.0
    } else {
        score
    };
    Some(Frame {
        sentence,
        trigger: trigger.first,
        act,
        clause: clause.as_ref().map(|(_, act)| *act),
        score,
        stage: stage(text, here, trigger, harmed),
        assertion,
        looks_back: has(Cue::Background) || has(Cue::Aftermath),
        background: has(Cue::Background) && !when.is_some_and(|(p, _)| recent(p, clock)),
        other: here.iter().any(|m| {
            m.senses.contains(&Sense::Cue(Cue::Other)) && is_another(text, m, here, tokens.start)
        }),
        tokens,
        mentions: range,
        tolls,
        when,
        spoken: spoken.filter(|_| {
            !(has(Cue::Claim) || has(Cue::Blame) || has(Cue::Aftermath) || has(Cue::Background))
        }),
    })
}

/// Whether a word counts the harmed: it tells of violence only if the text does.
fn is_casualty(mention: &Mention<'_>) -> bool {
    mention.senses.iter().any(|s| matches!(s, Sense::Casualty(..)))
}

/// Whether an act is what another answers: "after the massacre", "in revenge for the attack".
fn is_occasion(text: &Text<'_>, mention: &Mention<'_>) -> bool {
    (mention.first.saturating_sub(5)..mention.first).any(|i| {
        matches!(
            text.key(i),
            "after"
                | "following"
                | "answer"
                | "response"
                | "retaliation"
                | "revenge"
                | "reprisal"
                | "since"
        )
    })
}

/// A count of the harmed tells of violence that another sentence names.
fn counted<'k>(here: &'k [Mention<'k>], tolls: &[Toll]) -> Option<(&'k Mention<'k>, Act)> {
    let toll = tolls.iter().find(|t| !t.aside)?;
    let word = here.iter().find(|m| m.first == toll.word)?;
    Some((word, Act { part: Part::Noun, mode: None, weight: 1 }))
}

fn act(sense: Sense) -> Option<Act> {
    if let Sense::Act(act) = sense { Some(act) } else { None }
}

/// Whether an act word is one here: a weak noun that is no one's deed, or a verb in the wrong place.
fn is_act(text: &Text<'_>, mention: &Mention<'_>, act: Act) -> bool {
    if act.weight > 2 {
        return true;
    }
    let before = mention.first.checked_sub(1).map(|i| text.key(i)).unwrap_or_default();
    let after = text.key(mention.last);
    let word = text.key(mention.first);
    match word {
        "strike" | "strikes" => {
            !matches!(before, "general" | "on" | "hunger" | "rail" | "to" | "nurses")
                && !matches!(after, "a" | "action" | "ballot")
        }
        "hit" | "hits" => !matches!(after, "a" | "back" | "out" | "by" | "hard" | "record"),
        "shot" => {
            !matches!(before, "a" | "first" | "long" | "best" | "his" | "ferocious" | "her" | "the")
                || matches!(after, "at" | "dead")
        }
        "fighting" | "battle" => {
            !matches!(after, "for" | "against" | "over" | "with" | "to" | "spirit")
        }
        "storm" => !matches!(before, "a" | "the" | "tropical" | "winter"),
        "shell" => !matches!(before, "a" | "the" | "company"),
        _ => true,
    }
}

/// Whether a word such as "another" or "second" sets the act apart: before an act or at the start.
fn is_another(text: &Text<'_>, cue: &Mention<'_>, here: &[Mention<'_>], start: usize) -> bool {
    let act =
        |m: &Mention<'_>| m.senses.iter().any(|s| matches!(s, Sense::Act(_) | Sense::Weapon(..)));
    // "Another 75 were injured" counts on.
    let counted = text.tokens.get(cue.last).is_some_and(|t| t.shape == Shape::Number)
        || here.iter().any(|m| {
            m.first >= cue.last
                && m.first - cue.last <= 1
                && m.senses.iter().any(|s| matches!(s, Sense::Person(..)))
        });
    if counted {
        return false;
    }
    cue.first - start <= 2
        || here.iter().any(|m| act(m) && m.first >= cue.last && m.first - cue.last <= 2)
}

/// Whether a period is of the last three weeks.
fn recent(period: Period, clock: Clock) -> bool {
    clock.today.is_some_and(|today| (today - period.end).get_days() <= 21)
}

impl Frame {
    /// Whether the sentence can start an event.
    pub fn starts(&self) -> bool {
        self.score >= STARTS
    }

    /// The modes that its act words and weapons suggest, each with a weight.
    pub fn modes(&self, mentions: &[Mention<'_>]) -> Vec<(Mode, f32)> {
        let mut modes = Vec::new();
        if let Some(Act { mode: Some(mode), weight, .. }) = self.clause {
            // A word that says the mode outright says more than a clause that implies it.
            modes.push((mode, f32::from(weight.min(2))));
        }
        for mention in &mentions[self.mentions.clone()] {
            for &sense in mention.senses {
                match sense {
                    Sense::Act(Act { mode: Some(mode), weight, .. }) => {
                        modes.push((mode, f32::from(weight)));
                    }
                    Sense::Weapon(_, Some(mode)) => modes.push((mode, 1.2)),
                    _ => {}
                }
            }
        }
        modes
    }
}
