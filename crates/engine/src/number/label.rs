//! Numbers that count nobody: measures, dates, ages, prices, calibres, addresses, labels.

use crate::date::MONTHS;
use crate::number::value::digits;
use crate::text::{Shape, Text};

/// Words behind a number that it measures. Sorted.
const UNITS: &[&str] = &[
    "%",
    "acre",
    "acres",
    "am",
    "billion",
    "block",
    "bn",
    "caliber",
    "calibre",
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
    "gauge",
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
    "kph",
    "lakh",
    "m",
    "meter",
    "meters",
    "metre",
    "metres",
    "mile",
    "miles",
    "millimeter",
    "millimetre",
    "minute",
    "minutes",
    "mm",
    "month",
    "months",
    "morning",
    "mph",
    "night",
    "nights",
    "oclock",
    "per",
    "percent",
    "pm",
    "pound",
    "pounds",
    "second",
    "seconds",
    "storey",
    "story",
    "time",
    "times",
    "ton",
    "tonne",
    "tonnes",
    "tons",
    "week",
    "weekend",
    "weeks",
    "yard",
    "yards",
    "year",
    "years",
    "yoa",
    "°",
];

/// Words before a number that make it a name, an age or a price. Sorted.
const LABELS: &[&str] = &[
    "$",
    "#",
    "age",
    "aged",
    "ages",
    "article",
    "ak",
    "ar",
    "channel",
    "chapter",
    "flight",
    "highway",
    "interstate",
    "level",
    "no",
    "number",
    "page",
    "road",
    "room",
    "route",
    "section",
    "series",
    "suspect",
    "under",
    "unit",
    "£",
    "€",
];

/// Whether the number before token `i` measures something: "12 km", "5 percent", "28-year-old".
pub(super) fn is_unit(text: &Text<'_>, i: usize) -> bool {
    let word = text.key(i);
    UNITS.contains(&word)
        || (word == "more" && UNITS.contains(&text.key(i + 1)))
        || (is_month(word) && (word != "may" || text.tokens[i].shape != Shape::Lower))
}

/// Whether a number is a date, an age, a price or a label: "$5", "March 12", "AK-47", "aged 12".
pub(super) fn is_label(text: &Text<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    let word = text.key(before);
    let digit = text.tokens[i].shape == Shape::Number;
    let glued =
        text.tokens[before].end == text.tokens[i].start && !matches!(word, "(" | "[" | "\"" | "“");
    let letters = text.tokens[before].shape == Shape::Upper || word.len() == 1;
    let compound = text.tokens[i].start - text.tokens[before].end == 1
        && letters
        && text.source.as_bytes().get(text.tokens[before].end as usize) == Some(&b'-');
    let ordinal = text
        .tokens
        .get(i + 1)
        .is_some_and(|t| t.start == text.tokens[i].end && t.shape == Shape::Lower);
    is_month(word)
        || LABELS.contains(&word)
        || (digit && (glued || ordinal || is_year(text, i, word) || is_age(text, i, word)))
        || compound
        || is_kin(text, before, word)
}

/// "in 2019", "March 2019", "13 June, 2019".
fn is_year(text: &Text<'_>, i: usize, before: &str) -> bool {
    let word = text.word(i);
    word.len() == 4
        && word.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year))
        && (is_month(before)
            || matches!(
                before,
                "in" | "since"
                    | "of"
                    | "by"
                    | "the"
                    | "until"
                    | "till"
                    | "from"
                    | ""
                    | ","
                    | "during"
                    | "and"
                    | "between"
                    | "to"
                    | "after"
                    | "before"
                    | "early"
                    | "late"
                    | "mid"
            ))
}

/// "Ann Lee, 34,", "a guard (34)", "ages 19 and 24".
fn is_age(text: &Text<'_>, i: usize, before: &str) -> bool {
    let young = digits(text.word(i)).is_some_and(|n| n < 110);
    let two = i.checked_sub(2);
    let named = |k: usize| matches!(text.tokens[k].shape, Shape::Capital | Shape::Upper);
    let closes = matches!(text.word(i + 1), "," | "." | ")" | ";" | "" | "and");
    let behind_name = before == "," && closes && two.is_some_and(named);
    let goes_on = matches!(before, "and" | "to")
        && i.checked_sub(3).is_some_and(|k| matches!(text.word(k), "aged" | "ages" | "age"));
    let between = before == "between" && two.is_some_and(|k| text.is(k, "aged"));
    let described = before == ","
        && closes
        && text.word(i + 1) != "."
        && two.is_some_and(|k| AGED.contains(&text.key(k)));
    young && (behind_name || goes_on || between || described)
}

/// Descriptions that an age follows: "the suspect, 43,".
const AGED: &[&str] = &[
    "boy", "daughter", "father", "girl", "gunman", "husband", "man", "mother", "officer", "son",
    "student", "suspect", "victim", "wife", "woman",
];

/// "a mother of two", "the eldest of four": children who are not counted here.
fn is_kin(text: &Text<'_>, before: usize, word: &str) -> bool {
    word == "of"
        && before > 0
        && matches!(
            text.key(before - 1),
            "father" | "mother" | "youngest" | "eldest" | "oldest" | "grandmother" | "grandfather"
        )
}

/// Whether a word is a month's name or abbreviation.
pub(crate) fn is_month(word: &str) -> bool {
    const SHORT: &[&str] =
        &["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
    MONTHS.contains(&word) || SHORT.contains(&word)
}
