//! Vectors with and without a property → a line that tells the ones from the others.
//!
//! Logistic regression with a penalty on the length of the weights, by descent with momentum until
//! nothing moves: one minimum, the same numbers every time. The weights are a sum of the vectors
//! with a share of each, so that the work is done on the products of pairs, which are made once and
//! serve the folds of a cross-validation too.

use crate::embed::scale;
use crate::weights::dot;

/// How much a misjudged vector costs against the length of the weights.
const COST: f32 = 1.0;
const MOST_STEPS: usize = 2_000;
/// Steps that find how steep the slope can be.
const STEEP_STEPS: usize = 30;

/// Takes the mean of others from vectors, so that what all news has in common does not count.
#[derive(Clone, Debug, PartialEq)]
pub struct Centre {
    mean: Vec<f32>,
    part: usize,
}

impl Centre {
    /// The mean of `vectors`, which have parts of `part` numbers.
    pub fn of(vectors: &[Vec<f32>], part: usize) -> Self {
        let mut mean = vec![0.0; vectors.first().map_or(0, Vec::len)];
        for vector in vectors {
            for (sum, v) in mean.iter_mut().zip(vector) {
                *sum += v / vectors.len() as f32;
            }
        }
        Self { mean, part }
    }

    /// One that was made before.
    pub fn new(mean: Vec<f32>, part: usize) -> Self {
        Self { mean, part }
    }

    /// The numbers.
    pub fn mean(&self) -> &[f32] {
        &self.mean
    }

    /// The vector without what is common, each part of the same length.
    pub fn apply(&self, vector: &[f32]) -> Vec<f32> {
        let mut vector: Vec<f32> = vector.iter().zip(&self.mean).map(|(v, m)| v - m).collect();
        for part in vector.chunks_mut(self.part.max(1)) {
            scale(part);
            for v in part {
                *v /= 3.0_f32.sqrt();
            }
        }
        vector
    }
}

/// Weights and what is added: log odds are their product with a vector.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// One for each number of a vector.
    pub weights: Vec<f32>,
    /// What is added.
    pub bias: f32,
}

impl Line {
    /// The probability that a vector has the property.
    pub fn probability(&self, vector: &[f32]) -> f32 {
        crate::decode::sigmoid(dot(&self.weights, vector) + self.bias)
    }
}

/// Vectors and the products of their pairs.
#[derive(Debug)]
pub struct Fitting<'a> {
    vectors: &'a [Vec<f32>],
    products: Vec<f32>,
}

/// The share of each vector in the weights, and the log odds of each that follow.
#[derive(Debug)]
pub struct Solution {
    shares: Vec<f32>,
    log_odds: Vec<f32>,
}

impl<'a> Fitting<'a> {
    /// Multiplies all pairs.
    pub fn new(vectors: &'a [Vec<f32>]) -> Self {
        let mut products = vec![0.0; vectors.len() * vectors.len()];
        for (i, a) in vectors.iter().enumerate() {
            for (j, b) in vectors.iter().enumerate().take(i + 1) {
                let product = dot(a, b);
                for at in [i * vectors.len() + j, j * vectors.len() + i] {
                    if let Some(cell) = products.get_mut(at) {
                        *cell = product;
                    }
                }
            }
        }
        Self { vectors, products }
    }

    /// How alike two vectors are, from -1 to 1.
    pub fn likeness(&self, i: usize, j: usize) -> f32 {
        self.products.get(i * self.vectors.len() + j).copied().unwrap_or_default()
    }

    /// Fits: `wanted` says which vectors have the property, `counts` how much each counts. One that
    /// counts nothing is only foretold. Those with and those without it count alike in sum.
    pub fn solve(&self, wanted: &[bool], counts: &[f32]) -> Solution {
        let counts = balanced(wanted, counts);
        let steepest = 1.0 + 0.25 * self.steepness(&counts);
        let momentum = (steepest.sqrt() - 1.0) / (steepest.sqrt() + 1.0);
        let mut shares = vec![0.0_f32; counts.len()];
        let mut ahead = shares.clone();
        for _ in 0..MOST_STEPS {
            let odds = self.log_odds(&ahead);
            let mut most = 0.0_f32;
            for (((share, ahead), odds), (count, wanted)) in
                shares.iter_mut().zip(&mut ahead).zip(odds).zip(counts.iter().zip(wanted))
            {
                let wrong = crate::decode::sigmoid(odds) - f32::from(u8::from(*wanted));
                let next = *ahead - (*ahead + count * wrong) / steepest;
                most = most.max((next - *share).abs());
                *ahead = next + momentum * (next - *share);
                *share = next;
            }
            if most < 1e-5 {
                break;
            }
        }
        let log_odds = self.log_odds(&shares);
        Solution { shares, log_odds }
    }

