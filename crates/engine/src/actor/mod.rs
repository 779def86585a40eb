//! Organisations and named state forces, under all their names, and what they were when.
//!
//! The tables are `data/actors.tsv` (by hand, and the first to be asked) and `data/actors/`; what an
//! actor is at a time is in `data/statuses.tsv`. There are no entries for persons, peoples or
//! faiths; holders of public offices are roles (see [`Roles`]) and have no ids.

mod meant;
mod relation;
mod role;
mod validity;

pub(crate) use meant::decide;
pub use relation::{Relation, RelationKind, Relations};
pub use role::{Holder, Office, Role, Roles};
pub use validity::Validity;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::lexicon::{Builder, Sense};
use crate::ontology::Sort;
use crate::pack::cells::record;
use crate::pack::words::Words;
use crate::sources::Sources;
use crate::table::{BadLine, Fault};

/// The tables, in `data/`; of two actors with one name the first is the likelier.
const TABLES: [&str; 6] = [
    "actors.tsv",
    "actors/forces.tsv",
    "actors/composed.tsv",
    "actors/ucdp.tsv",
    "actors/un.tsv",
    "actors/petrarch.tsv",
];

/// An organisation, a named state force, a party or an international body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// A slug: `isis-khorasan`.
    pub id: &'static str,
    /// As the press writes it.
    pub name: &'static str,
    /// What it is, where no time is told of.
    pub sort: Sort,
    /// What it was at times when it was something else.
    pub statuses: Vec<(Validity, Sort)>,
    /// ISO 3166-1 alpha-2 of where it mainly acts or belongs.
    pub countries: Vec<&'static str>,
    /// The organisation that it is an offshoot of.
    pub parent: Option<&'static str>,
    /// When it was.
    pub when: Validity,
    /// Where the row is from: "own", or the entries of lists.
    pub source: &'static str,
    /// Whether a person has gone over the row: its names, days and relations.
    pub reviewed: bool,
}

record!(Actor { id, name, sort, statuses, countries, parent, when, source, reviewed });

impl Actor {
    /// What it was on `day`: the Taliban were an organisation and became a government.
    pub fn sort_at(&self, day: Date) -> Sort {
        let then = self.statuses.iter().find(|(when, _)| when.holds(day));
        then.map_or(self.sort, |&(_, sort)| sort)
    }
}

/// All actors.
#[derive(Debug, Default)]
pub struct Actors {
    all: Vec<Actor>,
    index: Words,
}

record!(Actors { all, index });

impl Actors {
    /// Reads the tables and adds all names to `builder`; bad lines are collected.
    pub(crate) fn load(sources: &Sources, builder: &mut Builder, bad: &mut Vec<BadLine>) -> Self {
        let mut actors = Self::default();
        let mut ids = BTreeMap::new();
        for file in TABLES {
            for row in sources.rows(file) {
                let actor = row.and_then(|row| {
                    let when = Validity::of(row.cell(6), row.cell(7)).ok_or_else(|| {
                        let found = format!("{} – {}", row.cell(6), row.cell(7));
                        row.bad(Fault::Term { column: "day", found })
                    })?;
                    let free = |id: &str| (!ids.contains_key(id)).then(|| row.cell(0));
                    let actor = Actor {
                        id: row.term(0, "id of its own", free)?,
                        name: row.cell(1).trim_start_matches([WEAK, LABEL]),
                        sort: row.term(2, "sort", sort)?,
                        statuses: Vec::new(),
                        countries: row.list(4).collect(),
                        parent: Some(row.cell(8)).filter(|p| !p.is_empty()),
                        when,
                        source: row.cell(9),
                        reviewed: !row.cell(10).is_empty(),
                    };
                    Ok((row, actor))
                });
                match actor {
                    Err(line) => bad.push(line),
                    Ok((row, actor)) => {
                        let id = actors.all.len() as u32;
                        for name in std::iter::once(row.cell(1)).chain(row.list(5)) {
                            if let Some(name) = name.strip_prefix(WEAK) {
                                builder.add(name, Sense::Weak(id));
                            } else if !name.starts_with(LABEL) {
                                builder.add(name, Sense::Actor(id, actor.sort));
                            }
                        }
                        ids.insert(actor.id, id);
                        actors.all.push(actor);
                    }
                }
            }
        }
        actors.index = Words::of(&ids);
        actors.add_statuses(sources, bad);
        actors
    }

    fn add_statuses(&mut self, sources: &Sources, bad: &mut Vec<BadLine>) {
        for row in sources.rows("statuses.tsv") {
            let status = row.and_then(|row| {
                let actor = row.term(0, "actor", |id| self.number(id))?;
                let when = Validity::of(row.cell(1), row.cell(2)).ok_or_else(|| {
                    row.bad(Fault::Term { column: "day", found: row.cell(1).to_owned() })
                })?;
                Ok((actor, when, row.term(3, "sort", sort)?))
            });
            match status {
                Ok((actor, when, sort)) => self.all[actor].statuses.push((when, sort)),
                Err(line) => bad.push(line),
            }
        }
    }

    /// The actor that a [`Sense::Actor`] or [`Sense::Weak`] means.
    pub fn get(&self, id: u32) -> Option<&Actor> {
        self.all.get(id as usize)
    }

    /// The actor whose id is `id`.
    pub fn find(&self, id: &str) -> Option<&Actor> {
        self.all.get(self.number(id)?)
    }

    fn number(&self, id: &str) -> Option<usize> {
        Some(self.index.find(id)?.number as usize)
    }

    /// All of them, in the order of the tables.
    pub fn iter(&self) -> impl Iterator<Item = &Actor> {
        self.all.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// Marks a spelling that others have too: it needs a text that speaks of the actor's country.
const WEAK: char = '~';

/// Marks a name that only labels the row and is no spelling: it is a plain word, or a place.
const LABEL: char = '!';

/// The sort that a word of the column means.
fn sort(word: &str) -> Option<Sort> {
    match word {
        "party" => Some(Sort::Political),
        "ngo" => Some(Sort::Other),
        "organisation" | "state_force" | "government" | "international" | "business" | "media" => {
            Sort::parse(word)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;
    use jiff::civil::date;

    #[test]
    fn an_organisation_that_governs_is_a_government_while_it_does() {
        let known = Knowledge::embedded();
        let taliban = known.actors.find("taliban").unwrap();
        assert_eq!(taliban.sort_at(date(2021, 8, 14)), Sort::Organisation);
        assert_eq!(taliban.sort_at(date(2021, 8, 15)), Sort::Government);
        assert_eq!(taliban.sort_at(date(1998, 1, 1)), Sort::Government);
    }

    #[test]
    fn there_are_organisations_enough_and_groups_gone_over() {
        let known = Knowledge::embedded();
        assert!(known.actors.len() >= 5_000);
        let dated = |id: &str| known.relations.of(id).iter().any(|r| r.when != Validity::default());
        let gone_over = |a: &&Actor| a.sort == Sort::Organisation && a.reviewed && dated(a.id);
        assert!(known.actors.iter().filter(gone_over).count() >= 400);
    }

    #[test]
    fn relations_have_their_days() {
        let known = Knowledge::embedded();
        let held = |day| {
            let found = known.relations.on("islamic-state", day);
            found.filter(|r| r.kind == RelationKind::Controls).any(|r| r.object == "Mosul")
        };
        assert!(held(date(2016, 1, 1)) && !held(date(2018, 1, 1)));
    }
}
