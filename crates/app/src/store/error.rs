//! What can go wrong with a ledger, and what the user can do about it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a ledger could not be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// The file is not what it should be; it was not touched.
    #[error("{} {why}", quoted(ledger))]
    Unfit { ledger: PathBuf, why: Unfit },
    /// Someone else writes to it.
    #[error("the ledger {} is being written by another process", quoted(.0))]
    Busy(PathBuf),
    /// No room is left where the ledger is. What was committed is safe.
    #[error("the disk is full: the ledger {} cannot grow{}", quoted(ledger), safe(*n_safe))]
    Full { ledger: PathBuf, n_safe: Option<i64> },
    /// What the ledger says is not what was written.
    #[error("the ledger {} is damaged: {what}", quoted(ledger))]
    Damaged { ledger: PathBuf, what: Corruption },
    /// Anything else that the database or the system reports.
    #[error("the ledger {} cannot be used: {error}", quoted(ledger))]
    Failed { ledger: PathBuf, error: rusqlite::Error },
}

/// Why a file cannot serve as a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unfit {
    /// There is no such file.
    #[error("does not exist")]
    Missing,
    /// Another kind of file.
    #[error("is not a ledger of tocsin")]
    NotALedger,
    /// Made by a program that knows more than this one.
    #[error("was written by a newer tocsin (its form is {found}, this program knows {known})")]
    Newer { found: u32, known: u32 },
    /// Its views were folded by another program, in another form.
    #[error("has views of another form than this program knows")]
    OldViews,
    /// Something is there already.
    #[error("exists already")]
    Exists,
}

/// What is wrong inside a ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Corruption {
    /// An entry is missing, or comes twice.
    #[error("entry {0} is missing")]
    Missing(i64),
    /// An entry does not carry the digest of the one before.
    #[error("entry {0} does not follow from the entry before it")]
    Chain(i64),
    /// The content of an entry does not have the digest that it was written with.
    #[error("entry {0} was changed after it was written")]
    Changed(i64),
    /// An entry cannot be parsed.
    #[error("entry {0} cannot be read ({1})")]
    Unreadable(i64, String),
    /// A view does not say what the log says. The log is sound.
    #[error("the view \"{0}\" differs from the log")]
    View(&'static str),
    /// The database file itself.
    #[error("{0}")]
    File(String),
}

impl StoreError {
    /// What `source` means for `ledger`.
    pub(super) fn of(error: rusqlite::Error, ledger: &Path) -> Self {
        let ledger = ledger.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full { ledger, n_safe: None },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(ledger),
            Some(ErrorCode::NotADatabase) => Self::Unfit { ledger, why: Unfit::NotALedger },
            Some(ErrorCode::DatabaseCorrupt) => {
                Self::Damaged { ledger, what: Corruption::File(error.to_string()) }
            }
            _ => Self::Failed { ledger, error },
        }
    }

    /// What the user can do about it.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Unfit { why: Unfit::Missing, ledger } => {
                format!("make it with `tocsin ingest INPUT --ledger {}`", ledger.display())
            }
            Self::Unfit { why: Unfit::NotALedger, .. } => {
                "name the file that `tocsin ingest` made; this one was not touched".into()
            }
            Self::Unfit { why: Unfit::Newer { .. }, .. } => {
                "use the newer tocsin; this file was not touched".into()
            }
            Self::Unfit { why: Unfit::OldViews, ledger } => {
                format!(
                    "the log is sound; `tocsin store rebuild {}` folds them anew",
                    ledger.display()
                )
            }
            Self::Unfit { why: Unfit::Exists, .. } => "name a new file".into(),
            Self::Busy(_) => "wait until it has finished, or end it".into(),
            Self::Full { .. } => "free some space and run the same command again".into(),
            Self::Damaged { what: Corruption::View(_), ledger } => {
                format!("the log is sound; `tocsin store rebuild {}` mends it", ledger.display())
            }
            Self::Damaged { .. } => {
                "go back to the last backup, or ingest the inputs into a new ledger".into()
            }
            Self::Failed { .. } => {
                "see that the file and its folder can be written to, and that the disk is sound"
                    .into()
            }
        }
    }
}

fn safe(n_documents: Option<i64>) -> String {
    n_documents.map_or_else(String::new, |n| format!("; the {n} documents in it are safe"))
}

fn quoted(path: &Path) -> String {
    format!("\"{}\"", path.display())
}
