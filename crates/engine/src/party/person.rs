//! Whether a noun phrase names a person, and with which words it describes them.
//!
//! Where case tells names from words, a name is a run of capitals. Where it does not, a name begins
//! with a given name, or stands behind a title. Surnames are in no list: nobody is known by name.

use std::ops::Range;

use crate::lexicon::{Mention, Sense};
use crate::pack::cells::record;
use crate::sources::Sources;
use crate::text::{Case, Shape, Text};

/// Names that parents give, in the order of the alphabet.
#[derive(Clone, Debug, Default)]
pub struct GivenNames(Vec<&'static str>);

record!(GivenNames(names));

impl GivenNames {
    /// Reads `data/given-names.txt`.
    pub fn load(sources: &Sources) -> Self {
        let lines = sources.text("given-names.txt").lines().map(str::trim);
        let mut names: Vec<_> = lines.filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
        names.sort_unstable();
        Self(names)
    }

    /// Whether `key` is one.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.binary_search(&key).is_ok()
    }
}

/// Words that stand before a surname alone.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "archbishop", "bishop", "brother", "captain", "cardinal", "col", "colonel", "commander",
    "congressman", "corporal", "dr", "engineer", "father", "friar", "gen", "general", "governor",
    "judge", "lieutenant", "lt", "madam", "maj", "major", "mayor", "minister", "miss",
    "monsignor", "mr", "mrs", "ms", "msgr", "nun", "pastor", "president", "priest", "professor",
    "rabbi", "representative", "reverend", "senator", "sergeant", "sgt", "sister",
    "superintendent",
];

/// Words that follow a title without being a name.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "candidate", "cathedral", "chief", "command", "commander", "court", "elect", "escort",
    "family", "general", "headquarters", "home", "house", "of", "office", "palace", "residence",
    "secretary", "staff", "strike",
];

/// Small words inside names.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "ibn", "la", "las",
    "los", "van", "von", "y",
];

/// The tokens of a person's name that ends the noun phrase `phrase`.
pub(super) fn name(
    text: &Text<'_>,
    phrase: &Range<usize>,
    mentions: &[Mention<'_>],
    given: &GivenNames,
) -> Option<Range<usize>> {
    let key = |i: usize| text.key(i);
    let title = |i: usize| TITLES.binary_search(&key(i)).is_ok();
    let known = |i: usize| mentions.iter().any(|m| m.first <= i && i < m.last && is_word(m));
    let first =
        phrase.clone().find(|&i| given.has(key(i)) && (!known(i) || starts_name(text, i, phrase)));
    let titled = phrase.clone().rev().find(|&i| title(i)).map(|i| i + 1);
    let start = match (first, titled) {
        (Some(name), Some(title)) if title > name => return None,
        (Some(name), _) => name,
        (None, Some(after)) if after < phrase.end => after,
        (None, _) if text.case == Case::Mixed => capitals(text, phrase, &known)?,
        (None, _) => return None,
    };
    // "San Miguel", "Puerto Luis" are places.
    let place = start > phrase.start
        && matches!(key(start - 1), "san" | "santa" | "santo" | "puerto" | "villa" | "ciudad");
    if place {
        return None;
    }
    // "the murder of Ana Paz 8 days ago": a number ends a name.
    let number = (start..phrase.end).find(|&i| text.tokens[i].shape == Shape::Number);
    let own = start..number.unwrap_or(phrase.end);
    let wordy = |i: usize| {
        let word = key(i);
        OFFICES.binary_search(&word).is_ok()
            || i > start && known(i) && !given.has(word)
            || text.case == Case::Mixed
                && text.tokens[i].shape == Shape::Lower
                && PARTICLES.binary_search(&word).is_err()
    };
    let alone = first.is_some() && own.len() == 1 && titled != Some(start);
    let strange = own.clone().any(wordy) || first.is_none() && known(start);
    (!strange && !alone && (1..=6).contains(&own.len())).then_some(own)
}

/// The full name that the text gave before to whom it calls by the surname at token `at`.
pub(super) fn in_full(text: &Text<'_>, at: usize, given: &GivenNames) -> Option<Range<usize>> {
    const LONGEST: usize = 4;
    // Where each would look through the whole text, nobody is looked for far away.
    const REACH: usize = 2_000;
    let capital = |i: usize| text.tokens.get(i).is_some_and(|t| t.shape == Shape::Capital);
    let alone = capital(at) && !capital(at + 1) && !(at > 0 && capital(at - 1));
    if !alone || text.case != Case::Mixed || text.key(at).len() < 3 {
        return None;
    }
    let same = |&i: &usize| text.key(i) == text.key(at) && capital(i) && !capital(i + 1);
    (at.saturating_sub(REACH)..at).filter(same).find_map(|i| {
        let first = (i.saturating_sub(LONGEST - 1)..i).rev().take_while(|&j| capital(j)).last()?;
        let first = (first..i).find(|&j| given.has(text.key(j)))?;
        Some(first..i + 1)
    })
}

/// Whether a word that the dictionaries know can begin a name here: another name follows it.
fn starts_name(text: &Text<'_>, i: usize, phrase: &Range<usize>) -> bool {
    i + 1 < phrase.end && text.tokens[i].shape != Shape::Lower
}

/// The run of two capitalised words or more that ends a phrase.
fn capitals(
    text: &Text<'_>,
    phrase: &Range<usize>,
    known: &impl Fn(usize) -> bool,
) -> Option<usize> {
    let named = |i: usize| {
        let capital = text.tokens[i].shape == Shape::Capital;
        !known(i) && (capital || PARTICLES.contains(&text.word(i)))
    };
    let start = phrase.clone().rev().take_while(|&i| named(i)).last()?;
    (phrase.end - start >= 2 && text.tokens[start].shape == Shape::Capital).then_some(start)
}

/// Whether a mention is a word or the name of something else, not a person's.
fn is_word(mention: &Mention<'_>) -> bool {
    mention.senses.iter().any(|s| {
        matches!(
            s,
            Sense::Person(..)
                | Sense::Thing(_)
                | Sense::Actor(..)
                | Sense::Country(_)
                | Sense::Demonym(_)
                | Sense::Weapon(..)
                | Sense::Act(_)
                | Sense::Force(..)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    fn check(phrase: &str, expected: Option<&str>) {
        let known = Knowledge::embedded();
        let text = Text::of(phrase);
        let mentions = known.matcher.find(&text);
        let found = name(&text, &(0..text.tokens.len()), &mentions, &known.given);
        let words = found.and_then(|r| text.span(r.start, r.end)).map(|s| s.of(phrase));
        assert_eq!(words, expected, "{phrase}");
    }

    #[test]
    fn a_name_in_capitals_begins_with_a_given_name_or_stands_behind_a_title() {
        check("THE FORMER MAYOR RODRIGO SALCEDO PINTO", Some("RODRIGO SALCEDO PINTO"));
        check("COLONEL VALDERRAMA", Some("VALDERRAMA"));
        check("THE GENERAL STAFF", None);
        check("UNION LEADERS", None);
        check("TWO SALVADORAN PEASANTS", None);
    }

    #[test]
    fn titles_particles_and_offices_are_in_order() {
        for list in [TITLES, OFFICES, PARTICLES] {
            assert!(list.is_sorted());
        }
    }
}
