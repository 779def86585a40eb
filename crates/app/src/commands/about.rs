//! `tocsin about`: the build, its knowledge and the licences.

use std::io::Write;

use clap::Args;
use engine::Knowledge;
use serde_json::json;

use crate::failure::Outcome;

/// Arguments of `tocsin about`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints what this program is made of.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let known = Knowledge::embedded();
    let (version, licence) = (env!("CARGO_PKG_VERSION"), "MIT OR Apache-2.0");
    let sqlite = rusqlite::version();
    let mut out = std::io::stdout();
    if arguments.json {
        let about = json!({
            "version": version,
            "build": known.build(),
            "licence": licence,
            "sqlite": sqlite,
        });
        writeln!(out, "{about}")?;
        return Ok(Outcome::Done);
    }
    writeln!(out, "tocsin   {version}")?;
    writeln!(out, "build    {}", known.build())?;
    writeln!(out, "licence  {licence}")?;
    writeln!(out, "store    SQLite {sqlite} (public domain)")?;
    Ok(Outcome::Done)
}
