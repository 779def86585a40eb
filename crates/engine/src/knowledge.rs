//! What is known before reading: places, actors, dictionaries. Loaded once, read-only, shared.
//!
//! The program embeds two packs that `cargo xtask pack` makes from the texts in `data/`: the names
//! of everything, with the tables behind them, and the places. To add a table: a struct with
//! `record!`, its loader, a field in `Tables`, one in [`Knowledge`], its file in
//! [`FILES`](crate::sources::FILES).

use std::sync::OnceLock;

use crate::actor::{Actors, Relations, Roles};
use crate::clause::Clauses;
use crate::deed::Deeds;
use crate::geography::Geography;
use crate::lexicon::{self, Builder, Matcher, Sense};
use crate::model::Model;
use crate::pack::cells::record;
use crate::pack::{self, Cell, Cells, NotAPack, Shape, Writer};
use crate::party::{GivenNames, Harms};
use crate::place::{self, Gazetteer};
use crate::relation::Ties;
use crate::sources::Sources;
use crate::syntax::{VerbSet, Verbs};
use crate::table::BadLine;

const MAGIC: [u8; 8] = *b"TCSNNAM1";

/// The packs that knowledge is read from.
#[derive(Clone, Copy, Debug)]
pub struct Packs<B> {
    /// The automaton over all phrases, and all tables but the places.
    pub names: B,
    /// The gazetteer.
    pub places: B,
}

/// The packs that are embedded in the program, as [`squeeze`](pack::squeeze) leaves them.
const EMBEDDED: Packs<&[u8]> = Packs {
    names: include_bytes!("../../../data/names.pack"),
    places: include_bytes!("../../../data/places.pack"),
};

/// What the sources are, where they come from and under which licence: `data/MANIFEST.toml`.
pub const MANIFEST: &str = include_str!("../../../data/MANIFEST.toml");

/// Names this build: the version, and a digest of the sources of reading, coding and the model, of
/// its weights and of what is known.
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
    /// Words that tell how two actors are related.
    pub ties: Ties,
    /// The words that say what is done to whom.
    pub harms: Harms,
    /// Names that parents give.
    pub given: GivenNames,
    /// Clauses that tell of violence.
    pub clauses: Clauses,
    /// The verbs of these clauses.
    pub clause_verbs: VerbSet,
    /// The verbs that can say a deed.
    pub deed_verbs: VerbSet,
    model: Option<Box<dyn Model>>,
    build: &'static str,
}

/// What the pack of names holds.
struct Tables {
    matcher: Matcher,
    deeds: Deeds,
    geography: Geography,
    actors: Actors,
    relations: Relations,
    roles: Roles,
    verbs: Verbs,
    ties: Ties,
    harms: Harms,
    given: GivenNames,
    clauses: Clauses,
}

record!(Tables {
    matcher,
    deeds,
    geography,
    actors,
    relations,
    roles,
    verbs,
    ties,
    harms,
    given,
    clauses
});

impl Knowledge {
    /// The knowledge that is embedded in the program.
    pub fn embedded() -> Self {
        static PACKS: OnceLock<Packs<Vec<u8>>> = OnceLock::new();
        let whole = |bytes| pack::unpack(bytes).expect("the embedded packs are whole");
        let packs = PACKS
            .get_or_init(|| Packs { names: whole(EMBEDDED.names), places: whole(EMBEDDED.places) });
        let packs = Packs { names: &packs.names[..], places: &packs.places[..] };
        Self::read(&packs).expect("the embedded packs are of this version: cargo xtask pack")
    }

    /// The knowledge of `packs`.
    pub fn read(packs: &Packs<&'static [u8]>) -> Result<Self, NotAPack> {
        let [text, cells] = pack::open(packs.names, MAGIC, Shape::of::<Tables>())?;
        let mut cells = Cells::new(cells, text).ok_or(NotAPack::Damaged)?;
        let Tables {
            matcher,
            deeds,
            geography,
            actors,
            relations,
            roles,
            verbs,
            ties,
            harms,
            given,
            clauses,
        } = Tables::get(&mut cells)
            .filter(|tables| cells.is_empty() && tables.is_whole())
            .ok_or(NotAPack::Damaged)?;
        let places = Gazetteer::from_bytes(packs.places)?;
        let clause_verbs = verbs.that(|base| clauses.tells(base));
        let deed_verbs = verbs.that(|base| deeds.tells(base));
        Ok(Self {
            matcher,
            deeds,
            geography,
            places,
            actors,
            relations,
            roles,
            verbs,
            ties,
            harms,
            given,
            clauses,
            clause_verbs,
            deed_verbs,
            model: None,
            build: BUILD,
        })
    }

    /// The same with the places of a pack that a user has made of a dump, see
    /// [`seal`](crate::place::seal).
    pub fn with_gazetteer(mut self, pack: &'static [u8]) -> Result<Self, NotAPack> {
        let (more, digest) = Gazetteer::added(pack, &self.geography)?;
        self.places.more = Some(Box::new(more));
        self.build = format!("{}.gazetteer-{digest:016x}", self.build).leak();
        Ok(self)
    }

    /// The same with a model that reads along.
    #[must_use]
    pub fn with_model(mut self, model: Box<dyn Model>) -> Self {
        self.build = format!("{}.model-{}", self.build, model.name()).leak();
        self.model = Some(model);
        self
    }

    /// The model that reads along.
    pub fn model(&self) -> Option<&dyn Model> {
        self.model.as_deref()
    }

