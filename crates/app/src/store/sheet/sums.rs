//! Sums over a selection: of events by sort and by spot, how it divides, by class and by place.
//!
//! Keys are numbers that the sheet gave, which nobody can choose: so a quick hash will do.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::choose::Chosen;
use super::names::NONE;
use super::{Body, Event, Sheet, day};
use crate::store::browse::PlaceLine;
use crate::store::parts::{CERTAINTIES, Counted, Parts};
use crate::store::tally::{Spot, Sums, Tally};

impl Tally {
    /// Counts one event more.
    fn add(&mut self, event: &Event) {
        let [low, best, high] = event.killed.map(|n| (n != NONE).then_some(u64::from(n)));
        let known = low.or(best).or(high).is_some();
        self.events += 1;
        self.told += u64::from(known);
        self.least += low.or(best).unwrap_or(0);
        let open = high.is_none() && low.is_some();
        let most = high.or(best).or(low).unwrap_or(0);
        self.most = self.most.filter(|_| !open).map(|sum| sum + most);
        self.rough |= low.is_none() && high.is_none() && best.is_some();
    }

    fn nothing() -> Self {
        Self { most: Some(0), ..Self::default() }
    }
}

/// Sums by some key, which lie in the order of their first events.
struct Grouped<K> {
    index: FxHashMap<K, u32>,
    sums: Vec<(K, Tally)>,
}

impl<K: Copy + Eq + std::hash::Hash> Grouped<K> {
    fn new() -> Self {
        Self { index: FxHashMap::default(), sums: Vec::new() }
    }

    fn of(&mut self, key: K) -> Option<&mut Tally> {
        let next = self.sums.len() as u32;
        let place = *self.index.entry(key).or_insert(next);
        if place == next {
            self.sums.push((key, Tally::nothing()));
        }
        self.sums.get_mut(place as usize).map(|(_, tally)| tally)
    }

    fn named(self, name: impl Fn(K) -> Option<String>) -> Vec<Tally> {
        let named = |(key, tally)| Tally { name: name(key), ..tally };
        self.sums.into_iter().map(named).collect()
    }
}

/// A spot as it grows.
struct Cell {
    lat: f64,
    lon: f64,
    place: u32,
    country: u32,
    first: u32,
    tally: Tally,
}

impl Sheet {
    /// The events of a selection in all sorts at once. Campaigns are left out.
    pub(in crate::store) fn sums(&self, chosen: &Chosen) -> Sums {
        let body = &*self.body;
        let mut total = Tally::nothing();
        let mut by: [Grouped<i64>; 4] = [(); 4].map(|()| Grouped::new());
        for event in body.single(chosen) {
            total.add(event);
            let names = [event.country, event.kind, event.mode].map(i64::from);
            let [country, kind, mode] = names;
            // Days of one month lie together.
            let month = i64::from(event.first_day).div_euclid(100);
            for (by, key) in by.iter_mut().zip([country, kind, mode, month]) {
                if let Some(tally) = by.of(key) {
                    tally.add(event);
                }
            }
        }
        let name = |number: i64| body.names.of(u32::try_from(number).ok()?).map(str::to_owned);
        let month = |month: i64| day::month(i32::try_from(month * 100 + 1).ok()?);
        let [country, kind, mode, months] = by;
        let named = [country, kind, mode].map(|by| by.named(name));
        let [country, kind, mode] = named;
        Sums::of(total, [country, kind, mode, months.named(month)])
    }

