//! How much of the inputs has been read, in bytes as they lie on the disk; for the time that is left.

use std::io::{Read, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A count that readers add to and a progress bar looks at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measure {
    opened: Arc<AtomicU64>,
    read: Arc<AtomicU64>,
    total: Option<u64>,
}

/// A reader whose bytes are counted.
#[derive(Debug)]
pub(crate) struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl Measure {
    /// Of inputs of so many bytes, if that is known.
    pub(crate) fn of(total: Option<u64>) -> Self {
        Self { total, ..Self::default() }
    }

    /// `inner`, which has been opened, counted.
    pub(crate) fn counted<R: Read>(&self, inner: R) -> Counted<R> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        Counted { inner, read: Arc::clone(&self.read) }
    }

    /// Inputs opened so far.
    pub(crate) fn n_opened(&self) -> u64 {
        self.opened.load(Ordering::Relaxed)
    }

    /// Bytes read so far.
    pub(crate) fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Bytes in all, if that is known.
    pub(crate) fn total(&self) -> Option<u64> {
        self.total
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let n = self.inner.read(buffer)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_counted() {
        let measure = Measure::of(Some(11));
        let mut five = [0; 5];
        measure.counted(&b"hello world"[..]).read_exact(&mut five).unwrap();
        assert_eq!((measure.n_opened(), measure.read(), measure.total()), (1, 5, Some(11)));
    }
}
