//! Words that say what is done to whom: verbs by their base form, nouns by all their forms.
//!
//! A table apart from the acts of [`crate::lexicon`]: those say that there is violence, these say
//! where in the sentence its victim stands.

use std::collections::BTreeMap;

use crate::ontology::Effect;
use crate::pack::cells::{choice, record};
use crate::sources::Sources;
use crate::table::BadLine;

/// Where those who suffer stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A verb: its object, or its subject if it is passive.
    Verb,
    /// A verb: its subject.
    Fate,
    /// A noun: behind "of", "on", "against", or before it as its owner.
    Noun,
    /// A verb or noun: what stands at the place.
    Blast,
}

choice!(Part { 0 Verb, 1 Fate, 2 Noun, 3 Blast });

/// What a word says is done to people or to things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The word is not used of them.
    Never,
    /// Something that the word does not tell.
    Open,
    /// This.
    Done(Effect),
}

choice!(Outcome { 0 Never, 1 Open, 2 Done(effect) });

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Harming {
    /// Where those who suffer stand.
    pub part: Part,
    /// What is done to people.
    pub people: Outcome,
    /// What is done to things.
    pub things: Outcome,
}

record!(Harming { part, people, things });

/// All words that harm, in the order of the alphabet.
#[derive(Clone, Debug, Default)]
pub struct Harms(Vec<(&'static str, Harming)>);

record!(Harms(words));

impl Harms {
    /// Reads the table; bad lines are collected.
    pub fn load(sources: &Sources, bad: &mut Vec<BadLine>) -> Self {
        let mut words = BTreeMap::new();
        for row in sources.rows("lexicon/harms.tsv") {
            let read = row.and_then(|row| {
                let people = row.term(2, "outcome", outcome)?;
                let things = row.term(3, "outcome", outcome)?;
                Ok((Harming { part: row.term(1, "part", part)?, people, things }, row))
            });
            match read {
                Ok((harming, row)) => words.extend(row.list(0).map(|form| (form, harming))),
                Err(line) => bad.push(line),
            }
        }
        Self(words.into_iter().collect())
    }

    /// What the word with the key `key` says; of a verb, its base form.
    pub fn get(&self, key: &str) -> Option<Harming> {
        let at = self.0.binary_search_by_key(&key, |(word, _)| word).ok()?;
        self.0.get(at).map(|&(_, harming)| harming)
    }
}

fn part(word: &str) -> Option<Part> {
    Some(match word {
        "verb" => Part::Verb,
        "fate" => Part::Fate,
        "noun" => Part::Noun,
        "blast" => Part::Blast,
        _ => return None,
    })
}

fn outcome(word: &str) -> Option<Outcome> {
    match word {
        "-" => Some(Outcome::Never),
        "open" => Some(Outcome::Open),
        _ => Effect::parse(word).map(Outcome::Done),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    #[test]
    fn one_word_may_say_different_things_of_people_and_of_things() {
        let harms = Knowledge::embedded().harms;
        let burn = harms.get("burn").unwrap();
        assert_eq!(burn.people, Outcome::Done(Effect::Injured));
        assert_eq!(burn.things, Outcome::Done(Effect::Damaged));
        assert_eq!(harms.get("murder").unwrap().things, Outcome::Never);
        assert_eq!(harms.get("table"), None);
    }
}
