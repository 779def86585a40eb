//! Learning what signs are worth: logistic regression that is held to the worth by hand.
//!
//! Each example is a pair with its signs and whether it is one event. The worths that make the
//! examples likeliest are sought, with a pull back to the worth by hand that only examples can
//! overcome: a sign that no example shows keeps its worth. Since the examples are pairs as linking
//! meets them, the sum of the worths is a calibrated log-odds. Newton's method, no randomness.

use super::sign::Sign;
use super::weights::Weights;

/// A pair that was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its signs.
    pub signs: Vec<Sign>,
    /// Whether it is one event.
    pub same: bool,
    /// How much it counts.
    pub weight: f64,
}

/// How strongly worths are pulled back to those by hand.
pub const PULL: f64 = 2.0;

/// No more steps than this.
const STEPS: usize = 25;

/// The worths that `examples` teach.
pub fn learn(examples: &[Example], pull: f64) -> Weights {
    let n = Sign::ALL.len();
    let by_hand: Vec<f64> = Sign::ALL.iter().map(|sign| sign.by_hand()).collect();
    let mut worth = by_hand.clone();
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = worth.iter().zip(&by_hand).map(|(w, h)| pull * (w - h)).collect();
        let mut bend = vec![0.0; n * n];
        (0..n).for_each(|i| bend[i * n + i] = pull);
        for example in examples {
            let sum: f64 = example.signs.iter().map(|&s| worth[s as usize]).sum();
            let likely = 1.0 / (1.0 + (-sum).exp());
            let wrong = example.weight * (likely - f64::from(u8::from(example.same)));
            let curve = example.weight * likely * (1.0 - likely);
            for &a in &example.signs {
                slope[a as usize] += wrong;
                for &b in &example.signs {
                    bend[a as usize * n + b as usize] += curve;
                }
            }
        }
        let step = solve(&bend, &slope, n);
        // A long step can overshoot where nearly all examples are clear.
        let longest = step.iter().fold(0.0_f64, |most, s| most.max(s.abs()));
        let scale = if longest > 2.0 { 2.0 / longest } else { 1.0 };
        worth.iter_mut().zip(&step).for_each(|(w, s)| *w -= scale * s);
        if longest < 1e-6 {
            break;
        }
    }
    Weights::of(worth)
}

/// Solves `bend · x = slope` for a symmetric positive definite `bend` (Cholesky).
fn solve(bend: &[f64], slope: &[f64], n: usize) -> Vec<f64> {
    let mut lower = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| lower[i * n + k] * lower[j * n + k]).sum();
            let rest = bend[i * n + j] - dot;
            lower[i * n + j] =
                if i == j { rest.max(1e-12).sqrt() } else { rest / lower[j * n + j] };
        }
    }
    let mut x = slope.to_vec();
    for i in 0..n {
        let dot: f64 = (0..i).map(|k| lower[i * n + k] * x[k]).sum();
        x[i] = (x[i] - dot) / lower[i * n + i];
    }
    for i in (0..n).rev() {
        let dot: f64 = (i + 1..n).map(|k| lower[k * n + i] * x[k]).sum();
        x[i] = (x[i] - dot) / lower[i * n + i];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples(signs: &[Sign], n_same: usize, n: usize) -> Vec<Example> {
        let one = |i| Example { signs: signs.to_vec(), same: i < n_same, weight: 1.0 };
        (0..n).map(one).collect()
    }

    #[test]
    fn what_no_example_shows_keeps_its_worth() {
        assert_eq!(learn(&[], PULL), Weights::by_hand());
        let learned = learn(&examples(&[Sign::Prior, Sign::DaySame], 3, 4), PULL);
        assert!((learned.worth(Sign::SiteSame) - Sign::SiteSame.by_hand()).abs() < 1e-9);
    }

    #[test]
    fn many_examples_teach_the_share_of_those_that_are_one_event() {
        let shown = [Sign::Prior, Sign::DaySame];
        let learned = learn(&examples(&shown, 7_500, 10_000), PULL);
        let sum: f64 = shown.iter().map(|&s| learned.worth(s)).sum();
        let likely = 1.0 / (1.0 + (-sum).exp());
        assert!((likely - 0.75).abs() < 0.01, "{likely}");
    }
}
