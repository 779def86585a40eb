//! A gazetteer beside the embedded one: the populated places of a dump of `GeoNames`.
//!
//! The maker is told one row at a time, so that a dump of any size can be read as a stream; whoever
//! calls keeps the parts, in files if they are large, and sorts the names. The pack is read in place
//! like the embedded one. Its areas are numbers of the embedded tables, so it is good for these
//! only, and refused by a program with others.

use std::io::{self, Write};

use super::borders::Borders;
use super::pack::{Gazetteer, NO_AREA, RECORD, WEAK};
use crate::Knowledge;
use crate::fold::fold_phrase;
use crate::geography::Geography;
use crate::pack::{self, NotAPack};
use crate::place::find::Referent;
use crate::place::kilometres;

const MAGIC: [u8; 8] = *b"TCSNADD1";
/// So many columns has a row of a dump.
const COLUMNS: usize = 19;
/// A place of the same name that is no farther is the same place, in kilometres.
const SAME: f64 = 10.0;
/// So many places are kept of one name, those of most inhabitants.
const MOST: usize = 250;

/// A populated place of a dump.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot<'l> {
    name: &'l str,
    others: &'l str,
    lat: f64,
    lon: f64,
    country: [u8; 2],
    area: Option<u16>,
    /// Inhabitants, 0 where not known.
    pub population: u32,
}

/// Reads a row of a dump: nothing if it is no populated place in a known country, or one that the
/// embedded gazetteer has; what is wrong with it if it is no row.
pub fn spot<'l>(row: &'l str, known: &Knowledge) -> Result<Option<Spot<'l>>, String> {
    let cells: Vec<&str> = row.split('\t').collect();
    if cells.len() != COLUMNS {
        return Err(format!("{} cells where a dump of GeoNames has {COLUMNS}", cells.len()));
    }
    let degrees = |i: usize, most: f64| {
        let cell = cells.get(i).copied().unwrap_or_default();
        let read = cell.parse::<f64>().ok().filter(|d| d.abs() <= most);
        read.ok_or_else(|| format!("\"{cell}\" is no degree"))
    };
    let (lat, lon) = (degrees(4, 90.0)?, degrees(5, 180.0)?);
    let cell = |i: usize| cells.get(i).copied().unwrap_or_default();
    let (name, code) = (cell(1), cell(8));
    let Some(country) = known.geography.country(code).filter(|_| cell(6) == "P") else {
        return Ok(None);
    };
    let population = cell(14).parse().unwrap_or(0);
    let key = fold_phrase(name);
    if key.chars().count() < 3 || has(&key, country, (lat, lon), known) {
        return Ok(None);
    }
    let area =
        known.geography.area(code, cell(10)).or_else(|| known.places.area_at(lat, lon)).filter(
            |&a| known.geography.areas.get(usize::from(a)).is_some_and(|a| a.country == country),
        );
    let country = <[u8; 2]>::try_from(code.as_bytes()).map_err(|_| format!("\"{code}\""))?;
    Ok(Some(Spot { name, others: cell(3), lat, lon, country, area, population }))
}

/// Whether the embedded gazetteer has a place of this name there.
fn has(key: &str, country: u16, at: (f64, f64), known: &Knowledge) -> bool {
    let found = known.places.find(key).map(|found| found.referents).unwrap_or_default();
    found.into_iter().any(|referent| {
        let Referent::Place(p) = referent else { return false };
        known.places.place(p).is_some_and(|place| {
            known.geography.country_of(place.country) == Some(country)
                && kilometres((place.lat, place.lon), at) <= SAME
        })
    })
}

impl Spot<'_> {
    /// The keys of its names in Latin letters, each once.
    pub fn keys(&self) -> Vec<String> {
        let latin = |name: &&str| name.chars().all(|c| c < '\u{250}' || "‘’ʻʼ".contains(c));
        let names = std::iter::once(self.name).chain(self.others.split(','));
        let mut keys: Vec<String> = names.filter(latin).map(fold_phrase).collect();
        keys.retain(|key| key.chars().count() > 2);
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Its name, as it stands in the section of names.
    pub fn name(&self) -> &str {
        self.name
    }

    /// Its record; its name stands at `name_at` of the names.
    pub fn record(&self, name_at: u32) -> [u8; RECORD] {
        let mut record = [0; RECORD];
        let fields = [
            ((self.lat * 1e4).round() as i32).to_le_bytes().as_slice(),
            &((self.lon * 1e4).round() as i32).to_le_bytes(),
            &self.population.to_le_bytes(),
            &self.country,
            &self.area.unwrap_or(NO_AREA).to_le_bytes(),
            &name_at.to_le_bytes(),
            &(self.name.len() as u32).to_le_bytes(),
        ]
        .concat();
        record.copy_from_slice(&fields);
        record
    }
}

/// Writes the names of a pack, which must come in order, each with its places.
pub struct Index<M: Write, P: Write> {
    map: fst::MapBuilder<M>,
    postings: P,
    count: u64,
}

impl<M: Write, P: Write> std::fmt::Debug for Index<M, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("count", &self.count).finish_non_exhaustive()
    }
}

impl<M: Write, P: Write> Index<M, P> {
    /// Begins to write.
    pub fn new(map: M, postings: P) -> io::Result<Self> {
        let map = fst::MapBuilder::new(map).map_err(io::Error::other)?;
        Ok(Self { map, postings, count: 0 })
    }

