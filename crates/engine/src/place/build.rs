//! Makes the gazetteer's pack from the text sources. What is in it: see [`pack`](super::pack).

use std::collections::{BTreeMap, BTreeSet};

use super::borders;
use super::pack::{AREA, DEMONYM, MAGIC, NO_AREA, NO_COUNTRY, SHORT, WEAK, WORD};
use crate::fold::fold_phrase;
use crate::geography::Geography;
use crate::sources::Sources;
use crate::table::{BadLine, Row, rows};

/// So many places are kept of one name, those of most inhabitants.
const MOST: usize = 250;
/// Names of fewer letters are kept of towns only: "Bo", but not "Ål".
const SHORTEST: usize = 3;
/// Inhabitants of a town.
const TOWN: u32 = 20_000;
/// Inhabitants of a city, which is better known than the word or person of its name.
const CITY: u32 = 100_000;

/// Makes the pack. `minor` are names of second-level areas with the indices of these.
pub(crate) fn build(
    sources: &Sources,
    geography: &Geography,
    minor: &[(&str, u16)],
    bad: &mut Vec<BadLine>,
) -> Vec<u8> {
    let stop = Stoplist::of(sources.text("stoplist-places.txt"), sources.text("weak-names.txt"));
    let mut maker = Maker { stop, ..Maker::default() };
    let mut borders = borders::Maker::default();
    for row in sources.rows("regions.tsv") {
        keep(row.and_then(|row| maker.region(&row)), bad);
    }
    for file in sources.folder("places") {
        for row in rows(file.name, file.text) {
            let country = file.country.as_bytes().try_into().unwrap_or(NO_COUNTRY);
            let area = |code: &str| geography.area(file.country, code);
            keep(row.and_then(|row| maker.place(&row, country, area)), bad);
        }
    }
    for &(name, area) in minor {
        maker.name(&fold_phrase(name), AREA | u32::from(area));
    }
    for row in sources.rows("abbreviations.tsv") {
        keep(row.and_then(|row| maker.forms(&row, geography)), bad);
    }
    for file in sources.folder("borders") {
        for row in rows(file.name, file.text) {
            let made = row.and_then(|row| {
                let area = row.term(0, "area", |code| geography.area(file.country, code))?;
                borders.add(&row, area)
            });
            keep(made, bad);
        }
    }
    maker.assemble(&borders.finish())
}

fn keep(row: Result<(), BadLine>, bad: &mut Vec<BadLine>) {
    bad.extend(row.err());
}

/// Gathers places and names.
#[derive(Debug, Default)]
struct Maker {
    stop: Stoplist,
    records: Vec<[u8; super::pack::RECORD]>,
    names: Vec<u8>,
    keys: BTreeMap<String, Vec<u32>>,
    /// Keys that are demonyms and nothing else.
    demonyms: BTreeSet<String>,
}

impl Maker {
    /// A populated place.
    fn place(
        &mut self,
        row: &Row<'_>,
        country: [u8; 2],
        area_of: impl Fn(&str) -> Option<u16>,
    ) -> Result<(), BadLine> {
        let (lat, lon) = point(row, 3)?;
        let area = match row.cell(2) {
            "" => NO_AREA,
            _ => row.term(2, "area", area_of)?,
        };
        let index = self.record(row.cell(1), country, area, (lat, lon), row.cell(5));
        for name in std::iter::once(row.cell(1)).chain(row.list(6)) {
            let key = fold_phrase(name);
            self.name(&key, index);
            if let Some(short) = shortened(&key) {
                self.name(&short, index);
            }
        }
        Ok(())
    }

    /// A region of no one country: a place without a country.
    fn region(&mut self, row: &Row<'_>) -> Result<(), BadLine> {
        let at = point(row, 3)?;
        let index = self.record(row.cell(1), NO_COUNTRY, NO_AREA, at, "");
        for name in std::iter::once(row.cell(1)).chain(row.list(2)) {
            self.name(&fold_phrase(name), index);
        }
        Ok(())
    }

    /// Short forms of an area, of which the keys begin with a mark that no other key has, and what
    /// is of it: a demonym that is a place's name as well stays the place's.
    fn forms(&mut self, row: &Row<'_>, geography: &Geography) -> Result<(), BadLine> {
        let area = row.term(1, "area", |code| geography.area(row.cell(0), code))?;
        for form in row.list(2) {
            let key = format!("{SHORT}{}", fold_phrase(form));
            self.name(&key, AREA | u32::from(area));
        }
        for key in row.list(3).map(fold_phrase) {
            if !self.keys.contains_key(&key) || self.demonyms.contains(&key) {
                self.name(&key, AREA | u32::from(area));
                self.demonyms.insert(key);
            }
        }
        Ok(())
    }

