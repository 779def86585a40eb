//! Rows of event tables → documents and reports: what somebody else has coded, as a report of
//! theirs.
//!
//! The row is the document: its text has a line `column: value` for each cell, so every value of the
//! report is a span like any other. Which column means what is a [`Mapping`], a table that a user
//! can write; those of the usual tables are in `data/import/`. A value that a mapping does not know
//! is told of, never guessed.

mod cell;
mod mapping;
mod reader;
mod row;

pub use mapping::{BadMapping, Mapping};
pub use row::{Cell, Fresh, Refused};

/// The mappings that are embedded in the program, by name.
pub const FORMATS: &[(&str, &str)] = &[
    ("ged", include_str!("../../../../data/import/ged.tsv")),
    ("candidate", include_str!("../../../../data/import/candidate.tsv")),
    ("acled", include_str!("../../../../data/import/acled.tsv")),
    ("gtd", include_str!("../../../../data/import/gtd.tsv")),
];
