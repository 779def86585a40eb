//! Institutions that only one country has: who writes of "sheriff's deputies" writes of the United
//! States, though no name of a place that all know stands in the text. Local news is written for
//! people who need not be told their country.

use crate::text::{Shape, Text};

/// Words, the country that has what they name, and how surely they tell it. Sorted by the first word.
const HINTS: &[(&[&str], &str, f32)] = &[
    (&["911", "call"], "US", 0.5),
    (&["911", "caller"], "US", 0.5),
    (&["blocks", "of"], "US", 0.3),
    (&["carabinieri"], "IT", 1.0),
    (&["county", "coroner"], "US", 0.8),
    (&["county", "deputies"], "US", 1.0),
    (&["county", "jail"], "US", 0.8),
    (&["county", "medical", "examiner"], "US", 1.0),
    (&["county", "prosecutor"], "US", 0.8),
    (&["county", "sheriff"], "US", 1.0),
    (&["crown", "prosecution", "service"], "GB", 1.0),
    (&["district", "attorney"], "US", 0.8),
    (&["garda"], "IE", 0.8),
    (&["gardai"], "IE", 1.0),
    (&["gendarmerie", "nationale"], "FR", 0.5),
    (&["grand", "jury"], "US", 0.5),
    (&["highway", "patrol"], "US", 0.8),
    (&["homicide", "detectives"], "US", 0.4),
    (&["medical", "examiner"], "US", 0.6),
    (&["psni"], "GB", 1.0),
    (&["rcmp"], "CA", 1.0),
    (&["sheriff", "s", "department"], "US", 1.0),
    (&["sheriff", "s", "deputies"], "US", 1.0),
    (&["sheriff", "s", "deputy"], "US", 1.0),
    (&["sheriff", "s", "office"], "US", 1.0),
    (&["sheriffs", "office"], "US", 1.0),
    (&["state", "trooper"], "US", 0.8),
    (&["state", "troopers"], "US", 0.8),
    (&["swat", "team"], "US", 0.4),
];

/// How surely a block of houses tells it: "the 1500 block of Elm Street".
const BLOCK: f32 = 0.7;
/// However many there are, they tell no more than this.
const MOST: f32 = 1.5;

/// A country that the words of a text tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hint {
    /// Its code.
    pub(super) code: &'static str,
    /// How surely.
    pub(super) weight: f32,
    /// The tokens of the first of these words.
    pub(super) at: (usize, usize),
}

/// The countries that the words of a text tell.
pub(super) fn hints(text: &Text<'_>) -> Vec<Hint> {
    let mut found: Vec<Hint> = Vec::new();
    let mut seen = vec![false; HINTS.len()];
    let mut block = false;
    let mut add = |code: &'static str, weight: f32, at: (usize, usize)| match found
        .iter_mut()
        .find(|hint| hint.code == code)
    {
        Some(hint) => hint.weight = (hint.weight + weight).min(MOST),
        None => found.push(Hint { code, weight, at }),
    };
    for i in 0..text.tokens.len() {
        let key = text.key(i);
        if key == "block" && !block {
            let numbered =
                i > 0 && text.tokens.get(i - 1).is_some_and(|t| t.shape == Shape::Number);
            if numbered && (text.is(i + 1, "of") || text.is(i + 1, "in")) {
                block = true;
                add("US", BLOCK, (i, i + 1));
            }
            continue;
        }
        let from = HINTS.partition_point(|(words, ..)| words.first().is_some_and(|w| *w < key));
        let same = HINTS.iter().enumerate().skip(from);
        for (n, (words, code, weight)) in same.take_while(|(_, (w, ..))| w.first() == Some(&key)) {
            let reads = words.iter().enumerate().all(|(k, word)| text.key(i + k) == *word);
            if reads && !std::mem::replace(&mut seen[n], true) {
                add(code, *weight, (i, i + words.len()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn institutions_tell_the_country() {
        let told = |source: &str| -> Vec<(&str, f32)> {
            hints(&Text::of(source)).into_iter().map(|hint| (hint.code, hint.weight)).collect()
        };
        assert_eq!(told("A sheriff\u{2019}s deputy said so."), [("US", 1.0)]);
        assert_eq!(told("Gardai are looking for two men."), [("IE", 1.0)]);
        assert_eq!(told("It was in the 1500 block of Elm Street."), [("US", BLOCK)]);
        assert!(told("A court heard the case.").is_empty());
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(HINTS.is_sorted_by_key(|(words, ..)| words.first().copied()));
    }
}
