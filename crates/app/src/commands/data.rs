//! `tocsin data`: care for the sources of knowledge.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use engine::sources::{FOLDERS, Sources};
use engine::{Knowledge, check};
use serde_json::json;

use crate::failure::{Outcome, hint};
use crate::gazetteer;

/// Arguments of `tocsin data`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    care: Care,
}

#[derive(Debug, Subcommand)]
enum Care {
    /// Name every line of the sources that is not as it should be
    Check(Check),
    /// Know the populated places of a dump of `GeoNames` too, of a country or of the world
    ///
    /// The dump, zipped or not, is read as a stream; places that are known already are left out. The
    /// pack that comes of it is used by `code` and `ingest` from then on, and named in what they say
    /// of the build. It takes the place of the pack that was there before, at once.
    AddGazetteer(AddGazetteer),
}

/// Arguments of `tocsin data add-gazetteer`.
#[derive(Debug, Args)]
struct AddGazetteer {
    /// Read this dump, such as NG.zip or allCountries.txt
    #[arg(value_name = "FILE")]
    dump: PathBuf,
    /// Write the pack to this file [default: the one in the user's data folder]
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

/// Arguments of `tocsin data check`.
#[derive(Debug, Args)]
struct Check {
    /// Check the sources in this folder, which is laid out as `data` in the repository
    #[arg(value_name = "DIR", default_value = "data")]
    folder: PathBuf,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// Does it.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    match &arguments.care {
        Care::Check(arguments) => run_check(arguments),
        Care::AddGazetteer(arguments) => run_add(arguments),
    }
}

fn run_add(AddGazetteer { dump, to }: &AddGazetteer) -> anyhow::Result<Outcome> {
    let target = to.clone().or_else(gazetteer::default_path).ok_or_else(|| {
        hint(anyhow::anyhow!("the user has no data folder"), "say where with --to FILE")
    })?;
    let added = gazetteer::add(dump, &target, &Knowledge::embedded())?;
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
    for (row, what) in &added.broken {
        writeln!(err, "{}:{row}: {what}", dump.display())?;
    }
    if added.n_broken > added.broken.len() as u64 {
        writeln!(err, "and {} broken rows more", added.n_broken - added.broken.len() as u64)?;
    }
    writeln!(out, "{} rows read, {} of them broken", added.n_rows, added.n_broken)?;
    writeln!(
        out,
        "{} places with {} names are in {}",
        added.n_places,
        added.n_names,
        target.display()
    )?;
    let nothing = added.n_places == 0;
    Ok(if nothing || added.n_broken > 0 { Outcome::Partly } else { Outcome::Done })
}

fn run_check(Check { folder, json }: &Check) -> anyhow::Result<Outcome> {
    let sources = Sources::gather(|name| read(folder, name))
        .map_err(|error| hint(error, "name the folder `data` of a copy of the repository"))?;
    let bad = check::check(&sources);
    let mut out = std::io::stdout().lock();
    for line in &bad {
        let (file, message) = (folder.join(line.file), line.what.to_string());
        let file = file.display().to_string();
        if *json {
            writeln!(out, "{}", json!({"file": file, "line": line.line, "message": message}))?;
        } else {
            writeln!(out, "{file}:{}: {message}", line.line)?;
        }
    }
    if !json {
        let files: BTreeSet<&str> = bad.iter().map(|line| line.file).collect();
        let all = sources.iter().count();
        match bad.len() {
            0 => writeln!(out, "{all} files have no bad line")?,
            faults => writeln!(out, "{faults} faults in {} of {all} files", files.len())?,
        }
    }
    Ok(if bad.is_empty() { Outcome::Done } else { Outcome::Partly })
}

fn read(folder: &Path, name: &str) -> anyhow::Result<String> {
    let path = folder.join(name);
    let of_a_country = FOLDERS.iter().any(|&folder| Path::new(name).starts_with(folder));
    if of_a_country && !path.exists() {
        return Ok(String::new());
    }
    std::fs::read_to_string(&path).with_context(|| format!("cannot read \"{}\"", path.display()))
}
