//! Numbers in words and digits, with the words that bound them: "at least 115", "dozens".

use std::ops::Range;

use crate::fold::fold;
use crate::resolved::Count;
use crate::text::{Shape, Text};

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The tokens, bounding words included.
    pub tokens: Range<usize>,
    /// The token behind the number itself: where the counted begin.
    pub last: usize,
    /// What it says.
    pub count: Count,
    /// Whether it is an article or "one": one only if what follows is a person.
    pub single: bool,
}

/// Words for vague quantities and the least that each means.
const VAGUE: &[(&str, u32)] =
    &[("dozens", 24), ("scores", 40), ("hundreds", 200), ("thousands", 2000), ("several", 3)];

/// Words for exact numbers below a hundred that are one token.
const SMALL: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("both", 2),
];

/// All numbers among the tokens `range`, in order.
pub fn numbers(text: &Text<'_>, range: Range<usize>) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let Some((count, last, single)) = value(text, at, range.end) else {
            at += 1;
            continue;
        };
        let usable = !is_unit(text, last) && !is_label(text, at);
        let (count, last) = ranged(text, count, last, range.end);
        if usable && !is_unit(text, last) {
            let (count, first) = bounded(text, count, at, range.start);
            found.push(Number { tokens: first..last, last, count, single });
        }
        at = last;
    }
    found
}

/// The number that begins at token `at`, the token behind it, and whether it is a mere article.
fn value(text: &Text<'_>, at: usize, end: usize) -> Option<(Count, usize, bool)> {
    let token = text.tokens.get(at)?;
    let word = fold(text.word(at));
    if token.shape == Shape::Number {
        let n = digits(text.word(at))?;
        let scale = match fold(text.word(at + 1)).as_str() {
            "million" => 1_000_000,
            "thousand" => 1000,
            _ => 1,
        };
        let last = at + if scale > 1 { 2 } else { 1 };
        return Some((Count::exactly(n.checked_mul(scale)?), last.min(end), false));
    }
    if matches!(token.shape, Shape::Mark | Shape::Possessive) {
        return None;
    }
    if let Some(&(_, low)) = VAGUE.iter().find(|(w, _)| *w == word) {
        let first = Count { low: Some(low), best: None, high: None };
        return Some((first, if text.is(at + 1, "of") { at + 2 } else { at + 1 }, false));
    }
    if let Some(n) = small(&word) {
        return Some(spelled(text, at, n, end));
    }
    match (word.as_str(), fold(text.word(at + 1)).as_str()) {
        ("a", "dozen") => Some((Count::exactly(12), at + 2, false)),
        ("half", _) if text.is(at + 1, "a") && text.is(at + 2, "dozen") => {
            Some((Count::exactly(6), at + 3, false))
        }
        ("a", "couple") => {
            Some((Count::exactly(2), at + if text.is(at + 2, "of") { 3 } else { 2 }, false))
        }
        ("a", "hundred") => Some((Count::exactly(100), at + 2, false)),
        ("a", "thousand") => Some((Count::exactly(1000), at + 2, false)),
        // "an estimated 300", "a total of 12": the number itself follows.
        (
            "a" | "an" | "another",
            "estimated" | "further" | "additional" | "total" | "reported" | "extra",
        ) => None,
        ("a" | "an", _) => Some((Count::exactly(1), at + 1, true)),
        ("another", next)
            if small(next).is_none() && !next.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            Some((Count::exactly(1), at + 1, true))
        }
        _ => None,
    }
}

/// A number that begins with the word for `n`: "twenty-two", "two hundred and fifty".
fn spelled(text: &Text<'_>, at: usize, n: u32, end: usize) -> (Count, usize, bool) {
    let (mut total, mut last) = (n, at + 1);
    if (20..100).contains(&n)
        && let Some(unit) = small(&fold(text.word(last))).filter(|u| *u < 10)
        && last < end
    {
        total += unit;
        last += 1;
    }
    match fold(text.word(last)).as_str() {
        "hundred" => (total, last) = (total * 100, last + 1),
        "thousand" => (total, last) = (total * 1000, last + 1),
        "dozen" => (total, last) = (total * 12, last + 1),
        _ => return (Count::exactly(total), last, n == 1),
    }
    let skip = usize::from(text.is(last, "and"));
    if let Some(rest) = small(&fold(text.word(last + skip))) {
        let (more, behind, _) = spelled(text, last + skip, rest, end);
        total += more.best.unwrap_or(0);
        last = behind;
    }
    (Count::exactly(total), last, false)
}

fn small(word: &str) -> Option<u32> {
    SMALL.iter().find(|(w, _)| *w == word).map(|&(_, n)| n)
}

