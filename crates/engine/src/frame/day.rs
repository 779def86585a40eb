//! Which of the days that a sentence names is that of its act, and which only that of who spoke.

use std::ops::Range;

use crate::date::{Clock, DateWord, Spoken, date_words, resolve};
use crate::frame::{Dated, act, is_occasion};
use crate::lexicon::{Act, Cue, Form, Mention, Part, Sense};
use crate::resolved::Period;
use crate::text::{Shape, Text};

/// The day that a sentence gives its trigger, the nearest; and apart from it, if there is none, the
/// day on which somebody spoke.
pub(crate) fn when(
    text: &Text<'_>,
    tokens: &Range<usize>,
    trigger: usize,
    here: &[Mention<'_>],
    clock: Clock,
) -> (Option<Dated>, Option<Dated>) {
    let spoke = |word: &DateWord| {
        let said = |i: usize| {
            here.iter()
                .any(|m| m.senses.contains(&Sense::Cue(Cue::Report)) && m.first <= i && i < m.last)
                || here.iter().any(|m| {
                    m.first <= i
                        && i < m.last
                        && m.senses
                            .iter()
                            .any(|s| matches!(s, Sense::Cue(Cue::Claim | Cue::Blame | Cue::Deny)))
                })
        };
        let back = if word.first > 0 && text.is(word.first - 1, "on") { 2 } else { 1 };
        let before = word.first.checked_sub(back).is_some_and(said);
        // "told a meeting on Monday": the last verb before the day is one of saying.
        let verb = here
            .iter()
            .rev()
            .filter(|m| m.last <= word.first && word.first - m.last <= 12)
            .find(|m| is_verb(m));
        let day = matches!(word.spoken, Spoken::Weekday { .. } | Spoken::DaysAgo(_));
        let deed = |m: &Mention<'_>| {
            m.senses.iter().any(|s| {
                matches!(
                    s,
                    Sense::Act(Act { part: Part::Verb, .. })
                        | Sense::Casualty(_, Form::Active | Form::Either)
                )
            })
        };
        let claim = day
            && !verb.is_some_and(deed)
            && here.iter().any(|m| {
                m.last <= word.first
                    && word.first - m.last <= 16
                    && m.senses.contains(&Sense::Cue(Cue::Claim))
            });
        let governs = claim || verb.is_some_and(|m| m.senses.contains(&Sense::Cue(Cue::Report)));
        // "police on Monday said": the verb may follow.
        before || governs || said(word.last)
    };
    let until = |word: &DateWord| {
        // "the worst since 13 November 2015, when gunmen killed": the day is the gunmen's.
        let own = text.word(word.last) == "," && text.is(word.last + 1, "when");
        !own && word
            .first
            .checked_sub(1)
            .is_some_and(|i| matches!(text.key(i), "until" | "since" | "before" | "by"))
    };
    // The verb that the day belongs to, the last before it, is one of the aftermath.
    let after = |word: &DateWord| {
        let verb = here
            .iter()
            .rev()
            .filter(|m| m.last <= word.first && word.first - m.last <= 12)
            .find(|m| is_verb(m));
        // "a court on Wednesday sentenced": no verb before the day, the next one has it.
        let none = !here.iter().any(|m| m.last <= word.first && is_verb(m));
        let next = || {
            here.iter()
                .filter(|_| none)
                .find(|m| m.first >= word.last && m.first - word.last <= 3 && is_verb(m))
        };
        verb.or_else(next).is_some_and(|m| m.senses.contains(&Sense::Cue(Cue::Aftermath)))
    };
    let from = |word: &DateWord| {
        word.first
            .checked_sub(1)
            .is_some_and(|i| matches!(text.key(i), "from" | "to" | "between" | "and"))
    };
    let mut best: Option<(f32, Period, DateWord)> = None;
    for word in date_words(text, tokens.clone()) {
        let Some(period) = resolve(&word, clock) else { continue };
        if text.dateline.contains(&word.first) {
            continue;
        }
        let distance = word.first.abs_diff(trigger) as f32;
        // A year or month said of something else is worse than none.
        let loose = period.days() > 7
            && (distance > (if period.days() > 31 { 9.0 } else { 16.0 })
                || until(&word)
                || from(&word));
        if loose {
            continue;
        }
        let mut cost = distance + if word.first < trigger { 2.0 } else { 0.0 };
        // "Friday's attack" is the act's own day.
        let owns = text.tokens.get(word.last).is_some_and(|t| t.shape == Shape::Possessive);
        // The day of another act is not that of the trigger.
        let noun =
            here.iter().find(|m| m.first > word.last && m.senses.iter().any(|&s| act(s).is_some()));
        let others = owns && noun.is_some_and(|m| m.first != trigger && is_occasion(text, m));
        cost += if others { 50.0 } else { 0.0 };
        cost -= if owns { 8.0 } else { 0.0 };
        cost += if !owns && after(&word) { 60.0 } else { 0.0 };
        cost +=
            if !owns && spoke(&word) { 60.0 } else { 0.0 } + if until(&word) { 40.0 } else { 0.0 };
        cost += if period.days() > 7 { 6.0 } else { 0.0 };
        if best.is_none_or(|(c, ..)| cost < c) {
            best = Some((cost, period, word));
        }
    }
    match best {
        Some((cost, period, word)) if cost < 45.0 => (Some((period, word)), None),
        Some((_, period, word)) => (None, spoke(&word).then_some((period, word))),
        None => (None, None),
    }
}

/// Whether a mention can be the verb that a day belongs to.
fn is_verb(mention: &Mention<'_>) -> bool {
    mention.senses.iter().any(|s| {
        matches!(s, Sense::Act(_) | Sense::Casualty(..) | Sense::Cue(Cue::Aftermath | Cue::Report))
    })
}
