//! Rows of several tables → events, where all that is known of a row is a day, a point and terms.
//!
//! Whoever holds event tables without texts says how near two rows must be, in days and kilometres,
//! and how the terms of one table stand to those of another: a term has its own meaning and wider
//! ones. Two rows of different tables fit if they are near and every one of their terms means the
//! same at some width; the narrower, the better they fit. Tables are joined one after another, the
//! best-fitting pairs first, and a row has one partner a table at most. A day is never joined with a
//! period, nor two rows of one table. The way is that of Donnay and others (2018, Integrating
//! Conflict Event Data). It learns nothing and looks at no words: for reports with texts there is
//! [`link`](super::link()).

use crate::place::kilometres;
use crate::resolved::Period;

/// How near two rows of one event are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Between their first and between their last days.
    pub days: i32,
    /// Between their points.
    pub kilometres: f64,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// When it was.
    pub when: Period,
    /// Degrees north and east.
    pub at: (f64, f64),
    /// For each question what its term means, from the narrowest to the widest.
    pub terms: Vec<Vec<String>>,
}

/// A row: the number of its table, and its own in that table.
pub type Place = (usize, usize);

/// The events that the rows of `tables` are of, each with at most one row of a table, in the order
/// of the tables.
pub fn events(tables: &[Vec<Row>], window: Window) -> Vec<Vec<Place>> {
    let mut events: Vec<Vec<Place>> = Vec::new();
    for (table, rows) in tables.iter().enumerate() {
        let known = events.len();
        let partners = partners(tables, &events, rows, window);
        for (row, partner) in partners.into_iter().enumerate() {
            match partner.filter(|&event| event < known) {
                Some(event) => events[event].push((table, row)),
                None => events.push(vec![(table, row)]),
            }
        }
    }
    events
}

/// For each of `rows` the event that it is of, if it is one of `events`, for which their first rows
/// speak.
fn partners(
    tables: &[Vec<Row>],
    events: &[Vec<Place>],
    rows: &[Row],
    window: Window,
) -> Vec<Option<usize>> {
    // By their first days, so that a row is only compared with those of about that time.
    let mut known: Vec<(usize, &Row)> = events
        .iter()
        .enumerate()
        .filter_map(|(event, of)| {
            let &(table, row) = of.first()?;
            Some((event, tables.get(table)?.get(row)?))
        })
        .collect();
    known.sort_by_key(|(event, row)| (row.when.start, *event));
    let mut fits: Vec<(f64, usize, usize)> = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let late = |other: &Row| days(row, other).0 > window.days;
        let early = |other: &Row| -days(row, other).0 > window.days;
        let from = known.partition_point(|(_, other)| late(other));
        let near = known.iter().skip(from).take_while(|(_, other)| !early(other));
        fits.extend(near.filter_map(|(event, other)| Some((fit(other, row, window)?, *event, n))));
    }
    fits.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut partners = vec![None; rows.len()];
    let mut taken = vec![false; events.len()];
    for (_, event, row) in fits {
        if partners[row].is_none() && !taken[event] {
            partners[row] = Some(event);
            taken[event] = true;
        }
    }
    partners
}

/// How many days `a` begins and ends after `b`.
fn days(a: &Row, b: &Row) -> (i32, i32) {
    let gap = |a: jiff::civil::Date, b: jiff::civil::Date| (a - b).get_days();
    (gap(a.when.start, b.when.start), gap(a.when.end, b.when.end))
}

/// How wide the terms must be taken for two rows to be of one event, from 0 to 1 on average; `None`
/// if they cannot be.
fn fit(a: &Row, b: &Row, window: Window) -> Option<f64> {
    let (first, last) = days(a, b);
    let is_day = |row: &Row| row.when.start == row.when.end;
    let is_near = is_day(a) == is_day(b)
        && first.abs().max(last.abs()) <= window.days
        && kilometres(a.at, b.at) <= window.kilometres;
    if !is_near || a.terms.len() != b.terms.len() {
        return None;
    }
    let width = |(a, b): (&Vec<String>, &Vec<String>)| {
        let narrowest = a.iter().zip(b).position(|(a, b)| a == b)?;
        Some(narrowest as f64 / (a.len().max(2) - 1) as f64)
    };
    let widths: Option<Vec<f64>> = a.terms.iter().zip(&b.terms).map(width).collect();
    let widths = widths?;
    Some(widths.iter().sum::<f64>() / widths.len().max(1) as f64)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const NEAR: Window = Window { days: 2, kilometres: 4.0 };

    fn row(day: i8, east: f64, terms: &[&str]) -> Row {
        Row {
            when: Period::day(date(2024, 3, day)),
            at: (10.0, east),
            terms: vec![terms.iter().map(|&term| term.to_owned()).collect()],
        }
    }

    fn lasting(from: i8, to: i8) -> Row {
        let when = Period { start: date(2024, 3, from), end: date(2024, 3, to) };
        Row { when, ..row(from, 20.0, &["car bomb", "bomb"]) }
    }

    fn sets(tables: &[Vec<Row>]) -> Vec<Vec<Place>> {
        events(tables, NEAR)
    }

    #[test]
    fn rows_that_are_near_and_mean_the_same_are_one_event() {
        let first = vec![row(3, 20.0, &["car bomb", "bomb"]), row(9, 20.0, &["knife", "blade"])];
        let second = vec![row(5, 20.01, &["pipe bomb", "bomb"]), row(9, 21.0, &["knife", "blade"])];
        let third = vec![row(4, 20.0, &["car bomb", "bomb"])];
        assert_eq!(
            sets(&[first, second, third]),
            [vec![(0, 0), (1, 0), (2, 0)], vec![(0, 1)], vec![(1, 1)]]
        );
    }

    #[test]
    fn the_narrower_term_wins_and_a_row_has_one_partner() {
        let first = vec![row(3, 20.0, &["pipe bomb", "bomb"]), row(3, 20.0, &["car bomb", "bomb"])];
        let second = vec![row(3, 20.0, &["car bomb", "bomb"]), row(3, 20.0, &["car bomb", "bomb"])];
        assert_eq!(sets(&[first, second]), [vec![(0, 0), (1, 1)], vec![(0, 1), (1, 0)]]);
    }

    #[test]
    fn a_day_is_not_joined_with_a_period_nor_two_rows_of_one_table() {
        let day = || row(3, 20.0, &["car bomb", "bomb"]);
        assert_eq!(sets(&[vec![day(), day()]]).len(), 2);
        assert_eq!(sets(&[vec![day()], vec![lasting(3, 5)]]).len(), 2);
        assert_eq!(sets(&[vec![lasting(2, 4)], vec![lasting(3, 5)]]).len(), 1);
        assert_eq!(sets(&[vec![lasting(2, 4)], vec![lasting(3, 9)]]).len(), 2);
    }
}
