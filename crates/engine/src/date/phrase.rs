//! Words for times that are no day of a calendar: weekends, seasons, feasts, parts of months, ranges
//! of weekdays, and what is counted from the day that the text told of last.
//!
//! Seasons are those of the northern half of the earth, where most news is written; a feast is here
//! only if every reader means the same day by it.

use crate::date::find::{Part, Spoken, month, number, weekday, year, year_after};
use crate::text::{Shape, Text};

/// Feasts on the same day every year: words, day, month.
const FEASTS: &[(&[&str], i8, i8)] = &[
    (&["new", "year", "eve"], 31, 12),
    (&["new", "years", "eve"], 31, 12),
    (&["new", "year", "day"], 1, 1),
    (&["new", "years", "day"], 1, 1),
    (&["christmas", "eve"], 24, 12),
    (&["christmas", "day"], 25, 12),
    (&["boxing", "day"], 26, 12),
    (&["valentine", "day"], 14, 2),
    (&["bastille", "day"], 14, 7),
    (&["armistice", "day"], 11, 11),
    (&["halloween", "night"], 31, 10),
];

/// Feasts that are counted from Easter Sunday.
const MOVING: &[(&[&str], i32)] = &[
    (&["palm", "sunday"], -7),
    (&["maundy", "thursday"], -3),
    (&["good", "friday"], -2),
    (&["easter", "sunday"], 0),
    (&["easter", "monday"], 1),
    (&["whit", "monday"], 50),
];

/// What the words from token `at` on say, and one past their last token.
pub(super) fn phrase(text: &Text<'_>, at: usize) -> Option<(Spoken, usize)> {
    feast(text, at)
        .or_else(|| weekdays(text, at))
        .or_else(|| part(text, at))
        .or_else(|| season(text, at))
        .or_else(|| relative(text, at))
        .or_else(|| told(text, at))
}

fn before<'t>(text: &'t Text<'_>, at: usize) -> &'t str {
    at.checked_sub(1).map(|i| text.key(i)).unwrap_or_default()
}

/// "New Year's Eve", "Good Friday", "Christmas Day 2011".
fn feast(text: &Text<'_>, at: usize) -> Option<(Spoken, usize)> {
    if text.tokens.get(at)?.shape == Shape::Lower {
        return None;
    }
    let matches = |words: &[&str]| {
        let mut i = at;
        for word in words {
            if text.tokens.get(i).is_some_and(|t| t.shape == Shape::Possessive) {
                i += 1;
            }
            if text.key(i) != *word {
                return None;
            }
            i += 1;
        }
        Some(i)
    };
    let fixed = FEASTS.iter().find_map(|&(words, day, month)| {
        let (year, last) = year_after(text, matches(words)?);
        Some((Spoken::Day { day, month, year }, last))
    });
    fixed.or_else(|| {
        MOVING.iter().find_map(|&(words, after)| {
            let (year, last) = year_after(text, matches(words)?);
            Some((Spoken::Easter { after, year }, last))
        })
    })
}

/// "between Monday and Wednesday", "from Friday morning until Sunday", "the night to Friday".
fn weekdays(text: &Text<'_>, at: usize) -> Option<(Spoken, usize)> {
    let word = text.key(at);
    if word == "night" && text.is(at + 1, "to") {
        let last = weekday(text, at + 2)?;
        let first = if last == 1 { 7 } else { last - 1 };
        return Some((Spoken::Weekdays { first, last }, at + 3));
    }
    if word == "eve" && text.is(at + 1, "of") {
        return Some((Spoken::EveOf(weekday(text, at + 2)?), at + 3));
    }
    let first = weekday(text, at)?;
    let of_day = |i: usize| {
        let part = matches!(text.key(i), "morning" | "afternoon" | "evening" | "night" | "noon");
        if part { i + 1 } else { i }
    };
    let joint = of_day(at + 1);
    let joined = match text.key(joint) {
        "until" | "till" | "through" | "–" | "—" => true,
        "to" => before(text, at) == "from",
        "and" => before(text, at) == "between",
        _ => false,
    };
    let last = weekday(text, joint + 1).filter(|_| joined)?;
    Some((Spoken::Weekdays { first, last }, of_day(joint + 2)))
}

fn is_days_of(text: &Text<'_>, at: usize) -> bool {
    text.is(at, "days") && text.is(at + 1, "of")
}

/// "early June", "mid-March 2019", "the end of May", "the last days of March", "late 2014".
fn part(text: &Text<'_>, at: usize) -> Option<(Spoken, usize)> {
    let (part, behind) = match text.key(at) {
        "early" => (Part::Early, at + 1),
        "mid" | "middle" => (Part::Mid, at + 1),
        "late" => (Part::Late, at + 1),
        "beginning" | "start" if text.is(at + 1, "of") => (Part::Early, at + 2),
        "end" if text.is(at + 1, "of") => (Part::Late, at + 2),
        "first" | "opening" if is_days_of(text, at + 1) => (Part::Early, at + 3),
        "last" | "final" | "closing" if is_days_of(text, at + 1) => (Part::Late, at + 3),
        _ => return None,
    };
    let behind = if text.is(behind, "in") { behind + 1 } else { behind };
    if let Some(month) = month(text, behind) {
        let (year, last) = year_after(text, behind + 1);
        return Some((Spoken::PartOfMonth { part, month, year }, last));
    }
    Some((Spoken::PartOfYear { part, year: year(text, behind)? }, behind + 1))
}

