//! CEAF-REE, strict: the entities of each role and document, matched one to one.

use super::names::{NamesByRole, is_right};
use super::{Fillers, Role};
use crate::eval::assignment;
use crate::eval::{Form, Item, Measure, Tally};

/// All roles together, then each.
pub fn measures() -> Vec<Measure> {
    std::iter::once("micro")
        .chain(Role::ALL.map(Role::as_str))
        .map(|name| Measure { name, form: Form::F1 })
        .collect()
}

/// Scores one document.
pub fn score(docid: &str, gold: &Fillers, predicted: &Fillers) -> Item {
    let (gold, predicted) = (NamesByRole::of(gold), NamesByRole::of(predicted));
    let mut micro = Tally::default();
    let mut tallies = Vec::new();
    let mut wrong = Vec::new();
    for role in Role::ALL {
        let (wanted, given) = (gold.role(role), predicted.role(role));
        let hit = |w: usize, g: usize| is_right(&given[g], &wanted[w]);
        let right = assignment::largest(wanted.len(), given.len(), hit);
        let tally = Tally::of(right, given.len(), wanted.len());
        micro += tally;
        tallies.push(tally);
        let missed = wanted.iter().filter(|w| !given.iter().any(|g| is_right(g, w)));
        wrong.extend(missed.map(|w| format!("missed {} {}", role.as_str(), w.join(" / "))));
        let false_alarms = given.iter().filter(|g| !wanted.iter().any(|w| is_right(g, w)));
        wrong.extend(false_alarms.map(|g| format!("false {} {}", role.as_str(), g.join(" / "))));
    }
    tallies.insert(0, micro);
    Item { id: docid.to_owned(), tallies, wrong }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fillers(json: &str) -> Fillers {
        serde_json::from_str(json).unwrap()
    }

    fn check(gold: &str, predicted: &str) -> Vec<Tally> {
        score("d", &fillers(gold), &fillers(predicted)).tallies
    }

    #[test]
    fn one_of_several_mentions_is_enough_and_a_strange_one_spoils() {
        let gold =
            r#"{"PerpInd": [[["The Gunmen", 3], ["two men", 40]]], "Weapon": [[["bomb", 9]]]}"#;
        let tallies = check(gold, r#"{"PerpInd": [["gunmen"]], "Weapon": [["bomb", "car"]]}"#);
        assert_eq!(tallies[0], Tally::of(1, 2, 2));
        assert_eq!(tallies[1], Tally::of(1, 1, 1));
        assert_eq!(tallies[5], Tally::of(0, 1, 1));
    }

    #[test]
    fn two_names_of_one_entity_are_one_right_and_one_false() {
        let gold = r#"{"PerpOrg": [[["National Front", 1], ["NF", 30]]]}"#;
        let tallies = check(gold, r#"{"PerpOrg": [["National Front"], ["NF"]]}"#);
        assert_eq!(tallies[2], Tally::of(1, 2, 1));
    }

    #[test]
    fn the_matching_is_the_largest() {
        // "men" fits both gold entities, "the rebels" only the first.
        let gold = r#"{"PerpInd": [[["men", 1], ["rebels", 5]], [["men", 70]]]}"#;
        let tallies = check(gold, r#"{"PerpInd": [["men"], ["the rebels"]]}"#);
        assert_eq!(tallies[1], Tally::of(2, 2, 2));
    }

    #[test]
    fn what_went_wrong_is_said() {
        let gold = fillers(r#"{"Victim": [[["a priest", 1]]]}"#);
        let item = score("d", &gold, &fillers(r#"{"Target": [["church"]]}"#));
        assert_eq!(item.wrong, ["false Target church", "missed Victim priest"]);
    }
}
