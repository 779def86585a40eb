//! `meltt`: three made-up tables of one month's car crashes, with the table of what their terms
//! mean, as they come with the R package of that name; the published answer is at 4 km and 2 days.
//!
//! What is published is how many rows each combination of tables has in common. An event is right if
//! its combination has not been met more often than that; which rows these are is in the items, so
//! that the answer can be compared row by row by whoever has the package at hand.

use std::collections::BTreeMap;

use anyhow::Context;
use engine::eval::{Form, Item, Measure, Tally};
use engine::link::window::{Place, Row, Window, events};
use engine::resolved::Period;
use jiff::civil::Date;
use serde_json::json;

use super::{Case, Evaluated, Figure, Section, Source, Suite, files};

/// What the published answer was made with.
const WINDOW: Window = Window { days: 2, kilometres: 4.0 };

/// How many events each combination of the three tables has in the published answer.
const PUBLISHED: &[([bool; 3], usize)] = &[
    ([true, false, false], 41),
    ([false, true, false], 34),
    ([false, false, true], 31),
    ([true, true, false], 5),
    ([true, false, true], 4),
    ([false, true, true], 4),
    ([true, true, true], 21),
];

/// Links the rows and compares what comes of it with what is published.
pub(super) fn evaluate(source: &Source) -> anyhow::Result<Evaluated> {
    let named = |start: &'static str| {
        move |name: &str| name.starts_with(start) && files::ends(name, ".csv")
    };
    let mut paths = files::list(&source.data, named("meltt_taxonomy_"))?;
    let n_terms = paths.len();
    paths.extend(files::list(&source.data, named("meltt_crash_"))?);
    anyhow::ensure!(
        n_terms > 0 && paths.len() == n_terms + 3,
        "\"{}\" has not the three tables meltt_crash_*.csv with meltt_taxonomy_*.csv",
        source.data.display()
    );
    let (gold, gold_files) = files::gold(&source.data, &paths)?;
    let (terms, tables) = gold_files.split_at(n_terms);
    let mut meanings: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    let mut questions = Vec::new();
    for file in terms {
        let name = files::name(&file.path);
        let question = name.trim_start_matches("meltt_taxonomy_").trim_end_matches(".csv");
        questions.push(question.to_owned());
        for cells in cells(&file.text)? {
            let [table, term, wider @ ..] = &cells[..] else { continue };
            let key = vec![question.to_owned(), table.clone(), term.clone()];
            meanings.insert(key, wider.to_vec());
        }
    }
    let mut names: Vec<Vec<String>> = Vec::new();
    let mut rows: Vec<Vec<Row>> = Vec::new();
    for file in tables {
        let (ids, table) = table(&file.text, &questions, &meanings)
            .with_context(|| format!("\"{}\" is not as it must be", file.path.display()))?;
        names.push(ids);
        rows.push(table);
    }
    let found = events(&rows, WINDOW);
    let sections = vec![section(&found, &names)];
    Ok(Evaluated { suite: Suite::Meltt, gold, sections, missing: Vec::new() })
}