/// Digits with separators; none if it is a decimal, a time of day or too large.
fn digits(word: &str) -> Option<u32> {
    if word.contains(':') {
        return None;
    }
    let grouped =
        |mark: char| word.contains(mark) && word.split(mark).skip(1).all(|group| group.len() == 3);
    let plain = match (word.contains(','), word.contains('.')) {
        (false, false) => word.to_owned(),
        (true, false) if grouped(',') => word.replace(',', ""),
        (false, true) if grouped('.') => word.replace('.', ""),
        _ => return None,
    };
    plain.parse().ok().filter(|n| *n < 10_000_000)
}

/// "12 to 15", "between 12 and 15", "12–15".
fn ranged(text: &Text<'_>, count: Count, last: usize, end: usize) -> (Count, usize) {
    let joined =
        matches!(text.word(last), "to" | "–" | "-" | "and" | "or") || is_hyphen(text, last);
    if !joined || count.best.is_none() {
        return (count, last);
    }
    let hyphen = is_hyphen(text, last);
    let and = text.is(last, "and");
    let next = if hyphen { last } else { last + 1 };
    let Some((high, behind, _)) = (next < end).then(|| value(text, next, end)).flatten() else {
        return (count, last);
    };
    let between = last >= 2
        && (text.is(last.saturating_sub(2), "between")
            || text.is(last.saturating_sub(3), "between"));
    match (count.best, high.best) {
        (Some(a), Some(b)) if b > a && (!and || between) && !is_unit(text, behind) => {
            (Count { low: Some(a), best: None, high: Some(b) }, behind)
        }
        _ => (count, last),
    }
}

/// Whether a hyphen without space stands before token `i`, between two numbers.
fn is_hyphen(text: &Text<'_>, i: usize) -> bool {
    i > 0
        && text
            .tokens
            .get(i)
            .is_some_and(|t| t.shape == Shape::Number && t.start - text.tokens[i - 1].end == 1)
        && text.tokens[i - 1].shape == Shape::Number
}

/// Words that bound what follows, and how.
const BOUNDS: &[(&[&str], Bound)] = &[
    (&["at", "least"], Bound::Least),
    (&["no", "fewer", "than"], Bound::Least),
    (&["not", "less", "than"], Bound::Least),
    (&["no", "less", "than"], Bound::Least),
    (&["not", "fewer", "than"], Bound::Least),
    (&["a", "minimum", "of"], Bound::Least),
    (&["more", "than"], Bound::Least),
    (&["over"], Bound::Least),
    (&["upwards", "of"], Bound::Least),
    (&["well", "over"], Bound::Least),
    (&["exceeds"], Bound::Least),
    (&["exceeded"], Bound::Least),
    (&["passed"], Bound::Least),
    (&["up", "to"], Bound::Most),
    (&["as", "many", "as"], Bound::Most),
    (&["at", "most"], Bound::Most),
    (&["no", "more", "than"], Bound::Most),
    (&["fewer", "than"], Bound::Fewer),
    (&["less", "than"], Bound::Fewer),
    (&["nearly"], Bound::Nearly),
    (&["almost"], Bound::Nearly),
    (&["close", "to"], Bound::Nearly),
];

#[derive(Clone, Copy)]
enum Bound {
    Least,
    Most,
    Fewer,
    Nearly,
}

/// Applies the bounding words before token `at`; gives where they begin.
fn bounded(text: &Text<'_>, count: Count, at: usize, start: usize) -> (Count, usize) {
    let matches = |words: &[&str]| {
        at.checked_sub(words.len()).filter(|&first| {
            first >= start && words.iter().enumerate().all(|(i, w)| text.is(first + i, w))
        })
    };
    let found =
        BOUNDS.iter().filter_map(|(words, bound)| Some((matches(words)?, words.len(), *bound)));
    let Some((first, _, bound)) = found.max_by_key(|(_, length, _)| *length) else {
        return (count, at);
    };
    // "the toll went up to 83" is no bound.
    let rise = first.checked_sub(1).map(|i| fold(text.word(i))).unwrap_or_default();
    if matches!(
        rise.as_str(),
        "gone"
            | "went"
            | "goes"
            | "shot"
            | "moved"
            | "climbed"
            | "rose"
            | "risen"
            | "jumped"
            | "revised"
    ) {
        return (count, at);
    }
    let bounded = match (bound, count) {
        (Bound::Least, Count { low, best, .. }) => Count { low, best, high: None },
        (Bound::Most, Count { best, high, .. }) => {
            Count { low: None, best: None, high: high.or(best) }
        }
        (Bound::Fewer, Count { best, .. }) => {
            Count { low: None, best: None, high: best.map(|n| n.saturating_sub(1)) }
        }
        (Bound::Nearly, Count { best: Some(n), .. }) => {
            Count { low: Some(n - n / 10), best: None, high: Some(n) }
        }
        (Bound::Nearly, count) => count,
    };
    (bounded, first)
}

