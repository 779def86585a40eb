//! Many reports → events: which reports tell of the same thing.
//!
//! A report with the words of its document is a [`Telling`]. Tellings meet where they share a
//! [`block`](blocks) of time and place, or names; each pair that meets is looked at for
//! [signs](Sign) for and against one event (`pair`), the signs are weighed ([`Weights`]), and
//! [`cluster`](clusters) makes events of the pairs. Every step is a function of the tellings
//! alone, so neither their order nor their repetition matters, and what touches none of a
//! telling's neighbours cannot change its event. What the reports of an event say together is
//! [`reconcile`]'s work.

mod block;
mod cluster;
mod contrast;
#[cfg(test)]
mod laws;
pub mod learn;
mod pair;
pub mod reconcile;
mod sign;
mod telling;
mod weights;
mod words;

pub use block::{Blocks, Key, blocks, neighbours};
pub use cluster::{clusters, parts};
pub use pair::{is_reprint, signs};
pub use sign::Sign;
pub use telling::{EventId, Spot, Telling};
pub use weights::{Judged, Weights};
pub use words::{Bag, Frequencies, Wording};

use std::collections::BTreeMap;

/// All that linking needs to know.
#[derive(Debug)]
pub struct Linker {
    /// How common words are.
    pub frequencies: Frequencies,
    /// What each sign is worth.
    pub weights: Weights,
}

impl Linker {
    /// What is embedded in the program.
    pub fn embedded() -> Self {
        Self { frequencies: Frequencies::embedded(), weights: Weights::embedded() }
    }

    /// The events that `tellings` are of: sets of indices, each in the order of the reports' ids,
    /// the sets in the order of their first.
    pub fn link(&self, tellings: &[Telling]) -> Vec<Vec<usize>> {
        link(tellings, &self.weights)
    }
}

/// The events that `tellings` are of by these weights. See [`Linker::link`].
pub fn link(tellings: &[Telling], weights: &Weights) -> Vec<Vec<usize>> {
    // A report given twice is one report.
    let by_id: BTreeMap<_, usize> =
        tellings.iter().enumerate().rev().map(|(i, t)| (t.report, i)).collect();
    let order: Vec<usize> = by_id.into_values().collect();
    let sorted: Vec<&Telling> = order.iter().map(|&i| &tellings[i]).collect();
    let edges: Vec<(usize, usize)> = neighbours(&sorted)
        .into_iter()
        .filter(|&(a, b)| weights.judge(sorted[a], sorted[b]) >= Weights::MEETS)
        .collect();
    let mut events: Vec<Vec<usize>> = parts(sorted.len(), &edges)
        .into_iter()
        .flat_map(|part| {
            let members: Vec<&Telling> = part.iter().map(|&i| sorted[i]).collect();
            let local = clusters(&members, weights);
            local.into_iter().map(move |set| set.into_iter().map(|i| part[i]).collect::<Vec<_>>())
        })
        .collect();
    events.sort();
    events.into_iter().map(|set| set.into_iter().map(|i| order[i]).collect()).collect()
}
