//! What an import did, in numbers, and which lines were refused.

use std::fmt;

use indicatif::HumanCount;
use serde::Serialize;

use crate::problems::Problems;

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Summary {
    /// Rows below the header.
    #[serde(rename = "rows")]
    pub(crate) n_rows: u64,
    /// Rows that the ledger did not have.
    #[serde(rename = "new")]
    pub(crate) n_new: u64,
    /// Rows that say something else than the row of this id in the ledger.
    #[serde(rename = "changed")]
    pub(crate) n_changed: u64,
    /// Rows that were there.
    #[serde(rename = "already_there")]
    pub(crate) n_known: u64,
    /// Rows that are no report.
    pub(crate) refused: Vec<Refusal>,
    /// Columns that the mapping names and the table lacks.
    #[serde(rename = "missing_columns")]
    pub(crate) missing: Vec<String>,
    /// The length of the log at the end.
    #[serde(rename = "entries")]
    pub(crate) n_entries: i64,
    /// What could not be made out.
    pub(crate) problems: Problems,
}

/// A row that is no report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Refusal {
    line: u64,
    why: String,
}

impl Summary {
    /// How many rows were refused.
    pub(crate) fn n_refused(&self) -> u64 {
        self.refused.len() as u64
    }

    pub(super) fn refuse(&mut self, file: &str, line: u64, why: &str) {
        self.problems.note(&format!("{file}#{line}"), &format!("row refused: {why}"));
        self.refused.push(Refusal { line, why: why.to_owned() });
    }
}

impl fmt::Display for Summary {
    /// A line for each number that is not nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |what: &str, n: u64| match n {
            0 => Ok(()),
            n => writeln!(f, "{what:<15} {:>10}", HumanCount(n).to_string()),
        };
        line("rows", self.n_rows)?;
        line("  new", self.n_new)?;
        line("  changed", self.n_changed)?;
        line("  there already", self.n_known)?;
        line("  refused", self.n_refused())
    }
}
