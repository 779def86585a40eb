//! `scale`: how the time and memory of linking grow with made-up reports.
//!
//! The reports are of a world like that of news: some forty events a day in sixty countries, each
//! told by a few papers and by now and then by dozens, one in ten a reprint to the word, tolls that
//! rise, towns that some do not name. They are linked in memory at once, and they are added to a
//! ledger in batches, where the last batch of each size is timed. What is timed is linking and
//! folding; nothing is read or coded.

use std::io::Write;
use std::path::Path;

use engine::link::{Linker, Telling, Wording};
use serde::Serialize;

use super::speed::{Now, peak_mb};
use super::world::World;
use crate::store::Ledger;

/// Reports of a batch, and of what is added at last.
const BATCH: u32 = 1_000;

/// What was measured.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Scale {
    suite: &'static str,
    build: String,
    at_once: Vec<AtOnce>,
    added: Vec<Added>,
}

/// All reports linked in memory at once.
#[derive(Clone, Copy, Debug, Serialize)]
struct AtOnce {
    reports: u32,
    events: usize,
    /// To make what is compared of reports and texts.
    telling_seconds: f64,
    link_seconds: f64,
    peak_mb: Option<f64>,
}

/// The batch that made a ledger so large.
#[derive(Clone, Copy, Debug, Serialize)]
struct Added {
    reports: u32,
    /// Of the last thousand.
    seconds: f64,
    /// Of all from the beginning.
    all_seconds: f64,
    ledger_mb: f64,
    peak_mb: Option<f64>,
}

/// Measures with up to `most` reports; ledgers are made in `folder`.
pub(crate) fn measure(folder: &Path, most: u32, build: &str) -> anyhow::Result<Scale> {
    let sizes: Vec<u32> = (3..=6).map(|n| 10_u32.pow(n)).filter(|&n| n <= most).collect();
    let linker = Linker::embedded();
    let at_once = sizes
        .iter()
        .map(|&n| {
            forget_peak();
            let row = at_once(n, &linker);
            tell(&row);
            row
        })
        .collect();
    forget_peak();
    let added = ledger(folder, &sizes)?;
    Ok(Scale { suite: "scale", build: build.to_owned(), at_once, added })
}

/// Peak memory is counted anew, where the system can do that.
fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").ok();
}

/// Tells a row as soon as it is there: a million reports take a while.
#[expect(clippy::print_stderr, reason = "progress is for standard error")]
fn tell(row: &impl Serialize) {
    eprintln!("{}", serde_json::to_string(row).unwrap_or_default());
}

fn at_once(n: u32, linker: &Linker) -> AtOnce {
    let world = World::new();
    let mut telling_seconds = 0.0;
    let mut tellings: Vec<Telling> = Vec::with_capacity(n as usize);
    for i in 0..n {
        let (document, report) = world.told(i);
        let start = Now::new();
        let whole = Wording::of(&[document.text()], &linker.frequencies);
        tellings.push(Telling::of(&report, &document, Some(&whole), &linker.frequencies));
        telling_seconds += start.seconds();
    }
    let start = Now::new();
    let events = linker.link(&tellings).len();
    let link_seconds = start.seconds();
    AtOnce { reports: n, events, telling_seconds, link_seconds, peak_mb: peak_mb() }
}

fn ledger(folder: &Path, sizes: &[u32]) -> anyhow::Result<Vec<Added>> {
    let path = folder.join("scale.ledger");
    anyhow::ensure!(!path.exists(), "\"{}\" is in the way", path.display());
    let mut ledger = Ledger::open_or_create(&path)?;
    let world = World::new();
    let mut added = Vec::new();
    let mut all_seconds = 0.0;
    for first in (0..sizes.last().copied().unwrap_or(0)).step_by(BATCH as usize) {
        let acts: Vec<_> = (first..first + BATCH).flat_map(|i| world.acts(i)).collect();
        let start = Now::new();
        let mut batch = ledger.begin()?;
        for act in acts {
            batch.append("2024-01-01T00:00:00Z", "scale", act)?;
        }
        batch.commit()?;
        let seconds = start.seconds();
        all_seconds += seconds;
        let reports = first + BATCH;
        if sizes.contains(&reports) {
            let ledger_mb = std::fs::metadata(&path)?.len() as f64 / 1e6;
            let row = Added { reports, seconds, all_seconds, ledger_mb, peak_mb: peak_mb() };
            tell(&row);
            added.push(row);
        }
    }
    drop(ledger);
    std::fs::remove_file(&path)?;
    Ok(added)
}

/// Writes the result for people.
pub(crate) fn write(out: &mut impl Write, scale: &Scale) -> std::io::Result<()> {
    let mb = |mb: Option<f64>| mb.map_or("-".to_owned(), |mb| format!("{mb:.0}"));
    writeln!(
        out,
        "suite   scale, made-up reports\nbuild   {}\nseconds on one thread\n",
        scale.build
    )?;
    writeln!(
        out,
        "at once    {:>10}{:>10}{:>12}{:>10}",
        "events", "to tell", "to link", "peak MB"
    )?;
    for row in &scale.at_once {
        let (told, linked) = (row.telling_seconds, row.link_seconds);
        let (n, events, peak) = (row.reports, row.events, mb(row.peak_mb));
        writeln!(out, "{n:<11}{events:>10}{told:>10.3}{linked:>12.3}{peak:>10}")?;
    }
    writeln!(out)?;
    writeln!(
        out,
        "to a ledger{:>10}{:>12}{:>12}{:>10}",
        "last 1000", "all", "ledger MB", "peak MB"
    )?;
    for row in &scale.added {
        let (n, last, all, peak) = (row.reports, row.seconds, row.all_seconds, mb(row.peak_mb));
        writeln!(out, "{n:<11}{last:>10.3}{all:>12.1}{:>12.0}{peak:>10}", row.ledger_mb)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_a_made_up_world_are_found_again() {
        let found = at_once(2_000, &Linker::embedded());
        let made = World::new().n_events(2_000);
        let ratio = found.events as f64 / made as f64;
        assert!((0.7..1.3).contains(&ratio), "{} of {made}", found.events);
    }
}
