//! Countries, areas and known sites: the small tables, kept whole in memory.

use rustc_hash::FxHashMap;

use crate::lexicon::{Builder, Sense};
use crate::table::{BadLine, rows};

/// The texts of the tables, as in `data/`.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is the file of its name")]
pub struct Sources<'s> {
    pub countries: &'s str,
    pub areas: &'s str,
    pub sites: &'s str,
}

/// A country or territory.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: [u8; 2],
    /// As the press writes it.
    pub name: String,
    /// Its capital.
    pub capital: String,
    /// Degrees north, about the middle.
    pub lat: f64,
    /// Degrees east, about the middle.
    pub lon: f64,
}

/// A first- or second-level area.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Index of its country.
    pub country: u16,
    /// As the press writes it.
    pub name: String,
    /// Degrees north, where known.
    pub lat: Option<f64>,
    /// Degrees east, where known.
    pub lon: Option<f64>,
    /// 1 or 2.
    pub level: u8,
    /// Whether it is one of the state's own divisions, not a region that only the press names.
    pub formal: bool,
}

/// A known site.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Index of its country.
    pub country: u16,
    /// As the press writes it.
    pub name: String,
    /// The city, town or village that it is in.
    pub place: String,
    /// The area that it is in.
    pub area: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// The three tables.
#[derive(Clone, Debug, Default)]
pub struct Geography {
    /// In the order of their codes.
    pub countries: Vec<Country>,
    /// In the order of the table, by country and code.
    pub areas: Vec<Area>,
    /// In the order of their ids.
    pub sites: Vec<Site>,
    by_code: FxHashMap<[u8; 2], u16>,
    area_by_code: FxHashMap<(u16, String), u16>,
}

impl Geography {
    /// Reads the tables and adds their names to `builder`; bad lines are collected.
    pub fn load(sources: &Sources<'_>, builder: &mut Builder, bad: &mut Vec<BadLine>) -> Self {
        let mut known = Self::default();
        for row in rows("countries.tsv", sources.countries) {
            let country = row.and_then(|row| {
                let code =
                    row.term(0, "country code", |c| <[u8; 2]>::try_from(c.as_bytes()).ok())?;
                let (lat, lon) =
                    (row.term(5, "latitude", degrees)?, row.term(6, "longitude", degrees)?);
                let (name, capital) = (row.cell(1).to_owned(), row.cell(4).to_owned());
                Ok((row, Country { code, name, capital, lat, lon }))
            });
            let Some((row, country)) = keep(country, bad) else { continue };
            let index = known.countries.len() as u16;
            builder.add(&country.name, Sense::Country(index));
            row.list(2).for_each(|name| builder.add(name, Sense::Country(index)));
            row.list(3).for_each(|name| builder.add(name, Sense::Demonym(index)));
            known.by_code.insert(country.code, index);
            known.countries.push(country);
        }
        known.load_areas(sources.areas, builder, bad);
        for row in rows("sites.tsv", sources.sites) {
            let site = row.and_then(|row| {
                let country = row.term(6, "country", |c| known.country(c))?;
                let (lat, lon) =
                    (row.term(7, "latitude", degrees)?, row.term(8, "longitude", degrees)?);
                let [name, place, area] = [1, 4, 5].map(|i| row.cell(i).to_owned());
                Ok((row, Site { country, name, place, area, lat, lon }))
            });
            let Some((row, site)) = keep(site, bad) else { continue };
            let index = known.sites.len() as u32;
            builder.add(&site.name, Sense::Site(index));
            row.list(2).for_each(|name| builder.add(name, Sense::Site(index)));
            known.sites.push(site);
        }
        known
    }

    fn load_areas(&mut self, text: &str, builder: &mut Builder, bad: &mut Vec<BadLine>) {
        for row in rows("areas.tsv", text) {
            let area = row.and_then(|row| {
                let country = row.term(0, "country", |c| self.country(c))?;
                let known =
                    |word: &str| if word.is_empty() { Some(None) } else { degrees(word).map(Some) };
                let (lat, lon) =
                    (row.term(4, "latitude", known)?, row.term(5, "longitude", known)?);
                let level = row.term(6, "level", |l| l.parse().ok())?;
                let formal = !row.cell(1).starts_with("x-");
                Ok((row, Area { country, name: row.cell(2).to_owned(), lat, lon, level, formal }))
            });
            let Some((row, area)) = keep(area, bad) else { continue };
            let index = self.areas.len();
            builder.add(&area.name, Sense::Area(index as u32));
            row.list(3).for_each(|name| builder.add(name, Sense::Area(index as u32)));
            self.area_by_code.entry((area.country, row.cell(1).to_owned())).or_insert(index as u16);
            self.areas.push(area);
        }
    }

    /// The index of the country with this code.
    pub fn country(&self, code: &str) -> Option<u16> {
        self.by_code.get(<&[u8; 2]>::try_from(code.as_bytes()).ok()?).copied()
    }

    /// The name of the country with this code; the code itself if it is not known.
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        let country = self.country(code).and_then(|i| self.countries.get(usize::from(i)));
        country.map_or(code, |country| country.name.as_str())
    }

    /// The index of the country with this code.
    pub fn country_of(&self, code: [u8; 2]) -> Option<u16> {
        self.by_code.get(&code).copied()
    }

    /// The index of the area with this `GeoNames` code in the country with this code.
    pub fn area(&self, country: &str, code: &str) -> Option<u16> {
        self.area_by_code.get(&(self.country(country)?, code.to_owned())).copied()
    }
}

fn degrees(word: &str) -> Option<f64> {
    word.parse().ok().filter(|d: &f64| d.abs() <= 180.0)
}

fn keep<T>(row: Result<T, BadLine>, bad: &mut Vec<BadLine>) -> Option<T> {
    row.map_err(|line| bad.push(line)).ok()
}
