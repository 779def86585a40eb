//! `tocsin code`: inputs → what they say about attacks and of how actors are related, with the
//! evidence.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use engine::view::{DocumentView, RelationView, ReportView};
use engine::{Coded, Knowledge, plain};
use reading::{Capture, Document, Limits, Problem};
use serde::Serialize;

use crate::failure::Outcome;
use crate::gazetteer;
use crate::inputs::{self, Inputs};
use crate::kind::mark::{self, Mark, MarkView, Marker};
use crate::measure::Measure;
use crate::model;
use crate::problems::Problems;
use crate::render::{Ink, heading, report};
use crate::work;

/// Arguments of `tocsin code`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    gazetteer: gazetteer::Choice,
    /// Code by the dictionaries and the grammar alone
    #[arg(long)]
    no_model: bool,
    /// Mark sentences of this own kind, a file that train-kind wrote; may be given several times
    #[arg(long, value_name = "FILE")]
    kind: Vec<PathBuf>,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// Prints each report and each relation.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let known = model::beside(arguments.gazetteer.knowledge()?, arguments.no_model);
    let marker = Marker::read(&arguments.kind)?;
    let measure = Measure::default();
    let ink = Ink::of_stdout();
    let mut out = std::io::stdout().lock();
    let (mut problems, mut n_lost, mut n_found) = (Problems::default(), 0, 0);
    work::in_order(
        arguments.inputs.captures(&measure),
        |capture| page(capture, &known, &marker, arguments.json, ink),
        |page| {
            let page = page
                .unwrap_or_else(|panicked| Page::lost(work::TORN.to_owned(), panicked.to_string()));
            for what in &page.problems {
                problems.note(&page.input, what);
            }
            n_lost += usize::from(page.is_lost);
            n_found += page.n_said;
            Ok(out.write_all(page.shown.as_bytes())?)
        },
    )?;
    out.flush()?;
    write!(std::io::stderr(), "{problems}")?;
    inputs::some_opened(&measure)?;
    Ok(if n_found > 0 && n_lost == 0 { Outcome::Done } else { Outcome::Partly })
}

/// What one capture says, ready to print.
#[derive(Default)]
struct Page {
    input: String,
    shown: String,
    n_said: usize,
    problems: Vec<String>,
    is_lost: bool,
}

impl Page {
    fn lost(input: String, what: String) -> Self {
        Self { input, problems: vec![what], is_lost: true, ..Self::default() }
    }
}

fn page(
    capture: Result<Capture, Problem>,
    known: &Knowledge,
    marker: &Marker,
    json: bool,
    ink: Ink,
) -> Page {
    match capture {
        Err(Problem { input, what }) => Page::lost(input, what),
        Ok(capture) => match work::fenced(|| show(&capture, known, marker, json, ink)) {
            Ok(Ok(page)) => page,
            Ok(Err(error)) => Page::lost(capture.input, error.to_string()),
            Err(panicked) => Page::lost(capture.input, panicked.to_string()),
        },
    }
}

fn show(
    capture: &Capture,
    known: &Knowledge,
    marker: &Marker,
    json: bool,
    ink: Ink,
) -> Result<Page, serde_json::Error> {
    let mut page = Page { input: capture.input.clone(), ..Page::default() };
    let (document, problems) = reading::document(capture, &Limits::NEWS);
    page.problems.extend(problems.into_iter().map(|problem| problem.what));
    let Some(document) = document else {
        page.is_lost = true;
        return Ok(page);
    };
    let mut coded = engine::code(&document, known);
    page.problems.extend(coded.problems.drain(..).map(|problem| problem.what));
    let (marks, all_read) = marker.marks(document.text());
    if !all_read {
        page.problems.push("own kinds were looked for in its first 200 kB only".to_owned());
    }
    let said = Said { coded: &coded, marks: &marks, document: &document, known };
    page.n_said = coded.reports.len() + coded.relations.len() + said.alone().len();
    if json {
        page.shown = said.json()?;
    } else if page.n_said > 0 {
        let title = document.title.as_ref().map(|t| t.value.as_str());
        let title = title.or(document.url.as_deref()).unwrap_or(&capture.input);
        let outlet = document.outlet.as_ref().map(|o| o.value.as_str());
        let day = document.published.as_ref().map(|d| d.value.to_string());
        let heading = heading(Some(title), outlet, day.as_deref());
        page.shown = format!("{heading}\n\n{}\n", report::inked(&said.plain(), ink));
    }
    Ok(page)
}

/// What was coded of a document, and its sentences of own kinds.
struct Said<'a> {
    coded: &'a Coded,
    marks: &'a [Mark],
    document: &'a Document,
    known: &'a Knowledge,
}

