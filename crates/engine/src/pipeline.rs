//! The flow on one screen: a document goes in, its reports come out.

use reading::{Document, Problem, Span};

use crate::Knowledge;
use crate::ontology::{Assertion, Kind, Mode, Stage};
use crate::report::{Report, ReportId};

/// What one document says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coded {
    /// What it says about events, in the order of the text.
    pub reports: Vec<Report>,
    /// What could not be made out.
    pub problems: Vec<Problem>,
}

/// Reads one document. Pure: the same two arguments give the same answer.
pub fn code(document: &Document, _known: &Knowledge) -> Coded {
    let text = document.text();
    let Some(at) = text.find("killed") else { return Coded::default() };
    let start = text[..at].rfind(". ").map_or(0, |i| i + 2);
    let end = text[at..].find('.').map_or(text.len(), |i| at + i + 1);
    let Some(evidence) = Span::within(text, start, end) else { return Coded::default() };
    let report = Report {
        id: ReportId::of(&[&document.id.bytes(), b"ASSAULT", evidence.of(text).as_bytes()]),
        document: document.id,
        kind: Kind::Assault,
        mode: Mode::Other,
        stage: Stage::Accomplished,
        assertion: Assertion::Asserted,
        main: true,
        when: None,
        scene: None,
        perpetrators: Vec::new(),
        targets: Vec::new(),
        weapons: Vec::new(),
        killed: None,
        injured: None,
        abducted: None,
        killed_includes_perpetrators: None,
        speakers: Vec::new(),
        evidence: vec![evidence],
        confidence: 0.5,
    };
    Coded { reports: vec![report], problems: Vec::new() }
}
