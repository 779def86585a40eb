//! Countries, areas and known sites: the small tables, kept whole in memory.

use crate::lexicon::{Builder, Sense};
use crate::pack::cells::record;
use crate::sources::Sources;
use crate::table::BadLine;

/// A country or territory.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: [u8; 2],
    /// As the press writes it.
    pub name: &'static str,
    /// Its capital.
    pub capital: &'static str,
    /// Degrees north, about the middle.
    pub lat: f64,
    /// Degrees east, about the middle.
    pub lon: f64,
}

record!(Country { code, name, capital, lat, lon });

/// A first- or second-level area.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Index of its country.
    pub country: u16,
    /// The code of `GeoNames`, or one of ours that begins with `x-`.
    pub code: &'static str,
    /// As the press writes it.
    pub name: &'static str,
    /// Degrees north, where known.
    pub lat: Option<f64>,
    /// Degrees east, where known.
    pub lon: Option<f64>,
    /// 1 or 2.
    pub level: u8,
    /// Whether it is one of the state's own divisions, not a region that only the press names.
    pub formal: bool,
}

record!(Area { country, code, name, lat, lon, level, formal });

/// A known site.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Index of its country.
    pub country: u16,
    /// As the press writes it.
    pub name: &'static str,
    /// The city, town or village that it is in.
    pub place: &'static str,
    /// The area that it is in.
    pub area: &'static str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

record!(Site { country, name, place, area, lat, lon });

/// The three tables.
#[derive(Clone, Debug, Default)]
pub struct Geography {
    /// In the order of their codes.
    pub countries: Vec<Country>,
    /// In the order of the table, by country and code.
    pub areas: Vec<Area>,
    /// In the order of their ids.
    pub sites: Vec<Site>,
}

record!(Geography { countries, areas, sites });

impl Geography {
    /// Reads the tables and adds their names to `builder`; bad lines are collected.
    pub fn load(sources: &Sources, builder: &mut Builder, bad: &mut Vec<BadLine>) -> Self {
        let mut known = Self::default();
        for row in sources.rows("countries.tsv") {
            let country = row.and_then(|row| {
                let code =
                    row.term(0, "country code", |c| <[u8; 2]>::try_from(c.as_bytes()).ok())?;
                let (lat, lon) =
                    (row.term(5, "latitude", degrees)?, row.term(6, "longitude", degrees)?);
                let (name, capital) = (row.cell(1), row.cell(4));
                Ok((row, Country { code, name, capital, lat, lon }))
            });
            let Some((row, country)) = keep(country, bad) else { continue };
            let index = known.countries.len() as u16;
            builder.add(country.name, Sense::Country(index));
            row.list(2).for_each(|name| builder.add(name, Sense::Country(index)));
            row.list(3).for_each(|name| builder.add(name, Sense::Demonym(index)));
            known.countries.push(country);
        }
        known.load_areas(sources, builder, bad);
        for row in sources.rows("sites.tsv") {
            let site = row.and_then(|row| {
                let country = row.term(6, "country", |c| known.country(c))?;
                let (lat, lon) =
                    (row.term(7, "latitude", degrees)?, row.term(8, "longitude", degrees)?);
                let [name, place, area] = [1, 4, 5].map(|i| row.cell(i));
                Ok((row, Site { country, name, place, area, lat, lon }))
            });
            let Some((row, site)) = keep(site, bad) else { continue };
            let index = known.sites.len() as u32;
            builder.add(site.name, Sense::Site(index));
            row.list(2).for_each(|name| builder.add(name, Sense::Site(index)));
            known.sites.push(site);
        }
        known
    }

    fn load_areas(&mut self, sources: &Sources, builder: &mut Builder, bad: &mut Vec<BadLine>) {
        for row in sources.rows("areas.tsv") {
            let area = row.and_then(|row| {
                let country = row.term(0, "country", |c| self.country(c))?;
                let known =
                    |word: &str| if word.is_empty() { Some(None) } else { degrees(word).map(Some) };
                let (lat, lon) =
                    (row.term(4, "latitude", known)?, row.term(5, "longitude", known)?);
                let level = row.term(6, "level", |l| l.parse().ok())?;
                let formal = !row.cell(1).starts_with("x-");
                Ok((
                    row,
                    Area { country, code: row.cell(1), name: row.cell(2), lat, lon, level, formal },
                ))
            });
            let Some((row, area)) = keep(area, bad) else { continue };
            let index = self.areas.len();
            builder.add(area.name, Sense::Area(index as u32));
            row.list(3).for_each(|name| builder.add(name, Sense::Area(index as u32)));
            self.areas.push(area);
        }
    }

    /// The index of the country with this code.
    pub fn country(&self, code: &str) -> Option<u16> {
        self.country_of(code.as_bytes().try_into().ok()?)
    }

    /// The name of the country with this code; the code itself if it is not known.
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        let country = self.country(code).and_then(|i| self.countries.get(usize::from(i)));
        country.map_or(code, |country| country.name)
    }

    /// The index of the country with this code.
    pub fn country_of(&self, code: [u8; 2]) -> Option<u16> {
        self.countries.binary_search_by_key(&code, |c| c.code).ok().map(|i| i as u16)
    }

    /// The index of the area with this `GeoNames` code in the country with this code.
    pub fn area(&self, country: &str, code: &str) -> Option<u16> {
        let wanted = (self.country(country)?, code);
        self.areas.binary_search_by_key(&wanted, |a| (a.country, a.code)).ok().map(|i| i as u16)
    }

    /// Whether all indices are those of rows.
    pub(crate) fn is_whole(&self) -> bool {
        let known = |country: u16| usize::from(country) < self.countries.len();
        self.areas.iter().all(|a| known(a.country)) && self.sites.iter().all(|s| known(s.country))
    }
}

fn degrees(word: &str) -> Option<f64> {
    word.parse().ok().filter(|d: &f64| d.abs() <= 180.0)
}

fn keep<T>(row: Result<T, BadLine>, bad: &mut Vec<BadLine>) -> Option<T> {
    row.map_err(|line| bad.push(line)).ok()
}
