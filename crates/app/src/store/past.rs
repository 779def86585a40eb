//! The ledger as it was: the log up to a position, folded anew into a file of its own.

use std::path::Path;

use super::error::StoreError;
use super::ledger::Ledger;

impl Ledger {
    /// Makes at `to`, where there is nothing, the ledger as it was at `position`. It takes what
    /// folding takes; nobody else needs the file, so no commit waits for the disk.
    pub(crate) fn past(&self, position: i64, to: &Path) -> Result<(), StoreError> {
        let past = Self::open_or_create(to)?;
        let failed = |error| past.failed(error);
        past.run("PRAGMA synchronous = OFF")?;
        let whole = self.path.to_string_lossy();
        past.connection.execute("ATTACH ? AS whole", [&whole]).map_err(failed)?;
        past.run("BEGIN")?;
        past.connection
            .execute("INSERT INTO main.entry SELECT * FROM whole.entry WHERE seq <= ?", [position])
            .map_err(failed)?;
        past.fold()?;
        past.run("COMMIT; DETACH whole")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples;

    #[test]
    fn the_past_is_what_the_ledger_was() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mut ledger = Ledger::open_or_create(&at("ledger")).unwrap();
        let mut before = None;
        for n in 0..12 {
            let mut batch = ledger.begin().unwrap();
            for act in samples::both(n) {
                batch.append("2024-01-01T00:00:00Z", "test", act).unwrap();
            }
            batch.commit().unwrap();
            if n == 5 {
                before = Some(ledger.check().unwrap());
            }
        }
        ledger.past(12, &at("past")).unwrap();
        let past = Ledger::open(&at("past")).unwrap();
        assert_eq!(Some(past.check().unwrap()), before);
        assert_eq!((past.position().unwrap(), ledger.position().unwrap()), (12, 24));
    }
}
