//! `gvdb`: the gold carries its texts; the counts are a table of this repository.
//!
//! The day that the gold gives the shooting is taken for the day of publication, since it has no
//! other; so the measure of days says only whether words for days were read.

use engine::Knowledge;
use engine::eval::gvdb::{Counts, Gold, body, counts, given, measures, score, title};
use engine::eval::json_lines;
use jiff::civil::Date;
use reading::{Document, Found, How};
use serde_json::{Value, json};

use super::{Case, Evaluated, Section, Source, Suite, files, spread};

/// What a person counted in the texts.
const COUNTS: &str = include_str!("../../../../corpora/gvdb/counts.tsv");

/// Codes the texts of the gold and scores what comes of it.
pub(super) fn evaluate(source: &Source, known: &Knowledge) -> anyhow::Result<Evaluated> {
    let path = files::one(&source.data, "\"*.json.gz\"", |name| name.contains(".json"))?;
    let (gold, gold_files) = files::gold(&path, std::slice::from_ref(&path))?;
    let text = gold_files.first().map_or("", |file| file.text.as_str());
    let lines: Vec<Gold> = json_lines(text).map_err(|bad| files::bad_gold(&path, &bad))?;
    let table = counts(COUNTS)?;
    let cases = spread(lines, |gold| case(&gold, table.get(&gold.doc_key).copied(), known))?;
    let sections = vec![Section {
        name: Suite::Gvdb.to_string(),
        measures: measures(),
        cases,
        figures: Vec::new(),
    }];
    Ok(Evaluated { suite: Suite::Gvdb, gold, sections, missing: Vec::new() })
}

fn case(gold: &Gold, counts: Option<Counts>, known: &Knowledge) -> Case {
    let mut document = Document::new(None, body(gold));
    document.title = Some(Found { value: title(gold), how: How::Field });
    document.published = day(&gold.date).map(|value| Found { value, how: How::Field });
    let given = given(&engine::code(&document, known).reports);
    let labels = gold.spans.iter().map(|span| (span.2.clone(), json!(span.3.trim())));
    let mut wanted: serde_json::Map<String, Value> = labels.collect();
    wanted.insert("counts".into(), json!(counts));
    Case {
        item: score(gold, counts, given.as_ref()),
        text: json!(format!("{}\n\n{}", title(gold), document.text())),
        gold: Value::Object(wanted),
        given: json!(given),
    }
}

/// A day written without leading noughts, such as `2015-3-31`.
fn day(written: &str) -> Option<Date> {
    let mut parts = written.split('-');
    let mut next = || parts.next();
    let (year, month, day) = (next()?, next()?, next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_without_leading_noughts_are_days() {
        assert_eq!(day("2015-3-31"), Date::new(2015, 3, 31).ok());
        assert_eq!(day("2015-13-1"), None);
        assert_eq!(day(""), None);
    }

    #[test]
    fn the_committed_counts_can_be_read() {
        let table = counts(COUNTS).unwrap();
        assert!(table.len() > 150, "{}", table.len());
    }
}
