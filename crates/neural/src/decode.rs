//! From scores per token to spans with probabilities and sentences with relevance.
//!
//! All spans above a low floor are kept, overlapping ones too: which of them counts is decided
//! where mentions of one name are seen together.

use crate::window::Window;

/// Tokens of the longest span.
const LONGEST: usize = 24;

/// Spans below this probability are not kept.
const FLOOR: f32 = 0.02;

/// What was found in one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tagged {
    /// Candidate mentions in order of their window, role and place.
    pub spans: Vec<TaggedSpan>,
    /// The sentences of the text.
    pub sentences: Vec<TaggedSentence>,
    /// The windows that it was read in.
    pub windows: Vec<TaggedWindow>,
}

/// A candidate mention.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedSpan {
    /// Number of the role.
    pub role: usize,
    /// First byte in the text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Probability that exactly this span fills the role.
    pub score: f32,
    /// Probability that a filler begins here.
    pub begins: f32,
    /// For each kind the probability that the filler belongs to an event of that kind.
    pub kinds: Vec<f32>,
    /// For each trait the probability that it holds, as far as it can be asked of the role.
    pub traits: Vec<f32>,
    /// Number of the sentence.
    pub sentence: u32,
}

/// A sentence with the probability that it tells of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaggedSentence {
    /// First byte in the text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Probability of relevance; 0 where there is nothing to read.
    pub relevance: f32,
}

/// A window with the probabilities of relevance and of each kind.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedWindow {
    /// First byte in the text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Probability that it tells of an event.
    pub relevance: f32,
    /// For each kind the probability that it tells of such an event.
    pub kinds: Vec<f32>,
}

/// How many of each the heads know.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) roles: usize,
    pub(crate) kinds: usize,
    pub(crate) traits: usize,
}

impl Tagged {
    /// Adds what was found in a later stretch that begins at `start`.
    pub(crate) fn append(&mut self, other: Self, start: u32) {
        let before = self.sentences.len() as u32;
        self.spans.extend(other.spans.into_iter().map(|span| TaggedSpan {
            start: span.start + start,
            end: span.end + start,
            sentence: span.sentence + before,
            ..span
        }));
        self.sentences.extend(other.sentences.into_iter().map(|sentence| TaggedSentence {
            start: sentence.start + start,
            end: sentence.end + start,
            ..sentence
        }));
        self.windows.extend(other.windows.into_iter().map(|window| TaggedWindow {
            start: window.start + start,
            end: window.end + start,
            ..window
        }));
    }

    pub(crate) fn begin_sentences(&mut self, starts: &[u32], length: u32) {
        let ends = starts.iter().skip(1).copied().chain([length]);
        let sentences = starts.iter().zip(ends);
        self.sentences =
            sentences.map(|(&start, end)| TaggedSentence { start, end, relevance: 0.0 }).collect();
    }
}

pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// Adds what the scores of a window say. The first and last row are the window's marks.
pub(crate) fn decode(window: &Window, scores: &[Vec<f32>], shape: Shape, into: &mut Tagged) {
    let rows = scores.get(1..scores.len().saturating_sub(1)).unwrap_or_default();
    for role in 0..shape.roles {
        let tags: Vec<[f32; 3]> = rows.iter().map(|row| softmax(row, 3 * role)).collect();
        spans(window, &tags, |first, last, score, begins| {
            let (Some(a), Some(b)) = (window.pieces.get(first), window.pieces.get(last)) else {
                return;
            };
            let asked = |number: usize| {
                let inside = rows.iter().take(last + 1).skip(first);
                let at = 3 * shape.roles + number;
                let sum: f32 = inside.map(|r| sigmoid(r.get(at).copied().unwrap_or(-9.0))).sum();
                sum / (last + 1 - first) as f32
            };
            into.spans.push(TaggedSpan {
                role,
                start: a.start,
                end: b.end,
                score,
                begins,
                kinds: (0..shape.kinds).map(asked).collect(),
                traits: (shape.kinds..shape.kinds + shape.traits).map(asked).collect(),
                sentence: window.sentences.get(first).copied().unwrap_or_default(),
            });
        });
    }
    let mut from = 0;
    while let Some(&sentence) = window.sentences.get(from) {
        let n = window.sentences.iter().skip(from).take_while(|s| **s == sentence).count();
        let here = rows.iter().skip(from).take(n);
        let mean = here.filter_map(|row| row.last()).sum::<f32>() / n as f32;
        if let Some(place) = into.sentences.get_mut(sentence as usize) {
            place.relevance = place.relevance.max(sigmoid(mean));
        }
        from += n;
    }
}

