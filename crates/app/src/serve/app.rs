//! What all answers share: the knowledge, and the connections to the ledger.
//!
//! SQLite waits for the disk, so reads run on threads that may wait. No more connections are open
//! than answers run at once; each answer sees one position of the log.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use engine::Knowledge;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::refusal::Refusal;
use crate::store::{Ledger, StoreError};

/// How many answers read at once.
const READERS: usize = 8;
/// How many whole selections are sent at once.
const STREAMS: usize = 4;

/// What all answers share.
pub(super) struct App {
    path: PathBuf,
    pub(super) known: Knowledge,
    idle: Mutex<Vec<Ledger>>,
    permits: Semaphore,
    streams: Arc<Semaphore>,
}

impl App {
    /// Opens the ledger at `path`, so that what is wrong with it is said before anyone asks.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let ledger = Ledger::open_to_read_only(path)?;
        Ok(Self {
            path: path.to_owned(),
            known: Knowledge::embedded(),
            idle: Mutex::new(vec![ledger]),
            permits: Semaphore::new(READERS),
            streams: Arc::new(Semaphore::new(STREAMS)),
        })
    }

    /// Where the ledger is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The name of the ledger's file.
    pub(super) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
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

    /// A connection of one's own, for an answer that takes long.
    pub(super) fn reader(&self) -> Result<Ledger, StoreError> {
        Ledger::open_to_read_only(&self.path)
    }

    /// Waits until one more selection may be sent.
    pub(super) async fn place_to_stream(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.streams).acquire_owned().await.map_err(|_| Refusal::Broken)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Ledger>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
