//! The thread that does the jobs: it alone writes, and waits for other writers.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread::sleep;
use std::time::Duration;

use engine::Knowledge;
use reading::{Captures, Limits, Options};
use url::Url;

use super::{Hurry, Job, Source, State, Task};
use crate::fetch;
use crate::ingest::{Progress, Signature, Summary, ingest};
use crate::model;
use crate::store::{Access, Act, Ledger, StoreError};

/// How long another writer is waited for, and how often it is looked whether it has finished.
const PATIENCE: Duration = Duration::from_secs(600);
const AGAIN: Duration = Duration::from_millis(500);

/// How many entries of a feed one job fetches.
const ENTRIES: usize = 20;
/// The time between two requests to a host, and for one.
const GAP: Duration = Duration::from_secs(2);
const REQUEST: Duration = Duration::from_secs(30);

/// Does what comes, until nobody can send any more.
pub(super) fn work(ledger: &Path, tasks: &Receiver<Task>, hurry: &Hurry) {
    let mut known = None;
    for task in tasks {
        match task {
            Task::Note(at, access) => {
                // What cannot be noted must not keep anyone out or in.
                note(ledger, &at, *access).ok();
            }
            Task::Job(job, source) => {
                let known =
                    known.get_or_insert_with(|| model::beside(Knowledge::embedded(), false));
                job.change(|standing| standing.state = State::Running);
                let done = run(ledger, &job, source, known, hurry);
                job.change(|standing| match done {
                    Ok(summary) => (standing.state, standing.summary) = (State::Done, summary),
                    Err(error) => {
                        standing.state = State::Failed;
                        standing.problem = Some(format!("{error:#}"));
                    }
                });
            }
        }
    }
}

fn note(path: &Path, at: &str, access: Access) -> Result<(), StoreError> {
    let mut ledger = writer(path)?;
    let mut batch = ledger.begin()?;
    batch.append(at, "tocsin serve", Act::Access(access))?;
    batch.commit()
}

/// The ledger, when no other writer has it.
fn writer(path: &Path) -> Result<Ledger, StoreError> {
    let mut waited = Duration::ZERO;
    loop {
        match Ledger::open_to_write(path) {
            Err(StoreError::Busy(_)) if waited < PATIENCE => {
                sleep(AGAIN);
                waited += AGAIN;
            }
            opened => return opened,
        }
    }
}

fn run(
    path: &Path,
    job: &Arc<Job>,
    source: Source,
    known: &Knowledge,
    hurry: &Hurry,
) -> anyhow::Result<Summary> {
    let captures: Captures = match source {
        Source::Sent { name, format, bytes } => {
            let options = Options { format, ..Options::from(&Limits::NEWS) };
            reading::captures(Box::new(Cursor::new(bytes)), &name, options)
        }
        Source::Address(url) => fetched(job, url)?,
    };
    let (shown, hurry) = (Arc::clone(job), hurry.clone());
    let progress = Progress::told_to(move |summary| {
        let summary = summary.clone();
        shown.change(|standing| standing.summary = summary);
        hurry.give_way();
    });
    let signature = Signature { by: job.by.clone(), at: None };
    ingest(captures, writer(path)?, known, &signature, progress)
}

/// What is at `url`, fetched as `tocsin fetch` does: politely, and from the open internet only.
fn fetched(job: &Arc<Job>, url: Url) -> anyhow::Result<Captures> {
    let folder = tempfile::tempdir()?;
    let archive_path = folder.path().join("fetched.warc.gz");
    let options = fetch::Options {
        agent: fetch::agent(None),
        gap: GAP,
        entries: ENTRIES,
        again: false,
        limits: fetch::Limits { page_bytes: Limits::NEWS.page_bytes, request: REQUEST },
        permits: fetch::is_public,
    };
    let mut state = fetch::State::open(&folder.path().join("state"))?;
    let mut archive = fetch::Archive::open(&archive_path, &options.agent)?;
    let clock = fetch::SystemClock::start();
    fetch::Fetcher::new(options, &clock, &mut archive, &mut state).run(
        vec![url],
        |task, fate| {
            job.change(|standing| match fate {
                fetch::Fate::Failed(error) => {
                    standing.missed.note(task.url.as_str(), &error.to_string());
                }
                fetch::Fate::Saved { .. } => standing.fetched += 1,
                _ => {}
            });
            Ok(())
        },
    )?;
    if archive.finish()? == 0 {
        let mut why = String::from("nothing was fetched");
        job.change(|standing| {
            if let Some((_, _, what)) = standing.missed.each().next() {
                what.clone_into(&mut why);
            }
        });
        anyhow::bail!(why);
    }
    // The file is read after its name is gone.
    let file = std::fs::File::open(&archive_path)?;
    Ok(reading::captures(
        Box::new(std::io::BufReader::new(file)),
        "fetched",
        Options::from(&Limits::NEWS),
    ))
}
