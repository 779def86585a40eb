//! Whose the place is from which it was fired: "positions of the X", "an Israeli battery", "rebel-held
//! ground", "the side of Makiivka, held by rebels".

use std::ops::Range;

use super::Sentence;
use super::named::Party;
use crate::lexicon::{Mention, Role, Sense, Suffix};
use crate::ontology::Sort;
use crate::party::{Named, composed};
use crate::syntax::NounPhrase;

/// Places from which somebody fires. Sorted.
#[rustfmt::skip]
const GROUNDS: &[&str] = &[
    "area", "areas", "bank", "base", "bases", "camp", "direction", "ground", "hills", "lines",
    "neighbourhood", "part", "parts", "position", "positions", "quarter", "side", "suburb", "territory",
    "town", "trenches", "village",
];
/// What a state fires from. Sorted.
#[rustfmt::skip]
const ARMS: &[&str] = &[
    "aircraft", "artillery", "batteries", "battery", "boat", "bomber", "bombers", "cannon", "cruiser",
    "destroyer", "drone", "drones", "fighter", "frigate", "gun", "gunboat", "guns", "gunship",
    "helicopter", "helicopters", "jet", "jets", "launcher", "launchers", "plane", "planes", "ship",
    "ships", "submarine", "submarines", "tank", "tanks", "trenches", "vessel", "warplane", "warplanes",
    "warship", "warships",
];

impl Sentence<'_> {
    /// Whether what verb group `v` is said of was shot: a weapon, or a word that stands for one.
    pub(super) fn is_shot(&self, v: usize) -> bool {
        let verb = &self.syntax.verbs[v];
        let mut nouns = verb.subjects.iter().chain(&verb.objects);
        // "They came from the X": those may be people.
        let placed = verb.obliques.iter().any(|&(_, n)| self.grounds(n).is_some());
        nouns.any(|&n| {
            let noun = &self.syntax.nouns[n];
            let weapon = |m: &Mention<'_>| {
                let weapon = |s: &Sense| matches!(s, Sense::Weapon(..));
                noun.first <= m.first && m.last <= noun.last && m.senses.iter().any(weapon)
            };
            placed && self.is(noun.head, &["it", "they", "them", "these", "both"])
                || self.mentions.iter().any(weapon)
        })
    }

    /// Whose ground or weapon a noun phrase is.
    pub(super) fn grounds(&self, n: usize) -> Option<Party> {
        let noun = self.syntax.nouns.get(n)?;
        let listed = |list: &[&str]| list.binary_search(&self.text.key(noun.head)).is_ok();
        if listed(ARMS)
            && let Some(state) = self.nation(noun)
        {
            return Some(state);
        }
        let of = self.syntax.nouns.iter().find(|other| other.of == Some(n));
        let held = || self.holder(noun.last.max(of.map_or(0, |of| of.last)));
        if !listed(GROUNDS) && !listed(ARMS) {
            return held();
        }
        let own = [Some(noun), of].into_iter().flatten();
        own.into_iter().find_map(|noun| self.side(noun.first..noun.last)).or_else(held)
    }

    /// Who holds the place that ends at token `end`: "a suburb held by the X".
    fn holder(&self, end: usize) -> Option<Party> {
        const HOLDS: &[&str] = &["control", "hold", "occupy", "rule", "run"];
        const NEAR: usize = 3;
        let near = end..end + NEAR;
        let verb = self.syntax.verbs.iter().find(|v| {
            let base = self.known.verbs.base(self.text.key(v.head));
            near.contains(&v.first) && base.is_some_and(|base| HOLDS.contains(&base))
        })?;
        let noun = verb.agents.first().and_then(|&n| self.syntax.nouns.get(n))?;
        self.side(noun.first..noun.last)
    }

    /// The organisation, force or fighters among `tokens`.
    fn side(&self, tokens: Range<usize>) -> Option<Party> {
        let inside = |p: &&Named| tokens.start <= p.tokens.start && p.tokens.start < tokens.end;
        if let Some(p) = self.parties.iter().find(inside) {
            return Some((p.tokens.clone(), p.actor.clone(), p.sort));
        }
        let mut inside = self.mentions.iter().filter(|m| tokens.contains(&m.first));
        inside.find_map(|m| {
            let sort = m.sense(|s| match s {
                Sense::Force(sort, _) => Some(sort),
                Sense::Person(Sort::Military | Sort::StateForce, _) => Some(Sort::StateForce),
                Sense::Person(_, Role::Perpetrator) => Some(Sort::Individuals),
                _ => None,
            })?;
            Some((m.first..m.last, None, sort))
        })
    }

    /// The forces of the nation whose arms a noun phrase is: "a Russian submarine".
    fn nation(&self, noun: &NounPhrase) -> Option<Party> {
        let mut inside =
            self.mentions.iter().filter(|m| noun.first <= m.first && m.last <= noun.head);
        inside.find_map(|m| {
            let country = m.sense(|s| match s {
                Sense::Demonym(c) | Sense::Country(c) => Some(c),
                _ => None,
            })?;
            let actor = composed(country, Suffix::Military, self.known);
            Some((m.first..m.last, Some(actor), Sort::StateForce))
        })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_in_order() {
        assert!(super::GROUNDS.is_sorted() && super::ARMS.is_sorted());
    }
}
