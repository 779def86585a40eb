//! A small ledger made large: copies of its documents and reports, each copy at other times and in
//! other places, so that what was one event stays one and meets no other.
//!
//! What a document says of a country is said of another one in each copy, and each of its places
//! becomes a place of the gazetteer there; all days move together. Texts stay but for a last line
//! that names the place, so spans still fit. The same ledger gives the same copies.

use std::collections::BTreeMap;
use std::path::Path;

use engine::Knowledge;
use engine::place::Place;
use engine::relation::RelationId;
use engine::report::ReportId;
use engine::resolved::Scene;
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use reading::{Document, DocumentId};

use crate::store::{Act, CaptureId, Captured, CodedBy, Duplicate, Ledger, StoreError};

/// Reports of a batch.
const BATCH: u64 = 1_000;
/// Countries of fewer places are left out: a town would be in all copies.
const LEAST_PLACES: usize = 100;
/// Days from one copy to the next, which with [`YEARS`] of days give no day twice.
const STEP: i64 = 1_009;
/// Copies are of so many years.
const YEARS: i64 = 20;

/// Makes the ledger `to` of copies of `from`, until it has `n` reports; of one that has some it makes
/// the rest. Calls `told` now and then with how many it has.
pub(super) fn enlarge(from: &Path, to: &Path, n: u64, told: impl Fn(u64)) -> anyhow::Result<()> {
    let acts = acts(from)?;
    let n_each: u64 = acts.iter().map(|(_, act)| reports(act)).sum();
    anyhow::ensure!(n_each > 0, "\"{}\" has no reports", from.display());
    let known = Knowledge::embedded();
    let world = World::of(&known);
    let mut ledger = Ledger::open_or_create(to)?;
    // Batches are of whole copies, so a run that was killed is gone on with.
    let n_captured = acts.iter().filter(|(_, act)| matches!(act, Act::Captured(_))).count();
    let mut copy = ledger.n_documents()?.unsigned_abs() / (n_captured.max(1) as u64);
    let mut n_made = copy * n_each;
    while n_made < n {
        let mut batch = ledger.begin()?;
        let enough = (n_made + BATCH).min(n);
        while n_made < enough {
            let mut made = Copy { number: copy, world: &world, ids: BTreeMap::new() };
            for (at, act) in &acts {
                if let Some(act) = made.of(act) {
                    batch.append(&made.at(at), "enlarged", act)?;
                }
            }
            n_made += n_each;
            copy += 1;
        }
        batch.commit()?;
        told(n_made);
    }
    Ok(())
}

fn reports(act: &Act) -> u64 {
    if let Act::Coded(coded) = act { coded.reports.len() as u64 } else { 0 }
}

fn acts(from: &Path) -> anyhow::Result<Vec<(String, Act)>> {
    let mut acts = Vec::new();
    Ledger::open(from)?.each_entry(|_, entry| {
        acts.push((entry.at, entry.act));
        Ok::<_, StoreError>(())
    })?;
    Ok(acts)
}

/// The places of each country that has some.
struct World {
    countries: Vec<Country>,
}

struct Country {
    code: String,
    places: Vec<(Place, Option<String>)>,
}

impl World {
    fn of(known: &Knowledge) -> Self {
        let mut all: BTreeMap<[u8; 2], Vec<(Place, Option<String>)>> = BTreeMap::new();
        for index in 0..known.places.len() as u32 {
            let Some(place) = known.places.place(index).filter(|place| !place.is_region()) else {
                continue;
            };
            let area = place.area.and_then(|area| known.geography.areas.get(usize::from(area)));
            all.entry(place.country).or_default().push((place, area.map(|a| a.name.to_owned())));
        }
        let many = all.into_iter().filter(|(_, places)| places.len() >= LEAST_PLACES);
        let country = |(code, places): ([u8; 2], _)| Country {
            code: String::from_utf8_lossy(&code).into_owned(),
            places,
        };
        Self { countries: many.map(country).collect() }
    }

    /// What a scene is in a copy.
    fn moved(&self, scene: &Scene, copy: u64) -> Scene {
        let Some(country) = self.countries.get(pick(&[&scene.country], copy, self.countries.len()))
        else {
            return scene.clone();
        };
        let country_only = Scene {
            country: country.code.clone(),
            admin1: None,
            place: None,
            site: None,
            lat: None,
            lon: None,
            precision: scene.precision,
        };
        let named = [&scene.admin1, &scene.place];
        let words: Vec<&str> = named.iter().filter_map(|name| name.as_deref()).collect();
        let found = country.places.get(pick(&words, copy, country.places.len()));
        let Some((place, area)) = found.filter(|_| !words.is_empty()) else { return country_only };
        Scene {
            admin1: area.clone(),
            place: scene.place.is_some().then(|| place.name.to_owned()),
            site: scene.site.clone(),
            lat: scene.lat.map(|_| place.lat),
            lon: scene.lon.map(|_| place.lon),
            ..country_only
        }
    }
}

