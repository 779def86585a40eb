//! `cargo xtask test`: all the set-up and all the tests, the cheapest first.
//!
//! One table of steps, each a command that a developer can run alone. The run stops at the
//! first that fails and says how to repeat it.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Args;

/// Arguments of `cargo xtask test`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Leave out clippy and the documentation
    #[arg(long)]
    fast: bool,
    /// Look at the pages in a browser as well, where node and Chromium are there
    #[arg(long)]
    browser: bool,
}

/// One command that must succeed.
struct Step {
    command: &'static str,
    environment: Option<(&'static str, &'static str)>,
    /// Whether `--fast` leaves it out.
    slow: bool,
}

impl Step {
    const fn new(command: &'static str) -> Self {
        Self { command, environment: None, slow: false }
    }

    const fn slow(command: &'static str) -> Self {
        Self { command, environment: None, slow: true }
    }
}

const NEXTEST: Step = Step::new("nextest run --workspace");
const TESTS: Step = Step::new("test --workspace --lib --bins --tests");

/// Runs every step. False when one failed.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    set_up()?;
    // The program embeds it, so it comes before what builds the program.
    if !crate::web::run_where_possible()? {
        return Ok(false);
    }
    let started = Instant::now();
    let mut n_passed = 0;
    let steps = steps(has_nextest());
    let chosen = steps.iter().filter(|step| !(arguments.fast && step.slow));
    let mut out = std::io::stdout();
    for step in chosen {
        let shown = shown(step);
        writeln!(out, "── {shown}")?;
        let begun = Instant::now();
        let (succeeded, passed) = perform(step)?;
        n_passed += passed;
        if !succeeded {
            writeln!(out, "failed: run it alone with `{shown}`")?;
            return Ok(false);
        }
        writeln!(out, "   done in {:.1} s", begun.elapsed().as_secs_f64())?;
    }
    if arguments.browser && !crate::browser::run_where_possible()? {
        writeln!(out, "failed: run it alone with `cargo xtask browser`")?;
        return Ok(false);
    }
    writeln!(out, "{n_passed} tests passed in {:.0} s", started.elapsed().as_secs_f64())?;
    Ok(true)
}

fn steps(nextest: bool) -> Vec<Step> {
    vec![
        Step::new("fmt --all --check"),
        Step::slow("clippy --quiet --workspace --all-targets -- -D warnings"),
        if nextest { NEXTEST } else { TESTS },
        Step::new("test --quiet --workspace --doc"),
        Step {
            environment: Some(("RUSTDOCFLAGS", "-D warnings")),
            ..Step::slow("doc --quiet --workspace --no-deps --document-private-items")
        },
    ]
}

/// Adds the parts of the toolchain that a minimal installation lacks.
fn set_up() -> anyhow::Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if answers(subcommand) {
            continue;
        }
        let status = Command::new("rustup").args(["component", "add", component]).status();
        if !status.is_ok_and(|status| status.success()) {
            bail!("no `cargo {subcommand}` here: add it with `rustup component add {component}`");
        }
    }
    Ok(())
}

/// nextest is quicker, and never required.
fn has_nextest() -> bool {
    answers("nextest")
}

fn answers(subcommand: &str) -> bool {
    let mut command = crate::cargo();
    command.args([subcommand, "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The command as a developer would type it.
fn shown(step: &Step) -> String {
    match step.environment {
        Some((name, value)) => format!("{name}=\"{value}\" cargo {}", step.command),
        None => format!("cargo {}", step.command),
    }
}

/// Runs one step, passes on what it prints, and counts the tests that it says have passed.
fn perform(step: &Step) -> anyhow::Result<(bool, usize)> {
    let mut command = crate::cargo();
    command.args(step.command.split(' ')).stdin(Stdio::null());
    if let Some((name, value)) = step.environment {
        command.env(name, value);
    }
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start `{}`", shown(step)))?;
    let errors = child.stderr.take().context("the step has no standard error")?;
    let results = child.stdout.take().context("the step has no standard output")?;
    let beside = std::thread::spawn(move || echo(errors));
    let mut n_passed = echo(results)?;
    n_passed += beside.join().ok().context("the reader of the step's errors broke")??;
    Ok((child.wait()?.success(), n_passed))
}

fn echo(stream: impl Read) -> std::io::Result<usize> {
    let mut n_passed = 0;
    for line in BufReader::new(stream).split(b'\n') {
        let line = line?;
        n_passed += passed(&String::from_utf8_lossy(&line)).unwrap_or(0);
        let mut out = std::io::stdout().lock();
        out.write_all(&line)?;
        out.write_all(b"\n")?;
    }
    Ok(n_passed)
}

/// The number of passed tests in the closing line of nextest or of a test binary.
fn passed(line: &str) -> Option<usize> {
    let line = line.trim_start();
    if !line.starts_with("Summary [") && !line.starts_with("test result:") {
        return None;
    }
    let (before, _) = line.split_once(" passed")?;
    before.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        assert_eq!(passed("     Summary [   0.008s] 6 tests run: 5 passed, 1 failed"), Some(5));
        assert_eq!(passed("test result: ok. 12 passed; 0 failed; 0 ignored"), Some(12));
        assert_eq!(passed("test a_bomb ... ok"), None);
        assert_eq!(passed("he passed"), None);
    }

    #[test]
    fn a_step_is_shown_as_one_types_it() {
        let steps = steps(false);
        assert_eq!(steps.first().map(shown).as_deref(), Some("cargo fmt --all --check"));
        let last = steps.last().map(shown);
        assert!(last.is_some_and(|l| l.starts_with("RUSTDOCFLAGS=\"-D warnings\" cargo doc")));
    }

    #[test]
    fn nextest_is_used_when_it_is_there() {
        let commands = |nextest| steps(nextest).iter().map(|s| s.command).collect::<Vec<_>>();
        assert!(commands(true).contains(&NEXTEST.command));
        assert!(!commands(false).contains(&NEXTEST.command));
        assert!(commands(false).contains(&TESTS.command));
    }
}
