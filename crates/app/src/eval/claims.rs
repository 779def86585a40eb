//! `claims`: numbers of losses by speaker. Each claim of a speaker who is not the one that speaks
//! most of a thing is foretold by what the other claims teach, five folds.

use std::collections::BTreeMap;

use anyhow::Context;
use engine::eval::{Form, Item, Measure, Tally};
use engine::link::reconcile::bias::{Bias, Claim};
use serde::Deserialize;
use serde_json::json;

use super::{Case, Evaluated, Figure, Section, Source, Suite, files};

const FOLDS: usize = 5;

/// A claim is foretold well if it is off by no more than this, in natural logarithms.
const WELL: f64 = 0.45;

/// The speakers who are a side of the war.
const PARTIES: [&str; 2] = ["UA Source", "RU Source"];

#[derive(Debug, Deserialize)]
struct Row {
    days: f64,
    loss_count: f64,
    loss_type: String,
    claim_source: String,
    time_frame: String,
    loss_country: String,
    minimum: String,
    maximum: String,
}

/// Foretells the claims and scores what comes of it.
pub(super) fn evaluate(source: &Source) -> anyhow::Result<Evaluated> {
    let path = files::one(&source.data, "claims_*.csv", |name| {
        name.starts_with("claims_") && files::ends(name, ".csv")
    })?;
    let (gold, gold_files) = files::gold(&path, std::slice::from_ref(&path))?;
    let text = gold_files.first().map_or("", |file| file.text.as_str());
    let rows: Vec<Row> = csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .with_context(|| format!("\"{}\" is not as it must be", path.display()))?;
    let rows: Vec<Row> = rows.into_iter().filter(|row| row.loss_count > 0.0).collect();
    let manners: Vec<String> =
        rows.iter().map(|r| format!("{} {} {}", r.time_frame, r.minimum, r.maximum)).collect();
    let claims: Vec<Claim<'_>> =
        rows.iter().zip(&manners).map(|(row, manner)| row.claim(manner)).collect();
    let main = main_speakers(&rows);
    let [with, without] = [true, false].map(|speakers| foretold(&claims, speakers));
    let mut off = [Vec::new(), Vec::new()];
    let mut of_others = [Vec::new(), Vec::new()];
    let mut cases = Vec::new();
    for (n, row) in rows.iter().enumerate().filter(|(_, r)| main[&r.loss_type] != r.claim_source) {
        let errors = [&with, &without].map(|told| (told[n] - row.loss_count.ln()).abs());
        off[0].push(errors[0]);
        off[1].push(errors[1]);
        if !PARTIES.contains(&row.claim_source.as_str()) {
            of_others[0].push(errors[0]);
            of_others[1].push(errors[1]);
        }
        let well = |error: f64| Tally::answer(error <= WELL);
        let wrong = (errors[0] > WELL).then(|| format!("{:.0} foretold", with[n].exp()));
        let id = format!("{} {} {}", n + 2, row.claim_source, row.loss_type);
        let tallies = vec![well(errors[0]), well(errors[1])];
        let item = Item { id, tallies, wrong: wrong.into_iter().collect() };
        let (gold, given) = (json!(row.loss_count), json!(with[n].exp()));
        cases.push(Case { item, text: json!(null), gold, given });
    }
    let share = |name| Measure { name, form: Form::Share };
    let figure = |name, value| Figure { name, value, unit: "" };
    let figures = vec![
        figure("log error, median", median(&mut off[0])),
        figure("log error, mean", mean(&off[0])),
        figure("without speakers: median", median(&mut off[1])),
        figure("without speakers: mean", mean(&off[1])),
        figure("of those who fight neither side: mean", mean(&of_others[0])),
        figure("the same without speakers: mean", mean(&of_others[1])),
    ];
    let measures = vec![share("within 0.45"), share("within 0.45, without speakers")];
    let sections = vec![Section { name: "claims".into(), measures, cases, figures }];
    Ok(Evaluated { suite: Suite::Claims, gold, sections, missing: Vec::new() })
}

impl Row {
    fn claim<'a>(&'a self, manner: &'a str) -> Claim<'a> {
        Claim {
            thing: &self.loss_type,
            side: &self.loss_country,
            speaker: &self.claim_source,
            day: self.days,
            manner,
            count: self.loss_count,
        }
    }
}

/// For each thing the speaker who speaks most of it.
fn main_speakers(rows: &[Row]) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for row in rows {
        let of = counts.entry(&row.loss_type).or_default();
        *of.entry(&row.claim_source).or_default() += 1;
    }
    let most = |of: BTreeMap<&str, usize>| {
        let speaker = of.into_iter().max_by_key(|(_, n)| *n);
        speaker.map(|(speaker, _)| speaker.to_owned()).unwrap_or_default()
    };
    counts.into_iter().map(|(thing, of)| (thing.to_owned(), most(of))).collect()
}

/// The logarithm of each claim's number, as the claims of the other folds foretell it.
fn foretold(claims: &[Claim<'_>], with_speakers: bool) -> Vec<f64> {
    let mut told = vec![0.0; claims.len()];
    for fold in 0..FOLDS {
        let others: Vec<Claim<'_>> =
            claims.iter().enumerate().filter(|(n, _)| n % FOLDS != fold).map(|(_, c)| *c).collect();
        let bias = Bias::of(&others, with_speakers);
        for (n, claim) in claims.iter().enumerate().skip(fold).step_by(FOLDS) {
            told[n] = bias.expected(claim);
        }
    }
    told
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
