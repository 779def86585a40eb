//! Which column of a table means what.
//!
//! A line has a field of a report, the column that it is read from (or `=` and what is so for all
//! rows), the terms that values stand for, and a condition. Of several lines of one field the first
//! that gives something counts, but a report has all perpetrators, targets, speakers and weapons.

use std::collections::BTreeMap;

/// The fields that a mapping can give.
const FIELDS: &[&str] = &[
    "source",
    "id",
    "title",
    "words",
    "kind",
    "mode",
    "stage",
    "first_day",
    "last_day",
    "year",
    "month",
    "day",
    "country",
    "admin1",
    "place",
    "site",
    "lat",
    "lon",
    "precision",
    "killed",
    "killed_low",
    "killed_high",
    "injured",
    "abducted",
    "perpetrator",
    "attribution",
    "target",
    "target_sort",
    "weapon",
    "speaker",
];

/// Which columns mean what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) field: &'static str,
    pub(super) from: From,
    /// The terms of values; all others of `*`. Empty if values stand for themselves.
    terms: Vec<(String, String)>,
    /// A column and the values of which it must have one.
    only: Option<(String, Vec<String>)>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum From {
    Column(String),
    Always(String),
}

/// What is wrong with a mapping.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMapping {
    /// A line has no column.
    #[error("line {0} has no column")]
    NoColumn(usize),
    /// A line is of a field that there is not.
    #[error("line {0}: there is no field \"{1}\"")]
    NoField(usize, String),
    /// Every mapping must give this field.
    #[error("the field \"{0}\" is missing")]
    Missing(&'static str),
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// When a line has no column or an unknown field, or when source, id, kind or country is not
    /// given.
    pub fn parse(table: &str) -> Result<Self, BadMapping> {
        let mut lines = Vec::new();
        let rows = table.lines().enumerate().map(|(n, line)| (n + 1, line.trim_end_matches('\r')));
        for (n, line) in rows.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let mut cells = line.split('\t').map(str::trim);
            let name = cells.next().unwrap_or_default();
            let Some(&field) = FIELDS.iter().find(|field| **field == name) else {
                return Err(BadMapping::NoField(n, name.to_owned()));
            };
            let from = match cells.next().unwrap_or_default() {
                "" => return Err(BadMapping::NoColumn(n)),
                column => match column.strip_prefix('=') {
                    Some(always) => From::Always(always.to_owned()),
                    None => From::Column(column.to_owned()),
                },
            };
            let pairs = cells.next().unwrap_or_default().split('|').filter(|pair| !pair.is_empty());
            let terms = pairs
                .map(|pair| pair.rsplit_once('=').unwrap_or((pair, pair)))
                .map(|(value, term)| (value.to_owned(), term.to_owned()))
                .collect();
            let only =
                cells.next().and_then(|only| only.split_once('=')).map(|(column, values)| {
                    (column.to_owned(), values.split('|').map(str::to_owned).collect())
                });
            lines.push(Line { field, from, terms, only });
        }
        for field in ["source", "id", "kind", "country"] {
            if !lines.iter().any(|line| line.field == field) {
                return Err(BadMapping::Missing(field));
            }
        }
        Ok(Self { lines })
    }

    /// The columns that it names and `header` lacks.
    pub fn missing<'m>(&'m self, header: &[String]) -> Vec<&'m str> {
        let has = |column: &str| header.iter().any(|name| name == column);
        let named = self.lines.iter().filter_map(|line| match &line.from {
            From::Column(column) if !has(column) => Some(column.as_str()),
            _ => None,
        });
        let mut missing: Vec<&str> = named.collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    /// What the table calls itself: of a constant, or of this row's cell.
    pub(super) fn lines<'m>(
        &'m self,
        field: &'m str,
        row: &'m BTreeMap<&str, &str>,
    ) -> impl Iterator<Item = &'m Line> {
        let holds = |line: &&Line| match &line.only {
            None => true,
            Some((column, values)) => row
                .get(column.as_str())
                .is_some_and(|found| values.iter().any(|value| same(value, found))),
        };
        self.lines.iter().filter(move |line| line.field == field).filter(holds)
    }
}

impl Line {
    /// What a value stands for: a term, nothing (`Some("")`), or what the mapping does not know.
    pub(super) fn term<'m>(&'m self, value: &'m str) -> Option<&'m str> {
        if self.terms.is_empty() {
            return Some(value);
        }
        let found = self.terms.iter().find(|(known, _)| match known.strip_suffix('*') {
            Some(start) => value.starts_with(start),
            None => same(known, value),
        });
        // A list of values that mean nothing leaves all others as they are.
        let only_nothing = self.terms.iter().all(|(_, term)| term.is_empty());
        found.map(|(_, term)| term.as_str()).or(only_nothing.then_some(value))
    }
}

/// Whether two cells say the same: `1` and `1.0` do.
fn same(a: &str, b: &str) -> bool {
    a == b
        || a.parse::<f64>()
            .ok()
            .zip(b.parse::<f64>().ok())
            .is_some_and(|(x, y)| x.total_cmp(&y).is_eq())
}
