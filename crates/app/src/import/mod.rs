//! From the rows of a table to the ledger: each row that is a report is an entry; each that is not
//! is told with its line and why.
//!
//! What the ledger has is left alone, so a run that was ended goes on where it was when it is run
//! again. A row that has changed since takes the place of the earlier one in the views; the log
//! keeps both. Two rows of one table with one id and different cells are an error of the table: the
//! second is refused, since one of them would be lost.

mod summary;
pub(crate) mod workbook;
mod zip;

use std::collections::BTreeMap;
use std::io::Read;
use std::time::{Duration, Instant};

use anyhow::Context;
use engine::Knowledge;
use engine::import::{Fresh, Mapping};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use reading::DocumentId;

use crate::failure::hint;
use crate::ingest::Signature;
use crate::measure::Measure;
use crate::store::{Act, Imported, Ledger};
pub(crate) use summary::Summary;

/// Rows of a batch.
const BATCH: usize = 500;

/// A table to import.
pub(crate) struct Table<'a> {
    /// The name of the file.
    pub(crate) file: &'a str,
    /// Its text.
    pub(crate) input: Box<dyn Read + 'a>,
    /// How its columns are read, and what that is called.
    pub(crate) mapping: &'a Mapping,
    pub(crate) format: &'a str,
}

/// Adds to `ledger` the rows that it does not have, until `stopped` says so.
///
/// # Errors
/// When the table has no header or the ledger cannot be written. What was committed is safe.
pub(crate) fn import(
    table: Table<'_>,
    ledger: &mut Ledger,
    known: &Knowledge,
    signature: &Signature,
    measure: &Measure,
    stopped: impl Fn() -> bool,
) -> anyhow::Result<Summary> {
    let Table { file, input, mapping, format } = table;
    let mut input = std::io::BufReader::new(input);
    let separator = separator(&mut input)?;
    let mut rows = csv::ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(input);
    let header = rows.headers().with_context(|| format!("\"{file}\" has no header"))?.clone();
    let header: Vec<String> =
        header.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    let missing = mapping.missing(&header);
    let mut summary = Summary {
        missing: missing.iter().map(|&name| name.to_owned()).collect(),
        ..Summary::default()
    };
    let mut importer = Importer { signature, file, format, header: &header, seen: BTreeMap::new() };
    let bar = bar(measure);
    let begun = Instant::now();
    let mut record = csv::StringRecord::new();
    let mut fresh: Vec<(u64, Fresh)> = Vec::new();
    loop {
        let read = rows.read_record(&mut record);
        let line = record.position().map_or(0, csv::Position::line);
        let more = match read {
            Ok(more) => more,
            Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                let line = error.position().map_or(line, csv::Position::line);
                summary.n_rows += 1;
                summary.refuse(file, line, "it is not UTF-8; save the table as UTF-8");
                continue;
            }
            Err(error) => return Err(error).with_context(|| format!("cannot read \"{file}\"")),
        };
        if more {
            summary.n_rows += 1;
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            match mapping.report(&header, &cells, known) {
                Ok(row) => fresh.push((line, row)),
                Err(why) => summary.refuse(file, line, &why.to_string()),
            }
        }
        let ends = !more || stopped();
        if ends || fresh.len() >= BATCH {
            importer.commit(std::mem::take(&mut fresh), ledger, &mut summary)?;
            bar.set_position(measure.read());
            let rate = summary.n_rows as f64 / begun.elapsed().as_secs_f64().max(0.001);
            bar.set_message(format!("{} rows, {rate:.0}/s", summary.n_rows));
        }
        if ends {
            break;
        }
    }
    bar.finish_and_clear();
    if summary.n_rows == summary.n_refused() && summary.n_rows > 0 && !missing.is_empty() {
        let error = anyhow::anyhow!("\"{file}\" has no column \"{}\"", missing.join("\", \""));
        return Err(hint(
            error,
            "name the form of the table with --format, or a mapping with --map",
        ));
    }
    summary.n_entries = ledger.position()?;
    Ok(summary)
}

struct Importer<'a> {
    signature: &'a Signature,
    file: &'a str,
    format: &'a str,
    header: &'a [String],
    /// The rows of this run, by table and id, with their lines.
    seen: BTreeMap<(String, String), (u64, DocumentId)>,
}

impl Importer<'_> {
    fn commit(
        &mut self,
        fresh: Vec<(u64, Fresh)>,
        ledger: &mut Ledger,
        summary: &mut Summary,
    ) -> anyhow::Result<()> {
        if fresh.is_empty() {
            return Ok(());
        }
        let mut batch = ledger.begin()?;
        for (line, row) in fresh {
            let Fresh { source, id, document, cells, words, report, problems } = row;
            let key = (source.clone(), id.clone());
            if let Some((earlier, same)) = self.seen.get(&key) {
                if *same == document.id {
                    summary.n_known += 1;
                } else {
                    let why = format!("it has the id of line {earlier} and says something else");
                    summary.refuse(self.file, line, &why);
                }
                continue;
            }
            self.seen.insert(key, (line, document.id));
            match batch.row(&source, &id)? {
                Some(there) if there == document.id => {
                    summary.n_known += 1;
                    continue;
                }
                Some(_) => summary.n_changed += 1,
                None => summary.n_new += 1,
            }
            let input = format!("{}#{line}", self.file);
            for what in &problems {
                summary.problems.note(&input, what);
            }
            let at = self.signature.at.unwrap_or_else(Timestamp::now).to_string();
            let imported = Imported {
                table: source,
                id,
                input,
                format: self.format.to_owned(),
                columns: self.header.to_vec(),
                cells,
                words,
                document,
                report,
                problems,
            };
            batch.append(&at, &self.signature.by, Act::Imported(Box::new(imported)))?;
        }
        Ok(batch.commit()?)
    }
}

/// What parts the cells of a table: what its first line has most of.
fn separator(input: &mut impl std::io::BufRead) -> anyhow::Result<u8> {
    let start = input.fill_buf()?;
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let n = |mark: u8| line.split(|&byte| byte == mark).count();
    Ok(*b",;\t".iter().rev().max_by_key(|&&mark| n(mark)).unwrap_or(&b','))
}

/// A bar if standard error is a terminal.
fn bar(measure: &Measure) -> ProgressBar {
    if !console::user_attended_stderr() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(measure.total().unwrap_or(0));
    let style = ProgressStyle::with_template("{wide_bar} {percent} %, {eta} left, {msg}");
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
