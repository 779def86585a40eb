//! Sentences and tokens over a document: offsets only, the words stay where they are.
//!
//! A token is a run of letters or digits. Hyphens separate (`al-Shabaab` is two tokens and so
//! matches `al Shabaab`), apostrophes inside a word do not, a possessive `'s` is cut off, and a
//! dotted abbreviation is one token. Numbers keep their separators (`1,200`). Punctuation is kept
//! as tokens of its own, since clauses are told apart by it.

mod token;

use std::cell::OnceCell;
use std::ops::Range;

use reading::Span;

use crate::dateline::dateline;
use crate::fold::{fold_into, is_plain};
use crate::party::Outfit;

use self::token::tokens;

/// A document cut into sentences and tokens.
#[derive(Debug)]
pub struct Text<'d> {
    /// The words themselves.
    pub source: &'d str,
    /// All tokens in order.
    pub tokens: Vec<Token>,
    /// All sentences in order; they cover every token.
    pub sentences: Vec<Sentence>,
    /// Whether capitals tell names from other words.
    pub case: Case,
    /// The tokens of the dateline; empty if there is none.
    pub dateline: Range<usize>,
    /// The source in small letters, and behind it the keys that are more than that.
    small: String,
    /// Where in `small` the key of each token is.
    keys: Vec<(u32, u32)>,
    /// The organisations that only the text itself tells of, once they are asked for.
    pub(crate) outfits: OnceCell<Vec<Outfit>>,
}

/// A word, a number or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is made of.
    pub shape: Shape,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Letters, none of them a capital at the start.
    Lower,
    /// A capital first.
    Capital,
    /// Two capitals or more and no small letter, or a dotted abbreviation.
    Upper,
    /// Digits.
    Number,
    /// A possessive ending.
    Possessive,
    /// Punctuation.
    Mark,
}

/// A sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes, without the space after it.
    pub span: Span,
    /// Its first token.
    pub first: usize,
    /// One past its last token.
    pub last: usize,
    /// The paragraph that it is in, from 0.
    pub paragraph: usize,
}

/// How a document uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// As today's press.
    Mixed,
    /// All capitals, or none: case tells nothing.
    Flat,
}

impl<'d> Text<'d> {
    /// Cuts `source` into sentences and tokens.
    pub fn of(source: &'d str) -> Self {
        let mut text = Self {
            source,
            tokens: Vec::with_capacity(source.len() / 5),
            sentences: Vec::new(),
            case: Case::Mixed,
            dateline: 0..0,
            small: source.to_ascii_lowercase(),
            keys: Vec::new(),
            outfits: OnceCell::new(),
        };
        tokens(source, 0, &mut text.tokens);
        text.keys.reserve(text.tokens.len());
        for &Token { start, end, shape } in &text.tokens {
            let word = &source[start as usize..end as usize];
            text.keys.push(if is_plain(word) {
                (start, end)
            } else if shape == Shape::Mark && word.len() == 1 {
                (start, start)
            } else {
                let start = text.small.len() as u32;
                fold_into(word, &mut text.small);
                (start, text.small.len() as u32)
            });
        }
        text.case = case(source, &text.tokens);
        text.split();
        text.dateline = dateline(&text);
        text
    }

