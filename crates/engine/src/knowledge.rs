//! What is known before reading: places, actors, dictionaries. Loaded once, read-only, shared.

use crate::actor::{self, Actors, Relations, Roles};
use crate::deed::{self, Deeds};
use crate::geography::{self, Geography};
use crate::lexicon::{self, Matcher};
use crate::place::{Gazetteer, NotAPack};
use crate::syntax::Verbs;
use crate::table::BadLine;

/// The texts and packs that knowledge is made from.
#[derive(Clone, Copy, Debug)]
pub struct Sources {
    /// The dictionaries.
    pub lexicon: lexicon::Sources<'static>,
    /// Deeds and their topics.
    pub deeds: deed::Sources<'static>,
    /// Countries, areas, sites.
    pub geography: geography::Sources<'static>,
    /// Organisations, what they are to one another, and who speaks for them.
    pub actors: actor::Sources,
    /// The pack that `cargo xtask pack` makes of the place tables.
    pub places: &'static [u8],
}

/// The sources that are embedded in the program.
pub const EMBEDDED: Sources = Sources {
    lexicon: lexicon::Sources {
        acts: include_str!("../../../data/lexicon/acts.tsv"),
        weapons: include_str!("../../../data/lexicon/weapons.tsv"),
        people: include_str!("../../../data/lexicon/people.tsv"),
        things: include_str!("../../../data/lexicon/things.tsv"),
        casualties: include_str!("../../../data/lexicon/casualties.tsv"),
        cues: include_str!("../../../data/lexicon/cues.tsv"),
        domains: include_str!("../../../data/lexicon/domains.tsv"),
        forces: include_str!("../../../data/lexicon/forces.tsv"),
        verbs: include_str!("../../../data/lexicon/verbs.tsv"),
    },
    deeds: deed::Sources {
        deeds: include_str!("../../../data/lexicon/deeds.tsv"),
        topics: include_str!("../../../data/lexicon/topics.tsv"),
    },
    geography: geography::Sources {
        countries: include_str!("../../../data/countries.tsv"),
        areas: include_str!("../../../data/areas.tsv"),
        sites: include_str!("../../../data/sites.tsv"),
    },
    actors: actor::Sources {
        actors: &[
            ("actors.tsv", include_str!("../../../data/actors.tsv")),
            ("actors/composed.tsv", include_str!("../../../data/actors/composed.tsv")),
            ("actors/ucdp.tsv", include_str!("../../../data/actors/ucdp.tsv")),
            ("actors/un.tsv", include_str!("../../../data/actors/un.tsv")),
            ("actors/petrarch.tsv", include_str!("../../../data/actors/petrarch.tsv")),
        ],
        statuses: include_str!("../../../data/statuses.tsv"),
        relations: &[
            ("relations.tsv", include_str!("../../../data/relations.tsv")),
            ("relations-ucdp.tsv", include_str!("../../../data/relations-ucdp.tsv")),
        ],
        roles: &[
            ("roles.tsv", include_str!("../../../data/roles.tsv")),
            ("roles-petrarch.tsv", include_str!("../../../data/roles-petrarch.tsv")),
        ],
        offices: include_str!("../../../data/offices.tsv"),
    },
    places: include_bytes!("../../../data/places.pack"),
};

/// What the sources are, where they come from and under which licence: `data/MANIFEST.toml`.
pub const MANIFEST: &str = include_str!("../../../data/MANIFEST.toml");

/// Names this build: the version, and a digest of the sources of reading and coding and of what is
/// known.
pub const BUILD: &str = env!("TOCSIN_BUILD");

/// All that coding needs to know.
#[derive(Debug)]
pub struct Knowledge {
    /// The automaton over every dictionary and name table.
    pub matcher: Matcher,
    /// Verbs of deeds, what they are about, and the capitals.
    pub deeds: Deeds,
    /// Countries, areas, sites.
    pub geography: Geography,
    /// Cities, towns, villages.
    pub places: Gazetteer,
    /// Organisations and named forces.
    pub actors: Actors,
    /// What they are to one another and to countries.
    pub relations: Relations,
    /// Who holds which public office.
    pub roles: Roles,
    /// The verbs, with all their forms.
    pub verbs: Verbs,
}

impl Knowledge {
    /// The knowledge that is embedded in the program. A test holds that it has no bad line.
    pub fn embedded() -> Self {
        Self::load(&EMBEDDED).expect("the embedded pack is of this version").0
    }

    /// The knowledge of `sources` and the lines that could not be used.
    pub fn load(sources: &Sources) -> Result<(Self, Vec<BadLine>), NotAPack> {
        let (mut builder, mut bad) = (lexicon::Builder::default(), Vec::new());
        lexicon::add(&sources.lexicon, &mut builder, &mut bad);
        let geography = Geography::load(&sources.geography, &mut builder, &mut bad);
        let capitals = geography.countries.iter().map(|c| c.capital.as_str());
        let deeds = Deeds::load(&sources.deeds, capitals, &mut bad);
        let actors = Actors::load(&sources.actors, &mut builder, &mut bad);
        let relations = Relations::load(sources.actors.relations, &actors, &mut bad);
        let roles = Roles::load(sources.actors.roles, sources.actors.offices, &actors, &mut bad);
        let places = Gazetteer::from_bytes(sources.places)?;
        let verbs = Verbs::load(sources.lexicon.verbs, &mut bad);
        let matcher = builder.build();
        Ok((Self { matcher, deeds, geography, places, actors, relations, roles, verbs }, bad))
    }

    /// Names this build, see [`BUILD`].
    pub fn build(&self) -> &'static str {
        BUILD
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_knowledge_has_no_bad_line() {
        let (known, bad) = Knowledge::load(&EMBEDDED).unwrap();
        assert_eq!(bad.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
        assert!(known.places.len() > 50_000, "run `cargo xtask pack`");
        assert!(known.actors.len() > 5_000);
        assert!(known.relations.len() > 1_500);
        assert!(known.roles.len() > 20_000);
    }
}
