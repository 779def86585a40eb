//! `tocsin ingest`: inputs → the ledger.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use signal_hook::consts::TERM_SIGNALS;
use signal_hook::flag;

use super::hinted;
use crate::failure::Outcome;
use crate::gazetteer;
use crate::ingest::{Progress, Signature, ingest};
use crate::inputs::{self, Inputs};
use crate::measure::Measure;
use crate::model;
use crate::store::Ledger;

/// Arguments of `tocsin ingest`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
What is in the ledger already is skipped, so a run that was ended in any way, by Ctrl-C, a kill or \
a loss of power, goes on where it was when the same command is run again. What was told as \
committed is safe.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    gazetteer: gazetteer::Choice,
    /// Code by the dictionaries and the grammar alone
    #[arg(long)]
    no_model: bool,
    /// Add to this ledger; make it if it does not exist
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// Sign the entries with this name [default: the user's]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Date the entries with this time, such as 2024-03-23T12:00:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// Tell what is committed every so many seconds, where there is no terminal for a bar
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    tell_every: u64,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

/// Adds to the ledger what is new, and sums it up.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let stopped = stop_on_signal()?;
    let signature = Signature { by: arguments.by.clone().unwrap_or_else(user), at: arguments.at };
    let measure = Measure::of(arguments.inputs.size_bytes());
    let captures = arguments.inputs.captures(&measure);
    let captures = captures.take_while(|_| !stopped.load(Ordering::Relaxed));
    let progress = Progress::new(measure.clone(), Duration::from_secs(arguments.tell_every));
    let known = model::beside(arguments.gazetteer.knowledge()?, arguments.no_model);
    let summary = Ledger::open_or_create(&arguments.ledger)
        .map_err(Into::into)
        .and_then(|ledger| ingest(captures, ledger, &known, &signature, progress))
        .map_err(hinted)?;

    let stopped = stopped.load(Ordering::Relaxed);
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    if !arguments.json || measure.n_opened() == 0 {
        write!(err, "{}", summary.problems)?;
    }
    if !stopped {
        inputs::some_opened(&measure)?;
    }
    if arguments.json {
        serde_json::to_writer(&mut out, &summary)?;
        writeln!(out)?;
    } else {
        write!(out, "{summary}")?;
    }
    if stopped {
        writeln!(err, "stopped; run the same command again to go on")?;
        return Ok(Outcome::Partly);
    }
    if !arguments.json && summary.n_documents() > 0 {
        writeln!(err, "next: tocsin events --ledger {}", arguments.ledger.display())?;
    }
    let whole = summary.n_documents() > 0 && summary.n_lost == 0;
    Ok(if whole { Outcome::Done } else { Outcome::Partly })
}

/// A flag that the first signal to end sets; the second signal ends the program at once.
pub(super) fn stop_on_signal() -> anyhow::Result<Arc<AtomicBool>> {
    let stopped = Arc::new(AtomicBool::new(false));
    for &signal in TERM_SIGNALS {
        flag::register_conditional_default(signal, Arc::clone(&stopped))?;
        flag::register(signal, Arc::clone(&stopped))?;
    }
    Ok(stopped)
}

/// Who runs this, by the environment.
pub(crate) fn user() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_else(|| "unnamed".to_owned())
}