    /// These events by where they were, to a tenth of a degree; the spots of most killed first.
    pub(in crate::store) fn spots(&self, chosen: &Chosen, limit: usize) -> Vec<Spot> {
        let body = &*self.body;
        let numbers = body.numbers_of_spots();
        let mut index: Vec<u32> = Vec::new();
        let mut cells: Vec<Cell> = Vec::new();
        let least = |a: u32, b: u32| match (body.names.of(a), body.names.of(b)) {
            (Some(one), Some(other)) if one <= other => a,
            (_, Some(_)) => b,
            _ => a,
        };
        for (place, event) in body.events_of(chosen) {
            let Some((lat, lon)) = event.at.filter(|_| !event.campaign) else { continue };
            let number = numbers.get(place as usize).map_or(0, |number| *number as usize);
            if index.len() <= number {
                index.resize(number + 1, NONE);
            }
            let Some(at) = index.get_mut(number) else { continue };
            if *at == NONE {
                *at = cells.len() as u32;
                let (country, tally) = (event.country, Tally::nothing());
                let first = place;
                cells.push(Cell { lat: 0.0, lon: 0.0, place: event.place, country, first, tally });
            }
            let at = *at;
            let Some(cell) = cells.get_mut(at as usize) else { continue };
            cell.lat += lat;
            cell.lon += lon;
            if cell.place != event.place {
                cell.place = least(cell.place, event.place);
            }
            if cell.country != event.country {
                cell.country = least(cell.country, event.country);
            }
            cell.tally.add(event);
        }
        let order = |a: &Cell, b: &Cell| {
            let middle = |cell: &Cell| {
                let n = cell.tally.events as f64;
                (cell.lat / n, cell.lon / n)
            };
            let (x, y) = (middle(a), middle(b));
            let sizes = (b.tally.least, b.tally.events).cmp(&(a.tally.least, a.tally.events));
            sizes.then(x.0.total_cmp(&y.0)).then(x.1.total_cmp(&y.1))
        };
        if cells.len() > limit {
            cells.select_nth_unstable_by(limit, order);
            cells.truncate(limit);
        }
        cells.sort_by(order);
        let name = |number: u32| body.names.of(number).map(str::to_owned);
        let spot = |cell: Cell| Spot {
            lat: cell.lat / cell.tally.events as f64,
            lon: cell.lon / cell.tally.events as f64,
            place: name(cell.place),
            country: name(cell.country),
            event: body
                .events
                .get(cell.first as usize)
                .filter(|_| cell.tally.events == 1)
                .map(|e| hex(e.id)),
            tally: cell.tally,
        };
        cells.into_iter().map(spot).collect()
    }

    /// How a selection divides.
    pub(in crate::store) fn parts(&self, chosen: &Chosen) -> Parts {
        let body = &*self.body;
        let mut counts = Counts::default();
        for (place, event) in body.events_of(chosen) {
            for (by, name) in [(0, event.country), (1, event.kind), (2, event.mode)] {
                counts.count(by, name, place);
            }
        }
        let mut certain = [(0, NONE); 3];
        for &report in &chosen.reports {
            let Some(told) = body.told.get(report as usize).filter(|told| told.event != NONE)
            else {
                continue;
            };
            for ((n, last), percent) in certain.iter_mut().zip(CERTAINTIES) {
                if u32::from(told.percent) >= percent && *last != told.event {
                    (*n, *last) = (*n + 1, told.event);
                }
            }
            let document = body.more.get(report as usize).map(|more| more.document);
            let document = document.and_then(|place| body.documents.list.get(place as usize));
            counts.count(3, document.map_or(NONE, |document| document.outlet), told.event);
            for party in body.parties_of(report as usize) {
                counts.count(4, party.actor, told.event);
            }
        }
        let mut by = |n: usize| counts.taken(n, body);
        Parts {
            countries: by(0),
            kinds: by(1),
            modes: by(2),
            outlets: by(3),
            actors: by(4),
            certain: certain.map(|(n, _)| n),
        }
    }

