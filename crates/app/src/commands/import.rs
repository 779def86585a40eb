//! `tocsin import`: the rows of event tables → the ledger.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use engine::Knowledge;
use engine::import::{FORMATS, Mapping};
use flate2::read::MultiGzDecoder;
use jiff::Timestamp;

use super::hinted;
use super::ingest::{stop_on_signal, user};
use crate::failure::{Outcome, hint};
use crate::import::workbook::csv_of;
use crate::import::{Table, import};
use crate::ingest::Signature;
use crate::measure::Measure;
use crate::store::Ledger;

/// Arguments of `tocsin import`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Each row is a report of its table with the id that it has there, and is linked with what the news \
says. Rows that are there already are skipped, so a run that was ended goes on when it is run \
again; a row that has changed takes the place of the earlier one, and the log keeps both. \
`tocsin store rows` prints the rows of a table as they were.

A mapping is a table of tabs: the field of a report, the column (or = and what is so for all \
rows), value=term pairs parted by |, and column=value|value, of which a row must have one. \
Those of the known formats are data/import/*.tsv.")]
pub(crate) struct Arguments {
    /// Import this CSV file, gzip or not, or the first sheet of this workbook (XLSX)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Add to this ledger; make it if it does not exist
    #[arg(long, value_name = "LEDGER")]
    ledger: PathBuf,
    /// Read the columns as this table has them
    #[arg(long, value_enum, default_value_t = Format::Ged)]
    format: Format,
    /// Read the columns as this mapping says, for generic
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Sign the entries with this name [default: the user's]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Date the entries with this time, such as 2024-03-23T12:00:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// Print the summary as JSON, with every line that was refused
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// UCDP Georeferenced Event Dataset
    Ged,
    /// UCDP Candidate Events
    Candidate,
    /// An export of ACLED
    Acled,
    /// Global Terrorism Database
    Gtd,
    /// What --map says
    Generic,
}

/// Adds to the ledger the rows that it does not have, and sums them up.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let stopped = stop_on_signal()?;
    let name = arguments.format.to_possible_value();
    let name = name.as_ref().map_or("generic", |value| value.get_name());
    let mapping = mapping(arguments, name)?;
    let file = arguments.file.display().to_string();
    let size = std::fs::metadata(&arguments.file).ok().map(|metadata| metadata.len());
    let measure = Measure::of(size);
    let input = open(&arguments.file, &measure)?;
    let signature = Signature { by: arguments.by.clone().unwrap_or_else(user), at: arguments.at };
    let mut ledger =
        Ledger::open_or_create(&arguments.ledger).map_err(Into::into).map_err(hinted)?;
    let short = arguments.file.file_name().map_or(file, |name| name.to_string_lossy().into_owned());
    let table = Table { file: &short, input, mapping: &mapping, format: name };
    let known = Knowledge::embedded();
    let summary = import(table, &mut ledger, &known, &signature, &measure, || {
        stopped.load(Ordering::Relaxed)
    })
    .map_err(hinted)?;

    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    if arguments.json {
        serde_json::to_writer(&mut out, &summary)?;
        writeln!(out)?;
    } else {
        write!(err, "{}", summary.problems)?;
        write!(out, "{summary}")?;
    }
    if stopped.load(Ordering::Relaxed) {
        writeln!(err, "stopped; run the same command again to go on")?;
        return Ok(Outcome::Partly);
    }
    let whole = summary.n_rows > 0 && summary.refused.is_empty();
    Ok(if whole { Outcome::Done } else { Outcome::Partly })
}

fn mapping(arguments: &Arguments, name: &str) -> anyhow::Result<Mapping> {
    let Some(path) = &arguments.map else {
        let Some((_, table)) = FORMATS.iter().find(|format| format.0 == name) else {
            let error = anyhow::anyhow!("format \"generic\" needs a mapping");
            return Err(hint(error, "name one with --map; data/import/ged.tsv shows how"));
        };
        return Ok(Mapping::parse(table)?);
    };
    if arguments.format != Format::Generic {
        bail!("--map is for --format generic");
    }
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read \"{}\"", path.display()))?;
    Mapping::parse(&text).with_context(|| format!("\"{}\" is no mapping", path.display()))
}

/// The text of a file, unpacked if it is packed.
fn open(path: &Path, measure: &Measure) -> anyhow::Result<Box<dyn Read>> {
    let cannot = || format!("cannot read \"{}\"", path.display());
    let mut start = [0; 4];
    let n = File::open(path).with_context(cannot)?.read(&mut start).with_context(cannot)?;
    let counted = measure.counted(File::open(path).with_context(cannot)?);
    match start.get(..n).unwrap_or_default() {
        [0x1f, 0x8b, ..] => Ok(Box::new(MultiGzDecoder::new(counted))),
        [b'P', b'K', ..] => {
            let sheet = csv_of(File::open(path).with_context(cannot)?).map_err(|error| {
                let error = error.context(format!("\"{}\" is no workbook", path.display()));
                hint(error, "save the table as XLSX, or as CSV in UTF-8")
            })?;
            Ok(Box::new(measure.counted(sheet)))
        }
        _ => Ok(Box::new(counted)),
    }
}
