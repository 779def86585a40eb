//! The part of a town that the sentences of a report name: "in the Flor Blanca neighborhood".

use crate::fold::fold;
use crate::report::Report;

/// Words behind the name of a part of a town, and its kind in the key. Sorted.
const KINDS: &[(&str, &str)] =
    &[("district", "DISTRICT"), ("neighborhood", "NEIGHBORHOOD"), ("suburb", "SUBURB")];

/// Words that are not of the name before them. Sorted.
#[rustfmt::skip]
pub(super) const APART: &[&str] = &[
    "a", "affluent", "an", "and", "another", "at", "capital", "central", "commercial", "crowded",
    "downtown", "eastern", "elegant", "entire", "exclusive", "from", "in", "inside", "into", "luxurious", "main",
    "military", "near", "northern", "of", "on", "or", "outside", "poor", "popular", "populated",
    "populous", "residential", "same", "southern", "that", "the", "their", "this", "through", "to",
    "wealthy", "western", "whole", "with",
];

/// The most words of such a name.
const LONGEST: usize = 4;

/// Name and kind of the one part of a town that the report's evidence names.
pub(super) fn ward(report: &Report, text: &str) -> Option<(String, &'static str)> {
    let mut found = report.evidence.iter().flat_map(|span| wards(span.of(text)));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// The parts of towns that a sentence names.
fn wards(sentence: &str) -> Vec<(String, &'static str)> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let bare = |w: &str| fold(w.trim_matches(|c: char| c.is_ascii_punctuation()));
    let ends = |w: &str| w.ends_with(|c: char| c.is_ascii_punctuation()) || w.contains('\'');
    let named = |i: usize| {
        let key = bare(words.get(i)?);
        let (_, kind) = KINDS.iter().find(|(word, _)| *word == key)?;
        let from = (i.saturating_sub(LONGEST)..i).rev().take_while(|&j| {
            words
                .get(j)
                .is_some_and(|w| !ends(w) && APART.binary_search(&bare(w).as_str()).is_err())
        });
        let from = from.last()?;
        // A small word before it says where the name begins.
        let before = from.checked_sub(1).and_then(|j| words.get(j))?;
        if !before.contains('\'') && APART.binary_search(&bare(before).as_str()).is_err() {
            return None;
        }
        let name: Vec<String> =
            words.get(from..i)?.iter().map(|w| bare(w).to_uppercase()).collect();
        Some((name.join(" "), *kind))
    };
    // "In the neighborhood of Las Flores".
    let called = |i: usize| {
        let key = bare(words.get(i)?);
        let (_, kind) = KINDS.iter().find(|(word, _)| *word == key)?;
        let of = !ends(words.get(i)?) && words.get(i + 1).is_some_and(|w| bare(w) == "of");
        let part = |w: &&&str| APART.binary_search(&bare(w).as_str()).is_err();
        let mut name = Vec::new();
        for word in words.iter().skip(i + 2).take_while(|w| of && part(w)) {
            name.push(bare(word).to_uppercase());
            if ends(word) {
                break;
            }
        }
        (!name.is_empty() && name.len() <= LONGEST).then(|| (name.join(" "), *kind))
    };
    (0..words.len()).filter_map(|i| named(i).or_else(|| called(i))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_stands_before_its_kind() {
        let found = |text| wards(text).into_iter().map(|w| w.0).collect::<Vec<_>>();
        assert_eq!(found("A BOMB WENT OFF IN THE FLOR BLANCA NEIGHBORHOOD."), ["FLOR BLANCA"]);
        assert_eq!(found("a bomb went off in lima's las flores district today"), ["LAS FLORES"]);
        assert_eq!(found("in the neighborhood of las flores, police said"), ["LAS FLORES"]);
        assert!(found("A BOMB WENT OFF IN THE NEIGHBORHOOD.").is_empty());
    }

    #[test]
    fn words_are_in_order() {
        assert!(APART.is_sorted() && KINDS.is_sorted());
    }
}
