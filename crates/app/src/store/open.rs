//! Opening a ledger: the form that its file has, the one who writes, and views that are folded anew.

use std::fs::{File, TryLockError};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::entry::VERSION;
use super::error::{StoreError, Unfit};
use super::ledger::Ledger;
use super::sheet::{self, Sheets};
use super::{search, views};

const FORM: u32 = VERSION * FORMS_OF_VIEWS + views::FORM;
const FORMS_OF_VIEWS: u32 = 1_000;
/// Marks the file as ours in SQLite's header: "TOCS".
const APPLICATION: u32 = 0x544F_4353;

/// How long a reader or writer waits for another to finish a commit.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many statements a connection keeps.
const STATEMENTS: usize = 64;

/// How long a writer waits for another one to end.
const MOMENT: Duration = Duration::from_secs(1);

/// How every SQLite file begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

const LOG: &str = "
    CREATE TABLE entry (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        version INTEGER NOT NULL,
        act BLOB NOT NULL,
        before BLOB NOT NULL,
        digest BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
    CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;";

impl Ledger {
    /// Opens the ledger at `path` to write to it, and makes it if there is none.
    pub(crate) fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        must_be_database(path)?;
        let lock = lock(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut ledger = Self::connect(path, flags, Some(lock))?;
        if ledger.is_empty()? {
            ledger.create()?;
        }
        ledger.verify_form()?;
        ledger.renew_views()?;
        ledger.track()
    }

    /// Opens the ledger at `path`, which must exist, to write to it.
    pub(crate) fn open_to_write(path: &Path) -> Result<Self, StoreError> {
        must_exist(path)?;
        let lock = lock(path)?;
        let mut ledger = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, Some(lock))?;
        ledger.verify_form()?;
        ledger.renew_views()?;
        ledger.track()
    }

    /// Opens the ledger at `path` to write to it beside a connection of this process that holds
    /// the lock. Batches of the two come one after the other, each at the end of the log.
    pub(crate) fn open_beside(path: &Path) -> Result<Self, StoreError> {
        must_exist(path)?;
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, None)
    }

    /// Has what moves noted, so that the sheets of others need not be made anew.
    fn track(self) -> Result<Self, StoreError> {
        sheet::track(&self.connection).map_err(|error| self.failed(error))?;
        Ok(self)
    }

    /// The same connection with the sheets that others have too.
    pub(crate) fn sharing(self, sheets: &Arc<Sheets>) -> Self {
        Self { sheets: Arc::clone(sheets), ..self }
    }

    /// Opens the ledger at `path`, which must exist, to read from it.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        must_exist(path)?;
        // Not SQLITE_OPEN_READ_ONLY: a reader of a log that a killed writer left must replay it.
        let ledger = match Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, None) {
            Err(StoreError::Failed { error, .. })
                if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) =>
            {
                Self::connect_frozen(path).ok_or_else(|| StoreError::of(error, path))?
            }
            connected => connected?,
        };
        ledger.verify_form()?;
        if ledger.ask::<u32>("PRAGMA user_version")? != FORM {
            return Err(StoreError::Unfit { ledger: path.to_owned(), why: Unfit::OldViews });
        }
        Ok(ledger)
    }

    /// Connects to a ledger in a folder where nothing can be written, not even by a reader. That
    /// is safe only if no writer has left anything to replay.
    fn connect_frozen(path: &Path) -> Option<Self> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        if std::fs::metadata(PathBuf::from(log)).is_ok_and(|log| log.len() > 0) {
            return None;
        }
        let path_in_uri =
            path.to_str()?.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let uri = PathBuf::from(format!("file:{path_in_uri}?immutable=1"));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let ledger = Self::connect(&uri, flags, None).ok()?;
        Some(Self { path: path.to_owned(), ..ledger })
    }

    fn connect(path: &Path, flags: OpenFlags, lock: Option<File>) -> Result<Self, StoreError> {
        let failed = |error| StoreError::of(error, path);
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        search::add_functions(&connection).map_err(failed)?;
        let sheets = Arc::default();
        let ledger = Self { connection, path: path.to_owned(), sheets, _lock: lock };
        ledger.pragma("synchronous", "FULL")?;
        ledger.pragma("cache_size", "-32768")?;
        Ok(ledger)
    }

    /// Whether nothing at all is in the file, as after a kill while it was being made.
    fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.ask::<u32>("PRAGMA application_id")? == 0
            && self.ask::<u32>("SELECT count(*) FROM sqlite_schema")? == 0)
    }

    fn create(&mut self) -> Result<(), StoreError> {
        self.pragma("journal_mode", "WAL")?;
        let make = |connection: &mut Connection| {
            let transaction = connection.transaction()?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", FORM)?;
            transaction.execute_batch(LOG)?;
            views::create(&transaction, "main")?;
            transaction.commit()
        };
        make(&mut self.connection).map_err(|error| self.failed(error))
    }

    fn verify_form(&self) -> Result<(), StoreError> {
        let unfit = |why| Err(StoreError::Unfit { ledger: self.path.clone(), why });
        if self.ask::<u32>("PRAGMA application_id")? != APPLICATION {
            return unfit(Unfit::NotALedger);
        }
        match self.ask::<u32>("PRAGMA user_version")? / FORMS_OF_VIEWS {
            found if found > VERSION => unfit(Unfit::Newer { found, known: VERSION }),
            _ => Ok(()),
        }
    }

    /// Folds the views anew if another program folded them: they are made from the log alone.
    fn renew_views(&mut self) -> Result<(), StoreError> {
        if self.ask::<u32>("PRAGMA user_version")? == FORM {
            return Ok(());
        }
        self.rebuild()?;
        self.connection
            .pragma_update(None, "user_version", FORM)
            .map_err(|error| self.failed(error))
    }
}

