//! A section on whether pairs are as often one event as they are said to be.

use engine::eval::calibration::{brier, error, items, measures};
use engine::link::learn::Foretold;
use serde_json::Value;

use super::{Case, Figure, Section};

/// The pairs of a lesson of the things `of`, as pairs of all things.
pub(super) fn in_all(pairs: Vec<Foretold>, of: &[usize]) -> impl Iterator<Item = Foretold> {
    let placed = |pair: Foretold| Foretold { pair: (of[pair.pair.0], of[pair.pair.1]), ..pair };
    pairs.into_iter().map(placed)
}

/// One item for each of `names`; a pair names two of them.
pub(super) fn section(name: String, names: &[String], pairs: &[Foretold]) -> Section {
    let case = |item| Case { item, text: Value::Null, gold: Value::Null, given: Value::Null };
    let figure = |name, value| Figure { name, value, unit: "" };
    Section {
        name,
        measures: measures(),
        cases: items(names, pairs).into_iter().map(case).collect(),
        figures: vec![
            figure("pairs that meet", Some(pairs.len() as f64)),
            figure("Brier score", brier(pairs)),
            figure("expected calibration error", error(pairs)),
        ],
    }
}
