//! What the words of an end are: an actor, a country's government, a place, a described group.

use std::ops::Range;

use super::sides::Side;
use super::{End, Sentence, Sources};
use crate::fold::fold;
use crate::lexicon::{Role, Sense, Suffix};
use crate::ontology::{Sort, Tie};
use crate::party::composed;
use crate::place::Referent;
use crate::text::Shape;

/// Nouns for organisations that the dictionary of people does not have. Sorted.
const GROUPS: &[&str] = &[
    "alliance",
    "battalion",
    "brigade",
    "brigades",
    "cartel",
    "cell",
    "cells",
    "coalition",
    "faction",
    "factions",
    "government",
    "group",
    "groups",
    "movement",
    "network",
    "networks",
    "organisation",
    "organisations",
    "organization",
    "organizations",
    "outfit",
    "party",
    "regime",
    "tribes",
    "wing",
];

/// Nouns behind the name of an organisation that say no more than the name. Sorted.
const MEMBERS: &[&str] = &[
    "fighters",
    "forces",
    "gunmen",
    "group",
    "insurgents",
    "jihadists",
    "leadership",
    "militants",
    "militia",
    "militias",
    "movement",
    "network",
    "organisation",
    "organization",
    "rebels",
    "regime",
    "terrorists",
    "troops",
];

/// Those who speak and decide for an organisation. Sorted.
const LEADERS: &[&str] =
    &["chief", "chiefs", "commander", "commanders", "emir", "founder", "head", "leader", "leaders"];

/// Words before a name that turn it into something else. Sorted.
const AGAINST: &[&str] = &["anti", "ex", "non", "post", "pro"];

