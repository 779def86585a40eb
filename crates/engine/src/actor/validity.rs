//! From when to when a fact about an actor holds.
//!
//! A cell has a year, a month or a day; what it leaves out is taken as wide as it can be. An empty
//! cell is an open end: unknown, or not yet come.

use jiff::civil::Date;

use crate::pack::cells::record;

/// The days on which a fact holds, both ends included; an absent end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

record!(Validity { from, to });

impl Validity {
    /// Reads the cells of the columns `from` and `to`; `None` if one is no year, month or day.
    pub(super) fn of(from: &str, to: &str) -> Option<Self> {
        let end = |cell: &str, last: bool| match cell {
            "" => Some(None),
            _ => moment(cell, last).map(Some),
        };
        Some(Self { from: end(from, false)?, to: end(to, true)? })
    }

    /// Whether it holds on `day`. What has no ends always holds.
    pub fn holds(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// "2021", "2021-08", "2021-08-15" → the first or last day of it.
fn moment(cell: &str, last: bool) -> Option<Date> {
    let mut parts = cell.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map(str::parse).transpose().ok()?;
    let day = parts.next().map(str::parse).transpose().ok()?;
    if parts.next().is_some() {
        return None;
    }
    let first =
        Date::new(year, month.unwrap_or(if last { 12 } else { 1 }), day.unwrap_or(1)).ok()?;
    Some(if last && day.is_none() { first.last_of_month() } else { first })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_is_from_its_first_day_to_its_last() {
        let validity = Validity::of("1994", "2021-08").unwrap();
        assert_eq!(validity.from, Some(date(1994, 1, 1)));
        assert_eq!(validity.to, Some(date(2021, 8, 31)));
        assert!(validity.holds(date(2021, 8, 31)) && !validity.holds(date(2021, 9, 1)));
    }

    #[test]
    fn an_empty_cell_is_an_open_end_and_a_bad_one_is_bad() {
        assert!(Validity::of("", "").unwrap().holds(date(1800, 1, 1)));
        assert_eq!(Validity::of("about 1990", ""), None);
        assert_eq!(Validity::of("1990-13", ""), None);
    }
}
