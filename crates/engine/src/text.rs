//! Sentences and tokens over a document: offsets only, the words stay where they are.
//!
//! A token is a run of letters or digits. Hyphens separate (`al-Shabaab` is two tokens and so
//! matches `al Shabaab`), apostrophes inside a word do not, a possessive `'s` is cut off, and a
//! dotted abbreviation is one token. Numbers keep their separators (`1,200`). Punctuation is kept
//! as tokens of its own, since clauses are told apart by it.

use std::cell::OnceCell;
use std::ops::Range;

use reading::Span;

use crate::dateline::dateline;
use crate::fold::{fold_into, is_plain};
use crate::party::Outfit;

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

/// Appends the tokens of `source`, which starts at byte `base` of the document.
fn tokens(source: &str, base: usize, out: &mut Vec<Token>) {
    let bytes = source.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        let b = bytes[i];
        if b == b' ' {
            i += 1;
            continue;
        }
        if let Some((end, shape)) = plain_word(bytes, i) {
            out.push(Token { start: (base + start) as u32, end: (base + end) as u32, shape });
            i = end;
            continue;
        }
        let shape = if b.is_ascii_digit() {
            i = number_end(bytes, i);
            Shape::Number
        } else if b.is_ascii_alphabetic() || b >= 0x80 {
            let Some(end) = word_end(source, i) else {
                // White space or a mark beyond ASCII.
                let c = source[i..].chars().next().unwrap_or(' ');
                i += c.len_utf8();
                if !c.is_whitespace() && !c.is_control() && c != '\u{ad}' {
                    out.push(Token {
                        start: (base + start) as u32,
                        end: (base + i) as u32,
                        shape: Shape::Mark,
                    });
                }
                continue;
            };
            i = end;
            shape_of(&source[start..end])
        } else {
            i += 1;
            if b.is_ascii_whitespace() || b.is_ascii_control() || (b == b'-' && joins(bytes, start))
            {
                continue;
            }
            if let Some(end) = possessive_end(source, start) {
                i = end;
                Shape::Possessive
            } else {
                Shape::Mark
            }
        };
        let end = i;
        if shape == Shape::Mark && bytes[start] >= 0x80 {
            continue;
        }
        // A word that ends in a possessive gives two tokens.
        let cut = if matches!(shape, Shape::Lower | Shape::Capital | Shape::Upper) {
            possessive_cut(&source[start..end])
        } else {
            None
        };
        let mid = cut.map_or(end, |c| start + c);
        let shape = if cut.is_some() { shape_of(&source[start..mid]) } else { shape };
        out.push(Token { start: (base + start) as u32, end: (base + mid) as u32, shape });
        if cut.is_some() {
            out.push(Token {
                start: (base + mid) as u32,
                end: (base + end) as u32,
                shape: Shape::Possessive,
            });
        }
    }
}

/// One past the word at `i` and its shape, where it is small letters of ASCII behind one that may be
/// a capital, and nothing follows that could belong to it: most words.
fn plain_word(bytes: &[u8], i: usize) -> Option<(usize, Shape)> {
    let rest = bytes.get(i..)?;
    let capital = usize::from(rest.first()?.is_ascii_uppercase());
    let small = rest[capital..].iter().take_while(|b| b.is_ascii_lowercase()).count();
    let ends = |b: &u8| b.is_ascii() && !b.is_ascii_alphanumeric() && !matches!(b, b'\'' | b'`');
    let length = capital + small;
    let whole = rest.get(length).is_none_or(ends);
    // A single letter may be an initial or the beginning of "a.m.".
    let shape = if capital > 0 { Shape::Capital } else { Shape::Lower };
    (whole && small > 0 && length > 1).then_some((i + length, shape))
}

/// Whether the hyphen at `i` joins two words.
fn joins(bytes: &[u8], i: usize) -> bool {
    let word = |b: &u8| b.is_ascii_alphanumeric() || *b >= 0x80;
    i > 0 && word(&bytes[i - 1]) && bytes.get(i + 1).is_some_and(word)
}

/// One past the digits and separators at `i`.
fn number_end(bytes: &[u8], mut i: usize) -> usize {
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    while digit(bytes.get(i)) {
        i += 1;
        if matches!(bytes.get(i), Some(b',' | b'.' | b':')) && digit(bytes.get(i + 1)) {
            i += 1;
        }
    }
    i
}

/// One past the word at `i`, or `None` if no letter stands there.
fn word_end(source: &str, i: usize) -> Option<usize> {
    if let Some(end) = dotted_end(source.as_bytes(), i) {
        return Some(end);
    }
    // Most words are letters of ASCII up to a space or mark.
    let bytes = &source.as_bytes()[i..];
    let plain = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    if bytes.get(plain).is_none_or(|b| b.is_ascii() && !matches!(b, b'\'' | b'`')) {
        return (plain > 0).then_some(i + plain);
    }
    let mut end = i;
    let mut rest = source[i..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let apostrophe = matches!(c, '\'' | '’' | 'ʻ' | 'ʼ' | '`' | '‘')
            && at > 0
            && rest.peek().is_some_and(|&(_, next)| next.is_alphanumeric());
        let mark = at > 0 && (c == '\u{ad}' || unicode_normalization::char::is_combining_mark(c));
        if !(c.is_alphanumeric() || apostrophe || mark) {
            break;
        }
        end = i + at + c.len_utf8();
    }
    (end > i).then_some(end)
}

/// One past an abbreviation such as `U.S.` or `p.m.` at `i`: single letters, each with its stop.
fn dotted_end(bytes: &[u8], i: usize) -> Option<usize> {
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let pair = |at: usize| letter(at) && bytes.get(at + 1) == Some(&b'.');
    if !pair(i) || !letter(i + 2) {
        return None;
    }
    let mut end = i;
    while pair(end) {
        end += 2;
    }
    // `U.S` without its last stop; but `J.Smith` is an initial and a name.
    if letter(end) && !bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) {
        end += 1;
    }
    (end > i + 2).then_some(end)
}

/// Whether `word` is single letters with stops between: `U`, `U.S`.
fn single_letters(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    })
}

/// Where a possessive `'s` begins in `word`.
fn possessive_cut(word: &str) -> Option<usize> {
    if !word.ends_with(['s', 'S']) {
        return None;
    }
    ["'s", "’s", "'S", "’S", "`s"]
        .iter()
        .find(|&&ending| word.len() > ending.len() && word.ends_with(ending))
        .map(|ending| word.len() - ending.len())
}

/// One past a possessive that stands alone at `i`, after a bracket or stop.
fn possessive_end(source: &str, i: usize) -> Option<usize> {
    let rest = &source[i..];
    let after = rest.strip_prefix("'s").or_else(|| rest.strip_prefix("'S"))?;
    let before = source[..i].chars().next_back()?;
    let ends = after.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (!before.is_whitespace() && ends).then_some(i + 2)
}

fn shape_of(word: &str) -> Shape {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Shape::Lower;
    }
    let mut chars = word.chars();
    let first = chars.next().unwrap_or(' ');
    if word.contains('.') && single_letters(word.trim_end_matches('.')) {
        return Shape::Upper;
    }
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    let (mut upper, mut lower) = (1, 0);
    for c in chars {
        upper += u32::from(c.is_uppercase());
        lower += u32::from(c.is_lowercase());
    }
    // "M23" is an abbreviation too.
    let code = word.ends_with(|c: char| c.is_ascii_digit());
    if (upper > 1 || code) && lower == 0 { Shape::Upper } else { Shape::Capital }
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
