//! How a selection divides: by country, kind and mode, and by what an event can have several of
//! (actors, outlets, certainty). Counts are of events, as the list of the selection counts them.

use rusqlite::types::Value;

use super::error::StoreError;
use super::ledger::Ledger;
use super::search::{COLUMNS_OF_EVENTS, Filter, Line, line};

/// The steps of certainty, in per cent.
pub(crate) const CERTAINTIES: [u32; 3] = [90, 75, 50];

/// A name and how many events are of it.
pub(crate) type Counted = Vec<(String, u64)>;

/// How a selection divides. Each list has those of most events first, and all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) countries: Counted,
    pub(crate) kinds: Counted,
    pub(crate) modes: Counted,
    /// By the ids of actors, whatever their part in it.
    pub(crate) actors: Counted,
    pub(crate) outlets: Counted,
    /// At least so certain, by [`CERTAINTIES`].
    pub(crate) certain: [u64; 3],
}

impl Ledger {
    /// The events that have a report that passes `filter`, divided.
    pub(crate) fn parts(&self, filter: &Filter) -> Result<Parts, StoreError> {
        let sheet = self.sheet()?;
        Ok(sheet.parts(&*sheet.chosen(self, filter)?))
    }

    /// Events like this one: of the same country, done in the same way first, then those nearest
    /// in place and time. A hundred kilometres weigh as a year.
    pub(crate) fn similar(&self, event: [u8; 16], limit: u32) -> Result<Vec<Line>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS_OF_EVENTS} FROM event
             JOIN (SELECT id AS this, country AS its_country, mode AS its_mode, kind AS its_kind,
                lat AS its_lat, lon AS its_lon, first_day AS its_day FROM event WHERE id = ?1)
             JOIN report ON report.row = (SELECT min(report) FROM member WHERE event = event.id)
             JOIN document ON document.seq = report.document
             WHERE event.id <> this AND event.country = its_country AND event.main
             ORDER BY event.mode <> its_mode, event.kind <> its_kind,
                iif(event.lat IS NULL OR its_lat IS NULL, 9,
                    km(event.lat, event.lon, its_lat, its_lon) / 100)
                + coalesce(abs(julianday(event.first_day) - julianday(its_day)) / 365, 9),
                event.id LIMIT ?2"
        );
        self.ask_all(&sql, &[Value::from(event.to_vec()), Value::from(limit)], |row| {
            let mut line = line(row)?;
            line.told = Some((row.get(31)?, row.get(32)?));
            Ok(line)
        })
    }

    /// How the record of an event grew: for each of its reports when its document was read and by
    /// which build it was coded, in the order of the entries.
    pub(crate) fn grown(&self, event: [u8; 16]) -> Result<Vec<Grown>, StoreError> {
        self.ask_all(
            "SELECT document.seq, entry.at, lower(hex(document.id)), title, outlet, build,
                document.coded, lower(hex(report.id))
             FROM member JOIN report ON report.row = member.report
             JOIN document ON document.seq = report.document
             JOIN entry ON entry.seq = document.seq
             WHERE member.event = ? ORDER BY document.seq, report.row",
            &[Value::from(event.to_vec())],
            |row| {
                Ok(Grown {
                    seq: row.get(0)?,
                    at: row.get(1)?,
                    document: row.get(2)?,
                    title: row.get(3)?,
                    outlet: row.get(4)?,
                    build: row.get(5)?,
                    coded: row.get(6)?,
                    report: row.get(7)?,
                })
            },
        )
    }
}

/// A report that joined the record of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grown {
    /// The entry that brought the document.
    pub(crate) seq: i64,
    /// When.
    pub(crate) at: String,
    pub(crate) document: String,
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    /// The build that coded it, and the entry that says so.
    pub(crate) build: Option<String>,
    pub(crate) coded: Option<i64>,
    pub(crate) report: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples;

    /// The filter of a part.
    type Narrowed = fn(String) -> Filter;

    #[test]
    fn parts_count_as_the_list_of_each_part_does() {
        let (_folder, ledger) = samples::ledger(40);
        let all = Filter::default();
        let parts = ledger.parts(&all).unwrap();
        let count = |filter: &Filter| ledger.count_events(filter).unwrap().unsigned_abs();
        let lists: [(&Counted, Narrowed); 5] = [
            (&parts.countries, |name| Filter { country: Some(name), ..Filter::default() }),
            (&parts.kinds, |name| Filter { kind: Some(name), ..Filter::default() }),
            (&parts.modes, |name| Filter { mode: Some(name), ..Filter::default() }),
            (&parts.actors, |name| Filter { actor_id: Some(name), ..Filter::default() }),
            (&parts.outlets, |name| Filter { outlet: Some(name), ..Filter::default() }),
        ];
        for (list, narrowed) in lists {
            for (name, n) in list {
                assert!(*n <= count(&narrowed(name.clone())), "{name}");
            }
        }
        assert!(!parts.countries.is_empty() && !parts.actors.is_empty());
        for (percent, n) in CERTAINTIES.into_iter().zip(parts.certain) {
            let narrowed = Filter { confidence_at_least: Some(percent), ..all.clone() };
            assert_eq!(n, count(&narrowed), "{percent}");
        }
    }

    #[test]
    fn an_event_is_not_like_itself_and_its_record_has_grown() {
        let (_folder, ledger) = samples::ledger(40);
        let mut ids = Vec::new();
        ledger
            .search_events(&Filter::default(), super::super::search::Sort::Day, None, |line| {
                ids.push(line.id);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        for id in ids {
            let event = id.parse::<engine::link::EventId>().unwrap().bytes();
            let similar = ledger.similar(event, 5).unwrap();
            assert!(similar.len() <= 5 && similar.iter().all(|line| line.id != id));
            assert!(!ledger.grown(event).unwrap().is_empty(), "{id}");
        }
    }
}
