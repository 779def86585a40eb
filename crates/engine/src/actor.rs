//! Organisations and named state forces, under all their names.

use crate::lexicon::{Builder, Sense};
use crate::ontology::Sort;
use crate::table::{BadLine, rows};

/// An organisation, a named state force, a party or an international body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// A slug: `isis-khorasan`.
    pub id: String,
    /// As the press writes it.
    pub name: String,
    /// What it is.
    pub sort: Sort,
    /// ISO 3166-1 alpha-2 of where it mainly acts or belongs.
    pub countries: Vec<String>,
    /// The organisation that it is an offshoot of.
    pub parent: Option<String>,
    /// The first year of its being.
    pub from: Option<i16>,
    /// The last year of its being.
    pub to: Option<i16>,
}

/// Reads the actor table and adds all names to `builder`; bad lines are collected.
pub fn load(text: &str, builder: &mut Builder, bad: &mut Vec<BadLine>) -> Vec<Actor> {
    let mut actors = Vec::new();
    for row in rows("actors.tsv", text) {
        let actor = row.and_then(|row| {
            let year = |i| row.cell(i).parse().ok();
            let actor = Actor {
                id: row.cell(0).to_owned(),
                name: row.cell(1).to_owned(),
                sort: row.term(2, "sort", sort)?,
                countries: row.list(4).map(str::to_owned).collect(),
                parent: Some(row.cell(8).to_owned()).filter(|p| !p.is_empty()),
                from: year(6),
                to: year(7),
            };
            Ok((row, actor))
        });
        match actor {
            Err(line) => bad.push(line),
            Ok((row, actor)) => {
                let sense = Sense::Actor(actors.len() as u32, actor.sort);
                builder.add(&actor.name, sense);
                row.list(5).for_each(|name| builder.add(name, sense));
                actors.push(actor);
            }
        }
    }
    actors
}

fn sort(word: &str) -> Option<Sort> {
    match word {
        "party" => Some(Sort::Political),
        "organisation" | "state_force" | "government" | "international" => Sort::parse(word),
        _ => None,
    }
}