/// Whether the number before token `i` measures something: "12 km", "5 percent", "28-year-old".
fn is_unit(text: &Text<'_>, i: usize) -> bool {
    const UNITS: &[&str] = &[
        "%",
        "°",
        "am",
        "pm",
        "acre",
        "acres",
        "am",
        "bn",
        "billion",
        "century",
        "cm",
        "day",
        "days",
        "degrees",
        "dollars",
        "euros",
        "feet",
        "foot",
        "ft",
        "hectares",
        "hour",
        "hours",
        "inch",
        "inches",
        "kg",
        "kilogram",
        "kilograms",
        "kilometer",
        "kilometers",
        "kilometre",
        "kilometres",
        "kilos",
        "km",
        "lakh",
        "m",
        "meter",
        "meters",
        "metre",
        "metres",
        "mile",
        "miles",
        "minute",
        "minutes",
        "mm",
        "month",
        "months",
        "mph",
        "oclock",
        "per",
        "percent",
        "pounds",
        "second",
        "seconds",
        "storey",
        "story",
        "ton",
        "tonne",
        "tonnes",
        "tons",
        "week",
        "weeks",
        "year",
        "years",
        "yard",
        "yards",
        "night",
        "nights",
        "morning",
        "weekend",
    ];
    let word = fold(text.word(i));
    UNITS.contains(&word.as_str())
        || (word == "more" && UNITS.contains(&fold(text.word(i + 1)).as_str()))
        || is_month(&word)
}

/// Whether a number is a date, an age, a price or a label: "$5", "March 12", "AK-47", "aged 12".
fn is_label(text: &Text<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    let word = fold(text.word(before));
    let year = text.tokens[i].shape == Shape::Number
        && text.word(i).len() == 4
        && text.word(i).parse::<u32>().is_ok_and(|y| (1900..2100).contains(&y))
        && (matches!(
            word.as_str(),
            "in" | "since"
                | "of"
                | "by"
                | "the"
                | "until"
                | "from"
                | ""
                | "during"
                | "and"
                | "between"
        ) || is_month(&word)
            || word == ",");
    let age = text.tokens[i].shape == Shape::Number
        && word == ","
        && matches!(text.word(i + 1), "," | "." | ")")
        && digits(text.word(i)).is_some_and(|n| n < 110)
        && before > 0
        && matches!(text.tokens[before - 1].shape, Shape::Capital | Shape::Upper);
    let glued = text.tokens[before].end == text.tokens[i].start
        && !matches!(word.as_str(), "(" | "\"" | "“");
    let compound = text.tokens[i].start - text.tokens[before].end == 1
        && text.tokens[before].shape == Shape::Upper
        && text.source.as_bytes().get(text.tokens[before].end as usize) == Some(&b'-');
    let ordinal = text
        .tokens
        .get(i + 1)
        .is_some_and(|t| t.start == text.tokens[i].end && t.shape == Shape::Lower);
    let parent = word == "of"
        && before > 0
        && matches!(fold(text.word(before - 1)).as_str(), "father" | "mother");
    let ages = word == "between" && before > 0 && text.is(before - 1, "aged");
    year || age
        || parent
        || ages
        || is_month(&word)
        || (glued && text.tokens[i].shape == Shape::Number)
        || compound
        || (ordinal && text.tokens[i].shape == Shape::Number)
        || matches!(
            word.as_str(),
            "aged"
                | "age"
                | "$"
                | "£"
                | "€"
                | "no"
                | "number"
                | "channel"
                | "highway"
                | "flight"
                | "route"
                | "article"
                | "level"
                | "under"
        )
}

/// Whether a word is a month's name or abbreviation.
pub(crate) fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
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
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ];
    MONTHS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[(&str, Option<u32>, Option<u32>)]) {
        let text = Text::of(source);
        let found = numbers(&text, 0..text.tokens.len());
        let found: Vec<_> = found
            .iter()
            .filter(|n| !n.single)
            .map(|n| {
                let span = text.span(n.tokens.start, n.tokens.end).map(|s| s.of(source));
                (span.unwrap_or_default(), n.count.low, n.count.high)
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn bounds_travel_with_the_number() {
        check("at least 115 people", &[("at least 115", Some(115), None)]);
        check("no fewer than a dozen people", &[("no fewer than a dozen", Some(12), None)]);
        check("up to 600 people", &[("up to 600", None, Some(600))]);
        check("fewer than 10 people", &[("fewer than 10", None, Some(9))]);
        check("dozens of people", &[("dozens of", Some(24), None)]);
        check("between 30 and 40 people", &[("30 and 40", Some(30), Some(40))]);
        check(
            "twenty-two and two hundred and fifty-one men",
            &[
                ("twenty-two", Some(22), Some(22)),
                ("two hundred and fifty-one", Some(251), Some(251)),
            ],
        );
        check("1,193 dead", &[("1,193", Some(1193), Some(1193))]);
    }

    #[test]
    fn dates_ages_units_and_labels_are_no_numbers_of_people() {
        check(
            "a 28-year-old man, 12 km away on March 12 in 2019 with an AK-47 at 8:30 for $5",
            &[],
        );
    }
}
