//! Sentences that tell of another time than the act: what happened hours later, and what has been counted
//! since a day weeks ago.

use std::ops::Range;

use crate::date::{Clock, date_words, resolve};
use crate::lexicon::{Mention, Sense, Suffix};
use crate::text::Text;

/// Whether it tells of a new weapon an hour or more after what was told: "about forty minutes later a device
/// went off at the place", "two hours later a shell hit the square". Gunmen who come minutes later may be of
/// the same attack.
pub(super) fn is_hours_later(text: &Text<'_>, tokens: &Range<usize>, here: &[Mention<'_>]) -> bool {
    const OPENING: usize = 8;
    const REACH: usize = 20;
    const NEAR: usize = 4;
    let is = |i: usize, words: &[&str]| words.iter().any(|word| text.is(i, word));
    let end = (tokens.start + OPENING).min(tokens.end);
    let long = |i: usize| {
        is(i, &["hour", "hours"])
            || is(i, &["minutes"])
                && is(
                    i - 1,
                    &[
                        "20", "25", "30", "35", "40", "45", "50", "twenty", "thirty", "forty",
                        "fifty",
                    ],
                )
    };
    let later = (tokens.start + 1..end).find(|&i| long(i) && is(i + 1, &["later"]));
    later.is_some_and(|i| {
        here.iter().any(|m| {
            let weapon = |s: &Sense| matches!(s, Sense::Weapon(..));
            let new = (m.first.saturating_sub(3)..m.first).any(|j| is(j, &["a", "an"]));
            // "Forty minutes later the air force attacked"
            let force = |s: &Sense| matches!(s, Sense::Force(_, Suffix::Military));
            let answer = m.first <= i + NEAR && m.senses.iter().any(force) && {
                let mut behind = here.iter().filter(|o| o.first >= m.last && o.first <= m.last + 1);
                behind.any(|o| o.senses.iter().any(|s| matches!(s, Sense::Act(_))))
            };
            let weapon = new && m.senses.iter().any(weapon);
            m.first > i + 1 && m.first <= i + REACH && (weapon || answer)
        })
    })
}

/// Whether it only sums up what has been done since a day weeks ago: "more than a hundred have been killed
/// since the clashes broke out on May 3". That is no act of its own.
pub(super) fn is_running_total(text: &Text<'_>, tokens: &Range<usize>, clock: Clock) -> bool {
    const WEEKS: i32 = 21;
    const REACH: usize = 9;
    let Some(today) = clock.today else { return false };
    let is = |i: usize, words: &[&str]| words.iter().any(|word| text.is(i, word));
    let sums = |i: usize| {
        is(i, &["has", "have"])
            && (i + 1..i + 4).any(|j| {
                is(j, &["been", "claimed", "cost", "died", "killed", "left", "lost", "perished"])
            })
            || is(i, &["exceeds", "passed", "passes", "tops"])
            || is(i, &["had"]) && is(i + 1, &["claimed", "cost"])
    };
    date_words(text, tokens.clone()).into_iter().any(|word| {
        let from = word.first.saturating_sub(REACH).max(tokens.start);
        let mark = |i: usize| matches!(text.word(i), "," | ";");
        let since =
            (from..word.first).rev().take_while(|&i| !mark(i)).find(|&i| text.is(i, "since"));
        let old = || resolve(&word, clock).is_some_and(|p| (today - p.start).get_days() > WEEKS);
        since.is_some_and(|since| (tokens.start..since).any(sums)) && old()
    })
}