/// "the spring of 2016", "summer 2014", "last autumn".
fn season(text: &Text<'_>, at: usize) -> Option<(Spoken, usize)> {
    let month = match text.key(at) {
        "spring" => 3,
        "summer" => 6,
        "autumn" | "fall" => 9,
        "winter" => 12,
        _ => return None,
    };
    let behind = if text.is(at + 1, "of") { at + 2 } else { at + 1 };
    // The winter of a year may be that before or that after.
    if let Some(year) = year(text, behind).filter(|_| month < 12) {
        return Some((Spoken::Season { month, year: Some(year) }, behind + 1));
    }
    (before(text, at) == "last").then_some((Spoken::Season { month, year: None }, at + 1))
}

/// "over the weekend", "the 14th", "a few hours ago", "overnight", "the past three weeks".
fn relative(text: &Text<'_>, at: usize) -> Option<(Spoken, usize)> {
    let (word, next) = (text.key(at), text.key(at + 1));
    let few = usize::from(next == "few");
    match (word, next) {
        ("weekend", _) => match before(text, at) {
            "the" | "this" | "past" => Some((Spoken::Weekend { last: false }, at + 1)),
            "last" | "previous" => Some((Spoken::Weekend { last: true }, at + 1)),
            _ => None,
        },
        ("hour" | "hours" | "minutes" | "moment" | "moments", "ago") => {
            Some((Spoken::DaysAgo(0), at + 2))
        }
        ("overnight", _) => {
            // "Overnight on Tuesday", "overnight into Wednesday": the day is said.
            let said = (at + 1..at + 4).any(|i| weekday(text, i).is_some());
            (!said).then_some((Spoken::Overnight, at + 1))
        }
        // "In the past few hours", "over the last hours": today, as news is told.
        ("past" | "last", "few" | "hours") if text.is(at + 1 + few, "hours") => {
            Some((Spoken::DaysAgo(0), at + 2 + few))
        }
        ("past" | "last", _) => {
            let (n, behind) = match number(text, at + 1) {
                Some(n) => (n, at + 2),
                None if word == "past" => (1, at + 1),
                None => return None,
            };
            let days = match text.key(behind) {
                "hours" => n.checked_add(23)? / 24,
                "day" | "days" => n,
                "week" | "weeks" => n.checked_mul(7)?,
                "month" | "months" => n.checked_mul(30)?,
                _ => return None,
            };
            Some((Spoken::Past(days), behind + 1))
        }
        _ => {
            // "On the 14th, gunmen": with a noun behind it would count something else.
            let day = text.word(at).parse::<i8>().ok().filter(|n| (1..=31).contains(n))?;
            let ordinal = matches!(next, "st" | "nd" | "rd" | "th")
                && text.tokens.get(at + 1)?.start == text.tokens[at].end;
            let led = at > 1 && text.is(at - 1, "the") && text.is(at - 2, "on");
            let alone = matches!(text.word(at + 2), "," | "." | "");
            (ordinal && led && alone).then_some((Spoken::OfMonth(day), at + 2))
        }
    }
}

/// "the same evening", "a few hours later", "The next day"; a number of days only at the beginning of
/// a sentence, since "died two days later" is no other event.
fn told(text: &Text<'_>, at: usize) -> Option<(Spoken, usize)> {
    let (word, next) = (text.key(at), text.key(at + 1));
    let part = |word: &str| matches!(word, "day" | "evening" | "night" | "morning" | "afternoon");
    if word == "same" && part(next) {
        return Some((Spoken::DaysAfter(0), at + 2));
    }
    if matches!(word, "hour" | "hours" | "minutes") && next == "later" {
        return Some((Spoken::DaysAfter(0), at + 2));
    }
    if word == "during" && next == "the" && text.is(at + 2, "day") {
        return Some((Spoken::DaysAfter(0), at + 3));
    }
    // "Around midnight" is that before or that behind the day, unless the day is said.
    let said = || (at + 1..at + 5).any(|i| weekday(text, i).is_some() || month(text, i).is_some());
    if word == "midnight" && matches!(before(text, at), "around" | "about" | "at") && !said() {
        return Some((Spoken::Midnight, at + 1));
    }
    let sentence = text.sentences.get(text.sentence_of(at))?;
    if at > sentence.first + 1 {
        return None;
    }
    if matches!(word, "next" | "following") && part(next) {
        return Some((Spoken::DaysAfter(1), at + 2));
    }
    let n = number(text, at)?;
    let later = matches!(text.key(at + 2), "later" | "after");
    (later && matches!(next, "day" | "days")).then_some((Spoken::DaysAfter(n), at + 3))
}
