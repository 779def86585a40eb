//! Sentences → vectors, for what a user teaches with a few examples.
//!
//! A vector is three means over the pieces of a sentence, each scaled to length one: of the words
//! as they go into the encoder, of its middle layer and of its last. The last knows most of what
//! the encoder was trained for, the first least; together they did better than any alone. What
//! is learned from vectors is [`crate::fit`]'s; nothing of the encoder moves.

use crate::model::{BEGIN, END, Model, TOKENS_AT_ONCE};

impl Model {
    /// How many numbers one of the three parts of a vector has.
    pub fn embedding_part(&self) -> usize {
        self.weights.encoder.width
    }

    /// A vector for each sentence; of one that is longer than a window, of its beginning.
    ///
    /// A sentence without a word has a vector of noughts. A vector does not depend on what else is
    /// in the call.
    pub fn embed(&self, sentences: &[&str]) -> Vec<Vec<f32>> {
        let windows: Vec<Vec<u32>> = sentences.iter().map(|s| self.window(s)).collect();
        let mut vectors = Vec::with_capacity(sentences.len());
        let mut rest = &windows[..];
        while !rest.is_empty() {
            let mut tokens = 0;
            let fits = rest.iter().take_while(|window| {
                let first = tokens == 0;
                tokens += window.len();
                first || tokens <= TOKENS_AT_ONCE
            });
            let (now, later) = rest.split_at(fits.count());
            vectors.extend(self.vectors(now));
            rest = later;
        }
        vectors
    }

    fn window(&self, sentence: &str) -> Vec<u32> {
        let pieces = self.cut(sentence);
        let ids = pieces.iter().map(|piece| piece.id).take(self.weights.limit);
        std::iter::once(BEGIN).chain(ids).chain(std::iter::once(END)).collect()
    }

    fn vectors(&self, windows: &[Vec<u32>]) -> Vec<Vec<f32>> {
        let encoder = &self.weights.encoder;
        let (width, last) = (encoder.width, encoder.layers.len());
        let mut vectors = vec![Vec::with_capacity(3 * width); windows.len()];
        encoder.run_seen(windows, |layer, hidden| {
            if layer != 0 && layer != last / 2 && layer != last {
                return;
            }
            let mut rest = hidden;
            for (window, vector) in windows.iter().zip(&mut vectors) {
                let Some((mine, others)) = rest.split_at_checked(window.len() * width) else {
                    return;
                };
                rest = others;
                vector.extend(mean(mine, width));
            }
        });
        vectors
    }
}

/// The mean of the rows without the marks at either end, scaled to length one.
fn mean(rows: &[f32], width: usize) -> Vec<f32> {
    let mut mean = vec![0.0; width];
    let inner = rows.get(width..rows.len().saturating_sub(width)).unwrap_or_default();
    for row in inner.chunks_exact(width) {
        for (sum, v) in mean.iter_mut().zip(row) {
            *sum += v;
        }
    }
    scale(&mut mean);
    mean
}

/// Scales to length one what is longer than nothing.
pub(crate) fn scale(part: &mut [f32]) {
    let length = part.iter().map(|v| v * v).sum::<f32>().sqrt();
    if length > 1e-6 {
        for v in part {
            *v /= length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_at_either_end_are_no_words() {
        let rows = [9.0, 9.0, 3.0, 0.0, 0.0, 4.0, 9.0, 9.0];
        assert_eq!(mean(&rows, 2), [0.6, 0.8]);
        assert_eq!(mean(&rows[..4], 2), [0.0, 0.0]);
    }
}