/// A report with the own kinds of its evidence.
#[derive(Serialize)]
struct Marked<'a> {
    #[serde(flatten)]
    report: &'a ReportView,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    own_kinds: Vec<MarkView>,
}

/// A sentence of own kinds that no report rests on.
#[derive(Serialize)]
struct Alone {
    document: DocumentView,
    own_kinds: Vec<MarkView>,
}

impl Said<'_> {
    /// The marks that no report's evidence holds.
    fn alone(&self) -> Vec<&Mark> {
        let evidence: Vec<_> =
            self.coded.reports.iter().flat_map(|report| report.evidence.iter().copied()).collect();
        let held = mark::within(self.marks, &evidence);
        self.marks.iter().filter(|mark| !held.contains(mark)).collect()
    }

    fn json(&self) -> Result<String, serde_json::Error> {
        let text = self.document.text();
        let mut lines = Vec::new();
        for report in &self.coded.reports {
            let own_kinds = mark::views(&mark::within(self.marks, &report.evidence), text);
            let report = &ReportView::of(report, self.document, self.known);
            lines.push(serde_json::to_string(&Marked { report, own_kinds })?);
        }
        for relation in &self.coded.relations {
            let view = RelationView::of(relation, self.document, self.known);
            lines.push(serde_json::to_string(&view)?);
        }
        for mark in self.alone() {
            let document = DocumentView::of(self.document);
            let own_kinds = mark::views(&[mark], text);
            lines.push(serde_json::to_string(&Alone { document, own_kinds })?);
        }
        Ok(lines.into_iter().map(|line| line + "\n").collect())
    }

    fn plain(&self) -> String {
        if self.marks.is_empty() {
            return plain::coded(self.coded, self.document, self.known);
        }
        let text = self.document.text();
        let reports = self.coded.reports.iter().map(|report| {
            let marks = mark::within(self.marks, &report.evidence);
            let view = ReportView::of(report, self.document, self.known);
            plain::report(&view, self.known) + &mark::lines(&marks, text)
        });
        let relations = self.coded.relations.iter().map(|relation| {
            plain::relation(&RelationView::of(relation, self.document, self.known))
        });
        let alone = self.alone().into_iter().map(|mark| mark::alone(mark, text));
        reports.chain(relations).chain(alone).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::kind::lesson::Lesson;
    use crate::kind::teach;

    /// Texts without case, so that the model leads, and one with it; of different lengths.
    fn news() -> String {
        let texts = [
            "guerrillas of the red valley front killed mayor ana ruiz in lomas with a bomb.",
            "three soldiers died when gunmen ambushed a patrol near the bridge of santa rita.",
            "Armed men stole 90 cows and 40 goats from a camp near Kano on Sunday.",
        ];
        let lines = (0..16).map(|n| {
            let text = texts.iter().cycle().skip(n % 3).take(1 + n % 7);
            let text = text.copied().collect::<Vec<_>>().join("\n\n");
            serde_json::json!({"title": format!("no. {n}"), "text": text}).to_string() + "\n"
        });
        lines.collect()
    }

    fn coded(n_workers: usize, known: &Knowledge, marker: &Marker) -> String {
        let news = Box::new(Cursor::new(news()));
        let captures = reading::captures(news, "news.jsonl", &Limits::NEWS);
        let mut shown = String::new();
        let one = |capture| page(capture, known, marker, true, Ink::PLAIN);
        work::in_order_by(n_workers, captures, one, |page| {
            shown.push_str(&page?.shown);
            Ok(())
        })
        .unwrap();
        shown
    }

    #[test]
    fn one_worker_and_many_write_the_same_bytes_with_the_model_and_an_own_kind() {
        let examples = [
            "Raiders drove away 150 cows.",
            "Armed men stole 300 head of cattle from a camp.",
            "Rustlers took 80 goats.",
            "Gunmen seized the livestock of eleven families.",
            "Warriors raided the kraal and left with camels.",
        ];
        let lesson = Lesson {
            name: "cattle_raid".into(),
            examples: examples.map(str::to_owned).to_vec(),
            ..Lesson::default()
        };
        let learned = teach::teach(&lesson, &[], 0.4).unwrap();
        let marker = Marker::of(&[&learned.kind]);
        let known = model::beside(Knowledge::embedded(), false);
        let alone = coded(1, &known, &marker);
        assert!(alone.contains("red valley front"));
        assert!(alone.contains("\"own_kinds\":[{\"name\":\"cattle_raid\""));
        for n_workers in [2, 7] {
            assert!(coded(n_workers, &known, &marker) == alone, "{n_workers} workers");
        }
    }
}
