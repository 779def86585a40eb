//! Countries, areas and known sites: the small tables, kept whole in memory.

use rustc_hash::FxHashSet;

use crate::fold::fold_phrase;
use crate::lexicon::{Builder, Sense};
use crate::pack::cells::record;
use crate::sources::Sources;
use crate::table::{BadLine, rows};

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
    ///
    /// Names of second-level areas are too many and too like other names for the automaton: they go
    /// to `minor`, each with the index of its area.
    pub(crate) fn load(
        sources: &Sources,
        builder: &mut Builder,
        minor: &mut Vec<(&'static str, u16)>,
        bad: &mut Vec<BadLine>,
    ) -> Self {
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
        known.load_areas(sources, builder, minor, bad);
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

    fn load_areas(
        &mut self,
        sources: &Sources,
        builder: &mut Builder,
        minor: &mut Vec<(&'static str, u16)>,
        bad: &mut Vec<BadLine>,
    ) {
        // "Interior" is Ad Dakhiliyah in English, and seldom meant so.
        let weak: FxHashSet<String> =
            sources.text("weak-names.txt").lines().map(fold_phrase).collect();
        let files = sources.folder("areas");
        for (file, row) in files.flat_map(|f| rows(f.name, f.text).map(move |row| (f, row))) {
            let area = row.and_then(|row| {
                let Some(country) = self.country(file.country) else {
                    return Err(row.unknown("country", file.country));
                };
                let known =
                    |word: &str| if word.is_empty() { Some(None) } else { degrees(word).map(Some) };
                let (lat, lon) =
                    (row.term(3, "latitude", known)?, row.term(4, "longitude", known)?);
                let level = row.term(5, "level", |l| l.parse().ok())?;
                let (code, name) = (row.cell(0), row.cell(1));
                let formal = !code.starts_with("x-");
                Ok((row, Area { country, code, name, lat, lon, level, formal }))
            });
            let Some((row, area)) = keep(area, bad) else { continue };
            let index = self.areas.len() as u16;
            let strong = |name: &&str| !weak.contains(&fold_phrase(name));
            for name in std::iter::once(area.name).chain(row.list(2).filter(strong)) {
                if area.level == 1 || !area.formal {
                    builder.add(name, Sense::Area(u32::from(index)));
                } else {
                    minor.push((name, index));
                }
            }
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

    /// The level of an area; 0 if there is none of this index.
    pub fn level(&self, area: u32) -> u8 {
        self.areas.get(area as usize).map_or(0, |area| area.level)
    }

    /// The first-level area that a second-level area is in.
    pub fn parent(&self, area: u16) -> Option<u16> {
        let area = self.areas.get(usize::from(area))?;
        let wanted = (area.country, area.code.split_once('.')?.0);
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
