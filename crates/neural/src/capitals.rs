//! Text without capitals, or in nothing else → the same text as print would write it.
//!
//! The encoder is uncased: such a text is to it what the same text is in print. A head on what goes
//! into it, its middle and its last layer says of each word whether it is small, begins with a
//! capital, or is all capitals (`training/capitals.py`); a sentence begins with a capital whatever
//! it says. Every byte stays where it stands, so a span of the one text is a span of the other.

use crate::model::{Model, batches, ids};
use crate::window::{Window, sentence_starts, windows};

/// How print writes a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writing {
    /// "village".
    Small,
    /// "Kabul".
    First,
    /// "NATO".
    All,
}

impl Model {
    /// The text as print would write it, to the byte as long as it is.
    ///
    /// A letter stays as it is where its other form is of another length.
    pub fn in_print(&self, text: &str) -> String {
        let (pieces, starts) = (self.cut(text), sentence_starts(text));
        let windows = windows(0, &pieces, &starts, self.weights.limit);
        let mut printed = String::with_capacity(text.len());
        for now in batches(&windows) {
            for (start, writing) in self.writings(now) {
                let begins = writing == Writing::Small && starts.binary_search(&start).is_ok();
                let writing = if begins { Writing::First } else { writing };
                let Some(before) = text.get(printed.len()..start as usize) else { continue };
                printed.push_str(before);
                let word = text.get(start as usize..).unwrap_or_default();
                let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
                write(word.get(..end).unwrap_or_default(), writing, &mut printed);
            }
        }
        printed.push_str(text.get(printed.len()..).unwrap_or_default());
        printed
    }

    /// The first byte of each word of some windows, and how it is written.
    fn writings(&self, windows: &[Window]) -> Vec<(u32, Writing)> {
        let encoder = &self.weights.encoder;
        let (width, last) = (encoder.width, encoder.layers.len());
        let ids: Vec<Vec<u32>> = windows.iter().map(ids).collect();
        let mut seen: Vec<Vec<f32>> = Vec::with_capacity(3);
        encoder.run_seen(&ids, |layer, hidden| {
            if layer == 0 || layer == last / 2 || layer == last {
                seen.push(hidden.to_vec());
            }
        });
        let row = |i: usize| -> Vec<f32> {
            let of = |hidden: &Vec<f32>| Some(hidden.get(i * width..(i + 1) * width)?.to_vec());
            seen.iter().filter_map(of).flatten().collect()
        };
        let [hidden, out] = &self.weights.capitals;
        let writing = |i: usize| {
            let inner: Vec<f32> = hidden.apply(&row(i)).into_iter().map(|v| v.max(0.0)).collect();
            likeliest(&out.apply(&inner))
        };
        let mut found = Vec::new();
        let mut at = 0;
        for window in windows {
            // A mark stands at either end of a window.
            for (i, piece) in (at + 1..).zip(&window.pieces) {
                found.extend(piece.begins.then(|| (piece.start, writing(i))));
            }
            at += window.pieces.len() + 2;
        }
        found
    }
}

/// The writing of the greatest score.
fn likeliest(scores: &[f32]) -> Writing {
    match scores {
        [small, first, all] if all > first && all > small => Writing::All,
        [small, first, _] if first > small => Writing::First,
        _ => Writing::Small,
    }
}

/// Writes a word out.
fn write(word: &str, writing: Writing, to: &mut String) {
    for (i, letter) in word.chars().enumerate() {
        let great = writing == Writing::All || writing == Writing::First && i == 0;
        let other = if great { only(letter.to_uppercase()) } else { only(letter.to_lowercase()) };
        to.push(other.filter(|c| c.len_utf8() == letter.len_utf8()).unwrap_or(letter));
    }
}

/// The one letter, if it is one.
fn only(mut letters: impl Iterator<Item = char>) -> Option<char> {
    letters.next().filter(|_| letters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(word: &str, writing: Writing) -> String {
        let mut to = String::new();
        write(word, writing, &mut to);
        to
    }

    #[test]
    fn a_word_is_written_as_print_has_it() {
        assert_eq!(written("KABUL", Writing::First), "Kabul");
        assert_eq!(written("nato", Writing::All), "NATO");
        assert_eq!(written("Élan", Writing::Small), "élan");
    }

    #[test]
    fn a_letter_whose_other_form_is_longer_stays() {
        assert_eq!(written("straße", Writing::All), "STRAßE");
        assert_eq!(written("ŉ", Writing::First), "ŉ");
        assert_eq!(written("İzmir", Writing::Small), "İzmir");
    }

    #[test]
    fn the_greatest_score_decides() {
        assert_eq!(likeliest(&[0.0, 1.0, 0.5]), Writing::First);
        assert_eq!(likeliest(&[0.0, 1.0, 1.5]), Writing::All);
        assert_eq!(likeliest(&[2.0, 1.0, 1.5]), Writing::Small);
        assert_eq!(likeliest(&[]), Writing::Small);
    }
}