    /// Names this build, see [`BUILD`], what a user has added to what it knows, and the model that
    /// reads along.
    pub fn build(&self) -> &'static str {
        self.build
    }
}

impl Tables {
    /// Whether every index is that of a row.
    fn is_whole(&self) -> bool {
        let Self { matcher, geography, actors, ties, .. } = self;
        geography.is_whole()
            && matcher.senses().iter().all(|&sense| match sense {
                Sense::Actor(i, _) | Sense::Weak(i) => (i as usize) < actors.len(),
                Sense::Country(i) | Sense::Demonym(i) => usize::from(i) < geography.countries.len(),
                Sense::Area(i) => (i as usize) < geography.areas.len(),
                Sense::Relation(i) => ties.get(i).is_some(),
                Sense::Site(i) => (i as usize) < geography.sites.len(),
                _ => true,
            })
    }
}

/// Makes the packs of `sources`; lines that cannot be used are collected and the rest is used.
pub fn pack(sources: &Sources) -> (Packs<Vec<u8>>, Vec<BadLine>) {
    let (mut builder, mut bad) = (Builder::default(), Vec::new());
    lexicon::add(sources, &mut builder, &mut bad);
    let mut minor = Vec::new();
    let geography = Geography::load(sources, &mut builder, &mut minor, &mut bad);
    let capitals = geography.countries.iter().map(|c| c.capital);
    let deeds = Deeds::load(sources, capitals, &mut bad);
    let actors = Actors::load(sources, &mut builder, &mut bad);
    let relations = Relations::load(sources, &actors, &mut bad);
    let roles = Roles::load(sources, &actors, &mut bad);
    let verbs = Verbs::load(sources, &mut bad);
    let ties = Ties::load(sources, &mut builder, &mut bad);
    let harms = Harms::load(sources, &mut bad);
    let given = GivenNames::load(sources);
    let clauses = Clauses::load(sources, &mut bad);
    let places = place::build(sources, &geography, &minor, &mut bad);
    let matcher = builder.build();
    let mut out = Writer::default();
    Tables {
        matcher,
        deeds,
        geography,
        actors,
        relations,
        roles,
        verbs,
        ties,
        harms,
        given,
        clauses,
    }
    .put(&mut out);
    let names = pack::seal(MAGIC, Shape::of::<Tables>(), [out.text.as_bytes(), &out.cells]);
    (Packs { names, places }, bad)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;
    use crate::text::Text;

    /// Packs of a few invented lines.
    fn small() -> Packs<Vec<u8>> {
        let texts = [
            ("lexicon/acts.tsv", "forms\tpart\tmode\tweight\nambush|ambushed\tverb\t-\t3\n"),
            ("lexicon/weapons.tsv", "forms\tsort\tmode\ncar bomb|car\texplosive\tbombing\n"),
            (
                "countries.tsv",
                "code\tname\taliases\tdemonyms\tcapital\tlat\tlon\nAA\tAldria\t\tAldrian\tWick\t1\t2\n",
            ),
            ("areas/AA.tsv", "code\tname\taliases\tlat\tlon\tlevel\n01\tNorth Wick\tN.W.\t\t\t1\n"),
        ];
        let sources = Sources::gather(|name| {
            let text = texts.iter().find(|(file, _)| *file == name).map(|(_, text)| *text);
            Ok::<_, ()>(text.unwrap_or_default().to_owned())
        });
        let (packs, bad) = pack(&sources.unwrap());
        assert_eq!(bad, []);
        packs
    }

    /// What is found in a text that has every phrase of the packs.
    fn found(names: Vec<u8>, places: Vec<u8>) -> Result<usize, NotAPack> {
        let known = Knowledge::read(&Packs { names: names.leak(), places: places.leak() })?;
        let text = Text::of("A car bomb and a car in North Wick, Aldria: Aldrian ambush, NW.");
        Ok(known.matcher.find(&text).len())
    }

    #[test]
    fn the_embedded_knowledge_is_whole() {
        let known = Knowledge::embedded();
        assert!(known.places.len() > 50_000, "run `cargo xtask pack`");
        assert!(known.actors.len() > 5_000);
        assert!(known.relations.len() > 1_500);
        assert!(known.roles.len() > 20_000);
    }

    #[test]
    fn what_is_packed_is_found() {
        let Packs { names, places } = small();
        assert_eq!(found(names, places), Ok(7));
    }

    proptest! {
        #[test]
        fn a_changed_byte_or_a_cut_end_is_damage(at: Index, bits in 1..=u8::MAX, cut: Index) {
            let Packs { names, places } = small();
            let mut changed = names.clone();
            changed[at.index(names.len())] ^= bits;
            prop_assert!(found(changed, places.clone()).is_err());
            prop_assert!(found(names[..cut.index(names.len())].to_vec(), places).is_err());
        }

        #[test]
        fn a_false_pack_whose_digest_fits_is_read_without_panic(
            at: [Index; 3],
            bytes: [u8; 3],
            cut: Option<Index>,
        ) {
            let Packs { mut names, places } = small();
            for (at, byte) in at.into_iter().zip(bytes) {
                // Behind magic, shape and digest.
                let at = 24 + at.index(names.len() - 24);
                names[at] = byte;
            }
            names.truncate(cut.map_or(names.len(), |cut| 24 + cut.index(names.len() - 24)));
            pack::reseal(&mut names);
            let _ = found(names, places);
        }
    }
}
