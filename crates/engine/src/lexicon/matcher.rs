//! The automaton: a trie over words, walked once over the tokens of a text.
//!
//! At each token the longest phrase wins and the walk goes on behind it. Words are compared by
//! their keys (see [`fold`](crate::fold)); names must also be written as names.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::fold::fold_into;
use crate::lexicon::Sense;
use crate::text::{Case, Shape, Text, words};

/// A stretch of tokens that is a phrase of a dictionary.
#[derive(Clone, Copy, Debug)]
pub struct Mention<'k> {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// What it can mean.
    pub senses: &'k [Sense],
    /// The entry of the actor table that it names, once that is decided.
    pub actor: Option<u32>,
}

impl Mention<'_> {
    /// The first answer of `pick` over the senses.
    pub fn sense<T>(&self, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        self.senses.iter().find_map(|&sense| pick(sense))
    }
}

/// Gathers phrases; [`build`](Self::build) makes the automaton.
#[derive(Debug, Default)]
pub struct Builder {
    words: FxHashMap<Box<str>, u32>,
    steps: FxHashMap<(u32, u32), u32>,
    /// Senses by node; node 0 is the root.
    senses: Vec<Vec<Sense>>,
    exact: Vec<bool>,
    key: String,
}

impl Builder {
    /// Adds a phrase. Phrases without a word are ignored.
    pub fn add(&mut self, phrase: &str, sense: Sense) {
        if self.senses.is_empty() {
            self.senses.push(Vec::new());
            self.exact.push(false);
        }
        let mut node = 0;
        for word in words(phrase) {
            self.key.clear();
            fold_into(word, &mut self.key);
            let next_word = self.words.len() as u32 + 1;
            let word = match self.words.get(self.key.as_str()) {
                Some(&id) => id,
                None => *self.words.entry(self.key.as_str().into()).or_insert(next_word),
            };
            node = *self.steps.entry((node, word)).or_insert_with(|| {
                self.senses.push(Vec::new());
                self.exact.push(false);
                self.senses.len() as u32 - 1
            });
        }
        if node == 0 {
            return;
        }
        let senses = &mut self.senses[node as usize];
        if !senses.contains(&sense) {
            // Words first, then names: what is not written as a name keeps its plain senses.
            let at = if is_name(sense) { senses.len() } else { 0 };
            senses.insert(at, sense);
        }
        let letters = phrase.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = phrase.chars().all(|c| !c.is_lowercase());
        self.exact[node as usize] |= is_name(sense) && capitals && letters <= 5;
    }

    /// The automaton over all phrases added.
    pub fn build(self) -> Matcher {
        Matcher { words: self.words, steps: self.steps, senses: self.senses, exact: self.exact }
    }
}

/// The automaton. Read-only; shared by all threads.
#[derive(Debug, Default)]
pub struct Matcher {
    words: FxHashMap<Box<str>, u32>,
    steps: FxHashMap<(u32, u32), u32>,
    senses: Vec<Vec<Sense>>,
    /// Nodes whose phrase is a short abbreviation and must be written in capitals.
    exact: Vec<bool>,
}

impl Matcher {
    /// All mentions in `text`, in order, none overlapping another.
    pub fn find<'k>(&'k self, text: &Text<'_>) -> Vec<Mention<'k>> {
        let ids = self.ids(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < ids.len() {
            let Some(mention) = self.longest(text, &ids, at) else {
                at += 1;
                continue;
            };
            at = mention.last;
            found.push(mention);
        }
        found
    }

    /// The word of each token; 0 for words that are in no phrase.
    fn ids(&self, text: &Text<'_>) -> Vec<u32> {
        let mut key = String::new();
        (0..text.tokens.len())
            .map(|i| {
                if matches!(text.tokens[i].shape, Shape::Mark | Shape::Possessive) {
                    return 0;
                }
                key.clear();
                fold_into(text.word(i), &mut key);
                self.words.get(key.as_str()).copied().unwrap_or(0)
            })
            .collect()
    }

    /// The longest phrase that begins at token `at`.
    fn longest<'k>(&'k self, text: &Text<'_>, ids: &[u32], at: usize) -> Option<Mention<'k>> {
        let (mut node, mut best) = (0, None);
        for (last, &word) in ids.iter().enumerate().skip(at) {
            if word == 0 {
                break;
            }
            let Some(&next) = self.steps.get(&(node, word)) else { break };
            node = next;
            let mut senses = self.senses[node as usize].as_slice();
            if !written_as_name(text, at..last + 1, self.exact[node as usize]) {
                let words = senses.partition_point(|&s| !is_name(s));
                senses = &senses[..words];
            }
            if !senses.is_empty() {
                best = Some(Mention { first: at, last: last + 1, senses, actor: None });
            }
        }
        best
    }
}

/// Whether the tokens are written as a name: with a capital, a short abbreviation all in capitals.
fn written_as_name(text: &Text<'_>, tokens: Range<usize>, exact: bool) -> bool {
    let first = tokens.start;
    let mut shapes = tokens.map(|i| text.tokens[i].shape);
    match text.case {
        Case::Flat => !exact || text.word(first).len() > 2,
        Case::Mixed if exact => shapes.all(|s| matches!(s, Shape::Upper | Shape::Number)),
        Case::Mixed => shapes.any(|s| matches!(s, Shape::Capital | Shape::Upper)),
    }
}

/// Whether a sense is that of a proper name.
fn is_name(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::Actor(..)
            | Sense::Weak(_)
            | Sense::Country(_)
            | Sense::Demonym(_)
            | Sense::Area(_)
            | Sense::Site(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Cue;
    use crate::ontology::Sort;

    fn found(phrases: &[(&str, Sense)], source: &str) -> Vec<String> {
        let mut builder = Builder::default();
        for &(phrase, sense) in phrases {
            builder.add(phrase, sense);
        }
        let (matcher, text) = (builder.build(), Text::of(source));
        matcher
            .find(&text)
            .iter()
            .map(|m| {
                text.span(m.first, m.last).map(|s| s.of(source)).unwrap_or_default().to_owned()
            })
            .collect()
    }

    #[test]
    fn the_longest_phrase_wins() {
        let phrases = [("car", Sense::Cue(Cue::Other)), ("car bomb", Sense::Cue(Cue::Plan))];
        assert_eq!(
            found(&phrases, "A car, a car-bomb, a CAR BOMB."),
            ["car", "car-bomb", "CAR BOMB"]
        );
    }

    #[test]
    fn names_need_capitals_and_abbreviations_their_own() {
        let phrases = [
            ("IS", Sense::Actor(0, Sort::Organisation)),
            ("Al-Shabaab", Sense::Actor(1, Sort::Organisation)),
        ];
        assert_eq!(
            found(&phrases, "It is said that IS and al-Shabaab are, is it so, al shabaab."),
            ["IS", "al-Shabaab"]
        );
    }
}
