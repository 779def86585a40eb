//! A place that no gazetteer has, but that the sentences of a report call one: "in the town of Nueva
//! Arcadia, Usulutan Department", "in Tres Cruces Municipality".

use super::ward::APART;
use crate::fold::fold;
use crate::report::Report;

/// What a place is called, as the key does. Sorted.
const KINDS: &[(&str, &str)] = &[
    ("canton", "CANTON"),
    ("city", "CITY"),
    ("hamlet", "VILLAGE"),
    ("municipality", "MUNICIPALITY"),
    ("port", "PORT"),
    ("town", "TOWN"),
    ("township", "TOWN"),
    ("village", "VILLAGE"),
];

/// What what a place is in is called. Sorted.
const AREAS: &[&str] = &["department", "province"];

/// Words behind which no name goes on, besides those that are no part of any. Sorted.
const ENDS: &[&str] = &[
    "about",
    "after",
    "also",
    "approximately",
    "before",
    "between",
    "by",
    "during",
    "early",
    "for",
    "had",
    "has",
    "have",
    "here",
    "last",
    "located",
    "since",
    "some",
    "today",
    "tonight",
    "until",
    "was",
    "were",
    "when",
    "where",
    "which",
    "while",
    "who",
    "yesterday",
];

/// Words that may stand between a place and what it is in. Sorted.
const BETWEEN: &[&str] = &[
    "central",
    "eastern",
    "in",
    "located",
    "northeastern",
    "northern",
    "northwestern",
    "of",
    "southeastern",
    "southern",
    "southwestern",
    "the",
    "western",
];

/// The most words of a name.
const LONGEST: usize = 4;

/// A place as the text tells it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// In capitals.
    pub(super) name: String,
    /// In the key's words.
    pub(super) kind: &'static str,
    /// The department that it is said to be in, in capitals.
    pub(super) area: Option<String>,
}

/// The one place that the first of the report's sentences with any calls a town or the like.
pub(super) fn told(report: &Report, text: &str) -> Option<Told> {
    let found = report.evidence.iter().map(|span| places(span.of(text))).find(|p| !p.is_empty())?;
    let mut found = found.into_iter();
    let first = found.next()?;
    found.all(|other| other.name == first.name).then_some(first)
}

/// The department that the text says a place is in, right behind its name.
pub(super) fn area_of(place: &str, text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name: Vec<String> = place.split_whitespace().map(fold).collect();
    let here = |i: usize| {
        name.iter().enumerate().all(|(k, w)| words.get(i + k).is_some_and(|x| bare(x) == *w))
    };
    (0..words.len()).filter(|&i| here(i)).find_map(|i| area(&words, i + name.len()))
}

/// The places that a sentence calls so.
fn places(sentence: &str) -> Vec<Told> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let kind = |i: usize| {
        let key = words.get(i).map(|w| bare(w))?;
        KINDS.iter().find(|(word, _)| *word == key).map(|(_, kind)| *kind)
    };
    let before = |i: usize| i.checked_sub(1).and_then(|i| words.get(i)).map(|w| bare(w));
    let told = |i: usize| {
        let sort = kind(i)?;
        // "The town of Nueva Arcadia".
        if !ends(words[i]) && words.get(i + 1).is_some_and(|w| bare(w) == "of") {
            let last = name_from(&words, i + 2)?;
            return Some(Told {
                name: name(&words, i + 2, last),
                kind: sort,
                area: area(&words, last),
            });
        }
        // "In Tres Cruces Municipality".
        let own = |j: &usize| {
            is_of_name(words[*j])
                && !ends(words[*j])
                && BETWEEN.binary_search(&bare(words[*j]).as_str()).is_err()
        };
        let first = (i.saturating_sub(LONGEST)..i).rev().take_while(own).last()?;
        let led = before(first).is_some_and(|w| {
            BETWEEN.binary_search(&w.as_str()).is_ok() || matches!(w.as_str(), "near" | "at")
        });
        (led && sort != "CITY" && sort != "PORT").then(|| Told {
            name: name(&words, first, i),
            kind: sort,
            area: area(&words, i + 1),
        })
    };
    // "In Nueva Arcadia, Usulutan Department".
    let beside = |i: usize| {
        let led = matches!(bare(words[i]).as_str(), "in" | "near" | "at");
        let last = name_from(&words, i + 1).filter(|_| led)?;
        let area =
            area(&words, last).filter(|_| words.get(last - 1).is_some_and(|w| w.ends_with(',')))?;
        Some(Told { name: name(&words, i + 1, last), kind: "TOWN", area: Some(area) })
    };
    (0..words.len()).filter_map(|i| told(i).or_else(|| beside(i))).collect()
}

