//! The gazetteer: places by name, read from packs without parsing.
//!
//! A pack is, all numbers little-endian: the magic, five lengths, then an FST from name keys to
//! postings, the postings, the places as records of 24 bytes, their names, and the borders of
//! first-level areas. A posting is the index of a place, or with its mark that of an area of the
//! tables. `build` makes the pack of the embedded sources.

use super::borders::Borders;
use super::find::Referent;

pub(super) const MAGIC: &[u8; 8] = b"TCSNPLC3";
pub(super) const RECORD: usize = 24;
/// Marks a place of no known area.
pub(super) const NO_AREA: u16 = u16::MAX;
/// Marks a region of no one country.
pub(super) const NO_COUNTRY: [u8; 2] = [0; 2];
/// Marks a posting that is an area.
pub(super) const AREA: u32 = 1 << 30;
/// Marks the number of a place that a user has added.
const ADDED: u32 = 1 << 29;
/// Marks a name that needs context.
pub(super) const WEAK: u64 = 1 << 56;
/// Marks a name that is an everyday word first, and a place's only where something says so.
pub(super) const WORD: u64 = 1 << 57;
/// Marks the people of an area or what is of it: "Texan".
pub(super) const DEMONYM: u64 = 1 << 58;
/// Begins the keys of short forms, which are names behind a comma only.
pub(super) const SHORT: char = '~';

/// The pack is not one, or not of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the places pack is not of this version: run `cargo xtask pack`")]
pub struct NotAPack;

/// What a name can be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Places, those of most inhabitants first, and areas.
    pub referents: Vec<Referent>,
    /// The place that is a region of no one country, if it is one.
    pub region: Option<u32>,
    /// Whether it needs context to be a place's name.
    pub weak: bool,
    /// Whether it is an everyday word first: a place only where something says so.
    pub word: bool,
    /// Whether it is the people of an area, or what is of it.
    pub demonym: bool,
}

impl Found {
    /// Whether it is a place's name without a word more.
    pub fn is_plain(&self) -> bool {
        !(self.weak || self.word || self.demonym)
    }
}

/// Places by name. Read-only; loading it costs nothing.
#[derive(Debug)]
pub struct Gazetteer {
    pub(super) map: fst::Map<&'static [u8]>,
    pub(super) postings: &'static [u8],
    pub(super) records: &'static [u8],
    pub(super) names: &'static [u8],
    pub(super) borders: Borders<'static>,
    /// What a user has added, whose places have numbers of their own.
    pub(crate) more: Option<Box<Gazetteer>>,
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
    /// ISO 3166-1 alpha-2; zeros for a region of no one country.
    pub country: [u8; 2],
    /// Index of its first-level area.
    pub area: Option<u16>,
    /// As the press writes it.
    pub name: &'static str,
}

impl Place {
    /// Whether it is a region of no one country.
    pub fn is_region(&self) -> bool {
        self.country == NO_COUNTRY
    }
}

