//! Which reports have a name in them, and which tell of a day: so that a narrow selection looks at
//! few reports.
//!
//! A name is looked up without regard to what it is the name of; whoever asks tests what is found.

use super::day::NO_DAY;
use super::names::NONE;
use super::{Body, Told};

/// A report whose days lie further apart is looked at whatever days are asked for.
const LONG_DAYS: i32 = 100;

/// The lists, each of places in the sheet, rising.
#[derive(Debug, Default)]
pub(super) struct Postings {
    starts: Vec<u32>,
    reports: Vec<u32>,
    of_document: Vec<u32>,
    document_starts: Vec<u32>,
    /// Those with days, by their first one; and those of long periods.
    by_day: Vec<u32>,
    long: Vec<u32>,
}

impl Postings {
    pub(super) fn of(body: &Body) -> Self {
        let names = |report: usize, each: &mut dyn FnMut(u32)| {
            let (Some(told), Some(more)) = (body.told.get(report), body.more.get(report)) else {
                return;
            };
            let document = body.documents.list.get(more.document as usize);
            let outlet = document.map_or(NONE, |document| document.outlet);
            let own = [told.country, told.mode, more.admin1, more.place, more.site, outlet];
            own.into_iter().for_each(&mut *each);
            for party in body.parties_of(report) {
                each(party.actor);
                each(party.name);
            }
        };
        let (starts, reports) = gathered(body.names.len(), body.told.len(), names);
        let document = |report: usize, each: &mut dyn FnMut(u32)| {
            each(body.more.get(report).map_or(NONE, |more| more.document));
        };
        let (document_starts, of_document) =
            gathered(body.documents.list.len(), body.told.len(), document);
        let (mut by_day, mut long) = (Vec::new(), Vec::new());
        for (place, told) in (0_u32..).zip(&body.told) {
            if told.first_day != NO_DAY {
                if is_long(told) { long.push(place) } else { by_day.push(place) }
            }
        }
        let first = |place: &u32| body.told.get(*place as usize).map_or(NO_DAY, |t| t.first_day);
        by_day.sort_by_key(first);
        Self { starts, reports, of_document, document_starts, by_day, long }
    }

    /// The reports that have a name in them, some of them twice.
    pub(super) fn of_name(&self, name: u32) -> &[u32] {
        slice(&self.starts, &self.reports, name)
    }

    /// The reports of a document.
    pub(super) fn of_document(&self, document: u32) -> &[u32] {
        slice(&self.document_starts, &self.of_document, document)
    }

    /// Reports among which all are that tell of a day from `from` to `to`, in no order; `None` if
    /// these are more than `most`.
    pub(super) fn of_days(&self, body: &Body, from: i32, to: i32, most: usize) -> Option<Vec<u32>> {
        let first = |place: &u32| body.told.get(*place as usize).map_or(NO_DAY, |t| t.first_day);
        let begin =
            self.by_day.partition_point(|place| first(place) < from.saturating_sub(LONG_DAYS));
        let end = self.by_day.partition_point(|place| first(place) <= to);
        let short = self.by_day.get(begin..end.max(begin)).unwrap_or_default();
        let all = || short.iter().chain(&self.long).copied().collect();
        (short.len() + self.long.len() <= most).then(all)
    }
}

/// Days are numbers of year, month and day: two that are so near are of one month or the next.
fn is_long(told: &Told) -> bool {
    told.last_day.saturating_sub(told.first_day) > LONG_DAYS
}

fn slice<'l>(starts: &[u32], list: &'l [u32], number: u32) -> &'l [u32] {
    let number = number as usize;
    let ends = starts.get(number).zip(starts.get(number + 1));
    ends.and_then(|(a, b)| list.get(*a as usize..*b as usize)).unwrap_or_default()
}

/// For each of `n` keys the places that name it, as `keys` tells them.
fn gathered(
    n: usize,
    n_places: usize,
    keys: impl Fn(usize, &mut dyn FnMut(u32)),
) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; n + 1];
    for place in 0..n_places {
        keys(place, &mut |key| {
            if let Some(next) = starts.get_mut(key as usize + 1).filter(|_| key != NONE) {
                *next += 1;
            }
        });
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut filled = starts.clone();
    let mut list = vec![0_u32; sum as usize];
    for place in 0..n_places {
        keys(place, &mut |key| {
            if let Some(at) = filled.get_mut(key as usize).filter(|_| key != NONE) {
                if let Some(slot) = list.get_mut(*at as usize) {
                    *slot = place as u32;
                }
                *at += 1;
            }
        });
    }
    (starts, list)
}