/// Begins × goes on … × does not go on, at the edges of words.
///
/// That a span goes on is asked given that it got here, since the tags of one doubtful span are
/// doubtful together: it is the share of what the token before held.
fn spans(window: &Window, tags: &[[f32; 3]], mut found: impl FnMut(usize, usize, f32, f32)) {
    let begins_word = |i: usize| window.pieces.get(i).is_none_or(|p| p.begins);
    for (first, &[_, begins, _]) in tags.iter().enumerate() {
        if begins < FLOOR || !begins_word(first) {
            continue;
        }
        let (mut score, mut held) = (begins, begins);
        let mut next = first + 1;
        loop {
            let Some(&[_, _, inside]) = tags.get(next) else {
                found(first, next - 1, score, begins);
                break;
            };
            let goes_on = (inside / held).min(1.0);
            let ends_here = score * (1.0 - goes_on);
            if begins_word(next) && ends_here >= FLOOR {
                found(first, next - 1, ends_here, begins);
            }
            score *= goes_on;
            held = inside.max(1e-6);
            next += 1;
            if score < FLOOR || next - first > LONGEST {
                break;
            }
        }
    }
}

fn softmax(row: &[f32], at: usize) -> [f32; 3] {
    let mut three = [0.0; 3];
    for (place, score) in three.iter_mut().zip(row.iter().skip(at)) {
        *place = *score;
    }
    let most = three.iter().fold(f32::MIN, |most, v| most.max(*v));
    let raised = three.map(|v| (v - most).exp());
    let sum: f32 = raised.iter().sum();
    raised.map(|v| v / sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wordpiece::Piece;

    fn window(begins: &[bool]) -> Window {
        let piece = |(i, &begins): (usize, &bool)| {
            let start = 4 * i as u32;
            Piece { id: 7, start, end: start + 3, begins }
        };
        let pieces: Vec<Piece> = begins.iter().enumerate().map(piece).collect();
        Window { text: 0, sentences: vec![0; pieces.len()], pieces }
    }

    fn found(window: &Window, tags: &[[f32; 3]]) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        spans(window, tags, |a, b, _, _| all.push((a, b)));
        all
    }

    #[test]
    fn rival_ends_of_a_span_are_all_kept() {
        let tags = [[0.1, 0.9, 0.0], [0.5, 0.0, 0.5], [1.0, 0.0, 0.0]];
        assert_eq!(found(&window(&[true; 3]), &tags), [(0, 0), (0, 1)]);
    }

    #[test]
    fn a_span_neither_begins_nor_ends_within_a_word() {
        let tags = [[0.1, 0.9, 0.0], [0.5, 0.3, 0.5], [1.0, 0.0, 0.0]];
        assert_eq!(found(&window(&[true, false, true]), &tags), [(0, 1)]);
    }

    #[test]
    fn relevance_is_that_of_the_sentences_tokens() {
        let mut into = Tagged::default();
        into.begin_sentences(&[0], 11);
        let scores = vec![vec![0.0, 0.0, 0.0, 3.0]; 5];
        decode(&window(&[true; 3]), &scores, Shape { roles: 1, kinds: 0, traits: 0 }, &mut into);
        assert!((into.sentences[0].relevance - sigmoid(3.0)).abs() < 1e-6);
    }
}
