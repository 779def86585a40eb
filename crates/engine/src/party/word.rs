//! By whose word a sentence has somebody do it: "X killed nine, police said".
//!
//! What a state says of its enemies is an accusation, and what a monitor says of a state's forces is
//! a suspicion. What a force says of its own deed stays a fact, and so does what monitors and papers
//! tell of bands, which they mostly only count the dead of.

use std::ops::Range;

use reading::Span;

use super::speaker::speakers;
use crate::Knowledge;
use crate::lexicon::{Mention, Sense};
use crate::ontology::{Attribution, Sort};
use crate::report::{Speaker, SpeakerSort};
use crate::syntax::Grammar;
use crate::text::Text;

/// Words in the name of a voice that make it one of the forces themselves. Sorted.
#[rustfmt::skip]
const FORCES: &[&str] = &[
    "army", "colonel", "command", "commander", "defence", "defense", "general", "interior",
    "military", "navy", "pentagon", "staff",
];

/// Whether who speaks has seen it, or only counts the dead and hardly knows who killed them.
fn saw(name: &str) -> bool {
    #[rustfmt::skip]
    const SAW: &[&str] = &[
        "clinic", "doctor", "doctors", "elder", "elders", "hospital", "inhabitants", "locals", "medic",
        "medical", "medics", "neighbour", "neighbours", "nurse", "nurses", "paramedics", "rescuer",
        "rescuers", "resident", "residents", "surgeon", "surgeons", "survivor", "survivors",
        "villager", "villagers", "witness", "witnesses",
    ];
    name.split_whitespace().any(|word| SAW.contains(&crate::fold::fold(word).as_str()))
}

/// Who speaks in a sentence, and of what.
pub(super) struct Word<'w> {
    text: &'w Text<'w>,
    here: &'w [Mention<'w>],
    grammar: &'w Grammar<'w>,
    known: &'w Knowledge,
    voices: Vec<Speaker>,
}

