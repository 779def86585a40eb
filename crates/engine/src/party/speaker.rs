//! Who is quoted for it.

use std::ops::Range;

use jiff::civil::Date;

use crate::Knowledge;
use crate::actor::Holder;
use crate::fold::fold;
use crate::lexicon::{Cue, Mention, Role, Sense};
use crate::ontology::Sort;
use crate::party::{Named, named, phrase_start};
use crate::report::{Speaker, SpeakerSort};
use crate::text::{Shape, Text};

/// The most that a report names.
const MOST: usize = 5;

/// Who speaks in the sentences `told`: whoever stands before "said" or behind "according to".
pub fn speakers(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    told: &[Range<usize>],
    known: &Knowledge,
    day: Option<Date>,
) -> Vec<Speaker> {
    let mut found: Vec<Speaker> = Vec::new();
    for range in told {
        let here = &mentions[range.clone()];
        let parties = named(text, here, known);
        let holders = holders(text, here, known, day);
        for verb in here.iter().filter(|m| m.senses.contains(&Sense::Cue(Cue::Report))) {
            let behind = text.is(verb.first, "according");
            let Some((tokens, sort)) = speaker(text, here, (&parties, &holders), verb, behind)
            else {
                continue;
            };
            let Some(name) = text.span(tokens.start, tokens.end) else { continue };
            let key = fold(name.of(text.source));
            if !found.iter().any(|s| fold(s.name.of(text.source)) == key) {
                found.push(Speaker { name, sort });
            }
        }
    }
    found.truncate(MOST);
    found
}

/// The speaker at a verb of saying.
fn speaker(
    text: &Text<'_>,
    here: &[Mention<'_>],
    (parties, holders): (&[Named], &[Holder]),
    verb: &Mention<'_>,
    behind: bool,
) -> Option<(Range<usize>, SpeakerSort)> {
    let near = |tokens: &Range<usize>| {
        if behind {
            tokens.start >= verb.last && tokens.start - verb.last <= 4
        } else {
            tokens.end <= verb.first && verb.first - tokens.end <= 3
        }
    };
    if let Some(party) = parties.iter().rev().find(|p| near(&p.tokens)) {
        return Some((party.tokens.clone(), speaks_as(party.sort)));
    }
    if let Some(holder) = holders.iter().rev().find(|h| near(&h.tokens)) {
        return Some((holder.tokens.clone(), speaks_as(holder.sort)));
    }
    let floor = here.first().map_or(0, |m| m.first);
    let described = here.iter().rev().find_map(|m| {
        let sort = m.sense(|s| match s {
            Sense::Person(
                Sort::Government | Sort::Police | Sort::Military | Sort::StateForce,
                _,
            ) => Some(SpeakerSort::State),
            Sense::Person(_, Role::Victim | Role::Either) => Some(SpeakerSort::Witness),
            _ => None,
        })?;
        let tokens = phrase_start(text, m.first, floor)..m.last;
        near(&(m.first..m.last)).then_some((tokens, sort))
    });
    if described.is_some() {
        return described;
    }
    let (first, last) =
        if behind { name_after(text, verb.last)? } else { name_before(text, verb.first)? };
    let key = fold(text.word(last - 1));
    let sort = match key.as_str() {
        "witnesses" | "witness" | "residents" => SpeakerSort::Witness,
        "ministry" | "authorities" | "committee" | "agency" | "office" | "government"
        | "prosecutors" | "investigators" => SpeakerSort::State,
        "cross" | "crescent" | "hospital" | "observatory" | "watch" | "amnesty" | "rescuers"
        | "medics" => SpeakerSort::Monitor,
        "reuters" | "afp" | "press" | "bbc" | "cnn" | "tass" | "times" | "news" | "media" => {
            SpeakerSort::Media
        }
        _ => SpeakerSort::Other,
    };
    Some((first..last, sort))
}

/// For whom a body of such a sort speaks.
fn speaks_as(sort: Sort) -> SpeakerSort {
    match sort {
        Sort::Organisation => SpeakerSort::Organisation,
        Sort::International | Sort::Other => SpeakerSort::Monitor,
        Sort::Media => SpeakerSort::Media,
        Sort::Business | Sort::Political => SpeakerSort::Other,
        _ => SpeakerSort::State,
    }
}

/// The holders of offices in the sentence of the mentions `here`.
fn holders(
    text: &Text<'_>,
    here: &[Mention<'_>],
    known: &Knowledge,
    day: Option<Date>,
) -> Vec<Holder> {
    let Some(first) = here.first() else { return Vec::new() };
    let Some(sentence) = text.sentences.get(text.sentence_of(first.first)) else {
        return Vec::new();
    };
    let range = sentence.first..sentence.last;
    known.roles.holders(text, range, here, (&known.actors, &known.geography), day)
}

/// The name that ends right before token `end`.
fn name_before(text: &Text<'_>, end: usize) -> Option<(usize, usize)> {
    let capital = |i: usize| matches!(text.tokens[i].shape, Shape::Capital | Shape::Upper);
    let mut first = end;
    while first > 0 && end - first < 5 && capital(first - 1) {
        first -= 1;
    }
    (first < end
        && !matches!(
            fold(text.word(first)).as_str(),
            "he" | "she" | "it" | "they" | "the" | "who" | "we" | "i"
        ))
    .then_some((first, end))
}

/// The name that begins at token `start`, an article skipped.
fn name_after(text: &Text<'_>, start: usize) -> Option<(usize, usize)> {
    let start = if text.is(start, "the") || text.is(start, "to") { start + 1 } else { start };
    let mut end = start;
    while end < text.tokens.len()
        && end - start < 5
        && matches!(text.tokens[end].shape, Shape::Capital | Shape::Upper)
    {
        end += 1;
    }
    if end > start {
        Some((start, end))
    } else {
        text.tokens.get(start).filter(|t| t.shape == Shape::Lower).map(|_| (start, start + 1))
    }
}
