//! MUC-4 with all its slots (`muc4-full`): templates against templates, with partial credit.
//!
//! Templates are paired one to one so that the sum of what is right is greatest; only pairs whose
//! types agree at least by half. Right is one, half right a half. An unpaired template counts
//! with all its fills: as missing ones, unless the key holds it optional, or as false ones.
//!
//! The measure of 1992 paired two templates only if a perpetrator or a target agreed too; that is
//! kept as a second overall figure.

pub mod agree;
pub mod date;
mod day;
pub mod fill;
mod kinds;
pub mod location;
mod place;
pub mod predict;
pub mod slot;
mod told;
mod ward;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::agree::agreement;
use self::fill::Fill;
use self::slot::Slot;

use crate::eval::assignment::heaviest;
use crate::eval::{Form, Item, Measure, Tally};

/// One template as it stands in the data: the fills of each slot.
pub type Raw = BTreeMap<String, Vec<String>>;

/// A document with its templates.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the data")]
pub struct FullGold {
    pub docid: String,
    pub text: String,
    pub templates: Vec<Raw>,
}

/// What is said of one document: a line of the exchange form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the exchange form")]
pub struct FullPrediction {
    pub docid: String,
    pub templates: Vec<Raw>,
}

/// The figures before those of the slots.
const OVERALL: [&str; 4] = ["overall", "matched only", "matched/missing", "content-mapped"];

/// The overall figures, then each slot over all templates.
pub fn measures() -> Vec<Measure> {
    OVERALL
        .into_iter()
        .chain(Slot::ALL.map(Slot::as_str))
        .map(|name| Measure { name, form: Form::F1 })
        .collect()
}

/// Scores one document.
pub fn score(docid: &str, gold: &[Raw], predicted: &[Raw]) -> Item {
    let gold: Vec<Template> = gold.iter().map(Template::of).collect();
    let given: Vec<Template> = predicted.iter().map(Template::of).collect();
    let mut tallies = vec![Tally::default(); OVERALL.len() + Slot::ALL.len()];
    let mut wrong = Vec::new();

    let pairs = pairs(&gold, &given, false);
    for (g, p) in both(&pairs) {
        for slot in Slot::ALL {
            let tally = slot_tally(slot, &gold[g], &given[p], &mut wrong);
            tallies[OVERALL.len() + slot as usize] += tally;
            tallies[1] += tally;
            tallies[2] += tally;
        }
    }
    for (g, template) in gold.iter().enumerate() {
        if pairs[g].is_none() && !template.optional {
            wrong.push(format!("missed template {}", template.says(Slot::Type)));
            for slot in Slot::ALL {
                let tally = Tally { wanted: template.wanted(slot), ..Tally::default() };
                tallies[OVERALL.len() + slot as usize] += tally;
                tallies[2] += tally;
            }
        }
    }
    for (p, template) in given.iter().enumerate() {
        if !pairs.contains(&Some(p)) {
            wrong.push(format!("false template {}", template.says(Slot::Type)));
            for slot in Slot::ALL {
                tallies[OVERALL.len() + slot as usize] +=
                    Tally { given: template.fills(slot).len() as f64, ..Tally::default() };
            }
        }
    }
    for slot in Slot::ALL {
        let tally = tallies[OVERALL.len() + slot as usize];
        tallies[0] += tally;
    }
    tallies[3] = content_mapped(&gold, &given);
    Item { id: docid.to_owned(), tallies, wrong }
}

/// All slots of all templates, paired only where a perpetrator or target agrees.
fn content_mapped(gold: &[Template], given: &[Template]) -> Tally {
    let pairs = pairs(gold, given, true);
    let mut sum = Tally::default();
    for (g, p) in both(&pairs) {
        for slot in Slot::ALL {
            sum += slot_tally(slot, &gold[g], &given[p], &mut Vec::new());
        }
    }
    for slot in Slot::ALL {
        let missed = |(g, t): (usize, &Template)| {
            (pairs[g].is_none() && !t.optional).then(|| t.wanted(slot))
        };
        sum.wanted += gold.iter().enumerate().filter_map(missed).sum::<f64>();
        let unpaired = given.iter().enumerate().filter(|(p, _)| !pairs.contains(&Some(*p)));
        sum.given += unpaired.map(|(_, t)| t.fills(slot).len() as f64).sum::<f64>();
    }
    sum
}

