//! The Gun Violence Database: one shooting a document, with its town, its weapon and its victims.
//!
//! The gold is words of the text under labels. It has no numbers, so the counts come from a table
//! of our own, by the key of the document; a line may also carry them itself. Half of the documents
//! are not political at all: the suite measures counts, towns and weapons, not relevance.

mod score;
mod text;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::BadGold;
use crate::Report;
use crate::resolved::Count;
pub use score::{measures, score};
pub use text::{body, title};

/// One document of the gold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gold {
    /// Names it.
    pub doc_key: String,
    /// The day that the annotators gave the shooting.
    pub date: String,
    /// Sentences of tokens; the first is the headline.
    pub full_text: Vec<Vec<String>>,
    /// First token, token behind the last, label, words, tokens.
    #[serde(default)]
    pub spans: Vec<(usize, usize, String, String, Vec<String>)>,
    /// How many were killed, where the line says so itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub killed: Option<u32>,
    /// How many were injured, where the line says so itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub injured: Option<u32>,
}

impl Gold {
    /// The words under a label, evened out.
    pub fn words(&self, label: &str) -> Option<String> {
        let span = self.spans.iter().find(|span| span.2 == label)?;
        let words = span.3.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(words).filter(|words| !words.is_empty())
    }
}

/// What a person read in a text about the number of the harmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// So many.
    Number(u32),
    /// The text does not say.
    Silent,
    /// Nobody judged it.
    #[default]
    Unjudged,
}

/// The counts of a document: killed, then injured.
pub type Counts = (Wanted, Wanted);

/// Reads the table of counts: key, killed and injured a line; `-` is silence and `?` no judgement.
pub fn counts(table: &str) -> Result<BTreeMap<String, Counts>, BadGold> {
    let cell = |cell: &str, line: usize| match cell {
        "-" => Ok(Wanted::Silent),
        "?" => Ok(Wanted::Unjudged),
        number => number.parse().map(Wanted::Number).map_err(|_| BadGold {
            line,
            what: format!("\"{number}\" is no number, \"-\" or \"?\""),
        }),
    };
    let rows = table.lines().zip(1..).filter(|(row, _)| !row.starts_with('#')).skip(1);
    rows.map(|(row, line)| match row.split('\t').collect::<Vec<_>>()[..] {
        [key, killed, injured] => Ok((key.to_owned(), (cell(killed, line)?, cell(injured, line)?))),
        _ => Err(BadGold { line, what: "a line has a key and two counts".into() }),
    })
    .collect()
}

/// What the program says of the shooting: its main violent report, else the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each is the column of the report of its name")]
pub struct Given {
    pub mode: String,
    pub killed: Option<u32>,
    pub injured: Option<u32>,
    pub start: Option<String>,
    pub end: Option<String>,
    /// The names of the scene, from the site up to the first-level area.
    pub places: Vec<String>,
    pub weapons: Vec<String>,
}

/// The answer that `reports` give; `None` if none of them is of violence.
pub fn given(reports: &[Report]) -> Option<Given> {
    let violent = || reports.iter().filter(|report| report.is_violent());
    let report = violent().find(|report| report.main).or_else(|| violent().next())?;
    let number = |count: Count| count.best.or(count.low).or(count.high);
    let scene = report.scene.as_ref().map(|scene| &scene.value);
    let names = scene.map(|s| [s.site.clone(), s.place.clone(), s.admin1.clone()]);
    Some(Given {
        mode: report.mode.to_string(),
        killed: report.killed.as_ref().and_then(|count| number(count.value)),
        injured: report.injured.as_ref().and_then(|count| number(count.value)),
        start: report.when.as_ref().map(|when| when.value.start.to_string()),
        end: report.when.as_ref().map(|when| when.value.end.to_string()),
        places: names.into_iter().flatten().flatten().collect(),
        weapons: report.weapons.iter().map(|weapon| weapon.sort.to_string()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_counts_tells_silence_from_no_judgement() {
        let table = "# why\nkey\tkilled\tinjured\n12\t1\t-\n13\t?\t4\n";
        let read = counts(table).unwrap();
        assert_eq!(read["12"], (Wanted::Number(1), Wanted::Silent));
        assert_eq!(read["13"], (Wanted::Unjudged, Wanted::Number(4)));
        assert_eq!(counts("key\tkilled\tinjured\n12\tone\t-\n").unwrap_err().line, 2);
        assert_eq!(counts("key\tkilled\tinjured\n12\t1\n").unwrap_err().line, 2);
    }

    #[test]
    fn words_under_a_label_are_evened_out() {
        let span = (0, 2, "DAT-CITY".to_owned(), " New  York ".to_owned(), Vec::new());
        let gold = Gold { spans: vec![span], ..Gold::default() };
        assert_eq!(gold.words("DAT-CITY").as_deref(), Some("New York"));
        assert_eq!(gold.words("VIC-NAME"), None);
    }
}
