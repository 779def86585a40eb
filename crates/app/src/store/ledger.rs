//! A ledger that is open: reading its log, and adding entries to it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use reading::DocumentId;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::entry::{Act, BEGINNING, CaptureId, Digest, Entry, Imported, VERSION, digest};
use super::error::{Corruption, StoreError};
use super::sheet::{self, Sheets};
use super::{linked, views};

/// An open ledger.
#[derive(Debug)]
pub(crate) struct Ledger {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    /// The record as columns, which connections may share.
    pub(super) sheets: Arc<Sheets>,
    /// Held for as long as this is open for writing.
    pub(super) _lock: Option<File>,
}

/// Entries that are committed together or not at all. Dropped without a commit, they are undone.
#[derive(Debug)]
pub(crate) struct Batch<'l> {
    transaction: Transaction<'l>,
    path: &'l Path,
    seq: i64,
    last: Digest,
}

/// What a ledger has of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing.
    Absent,
    /// Its text, which no build has coded.
    Captured,
    /// What this build has coded, the latest that did.
    Coded(String),
}

impl Ledger {
    /// Another view of the same ledger, to read from while this one writes.
    pub(crate) fn reader(&self) -> Result<Self, StoreError> {
        Self::open(&self.path)
    }

    /// Begins a batch at the end of the log.
    pub(crate) fn begin(&mut self) -> Result<Batch<'_>, StoreError> {
        let path = &self.path;
        let failed = |error| StoreError::of(error, path);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        let (seq, last) = transaction
            .query_row("SELECT seq, digest FROM entry ORDER BY seq DESC LIMIT 1", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
            .map_err(failed)?
            .unwrap_or((0, BEGINNING));
        Ok(Batch { transaction, path, seq, last })
    }

    /// How many documents the ledger has.
    pub(crate) fn n_documents(&self) -> Result<i64, StoreError> {
        self.ask("SELECT count(*) FROM document")
    }

    /// How many reports the views have: those of the latest build that coded each document.
    pub(crate) fn n_reports(&self) -> Result<i64, StoreError> {
        self.ask("SELECT count(*) FROM report")
    }

    /// The position of the log: how many entries there are.
    pub(crate) fn position(&self) -> Result<i64, StoreError> {
        self.connection
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM entry")
            .and_then(|mut query| query.query_row([], |row| row.get(0)))
            .map_err(|error| self.failed(error))
    }

    /// Whether `capture` is in the ledger as a document that `build` has coded.
    pub(crate) fn has(&self, capture: CaptureId, build: &str) -> Result<bool, StoreError> {
        self.connection
            .prepare_cached("SELECT 1 FROM document WHERE capture = ? AND build = ?")
            .and_then(|mut query| query.exists((capture.bytes(), build)))
            .map_err(|error| self.failed(error))
    }

    /// Calls `each` with every entry and its position, in order; ends with the first error.
    pub(crate) fn each_entry<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(i64, Entry) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error| self.failed(error);
        let mut query = self
            .connection
            .prepare("SELECT seq, at, by, version, act FROM entry ORDER BY seq")
            .map_err(failed)?;
        let mut rows = query.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let (seq, entry) = parse(row).map_err(failed)?;
            each(seq, entry.map_err(|what| self.damaged(what))?)?;
        }
        Ok(())
    }

    /// Calls `each` with every row of an imported table, the latest of each id, in the order in
    /// which they were imported.
    pub(crate) fn each_row<E: From<StoreError>>(
        &self,
        table: &str,
        mut each: impl FnMut(Imported) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error| self.failed(error);
        let mut query = self
            .connection
            .prepare(
                "SELECT act FROM imported JOIN entry ON seq = document WHERE name = ? ORDER BY seq",
            )
            .map_err(failed)?;
        let mut rows = query.query([table]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let act = row.get_ref(0).map_err(failed)?.as_blob().unwrap_or_default();
            match serde_json::from_slice(act) {
                Ok(Act::Imported(imported)) => each(*imported)?,
                _ => return Err(self.damaged(Corruption::View("imported")).into()),
            }
        }
        Ok(())
    }

    /// The names of the tables of which rows were imported.
    pub(crate) fn tables(&self) -> Result<Vec<String>, StoreError> {
        self.connection
            .prepare_cached("SELECT DISTINCT name FROM imported ORDER BY name")
            .and_then(|mut query| query.query_map([], |row| row.get(0))?.collect())
            .map_err(|error| self.failed(error))
    }

    pub(super) fn failed(&self, error: rusqlite::Error) -> StoreError {
        StoreError::of(error, &self.path)
    }

    pub(super) fn damaged(&self, what: Corruption) -> StoreError {
        StoreError::Damaged { ledger: self.path.clone(), what }
    }

    /// Acts as if the disk had room for this many pages of the file and no more.
    #[cfg(test)]
    pub(crate) fn limit_pages(&self, n: u32) -> Result<(), StoreError> {
        self.ask::<u32>(&format!("PRAGMA max_page_count = {n}")).map(|_| ())
    }

    pub(super) fn ask<T: rusqlite::types::FromSql>(&self, sql: &str) -> Result<T, StoreError> {
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(|error| self.failed(error))
    }

    pub(super) fn pragma(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.connection.pragma_update(None, name, value).map_err(|error| self.failed(error))
    }
}

