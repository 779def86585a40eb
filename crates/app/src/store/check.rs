//! Is the ledger what was written? The chain, the views and the file, each checked on its own.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::entry::{BEGINNING, Digest, digest};
use super::error::{Corruption, StoreError, Unfit};
use super::ledger::Ledger;
use super::views;

/// How many pages a backup copies between two chances for a writer.
const PAGES_AT_ONCE: i32 = 1024;

/// What a sound ledger holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sound {
    /// Entries of the log.
    pub(crate) n_entries: i64,
    /// Documents.
    pub(crate) n_documents: i64,
    /// Reports of the latest coding of each.
    pub(crate) n_reports: i64,
    /// The digest of the last entry, which stands for the whole log.
    pub(crate) digest: Digest,
}

impl Ledger {
    /// Checks the file, then every entry's digest, then the views against the log, in one snapshot.
    pub(crate) fn check(&self) -> Result<Sound, StoreError> {
        self.run("BEGIN")?;
        let checked = self.check_snapshot();
        // Nothing was written; what was found is what counts.
        self.run("ROLLBACK").ok();
        checked
    }

    fn check_snapshot(&self) -> Result<Sound, StoreError> {
        self.check_file()?;
        let (n_entries, digest) = self.check_chain()?;
        self.check_views()?;
        let (n_documents, n_reports) = (self.n_documents()?, self.n_reports()?);
        Ok(Sound { n_entries, n_documents, n_reports, digest })
    }

    /// Copies the ledger to the new file `to`, while others may read and write it, and checks the
    /// copy.
    pub(crate) fn backup(&self, to: &Path) -> Result<Sound, StoreError> {
        if to.exists() {
            return Err(StoreError::Unfit { ledger: to.to_owned(), why: Unfit::Exists });
        }
        let copy = || {
            let mut copy = Connection::open(to)?;
            let backup = Backup::new(&self.connection, &mut copy)?;
            backup.run_to_completion(PAGES_AT_ONCE, Duration::ZERO, None)
        };
        copy().map_err(|error| {
            // Half a copy is of no use, and would be in the way of the next try.
            std::fs::remove_file(to).ok();
            StoreError::of(error, to)
        })?;
        Self::open(to)?.check()
    }

    fn check_file(&self) -> Result<(), StoreError> {
        let failed = |error| self.failed(error);
        let first: String = self
            .connection
            .query_row("PRAGMA main.integrity_check(1)", [], |row| row.get(0))
            .map_err(failed)?;
        if first == "ok" {
            return Ok(());
        }
        Err(self.damaged(Corruption::File(first)))
    }

    /// Follows the chain from the beginning to the first entry that breaks it.
    fn check_chain(&self) -> Result<(i64, Digest), StoreError> {
        let failed = |error| self.failed(error);
        let mut query = self
            .connection
            .prepare("SELECT seq, at, by, version, act, before, digest FROM entry ORDER BY seq")
            .map_err(failed)?;
        let mut rows = query.query([]).map_err(failed)?;
        let (mut n, mut last) = (0, BEGINNING);
        while let Some(row) = rows.next().map_err(failed)? {
            let found = check_entry(row, n + 1, &last).map_err(failed)?;
            last = found.map_err(|what| self.damaged(what))?;
            n += 1;
        }
        Ok((n, last))
    }

    /// Folds the log into temporary tables, which hide the views of the same names, and compares.
    fn check_views(&self) -> Result<(), StoreError> {
        views::create(&self.connection, "temp").map_err(|error| self.failed(error))?;
        let same = self.fold().and_then(|_| self.compare_views());
        for (name, _) in views::all() {
            self.run(&format!("DROP TABLE temp.{name}"))?;
        }
        same
    }

    fn compare_views(&self) -> Result<(), StoreError> {
        // An index without texts cannot be compared row by row, but its words can be counted.
        for schema in ["main", "temp"] {
            self.run(&format!(
                "CREATE VIRTUAL TABLE temp.words_of_{schema}
                 USING fts5vocab('{schema}', 'words', 'row')"
            ))?;
        }
        let mut same = Ok(());
        for &(name, _) in views::all() {
            let [is, should] = match name {
                "words" => ["temp.words_of_main", "temp.words_of_temp"].map(str::to_owned),
                _ => ["main", "temp"].map(|schema| format!("{schema}.{name}")),
            };
            let differ: bool = self
                .connection
                .query_row(
                    &format!(
                        "SELECT (SELECT count(*) FROM {is}) <> (SELECT count(*) FROM {should})
                         OR EXISTS (SELECT * FROM {is} EXCEPT SELECT * FROM {should})"
                    ),
                    [],
                    |row| row.get(0),
                )
                .map_err(|error| self.failed(error))?;
            if differ {
                same = Err(self.damaged(Corruption::View(name)));
                break;
            }
        }
        self.run("DROP TABLE temp.words_of_main; DROP TABLE temp.words_of_temp")?;
        same
    }
}

