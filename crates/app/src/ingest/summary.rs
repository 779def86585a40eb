//! What a run did, in numbers.

use std::fmt;

use indicatif::HumanCount;
use serde::Serialize;

use crate::problems::Problems;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Summary {
    /// Documents that the ledger did not have.
    #[serde(rename = "new")]
    pub(crate) n_new: u64,
    /// Documents that it had from another build, and that were coded again.
    #[serde(rename = "coded_again")]
    pub(crate) n_again: u64,
    /// Documents that it had, coded by this build.
    #[serde(rename = "already_there")]
    pub(crate) n_known: u64,
    /// New documents that say what an earlier one says.
    #[serde(rename = "duplicates")]
    pub(crate) n_duplicates: u64,
    /// Reports in what was coded.
    #[serde(rename = "reports")]
    pub(crate) n_reports: u64,
    /// Relations in what was coded.
    #[serde(rename = "relations")]
    pub(crate) n_relations: u64,
    /// Inputs, or parts of them, of which nothing could be made.
    #[serde(rename = "lost")]
    pub(crate) n_lost: u64,
    /// The length of the log at the end.
    #[serde(rename = "entries")]
    pub(crate) n_entries: i64,
    /// What could not be made out.
    pub(crate) problems: Problems,
}

impl Summary {
    /// How many documents went by.
    pub(crate) fn n_documents(&self) -> u64 {
        self.n_new + self.n_again + self.n_known
    }

    /// Counts an input of which nothing could be made, and why.
    pub(super) fn lose(&mut self, input: &str, whats: &[String]) {
        self.n_lost += 1;
        if whats.is_empty() {
            self.problems.note(input, "no text was found");
        }
        for what in whats {
            self.problems.note(input, what);
        }
    }
}

impl fmt::Display for Summary {
    /// A line for each number that is not nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |what: &str, n: u64| match n {
            0 => Ok(()),
            n => writeln!(f, "{what:<15} {:>10}", HumanCount(n).to_string()),
        };
        line("documents", self.n_documents())?;
        line("  new", self.n_new)?;
        line("  coded again", self.n_again)?;
        line("  there already", self.n_known)?;
        line("duplicates", self.n_duplicates)?;
        line("reports", self.n_reports)?;
        line("relations", self.n_relations)?;
        line("lost inputs", self.n_lost)
    }
}
