//! How far reviewers agree: for each sort of question, over the items that two or more answered.
//!
//! Cohen's kappa where there are two reviewers, and Krippendorff's alpha for nominal answers, which
//! takes any number of reviewers and items that not all of them saw. Both are 1 for full agreement
//! and 0 for what chance would give.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::store::judgement::Kept;

/// Agreement on one sort of question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Agreement {
    /// The sort.
    pub(crate) question: &'static str,
    /// Who answered.
    pub(crate) reviewers: Vec<String>,
    /// How many items two or more answered.
    pub(crate) items: usize,
    /// How many pairs of answers there are, and how many agree.
    pub(crate) pairs: usize,
    /// As above.
    pub(crate) agreeing: usize,
    /// Cohen's kappa, where there are two reviewers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kappa: Option<f64>,
    /// Krippendorff's alpha.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alpha: Option<f64>,
}

/// The sorts of questions of which answers are compared.
const SORTS: [&str; 4] = ["pair", "field", "report", "correction"];

/// The agreement on each sort that anybody answered. Of one's answers to an item the latest counts,
/// and none that was undone.
pub(crate) fn agreement(all: &[Kept]) -> Vec<Agreement> {
    SORTS.into_iter().filter_map(|sort| of_sort(all, sort)).collect()
}

fn of_sort(all: &[Kept], question: &'static str) -> Option<Agreement> {
    let mut answers: BTreeMap<String, BTreeMap<&str, String>> = BTreeMap::new();
    for kept in all.iter().filter(|kept| kept.undone.is_none()) {
        let judgement = &kept.judged.judgement;
        if judgement.sort() == question {
            let of = answers.entry(judgement.item()).or_default();
            of.insert(&kept.reviewer, judgement.answer());
        }
    }
    let reviewers: BTreeSet<&str> = answers.values().flat_map(|of| of.keys().copied()).collect();
    if reviewers.is_empty() {
        return None;
    }
    let shared: Vec<&BTreeMap<&str, String>> = answers.values().filter(|of| of.len() > 1).collect();
    let units: Vec<Vec<&str>> =
        shared.iter().map(|of| of.values().map(String::as_str).collect()).collect();
    let (pairs, agreeing) = count_pairs(&units);
    let both: Vec<(&str, &str)> =
        units.iter().filter_map(|unit| Some((*unit.first()?, *unit.get(1)?))).collect();
    Some(Agreement {
        question,
        items: units.len(),
        pairs,
        agreeing,
        kappa: if reviewers.len() == 2 { kappa(&both) } else { None },
        alpha: alpha(&units),
        reviewers: reviewers.into_iter().map(str::to_owned).collect(),
    })
}

fn count_pairs(units: &[Vec<&str>]) -> (usize, usize) {
    let (mut pairs, mut agreeing) = (0, 0);
    for unit in units {
        for (i, a) in unit.iter().enumerate() {
            let later = unit.iter().skip(i + 1);
            pairs += later.len();
            agreeing += later.filter(|b| *b == a).count();
        }
    }
    (pairs, agreeing)
}

/// Cohen's kappa of two reviewers' answers to the same items; none where chance alone explains all.
pub(crate) fn kappa(answers: &[(&str, &str)]) -> Option<f64> {
    let n = answers.len() as f64;
    let observed = answers.iter().filter(|(a, b)| a == b).count() as f64 / n;
    let mut counts: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (a, b) in answers {
        counts.entry(a).or_default().0 += 1.0;
        counts.entry(b).or_default().1 += 1.0;
    }
    let expected: f64 = counts.values().map(|(a, b)| a / n * (b / n)).sum();
    (n > 0.0 && expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

/// Krippendorff's alpha for nominal answers; none where all answers are one.
pub(crate) fn alpha(units: &[Vec<&str>]) -> Option<f64> {
    let mut totals: BTreeMap<&str, f64> = BTreeMap::new();
    let (mut n, mut disagreeing) = (0.0, 0.0);
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let size = unit.len() as f64;
        let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
        for answer in unit {
            *counts.entry(answer).or_default() += 1.0;
            *totals.entry(answer).or_default() += 1.0;
        }
        n += size;
        disagreeing += counts.values().map(|c| c * (size - c)).sum::<f64>() / (size - 1.0);
    }
    let expected = totals.values().map(|c| c * (n - c)).sum::<f64>() / (n - 1.0);
    (n > 1.0 && expected > 0.0).then(|| 1.0 - disagreeing / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_by_hand() {
        // 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, expected 0.5.
        let table = [("y", "y", 20), ("y", "n", 5), ("n", "y", 10), ("n", "n", 15)];
        let answers: Vec<(&str, &str)> =
            table.iter().flat_map(|&(a, b, n)| std::iter::repeat_n((a, b), n)).collect();
        assert!((kappa(&answers).unwrap() - 0.4).abs() < 1e-9);
        assert_eq!(kappa(&[("y", "y")]), None);
        assert_eq!(kappa(&[]), None);
    }

    #[test]
    fn alpha_by_hand() {
        // Two units of two that agree on different answers, and one that does not: of six values
        // three are a and three b; one of three units disagrees. 1 - 2/(18/5).
        let units = [vec!["a", "a"], vec!["b", "b"], vec!["a", "b"]];
        assert!((alpha(&units).unwrap() - (1.0 - 2.0 / 3.6)).abs() < 1e-9);
        assert_eq!(alpha(&[vec!["a", "a"]]), None);
        assert_eq!(alpha(&[vec!["a"]]), None);
        // What only one saw does not count.
        let more = [units.to_vec(), vec![vec!["b"]]].concat();
        assert_eq!(alpha(&more), alpha(&units));
    }
}
