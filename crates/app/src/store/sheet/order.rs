//! The few rows of a page: those of a selection that come first after a mark, in an order.
//!
//! All rows are put in an order once; the rows of a selection are then compared as numbers.

use std::cmp::Ordering;

use rusqlite::types::Value;

use super::choose::Chosen;
use super::names::NONE;
use super::sums::hex;
use super::{Body, Sheet, day};
use crate::store::search::{Line, Sort};
use crate::store::seek::{Mark, Rows};

/// What a row is ordered by; what is not known comes last. Of equal rows the name decides.
#[derive(Clone, Debug, PartialEq)]
enum Key<'s> {
    Falls(Option<f64>),
    Place(Option<&'s str>, Option<&'s str>, Option<i32>),
}

/// What a row is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Event([u8; 16]),
    Report(i64),
}

/// A row as it is compared.
#[derive(Clone, Debug, PartialEq)]
struct Ranked<'s> {
    key: Key<'s>,
    name: Name,
    place: u32,
}

impl Eq for Ranked<'_> {}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key).then(self.name.cmp(&other.name))
    }
}

impl Key<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Key::Falls(one), Key::Falls(two)) => last(*one, *two, |one, two| two.total_cmp(one)),
            (Key::Place(country, town, day), Key::Place(country_2, town_2, day_2)) => {
                last(*country, *country_2, Ord::cmp)
                    .then(last(*town, *town_2, Ord::cmp))
                    .then(last(*day, *day_2, Ord::cmp))
            }
            (Key::Falls(_), Key::Place(..)) => Ordering::Less,
            (Key::Place(..), Key::Falls(_)) => Ordering::Greater,
        }
    }
}

