//! `tocsin read`: inputs → documents as JSON lines.

use std::io::{BufWriter, Write};

use clap::Args;
use reading::duplicates::{Duplicate, Fingerprint, Index};
use reading::{Capture, Document, DocumentId, Limits, Problem};
use serde::Serialize;

use crate::failure::Outcome;
use crate::inputs::{self, Inputs};
use crate::measure::Measure;
use crate::problems::Problems;
use crate::work::{self, Panicked};

/// Arguments of `tocsin read`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
}

/// Prints each document on a line, duplicates marked; says at the end what went wrong.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let measure = Measure::default();
    let mut problems = Problems::default();
    let mut seen = Index::new();
    let mut n_documents = 0_usize;
    let read = work::in_order(arguments.inputs.captures(&measure), read, |read| {
        let Read { input, document, problems: found } =
            read.unwrap_or_else(|panicked| Read::torn(&panicked));
        for what in found {
            problems.note(&input, &what);
        }
        let Some((document, fingerprint)) = document else { return Ok(()) };
        n_documents += 1;
        let duplicate = seen.insert(document.id, &fingerprint).map(Mark::from);
        // In two steps, so that a closed pipe is an error of the pipe and not of JSON.
        let line = serde_json::to_string(&Line { document: &document, duplicate })?;
        writeln!(out, "{line}")?;
        Ok(())
    });
    // What was read so far is wanted, and told of, even if the rest cannot be written.
    let written = read.and_then(|()| Ok(out.flush()?));
    write!(std::io::stderr(), "{problems}")?;
    written?;
    inputs::some_opened(&measure)?;
    let whole = problems.is_empty() && n_documents > 0;
    Ok(if whole { Outcome::Done } else { Outcome::Partly })
}

/// What became of one capture.
struct Read {
    input: String,
    document: Option<(Document, Fingerprint)>,
    problems: Vec<String>,
}

impl Read {
    fn lost(input: String, what: String) -> Self {
        Self { input, document: None, problems: vec![what] }
    }

    fn torn(panicked: &Panicked) -> Self {
        Self::lost(work::TORN.to_owned(), panicked.to_string())
    }
}

fn read(capture: Result<Capture, Problem>) -> Read {
    let capture = match capture {
        Ok(capture) => capture,
        Err(Problem { input, what }) => return Read::lost(input, what),
    };
    let made = work::fenced(|| {
        let (document, problems) = reading::document(&capture, &Limits::NEWS);
        let document = document.map(|document| {
            let fingerprint = Fingerprint::of(document.text());
            (document, fingerprint)
        });
        (document, problems.into_iter().map(|problem| problem.what).collect())
    });
    match made {
        Ok((document, problems)) => Read { input: capture.input, document, problems },
        Err(panicked) => Read::lost(capture.input, panicked.to_string()),
    }
}

/// A document as it is printed.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    document: &'a Document,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate: Option<Mark>,
}

/// That a document says what an earlier one said.
#[derive(Serialize)]
struct Mark {
    of: DocumentId,
    kind: &'static str,
    similarity: f32,
}

impl From<Duplicate<DocumentId>> for Mark {
    fn from(found: Duplicate<DocumentId>) -> Self {
        let kind = if found.exact { "exact" } else { "near" };
        Self { of: found.of, kind, similarity: found.similarity }
    }
}
