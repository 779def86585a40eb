//! A text in pieces for a template: evidence shaded, details linked to the event that they became
//! a part of, with the column that they are for.

use std::ops::Range;

use reading::Span;

use crate::render::fields::EVIDENCE;
use crate::render::marked::pieces;

/// A place that a report or a relation points to.
#[derive(Clone, Debug)]
pub(super) struct Pointer {
    pub(super) span: Span,
    /// The column.
    pub(super) column: &'static str,
    /// Where it leads.
    pub(super) href: String,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::serve) struct Piece {
    pub(in crate::serve) text: String,
    /// Where in the document it begins, if a place that is pointed to begins there.
    pub(in crate::serve) anchor: Option<usize>,
    /// Whether it is of a sentence that is evidence.
    pub(in crate::serve) evidence: bool,
    /// Where the detail leads that it is of.
    pub(in crate::serve) href: Option<String>,
    /// The columns of the details that end with it.
    pub(in crate::serve) labels: String,
}

/// The part of `text` in `range`.
pub(super) fn marked(text: &str, range: Range<usize>, pointers: &[Pointer]) -> Vec<Piece> {
    let spans: Vec<Span> = pointers.iter().map(|pointer| pointer.span).collect();
    let mut out = Vec::new();
    for (range, of) in pieces(&spans, range) {
        let of: Vec<&Pointer> = of.iter().filter_map(|&n| pointers.get(n)).collect();
        let details = || of.iter().filter(|pointer| pointer.column != EVIDENCE);
        let mut labels: Vec<&str> = Vec::new();
        for ending in details().filter(|pointer| pointer.span.end() == range.end) {
            if !labels.contains(&ending.column) {
                labels.push(ending.column);
            }
        }
        let begins = of.iter().any(|pointer| pointer.span.start() == range.start);
        out.push(Piece {
            anchor: begins.then_some(range.start),
            text: engine::plain::clean(text.get(range).unwrap_or_default()),
            evidence: of.iter().any(|pointer| pointer.column == EVIDENCE),
            href: details().next().map(|pointer| pointer.href.clone()),
            labels: labels.join(" · "),
        });
    }
    out
}

/// Where the paragraphs of a text are.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    for part in text.split("\n\n") {
        if !part.trim().is_empty() {
            out.push(from..from + part.len());
        }
        from += part.len() + 2;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_linked_inside_the_evidence() {
        let text = "Rain.\n\nA bomb killed 12.\n\n\n\nMore rain.";
        let at = |words: &str, column| {
            let start = text.find(words).unwrap();
            let span = Span::within(text, start, start + words.len()).unwrap();
            Pointer { span, column, href: "/events/1".into() }
        };
        let pointers = [at("A bomb killed 12.", EVIDENCE), at("12", "killed")];
        let paragraphs = paragraphs(text);
        assert_eq!(paragraphs.len(), 3);
        let pieces = marked(text, paragraphs[1].clone(), &pointers);
        let shown: Vec<(&str, bool, &str)> =
            pieces.iter().map(|p| (p.text.as_str(), p.evidence, p.labels.as_str())).collect();
        assert_eq!(shown, [("A bomb killed ", true, ""), ("12", true, "killed"), (".", true, "")]);
    }
}
