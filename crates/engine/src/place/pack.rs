//! The gazetteer's pack: made once from the text sources, read without parsing.
//!
//! Layout, all numbers little-endian: the magic, five lengths, then an FST from name keys to
//! postings, the postings (indices of places), the places as records of 24 bytes, the names.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::fold_phrase;
use crate::table::{BadLine, rows};

const MAGIC: &[u8; 8] = b"TCSNPLC1";
const RECORD: usize = 24;
/// Marks a place of no known area.
const NO_AREA: u16 = u16::MAX;

/// The text sources of the pack, as in `data/`.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is the file of its name")]
pub struct Sources<'s> {
    pub places: &'s str,
    pub stoplist: &'s str,
}

/// Makes the pack. `area_of` gives the index of an area by country and code.
pub fn build(
    sources: &Sources<'_>,
    area_of: impl Fn(&str, &str) -> Option<u16>,
    bad: &mut Vec<BadLine>,
) -> Vec<u8> {
    let stop = Stoplist::of(sources.stoplist);
    let (mut records, mut names) = (Vec::new(), Vec::new());
    let mut keys: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for row in rows("places.tsv", sources.places) {
        let place = row.and_then(|row| {
            let degrees = |word: &str| word.parse::<f64>().ok().filter(|d| d.abs() <= 180.0);
            let code = row.term(2, "country", |c| <[u8; 2]>::try_from(c.as_bytes()).ok())?;
            let (lat, lon) =
                (row.term(4, "latitude", degrees)?, row.term(5, "longitude", degrees)?);
            Ok((row, code, lat, lon))
        });
        let (row, country, lat, lon) = match place {
            Ok(place) => place,
            Err(line) => {
                bad.push(line);
                continue;
            }
        };
        let index = (records.len() / RECORD) as u32;
        let name = row.cell(1);
        let area = area_of(row.cell(2), row.cell(3)).unwrap_or(NO_AREA);
        records.extend(((lat * 1e4).round() as i32).to_le_bytes());
        records.extend(((lon * 1e4).round() as i32).to_le_bytes());
        records.extend(row.cell(6).parse::<u32>().unwrap_or(0).to_le_bytes());
        records.extend(country);
        records.extend(area.to_le_bytes());
        records.extend((names.len() as u32).to_le_bytes());
        records.extend((name.len() as u32).to_le_bytes());
        names.extend_from_slice(name.as_bytes());
        for name in std::iter::once(name).chain(row.list(7)) {
            let key = fold_phrase(name);
            if key.chars().count() > 1 && !stop.never.contains(&key) {
                let postings = keys.entry(key).or_default();
                if !postings.contains(&index) {
                    postings.push(index);
                }
            }
        }
    }
    assemble(&keys, &stop, &records, &names)
}

/// Name keys that are also everyday words.
struct Stoplist {
    never: BTreeSet<String>,
    context: BTreeSet<String>,
}

impl Stoplist {
    fn of(text: &str) -> Self {
        let mut lists = Self { never: BTreeSet::new(), context: BTreeSet::new() };
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
}

fn assemble(
    keys: &BTreeMap<String, Vec<u32>>,
    stop: &Stoplist,
    records: &[u8],
    names: &[u8],
) -> Vec<u8> {
    let mut postings = Vec::new();
    let entries = keys.iter().map(|(key, places)| {
        let at = (postings.len() / 4) as u64;
        postings.extend(places.iter().flat_map(|p| p.to_le_bytes()));
        let context = u64::from(stop.context.contains(key));
        (key.as_bytes(), at | (places.len() as u64) << 32 | context << 56)
    });
    let map = fst::Map::from_iter(entries.collect::<Vec<_>>()).unwrap_or_default();
    let map = map.as_fst().as_bytes();
    let mut pack = MAGIC.to_vec();
    for section in [map, &postings, records, names] {
        pack.extend((section.len() as u64).to_le_bytes());
    }
    for section in [map, &postings, records, names] {
        pack.extend_from_slice(section);
    }
    pack
}

/// The pack is not one, or not of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the places pack is not of this version: run `cargo xtask pack`")]
pub struct NotAPack;

/// Places by name. Read-only; loading it costs nothing.
#[derive(Debug)]
pub struct Gazetteer {
    map: fst::Map<&'static [u8]>,
    postings: &'static [u8],
    records: &'static [u8],
    names: &'static [u8],
}

/// A city, town or village.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants, 0 where not known.
    pub population: u32,
    /// ISO 3166-1 alpha-2.
    pub country: [u8; 2],
    /// Index of its first-level area.
    pub area: Option<u16>,
    /// As the press writes it.
    pub name: &'static str,
}

