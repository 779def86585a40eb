//! What changes the ledger: jobs, one after the other, on a thread of their own.
//!
//! A ledger has one writer at a time, so there is one queue. A job is told of as done only when
//! what it added is safe; what was waiting when the server ended has to be sent again. Jobs and
//! how far they are live in memory: the ledger is the record, not they.

mod work;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use jiff::Timestamp;
use reading::Format;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use super::refusal::Refusal;
use crate::accounts::secret;
use crate::ingest::Summary;
use crate::problems::Problems;
use crate::review::Reviewer;
use crate::store::{Access, StoreError};

/// How many jobs may wait, and how many that have ended are remembered.
const WAITING: usize = 8;
const REMEMBERED: usize = 100;
/// How long a job stands back: those who wait look again every tenth of a second.
const WAY: Duration = Duration::from_millis(250);

/// What is to be read.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// What was sent.
    Sent { name: String, format: Option<Format>, bytes: Bytes },
    /// A page, or a feed with what it lists.
    Address(Url),
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Others come first.
    Waiting,
    /// It is under way.
    Running,
    /// What it found is safe in the ledger.
    Done,
    /// It ended before its end. What it had committed is safe.
    Failed,
}

/// A job.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) id: String,
    pub(super) by: String,
    pub(super) what: String,
    made: String,
    standing: Mutex<Standing>,
}

#[derive(Debug)]
struct Standing {
    state: State,
    summary: Summary,
    fetched: u64,
    /// What could not be fetched.
    missed: Problems,
    problem: Option<String>,
}

/// A job as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct JobView {
    pub(super) id: String,
    pub(super) state: State,
    /// The name of what is read.
    pub(super) what: String,
    /// Who sent it.
    by: String,
    /// When it was sent.
    made: String,
    /// Pages fetched.
    fetched: u64,
    /// Documents that went by so far.
    pub(super) documents: u64,
    /// Of them, those that the ledger did not have.
    pub(super) new: u64,
    /// Those that it had, coded by this build.
    pub(super) already_there: u64,
    /// New documents that say what an earlier one says.
    duplicates: u64,
    pub(super) reports: u64,
    relations: u64,
    /// Inputs, or parts of them, of which nothing could be made.
    pub(super) lost: u64,
    /// What could not be made out.
    pub(super) problems: Vec<ProblemView>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) problem: Option<String>,
}

/// Problems of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProblemView {
    /// How many.
    pub(super) n: u64,
    /// The input of the first.
    pub(super) first: String,
    /// What it was there.
    pub(super) what: String,
}

/// What the thread is to do.
enum Task {
    Job(Arc<Job>, Source),
    Note(String, Box<Access>),
}

/// All jobs, the latest last.
pub(super) struct Jobs {
    all: Mutex<VecDeque<Arc<Job>>>,
    tasks: Sender<Task>,
    /// For the thread, which is begun with the first task.
    later: Mutex<Option<Receiver<Task>>>,
    ledger: PathBuf,
    hurry: Hurry,
}

/// How many wait to write a line while a job writes: it stands back between two batches.
#[derive(Clone, Debug, Default)]
pub(super) struct Hurry(Arc<AtomicUsize>);

impl Hurry {
    /// Lets those who wait go first.
    pub(super) fn give_way(&self) {
        if self.0.load(Ordering::Relaxed) > 0 {
            std::thread::sleep(WAY);
        }
    }
}

impl Jobs {
    /// For the ledger at `ledger`.
    pub(super) fn new(ledger: &Path) -> Self {
        let (tasks, later) = channel();
        let later = Mutex::new(Some(later));
        let hurry = Hurry::default();
        Self { all: Mutex::default(), tasks, later, ledger: ledger.to_owned(), hurry }
    }

    /// Has `reviewer` write, whether a job of ours is writing or not.
    pub(super) fn write<T>(
        &self,
        reviewer: &Reviewer,
        write: impl Fn(&Reviewer) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let written = write(reviewer);
        let busy =
            |error: &anyhow::Error| matches!(error.downcast_ref(), Some(StoreError::Busy(_)));
        if !written.as_ref().is_err_and(busy) || !self.is_running() {
            return written;
        }
        self.hurry.0.fetch_add(1, Ordering::Relaxed);
        let written = write(&Reviewer { beside: true, ..reviewer.clone() });
        self.hurry.0.fetch_sub(1, Ordering::Relaxed);
        written
    }

    fn is_running(&self) -> bool {
        self.lock().iter().any(|job| job.state() == State::Running)
    }

    /// Adds a job in the name of `by`; refused if too many wait.
    pub(super) fn add(&self, by: &str, what: &str, source: Source) -> Result<Arc<Job>, Refusal> {
        let standing = Standing {
            state: State::Waiting,
            summary: Summary::default(),
            fetched: 0,
            missed: Problems::default(),
            problem: None,
        };
        let job = Arc::new(Job {
            id: secret().get(..16).unwrap_or_default().to_owned(),
            by: by.to_owned(),
            what: what.to_owned(),
            made: Timestamp::now().to_string(),
            standing: Mutex::new(standing),
        });
        {
            let mut all = self.lock();
            if all.iter().filter(|job| job.is_waiting()).count() >= WAITING {
                return Err(Refusal::Full);
            }
            if all.len() >= REMEMBERED {
                let ended = all.iter().position(|job| job.has_ended());
                ended.and_then(|ended| all.remove(ended));
            }
            all.push_back(Arc::clone(&job));
        }
        self.send(Task::Job(Arc::clone(&job), source));
        Ok(job)
    }

    /// Has the ledger note who was let in or kept out.
    pub(super) fn note(&self, access: Access) {
        self.send(Task::Note(Timestamp::now().to_string(), Box::new(access)));
    }

    /// The job with this id.
    pub(super) fn get(&self, id: &str) -> Option<Arc<Job>> {
        self.lock().iter().find(|job| job.id == id).cloned()
    }

    /// All of them, the latest first.
    pub(super) fn all(&self) -> Vec<JobView> {
        self.lock().iter().rev().map(|job| job.view()).collect()
    }

    fn send(&self, task: Task) {
        let later = self.later.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(tasks) = later {
            let (ledger, hurry) = (self.ledger.clone(), self.hurry.clone());
            std::thread::spawn(move || work::work(&ledger, &tasks, &hurry));
        }
        // It fails only if the thread is gone, and then the process is ending.
        self.tasks.send(task).ok();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Arc<Job>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Job {
    fn change(&self, change: impl FnOnce(&mut Standing)) {
        change(&mut self.standing.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn state(&self) -> State {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner).state
    }

    fn is_waiting(&self) -> bool {
        self.state() == State::Waiting
    }

    fn has_ended(&self) -> bool {
        matches!(self.state(), State::Done | State::Failed)
    }

    /// How it stands.
    pub(super) fn view(&self) -> JobView {
        let standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        let summary = &standing.summary;
        let problem = |(n, first, what): (u64, &str, &str)| ProblemView {
            n,
            first: first.to_owned(),
            what: what.to_owned(),
        };
        JobView {
            id: self.id.clone(),
            state: standing.state,
            what: self.what.clone(),
            by: self.by.clone(),
            made: self.made.clone(),
            fetched: standing.fetched,
            documents: summary.n_documents(),
            new: summary.n_new,
            already_there: summary.n_known,
            duplicates: summary.n_duplicates,
            reports: summary.n_reports,
            relations: summary.n_relations,
            lost: summary.n_lost,
            problems: standing.missed.each().chain(summary.problems.each()).map(problem).collect(),
            problem: standing.problem.clone(),
        }
    }
}
