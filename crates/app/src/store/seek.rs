//! Pages of a list: what comes after a row, whatever was added meanwhile.
//!
//! A page begins after the values that its order has in the last row of the page before, and not
//! after so many rows: a deep page costs what the first one costs, and a batch that arrives between
//! two pages neither repeats nor hides a row that was there.

use rusqlite::types::Value;
use serde_json::Value as Json;

use super::error::StoreError;
use super::ledger::Ledger;
use super::search::{COLUMNS, COLUMNS_OF_EVENTS, FROM, Filter, Line, Sort, line, values_of};

/// Where a page ends: the values of the order in its last row, the row's own name last.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark(Vec<Value>);

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
    /// The mark as a word for an address.
    pub(crate) fn written(&self) -> String {
        let values: Vec<Json> = self.0.iter().map(json).collect();
        let text = Json::from(values).to_string();
        text.bytes().fold(String::new(), |out, byte| out + &format!("{byte:02x}"))
    }

    /// The mark that `word` is, in a list of such rows in such an order.
    pub(crate) fn read(word: &str, rows: Rows, sort: Sort) -> Option<Self> {
        let pairs = word.as_bytes().chunks(2).map(|pair| {
            std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok())
        });
        let bytes: Vec<u8> = pairs.collect::<Option<_>>()?;
        let values: Vec<Json> = serde_json::from_slice(&bytes).ok()?;
        let values: Vec<Value> = values.iter().map(value).collect::<Option<_>>()?;
        let fits = values.len() == sort.keys(rows).len() + 1;
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

/// One expression that rows are ordered by. What is not known comes last in either direction.
#[derive(Clone, Copy)]
struct Key {
    sql: &'static str,
    falls: bool,
}

impl Key {
    fn order(self) -> String {
        format!("{} {} NULLS LAST", self.sql, if self.falls { "DESC" } else { "ASC" })
    }

    /// The condition that a row comes after `value`.
    fn after(self, value: &Value) -> Option<(String, Value)> {
        let sign = if self.falls { '<' } else { '>' };
        let is_known = !matches!(value, Value::Null);
        is_known.then(|| (format!("({0} {sign} ? OR {0} IS NULL)", self.sql), value.clone()))
    }
}

impl Sort {
    fn keys(self, rows: Rows) -> Vec<Key> {
        let falls = |sql| Key { sql, falls: true };
        let rises = |sql| Key { sql, falls: false };
        match (self, rows) {
            (Self::Day, Rows::Events) => vec![falls("event.first_day")],
            (Self::Day, Rows::Reports) => vec![falls("report.first_day")],
            (Self::Killed, Rows::Events) => {
                vec![falls("coalesce(event.killed_best, event.killed_low, event.killed_high)")]
            }
            (Self::Killed, Rows::Reports) => {
                vec![falls("coalesce(report.killed_best, report.killed_low, report.killed_high)")]
            }
            (Self::Place, Rows::Events) => {
                vec![rises("event.country"), rises("event.place"), rises("event.first_day")]
            }
            (Self::Place, Rows::Reports) => {
                vec![rises("report.country"), rises("report.place"), rises("report.first_day")]
            }
            (Self::Confidence, Rows::Events) => vec![falls("event.confidence")],
            (Self::Confidence, Rows::Reports) => vec![falls("report.confidence")],
        }
    }
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
        let failed = |error| self.failed(error);
        let keys = sort.keys(rows);
        let (name, columns) = match rows {
            Rows::Events => ("lower(hex(event.id))", COLUMNS_OF_EVENTS),
            Rows::Reports => ("report.row", COLUMNS),
        };
        let (passes, mut values) = match rows {
            Rows::Events => filter.of_events(),
            Rows::Reports => filter.sql(),
        };
        let seek = after.map_or(String::new(), |mark| beyond(&keys, name, mark, &mut values));
        let names: Vec<&str> = keys.iter().map(|key| key.sql).chain([name]).collect();
        let keys_shown = names.join(", ");
        let order: Vec<String> = keys.iter().map(|key| key.order()).collect();
        let order = order.join(", ");
        let limit_read = limit.saturating_add(1);
        let sql = match rows {
            // The few rows of the page are found first, and only they are put together.
            Rows::Events => format!(
                "SELECT {columns}, {keys_shown} FROM
                 (SELECT event.id AS top FROM event WHERE {passes} {seek}
                  ORDER BY {order}, event.id LIMIT {limit_read})
                 CROSS JOIN event ON event.id = top
                 JOIN report ON report.row = (SELECT min(report) FROM member WHERE event = event.id)
                 JOIN document ON document.seq = report.document ORDER BY {order}, event.id"
            ),
            Rows::Reports => format!(
                "SELECT {columns}, {keys_shown} {FROM} {passes} {seek}
                 ORDER BY {order}, {name} LIMIT {limit_read}"
            ),
        };
        let mut query = self.connection.prepare(&sql).map_err(failed)?;
        let n_columns = query.column_count() - names.len();
        let mut found = query.query(values_of(&values)).map_err(failed)?;
        let mut page = Page { lines: Vec::new(), next: None };
        let mut last = None;
        while let Some(row) = found.next().map_err(failed)? {
            if page.lines.len() == limit {
                page.next = last;
                break;
            }
            let mut one = line(row).map_err(failed)?;
            if rows == Rows::Events {
                one.told = row.get(31).and_then(|n| Ok(Some((n, row.get(32)?)))).map_err(failed)?;
            }
            page.lines.push(one);
            let mark: rusqlite::Result<Vec<Value>> =
                (0..names.len()).map(|n| row.get(n_columns + n)).collect();
            last = Some(Mark(mark.map_err(failed)?));
        }
        Ok(page)
    }
}

impl Ledger {
    /// How many rows pass `filter`, counted no further than `most`.
    pub(crate) fn count_to(
        &self,
        rows: Rows,
        filter: &Filter,
        most: u32,
    ) -> Result<u64, StoreError> {
        let (sql, values) = match rows {
            Rows::Events => {
                let (passes, values) = filter.of_events();
                (format!("SELECT 1 FROM event WHERE {passes}"), values)
            }
            Rows::Reports => {
                let (conditions, values) = filter.sql();
                (format!("SELECT 1 {FROM} {conditions}"), values)
            }
        };
        let sql = format!("SELECT count(*) FROM ({sql} LIMIT {most})");
        self.connection
            .query_row(&sql, values_of(&values), |row| row.get(0))
            .map_err(|error| self.failed(error))
    }
}

/// The condition that a row comes after `mark`: by its first key, or by a later one where all
/// before are equal.
fn beyond(keys: &[Key], name: &str, mark: &Mark, values: &mut Vec<Value>) -> String {
    let mut ways = Vec::new();
    let mut equal = String::new();
    let mut equals = Vec::new();
    for (key, value) in keys.iter().zip(&mark.0) {
        if let Some((sql, bound)) = key.after(value) {
            ways.push(format!("{equal}{sql}"));
            values.extend(equals.iter().cloned().chain([bound]));
        }
        equal.push_str(key.sql);
        equal.push_str(" IS ? AND ");
        equals.push(value.clone());
    }
    ways.push(format!("{equal}{name} > ?"));
    values.extend(equals.into_iter().chain(mark.0.last().cloned()));
    format!("AND (({}))", ways.join(") OR ("))
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
