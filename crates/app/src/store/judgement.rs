//! What reviewers judge, as the log keeps it: of reports as they saw them, named so that a judgement
//! finds them again when the reports are linked or coded anew.

use engine::link::reconcile::judged::Field;
use engine::report::ReportId;
use reading::{DocumentId, Span};
use rusqlite::{Connection, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::error::StoreError;
use super::ledger::Ledger;
use super::views;

/// The views of judgements. `{}` stands for the schema.
pub(super) const VIEWS: &[(&str, &str)] = &[
    (
        "judgement",
        "CREATE TABLE {}.judgement (
            seq INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            reviewer TEXT NOT NULL,
            linking INTEGER NOT NULL,
            item TEXT NOT NULL,
            undone INTEGER,
            whole TEXT NOT NULL
        ) STRICT;
        CREATE INDEX {}.judgement_by_item ON judgement (item);",
    ),
    (
        "judged",
        "CREATE TABLE {}.judged (
            document BLOB NOT NULL,
            seq INTEGER NOT NULL,
            PRIMARY KEY (document, seq)
        ) STRICT, WITHOUT ROWID;",
    ),
];

/// A report as a reviewer saw it. A later build may find another in the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Told {
    /// The document, whose text never changes.
    pub(crate) document: DocumentId,
    /// The report.
    pub(crate) report: ReportId,
    /// The sentence that it rests on.
    pub(crate) at: Span,
}

/// A judgement, and what the program said then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Judged {
    /// What is judged, and how.
    pub(crate) judgement: Judgement,
    /// The answer of the program when it was judged.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) machine: Option<Value>,
    /// Why, in the reviewer's words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) note: Option<String>,
}

/// What a reviewer says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Judgement {
    /// All of these reports are of one event; or none of these is of one with any of those. The
    /// first of each list are the pair that was looked at.
    Linked { same: bool, these: Vec<Told>, those: Vec<Told> },
    /// This value counts for the event that the report is of.
    Settled { of: Told, field: Field, value: Option<Value> },
    /// The report says this.
    Corrected { of: Told, field: Field, value: Option<Value> },
    /// The report is right, or it is none.
    Weighed { of: Told, right: bool },
    /// Somebody should look at the report again.
    Marked { of: Told },
}

/// A judgement of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Kept {
    /// The entry.
    pub(crate) seq: i64,
    /// When.
    pub(crate) at: String,
    /// Who.
    pub(crate) reviewer: String,
    /// The entry that took it back.
    pub(crate) undone: Option<i64>,
    /// What.
    pub(crate) judged: Judged,
}

/// A judgement is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Undone {
    /// The entry of the judgement.
    pub(crate) entry: i64,
}

impl Told {
    /// The words that it points to, as a name that stays.
    fn key(self) -> String {
        format!("{}@{}", self.document, self.at.start())
    }
}

impl Judgement {
    /// The reports that it speaks of.
    pub(crate) fn reports(&self) -> Vec<Told> {
        match self {
            Self::Linked { these, those, .. } => these.iter().chain(those).copied().collect(),
            Self::Settled { of, .. }
            | Self::Corrected { of, .. }
            | Self::Weighed { of, .. }
            | Self::Marked { of } => vec![*of],
        }
    }

    /// The sort of question that it answers.
    pub(crate) fn sort(&self) -> &'static str {
        match self {
            Self::Linked { .. } => "pair",
            Self::Settled { .. } => "field",
            Self::Corrected { .. } => "correction",
            Self::Weighed { .. } => "report",
            Self::Marked { .. } => "mark",
        }
    }

    /// The question that it answers: two judgements of one item can agree or not.
    pub(crate) fn item(&self) -> String {
        match self {
            Self::Linked { these, those, .. } => {
                let first = |list: &[Told]| list.first().map(|told| told.key());
                pair(first(these), first(those).or_else(|| these.get(1).map(|told| told.key())))
            }
            Self::Settled { of, field, .. } => item_of_field(*of, *field),
            Self::Corrected { of, field, .. } => {
                format!("correction {} {}", of.key(), field.as_str())
            }
            Self::Weighed { of, .. } => item_of_report(*of),
            Self::Marked { of } => format!("mark {}", of.key()),
        }
    }

    /// The answer, in a word.
    pub(crate) fn answer(&self) -> String {
        let value = |field: &Field, value: &Option<Value>| match value {
            Some(value) => field.words(value).unwrap_or_else(|| value.to_string()),
            None => "nothing".to_owned(),
        };
        match self {
            Self::Linked { same, .. } => if *same { "same" } else { "different" }.to_owned(),
            Self::Settled { field, value: given, .. }
            | Self::Corrected { field, value: given, .. } => value(field, given),
            Self::Weighed { right, .. } => if *right { "right" } else { "wrong" }.to_owned(),
            Self::Marked { .. } => "marked".to_owned(),
        }
    }
}

