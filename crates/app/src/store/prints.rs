//! Fingerprints of the texts of a ledger, so that a run that adds a few documents to a million need
//! not read a million texts to find which of the few repeat one.
//!
//! They follow from the texts, but folding does not make them: who adds documents has their
//! fingerprints in hand and keeps them with the batch. What was added without is made up for when
//! they are next asked for. Thrown away, they come back. A document that repeats another has none:
//! whoever repeats it repeats the other.

use reading::{Document, DocumentId};
use rusqlite::{Connection, OptionalExtension, Result};

use super::ledger::{Batch, Ledger};
use super::{Act, StoreError};

/// `printed_alone` says up to which entry they are all there. Builds before kept repeated texts as
/// well, in tables of other names.
const TABLES: &str = "
    DROP TABLE IF EXISTS print;
    DROP TABLE IF EXISTS printed;
    CREATE TABLE IF NOT EXISTS print_alone (
        document INTEGER PRIMARY KEY,
        id BLOB NOT NULL,
        whole BLOB NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS printed_alone (
        one INTEGER PRIMARY KEY,
        until INTEGER NOT NULL
    ) STRICT;";

impl Ledger {
    /// Calls `each` with the fingerprint of every document that repeats no other, in the order in
    /// which they were captured; those that are not kept are made by `make` and kept.
    pub(crate) fn each_print(
        &mut self,
        make: impl Fn(&Document) -> Vec<u8>,
        each: impl FnMut(DocumentId, &[u8]),
    ) -> Result<(), StoreError> {
        let position = self.position()?;
        let fill = |transaction: &Connection| {
            transaction.execute_batch(TABLES)?;
            make_up(transaction, position, &make)?;
            read(transaction, each)
        };
        let path = self.path.clone();
        let failed = |error| StoreError::of(error, &path);
        let transaction = self.connection.transaction().map_err(failed)?;
        fill(&transaction).map_err(failed)?;
        transaction.commit().map_err(failed)
    }
}

impl Batch<'_> {
    /// Keeps the fingerprint of the document that was added last, which repeats no other. All are
    /// there after [`Ledger::each_print`], and stay so if every such document of a batch is kept.
    pub(crate) fn keep_print(&mut self, id: DocumentId, whole: &[u8]) -> Result<(), StoreError> {
        let (seq, connection) = self.last();
        put(connection, seq, id.bytes(), whole).map_err(|error| self.failed(error))
    }

    /// Notes that the fingerprints of all documents of the batch are there.
    pub(crate) fn prints_are_kept(&mut self) -> Result<(), StoreError> {
        let (seq, connection) = self.last();
        set(connection, seq).map_err(|error| self.failed(error))
    }
}

fn put(connection: &Connection, seq: i64, id: [u8; 16], whole: &[u8]) -> Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO print_alone VALUES (?, ?, ?)")?
        .execute((seq, id, whole))?;
    Ok(())
}

fn set(connection: &Connection, until: i64) -> Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO printed_alone VALUES (1, ?)")?
        .execute([until])?;
    Ok(())
}

/// Makes the fingerprints of what was added without.
fn make_up(
    connection: &Connection,
    position: i64,
    make: &impl Fn(&Document) -> Vec<u8>,
) -> Result<()> {
    let until: Option<i64> =
        connection.query_row("SELECT until FROM printed_alone", [], |row| row.get(0)).optional()?;
    let until = until.unwrap_or(0);
    if until >= position {
        return Ok(());
    }
    let mut query = connection.prepare(
        "SELECT seq, act FROM document JOIN entry USING (seq)
             WHERE seq > ? AND duplicate_of IS NULL ORDER BY seq",
    )?;
    let mut rows = query.query([until])?;
    while let Some(row) = rows.next()? {
        let document = match serde_json::from_slice(row.get_ref(1)?.as_blob()?) {
            Ok(Act::Captured(captured)) => captured.document,
            Ok(Act::Imported(imported)) => imported.document,
            // What is wrong with the ledger its check tells.
            _ => continue,
        };
        put(connection, row.get(0)?, document.id.bytes(), &make(&document))?;
    }
    set(connection, position)
}

fn read(connection: &Connection, mut each: impl FnMut(DocumentId, &[u8])) -> Result<()> {
    let mut query = connection.prepare("SELECT id, whole FROM print_alone ORDER BY document")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(id) = DocumentId::from_bytes(row.get_ref(0)?.as_blob()?) {
            each(id, row.get_ref(1)?.as_blob()?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn fingerprints_are_made_once_and_those_of_later_documents_are_made_up_for() {
        let (_folder, mut ledger) = samples::ledger(3);
        let made = std::cell::Cell::new(0);
        let make = |document: &Document| {
            made.set(made.get() + 1);
            document.id.bytes().to_vec()
        };
        let all = |ledger: &mut Ledger| {
            let mut all = Vec::new();
            ledger.each_print(make, |id, whole| all.push((id, whole.to_vec()))).unwrap();
            all
        };
        // The first of the samples repeats another.
        let wanted = |n: u32| -> Vec<(DocumentId, Vec<u8>)> {
            let one = |n| (samples::document(n).id, samples::document(n).id.bytes().to_vec());
            (1..n).map(one).collect()
        };
        assert_eq!((all(&mut ledger), made.get()), (wanted(3), 2));
        assert_eq!((all(&mut ledger), made.get()), (wanted(3), 2));
        let mut batch = ledger.begin().unwrap();
        for n in [3, 4] {
            let [captured, coded] = <[Act; 2]>::try_from(samples::both(n)).unwrap();
            batch.append("2024-01-01T00:00:00Z", "test", captured).unwrap();
            let id = samples::document(n).id;
            batch.keep_print(id, &id.bytes()).unwrap();
            batch.append("2024-01-01T00:00:00Z", "test", coded).unwrap();
        }
        batch.prints_are_kept().unwrap();
        batch.commit().unwrap();
        assert_eq!((all(&mut ledger), made.get()), (wanted(5), 2));
        let mut batch = ledger.begin().unwrap();
        batch.append("2024-01-01T00:00:00Z", "test", samples::captured(5)).unwrap();
        batch.commit().unwrap();
        assert_eq!((all(&mut ledger), made.get()), (wanted(6), 3));
        ledger.check().unwrap();
    }
}
