//! How far a run is, on standard error: a bar for a person, now and then a line for a log.

use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressStyle};

use super::summary::Summary;

/// Shows how far a run is. What it calls committed is safe.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    every: Duration,
    begun: Instant,
    told: Option<Instant>,
}

impl Progress {
    /// A bar if standard error is a terminal, else a line no more often than `every`. `total` is
    /// the number of documents, if that is known.
    pub(crate) fn new(total: Option<u64>, every: Duration) -> Self {
        let bar = console::user_attended_stderr().then(|| bar(total));
        Self { bar, every, begun: Instant::now(), told: None }
    }

    /// Something was read; `n_pending` documents wait for their commit.
    pub(super) fn advance(&self, summary: &Summary, n_pending: usize) {
        if let Some(bar) = &self.bar {
            bar.set_position(summary.n_documents() + n_pending as u64);
        }
    }

    /// A batch is safe.
    pub(super) fn committed(&mut self, summary: &Summary) {
        if let Some(bar) = &self.bar {
            bar.set_message(format!("{} reports", HumanCount(summary.n_reports)));
        } else if self.told.unwrap_or(self.begun).elapsed() >= self.every {
            self.told = Some(Instant::now());
            self.tell(summary);
        }
    }

    /// The run is over.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    #[expect(clippy::print_stderr, reason = "progress is for standard error")]
    fn tell(&self, summary: &Summary) {
        let rate = summary.n_documents() as f64 / self.begun.elapsed().as_secs_f64();
        eprintln!(
            "committed {} documents ({} already there), {} reports, {rate:.0} documents/s",
            summary.n_new + summary.n_again,
            summary.n_known,
            summary.n_reports,
        );
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, form) = match total {
        Some(total) => (
            ProgressBar::new(total),
            "{wide_bar} {human_pos}/{human_len} documents, {per_sec}, {eta} left, {msg}",
        ),
        None => (
            ProgressBar::new_spinner(),
            "{spinner} {human_pos} documents in {elapsed}, {per_sec}, {msg}",
        ),
    };
    // The templates are ours, so a bad one would show in the first run; the plain bar does then.
    let style = ProgressStyle::with_template(form);
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