impl Batch<'_> {
    /// Adds an entry to the log and folds it into the views.
    pub(crate) fn append(&mut self, at: &str, by: &str, act: Act) -> Result<(), StoreError> {
        let entry = Entry { at: at.to_owned(), by: by.to_owned(), version: VERSION, act };
        let seq = self.seq + 1;
        let act = serde_json::to_vec(&entry.act)
            .map_err(|error| self.failed(rusqlite::Error::ToSqlConversionFailure(error.into())))?;
        let digest = digest(&self.last, seq, at, by, VERSION, &act);
        let write = || {
            self.transaction
                .prepare_cached("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)")?
                .execute((seq, at, by, VERSION, &act, self.last, digest))?;
            views::apply(&self.transaction, seq, &entry)
        };
        write().map_err(|error| self.failed(error))?;
        (self.seq, self.last) = (seq, digest);
        Ok(())
    }

    /// The document that is the row `id` of `table` in the ledger with this batch.
    pub(crate) fn row(&self, table: &str, id: &str) -> Result<Option<DocumentId>, StoreError> {
        let found: Option<[u8; 16]> = self
            .transaction
            .prepare_cached(
                "SELECT document.id FROM imported JOIN document ON seq = imported.document
                 WHERE name = ? AND imported.id = ?",
            )
            .and_then(|mut query| query.query_row((table, id), |row| row.get(0)).optional())
            .map_err(|error| self.failed(error))?;
        Ok(found.and_then(|id| DocumentId::from_bytes(&id)))
    }

    /// What the ledger, with this batch, has of `document`.
    pub(crate) fn standing(&self, document: DocumentId) -> Result<Standing, StoreError> {
        let build: Option<Option<String>> = self
            .transaction
            .prepare_cached("SELECT build FROM document WHERE id = ?")
            .and_then(|mut query| query.query_row([document.bytes()], |row| row.get(0)).optional())
            .map_err(|error| self.failed(error))?;
        Ok(match build {
            None => Standing::Absent,
            Some(None) => Standing::Captured,
            Some(Some(build)) => Standing::Coded(build),
        })
    }

    /// Makes the batch part of the ledger for good, and links what is new with what was there.
    pub(crate) fn commit(self) -> Result<(), StoreError> {
        let path = self.path;
        linked::settle(&self.transaction).map_err(|error| StoreError::of(error, path))?;
        sheet::forget(&self.transaction).map_err(|error| StoreError::of(error, path))?;
        self.transaction.commit().map_err(|error| StoreError::of(error, path))
    }

    /// The position of the last entry, and the connection that it was added by.
    pub(super) fn last(&self) -> (i64, &Connection) {
        (self.seq, &self.transaction)
    }

    pub(super) fn failed(&self, error: rusqlite::Error) -> StoreError {
        StoreError::of(error, self.path)
    }
}

/// The entry in a row of `seq, at, by, version, act`.
pub(super) fn parse(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, Result<Entry, Corruption>)> {
    let seq = row.get(0)?;
    let act = serde_json::from_slice(row.get_ref(4)?.as_blob()?);
    let entry = match act {
        Ok(act) => Ok(Entry { at: row.get(1)?, by: row.get(2)?, version: row.get(3)?, act }),
        Err(error) => Err(Corruption::Unreadable(seq, error.to_string())),
    };
    Ok((seq, entry))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples;

    #[test]
    fn batches_of_two_connections_of_a_process_follow_one_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let mut writer = Ledger::open_or_create(&path).unwrap();
        let mut beside = Ledger::open_beside(&path).unwrap();
        for n in 1..5 {
            for (ledger, n) in [(&mut writer, n), (&mut beside, n + 10)] {
                let mut batch = ledger.begin().unwrap();
                batch.append("now", "me", samples::captured(n)).unwrap();
                batch.commit().unwrap();
            }
        }
        assert_eq!(writer.check().unwrap().n_entries, 8);
    }

    #[test]
    fn a_batch_without_a_commit_is_undone_and_a_reader_sees_commits_only() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open_or_create(&folder.path().join("ledger")).unwrap();
        let reader = ledger.reader().unwrap();
        let mut batch = ledger.begin().unwrap();
        batch.append("now", "me", samples::captured(1)).unwrap();
        assert_eq!(reader.position().unwrap(), 0);
        drop(batch);
        assert_eq!(ledger.position().unwrap(), 0);
        let mut batch = ledger.begin().unwrap();
        batch.append("now", "me", samples::captured(1)).unwrap();
        batch.commit().unwrap();
        assert_eq!(reader.position().unwrap(), 1);
    }

    #[test]
    fn the_log_only_grows() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open_or_create(&folder.path().join("ledger")).unwrap();
        let mut batch = ledger.begin().unwrap();
        batch.append("now", "me", samples::captured(1)).unwrap();
        batch.commit().unwrap();
        for sql in ["UPDATE entry SET by = 'you'", "DELETE FROM entry"] {
            let error = ledger.run(sql).unwrap_err();
            assert!(error.to_string().contains("the ledger only grows"), "{error}");
        }
    }
}
