//! What people ask for, as they type it → what the store looks for: one way for the command line,
//! the pages and the API.

use engine::Knowledge;
use engine::ontology::{Kind, Mode, Tie};
use jiff::civil::Date;

use crate::render::country;
use crate::store::search::Sort;

/// A term that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Misread {
    /// What is wrong.
    pub(crate) message: String,
    /// What to give instead.
    pub(crate) hint: String,
}

impl Misread {
    /// A mark that is of another list, or of none.
    pub(crate) fn no_place() -> Self {
        misread(
            "this is no place in this list".to_owned(),
            "follow the link `next` of a page, and change nothing else in it",
        )
    }
}

fn misread(message: String, hint: impl Into<String>) -> Misread {
    Misread { message, hint: hint.into() }
}

/// The code of a country.
pub(crate) fn country(known: &Knowledge, given: &str) -> Result<String, Misread> {
    country::code(known, given).ok_or_else(|| {
        misread(
            format!("no country is called \"{given}\""),
            "give the two letters of ISO 3166, such as NG",
        )
    })
}

/// A kind of event.
pub(crate) fn kind(given: &str) -> Result<String, Misread> {
    term(
        "kind",
        given,
        &given.to_uppercase(),
        &Kind::ALL.iter().map(|k| k.as_str()).collect::<Vec<_>>(),
    )
}

/// How it was done.
pub(crate) fn mode(given: &str) -> Result<String, Misread> {
    let wanted = given.to_lowercase().replace([' ', '-'], "_");
    term("mode", given, &wanted, &Mode::ALL.iter().map(|m| m.as_str()).collect::<Vec<_>>())
}

/// How two actors are related.
pub(crate) fn tie(given: &str) -> Result<String, Misread> {
    let wanted = given.to_lowercase().replace([' ', '-'], "_");
    term("relation", given, &wanted, &Tie::ALL.iter().map(|t| t.as_str()).collect::<Vec<_>>())
}

/// The order of a list.
pub(crate) fn sort(given: &str) -> Result<Sort, Misread> {
    let found = SORTS.iter().find(|(name, _)| *name == given);
    found.map(|(_, sort)| *sort).ok_or_else(|| {
        let names = SORTS.map(|(name, _)| name);
        misread(
            format!("no order is called \"{given}\""),
            format!("give one of {}", names.join(", ")),
        )
    })
}

/// The orders by name.
pub(crate) const SORTS: [(&str, Sort); 4] = [
    ("day", Sort::Day),
    ("killed", Sort::Killed),
    ("place", Sort::Place),
    ("confidence", Sort::Confidence),
];

/// A day.
pub(crate) fn day(given: &str) -> Result<Date, Misread> {
    given.parse().map_err(|_| {
        misread(format!("\"{given}\" is no day"), "give year, month and day, such as 2024-03-22")
    })
}

/// A whole number of `least` to `most`.
pub(crate) fn number(given: &str, least: u32, most: u32) -> Result<u32, Misread> {
    let number = given.parse().ok().filter(|n| (least..=most).contains(n));
    number.ok_or_else(|| {
        misread(
            format!("\"{given}\" is no number that can be asked for"),
            format!("give a whole number from {least} to {most}"),
        )
    })
}

/// Degrees north and east.
pub(crate) fn point(given: &str) -> Result<(f64, f64), Misread> {
    let wrong = || misread(format!("\"{given}\" is no point"), "give LAT,LON, such as 55.75,37.62");
    let (lat, lon) = given.split_once(',').ok_or_else(wrong)?;
    let number = |word: &str, most: f64| {
        word.trim().parse().ok().filter(|degrees: &f64| degrees.abs() <= most).ok_or_else(wrong)
    };
    Ok((number(lat, 90.0)?, number(lon, 180.0)?))
}

/// A radius.
pub(crate) fn km(given: &str) -> Result<f64, Misread> {
    let km = given.parse().ok().filter(|km| (0.0..=20_040.0).contains(km));
    km.ok_or_else(|| {
        misread(
            format!("\"{given}\" is no radius"),
            "give kilometres, no more than 20040, half around the globe",
        )
    })
}

/// What the user types → what FTS5 understands: words with other signs in them ("al-Shabaab",
/// "l'État") become phrases.
pub(crate) fn words(typed: &str) -> String {
    let mut in_phrase = false;
    let words = typed.split(' ').map(|word| {
        let plain = |c: char| c.is_alphanumeric() || "_*()\"".contains(c);
        let quoted = in_phrase || word.contains('"');
        in_phrase ^= word.matches('"').count() % 2 == 1;
        if quoted || word.chars().all(plain) { word.to_owned() } else { format!("\"{word}\"") }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What to do about words that are no query.
pub(crate) fn no_query(typed: &str, what: &str) -> Misread {
    misread(
        format!("the words \"{typed}\" are no query ({what})"),
        "put \"…\" around phrases, and words on both sides of AND, OR and NOT",
    )
}

fn term(what: &str, given: &str, wanted: &str, all: &[&str]) -> Result<String, Misread> {
    if all.contains(&wanted) {
        return Ok(wanted.to_owned());
    }
    Err(misread(
        format!("no {what} is called \"{given}\""),
        format!("give one of {}", all.join(", ")),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_other_signs_become_phrases() {
        assert_eq!(words("market bomb*"), "market bomb*");
        assert_eq!(words("al-Shabaab OR l'État"), "\"al-Shabaab\" OR \"l'État\"");
        assert_eq!(words("\"at least a-dozen\" x-y"), "\"at least a-dozen\" \"x-y\"");
    }

    #[test]
    fn a_point_is_on_the_globe() {
        assert_eq!(point("-18.1, 178.4").ok(), Some((-18.1, 178.4)));
        for given in ["91,0", "NaN,0", "12", "0,181", ""] {
            assert!(point(given).is_err(), "{given}");
        }
    }

    #[test]
    fn terms_are_those_of_the_codebook() {
        assert_eq!(kind("assault").as_deref(), Ok("ASSAULT"));
        assert_eq!(mode("Suicide bombing").as_deref(), Ok("suicide_bombing"));
        assert_eq!(mode("magic").unwrap_err().message, "no mode is called \"magic\"");
        assert_eq!(sort("killed"), Ok(Sort::Killed));
        assert!(sort("KILLED; DROP TABLE").is_err());
        assert_eq!(number("100", 1, 500), Ok(100));
        assert!(number("0", 1, 500).is_err() && number("-1", 0, 9).is_err());
        assert!(day("2024-13-01").is_err() && km("-1").is_err() && km("NaN").is_err());
    }
}
