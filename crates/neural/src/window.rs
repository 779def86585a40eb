//! Cuts a text of any length into windows that the encoder can read at once.
//!
//! A text that fits is one window; a longer one is cut at ends of sentences into pieces of about
//! equal length. The training code cuts in the same way.

use crate::wordpiece::Piece;

/// A stretch of pieces, and the sentence that each belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// Which text of the call.
    pub text: usize,
    /// The pieces, without the marks at either end.
    pub pieces: Vec<Piece>,
    /// For each piece the number of its sentence in the text.
    pub sentences: Vec<u32>,
}

/// Where sentences begin: after a mark of the end, closing quotes and white space.
pub(crate) fn sentence_starts(text: &str) -> Vec<u32> {
    let mut starts = vec![0];
    let mut letters = text.char_indices().peekable();
    while let Some((_, letter)) = letters.next() {
        if !matches!(letter, '.' | '!' | '?') {
            continue;
        }
        while letters.next_if(|&(_, c)| matches!(c, '"' | '\'' | ')' | ']')).is_some() {}
        let mut after = None;
        while let Some((at, c)) = letters.next_if(|&(_, c)| c.is_whitespace()) {
            after = Some(at + c.len_utf8());
        }
        starts.extend(after.map(|at| at as u32));
    }
    starts
}

/// The windows of a text of at most `limit` pieces each.
pub(crate) fn windows(text: usize, pieces: &[Piece], starts: &[u32], limit: usize) -> Vec<Window> {
    let mut sentences = Vec::with_capacity(pieces.len());
    let mut now = 0;
    for piece in pieces {
        while starts.get(now + 1).is_some_and(|&start| piece.start >= start) {
            now += 1;
        }
        sentences.push(now as u32);
    }
    let ranges = ranges(&sentences, limit).into_iter();
    ranges
        .filter_map(|(a, b)| {
            let (pieces, sentences) = (pieces.get(a..b)?.to_vec(), sentences.get(a..b)?.to_vec());
            Some(Window { text, pieces, sentences })
        })
        .collect()
}

fn ranges(sentences: &[u32], limit: usize) -> Vec<(usize, usize)> {
    let n = sentences.len();
    if n <= limit {
        return vec![(0, n)];
    }
    let slack = limit / 8;
    let target = n as f64 / n.div_ceil(limit - slack) as f64;
    let mut found = Vec::new();
    let mut start = 0;
    while start < n {
        let end = if n - start <= limit {
            n
        } else {
            let want = n.min(whole(start as f64 + target));
            let near =
                (start + 1).max(want.saturating_sub(slack))..n.min(start + limit).min(want + slack);
            let breaks = near.filter(|&i| sentences.get(i) != sentences.get(i - 1));
            breaks.min_by_key(|&i| i.abs_diff(want)).unwrap_or(want.min(start + limit))
        };
        found.push((start, end));
        start = end;
    }
    found
}

#[expect(clippy::cast_sign_loss, reason = "a place in a text is not negative")]
fn whole(place: f64) -> usize {
    place.round_ties_even() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_after_its_forerunners_quotes() {
        assert_eq!(sentence_starts("One. \"Two.\" Three 3.5 x"), [0, 5, 12]);
        assert_eq!(sentence_starts("One."), [0]);
    }

    #[test]
    fn a_long_text_is_cut_where_a_sentence_ends() {
        let sentences: Vec<u32> = (0..100).map(|i| i / 9).collect();
        let cut = ranges(&sentences, 40);
        assert_eq!(cut, [(0, 36), (36, 72), (72, 100)]);
        assert_eq!(ranges(&sentences[..40], 40), [(0, 40)]);
    }

    #[test]
    fn one_endless_sentence_is_cut_all_the_same() {
        let cut = ranges(&[0; 1000], 40);
        assert!(cut.iter().all(|(a, b)| b - a <= 40 && b > a));
        assert_eq!(cut.last().map(|c| c.1), Some(1000));
    }
}
