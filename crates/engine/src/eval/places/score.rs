//! One text: tallies of both questions, and what went wrong.

use super::{Answers, NEAR_KM, Named, Point};
use crate::eval::{Form, Item, Measure, Tally};
use crate::place::kilometres;

/// The columns.
pub fn measures() -> Vec<Measure> {
    [
        ("given: within 161 km", Form::Share),
        ("given: resolved", Form::Share),
        ("found", Form::F1),
        ("found: within 161 km", Form::Share),
        ("found and within 161 km", Form::F1),
    ]
    .map(|(name, form)| Measure { name, form })
    .to_vec()
}

/// Scores one text. The answers are to the gold's names in their order.
pub fn score(id: &str, gold: &[Named], answers: &Answers) -> Item {
    let mut wrong = Vec::new();
    let placed = gold.iter().filter(|g| g.point.is_some()).count();
    let (mut near, mut resolved) = (0, 0);
    for (g, answer) in gold.iter().zip(&answers.given) {
        let Some(point) = g.point else { continue };
        resolved += usize::from(answer.is_some());
        match answer.map(|a| kilometres(a, point)) {
            Some(km) if km <= NEAR_KM => near += 1,
            Some(km) => wrong.push(format!("given {} is {km:.0} km off", at(g))),
            None => wrong.push(format!("given {} is not known", at(g))),
        }
    }
    let found = Found::of(gold, &answers.found, &mut wrong);
    let tallies = vec![
        Tally::share(near, placed),
        Tally::share(resolved, placed),
        Tally::of(found.matched, found.given, gold.len()),
        Tally::share(found.near, found.placed),
        Tally::of(found.near, found.given - (found.matched - found.placed), placed),
    ];
    Item { id: id.to_owned(), tallies, wrong }
}

/// How far the answers to given names are off, in kilometres; those that are not known have none.
pub fn errors(gold: &[Named], answers: &Answers) -> Vec<f64> {
    let pairs = gold.iter().zip(&answers.given);
    pairs.filter_map(|(g, answer)| Some(kilometres((*answer)?, g.point?))).collect()
}

/// What became of the names that the program found.
struct Found {
    /// Found names that count: all but demonyms that the gold has not.
    given: usize,
    /// Those that are a gold name.
    matched: usize,
    /// Those of them whose gold name has coordinates.
    placed: usize,
    /// Those of them that are near.
    near: usize,
}

impl Found {
    /// Pairs each found name with the first gold name that it overlaps and that is still free.
    fn of(gold: &[Named], found: &[Named], wrong: &mut Vec<String>) -> Self {
        let mut sums = Self { given: 0, matched: 0, placed: 0, near: 0 };
        let mut taken = vec![false; gold.len()];
        for name in found {
            let overlaps = |g: &Named| g.start < name.end && name.start < g.end;
            let pair = gold.iter().zip(&mut taken).find(|(g, taken)| !**taken && overlaps(g));
            let Some((g, taken)) = pair else {
                if !name.demonym {
                    sums.given += 1;
                    wrong.push(format!("false {}", at(name)));
                }
                continue;
            };
            *taken = true;
            sums.given += 1;
            sums.matched += 1;
            if let Some(point) = g.point {
                sums.placed += 1;
                sums.near += usize::from(is_near(name.point, point));
            }
        }
        let missed = gold.iter().zip(&taken).filter(|(_, taken)| !**taken);
        wrong.extend(missed.map(|(g, _)| format!("missed {}", at(g))));
        sums
    }
}

fn is_near(answer: Option<Point>, point: Point) -> bool {
    answer.is_some_and(|answer| kilometres(answer, point) <= NEAR_KM)
}

fn at(name: &Named) -> String {
    format!("\"{}\" at {}", name.words, name.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LYON: Point = (45.76, 4.84);
    const PARIS: Point = (48.86, 2.35);

    fn named(words: &str, start: usize, point: Option<Point>) -> Named {
        let demonym = words == "French";
        Named { start, end: start + words.len(), words: words.into(), point, demonym }
    }

    fn check(given: Vec<Option<Point>>, found: Vec<Named>) -> Item {
        let gold = [
            named("Lyon", 0, Some(LYON)),
            named("Paris", 10, Some(PARIS)),
            named("Rue Haute", 20, None),
        ];
        score("d", &gold, &Answers { given, found })
    }

    #[test]
    fn given_names_are_scored_where_the_gold_has_coordinates() {
        let item = check(vec![Some(LYON), Some(LYON), Some(PARIS)], vec![]);
        assert_eq!(item.tallies[0], Tally::share(1, 2));
        assert_eq!(item.tallies[1], Tally::share(2, 2));
        let item = check(vec![Some(LYON), None, None], vec![]);
        assert_eq!(item.tallies[0], Tally::share(1, 2));
        assert_eq!(item.tallies[1], Tally::share(1, 2));
    }

    #[test]
    fn found_names_match_by_overlap_one_to_one() {
        let found = vec![
            named("Lyon", 0, Some(LYON)),
            named("yon", 1, Some(LYON)),
            named("near Paris", 5, Some(LYON)),
            named("Rue Haute", 20, Some(LYON)),
        ];
        let item = check(vec![None; 3], found);
        assert_eq!(item.tallies[2], Tally::of(3, 4, 3));
        assert_eq!(item.tallies[3], Tally::share(1, 2));
        // The street has no coordinates, so it is neither right nor false end to end.
        assert_eq!(item.tallies[4], Tally::of(1, 3, 2));
        assert!(item.wrong.contains(&"false \"yon\" at 1".to_owned()), "{:?}", item.wrong);
    }

    #[test]
    fn a_demonym_that_the_gold_has_not_is_no_false_alarm() {
        let item = check(vec![None; 3], vec![named("French", 40, Some(PARIS))]);
        assert_eq!(item.tallies[2], Tally::of(0, 0, 3));
        let item = check(vec![None; 3], vec![named("French", 8, Some(PARIS))]);
        assert_eq!(item.tallies[2], Tally::of(1, 1, 3));
    }

    #[test]
    fn errors_are_of_the_resolved() {
        let gold = [named("Lyon", 0, Some(LYON)), named("Paris", 10, Some(PARIS))];
        let answers = Answers { given: vec![None, Some(LYON)], found: vec![] };
        let [km] = errors(&gold, &answers)[..] else { panic!("one is resolved") };
        assert!((km - 392.0).abs() < 3.0, "{km}");
    }
}