    /// The events of a selection by the class of who is named as perpetrator.
    pub(in crate::store) fn by_class(
        &self,
        chosen: &Chosen,
        class: impl Fn(&str) -> Option<&'static str>,
    ) -> Vec<Tally> {
        let body = &*self.body;
        let mut classes: FxHashMap<u32, Option<&'static str>> = FxHashMap::default();
        let mut sums: BTreeMap<&'static str, Tally> = BTreeMap::new();
        for event in body.single(chosen) {
            let mut own: Vec<&'static str> = Vec::new();
            for party in event.reports().flat_map(|report| body.parties_of(report)) {
                if !party.perpetrator || party.actor == NONE {
                    continue;
                }
                let of = || body.names.of(party.actor).and_then(&class);
                let class = *classes.entry(party.actor).or_insert_with(of);
                own.extend(class.filter(|class| !own.contains(class)));
            }
            for class in own {
                sums.entry(class).or_insert_with(Tally::nothing).add(event);
            }
        }
        let named = |(name, tally): (&str, Tally)| Tally { name: Some(name.to_owned()), ..tally };
        let mut tallies: Vec<Tally> = sums.into_iter().map(named).collect();
        tallies.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
        tallies
    }

    /// The places of the events of a selection, those of most first. Campaigns are left out.
    pub(in crate::store) fn places(&self, chosen: &Chosen) -> Vec<PlaceLine> {
        let body = &*self.body;
        let mut found = Grouped::new();
        for event in body.single(chosen).filter(|event| event.country != NONE) {
            if let Some(tally) = found.of((event.country, event.admin1, event.place)) {
                tally.add(event);
            }
        }
        let name = |number: u32| body.names.of(number).map(str::to_owned);
        let line = |((country, admin1, place), tally): ((u32, u32, u32), Tally)| {
            Some(PlaceLine {
                country: name(country)?,
                admin1: name(admin1),
                place: name(place),
                tally,
            })
        };
        let mut lines: Vec<PlaceLine> = found.sums.into_iter().filter_map(line).collect();
        lines.sort_by(PlaceLine::in_order);
        lines
    }

    /// How many events have a field on which sources contradict each other.
    pub(in crate::store) fn disputed(&self) -> u64 {
        self.body.events.iter().filter(|event| event.main && event.disputed).count() as u64
    }
}

impl Body {
    /// The number of the spot, a tenth of a degree wide, at which each event was.
    pub(super) fn numbers_of_spots(&self) -> &[u32] {
        self.spots.get_or_init(|| {
            let tenth = |degrees: f64| (degrees * 10.0).round() as i32;
            let mut numbers: FxHashMap<(i32, i32), u32> = FxHashMap::default();
            let number = |event: &Event| {
                let Some((lat, lon)) = event.at else { return 0 };
                let next = numbers.len() as u32;
                *numbers.entry((tenth(lat), tenth(lon))).or_insert(next)
            };
            self.events.iter().map(number).collect()
        })
    }

    fn events_of<'b>(&'b self, chosen: &'b Chosen) -> impl Iterator<Item = (u32, &'b Event)> {
        chosen.events.iter().filter_map(|place| Some((*place, self.events.get(*place as usize)?)))
    }

    /// The events that are counted: not those that hold others.
    fn single<'b>(&'b self, chosen: &'b Chosen) -> impl Iterator<Item = &'b Event> {
        self.events_of(chosen).map(|(_, event)| event).filter(|event| !event.campaign)
    }
}

/// How many events have each name, in five ways; an event counts once a name, its reports lie
/// together.
#[derive(Default)]
struct Counts {
    by: [FxHashMap<u32, (u64, u32)>; 5],
}

impl Counts {
    fn count(&mut self, by: usize, name: u32, event: u32) {
        if let Some(counts) = self.by.get_mut(by).filter(|_| name != NONE) {
            let (n, last) = counts.entry(name).or_insert((0, NONE));
            if *last != event {
                (*n, *last) = (*n + 1, event);
            }
        }
    }

    fn taken(&mut self, by: usize, body: &Body) -> Counted {
        let counts = self.by.get_mut(by).map(std::mem::take).unwrap_or_default();
        let named = |(name, (n, _))| Some((body.names.of(name)?.to_owned(), n));
        let mut counted: Counted = counts.into_iter().filter_map(named).collect();
        counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counted
    }
}

/// An id as it is written.
pub(super) fn hex(id: [u8; 16]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |n: u8| DIGITS.get(usize::from(n)).map_or('?', |digit| char::from(*digit));
    id.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