fn pair(a: Option<String>, b: Option<String>) -> String {
    let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
    if a <= b { format!("pair {a} {b}") } else { format!("pair {b} {a}") }
}

/// The item that two reports are of one event.
pub(crate) fn item_of_pair(a: Told, b: Told) -> String {
    pair(Some(a.key()), Some(b.key()))
}

/// The item which value of a field counts for the event of a report.
pub(crate) fn item_of_field(of: Told, field: Field) -> String {
    format!("field {} {}", of.key(), field.as_str())
}

/// The item whether a report is right.
pub(crate) fn item_of_report(of: Told) -> String {
    format!("report {}", of.key())
}

/// Folds a judgement into the views.
pub(super) fn apply(
    connection: &Connection,
    seq: i64,
    (at, by): (&str, &str),
    judged: &Judged,
) -> Result<()> {
    let judgement = &judged.judgement;
    let linking = matches!(judgement, Judgement::Linked { .. });
    connection
        .prepare_cached("INSERT INTO judgement VALUES (?, ?, ?, ?, ?, NULL, ?)")?
        .execute((seq, at, by, linking, judgement.item(), views::json(judged)?))?;
    for told in judgement.reports() {
        connection
            .prepare_cached("INSERT OR IGNORE INTO judged VALUES (?, ?)")?
            .execute((told.document.bytes(), seq))?;
    }
    bind_anew(connection, seq)
}

/// Folds an undoing into the views. What is no judgement, or is undone already, stays as it is.
pub(super) fn undo(connection: &Connection, seq: i64, undone: Undone) -> Result<()> {
    connection
        .prepare_cached("UPDATE judgement SET undone = ? WHERE seq = ? AND undone IS NULL")?
        .execute((seq, undone.entry))?;
    bind_anew(connection, undone.entry)
}

fn bind_anew(connection: &Connection, seq: i64) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO unbound SELECT seq FROM judgement WHERE seq = ?")?
        .execute([seq])?;
    Ok(())
}

pub(super) fn kept(row: &rusqlite::Row<'_>) -> Result<Kept> {
    Ok(Kept {
        seq: row.get(0)?,
        at: row.get(1)?,
        reviewer: row.get(2)?,
        undone: row.get(3)?,
        judged: views::parsed(row.get_ref(4)?.as_str()?)?,
    })
}

impl Kept {
    /// As the API and `tocsin review --export` give it.
    pub(crate) fn view(&self) -> Value {
        let judgement = &self.judged.judgement;
        let mut view = json!({
            "entry": self.seq,
            "at": self.at,
            "reviewer": self.reviewer,
            "question": judgement.sort(),
            "item": judgement.item(),
            "answer": judgement.answer(),
            "judgement": judgement,
        });
        if let Some(machine) = &self.judged.machine {
            view["machine"] = machine.clone();
        }
        if let Some(note) = &self.judged.note {
            view["note"] = json!(note);
        }
        if let Some(undone) = self.undone {
            view["undone"] = json!(undone);
        }
        view
    }
}

impl Ledger {
    /// All judgements in the order in which they were made, those that were undone as well.
    pub(crate) fn judgements(&self) -> std::result::Result<Vec<Kept>, StoreError> {
        self.connection
            .prepare_cached("SELECT seq, at, reviewer, undone, whole FROM judgement ORDER BY seq")
            .and_then(|mut query| query.query_map([], kept)?.collect())
            .map_err(|error| self.failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(n: u8) -> Told {
        Told {
            document: DocumentId::of(&[&[n]]),
            report: ReportId::of(&[&[n]]),
            at: Span::within("a word", 2, 6).unwrap(),
        }
    }

    #[test]
    fn a_pair_is_one_item_whichever_comes_first() {
        let linked = |these, those| Judgement::Linked { same: true, these, those };
        let one = linked(vec![told(1), told(3)], vec![told(2)]).item();
        let two = linked(vec![told(2)], vec![told(1), told(4)]).item();
        assert_eq!(one, two);
        assert_eq!(one, item_of_pair(told(2), told(1)));
    }

    #[test]
    fn an_item_does_not_hang_on_what_a_build_calls_its_reports() {
        let other = Told { report: ReportId::of(&[b"later"]), ..told(1) };
        assert_eq!(item_of_report(told(1)), item_of_report(other));
    }
}
