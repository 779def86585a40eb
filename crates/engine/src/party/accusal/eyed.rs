//! Whom those who look into it have in view: "detectives are focusing on the X", "suspicion turned on the
//! X", "laid the murder at the feet of the X", "considers the X to be involved".
//!
//! None of these verbs blames anybody by itself. They do so where the right one is their subject, or
//! the right thing their object; each row says which, and runs its own example.

use super::named::Party;
use super::{Accused, Sentence};
use crate::lexicon::Sense;
use crate::ontology::{Attribution, Sort};
use crate::party::men::is_men;
use crate::party::outfit::{MARKS, listed};
use crate::syntax::{Form, NounPhrase, Verbs};

/// Where the verb has whom it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// Behind one of these prepositions.
    Behind(&'static [&'static str]),
    /// Its object.
    Object,
    /// Its object, which it calls the culprit: "regards the X as responsible".
    Culprit,
    /// Whose the object is: "sees the hand of the X", "bears the X's signature".
    Mark,
    /// Behind "at the feet of", "at the door of", "on the shoulders of".
    Feet,
    /// Behind "down to".
    Down,
    /// Object of "have in one's sights".
    Sights,
}

/// What the subject or object must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// Anybody.
    All,
    /// Who seeks the culprit: the law, experts, people of the place.
    Seekers,
    /// Suspicion and what stands for it: "eyes", "attention".
    Suspicion,
    /// What is found: "the signs", "the trail".
    Clues,
    /// The object is blame: "put the responsibility on".
    Blame,
}

/// A way to have somebody in view.
struct Row {
    verbs: &'static [&'static str],
    at: At,
    who: Who,
    #[cfg_attr(not(test), expect(dead_code, reason = "what the row is for, run by a test"))]
    example: &'static str,
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row { verbs: &["point"], at: At::Behind(&["at", "to", "toward", "towards"]), who: Who::Seekers, example: "Officials pointed at <the Harrow Front>." },
    Row { verbs: &["point"], at: At::Behind(&["at", "to", "toward", "towards"]), who: Who::Clues, example: "The traces pointed to <the Harrow Front>." },
    Row { verbs: &["look"], at: At::Behind(&["at", "into"]), who: Who::Seekers, example: "Police look at <the Harrow Front>." },
    Row { verbs: &["center", "centre", "concentrate", "focus", "home", "zero"], at: At::Behind(&["on"]), who: Who::Seekers, example: "Detectives are focusing on <the Harrow Front>." },
    Row { verbs: &["center", "centre", "fall", "fasten", "focus", "land", "rest", "settle", "shift", "turn"], at: At::Behind(&["on", "to", "toward", "towards", "upon"]), who: Who::Suspicion, example: "Suspicion turned on <the Harrow Front>." },
    Row { verbs: &["incline", "lean", "tend"], at: At::Behind(&["to", "toward", "towards"]), who: Who::Seekers, example: "Military sources lean towards <the Harrow Front>." },
    Row { verbs: &["lead"], at: At::Behind(&["to"]), who: Who::Clues, example: "All traces lead to <the Harrow Front>." },
    Row { verbs: &["eye", "favor", "favour"], at: At::Object, who: Who::Seekers, example: "Police are eyeing <the Harrow Front>." },
    Row { verbs: &["consider", "deem", "hold", "regard", "see", "view"], at: At::Culprit, who: Who::All, example: "Police regard <the Harrow Front> as responsible." },
    Row { verbs: &["detect", "discern", "recognise", "recognize", "see", "suspect"], at: At::Mark, who: Who::All, example: "Abidjan sees there the hand of <the Harrow Front>." },
    Row { verbs: &["bear", "carry", "have"], at: At::Mark, who: Who::All, example: "The method bears the signature of <the Harrow Front>." },
    Row { verbs: &["lay", "place", "put"], at: At::Feet, who: Who::All, example: "Officials laid the murder at the feet of <the Harrow Front>." },
    Row { verbs: &["cast", "fix", "heap", "lay", "pin", "place", "put", "throw"], at: At::Behind(&["at", "on", "onto", "upon"]), who: Who::Blame, example: "Officials threw the responsibility on <the Harrow Front>." },
    Row { verbs: &["put"], at: At::Down, who: Who::All, example: "Experts put the massacre down to <the Harrow Front>." },
    Row { verbs: &["impute"], at: At::Behind(&["to"]), who: Who::All, example: "The prefect imputed the crime to <the Harrow Front>." },
    Row { verbs: &["have"], at: At::Sights, who: Who::Seekers, example: "Police have <the Harrow Front> in their sights." },
];

