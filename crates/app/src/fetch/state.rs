//! What was fetched before, kept beside the output so that a second run asks only for what is new.
//!
//! A line of JSON for each page, the last one for an address counts. Lines are only ever added,
//! so a run that is killed loses at most its last line, and that page is then asked for again.

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use url::Url;

use super::Validators;
use crate::failure::hint;

/// The file and what is in it. No other run may write it at the same time.
#[derive(Debug)]
pub(crate) struct State {
    path: PathBuf,
    file: File,
    seen: HashMap<String, Seen>,
}

/// What is known of a page from an earlier fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    #[serde(flatten)]
    pub(super) validators: Validators,
    /// Of the body, as the archive has it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) digest: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    url: String,
    #[serde(flatten)]
    seen: Seen,
}

impl State {
    /// Opens or creates the file at `path`.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let named = || format!("cannot use \"{}\"", path.display());
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .with_context(named)?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            let error = anyhow::anyhow!("\"{}\" is in use by another run", path.display());
            return Err(hint(error, "wait until it has ended, or name another output"));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).with_context(named)?;
        if !bytes.is_empty() && !bytes.ends_with(b"\n") {
            file.write_all(b"\n").with_context(named)?;
        }
        let lines = bytes.split(|&b| b == b'\n');
        let lines = lines.filter_map(|line| serde_json::from_slice::<Line>(line).ok());
        let seen = lines.map(|line| (line.url, line.seen)).collect();
        Ok(Self { path: path.to_owned(), file, seen })
    }

    /// What an earlier fetch of `url` left.
    pub(super) fn get(&self, url: &Url) -> Option<&Seen> {
        self.seen.get(url.as_str())
    }

    /// Keeps what a fetch of `url` brought.
    pub(super) fn put(&mut self, url: &Url, seen: Seen) -> anyhow::Result<()> {
        if self.get(url) == Some(&seen) {
            return Ok(());
        }
        let line = Line { url: url.to_string(), seen };
        let mut text = serde_json::to_vec(&line)?;
        text.push(b'\n');
        self.file
            .write_all(&text)
            .with_context(|| format!("cannot write \"{}\"", self.path.display()))?;
        self.seen.insert(line.url, line.seen);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(etag: &str) -> Seen {
        let validators = Validators { etag: Some(etag.into()), last_modified: None };
        Seen { validators, digest: None }
    }

    #[test]
    fn what_was_put_is_there_after_opening_again() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("s");
        let [a, b]: [Url; 2] = ["https://a.example/".parse()?, "https://b.example/".parse()?];
        let mut state = State::open(&path)?;
        state.put(&a, seen("1"))?;
        state.put(&a, seen("2"))?;
        state.put(&b, Seen::default())?;
        drop(state);
        let state = State::open(&path)?;
        assert_eq!(state.get(&a), Some(&seen("2")));
        assert_eq!(state.get(&b), Some(&Seen::default()));
        Ok(())
    }

    #[test]
    fn a_torn_last_line_is_forgotten_and_harms_no_other() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("s");
        let a: Url = "https://a.example/".parse()?;
        std::fs::write(&path, "{\"url\":\"https://b.exa")?;
        State::open(&path)?.put(&a, seen("1"))?;
        let state = State::open(&path)?;
        assert_eq!(state.get(&a), Some(&seen("1")));
        assert_eq!(state.seen.len(), 1);
        Ok(())
    }

    #[test]
    fn two_runs_at_once_are_refused() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("s");
        let first = State::open(&path)?;
        let second = State::open(&path).map(|_| ()).unwrap_err();
        assert!(second.to_string().contains("is in use by another run"), "{second}");
        drop(first);
        State::open(&path).map(|_| ())
    }
}
