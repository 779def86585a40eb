//! Who is said to have done it, by the verb that says so: charged, named, blamed, claimed, suspected.
//!
//! Each rule is a row: a verb, the place of the party in its clause, what else the clause must hold,
//! and on what the naming then rests. The rows are tried in order; every row runs its own example.

mod answer;
mod arrest;
mod authority;
mod called;
mod doubted;
mod eyed;
mod named;
mod origin;
mod rules;

use std::ops::Range;

use crate::Knowledge;
use crate::lexicon::{Mention, Role, Sense};
use crate::ontology::{Attribution, Sort};
use crate::party::Named;
use crate::party::attribution::is_of_another;
use crate::party::authority::{by_authorities, is_told_by_authorities};
use crate::party::denial::is_verb as is_denial;
use crate::party::described::VAGUE;
use crate::party::perpetrator::kin;
use crate::syntax::{Form, Grammar, NounPhrase, Syntax, Verbs, Voice};
use crate::text::{Shape, Text};

use rules::{RULES, Rule, SHELLS, Slot};

/// A party that a clause says did it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Accused {
    pub(super) tokens: Range<usize>,
    pub(super) actor: Option<String>,
    pub(super) sort: Sort,
    pub(super) attribution: Attribution,
}

/// One sentence as this module looks at it.
#[derive(Clone, Copy)]
pub(super) struct Sentence<'s> {
    pub(super) text: &'s Text<'s>,
    pub(super) grammar: &'s Grammar<'s>,
    pub(super) syntax: &'s Syntax,
    pub(super) mentions: &'s [Mention<'s>],
    /// Those of the whole document.
    pub(super) all: &'s [Mention<'s>],
    pub(super) parties: &'s [Named],
    pub(super) known: &'s Knowledge,
}