/// Who seeks the culprit, beside the authorities. Sorted.
#[rustfmt::skip]
const SEEKERS: &[&str] = &[
    "analysts", "authorities", "chiefs", "detectives", "diplomats", "elders", "experts",
    "inquiries", "inquiry", "intelligence", "investigation", "investigations", "investigator",
    "investigators", "locals", "magistrates", "monitors", "neighbours", "observers",
    "officials", "parliament", "police", "probe", "prosecutors", "relatives", "residents",
    "services", "source", "sources", "villagers", "witnesses",
];
/// What suspicion is called. Sorted.
#[rustfmt::skip]
const SUSPICION: &[&str] = &[
    "attention", "blame", "eyes", "finger", "fingers", "focus", "suspicion", "suspicions",
];
/// What leads to somebody. Sorted.
#[rustfmt::skip]
const CLUES: &[&str] = &[
    "clue", "clues", "everything", "evidence", "findings", "indications", "indicators", "leads", "sign",
    "signs", "trace", "traces", "tracks", "trail",
];
/// What is laid on somebody. Sorted.
const BLAMES: &[&str] = &["blame", "fault", "guilt", "onus", "responsibility", "suspicion"];
/// What those are called who did it. Sorted.
#[rustfmt::skip]
const CULPRITS: &[&str] = &[
    "authors", "behind", "complicit", "culprit", "culprits", "guilty", "implicated", "instigators",
    "involved", "perpetrator", "perpetrators", "responsible", "suspect", "suspects",
];

/// Whether a word is a verb of one of the rows.
pub(super) fn is_verb(base: &str) -> bool {
    ROWS.iter().any(|row| row.verbs.contains(&base))
}

/// Those whom the verbs of a sentence have in view.
pub(super) fn eyed(sentence: &Sentence<'_>) -> Vec<Accused> {
    let mut found = Vec::new();
    for (v, verb) in sentence.syntax.verbs.iter().enumerate() {
        let base = sentence.known.verbs.base(sentence.text.key(verb.head));
        let Some(base) = base.filter(|_| !verb.negated) else { continue };
        for row in ROWS.iter().filter(|row| row.verbs.contains(&base)) {
            if !sentence.has_subject(v, row.who) {
                continue;
            }
            let nouns = sentence.in_view(v, row.at);
            let nouns = nouns.into_iter().flat_map(|n| sentence.syntax.list(n));
            let found_here: Vec<Party> = nouns.filter_map(|n| sentence.suspect(n)).collect();
            let attribution = sentence.eyed_by(v, row.at);
            let accused = found_here.into_iter().map(|(tokens, actor, sort)| Accused {
                tokens,
                actor,
                sort,
                attribution,
            });
            let before = found.len();
            found.extend(accused);
            if found.len() > before {
                break;
            }
        }
    }
    found.extend(looking(sentence));
    found
}

/// "Police look at the X", "the traces lead back to the X": the grammar takes the verb for a noun.
fn looking(sentence: &Sentence<'_>) -> Vec<Accused> {
    let nouns = &sentence.syntax.nouns;
    let mut found = Vec::new();
    for noun in nouns {
        let Some(who) = noun.head.checked_sub(1).filter(|&i| i >= noun.first) else { continue };
        let end = noun.last + usize::from(sentence.is(noun.last, &["back"]));
        let key = sentence.text.key(noun.head);
        let base = |row: &&Row| row.verbs.contains(&key);
        let apt = |row: &&Row| {
            let led = matches!(row.at, At::Behind(words) if sentence.is(end, words));
            let word = sentence.text.key(who);
            led && match row.who {
                Who::Seekers => SEEKERS.binary_search(&word).is_ok(),
                Who::Clues => CLUES.binary_search(&word).is_ok(),
                Who::Suspicion => SUSPICION.binary_search(&word).is_ok(),
                Who::All | Who::Blame => false,
            }
        };
        if !ROWS.iter().filter(base).any(|row| apt(&row)) {
            continue;
        }
        let Some(first) = nouns.iter().position(|o| o.preposition == Some(end)) else { continue };
        let source = sentence.is(who, &["source", "sources", "chiefs"]);
        let law = !source
            && sentence.is_authority(&NounPhrase { head: who, last: who + 1, ..noun.clone() });
        let attribution =
            if law { Attribution::AccusedByAuthorities } else { Attribution::Suspected };
        let parties = sentence.syntax.list(first).filter_map(|n| sentence.suspect(n));
        found.extend(parties.map(|(tokens, actor, sort)| Accused {
            tokens,
            actor,
            sort,
            attribution,
        }));
    }
    found
}

