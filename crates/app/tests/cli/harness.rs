//! A scratch folder in which the program runs, with the clock pinned and the environment cleared.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The time of every run.
const AT: &str = "2024-06-01T12:00:00Z";

/// A scratch folder.
pub(crate) struct Folder {
    folder: tempfile::TempDir,
}

impl Folder {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// One with a ledger of [`NEWS`] called `news.ledger`.
    pub(crate) fn with_ledger() -> Self {
        let folder = Self::new();
        folder.write("news.jsonl", NEWS);
        assert!(folder.ingest("news.jsonl").status.success());
        folder
    }

    /// The folder's path.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The path of a file in it.
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Writes a file in it.
    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.at(name), text).unwrap();
    }

    /// The program with these arguments, ready to run here.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tocsin"));
        command
            .args(arguments.split_whitespace())
            .current_dir(self.path())
            .env_clear()
            .env("COLUMNS", "100")
            .stdin(Stdio::null());
        command
    }

    /// Runs it.
    pub(crate) fn output(&self, arguments: &str) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Ingests an input into `news.ledger`.
    pub(crate) fn ingest(&self, input: &str) -> Output {
        self.output(&format!("ingest {input} --ledger news.ledger --by tester --at {AT}"))
    }

    /// What a user sees: the standard output, the standard error behind `! `, the exit code if it
    /// is not 0.
    pub(crate) fn transcript(&self, arguments: &str) -> String {
        shown(&self.output(arguments))
    }
}

/// The arguments that pin clock and name.
pub(crate) fn signed(arguments: &str) -> String {
    format!("{arguments} --by tester --at {AT}")
}

/// As in [`Folder::transcript`].
pub(crate) fn shown(output: &Output) -> String {
    let mut shown = String::from_utf8(output.stdout.clone()).unwrap();
    for line in std::str::from_utf8(&output.stderr).unwrap().lines() {
        writeln!(shown, "! {line}").unwrap();
    }
    if !output.status.success() {
        writeln!(shown, "{}", output.status).unwrap();
    }
    shown
}

/// A day's news: two attacks, the second told twice, and the weather.
pub(crate) const NEWS: &str = r#"{"url": "https://gazette.example/kano", "title": "Market bomb in Kano", "date": "2024-03-04", "outlet": "The Gazette", "text": "KANO, 4 March 2024 — A bomb killed at least 12 people at a market in Kano on Sunday, police said.\n\nThe al-Harrow Front has not spoken."}
{"url": "https://gazette.example/suva", "title": "Shots in Suva", "date": "2024-05-02", "outlet": "The Gazette", "text": "SUVA, 2 May 2024 — Gunmen shot and killed three people outside a bank in Suva on Wednesday."}
{"url": "https://courier.example/suva", "title": "Three killed in Suva", "date": "2024-05-02", "outlet": "Courier", "text": "SUVA, 2 May 2024 — Gunmen shot and killed three people outside a bank in Suva on Wednesday."}
{"url": "https://gazette.example/rain", "title": "Rain", "date": "2024-05-03", "outlet": "The Gazette", "text": "It rained on Friday. The harvest will be good."}
"#;