    /// The words of a token.
    pub fn word(&self, i: usize) -> &'d str {
        self.tokens.get(i).map_or("", |t| &self.source[t.start as usize..t.end as usize])
    }

    /// The words of a token as they are compared (see [`fold`](crate::fold)): in small letters,
    /// without diacritics and apostrophes. Empty if there is no such token.
    pub fn key(&self, i: usize) -> &str {
        self.keys.get(i).map_or("", |&(start, end)| &self.small[start as usize..end as usize])
    }

    /// Whether token `i` is exactly `word`, whatever the case (ASCII).
    pub fn is(&self, i: usize, word: &str) -> bool {
        self.word(i).eq_ignore_ascii_case(word)
    }

    /// Whether token `i` begins with a capital.
    pub fn is_capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Upper))
    }

    /// The span from token `first` up to and without token `last`.
    pub fn span(&self, first: usize, last: usize) -> Option<Span> {
        let (a, b) = (self.tokens.get(first)?, self.tokens.get(last.checked_sub(1)?)?);
        Span::within(self.source, a.start as usize, b.end as usize)
    }

    /// Which sentence token `i` is in.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|s| s.last <= i)
    }

    /// Whether token `i` is a small word with the capital of a sentence that it begins.
    pub fn opens(&self, i: usize) -> bool {
        OPENERS.binary_search(&self.word(i)).is_ok()
    }

    /// Whether a paragraph ends between token `i - 1` and token `i`.
    fn breaks(&self, i: usize) -> bool {
        let (Some(a), Some(b)) = (self.tokens.get(i - 1), self.tokens.get(i)) else { return false };
        let gap = &self.source.as_bytes()[a.end as usize..b.start as usize];
        gap.len() > 1 && gap.split(|&b| b == b'\n').count() > 2
    }

    fn split(&mut self) {
        let (mut first, mut paragraph) = (0, 0);
        for i in 0..self.tokens.len() {
            let (last, breaks) = (i + 1 == self.tokens.len(), self.breaks(i + 1));
            let long = i + 1 - first >= LONGEST_SENTENCE;
            if !(last || breaks || long || self.ends_sentence(i)) {
                continue;
            }
            if let Some(span) = self.span(first, i + 1) {
                self.sentences.push(Sentence { span, first, last: i + 1, paragraph });
            }
            first = i + 1;
            paragraph += usize::from(breaks);
        }
    }

    /// Whether the sentence ends after token `i`.
    fn ends_sentence(&self, i: usize) -> bool {
        let last = self.tokens.get(i).and_then(|t| self.source.as_bytes().get(t.end as usize - 1));
        if last.is_some_and(u8::is_ascii_alphanumeric) {
            return false;
        }
        let mark = self.word(i);
        let closes = matches!(mark, "\"" | "”" | "’" | ")" | "]" | "'");
        if closes {
            // A quote or bracket closes the sentence whose stop stands before it.
            return i > 0 && self.stops(i - 1) && self.starts(i + 1);
        }
        self.stops(i) && self.starts(i + 1)
    }

    fn stops(&self, i: usize) -> bool {
        match self.word(i) {
            "!" | "?" => true,
            "." => i == 0 || !self.abbreviates(i - 1) && !self.is_in_dateline(i),
            word => {
                // A dotted abbreviation may end a sentence: only if a plain word starts the next.
                word.ends_with('.')
                    && matches!(self.tokens[i].shape, Shape::Upper | Shape::Lower)
                    && self.opens(i + 1)
            }
        }
    }

    /// Whether token `i` can begin a sentence, with white space before it.
    fn starts(&self, i: usize) -> bool {
        let (Some(before), Some(token)) = (self.tokens.get(i - 1), self.tokens.get(i)) else {
            return true;
        };
        if before.end == token.start {
            return false;
        }
        match token.shape {
            Shape::Capital | Shape::Upper | Shape::Number => true,
            Shape::Mark => {
                matches!(self.word(i), "\"" | "“" | "‘" | "(" | "[" | "'" | "-" | "–" | "—")
            }
            Shape::Lower => self.case == Case::Flat,
            Shape::Possessive => false,
        }
    }

    /// Whether the stop at token `i` is that of a state in a dateline: "LEEDS, Ala. —", "(AP) —".
    fn is_in_dateline(&self, i: usize) -> bool {
        const LONGEST: usize = 6;
        let Some(town) = i.checked_sub(3).and_then(|town| self.tokens.get(town)) else {
            return false;
        };
        let state = self.word(i - 1);
        town.shape == Shape::Upper
            && self.word(i - 2) == ","
            && self.tokens[i - 1].shape == Shape::Capital
            && state.len() <= LONGEST
            && matches!(self.word(i + 1), "(" | "-" | "--" | "–" | "—")
    }

    /// Whether the stop after token `i` belongs to an abbreviation.
    fn abbreviates(&self, i: usize) -> bool {
        let word = self.word(i);
        if self.tokens[i].end != self.tokens.get(i + 1).map_or(0, |t| t.start) {
            return false;
        }
        let initial = word.len() == 1 && self.tokens[i].shape == Shape::Capital;
        initial || ABBREVIATIONS.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
    }
}

/// A sentence is cut after so many tokens: what is longer is a table or a trap.
const LONGEST_SENTENCE: usize = 300;

