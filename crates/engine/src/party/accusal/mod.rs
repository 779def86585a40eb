//! Who is said to have done it, by the verb that says so: charged, named, blamed, claimed, suspected.
//!
//! Each rule is a row: a verb, the place of the party in its clause, what else the clause must hold,
//! and on what the naming then rests. The rows are tried in order; every row runs its own example.

mod rules;

use std::ops::Range;

use crate::Knowledge;
use crate::lexicon::{Mention, Role, Sense, Suffix};
use crate::ontology::{Attribution, Sort};
use crate::party::attribution::{is_of_another, is_told_by_authorities};
use crate::party::described::{VAGUE, name};
use crate::party::{Named, composed, person};
use crate::syntax::{NounPhrase, Syntax, Verbs, Voice};
use crate::text::{Case, Shape, Text};

use rules::{BODIES, RULES, Rule, Slot};

/// A party that a clause says did it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Accused {
    pub(super) tokens: Range<usize>,
    pub(super) actor: Option<String>,
    pub(super) sort: Sort,
    pub(super) attribution: Attribution,
}

/// One sentence as this module looks at it.
pub(super) struct Sentence<'s> {
    pub(super) text: &'s Text<'s>,
    pub(super) syntax: &'s Syntax,
    pub(super) mentions: &'s [Mention<'s>],
    pub(super) parties: &'s [Named],
    pub(super) known: &'s Knowledge,
}

/// Whether a word is a verb of one of the rules, or says so without one: "was behind it".
pub(crate) fn accuses(key: &str, verbs: &Verbs) -> bool {
    matches!(key, "behind" | "culprit" | "hallmarks" | "perpetrator" | "responsible")
        || verbs.base(key).is_some_and(|base| RULES.iter().any(|rule| rule.verbs.contains(&base)))
}

/// All parties that the verbs of a sentence name, in order.
pub(super) fn accusals(sentence: &Sentence<'_>) -> Vec<Accused> {
    let mut found = Vec::new();
    for (v, verb) in sentence.syntax.verbs.iter().enumerate() {
        let key = sentence.text.key(verb.head);
        let base = if is_be(key) { Some("be") } else { sentence.known.verbs.base(key) };
        let Some(base) = base.filter(|_| !verb.negated) else {
            continue;
        };
        // "The car belonged to X" tells nothing of who did it.
        let rule = |r: &&Rule| {
            let apt = base != "belong" || sentence.is_of_culprits(v);
            apt && r.verbs.contains(&base) && sentence.holds(v, r.needs)
        };
        for rule in RULES.iter().filter(rule) {
            let mut nouns = sentence.slot(v, rule.slot);
            // "The two governments blamed each other."
            if sentence.is_mutual(v) && base != "suspect" {
                nouns = sentence
                    .syntax
                    .doers(v)
                    .iter()
                    .flat_map(|&n| sentence.syntax.list(n))
                    .collect();
            }
            let blames = rule.gives == Attribution::Suspected;
            let state = |n| sentence.state(n).or_else(|| sentence.body(n)).filter(|_| blames);
            // Organisations and people who are behind it are found where they stand.
            let named = |n| sentence.party(n).filter(|_| rule.slot != Slot::Culprit);
            let party = |n| named(n).or_else(|| state(n));
            let parties = nouns.into_iter().filter_map(party);
            let parties: Vec<_> = parties.filter(|p| !sentence.is_of_another(v, &p.0)).collect();
            if parties.is_empty() {
                continue;
            }
            let attribution = match rule.gives {
                Attribution::Suspected if sentence.is_doubted(v) => Attribution::Possible,
                Attribution::Suspected
                    if sentence.by_authority(v)
                        || matches!(base, "be" | "belong")
                            && is_told_by_authorities(
                                sentence.text,
                                sentence.mentions,
                                &parties[0].0,
                            ) =>
                {
                    Attribution::AccusedByAuthorities
                }
                // "Named X as a possible culprit."
                _ if rule.slot == Slot::Identified && sentence.is_only_possible(v) => {
                    Attribution::Possible
                }
                gives => gives,
            };
            found.extend(parties.into_iter().map(|(tokens, actor, sort)| Accused {
                tokens,
                actor,
                sort,
                attribution,
            }));
            break;
        }
    }
    found
}

/// Whether a word is a form of "be" that a clause stands on.
fn is_be(key: &str) -> bool {
    matches!(key, "are" | "be" | "been" | "is" | "was" | "were")
}

