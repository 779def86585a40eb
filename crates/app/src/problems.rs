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

/// How often something was wrong, and where first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct Cases {
    n: u64,
    first: String,
}

impl Problems {
    /// Counts a problem of `input`.
    pub(crate) fn note(&mut self, input: &str, what: &str) {
        let room = self.kinds.len() < KINDS || self.kinds.contains_key(what);
        let cases = self.kinds.entry(if room { what } else { OTHERS }.to_owned());
        cases.or_insert_with(|| Cases { n: 0, first: input.to_owned() }).n += 1;
    }
}

impl fmt::Display for Problems {
    /// A line for each kind.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kinds.iter().try_for_each(|(what, Cases { n, first })| match n {
            1 => writeln!(f, "problem: \"{}\": {}", clean(first), clean(what)),
            n => writeln!(f, "problem: {n} × {} (first: \"{}\")", clean(what), clean(first)),
        })
    }
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
    fn the_number_of_kinds_is_bounded() {
        let mut problems = Problems::default();
        (0..1_000).for_each(|n| problems.note("a", &format!("bad byte at {n}")));
        assert_eq!(problems.kinds.len(), KINDS + 1);
        assert_eq!(problems.kinds.values().map(|cases| cases.n).sum::<u64>(), 1_000);
    }
}
