//! The parties of PLOVER as the gold writes them: a country by three letters, or a body of none.
//!
//! Sectors (GOV, REB, …) are not compared: the reports have sorts of their own.

use std::collections::BTreeMap;

use crate::table::rows;

const TABLE: &str = include_str!("../../../../../data/plover-codes.tsv");

/// Whose a party is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// A country, by the two letters of ISO 3166-1.
    Country(String),
    /// A body of no one country: IGO, NGO, IMG and the like, which are one.
    Bodies,
}

/// The table of codes.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    country: BTreeMap<&'static str, &'static str>,
    written: BTreeMap<&'static str, &'static str>,
}

impl Codes {
    /// Reads the table that is part of the program. A test holds that it has no bad line.
    pub fn load() -> Self {
        let mut codes = Self::default();
        for row in rows("plover-codes.tsv", TABLE).flatten() {
            codes.country.insert(row.cell(0), row.cell(1));
            if row.cell(2).is_empty() {
                codes.written.entry(row.cell(1)).or_insert(row.cell(0));
            }
        }
        codes
    }

    /// The side that a code of the gold names: by its first three letters. Empty codes name none.
    pub fn side(&self, code: &str) -> Option<Side> {
        let first = code.get(..3).unwrap_or(code);
        match self.country.get(first) {
            _ if first.is_empty() => None,
            Some(country) => Some(Side::Country((*country).to_owned())),
            None => Some(Side::Bodies),
        }
    }

    /// The side in the gold's code.
    pub fn code<'s>(&self, side: &'s Side) -> &'s str
    where
        'static: 's,
    {
        match side {
            Side::Country(country) => {
                self.written.get(country.as_str()).copied().unwrap_or(country)
            }
            Side::Bodies => "IGO",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    #[test]
    fn odd_codes_are_read_and_plain_ones_written() {
        let codes = Codes::load();
        let japan = Side::Country("JP".to_owned());
        assert_eq!(codes.side("JAP"), Some(japan.clone()));
        assert_eq!(codes.side("JPNGOV"), Some(japan.clone()));
        assert_eq!(codes.code(&japan), "JPN");
        assert_eq!(codes.side("NGO"), Some(Side::Bodies));
        assert_eq!(codes.side(""), None);
    }

    #[test]
    fn every_country_has_a_code() {
        assert!(rows("plover-codes.tsv", TABLE).all(|row| row.is_ok()));
        let codes = Codes::load();
        for country in Knowledge::embedded().geography.countries {
            let code = std::str::from_utf8(&country.code).unwrap();
            assert!(codes.written.contains_key(code), "{code}");
        }
    }
}
