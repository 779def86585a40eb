//! What a noun phrase that suffers is: people, a body, a thing, or whoever fights.

use std::ops::Range;

use crate::lexicon::{Role, Sense};
use crate::ontology::{Effect, Sort, WeaponSort};
use crate::party::harm::Outcome;
use crate::party::sufferer::Struck;
use crate::party::target::Look;
use crate::text::{Case, Shape};

/// Words that are no one by themselves.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "afternoon", "area", "attack", "casualties", "city", "damage", "date", "day", "days", "dead",
    "death", "deaths", "device", "devices", "evening", "half", "hour", "hours", "injured",
    "injuries", "life", "lives", "moment", "month", "months", "morning", "night", "none", "noon", "number", "one", "others",
    "place", "post", "region", "rest", "scene", "side", "spot", "taker", "takers", "time", "toll",
    "total", "town", "two", "victim", "victims", "village", "way", "week", "weekend", "weeks", "what",
    "wounded", "year", "years",
];

/// What a noun is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Person(Sort),
    Thing(Sort),
    /// One who does it.
    Attacker,
    /// A state's force, whose men are meant where they are said to be harmed.
    Force(Sort),
    /// Aircraft and the like: a target only where it is said to be destroyed.
    Craft,
    /// An organisation, a state, a place: not a target by itself.
    Party,
    Unknown,
}

impl Look<'_> {
    /// What the head of a phrase is.
    pub(super) fn kind(&self, phrase: &Range<usize>) -> Kind {
        let at_head =
            self.told.mentions.iter().filter(|m| {
                m.first >= phrase.start && m.first < phrase.end && m.last >= phrase.end
            });
        let mut kind = Kind::Unknown;
        let people = |s| match s {
            Sense::Person(sort, Role::Victim | Role::Either) => {
                Some(Kind::Person(if sort == Sort::Individuals { Sort::Civilians } else { sort }))
            }
            _ => None,
        };
        for mention in at_head {
            // "soldiers" name a force behind a nation, and are people anywhere.
            let craft = mention.sense(|s| {
                let craft = matches!(s, Sense::Weapon(WeaponSort::Aircraft | WeaponSort::Drone, _));
                craft.then_some(Kind::Craft)
            });
            let found = mention.sense(people).or(craft).or_else(|| {
                mention.sense(|s| match s {
                    Sense::Person(_, Role::Perpetrator | Role::Suspect) => Some(Kind::Attacker),
                    Sense::Thing(sort) => Some(Kind::Thing(sort)),
                    Sense::Person(sort, Role::Force) => Some(Kind::Force(sort)),
                    // "four Afghans": people, where a number or a plural says so.
                    Sense::Demonym(_) if self.are_people(phrase) => {
                        Some(Kind::Force(Sort::Civilians))
                    }
                    Sense::Actor(..)
                    | Sense::Force(..)
                    | Sense::Country(_)
                    | Sense::Area(_)
                    | Sense::Site(_)
                    | Sense::Act(_) => Some(match self.text.word(phrase.end - 1) {
                        "peacekeepers" => Kind::Person(Sort::International),
                        _ => Kind::Party,
                    }),
                    _ => None,
                })
            });
            if let Some(found) = found {
                kind = found;
                // "guerrilla commanders", "leaders of the rebels": whose they are counts.
                break;
            }
        }
        let rebels = self.told.mentions.iter().any(|m| {
            m.first >= phrase.start
                && m.last <= phrase.end
                && m.sense(|s| matches!(s, Sense::Person(_, Role::Perpetrator)).then_some(()))
                    .is_some()
        });
        if rebels { Kind::Attacker } else { kind }
    }

    /// Whether a phrase with a demonym at its end is one for people: "Afghans", not "Afghan".
    fn are_people(&self, phrase: &Range<usize>) -> bool {
        let key = self.text.key(phrase.end - 1);
        key.ends_with('s') && !key.ends_with("ss")
    }

    pub(super) fn is_person(&self, phrase: &Range<usize>) -> bool {
        matches!(self.kind(phrase), Kind::Person(_) | Kind::Attacker)
            || self.text.key(phrase.end - 1) == "member"
    }

    /// Whether a word that is said of people only names those who suffer: "the welders were killed".
    pub(super) fn can_only_be_people(&self, struck: &Struck, phrase: &Range<usize>) -> bool {
        let last = phrase.end - 1;
        let word = self.text.key(last);
        let done = matches!(struck.people, Outcome::Done(effect) if effect != Effect::None);
        let plain = match self.text.case {
            Case::Flat => true,
            Case::Mixed => self.text.tokens[last].shape == Shape::Lower,
        };
        done && struck.things == Outcome::Never
            && plain
            && !self.is_place(phrase)
            && !struck.owner
            && self.syntax.nouns.get(struck.noun).is_some_and(|n| n.owner.is_none())
            && self.text.tokens[last].shape != Shape::Number
            && NOBODY.binary_search(&word).is_err()
            && !matches!(
                word,
                "one" | "two" | "year" | "week" | "month" | "day" | "night" | "morning"
            )
            && word.len() > 3
            && !word.ends_with("ing")
    }

    /// The country that a word of the phrase says it belongs to.
    pub(super) fn nation(&self, phrase: &Range<usize>) -> Option<String> {
        let within = self.told.mentions.iter().filter(|m| {
            m.first >= phrase.start && m.last <= phrase.end && !m.is_thing_in(self.text)
        });
        let mut country = within.filter_map(|m| {
            m.sense(|s| match s {
                Sense::Demonym(c) | Sense::Country(c) => Some(c),
                _ => None,
            })
        });
        let country = country.next_back()?;
        let code = self.known.geography.countries.get(usize::from(country))?.code;
        Some(String::from_utf8_lossy(&code).into_owned())
    }
}