/// Whether a word is a verb of one of the rules, or says so without one: "was behind it".
pub(crate) fn accuses(key: &str, verbs: &Verbs) -> bool {
    matches!(key, "behind" | "culprit" | "hallmarks" | "perpetrator" | "responsible")
        || matches!(key, "compared" | "comparing" | "reminiscent" | "resembled" | "resembles")
        || verbs.base(key).is_some_and(|base| RULES.iter().any(|rule| rule.verbs.contains(&base)))
        || eyed::eyes(key, verbs)
        || verbs.base(key).is_some_and(is_denial)
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
            let known = r.verbs.contains(&"arrest") && sentence.is_of_the_man(v);
            // "Robbers overpowered a guard": only who is overpowered by others is their man.
            let caught = !r.verbs.contains(&"overpower") || verb.voice == Voice::Passive;
            apt && caught && r.verbs.contains(&base) && (known || sentence.holds(v, r.needs))
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
            let people = |n| sentence.people(n).filter(|_| !matches!(base, "be" | "suspect"));
            let state = |n| sentence.state(n).or_else(|| sentence.body(n)).or_else(|| people(n));
            let state =
                |n| state(n).filter(|_| blames && !matches!(base, "do" | "fire" | "launch"));
            // Organisations and people who are behind it are found where they stand.
            // "A grenade launched from a drone": that is a thing.
            let fired = matches!(base, "fire" | "fly" | "launch");
            let named = |n| {
                let party = sentence.party(n).filter(|_| rule.slot != Slot::Culprit);
                party.filter(|p| !fired || p.2 != Sort::Individuals)
            };
            let accuses = blames || rule.gives == Attribution::AccusedByAuthorities;
            let members = |n| sentence.members(n).filter(|_| accuses);
            // "The fire came from government positions": whose ground it is.
            let from = rule.slot == Slot::Behind("from") || base == "trace";
            let grounds = |n| sentence.grounds(n).filter(|_| from);
            let party =
                |n| grounds(n).or_else(|| named(n)).or_else(|| state(n)).or_else(|| members(n));
            let parties = nouns.into_iter().filter_map(party);
            let parties: Vec<_> = parties
                .filter(|p| !sentence.is_of_another(v, &p.0) && !sentence.is_of_the_past(v, base))
                .map(|p| match apart(sentence.text, &p.0) {
                    // "Dissidents of the X" are others than the X.
                    Some(tokens) => (tokens, None, p.2),
                    None => p,
                })
                .collect();
            if parties.is_empty() {
                continue;
            }
            let attribution = match rule.gives {
                // "Pleaded not guilty": the charge stands, and nothing else.
                Attribution::Fact if base == "plead" && sentence.is(verb.last, &["not"]) => {
                    Attribution::AccusedByAuthorities
                }
                // "Seven men arrested on Thursday had planned an attack."
                Attribution::Suspected if base == "plan" && sentence.tells_of_arrest() => {
                    Attribution::AccusedByAuthorities
                }
                Attribution::Suspected if sentence.is_doubted(v) => Attribution::Possible,
                Attribution::Suspected
                    if sentence.is_by_authority(v, base, &parties[0])
                        || verb.voice == Voice::Active
                            && verb.form == Form::Finite
                            && sentence.syntax.doers(v).is_empty()
                            && by_authorities(sentence.text, sentence.mentions, &parties[0].0)
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
    found.extend(called::called(sentence));
    found.extend(eyed::eyed(sentence));
    found.extend(sentence.arrested());
    found
}

/// Whether a word is a form of "be" that a clause stands on.
fn is_be(key: &str) -> bool {
    matches!(key, "are" | "be" | "been" | "is" | "was" | "were")
}

/// "Dissidents of the X": their words, if they have left it. A branch is answered for.
fn apart(text: &Text<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    const LEFT: &[&str] = &["dissidents", "offshoot", "remnants", "splinter"];
    kin(text, tokens).filter(|kin| LEFT.binary_search(&text.key(kin.start)).is_ok())
}

impl Sentence<'_> {
    /// Whether one of the `heads` is the head of a noun phrase of the verb's clause.
    fn holds(&self, v: usize, heads: &[&str]) -> bool {
        let verb = &self.syntax.verbs[v];
        let behind = verb.obliques.iter().map(|(_, n)| n);
        let nouns = verb.objects.iter().chain(&verb.subjects).chain(behind).chain(&verb.agents);
        // "Stood before the court on one count": the grammar loses what stands far behind.
        let base = self.known.verbs.base(self.text.key(verb.head)).unwrap_or_default();
        let far = match base {
            "appear" | "stand" => 14,
            "arrest" | "detain" => 18,
            "plead" => 3,
            "hold" if heads == ["responsible"] => 8,
            _ => 0,
        };
        let end = self.end();
        let reach = verb.last..if far > 0 { end.min(verb.last + far) } else { verb.last };
        // "The attack, which the X claimed": what is claimed stands before.
        let named =
            (base == "claim" && verb.objects.is_empty()).then(|| self.antecedent(v)).flatten();
        let named = named
            .is_some_and(|noun| (noun.first..noun.last).any(|i| heads.contains(&self.text.key(i))));
        heads.is_empty()
            || heads == SHELLS && self.is_shot(v)
            || named
            || reach.into_iter().any(|i| heads.contains(&self.text.key(i)))
            || nouns
                .map(|&n| &self.syntax.nouns[n])
                .any(|noun| (noun.first..noun.last).any(|i| heads.contains(&self.text.key(i))))
    }

    /// The noun that "which" stands for before verb group `v`, with what it is of: "the attack of 14
    /// July, which the X claimed".
    fn antecedent(&self, v: usize) -> Option<&NounPhrase> {
        let first = self.syntax.verbs[v].first;
        let which =
            (first.saturating_sub(7)..first).rev().find(|&i| self.is(i, &["which", "that"]))?;
        let mut noun =
            self.syntax.nouns.iter().rposition(|n| n.last <= which && n.last + 1 >= which)?;
        while let Some(of) = self.syntax.nouns[noun].of {
            noun = of;
        }
        self.syntax.nouns.get(noun)
    }

    fn is(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.is(i, word))
    }

    /// One past the last token of the sentence.
    fn end(&self) -> usize {
        let first = self.mentions.first().map_or(0, |m| m.first);
        self.text.sentences.get(self.text.sentence_of(first)).map_or(first, |s| s.last)
    }

    /// "Police arrested the man": he is the one who was told of.
    fn is_of_the_man(&self, v: usize) -> bool {
        const THE_MAN: &[&str] =
            &["attacker", "driver", "gunman", "man", "shooter", "woman", "youth"];
        self.syntax.sufferers(v).iter().map(|&n| &self.syntax.nouns[n]).any(|noun| {
            let plain = noun.last == noun.first + 2 && self.is(noun.first, &["the"]);
            plain && THE_MAN.binary_search(&self.text.key(noun.head)).is_ok()
        })
    }

    fn tells_of_arrest(&self) -> bool {
        self.syntax.verbs.iter().any(|verb| {
            let base = self.known.verbs.base(self.text.key(verb.head));
            matches!(base, Some("arrest" | "charge" | "detain" | "hold"))
        })
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
                grammar: &grammar,
                syntax: grammar.sentence(0),
                mentions: &mentions,
                all: &mentions,
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
