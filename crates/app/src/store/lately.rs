//! What the record gained last, and who is named for how much: for the overview.

use std::collections::BTreeMap;

use rusqlite::types::Value;

use super::error::StoreError;
use super::ledger::Ledger;
use super::search::{COLUMNS_OF_EVENTS, Filter, Line, line};
use super::tally::{NOT_CAMPAIGNS, Tally, sums, tally};

/// Late is looked for among so many of the latest entries.
const LATEST: i64 = 20_000;

/// An event that was told of lately.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Late {
    pub(crate) line: Line,
    /// Whether the record did not have it before the day of its last entry.
    pub(crate) is_new: bool,
}

impl Ledger {
    /// The attacks that the documents which were read last tell of, the latest first.
    pub(crate) fn lately(&self, limit: u32) -> Result<Vec<Late>, StoreError> {
        let sql = format!(
            "WITH recent AS (
                SELECT member.event AS id, max(document.seq) AS latest FROM document
                JOIN report ON report.document = document.seq AND report.main AND report.violent
                JOIN member ON member.report = report.row
                WHERE document.seq > (SELECT max(seq) FROM document) - ?1
                GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?2
             )
             SELECT {COLUMNS_OF_EVENTS},
                (SELECT substr(min(entry.at), 1, 10) FROM member
                 JOIN report ON report.row = member.report
                 JOIN entry ON entry.seq = report.document WHERE member.event = event.id)
                = (SELECT substr(at, 1, 10) FROM entry ORDER BY seq DESC LIMIT 1)
             FROM recent JOIN event ON event.id = recent.id
             JOIN report ON report.row = (SELECT min(report) FROM member WHERE event = event.id)
             JOIN document ON document.seq = report.document
             WHERE {NOT_CAMPAIGNS} ORDER BY recent.latest DESC, recent.id"
        );
        self.ask_all(&sql, &[Value::from(LATEST), Value::from(limit)], |row| {
            let mut line = line(row)?;
            line.told = Some((row.get(31)?, row.get(32)?));
            Ok(Late { line, is_new: row.get(33)? })
        })
    }

    /// The events that have a report that passes `filter`, by the class of who is named as
    /// perpetrator, those of most events first. An event with two of one class is in it once, and
    /// with two classes in both; where nobody is named it is in none.
    pub(crate) fn by_class(
        &self,
        filter: &Filter,
        class: impl Fn(&str) -> Option<&'static str>,
    ) -> Result<Vec<Tally>, StoreError> {
        let (passes, values) = filter.of_events();
        let sql = format!(
            "SELECT NULL, {}, event.id, named.actor FROM (
                SELECT DISTINCT member.event, party.actor FROM party
                JOIN member ON member.report = party.report
                WHERE party.role = 'perpetrator' AND party.actor IS NOT NULL
             ) AS named JOIN event ON event.id = named.event
             WHERE {NOT_CAMPAIGNS} AND {passes} GROUP BY event.id, named.actor",
            sums()
        );
        let rows = self.ask_all(&sql, &values, |row| {
            let (event, actor): (Vec<u8>, String) = (row.get(7)?, row.get(8)?);
            Ok((event, actor, tally(row, 0)?))
        })?;
        let mut of: BTreeMap<&'static str, BTreeMap<Vec<u8>, Tally>> = BTreeMap::new();
        for (event, actor, tally) in rows {
            if let Some(class) = class(&actor) {
                of.entry(class).or_default().insert(event, tally);
            }
        }
        let together = |(name, events): (&str, BTreeMap<Vec<u8>, Tally>)| Tally {
            name: Some(name.to_owned()),
            ..Tally::total(events.values())
        };
        let mut tallies: Vec<Tally> = of.into_iter().map(together).collect();
        tallies.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
        Ok(tallies)
    }

    /// How many events have a field on which sources contradict each other.
    pub(crate) fn disputed(&self) -> Result<u64, StoreError> {
        let sql =
            "SELECT count(*) FROM event WHERE main AND coalesce(disputed, '') NOT IN ('', '[]')";
        let found = self.ask_all(sql, &[], |row| row.get(0))?;
        Ok(found.first().copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples;

    #[test]
    fn a_class_has_each_of_its_events_once_and_news_are_attacks() {
        let (_folder, ledger) = samples::ledger(40);
        let filter = Filter::default();
        let all = ledger.sums(&filter).unwrap().total();
        let [class] =
            <[Tally; 1]>::try_from(ledger.by_class(&filter, |_| Some("any")).unwrap()).unwrap();
        assert!(class.events > 0 && class.events <= all.events && class.least <= all.least);
        assert!(ledger.by_class(&filter, |_| None).unwrap().is_empty());
        let news = ledger.lately(5).unwrap();
        assert!(!news.is_empty() && news.len() <= 5);
        assert!(news.iter().all(|one| one.is_new && one.line.main));
        assert!(ledger.disputed().unwrap() <= all.events);
    }
}