impl Sentence<'_> {
    /// Whether the subject or object of verb group `v` is what the row asks for.
    fn has_subject(&self, v: usize, who: Who) -> bool {
        let verb = &self.syntax.verbs[v];
        let listed = |noun: &NounPhrase, list: &[&str]| {
            list.binary_search(&self.text.key(noun.head)).is_ok()
        };
        let nouns = |of: &[usize]| -> Vec<&NounPhrase> {
            of.iter().filter_map(|&n| self.syntax.nouns.get(n)).collect()
        };
        // "Police and residents"; the grammar may lose a subject behind an insertion.
        let mut doers = nouns(&verb.subjects);
        if doers.is_empty() {
            doers.extend(self.syntax.nouns.iter().filter(|n| n.last <= verb.first).take(1));
        }
        match who {
            Who::All => true,
            Who::Seekers => doers.iter().any(|n| listed(n, SEEKERS) || self.is_authority(n)),
            Who::Suspicion => doers.iter().any(|n| listed(n, SUSPICION)),
            Who::Clues => doers.iter().any(|n| listed(n, CLUES)),
            Who::Blame => {
                let own = nouns(&verb.objects).into_iter().chain(nouns(&verb.subjects));
                own.into_iter().any(|n| listed(n, BLAMES))
            }
        }
    }

    /// The noun phrases that verb group `v` has in view.
    fn in_view(&self, v: usize, at: At) -> Vec<usize> {
        let verb = &self.syntax.verbs[v];
        let nouns = &self.syntax.nouns;
        let inner = |n: usize| nouns.iter().position(|other| other.of == Some(n));
        match at {
            At::Behind(words) => {
                let led = verb.obliques.iter().filter(|(p, _)| self.is(*p, words));
                led.map(|&(_, n)| n).collect()
            }
            At::Object => verb.objects.clone(),
            At::Culprit => {
                const REACH: usize = 7;
                let called = |n: &usize| {
                    let end = nouns[*n].last;
                    (end..(end + REACH).min(self.end()))
                        .take_while(|&i| !matches!(self.text.word(i), ";" | "."))
                        .any(|i| CULPRITS.binary_search(&self.text.key(i)).is_ok())
                };
                verb.objects.iter().copied().filter(called).collect()
            }
            At::Mark => {
                let marks = nouns.iter().enumerate().filter(|(n, noun)| {
                    let mine = verb.objects.contains(n)
                        || noun.first >= verb.last && noun.first <= verb.last + 3;
                    mine && listed(self.text.key(noun.head), MARKS)
                });
                let whose = |(n, noun): (usize, &NounPhrase)| {
                    if noun.owner.is_some() { Some(n) } else { inner(n) }
                };
                marks.filter_map(whose).collect()
            }
            At::Down => {
                let down = |&(p, _): &(usize, usize)| {
                    self.is(p, &["to"]) && p > 0 && self.is(p - 1, &["down"])
                };
                verb.obliques.iter().copied().filter(down).map(|(_, n)| n).collect()
            }
            At::Feet => {
                const PLACES: &[&str] = &["door", "doorstep", "feet", "shoulders"];
                let feet =
                    |&(_, n): &(usize, usize)| PLACES.contains(&self.text.key(nouns[n].head));
                verb.obliques.iter().filter(|o| feet(o)).filter_map(|&(_, n)| inner(n)).collect()
            }
            At::Sights => {
                const SIGHTS: &[&str] = &["crosshairs", "sight", "sights", "view"];
                let sights = verb
                    .obliques
                    .iter()
                    .any(|&(_, n)| SIGHTS.contains(&self.text.key(nouns[n].head)));
                if sights { verb.objects.clone() } else { Vec::new() }
            }
        }
    }

    /// The organisation, force or band that is noun phrase `n` itself: not "the X's record".
    fn suspect(&self, n: usize) -> Option<Party> {
        let noun = self.syntax.nouns.get(n)?;
        let party = self.party(n).or_else(|| self.members(n));
        let party = party.or_else(|| self.body(n)).or_else(|| self.state(n))?;
        let (tokens, _, sort) = &party;
        let mark = listed(self.text.key(noun.head), MARKS);
        let person = self.person(noun).is_some() || is_men(self.text.key(noun.head));
        let of = tokens.start >= noun.last;
        let whole = tokens.end > noun.head || person || mark || of;
        let apt = match sort {
            Sort::Organisation | Sort::StateForce | Sort::Government => true,
            Sort::Individuals => !self.is_harmless(noun),
            _ => false,
        };
        (whole && apt).then_some(party)
    }

    /// Whether a noun phrase names people who did nothing: "looked at two witnesses".
    fn is_harmless(&self, noun: &NounPhrase) -> bool {
        let attacker = self.mentions.iter().any(|m| {
            let attacker =
                |s: &Sense| matches!(s, Sense::Person(_, crate::lexicon::Role::Perpetrator));
            m.first <= noun.head && noun.head < m.last && m.senses.iter().any(attacker)
        });
        !attacker
    }

    /// On what it rests that somebody is in view.
    fn eyed_by(&self, v: usize, at: At) -> Attribution {
        let verb = &self.syntax.verbs[v];
        if self.is_doubted(v) {
            return Attribution::Possible;
        }
        let doers: Vec<usize> = verb.subjects.clone();
        let source = |&n: &usize| {
            let noun = &self.syntax.nouns[n];
            self.is(noun.head, &["source", "sources", "chiefs"])
        };
        let law = verb.form != Form::Participle && self.by_authority(v)
            || doers.iter().any(|&n| {
                self.is(
                    self.syntax.nouns[n].head,
                    &["investigation", "inquiry", "parliament", "probe"],
                )
            });
        let law = law && !doers.iter().any(source);
        if at == At::Mark && !self.is(verb.head, &["saw", "see", "sees", "seen", "seeing"]) {
            return if self.is_told_by_state() {
                Attribution::AccusedByAuthorities
            } else {
                Attribution::Possible
            };
        }
        if law { Attribution::AccusedByAuthorities } else { Attribution::Suspected }
    }

    /// Whether an authority speaks in the sentence: "the method bears their signature, an officer stated".
    pub(in crate::party) fn is_told_by_state(&self) -> bool {
        let syntax = self.syntax;
        (0..syntax.verbs.len()).any(|v| {
            let base = self.known.verbs.base(self.text.key(syntax.verbs[v].head));
            let says = matches!(
                base,
                Some("add" | "announce" | "declare" | "note" | "say" | "state" | "tell" | "write")
            );
            says && self.by_authority(v)
        })
    }
}

