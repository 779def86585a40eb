//! `tocsin about`: the build, its knowledge and the licences.

use std::io::Write;

use clap::Args;
use engine::Knowledge;

use crate::failure::Outcome;

/// Arguments of `tocsin about`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

/// Prints what this program is made of.
pub(crate) fn run(_arguments: &Arguments) -> anyhow::Result<Outcome> {
    writeln!(std::io::stdout(), "{}", Knowledge::embedded().build())?;
    Ok(Outcome::Done)
}
