//! What is committed together: enough that a commit pays, little enough to be held and to be lost.

use std::time::{Duration, Instant};

use super::{Finished, Outcome};

/// A batch is full when so many captures are in it,
const CAPTURES: usize = 256;
/// or this much text,
const TEXT_BYTES: usize = 4 << 20;
/// or when it is this old.
const AGE: Duration = Duration::from_secs(1);

/// What became of some captures, in the order of the captures.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) finished: Vec<Finished>,
    text_bytes: usize,
    begun: Instant,
}

impl Default for Batch {
    fn default() -> Self {
        Self { finished: Vec::new(), text_bytes: 0, begun: Instant::now() }
    }
}

impl Batch {
    pub(super) fn add(&mut self, finished: Finished) {
        if let Outcome::New(fresh) = &finished.outcome {
            self.text_bytes += fresh.document.text().len();
        }
        self.finished.push(finished);
    }

    /// Whether it is time to commit.
    pub(super) fn is_full(&self) -> bool {
        self.finished.len() >= CAPTURES
            || self.text_bytes >= TEXT_BYTES
            || self.begun.elapsed() >= AGE
    }
}
