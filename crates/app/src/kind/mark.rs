//! Which sentences of a document are of which own kinds.
//!
//! All sentences are read by the encoder, since an own kind may be of what the lexicons do not know;
//! so a document costs as much as one that the model reads as a whole.

use std::path::PathBuf;

use engine::text::Text;
use neural::{Centre, Line};
use reading::Span;
use serde::Serialize;

use super::OwnKind;
use crate::model;
use crate::render::clean;

/// Of a longer text only the beginning is read, so that what it costs is bounded.
const MOST_BYTES: usize = 200_000;

/// The kinds of a run.
#[derive(Debug, Default)]
pub(crate) struct Marker {
    kinds: Vec<LookedFor>,
}

#[derive(Debug)]
struct LookedFor {
    name: String,
    threshold: f64,
    centre: Centre,
    line: Line,
}

/// A sentence of own kinds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark {
    /// Where it stands.
    pub(crate) sentence: Span,
    /// The kinds, with how probable each is.
    pub(crate) kinds: Vec<(String, f64)>,
}

/// A mark for programs.
#[derive(Debug, Serialize)]
pub(crate) struct MarkView {
    name: String,
    score: f64,
    start: usize,
    end: usize,
    quote: String,
}

impl Marker {
    /// Reads the files.
    pub(crate) fn read(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let mut kinds: Vec<OwnKind> = Vec::new();
        for path in paths {
            let kind = OwnKind::read(path)?;
            if kinds.iter().any(|other| other.name == kind.name) {
                anyhow::bail!("two files are of the kind \"{}\"", kind.name);
            }
            kinds.push(kind);
        }
        Ok(Self::of(&kinds.iter().collect::<Vec<_>>()))
    }

    /// What marks sentences of these kinds.
    pub(crate) fn of(kinds: &[&OwnKind]) -> Self {
        let looked_for = |kind: &&OwnKind| {
            let (centre, line) = kind.parts();
            let threshold = f64::from(kind.threshold);
            LookedFor { name: kind.name.clone(), threshold, centre, line }
        };
        Self { kinds: kinds.iter().map(looked_for).collect() }
    }

    /// How probable each sentence is of each kind.
    pub(crate) fn scores(&self, sentences: &[&str]) -> Vec<Vec<f64>> {
        let vectors = model::encoder().embed(sentences);
        let score = |vector: &Vec<f32>| self.kinds.iter().map(|k| k.score(vector)).collect();
        vectors.iter().map(score).collect()
    }

    /// The sentences that are of a kind, in the order of the text, and whether all were read.
    pub(crate) fn marks(&self, text: &str) -> (Vec<Mark>, bool) {
        if self.kinds.is_empty() {
            return (Vec::new(), true);
        }
        let all = Text::of(text).sentences;
        let read: Vec<Span> =
            all.iter().map(|s| s.span).take_while(|s| s.end() <= MOST_BYTES).collect();
        let words: Vec<&str> = read.iter().map(|span| span.of(text)).collect();
        let mut marks = Vec::new();
        for (sentence, scores) in read.iter().zip(self.scores(&words)) {
            let found = self.kinds.iter().zip(scores).filter(|(k, score)| *score >= k.threshold);
            let kinds: Vec<(String, f64)> = found.map(|(k, s)| (k.name.clone(), s)).collect();
            if !kinds.is_empty() {
                marks.push(Mark { sentence: *sentence, kinds });
            }
        }
        (marks, read.len() == all.len())
    }
}

impl LookedFor {
    /// Three digits: the last bits are the processor's.
    fn score(&self, vector: &[f32]) -> f64 {
        let probability = self.line.probability(&self.centre.apply(vector));
        (f64::from(probability) * 1e3).round() / 1e3
    }
}

/// The marks on sentences that the evidence of a report holds.
pub(crate) fn within<'a>(marks: &'a [Mark], evidence: &[Span]) -> Vec<&'a Mark> {
    let touches = |mark: &&Mark| {
        let (start, end) = (mark.sentence.start(), mark.sentence.end());
        evidence.iter().any(|span| span.start() < end && start < span.end())
    };
    marks.iter().filter(touches).collect()
}

/// For programs.
pub(crate) fn views(marks: &[&Mark], text: &str) -> Vec<MarkView> {
    let view = |mark: &Mark, (name, score): &(String, f64)| MarkView {
        name: name.clone(),
        score: *score,
        start: mark.sentence.start(),
        end: mark.sentence.end(),
        quote: mark.sentence.of(text).to_owned(),
    };
    marks.iter().flat_map(|mark| mark.kinds.iter().map(move |kind| view(mark, kind))).collect()
}

/// Lines below a report.
pub(crate) fn lines(marks: &[&Mark], text: &str) -> String {
    let line = |mark: &Mark, (name, score): &(String, f64)| {
        format!("  own kind  {name} {score:.2}  \"{}\"\n", quoted(mark, text))
    };
    marks.iter().flat_map(|mark| mark.kinds.iter().map(move |kind| line(mark, kind))).collect()
}

/// A mark on its own, as a report is shown.
pub(crate) fn alone(mark: &Mark, text: &str) -> String {
    let kinds: Vec<String> =
        mark.kinds.iter().map(|(name, score)| format!("{name} {score:.2}")).collect();
    format!("{}\n  because \"{}\"\n", kinds.join("   "), quoted(mark, text))
}

fn quoted(mark: &Mark, text: &str) -> String {
    clean(&mark.sentence.of(text).split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_of_the_reports_whose_evidence_holds_its_sentence() {
        let text = "One thing. Another thing. A third.";
        let span = |start, end| Span::within(text, start, end).unwrap();
        let mark = |sentence| Mark { sentence, kinds: vec![("a".into(), 0.7)] };
        let marks = [mark(span(0, 10)), mark(span(11, 25))];
        assert_eq!(within(&marks, &[span(11, 34)]), [&marks[1]]);
        assert_eq!(within(&marks, &[span(26, 34)]), Vec::<&Mark>::new());
        assert_eq!(alone(&marks[0], text), "a 0.70\n  because \"One thing.\"\n");
        assert_eq!(lines(&[&marks[0]], text), "  own kind  a 0.70  \"One thing.\"\n");
    }
}
