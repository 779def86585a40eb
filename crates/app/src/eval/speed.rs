//! `speed`: how many documents and tokens a second one core reads and codes, and peak memory.
//!
//! Knowledge is loaded before the first pass; reading and coding are timed apart, on one thread,
//! and the median of the passes is given. The time is the CPU time of that thread where the system
//! tells it (Linux), so other programs do not slow it; elsewhere it is the time of the clock. A
//! token is a word or a single mark: a run of letters and digits, or any other character that is
//! no white space.

use std::io::Write;
use std::path::Path;
use std::thread;
use std::time::Instant;

use engine::Knowledge;
use reading::Document;
use serde::Serialize;

use super::{Source, files};
use crate::failure::hint;
use crate::model;

/// Deeply nested pages are read by recursion.
const STACK_BYTES: usize = 64 << 20;
/// The system counts CPU time in steps of some milliseconds; a shorter pass gives no rate.
const SHORTEST: f64 = 0.02;

/// What was measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Speed {
    suite: &'static str,
    build: String,
    data: String,
    /// `cpu` or `clock`.
    time: &'static str,
    passes: usize,
    items: usize,
    tokens: usize,
    reports: usize,
    /// Median seconds of one pass.
    read_seconds: f64,
    /// Median seconds of one pass.
    code_seconds: f64,
    /// Of the whole process at its highest, in MB; where the system tells it.
    peak_mb: Option<f64>,
}

/// Reads and codes the documents of `data` in `passes` passes.
pub(crate) fn measure(source: &Source, passes: usize) -> anyhow::Result<Speed> {
    let (data, known) = (&*source.data, model::beside(Knowledge::embedded(), source.no_model));
    let measured = thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(STACK_BYTES);
        let worker = builder.spawn_scoped(scope, || run(data, passes.max(1), &known))?;
        worker.join().map_err(|_| anyhow::anyhow!("an error in the program while timing"))?
    })?;
    if measured.items == 0 {
        let error = anyhow::anyhow!("\"{}\" has no documents", data.display());
        return Err(hint(error, "name a file that `tocsin read` reads"));
    }
    Ok(measured)
}

/// Writes the result for people.
pub(crate) fn write(out: &mut impl Write, speed: &Speed) -> std::io::Result<()> {
    writeln!(out, "suite   speed, {} items, {} tokens", speed.items, speed.tokens)?;
    writeln!(out, "data    {}", speed.data)?;
    writeln!(out, "build   {}", speed.build)?;
    let time = if speed.time == "cpu" { "CPU time" } else { "clock time" };
    writeln!(out, "median {time} of {} passes on one thread, knowledge loaded", speed.passes)?;
    writeln!(out)?;
    writeln!(out, "{:<8}{:>14}{:>14}{:>12}", "", "documents/s", "tokens/s", "seconds")?;
    let both = speed.read_seconds + speed.code_seconds;
    let rows = [("read", speed.read_seconds), ("code", speed.code_seconds), ("both", both)];
    for (name, seconds) in rows {
        let rate = |n: usize| match seconds {
            s if s < SHORTEST => "too short".to_owned(),
            s => format!("{:.0}", n as f64 / s),
        };
        let (documents, tokens) = (rate(speed.items), rate(speed.tokens));
        writeln!(out, "{name:<8}{documents:>14}{tokens:>14}{seconds:>12.4}")?;
    }
    writeln!(out)?;
    writeln!(out, "reports {}", speed.reports)?;
    match speed.peak_mb {
        Some(mb) => writeln!(out, "peak memory {mb:.0} MB"),
        None => writeln!(out, "peak memory not known on this system"),
    }
}

fn run(data: &Path, passes: usize, known: &Knowledge) -> anyhow::Result<Speed> {
    let (mut read, mut code) = (Vec::new(), Vec::new());
    let (mut documents, mut reports): (Vec<Document>, usize) = (Vec::new(), 0);
    for _ in 0..passes {
        let start = Now::new();
        documents = files::documents(data)?;
        read.push(start.seconds());
        let start = Now::new();
        reports =
            documents.iter().map(|document| engine::code(document, known).reports.len()).sum();
        code.push(start.seconds());
    }
    Ok(Speed {
        suite: "speed",
        build: known.build().to_owned(),
        data: files::name(data),
        time: if thread_cpu_ns().is_some() { "cpu" } else { "clock" },
        passes,
        items: documents.len(),
        tokens: documents.iter().map(|document| tokens(document.text())).sum(),
        reports,
        read_seconds: median(read),
        code_seconds: median(code),
        peak_mb: peak_mb(),
    })
}

/// A moment, by the CPU time of this thread and by the clock.
pub(super) struct Now {
    cpu: Option<u64>,
    clock: Instant,
}

impl Now {
    pub(super) fn new() -> Self {
        Self { cpu: thread_cpu_ns(), clock: Instant::now() }
    }

    /// The time since.
    pub(super) fn seconds(&self) -> f64 {
        match self.cpu.zip(thread_cpu_ns()) {
            Some((start, now)) => now.saturating_sub(start) as f64 / 1e9,
            None => self.clock.elapsed().as_secs_f64(),
        }
    }
}

fn thread_cpu_ns() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().filter(|&ns| ns > 0)
}

pub(super) fn peak_mb() -> Option<f64> {
    peak_mb_of(std::process::id())
}

/// The same of another process.
pub(super) fn peak_mb_of(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(0.0)
}

fn tokens(text: &str) -> usize {
    let mut n = 0;
    let mut in_word = false;
    for c in text.chars() {
        let is_word = c.is_alphanumeric();
        let goes_on = is_word && in_word;
        n += usize::from(!goes_on && !c.is_whitespace());
        in_word = is_word;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_single_marks_are_tokens() {
        assert_eq!(tokens("At least 12 died, police said."), 8);
        assert_eq!(tokens("\"No!\""), 4);
        assert_eq!(tokens(" \n"), 0);
    }

    #[test]
    fn the_median_is_the_middle_one() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < 1e-12);
    }
}
