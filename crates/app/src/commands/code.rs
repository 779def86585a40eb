//! `tocsin code`: inputs → what they say about attacks and of how actors are related, with the
//! evidence.

use std::io::Write;

use clap::Args;
use engine::view::{RelationView, ReportView};
use engine::{Knowledge, plain};
use reading::{Capture, Limits, Problem};

use crate::failure::Outcome;
use crate::gazetteer;
use crate::inputs::{self, Inputs};
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
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// Prints each report and each relation.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let known = model::beside(arguments.gazetteer.knowledge()?, arguments.no_model);
    let measure = Measure::default();
    let ink = Ink::of_stdout();
    let mut out = std::io::stdout().lock();
    let (mut problems, mut n_lost, mut n_found) = (Problems::default(), 0, 0);
    work::in_order(
        arguments.inputs.captures(&measure),
        |capture| page(capture, &known, arguments.json, ink),
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

fn page(capture: Result<Capture, Problem>, known: &Knowledge, json: bool, ink: Ink) -> Page {
    match capture {
        Err(Problem { input, what }) => Page::lost(input, what),
        Ok(capture) => match work::fenced(|| show(&capture, known, json, ink)) {
            Ok(Ok(page)) => page,
            Ok(Err(error)) => Page::lost(capture.input, error.to_string()),
            Err(panicked) => Page::lost(capture.input, panicked.to_string()),
        },
    }
}

fn show(
    capture: &Capture,
    known: &Knowledge,
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
    page.n_said = coded.reports.len() + coded.relations.len();
    if json {
        for report in &coded.reports {
            let view = ReportView::of(report, &document, known);
            page.shown.push_str(&serde_json::to_string(&view)?);
            page.shown.push('\n');
        }
        for relation in &coded.relations {
            let view = RelationView::of(relation, &document, known);
            page.shown.push_str(&serde_json::to_string(&view)?);
            page.shown.push('\n');
        }
    } else if page.n_said > 0 {
        let title = document.title.as_ref().map(|t| t.value.as_str());
        let title = title.or(document.url.as_deref()).unwrap_or(&capture.input);
        let outlet = document.outlet.as_ref().map(|o| o.value.as_str());
        let day = document.published.as_ref().map(|d| d.value.to_string());
        let heading = heading(Some(title), outlet, day.as_deref());
        let reports = report::inked(&plain::coded(&coded, &document, known), ink);
        page.shown = format!("{heading}\n\n{reports}\n");
    }
    Ok(page)
}
