//! "Honduran army troops", "members of the Harrow Front": the men who did it and the body that they are of.

use std::ops::Range;

use reading::Span;

use super::party::Parties;
use crate::lexicon::{Mention, Sense};
use crate::ontology::Sort;
use crate::party::{is_men, is_of_men, parties};
use crate::report::Perpetrator;

/// Words of a description by which it is of no state's men, whatever else it says. Sorted.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "commando", "commandos", "death", "dressed", "ex", "extremist", "former", "guerrilla", "guerrillas",
    "insurgent", "irregular", "paramilitary", "rebel", "retired", "subversive", "terrorist",
    "uniform", "uniformed", "uniforms", "urban", "wearing",
];

impl Parties<'_> {
    /// Adds the bodies that the names of men name; they are said to have done it as surely as the men.
    pub(super) fn bodies(self, found: &mut Vec<Perpetrator>) {
        let of_men = |p: &&Perpetrator| {
            p.sort == Sort::Individuals || is_of_men(p.name.of(self.text.source))
        };
        let men: Vec<Perpetrator> = found.iter().filter(of_men).cloned().collect();
        for men in men {
            let here: Vec<Mention<'_>> = self.within(men.name).copied().collect();
            for body in parties(self.text, &here, self.known) {
                let Some(name) = self.body(&here, body.tokens.clone()) else { continue };
                let words = self.key(name);
                let own = self.key(men.name);
                let there = found.iter().any(|p| {
                    let words_of = self.key(p.name);
                    let other = words_of != own;
                    words_of == words
                        || other && p.actor.is_some() && p.actor == body.actor
                        || other
                            && p.sort != Sort::Individuals
                            && !is_of_men(p.name.of(self.text.source))
                            && (words_of.contains(&words) || own.contains(&words_of))
                });
                if words != own && !there {
                    found.push(Perpetrator {
                        name,
                        actor: body.actor,
                        sort: body.sort,
                        attribution: men.attribution,
                    });
                }
            }
        }
    }

    /// The words of a body without those for its men: of "Honduran army troops" the army, of "Honduran
    /// troops" nothing.
    fn body(self, here: &[Mention<'_>], tokens: Range<usize>) -> Option<Span> {
        let tail = tokens.clone().rev().take_while(|&i| is_men(self.text.key(i))).count();
        let tokens = tokens.start..tokens.end.saturating_sub(tail);
        let nation = here.iter().any(|m| {
            let whole = m.first <= tokens.start && m.last >= tokens.end;
            whole && m.senses.iter().any(|s| matches!(s, Sense::Demonym(_) | Sense::Country(_)))
        });
        self.text.span(tokens.start, tokens.end).filter(|_| !tokens.is_empty() && !nation)
    }

    /// Whether a description is of a state's men or bodies: "army troops", "two lieutenants".
    pub(super) fn is_of_state(self, name: Span) -> bool {
        let of = |m: &Mention<'_>| {
            m.senses.iter().any(|s| {
                matches!(
                    s,
                    Sense::Force(Sort::StateForce | Sort::Government, _)
                        | Sense::Person(Sort::Military | Sort::Police | Sort::StateForce, _)
                        | Sense::Actor(_, Sort::StateForce | Sort::Government)
                )
            })
        };
        let armed = |m: &Mention<'_>| {
            let actor = m.actor.and_then(|a| self.known.actors.get(a));
            actor.is_some_and(|a| a.sort == Sort::Organisation)
        };
        let words = self.key(name);
        let others = words.split(' ').any(|word| OTHERS.binary_search(&word).is_ok());
        !others && self.within(name).any(of) && !self.within(name).any(armed)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_in_order() {
        assert!(super::OTHERS.is_sorted());
    }
}
