//! What a trained model sees in a text, as plain values: who or what fills a role, how relevant a
//! sentence is.
//!
//! The coder knows no network and no weights: whoever calls it may hand it a [`Model`], and
//! the module `joined` says what becomes of what that sees. Names go by spans of the text,
//! as everywhere.

use std::fmt;

use reading::Span;

use crate::ontology::{Attribution, Effect};

/// A reader that was trained. It keeps nothing: the same text gives the same sight.
pub trait Model: fmt::Debug + Send + Sync {
    /// Names the weights.
    fn name(&self) -> &str;
    /// Of what news it was trained.
    fn scope(&self) -> Scope;
    /// What it sees in these stretches of a text, which stand apart and in order.
    fn see(&self, text: &str, stretches: &[Span]) -> Sight;
    /// A text without case as print would have it, with great letters where they belong; every byte
    /// stands where it stood.
    fn in_print(&self, text: &str) -> String;
}

/// The news that a model knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The last year of it, if it is not of today.
    pub until: Option<i16>,
    /// ISO 3166-1 alpha-2 of the countries that it tells of; none if it is of all the world.
    pub countries: Vec<String>,
}

/// What was seen in the stretches of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sight {
    /// Who or what may fill a role, the likeliest first.
    pub fillers: Vec<Filler>,
    /// Sentences with the probability that they tell of an event, in the order of the text.
    pub sentences: Vec<(Span, f32)>,
    /// Probability that the stretches tell of an event.
    pub relevance: f32,
}

/// A name with all its mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Filler {
    /// What it fills.
    pub slot: Slot,
    /// Log odds that it fills it, above what is asked of the slot; below 0 it is no more than likely.
    pub margin: f32,
    /// For each of [`KINDS`] the probability that it belongs to such an event.
    pub kinds: [f32; KINDS.len()],
    /// What else is said of it, each with its probability, as far as it is asked of the slot.
    pub traits: Vec<(Trait, f32)>,
    /// Where it stands with the probability of each, those of the best name first.
    pub mentions: Vec<(Span, f32)>,
}

/// What can be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Individuals who did it.
    Doer,
    /// The organisation that did it.
    Organisation,
    /// A thing to which it was done.
    Thing,
    /// A person by name to whom it was done.
    Victim,
    /// What it was done with.
    Weapon,
    /// People by description to whom it was done.
    Described,
    /// Where it was done.
    Place,
}

/// What may be said of a filler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// On what its naming rests.
    Attribution(Attribution),
    /// What was done to it.
    Effect(Effect),
}

/// The kinds of events that the model tells apart, in the words of MUC-4.
pub const KINDS: [&str; 6] =
    ["arson", "attack", "bombing", "kidnapping", "robbery", "forced work stoppage"];

impl Filler {
    /// The likeliest answer to one question, with its probability.
    pub fn likeliest<T>(&self, question: impl Fn(Trait) -> Option<T>) -> Option<(T, f32)> {
        let answers = self.traits.iter().filter_map(|&(t, p)| Some((question(t)?, p)));
        answers.reduce(|best, next| if next.1 > best.1 { next } else { best })
    }
}
