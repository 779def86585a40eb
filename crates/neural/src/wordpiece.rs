//! Cuts words into pieces of a vocabulary, as uncased BERT does, with byte offsets.
//!
//! Our own, since the general library for tokenizers brings some forty packages for what is one
//! page here. Checked against outputs recorded from that library. What it does not do: special
//! tokens within the text, truncation, decoding.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are unknown, as in the original.
const LONGEST_WORD: usize = 100;

/// A piece of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Number in the vocabulary.
    pub id: u32,
    /// First byte in the text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// The piece begins a word.
    pub begins: bool,
}

/// A vocabulary, ready to cut words.
#[derive(Debug)]
pub(crate) struct WordPiece {
    whole: FxHashMap<String, u32>,
    rest: FxHashMap<String, u32>,
    unknown: u32,
}

/// A character of the simplified text and where it came from.
struct Simple {
    letter: char,
    start: u32,
    end: u32,
}

impl WordPiece {
    /// From a vocabulary of one piece a line; the line's number is the piece's.
    pub(crate) fn new(vocabulary: &str) -> Self {
        let mut whole = FxHashMap::default();
        let mut rest = FxHashMap::default();
        for (id, piece) in (0..).zip(vocabulary.lines()) {
            match piece.strip_prefix("##") {
                Some(tail) => rest.insert(tail.to_owned(), id),
                None => whole.insert(piece.to_owned(), id),
            };
        }
        let unknown = whole.get("[UNK]").copied().unwrap_or_default();
        Self { whole, rest, unknown }
    }

    /// Cuts a text.
    pub(crate) fn cut(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(text.len() / 4);
        let mut word: Vec<Simple> = Vec::new();
        for (at, letter) in text.char_indices() {
            let (start, end) = (at as u32, (at + letter.len_utf8()) as u32);
            if letter.is_whitespace() {
                self.flush(&mut word, &mut pieces);
            } else if is_dropped(letter) {
            } else if stands_alone(letter) {
                self.flush(&mut word, &mut pieces);
                word.push(Simple { letter, start, end });
                self.flush(&mut word, &mut pieces);
            } else if letter.is_ascii() {
                word.push(Simple { letter: letter.to_ascii_lowercase(), start, end });
            } else {
                let parts = std::iter::once(letter).nfd().filter(|&c| !is_combining_mark(c));
                for letter in parts.flat_map(char::to_lowercase) {
                    word.push(Simple { letter, start, end });
                }
            }
        }
        self.flush(&mut word, &mut pieces);
        pieces
    }

    /// Cuts one word, the longest piece first.
    fn flush(&self, word: &mut Vec<Simple>, pieces: &mut Vec<Piece>) {
        let (Some(first), Some(last)) = (word.first(), word.last()) else { return };
        let whole = Piece { id: self.unknown, start: first.start, end: last.end, begins: true };
        let before = pieces.len();
        let letters: String = word.iter().map(|s| s.letter).collect();
        let known = word.len() <= LONGEST_WORD && self.greedy(&letters, word, pieces);
        if !known {
            pieces.truncate(before);
            pieces.push(whole);
        }
        word.clear();
    }

    fn greedy(&self, letters: &str, word: &[Simple], pieces: &mut Vec<Piece>) -> bool {
        let mut rest = letters;
        let mut from = 0;
        while !rest.is_empty() {
            let table = if from == 0 { &self.whole } else { &self.rest };
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            let found = ends.filter_map(|end| {
                let head = rest.get(..end)?;
                Some((head, *table.get(head)?))
            });
            let Some((head, id)) = found.take(1).next() else { return false };
            let n = head.chars().count();
            let (Some(first), Some(last)) = (word.get(from), word.get(from + n - 1)) else {
                return false;
            };
            pieces.push(Piece { id, start: first.start, end: last.end, begins: from == 0 });
            from += n;
            rest = &rest[head.len()..];
        }
        true
    }
}

/// Control and format characters, and the sign for a broken one.
fn is_dropped(c: char) -> bool {
    c == '\u{fffd}'
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Punctuation and ideographs are words of their own.
fn stands_alone(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{060c}' | '\u{061b}'
            | '\u{061f}' | '\u{066a}'..='\u{066d}' | '\u{06d4}' | '\u{ff01}'..='\u{ff0f}')
        || matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{2ceaf}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(u32, u32, u32, bool)> {
        let pieces = WordPiece::new("[UNK]\nbomb\n##ing\n##s\n,\ncafe\nbombs");
        pieces.cut(text).iter().map(|p| (p.id, p.start, p.end, p.begins)).collect()
    }

    #[test]
    fn the_longest_piece_wins() {
        assert_eq!(cut("bombs"), [(6, 0, 5, true)]);
        assert_eq!(cut("Bombings"), [(1, 0, 4, true), (2, 4, 7, false), (3, 7, 8, false)]);
    }

    #[test]
    fn accents_go_and_offsets_stay() {
        assert_eq!(cut("CAFÉ, bomb"), [(5, 0, 5, true), (4, 5, 6, true), (1, 7, 11, true)]);
    }

    #[test]
    fn a_word_with_an_unknown_part_is_unknown_as_a_whole() {
        assert_eq!(cut("bombx"), [(0, 0, 5, true)]);
        assert_eq!(cut(&"bomb".repeat(30)), [(0, 0, 120, true)]);
        assert_eq!(cut(""), []);
    }
}