    /// The line of a solution.
    pub fn line(&self, solution: &Solution) -> Line {
        let mut weights = vec![0.0; self.vectors.first().map_or(0, Vec::len)];
        for (vector, share) in self.vectors.iter().zip(&solution.shares) {
            for (weight, v) in weights.iter_mut().zip(vector) {
                *weight += share * v;
            }
        }
        Line { weights, bias: solution.shares.iter().sum() }
    }

    /// What a sum of vectors gives for each of them; what is added is a number of each, always one.
    fn log_odds(&self, shares: &[f32]) -> Vec<f32> {
        let bias: f32 = shares.iter().sum();
        self.products.chunks_exact(shares.len().max(1)).map(|row| dot(row, shares) + bias).collect()
    }

    /// The greatest eigenvalue of the products under these counts, and a little more.
    fn steepness(&self, counts: &[f32]) -> f32 {
        let mut shares = counts.to_vec();
        let mut length = 0.0;
        for _ in 0..STEEP_STEPS {
            let odds = self.log_odds(&shares);
            length = odds.iter().zip(counts).map(|(o, c)| o * o * c).sum::<f32>().sqrt();
            if length <= 0.0 {
                return 0.0;
            }
            shares = odds.iter().zip(counts).map(|(o, c)| o * c / length).collect();
        }
        1.1 * length
    }
}

impl Solution {
    /// The probability that a vector of the fitting has the property.
    pub fn probability(&self, i: usize) -> f32 {
        self.log_odds.get(i).map_or(0.0, |&odds| crate::decode::sigmoid(odds))
    }
}

fn balanced(wanted: &[bool], counts: &[f32]) -> Vec<f32> {
    let of = |side: bool| -> f32 {
        let mine = wanted.iter().zip(counts).filter(|(w, _)| **w == side);
        mine.map(|(_, count)| count).sum()
    };
    let (with, without) = (of(true), of(false));
    let half = with.midpoint(without);
    let each = wanted.iter().zip(counts).map(|(&wanted, &count)| {
        let sum = if wanted { with } else { without };
        if sum > 0.0 { COST * count * half / sum } else { 0.0 }
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points() -> (Vec<Vec<f32>>, Vec<bool>) {
        let points = [[1.0, 0.2], [0.9, -0.1], [-1.0, 0.1], [-0.8, -0.3], [-0.9, 0.4], [0.0, -1.0]];
        (points.map(|p| p.to_vec()).to_vec(), vec![true, true, false, false, false, false])
    }

    #[test]
    fn a_line_parts_what_can_be_parted() {
        let (points, wanted) = points();
        let fitting = Fitting::new(&points);
        let solution = fitting.solve(&wanted, &[1.0; 6]);
        let line = fitting.line(&solution);
        for (i, (point, wanted)) in points.iter().zip(&wanted).enumerate() {
            assert_eq!(line.probability(point) > 0.5, *wanted, "{point:?}");
            assert!((line.probability(point) - solution.probability(i)).abs() < 1e-4);
        }
    }

    #[test]
    fn at_the_minimum_each_share_is_what_its_vector_is_wrong_by() {
        let (points, wanted) = points();
        let solution = Fitting::new(&points).solve(&wanted, &[1.0; 6]);
        for (i, wanted) in wanted.iter().enumerate() {
            let count = if *wanted { 1.5 } else { 0.75 };
            let wrong = f32::from(u8::from(*wanted)) - solution.probability(i);
            assert!((solution.shares[i] - count * wrong).abs() < 1e-3, "{i} {solution:?}");
        }
    }

    #[test]
    fn what_counts_nothing_teaches_nothing() {
        let (mut points, wanted) = points();
        let without = Fitting::new(&points).solve(&wanted, &[1.0, 0.0, 1.0, 1.0, 1.0, 1.0]);
        points[1] = vec![5.0, 5.0];
        let fitting = Fitting::new(&points);
        let again = fitting.solve(&wanted, &[1.0, 0.0, 1.0, 1.0, 1.0, 1.0]);
        assert_eq!(without.shares, again.shares);
    }

    #[test]
    fn nothing_to_fit_is_no_panic() {
        let solution = Fitting::new(&[]).solve(&[], &[]);
        assert_eq!(Fitting::new(&[]).line(&solution).weights, Vec::<f32>::new());
        let same = vec![vec![0.0; 3]; 2];
        assert!(Fitting::new(&same).solve(&[true, true], &[1.0, 1.0]).probability(0) > 0.5);
    }
}
