//! Which reports have a name in them, and which tell of a day: so that a narrow selection looks at
//! few reports.

use super::day::NO_DAY;
use super::names::NONE;
use super::{Body, Told};

/// A report whose days lie further apart is looked at whatever days are asked for.
const LONG_DAYS: i32 = 100;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Country,
    Mode,
    Outlet,
    /// A party's actor.
    Actor,
    /// The words for a party.
    Party,
    /// A place or a first-level area.
    Place,
    /// The same, or a site.
    Scene,
}

impl Of {
    const ALL: [Self; 7] = [
        Self::Country,
        Self::Mode,
        Self::Outlet,
        Self::Actor,
        Self::Party,
        Self::Place,
        Self::Scene,
    ];
}

/// The lists, each of places in the sheet, rising.
#[derive(Debug, Default)]
pub(super) struct Postings {
    of_names: Vec<Lists>,
    of_documents: Lists,
    /// Those with days, by their first one; and those of long periods.
    by_day: Vec<u32>,
    long: Vec<u32>,
}

impl Postings {
    pub(super) fn of(body: &Body) -> Self {
        let n = body.told.len();
        let of_names = Of::ALL
            .map(|of| Lists::gathered(body.names.len(), n, |r, each| names(body, of, r, each)));
        let of_documents = Lists::gathered(body.documents.list.len(), n, |report, each| {
            each(body.more.get(report).map_or(NONE, |more| more.document));
        });
        let (mut by_day, mut long) = (Vec::new(), Vec::new());
        for (place, told) in (0_u32..).zip(body.told.iter()) {
            if told.first_day != NO_DAY {
                if is_long(&told) { long.push(place) } else { by_day.push(place) }
            }
        }
        by_day.sort_by_key(|place| body.told.first_day(*place));
        Self { of_names: of_names.into(), of_documents, by_day, long }
    }

    /// The reports that have a name in them, one that has it twice twice.
    pub(super) fn of_name(&self, of: Of, name: u32) -> &[u32] {
        self.of_names.get(of as usize).map_or(&[], |lists| lists.of(name))
    }

    /// The reports of a document.
    pub(super) fn of_document(&self, document: u32) -> &[u32] {
        self.of_documents.of(document)
    }

    /// Reports among which all are that tell of a day from `from` to `to`, in no order; `None` if
    /// these are more than `most`.
    pub(super) fn of_days(
        &self,
        body: &Body,
        from: i32,
        to: i32,
        most: usize,
    ) -> Option<Vec<&[u32]>> {
        let first = |place: &u32| body.told.first_day(*place);
        let begin =
            self.by_day.partition_point(|place| first(place) < from.saturating_sub(LONG_DAYS));
        let end = self.by_day.partition_point(|place| first(place) <= to);
        let short = self.by_day.get(begin..end.max(begin)).unwrap_or_default();
        (short.len() + self.long.len() <= most).then(|| vec![short, self.long.as_slice()])
    }
}

/// Calls `each` with the names of this sort that a report has.
fn names(body: &Body, of: Of, report: usize, each: &mut dyn FnMut(u32)) {
    let Some(more) = body.more.get(report) else { return };
    let told = || body.told.get(report);
    match of {
        Of::Country => each(told().map_or(NONE, |told| told.country)),
        Of::Mode => each(told().map_or(NONE, |told| told.mode)),
        Of::Outlet => {
            let document = body.documents.list.get(more.document as usize);
            each(document.map_or(NONE, |document| document.outlet));
        }
        Of::Actor => body.parties_of(report).iter().for_each(|party| each(party.actor)),
        Of::Party => body.parties_of(report).iter().for_each(|party| each(party.name)),
        Of::Place => [more.admin1, more.place].into_iter().for_each(each),
        Of::Scene => [more.admin1, more.place, more.site].into_iter().for_each(each),
    }
}

/// Days are numbers of year, month and day: two that are so near are of one month or the next.
fn is_long(told: &Told) -> bool {
    told.last_day.saturating_sub(told.first_day) > LONG_DAYS
}

/// For each of some keys a list of places, rising.
#[derive(Debug, Default)]
struct Lists {
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Lists {
    fn of(&self, key: u32) -> &[u32] {
        let key = key as usize;
        let ends = self.starts.get(key).zip(self.starts.get(key + 1));
        ends.and_then(|(a, b)| self.places.get(*a as usize..*b as usize)).unwrap_or_default()
    }

    /// For each of `n` keys those of `n_places` places that name it, as `keys` tells them.
    fn gathered(n: usize, n_places: usize, keys: impl Fn(usize, &mut dyn FnMut(u32))) -> Self {
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
        let mut places = vec![0_u32; sum as usize];
        for place in 0..n_places {
            keys(place, &mut |key| {
                if let Some(at) = filled.get_mut(key as usize).filter(|_| key != NONE) {
                    if let Some(slot) = places.get_mut(*at as usize) {
                        *slot = place as u32;
                    }
                    *at += 1;
                }
            });
        }
        Self { starts, places }
    }
}