/// One past the name that begins at `first`.
fn name_from(words: &[&str], first: usize) -> Option<usize> {
    let mut last = first;
    if words.get(first).is_some_and(|w| BETWEEN.binary_search(&bare(w).as_str()).is_ok()) {
        return None;
    }
    while last < words.len() && is_of_name(words[last]) {
        last += 1;
        if ends(words[last - 1]) {
            break;
        }
    }
    (last > first && last - first <= LONGEST).then_some(last)
}

/// The department said behind word `at`: ", in eastern Usulutan Department".
fn area(words: &[&str], at: usize) -> Option<String> {
    let is_kind = |w: &str| KINDS.iter().any(|(kind, _)| *kind == bare(w));
    let between = |w: &str| BETWEEN.binary_search(&bare(w).as_str()).is_ok() || is_kind(w);
    let first = (at..words.len()).find(|&i| !between(words[i]))?;
    let last = (first..words.len().min(first + LONGEST))
        .find(|&i| AREAS.binary_search(&bare(words[i]).as_str()).is_ok())?;
    let whole = last > first
        && first <= at + 3
        && (first..last).all(|i| is_of_name(words[i]) && !ends(words[i]));
    whole.then(|| name(words, first, last))
}

fn is_of_name(word: &str) -> bool {
    let key = bare(word);
    let small = |list: &[&str]| list.binary_search(&key.as_str()).is_ok();
    let plain = key.chars().all(char::is_alphabetic) && !key.is_empty();
    let kind = KINDS.iter().any(|(kind, _)| *kind == key);
    plain
        && !small(APART)
        && !small(ENDS)
        && !kind
        && !word.contains('\'')
        && !word.starts_with(['[', '(', '"'])
}

fn name(words: &[&str], first: usize, last: usize) -> String {
    let name: Vec<String> =
        words.get(first..last).unwrap_or_default().iter().map(|w| bare(w).to_uppercase()).collect();
    name.join(" ")
}

fn bare(word: &str) -> String {
    fold(word.trim_matches(|c: char| c.is_ascii_punctuation()))
}

fn ends(word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_punctuation())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: &[&str]) {
        let found = places(sentence)
            .into_iter()
            .map(|t| t.area.map_or_else(String::new, |area| area + ": ") + &t.name + " " + t.kind);
        assert_eq!(found.collect::<Vec<_>>(), expected, "{sentence}");
    }

    #[test]
    fn what_is_called_a_town_is_a_place() {
        check(
            "FOUR DIED IN THE SMALL TOWN OF NUEVA ARCADIA, THE PRESS SAID.",
            &["NUEVA ARCADIA TOWN"],
        );
        check("FOUR DIED IN TRES CRUCES MUNICIPALITY ON 3 MAY.", &["TRES CRUCES MUNICIPALITY"]);
        check(
            "IT TOOK PLACE IN PUERTO ARCADIA, IN EASTERN USULUTAN DEPARTMENT.",
            &["USULUTAN: PUERTO ARCADIA TOWN"],
        );
        check(
            "IN THE VILLAGE OF ARCADIA, LA PAZ DEPARTMENT, FOUR DIED.",
            &["LA PAZ: ARCADIA VILLAGE"],
        );
        check("THE MAYOR OF THE TOWN WAS KILLED IN HIS HOME.", &[]);
    }

    #[test]
    fn a_department_stands_behind_its_town() {
        assert_eq!(
            area_of("ACHI", "KILLED IN ACHI, BOLIVAR DEPARTMENT, ON").as_deref(),
            Some("BOLIVAR")
        );
        assert_eq!(
            area_of("EL PENON", "IN EL PENON MUNICIPALITY, CUNDINAMARCA DEPARTMENT.").as_deref(),
            Some("CUNDINAMARCA")
        );
        assert_eq!(area_of("ACHI", "KILLED IN ACHI ON 3 MAY"), None);
    }

    #[test]
    fn lists_are_in_order() {
        assert!(KINDS.is_sorted() && AREAS.is_sorted() && ENDS.is_sorted() && BETWEEN.is_sorted());
    }
}
