//! What came after a position of the log, and who was let in.

use serde::Serialize;
use utoipa::ToSchema;

use super::entry::{Access, Act};
use super::error::StoreError;
use super::ledger::{Ledger, parse};

/// An entry, and what it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct NewsLine {
    /// Its position.
    pub(crate) position: i64,
    /// When it was made.
    pub(crate) at: String,
    /// captured, coded, imported, judged or undone.
    pub(crate) act: String,
    /// The document that it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<String>,
    /// The events that reports of this document are of now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) events: Vec<String>,
}

/// Some entries, and the position up to which was looked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct News {
    pub(crate) lines: Vec<NewsLine>,
    pub(crate) position: i64,
}

/// That somebody was let in or kept out, or that accounts were changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct AccessLine {
    /// The position of the entry.
    pub(crate) position: i64,
    at: String,
    /// Who made the entry.
    by: String,
    /// What was done.
    what: String,
    /// To or by which account.
    name: String,
    /// From which address, or with which scopes.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl Ledger {
    /// Up to `most` entries after `after`. Who was let in is nobody's news.
    pub(crate) fn entries_after(&self, after: i64, most: u32) -> Result<News, StoreError> {
        let failed = |error| self.failed(error);
        let mut query = self
            .connection
            .prepare_cached(
                "SELECT seq, at, by, version, act FROM entry WHERE seq > ? ORDER BY seq LIMIT ?",
            )
            .map_err(failed)?;
        let mut rows = query.query((after, most)).map_err(failed)?;
        let mut news = News { lines: Vec::new(), position: after };
        while let Some(row) = rows.next().map_err(failed)? {
            let (position, entry) = parse(row).map_err(failed)?;
            let entry = entry.map_err(|what| self.damaged(what))?;
            news.position = position;
            let (act, document) = match &entry.act {
                Act::Captured(captured) => ("captured", Some(captured.document.id)),
                Act::Coded(coded) => ("coded", Some(coded.document)),
                Act::Imported(imported) => ("imported", Some(imported.document.id)),
                Act::Judged(judged) => {
                    ("judged", judged.judgement.reports().first().map(|told| told.document))
                }
                Act::Undone(_) => ("undone", None),
                Act::Access(_) => continue,
            };
            let events = document.map_or(Ok(Vec::new()), |id| self.events_told_in(&id.bytes()));
            news.lines.push(NewsLine {
                position,
                at: entry.at,
                act: act.to_owned(),
                document: document.map(|id| id.to_string()),
                events: events.map_err(failed)?,
            });
        }
        Ok(news)
    }

    fn events_told_in(&self, document: &[u8]) -> rusqlite::Result<Vec<String>> {
        self.connection
            .prepare_cached(
                "SELECT DISTINCT lower(hex(event)) FROM document
                 JOIN report ON report.document = document.seq
                 JOIN member ON member.report = report.row WHERE document.id = ? ORDER BY 1",
            )?
            .query_map([document], |row| row.get(0))?
            .collect()
    }

    /// Up to `most` entries about access before position `before`, the latest first.
    pub(crate) fn accesses(
        &self,
        before: Option<i64>,
        most: u32,
    ) -> Result<Vec<AccessLine>, StoreError> {
        let line = |row: &rusqlite::Row<'_>| {
            Ok(AccessLine {
                position: row.get(0)?,
                at: row.get(1)?,
                by: row.get(2)?,
                what: row.get(3)?,
                name: row.get(4)?,
                note: row.get(5)?,
            })
        };
        self.connection
            .prepare_cached(
                "SELECT seq, at, by, what, name, note FROM access WHERE seq < ?
                 ORDER BY seq DESC LIMIT ?",
            )
            .and_then(|mut query| {
                query.query_map((before.unwrap_or(i64::MAX), most), line)?.collect()
            })
            .map_err(|error| self.failed(error))
    }
}

/// Adds an entry about access to its view.
pub(super) fn apply(
    connection: &rusqlite::Connection,
    seq: i64,
    (at, by): (&str, &str),
    access: &Access,
) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT INTO access VALUES (?, ?, ?, ?, ?, ?)")?.execute((
        seq,
        at,
        by,
        access.what.as_str(),
        &access.name,
        &access.note,
    ))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Deed, samples};

    #[test]
    fn news_are_what_came_after_and_access_is_apart() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open_or_create(&folder.path().join("ledger")).unwrap();
        let mut batch = ledger.begin().unwrap();
        for act in samples::both(1) {
            batch.append("2024-01-01T00:00:00Z", "test", act).unwrap();
        }
        let access = Access::of(Deed::SignedIn, "ann", Some("::1".to_owned()));
        batch.append("2024-01-01T00:00:00Z", "test", Act::Access(access)).unwrap();
        batch.commit().unwrap();
        let news = ledger.entries_after(0, 10).unwrap();
        let acts: Vec<&str> = news.lines.iter().map(|line| line.act.as_str()).collect();
        assert_eq!((acts, news.position), (vec!["captured", "coded"], 3));
        assert_eq!(news.lines[1].events.len(), 1);
        assert_eq!(ledger.entries_after(1, 1).unwrap().lines.len(), 1);
        assert_eq!(ledger.entries_after(3, 10).unwrap(), News { lines: Vec::new(), position: 3 });
        let accesses = ledger.accesses(None, 10).unwrap();
        assert_eq!(accesses.len(), 1);
        assert_eq!((accesses[0].what.as_str(), accesses[0].name.as_str()), ("signed_in", "ann"));
        assert!(ledger.accesses(Some(3), 10).unwrap().is_empty());
        ledger.check().unwrap();
    }
}