    /// Adds a name with its places: their inhabitants and numbers.
    pub fn add(
        &mut self,
        key: &str,
        places: &mut Vec<(u32, u32)>,
        known: &Knowledge,
    ) -> io::Result<()> {
        places.sort_by_key(|&(population, place)| (std::cmp::Reverse(population), place));
        places.truncate(MOST);
        // A hamlet of one word, such as "Success", is a place only where something says so.
        let unknown = places.first().is_none_or(|(population, _)| *population == 0);
        let plain = known.places.find(key).is_some_and(|found| found.is_plain());
        let weak = if unknown && !plain && !key.contains(' ') { WEAK } else { 0 };
        let value = self.count | (places.len() as u64) << 32 | weak;
        self.map.insert(key, value).map_err(io::Error::other)?;
        for (_, place) in places.iter() {
            self.postings.write_all(&place.to_le_bytes())?;
        }
        self.count += places.len() as u64;
        Ok(())
    }

    /// Ends, and gives both writers back.
    pub fn finish(self) -> io::Result<(M, P)> {
        Ok((self.map.into_inner().map_err(io::Error::other)?, self.postings))
    }
}

/// Makes the pack of its map, postings, records and names.
pub fn seal(sections: [&[u8]; 4], geography: &Geography) -> Vec<u8> {
    pack::seal(MAGIC, shape(geography), sections)
}

/// What the numbers of areas in a pack are good for.
fn shape(geography: &Geography) -> u64 {
    geography.areas.iter().fold(1, |hash, area| {
        let own = pack::hash(area.code.as_bytes());
        pack::mix(hash, own ^ u64::from(area.country))
    })
}

impl Gazetteer {
    /// Opens a pack that [`seal`] made.
    pub(crate) fn added(
        bytes: &'static [u8],
        geography: &Geography,
    ) -> Result<(Self, u64), NotAPack> {
        let [map, postings, records, names] = pack::open(bytes, MAGIC, shape(geography))?;
        let map = fst::Map::new(map).map_err(|_| NotAPack::Damaged)?;
        let borders = Borders::default();
        let digest = bytes.get(16..24).and_then(|digest| digest.try_into().ok());
        let digest = digest.map_or(0, u64::from_le_bytes);
        Ok((Self { map, postings, records, names, borders, more: None }, digest))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

    fn row(name: &str, others: &str, class: &str, at: (f64, f64), country: &str) -> String {
        let (lat, lon) = at;
        format!(
            "1\t{name}\t{name}\t{others}\t{lat}\t{lon}\t{class}\tPPL\t{country}\t\t\t\t\t\t\t\t\t\t2024-01-01"
        )
    }

    fn knowledge(rows: &[String]) -> Knowledge {
        let (mut records, mut names, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let Some(spot) = spot(row, &KNOWN).unwrap() else { continue };
            let place = (records.len() / RECORD) as u32;
            records.extend(spot.record(names.len() as u32));
            names.extend(spot.name().as_bytes());
            keys.extend(spot.keys().into_iter().map(|key| (key, (spot.population, place))));
        }
        keys.sort();
        let mut index = Index::new(Vec::new(), Vec::new()).unwrap();
        for run in keys.chunk_by(|a, b| a.0 == b.0) {
            let mut places = run.iter().map(|(_, place)| *place).collect();
            index.add(&run[0].0, &mut places, &KNOWN).unwrap();
        }
        let (map, postings) = index.finish().unwrap();
        let pack = seal([&map, &postings, &records, &names], &KNOWN.geography);
        Knowledge::embedded().with_gazetteer(pack.leak()).unwrap()
    }

    #[test]
    fn what_is_added_is_found_beside_what_is_embedded() {
        let mali = (14.1, -3.9);
        let known = knowledge(&[
            row("Zzorokoro", "Zorro Koro,Зорро", "P", mali, "ML"),
            row("Zzorokoro Hill", "", "T", mali, "ML"),
            row("Bamako", "", "P", (12.65, -8.0), "ML"),
        ]);
        assert!(known.places.find("zzorokoro hill").is_none());
        let found = known.places.find("zorro koro").unwrap();
        let [Referent::Place(p)] = found.referents[..] else { panic!("a place") };
        let place = known.places.place(p).unwrap();
        assert_eq!((place.name, place.country), ("Zzorokoro", *b"ML"));
        // The dump does not say the area, the borders do.
        let area = &known.geography.areas[usize::from(place.area.unwrap())];
        assert_eq!(area.name, "Mopti");
        // What the embedded gazetteer has is not added.
        let of = |known: &Knowledge| known.places.find("bamako").unwrap().referents.len();
        assert_eq!(of(&known), of(&KNOWN));
        assert!(known.build().starts_with(KNOWN.build()) && known.build() != KNOWN.build());
    }

    #[test]
    fn a_broken_row_says_what_is_wrong() {
        assert_eq!(spot("1\tX", &KNOWN), Err("2 cells where a dump of GeoNames has 19".into()));
        let row = row("Xoo", "", "P", (14.0, 3.0), "ML").replace("14", "north");
        assert_eq!(spot(&row, &KNOWN), Err("\"north\" is no degree".into()));
    }

    #[test]
    fn a_damaged_pack_is_refused() {
        let pack = seal([b"", b"", b"", b""], &KNOWN.geography);
        for length in 0..pack.len() {
            let cut = pack[..length].to_vec().leak();
            assert!(Gazetteer::added(cut, &KNOWN.geography).is_err(), "{length}");
        }
    }
}
