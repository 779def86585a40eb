//! `tocsin about`: the build, its knowledge and the licences.

use std::io::Write;

use anyhow::Context;
use clap::Args;
use engine::knowledge::{BUILD, MANIFEST};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::failure::Outcome;
use crate::model::GENERATION;
use crate::serve::script;

/// Arguments of `tocsin about`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// `data/MANIFEST.toml`, as far as it is shown.
#[derive(Deserialize)]
struct Manifest {
    source: Vec<Source>,
    pack: Vec<Pack>,
}

/// One knowledge source.
#[derive(Deserialize, Serialize)]
struct Source {
    name: String,
    path: String,
    rows: usize,
    licence: String,
    origin: String,
    sha256: String,
}

/// What the program loads of them.
#[derive(Deserialize, Serialize)]
struct Pack {
    name: String,
    path: String,
    bytes: usize,
    holds: String,
    sha256: String,
}

/// Prints what this program is made of.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let (version, licence) = (env!("CARGO_PKG_VERSION"), "MIT OR Apache-2.0");
    let sqlite = rusqlite::version();
    let manifest: Manifest =
        toml::from_str(MANIFEST).context("the embedded manifest is damaged")?;
    let mut out = std::io::stdout();
    if arguments.json {
        let about = json!({
            "version": version,
            "build": BUILD,
            "licence": licence,
            "sqlite": sqlite,
            "model": GENERATION,
            "script_bytes": script::size().map(|(bytes, _)| bytes),
            "knowledge": manifest.source,
            "packs": manifest.pack,
        });
        writeln!(out, "{about}")?;
        return Ok(Outcome::Done);
    }
    writeln!(out, "tocsin   {version}")?;
    writeln!(out, "build    {BUILD}")?;
    writeln!(out, "licence  {licence}")?;
    writeln!(out, "model    {GENERATION} (MiniLM; weights of this project)")?;
    match script::size() {
        Some((bytes, files)) => {
            writeln!(out, "script   {files} files, {} kB compressed", bytes / 1000)?;
        }
        None => writeln!(out, "script   none: built without; `cargo xtask web` makes it")?,
    }
    writeln!(out, "store    SQLite {sqlite} (public domain)")?;
    writeln!(out, "\nknowledge           rows  licence            origin")?;
    for source in &manifest.source {
        let Source { name, rows, licence, origin, .. } = source;
        writeln!(out, "{name:<16} {rows:>7}  {licence:<17}  {origin}")?;
    }
    writeln!(out, "\npack               bytes  holds")?;
    for Pack { name, bytes, holds, .. } in &manifest.pack {
        writeln!(out, "{name:<14} {bytes:>9}  {holds}")?;
    }
    Ok(Outcome::Done)
}
