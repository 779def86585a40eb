//! Which tellings meet: those of about one time and place, and those about the same names.
//!
//! A telling is found under some keys and looks under some. Two meet if one looks where the other
//! is found. What keys a telling has depends on it alone, so new tellings never part old ones.
//! Day and town are keys where both are known; where one knows the country only, it meets all of
//! that country and time; a mention of a past year meets what happened in that town in that year,
//! and what has no day meets those of its place, or those with two of its names.
//!
//! A key shows only the first [few](super::Bounds) that are found under it, in the order of their
//! [nodes](super::node), so that the work does not grow with the square of what is alike. Country
//! and days with a name, or with a toll, are keys too: those of one event still meet where there
//! are many.

use rustc_hash::FxHashMap;

use super::node::Node;
use super::telling::{Spot, Telling};
use crate::resolved::Period;

/// A key, as a hash.
pub type Key = i64;

/// Where a telling is found, and where it looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    /// Keys under which it is found.
    pub found: Vec<Key>,
    /// Keys under which it looks.
    pub looks: Vec<Key>,
}

/// Days of a window; periods up to two days apart share one.
const WINDOW: i32 = 4;

/// The longest period whose days are keys.
const SHORT: i32 = 10;

/// Degrees of a cell, and how far a place reaches into the cells beside its own.
const CELL: f64 = 0.5;
const REACH: f64 = 0.15;

/// How many names make keys with country and days.
const HEADS_OF_A_COUNTRY: usize = 2;

/// How many names make keys where there is a day, and where there is none.
const HEADS: usize = 3;
const HEADS_ALONE: usize = 8;

/// How many words make keys where there is no day at all.
const WORDS_ALONE: usize = 7;

/// The keys of a telling.
pub fn blocks(telling: &Telling) -> Blocks {
    let mut blocks = Blocks::default();
    let days = telling.days().map(|days| days.0);
    let windows: Vec<i32> = days.filter(|p| p.days() <= SHORT).map(windows).unwrap_or_default();
    let country = telling.spot.as_ref().map_or("", |spot| spot.country.as_str());
    let point = telling.spot.as_ref().and_then(Spot::point);
    for window in &windows {
        let window = window.to_le_bytes();
        if let Some((lat, lon)) = point {
            for cell in cells(lat, lon) {
                blocks.both(&[b"cell", &cell, &window]);
            }
            blocks.found(&[b"fine", country.as_bytes(), &window]);
            blocks.looks(&[b"coarse", country.as_bytes(), &window]);
        } else if !country.is_empty() {
            blocks.both(&[b"coarse", country.as_bytes(), &window]);
            blocks.looks(&[b"fine", country.as_bytes(), &window]);
        }
        for (head, _) in telling.wording.heads.iter().take(HEADS_OF_A_COUNTRY) {
            blocks.both(&[b"head", country.as_bytes(), &window, &head.to_le_bytes()]);
        }
        if let Some(low) = telling.killed.and_then(|count| count.low).filter(|&low| low > 0) {
            blocks.both(&[b"toll", country.as_bytes(), &window, &low.to_le_bytes()]);
        }
    }
    let town = telling.spot.as_ref().and_then(|spot| spot.place.as_deref());
    if let Some(town) = town {
        let place: [&[u8]; 2] = [country.as_bytes(), town.as_bytes()];
        match days {
            Some(days) if windows.is_empty() => {
                for year in days.start.year()..=days.end.year().min(days.start.year() + 2) {
                    blocks.both(&[b"of the year", place[0], place[1], &year.to_le_bytes()]);
                    blocks.looks(&[b"day of", place[0], place[1], &year.to_le_bytes()]);
                }
            }
            Some(days) => {
                let year = days.start.year().to_le_bytes();
                blocks.found(&[b"day of", place[0], place[1], &year]);
                blocks.looks(&[b"of the year", place[0], place[1], &year]);
                blocks.found(&[b"dated", place[0], place[1]]);
                blocks.looks(&[b"undated", place[0], place[1]]);
            }
            None => {
                blocks.both(&[b"undated", place[0], place[1]]);
                blocks.looks(&[b"dated", place[0], place[1]]);
            }
        }
    }
    named(telling, days, !windows.is_empty(), &mut blocks);
    if telling.main && days.is_none() {
        worded(telling, &mut blocks);
    }
    for keys in [&mut blocks.found, &mut blocks.looks] {
        keys.sort_unstable();
        keys.dedup();
    }
    blocks
}

