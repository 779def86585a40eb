//! What all answers share: the knowledge, the connections to the ledger, who is let in, the jobs.
//!
//! Answers are made on threads that may wait for the disk, no more at once than there are cores and
//! in the order in which they were asked for: most are made in memory, and more at once would only
//! take turns, so that each of them came late. Each answer sees one position of the log.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use engine::Knowledge;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::access::{Access, Settings};
use super::jobs::Jobs;
use super::kept::Kept;
use super::past::Past;
use super::questions::Questions;
use super::refusal::Refusal;
use crate::store::{Ledger, Sheets, StoreError};

/// How many answers are made at once, at least.
const READERS: usize = 2;
/// How many whole selections are sent at once.
const STREAMS: usize = 4;
/// How many listen for news at once.
const LISTENERS: usize = 64;

/// What all answers share.
pub(super) struct App {
    path: PathBuf,
    name: String,
    pub(super) known: Knowledge,
    idle: Mutex<Vec<Ledger>>,
    /// For the position alone.
    position: Mutex<Ledger>,
    /// The record as columns, which all connections read.
    sheets: Arc<Sheets>,
    permits: Semaphore,
    streams: Arc<Semaphore>,
    pub(super) kept: Kept,
    pub(super) access: Access,
    pub(super) jobs: Jobs,
    pub(super) past: Past,
    pub(super) questions: Questions,
    /// Held by the one that folds a past ledger.
    pub(super) folding: Mutex<()>,
    listeners: Arc<Semaphore>,
}

impl App {
    /// Opens the ledger at `path`, so that what is wrong with it is said before anyone asks.
    pub(super) fn open(path: &Path, settings: Settings) -> anyhow::Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let sheets = Arc::default();
        let ledger = Ledger::open_to_read_only(path)?.sharing(&sheets);
        let position = Mutex::new(Ledger::open_to_read_only(path)?);
        let cores = std::thread::available_parallelism().map_or(READERS, usize::from);
        Ok(Self {
            path: path.to_owned(),
            name,
            known: Knowledge::embedded(),
            idle: Mutex::new(vec![ledger]),
            position,
            sheets,
            permits: Semaphore::new(cores.max(READERS)),
            streams: Arc::new(Semaphore::new(STREAMS)),
            kept: Kept::default(),
            access: Access::new(path, settings)?,
            jobs: Jobs::new(path),
            past: Past::default(),
            questions: Questions::default(),
            folding: Mutex::default(),
            listeners: Arc::new(Semaphore::new(LISTENERS)),
        })
    }

    /// The same of a past position of the ledger, which is at `path`. Who is let in was decided
    /// before.
    pub(super) fn of_past(app: &Self, path: &Path) -> anyhow::Result<Self> {
        let settings = app.access.settings.clone();
        Ok(Self { name: app.name.clone(), ..Self::open(path, settings)? })
    }

    /// Where the ledger is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The name of the ledger's file.
    pub(super) fn name(&self) -> String {
        self.name.clone()
    }

    /// Has the ledger note who was let in or kept out.
    pub(super) fn note(&self, access: crate::store::Access) {
        self.jobs.note(access);
    }

    /// Runs `job` on one position of the ledger.
    pub(super) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        job: impl FnOnce(&Self, &Ledger) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let app = Arc::clone(self);
        let _permit = self.permits.acquire().await.map_err(|_| Refusal::Broken)?;
        let done = tokio::task::spawn_blocking(move || {
            let idle = app.lock().pop();
            let ledger = match idle {
                Some(ledger) => ledger,
                None => app.reader()?,
            };
            let result = ledger.at_one_position(|ledger| job(&app, ledger));
            // A connection that failed is not used again.
            if !matches!(result, Err(Refusal::Store(_))) {
                app.lock().push(ledger);
            }
            result
        });
        done.await.map_err(|_| Refusal::Broken)?
    }

    /// The position of the ledger, which is a look at what is in memory already.
    pub(super) fn position(&self) -> Result<i64, StoreError> {
        self.position.lock().unwrap_or_else(PoisonError::into_inner).position()
    }

    /// A connection of one's own, for an answer that takes long.
    pub(super) fn reader(&self) -> Result<Ledger, StoreError> {
        Ok(Ledger::open_to_read_only(&self.path)?.sharing(&self.sheets))
    }

    /// Waits until one more selection may be sent.
    pub(super) async fn place_to_stream(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.streams).acquire_owned().await.map_err(|_| Refusal::Broken)
    }

    /// A place for one more who listens for news, if there is one.
    pub(super) fn place_to_listen(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.listeners).try_acquire_owned().map_err(|_| Refusal::Full)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Ledger>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
