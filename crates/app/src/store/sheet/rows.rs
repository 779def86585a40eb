//! Rows of the views → what a sheet has of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Result, Row};

use super::names::{NONE, Names};
use super::{Document, Documents, Event, More, Own, Party, Shown, Told, day};
use crate::store::browse::HOST;

pub(super) const EVENTS: &str =
    "SELECT id, main, kind, mode, first_day, last_day, country, admin1, place,
    lat, lon, killed_low, killed_best, killed_high, confidence, disputed, site, n_sources,
    stage, assertion, when_basis, where_basis, perpetrators,
    injured_low, injured_best, injured_high FROM event";

pub(super) const REPORTS: &str =
    "SELECT row, report.document, kind, mode, violent, main, first_day, last_day,
    country, admin1, place, site, lat, lon, killed_low, killed_best, killed_high, confidence,
    rejected, member.event, report.id, stage, assertion, when_basis, where_basis, perpetrators,
    injured_low, injured_best, injured_high
    FROM report LEFT JOIN member ON member.report = report.row";

pub(super) const PARTIES: &str = "SELECT report, role, actor, name FROM party";

/// Gives words their numbers while several read: each looks first at what it knows itself.
pub(super) struct Naming<'n> {
    all: &'n Mutex<Names>,
    own: HashMap<Arc<str>, u32>,
}

impl<'n> Naming<'n> {
    pub(super) fn of(all: &'n Mutex<Names>) -> Self {
        Self { all, own: HashMap::new() }
    }

    fn add(&mut self, name: Option<&str>) -> u32 {
        let Some(name) = name else { return NONE };
        if let Some(&known) = self.own.get(name) {
            return known;
        }
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let number = all.add(Some(name));
        self.own.extend(all.shared(number).map(|name| (name, number)));
        number
    }
}

/// A report as it is read, with its event.
pub(super) struct Loaded {
    pub(super) event: Option<[u8; 16]>,
    pub(super) told: Told,
    pub(super) more: More,
    pub(super) own: Own,
    pub(super) parties: Vec<Party>,
}

/// Adds the documents after entry `after`.
pub(super) fn add_documents(
    connection: &Connection,
    after: i64,
    documents: &mut Documents,
    names: &mut Naming<'_>,
) -> Result<()> {
    let sql = format!(
        "SELECT seq, id, outlet, coalesce(outlet, {HOST}), language, published, duplicate_of,
         title, url FROM document WHERE seq > ? ORDER BY seq"
    );
    each(connection, &sql, [after], |row| {
        let copied: Option<[u8; 16]> = row.get(6)?;
        documents.list.push(Document {
            seq: row.get(0)?,
            id: row.get(1)?,
            outlet: names.add(text(row, 2)?),
            source: names.add(text(row, 3)?),
            language: names.add(text(row, 4)?),
            published: day::read(text(row, 5)?),
            copy: copied.map_or(NONE, |_| documents.copied.len() as u32),
        });
        documents.copied.extend(copied);
        documents.texts.add(text(row, 7)?, text(row, 8)?);
        Ok(())
    })
}

pub(super) fn event(row: &Row<'_>, names: &mut Naming<'_>) -> Result<Event> {
    let mode = text(row, 3)?;
    let disputed = text(row, 15)?.is_some_and(|fields| !matches!(fields, "" | "[]"));
    Ok(Event {
        id: row.get(0)?,
        reports: 0,
        n_reports: 0,
        main: row.get(1)?,
        kind: names.add(text(row, 2)?),
        campaign: mode == Some("campaign"),
        mode: names.add(mode),
        first_day: day::read(text(row, 4)?),
        last_day: day::read(text(row, 5)?),
        country: names.add(text(row, 6)?),
        admin1: names.add(text(row, 7)?),
        place: names.add(text(row, 8)?),
        at: point(row, 9)?,
        killed: [count(row, 11)?, count(row, 12)?, count(row, 13)?],
        confidence: row.get(14)?,
        disputed,
        site: names.add(text(row, 16)?),
        n_sources: row.get(17)?,
        shown: shown(row, 18, names)?,
    })
}

