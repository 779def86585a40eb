//! The reviewable texts that knowledge is made from, by the names that they have in `data/`.
//!
//! Only the makers of packs and `tocsin data check` read them; coding reads packs. Names and
//! strings of the tables are slices of the texts, which therefore live as long as the program.

use std::collections::BTreeMap;

use crate::table::{BadLine, Row, rows};

/// The files, relative to `data/`.
pub const FILES: &[&str] = &[
    "actors.tsv",
    "actors/forces.tsv",
    "actors/composed.tsv",
    "actors/petrarch.tsv",
    "actors/ucdp.tsv",
    "actors/un.tsv",
    "areas.tsv",
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
    "places.tsv",
    "relations-ucdp.tsv",
    "relations.tsv",
    "roles-petrarch.tsv",
    "roles.tsv",
    "sites.tsv",
    "statuses.tsv",
    "stoplist-places.txt",
];

/// The texts of [`FILES`].
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<&'static str, &'static str>);

impl Sources {
    /// Gathers the texts that `read` gives, and keeps them for as long as the program runs.
    pub fn gather<E>(mut read: impl FnMut(&'static str) -> Result<String, E>) -> Result<Self, E> {
        let text = |&name: &&'static str| Ok((name, &*read(name)?.leak()));
        Ok(Self(FILES.iter().map(text).collect::<Result<_, _>>()?))
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

    /// The rows of a table.
    pub(crate) fn rows(
        &self,
        file: &'static str,
    ) -> impl Iterator<Item = Result<Row<'static>, BadLine>> + use<> {
        rows(file, self.text(file))
    }
}
