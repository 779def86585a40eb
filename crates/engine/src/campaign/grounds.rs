//! What a movement is about: forces, and the ground that is taken, left or fought for.

use std::ops::Range;

use crate::lexicon::{Role, Sense};
use crate::ontology::Sort;
use crate::place::Located;
use crate::relation::Sentence;
use crate::report::Target;
use crate::syntax::NounPhrase;
use crate::text::{Case, Shape};

/// Nouns for forces that the dictionaries of people do not have. Sorted.
const FORCES: &[&str] = &[
    "advisers",
    "armour",
    "army",
    "battalion",
    "battalions",
    "brigade",
    "coalition",
    "contingent",
    "convoy",
    "convoys",
    "division",
    "fleet",
    "force",
    "forces",
    "jets",
    "marines",
    "mercenaries",
    "military",
    "mission",
    "paratroopers",
    "peacekeepers",
    "personnel",
    "planes",
    "regiment",
    "reinforcements",
    "soldiers",
    "tanks",
    "troops",
    "unit",
    "units",
    "vehicles",
    "vessels",
    "warplanes",
    "warships",
];

/// Nouns for ground without a name. Sorted.
const GROUND: &[&str] = &[
    "administration",
    "airbase",
    "airfield",
    "airport",
    "area",
    "areas",
    "barracks",
    "base",
    "bases",
    "border",
    "building",
    "buildings",
    "camp",
    "capital",
    "checkpoint",
    "cities",
    "city",
    "compound",
    "country",
    "crossing",
    "district",
    "districts",
    "garrison",
    "government",
    "headquarters",
    "hill",
    "hills",
    "island",
    "ministry",
    "outpost",
    "palace",
    "parliament",
    "part",
    "parts",
    "port",
    "portions",
    "position",
    "positions",
    "post",
    "posts",
    "province",
    "provinces",
    "region",
    "strip",
    "stronghold",
    "swathes",
    "territories",
    "territory",
    "town",
    "towns",
    "valley",
    "village",
    "villages",
];

/// Those of them that are houses of a state. Sorted.
const BUILDINGS: &[&str] = &[
    "administration",
    "building",
    "buildings",
    "headquarters",
    "ministry",
    "palace",
    "parliament",
];

/// Nouns for a rule over ground that can come to an end. Sorted.
const RULES: &[&str] = &["caliphate", "emirate", "regime", "rule", "stronghold", "strongholds"];

/// Ground: its place where known, and whether that is said of it.
pub(super) struct Ground {
    pub(super) located: Option<Located>,
    pub(super) stated: bool,
}

impl Sentence<'_> {
    /// Whether a noun phrase is one of armed forces.
    pub(super) fn is_forces(&self, tokens: &Range<usize>) -> bool {
        let head = tokens.end.checked_sub(1);
        let word = head.map(|i| self.text.key(i)).unwrap_or_default();
        let named = self.parties.iter().any(|p| {
            p.tokens.end == tokens.end
                && p.tokens.start >= tokens.start
                && matches!(p.sort, Sort::Organisation | Sort::StateForce)
        });
        let people = self.mentions.iter().any(|m| {
            m.last == tokens.end
                && m.first >= tokens.start
                && m.senses.iter().any(|s| {
                    matches!(
                        s,
                        Sense::Person(_, Role::Perpetrator | Role::Force)
                            | Sense::Person(Sort::Military, _)
                            | Sense::Force(Sort::StateForce, _)
                    )
                })
        });
        named || people || FORCES.binary_search(&word).is_ok()
    }

    /// The ground that noun phrase `n` is, if it is ground.
    pub(super) fn ground(&self, n: usize) -> Option<Ground> {
        let noun = self.syntax.nouns.get(n)?;
        let named = |tokens: Range<usize>| {
            let names = self.atlas.within(tokens.clone()).iter();
            names.rev().find(|l| !l.demonym && l.last <= tokens.end).cloned()
        };
        let head = self.text.key(noun.head);
        let plain = GROUND.binary_search(&head).is_ok();
        // Without a capital there is no name, and the places of the text need not be looked up.
        let small = |i: usize| !matches!(self.text.tokens[i].shape, Shape::Capital | Shape::Upper);
        if !plain && self.text.case == Case::Mixed && (noun.first..noun.last).all(small) {
            return None;
        }
        if let Some(located) = named(noun.first..noun.last)
            && (plain || located.last == noun.last)
        {
            return Some(Ground { located: Some(located), stated: true });
        }
        if !plain {
            return None;
        }
        // "the town of X", "three villages in X", "parts of the country".
        let next = self.syntax.nouns.get(n + 1).filter(|next| {
            next.preposition.is_some_and(|p| p == noun.last)
                && ["of", "in", "near", "on"].iter().any(|w| self.text.is(noun.last, w))
        });
        let after = next.map(|next| next.last + 1).filter(|&i| self.text.is(i - 1, ","));
        if let Some(located) = next.and_then(|next| named(next.first..next.last)) {
            return Some(Ground { located: Some(located), stated: true });
        }
        // "the town of X, Cameroon", where nobody knows X.
        let behind = |n: &&NounPhrase| Some(n.first) == after;
        if let Some(located) =
            self.syntax.nouns.iter().find(behind).and_then(|n| named(n.first..n.last))
        {
            return Some(Ground { located: Some(located), stated: true });
        }
        // The place that the sentence named last.
        let before = self.atlas.within(self.tokens.start..noun.first);
        let located = before.iter().rev().find(|l| !l.demonym && !l.dateline).cloned();
        Some(Ground { located, stated: false })
    }

    /// The house of a state that a noun phrase is, as what is attacked.
    pub(super) fn building(&self, n: usize) -> Option<Target> {
        let noun = self.syntax.nouns.get(n)?;
        let head = self.text.key(noun.head);
        BUILDINGS.binary_search(&head).ok()?;
        Some(Target {
            name: self.text.span(noun.first, noun.last)?,
            actor: None,
            sort: Sort::Government,
            person: false,
            named: false,
            description: None,
            nation: None,
            number: None,
            effect: None,
        })
    }

    /// The noun phrase of a rule that came to an end, as "ISIL's caliphate".
    pub(super) fn is_rule(&self, n: usize) -> bool {
        self.syntax
            .nouns
            .get(n)
            .is_some_and(|noun| RULES.binary_search(&self.text.key(noun.head)).is_ok())
    }
}
