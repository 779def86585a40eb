//! Stretches of a text that name a day or a longer period.

use std::ops::Range;

use reading::Span;

use crate::date::phrase::phrase;
use crate::text::{Case, Shape, Text};

/// A word for a time, as the text has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateWord {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// The words.
    pub span: Span,
    /// What they say.
    pub spoken: Spoken,
}

/// What a word for a time says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// A day of a month, with the year where it is said.
    Day {
        /// 1 to 31.
        day: i8,
        /// 1 to 12.
        month: i8,
        /// Where it is said.
        year: Option<i16>,
    },
    /// Days of one month, from the first to the last.
    Days {
        /// 1 to 31.
        first: i8,
        /// 1 to 31, not before `first`.
        last: i8,
        /// 1 to 12.
        month: i8,
        /// Where it is said.
        year: Option<i16>,
    },
    /// A month, with the year where it is said.
    Month {
        /// 1 to 12.
        month: i8,
        /// Where it is said.
        year: Option<i16>,
    },
    /// "In October last year".
    MonthOfLastYear(i8),
    /// A year.
    Year(i16),
    /// A day of the week; 1 is Monday.
    Weekday {
        /// 1 to 7.
        day: i8,
        /// Whether "last" or "previous" stands before it.
        last: bool,
    },
    /// So many days before the reference: 0 today, 1 yesterday.
    DaysAgo(i32),
    /// So many weeks before.
    WeeksAgo(i32),
    /// So many months before.
    MonthsAgo(i32),
    /// So many years before.
    YearsAgo(i32),
    /// The named month or season of the year before: "last month" is 1.
    LastMonth,
    /// The week before the present one.
    LastWeek,
    /// The year before the present one.
    LastYear,
    /// From one weekday to another.
    Weekdays {
        /// 1 to 7.
        first: i8,
        /// 1 to 7.
        last: i8,
    },
    /// The day before the next or last such weekday: "the eve of Sunday's election".
    EveOf(i8),
    /// Saturday and Sunday.
    Weekend {
        /// Whether "last" or "previous" stands before it.
        last: bool,
    },
    /// The night before the reference.
    Overnight,
    /// The last such day of a month, the 14th.
    OfMonth(i8),
    /// So many days up to the reference.
    Past(i32),
    /// A third of a month.
    PartOfMonth {
        /// Which third.
        part: Part,
        /// 1 to 12.
        month: i8,
        /// Where it is said.
        year: Option<i16>,
    },
    /// A third of a year.
    PartOfYear {
        /// Which third.
        part: Part,
        /// Always said.
        year: i16,
    },
    /// Three months from the first of `month` on; the last that are over if no year is said.
    Season {
        /// 3, 6, 9 or 12.
        month: i8,
        /// Where it is said.
        year: Option<i16>,
    },
    /// So many days after Easter Sunday.
    Easter {
        /// Less than 0 before it.
        after: i32,
        /// Where it is said.
        year: Option<i16>,
    },
    /// So many years before, to the day.
    YearsToTheDay(i32),
    /// So many days after the day that the text told of last.
    DaysAfter(i32),
    /// The night before or behind the day that the text told of last.
    Midnight,
    /// What is to come.
    Future,
}

/// A third of a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Part {
    Early,
    Mid,
    Late,
}

/// The months, as keys, in their order.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: &[&str] =
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// What is called by a day: "the 19 April Movement", "on the corner of 9 October Avenue". Sorted.
const NAMESAKES: &[&str] = &[
    "airport",
    "avenue",
    "battalion",
    "bridge",
    "brigade",
    "column",
    "commando",
    "commandos",
    "front",
    "hospital",
    "movement",
    "organisation",
    "organization",
    "plaza",
    "square",
    "stadium",
    "street",
    "university",
];

/// All words for times among the tokens `range`, in order.
pub fn date_words(text: &Text<'_>, range: Range<usize>) -> Vec<DateWord> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match spoken(text, at, range.end) {
            Some((spoken, last)) => {
                if let Some(span) = text.span(at, last) {
                    found.push(DateWord { first: at, last, span, spoken });
                }
                at = last;
            }
            None => at += 1,
        }
    }
    found
}

pub(super) fn month(text: &Text<'_>, i: usize) -> Option<i8> {
    let token = text.tokens.get(i)?;
    let named = matches!(token.shape, Shape::Capital | Shape::Upper) || text.case == Case::Flat;
    let word = text.key(i);
    if !named || word.len() < 3 {
        return None;
    }
    let full = MONTHS.iter().position(|m| *m == word);
    let short =
        || MONTHS.iter().position(|m| word.len() <= 4 && m.starts_with(word) && word != "mare");
    full.or_else(short).map(|m| m as i8 + 1)
}

