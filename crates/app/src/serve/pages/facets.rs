//! Facets: how the events of a selection divide, each part a link that narrows the selection to it.

use engine::Knowledge;

use super::frame::capital;
use crate::serve::draw::{bar, grouped};
use crate::serve::links;
use crate::serve::parameters::Parameters;
use crate::serve::words::Words;
use crate::store::parts::{CERTAINTIES, Parts};

/// How many parts a facet shows.
const MOST: usize = 8;

/// One way to divide a selection.
pub(super) struct Facet {
    pub(super) name: &'static str,
    pub(super) parts: Vec<Part>,
    /// How many parts are not shown.
    pub(super) more: usize,
}

/// A part, and the address of the selection narrowed to it.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) n: String,
    pub(super) bar: String,
}

/// The facets of the selection that `parameters` ask for; none for what is chosen already.
pub(super) fn facets(
    parts: &Parts,
    parameters: &Parameters,
    known: &Knowledge,
    w: &'static Words,
) -> Vec<Facet> {
    let term = |term: &str| capital(&term.to_lowercase().replace('_', " "));
    let country = |code: &str| known.geography.name(code).to_owned();
    let actor = |id: &str| known.actors.find(id).map_or(id, |actor| actor.name).to_owned();
    let certain: Vec<(String, u64)> =
        CERTAINTIES.iter().map(ToString::to_string).zip(parts.certain).collect();
    let percent = |n: &str| format!("{} {n} %", w.at_least);
    let facet = |name, parameter, counted: &[(String, u64)], shown: &dyn Fn(&str) -> String| {
        facet(name, parameter, counted, parameters, shown)
    };
    let all = [
        facet(w.country, "country", &parts.countries, &country),
        facet(w.mode, "mode", &parts.modes, &term),
        facet(w.kind, "kind", &parts.kinds, &term),
        facet(w.actor, "actor", &parts.actors, &actor),
        facet(w.outlet, "outlet", &parts.outlets, &|name| name.to_owned()),
        facet(w.certainty, "confidence_at_least", &certain, &percent),
    ];
    all.into_iter().flatten().collect()
}

fn facet(
    name: &'static str,
    parameter: &str,
    counted: &[(String, u64)],
    parameters: &Parameters,
    shown: &dyn Fn(&str) -> String,
) -> Option<Facet> {
    let counted: Vec<&(String, u64)> = counted.iter().filter(|(_, n)| *n > 0).collect();
    let most = counted.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1) as f64;
    let base = parameters.without(&["after", parameter]);
    if parameters.get(parameter).is_some() || counted.len() < 2 {
        return None;
    }
    let part = |&(value, n): &&(String, u64)| {
        let own = (parameter, value.as_str());
        let pairs: Vec<(&str, &str)> = base.iter().copied().chain([own]).collect();
        Part {
            name: shown(value),
            href: links::list("/events", &pairs),
            n: grouped(*n),
            bar: bar(*n as f64 / most),
        }
    };
    Some(Facet {
        name,
        parts: counted.iter().take(MOST).map(part).collect(),
        more: counted.len().saturating_sub(MOST),
    })
}
