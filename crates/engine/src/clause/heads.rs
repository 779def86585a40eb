//! What the noun phrases of a clause are: people, attackers, things, arms.

use crate::lexicon::{Form, Mention, Role, Sense};
use crate::ontology::{Mode, Sort, WeaponSort};
use crate::pack::cells::choice;
use crate::party::is_civil;
use crate::syntax::NounPhrase;
use crate::text::{Case, Text};

/// What a noun phrase must be.
#[derive(Clone, Debug)]
pub(super) enum Class {
    /// Nothing is asked: there may be none.
    Free,
    Anyone,
    /// No such noun phrase: "two buses were set alight".
    Nobody,
    /// Attackers, armed organisations, or men of whom no more is said; no force of the law.
    Band,
    Culprit,
    People,
    Person,
    Thing,
    Arms,
    Heads(Vec<&'static str>),
    /// A state by its name: "Israel", "the US".
    Nation,
}

choice!(Class { 0 Free, 1 Anyone, 2 Culprit, 3 People, 4 Person, 5 Thing, 6 Arms, 7 Heads(heads), 8 Nobody, 9 Band, 10 Nation });

impl Class {
    pub(super) fn parse(word: &'static str) -> Option<Self> {
        Some(match word {
            "-" => Self::Free,
            "anyone" => Self::Anyone,
            "nobody" => Self::Nobody,
            "band" => Self::Band,
            "culprit" => Self::Culprit,
            "nation" => Self::Nation,
            "people" => Self::People,
            "person" => Self::Person,
            "thing" => Self::Thing,
            "arms" => Self::Arms,
            _ => Self::Heads(word.strip_prefix('=')?.split('|').collect()),
        })
    }
}

/// What the noun phrases of a sentence are, by its mentions.
pub(super) struct Heads<'s> {
    pub(super) text: &'s Text<'s>,
    pub(super) here: &'s [Mention<'s>],
}

