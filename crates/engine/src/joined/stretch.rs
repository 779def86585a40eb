//! The gate: which stretches of a text a model is asked about, since it costs a hundred times what
//! the lexicon does.
//!
//! Where the model leads these are the surroundings of every sentence that might tell of violence;
//! else the sentences that do. On MUC-4 the model sees more in the surroundings than in the whole.

use reading::Span;

use crate::frame::Frame;
use crate::text::Text;

use super::leads;

/// Sentences on either side of one that may tell of violence, where the model leads.
const WIDE: usize = 5;
/// The same where it only adds.
const NARROW: usize = 0;

/// The stretches, in order and apart from each other; none if nothing in the text is of interest.
pub(crate) fn stretches(text: &Text<'_>, frames: &[Frame]) -> Vec<Span> {
    let leads = leads(text);
    let reach = if leads { WIDE } else { NARROW };
    let mut found: Vec<(usize, usize)> = Vec::new();
    for frame in frames.iter().filter(|f| if leads { f.may_start() } else { f.starts() }) {
        let from = frame.sentence.saturating_sub(reach);
        let to = (frame.sentence + reach).min(text.sentences.len().saturating_sub(1));
        match found.last_mut() {
            Some((_, end)) if from <= *end + 1 => *end = to.max(*end),
            _ => found.push((from, to)),
        }
    }
    let span = |i: usize| text.sentences.get(i).map(|s| s.span);
    found.into_iter().filter_map(|(from, to)| Some(span(from)?.to(span(to)?))).collect()
}
