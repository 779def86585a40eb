//! A map of a selection: drawn here, and where the same is for the script that makes it move.

use engine::Knowledge;

use crate::serve::draw::world::{self, Circle};
use crate::serve::links;
use crate::serve::refusal::Refusal;
use crate::serve::words::Words;
use crate::store::Ledger;
use crate::store::search::Filter;

/// How many circles the drawing has.
const MOST_CIRCLES: usize = 400;

/// A map.
pub(super) struct Mapped {
    /// The drawing.
    pub(super) svg: String,
    /// Where all its spots are.
    pub(super) spots: String,
    /// The list of its events.
    pub(super) list: String,
}

impl Mapped {
    /// The map of what these parameters ask for, not drawn.
    pub(super) fn empty(asked: &[(&str, &str)]) -> Self {
        Self {
            svg: String::new(),
            spots: links::list("/api/v1/spots", asked),
            list: links::list("/events", asked),
        }
    }

    /// The map of the events that pass `filter`, which these parameters ask for.
    pub(super) fn of(
        ledger: &Ledger,
        filter: &Filter,
        known: &Knowledge,
        w: &Words,
        asked: &[(&str, &str)],
    ) -> Result<Self, Refusal> {
        let circles: Vec<Circle> = ledger
            .spots(filter, MOST_CIRCLES)?
            .iter()
            .map(|spot| Circle::of(spot, known, links::spot(spot)))
            .collect();
        Ok(Self { svg: world::draw(&circles, known, w.map), ..Self::empty(asked) })
    }
}