fn must_exist(path: &Path) -> Result<(), StoreError> {
    if path.exists() {
        return Ok(());
    }
    Err(StoreError::Unfit { ledger: path.to_owned(), why: Unfit::Missing })
}

/// Refuses other files before anything is made beside them. An empty or missing file will do.
fn must_be_database(path: &Path) -> Result<(), StoreError> {
    let Ok(file) = File::open(path) else { return Ok(()) };
    let mut head = Vec::new();
    let read = file.take(MAGIC.len() as u64).read_to_end(&mut head);
    if read.is_err() || head.is_empty() || head == MAGIC {
        return Ok(());
    }
    Err(StoreError::Unfit { ledger: path.to_owned(), why: Unfit::NotALedger })
}

/// Takes the writer's lock: an empty file beside the ledger, since closing a second handle on the
/// ledger itself would drop SQLite's own locks. The system frees it when the process ends.
fn lock(path: &Path) -> Result<File, StoreError> {
    let mut name = path.as_os_str().to_owned();
    name.push("-lock");
    let failed = |error| StoreError::Failed {
        ledger: path.to_owned(),
        error: rusqlite::Error::ToSqlConversionFailure(Box::new(error)),
    };
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(PathBuf::from(name))
        .map_err(failed)?;
    // The server holds it for a moment to note who was let in: that is no reason to give up.
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if begun.elapsed() < MOMENT => {
                std::thread::sleep(MOMENT / 20);
            }
            Err(TryLockError::WouldBlock) => return Err(StoreError::Busy(path.to_owned())),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unfit(result: Result<Ledger, StoreError>) -> Unfit {
        match result {
            Err(StoreError::Unfit { why, .. }) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_ledgers_are_opened_and_other_files_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        assert_eq!(unfit(Ledger::open(&at("none"))), Unfit::Missing);
        assert_eq!(unfit(Ledger::open_to_write(&at("none"))), Unfit::Missing);

        std::fs::write(at("notes"), "Buy milk. And a good deal more than that.").unwrap();
        assert_eq!(unfit(Ledger::open(&at("notes"))), Unfit::NotALedger);
        assert_eq!(unfit(Ledger::open_or_create(&at("notes"))), Unfit::NotALedger);
        assert!(!at("notes-lock").exists());

        let other = Connection::open(at("other")).unwrap();
        other.execute_batch("CREATE TABLE milk (litres)").unwrap();
        assert_eq!(unfit(Ledger::open(&at("other"))), Unfit::NotALedger);
        assert_eq!(unfit(Ledger::open_or_create(&at("other"))), Unfit::NotALedger);

        drop(Ledger::open_or_create(&at("newer")).unwrap());
        let newer = Connection::open(at("newer")).unwrap();
        newer.pragma_update(None, "user_version", FORM + FORMS_OF_VIEWS).unwrap();
        let found = Unfit::Newer { found: VERSION + 1, known: VERSION };
        assert_eq!(unfit(Ledger::open(&at("newer"))), found);
        assert_eq!(unfit(Ledger::open_or_create(&at("newer"))), found);
    }

    #[test]
    fn views_of_another_form_are_folded_anew_by_the_next_writer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        drop(Ledger::open_or_create(&path).unwrap());
        let other = Connection::open(&path).unwrap();
        other.pragma_update(None, "user_version", FORM - 1).unwrap();
        other.execute_batch("DROP TABLE report; CREATE TABLE report (old)").unwrap();
        drop(other);
        assert_eq!(unfit(Ledger::open(&path)), Unfit::OldViews);
        drop(Ledger::open_to_write(&path).unwrap());
        assert!(Ledger::open(&path).unwrap().check().is_ok());
    }

    #[test]
    fn a_ledger_whose_making_was_cut_short_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let cut_short = Connection::open(&path).unwrap();
        cut_short.pragma_update(None, "journal_mode", "WAL").unwrap();
        drop(cut_short);
        assert_eq!(Ledger::open_or_create(&path).unwrap().position().unwrap(), 0);
    }

    #[test]
    fn there_is_one_writer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let writer = Ledger::open_or_create(&path).unwrap();
        assert!(matches!(Ledger::open_to_write(&path), Err(StoreError::Busy(_))));
        assert!(Ledger::open(&path).is_ok());
        drop(writer);
        assert!(Ledger::open_to_write(&path).is_ok());
    }
}
