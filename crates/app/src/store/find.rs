//! One report or one document, by its id or the beginning of it.

use engine::link::EventId;
use engine::link::reconcile::EventView;
use engine::{Relation, Report};
use reading::{Document, DocumentId};
use rusqlite::Row;
use serde::de::DeserializeOwned;

use super::error::{Corruption, StoreError};
use super::ledger::Ledger;
use super::{linked, views};

/// What an id means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A report, by its number in the views.
    Report(i64),
    /// A document, by the position of the entry that captured it.
    Document(i64),
    /// An event.
    Event(EventId),
}

/// A report with what it points into.
#[derive(Clone, Debug)]
pub(crate) struct Whole {
    /// The report.
    pub(crate) report: Report,
    /// Its document.
    pub(crate) document: Document,
    /// The build that coded it.
    pub(crate) build: String,
}

/// A document with what is known about it.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// The document.
    pub(crate) document: Document,
    /// The name of the input.
    pub(crate) input: String,
    /// The earlier document that says the same, and how much of it.
    pub(crate) duplicate: Option<(DocumentId, f64)>,
    /// What it says, by the latest build that coded it.
    pub(crate) reports: Vec<Report>,
    /// What it says of how actors are related.
    pub(crate) relations: Vec<Relation>,
    /// That build.
    pub(crate) build: Option<String>,
    /// What could not be made out.
    pub(crate) problems: Vec<String>,
}

impl Ledger {
    /// What `prefix`, one to thirty-two hexadecimal digits, may mean: up to `limit` things with
    /// their full ids.
    pub(crate) fn find(
        &self,
        prefix: &str,
        limit: u32,
    ) -> Result<Vec<(String, Found)>, StoreError> {
        let Some((low, high)) = range(prefix) else { return Ok(Vec::new()) };
        let ask = || {
            self.connection
                .prepare_cached(
                    "SELECT lower(hex(id)), 1, min(row) FROM report WHERE id BETWEEN ?1 AND ?2 GROUP BY id
                     UNION ALL SELECT lower(hex(id)), 0, seq FROM document WHERE id BETWEEN ?1 AND ?2
                     UNION ALL SELECT lower(hex(id)), 2, 0 FROM event WHERE id BETWEEN ?1 AND ?2
                     LIMIT ?3",
                )?
                .query_map((low, high, limit), |row| {
                    let (id, sort, number): (String, i64, i64) =
                        (row.get(0)?, row.get(1)?, row.get(2)?);
                    let found = match (sort, id.parse()) {
                        (2, Ok(event)) => Found::Event(event),
                        (1, _) => Found::Report(number),
                        _ => Found::Document(number),
                    };
                    Ok((id, found))
                })?
                .collect::<rusqlite::Result<_>>()
        };
        ask().map_err(|error| self.failed(error))
    }

    /// The report with this number in the views.
    pub(crate) fn report(&self, row: i64) -> Result<Whole, StoreError> {
        let (seq, report, build) = self
            .connection
            .prepare_cached(
                "SELECT document.seq, whole, build FROM report
                 JOIN document ON document.seq = report.document WHERE row = ?",
            )
            .and_then(|mut query| {
                query.query_row([row], |row| Ok((row.get(0)?, parse(row, 1)?, row.get(2)?)))
            })
            .map_err(|error| self.failed(error))?;
        Ok(Whole { report, document: self.document(seq)?, build })
    }

    /// The event with this id, as its reports tell it.
    pub(crate) fn event(&self, id: EventId) -> Result<EventView, StoreError> {
        linked::event_of(&self.connection, id)
            .map_err(|error| self.failed(error))?
            .ok_or_else(|| self.damaged(Corruption::View("event")))
    }

    /// The document that the entry at `seq` captured.
    pub(crate) fn document(&self, seq: i64) -> Result<Document, StoreError> {
        views::document(&self.connection, seq)
            .map_err(|error| self.failed(error))?
            .ok_or_else(|| self.damaged(Corruption::Missing(seq)))
    }

    /// That document with all that is known about it.
    pub(crate) fn kept(&self, seq: i64) -> Result<Kept, StoreError> {
        let failed = |error| self.failed(error);
        let (input, of, similarity, build): (_, Option<Vec<u8>>, Option<f64>, _) = self
            .connection
            .query_row(
                "SELECT input, duplicate_of, similarity, build FROM document WHERE seq = ?",
                [seq],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
            .map_err(failed)?;
        let reports = self
            .all("SELECT whole FROM report WHERE document = ? ORDER BY row", seq, |row| {
                parse(row, 0)
            })
            .map_err(failed)?;
        let relations = self
            .all("SELECT whole FROM relation WHERE document = ? ORDER BY row", seq, |row| {
                parse(row, 0)
            })
            .map_err(failed)?;
        let problems = self
            .all("SELECT what FROM problem WHERE document = ? ORDER BY seq, n", seq, |row| {
                row.get(0)
            })
            .map_err(failed)?;
        let document = self.document(seq)?;
        let of = of.and_then(|bytes| DocumentId::from_bytes(&bytes));
        let duplicate = of.zip(similarity);
        Ok(Kept { document, input, duplicate, reports, relations, build, problems })
    }

    fn all<T>(
        &self,
        sql: &str,
        seq: i64,
        each: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.connection.prepare_cached(sql)?.query_map([seq], each)?.collect()
    }
}

fn parse<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into())
    })
}

/// The lowest and the highest id that begin with `prefix`.
fn range(prefix: &str) -> Option<([u8; 16], [u8; 16])> {
    let id = |fill: &str| {
        let hex = format!("{prefix}{}", fill.repeat(32_usize.checked_sub(prefix.len())?));
        hex.to_ascii_lowercase().parse::<DocumentId>().ok().map(DocumentId::bytes)
    };
    if prefix.is_empty() { None } else { id("0").zip(id("f")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_of_any_length_is_a_range() {
        let (low, high) = range("abc").unwrap();
        assert_eq!((low[0], low[1], low[15]), (0xab, 0xc0, 0));
        assert_eq!((high[0], high[1], high[15]), (0xab, 0xcf, 0xff));
        assert_eq!(range(&"0".repeat(32)).map(|(l, h)| l == h), Some(true));
        assert_eq!(range("xyz"), None);
        assert_eq!(range(&"0".repeat(33)), None);
        assert_eq!(range(""), None);
    }
}
