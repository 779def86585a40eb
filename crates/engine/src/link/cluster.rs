//! Pairs → events: sets are joined while on average their pairs speak for one event.
//!
//! The average over all pairs of two sets is what counts, so that one strong pair does not chain
//! two events together, and a contradiction that is strong enough keeps them apart. Two reports of
//! one document never meet in an event, unless a reviewer says so: what reviewers say holds from the
//! beginning ([`Held`]), and the pairs are asked about the rest. Since an average is never above the highest pair, sets can
//! only be joined within a [part](parts) that pairs above the threshold hold together: what lies
//! outside of it need not be looked at, now or when more reports come.

use super::Bounds;
use super::bond::{Held, Ties};
use super::contrast::Contrast;
use super::halves::{Halves, are_wordy};
use super::node::{Node, NodeId, share};
use super::pair::same_months;
use super::weights::Weights;

/// The most that one pair counts for or against.
const MOST: f64 = 6.0;

/// The thresholds at which a part that is too large is cut, one after another. What the last one
/// leaves is surely about one thing, and is clustered in rounds.
pub const LADDER: [f64; 7] = [Weights::NEAR, Weights::MEETS, 0.5, 1.5, 2.5, 3.5, 4.5];

/// How many pairs that disagree count half of what very many do.
const FEW: f64 = 2.0;

/// By how many of its nodes a set stands for itself in later rounds.
const SPEAKERS: usize = 3;

/// The first of the set that `i` is in, with the ways there made shorter.
fn top(above: &mut [usize], mut i: usize) -> usize {
    while above[i] != i {
        above[i] = above[above[i]];
        i = above[i];
    }
    i
}

/// The sets of `0..n` that `edges` hold together, each in order, the sets by their first.
pub fn parts(n: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut above: Vec<usize> = (0..n).collect();
    for &(a, b) in edges {
        let (a, b) = (top(&mut above, a), top(&mut above, b));
        above[a.max(b)] = a.min(b);
    }
    let mut sets: Vec<Vec<usize>> = vec![Vec::new(); n];
    for i in 0..n {
        let first = top(&mut above, i);
        sets[first].push(i);
    }
    sets.retain(|set| !set.is_empty());
    sets
}

/// The pieces of `0..n` that `edges`, each with what it is worth, hold together: each as large as
/// it can be without being larger than `largest`, by the first threshold of the [`LADDER`] that
/// does it.
pub fn pieces(n: usize, edges: &[(usize, usize, f64)], largest: usize) -> Vec<Vec<usize>> {
    let mut pieces = Vec::new();
    let mut too_large: Vec<usize> = (0..n).collect();
    for (step, threshold) in LADDER.iter().enumerate() {
        if too_large.is_empty() {
            break;
        }
        let mut place = vec![usize::MAX; n];
        too_large.iter().enumerate().for_each(|(at, &i)| place[i] = at);
        let held: Vec<(usize, usize)> = edges
            .iter()
            .filter(|&&(a, b, worth)| worth >= *threshold && place[a].max(place[b]) < usize::MAX)
            .map(|&(a, b, _)| (place[a], place[b]))
            .collect();
        let is_last = step + 1 == LADDER.len();
        let (mut next, all) = (Vec::new(), too_large);
        for part in parts(all.len(), &held) {
            let part: Vec<usize> = part.into_iter().map(|i| all[i]).collect();
            if part.len() <= largest || is_last {
                pieces.push(part);
            } else {
                next.extend(part);
            }
        }
        next.sort_unstable();
        too_large = next;
    }
    pieces.sort();
    pieces
}