/// Whether a word is a verb by which somebody is in view, in any of its forms.
pub(super) fn eyes(key: &str, verbs: &Verbs) -> bool {
    verbs.base(key).is_some_and(is_verb)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;
    use crate::party::Named;
    use crate::syntax::Grammar;
    use crate::text::Text;

    fn named(source: &str) -> Vec<String> {
        let known = Knowledge::embedded();
        let text = Text::of(source);
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
        let found = eyed(&Sentence {
            text: &text,
            grammar: &grammar,
            syntax: grammar.sentence(0),
            mentions: &mentions,
            all: &mentions,
            parties: &front,
            known: &known,
        });
        let words = found.iter().filter_map(|a| text.span(a.tokens.start, a.tokens.end));
        words.map(|span| span.of(source).to_owned()).collect()
    }

    #[test]
    fn each_row_gives_the_party_of_its_example() {
        for row in ROWS {
            let source = row.example.replace(['<', '>'], "");
            assert_eq!(named(&source), ["Harrow Front"], "{source}");
        }
    }

    #[test]
    fn who_is_only_spoken_of_is_not_in_view() {
        for source in [
            "The minister looked at the Harrow Front's demands.",
            "Talks turned to the Harrow Front.",
            "The road leads to the Harrow Front.",
            "Traders see the Harrow Front as a partner.",
            "Villagers put the flag on the Harrow Front's hut.",
        ] {
            assert!(named(source).is_empty(), "{source}");
        }
    }

    #[test]
    fn words_are_in_order() {
        for list in [SEEKERS, SUSPICION, CLUES, BLAMES, CULPRITS] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
