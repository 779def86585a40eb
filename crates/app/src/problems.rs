//! Problems of a run, collected by kind: "412 × no date (first: …)", not 412 lines.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::render::clean;

/// More kinds than this are counted together.
const KINDS: usize = 40;
/// The name of the rest.
const OTHERS: &str = "other problems";

/// What could not be made out, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Problems {
    kinds: BTreeMap<String, Cases>,
}

/// How often something was wrong, where first, and what exactly it was there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct Cases {
    n: u64,
    first: String,
    what: String,
}

impl Problems {
    /// Counts a problem of `input`.
    pub(crate) fn note(&mut self, input: &str, what: &str) {
        let kind = kind(what);
        let room = self.kinds.len() < KINDS || self.kinds.contains_key(&kind);
        let cases = self.kinds.entry(if room { kind } else { OTHERS.to_owned() });
        let first = || Cases { n: 0, first: input.to_owned(), what: what.to_owned() };
        cases.or_insert_with(first).n += 1;
    }

    /// How often something was wrong, where first, and what it was there.
    pub(crate) fn each(&self) -> impl Iterator<Item = (u64, &str, &str)> {
        self.kinds.values().map(|cases| (cases.n, cases.first.as_str(), cases.what.as_str()))
    }

    /// Whether nothing was wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }
}

impl fmt::Display for Problems {
    /// A line for each kind.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kinds.iter().try_for_each(|(kind, Cases { n, first, what })| {
            let (first, what) = (clean(first), clean(what));
            match n {
                1 => writeln!(f, "problem: \"{first}\": {what}"),
                n if kind == OTHERS => {
                    writeln!(f, "problem: {n} × {OTHERS} (first: \"{first}\": {what})")
                }
                n => writeln!(f, "problem: {n} × {what} (first: \"{first}\")"),
            }
        })
    }
}

/// `what` with every figure as `#`, so that like problems are told together.
fn kind(what: &str) -> String {
    let mut kind = String::with_capacity(what.len());
    for c in what.chars() {
        if !c.is_ascii_digit() {
            kind.push(c);
        } else if !kind.ends_with('#') {
            kind.push('#');
        }
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_counted_by_kind_with_the_first_case() {
        let mut problems = Problems::default();
        problems.note("a", "no date");
        problems.note("b", "no date");
        problems.note("c", "no text was found");
        assert_eq!(
            problems.to_string(),
            "problem: 2 × no date (first: \"a\")\nproblem: \"c\": no text was found\n"
        );
    }

    #[test]
    fn problems_that_differ_in_their_figures_only_are_of_a_kind() {
        let mut problems = Problems::default();
        (1..=3).for_each(|n| problems.note("a", &format!("the record has {n} bytes")));
        assert_eq!(problems.to_string(), "problem: 3 × the record has 1 bytes (first: \"a\")\n");
    }

    #[test]
    fn the_number_of_kinds_is_bounded() {
        let mut problems = Problems::default();
        (0..1_000).for_each(|n| problems.note("a", &"x".repeat(n)));
        assert_eq!(problems.kinds.len(), KINDS + 1);
        assert!(problems.to_string().contains("other problems (first: \"a\": xxx"));
        assert_eq!(problems.kinds.values().map(|cases| cases.n).sum::<u64>(), 1_000);
    }
}