/// The keys of two names that stand together; of a month if there is a day.
fn named(telling: &Telling, days: Option<Period>, dated: bool, blocks: &mut Blocks) {
    let n = if dated { HEADS } else { HEADS_ALONE };
    let heads: Vec<u32> = telling.wording.heads.iter().take(n).map(|head| head.0).collect();
    for (i, a) in heads.iter().enumerate() {
        for b in &heads[i + 1..] {
            let (a, b) = (a.min(b).to_le_bytes(), a.max(b).to_le_bytes());
            let Some(days) = days.filter(|_| dated) else {
                blocks.both(&[b"named", &a, &b]);
                blocks.looks(&[b"named dated", &a, &b]);
                continue;
            };
            let number =
                |day: jiff::civil::Date| i32::from(day.year()) * 12 + i32::from(day.month());
            for month in [number(days.start), number(days.end)] {
                blocks.both(&[b"named in", &a, &b, &month.to_le_bytes()]);
            }
            blocks.found(&[b"named dated", &a, &b]);
            blocks.looks(&[b"named", &a, &b]);
        }
    }
}

/// The keys of two telling words, for a text without any day: a short one has hardly a name.
fn worded(telling: &Telling, blocks: &mut Blocks) {
    let mut words = telling.wording.words.words().to_vec();
    words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    words.truncate(WORDS_ALONE);
    for (i, (a, _)) in words.iter().enumerate() {
        for (b, _) in &words[i + 1..] {
            blocks.both(&[b"worded", &a.min(b).to_le_bytes(), &a.max(b).to_le_bytes()]);
        }
    }
}

impl Blocks {
    fn found(&mut self, parts: &[&[u8]]) {
        self.found.push(key(parts));
    }

    fn looks(&mut self, parts: &[&[u8]]) {
        self.looks.push(key(parts));
    }

    fn both(&mut self, parts: &[&[u8]]) {
        self.found(parts);
        self.looks(parts);
    }
}

/// Gives `each` all pairs of `nodes` that meet, by their places, some of them twice. The nodes are
/// in the order of their ids; a key shows its first `shown`.
pub fn each_pair(nodes: &[Node<'_>], shown: usize, mut each: impl FnMut(usize, usize)) {
    let mut under: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for (i, node) in nodes.iter().enumerate() {
        for key in blocks(node.telling).found {
            let first = under.entry(key).or_default();
            if first.len() < shown {
                first.push(i);
            }
        }
    }
    let mut met: Vec<usize> = Vec::new();
    for (i, node) in nodes.iter().enumerate() {
        met.clear();
        for key in blocks(node.telling).looks {
            let Some(first) = under.get(&key) else { continue };
            // Of a key that is looked under by all that are found there, the earlier of two that it
            // shows meets the later.
            let is_shown = first.binary_search(&i).is_ok();
            met.extend(first.iter().filter(|&&j| if is_shown { j > i } else { j != i }));
        }
        met.sort_unstable();
        met.dedup();
        for &j in &met {
            each(i, j);
        }
    }
}

/// The windows that a period and the day on each side of it lie in.
fn windows(period: Period) -> Vec<i32> {
    let number =
        |day: jiff::civil::Date| (day - jiff::civil::Date::constant(2000, 1, 1)).get_days();
    let (first, last) = (number(period.start) - 1, number(period.end) + 1);
    (first.div_euclid(WINDOW)..=last.div_euclid(WINDOW)).collect()
}

/// The cells that a place lies in or near.
fn cells(lat: f64, lon: f64) -> Vec<[u8; 8]> {
    let side = |degrees: f64| {
        let cell = |d: f64| (d / CELL).floor() as i32;
        cell(degrees - REACH)..=cell(degrees + REACH)
    };
    let mut cells = Vec::new();
    for y in side(lat) {
        for x in side(lon) {
            let mut cell = [0; 8];
            cell[..4].copy_from_slice(&y.to_le_bytes());
            cell[4..].copy_from_slice(&x.to_le_bytes());
            cells.push(cell);
        }
    }
    cells
}

/// One number of framed parts: FNV-1a of 64 bits.
fn key(parts: &[&[u8]]) -> Key {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        let framed = std::iter::once(part.len() as u8).chain(part.iter().copied());
        for byte in framed {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash.cast_signed()
}
