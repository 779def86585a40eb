//! Whether what is said to be so likely is so often true.
//!
//! Pairs that linking meets are put in ten bins by how likely they are said to be one event; in a
//! calibrated bin that share of them is. Each pair counts for both its reports by half, so that the
//! bootstrap over reports holds. Two numbers for the whole: the Brier score (Brier 1950), and the
//! expected calibration error, which is how far the bins lie off, weighted by what is in them
//! (Naeini, Cooper and Hauskrecht 2015).

use super::{Form, Item, Measure, Tally};
use crate::link::learn::Foretold;

/// The bins, from the least likely on.
const BINS: [&str; 10] = [
    "said 0–10 %",
    "said 10–20 %",
    "said 20–30 %",
    "said 30–40 %",
    "said 40–50 %",
    "said 50–60 %",
    "said 60–70 %",
    "said 70–80 %",
    "said 80–90 %",
    "said 90–100 %",
];

/// One measure a bin: the share of its pairs that are one event.
pub fn measures() -> Vec<Measure> {
    BINS.map(|name| Measure { name, form: Form::Share }).to_vec()
}

/// One item a report, in the order of `ids`.
pub fn items(ids: &[String], pairs: &[Foretold]) -> Vec<Item> {
    let mut tallies = vec![vec![Tally::default(); BINS.len()]; ids.len()];
    for pair in pairs {
        for end in [pair.pair.0, pair.pair.1] {
            let right = if pair.same { 0.5 } else { 0.0 };
            tallies[end][bin(pair.likely)] +=
                Tally { right_given: right, given: 0.5, right_wanted: right, wanted: 0.5 };
        }
    }
    let item = |(id, tallies): (&String, _)| Item { id: id.clone(), tallies, wrong: Vec::new() };
    ids.iter().zip(tallies).map(item).collect()
}

fn bin(likely: f64) -> usize {
    let n = BINS.len();
    (1..n).filter(|&edge| likely >= edge as f64 / n as f64).count()
}

/// The mean square of what is off; 0.25 for one who always says even. `None` without pairs.
pub fn brier(pairs: &[Foretold]) -> Option<f64> {
    let off: f64 = pairs.iter().map(|pair| (pair.likely - truth(pair)).powi(2)).sum();
    (!pairs.is_empty()).then(|| off / pairs.len() as f64)
}

/// How far what is said lies off what is so, on average over the pairs. `None` without pairs.
pub fn error(pairs: &[Foretold]) -> Option<f64> {
    let mut off = [0.0; BINS.len()];
    for pair in pairs {
        off[bin(pair.likely)] += pair.likely - truth(pair);
    }
    let sum: f64 = off.iter().map(|off| off.abs()).sum();
    (!pairs.is_empty()).then(|| sum / pairs.len() as f64)
}

fn truth(pair: &Foretold) -> f64 {
    f64::from(u8::from(pair.same))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(pair: (usize, usize), likely: f64, same: bool) -> Foretold {
        Foretold { pair, likely, same }
    }

    #[test]
    fn a_bin_has_the_share_of_its_pairs_that_are_one_event() {
        let pairs = [
            pair((0, 1), 0.95, true),
            pair((0, 2), 1.0, true),
            pair((1, 2), 0.9, false),
            pair((2, 3), 0.02, false),
        ];
        let ids: Vec<String> = (0..4).map(|n: usize| n.to_string()).collect();
        let items = items(&ids, &pairs);
        let sum = |at: usize| {
            let mut sum = Tally::default();
            for item in &items {
                sum += item.tallies[at];
            }
            sum
        };
        assert_eq!((sum(9).right_given, sum(9).given), (2.0, 3.0));
        assert_eq!((sum(0).right_given, sum(0).given), (0.0, 1.0));
        assert_eq!(sum(5), Tally::default());
        assert_eq!(measures().len(), items[0].tallies.len());
    }

    #[test]
    fn what_is_off_by_hand() {
        let pairs = [pair((0, 1), 0.8, true), pair((0, 2), 0.8, false)];
        assert!((brier(&pairs).unwrap() - 0.34).abs() < 1e-12);
        assert!((error(&pairs).unwrap() - 0.3).abs() < 1e-12);
        assert_eq!((brier(&[]), error(&[])), (None, None));
    }
}