impl Gazetteer {
    /// Opens a pack.
    pub fn from_bytes(pack: &'static [u8]) -> Result<Self, NotAPack> {
        let mut rest = pack.strip_prefix(MAGIC).ok_or(NotAPack)?;
        let mut lengths = [0; 5];
        for length in &mut lengths {
            let (head, tail) = rest.split_first_chunk::<8>().ok_or(NotAPack)?;
            *length = usize::try_from(u64::from_le_bytes(*head)).map_err(|_| NotAPack)?;
            rest = tail;
        }
        let [map, postings, records, names, borders] = lengths.map(|length| {
            let (section, tail) = rest.split_at_checked(length)?;
            rest = tail;
            Some(section)
        });
        Ok(Self {
            map: fst::Map::new(map.ok_or(NotAPack)?).map_err(|_| NotAPack)?,
            postings: postings.ok_or(NotAPack)?,
            records: records.ok_or(NotAPack)?,
            names: names.ok_or(NotAPack)?,
            borders: borders.and_then(Borders::from_bytes).ok_or(NotAPack)?,
            more: None,
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

    /// What a name key can be.
    pub fn find(&self, key: &str) -> Option<Found> {
        let own = self.own(key);
        let Some(more) = self.more.as_ref().and_then(|more| more.own(key)) else { return own };
        let added = more.referents.iter().filter_map(|referent| match *referent {
            Referent::Place(place) => Some(Referent::Place(place | ADDED)),
            _ => None,
        });
        let Some(mut own) = own else {
            return Some(Found { referents: added.collect(), ..more });
        };
        if own.region.is_none() && !own.demonym {
            own.referents.extend(added);
        }
        Some(own)
    }

    fn own(&self, key: &str) -> Option<Found> {
        let value = self.map.get(key)?;
        let (at, n) = ((value & 0xffff_ffff) as usize, (value >> 32 & 0xffff) as usize);
        let postings = self.postings.get(at * 4..(at + n) * 4)?.as_chunks::<4>().0;
        let mut found = Found {
            weak: value & WEAK != 0,
            word: value & WORD != 0,
            demonym: value & DEMONYM != 0,
            ..Found::default()
        };
        for posting in postings {
            let posting = u32::from_le_bytes(*posting);
            if posting & AREA != 0 {
                found.referents.push(Referent::Area(posting & !AREA));
            } else if self.place(posting)?.is_region() {
                found.region = Some(posting);
            } else {
                found.referents.push(Referent::Place(posting));
            }
        }
        Some(found)
    }

    /// The place of most inhabitants.
    pub fn largest(&self, found: &Found) -> Option<Place> {
        let place = |referent: &Referent| match *referent {
            Referent::Place(p) => self.place(p),
            _ => None,
        };
        found.referents.iter().filter_map(place).max_by_key(|place| place.population)
    }

    /// The areas that a short form means behind a comma: "Tex.", "W.Va.".
    pub fn short(&self, form: &str) -> Vec<Referent> {
        self.find(&format!("{SHORT}{form}")).map(|found| found.referents).unwrap_or_default()
    }

    /// The index of the first-level area that a point is in.
    pub fn area_at(&self, lat: f64, lon: f64) -> Option<u16> {
        self.borders.area_at(lat, lon)
    }

    /// How many areas have borders.
    pub fn borders(&self) -> usize {
        self.borders.len()
    }

    /// Place number `index`.
    pub fn place(&self, index: u32) -> Option<Place> {
        if index & ADDED != 0 {
            return self.more.as_ref()?.place(index & !ADDED);
        }
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
    use crate::geography::Geography;
    use crate::lexicon::Builder;
    use crate::place::build::build;
    use crate::sources::Sources;

    fn gazetteer() -> Gazetteer {
        let texts = [
            (
                "countries.tsv",
                "code\tname\taliases\tdemonyms\tcapital\tlat\tlon\nSO\tSomalia\t\t\t\t6\t48\n",
            ),
            (
                "areas/SO.tsv",
                "code\tname\taliases\tlat\tlon\tlevel\n01\tCoast\t\t\t\t1\n01.7\tAlder District\t\t2\t45\t2\n",
            ),
            ("borders/SO.tsv", "code\trings\n01\t45,2 46,2 46,3 45,3\n"),
            (
                "places/SO.tsv",
                "id\tname\tarea\tlat\tlon\tpopulation\taliases\n\
                 1\tPort Alder\t01\t2.0400\t45.3400\t2000000\tAlder|Puerto Aldér\n\
                 2\tAlder\t\t2.10\t45.20\t900\t\n\
                 3\tMan\t\t2.41\t45.55\t139341\t\n\
                 4\tbroken\n",
            ),
            ("regions.tsv", "id\tname\taliases\tlat\tlon\nsea\tSea of Alder\t\t1\t46\n"),
            ("abbreviations.tsv", "country\tcode\tforms\tdemonyms\nSO\t01\tCst.\tCoaster|Alder\n"),
            ("stoplist-places.txt", "# never\nman\n# needs context\nalder\n"),
        ];
        let sources = Sources::of(texts);
        let (mut minor, mut bad) = (Vec::new(), Vec::new());
        let geography = Geography::load(&sources, &mut Builder::default(), &mut minor, &mut bad);
        let pack = build(&sources, &geography, &minor, &mut bad);
        assert_eq!(
            bad.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["data/places/SO.tsv:5: 2 cells where the header has 7"]
        );
        Gazetteer::from_bytes(pack.leak()).unwrap()
    }

    #[test]
    fn places_are_found_by_all_their_names() {
        let gazetteer = gazetteer();
        let found = gazetteer.find("puerto alder").unwrap();
        assert_eq!((found.referents.len(), found.weak), (1, false));
        let [Referent::Place(p)] = found.referents[..] else { panic!("a place") };
        let place = gazetteer.place(p).unwrap();
        assert_eq!((place.name, place.lat, place.area), ("Port Alder", 2.04, Some(0)));
        let found = gazetteer.find("alder").unwrap();
        assert_eq!((found.referents.len(), found.weak), (2, true));
        assert!(gazetteer.find("man").is_some_and(|found| found.word));
    }

    #[test]
    fn areas_regions_and_short_forms_are_found_as_such() {
        let gazetteer = gazetteer();
        assert_eq!(gazetteer.find("alder district").unwrap().referents, [Referent::Area(1)]);
        let sea = gazetteer.find("sea of alder").unwrap();
        assert!(sea.referents.is_empty() && sea.region.is_some());
        let people = gazetteer.find("coaster").unwrap();
        assert_eq!((people.referents, people.demonym), (vec![Referent::Area(0)], true));
        assert_eq!(gazetteer.short("cst"), [Referent::Area(0)]);
        assert!(gazetteer.find("cst").is_none());
        assert_eq!((gazetteer.area_at(2.5, 45.5), gazetteer.area_at(4.0, 45.5)), (Some(0), None));
    }

    #[test]
    fn a_cut_pack_is_refused() {
        assert!(Gazetteer::from_bytes(b"TCSNPLC3 and no more").is_err());
    }
}