impl<'w> Word<'w> {
    /// Of the sentence of the mentions `range`.
    pub(super) fn of(
        text: &'w Text<'w>,
        grammar: &'w Grammar<'w>,
        mentions: &'w [Mention<'w>],
        range: &Range<usize>,
        known: &'w Knowledge,
    ) -> Self {
        let told = std::slice::from_ref(range);
        let voices = speakers(text, mentions, told, grammar, known, None);
        let here = mentions.get(range.clone()).unwrap_or_default();
        Self { text, here, grammar, known, voices }
    }

    /// On what it rests that the party at `tokens` did it.
    pub(super) fn basis(
        &self,
        party: &Range<usize>,
        sort: Sort,
        actor: Option<&str>,
    ) -> Attribution {
        let Some(name) = self.text.span(party.start, party.end) else { return Attribution::Fact };
        let apart = |v: &&Speaker| v.name.end() <= name.start() || name.end() <= v.name.start();
        let of_all = |v: &&Speaker| self.tells_of(v, name);
        let basis = self.voices.iter().filter(apart).filter(of_all).filter_map(|voice| {
            let force = sort == Sort::StateForce;
            match voice.sort {
                SpeakerSort::State if force && self.is_own(voice, actor) => None,
                SpeakerSort::State => Some(Attribution::AccusedByAuthorities),
                SpeakerSort::Monitor | SpeakerSort::Witness if force => {
                    Some(Attribution::Suspected)
                }
                _ => None,
            }
        });
        basis.min().unwrap_or(Attribution::Fact)
    }

    /// What is left of the plain word that a force did it, where neither a state, a paper nor whoever saw
    /// it says so: "gendarmes shot four, the opposition said". What is only told as the time of what is
    /// counted is not in doubt: "nine died when gendarmes fired on a march, the opposition said".
    pub(super) fn of_others(&self, party: &Range<usize>) -> Option<Attribution> {
        let name = self.text.span(party.start, party.end)?;
        let apart = |v: &&Speaker| v.name.end() <= name.start() || name.end() <= v.name.start();
        let of_all = |v: &&Speaker| self.tells_of(v, name);
        let mut voices = self.voices.iter().filter(apart).filter(of_all).peekable();
        let told = voices.peek().is_some();
        let other = |v: &Speaker| match v.sort {
            SpeakerSort::Organisation | SpeakerSort::Other => true,
            SpeakerSort::Monitor | SpeakerSort::Witness => !saw(v.name.of(self.text.source)),
            _ => false,
        };
        let doubted = told && voices.any(other) && !self.is_presupposed(party);
        doubted.then_some(Attribution::Suspected)
    }

    /// Whether a party is the subject of a clause of time: "when soldiers fired on a march".
    fn is_presupposed(&self, party: &Range<usize>) -> bool {
        const TIMES: &[&str] = &["after", "as", "before", "when", "while"];
        const BEHIND: &[&str] = &["after", "during", "following"];
        let syntax = self.grammar.around(party.start);
        let noun = party.end.checked_sub(1).and_then(|i| syntax.noun_at(i));
        let Some(n) = noun else { return false };
        let before = syntax.nouns.get(n).and_then(|noun| noun.first.checked_sub(1));
        let led = |words: &[&str]| before.is_some_and(|i| words.contains(&self.text.key(i)));
        let does = |v: usize| syntax.doers(v).contains(&n);
        // "Escaped following Turkish air strikes"
        led(BEHIND) || led(TIMES) && (0..syntax.verbs.len()).any(does)
    }

    /// Whether what a voice tells is also of the party named at `name`: it stands before it, behind all that
    /// is told, or put in between: "the X, police say, attacked".
    fn tells_of(&self, voice: &Speaker, name: Span) -> bool {
        const FAR: usize = 3;
        let token = |at: usize| self.text.tokens.partition_point(|t| (t.start as usize) < at);
        let comma = |i: usize| self.text.word(i) == ",";
        let (from, to) = (token(voice.name.start()), token(voice.name.end()));
        let article = usize::from(from > 0 && self.text.is(from - 1, "the"));
        let led = from.checked_sub(1 + article).is_some_and(comma);
        let inserted = led && (to + 1..=to + FAR).any(comma);
        voice.name.end() <= name.start() || inserted || self.ends_with(voice)
    }

    /// Whether nothing is told behind the voice, so that it tells all that stands before it.
    fn ends_with(&self, voice: &Speaker) -> bool {
        let tells = |m: &&Mention<'_>| {
            m.senses.iter().any(|s| matches!(s, Sense::Act(_) | Sense::Casualty(..)))
        };
        let mut told = self.here.iter().filter(tells);
        !told.any(|m| {
            self.text.span(m.first, m.last).is_some_and(|at| at.start() >= voice.name.end())
        })
    }

    /// Whether a force's own side speaks: its country, or no country and words for forces.
    fn is_own(&self, voice: &Speaker, actor: Option<&str>) -> bool {
        let inside = |m: &&Mention<'_>| {
            let at = self.text.span(m.first, m.last);
            at.is_some_and(|at| voice.name.start() <= at.start() && at.end() <= voice.name.end())
        };
        let country = self.here.iter().filter(inside).find_map(|m| {
            m.sense(|s| match s {
                Sense::Demonym(c) | Sense::Country(c) => Some(c),
                _ => None,
            })
        });
        match country.and_then(|c| self.known.geography.countries.get(usize::from(c))) {
            Some(country) => {
                let code = String::from_utf8_lossy(&country.code).to_lowercase();
                actor.is_some_and(|actor| actor.starts_with(&format!("{code}-")))
            }
            None => voice
                .name
                .of(self.text.source)
                .split_whitespace()
                .any(|word| FORCES.binary_search(&crate::fold::fold(word).as_str()).is_ok()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::party::parties;

    fn check(sentence: &str, name: &str, expected: Attribution) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let grammar = Grammar::of(&text, &known.verbs);
        let word = Word::of(&text, &grammar, &mentions, &(0..mentions.len()), &known);
        let parties = parties(&text, &mentions, &known);
        let named = |p: &&crate::party::Named| {
            let span = text.span(p.tokens.start, p.tokens.end);
            span.is_some_and(|span| span.of(sentence) == name)
        };
        let party = parties.iter().find(named).unwrap_or_else(|| panic!("{name} is no party"));
        let basis = word.basis(&party.tokens, party.sort, party.actor.as_deref());
        assert_eq!(basis, expected, "{sentence}");
    }

    #[test]
    fn what_others_say_of_a_force_is_no_fact() {
        let accused = Attribution::AccusedByAuthorities;
        check(
            "Kenyan forces shot nine farmers, the Somali government said.",
            "Kenyan forces",
            accused,
        );
        check("The Harrow Front shot nine farmers, police said.", "Harrow Front", accused);
        let suspected = Attribution::Suspected;
        check("Kenyan forces shot nine farmers, villagers said.", "Kenyan forces", suspected);
    }

    #[test]
    fn what_a_force_says_of_itself_and_what_papers_say_is_one() {
        let fact = Attribution::Fact;
        check("Kenyan forces shot nine rebels, the Kenyan government said.", "Kenyan forces", fact);
        check("Kenyan forces shot nine rebels, a military spokesman said.", "Kenyan forces", fact);
        check("The Harrow Front shot nine farmers, villagers said.", "Harrow Front", fact);
        check(
            "Kenyan jets struck a camp, and the Somali government said nine had died.",
            "Kenyan jets",
            fact,
        );
    }

    #[test]
    fn words_are_in_order() {
        assert!(FORCES.is_sorted());
    }
}