pub(super) fn weekday(text: &Text<'_>, i: usize) -> Option<i8> {
    let token = text.tokens.get(i)?;
    if token.shape == Shape::Lower && text.case == Case::Mixed {
        return None;
    }
    let word = text.key(i);
    WEEKDAYS
        .iter()
        .position(|d| {
            *d == word || (word.len() == 3 && d.starts_with(word) && word != "sun" && word != "sat")
        })
        .map(|d| d as i8 + 1)
}

pub(crate) fn number(text: &Text<'_>, i: usize) -> Option<i32> {
    let token = text.tokens.get(i)?;
    if token.shape == Shape::Number {
        return text.word(i).parse().ok();
    }
    let small = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let word = text.key(i);
    (1..).zip(small).find(|(_, w)| *w == word).map(|(n, _)| n).or(match word {
        "a" | "an" => Some(1),
        _ => None,
    })
}

/// A day of the month, with an ordinal ending or without.
fn day(text: &Text<'_>, i: usize) -> Option<(i8, usize)> {
    let n = text.word(i).parse::<i8>().ok().filter(|n| (1..=31).contains(n))?;
    let next = text.tokens.get(i + 1);
    let ordinal = next.is_some_and(|t| t.start == text.tokens[i].end)
        && matches!(text.key(i + 1), "st" | "nd" | "rd" | "th" | "d");
    Some((n, if ordinal { i + 2 } else { i + 1 }))
}

pub(super) fn year(text: &Text<'_>, i: usize) -> Option<i16> {
    let word = text.word(i);
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1900..2100).contains(y))
}

/// A year behind a day and month, with a comma or without; two digits in old datelines.
pub(super) fn year_after(text: &Text<'_>, i: usize) -> (Option<i16>, usize) {
    let at = if text.word(i) == "," { i + 1 } else { i };
    if let Some(y) = year(text, at) {
        return (Some(y), at + 1);
    }
    let short =
        text.word(i).parse::<i16>().ok().filter(|y| {
            text.case == Case::Flat && text.word(i).len() == 2 && (70..=99).contains(y)
        });
    short.map_or((None, i), |y| (Some(1900 + y), i + 1))
}

fn spoken(text: &Text<'_>, at: usize, end: usize) -> Option<(Spoken, usize)> {
    if text.tokens[at].shape == Shape::Mark {
        return None;
    }
    let found = iso(text, at).or_else(|| days(text, at)).or_else(|| calendar(text, at));
    if let Some((Spoken::Day { year: None, .. }, last)) = found
        && NAMESAKES.binary_search(&text.key(last)).is_ok()
    {
        return Some((Spoken::Future, last));
    }
    if let Some(found) = found.or_else(|| phrase(text, at)) {
        return Some(found);
    }
    let word = text.key(at);
    let next = text.key(at + 1);
    if let Some(day) = weekday(text, at) {
        let before = at.checked_sub(1).map(|i| text.key(i)).unwrap_or_default();
        return Some(match before {
            "next" | "coming" => (Spoken::Future, at + 1),
            "last" | "previous" => (Spoken::Weekday { day, last: true }, at + 1),
            _ => (Spoken::Weekday { day, last: false }, at + 1),
        });
    }
    // What is breaking is of today.
    if word == "breaking" && at < 2 && text.tokens[at].shape == Shape::Upper {
        return Some((Spoken::DaysAgo(0), at + 1));
    }
    match (word, next) {
        ("yesterday", _) => return Some((Spoken::DaysAgo(1), at + 1)),
        ("today" | "tonight", _) => return Some((Spoken::DaysAgo(0), at + 1)),
        ("previous", "day" | "evening" | "night" | "morning" | "afternoon")
        | ("day" | "night" | "evening", "earlier" | "before") => {
            return Some((Spoken::DaysAgo(1), at + 2));
        }
        ("last", "night" | "evening") => return Some((Spoken::DaysAgo(1), at + 2)),
        ("this", "morning" | "afternoon" | "evening") => return Some((Spoken::DaysAgo(0), at + 2)),
        ("last", "week") => return Some((Spoken::LastWeek, at + 2)),
        ("last", "month") => return Some((Spoken::LastMonth, at + 2)),
        ("last", "year") => return Some((Spoken::LastYear, at + 2)),
        ("tomorrow", _) | ("next", "week" | "month" | "year") => {
            return Some((Spoken::Future, at + 1));
        }
        ("last", _) => {
            if let Some(month) = month(text, at + 1) {
                return Some((Spoken::Month { month, year: None }, at + 2));
            }
        }
        _ => {}
    }
    if let Some(n) = number(text, at) {
        let unit = text.key(at + 1);
        let ago = matches!(text.key(at + 2), "ago" | "earlier" | "before");
        if ago && at + 2 < end {
            let spoken = match unit {
                "day" | "days" => Spoken::DaysAgo(n),
                "week" | "weeks" => Spoken::WeeksAgo(n),
                "month" | "months" => Spoken::MonthsAgo(n),
                "year" | "years" if to_the_day(text, at + 3) => Spoken::YearsToTheDay(n),
                "year" | "years" => Spoken::YearsAgo(n),
                _ => return None,
            };
            return Some((spoken, at + 3));
        }
    }
    if let Some(found) = bare_month(text, at) {
        return Some(found);
    }
    let before = at.checked_sub(1).map(|i| text.key(i)).unwrap_or_default();
    let y = year(text, at)?;
    let led = matches!(
        before,
        "in" | "since"
            | "of"
            | "the"
            | "from"
            | "by"
            | "until"
            | "during"
            | "early"
            | "late"
            | "mid"
            | "("
            | "year"
            | "and"
    );
    led.then_some((Spoken::Year(y), at + 1))
}

