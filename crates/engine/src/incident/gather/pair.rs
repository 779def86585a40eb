//! What speaks for and against two sentences of a message telling of one incident.

use super::worth::Signs;
use crate::frame::Frame;
use crate::model::{Filler, Sight, Slot};
use crate::text::Text;

/// Nouns by which an incident is spoken of again, or a new one begun. Sorted.
const NOUNS: &[&str] = &[
    "action",
    "ambush",
    "assassination",
    "attack",
    "blast",
    "bomb",
    "crime",
    "explosion",
    "incident",
    "kidnapping",
    "killing",
    "massacre",
    "murder",
    "offensive",
    "raid",
];

/// How many words an article may stand before its noun.
const PHRASE: usize = 2;

/// Units of time that are gone by: "two days ago", "last week". Sorted.
const TIMES: &[&str] = &[
    "day",
    "days",
    "friday",
    "hour",
    "hours",
    "monday",
    "month",
    "months",
    "night",
    "saturday",
    "sunday",
    "thursday",
    "tuesday",
    "wednesday",
    "week",
    "weeks",
    "weekend",
    "year",
    "years",
];

/// Words that are no shorter than this tell what a sentence is about.
const LONG_WORD: usize = 5;

/// Margin from which on a filler is one of a sentence.
const LIKELY: f32 = -0.4;

/// Sentences farther apart than this are all as far.
const FARTHEST: f32 = 20.0;

/// A frame with what stands in it.
#[derive(Debug)]
pub(super) struct Side<'f> {
    frame: &'f Frame,
    /// The word that tells it.
    word: &'f str,
    /// Of which MUC-4 type, if of any.
    kind: &'static str,
    /// Numbers of the model's fillers.
    harmed: Vec<usize>,
    doers: Vec<usize>,
    places: Vec<usize>,
    /// Its long words, sorted.
    words: Vec<&'f str>,
    points_back: bool,
    has_article: bool,
    other_time: bool,
}

impl<'f> Side<'f> {
    /// Of one frame.
    pub(super) fn of(frame: &'f Frame, text: &'f Text<'_>, sight: Option<&Sight>) -> Self {
        let tokens = frame.tokens.clone();
        let mut words: Vec<&str> =
            tokens.clone().map(|i| text.key(i)).filter(|word| word.len() >= LONG_WORD).collect();
        words.sort_unstable();
        words.dedup();
        let is_one_of = |i: usize, list: &[&str]| {
            tokens.contains(&i) && list.binary_search(&text.key(i)).is_ok()
        };
        let leads = |i: usize| (i + 1..=i + PHRASE).any(|at| is_one_of(at, NOUNS));
        let has =
            |articles: &[&str]| tokens.clone().any(|i| articles.contains(&text.key(i)) && leads(i));
        let is_gone = |i: usize| match text.key(i) {
            "last" => is_one_of(i + 1, TIMES),
            "ago" | "before" | "earlier" => i > 0 && is_one_of(i - 1, TIMES),
            _ => false,
        };
        let own = |slots: &[Slot]| fillers(frame, text, sight, slots);
        Self {
            frame,
            word: text.key(frame.trigger),
            kind: frame.act.mode.map_or("", |mode| mode.terms().muc4),
            harmed: own(&[Slot::Victim, Slot::Thing, Slot::Described]),
            doers: own(&[Slot::Doer, Slot::Organisation]),
            places: own(&[Slot::Place]),
            words,
            points_back: has(&["the", "that", "this"]),
            has_article: has(&["a", "an"]),
            other_time: tokens.clone().any(is_gone),
        }
    }

    /// The signs of this one and a later one; `count` is how many frames there are, `ruled` whether
    /// the rules of days and places took the two for one incident.
    pub(super) fn signs(&self, later: &Side<'_>, count: usize, ruled: bool) -> Signs {
        let (a, b) = (self, later);
        let between = b.frame.sentence.saturating_sub(a.frame.sentence) as f32;
        let either = |is: fn(&str) -> bool| is(a.kind) != is(b.kind);
        let shared = |a: &[usize], b: &[usize]| a.iter().any(|n| b.contains(n));
        let other = |a: &[usize], b: &[usize]| !a.is_empty() && !b.is_empty() && !shared(a, b);
        let words = a.words.iter().filter(|word| b.words.binary_search(word).is_ok()).count();
        let fewer = a.words.len().min(b.words.len());
        let is_far = a.frame.when.zip(b.frame.when).is_some_and(|((a, _), (b, _))| {
            (b.start - a.end).get_days() > 1 || (a.start - b.end).get_days() > 1
        });
        let one = |is: bool| if is { 1.0 } else { 0.0 };
        [
            1.0,
            between.ln_1p(),
            one(between <= 1.0),
            between.min(FARTHEST) / 10.0,
            (count.max(1) as f32).ln(),
            one(!a.kind.is_empty() && !b.kind.is_empty() && a.kind != b.kind),
            one(either(|kind| kind == "kidnapping")),
            one([a.kind, b.kind] == ["kidnapping"; 2]),
            one(either(|kind| matches!(kind, "arson" | "robbery"))),
            one(a.word == b.word),
            one(shared(&a.harmed, &b.harmed)),
            one(other(&a.harmed, &b.harmed)),
            one(shared(&a.doers, &b.doers)),
            one(shared(&a.places, &b.places)),
            one(other(&a.places, &b.places)),
            one(a.frame.starts()),
            one(b.frame.starts()),
            b.frame.score,
            one(b.frame.other),
            one(b.frame.behind),
            one(!a.frame.tolls.is_empty() && !b.frame.tolls.is_empty()),
            words as f32 / (3 + fewer) as f32,
            one(b.points_back),
            one(b.has_article),
            one(b.other_time),
            one(is_far),
            one(ruled),
        ]
    }
}

/// The fillers that a model sees in a frame, as numbers.
fn fillers(frame: &Frame, text: &Text<'_>, sight: Option<&Sight>, slots: &[Slot]) -> Vec<usize> {
    let span = text.span(frame.tokens.start, frame.tokens.end);
    let stands = |filler: &Filler| {
        span.is_some_and(|own| filler.mentions.iter().any(|(at, _)| own.contains(*at)))
    };
    let all = sight.map_or(&[][..], |sight| sight.fillers.as_slice()).iter().enumerate();
    let own = all.filter(|(_, f)| slots.contains(&f.slot) && f.margin > LIKELY && stands(f));
    own.map(|(number, _)| number).collect()
}
