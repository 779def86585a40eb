//! Whose a party is: the country that "Israeli officials", "the president of Armenia", "Moscow" or
//! the name of an organisation stands for, or no country's, as with the United Nations.
//!
//! The first name in the words decides, since English puts it first: "a Syrian newspaper in Paris" is
//! Syria's. A place behind "in" counts only if nothing else is said: "rebels in the Ivory Coast".

use std::ops::Range;

use crate::Knowledge;
use crate::actor::Actor;
use crate::fold::fold_into;
use crate::lexicon::{Mention, Sense};
use crate::ontology::Sort;
use crate::text::{Shape, Text};

/// Whose a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// A country's, by its index.
    Country(u16),
    /// An international body's.
    Bodies,
}

/// A city stands for its country from this many inhabitants on.
const CITY: u32 = 60_000;

/// Whose the party is that the tokens `range` describe. `mentions` are those of the document.
pub fn whose(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    range: Range<usize>,
    known: &Knowledge,
) -> Option<Whose> {
    let first = mentions.partition_point(|m| m.last <= range.start);
    let here: Vec<&Mention<'_>> =
        mentions[first..].iter().take_while(|m| m.first < range.end).collect();
    let named = here
        .iter()
        .filter(|m| !is_descent(text, m))
        .find_map(|m| Some((m.first, of_mention(m, known)?)));
    // A capital before the first name: "Washington's ally Israel".
    let until = named.map_or(range.end, |(at, _)| at);
    let seat = (range.start..until).find_map(|i| seat(text, i, range.end, known));
    seat.or(named.map(|(_, whose)| whose))
        .or_else(|| range.clone().find_map(|i| city(text, i, range.end, known)))
}

/// What a name of the dictionaries says.
fn of_mention(mention: &Mention<'_>, known: &Knowledge) -> Option<Whose> {
    let decided = mention.actor.and_then(|a| of_actor(known.actors.get(a)?, known));
    decided.or_else(|| {
        mention.sense(|sense| match sense {
            Sense::Country(c) | Sense::Demonym(c) => Some(Whose::Country(c)),
            Sense::Area(a) => {
                known.geography.areas.get(a as usize).map(|a| Whose::Country(a.country))
            }
            Sense::Site(s) => {
                known.geography.sites.get(s as usize).map(|s| Whose::Country(s.country))
            }
            Sense::Actor(a, _) | Sense::Weak(a) => of_actor(known.actors.get(a)?, known),
            _ => None,
        })
    })
}

/// Whose an organisation is: no country's if it is international, of many, or of none.
pub(super) fn of_actor(actor: &Actor, known: &Knowledge) -> Option<Whose> {
    const MANY: usize = 4;
    match actor.countries.as_slice() {
        _ if actor.sort == Sort::International => Some(Whose::Bodies),
        [] => (actor.sort == Sort::Other).then_some(Whose::Bodies),
        many if many.len() >= MANY => Some(Whose::Bodies),
        [code, ..] => known.geography.country(code).map(Whose::Country),
    }
}

/// Whether a demonym tells descent, not a state: "ethnic Albanians".
fn is_descent(text: &Text<'_>, mention: &Mention<'_>) -> bool {
    mention.first > 0 && text.is(mention.first - 1, "ethnic")
}

/// A capital: the seat of a government.
fn seat(text: &Text<'_>, at: usize, end: usize, known: &Knowledge) -> Option<Whose> {
    named(text, at, end, |key| known.deeds.seat(key)).map(Whose::Country)
}

/// A large city: it stands for its country.
fn city(text: &Text<'_>, at: usize, end: usize, known: &Knowledge) -> Option<Whose> {
    // A word of a longer name is a person's or a paper's: "Salaheddine Sidhoum", "La Prensa".
    let capital = |i: usize| text.is_capital(i);
    if at > 0 && capital(at - 1) {
        return None;
    }
    let country = named(text, at, end, |key| {
        let words = 1 + key.matches(' ').count();
        let found =
            known.places.find(key).filter(|found| found.is_plain() && !capital(at + words))?;
        let largest = known.places.largest(&found)?;
        let large = largest.population >= CITY;
        large.then(|| known.geography.country_of(largest.country)).flatten()
    });
    country.map(Whose::Country)
}

/// The answer of `of` for the longest name of up to three words that begins with token `at`.
fn named<T>(text: &Text<'_>, at: usize, end: usize, of: impl Fn(&str) -> Option<T>) -> Option<T> {
    let capital = |i: usize| matches!(text.tokens[i].shape, Shape::Capital | Shape::Upper);
    if !capital(at) {
        return None;
    }
    let mut key = String::new();
    let mut found = None;
    for i in at..end.min(at + 3) {
        if !capital(i) {
            break;
        }
        if i > at {
            key.push(' ');
        }
        fold_into(text.word(i), &mut key);
        found = of(&key).or(found);
    }
    found
}
