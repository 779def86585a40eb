//! The automaton: a trie over words, walked once over the tokens of a text.
//!
//! At each token the longest phrase wins and the walk goes on behind it. Words are compared by
//! their keys (see [`fold`](crate::fold)); names must also be written as names. The automaton is
//! read in place from a pack: its layout is told by [`Builder`](super::Builder).

use std::cmp::Ordering;
use std::ops::Range;

use super::builder::EXACT;
use crate::lexicon::Sense;
use crate::pack::cells::{Triple, record};
use crate::pack::words::{Word, Words};
use crate::text::{Case, Shape, Text};

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

    /// Whether case would tell a thing from a name and is not there: a "CAR" in text of capitals is no
    /// Central African Republic.
    pub(crate) fn is_thing_in(&self, text: &Text<'_>) -> bool {
        let thing = |s: &Sense| matches!(s, Sense::Thing(_));
        text.case == Case::Flat && self.senses.iter().any(thing)
    }
}

/// The automaton. Read-only; shared by all threads.
#[derive(Debug)]
pub struct Matcher {
    pub(super) words: Words,
    pub(super) nodes: &'static [Triple],
    pub(super) senses: Vec<Sense>,
}

record!(Matcher { words, nodes, senses });

/// A node of the trie.
struct Node {
    /// The word that leads to it.
    word: u32,
    /// Its first child.
    child: u32,
    /// Its first sense.
    sense: u32,
    /// Whether its phrase is a short abbreviation and must be written in capitals.
    exact: bool,
}

impl Matcher {
    /// All mentions in `text`, in order, none overlapping another.
    pub fn find<'k>(&'k self, text: &Text<'_>) -> Vec<Mention<'k>> {
        let words = self.words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some(mention) = self.longest(text, &words, at) else {
                at += 1;
                continue;
            };
            at = mention.last;
            found.push(mention);
        }
        found
    }

    /// The word of each token.
    fn words(&self, text: &Text<'_>) -> Vec<Word> {
        (0..text.tokens.len())
            .map(|i| {
                if matches!(text.tokens[i].shape, Shape::Mark | Shape::Possessive) {
                    return Word::default();
                }
                self.words.find(text.key(i)).unwrap_or_default()
            })
            .collect()
    }

    /// What the phrases mean, in no order.
    pub(crate) fn senses(&self) -> &[Sense] {
        &self.senses
    }

    fn node(&self, number: u32) -> Option<Node> {
        let [word, child, sense] = self.nodes.get(number as usize)?.map(u32::from_le_bytes);
        Some(Node { word, child, sense: sense & !EXACT, exact: sense & EXACT != 0 })
    }

    /// The child of node `number` that `word` leads to.
    fn child(&self, number: u32, word: u32) -> Option<u32> {
        let (mut low, mut high) = (self.node(number)?.child, self.node(number + 1)?.child);
        while low < high {
            let middle = low.midpoint(high);
            match self.node(middle)?.word.cmp(&word) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// The longest phrase that begins at token `at`.
    fn longest<'k>(&'k self, text: &Text<'_>, words: &[Word], at: usize) -> Option<Mention<'k>> {
        let (mut number, mut best) = (words.get(at)?.number, None);
        let mut last = at + 1;
        while number != 0 {
            let (node, end) = (self.node(number)?, self.node(number + 1)?.sense);
            let mut senses = self.senses.get(node.sense as usize..end as usize)?;
            if !written_as_name(text, at..last, node.exact) {
                let plain = senses.partition_point(|s| !s.is_name());
                senses = &senses[..plain];
            }
            if !senses.is_empty() {
                best = Some(Mention { first: at, last, senses, actor: None });
            }
            // Phrases are compared without possessive endings: "the People's Army".
            let owned = text.tokens.get(last).is_some_and(|t| t.shape == Shape::Possessive)
                || is_of_many(text, last);
            // "Al-Qaeda's branch" is told of two; it is no name of one.
            let actor = |s: &Sense| matches!(s, Sense::Actor(..));
            let named = |m: &Mention<'_>| m.last == last && m.senses.iter().any(actor);
            last += usize::from(owned && !best.as_ref().is_some_and(named));
            let Some(word) = words.get(last).filter(|word| word.id != 0) else { break };
            number = self.child(number, word.id).unwrap_or(0);
            last += 1;
        }
        best
    }
}

/// Whether token `i` is the mark that makes a possessor of the many before it: "Workers' Party".
fn is_of_many(text: &Text<'_>, i: usize) -> bool {
    let (Some(before), Some(token)) = (i.checked_sub(1), text.tokens.get(i)) else { return false };
    let close = text.tokens.get(before).is_some_and(|t| t.end == token.start);
    close && matches!(text.word(i), "'" | "’") && text.key(before).ends_with('s')
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Builder, Cue};
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
    fn a_possessive_ending_may_stand_inside_a_phrase_and_not_behind_it() {
        let army = Sense::Actor(0, Sort::Organisation);
        let phrases = [("Lakes People's Army", army), ("Lakes", Sense::Site(0))];
        assert_eq!(
            found(&phrases, "The Lakes People's Army; the Lakes' towns; the Lakes People's towns."),
            ["Lakes People's Army", "Lakes", "Lakes"]
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
