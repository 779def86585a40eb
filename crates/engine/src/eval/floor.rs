//! Floors: figures that must not fall, for a corpus that is pinned by its digest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Form, Scored};

/// The floors of one suite over one corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floors {
    /// The suite.
    pub suite: String,
    /// How many items the corpus has.
    pub items: usize,
    /// The digest of the gold, as `tocsin eval` prints it.
    pub digest: String,
    /// For each measure its least value; for a count its greatest. Data set and measure are joined
    /// by a slash where a suite has several data sets: `pages/aeb/text`.
    pub floors: BTreeMap<String, f64>,
}

impl Floors {
    /// What is broken, one message each; empty if nothing is.
    pub fn broken(&self, suite: &str, digest: &str, sections: &[Scored]) -> Vec<String> {
        let items: usize = sections.iter().map(|s| s.items.len()).sum();
        let mut broken = Vec::new();
        if self.suite != suite {
            broken.push(format!("the floors are for suite \"{}\", not \"{suite}\"", self.suite));
            return broken;
        }
        if self.items != items || self.digest != digest {
            broken.push(format!(
                "the gold is not the one that the floors were set on ({} items, {}; now {items}, {digest}): set them anew",
                self.items, self.digest
            ));
        }
        for (name, &floor) in &self.floors {
            let Some((form, value)) = find(suite, sections, name) else {
                broken.push(format!("there is no measure \"{name}\" with a value"));
                continue;
            };
            let (kept, word) = match form {
                Form::Count => (value <= floor, "ceiling"),
                Form::F1 | Form::Share => (value >= floor, "floor"),
            };
            if !kept {
                broken.push(format!("\"{name}\" is {value:.2}, the {word} is {floor:.2}"));
            }
        }
        broken
    }
}

fn find(suite: &str, sections: &[Scored], name: &str) -> Option<(Form, f64)> {
    sections.iter().find_map(|section| {
        let measure = if section.name == suite {
            name
        } else {
            name.strip_prefix(section.name.as_str())?.strip_prefix('/')?
        };
        let row = section.rows(0, 0).into_iter().find(|row| row.measure == measure)?;
        Some((row.form, row.value?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::{Item, Measure, Tally};

    fn sections(name: &str) -> Vec<Scored> {
        vec![Scored {
            name: name.into(),
            measures: vec![
                Measure { name: "event", form: Form::F1 },
                Measure { name: "inventions", form: Form::Count },
            ],
            items: vec![Item {
                id: "a".into(),
                tallies: vec![Tally::of(3, 4, 4), Tally::share(2, 5)],
                wrong: vec![],
            }],
        }]
    }

    fn floors(event: f64, inventions: f64) -> Floors {
        Floors {
            suite: "demo".into(),
            items: 1,
            digest: "d".into(),
            floors: [("event".into(), event), ("inventions".into(), inventions)].into(),
        }
    }

    #[test]
    fn a_value_on_its_floor_is_kept() {
        assert!(floors(75.0, 2.0).broken("demo", "d", &sections("demo")).is_empty());
    }

    #[test]
    fn what_falls_and_what_grows_is_broken() {
        assert_eq!(
            floors(75.5, 1.0).broken("demo", "d", &sections("demo")),
            [
                "\"event\" is 75.00, the floor is 75.50",
                "\"inventions\" is 2.00, the ceiling is 1.00"
            ]
        );
    }

    #[test]
    fn another_corpus_or_suite_is_not_compared_in_silence() {
        assert_eq!(floors(0.0, 9.0).broken("demo", "e", &sections("demo")).len(), 1);
        assert_eq!(floors(0.0, 9.0).broken("modern", "d", &sections("modern")).len(), 1);
    }

    #[test]
    fn a_measure_that_is_not_there_is_broken() {
        let mut floors = floors(0.0, 9.0);
        floors.floors.insert("evnt".into(), 1.0);
        let broken = floors.broken("demo", "d", &sections("demo"));
        assert_eq!(broken, ["there is no measure \"evnt\" with a value"]);
    }

    #[test]
    fn a_data_set_within_a_suite_is_named_before_the_measure() {
        let floors = Floors {
            suite: "pages".into(),
            floors: [("pages/aeb/event".into(), 75.0)].into(),
            ..floors(0.0, 0.0)
        };
        assert!(floors.broken("pages", "d", &sections("pages/aeb")).is_empty());
    }
}