/// "ten years ago to the day", "ten years ago today".
fn to_the_day(text: &Text<'_>, at: usize) -> bool {
    text.is(at, "today") || (text.is(at, "to") && text.is(at + 1, "the") && text.is(at + 2, "day"))
}

/// `2024-03-22`.
fn iso(text: &Text<'_>, at: usize) -> Option<(Spoken, usize)> {
    let y = year(text, at)?;
    let (month, day) = (text.word(at + 1).parse().ok()?, text.word(at + 2).parse().ok()?);
    let glued =
        |i: usize| text.tokens.get(i).is_some_and(|t| t.start - text.tokens[i - 1].end == 1);
    (glued(at + 1) && glued(at + 2) && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then_some((Spoken::Day { day, month, year: Some(y) }, at + 3))
}

/// "4 to 5 June", "June 4 to 5", "27 and 31 March 2022".
fn days(text: &Text<'_>, at: usize) -> Option<(Spoken, usize)> {
    let joined = |i: usize| {
        let word = matches!(text.key(i), "to" | "and" | "–" | "-" | "until");
        if word { i + 1 } else { i }
    };
    let range = |first: i8, last: i8, month: i8, at: usize| {
        let (year, end) = year_after(text, at);
        (last > first).then_some((Spoken::Days { first, last, month, year }, end))
    };
    if let Some((first, behind)) = day(text, at) {
        let (last, behind) = day(text, joined(behind))?;
        return range(first, last, month(text, behind)?, behind + 1);
    }
    let m = month(text, at)?;
    let (first, behind) = day(text, at + 1)?;
    let (last, end) = day(text, joined(behind))?;
    // "March 22, 12 people": a comma or a bare number is no range.
    (joined(behind) > behind || text.tokens[behind].start - text.tokens[behind - 1].end == 1)
        .then(|| range(first, last, m, end))
        .flatten()
}

/// "22 March 2024", "March 22, 2024", "the 22nd of March".
fn calendar(text: &Text<'_>, at: usize) -> Option<(Spoken, usize)> {
    if let Some((d, behind)) = day(text, at) {
        let behind = if text.is(behind, "of") { behind + 1 } else { behind };
        let m = month(text, behind)?;
        let (year, last) = year_after(text, behind + 1);
        return Some((Spoken::Day { day: d, month: m, year }, last));
    }
    let m = month(text, at)?;
    let stop = if text.word(at + 1) == "." { at + 2 } else { at + 1 };
    let (d, behind) = day(text, stop)?;
    // "March 2024" has a year where the day would be; "May 12 people" is not seen as one.
    let (year, last) = year_after(text, behind);
    Some((Spoken::Day { day: d, month: m, year }, last))
}

/// "in March", "March 2024", "early March".
fn bare_month(text: &Text<'_>, at: usize) -> Option<(Spoken, usize)> {
    let m = month(text, at)?;
    let (year, last) = {
        let skip = if text.is(at + 1, "of") { at + 2 } else { at + 1 };
        year_after(text, skip)
    };
    if year.is_some() {
        return Some((Spoken::Month { month: m, year }, last));
    }
    if text.is(at + 1, "last") && text.is(at + 2, "year") {
        return Some((Spoken::MonthOfLastYear(m), at + 3));
    }
    let before = at.checked_sub(1).map(|i| text.key(i)).unwrap_or_default();
    let led = matches!(
        before,
        "in" | "since"
            | "of"
            | "early"
            | "late"
            | "mid"
            | "during"
            | "by"
            | "until"
            | "from"
            | "this"
            | "and"
    );
    // May and March are also words.
    let named = text.word(at).len() > 3 || led;
    (led && named).then_some((Spoken::Month { month: m, year: None }, at + 1))
}
