//! How a run ends: exit codes, and one message with one hint.

use std::process::ExitCode;

/// How a run that could start ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was done. Exit code 0.
    Done,
    /// It was done, but something failed or nothing was found. Exit code 1.
    Partly,
}

/// An error that says what to do next. Wrap it in `anyhow` with [`hint`].
#[derive(Debug, thiserror::Error)]
#[error("{error:#}")]
struct Hinted {
    error: anyhow::Error,
    hint: String,
}

/// Adds to `error` what the user can do about it.
pub(crate) fn hint(error: impl Into<anyhow::Error>, hint: impl Into<String>) -> anyhow::Error {
    Hinted { error: error.into(), hint: hint.into() }.into()
}

/// Prints the failure, if there is one, and gives the exit code. A closed pipe is not a failure.
#[expect(clippy::print_stderr, reason = "the one place where failures are printed")]
pub(crate) fn exit_code(result: anyhow::Result<Outcome>) -> ExitCode {
    let error = match result {
        Ok(Outcome::Done) => return ExitCode::SUCCESS,
        Ok(Outcome::Partly) => return ExitCode::from(1),
        Err(error) => error,
    };
    let closed = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
    if error.chain().any(|e| e.downcast_ref::<std::io::Error>().is_some_and(closed)) {
        return ExitCode::SUCCESS;
    }
    eprintln!("tocsin: {error:#}");
    if let Some(hinted) = error.downcast_ref::<Hinted>() {
        eprintln!("hint: {}", hinted.hint);
    }
    ExitCode::from(2)
}
