//! What the record gained last, and who is named for how much: for the overview.

use rusqlite::types::Value;

use super::error::StoreError;
use super::ledger::Ledger;
use super::search::{COLUMNS_OF_EVENTS, Filter, Line, line};
use super::tally::Tally;

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
    pub(crate) fn lately(&self, limit: usize) -> Result<Vec<Late>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS_OF_EVENTS},
                (SELECT substr(min(entry.at), 1, 10) FROM member
                 JOIN report ON report.row = member.report
                 JOIN entry ON entry.seq = report.document WHERE member.event = event.id)
                = (SELECT substr(at, 1, 10) FROM entry ORDER BY seq DESC LIMIT 1)
             FROM event
             JOIN report ON report.row = (SELECT min(report) FROM member WHERE event = event.id)
             JOIN document ON document.seq = report.document WHERE event.id = ?"
        );
        let mut late = Vec::new();
        for id in self.sheet()?.latest(LATEST, limit) {
            late.extend(self.ask_all(&sql, &[Value::from(id.to_vec())], |row| {
                let mut line = line(row)?;
                line.told = Some((row.get(31)?, row.get(32)?));
                Ok(Late { line, is_new: row.get(33)? })
            })?);
        }
        Ok(late)
    }

    /// The events that have a report that passes `filter`, by the class of who is named as
    /// perpetrator, those of most events first. An event with two of one class is in it once, and
    /// with two classes in both; where nobody is named it is in none.
    pub(crate) fn by_class(
        &self,
        filter: &Filter,
        class: impl Fn(&str) -> Option<&'static str>,
    ) -> Result<Vec<Tally>, StoreError> {
        let sheet = self.sheet()?;
        Ok(sheet.by_class(&*sheet.chosen(self, filter)?, class))
    }

    /// How many events have a field on which sources contradict each other.
    pub(crate) fn disputed(&self) -> Result<u64, StoreError> {
        Ok(self.sheet()?.disputed())
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
