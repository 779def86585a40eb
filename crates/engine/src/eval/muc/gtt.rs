//! Template filling: the best mapping of predicted to gold templates, the type counted as an item.
//!
//! The mapping is the one of greatest F1 in the document. It is searched exactly: depth first in
//! the order of the reference scorer, so that ties fall as they do there, cutting off branches
//! that cannot be better than the best so far. A document that would need more than [`BUDGET`]
//! steps keeps the best mapping found and says so.

use super::names::{NamesByRole, is_right};
use super::{Role, Template};
use crate::eval::{Form, Item, Measure, Tally};

/// The most steps of the search in one document: about a second.
pub const BUDGET: usize = 5_000_000;

/// All items together, the type, then each role.
pub fn measures() -> Vec<Measure> {
    ["micro", "incident_type"]
        .into_iter()
        .chain(Role::ALL.map(Role::as_str))
        .map(|name| Measure { name, form: Form::F1 })
        .collect()
}

/// Scores one document.
pub fn score(docid: &str, gold: &[Template], predicted: &[Template]) -> Item {
    score_within(docid, gold, predicted, BUDGET)
}

fn score_within(docid: &str, gold: &[Template], predicted: &[Template], budget: usize) -> Item {
    let gold = distinct(gold.iter().map(Normal::of));
    let predicted: Vec<Normal> = predicted.iter().map(Normal::of).collect();
    let mut search = Search::new(&gold, &predicted, budget);
    search.run(0, 0, 0);
    let mut wrong = Vec::new();
    if search.steps >= budget {
        wrong.push(format!("mapping cut short after {budget} steps"));
    }
    let mapping = search.best;
    let mut tallies = vec![Tally::default(); 7];
    for template in &gold {
        tallies[1].wanted += 1.0;
        for role in Role::ALL {
            tallies[2 + role as usize].wanted += template.names.role(role).len() as f64;
        }
    }
    for (n, template) in predicted.iter().enumerate() {
        tallies[1].given += 1.0;
        for role in Role::ALL {
            tallies[2 + role as usize].given += template.names.role(role).len() as f64;
        }
        let Some(mapped) = mapping.get(n).copied().flatten() else {
            wrong.push(format!("false template {}", template.incident_type));
            continue;
        };
        let Some(pair) = Pair::of(template, &gold[mapped]) else { continue };
        for (tally, (given, wanted)) in tallies[1..].iter_mut().zip(pair.right) {
            tally.right_given += given as f64;
            tally.right_wanted += wanted as f64;
        }
    }
    let missed = (0..gold.len()).filter(|&n| !mapping.contains(&Some(n)));
    wrong.extend(missed.map(|n| format!("missed template {}", gold[n].incident_type)));
    for n in 1..tallies.len() {
        let part = tallies[n];
        tallies[0] += part;
    }
    Item { id: docid.to_owned(), tallies, wrong }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Normal {
    incident_type: String,
    names: NamesByRole,
}

impl Normal {
    fn of(template: &Template) -> Self {
        let stated = &template.incident_type;
        Self {
            incident_type: if stated.is_empty() { "attack".to_owned() } else { stated.clone() },
            names: NamesByRole::of(&template.fillers),
        }
    }

    /// How many items it has: its type and its entities.
    fn len(&self) -> usize {
        1 + self.names.len()
    }
}

fn distinct(templates: impl Iterator<Item = Normal>) -> Vec<Normal> {
    let mut kept: Vec<Normal> = Vec::new();
    templates.for_each(|t| {
        if !kept.contains(&t) {
            kept.push(t);
        }
    });
    kept
}

/// What is right when two templates are mapped: given and wanted items, the type first.
#[derive(Clone, Copy, Debug)]
struct Pair {
    right: [(usize, usize); 6],
}

impl Pair {
    /// `None` if the types differ. A gold type may name two: `bombing / attack`.
    fn of(predicted: &Normal, gold: &Normal) -> Option<Self> {
        if !gold.incident_type.contains(&predicted.incident_type) {
            return None;
        }
        let mut right = [(1, 1); 6];
        for role in Role::ALL {
            let (p, g) = (predicted.names.role(role), gold.names.role(role));
            right[1 + role as usize] = (
                p.iter().filter(|p| g.iter().any(|g| is_right(p, g))).count(),
                g.iter().filter(|g| p.iter().any(|p| is_right(p, g))).count(),
            );
        }
        Some(Self { right })
    }

    fn totals(&self) -> (usize, usize) {
        self.right.iter().fold((0, 0), |sum, r| (sum.0 + r.0, sum.1 + r.1))
    }
}

struct Search {
    /// For each predicted and each gold template what is right if they are mapped.
    pairs: Vec<Vec<Option<(usize, usize)>>>,
    /// The most that this and the later predicted templates can add.
    rest: Vec<(usize, usize)>,
    given: usize,
    wanted: usize,
    used: Vec<bool>,
    chosen: Vec<Option<usize>>,
    best_f1: f64,
    best: Vec<Option<usize>>,
    steps: usize,
    budget: usize,
}

impl Search {
    fn new(gold: &[Normal], predicted: &[Normal], budget: usize) -> Self {
        let pair = |p, g| Pair::of(p, g).map(|pair| pair.totals());
        let pairs: Vec<Vec<_>> =
            predicted.iter().map(|p| gold.iter().map(|g| pair(p, g)).collect()).collect();
        let mut rest = vec![(0, 0); predicted.len() + 1];
        for (n, line) in pairs.iter().enumerate().rev() {
            let most = line
                .iter()
                .flatten()
                .fold((0, 0), |most: (usize, usize), p| (most.0.max(p.0), most.1.max(p.1)));
            rest[n] = (rest[n + 1].0 + most.0, rest[n + 1].1 + most.1);
        }
        Self {
            pairs,
            rest,
            given: predicted.iter().map(Normal::len).sum(),
            wanted: gold.iter().map(Normal::len).sum(),
            used: vec![false; gold.len()],
            chosen: Vec::new(),
            best_f1: -1.0,
            best: Vec::new(),
            steps: 0,
            budget,
        }
    }

    fn f1(&self, right_given: usize, right_wanted: usize) -> f64 {
        let tally = Tally {
            right_given: right_given as f64,
            given: self.given as f64,
            right_wanted: right_wanted as f64,
            wanted: self.wanted as f64,
        };
        100.0 * tally.f1()
    }

    fn run(&mut self, n: usize, right_given: usize, right_wanted: usize) {
        self.steps += 1;
        if self.steps > self.budget && !self.best.is_empty() {
            return;
        }
        if n == self.pairs.len() {
            let f1 = self.f1(right_given, right_wanted);
            if f1 > self.best_f1 {
                self.best_f1 = f1;
                self.best.clone_from(&self.chosen);
            }
            return;
        }
        // The margin keeps rounding from cutting off a branch that is better by a hair.
        let bound = self.f1(right_given + self.rest[n].0, right_wanted + self.rest[n].1);
        if bound < self.best_f1 - 1e-9 {
            return;
        }
        self.chosen.push(None);
        self.run(n + 1, right_given, right_wanted);
        self.chosen.pop();
        for gold in 0..self.used.len() {
            let Some((given, wanted)) = self.pairs[n][gold] else { continue };
            if self.used[gold] {
                continue;
            }
            self.used[gold] = true;
            self.chosen.push(Some(gold));
            self.run(n + 1, right_given + given, right_wanted + wanted);
            self.chosen.pop();
            self.used[gold] = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn templates(json: &str) -> Vec<Template> {
        serde_json::from_str(json).unwrap()
    }

    fn check(gold: &str, predicted: &str) -> Item {
        score("d", &templates(gold), &templates(predicted))
    }

    #[test]
    fn type_and_fillers_count_alike() {
        let item = check(
            r#"[{"incident_type": "bombing", "Weapon": [[["car bomb", 4], ["bomb", 8]]], "Victim": [[["a judge", 30]]]}]"#,
            r#"[{"incident_type": "bombing", "Weapon": [["bomb"]], "Target": [["car"]]}]"#,
        );
        assert_eq!(item.tallies[0], Tally::of(2, 3, 3));
        assert_eq!(item.tallies[1], Tally::of(1, 1, 1));
        assert_eq!(item.tallies[6], Tally::of(1, 1, 1));
    }

    #[test]
    fn another_type_is_not_mapped_unless_the_gold_allows_both() {
        let predicted = r#"[{"incident_type": "attack", "Weapon": [["bomb"]]}]"#;
        let gold = r#"[{"incident_type": "bombing", "Weapon": [[["bomb", 1]]]}]"#;
        assert_eq!(check(gold, predicted).tallies[0], Tally::of(0, 2, 2));
        let gold = r#"[{"incident_type": "bombing / attack", "Weapon": [[["bomb", 1]]]}]"#;
        assert_eq!(check(gold, predicted).tallies[0], Tally::of(2, 2, 2));
    }

    #[test]
    fn the_mapping_is_the_best_in_all_not_the_first() {
        let item = check(
            r#"[{"incident_type": "attack", "Victim": [[["judge", 1]]]},
                {"incident_type": "attack", "Victim": [[["priest", 1]]], "Weapon": [[["gun", 1]]]}]"#,
            r#"[{"incident_type": "attack", "Victim": [["priest"]], "Weapon": [["gun"]]},
                {"incident_type": "attack", "Victim": [["judge"]]}]"#,
        );
        assert_eq!(item.tallies[0], Tally::of(5, 5, 5));
        assert!(item.wrong.is_empty());
    }

    #[test]
    fn equal_gold_templates_count_once() {
        let one = r#"{"incident_type": "attack", "Victim": [[["judge", 1]]]}"#;
        let item = check(&format!("[{one}, {one}]"), "[]");
        assert_eq!(item.tallies[0], Tally::of(0, 0, 2));
        assert_eq!(item.wrong, ["missed template attack"]);
    }

    #[test]
    fn two_predicted_names_of_one_entity_are_both_right() {
        // The measure counts each side by itself: two given right, one wanted found.
        let item = check(
            r#"[{"incident_type": "attack", "PerpOrg": [[["Front", 1], ["FP", 9]]]}]"#,
            r#"[{"incident_type": "attack", "PerpOrg": [["Front"], ["FP"]]}]"#,
        );
        let expected = Tally { right_given: 2.0, given: 2.0, right_wanted: 1.0, wanted: 1.0 };
        assert_eq!(item.tallies[3], expected);
    }

    #[test]
    fn many_equal_templates_are_mapped_within_the_budget() {
        let many = |n: usize| {
            let one = |k| format!(r#"{{"incident_type": "attack", "Victim": [["man {k}"]]}}"#);
            format!("[{}]", (0..n).map(one).collect::<Vec<_>>().join(","))
        };
        let item = check(&many(11), &many(11));
        assert_eq!(item.tallies[0], Tally::of(22, 22, 22));
        let (gold, predicted) = (templates(&many(3)), templates(&many(3)));
        let short = score_within("d", &gold, &predicted, 4);
        assert_eq!(short.wrong[0], "mapping cut short after 4 steps");
    }
}