    fn record(
        &mut self,
        name: &str,
        country: [u8; 2],
        area: u16,
        (lat, lon): (f64, f64),
        population: &str,
    ) -> u32 {
        let mut record = [0; super::pack::RECORD];
        let fields = [
            ((lat * 1e4).round() as i32).to_le_bytes().as_slice(),
            &((lon * 1e4).round() as i32).to_le_bytes(),
            &population.parse::<u32>().unwrap_or(0).to_le_bytes(),
            &country,
            &area.to_le_bytes(),
            &(self.names.len() as u32).to_le_bytes(),
            &(name.len() as u32).to_le_bytes(),
        ]
        .concat();
        record.copy_from_slice(&fields);
        self.records.push(record);
        self.names.extend_from_slice(name.as_bytes());
        self.records.len() as u32 - 1
    }

    fn name(&mut self, key: &str, posting: u32) {
        if key.chars().count() > 1 {
            let postings = self.keys.entry(key.to_owned()).or_default();
            if !postings.contains(&posting) {
                postings.push(posting);
            }
        }
    }

    /// The inhabitants of a place; those of an area are not known.
    fn population(&self, posting: u32) -> u32 {
        let record = self.records.get(posting as usize);
        record.map_or(0, |r| u32::from_le_bytes([r[8], r[9], r[10], r[11]]))
    }

    fn is_region(&self, posting: u32) -> bool {
        self.records.get(posting as usize).is_some_and(|record| record[12..14] == NO_COUNTRY)
    }

    fn assemble(mut self, borders: &[u8]) -> Vec<u8> {
        let keys = std::mem::take(&mut self.keys);
        let mut postings = Vec::new();
        let mut entries = Vec::with_capacity(keys.len());
        for (key, mut places) in keys {
            places.sort_by_key(|&p| (std::cmp::Reverse(self.population(p)), p));
            places.truncate(MOST);
            let at = (postings.len() / 4) as u64;
            postings.extend(places.iter().flat_map(|p| p.to_le_bytes()));
            let most = places.iter().map(|&p| self.population(p)).max().unwrap_or(0);
            let region = places.iter().any(|&p| self.is_region(p));
            if key.chars().count() < SHORTEST && most < TOWN && !region {
                continue;
            }
            let weak = if self.stop.needs_context(&key, most) { WEAK } else { 0 };
            let word = if self.stop.never.contains(&key) { WORD } else { 0 };
            let demonym = if self.demonyms.contains(&key) { DEMONYM } else { 0 };
            entries.push((key, at | (places.len() as u64) << 32 | weak | word | demonym));
        }
        let map = fst::Map::from_iter(entries).unwrap_or_default();
        let sections =
            [map.as_fst().as_bytes(), &postings, self.records.as_flattened(), &self.names, borders];
        let mut pack = MAGIC.to_vec();
        for section in sections {
            pack.extend((section.len() as u64).to_le_bytes());
        }
        for section in sections {
            pack.extend_from_slice(section);
        }
        pack
    }
}

/// A name that begins with a word that the press shortens, so written.
fn shortened(key: &str) -> Option<String> {
    let (first, rest) = key.split_once(' ')?;
    let short = match first {
        "fort" => "ft",
        "mount" => "mt",
        "saint" => "st",
        "st" => "saint",
        _ => return None,
    };
    Some(format!("{short} {rest}"))
}

fn point(row: &Row<'_>, column: usize) -> Result<(f64, f64), BadLine> {
    let degrees = |word: &str| word.parse::<f64>().ok().filter(|d| d.abs() <= 180.0);
    Ok((row.term(column, "latitude", degrees)?, row.term(column + 1, "longitude", degrees)?))
}

/// Name keys that are also everyday words.
#[derive(Debug, Default)]
struct Stoplist {
    never: BTreeSet<String>,
    context: BTreeSet<String>,
    /// Words and names of persons: they need context unless a city has them.
    weak: BTreeSet<String>,
}

impl Stoplist {
    fn of(text: &str, weak: &str) -> Self {
        let weak = weak.lines().filter(|line| !line.starts_with('#')).map(fold_phrase).collect();
        let mut lists = Self { weak, ..Self::default() };
        let mut context = false;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match line.strip_prefix('#') {
                Some("# needs context" | " needs context") => context = true,
                Some(_) => {}
                None if context => _ = lists.context.insert(fold_phrase(line)),
                None => _ = lists.never.insert(fold_phrase(line)),
            }
        }
        lists
    }

    /// Whether a name whose greatest place has so many inhabitants needs context.
    fn needs_context(&self, key: &str, most: u32) -> bool {
        self.context.contains(key) || (most < CITY && self.weak.contains(key))
    }
}
