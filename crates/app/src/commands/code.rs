//! `tocsin code`: inputs → what they say about attacks, with the evidence.

use std::io::Write;

use clap::Args;
use engine::Knowledge;
use engine::view::ReportView;
use reading::Limits;

use crate::failure::Outcome;
use crate::inputs::Inputs;

/// Arguments of `tocsin code`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// Prints each report.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let known = Knowledge::embedded();
    let mut out = std::io::stdout().lock();
    let mut found = Outcome::Partly;
    for capture in arguments.inputs.captures().flatten() {
        let (document, _problems) = reading::document(&capture, &Limits::NEWS);
        let Some(document) = document else { continue };
        for report in engine::code(&document, &known).reports {
            found = Outcome::Done;
            let view = ReportView::of(&report, &document, &known);
            if arguments.json {
                serde_json::to_writer(&mut out, &view)?;
                writeln!(out)?;
            } else {
                writeln!(out, "{} {}", view.kind, view.mode)?;
            }
        }
    }
    Ok(found)
}