/// The digest of the entry in `row`, if it is number `seq` and follows from `last`.
fn check_entry(
    row: &rusqlite::Row<'_>,
    seq: i64,
    last: &Digest,
) -> rusqlite::Result<Result<Digest, Corruption>> {
    let at: String = row.get(1)?;
    let by: String = row.get(2)?;
    let act = row.get_ref(4)?.as_blob()?;
    let (before, kept): (Vec<u8>, Vec<u8>) = (row.get(5)?, row.get(6)?);
    let made = digest(last, seq, &at, &by, row.get(3)?, act);
    Ok(if row.get::<_, i64>(0)? != seq {
        Err(Corruption::Missing(seq))
    } else if before != last {
        Err(Corruption::Chain(seq))
    } else if kept != made {
        Err(Corruption::Changed(seq))
    } else {
        Ok(made)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::samples;

    /// A ledger of `acts`, in batches of these sizes, one after another.
    fn ledger(path: &Path, acts: Vec<crate::store::Act>, sizes: &[usize]) -> Ledger {
        let mut ledger = Ledger::open_or_create(path).unwrap();
        let mut acts = acts.into_iter().peekable();
        for &size in sizes.iter().cycle() {
            if acts.peek().is_none() {
                break;
            }
            let mut batch = ledger.begin().unwrap();
            for act in acts.by_ref().take(size) {
                batch.append("2024-01-01T00:00:00Z", "test", act).unwrap();
            }
            batch.commit().unwrap();
        }
        ledger
    }

    /// The words of the corruption that a check finds after `harm`.
    fn corruption(harm: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let ledger = ledger(&folder.path().join("ledger"), samples::acts(20), &[5]);
        ledger.check().unwrap();
        ledger
            .run("DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_deleted")
            .unwrap();
        ledger.run(harm).unwrap();
        match ledger.check() {
            Err(StoreError::Damaged { what, .. }) => what.to_string(),
            other => panic!("{other:?} after {harm}"),
        }
    }

    #[test]
    fn the_first_bad_entry_is_named() {
        let changed = "entry 7 was changed after it was written";
        assert_eq!(corruption("UPDATE entry SET by = 'you' WHERE seq = 7"), changed);
        assert_eq!(corruption("UPDATE entry SET at = 'then' WHERE seq IN (7, 9)"), changed);
        assert_eq!(corruption("UPDATE entry SET act = CAST('{}' AS BLOB) WHERE seq = 7"), changed);
        assert_eq!(corruption("UPDATE entry SET digest = before WHERE seq = 7"), changed);
        assert_eq!(corruption("DELETE FROM entry WHERE seq = 7"), "entry 7 is missing");
        let unchained = "entry 7 does not follow from the entry before it";
        assert_eq!(corruption("UPDATE entry SET before = digest WHERE seq = 7"), unchained);
    }

    #[test]
    fn a_view_that_differs_from_the_log_is_named_and_mended() {
        let harms = [
            ("document", "UPDATE document SET title = 'Calm' WHERE seq = 1"),
            ("report", "UPDATE report SET killed_low = 0"),
            ("report", "DELETE FROM report WHERE row = (SELECT max(row) FROM report)"),
            ("party", "UPDATE party SET actor = NULL"),
            ("relation", "UPDATE relation SET object_actor = 'nobody'"),
            ("problem", "DELETE FROM problem"),
            ("words", "INSERT INTO words (rowid, title, text) VALUES (999, 'a', 'calm')"),
            ("scene", "DELETE FROM scene"),
        ];
        for (view, harm) in harms {
            assert_eq!(corruption(harm), format!("the view \"{view}\" differs from the log"));
        }
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = ledger(&folder.path().join("ledger"), samples::acts(20), &[5]);
        let sound = ledger.check().unwrap();
        ledger.run("DELETE FROM report; DROP TABLE scene").unwrap();
        ledger.rebuild().unwrap();
        assert_eq!(ledger.check().unwrap(), sound);
    }

    #[test]
    fn a_file_with_bytes_overwritten_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        drop(ledger(&path, samples::acts(300), &[50]));
        let mut bytes = std::fs::read(&path).unwrap();
        let half = bytes.len() / 2;
        bytes[half..half + 9_000].fill(0x55);
        std::fs::write(&path, bytes).unwrap();
        let found = Ledger::open(&path).and_then(|ledger| ledger.check());
        assert!(matches!(found, Err(StoreError::Damaged { .. })), "{found:?}");
    }

    #[test]
    fn a_backup_is_the_same_ledger_and_never_overwrites() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = ledger(&folder.path().join("ledger"), samples::acts(20), &[5]);
        let copy = folder.path().join("copy");
        assert_eq!(ledger.backup(&copy).unwrap(), ledger.check().unwrap());
        let again = ledger.backup(&copy);
        assert!(matches!(again, Err(StoreError::Unfit { why: Unfit::Exists, .. })), "{again:?}");
    }

    /// What may be done to document `n`: coded, also before it is captured, or judged.
    fn act(
        n: u32,
        m: u32,
        what: u32,
        captured: &mut std::collections::BTreeSet<u32>,
    ) -> crate::store::Act {
        match what {
            0 => samples::linked(true, &[n], &[m]),
            1 => samples::linked(false, &[n, m + 1], &[m]),
            2 => samples::killed(n, m, m.is_multiple_of(2)),
            3 => samples::weighed(n, m.is_multiple_of(3)),
            4 => samples::undone(i64::from(n + m)),
            _ if captured.insert(n) => samples::captured(n),
            _ => samples::coded(n, m),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn incremental_equals_rebuilt(
            steps in prop::collection::vec((0_u32..15, 1_u32..15, 0_u32..14), 0..70),
            sizes in prop::collection::vec(1_usize..9, 1..5),
        ) {
            let mut captured = std::collections::BTreeSet::new();
            let acts: Vec<_> =
                steps.into_iter().map(|(n, m, what)| act(n, m, what, &mut captured)).collect();
            let folder = tempfile::tempdir().unwrap();
            let mut grown = ledger(&folder.path().join("grown"), acts.clone(), &sizes);
            let sound = grown.check().unwrap();
            let whole = ledger(&folder.path().join("whole"), acts, &[usize::MAX]);
            prop_assert_eq!(whole.check().unwrap(), sound);
            grown.rebuild().unwrap();
            prop_assert_eq!(grown.check().unwrap(), sound);
        }
    }
}
