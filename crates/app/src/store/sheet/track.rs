//! What moved since when: triggers note each event and report that comes, changes or goes, with the
//! position of the log, so that a sheet need not be made anew.
//!
//! These notes are no view: they hang on how the log was cut into batches, and may be lost without
//! loss. They begin with the position at which noting began; a sheet from before is made anew.

use std::collections::BTreeSet;

use rusqlite::{Connection, Result};

/// For how many entries notes are kept.
const KEPT: i64 = 50_000;

const NOTES: &str = "
    CREATE TABLE IF NOT EXISTS moved (seq INTEGER NOT NULL, event BLOB, report INTEGER) STRICT;
    CREATE INDEX IF NOT EXISTS moved_by_seq ON moved (seq);
    INSERT INTO moved SELECT (SELECT coalesce(max(seq), 0) FROM entry), NULL, NULL
    WHERE NOT EXISTS (SELECT * FROM moved);";

/// What is noted: the table, what becomes of its row, and the columns of the note.
const NOTED: [(&str, &str, &str); 7] = [
    ("event", "INSERT", "new.id, NULL"),
    ("event", "DELETE", "old.id, NULL"),
    ("member", "INSERT", "NULL, new.report"),
    ("member", "DELETE", "NULL, old.report"),
    ("report", "INSERT", "NULL, new.row"),
    ("report", "DELETE", "NULL, old.row"),
    ("report", "UPDATE", "NULL, new.row"),
];

/// Has all that moves from now on noted.
pub(in crate::store) fn track(connection: &Connection) -> Result<()> {
    connection.execute_batch(NOTES)?;
    for (table, change, columns) in NOTED {
        connection.execute_batch(&format!(
            "CREATE TRIGGER IF NOT EXISTS {table}_moves_by_{change} AFTER {change} ON {table} BEGIN
             INSERT INTO moved SELECT max(seq), {columns} FROM entry; END;"
        ))?;
    }
    Ok(())
}

/// Forgets what moved long ago.
pub(in crate::store) fn forget(connection: &Connection) -> Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM moved WHERE seq < (SELECT max(seq) FROM entry) - ?
             AND seq < (SELECT max(seq) FROM moved)",
        )?
        .execute([KEPT])?;
    Ok(())
}

/// What moved.
#[derive(Debug, Default)]
pub(super) struct Moved {
    pub(super) events: BTreeSet<[u8; 16]>,
    pub(super) reports: BTreeSet<i64>,
}

/// What moved after `position`; `None` if that is not known.
pub(super) fn since(connection: &Connection, position: i64) -> Result<Option<Moved>> {
    let is_noted: bool = connection.query_row(
        "SELECT EXISTS (SELECT * FROM sqlite_schema WHERE name = 'moved')",
        [],
        |row| row.get(0),
    )?;
    if !is_noted {
        return Ok(None);
    }
    let first: Option<i64> =
        connection.query_row("SELECT min(seq) FROM moved", [], |row| row.get(0))?;
    if first.is_none_or(|first| first > position) {
        return Ok(None);
    }
    let mut moved = Moved::default();
    let mut query = connection.prepare_cached("SELECT event, report FROM moved WHERE seq > ?")?;
    let mut rows = query.query([position])?;
    while let Some(row) = rows.next()? {
        moved.events.extend(row.get::<_, Option<[u8; 16]>>(0)?);
        moved.reports.extend(row.get::<_, Option<i64>>(1)?);
    }
    Ok(Some(moved))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noting_begins_once_and_knows_nothing_of_before() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE entry (seq INTEGER PRIMARY KEY);
                 CREATE TABLE event (id BLOB);
                 CREATE TABLE member (report INTEGER);
                 CREATE TABLE report (row INTEGER PRIMARY KEY);
                 INSERT INTO entry VALUES (1), (2), (3);
                 INSERT INTO report VALUES (1);",
            )
            .unwrap();
        track(&connection).unwrap();
        track(&connection).unwrap();
        let n: i64 =
            connection.query_row("SELECT count(*) FROM moved", [], |row| row.get(0)).unwrap();
        assert_eq!(n, 1);
        assert!(since(&connection, 2).unwrap().is_none());
        connection
            .execute_batch("INSERT INTO entry VALUES (4); INSERT INTO report VALUES (7);")
            .unwrap();
        let moved = since(&connection, 3).unwrap().unwrap();
        assert_eq!((moved.events.len(), moved.reports), (0, BTreeSet::from([7])));
    }
}
