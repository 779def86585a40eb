//! Sums over events: how many there are of each sort, and how many they killed, with bounds.
//!
//! An event counts once, however many documents tell of it. A sum of bounds is a bound: its least
//! is the sum of the least, and it has no upper end as soon as one of its numbers has none. Events
//! that give no number are counted as such and add nothing.

use rusqlite::Row;
use rusqlite::types::Value;
use serde::Serialize;
use utoipa::ToSchema;

use super::error::StoreError;
use super::ledger::Ledger;
use super::search::{Filter, values_of};

/// What events are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// ISO 3166-1 alpha-2.
    Country,
    /// The type of event.
    Kind,
    /// How it was done.
    Mode,
    /// The month of the first day, `2024-03`.
    Month,
}

/// Events by country, by kind, by mode and by month, so that they are gone through once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    total: Tally,
    by: [Vec<Tally>; 4],
}

impl Sums {
    /// All events together, and those of each country, kind, mode and month once.
    pub(super) fn of(total: Tally, mut by: [Vec<Tally>; 4]) -> Self {
        for (tallies, sort) in by.iter_mut().zip([By::Country, By::Kind, By::Mode, By::Month]) {
            if sort == By::Month {
                tallies.sort_by(|a, b| a.name.cmp(&b.name));
            } else {
                tallies.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
            }
        }
        Self { total, by }
    }

    /// All events together.
    pub(crate) fn total(&self) -> Tally {
        self.total.clone()
    }

    /// The events by one sort: those of most events first, months in their order.
    pub(crate) fn by(&self, by: By) -> Vec<Tally> {
        let [country, kind, mode, month] = &self.by;
        match by {
            By::Country => country,
            By::Kind => kind,
            By::Mode => mode,
            By::Month => month,
        }
        .clone()
    }
}

/// The events of one sort.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Tally {
    /// The sort; absent for what the reports do not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// How many events.
    pub(crate) events: u64,
    /// How many of them say how many were killed; the others add nothing.
    #[serde(rename = "with_number")]
    pub(crate) told: u64,
    /// No fewer were killed.
    #[serde(rename = "killed_low")]
    pub(crate) least: u64,
    /// No more were killed; absent if some number has no upper end.
    #[serde(rename = "killed_high", skip_serializing_if = "Option::is_none")]
    pub(crate) most: Option<u64>,
    /// Some number is only about right.
    #[serde(rename = "about")]
    pub(crate) rough: bool,
}

impl Tally {
    /// All of these together.
    pub(crate) fn total<'t>(tallies: impl IntoIterator<Item = &'t Self>) -> Self {
        let nothing = Self { most: Some(0), ..Self::default() };
        tallies.into_iter().fold(nothing, |all, one| Self {
            name: None,
            events: all.events + one.events,
            told: all.told + one.told,
            least: all.least + one.least,
            most: all.most.zip(one.most).map(|(a, b)| a + b),
            rough: all.rough || one.rough,
        })
    }
}

/// Months put together to years.
pub(crate) fn by_year(months: &[Tally]) -> Vec<Tally> {
    let year =
        |tally: &Tally| tally.name.as_deref().map(|name| name.get(..4).unwrap_or(name).to_owned());
    let years = months.chunk_by(|a, b| year(a) == year(b));
    years.map(|of| Tally { name: of.first().and_then(year), ..Tally::total(of) }).collect()
}

/// The events at a spot of the map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lon: f64,
    /// The name of one of its places.
    pub(crate) place: Option<String>,
    /// The country of one of them.
    pub(crate) country: Option<String>,
    /// An event, if there is but one.
    pub(crate) event: Option<String>,
    /// What happened there.
    pub(crate) tally: Tally,
}

impl Ledger {
    /// The events that have a report that passes `filter`, in all sorts at once. Campaigns are left
    /// out: the sums of campaigns hold the attacks that are counted singly too.
    pub(crate) fn sums(&self, filter: &Filter) -> Result<Sums, StoreError> {
        let sheet = self.sheet()?;
        Ok(sheet.sums(&*sheet.chosen(self, filter)?))
    }

    /// These events by where they were, to a tenth of a degree; the spots of most killed first.
    pub(crate) fn spots(&self, filter: &Filter, limit: usize) -> Result<Vec<Spot>, StoreError> {
        let sheet = self.sheet()?;
        Ok(sheet.spots(&*sheet.chosen(self, filter)?, limit))
    }

    pub(super) fn ask_all<T>(
        &self,
        sql: &str,
        values: &[Value],
        each: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut query| query.query_map(values_of(values), each)?.collect())
            .map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples;

    #[test]
    fn every_event_is_in_one_sort_and_bounds_add_up() {
        let (_folder, ledger) = samples::ledger(40);
        let filter = Filter::default();
        let sums = ledger.sums(&filter).unwrap();
        let whole = sums.total();
        assert!(whole.events > 0 && whole.least > 0);
        assert!(whole.told <= whole.events && whole.most.is_none_or(|most| whole.least <= most));
        for by in [By::Country, By::Kind, By::Mode, By::Month] {
            let parts = sums.by(by);
            assert!(parts.len() > 1, "{by:?}");
            assert_eq!(Tally::total(&parts), whole, "{by:?}");
        }
        assert_eq!(Tally::total(&by_year(&sums.by(By::Month))), whole);
        let spots = ledger.spots(&filter, 1_000).unwrap();
        assert!(spots.iter().map(|s| s.tally.events).sum::<u64>() <= whole.events);
    }
}