impl Sentence<'_> {
    /// What a side is, and another sentence that it rests on.
    pub(super) fn end(
        &self,
        side: &Side,
        tie: Tie,
        subject: bool,
        sources: &Sources<'_>,
        at: usize,
    ) -> Option<(End, Option<usize>)> {
        let place = if subject { tie == Tie::HavenOf } else { tie.is_of_place() };
        if place {
            return Some((self.place(side)?, None));
        }
        if side.itself {
            return Some((self.described(side.tokens.clone(), Sort::Organisation)?, None));
        }
        let described = self.responsible(side.tokens.end) > side.tokens.end;
        if self.is_standin(&side.tokens) && !described {
            return self.meant(at, side.tokens.start, sources);
        }
        let end = self
            .known_actor(&side.tokens)
            .filter(|end| !is_state(end) || may_be_state(tie))
            .or_else(|| self.whose_people(side))
            .or_else(|| self.group(side, tie, subject))?;
        Some((end, None))
    }

    /// An organisation or a government that the words name.
    pub(crate) fn known_actor(&self, tokens: &Range<usize>) -> Option<End> {
        self.organisation(tokens).or_else(|| self.government(tokens))
    }

    /// An entry of the actor table that the words name, or whose members they name.
    fn organisation(&self, tokens: &Range<usize>) -> Option<End> {
        let first = self.with_article(tokens).start;
        let party =
            self.parties.iter().rfind(|p| p.tokens.start >= first && p.tokens.end <= tokens.end)?;
        let members = (party.tokens.end..tokens.end)
            .all(|i| MEMBERS.binary_search(&self.text.key(i)).is_ok());
        let before = party.tokens.start.checked_sub(1);
        let other = before.is_some_and(|i| AGAINST.binary_search(&self.text.key(i)).is_ok());
        if !members || other {
            return None;
        }
        let name = self.text.span(party.tokens.start.max(tokens.start), tokens.end)?;
        let (actor, sort) = (party.actor.clone(), Some(party.sort));
        Some(End { name, actor, sort, country: None, place: None })
    }

    /// The organisation whose members or leaders the words name, since they act for it: "fighters of
    /// the X", "the leader of the X", "the X's commander".
    fn whose_people(&self, side: &Side) -> Option<End> {
        let n = side.noun?;
        let noun = self.syntax.nouns.get(n)?;
        let key = self.text.key(noun.head);
        let leads = LEADERS.binary_search(&key).is_ok();
        if !leads && MEMBERS.binary_search(&key).is_err() {
            return None;
        }
        let of = self.syntax.nouns.iter().position(|other| other.of == Some(n));
        let behind = of.and_then(|of| self.organisation(&self.noun(of).tokens));
        behind.or_else(|| {
            let owner = noun.owner.clone().filter(|_| leads)?;
            self.organisation(&owner)
        })
    }

    /// A country that stands for its government: "Iran", "Moscow", "Syrian government".
    fn government(&self, tokens: &Range<usize>) -> Option<End> {
        let name = self.text.span(tokens.start, tokens.end)?;
        let country = self
            .mentions
            .iter()
            .find(|m| m.first >= self.with_article(tokens).start && m.last == tokens.end)
            .and_then(|m| {
                m.sense(|s| match s {
                    Sense::Country(c) => Some(c),
                    Sense::Demonym(c) if m.first <= tokens.start => Some(c),
                    _ => None,
                })
            })
            .or_else(|| self.capital(tokens))?;
        let actor_id = composed(country, Suffix::Government, self.known);
        Some(actor(name, actor_id, Sort::Government))
    }

    /// The country whose capital the words name: "Moscow", "the Kremlin" is an office of its own.
    pub(super) fn capital(&self, tokens: &Range<usize>) -> Option<u16> {
        let words = self.text.span(tokens.start, tokens.end)?.of(self.text.source);
        self.known.deeds.seat(&fold(words))
    }

    /// A described group, or a person by name whom others obey or follow.
    fn group(&self, side: &Side, tie: Tie, subject: bool) -> Option<End> {
        let tokens = &side.tokens;
        let head = tokens.end.checked_sub(1)?;
        let word = self.text.key(head);
        let armed = self.mentions.iter().any(|m| {
            m.last == tokens.end
                && m.senses.iter().any(|s| {
                    matches!(
                        s,
                        Sense::Person(_, Role::Perpetrator | Role::Force) | Sense::Force(..)
                    )
                })
        });
        // "A former ally of the army": one force, which is no organisation.
        let force = self.mentions.iter().filter(|m| m.last == tokens.end).find_map(|m| {
            m.sense(|s| if let Sense::Force(sort, _) = s { Some(sort) } else { None })
        });
        let one = matches!(word, "army" | "military" | "police");
        if let Some(sort) = force.filter(|_| one && may_be_state(tie)) {
            return self.described(tokens.clone(), sort);
        }
        let plural = word.ends_with('s') || word.ends_with("men") || word == "militia";
        if GROUPS.binary_search(&word).is_ok() || (armed && (plural || side.adjective)) {
            return self.described(tokens.start..self.responsible(tokens.end), Sort::Organisation);
        }
        // "forces loyal to NAME": the one who is obeyed may be a person.
        let person = !subject && matches!(tie, Tie::LoyalTo | Tie::AllyOf);
        let named = tokens
            .clone()
            .all(|i| matches!(self.text.tokens[i].shape, Shape::Capital | Shape::Upper));
        let alias = tie == Tie::AliasOf;
        if alias && named {
            return self.described(tokens.clone(), Sort::Organisation);
        }
        if person && named {
            return self.described(tokens.clone(), Sort::Individuals);
        }
        None
    }

    /// The end of "the group responsible for the attack", if it goes on so behind token `end`.
    fn responsible(&self, end: usize) -> usize {
        let from = if self.text.is(end, "responsible") && self.text.is(end + 1, "for") {
            end + 2
        } else if self.text.is(end, "behind") {
            end + 1
        } else {
            return end;
        };
        let noun = self.syntax.nouns.iter().find(|n| n.last > from);
        noun.filter(|n| n.first <= from).map_or(end, |n| n.last)
    }

    /// The tokens with the article before them, which some names include: "the Gaza Strip".
    fn with_article(&self, tokens: &Range<usize>) -> Range<usize> {
        let article = tokens.start.checked_sub(1).filter(|&i| self.text.is(i, "the"));
        article.unwrap_or(tokens.start)..tokens.end
    }

    fn described(&self, tokens: Range<usize>, sort: Sort) -> Option<End> {
        let name = self.text.span(tokens.start, tokens.end)?;
        Some(End { name, actor: None, sort: Some(sort), country: None, place: None })
    }

    /// The place that the words name, or that is named behind "of": "the city of Aleppo".
    fn place(&self, side: &Side) -> Option<End> {
        let within = |tokens: Range<usize>| {
            self.atlas.within(tokens).iter().rev().find(|l| !l.demonym).cloned()
        };
        let tokens = side.tokens.clone();
        // "the city of Aleppo": the place is behind "of".
        let behind = || {
            let nouns = &self.syntax.nouns;
            let noun = nouns.iter().find(|n| n.of.is_some_and(|of| Some(of) == side.noun))?;
            Some((within(noun.first..noun.last)?, noun.last))
        };
        let here = within(self.with_article(&tokens)).map(|located| (located, tokens.end));
        let (located, end) = here.or_else(behind)?;
        // "the Kabul government" is no place.
        let head = located.last.max(end) - 1;
        let plain = located.last >= end || is_region(self.text.key(head));
        let name = self.text.span(tokens.start, end.max(located.last)).filter(|_| plain)?;
        let country = self.known.geography.countries.get(usize::from(located.country))?;
        let geography = &self.known.geography;
        let place = match located.referent {
            Referent::Country(_) => None,
            Referent::Area(a) => geography.areas.get(a as usize).map(|a| a.name.to_owned()),
            Referent::Place(p) => self.known.places.place(p).map(|p| p.name.to_owned()),
            Referent::Site(s) => geography.sites.get(s as usize).map(|s| s.name.to_owned()),
        };
        let code = String::from_utf8_lossy(&country.code).into_owned();
        Some(End { name, actor: None, sort: None, country: Some(code), place })
    }
}

pub(super) fn is_state(end: &End) -> bool {
    matches!(end.sort, Some(Sort::Government | Sort::StateForce))
}

/// Whether a state can be an end: it has no seat or field of action as an armed group has, and its
/// branches and units are no news.
fn may_be_state(tie: Tie) -> bool {
    !matches!(
        tie,
        Tie::BasedIn | Tie::OperatesIn | Tie::BranchOf | Tie::OffshootOf | Tie::SplinterOf
    )
}

pub(super) fn actor(name: reading::Span, actor: String, sort: Sort) -> End {
    End { name, actor: Some(actor), sort: Some(sort), country: None, place: None }
}

/// Whether a word behind the name of a place leaves it a place.
fn is_region(word: &str) -> bool {
    matches!(
        word,
        "area"
            | "areas"
            | "border"
            | "city"
            | "coast"
            | "countryside"
            | "district"
            | "enclave"
            | "governorate"
            | "mountains"
            | "peninsula"
            | "province"
            | "region"
            | "state"
            | "strip"
            | "territory"
            | "town"
            | "valley"
            | "village"
    )
}
