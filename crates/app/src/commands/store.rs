//! `tocsin store`: care for a ledger.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::hinted;
use crate::failure::{Outcome, hint};
use crate::store::Ledger;
use crate::store::check::Sound;

/// Arguments of `tocsin store`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    care: Care,
}

#[derive(Debug, Subcommand)]
enum Care {
    /// Check the file, every entry's digest, and the views against the log
    Check {
        /// Check this ledger; nothing is changed
        #[arg(value_name = "FILE")]
        ledger: PathBuf,
    },
    /// Make the views anew from the log
    Rebuild {
        /// Make the views of this ledger
        #[arg(value_name = "FILE")]
        ledger: PathBuf,
    },
    /// Copy a ledger, while it may be in use, and check the copy
    Backup {
        /// Copy this ledger
        #[arg(value_name = "FILE")]
        ledger: PathBuf,
        /// Copy it to this new file
        #[arg(value_name = "TO")]
        to: PathBuf,
    },
    /// Print the rows of an imported table as CSV, the latest of each id
    Rows {
        /// Print from this ledger
        #[arg(value_name = "FILE")]
        ledger: PathBuf,
        /// Print the rows of this table, such as "UCDP GED"
        #[arg(value_name = "TABLE")]
        table: String,
    },
}

/// Does it, and says what the ledger holds.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let (ledger, done, sound) = match &arguments.care {
        Care::Rows { ledger, table } => return rows(ledger, table).map_err(hinted),
        Care::Check { ledger } => (ledger, "is sound", check(ledger)),
        Care::Rebuild { ledger } => (ledger, "has new views", rebuild(ledger)),
        Care::Backup { ledger, to } => (to, "is a sound copy", backup(ledger, to)),
    };
    let Sound { n_entries, n_documents, n_reports, digest } = sound.map_err(hinted)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "\"{}\" {done}", ledger.display())?;
    writeln!(out, "entries    {n_entries}")?;
    writeln!(out, "documents  {n_documents}")?;
    writeln!(out, "reports    {n_reports}")?;
    write!(out, "digest     ")?;
    digest.iter().try_for_each(|byte| write!(out, "{byte:02x}"))?;
    writeln!(out)?;
    Ok(Outcome::Done)
}

/// Prints each row as it stood in its table, with the columns of the first.
fn rows(ledger: &Path, table: &str) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open(ledger)?;
    let mut out = csv::Writer::from_writer(std::io::stdout().lock());
    let mut columns: Vec<String> = Vec::new();
    ledger.each_row(table, |row| {
        if columns.is_empty() {
            columns.clone_from(&row.columns);
            out.write_record(&columns)?;
        }
        let cells: BTreeMap<&str, &str> =
            row.columns.iter().map(String::as_str).zip(row.row()).collect();
        let cell = |column: &String| cells.get(column.as_str()).copied().unwrap_or_default();
        Ok::<(), anyhow::Error>(out.write_record(columns.iter().map(cell))?)
    })?;
    out.flush()?;
    if columns.is_empty() {
        let error = anyhow::anyhow!("the ledger has no rows of a table \"{table}\"");
        let tables = ledger.tables()?;
        if tables.is_empty() {
            return Err(error);
        }
        return Err(hint(error, format!("it has those of \"{}\"", tables.join("\", \""))));
    }
    Ok(Outcome::Done)
}

fn check(ledger: &Path) -> anyhow::Result<Sound> {
    Ok(Ledger::open(ledger)?.check()?)
}

fn rebuild(ledger: &Path) -> anyhow::Result<Sound> {
    let mut ledger = Ledger::open_to_write(ledger)?;
    ledger.rebuild()?;
    Ok(ledger.check()?)
}

fn backup(ledger: &Path, to: &Path) -> anyhow::Result<Sound> {
    Ok(Ledger::open(ledger)?.backup(to)?)
}