/// Words whose full stop does not end a sentence. Sorted.
const ABBREVIATIONS: &[&str] = &[
    "adm", "apr", "aug", "av", "brig", "capt", "cf", "cmdr", "co", "col", "corp", "cpl", "dec",
    "dept", "dr", "feb", "fr", "gen", "gov", "hon", "inc", "insp", "jan", "jr", "jul", "jun", "lt",
    "ltd", "maj", "mar", "messrs", "mr", "mrs", "ms", "mt", "no", "nov", "oct", "prof", "rep",
    "rev", "sen", "sep", "sept", "sgt", "sr", "st", "supt", "vs",
];

/// Words that begin a sentence after an abbreviation. Sorted.
const OPENERS: &[&str] = &[
    "A", "After", "An", "As", "At", "But", "He", "However", "I", "In", "It", "Its", "No", "On",
    "One", "She", "Some", "That", "The", "Their", "There", "These", "They", "This", "Two", "We",
];

/// The words of a phrase, as tokens cut them, without marks.
pub fn words(phrase: &str) -> impl Iterator<Item = &str> {
    let mut found = Vec::new();
    tokens(phrase, 0, &mut found);
    found
        .into_iter()
        .filter(|t| !matches!(t.shape, Shape::Mark | Shape::Possessive))
        .map(|t| &phrase[t.start as usize..t.end as usize])
}

/// A document whose words are nearly all capitals, or have none, is flat.
fn case(source: &str, tokens: &[Token]) -> Case {
    let (mut upper, mut lower, mut capital) = (0, 0, 0);
    for token in tokens {
        match token.shape {
            // "u.s." is no capital in a text that has none.
            Shape::Upper if !is_capital(source, token) => lower += 1,
            Shape::Upper => upper += 1,
            Shape::Lower => lower += 1,
            Shape::Capital => capital += 1,
            _ => {}
        }
    }
    let words = upper + lower + capital;
    if words >= 12 && (upper * 10 > words * 6 || capital + upper == 0) {
        Case::Flat
    } else {
        Case::Mixed
    }
}

fn is_capital(source: &str, token: &Token) -> bool {
    let word = source.get(token.start as usize..token.end as usize);
    word.is_some_and(|word| word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(source: &str) -> Vec<&str> {
        Text::of(source).sentences.iter().map(|s| s.span.of(source)).collect()
    }

    fn token_words(source: &str) -> Vec<&str> {
        let text = Text::of(source);
        (0..text.tokens.len()).map(|i| text.word(i)).collect()
    }

    #[test]
    fn sentences_end_at_stops_but_not_at_abbreviations() {
        assert_eq!(
            sentences(
                "Gen. Ali said so. Two died in St. Louis. \"No,\" he said. (He left.) The U.S. Army came to the U.S. The rest stayed."
            ),
            [
                "Gen. Ali said so.",
                "Two died in St. Louis.",
                "\"No,\" he said.",
                "(He left.)",
                "The U.S. Army came to the U.S.",
                "The rest stayed."
            ]
        );
    }

    #[test]
    fn an_empty_line_ends_a_sentence() {
        assert_eq!(sentences("A headline\n\nA sentence here"), ["A headline", "A sentence here"]);
    }

    #[test]
    fn tokens_keep_names_and_numbers_together() {
        assert_eq!(
            token_words("al-Shabaab's 1,200 men in Sana'a, U.S. troops at 8:30 p.m."),
            [
                "al", "Shabaab", "'s", "1,200", "men", "in", "Sana'a", ",", "U.S.", "troops", "at",
                "8:30", "p.m."
            ]
        );
    }

    #[test]
    fn capitals_throughout_are_flat() {
        let text = "THE GUERRILLAS ATTACKED THE TOWN OF FLORES IN THE NORTH. THEY BURNED A TRUCK.";
        assert_eq!(Text::of(text).case, Case::Flat);
        assert_eq!(Text::of(text).sentences.len(), 2);
        assert_eq!(
            Text::of("The guerrillas attacked the town of Flores in the far north of Peten.").case,
            Case::Mixed
        );
    }

    proptest::proptest! {
        #[test]
        fn tokens_are_true_and_in_order(source in "\\PC{0,200}") {
            let text = Text::of(&source);
            let mut end = 0;
            for token in &text.tokens {
                assert!(token.start >= end && token.end > token.start);
                assert!(source.get(token.start as usize..token.end as usize).is_some());
                end = token.end;
            }
            let covered: usize = text.sentences.iter().map(|s| s.last - s.first).sum();
            assert_eq!(covered, text.tokens.len());
        }
    }
}
