//! One document's answer against its gold.

use std::collections::BTreeSet;

use super::{Counts, Given, Gold, Wanted};
use crate::eval::{Form, Item, Measure, Tally};
use crate::fold::fold;

/// The measures, in the order of [`MEASURES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Killed,
    Injured,
    City,
    Day,
    Weapon,
    Report,
    InventedKilled,
    InventedInjured,
}

const MEASURES: [(At, &str, Form); 8] = [
    (At::Killed, "killed", Form::Share),
    (At::Injured, "injured", Form::Share),
    (At::City, "city", Form::Share),
    (At::Day, "day", Form::Share),
    (At::Weapon, "weapon sort", Form::Share),
    (At::Report, "report", Form::Share),
    (At::InventedKilled, "invented killed", Form::Count),
    (At::InventedInjured, "invented injured", Form::Count),
];

/// Words of weapons in the gold, and the sort that they are.
const SORTS: &[(&str, &str)] = &[
    ("ak", "firearm"),
    ("ar", "firearm"),
    ("caliber", "firearm"),
    ("firearm", "firearm"),
    ("firearms", "firearm"),
    ("glock", "firearm"),
    ("gun", "firearm"),
    ("guns", "firearm"),
    ("handgun", "firearm"),
    ("handguns", "firearm"),
    ("knife", "blade"),
    ("pistol", "firearm"),
    ("pistols", "firearm"),
    ("revolver", "firearm"),
    ("rifle", "firearm"),
    ("rifles", "firearm"),
    ("shotgun", "firearm"),
    ("shotguns", "firearm"),
];

/// The columns of the result.
pub fn measures() -> Vec<Measure> {
    MEASURES.iter().map(|&(_, name, form)| Measure { name, form }).collect()
}

/// Scores one document; `counts` are those of the table, if it has the document.
pub fn score(gold: &Gold, counts: Option<Counts>, given: Option<&Given>) -> Item {
    let mut sheet = Sheet { tallies: vec![Tally::default(); MEASURES.len()], wrong: Vec::new() };
    let (killed, injured) = counts.unwrap_or_default();
    let own = |number: Option<u32>, other| number.map_or(other, Wanted::Number);
    let killed = own(gold.killed, killed);
    let injured = own(gold.injured, injured);
    sheet.number((At::Killed, At::InventedKilled), killed, given.and_then(|g| g.killed));
    sheet.number((At::Injured, At::InventedInjured), injured, given.and_then(|g| g.injured));
    let harmed = |wanted| matches!(wanted, Wanted::Number(1..));
    if let Some(city) = gold.words("DAT-CITY") {
        let places = given.map_or(&[][..], |g| &g.places);
        let right = places.iter().any(|place| is_same_place(&city, place));
        sheet.answer(At::City, right, &city, &places.join(" / "));
    }
    // The day of the gold is the clock, so this only says whether days were read at all.
    if harmed(killed) || harmed(injured) {
        sheet.answer(At::Report, given.is_some(), "a report", "none");
        let day = given.and_then(|g| g.start.clone()).unwrap_or_default();
        sheet.answer(At::Day, is_same_day(&gold.date, &day), &gold.date, &day);
    }
    if let Some((words, sort)) = gold.words("CIR-WEAPON").and_then(|w| Some((sort(&w)?, w))) {
        let weapons = given.map_or(&[][..], |g| &g.weapons);
        let right = weapons.iter().any(|weapon| weapon == words);
        sheet.answer(At::Weapon, right, &sort, &weapons.join(" + "));
    }
    Item { id: gold.doc_key.clone(), tallies: sheet.tallies, wrong: sheet.wrong }
}

struct Sheet {
    tallies: Vec<Tally>,
    wrong: Vec<String>,
}

impl Sheet {
    fn answer(&mut self, at: At, right: bool, wanted: &str, given: &str) {
        self.tallies[at as usize] += Tally::answer(right);
        if !right {
            let given = if given.is_empty() { "nothing" } else { given };
            self.wrong.push(format!("{}: {wanted}, not {given}", MEASURES[at as usize].1));
        }
    }

    /// A number where the text gives one; an invention where it gives none.
    fn number(&mut self, (at, invented): (At, At), wanted: Wanted, given: Option<u32>) {
        let shown = given.map(|n| n.to_string()).unwrap_or_default();
        match wanted {
            Wanted::Number(n) => self.answer(at, given == Some(n), &n.to_string(), &shown),
            Wanted::Silent => {
                let is_invented = given.is_some_and(|n| n > 0);
                self.tallies[invented as usize] += Tally::share(usize::from(is_invented), 1);
                if is_invented {
                    self.wrong.push(format!("{}: {shown}", MEASURES[invented as usize].1));
                }
            }
            Wanted::Unjudged => {}
        }
    }
}