/// The order of two values of which `None` is the last.
fn last<T>(a: Option<T>, b: Option<T>, order: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => order(&a, &b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

impl Sheet {
    /// The first `limit` rows of a selection after `after`.
    pub(in crate::store) fn first(
        &self,
        rows: Rows,
        chosen: &Chosen,
        sort: Sort,
        after: Option<&Mark>,
        limit: usize,
    ) -> Vec<First> {
        let places = match rows {
            Rows::Events => &chosen.events,
            Rows::Reports => &chosen.reports,
        };
        let body = &*self.body;
        let order = body.order(rows, sort);
        let after = after.and_then(|mark| ranked_mark(mark, sort));
        let first = after.map_or(0, |after| {
            order.places.partition_point(|place| {
                body.ranked(rows, *place, sort).is_some_and(|row| row <= after)
            }) as u32
        });
        let rank = |place: &u32| order.ranks.get(*place as usize).copied();
        let mut ranks: Vec<u32> =
            places.iter().filter_map(rank).filter(|rank| *rank >= first).collect();
        if ranks.len() > limit {
            ranks.select_nth_unstable(limit);
            ranks.truncate(limit);
        }
        ranks.sort_unstable();
        let row = |rank: &u32| body.ranked(rows, *order.places.get(*rank as usize)?, sort);
        ranks.iter().filter_map(row).filter_map(|row| body.found(&row, sort)).collect()
    }
}

/// All rows in an order: which row comes at each place of it, and at which place each row.
#[derive(Debug, Default)]
pub(super) struct Order {
    places: Vec<u32>,
    ranks: Vec<u32>,
}

impl Body {
    /// All rows in this order, which is made once.
    pub(super) fn order(&self, rows: Rows, sort: Sort) -> &Order {
        let made = || {
            let n = match rows {
                Rows::Events => self.events.len(),
                Rows::Reports => self.told.len(),
            };
            let mut all: Vec<Ranked<'_>> =
                (0..n as u32).filter_map(|place| self.ranked(rows, place, sort)).collect();
            all.sort_unstable();
            let places: Vec<u32> = all.into_iter().map(|row| row.place).collect();
            let mut ranks = vec![0; places.len()];
            for (rank, place) in (0_u32..).zip(&places) {
                if let Some(slot) = ranks.get_mut(*place as usize) {
                    *slot = rank;
                }
            }
            Order { places, ranks }
        };
        let [of_events, of_reports] = &self.orders;
        let orders = if rows == Rows::Events { of_events } else { of_reports };
        let [day, killed, place, confidence] = orders;
        let order = match sort {
            Sort::Day => day,
            Sort::Killed => killed,
            Sort::Place => place,
            Sort::Confidence => confidence,
        };
        order.get_or_init(made)
    }
}

/// A row of a page, and the mark that it is.
#[derive(Debug)]
pub(in crate::store) struct First {
    pub(in crate::store) line: Line,
    pub(in crate::store) mark: Mark,
}

impl Body {
    fn found(&self, row: &Ranked<'_>, sort: Sort) -> Option<First> {
        let line = match row.name {
            Name::Event(_) => self.line_of_event(row.place)?,
            Name::Report(_) => self.line_of_report(row.place)?,
        };
        Some(First { line, mark: row.mark(sort) })
    }

    fn ranked(&self, rows: Rows, place: u32, sort: Sort) -> Option<Ranked<'_>> {
        let (day, killed, country, town, confidence, name) = match rows {
            Rows::Events => {
                let event = self.events.get(place as usize)?;
                let [low, best, high] = event.killed;
                let killed = [best, low, high].into_iter().find(|n| *n != NONE);
                let killed = killed.unwrap_or(NONE);
                let name = Name::Event(event.id);
                (event.first_day, killed, event.country, event.place, event.confidence, name)
            }
            Rows::Reports => {
                let (told, more) = (self.told.get(place as usize)?, self.more.get(place as usize)?);
                let name = Name::Report(more.row);
                (told.first_day, more.killed, told.country, more.place, more.confidence, name)
            }
        };
        let known = (day != day::NO_DAY).then_some(day);
        let key = match sort {
            Sort::Day => Key::Falls(known.map(f64::from)),
            Sort::Killed => Key::Falls((killed != NONE).then(|| f64::from(killed))),
            Sort::Place => Key::Place(self.names.of(country), self.names.of(town), known),
            Sort::Confidence => Key::Falls(Some(confidence)),
        };
        Some(Ranked { key, name, place })
    }
}

impl Ranked<'_> {
    /// The values that the order has in the ledger.
    fn mark(&self, sort: Sort) -> Mark {
        let text = |text: Option<&str>| text.map_or(Value::Null, |t| Value::Text(t.to_owned()));
        let day = |day: Option<i32>| text(day.and_then(day::written).as_deref());
        #[expect(clippy::cast_possible_truncation, reason = "they were whole numbers")]
        let mut values = match (&self.key, sort) {
            (Key::Falls(value), Sort::Day) => vec![day(value.map(|day| day as i32))],
            (Key::Falls(value), Sort::Killed) => {
                vec![value.map_or(Value::Null, |n| Value::Integer(n as i64))]
            }
            (Key::Falls(value), _) => vec![value.map_or(Value::Null, Value::Real)],
            (Key::Place(country, town, first), _) => vec![text(*country), text(*town), day(*first)],
        };
        values.push(match self.name {
            Name::Event(id) => Value::Text(hex(id)),
            Name::Report(row) => Value::Integer(row),
        });
        Mark(values)
    }
}

/// The place in an order that a mark is; `None` for a mark that nobody gave.
fn ranked_mark(mark: &Mark, sort: Sort) -> Option<Ranked<'_>> {
    let text = |value: &'_ Value| -> Option<String> {
        if let Value::Text(text) = value { Some(text.clone()) } else { None }
    };
    let day = |value: &Value| text(value).map(|text| day::read(Some(&text)));
    let (name, values) = mark.0.split_last()?;
    let name = match name {
        Value::Integer(row) => Name::Report(*row),
        Value::Text(id) => Name::Event(id.parse::<engine::link::EventId>().ok()?.bytes()),
        _ => return None,
    };
    let key = match (values, sort) {
        ([first], Sort::Day) => Key::Falls(day(first).map(f64::from)),
        ([Value::Integer(n)], _) => Key::Falls(Some(*n as f64)),
        ([Value::Real(n)], _) => Key::Falls(Some(*n)),
        ([Value::Null], _) => Key::Falls(None),
        ([country, town, first], Sort::Place) => {
            Key::Place(words(country), words(town), day(first))
        }
        _ => return None,
    };
    Some(Ranked { key, name, place: NONE })
}

fn words(value: &Value) -> Option<&str> {
    if let Value::Text(text) = value { Some(text) } else { None }
}
