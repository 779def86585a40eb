//! The line from captures to the ledger: read and code on all cores, and append in order on a
//! thread of its own, so that nobody waits for the disk.
//!
//! What is appended depends on the captures, the build and the ledger alone: not on the number of
//! cores, not on where batches end, not on whether an earlier run was killed. So a run that is
//! killed and started again ends in the ledger of a run that was never killed. A capture that the
//! ledger has as a document coded by this build is not even read again.

mod batch;
mod duplicates;
mod progress;
mod summary;

use std::mem::take;
use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};
use std::thread::scope;

use engine::{Coded, Knowledge, Relation, Report};
use jiff::Timestamp;
use reading::duplicates::Fingerprint;
use reading::{Capture, Document, Limits, Problem};

use crate::store::{Act, CaptureId, Captured, CodedBy, Ledger, Standing, StoreError};
use crate::work::{self, Panicked};
use batch::Batch;
use duplicates::Duplicates;
pub(crate) use progress::Progress;
pub(crate) use summary::Summary;

/// In whose name, at what time.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    /// Who, by their own word.
    pub(crate) by: String,
    /// The time to write; that of the system's clock if absent.
    pub(crate) at: Option<Timestamp>,
}

/// Adds to `ledger` what it does not have yet.
///
/// # Errors
/// When the ledger cannot be written. What was committed before is safe.
pub(crate) fn ingest(
    captures: impl Iterator<Item = Result<Capture, Problem>> + Send,
    ledger: Ledger,
    known: &Knowledge,
    signature: &Signature,
    progress: Progress,
) -> anyhow::Result<Summary> {
    let reader = Mutex::new(ledger.reader()?);
    let writer = Writer::new(ledger, known.build(), signature, progress);
    // One batch is written, one waits, one is filled.
    let (send, batches) = sync_channel(1);
    scope(|scope| {
        let writing = scope.spawn(|| writer.write(batches));
        let mut batch = Batch::default();
        let read = work::in_order(
            captures,
            |capture| finish(capture, &reader, known),
            |finished| {
                batch.add(finished.unwrap_or_else(|panicked| torn(&panicked)));
                if batch.is_full() { Ok(send.send(take(&mut batch))?) } else { Ok(()) }
            },
        );
        // It fails only if the writer has ended, and then the writer says why.
        send.send(batch).ok();
        drop(send);
        let summary = writing.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        read.map(|()| summary)
    })
}

/// What became of one capture.
#[derive(Debug)]
struct Finished {
    /// The input, with the place in it.
    input: String,
    outcome: Outcome,
}

#[derive(Debug)]
enum Outcome {
    /// The ledger has it, coded by this build.
    Known,
    /// It is a document.
    New(Box<Fresh>),
    /// Nothing can be made of it.
    Lost(Vec<String>),
}

/// A document that the ledger may not have.
#[derive(Debug)]
struct Fresh {
    capture: CaptureId,
    document: Document,
    fingerprint: Fingerprint,
    problems: Vec<String>,
    reports: Vec<Report>,
    relations: Vec<Relation>,
    problems_of_coding: Vec<String>,
}

/// Reads and codes one capture, unless the ledger has it. Runs on any thread.
fn finish(
    capture: Result<Capture, Problem>,
    reader: &Mutex<Ledger>,
    known: &Knowledge,
) -> Finished {
    let capture = match capture {
        Ok(capture) => capture,
        Err(Problem { input, what }) => {
            return Finished { input, outcome: Outcome::Lost(vec![what]) };
        }
    };
    let outcome = work::fenced(|| {
        let id = CaptureId::of_capture(&capture);
        // In doubt it is read: the writer looks again.
        let has = |ledger: &Ledger| ledger.has(id, known.build()).unwrap_or(false);
        if has(&reader.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Outcome::Known;
        }
        let (document, problems) = reading::document(&capture, &Limits::NEWS);
        let problems = whats(problems);
        let Some(document) = document else { return Outcome::Lost(problems) };
        let Coded { reports, relations, problems: of_coding } = engine::code(&document, known);
        let problems_of_coding = whats(of_coding);
        Outcome::New(Box::new(Fresh {
            capture: id,
            fingerprint: Fingerprint::of(document.text()),
            document,
            problems,
            reports,
            relations,
            problems_of_coding,
        }))
    });
    let outcome = outcome.unwrap_or_else(|panicked| Outcome::Lost(vec![panicked.to_string()]));
    Finished { input: capture.input, outcome }
}

/// The end of inputs that could not be read on.
fn torn(panicked: &Panicked) -> Finished {
    let outcome = Outcome::Lost(vec![panicked.to_string()]);
    Finished { input: work::TORN.to_owned(), outcome }
}

/// Appends what comes, in the order in which it comes.
struct Writer<'a> {
    ledger: Ledger,
    build: &'a str,
    signature: &'a Signature,
    /// Filled from the ledger when the first new document comes.
    duplicates: Option<Duplicates>,
    summary: Summary,
    progress: Progress,
}

impl<'a> Writer<'a> {
    fn new(ledger: Ledger, build: &'a str, signature: &'a Signature, progress: Progress) -> Self {
        let summary = Summary::default();
        Self { ledger, build, signature, duplicates: None, summary, progress }
    }

    /// Commits each of `batches`, and sums up.
    fn write(mut self, batches: impl IntoIterator<Item = Batch>) -> Result<Summary, StoreError> {
        for batch in batches {
            self.take(batch)?;
        }
        self.summary.n_entries = self.ledger.position()?;
        Ok(self.summary)
    }

