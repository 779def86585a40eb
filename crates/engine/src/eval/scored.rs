//! The result of any suite: measures, and for each item its tallies and what went wrong.

use serde::Serialize;

use super::Tally;
use super::resample;

/// What is made of the sum of a measure's tallies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// F1, with precision and recall.
    F1,
    /// The share of right answers.
    Share,
    /// A number of things of which none is wanted; shown with the chances there were for them.
    Count,
}

/// One column of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// As it stands in tables and floors.
    pub name: &'static str,
    /// What is made of it.
    pub form: Form,
}

/// One document, page or article.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Names it within the suite.
    pub id: String,
    /// One for each measure, in their order.
    pub tallies: Vec<Tally>,
    /// What went wrong, for people; empty if nothing did.
    pub wrong: Vec<String>,
}

/// The result of a suite, or of one of its data sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// What was scored: `muc4-ree`, `pages/aeb`.
    pub name: String,
    /// The columns.
    pub measures: Vec<Measure>,
    /// In the order of the gold.
    pub items: Vec<Item>,
}

/// One figure with its interval.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The measure's name.
    pub measure: &'static str,
    /// What the value is.
    pub form: Form,
    /// In per cent, or a number; `None` if there was nothing to measure.
    pub value: Option<f64>,
    /// The 95 % interval of the value by bootstrap over items.
    pub interval: Option<(f64, f64)>,
    /// In per cent, for F1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<f64>,
    /// In per cent, for F1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recall: Option<f64>,
    /// Right answers.
    pub right: f64,
    /// Answers given; for a count, the chances there were.
    pub given: f64,
    /// Answers wanted.
    pub wanted: f64,
}

impl Scored {
    /// One row a measure, with intervals from `resamples` draws.
    pub fn rows(&self, resamples: usize, seed: u64) -> Vec<Row> {
        let items: Vec<&[Tally]> = self.items.iter().map(|i| i.tallies.as_slice()).collect();
        let draws = resample::sums(&items, self.measures.len(), resamples, seed);
        let row = |(n, measure): (usize, &Measure)| {
            let mut sum = Tally::default();
            self.items.iter().filter_map(|i| i.tallies.get(n)).for_each(|&t| sum += t);
            let drawn = draws.iter().filter_map(|draw| value(measure.form, draw.get(n)?)).collect();
            let f1 = measure.form == Form::F1;
            Row {
                measure: measure.name,
                form: measure.form,
                value: value(measure.form, &sum),
                interval: resample::interval(drawn),
                precision: f1.then(|| 100.0 * sum.precision()),
                recall: f1.then(|| 100.0 * sum.recall()),
                right: sum.right_given,
                given: sum.given,
                wanted: sum.wanted,
            }
        };
        self.measures.iter().enumerate().map(row).collect()
    }
}

fn value(form: Form, sum: &Tally) -> Option<f64> {
    match form {
        Form::F1 => Some(100.0 * sum.f1()),
        Form::Share if sum.given > 0.0 => Some(100.0 * sum.precision()),
        Form::Share => None,
        Form::Count => Some(sum.right_given),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(tallies: &[[Tally; 3]]) -> Scored {
        let measure = |name, form| Measure { name, form };
        Scored {
            name: "test".into(),
            measures: vec![
                measure("f", Form::F1),
                measure("share", Form::Share),
                measure("count", Form::Count),
            ],
            items: tallies
                .iter()
                .enumerate()
                .map(|(n, t)| Item { id: n.to_string(), tallies: t.to_vec(), wrong: vec![] })
                .collect(),
        }
    }

    #[test]
    fn each_form_makes_its_own_of_the_sums() {
        let scored = scored(&[
            [Tally::of(1, 1, 2), Tally::answer(true), Tally::share(1, 2)],
            [Tally::of(1, 3, 2), Tally::answer(false), Tally::share(2, 2)],
        ]);
        let values: Vec<_> = scored.rows(0, 1).into_iter().map(|r| r.value).collect();
        assert_eq!(values, [Some(50.0), Some(50.0), Some(3.0)]);
    }

    #[test]
    fn a_share_of_nothing_has_no_value() {
        let rows = scored(&[[Tally::default(); 3]]).rows(10, 1);
        assert_eq!(rows[1].value, None);
        assert_eq!(rows[1].interval, None);
    }

    #[test]
    fn the_interval_holds_the_value_and_repeats() {
        let half = |right| [Tally::default(), Tally::answer(right), Tally::default()];
        let scored = scored(&[half(true), half(false), half(true), half(false)]);
        let rows = scored.rows(200, 7);
        let (low, high) = rows[1].interval.unwrap();
        assert!(low <= 50.0 && 50.0 <= high);
        assert_eq!(rows, scored.rows(200, 7));
    }
}
