//! The reviewable texts that knowledge is made from, by the names that they have in `data/`.
//!
//! Only the makers of packs and `tocsin data check` read them; coding reads packs. Names and
//! strings of the tables are slices of the texts, which therefore live as long as the program.

use std::collections::BTreeMap;

use crate::table::{BadLine, Row, rows};

/// The files, relative to `data/`.
pub const FILES: &[&str] = &[
    "abbreviations.tsv",
    "actors.tsv",
    "actors/forces.tsv",
    "actors/composed.tsv",
    "actors/petrarch.tsv",
    "actors/ucdp.tsv",
    "actors/un.tsv",
    "countries.tsv",
    "given-names.txt",
    "lexicon/acts.tsv",
    "lexicon/campaigns.tsv",
    "lexicon/casualties.tsv",
    "lexicon/clauses.tsv",
    "lexicon/cues.tsv",
    "lexicon/deeds.tsv",
    "lexicon/domains.tsv",
    "lexicon/forces.tsv",
    "lexicon/harms.tsv",
    "lexicon/people.tsv",
    "lexicon/relations.tsv",
    "lexicon/things.tsv",
    "lexicon/topics.tsv",
    "lexicon/verbs.tsv",
    "lexicon/weapons.tsv",
    "offices.tsv",
    "regions.tsv",
    "relations-ucdp.tsv",
    "relations.tsv",
    "roles-petrarch.tsv",
    "roles.tsv",
    "sites.tsv",
    "statuses.tsv",
    "stoplist-places.txt",
    "weak-names.txt",
];

/// The folders that have a file for each country, such as `places/AF.tsv`, where there is one.
pub const FOLDERS: &[&str] = &["areas", "borders", "places"];

/// The texts of [`FILES`] and [`FOLDERS`].
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<&'static str, &'static str>);

/// The file of one country.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CountryFile {
    /// The country's code.
    pub(crate) country: &'static str,
    /// The file's name, relative to `data/`.
    pub(crate) name: &'static str,
    /// What is in it.
    pub(crate) text: &'static str,
}

impl Sources {
    /// Gathers the texts that `read` gives, and keeps them for as long as the program runs.
    pub fn gather<E>(mut read: impl FnMut(&'static str) -> Result<String, E>) -> Result<Self, E> {
        let mut text = |name: &'static str| Ok((name, &*read(name)?.leak()));
        let mut texts: BTreeMap<_, _> =
            FILES.iter().map(|&name| text(name)).collect::<Result<_, _>>()?;
        let countries = texts.get("countries.tsv").copied().unwrap_or_default();
        for row in rows("countries.tsv", countries).filter_map(Result::ok) {
            for folder in FOLDERS {
                let (name, text) = text(format!("{folder}/{}.tsv", row.cell(0)).leak())?;
                texts.insert(name, text);
            }
        }
        Ok(Self(texts))
    }

    /// Texts that are already at hand; the files that are not among them are empty.
    pub fn of(texts: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        Self(texts.into_iter().collect())
    }

    /// The text of a file; empty if there is none.
    pub fn text(&self, file: &str) -> &'static str {
        self.0.get(file).copied().unwrap_or_default()
    }

    /// All files with their texts, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.iter().map(|(&file, &text)| (file, text))
    }

    /// The files of a folder, by country.
    pub(crate) fn folder(&self, folder: &str) -> impl Iterator<Item = CountryFile> {
        self.0.iter().filter_map(move |(&name, &text)| {
            let country = name.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".tsv")?;
            Some(CountryFile { country, name, text })
        })
    }

    /// The rows of a table.
    pub(crate) fn rows(
        &self,
        file: &'static str,
    ) -> impl Iterator<Item = Result<Row<'static>, BadLine>> + use<> {
        rows(file, self.text(file))
    }
}