fn both(pairs: &[Option<usize>]) -> impl Iterator<Item = (usize, usize)> + '_ {
    pairs.iter().enumerate().filter_map(|(g, p)| Some((g, (*p)?)))
}

/// For each gold template the predicted one that it is paired with.
fn pairs(gold: &[Template], given: &[Template], by_content: bool) -> Vec<Option<usize>> {
    let weight = |gold: &Template, given: &Template| {
        let halves =
            |slot: Slot| matched(gold.fills(slot), given.fills(slot), slot).1.iter().sum::<i64>();
        let alike = halves(Slot::Type) > 0
            && (!by_content || Slot::ALL.into_iter().any(|s| s.is_content() && halves(s) > 0));
        // Where two pairings are as right, the one that leaves fewer wanted templates is taken.
        alike
            .then(|| 2 * Slot::ALL.into_iter().map(halves).sum::<i64>() + i64::from(!gold.optional))
    };
    let weights: Vec<Vec<Option<i64>>> =
        gold.iter().map(|g| given.iter().map(|p| weight(g, p)).collect()).collect();
    heaviest(&weights)
}

/// For each wanted fill the given one that it is matched with, and how right each pair is.
fn matched(wanted: &[Fill], given: &[Fill], slot: Slot) -> (Vec<Option<usize>>, Vec<i64>) {
    let halves = |w: &Fill, g: &Fill| Some(i64::from(agreement(slot, w, g))).filter(|&h| h > 0);
    let weights: Vec<Vec<Option<i64>>> =
        wanted.iter().map(|w| given.iter().map(|g| halves(w, g)).collect()).collect();
    let pairs = heaviest(&weights);
    let right = pairs.iter().zip(&weights).filter_map(|(p, line)| line[(*p)?]).collect();
    (pairs, right)
}

/// What is right in one slot of two paired templates.
fn slot_tally(slot: Slot, gold: &Template, given: &Template, wrong: &mut Vec<String>) -> Tally {
    let (wanted, said) = (gold.fills(slot), given.fills(slot));
    let (pairs, halves) = matched(wanted, said, slot);
    let right = halves.iter().sum::<i64>() as f64 / 2.0;
    let mut possible = 0.0;
    for (fill, pair) in wanted.iter().zip(&pairs) {
        if pair.is_some() || !fill.optional {
            possible += 1.0;
        }
        if pair.is_none() && !fill.optional {
            wrong.push(format!("missed {}: {}", slot.as_str(), shown(fill)));
        }
    }
    for (n, fill) in said.iter().enumerate() {
        if !pairs.contains(&Some(n)) {
            wrong.push(format!("false {}: {}", slot.as_str(), shown(fill)));
        }
    }
    Tally { right_given: right, given: said.len() as f64, right_wanted: right, wanted: possible }
}

fn shown(fill: &Fill) -> String {
    let tags =
        if fill.tags.is_empty() { String::new() } else { format!(": {}", fill.tags.join(" / ")) };
    format!("{}{tags}", fill.values.join(" / "))
}

/// A template as it is compared.
struct Template {
    optional: bool,
    slots: Vec<Vec<Fill>>,
}

impl Template {
    fn of(raw: &Raw) -> Self {
        let fills = |name: &str| raw.get(name).map(Vec::as_slice).unwrap_or_default();
        let slots = Slot::ALL
            .map(|slot| fills(slot.as_str()).iter().filter_map(|f| Fill::of(slot, f)).collect());
        let optional = fills("MESSAGE: TEMPLATE").iter().any(|f| f.contains("OPTIONAL"));
        Self { optional, slots: slots.into() }
    }

