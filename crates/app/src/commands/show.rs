//! `tocsin show`: one event with all that is said of it, one report with its evidence, or one
//! document with all that it says.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use engine::Knowledge;
use engine::view::{RelationView, ReportView};
use reading::Document;

use super::hinted;
use crate::failure::{Outcome, hint};
use crate::render::marked::{marked, paragraph};
use crate::render::{Ink, clean, event, fields, heading, json, relation, report};
use crate::store::Ledger;
use crate::store::find::{Found, Kept, Whole};

/// How many of several meanings of an id are named.
const NAMED: u32 = 5;

/// Arguments of `tocsin show`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Show the event, report or document whose id this is, or begins with this
    #[arg(value_name = "ID")]
    id: String,
    /// Read this ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints what the id names.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    show(arguments).map_err(hinted)
}

fn show(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open(&arguments.ledger)?;
    let known = Knowledge::embedded();
    let shown = if arguments.json {
        match find(&ledger, &arguments.id)? {
            Found::Report(row) => {
                serde_json::to_string(&json::report(&ledger.report(row)?, &known))? + "\n"
            }
            Found::Event(id) => serde_json::to_string(&ledger.event(id)?)? + "\n",
            Found::Document(seq) => json::document(&ledger.kept(seq)?, &known).to_string() + "\n",
        }
    } else {
        named(&ledger, &known, &arguments.id)?
    };
    write!(std::io::stdout(), "{shown}")?;
    Ok(Outcome::Done)
}

/// What the id names, as text.
pub(crate) fn named(ledger: &Ledger, known: &Knowledge, id: &str) -> anyhow::Result<String> {
    let ink = Ink::of_stdout();
    Ok(match find(ledger, id)? {
        Found::Report(row) => whole(&ledger.report(row)?, known, ink),
        Found::Event(id) => event::plain(&ledger.event(id)?, ink),
        Found::Document(seq) => kept(&ledger.kept(seq)?, known, ink),
    })
}

fn find(ledger: &Ledger, id: &str) -> anyhow::Result<Found> {
    let found = ledger.find(id, NAMED)?;
    match found.as_slice() {
        [(_, one)] => Ok(*one),
        [] => {
            let error = anyhow::anyhow!("no event, report or document has the id \"{id}\"");
            Err(hint(error, "take an id from `tocsin events`, or a longer part of it"))
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|(id, _)| id.as_str()).collect();
            let error = anyhow::anyhow!("several ids begin with \"{id}\"");
            Err(hint(error, format!("give more of it: {}", ids.join(", "))))
        }
    }
}

fn whole(Whole { report, document, build }: &Whole, known: &Knowledge, ink: Ink) -> String {
    let mut out = format!("report {} of document {}\n", report.id, document.id);
    out += &head(document);
    out.push('\n');
    out += &report::plain(&ReportView::of(report, document, known), known, ink);
    out.push('\n');
    out += &fields::fields(report, document, build);
    let marks = fields::marks(report);
    let text = document.text();
    let mut paragraphs: Vec<_> =
        report.evidence.iter().map(|&span| paragraph(text, span)).collect();
    paragraphs.sort_unstable_by_key(|range| (range.start, range.end));
    paragraphs.dedup();
    for range in paragraphs {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n{}\n", marked(text, range, &marks, ink));
    }
    out
}

fn kept(kept: &Kept, known: &Knowledge, ink: Ink) -> String {
    let document = &kept.document;
    let mut out = format!("document {} from \"{}\"\n", document.id, clean(&kept.input));
    out += &head(document);
    if let Some((of, similarity)) = kept.duplicate {
        let share = similarity * 100.0;
        let _ = writeln!(out, "says what document {of} says ({share:.0} % the same)");
    }
    for what in &kept.problems {
        let _ = writeln!(out, "problem: {}", clean(what));
    }
    for said in &kept.reports {
        let _ = writeln!(out, "\nreport {}", said.id);
        out += &report::plain(&ReportView::of(said, document, known), known, ink);
    }
    for said in &kept.relations {
        let _ = write!(out, "\n{}", relation::plain(&RelationView::of(said, document, known), ink));
    }
    let of_relations = kept.relations.iter().flat_map(relation::marks);
    let marks: Vec<_> = kept.reports.iter().flat_map(fields::marks).chain(of_relations).collect();
    let text = document.text();
    let _ = write!(out, "\n{}\n", marked(text, 0..text.len(), &marks, ink));
    out
}

fn head(document: &Document) -> String {
    let title = document.title.as_ref().map(|t| t.value.as_str());
    let outlet = document.outlet.as_ref().map(|o| o.value.as_str());
    let day = document.published.as_ref().map(|d| d.value.to_string());
    let mut head = heading(title, outlet, day.as_deref()) + "\n";
    if let Some(url) = &document.url {
        head = head + &clean(url) + "\n";
    }
    head
}
