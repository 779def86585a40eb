//! How far a run is, on standard error: a bar for a person, now and then a line for a log.

use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressStyle};

use super::summary::Summary;
use crate::measure::Measure;

/// Shows how far a run is. What it calls committed is safe.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    measure: Measure,
    every: Duration,
    begun: Instant,
    told: Option<Instant>,
    watcher: Option<Watcher>,
}

/// Is told how far a run is.
struct Watcher(Box<dyn Fn(&Summary) + Send>);

impl std::fmt::Debug for Watcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watcher")
    }
}

impl Progress {
    /// A bar if standard error is a terminal, else a line no more often than `every`.
    pub(crate) fn new(measure: Measure, every: Duration) -> Self {
        let bar = console::user_attended_stderr().then(|| bar(measure.total()));
        Self { bar, measure, every, begun: Instant::now(), told: None, watcher: None }
    }

    /// Shown by nobody but `watcher`.
    pub(crate) fn told_to(watcher: impl Fn(&Summary) + Send + 'static) -> Self {
        Self {
            bar: None,
            measure: Measure::default(),
            every: Duration::MAX,
            begun: Instant::now(),
            told: None,
            watcher: Some(Watcher(Box::new(watcher))),
        }
    }

    /// A batch was done with.
    pub(super) fn advance(&self, summary: &Summary) {
        if let Some(Watcher(tell)) = &self.watcher {
            tell(summary);
        }
        let Some(bar) = &self.bar else { return };
        let n_documents = summary.n_documents();
        bar.set_position(self.measure.read());
        bar.set_message(format!(
            "{} documents, {:.0}/s, {} reports",
            HumanCount(n_documents),
            self.per_second(n_documents),
            HumanCount(summary.n_reports),
        ));
    }

    /// A batch is safe.
    pub(super) fn committed(&mut self, summary: &Summary) {
        let is_due = self.told.unwrap_or(self.begun).elapsed() >= self.every;
        if self.bar.is_none() && is_due {
            self.told = Some(Instant::now());
            self.tell(summary);
        }
    }

    #[expect(clippy::print_stderr, reason = "progress is for standard error")]
    fn tell(&self, summary: &Summary) {
        let share =
            self.measure.total().filter(|&total| total > 0).map_or_else(String::new, |total| {
                format!("{:.0} % read; ", 100.0 * self.measure.read() as f64 / total as f64)
            });
        eprintln!(
            "committed {} documents ({} already there), {} reports; {share}{:.0} documents/s",
            summary.n_new + summary.n_again,
            summary.n_known,
            summary.n_reports,
            self.per_second(summary.n_documents()),
        );
    }

    fn per_second(&self, n_documents: u64) -> f64 {
        n_documents as f64 / self.begun.elapsed().as_secs_f64().max(0.001)
    }
}

impl Drop for Progress {
    /// Whatever is printed next is not printed over a bar.
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// With a total in bytes, the time that is left; without one, the time that has gone.
fn bar(total_bytes: Option<u64>) -> ProgressBar {
    let (bar, form) = match total_bytes {
        Some(total) => (ProgressBar::new(total), "{wide_bar} {percent} %, {eta} left, {msg}"),
        None => (ProgressBar::new_spinner(), "{spinner} {elapsed}, {msg}"),
    };
    // The forms are ours, so a bad one would show in the first run; the plain bar does then.
    let style = ProgressStyle::with_template(form);
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
