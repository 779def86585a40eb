//! Whether a text is of the news that the model knows: of its time and of its part of the world.
//!
//! A text without a date still says when it was written: by a later day or year, by an organisation
//! that was founded later, by who holds an office. One that names countries, and none of those that
//! the model learned of, is not asked about either.

use super::sentence::Told;
use crate::Knowledge;
use crate::frame::Frame;
use crate::lexicon::{Mention, Sense};
use crate::model::Scope;
use crate::text::Text;

/// Words before a year.
const BEFORE: &[&str] = &[
    "after", "and", "before", "between", "by", "during", "from", "in", "mid", "of", "since", "to",
    "until",
];

/// No year beyond is told of.
const LAST_YEAR: i16 = 2100;

/// Whether nothing says that the text is of another time or other countries.
pub(super) fn holds(scope: &Scope, told: Told<'_>, frames: &[Frame], known: &Knowledge) -> bool {
    let (text, mentions, _, clock) = told;
    let is_later = |last: i16| {
        let days = frames.iter().filter_map(|f| f.when).map(|(period, _)| period.end);
        clock.today.into_iter().chain(days).any(|day| day.year() > last)
            || tells_year(text, last)
            || mentions.iter().any(|m| is_younger(text, m, last, known))
            || known.roles.begin_after(text, last)
    };
    is_near(scope, told, known) && !scope.until.is_some_and(is_later)
}

/// "Since 2014": round years are foretold.
fn tells_year(text: &Text<'_>, last: i16) -> bool {
    (1..text.tokens.len()).any(|i| {
        let word = text.word(i);
        let year = || word.parse::<i16>().ok().filter(|y| *y % 10 != 0 || *y > 2000);
        let later = word.len() == 4 && year().is_some_and(|y| y > last && y < LAST_YEAR);
        later && BEFORE.binary_search(&text.key(i - 1)).is_ok()
    })
}

/// Whether a mention is the name of organisations that were all founded later.
fn is_younger(text: &Text<'_>, mention: &Mention<'_>, last: i16, known: &Knowledge) -> bool {
    if is_short(text, mention) {
        return false;
    }
    let actors = || {
        mention.senses.iter().filter_map(|s| match s {
            Sense::Actor(id, _) => known.actors.get(*id),
            _ => None,
        })
    };
    actors().next().is_some()
        && actors().all(|actor| actor.when.from.is_some_and(|from| from.year() > last))
}

/// Where case tells nothing, three letters may be any word: "car", "ana".
fn is_short(text: &Text<'_>, mention: &Mention<'_>) -> bool {
    mention.last - mention.first == 1 && text.key(mention.first).len() <= 3
}

/// Whether the text names one of the countries, or none at all.
fn is_near(scope: &Scope, (text, mentions, ..): Told<'_>, known: &Knowledge) -> bool {
    let long = mentions.iter().filter(|m| !is_short(text, m));
    let mut named = long.flat_map(|m| m.senses).filter_map(|s| match s {
        Sense::Country(c) | Sense::Demonym(c) => known.geography.countries.get(usize::from(*c)),
        _ => None,
    });
    let near = |code: [u8; 2]| scope.countries.iter().any(|c| c.as_bytes() == code);
    scope.countries.is_empty() || named.clone().any(|c| near(c.code)) || named.next().is_none()
}
