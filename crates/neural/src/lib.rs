//! Strings to scores: a small encoder and the heads that were trained for this task.
//!
//! A text goes in; candidate spans of roles with probabilities, kinds, and the relevance of its
//! sentences come out ([`Model::tag`]), from these entities with one score each
//! ([`Model::entities`]), and from these incidents ([`Model::incidents`]). Sentences
//! also become vectors ([`Model::embed`]), from which [`Fitting`] learns a property by examples, and text without
//! capitals is written as print would ([`Model::in_print`]). The weights are bytes
//! that the caller holds. Knows nothing of the record, the lexicons or the other crates; reads no
//! file and keeps no state between calls.
#![forbid(unsafe_code)]

mod attention;
mod capitals;
mod decode;
mod embed;
mod encoder;
mod entities;
mod fit;
mod incidents;
mod linear;
mod model;
mod weights;
mod window;
mod wordpiece;

pub use decode::{Tagged, TaggedSentence, TaggedSpan, TaggedWindow};
pub use entities::{Entities, Entity, normal_form};
pub use fit::{Centre, Fitting, Line, Solution};
pub use incidents::Incident;
pub use model::Model;
pub use weights::{Scope, WeightsError};
pub use wordpiece::Piece;