/// The events within one piece, of which `held` holds: `members` with their ids, in the order of
/// these → sets of indices, in order.
pub fn clusters(
    members: &[(NodeId, Node<'_>)],
    weights: &Weights,
    bounds: Bounds,
    held: &Held,
) -> Vec<Vec<usize>> {
    let nodes: Vec<Node<'_>> = members.iter().map(|(_, node)| node.clone()).collect();
    let ties = Ties::of(members.len(), held);
    let all: Vec<usize> = (0..members.len()).collect();
    let mut sets = if members.len() <= bounds.largest {
        at_once(&all, &nodes, weights, &ties)
    } else {
        rounds(members, &nodes, weights, (bounds.largest, &ties))
    };
    for set in &mut sets {
        set.sort_unstable();
    }
    sets.sort();
    sets
}

/// The events among the nodes `of`, all pairs looked at. Sets of `ties` must be there whole.
fn at_once(of: &[usize], nodes: &[Node<'_>], weights: &Weights, ties: &Ties) -> Vec<Vec<usize>> {
    let members: Vec<Node<'_>> = of.iter().map(|&i| nodes[i].clone()).collect();
    if !are_wordy(&members) {
        return closely(of, nodes, weights, ties);
    }
    let apart = |i: usize, j: usize| ties.are_apart(of[i], of[j]);
    let mut sets = Vec::new();
    for circle in alike(&members, &ties.among(of), apart) {
        let here: Vec<Node<'_>> = circle.iter().map(|&i| members[i].clone()).collect();
        let those = pick(&circle, of);
        if are_wordy(&here) {
            sets.extend(halved(those, nodes, weights, ties));
        } else {
            sets.extend(closely(&those, nodes, weights, ties));
        }
    }
    sets
}

/// The sets of texts that are alike at all: what is looked at together to find
/// [halves](super::halves).
pub(super) fn alike(
    members: &[Node<'_>],
    first: &[Vec<usize>],
    apart: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    const LIKE: f64 = 0.05;
    let judge = |i: usize, j: usize| {
        let (a, b) = (&members[i], &members[j]);
        if apart(i, j) || a.is_apart(b) {
            return f64::NEG_INFINITY;
        }
        f64::from(a.telling.wording.words.likeness(&b.telling.wording.words).unwrap_or(0.0))
    };
    joined(members.len(), first, judge, |_, _| None, LIKE)
}

/// The events that the nodes `of` fall into by their words: the halves where they are two events,
/// and the halves of these. What a reviewer ties together is never parted.
fn halved(of: Vec<usize>, nodes: &[Node<'_>], weights: &Weights, ties: &Ties) -> Vec<Vec<usize>> {
    let (mut rest, mut whole) = (vec![of], Vec::new());
    while let Some(set) = rest.pop() {
        let here: Vec<Node<'_>> = set.iter().map(|&i| nodes[i].clone()).collect();
        let two = Halves::of(&here).filter(|halves| weights.judge_halves(halves, &here) > 0.0);
        let cuts = |halves: &Halves| {
            let in_second = |&place: &usize| halves.second[place];
            ties.among(&set)
                .iter()
                .any(|tie| tie.iter().any(in_second) && !tie.iter().all(in_second))
        };
        match two.filter(|halves| !cuts(halves)) {
            Some(halves) => rest.extend(halves.places().map(|half| pick(&half, &set))),
            None => whole.push(set),
        }
    }
    whole
}

fn pick(places: &[usize], of: &[usize]) -> Vec<usize> {
    places.iter().map(|&i| of[i]).collect()
}

/// The events among the nodes `of` by their pairs, looked at twice: as they meet, and by their
/// contrast within what that holds together.
fn closely(of: &[usize], nodes: &[Node<'_>], weights: &Weights, ties: &Ties) -> Vec<Vec<usize>> {
    let members: Vec<Node<'_>> = of.iter().map(|&i| nodes[i].clone()).collect();
    let apart = |i: usize, j: usize| ties.are_apart(of[i], of[j]);
    let judge = |i: usize, j: usize| {
        if apart(i, j) {
            return f64::NEG_INFINITY;
        }
        weights.judge_nodes(&members[i], &members[j])
    };
    let mut sets = Vec::new();
    for circle in joined(
        of.len(),
        &ties.among(of),
        judge,
        |i, j| agree(&members[i], &members[j]),
        Weights::MEETS,
    ) {
        let here: Vec<Node<'_>> = circle.iter().map(|&i| members[i].clone()).collect();
        let those: Vec<usize> = circle.iter().map(|&i| of[i]).collect();
        let contrast = Contrast::of(&here);
        let judge = |i: usize, j: usize| {
            if apart(circle[i], circle[j]) {
                return f64::NEG_INFINITY;
            }
            weights.judge_among(&here, contrast.as_ref(), (i, j))
        };
        for set in joined(
            here.len(),
            &ties.among(&those),
            judge,
            |i, j| agree(&here[i], &here[j]),
            Weights::EVEN,
        ) {
            sets.push(set.into_iter().map(|i| those[i]).collect());
        }
    }
    sets
}

/// Whether two nodes name the same months early on, where one does not say when.
fn agree(a: &Node<'_>, b: &Node<'_>) -> Option<bool> {
    same_months(a.telling, b.telling)
}

/// The sets of a piece that may be one event at a first look: what is then looked at with the
/// contrast within the set.
pub(super) fn circles(members: &[Node<'_>], weights: &Weights) -> Vec<Vec<usize>> {
    let judge = |i: usize, j: usize| weights.judge_nodes(&members[i], &members[j]);
    joined(members.len(), &[], judge, |i, j| agree(&members[i], &members[j]), Weights::MEETS)
}

/// The events of a piece that is too large: those of as many nodes as may be looked at at once,
/// like beside like; then these events as sets, a few nodes of each standing for it, until none
/// join. What a reviewer speaks of comes in with these sets, so that it is whole. The work grows
/// with the piece and not with its square.
fn rounds(
    members: &[(NodeId, Node<'_>)],
    nodes: &[Node<'_>],
    weights: &Weights,
    (largest, ties): (usize, &Ties),
) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..nodes.len()).filter(|&i| !ties.is_bound(i)).collect();
    order.sort_by_cached_key(|&i| {
        let telling = nodes[i].telling;
        let place = telling.spot.as_ref().and_then(|spot| spot.place.clone());
        let low = telling.killed.and_then(|count| count.low);
        (telling.when, place, telling.mode.as_str(), low, members[i].0)
    });
    let mut sets: Vec<Vec<usize>> =
        order.chunks(largest).flat_map(|chunk| at_once(chunk, nodes, weights, ties)).collect();
    sets.extend(ties.sets.iter().filter(|set| ties.is_bound(set[0])).cloned());
    loop {
        let before = sets.len();
        let join = |chunk| join_sets(chunk, nodes, weights, ties);
        sets = sets.chunks(largest).flat_map(join).collect();
        if before <= largest || sets.len() == before {
            break;
        }
    }
    sets
}

/// Joins sets that are one event by a few nodes of each, and that no document and no reviewer tells
/// apart.
fn join_sets(
    sets: &[Vec<usize>],
    nodes: &[Node<'_>],
    weights: &Weights,
    ties: &Ties,
) -> Vec<Vec<usize>> {
    let documents: Vec<Vec<_>> = sets
        .iter()
        .map(|set| {
            let mut of: Vec<_> = set.iter().flat_map(|&i| nodes[i].documents.clone()).collect();
            of.sort_unstable();
            of
        })
        .collect();
    let judge = |i: usize, j: usize| {
        let parted = ties.part(&sets[i], &sets[j]);
        if parted || share(&documents[i], &documents[j]) {
            return f64::NEG_INFINITY;
        }
        let (a, b) = (sets[i].iter().take(SPEAKERS), sets[j].iter().take(SPEAKERS));
        let n = (a.len() * b.len()) as f64;
        let pairs = a.flat_map(|&x| b.clone().map(move |&y| (x, y)));
        let worth =
            |(x, y): (usize, usize)| weights.judge_nodes(&nodes[x], &nodes[y]).clamp(-MOST, MOST);
        pairs.map(worth).sum::<f64>() / n
    };
    joined(sets.len(), &[], judge, |_, _| None, Weights::EVEN)
        .into_iter()
        .map(|of| of.into_iter().flat_map(|i| sets[i].clone()).collect())
        .collect()
}

/// What a pair counts: no more than [`MOST`] but for so little that it only decides which of two
/// that are at the bound is joined first.
fn bounded(worth: f64) -> f64 {
    const BEYOND: f64 = 0.01;
    let most = worth.clamp(-MOST, MOST);
    most + BEYOND * (worth - most)
}

/// Joins the two sets of `0..n` that belong together most, until none do on average. The sets of
/// `first` are joined from the beginning.
fn joined(
    n: usize,
    first: &[Vec<usize>],
    judge: impl Fn(usize, usize) -> f64,
    agree: impl Fn(usize, usize) -> Option<bool>,
    threshold: f64,
) -> Vec<Vec<usize>> {
    let mut worth = Between::of(n);
    for i in 0..n {
        for j in 0..i {
            let pair = judge(i, j);
            let pair = if pair == f64::NEG_INFINITY { pair } else { bounded(pair) };
            worth.put((i, j), (pair, agree(i, j)));
        }
    }
    let mut sets: Vec<Option<Vec<usize>>> = (0..n).map(|i| Some(vec![i])).collect();
    for set in first {
        let Some((&into, others)) = set.split_first() else { continue };
        for &from in others {
            join(&mut sets, &mut worth, into, from);
        }
    }
    let best_of = |i: usize, worth: &Between, sets: &[Option<Vec<usize>>]| {
        (0..n)
            .filter(|&j| j != i && sets[j].is_some())
            .map(|j| (worth.get(i, j), j))
            .fold((f64::NEG_INFINITY, i), |best, next| if next.0 > best.0 { next } else { best })
    };
    let mut best: Vec<(f64, usize)> = (0..n).map(|i| best_of(i, &worth, &sets)).collect();
    loop {
        let top =
            (0..n).filter(|&i| sets[i].is_some()).fold(None, |top: Option<usize>, i| match top {
                Some(top) if best[top].0 >= best[i].0 => Some(top),
                _ => Some(i),
            });
        let Some(one) = top.filter(|&i| best[i].0 >= threshold) else { break };
        let (into, from) = (one.min(best[one].1), one.max(best[one].1));
        join(&mut sets, &mut worth, into, from);
        for k in (0..n).filter(|&k| sets[k].is_some()) {
            if k == into || best[k].1 == into || best[k].1 == from {
                best[k] = best_of(k, &worth, &sets);
            } else if worth.get(k, into) > best[k].0 {
                best[k] = (worth.get(k, into), into);
            }
        }
    }
    let mut sets: Vec<Vec<usize>> = sets.into_iter().flatten().collect();
    for set in &mut sets {
        set.sort_unstable();
    }
    sets
}

/// Puts the set `from` into the set `into`.
fn join(sets: &mut [Option<Vec<usize>>], worth: &mut Between, into: usize, from: usize) {
    let Some(taken) = sets[from].take() else { return };
    let size = sets[into].as_ref().map_or(0, Vec::len) as f64;
    let more = taken.len() as f64;
    if let Some(set) = &mut sets[into] {
        set.extend(taken);
    }
    for k in (0..sets.len()).filter(|&k| k != into && sets[k].is_some()) {
        worth.join(k, (into, size), (from, more));
    }
}

/// What two sets are worth to each other: the average of their pairs, less what they disagree on.
struct Between {
    n: usize,
    /// For each pair of sets the average, and how many of their pairs agree and disagree.
    pairs: Vec<(f64, u32, u32)>,
}

impl Between {
    fn of(n: usize) -> Self {
        Self { n, pairs: vec![(f64::NEG_INFINITY, 0, 0); n * n] }
    }

    fn put(&mut self, (i, j): (usize, usize), (worth, agree): (f64, Option<bool>)) {
        let count = |said| u32::from(agree == Some(said));
        for at in [i * self.n + j, j * self.n + i] {
            self.pairs[at] = (worth, count(true), count(false));
        }
    }

    /// The worth of two sets. Most reports do not name a month, and their silence must not drown in
    /// the average what the others disagree on; agreement adds nothing, so the worth is never above
    /// that of the highest pair.
    fn get(&self, i: usize, j: usize) -> f64 {
        let (worth, same, other) = self.pairs[i * self.n + j];
        let (same, other) = (f64::from(same), f64::from(other));
        worth - (other - same).max(0.0) / (other + same + FEW)
    }

    /// Puts the pairs of a set with `k` to those of another.
    fn join(&mut self, k: usize, (into, size): (usize, f64), (from, more): (usize, f64)) {
        let (a, b) = (self.pairs[into * self.n + k], self.pairs[from * self.n + k]);
        let average = (a.0 * size + b.0 * more) / (size + more);
        for at in [into * self.n + k, k * self.n + into] {
            self.pairs[at] = (average, a.1 + b.1, a.2 + b.2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sets of `0..n` where the pairs of `strong` speak for one event and all others against it.
    fn sets(n: usize, strong: &[(usize, usize)], other: f64) -> Vec<Vec<usize>> {
        let judge = |i: usize, j: usize| {
            let is_strong = strong.contains(&(i.min(j), i.max(j)));
            if is_strong { 3.0 } else { other }
        };
        joined(n, &[], judge, |_, _| None, Weights::EVEN)
    }

    #[test]
    fn one_link_does_not_chain_two_events() {
        let strong = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)];
        assert_eq!(sets(6, &strong, -2.0), [vec![0, 1, 2], vec![3, 4, 5]]);
    }

    #[test]
    fn of_two_that_are_surely_one_event_the_surer_is_joined_first() {
        // Of two reports of one document only one can be of the event of the third.
        let judge = |i: usize, j: usize| match (i.min(j), i.max(j)) {
            (0, 1) => f64::NEG_INFINITY,
            (0, 2) => 7.0,
            _ => 11.0,
        };
        let sets = joined(3, &[], judge, |_, _| None, Weights::EVEN);
        assert_eq!(sets, [vec![0], vec![1, 2]]);
    }

    #[test]
    fn a_contradiction_that_never_yields_keeps_apart() {
        let strong = [(0, 1), (1, 2)];
        assert_eq!(sets(3, &strong, f64::NEG_INFINITY).len(), 2);
        assert_eq!(sets(3, &strong, -2.0), [vec![0, 1, 2]]);
    }

    #[test]
    fn a_few_that_disagree_are_not_drowned_by_the_silence_of_the_others() {
        // Twenty of each set; of each only the first three say something, and they disagree.
        let judge = |i: usize, j: usize| if i / 20 == j / 20 { 3.0 } else { 0.4 };
        let says = |i: usize| (i % 20 < 3).then_some(i / 20);
        let agree = |i: usize, j: usize| Some(says(i)? == says(j)?);
        assert_eq!(joined(40, &[], judge, agree, Weights::EVEN).len(), 2);
        assert_eq!(joined(40, &[], judge, |_, _| None, Weights::EVEN).len(), 1);
    }

    #[test]
    fn parts_hold_together_what_edges_do() {
        assert_eq!(parts(5, &[(3, 1), (1, 4)]), [vec![0], vec![1, 3, 4], vec![2]]);
    }
}