    fn fills(&self, slot: Slot) -> &[Fill] {
        self.slots.get(slot as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many fills of a slot must be there.
    fn wanted(&self, slot: Slot) -> f64 {
        self.fills(slot).iter().filter(|f| !f.optional).count() as f64
    }

    fn says(&self, slot: Slot) -> String {
        self.fills(slot).first().map(shown).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn templates(json: &str) -> Vec<Raw> {
        serde_json::from_str(json).unwrap()
    }

    fn check(gold: &str, predicted: &str) -> Item {
        score("d", &templates(gold), &templates(predicted))
    }

    fn half(right: f64, given: f64, wanted: f64) -> Tally {
        Tally { right_given: right, given, right_wanted: right, wanted }
    }

    const BOMBING: &str = r#"{"INCIDENT: TYPE": ["BOMBING"], "INCIDENT: DATE": ["- 24 AUG 89"],
        "PHYS TGT: ID": ["\"BANK\"", "? \"CARS\""], "PHYS TGT: TYPE": ["FINANCIAL: \"BANK\"", "? TRANSPORT VEHICLE: \"CARS\""]}"#;

    #[test]
    fn half_right_fills_are_halves_and_optional_ones_are_free() {
        let gold = format!("[{BOMBING}]");
        let item = check(
            &gold,
            r#"[{"INCIDENT: TYPE": ["ATTACK"], "INCIDENT: DATE": ["24 AUG 89"], "PHYS TGT: ID": ["\"BANK\""], "PHYS TGT: TYPE": ["COMMERCIAL: \"BANK\""]}]"#,
        );
        // Type a half of one, date a half of one, the bank, a wrong type of it.
        assert_eq!(item.tallies[0], half(2.0, 4.0, 4.0));
        assert_eq!(item.tallies[4], half(0.5, 1.0, 1.0));
        assert_eq!(
            item.wrong,
            ["missed PHYS TGT: TYPE: FINANCIAL: BANK", "false PHYS TGT: TYPE: COMMERCIAL: BANK"]
        );
    }

    #[test]
    fn an_optional_fill_that_is_given_counts_on_both_sides() {
        let item = check(&format!("[{BOMBING}]"), &format!("[{BOMBING}]"));
        assert_eq!(item.tallies[0], half(6.0, 6.0, 6.0));
        assert!(item.wrong.is_empty());
    }

    #[test]
    fn an_optional_template_is_free_and_a_false_one_is_not() {
        let optional = r#"[{"MESSAGE: TEMPLATE": ["1 (OPTIONAL)"], "INCIDENT: TYPE": ["ATTACK"]}]"#;
        assert_eq!(check(optional, "[]").tallies[0], half(0.0, 0.0, 0.0));
        let item = check("[]", &format!("[{BOMBING}]"));
        assert_eq!(item.tallies[0], half(0.0, 6.0, 0.0));
        assert_eq!((item.tallies[1], item.tallies[2]), (Tally::default(), Tally::default()));
    }

    #[test]
    fn a_missing_template_counts_its_fills_but_not_the_optional_ones() {
        let item = check(&format!("[{BOMBING}]"), "[]");
        assert_eq!(item.tallies[0], half(0.0, 0.0, 4.0));
        assert_eq!(item.tallies[1], Tally::default());
        assert_eq!(item.tallies[2], half(0.0, 0.0, 4.0));
        assert_eq!(item.wrong, ["missed template BOMBING"]);
    }

    #[test]
    fn the_pairing_is_the_best_in_all() {
        let of = |name: &str| {
            format!(r#"{{"INCIDENT: TYPE": ["ATTACK"], "HUM TGT: NAME": ["\"{name}\""]}}"#)
        };
        let item = check(
            &format!("[{}, {}]", of("PAZ"), of("RUIZ")),
            &format!("[{}, {}]", of("RUIZ"), of("PAZ")),
        );
        assert_eq!(item.tallies[0], half(4.0, 4.0, 4.0));
    }

    #[test]
    fn templates_without_a_common_party_are_not_mapped_by_content() {
        let gold = r#"[{"INCIDENT: TYPE": ["ATTACK"], "HUM TGT: NAME": ["\"PAZ\""]}]"#;
        let item =
            check(gold, r#"[{"INCIDENT: TYPE": ["ATTACK"], "HUM TGT: NAME": ["\"RUIZ\""]}]"#);
        assert_eq!(item.tallies[0], half(1.0, 2.0, 2.0));
        assert_eq!(item.tallies[3], half(0.0, 2.0, 2.0));
    }

    #[test]
    fn templates_of_other_types_are_never_paired() {
        let item =
            check(r#"[{"INCIDENT: TYPE": ["ATTACK"]}]"#, r#"[{"INCIDENT: TYPE": ["BOMBING"]}]"#);
        assert_eq!(item.wrong, ["missed template ATTACK", "false template BOMBING"]);
    }
}