/// The sort of a weapon by the gold's words.
fn sort(words: &str) -> Option<&'static str> {
    let folded = fold(words);
    let found = folded.split(|c: char| !c.is_alphanumeric());
    found.into_iter().find_map(|word| Some(SORTS.iter().find(|(w, _)| *w == word)?.1))
}

/// Whether all words of one name are in the other: "West Philadelphia", "Philadelphia".
fn is_same_place(a: &str, b: &str) -> bool {
    let words = |name: &str| -> BTreeSet<String> {
        let folded = fold(name);
        let parts = folded.split(|c: char| !c.is_alphanumeric());
        parts
            .filter(|w| !w.is_empty() && !["city", "the", "of"].contains(w))
            .map(|w| if w == "saint" { "st".to_owned() } else { w.to_owned() })
            .collect()
    };
    let (a, b) = (words(a), words(b));
    !a.is_empty() && !b.is_empty() && (a.is_subset(&b) || b.is_subset(&a))
}

/// Whether two days are one; the gold writes `2015-3-31`.
fn is_same_day(gold: &str, given: &str) -> bool {
    let parts = |day: &str| day.split('-').map(|part| part.parse::<u16>().ok()).collect::<Vec<_>>();
    let (a, b) = (parts(gold), parts(given));
    a.len() == 3 && a == b && a.iter().all(Option::is_some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(labels: &[(&str, &str)]) -> Gold {
        let span =
            |&(label, words): &(&str, &str)| (0, 1, label.to_owned(), words.to_owned(), Vec::new());
        Gold {
            doc_key: "7".into(),
            date: "2015-3-31".into(),
            spans: labels.iter().map(span).collect(),
            ..Gold::default()
        }
    }

    fn tally(item: &Item, at: At) -> Tally {
        item.tallies[at as usize]
    }

    #[test]
    fn measures_stand_in_the_order_of_their_numbers() {
        for (n, (at, ..)) in MEASURES.iter().enumerate() {
            assert_eq!(*at as usize, n);
        }
    }

    #[test]
    fn a_right_answer_has_nothing_wrong() {
        let gold = gold(&[("DAT-CITY", "WEST FLORES"), ("CIR-WEAPON", "a black handgun")]);
        let given = Given {
            killed: Some(2),
            start: Some("2015-03-31".into()),
            places: vec!["Flores".into()],
            weapons: vec!["firearm".into()],
            ..Given::default()
        };
        let item = score(&gold, Some((Wanted::Number(2), Wanted::Silent)), Some(&given));
        assert!(item.wrong.is_empty(), "{:?}", item.wrong);
        for at in [At::Killed, At::City, At::Day, At::Weapon, At::Report] {
            assert_eq!(tally(&item, at), Tally::answer(true), "{at:?}");
        }
        assert_eq!(tally(&item, At::InventedInjured), Tally::share(0, 1));
        assert_eq!(tally(&item, At::Injured), Tally::default());
    }

    #[test]
    fn a_document_without_a_report_misses_what_the_gold_has() {
        let item = score(
            &gold(&[("DAT-CITY", "Flores")]),
            Some((Wanted::Number(1), Wanted::Silent)),
            None,
        );
        for at in [At::Killed, At::City, At::Report] {
            assert_eq!(tally(&item, at), Tally::answer(false), "{at:?}");
        }
        assert_eq!(tally(&item, At::Weapon), Tally::default());
    }

    #[test]
    fn a_number_where_the_text_gives_none_is_invented_and_nought_is_not() {
        let given = Given { killed: Some(3), injured: Some(0), ..Given::default() };
        let item = score(&gold(&[]), Some((Wanted::Silent, Wanted::Silent)), Some(&given));
        assert_eq!(tally(&item, At::InventedKilled), Tally::share(1, 1));
        assert_eq!(tally(&item, At::InventedInjured), Tally::share(0, 1));
        assert_eq!(item.wrong, ["invented killed: 3"]);
        let unjudged = score(&gold(&[]), None, Some(&given));
        assert_eq!(tally(&unjudged, At::InventedKilled), Tally::default());
    }

    #[test]
    fn a_line_of_its_own_outranks_the_table() {
        let gold = Gold { killed: Some(4), ..gold(&[]) };
        let given = Given { killed: Some(4), ..Given::default() };
        let item = score(&gold, Some((Wanted::Number(5), Wanted::Silent)), Some(&given));
        assert_eq!(tally(&item, At::Killed), Tally::answer(true));
    }
}
