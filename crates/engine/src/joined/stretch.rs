//! The gate: which stretches of a text a model is asked about, since it costs a hundred times what
//! the lexicon does.
//!
//! These are the surroundings of every sentence that might tell of violence. On MUC-4 the model sees
//! more in them than in the whole. Of a very long text only the first are read.

use reading::Span;

use crate::frame::Frame;
use crate::text::Text;

/// Sentences on either side of one that may tell of violence.
const WIDE: usize = 5;

/// The most bytes of a text that are read.
const MOST: usize = 50_000;

/// The stretches, in order and apart from each other; none if nothing in the text is of interest.
pub(crate) fn stretches(text: &Text<'_>, frames: &[Frame]) -> Vec<Span> {
    let told = frames.iter().filter(|f| f.may_start()).map(|f| f.sentence);
    around(text, told, (WIDE, WIDE))
}

/// The stretches around some sentences, which are in order, with so many before and behind each.
pub(super) fn around(
    text: &Text<'_>,
    told: impl Iterator<Item = usize>,
    (before, behind): (usize, usize),
) -> Vec<Span> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut read = 0;
    for sentence in told {
        let from = sentence.saturating_sub(before);
        let to = (sentence + behind).min(text.sentences.len().saturating_sub(1));
        let new = found.last().map_or(from, |&(_, end)| from.max(end + 1));
        let sentences = text.sentences.get(new..=to).unwrap_or_default();
        read += sentences.iter().map(|s| s.span.end() - s.span.start()).sum::<usize>();
        if read > MOST {
            break;
        }
        match found.last_mut() {
            Some((_, end)) if from <= *end + 1 => *end = to.max(*end),
            _ => found.push((from, to)),
        }
    }
    let span = |i: usize| text.sentences.get(i).map(|s| s.span);
    found.into_iter().filter_map(|(from, to)| Some(span(from)?.to(span(to)?))).collect()
}
