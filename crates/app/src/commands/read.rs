//! `tocsin read`: inputs → documents as JSON lines.

use std::io::Write;

use clap::Args;
use reading::Limits;

use crate::failure::Outcome;
use crate::inputs::Inputs;

/// Arguments of `tocsin read`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
}

/// Prints each document on a line.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    for capture in arguments.inputs.captures().flatten() {
        let (document, _problems) = reading::document(&capture, &Limits::NEWS);
        if let Some(document) = document {
            serde_json::to_writer(&mut out, &document)?;
            writeln!(out)?;
        }
    }
    Ok(Outcome::Done)
}
