//! The ledger: one file that only grows, and the views that are folded from it.
//!
//! Isolation: one writer at a time, held by a lock beside the file for as long as the writer is
//! open; any number of readers, each of which sees one position of the log, that of its first
//! query, for as long as its read lasts (SQLite's snapshot isolation in WAL mode). A batch is
//! committed whole or not at all. What a commit has acknowledged survives a crash of the program
//! and, since every commit is forced to the disk (`synchronous = FULL`), a loss of power; one
//! `fsync` for some hundred documents costs less than coding one of them.
//!
//! The log is the table `entry`; each entry carries the digest of the one before, and triggers
//! refuse to change or delete any. Every other table but [`prints`] is a view: [`views`] folds one
//! entry into them, and [`check`] folds the whole log again and compares. Nothing here knows the command
//! line, the clock or the terminal.

pub(crate) mod entry;
mod error;
pub(crate) mod judgement;
mod ledger;
mod linked;
pub(crate) mod views;

pub(crate) mod around;
pub(crate) mod check;
pub(crate) mod doubt;
pub(crate) mod browse;
pub(crate) mod edges;
pub(crate) mod find;
pub(crate) mod lately;
pub(crate) mod news;
mod open;
pub(crate) mod parts;
mod past;
mod prints;
pub(crate) mod proposed;
pub(crate) mod search;
pub(crate) mod seek;
mod sheet;
pub(crate) mod tally;

#[cfg(test)]
pub(crate) mod samples;

pub(crate) use entry::{Access, Act, CaptureId, Captured, CodedBy, Deed, Duplicate, Imported};
pub(crate) use error::StoreError;
pub(crate) use ledger::{Ledger, Standing};
pub(crate) use sheet::Sheets;