/// What is shown of a row, from this column on.
fn shown(row: &Row<'_>, column: usize, names: &mut Naming<'_>) -> Result<Shown> {
    Ok(Shown {
        stage: names.add(text(row, column)?),
        assertion: names.add(text(row, column + 1)?),
        when_basis: names.add(text(row, column + 2)?),
        where_basis: names.add(text(row, column + 3)?),
        perpetrators: names.add(text(row, column + 4)?),
        injured: [count(row, column + 5)?, count(row, column + 6)?, count(row, column + 7)?],
    })
}

pub(super) fn report(
    row: &Row<'_>,
    documents: &Documents,
    names: &mut Naming<'_>,
) -> Result<Loaded> {
    let document: i64 = row.get(1)?;
    let document = documents.list.binary_search_by_key(&document, |document| document.seq);
    let [low, best, high] = [count(row, 14)?, count(row, 15)?, count(row, 16)?];
    let first = |counts: &[u32]| counts.iter().copied().find(|n| *n != NONE).unwrap_or(NONE);
    let confidence = row.get(17)?;
    let told = Told {
        first_day: day::read(text(row, 6)?),
        last_day: day::read(text(row, 7)?),
        least_killed: first(&[low, best]),
        event: NONE,
        country: names.add(text(row, 8)?),
        kind: names.add(text(row, 2)?),
        mode: names.add(text(row, 3)?),
        percent: percent(confidence),
        violent: row.get(4)?,
        main: row.get(5)?,
        rejected: row.get(18)?,
    };
    let more = More {
        row: row.get(0)?,
        document: document.map_or(NONE, |place| place as u32),
        admin1: names.add(text(row, 9)?),
        place: names.add(text(row, 10)?),
        site: names.add(text(row, 11)?),
        at: point(row, 12)?,
        killed: first(&[best, low, high]),
        confidence,
        parties: 0,
        n_parties: 0,
    };
    let own = Own { id: row.get(20)?, killed: [low, best, high], shown: shown(row, 21, names)? };
    Ok(Loaded { event: row.get(19)?, told, more, own, parties: Vec::new() })
}

pub(super) fn party(row: &Row<'_>, names: &mut Naming<'_>) -> Result<Party> {
    Ok(Party {
        perpetrator: text(row, 1)? == Some("perpetrator"),
        actor: names.add(text(row, 2)?),
        name: names.add(text(row, 3)?),
    })
}

/// The most whole per cent that a confidence is not below, as a filter compares it.
fn percent(confidence: f64) -> u8 {
    let at_least = |percent: &u8| confidence >= f64::from(*percent) / 100.0;
    (0..=100).rev().find(at_least).unwrap_or(0)
}

fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<Option<&'r str>> {
    Ok(row.get_ref(column)?.as_str_or_null()?)
}

fn count(row: &Row<'_>, column: usize) -> Result<u32> {
    Ok(row.get::<_, Option<u32>>(column)?.unwrap_or(NONE))
}

fn point(row: &Row<'_>, column: usize) -> Result<Option<(f64, f64)>> {
    let (lat, lon): (Option<f64>, Option<f64>) = (row.get(column)?, row.get(column + 1)?);
    Ok(lat.zip(lon))
}

pub(super) fn each<P: rusqlite::Params>(
    connection: &Connection,
    sql: &str,
    parameters: P,
    mut each: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut query = connection.prepare_cached(sql)?;
    let mut rows = query.query(parameters)?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_those_that_a_filter_asks_for() {
        assert_eq!([0.0, 0.9, 0.899, 0.29, 1.0, 0.57].map(percent), [0, 90, 89, 29, 100, 57]);
    }
}
