//! Pairs → events: sets are joined while on average their pairs speak for one event.
//!
//! The average over all pairs of two sets is what counts, so that one strong pair does not chain
//! two events together, and a contradiction that is strong enough keeps them apart. Two reports of
//! one document never meet in an event. Since an average is never above the highest pair, sets can
//! only be joined within a [part](parts) that pairs above the threshold hold together: what lies
//! outside of it need not be looked at, now or when more reports come.

use super::contrast::Contrast;
use super::telling::Telling;
use super::weights::Weights;

/// The most that one pair counts for or against.
const MOST: f64 = 6.0;

/// The most tellings that are clustered at once. A larger part is first cut at a higher threshold.
const LARGEST: usize = 1_500;

/// How far the threshold is raised each time.
const STEP: f64 = 1.0;

/// The sets of `0..n` that `edges` hold together, each in order, the sets by their first.
pub fn parts(n: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut above: Vec<usize> = (0..n).collect();
    fn top(above: &mut [usize], mut i: usize) -> usize {
        while above[i] != i {
            above[i] = above[above[i]];
            i = above[i];
        }
        i
    }
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

/// The events within one part: `members` in the order of their ids → sets of indices, in order.
pub fn clusters(members: &[&Telling], weights: &Weights) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = circles(members, weights)
        .into_iter()
        .flat_map(|circle| {
            let here: Vec<&Telling> = circle.iter().map(|&i| members[i]).collect();
            let contrast = Contrast::of(&here);
            let judge = |i, j| weights.judge_among(&here, contrast.as_ref(), (i, j));
            let sets = joined(here.len(), judge, Weights::EVEN);
            sets.into_iter().map(move |set| set.into_iter().map(|i| circle[i]).collect::<Vec<_>>())
        })
        .collect();
    sets.sort();
    sets
}

/// The sets of a part that may be one event at a first look: what is then looked at with the
/// contrast within the set.
pub(super) fn circles(members: &[&Telling], weights: &Weights) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..members.len()).collect();
    let pieces = cut(&all, members, weights, Weights::MEETS);
    let circles = pieces.into_iter().flat_map(|piece| {
        let judge = |i: usize, j: usize| weights.judge(members[piece[i]], members[piece[j]]);
        let sets = joined(piece.len(), judge, Weights::MEETS);
        sets.into_iter()
            .map(|set| set.into_iter().map(|i| piece[i]).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    });
    circles.collect()
}

/// Cuts a part that is too large to be clustered at once.
fn cut(of: &[usize], members: &[&Telling], weights: &Weights, threshold: f64) -> Vec<Vec<usize>> {
    if of.len() <= LARGEST || threshold > 4.0 * MOST {
        return vec![of.to_vec()];
    }
    let threshold = threshold + STEP;
    let mut edges = Vec::new();
    for (i, &a) in of.iter().enumerate() {
        for (j, &b) in of.iter().enumerate().skip(i + 1) {
            if weights.judge(members[a], members[b]) >= threshold {
                edges.push((i, j));
            }
        }
    }
    let piece = |piece: Vec<usize>| piece.into_iter().map(|i| of[i]).collect::<Vec<_>>();
    let pieces = parts(of.len(), &edges);
    pieces.into_iter().flat_map(|p| cut(&piece(p), members, weights, threshold)).collect()
}

/// Joins the two sets of `0..n` that belong together most, until none do on average.
fn joined(n: usize, judge: impl Fn(usize, usize) -> f64, threshold: f64) -> Vec<Vec<usize>> {
    let mut worth = vec![f64::NEG_INFINITY; n * n];
    for i in 0..n {
        for j in 0..i {
            let pair = judge(i, j).min(MOST);
            let pair = if pair == f64::NEG_INFINITY { pair } else { pair.max(-MOST) };
            worth[i * n + j] = pair;
            worth[j * n + i] = pair;
        }
    }
    let mut sets: Vec<Option<Vec<usize>>> = (0..n).map(|i| Some(vec![i])).collect();
    let best_of = |i: usize, worth: &[f64], sets: &[Option<Vec<usize>>]| {
        (0..n)
            .filter(|&j| j != i && sets[j].is_some())
            .map(|j| (worth[i * n + j], j))
            .fold((f64::NEG_INFINITY, i), |best, next| if next.0 > best.0 { next } else { best })
    };
    let mut best: Vec<(f64, usize)> = (0..n).map(|i| best_of(i, &worth, &sets)).collect();
    loop {
        let top =
            (0..n).filter(|&i| sets[i].is_some()).fold(None, |top: Option<usize>, i| match top {
                Some(top) if best[top].0 >= best[i].0 => Some(top),
                _ => Some(i),
            });
        let Some(a) = top.filter(|&a| best[a].0 >= threshold) else { break };
        let b = best[a].1;
        let (a, b) = (a.min(b), a.max(b));
        let Some(taken) = sets[b].take() else { break };
        let (size_a, size_b) = (sets[a].as_ref().map_or(0, Vec::len) as f64, taken.len() as f64);
        if let Some(set) = &mut sets[a] {
            set.extend(taken);
        }
        for k in (0..n).filter(|&k| k != a && sets[k].is_some()) {
            let (x, y) = (worth[a * n + k], worth[b * n + k]);
            let mean = (x * size_a + y * size_b) / (size_a + size_b);
            worth[a * n + k] = mean;
            worth[k * n + a] = mean;
        }
        for k in 0..n {
            if sets[k].is_some() && (k == a || best[k].1 == a || best[k].1 == b) {
                best[k] = best_of(k, &worth, &sets);
            } else if sets[k].is_some() && worth[k * n + a] > best[k].0 {
                best[k] = (worth[k * n + a], a);
            }
        }
    }
    let mut sets: Vec<Vec<usize>> = sets.into_iter().flatten().collect();
    for set in &mut sets {
        set.sort_unstable();
    }
    sets
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
        joined(n, judge, Weights::EVEN)
    }

    #[test]
    fn one_link_does_not_chain_two_events() {
        let strong = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)];
        assert_eq!(sets(6, &strong, -2.0), [vec![0, 1, 2], vec![3, 4, 5]]);
    }

    #[test]
    fn a_contradiction_that_never_yields_keeps_apart() {
        let strong = [(0, 1), (1, 2)];
        assert_eq!(sets(3, &strong, f64::NEG_INFINITY).len(), 2);
        assert_eq!(sets(3, &strong, -2.0), [vec![0, 1, 2]]);
    }

    #[test]
    fn parts_hold_together_what_edges_do() {
        assert_eq!(parts(5, &[(3, 1), (1, 4)]), [vec![0], vec![1, 3, 4], vec![2]]);
    }
}
