//! `tocsin read`: inputs → documents as JSON lines.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};

use clap::Args;
use reading::duplicates::{Duplicate, Index};
use reading::{Document, DocumentId, Limits, Problem};
use serde::Serialize;

use crate::failure::Outcome;
use crate::inputs::Inputs;
use crate::work;

/// Arguments of `tocsin read`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
}

/// Prints each document on a line, duplicates marked; says at the end what went wrong.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut problems = Problems::default();
    let mut seen = Index::new();
    let mut documents = 0_usize;
    let read = work::in_order(
        arguments.inputs.captures(),
        |capture| match capture {
            Ok(capture) => reading::document(&capture, &Limits::NEWS),
            Err(problem) => (None, vec![problem]),
        },
        |made| {
            let (document, found) = match made {
                Ok(made) => made,
                Err(panicked) => {
                    problems.add(Problem { input: String::new(), what: panicked.to_string() });
                    return Ok(());
                }
            };
            for problem in found {
                problems.add(problem);
            }
            let Some(document) = document else { return Ok(()) };
            documents += 1;
            let duplicate = seen.insert(document.id, document.text()).map(Mark::from);
            // In two steps, so that a closed pipe is an error of the pipe and not of JSON.
            let line = serde_json::to_string(&Line { document: &document, duplicate })?;
            writeln!(out, "{line}")?;
            Ok(())
        },
    );
    // What was read so far is wanted, and told of, even if the rest cannot be written.
    let written = read.and_then(|()| Ok(out.flush()?));
    problems.tell(&mut std::io::stderr().lock())?;
    written?;
    let whole = problems.kinds.is_empty() && documents > 0;
    Ok(if whole { Outcome::Done } else { Outcome::Partly })
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

/// What went wrong, by kind.
#[derive(Debug, Default)]
struct Problems {
    /// What is wrong with its figures blanked → how often, and the first.
    kinds: BTreeMap<String, (usize, Problem)>,
}

impl Problems {
    fn add(&mut self, problem: Problem) {
        let kind = blank_figures(&problem.what);
        self.kinds.entry(kind).and_modify(|(n, _)| *n += 1).or_insert((1, problem));
    }

    /// One line a kind.
    fn tell(&self, out: &mut dyn Write) -> std::io::Result<()> {
        for (times, first) in self.kinds.values() {
            let Problem { input, what } = first;
            match times {
                1 => writeln!(out, "tocsin: \"{input}\": {what}")?,
                n => writeln!(out, "tocsin: {n} times: {what} (first: \"{input}\")")?,
            }
        }
        Ok(())
    }
}

/// `what` with every figure as `#`, so that like problems are told together.
fn blank_figures(what: &str) -> String {
    let mut kind = String::with_capacity(what.len());
    for c in what.chars() {
        if !c.is_ascii_digit() {
            kind.push(c);
        } else if !kind.ends_with('#') {
            kind.push('#');
        }
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_problems_are_told_together() {
        let mut problems = Problems::default();
        for n in 1..=3 {
            let what = format!("the record has {n} bytes");
            problems.add(Problem { input: format!("a#{n}"), what });
        }
        problems.add(Problem { input: "b".to_owned(), what: "it is not JSON".to_owned() });
        let mut told = Vec::new();
        problems.tell(&mut told).expect("memory");
        let expected = "tocsin: \"b\": it is not JSON\n\
                        tocsin: 3 times: the record has 1 bytes (first: \"a#1\")\n";
        assert_eq!(String::from_utf8_lossy(&told), expected);
    }
}
