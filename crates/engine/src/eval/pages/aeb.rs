//! The article extraction benchmark: shingles of four words, precision and recall a page.
//!
//! As its authors define it: the counts of a page are divided by their sum; precision is the mean
//! over pages with predicted text, recall over pages with gold text, and F1 is made of the means.
//! Their expression for a word splits at combining marks, ours does not; in English text, which
//! these pages are, there are none.

use std::collections::BTreeMap;

use crate::eval::{Form, Item, Measure, Tally};

const SHINGLE: usize = 4;

/// The one measure.
pub fn measures() -> Vec<Measure> {
    vec![Measure { name: "text", form: Form::F1 }]
}

/// Scores one page.
pub fn score(id: &str, gold: &str, predicted: &str) -> Item {
    let (gold, predicted) = (words(gold), words(predicted));
    let counts = Counts::of(&shingles(&gold), &shingles(&predicted));
    let mean = |part: usize, whole: usize| {
        if whole == 0 { (0.0, 0.0) } else { (part as f64 / whole as f64, 1.0) }
    };
    let (right_given, given) = mean(counts.both, counts.both + counts.extra);
    let (right_wanted, wanted) = mean(counts.both, counts.both + counts.lacking);
    let mut wrong = Vec::new();
    if counts.extra > 0 {
        wrong.push(format!("{} of {} shingles too many", counts.extra, counts.both + counts.extra));
    }
    if counts.lacking > 0 {
        wrong.push(format!("{} of {} lacking", counts.lacking, counts.both + counts.lacking));
    }
    Item {
        id: id.to_owned(),
        tallies: vec![Tally { right_given, given, right_wanted, wanted }],
        wrong,
    }
}

/// Runs of letters, digits and underscores, with their case.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect()
}

/// How often each run of four words occurs; a shorter text is one shingle.
fn shingles<'t>(words: &'t [&'t str]) -> BTreeMap<&'t [&'t str], usize> {
    let mut counts = BTreeMap::new();
    if words.is_empty() {
        return counts;
    }
    for shingle in words.windows(SHINGLE.min(words.len())) {
        *counts.entry(shingle).or_insert(0) += 1;
    }
    counts
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    both: usize,
    extra: usize,
    lacking: usize,
}

impl Counts {
    fn of(gold: &BTreeMap<&[&str], usize>, predicted: &BTreeMap<&[&str], usize>) -> Self {
        let mut counts = Self::default();
        for (shingle, &n) in gold {
            let given = predicted.get(shingle).copied().unwrap_or(0);
            counts.both += n.min(given);
            counts.lacking += n.saturating_sub(given);
        }
        for (shingle, &n) in predicted {
            counts.extra += n.saturating_sub(gold.get(shingle).copied().unwrap_or(0));
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(gold: &str, predicted: &str, expected: (f64, f64, f64, f64)) {
        let t = score("p", gold, predicted).tallies[0];
        assert_eq!((t.right_given, t.given, t.right_wanted, t.wanted), expected);
    }

    #[test]
    fn shingles_by_hand() {
        // Gold: abcd bcde cdef; predicted: abcd bcde.
        check("a b c d e f", "a b, c d. e", (1.0, 1.0, 2.0 / 3.0, 1.0));
        // Predicted: xabc abcd bcde.
        check("a b c d e", "x a b c d e", (2.0 / 3.0, 1.0, 1.0, 1.0));
    }

    #[test]
    fn a_repeated_shingle_counts_as_often_as_it_is_wanted() {
        // Gold has aaaa once, the prediction twice.
        check("a a a a", "a a a a a", (0.5, 1.0, 1.0, 1.0));
    }

    #[test]
    fn a_short_text_is_one_shingle_and_none_is_left_out() {
        check("a b", "a b", (1.0, 1.0, 1.0, 1.0));
        check("a b", "", (0.0, 0.0, 0.0, 1.0));
        check("", "a b", (0.0, 1.0, 0.0, 0.0));
        check("", "", (0.0, 0.0, 0.0, 0.0));
    }

    #[test]
    fn case_counts_and_punctuation_does_not() {
        check("A_1 b", "A_1; b!", (1.0, 1.0, 1.0, 1.0));
        check("A b", "a b", (0.0, 1.0, 0.0, 1.0));
    }
}
