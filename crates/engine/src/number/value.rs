//! What a number says: digits, words for numbers, words for vague quantities.

use crate::resolved::Count;
use crate::text::{Shape, Text};

/// A number without its bounds.
pub(super) struct Value {
    pub(super) count: Count,
    /// The token behind it.
    pub(super) last: usize,
    /// Whether it is a mere article.
    pub(super) single: bool,
}

/// The least that a word for a vague quantity means. "several" is one and means no number.
fn quantity(word: &str) -> Option<u32> {
    Some(match word {
        "dozens" => 24,
        "scores" => 40,
        "hundreds" => 200,
        "thousands" => 2000,
        _ => return None,
    })
}

/// The exact number below a hundred that a word says.
fn small(word: &str) -> Option<u32> {
    Some(match word {
        "one" => 1,
        "two" | "both" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// Phrases for exact numbers that begin with an article or "half".
const PHRASES: &[(&[&str], u32)] = &[
    (&["half", "a", "dozen"], 6),
    (&["a", "half", "dozen"], 6),
    (&["a", "dozen"], 12),
    (&["a", "score"], 20),
    (&["a", "couple"], 2),
    (&["a", "pair"], 2),
    (&["a", "trio"], 3),
    (&["a", "hundred"], 100),
    (&["a", "thousand"], 1000),
];

/// The number that begins at token `at`.
pub(super) fn value(text: &Text<'_>, at: usize, end: usize) -> Option<Value> {
    let token = text.tokens.get(at)?;
    let exactly = |n: u32, last: usize, single: bool| Value {
        count: Count::exactly(n),
        last: last.min(end),
        single,
    };
    if token.shape == Shape::Number {
        let n = digits(text.word(at))?;
        let scale = match text.key(at + 1) {
            "million" => 1_000_000,
            "thousand" => 1000,
            "dozen" => 12,
            _ => 1,
        };
        return Some(exactly(n.checked_mul(scale)?, at + if scale > 1 { 2 } else { 1 }, false));
    }
    if matches!(token.shape, Shape::Mark | Shape::Possessive) {
        return None;
    }
    let word = text.key(at);
    if let Some(found) = all_but(text, at, word, end).or_else(|| body_of(text, at, word, end)) {
        return Some(found);
    }
    let low = quantity(word);
    if low.is_some() || word == "several" {
        return Some(vague(text, at, low));
    }
    if let Some(n) = small(word) {
        let (n, last) = spelled(text, at, n, end);
        return Some(exactly(n, last, n == 1));
    }
    let phrase = |words: &[&str]| words.iter().enumerate().all(|(i, w)| text.is(at + i, w));
    let opens = matches!(word, "a" | "half");
    if let Some((words, n)) = PHRASES.iter().find(|(words, _)| opens && phrase(words)) {
        let last = at + words.len();
        return Some(exactly(*n, if text.is(last, "of") { last + 1 } else { last }, false));
    }
    let next = text.key(at + 1);
    match word {
        // "an estimated 300", "a total of 12": the number itself follows.
        "a" | "an" | "another"
            if matches!(
                next,
                "estimated" | "further" | "additional" | "total" | "reported" | "extra" | "few"
            ) =>
        {
            None
        }
        "a" | "an" => Some(exactly(1, at + 1, true)),
        "another" if small(next).is_none() && !next.starts_with(|c: char| c.is_ascii_digit()) => {
            match next {
                "dozen" => Some(exactly(12, at + 2, false)),
                "half" => None,
                next if quantity(next).is_some() || next == "several" => None,
                _ => Some(exactly(1, at + 1, true)),
            }
        }
        _ => None,
    }
}

/// "all but two of the 12": ten.
fn all_but(text: &Text<'_>, at: usize, word: &str, end: usize) -> Option<Value> {
    if word != "all" || !text.is(at + 1, "but") {
        return None;
    }
    let spared = value(text, at + 2, end)?;
    let of = spared.last + usize::from(text.is(spared.last, "of"));
    let the = usize::from(text.is(of, "the"));
    let Some(whole) = value(text, of + the, end) else {
        // "all but two of them": of how many, another sentence says.
        let last = of + usize::from(text.is(of, "them"));
        return Some(Value { count: Count::default(), last, single: false });
    };
    let n = whole.count.best?.checked_sub(spared.count.best?)?;
    Some(Value { count: Count::exactly(n), last: whole.last, single: false })
}

/// Words for a body of people whose size follows: "a family of six".
const BODIES: &[&str] = &[
    "band",
    "convoy",
    "crew",
    "delegation",
    "family",
    "gang",
    "group",
    "party",
    "patrol",
    "squad",
    "team",
];

/// "a family of six": six.
fn body_of(text: &Text<'_>, at: usize, word: &str, end: usize) -> Option<Value> {
    let body = text.key(at + 1);
    let named = matches!(word, "a" | "the" | "one") && BODIES.contains(&body);
    let size = (named && text.is(at + 2, "of")).then(|| value(text, at + 3, end)).flatten()?;
    (!size.single).then_some(size)
}

/// "dozens of", "several dozen", "hundreds".
fn vague(text: &Text<'_>, at: usize, low: Option<u32>) -> Value {
    let scaled = match text.key(at + 1) {
        "dozen" => Some(24),
        "hundred" => Some(200),
        "thousand" => Some(2000),
        _ => None,
    };
    let (low, last) = match (low, scaled) {
        (None, Some(n)) => (Some(n), at + 2),
        _ => (low, at + 1),
    };
    let count = Count { low, best: None, high: None };
    Value { count, last: if text.is(last, "of") { last + 1 } else { last }, single: false }
}

/// A number that begins with the word for `n`: "twenty-two", "two hundred and fifty".
fn spelled(text: &Text<'_>, at: usize, n: u32, end: usize) -> (u32, usize) {
    let (mut total, mut last) = (n, at + 1);
    if (20..100).contains(&n)
        && let Some(unit) = small(text.key(last)).filter(|u| *u < 10)
        && last < end
    {
        total += unit;
        last += 1;
    }
    match text.key(last) {
        "hundred" => (total, last) = (total * 100, last + 1),
        "thousand" => (total, last) = (total * 1000, last + 1),
        "dozen" => (total, last) = (total * 12, last + 1),
        _ => return (total, last),
    }
    let skip = usize::from(text.is(last, "and"));
    if let Some(rest) = small(text.key(last + skip)) {
        let (more, behind) = spelled(text, last + skip, rest, end);
        // "two dozen and four others" are two numbers.
        if total >= 100 && more < 100 {
            total += more;
            last = behind;
        }
    }
    (total, last)
}

/// Digits with separators; none if it is a decimal, a time of day or too large.
pub(super) fn digits(word: &str) -> Option<u32> {
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
