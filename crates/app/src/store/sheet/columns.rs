//! What reports are selected by, a list for each thing: a selection that looks at one thing of many
//! reports then reads little memory, and reads it in a row.

use super::{Told, day};

const MAIN: u8 = 1;
const VIOLENT: u8 = 2;
const REJECTED: u8 = 4;

/// [`Told`] of all reports.
#[derive(Debug, Default)]
pub(super) struct Columns {
    first_day: Vec<i32>,
    last_day: Vec<i32>,
    least_killed: Vec<u32>,
    event: Vec<u32>,
    country: Vec<u32>,
    kind: Vec<u32>,
    mode: Vec<u32>,
    percent: Vec<u8>,
    flags: Vec<u8>,
}

impl Columns {
    pub(super) fn push(&mut self, told: Told) {
        self.first_day.push(told.first_day);
        self.last_day.push(told.last_day);
        self.least_killed.push(told.least_killed);
        self.event.push(told.event);
        self.country.push(told.country);
        self.kind.push(told.kind);
        self.mode.push(told.mode);
        self.percent.push(told.percent);
        let flag = |is: bool, flag: u8| if is { flag } else { 0 };
        self.flags.push(
            flag(told.main, MAIN) | flag(told.violent, VIOLENT) | flag(told.rejected, REJECTED),
        );
    }

    pub(super) fn len(&self) -> usize {
        self.flags.len()
    }

    pub(super) fn get(&self, place: usize) -> Option<Told> {
        let flags = *self.flags.get(place)?;
        Some(Told {
            first_day: *self.first_day.get(place)?,
            last_day: *self.last_day.get(place)?,
            least_killed: *self.least_killed.get(place)?,
            event: *self.event.get(place)?,
            country: *self.country.get(place)?,
            kind: *self.kind.get(place)?,
            mode: *self.mode.get(place)?,
            percent: *self.percent.get(place)?,
            main: flags & MAIN != 0,
            violent: flags & VIOLENT != 0,
            rejected: flags & REJECTED != 0,
        })
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Told> {
        (0..self.len()).filter_map(|place| self.get(place))
    }

    pub(super) fn first_day(&self, place: u32) -> i32 {
        self.first_day.get(place as usize).copied().unwrap_or(day::NO_DAY)
    }

    pub(super) fn event(&self, place: u32) -> Option<u32> {
        self.event.get(place as usize).copied()
    }
}

/// What is asked of these columns. Absent means that it does not matter.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    /// What a document is about, and nobody rejected.
    pub(super) main: bool,
    pub(super) violent: bool,
    pub(super) country: Option<u32>,
    pub(super) kind: Option<u32>,
    pub(super) mode: Option<u32>,
    /// Not over before this day.
    pub(super) from: Option<i32>,
    /// Not begun after this day.
    pub(super) to: Option<i32>,
    pub(super) killed_at_least: Option<u32>,
    pub(super) percent_at_least: Option<u32>,
}

impl Columns {
    /// Whether a report has what is asked; what most reports lack is looked at first.
    pub(super) fn has(&self, asked: &Asked, place: u32) -> bool {
        let place = place as usize;
        let mut wanted = 0;
        let mut looked_at = 0;
        if asked.main {
            wanted |= MAIN;
            looked_at |= MAIN | REJECTED;
        }
        if asked.violent {
            wanted |= VIOLENT;
            looked_at |= VIOLENT;
        }
        let is = |wanted: Option<u32>, column: &[u32]| {
            wanted.is_none_or(|wanted| column.get(place) == Some(&wanted))
        };
        self.flags.get(place).is_some_and(|flags| flags & looked_at == wanted)
            && is(asked.country, &self.country)
            && is(asked.mode, &self.mode)
            && is(asked.kind, &self.kind)
            && asked.from.is_none_or(|from| self.last_day.get(place).is_some_and(|d| *d >= from))
            && asked.to.is_none_or(|to| {
                self.first_day.get(place).is_some_and(|day| *day != day::NO_DAY && *day <= to)
            })
            && asked.percent_at_least.is_none_or(|least| {
                self.percent.get(place).is_some_and(|percent| u32::from(*percent) >= least)
            })
            && asked.killed_at_least.is_none_or(|least| {
                let killed = self.least_killed.get(place);
                killed.is_some_and(|killed| *killed != super::names::NONE && *killed >= least)
            })
    }
}
