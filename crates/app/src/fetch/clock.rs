//! The time, and waiting: a trait, so that the tests of pacing take no time.

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// Tells the time and waits.
pub(crate) trait Clock {
    /// The moment, for dates in the archive.
    fn now(&self) -> Timestamp;

    /// The time since the run began, which no correction of the system's clock moves.
    fn elapsed(&self) -> Duration;

    /// Waits.
    fn sleep(&self, duration: Duration);
}

/// The machine's own clock.
#[derive(Debug)]
pub(crate) struct SystemClock {
    begun: Instant,
}

impl SystemClock {
    /// A clock that begins now.
    pub(crate) fn start() -> Self {
        Self { begun: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}
