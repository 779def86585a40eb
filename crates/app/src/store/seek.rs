//! Pages of a list: what comes after a row, whatever was added meanwhile.
//!
//! A page begins after the values that its order has in the last row of the page before, and not
//! after so many rows: a deep page costs what the first one costs, and a batch that arrives between
//! two pages neither repeats nor hides a row that was there.

use rusqlite::types::Value;
use serde_json::Value as Json;

use super::error::StoreError;
use super::ledger::Ledger;
use super::search::{Filter, Line, Sort};
use super::sheet::First;

/// Where a page ends: the values of the order in its last row, the row's own name last.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark(pub(super) Vec<Value>);

/// Some rows, and where the next ones begin.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    /// The rows, in order.
    pub(crate) lines: Vec<Line>,
    /// Where this page ends, if there are more.
    pub(crate) next: Option<Mark>,
}

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    /// Events, each with what its reports say together.
    Events,
    /// Reports, each with what one document says.
    Reports,
}

impl Mark {
    /// The mark of these values.
    pub(super) fn of(values: &[Json]) -> Self {
        Self(values.iter().filter_map(value).collect())
    }

    /// The values of a mark that is given as a word.
    pub(super) fn values(word: &str) -> Option<Vec<Json>> {
        let pairs = word.as_bytes().chunks(2).map(|pair| {
            std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok())
        });
        let bytes: Vec<u8> = pairs.collect::<Option<_>>()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// The mark as a word for an address.
    pub(crate) fn written(&self) -> String {
        let values: Vec<Json> = self.0.iter().map(json).collect();
        let text = Json::from(values).to_string();
        text.bytes().fold(String::new(), |out, byte| out + &format!("{byte:02x}"))
    }

    /// The mark that `word` is, in a list of such rows in such an order.
    pub(crate) fn read(word: &str, rows: Rows, sort: Sort) -> Option<Self> {
        let values = Self::values(word)?;
        let values: Vec<Value> = values.iter().map(value).collect::<Option<_>>()?;
        let fits = values.len() == n_keys(sort) + 1;
        let named = matches!(
            (rows, values.last()),
            (Rows::Events, Some(Value::Text(_))) | (Rows::Reports, Some(Value::Integer(_)))
        );
        (fits && named).then_some(Self(values))
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Integer(n) => Json::from(*n),
        Value::Real(n) => Json::from(*n),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Null | Value::Blob(_) => Json::Null,
    }
}

fn value(json: &Json) -> Option<Value> {
    match json {
        Json::Null => Some(Value::Null),
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Number(n) => n.as_i64().map(Value::Integer).or_else(|| n.as_f64().map(Value::Real)),
        _ => None,
    }
}

/// How many values the order has in a row, but for the name.
fn n_keys(sort: Sort) -> usize {
    if sort == Sort::Place { 3 } else { 1 }
}

impl Ledger {
    /// The first `limit` rows after `after` of those that pass `filter`.
    pub(crate) fn page(
        &self,
        rows: Rows,
        filter: &Filter,
        sort: Sort,
        after: Option<&Mark>,
        limit: usize,
    ) -> Result<Page, StoreError> {
        let sheet = self.sheet()?;
        let chosen = sheet.chosen(self, filter)?;
        let mut found = sheet.first(rows, &chosen, sort, after, limit.saturating_add(1));
        let more = found.len() > limit;
        found.truncate(limit);
        let mut page = Page { lines: Vec::with_capacity(found.len()), next: None };
        for First { line, mark } in found {
            page.lines.push(line);
            page.next = Some(mark).filter(|_| more);
        }
        Ok(page)
    }

    /// How many rows pass `filter`.
    pub(crate) fn count_of(&self, rows: Rows, filter: &Filter) -> Result<u64, StoreError> {
        let sheet = self.sheet()?;
        let (events, reports) = sheet.chosen(self, filter)?.len();
        Ok(if rows == Rows::Events { events } else { reports })
    }

    /// How many documents and reports there are.
    pub(crate) fn sizes(&self) -> Result<(u64, u64), StoreError> {
        Ok(self.sheet()?.sizes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples;

    #[test]
    fn pages_of_any_size_are_the_whole_list() {
        let (_folder, ledger) = samples::ledger(40);
        let filter = Filter::default();
        for rows in [Rows::Events, Rows::Reports] {
            for sort in [Sort::Day, Sort::Killed, Sort::Place, Sort::Confidence] {
                let ids = |lines: &[Line]| lines.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
                let whole = ids(&ledger.page(rows, &filter, sort, None, 1_000).unwrap().lines);
                let mut paged = Vec::new();
                let mut after = None;
                loop {
                    let page = ledger.page(rows, &filter, sort, after.as_ref(), 7).unwrap();
                    paged.extend(ids(&page.lines));
                    let Some(next) = page.next else { break };
                    after = Mark::read(&next.written(), rows, sort);
                    assert_eq!(after.as_ref(), Some(&next));
                }
                assert_eq!(paged, whole, "{rows:?} by {sort:?}");
                assert!(whole.len() > 7);
            }
        }
    }

    #[test]
    fn a_mark_of_another_list_is_none() {
        let mark = Mark(vec![Value::Text("2024-01-01".into()), Value::Text("ab".into())]);
        let word = mark.written();
        assert_eq!(Mark::read(&word, Rows::Events, Sort::Day), Some(mark));
        assert_eq!(Mark::read(&word, Rows::Events, Sort::Place), None);
        assert_eq!(Mark::read(&word, Rows::Reports, Sort::Day), None);
        for word in ["", "5", "zz", "5b5d", "ä1", "7b7d"] {
            assert_eq!(Mark::read(word, Rows::Events, Sort::Day), None, "{word}");
        }
    }
}
