//! What a cell says, as tables write it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use reading::{Document, Span};

use super::mapping::{From, Line};
use crate::date::MONTHS;
use crate::resolved::Precision;

/// The value of a line in this row, if it says anything.
pub(super) fn said<'r>(line: &'r Line, row: &BTreeMap<&str, &'r str>) -> Option<&'r str> {
    let value = match &line.from {
        From::Always(value) => value.as_str(),
        From::Column(column) => row.get(column.as_str()).copied()?,
    };
    Some(value).filter(|value| !is_silent(value))
}

/// Whether a cell says nothing.
fn is_silent(value: &str) -> bool {
    matches!(value, "" | "NA" | "N/A" | "nan" | "NULL" | "." | "-9" | "-99")
}

/// The span without the white space around it.
pub(super) fn trimmed(span: Span, document: &Document) -> Span {
    let words = span.of(document.text());
    let start = span.start() + words.len() - words.trim_start().len();
    Span::within(document.text(), start, start + words.trim().len()).unwrap_or(span)
}

/// The name of a place without the word for what it is, where that comes last and small.
pub(super) fn bare(name: &str) -> &str {
    const WORDS: [&str; 12] = [
        "village",
        "town",
        "city",
        "province",
        "governorate",
        "district",
        "state",
        "region",
        "county",
        "department",
        "oblast",
        "area",
    ];
    match name.rsplit_once(' ') {
        Some((bare, last)) if WORDS.contains(&last) => bare,
        _ => name,
    }
}

pub(super) fn precision(term: &str) -> Option<Precision> {
    use Precision::{Admin1, Admin2, Country, Near, Place, Site};
    [Site, Place, Near, Admin2, Admin1, Country].into_iter().find(|p| p.as_str() == term)
}

/// `2024-03-01`, with a time or not; `01 March 2024`; `1-Mar-2024`.
pub(super) fn day(cell: &str) -> Option<Date> {
    if let Some(day) = cell.get(..10).and_then(|iso| iso.parse().ok()) {
        return Some(day);
    }
    let mut parts = cell.split([' ', '-', '/']).filter(|part| !part.is_empty());
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = month.get(..3)?.to_ascii_lowercase();
    let month = (1_i8..).zip(MONTHS).find(|(_, name)| name.starts_with(&month))?.0;
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_tables_write_them() {
        let read = |cell| day(cell).map(|day| day.to_string());
        assert_eq!(read("2024-03-01").as_deref(), Some("2024-03-01"));
        assert_eq!(read("01 March 2024").as_deref(), Some("2024-03-01"));
        assert_eq!(read("1-Mar-2024").as_deref(), Some("2024-03-01"));
        assert_eq!(read("soon"), None);
    }
}