impl Heads<'_> {
    pub(super) fn is(&self, class: &Class, noun: &NounPhrase) -> bool {
        match class {
            Class::Free => true,
            Class::Nobody => false,
            Class::Band => self.is_band(noun),
            Class::Anyone => self.is_people(noun) || self.names_nation(noun),
            Class::Nation => self.is_nation(noun),
            Class::Culprit => self.is_culprit(noun),
            Class::People => self.is_people(noun),
            Class::Person => {
                self.is_person(noun)
                    || self.described(noun).is_some_and(|(s, _)| s == Sort::StateForce)
            }
            Class::Thing => self.is_thing(noun),
            Class::Arms => self.is_arms(noun),
            Class::Heads(heads) => {
                let head = self.text.key(noun.head);
                heads.contains(&head)
            }
        }
    }

    /// The mentions in a noun phrase and what it belongs to by "of".
    fn inside<'h>(&'h self, noun: &'h NounPhrase) -> impl Iterator<Item = &'h Mention<'h>> {
        let range = noun.first..noun.last;
        self.here.iter().filter(move |m| m.first < range.end && m.last > range.start)
    }

    /// The description of people that a noun phrase ends with.
    fn described(&self, noun: &NounPhrase) -> Option<(Sort, Role)> {
        let mention = self.inside(noun).find(|m| m.last > noun.head)?;
        mention.sense(|s| if let Sense::Person(sort, role) = s { Some((sort, role)) } else { None })
    }

    fn is_culprit(&self, noun: &NounPhrase) -> bool {
        let role = self.described(noun).map(|(_, role)| role);
        matches!(role, Some(Role::Perpetrator | Role::Suspect | Role::Force))
            || self.inside(noun).any(|m| {
                m.senses.iter().any(|s| {
                    matches!(
                        s,
                        Sense::Actor(_, Sort::Organisation | Sort::StateForce) | Sense::Force(..)
                    ) || matches!(s, Sense::Person(Sort::Military, _))
                })
            })
    }

    /// Attackers and armed organisations, or men of whom no more is said: "three men in a jeep".
    fn is_band(&self, noun: &NounPhrase) -> bool {
        #[rustfmt::skip]
        const UNKNOWN: &[&str] = &[
            "column", "crowd", "individuals", "man", "men", "mob", "patrol", "persons",
            "strangers", "woman", "women", "youth", "youths",
        ];
        let law = self.described(noun).is_some_and(|(sort, role)| {
            role == Role::Force || sort == Sort::Police || sort == Sort::StateForce
        });
        let named = self
            .inside(noun)
            .any(|m| m.senses.iter().any(|s| matches!(s, Sense::Actor(_, Sort::Organisation))));
        let attacker = self.described(noun).is_some_and(|(_, role)| role == Role::Perpetrator);
        // "Armed boys on motorbikes"
        let armed = (noun.first..noun.head)
            .any(|i| ["armed", "hooded", "masked"].iter().any(|word| self.text.is(i, word)));
        !law && (attacker || named || armed || UNKNOWN.contains(&self.text.key(noun.head)))
    }

    /// A name of several words with an article that no table knows, and of no sort that is at peace.
    pub(super) fn is_unknown(&self, noun: &NounPhrase) -> bool {
        const NOBODY: &[&str] = &["dam", "express", "fire", "max", "storm"];
        let name = noun.first + 1..noun.last;
        noun.name
            && name.len() > 1
            && self.text.case == Case::Mixed
            && self.text.is(noun.first, "the")
            && name.clone().all(|i| self.text.is_capital(i))
            && self.inside(noun).all(|m| m.last <= noun.head || m.senses.is_empty())
            && !NOBODY.contains(&self.text.key(noun.head))
            && !is_civil(self.text, &name)
    }

    fn is_people(&self, noun: &NounPhrase) -> bool {
        let pronoun = noun.pronoun && !self.text.is(noun.head, "it");
        self.is_culprit(noun) || self.is_person(noun) || pronoun
    }

    /// People who are not attackers by their description, a named person included.
    pub(super) fn is_person(&self, noun: &NounPhrase) -> bool {
        const ENDINGS: &[&str] = &[
            "men", "women", "man", "woman", "er", "or", "ers", "ors", "ists", "ians", "ees", "ist",
            "ian",
        ];
        if let Some((_, role)) = self.described(noun) {
            return matches!(role, Role::Victim | Role::Either);
        }
        // "shot five people dead": the people are in the word of harm.
        if self.inside(noun).any(|m| {
            m.first <= noun.head
                && m.senses.iter().any(|s| matches!(s, Sense::Casualty(_, Form::Noun)))
        }) {
            return true;
        }
        let known = self.inside(noun).any(|m| m.last > noun.head && !m.senses.is_empty());
        let head = self.text.key(noun.head);
        // "Hundreds of young people": the people are behind "of".
        if ["dozens", "hundreds", "scores", "thousands"].contains(&head) {
            return self.text.is(noun.head + 1, "of");
        }
        let shaped = ENDINGS.iter().any(|end| head.len() > 4 && head.ends_with(end));
        let name = noun.name && noun.last - noun.first >= 2 && !known;
        let pronoun = ["him", "her", "them"].contains(&head);
        !known && shaped || name || pronoun
    }

    pub(super) fn is_thing(&self, noun: &NounPhrase) -> bool {
        const SETTLEMENTS: &[&str] = &["capital", "city", "district", "hamlet", "suburb", "town"];
        let head = self.text.key(noun.head);
        // "A suspicious holdall was blown up by the army": nobody meant it.
        if (noun.first..noun.head).any(|i| self.text.is(i, "suspicious")) {
            return false;
        }
        SETTLEMENTS.contains(&head)
            || self.inside(noun).any(|m| {
                let thing = m.senses.iter().any(|s| matches!(s, Sense::Thing(_) | Sense::Site(_)));
                let place =
                    m.senses.iter().any(|s| matches!(s, Sense::Country(_) | Sense::Area(_)));
                thing && m.last > noun.head || place && m.last > noun.head && noun.name
            })
    }

    /// The weapon that a noun phrase ends with.
    pub(super) fn weapons<'h>(
        &'h self,
        noun: &'h NounPhrase,
    ) -> impl Iterator<Item = Option<Mode>> + 'h {
        let ends = self.inside(noun).filter(|m| m.last > noun.head);
        ends.flat_map(|m| m.senses).filter_map(|s| match s {
            // A vehicle alone is no weapon: most that they hit is by accident.
            Sense::Weapon(sort, mode) if *sort != WeaponSort::Vehicle => Some(*mode),
            _ => None,
        })
    }

    fn is_arms(&self, noun: &NounPhrase) -> bool {
        self.weapons(noun).next().is_some()
    }

    /// Whether a noun phrase is no more than the name of a state.
    fn is_nation(&self, noun: &NounPhrase) -> bool {
        self.inside(noun).any(|m| {
            let country = m.senses.iter().any(|s| matches!(s, Sense::Country(_)));
            country && m.first <= noun.head && m.last > noun.head
        })
    }

    fn names_nation(&self, noun: &NounPhrase) -> bool {
        self.inside(noun)
            .any(|m| m.senses.iter().any(|s| matches!(s, Sense::Country(_) | Sense::Demonym(_))))
    }
}
