//! Sentences that tell of two acts: "… an hour after a grenade had wounded six people in Nairobi",
//! "… in response to the raid that killed 40 policemen".
//!
//! Only words that set two acts apart cut a sentence: a stretch of time before "after", or a word of
//! answer. "Ten died after gunmen attacked" tells of one.

use std::ops::Range;

use jiff::ToSpan;

use crate::date::number;
use crate::resolved::Period;
use crate::text::Text;

/// Where the part that tells of an earlier act begins, and how many days it lies back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Earlier {
    /// Its first token.
    pub(super) at: usize,
    /// How many days before the other act, if it is said in days or hours.
    pub(super) days: Option<i32>,
}

/// The earlier act of a sentence, if words set it apart. Both parts have some words of their own.
pub(super) fn earlier(text: &Text<'_>, tokens: &Range<usize>) -> Option<Earlier> {
    const SHORTEST: usize = 5;
    let within = tokens.start + SHORTEST..tokens.end.saturating_sub(SHORTEST);
    within.into_iter().find_map(|i| after_a_time(text, i).or_else(|| answers(text, i)))
}

/// "a day after", "two hours after", "hours after"; `i` is "after".
fn after_a_time(text: &Text<'_>, i: usize) -> Option<Earlier> {
    if !text.is(i, "after") {
        return None;
    }
    let unit = i.checked_sub(1)?;
    let before = unit.checked_sub(1)?;
    let (length, hours): (i32, bool) = match text.key(unit) {
        "hour" | "hours" | "minutes" => (0, true),
        "day" | "days" => (1, false),
        "week" | "weeks" => (7, false),
        _ => return None,
    };
    let count = number(text, before);
    // "weeks after" without a number is no day.
    let days = if hours { Some(0) } else { count.and_then(|n| length.checked_mul(n)) };
    (hours || days.is_some())
        .then_some(Earlier { at: if count.is_some() { before } else { unit }, days })
}

/// "in response to", "in retaliation for", "to avenge".
fn answers(text: &Text<'_>, i: usize) -> Option<Earlier> {
    let word = |i: usize| text.key(i);
    let answered = |i: usize| {
        matches!(
            (word(i), word(i + 1)),
            ("response" | "answer" | "retaliation", "to")
                | ("retaliation" | "revenge" | "reprisal", "for")
        )
    };
    // "In answer to", "in the first answer to".
    let led = matches!(word(i + 1), "the" | "a" | "an" | "its" | "their");
    let answer =
        text.is(i, "in") && (answered(i + 1) || led && (answered(i + 2) || answered(i + 3)));
    let avenge = text.is(i, "to") && text.is(i + 1, "avenge");
    (answer || avenge).then_some(Earlier { at: i, days: None })
}

/// The period so many days before another.
pub(super) fn back(period: Period, days: i32) -> Option<Period> {
    let shift = |day: jiff::civil::Date| day.checked_sub(days.days()).ok();
    Some(Period { start: shift(period.start)?, end: shift(period.end)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: Option<(&str, Option<i32>)>) {
        let text = Text::of(source);
        let found = earlier(&text, &(0..text.tokens.len()));
        let found = found.map(|e| (text.word(e.at).to_owned(), e.days));
        let expected = expected.map(|(word, days)| (word.to_owned(), days));
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn a_time_before_after_sets_two_acts_apart() {
        let tail = "after gunmen shot two guards in Jos.";
        check(&format!("A bomb killed ten people in Kano, a day {tail}"), Some(("a", Some(1))));
        check(&format!("A bomb killed ten people in Kano hours {tail}"), Some(("hours", Some(0))));
        check(&format!("Ten people were killed in Kano {tail}"), None);
    }

    #[test]
    fn an_answer_is_not_what_it_answers() {
        check(
            "Jets bombed a camp near Herat in response to the raid that killed nine.",
            Some(("in", None)),
        );
        check(
            "Jets bombed a camp near Herat in the first answer to the raid that killed nine.",
            Some(("in", None)),
        );
    }
}