/// One item an event.
fn section(found: &[Vec<Place>], names: &[Vec<String>]) -> Section {
    let has = |event: &[Place]| [0, 1, 2].map(|n| event.iter().any(|place| place.0 == n));
    let published = |of: [bool; 3]| PUBLISHED.iter().find(|p| p.0 == of).map_or(0, |p| p.1);
    let mut met: BTreeMap<[bool; 3], usize> = BTreeMap::new();
    let mut cases = Vec::new();
    for event in found {
        let of = has(event);
        let n = met.entry(of).or_default();
        *n += 1;
        let right = *n <= published(of);
        let rows = event.iter().filter_map(|&(table, row)| names.get(table)?.get(row));
        let id = rows.cloned().collect::<Vec<_>>().join(" ");
        let tally = |counts: bool| {
            let given = f64::from(u8::from(counts));
            let right = f64::from(u8::from(counts && right));
            Tally { right_given: right, given, right_wanted: right, wanted: right }
        };
        let wrong = (!right).then(|| "one more of these tables than is published".to_owned());
        let tallies = vec![tally(true), tally(event.len() > 1)];
        let item = Item { id: id.clone(), tallies, wrong: wrong.into_iter().collect() };
        cases.push(Case { item, text: json!(null), gold: json!(null), given: json!(id) });
    }
    // What was not found stands with the first event.
    let missed = |least: usize| {
        let counts = |of: &[bool; 3]| of.iter().filter(|&&has| has).count() >= least;
        let n_met = |of: &[bool; 3]| met.get(of).copied().unwrap_or(0);
        let missed = PUBLISHED.iter().filter(|p| counts(&p.0));
        missed.map(|(of, n)| n.saturating_sub(n_met(of))).sum::<usize>() as f64
    };
    if let Some(first) = cases.first_mut() {
        for (tally, least) in first.item.tallies.iter_mut().zip([1, 2]) {
            tally.wanted += missed(least);
        }
    }
    let n = |least: usize| Some(found.iter().filter(|event| event.len() >= least).count() as f64);
    let figure = |name, value| Figure { name, value, unit: "" };
    let f1 = |name| Measure { name, form: Form::F1 };
    let figures = vec![
        figure("rows", Some(names.iter().map(Vec::len).sum::<usize>() as f64)),
        figure("unique (published: 140)", n(1)),
        figure("of several tables (published: 34)", n(2)),
    ];
    let measures = ["events by table", "events of several tables"].map(f1).to_vec();
    Section { name: "meltt".into(), measures, cases, figures }
}

/// The lines of a table but for the header.
fn cells(text: &str) -> anyhow::Result<Vec<Vec<String>>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| Ok(row?.iter().map(str::to_owned).collect()));
    rows.collect()
}

/// The rows of a table with their names.
fn table(
    text: &str,
    questions: &[String],
    meanings: &BTreeMap<Vec<String>, Vec<String>>,
) -> anyhow::Result<(Vec<String>, Vec<Row>)> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let (mut names, mut rows) = (Vec::new(), Vec::new());
    for line in reader.deserialize() {
        let line: BTreeMap<String, String> = line?;
        let cell =
            |name: &str| line.get(name).with_context(|| format!("there is no column \"{name}\""));
        let day = |name: &str| anyhow::Ok(cell(name)?.parse::<Date>()?);
        let degrees = |name: &str| anyhow::Ok(cell(name)?.parse::<f64>()?);
        let dataset = cell("dataset")?;
        let meaning = |question: &String| {
            let term = cell(question)?;
            let key = vec![question.clone(), dataset.clone(), term.clone()];
            meanings.get(&key).cloned().with_context(|| format!("\"{term}\" has no meaning"))
        };
        rows.push(Row {
            when: Period { start: day("date")?, end: day("enddate")? },
            at: (degrees("latitude")?, degrees("longitude")?),
            terms: questions.iter().map(meaning).collect::<anyhow::Result<_>>()?,
        });
        names.push(format!("{dataset}#{}", cell("event")?));
    }
    Ok((names, rows))
}

#[cfg(test)]
mod tests {
    use super::super::skipped;
    use super::*;

    #[test]
    fn the_published_answer_is_ours() {
        let data = std::path::Path::new("../../../shared/data/assess");
        if !data.join("meltt_crash_data1.csv").exists() {
            skipped("the_published_answer_is_ours", "../shared is not here");
            return;
        }
        let source = Source { data: data.into(), docs: None, no_model: true, case: None };
        let evaluated = evaluate(&source).unwrap();
        let items: Vec<&Item> = evaluated.sections[0].cases.iter().map(|c| &c.item).collect();
        assert_eq!(items.len(), 140);
        assert!(items.iter().all(|item| item.wrong.is_empty()));
        // Of those that the package's own description prints by number.
        let has = |id: &str| items.iter().any(|item| item.id == id);
        assert!(has("crash_data2#55 crash_data3#57"));
        assert!(has("crash_data1#7 crash_data3#4"));
        assert!(has("crash_data1#1 crash_data2#2 crash_data3#2"));
    }
}