impl Sentence<'_> {
    /// Whether one of the `heads` is the head of a noun phrase of the verb's clause.
    fn holds(&self, v: usize, heads: &[&str]) -> bool {
        let verb = &self.syntax.verbs[v];
        let behind = verb.obliques.iter().map(|(_, n)| n);
        let nouns = verb.objects.iter().chain(&verb.subjects).chain(behind);
        // "Stood before the court on one count": the grammar loses what stands far behind.
        let far = ["appear", "stand"]
            .contains(&self.known.verbs.base(self.text.key(verb.head)).unwrap_or_default());
        let reach = if far { verb.last..verb.last + 14 } else { 0..0 };
        heads.is_empty()
            || reach.into_iter().any(|i| heads.contains(&self.text.key(i)))
            || nouns
                .map(|&n| &self.syntax.nouns[n])
                .any(|noun| (noun.first..noun.last).any(|i| heads.contains(&self.text.key(i))))
    }

    fn is_mutual(&self, v: usize) -> bool {
        let last = self.syntax.verbs[v].last;
        self.text.is(last, "each") && self.text.is(last + 1, "other")
            || self.text.is(last, "one") && self.text.is(last + 1, "another")
    }

    /// Whether the verb blames the party for something else than the act.
    fn is_of_another(&self, v: usize, party: &Range<usize>) -> bool {
        let head = self.syntax.verbs[v].head;
        let blame = self.mentions.iter().find(|m| m.first <= head && head < m.last);
        blame.is_some_and(|m| is_of_another(self.text, self.mentions, m, party))
    }

    /// The noun phrases in a slot.
    fn slot(&self, v: usize, slot: Slot) -> Vec<usize> {
        let verb = &self.syntax.verbs[v];
        let behind = |word: &str| -> Vec<usize> {
            let all = verb.obliques.iter().filter(|(p, _)| self.text.is(*p, word));
            all.map(|&(_, n)| n).collect()
        };
        match slot {
            Slot::Doer if verb.voice == Voice::Active => {
                verb.subjects.iter().map(|&n| self.aged(n)).collect()
            }
            Slot::Doer => Vec::new(),
            // "The man accused of the shooting": the grammar has him accuse.
            Slot::Sufferer if verb.objects.is_empty() && self.text.is(verb.last, "of") => {
                verb.subjects.clone()
            }
            Slot::Sufferer => self.syntax.sufferers(v).to_vec(),
            Slot::Behind("by") => verb.agents.clone(),
            Slot::Behind(word) => behind(word),
            Slot::Culprit => {
                let says = |i| ["behind", "responsible"].iter().any(|word| self.text.is(i, word));
                let doers = verb.subjects.iter().copied();
                doers.filter(|_| (verb.last..verb.last + 2).any(says)).collect()
            }
            Slot::Called => {
                let near = verb.first.saturating_sub(4)..verb.first;
                let whom = near.into_iter().find(|&i| self.text.is(i, "whom"));
                let culprit = whom.is_some_and(|whom| {
                    let mut before = self.syntax.nouns.iter().rev().filter(|n| n.last <= whom);
                    before.next().is_some_and(|n| self.is_culprit(n))
                });
                let named = verb.objects.iter().copied().chain(behind("as"));
                named.filter(|_| culprit).collect()
            }
            Slot::Identified => {
                let (whom, as_what) = (self.syntax.sufferers(v), behind("as"));
                let culprit = |n: &usize| self.is_culprit(&self.syntax.nouns[*n]);
                if whom.iter().any(culprit) {
                    as_what.into_iter().filter(|n| !culprit(n)).collect()
                } else if as_what.iter().any(culprit) {
                    whom.to_vec()
                } else if self.tells_of_culprit() && !whom.iter().any(|n| self.is_victim(*n)) {
                    // "Two bombers are assumed, and one was named as X."
                    as_what
                } else {
                    Vec::new()
                }
            }
        }
    }

    /// Whose age the noun phrase `n` is, if it is one: "X, aged 28, appeared", "X, now 22, stood".
    fn aged(&self, n: usize) -> usize {
        let number = |n: usize| {
            let head = self.syntax.nouns.get(n).map(|noun| noun.head);
            head.and_then(|i| self.text.tokens.get(i)).is_some_and(|t| t.shape == Shape::Number)
        };
        let apposed = |n: usize| self.syntax.nouns.get(n).and_then(|noun| noun.apposed);
        let before = n.checked_sub(1);
        let word = before.filter(|&b| self.text.is(self.syntax.nouns[b].head, "aged"));
        let whose = if number(n) { apposed(n).or_else(|| word.and_then(apposed)) } else { None };
        whose.unwrap_or(n)
    }

    /// Whether a noun phrase describes the attacker: "the gunman", "the suspect".
    fn is_culprit(&self, noun: &NounPhrase) -> bool {
        VAGUE.binary_search(&self.text.key(noun.head)).is_ok() || self.is_attacker(noun)
    }

    fn is_attacker(&self, noun: &NounPhrase) -> bool {
        self.person(noun).is_some_and(|(_, role)| matches!(role, Role::Perpetrator | Role::Suspect))
    }

    /// Whether the subject is of those who did it: "the attackers", "the men who shot nine".
    fn is_of_culprits(&self, v: usize) -> bool {
        let before = self.syntax.verbs[v].first;
        if self.syntax.doers(v).is_empty() {
            let mut before = self.syntax.nouns.iter().filter(|n| n.last <= before);
            return before.any(|n| self.is_culprit(n));
        }
        self.syntax.doers(v).iter().any(|&n| {
            let noun = &self.syntax.nouns[n];
            let counted = ["all", "both", "they"].iter().any(|word| self.text.is(noun.first, word));
            let deed = self.syntax.verbs.iter().any(|other| {
                other.relative && other.subjects.contains(&n) && self.harms(other.head)
            });
            self.is_culprit(noun) || counted || deed && self.person(noun).is_some()
        })
    }

    /// Whether the verb at token `head` tells of harm.
    fn harms(&self, head: usize) -> bool {
        let at = self.mentions.iter().filter(|m| m.first <= head && head < m.last);
        at.flat_map(|m| m.senses).any(|s| matches!(s, Sense::Act(_) | Sense::Casualty(..)))
    }

    /// Whether the sentence tells of attackers.
    fn tells_of_culprit(&self) -> bool {
        self.mentions.iter().any(|m| {
            let culprit =
                |s: &Sense| matches!(s, Sense::Person(_, Role::Perpetrator | Role::Suspect));
            m.senses.iter().any(culprit)
        })
    }

    /// Whether the verb says only what may be so.
    fn is_doubted(&self, v: usize) -> bool {
        let verb = &self.syntax.verbs[v];
        (verb.first..verb.last)
            .any(|i| ["could", "may", "might"].iter().any(|m| self.text.is(i, m)))
    }

    /// Whether those whom the verb names are named as possible ones.
    fn is_only_possible(&self, v: usize) -> bool {
        let doubt = ["likely", "possible", "potential"];
        self.syntax.verbs[v].obliques.iter().any(|&(_, n)| {
            let noun = &self.syntax.nouns[n];
            (noun.first..noun.head).any(|i| doubt.iter().any(|word| self.text.is(i, word)))
        })
    }

    /// Whether a noun phrase is of those who suffered.
    fn is_victim(&self, n: usize) -> bool {
        const VICTIMS: &[&str] = &["body", "dead", "victim", "victims", "deceased"];
        let noun = &self.syntax.nouns[n];
        let victim = matches!(self.person(noun), Some((_, Role::Victim)));
        victim || VICTIMS.contains(&self.text.key(noun.head))
    }

    /// The description of people that is the head of a noun phrase.
    fn person(&self, noun: &NounPhrase) -> Option<(Sort, Role)> {
        let mention = self.mentions.iter().find(|m| m.last == noun.head + 1)?;
        mention.sense(|s| if let Sense::Person(sort, role) = s { Some((sort, role)) } else { None })
    }

    /// The party that a noun phrase names: an organisation or force, a person, people described.
    fn party(&self, n: usize) -> Option<(Range<usize>, Option<String>, Sort)> {
        let noun = self.syntax.nouns.get(n)?;
        let known = |p: &&Named| p.tokens.start >= noun.first && p.tokens.start < noun.last;
        if let Some(party) = self.parties.iter().filter(known).max_by_key(|p| p.tokens.end) {
            return Some((party.tokens.clone(), party.actor.clone(), party.sort));
        }
        // "a branch of the Islamic State": the organisation answers for its parts.
        let part = self.syntax.nouns.iter().position(|other| other.of == Some(n));
        if let Some((tokens, Some(actor), sort)) = part.and_then(|of| self.party(of)) {
            return Some((tokens, Some(actor), sort));
        }
        let start = (noun.first..noun.last).find(|&i| !self.is_article(i))?;
        if noun.name && !self.is_place(noun) {
            let named = (start..noun.last).find_map(|i| name(self.text, i))?;
            let body = self.text.key(named.end - 1);
            let sort = if BODIES.binary_search(&body).is_ok() {
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
        // "A man of 28, who appeared in court": the number is his.
        let number = self.text.tokens.get(noun.head).is_some_and(|t| t.shape == Shape::Number);
        let man = noun.of.filter(|_| number).and_then(|of| self.syntax.nouns.get(of));
        let (_, role) = self.person(man.unwrap_or(noun))?;
        let start = man.map_or(start, |man| man.first + usize::from(self.is_article(man.first)));
        let described = matches!(role, Role::Perpetrator | Role::Suspect | Role::Either);
        described.then_some((start..noun.last, None, Sort::Individuals))
    }

    /// A government or force that is blamed without a name: "the government".
    fn body(&self, n: usize) -> Option<(Range<usize>, Option<String>, Sort)> {
        let noun = self.syntax.nouns.get(n)?;
        let mention = self.mentions.iter().find(|m| m.last == noun.last)?;
        let sort = mention.sense(|s| if let Sense::Force(s, _) = s { Some(s) } else { None })?;
        let alone = (noun.first..mention.first).all(|i| self.is_article(i));
        alone.then_some((mention.first..mention.last, None, sort))
    }

    /// A country that is blamed: its forces are meant.
    pub(super) fn state(&self, n: usize) -> Option<(Range<usize>, Option<String>, Sort)> {
        let noun = self.syntax.nouns.get(n)?;
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

    fn is_place(&self, noun: &NounPhrase) -> bool {
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

    /// Whether an official, a force or a government says so.
    fn by_authority(&self, v: usize) -> bool {
        const OFFICES: &[&str] = &[
            "authorities",
            "commander",
            "government",
            "governor",
            "intelligence",
            "investigators",
            "kremlin",
            "ministry",
            "officials",
            "pentagon",
            "president",
            "prosecutors",
            "spokesman",
            "spokesperson",
            "spokeswoman",
        ];
        self.syntax.doers(v).iter().map(|&n| &self.syntax.nouns[n]).any(|noun| {
            let office = OFFICES.contains(&self.text.key(noun.head));
            let sense = self.mentions.iter().any(|m| {
                m.first >= noun.first
                    && m.last <= noun.last
                    && m.senses.iter().any(|s| {
                        matches!(
                            s,
                            Sense::Force(..)
                                | Sense::Country(_)
                                | Sense::Person(
                                    Sort::Government
                                        | Sort::Police
                                        | Sort::StateForce
                                        | Sort::Military,
                                    _
                                )
                        )
                    })
            });
            let party = self.parties.iter().any(|p| {
                p.tokens.start >= noun.first
                    && p.tokens.end <= noun.last
                    && matches!(p.sort, Sort::StateForce | Sort::Government)
            });
            office || sense || party
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Grammar;

    #[test]
    fn each_rule_gives_the_party_of_its_example() {
        let known = Knowledge::embedded();
        for rule in RULES {
            let source = rule.example.replace(['<', '>'], "");
            let wanted = rule.example.split(['<', '>']).nth(1).unwrap_or_default();
            let text = Text::of(&source);
            let mentions = known.matcher.find(&text);
            let front: Vec<Named> = (0..text.tokens.len())
                .filter(|&i| text.is(i, "Harrow"))
                .map(|i| Named {
                    tokens: i..i + 2,
                    sort: Sort::Organisation,
                    actor: Some("harrow-front".to_owned()),
                })
                .collect();
            let grammar = Grammar::of(&text, &known.verbs);
            let found = accusals(&Sentence {
                text: &text,
                syntax: grammar.sentence(0),
                mentions: &mentions,
                parties: &front,
                known: &known,
            });
            let given: Vec<_> = found
                .iter()
                .map(|a| text.span(a.tokens.start, a.tokens.end).map_or("", |s| s.of(&source)))
                .collect();
            let bare = |s: &str| {
                let s = s.strip_prefix("The ").or(s.strip_prefix("the ")).unwrap_or(s);
                s.strip_prefix("A ").unwrap_or(s).to_owned()
            };
            assert!(
                given.iter().any(|g| bare(wanted).starts_with(&bare(g))),
                "{source}: {given:?}, not {wanted}; {:#?}",
                grammar.sentence(0)
            );
            assert!(
                found.iter().all(|a| {
                    a.attribution == rule.gives || rule.gives == Attribution::Suspected
                })
            );
        }
    }
}
