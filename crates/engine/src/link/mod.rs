//! Many reports → events: which reports tell of the same thing.
//!
//! A report with the words of its document is a [`Telling`]; tellings that say the same are one
//! [`Node`]. Nodes meet where they share a [`block`](blocks) of time and place, or names; each pair
//! that meets is looked at for [signs](Sign) for and against one event (`pair`), the signs are
//! weighed ([`Weights`]), and [`cluster`](clusters) makes events of the [`pieces`] that pairs hold
//! together. Every step is a function of the tellings alone, so neither their order nor their
//! repetition matters; what reviewers say of events holds whatever the signs ([`Bonds`]); and every
//! step is bounded ([`Bounds`]), so the work grows with the tellings.
//! What the reports of an event say together is [`reconcile`]'s work.

mod block;
mod bond;
mod calendar;
mod cluster;
mod contrast;
mod halves;
#[cfg(test)]
mod laws;
pub mod learn;
mod node;
mod pair;
pub mod reconcile;
mod sign;
mod source;
mod telling;
mod weights;
pub mod window;
mod words;

pub use block::{Blocks, Key, blocks, each_pair};
pub use bond::{Bonds, Held, Verdict};
pub use cluster::{LADDER, clusters, parts, pieces};
pub use node::{Node, NodeId, alone_id, corrected_id, node_ids, said};
pub use pair::signs;
pub use sign::Sign;
pub use source::sources;
pub use telling::{EventId, Spot, Telling};
pub use weights::{Judged, Weights};
pub use words::{Bag, Frequencies, Wording};

use std::collections::BTreeMap;

use crate::report::ReportId;

/// All that linking needs to know.
#[derive(Debug)]
pub struct Linker {
    /// How common words are.
    pub frequencies: Frequencies,
    /// What each sign is worth.
    pub weights: Weights,
    /// How much is looked at.
    pub bounds: Bounds,
}

/// How much is looked at, so that a million like reports cost a million times what one costs. What
/// is within the bounds is linked as if there were none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How many nodes a key of a block shows.
    pub shown: usize,
    /// How many nodes are clustered at once.
    pub largest: usize,
}

impl Bounds {
    /// The bounds of the program.
    pub const USUAL: Self = Self { shown: 32, largest: 200 };
}

impl Linker {
    /// What is embedded in the program.
    pub fn embedded() -> Self {
        Self {
            frequencies: Frequencies::embedded(),
            weights: Weights::embedded(),
            bounds: Bounds::USUAL,
        }
    }

    /// The events that `tellings` are of: sets of indices, each in the order of the reports' ids,
    /// the sets in the order of their first.
    pub fn link(&self, tellings: &[Telling]) -> Vec<Vec<usize>> {
        link(tellings, &self.weights, self.bounds)
    }
}

/// The events that `tellings` are of by these weights. See [`Linker::link`].
pub fn link(tellings: &[Telling], weights: &Weights, bounds: Bounds) -> Vec<Vec<usize>> {
    link_by(tellings, weights, bounds, &Bonds::default())
}

/// The events that `tellings` are of by these weights and by what reviewers say.
pub fn link_by(
    tellings: &[Telling],
    weights: &Weights,
    bounds: Bounds,
    bonds: &Bonds,
) -> Vec<Vec<usize>> {
    // A report given twice is one report.
    let by_report: BTreeMap<_, usize> =
        tellings.iter().enumerate().rev().map(|(i, t)| (t.report, i)).collect();
    let order: Vec<usize> = by_report.into_values().collect();
    let sorted: Vec<&Telling> = order.iter().map(|&i| &tellings[i]).collect();
    let mut of: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
    let mut node_of: BTreeMap<ReportId, NodeId> = BTreeMap::new();
    for (i, id) in node_ids(&sorted).into_iter().enumerate() {
        let Telling { report, main, .. } = *sorted[i];
        let id = if bonds.alone.contains(&report) { alone_id(report, main) } else { id };
        of.entry(id).or_default().push(i);
        node_of.insert(report, id);
    }
    let nodes: Vec<(NodeId, Node<'_>)> = of
        .iter()
        .map(|(&id, reports)| {
            let mut documents: Vec<_> = reports.iter().map(|&i| sorted[i].teller()).collect();
            documents.sort_unstable();
            (id, Node { telling: sorted[reports[0]], documents })
        })
        .collect();
    let reports: Vec<&Vec<usize>> = of.values().collect();
    let place = |report: &ReportId| {
        let id = node_of.get(report)?;
        nodes.binary_search_by_key(id, |node| node.0).ok()
    };
    let held = bonds.of_nodes(place);
    let mut edges = edges(&nodes, weights, bounds);
    edges.extend(held.same.iter().map(|&(a, b)| (a, b, f64::INFINITY)));
    let mut events: Vec<Vec<usize>> = Vec::new();
    for piece in pieces(nodes.len(), &edges, bounds.largest) {
        let members: Vec<_> = piece.iter().map(|&i| nodes[i].clone()).collect();
        let held = held.among(&piece);
        for set in clusters(&members, weights, bounds, &held) {
            let mut event: Vec<usize> =
                set.into_iter().flat_map(|i| reports[piece[i]].iter().copied()).collect();
            event.sort_unstable();
            events.push(event);
        }
    }
    events.sort();
    events.into_iter().map(|set| set.into_iter().map(|i| order[i]).collect()).collect()
}

/// The pairs of nodes that meet and may be one event, with what they are worth.
fn edges(
    nodes: &[(NodeId, Node<'_>)],
    weights: &Weights,
    bounds: Bounds,
) -> Vec<(usize, usize, f64)> {
    let bare: Vec<Node<'_>> = nodes.iter().map(|(_, node)| node.clone()).collect();
    let mut edges = Vec::new();
    each_pair(&bare, bounds.shown, |i, j| {
        let (i, j) = (i.min(j), i.max(j));
        edges.extend(weights.meets(&bare[i], &bare[j]).map(|worth| (i, j, worth)));
    });
    edges
}
