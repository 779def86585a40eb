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
    let all: Vec<usize> = (0..members.len()).collect();
    let mut sets = cut(&all, members, weights, Weights::MEETS);
    sets.sort();
    sets
}

fn cut(of: &[usize], members: &[&Telling], weights: &Weights, threshold: f64) -> Vec<Vec<usize>> {
    if of.len() <= LARGEST {
        return joined(of, members, weights);
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
    let pieces = parts(of.len(), &edges);
    if pieces.len() == 1 && threshold > 4.0 * MOST {
        return vec![of.to_vec()];
    }
    let piece = |piece: Vec<usize>| piece.into_iter().map(|i| of[i]).collect::<Vec<_>>();
    pieces.into_iter().flat_map(|p| cut(&piece(p), members, weights, threshold)).collect()
}

/// Joins the two sets that belong together most, until none do.
fn joined(of: &[usize], members: &[&Telling], weights: &Weights) -> Vec<Vec<usize>> {
    let n = of.len();
    let here: Vec<&Telling> = of.iter().map(|&i| members[i]).collect();
    let contrast = Contrast::of(&here);
    let mut worth = vec![f64::NEG_INFINITY; n * n];
    for i in 0..n {
        for j in 0..i {
            let pair = weights.judge_among(&here, contrast.as_ref(), (i, j)).min(MOST);
            let pair = if pair == f64::NEG_INFINITY { pair } else { pair.max(-MOST) };
            worth[i * n + j] = pair;
            worth[j * n + i] = pair;
        }
    }
    let mut sets: Vec<Option<Vec<usize>>> = of.iter().map(|&i| Some(vec![i])).collect();
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
        let Some(a) = top.filter(|&a| best[a].0 >= Weights::EVEN) else { break };
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
