//! Numbers in words and digits, with the words that bound them: "at least 115", "dozens".

mod label;
mod value;

use std::ops::Range;

use label::{is_label, is_unit};
use value::{Value, value};

use crate::resolved::Count;
use crate::text::{Shape, Text};

pub(crate) use label::is_month;

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

/// All numbers among the tokens `range`, in order.
pub fn numbers(text: &Text<'_>, range: Range<usize>) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let Some(Value { count, last, single }) = value(text, at, range.end) else {
            at += 1;
            continue;
        };
        let usable = !is_unit(text, last) && !is_label(text, at);
        let (count, last) = ranged(text, count, last, range.end);
        if usable && !is_unit(text, last) {
            let (count, first) = bounded(text, count, at, range.start);
            let ranged = count.low != count.high && count.best.is_none();
            let between = ranged && first > range.start && text.is(first - 1, "between");
            let first = first - usize::from(between);
            let (count, last) = or_more(text, count, last);
            found.push(Number { tokens: first..last, last, count, single });
        }
        at = last;
    }
    found
}

/// "12 or more".
fn or_more(text: &Text<'_>, count: Count, last: usize) -> (Count, usize) {
    if text.is(last, "or") && text.is(last + 1, "more") {
        return (Count { high: None, ..count }, last + 2);
    }
    (count, last)
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
    let found = (next < end).then(|| value(text, next, end)).flatten();
    let Some(Value { count: high, last: behind, .. }) = found else { return (count, last) };
    // "rose from 16 to 18" is no range.
    if text.is(last, "to")
        && last >= 2
        && (2..4).any(|back| last >= back && text.is(last - back, "from"))
    {
        return (count, last);
    }
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
    (&["passes"], Bound::Least),
    (&["tops"], Bound::Least),
    (&["topped"], Bound::Least),
    (&["surpassed"], Bound::Least),
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
    (&["about"], Bound::About),
    (&["around"], Bound::About),
    (&["some"], Bound::About),
    (&["approximately"], Bound::About),
    (&["roughly"], Bound::About),
    (&["an", "estimated"], Bound::About),
];

#[derive(Clone, Copy)]
enum Bound {
    Least,
    Most,
    Fewer,
    Nearly,
    About,
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
    let rise = first.checked_sub(1).map(|i| text.key(i)).unwrap_or_default();
    if matches!(
        rise,
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
        (Bound::About, Count { best, .. }) => Count { low: None, best, high: None },
        (Bound::Nearly, count) => count,
    };
    (bounded, first)
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
        check("between 30 and 40 people", &[("between 30 and 40", Some(30), Some(40))]);
        check(
            "twenty-two and two hundred and fifty-one men",
            &[
                ("twenty-two", Some(22), Some(22)),
                ("two hundred and fifty-one", Some(251), Some(251)),
            ],
        );
        check("1,193 dead", &[("1,193", Some(1193), Some(1193))]);
        check("some 60 people", &[("some 60", None, None)]);
        check("30 to 40 people", &[("30 to 40", Some(30), Some(40))]);
        check("a dozen or more", &[("a dozen or more", Some(12), None)]);
        check("several dozen men", &[("several dozen", Some(24), None)]);
    }

    #[test]
    fn bodies_of_people_and_remainders_have_a_size() {
        check("a family of six", &[("a family of six", Some(6), Some(6))]);
        check("all but two of the 12", &[("all but two of the 12", Some(10), Some(10))]);
        check("half a dozen guards", &[("half a dozen", Some(6), Some(6))]);
        check("a mother of two", &[]);
    }

    #[test]
    fn dates_ages_units_and_labels_are_no_numbers_of_people() {
        check(
            "a 28-year-old man, 12 km away on March 12 in 2019 with an AK-47 at 8:30 for $5",
            &[],
        );
        check("in the 3300 block, Ann Lee, 34, with a 9 mm pistol, shot six times", &[]);
        check("two victims, ages 19 and 24, in their 20s", &[("two", Some(2), Some(2))]);
    }
}
