//! A text with some of its spans marked: evidence in «…» or bold, details in ‹…› or colour.

use std::collections::BTreeSet;
use std::ops::Range;

use console::Style;
use reading::Span;

use super::{Ink, clean};

/// A marked span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where.
    pub(crate) span: Span,
    /// Why.
    pub(crate) weight: Weight,
}

/// Why a span is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// A sentence that tells of the event.
    Evidence,
    /// Words that a value rests on.
    Detail,
}

/// The part of `text` in `range` with its marks.
pub(crate) fn marked(text: &str, range: Range<usize>, marks: &[Mark], ink: Ink) -> String {
    let mut out = String::new();
    let mut cuts: Vec<usize> = marks
        .iter()
        .flat_map(|mark| [mark.span.start(), mark.span.end()])
        .map(|at| at.clamp(range.start, range.end))
        .chain([range.start, range.end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let is_open = |at: usize, weight| {
        marks.iter().any(|m| m.weight == weight && m.span.start() <= at && at < m.span.end())
    };
    let mut open = [false; 2];
    for (&start, &end) in cuts.iter().zip(cuts.iter().skip(1)) {
        let now = [Weight::Evidence, Weight::Detail].map(|weight| is_open(start, weight));
        let part = &clean(text.get(start..end).unwrap_or_default());
        if ink.coloured {
            out.push_str(&coloured(part, now));
        } else {
            signs(&mut out, open, now);
            out.push_str(part);
        }
        open = now;
    }
    if !ink.coloured {
        signs(&mut out, open, [false; 2]);
    }
    out
}

/// The part of `text` in `range`, cut wherever one of `spans` begins or ends, each piece with the
/// numbers of the spans that it is in.
pub(crate) fn pieces(spans: &[Span], range: Range<usize>) -> Vec<(Range<usize>, Vec<usize>)> {
    let mut ends: Vec<(usize, bool, usize)> = Vec::new();
    for (n, span) in spans.iter().enumerate() {
        let (start, end) = (span.start().max(range.start), span.end().min(range.end));
        if start < end {
            ends.extend([(start, true, n), (end, false, n)]);
        }
    }
    ends.sort_unstable();
    let mut out = Vec::new();
    let mut open: BTreeSet<usize> = BTreeSet::new();
    let mut from = range.start;
    for (at, begins, n) in ends {
        if at > from {
            out.push((from..at, open.iter().copied().collect()));
            from = at;
        }
        if begins {
            open.insert(n);
        } else {
            open.remove(&n);
        }
    }
    if from < range.end {
        out.push((from..range.end, Vec::new()));
    }
    out
}

/// The paragraph of `text` around `span`.
pub(crate) fn paragraph(text: &str, span: Span) -> Range<usize> {
    let before = text.get(..span.start()).unwrap_or_default();
    let after = text.get(span.end()..).unwrap_or_default();
    let start = before.rfind("\n\n").map_or(0, |at| at + 2);
    let end = after.find("\n\n").map_or(text.len(), |at| span.end() + at);
    start..end
}

fn coloured(part: &str, [evidence, detail]: [bool; 2]) -> String {
    let style = Style::new();
    let style = if evidence { style.bold() } else { style };
    let style = if detail { style.yellow() } else { style };
    if evidence || detail {
        style.force_styling(true).apply_to(part).to_string()
    } else {
        part.to_owned()
    }
}

/// Closes what was open and opens what is now, so that the signs are nested.
fn signs(out: &mut String, open: [bool; 2], now: [bool; 2]) {
    // A detail closes with the evidence around it and opens again behind it.
    let detail_breaks = open[1] && now[1] && open[0] != now[0];
    if open[1] && (!now[1] || detail_breaks) {
        out.push('›');
    }
    if open[0] && !now[0] {
        out.push('»');
    }
    if !open[0] && now[0] {
        out.push('«');
    }
    if now[1] && (!open[1] || detail_breaks) {
        out.push('‹');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Quiet day.\n\nA bomb killed 12 in Kano. Police said so.\n\nRain.";

    fn mark(words: &str, weight: Weight) -> Mark {
        let start = TEXT.find(words).unwrap();
        Mark { span: Span::within(TEXT, start, start + words.len()).unwrap(), weight }
    }

    #[test]
    fn details_stand_inside_the_evidence() {
        let evidence = mark("A bomb killed 12 in Kano.", Weight::Evidence);
        let marks = [evidence, mark("killed 12", Weight::Detail), mark("Kano.", Weight::Detail)];
        let paragraph = paragraph(TEXT, evidence.span);
        assert_eq!(
            marked(TEXT, paragraph, &marks, Ink::PLAIN),
            "«A bomb ‹killed 12› in ‹Kano.›» Police said so."
        );
    }

    #[test]
    fn marks_that_cross_are_nested_anyway() {
        let marks = [mark("killed 12 in", Weight::Evidence), mark("12 in Kano", Weight::Detail)];
        assert_eq!(marked(TEXT, 12..37, &marks, Ink::PLAIN), "A bomb «killed ‹12 in›»‹ Kano›.");
    }

    #[test]
    fn pieces_know_all_their_spans() {
        let spans = [mark("killed 12 in", Weight::Evidence), mark("12 in Kano", Weight::Detail)];
        let shown: Vec<String> = pieces(&spans.map(|mark| mark.span), 12..37)
            .into_iter()
            .map(|(range, of)| format!("{}{of:?}", &TEXT[range]))
            .collect();
        assert_eq!(shown, ["A bomb []", "killed [0]", "12 in[0, 1]", " Kano[1]", ".[]"]);
        assert_eq!(pieces(&[], 3..9), [(3..9, Vec::new())]);
    }

    #[test]
    fn without_the_marks_the_text_is_as_it_was() {
        let ink = Ink { coloured: true };
        let marks = [mark("killed 12 in", Weight::Evidence), mark("12 in Kano", Weight::Detail)];
        let shown = marked(TEXT, 0..TEXT.len(), &marks, ink);
        assert_ne!(shown, TEXT);
        assert_eq!(console::strip_ansi_codes(&shown), TEXT);
    }
}
