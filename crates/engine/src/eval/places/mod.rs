//! `places`: names of places in news, and where each is.
//!
//! Two questions are scored apart. *Given the name*: the gold says where a name stands, and the
//! program where the place is. *From the text*: the program finds the names too. An answer is right
//! within 161 km (a hundred miles), the measure of the literature, since gazetteers disagree on the
//! point that stands for a county or a country.
//!
//! Corpora differ on adjectives ("Russian"): a demonym that the gold has not marked is no false
//! alarm. A gold name without coordinates counts for the finding of names alone.

mod score;

pub use score::{errors, measures, score};

/// How far an answer may be from the gold, in kilometres.
pub const NEAR_KM: f64 = 161.0;

/// Degrees north and east.
pub type Point = (f64, f64);

/// A name of a place in a text, by the gold or by the program.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The words.
    pub words: String,
    /// Where it is; absent if that is not said.
    pub point: Option<Point>,
    /// Whether it is an adjective or the name of a people; of the program's answers only.
    pub demonym: bool,
}

/// The program's answers on one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// For each gold name the place that it was taken for.
    pub given: Vec<Option<Point>>,
    /// The names that the program found by itself.
    pub found: Vec<Named>,
}

/// The middle of `values`, between the two middle ones if they are even in number.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = *sorted.get((sorted.len() - 1) / 2)?;
    Some(f64::midpoint(lower, upper))
}

/// The mean of `values`.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn middle_and_mean_by_hand() {
        assert_eq!(median(&[9.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[9.0, 1.0, 2.0, 4.0]), Some(3.0));
        assert_eq!(mean(&[9.0, 1.0, 2.0]), Some(4.0));
        assert_eq!((median(&[]), mean(&[])), (None, None));
    }
}
