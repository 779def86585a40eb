//! Four sums from which every figure is made.

use std::ops::AddAssign;

/// What was right of what was given, and of what was wanted. Sums of tallies are tallies.
///
/// The two counts of right answers are one number in most measures. They differ where one
/// prediction may stand for two gold answers, and where means over items are summed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Given answers that are right.
    pub right_given: f64,
    /// Given answers.
    pub given: f64,
    /// Wanted answers that were given.
    pub right_wanted: f64,
    /// Wanted answers.
    pub wanted: f64,
}

impl Tally {
    /// `right` answers of `given` and of `wanted`.
    pub fn of(right: usize, given: usize, wanted: usize) -> Self {
        let right = right as f64;
        Self { right_given: right, given: given as f64, right_wanted: right, wanted: wanted as f64 }
    }

    /// One question with one answer.
    pub fn answer(right: bool) -> Self {
        Self::share(usize::from(right), 1)
    }

    /// `right` of `n`, where nothing else was wanted.
    pub fn share(right: usize, n: usize) -> Self {
        Self::of(right, n, n)
    }

    /// Right given answers among the given; 0 if none was given.
    pub fn precision(&self) -> f64 {
        ratio(self.right_given, self.given)
    }

    /// Wanted answers that were given among the wanted; 0 if none was wanted.
    pub fn recall(&self) -> f64 {
        ratio(self.right_wanted, self.wanted)
    }

    /// The harmonic mean of precision and recall; 0 if both are.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        ratio(2.0 * p * r, p + r)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.right_given += other.right_given;
        self.given += other.given;
        self.right_wanted += other.right_wanted;
        self.wanted += other.wanted;
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    #[test]
    fn precision_recall_and_f1_by_hand() {
        let tally = Tally::of(3, 4, 6);
        close(tally.precision(), 0.75);
        close(tally.recall(), 0.5);
        close(tally.f1(), 0.6);
    }

    #[test]
    fn nothing_given_and_nothing_wanted_is_nought() {
        close(Tally::of(0, 0, 0).f1(), 0.0);
        close(Tally::of(0, 0, 5).f1(), 0.0);
        close(Tally::of(0, 5, 0).f1(), 0.0);
    }

    #[test]
    fn sums_are_micro_averages() {
        let mut sum = Tally::of(1, 1, 2);
        sum += Tally::of(1, 3, 2);
        close(sum.precision(), 0.5);
        close(sum.recall(), 0.5);
    }
}