/// One of `n`, the same for the same words in the same copy.
fn pick(words: &[&str], copy: u64, n: usize) -> usize {
    let mut parts: Vec<&[u8]> = words.iter().map(|word| word.as_bytes()).collect();
    let copy = copy.to_le_bytes();
    parts.push(&copy);
    let digest = DocumentId::of(&parts).bytes();
    let number = digest.iter().take(7).fold(0_usize, |n, &byte| n << 8 | usize::from(byte));
    number.checked_rem(n).unwrap_or(0)
}

/// One copy as far as it is made.
struct Copy<'w> {
    number: u64,
    world: &'w World,
    /// The documents of the ledger, as they are called here.
    ids: BTreeMap<DocumentId, DocumentId>,
}

impl Copy<'_> {
    /// How far its days are from those of the ledger.
    fn days(&self) -> Span {
        let within = i64::try_from(self.number).unwrap_or(0) * STEP % (YEARS * 365);
        (within - YEARS * 365).days()
    }

    fn day(&self, day: Date) -> Date {
        day.saturating_add(self.days())
    }

    /// The time of an entry: it moves as all days do.
    fn at(&self, at: &str) -> String {
        let day = at.get(..10).and_then(|day| day.parse::<Date>().ok());
        let time = at.get(10..).unwrap_or_default();
        day.map_or_else(|| at.to_owned(), |day| format!("{}{time}", self.day(day)))
    }

    /// What the copy has of an act; only what was read and coded is copied.
    fn of(&mut self, act: &Act) -> Option<Act> {
        match act {
            Act::Captured(captured) => Some(Act::Captured(Box::new(self.captured(captured)))),
            Act::Coded(coded) => self.coded(coded).map(Act::Coded),
            _ => None,
        }
    }

    fn captured(&mut self, captured: &Captured) -> Captured {
        let old = &captured.document;
        let place = pick(&[&old.id.to_string()], self.number, self.world.countries.len());
        let line = self.world.countries.get(place).and_then(|country| {
            let (place, _) =
                country.places.get(pick(&["line"], self.number, country.places.len()))?;
            Some(format!("\n\nAlso in the news: {}.", place.name))
        });
        let text = old.text().to_owned() + &line.unwrap_or_default();
        let url = old.url.as_deref().unwrap_or("https://enlarged.example/");
        let mut document = Document::new(Some(format!("{url}?copy={}", self.number)), text);
        document.title.clone_from(&old.title);
        document.authors.clone_from(&old.authors);
        document.outlet.clone_from(&old.outlet);
        document.language.clone_from(&old.language);
        document.charset.clone_from(&old.charset);
        document.published.clone_from(&old.published);
        if let Some(published) = &mut document.published {
            published.value = self.day(published.value);
        }
        self.ids.insert(old.id, document.id);
        let duplicate = captured.duplicate.and_then(|duplicate| {
            Some(Duplicate { of: *self.ids.get(&duplicate.of)?, ..duplicate })
        });
        Captured {
            capture: CaptureId::of(&[&document.id.bytes()]),
            input: captured.input.clone(),
            document,
            duplicate,
            problems: captured.problems.clone(),
        }
    }

    fn coded(&self, coded: &CodedBy) -> Option<CodedBy> {
        let document = *self.ids.get(&coded.document)?;
        let mut copied = coded.clone();
        copied.document = document;
        for report in &mut copied.reports {
            report.id = ReportId::of(&[&document.bytes(), &report.id.bytes()]);
            report.document = document;
            if let Some(when) = &mut report.when {
                when.value.start = self.day(when.value.start);
                when.value.end = self.day(when.value.end);
            }
            if let Some(scene) = &mut report.scene {
                scene.value = self.world.moved(&scene.value, self.number);
            }
        }
        for relation in &mut copied.relations {
            relation.id = RelationId::of(&[&document.bytes(), &relation.id.bytes()]);
            relation.document = document;
            if let Some(when) = &mut relation.when {
                when.value.start = self.day(when.value.start);
                when.value.end = self.day(when.value.end);
            }
        }
        Some(copied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples;

    #[test]
    fn copies_keep_what_is_one_event_and_meet_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("small"), folder.path().join("large"));
        let mut small = Ledger::open_or_create(&from).unwrap();
        let mut batch = small.begin().unwrap();
        for act in samples::acts(12) {
            batch.append("2024-01-01T00:00:00Z", "test", act).unwrap();
        }
        batch.commit().unwrap();
        let n = small.n_reports().unwrap().unsigned_abs();
        enlarge(&from, &to, n * 2, |_| ()).unwrap();
        enlarge(&from, &to, n * 3, |_| ()).unwrap();
        let large = Ledger::open(&to).unwrap();
        assert!(large.n_reports().unwrap().unsigned_abs() >= n * 3);
        large.check().unwrap();
    }
}
