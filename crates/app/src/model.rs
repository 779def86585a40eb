//! The embedded model, as the coder knows models: `neural`'s numbers → the coder's spans and slots.

use std::fmt;
use std::sync::OnceLock;

use engine::Knowledge;
use engine::model::{Filler, KINDS, Model, Scope, Sight, Slot, Trait};
use engine::ontology::{Attribution, Effect};
use reading::Span;

/// The weights that `training/` makes.
const WEIGHTS: &[u8] = include_bytes!("../../neural/weights/tocsin.weights.gz");

/// Which weights these are; a test holds that they say the same.
pub(crate) const GENERATION: &str = "2026-11-27-l";

/// How far below what is asked a filler is still worth to be known, in log odds.
const SLACK: f32 = 2.5;

/// The names of the slots in the weights.
const SLOTS: [(&str, Slot); 7] = [
    ("PerpInd", Slot::Doer),
    ("PerpOrg", Slot::Organisation),
    ("Target", Slot::Thing),
    ("Victim", Slot::Victim),
    ("Weapon", Slot::Weapon),
    ("VictimDesc", Slot::Described),
    ("Place", Slot::Place),
];

/// What the weights say of a filler: the slot of MUC-4, its value there, and ours.
const TRAITS: [(&str, &str, Trait); 11] = [
    (CONFIDENCE, "reported as fact", Trait::Attribution(Attribution::Fact)),
    (CONFIDENCE, "claimed or admitted", Trait::Attribution(Attribution::Claimed)),
    (
        CONFIDENCE,
        "suspected or accused by authorities",
        Trait::Attribution(Attribution::AccusedByAuthorities),
    ),
    (CONFIDENCE, "suspected or accused", Trait::Attribution(Attribution::Suspected)),
    (CONFIDENCE, "possible", Trait::Attribution(Attribution::Possible)),
    ("HUM TGT: EFFECT OF INCIDENT", "death", Trait::Effect(Effect::Killed)),
    ("HUM TGT: EFFECT OF INCIDENT", "injury", Trait::Effect(Effect::Injured)),
    ("HUM TGT: EFFECT OF INCIDENT", "no injury or death", Trait::Effect(Effect::None)),
    ("PHYS TGT: EFFECT OF INCIDENT", "some damage", Trait::Effect(Effect::Damaged)),
    ("PHYS TGT: EFFECT OF INCIDENT", "destroyed", Trait::Effect(Effect::Destroyed)),
    ("PHYS TGT: EFFECT OF INCIDENT", "no damage", Trait::Effect(Effect::None)),
];

/// The slot of MUC-4 that says on what the naming of an organisation rests.
const CONFIDENCE: &str = "PERP: ORGANIZATION CONFIDENCE";

/// What is known, with the model beside it unless it is not wanted.
pub(crate) fn beside(known: Knowledge, no_model: bool) -> Knowledge {
    if no_model { known } else { known.with_model(Box::new(Embedded)) }
}

/// The embedded model, read when it is first asked: most news never asks it, and it takes 50 MB.
struct Embedded;

/// The one model in memory, whoever asks.
fn unpacked() -> &'static Unpacked {
    static UNPACKED: OnceLock<Unpacked> = OnceLock::new();
    UNPACKED.get_or_init(Unpacked::read)
}

/// The encoder, for what is learned on its vectors.
pub(crate) fn encoder() -> &'static neural::Model {
    &unpacked().model
}

/// The model in memory.
struct Unpacked {
    model: neural::Model,
    /// For each role of the weights its slot.
    slots: Vec<Option<Slot>>,
    /// For each kind of the weights its place in [`KINDS`].
    kinds: Vec<Option<usize>>,
    /// For each trait of the weights what it says.
    traits: Vec<Option<(&'static str, Trait)>>,
}

impl Unpacked {
    /// Reads the embedded weights.
    fn read() -> Self {
        let weights = engine::pack::unpack(WEIGHTS).expect("the embedded weights are whole");
        let model = neural::Model::read(&weights).expect("the embedded weights are whole");
        let slot =
            |role: &String| SLOTS.iter().find(|(name, _)| name == role).map(|(_, slot)| *slot);
        let slots = model.roles().iter().map(slot).collect();
        let kinds = model.kinds().iter().map(|kind| KINDS.iter().position(|k| k == kind)).collect();
        let known = |(slot, value): &(String, String)| {
            let mut all = TRAITS.iter().filter(|(s, v, _)| s == slot && v == value);
            all.next().map(|&(slot, _, said)| (slot, said))
        };
        let traits = model.traits().iter().map(known).collect();
        Self { model, slots, kinds, traits }
    }

    /// What is said of a filler of a slot, as far as it is asked of it.
    fn traits(&self, slot: Slot, given: &[f32]) -> Vec<(Trait, f32)> {
        let asked = |question: &str| match slot {
            Slot::Organisation => question == CONFIDENCE,
            Slot::Thing => question.starts_with("PHYS"),
            Slot::Victim | Slot::Described => question.starts_with("HUM"),
            _ => false,
        };
        let said = self.traits.iter().zip(given).filter_map(|(known, p)| {
            let (question, said) = (*known)?;
            asked(question).then_some((said, *p))
        });
        said.collect()
    }

    fn kinds(&self, given: &[f32]) -> [f32; KINDS.len()] {
        let mut kinds = [0.0; KINDS.len()];
        for (place, p) in self.kinds.iter().zip(given) {
            if let Some(kind) = place.and_then(|i| kinds.get_mut(i)) {
                *kind = p.max(*kind);
            }
        }
        kinds
    }
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Embedded({GENERATION})")
    }
}

impl Model for Embedded {
    fn name(&self) -> &'static str {
        GENERATION
    }

    fn scope(&self) -> Scope {
        let scope = unpacked().model.scope();
        Scope { until: scope.until, countries: scope.countries.clone() }
    }

    fn see(&self, text: &str, stretches: &[Span]) -> Sight {
        unpacked().see(text, stretches)
    }

    fn in_print(&self, text: &str) -> String {
        unpacked().model.in_print(text)
    }
}

impl Unpacked {
    fn see(&self, text: &str, stretches: &[Span]) -> Sight {
        let stretches: Vec<_> = stretches.iter().map(|s| s.start()..s.end()).collect();
        let tagged = self.model.tag_within(text, &stretches);
        let span = |start: u32, end: u32| Span::within(text, start as usize, end as usize);
        let filler = |entity: neural::Entity| {
            let mentions = entity.mentions.iter();
            let slot = self.slots.get(entity.role).copied().flatten()?;
            Some(Filler {
                slot,
                margin: entity.margin,
                kinds: self.kinds(&entity.kinds),
                traits: self.traits(slot, &entity.traits),
                mentions: mentions.filter_map(|m| Some((span(m.start, m.end)?, m.score))).collect(),
            })
        };
        let found = self.model.entities(text, &tagged, SLACK);
        let mut sight = Sight {
            fillers: found.list.into_iter().filter_map(filler).collect(),
            sentences: Vec::with_capacity(tagged.sentences.len()),
            ..Sight::default()
        };
        for sentence in &tagged.sentences {
            let place = span(sentence.start, sentence.end);
            sight.sentences.extend(place.map(|place| (place, sentence.relevance)));
        }
        for window in &tagged.windows {
            sight.relevance = sight.relevance.max(window.relevance);
        }
        sight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_those_that_are_named() {
        assert_eq!(Unpacked::read().model.generation(), GENERATION);
    }
}
