//! Who is blamed without a rule, who denies it, and who only defends himself.

use std::ops::Range;

use super::Sentence;
use crate::lexicon::Role;
use crate::ontology::{Attribution, Sort};
use crate::party::Named;

impl Sentence<'_> {
    /// On what it rests that the words at token `at` did it, where a verb blames them for it: "it blamed
    /// an Israeli air strike", "he attributed it to Kenyan jets".
    pub(in crate::party) fn blamed(&self, at: usize) -> Option<Attribution> {
        let noun = self.syntax.noun_at(at)?;
        let blames = |&v: &usize| {
            let verb = &self.syntax.verbs[v];
            let base = self.known.verbs.base(self.text.key(verb.head));
            let behind = verb.obliques.iter().any(|&(p, n)| n == noun && self.is(p, &["on", "to"]));
            let object = self.syntax.sufferers(v).contains(&noun);
            !verb.negated
                && match base {
                    Some("accuse" | "blame" | "suspect") => object || behind,
                    Some("attribute" | "ascribe" | "pin") => behind,
                    _ => false,
                }
        };
        let v = (0..self.syntax.verbs.len()).find(blames)?;
        Some(if self.by_authority(v) {
            Attribution::AccusedByAuthorities
        } else {
            Attribution::Suspected
        })
    }

    /// The organisation or force that is noun phrase `n`, as one that may deny a deed; no country, which
    /// may speak for others.
    pub(in crate::party) fn denier(
        &self,
        n: usize,
    ) -> Option<(Range<usize>, Option<String>, Sort, Attribution)> {
        let noun = self.syntax.nouns.get(n)?;
        let party = self.parties.iter().find(|p| {
            let mut behind = self.syntax.nouns.iter().filter(|o| o.of == Some(n));
            // "The Justice and Equality Movement" is two noun phrases.
            let inside = |r: &Range<usize>| {
                r.start <= p.tokens.start && p.tokens.end <= r.end
                    || p.tokens.start <= r.start + 1 && r.end <= p.tokens.end
            };
            inside(&(noun.first..noun.last)) || behind.any(|of| inside(&(of.first..of.last)))
        })?;
        let apt = matches!(party.sort, Sort::Organisation | Sort::StateForce | Sort::Political);
        apt.then(|| (party.tokens.clone(), party.actor.clone(), party.sort, Attribution::Denied))
    }

    /// Whether the people of noun phrase `n` only defend themselves: "residents fought them off", and no
    /// force or organisation is named.
    pub(in crate::party) fn defends(&self, n: usize) -> bool {
        let noun = &self.syntax.nouns[n];
        let named = |p: &Named| noun.first <= p.tokens.start && p.tokens.end <= noun.last;
        let met = |v: usize| {
            self.syntax.sufferers(v).iter().any(|&m| {
                let other = &self.syntax.nouns[m];
                other.pronoun || self.is_attacker(other)
            })
        };
        let fights = (0..self.syntax.verbs.len()).any(|v| {
            let listed =
                self.syntax.doers(v).iter().flat_map(|&d| self.syntax.list(d)).any(|d| d == n);
            listed && met(v)
        });
        let unarmed = !matches!(self.person(noun), Some((_, Role::Perpetrator | Role::Force)))
            && !matches!(self.person(noun), Some((Sort::Military | Sort::StateForce, _)));
        fights && unarmed && !self.parties.iter().any(named)
    }
}
