//! Which party a noun phrase names where a verb accuses it: an organisation, a force, a person, people.

use std::ops::Range;

use super::Sentence;
use super::rules::BODIES;
use crate::fold::fold;
use crate::lexicon::{Mention, Role, Sense, Suffix};
use crate::ontology::Sort;
use crate::party::described::name;
use crate::party::doer::is_age;
use crate::party::men::is_men;
use crate::party::outfit::{is_civil, is_person, name_around};
use crate::party::{Named, composed, person};
use crate::syntax::NounPhrase;
use crate::text::{Case, Shape};

/// A party: its words, its id, its sort.
pub(super) type Party = (Range<usize>, Option<String>, Sort);

impl Sentence<'_> {
    /// The party that a noun phrase names: an organisation or force, a person, people described.
    pub(super) fn party(&self, n: usize) -> Option<(Range<usize>, Option<String>, Sort)> {
        // "No officer has been charged."
        let noun = self.syntax.nouns.get(n).filter(|noun| !self.is(noun.first, &["no"]))?;
        let known = |p: &&Named| p.tokens.start >= noun.first && p.tokens.start < noun.last;
        if let Some(party) = self.parties.iter().filter(known).max_by_key(|p| p.tokens.end) {
            return Some((party.tokens.clone(), party.actor.clone(), party.sort));
        }
        // "a branch of the Islamic State", "members of the X": the organisation answers for its parts.
        let part = self.syntax.nouns.iter().position(|other| other.of == Some(n));
        let men = is_men(self.text.key(noun.head));
        if let Some((tokens, actor, sort)) = part.and_then(|of| self.party(of))
            && (actor.is_some() || men && sort == Sort::Organisation)
        {
            return Some((tokens, actor, sort));
        }
        let start = (noun.first..noun.last).find(|&i| !self.is_article(i))?;
        if let Some(outfit) = self.outfit(noun) {
            return Some((outfit, None, Sort::Organisation));
        }
        if noun.name && !self.is_place(noun) {
            let named = (start..noun.last).find_map(|i| name(self.text, i));
            let surname = || person::in_full(self.text, noun.head, &self.known.given);
            let named = named.or_else(surname)?;
            let body = self.text.key(named.end - 1);
            // "The X, a small group, was suspected."
            let again = self.syntax.nouns.iter().find(|other| other.apposed == Some(n));
            let again =
                again.is_some_and(|other| BODIES.binary_search(&self.text.key(other.head)).is_ok());
            let sort = if again || BODIES.binary_search(&body).is_ok() {
                Sort::Organisation
            } else {
                Sort::Individuals
            };
            return Some((named, None, sort));
        }
        if self.text.case == Case::Flat && !self.is_place(noun) {
            let given = &self.known.given;
            if let Some(named) =
                person::name(self.text, &(noun.first..noun.last), self.mentions, given)
            {
                return Some((named, None, Sort::Individuals));
            }
        }
        if let Some(party) = self.rebels(noun) {
            return Some(party);
        }
        // "Sentenced the Ohio man Jon Doe": the name stands behind.
        let next = self.syntax.nouns.get(n + 1).filter(|next| next.first == noun.last && next.name);
        if let Some(next) = next.filter(|_| self.person(noun).is_some())
            && let Some(named) = name(self.text, next.first)
        {
            return Some((named, None, Sort::Individuals));
        }
        // "A 22-year-old from Findlay"
        if is_age(self.text, noun) {
            let from = self.syntax.nouns.get(n + 1).filter(|next| {
                next.preposition == Some(noun.last)
                    && ["from", "of"].iter().any(|w| self.text.is(noun.last, w))
            });
            return Some((
                start..from.map_or(noun.last, |next| next.last),
                None,
                Sort::Individuals,
            ));
        }
        // "A man of 28, who appeared in court": the number is his.
        let number = self.text.tokens.get(noun.head).is_some_and(|t| t.shape == Shape::Number);
        let man = noun.of.filter(|_| number).and_then(|of| self.syntax.nouns.get(of));
        let (_, role) = self.person(man.unwrap_or(noun))?;
        let start = man.map_or(start, |man| man.first + usize::from(self.is_article(man.first)));
        let described = matches!(role, Role::Perpetrator | Role::Suspect | Role::Either);
        described.then_some((start..noun.last, None, Sort::Individuals))
    }

    /// "The government blamed it on the rebels": the only organisation that the text has named before.
    fn rebels(&self, noun: &NounPhrase) -> Option<Party> {
        const REBELS: &[&str] =
            &["guerrillas", "insurgents", "jihadists", "militants", "rebels", "separatists"];
        let plain = self.is(noun.first, &["the"]) && noun.last == noun.first + 2;
        if !plain || !self.is(noun.head, REBELS) || self.text.case != Case::Mixed {
            return None;
        }
        let organisation = |m: &Mention<'_>| {
            m.sense(|s| match s {
                Sense::Actor(a, Sort::Organisation) => Some(a),
                _ => None,
            })
        };
        let before = self.all.iter().take_while(|m| m.first < noun.first);
        let mut named = before.filter_map(|m| Some((m, self.known.actors.get(organisation(m)?)?)));
        let (mention, actor) = named.next()?;
        let only = named.all(|(_, other)| other.id == actor.id);
        only.then(|| (mention.first..mention.last, Some(actor.id.to_owned()), Sort::Organisation))
    }

    /// "The X", "the X of the Y": a name of more than one word behind an article is no person's; where
    /// it is neither that of a place nor of a body of state or peace, it is an organisation's.
    fn outfit(&self, noun: &NounPhrase) -> Option<Range<usize>> {
        let names = self.text.case == Case::Mixed && (noun.name || noun.head == noun.first + 1);
        let name = name_around(self.text, noun.first..noun.last).filter(|_| names)?;
        let the = name.start.checked_sub(1).is_some_and(|i| self.text.is(i, "the"));
        let own = the && name.len() > 1 && name.end >= noun.last;
        let free = |m: &Mention<'_>| {
            let apart = m.last <= name.start || name.end <= m.first;
            let known = m.senses.iter().any(|s| s.is_name() || matches!(s, Sense::Force(..)));
            apart || !known
        };
        let mut mentions = self.mentions.iter();
        let civil = is_civil(self.text, &name) || is_person(self.text, &name, self.known);
        (own && !civil && mentions.all(free)).then_some(name)
    }

    /// A government or force that is blamed without a name: "the government".
    pub(super) fn body(&self, n: usize) -> Option<(Range<usize>, Option<String>, Sort)> {
        const LEVELS: &[&str] = &["central", "federal", "interim", "regional", "transitional"];
        let noun = self.syntax.nouns.get(n)?;
        let mention = self.mentions.iter().find(|m| m.last == noun.last)?;
        let sort = mention.sense(|s| if let Sense::Force(s, _) = s { Some(s) } else { None })?;
        let small =
            |i: usize| self.is_article(i) || LEVELS.binary_search(&self.text.key(i)).is_ok();
        let alone = (noun.first..mention.first).all(small);
        let start = (noun.first..mention.first).find(|&i| !self.is_article(i));
        let start = start.unwrap_or(mention.first);
        alone.then_some((start..mention.last, None, sort))
    }

    /// The force or organisation of the men that a noun phrase names: "members of the army", "army members",
    /// "fighters of the 22nd front of the X".
    pub(super) fn members(&self, n: usize) -> Option<(Range<usize>, Option<String>, Sort)> {
        const PARTS: &[&str] = &[
            "aircraft",
            "column",
            "front",
            "gunboat",
            "helicopter",
            "jet",
            "jets",
            "patrol",
            "plane",
            "unit",
            "units",
            "vessel",
            "warplane",
            "warship",
        ];
        let noun = self.syntax.nouns.get(n)?;
        if !is_men(self.text.key(noun.head)) && !self.is(noun.head, PARTS) {
            return None;
        }
        let force =
            |m: &Mention<'_>| m.sense(|s| if let Sense::Force(s, _) = s { Some(s) } else { None });
        let before = self.mentions.iter().filter(|m| m.first >= noun.first && m.last == noun.head);
        let before = before.filter_map(|m| Some((m.first..m.last, None, force(m)?)));
        before.into_iter().next().or_else(|| {
            let of = self.syntax.nouns.iter().position(|other| other.of == Some(n))?;
            self.body(of).or_else(|| self.members(of))
        })
    }

    /// Where the name of the unit ends that the men of noun phrase `n` are of: "troops of the 94th Infantry
    /// Battalion".
    pub(in crate::party) fn unit(&self, n: usize) -> Option<usize> {
        const UNITS: &[&str] =
            &["battalion", "brigade", "corps", "division", "regiment", "squadron"];
        let of = self.syntax.nouns.iter().find(|other| other.of == Some(n))?;
        self.is(of.head, UNITS).then_some(of.last)
    }

    /// People of whom only the blame says that they did it: "villagers blamed Harrow herders".
    pub(super) fn people(&self, n: usize) -> Option<(Range<usize>, Option<String>, Sort)> {
        let noun = self.syntax.nouns.get(n).filter(|noun| !noun.pronoun)?;
        let (_, role) = self.person(noun)?;
        let some = noun.first < noun.head && !self.is_article(noun.first);
        (role == Role::Victim && some && !self.is_victim_word(noun.head)).then_some((
            noun.first..noun.last,
            None,
            Sort::Individuals,
        ))
    }

    fn is_victim_word(&self, i: usize) -> bool {
        self.is(i, &["body", "dead", "victim", "victims", "deceased", "people"])
    }

    /// "Has claimed previous attacks": not this one.
    pub(super) fn is_of_the_past(&self, v: usize, base: &str) -> bool {
        const PAST: &[&str] =
            &["earlier", "many", "numerous", "other", "past", "previous", "several", "similar"];
        let objects = self.syntax.verbs[v].objects.iter().map(|&n| &self.syntax.nouns[n]);
        base == "claim"
            && objects.into_iter().any(|noun| {
                (noun.first..noun.head).any(|i| PAST.binary_search(&self.text.key(i)).is_ok())
            })
    }

    /// A country that is blamed: its forces are meant.
    pub(in crate::party) fn state(&self, n: usize) -> Option<(Range<usize>, Option<String>, Sort)> {
        let noun = self.syntax.nouns.get(n)?;
        // "Moscow denied responsibility": the seat of its government.
        if noun.last == noun.first + 1 && noun.name {
            let seat = self.known.deeds.seat(&fold(self.text.word(noun.first)));
            if let Some(country) = seat {
                let actor = composed(country, Suffix::Military, self.known);
                return Some((noun.first..noun.last, Some(actor), Sort::StateForce));
            }
        }
        let mention =
            self.mentions.iter().find(|m| m.last == noun.last && m.first >= noun.first)?;
        let country = mention.sense(|s| if let Sense::Country(c) = s { Some(c) } else { None })?;
        let alone = (noun.first..mention.first).all(|i| self.is_article(i));
        let actor = composed(country, Suffix::Military, self.known);
        alone.then_some((mention.first..mention.last, Some(actor), Sort::StateForce))
    }

    fn is_article(&self, i: usize) -> bool {
        ["the", "a", "an", "that", "this", "both"].iter().any(|w| self.text.is(i, w))
    }

    pub(super) fn is_place(&self, noun: &NounPhrase) -> bool {
        self.mentions.iter().any(|m| {
            m.first >= noun.first
                && m.last == noun.last
                && m.senses.iter().any(|s| {
                    matches!(
                        s,
                        Sense::Country(_) | Sense::Area(_) | Sense::Site(_) | Sense::Demonym(_)
                    )
                })
        })
    }
}
