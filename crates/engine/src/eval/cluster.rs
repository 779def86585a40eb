//! Clusters against gold clusters: pairs, B³ and the adjusted Rand index.
//!
//! A pair of things is right if both say that they are one. B³ takes, for each thing, the share of
//! its given cluster that is in its gold cluster (precision) and the share of its gold cluster that
//! is in its given one (recall), and averages over things (Bagga and Baldwin 1998). Both are sums
//! over things, so the bootstrap over items holds. Beside what was given stands a plain rule for
//! comparison.

use std::collections::BTreeMap;

use super::{Form, Item, Measure, Tally};

/// The measures of a set of clusters, the plain rule's last.
pub fn measures() -> Vec<Measure> {
    let f1 = |name| Measure { name, form: Form::F1 };
    ["pairs", "B³", "pairs, plain rule", "B³, plain rule"].map(f1).to_vec()
}

/// One item a thing. `gold`, `given` and `plain` have a label for each of `ids`.
pub fn items(ids: &[String], gold: &[usize], given: &[usize], plain: &[usize]) -> Vec<Item> {
    let [sizes, given_sizes, plain_sizes] = [gold, given, plain].map(sets);
    let item = |i: usize| {
        let of_gold = &sizes[&gold[i]];
        let (of_given, of_plain) = (&given_sizes[&given[i]], &plain_sizes[&plain[i]]);
        let (pairs, cubed) = tallies(of_gold, of_given);
        let (plain_pairs, plain_cubed) = tallies(of_gold, of_plain);
        let names = |of: &[usize], not: &[usize]| {
            let names: Vec<&str> =
                of.iter().filter(|j| !not.contains(j)).map(|&j| ids[j].as_str()).collect();
            names.join(" ")
        };
        let (missed, false_) = (names(of_gold, of_given), names(of_given, of_gold));
        let mut wrong = Vec::new();
        wrong.extend((!missed.is_empty()).then(|| format!("not with {missed}")));
        wrong.extend((!false_.is_empty()).then(|| format!("with {false_}")));
        let tallies = vec![pairs, cubed, plain_pairs, plain_cubed];
        Item { id: ids[i].clone(), tallies, wrong }
    };
    (0..ids.len()).map(item).collect()
}

/// The tallies of one thing, whose gold and given sets these are.
fn tallies(gold: &[usize], given: &[usize]) -> (Tally, Tally) {
    let both = gold.iter().filter(|i| given.binary_search(i).is_ok()).count() as f64;
    let (gold, given) = (gold.len() as f64, given.len() as f64);
    // Each pair is met from both its ends.
    let half = |n: f64| (n - 1.0) / 2.0;
    let pairs = Tally {
        right_given: half(both),
        given: half(given),
        right_wanted: half(both),
        wanted: half(gold),
    };
    let cubed =
        Tally { right_given: both / given, given: 1.0, right_wanted: both / gold, wanted: 1.0 };
    (pairs, cubed)
}

/// How far two clusterings agree beyond chance: 1 if they are the same, about 0 by chance
/// (Hubert and Arabie 1985). `None` if there is nothing to tell apart.
pub fn adjusted_rand(gold: &[usize], given: &[usize]) -> Option<f64> {
    let pairs = |n: usize| (n * n.saturating_sub(1)) as f64 / 2.0;
    let mut cells: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    gold.iter().zip(given).for_each(|(&a, &b)| *cells.entry((a, b)).or_default() += 1);
    let both: f64 = cells.values().map(|&n| pairs(n)).sum();
    let [in_gold, in_given] =
        [gold, given].map(|labels| sets(labels).values().map(|set| pairs(set.len())).sum::<f64>());
    let expected = in_gold * in_given / pairs(gold.len());
    let most = f64::midpoint(in_gold, in_given);
    (gold.len() > 1 && most > expected).then(|| (both - expected) / (most - expected))
}

/// How many gold clusters there are, and how many of them are one and alone: given as one, with
/// nothing of another in it.
pub fn one_and_alone(gold: &[usize], given: &[usize]) -> (usize, usize) {
    let (clusters, all_given) = (sets(gold), sets(given));
    let is_given = |of: &&Vec<usize>| all_given.values().any(|given| given == *of);
    (clusters.len(), clusters.values().filter(is_given).count())
}

/// Labels of sets of indices, for `n` things; what is in no set is alone.
pub fn labels(n: usize, sets: &[Vec<usize>]) -> Vec<usize> {
    let mut labels: Vec<usize> = (0..n).map(|i| sets.len() + i).collect();
    for (label, set) in sets.iter().enumerate() {
        for &i in set {
            if let Some(slot) = labels.get_mut(i) {
                *slot = label;
            }
        }
    }
    labels
}

/// The things of each label, in order.
fn sets(labels: &[usize]) -> BTreeMap<usize, Vec<usize>> {
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    labels.iter().enumerate().for_each(|(i, &label)| sets.entry(label).or_default().push(i));
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(gold: &[usize], given: &[usize]) -> [f64; 2] {
        let ids: Vec<String> = (0..gold.len()).map(|i| i.to_string()).collect();
        let mut sums = [Tally::default(); 2];
        for item in items(&ids, gold, given, given) {
            sums[0] += item.tallies[0];
            sums[1] += item.tallies[1];
        }
        sums.map(|sum| sum.f1())
    }

    #[test]
    fn pairs_and_cubed_by_hand() {
        // Gold {0 1 2} {3 4}, given {0 1} {2 3 4}: pairs 2 right of 4 given and 4 wanted.
        // B³ precision (1 + 1 + 1/3 + 2/3 + 2/3) / 5, recall (2/3 + 2/3 + 1/3 + 1 + 1) / 5.
        let [pairs, cubed] = values(&[0, 0, 0, 1, 1], &[0, 0, 1, 1, 1]);
        assert!((pairs - 0.5).abs() < 1e-12);
        assert!((cubed - 11.0 / 15.0).abs() < 1e-12);
    }

    #[test]
    fn the_rand_index_by_hand() {
        // Both 2, in gold 4, in given 4, of 10: (2 - 1.6) / (4 - 1.6).
        let index = adjusted_rand(&[0, 0, 0, 1, 1], &[0, 0, 1, 1, 1]).unwrap();
        assert!((index - 1.0 / 6.0).abs() < 1e-12, "{index}");
        assert_eq!(adjusted_rand(&[0, 0, 1], &[5, 5, 7]), Some(1.0));
        assert_eq!(adjusted_rand(&[0], &[0]), None);
    }

    #[test]
    fn one_and_alone_is_what_is_given_as_it_is() {
        assert_eq!(one_and_alone(&[0, 0, 1, 2, 2, 3], &[5, 5, 5, 7, 7, 8]), (4, 2));
    }

    #[test]
    fn what_is_in_no_set_is_alone() {
        assert_eq!(labels(4, &[vec![1, 3]]), [1, 0, 3, 0]);
    }
}
