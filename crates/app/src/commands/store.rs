//! `tocsin store`: care for a ledger.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::hinted;
use crate::failure::Outcome;
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
}

/// Does it, and says what the ledger holds.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let (ledger, done, sound) = match &arguments.care {
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
