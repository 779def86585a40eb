//! Facets: how the events of a selection divide, each part a link that narrows the selection to it.

use engine::Knowledge;

use super::frame::capital;
use crate::serve::draw::{bar, grouped};
use crate::serve::links;
use crate::serve::parameters::Parameters;
use crate::serve::words::Words;
use crate::store::tally::{By, Sums, Tally};

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
    sums: &Sums,
    parameters: &Parameters,
    known: &Knowledge,
    w: &'static Words,
) -> Vec<Facet> {
    let term = |term: &str| capital(&term.to_lowercase().replace('_', " "));
    let country = |code: &str| known.geography.name(code).to_owned();
    let all = [
        facet(w.country, "country", &sums.by(By::Country), parameters, country),
        facet(w.mode, "mode", &sums.by(By::Mode), parameters, term),
        facet(w.kind, "kind", &sums.by(By::Kind), parameters, term),
    ];
    all.into_iter().flatten().collect()
}

fn facet(
    name: &'static str,
    parameter: &str,
    tallies: &[Tally],
    parameters: &Parameters,
    shown: impl Fn(&str) -> String,
) -> Option<Facet> {
    let named: Vec<(&str, u64)> =
        tallies.iter().filter_map(|tally| Some((tally.name.as_deref()?, tally.events))).collect();
    if parameters.get(parameter).is_some() || named.len() < 2 {
        return None;
    }
    let most = named.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1) as f64;
    let base = parameters.without(&["after", parameter]);
    let part = |(value, n): &(&str, u64)| {
        let pairs: Vec<(&str, &str)> = base.iter().copied().chain([(parameter, *value)]).collect();
        Part {
            name: shown(value),
            href: links::list("/events", &pairs),
            n: grouped(*n),
            bar: bar(*n as f64 / most),
        }
    };
    Some(Facet {
        name,
        parts: named.iter().take(MOST).map(part).collect(),
        more: named.len().saturating_sub(MOST),
    })
}