impl Gazetteer {
    /// Opens a pack.
    pub fn from_bytes(pack: &'static [u8]) -> Result<Self, NotAPack> {
        let mut rest = pack.strip_prefix(MAGIC).ok_or(NotAPack)?;
        let mut lengths = [0; 4];
        for length in &mut lengths {
            let (head, tail) = rest.split_first_chunk::<8>().ok_or(NotAPack)?;
            *length = usize::try_from(u64::from_le_bytes(*head)).map_err(|_| NotAPack)?;
            rest = tail;
        }
        let [map, postings, records, names] = lengths.map(|length| {
            let (section, tail) = rest.split_at_checked(length)?;
            rest = tail;
            Some(section)
        });
        Ok(Self {
            map: fst::Map::new(map.ok_or(NotAPack)?).map_err(|_| NotAPack)?,
            postings: postings.ok_or(NotAPack)?,
            records: records.ok_or(NotAPack)?,
            names: names.ok_or(NotAPack)?,
        })
    }

    /// How many places it has.
    pub fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// Whether it has no place.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The places of a name key, and whether the name needs context to be one.
    pub fn find(&self, key: &str) -> Option<(impl Iterator<Item = (u32, Place)> + '_, bool)> {
        let value = self.map.get(key)?;
        let (at, n) = ((value & 0xffff_ffff) as usize, (value >> 32 & 0xffff) as usize);
        let indices = self.postings.get(at * 4..(at + n) * 4)?.as_chunks::<4>().0;
        let places = indices.iter().filter_map(|i| {
            let i = u32::from_le_bytes(*i);
            Some((i, self.place(i)?))
        });
        Some((places, value >> 56 & 1 == 1))
    }

    /// Place number `index`.
    pub fn place(&self, index: u32) -> Option<Place> {
        let at = index as usize * RECORD;
        let record: &[u8; RECORD] = self.records.get(at..at + RECORD)?.try_into().ok()?;
        let word =
            |i: usize| u32::from_le_bytes([record[i], record[i + 1], record[i + 2], record[i + 3]]);
        let area = u16::from_le_bytes([record[14], record[15]]);
        let (name_at, name_len) = (word(16) as usize, word(20) as usize);
        Some(Place {
            lat: f64::from(word(0).cast_signed()) / 1e4,
            lon: f64::from(word(4).cast_signed()) / 1e4,
            population: word(8),
            country: [record[12], record[13]],
            area: (area != NO_AREA).then_some(area),
            name: std::str::from_utf8(self.names.get(name_at..name_at + name_len)?).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> Gazetteer {
        let places = "id\tname\tcountry\tarea\tlat\tlon\tpopulation\taliases\n\
            1\tPort Alder\tSO\t01\t2.0400\t45.3400\t2000000\tAlder|Puerto Aldér\n\
            2\tAlder\tGB\t\t54.10\t-1.20\t900\t\n\
            3\tMan\tCI\t\t7.41\t-7.55\t139341\t\n\
            4\tbroken\n";
        let sources = Sources { places, stoplist: "# never\nman\n# needs context\nalder\n" };
        let mut bad = Vec::new();
        let pack = build(&sources, |_, code| (code == "01").then_some(7), &mut bad);
        assert_eq!(bad.len(), 1);
        Gazetteer::from_bytes(pack.leak()).unwrap()
    }

    #[test]
    fn places_are_found_by_all_their_names() {
        let gazetteer = gazetteer();
        let (found, context) = gazetteer.find("puerto alder").unwrap();
        let found: Vec<_> = found.collect();
        assert_eq!((found.len(), context), (1, false));
        assert_eq!(
            (found[0].1.name, found[0].1.lat, found[0].1.area),
            ("Port Alder", 2.04, Some(7))
        );
        let (found, context) = gazetteer.find("alder").unwrap();
        assert_eq!((found.count(), context), (2, true));
        assert!(gazetteer.find("man").is_none());
    }

    #[test]
    fn a_cut_pack_is_refused() {
        assert!(Gazetteer::from_bytes(b"TCSNPLC1 and no more").is_err());
    }
}