    /// Commits what is new in a batch. A full disk is told with what is safe.
    fn take(&mut self, batch: Batch) -> Result<(), StoreError> {
        let mut new = Vec::new();
        for Finished { input, outcome } in batch.finished {
            match outcome {
                Outcome::Known => self.summary.n_known += 1,
                Outcome::Lost(problems) => self.summary.lose(&input, &problems),
                Outcome::New(fresh) => {
                    for what in fresh.problems.iter().chain(&fresh.problems_of_coding) {
                        self.summary.problems.note(&input, what);
                    }
                    new.push((input, fresh));
                }
            }
        }
        if !new.is_empty() {
            self.commit(new).map_err(|error| match error {
                StoreError::Full { ledger, .. } => {
                    StoreError::Full { ledger, n_safe: self.ledger.n_documents().ok() }
                }
                error => error,
            })?;
        }
        self.progress.advance(&self.summary);
        Ok(())
    }

    fn commit(&mut self, new: Vec<(String, Box<Fresh>)>) -> Result<(), StoreError> {
        let duplicates = match &mut self.duplicates {
            Some(duplicates) => duplicates,
            none => none.insert(Duplicates::of(&mut self.ledger)?),
        };
        let mut summary = self.summary.clone();
        let mut batch = self.ledger.begin()?;
        for (input, fresh) in new {
            let Fresh {
                capture,
                document,
                fingerprint,
                problems,
                reports,
                relations,
                problems_of_coding,
            } = *fresh;
            let at = self.signature.at.unwrap_or_else(Timestamp::now).to_string();
            let by = &self.signature.by;
            let id = document.id;
            match batch.standing(id)? {
                Standing::Coded(build) if build == self.build => {
                    summary.n_known += 1;
                    continue;
                }
                Standing::Coded(_) | Standing::Captured => summary.n_again += 1,
                Standing::Absent => {
                    let duplicate = duplicates.insert(id, &fingerprint);
                    summary.n_new += 1;
                    summary.n_duplicates += u64::from(duplicate.is_some());
                    let repeats = duplicate.is_some();
                    let captured = Captured { capture, input, document, duplicate, problems };
                    batch.append(&at, by, Act::Captured(Box::new(captured)))?;
                    if !repeats {
                        batch.keep_print(id, &fingerprint.to_bytes())?;
                    }
                }
            }
            summary.n_reports += reports.len() as u64;
            summary.n_relations += relations.len() as u64;
            let build = self.build.to_owned();
            let problems = problems_of_coding;
            let act = CodedBy { document: id, build, reports, relations, problems };
            batch.append(&at, by, Act::Coded(act))?;
        }
        batch.prints_are_kept()?;
        batch.commit()?;
        self.summary = summary;
        self.progress.committed(&self.summary);
        Ok(())
    }
}

fn whats(problems: Vec<Problem>) -> Vec<String> {
    problems.into_iter().map(|problem| problem.what).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::*;
    use crate::measure::Measure;

    fn page(n: usize) -> Capture {
        let body = format!("A bomb killed {n} soldiers. {}", "It rained and rained. ".repeat(200));
        let input = format!("page {n}");
        Capture { input, body: body.into_bytes(), ..Capture::default() }
    }

    fn run(pages: usize, ledger: Ledger) -> anyhow::Result<Summary> {
        let signature = Signature { by: "test".into(), at: Some(Timestamp::UNIX_EPOCH) };
        let progress = Progress::new(Measure::default(), Duration::MAX);
        ingest(
            (0..pages).map(|n| Ok(page(n))),
            ledger,
            &Knowledge::embedded(),
            &signature,
            progress,
        )
    }

    fn check(path: &Path) -> crate::store::check::Sound {
        Ledger::open(path).unwrap().check().unwrap()
    }

    #[test]
    fn on_a_full_disk_the_ledger_is_sound_and_what_was_committed_is_safe() {
        let folder = tempfile::tempdir().unwrap();
        let (full, free) = (folder.path().join("full"), folder.path().join("free"));
        let small = Ledger::open_or_create(&full).unwrap();
        small.limit_pages(900).unwrap();
        let error = run(1_000, small).unwrap_err();
        let n_safe = check(&full).n_documents;
        assert!(n_safe > 0 && n_safe < 1_000, "{n_safe}");
        let told = error.to_string();
        assert!(told.starts_with("the disk is full: "), "{told}");
        assert!(told.ends_with(&format!("; the {n_safe} documents in it are safe")), "{told}");

        // With room again, the same command ends where a run without trouble does.
        run(1_000, Ledger::open_or_create(&full).unwrap()).unwrap();
        run(1_000, Ledger::open_or_create(&free).unwrap()).unwrap();
        assert_eq!(check(&full), check(&free));
    }

    #[test]
    fn another_build_codes_again_and_the_same_build_adds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let open = || Ledger::open_or_create(&path).unwrap();
        assert_eq!(run(3, open()).unwrap().n_new, 3);
        let again = run(3, open()).unwrap();
        assert_eq!((again.n_new, again.n_known, again.n_entries), (0, 3, 6));

        let signature = Signature { by: "test".into(), at: None };
        let progress = Progress::new(Measure::default(), Duration::MAX);
        let writer = Writer::new(open(), "a later build", &signature, progress);
        let known = Knowledge::embedded();
        // A reader that knows nothing, so that the pages are read and coded again.
        let nothing = Ledger::open_or_create(&folder.path().join("empty")).unwrap();
        let nothing = Mutex::new(nothing);
        let mut batch = Batch::default();
        for n in [0, 1, 1, 3] {
            batch.add(finish(Ok(page(n)), &nothing, &known));
        }
        let summary = writer.write([batch]).unwrap();
        assert_eq!((summary.n_new, summary.n_again, summary.n_known), (1, 2, 1));
        assert_eq!(summary.n_entries, 10);
        assert_eq!(check(&path).n_reports, 4);
    }
}
