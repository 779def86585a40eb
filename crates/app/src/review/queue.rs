//! What a person should look at, the most doubtful of each sort first.

use std::collections::BTreeSet;

use clap::ValueEnum;
use engine::link::EventId;
use engine::link::reconcile::judged::Field;
use serde_json::{Value, json};

use crate::store::Ledger;
use crate::store::judgement::{Judgement, Told, item_of_field, item_of_pair, item_of_report};

/// Below this a report is of low confidence.
const UNSURE: f64 = 0.5;

/// A question to a person.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    /// Its name, which stays when reports are linked or coded anew.
    pub(crate) name: String,
    /// What is asked.
    pub(crate) question: Question,
    /// Whether the answers of others are not to be shown.
    pub(crate) blind: bool,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Question {
    /// Are these two reports, given by their rows, of one event?
    Pair { rows: [i64; 2], linked: bool, likely: f64 },
    /// Which value of this field counts for the event? The report in `row` stands for it.
    Field { event: EventId, field: Field, row: i64 },
    /// Is this report right?
    Report { row: i64, confidence: f64 },
    /// Somebody wants it to be looked at again.
    Marked { row: i64, by: String, note: Option<String> },
}

/// Which questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Which {
    /// Whether two reports are of one event
    Pairs,
    /// Which value of a field counts
    Fields,
    /// Whether a report is right
    Reports,
    /// What reviewers marked
    Marks,
}

/// The questions that nobody has answered, no more than `most` of a sort; with `again`, those that
/// others have and `reviewer` has not, so that answers can be compared.
///
/// # Errors
/// When the ledger cannot be read.
pub(crate) fn queue(
    ledger: &Ledger,
    only: Option<Which>,
    again: Option<&str>,
    most: usize,
) -> anyhow::Result<Vec<Item>> {
    let mut items = Vec::new();
    if let Some(reviewer) = again {
        items = answered_by_others(ledger, reviewer)?;
    } else {
        for pair in ledger.doubtful_pairs()?.into_iter().take(most) {
            let [a, b] = [ledger.told(pair.rows[0])?, ledger.told(pair.rows[1])?];
            let (rows, linked, likely) = (pair.rows, pair.linked, pair.likely);
            items.push(Item::new(item_of_pair(a, b), Question::Pair { rows, linked, likely }));
        }
        for dispute in ledger.disputes(most)? {
            let (event, field, row) = (dispute.event, dispute.field, dispute.row);
            let name = item_of_field(ledger.told(row)?, field);
            items.push(Item::new(name, Question::Field { event, field, row }));
        }
        for (row, confidence) in ledger.unsure(UNSURE)?.into_iter().take(most) {
            let name = item_of_report(ledger.told(row)?);
            items.push(Item::new(name, Question::Report { row, confidence }));
        }
        items.extend(marked(ledger)?);
    }
    items.retain(|item| only.is_none_or(|only| only == item.question.which()));
    Ok(items)
}

/// What is marked and on which nobody said more since.
fn marked(ledger: &Ledger) -> anyhow::Result<Vec<Item>> {
    let all = ledger.judgements()?;
    let mut items = Vec::new();
    for kept in all.iter().filter(|kept| kept.undone.is_none()) {
        let Judgement::Marked { of } = &kept.judged.judgement else { continue };
        let later = |other: &&crate::store::judgement::Kept| {
            other.seq > kept.seq
                && other.undone.is_none()
                && other.judged.judgement.reports().contains(of)
        };
        if all.iter().any(|other| later(&other)) {
            continue;
        }
        if let Some(row) = ledger.row_of(*of)? {
            let (by, note) = (kept.reviewer.clone(), kept.judged.note.clone());
            let name = kept.judged.judgement.item();
            items.push(Item::new(name, Question::Marked { row, by, note }));
        }
    }
    Ok(items)
}

/// What others judged and `reviewer` did not.
fn answered_by_others(ledger: &Ledger, reviewer: &str) -> anyhow::Result<Vec<Item>> {
    let all = ledger.judgements()?;
    let holds = || all.iter().filter(|kept| kept.undone.is_none());
    let mut seen: BTreeSet<String> = holds()
        .filter(|kept| kept.reviewer == reviewer)
        .map(|kept| kept.judged.judgement.item())
        .collect();
    let mut items = Vec::new();
    for kept in holds() {
        let judgement = &kept.judged.judgement;
        let name = judgement.item();
        if !seen.insert(name.clone()) {
            continue;
        }
        if let Some(question) = asked_again(ledger, judgement)? {
            items.push(Item { name, question, blind: true });
        }
    }
    Ok(items)
}

fn asked_again(ledger: &Ledger, judgement: &Judgement) -> anyhow::Result<Option<Question>> {
    let event = |row: i64| -> anyhow::Result<Option<EventId>> {
        Ok(ledger.event_of_report(row)?.map(|id| id.parse()).transpose()?)
    };
    let row = |of: Option<&Told>| -> anyhow::Result<Option<i64>> {
        Ok(of.map(|of| ledger.row_of(*of)).transpose()?.flatten())
    };
    Ok(match judgement {
        Judgement::Linked { these, those, .. } => {
            let (Some(a), Some(b)) = (row(these.first())?, row(those.first())?) else {
                return Ok(None);
            };
            let linked = event(a)? == event(b)?;
            Some(Question::Pair { rows: [a, b], linked, likely: 0.5 })
        }
        Judgement::Settled { of, field, .. } => match row(Some(of))? {
            Some(row) => event(row)?.map(|event| Question::Field { event, field: *field, row }),
            None => None,
        },
        Judgement::Weighed { of, .. } => {
            let confidence = |row| ledger.report(row).map(|whole| whole.report.confidence);
            match row(Some(of))? {
                Some(row) => Some(Question::Report { row, confidence: confidence(row)? }),
                None => None,
            }
        }
        Judgement::Corrected { .. } | Judgement::Marked { .. } => None,
    })
}

impl Item {
    fn new(name: String, question: Question) -> Self {
        Self { name, question, blind: false }
    }

    /// The question as it stands now, if it does: since it was asked reports may be of other events,
    /// or coded anew.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(crate) fn now(&self, ledger: &Ledger) -> anyhow::Result<Option<Self>> {
        let event = |row: i64| ledger.event_of_report(row);
        let mut now = self.clone();
        let stands = match &mut now.question {
            Question::Pair { rows, linked, .. } => {
                let [a, b] = [event(rows[0])?, event(rows[1])?];
                *linked = a == b;
                a.is_some() && b.is_some()
            }
            Question::Field { event: of, row, .. } => event(*row)? == Some(of.to_string()),
            Question::Report { row, .. } | Question::Marked { row, .. } => event(*row)?.is_some(),
        };
        Ok(stands.then_some(now))
    }

    /// As JSON: the item, what is asked, and of which reports and which event.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(crate) fn view(&self, ledger: &Ledger) -> anyhow::Result<Value> {
        let id = |row: i64| ledger.told(row).map(|told| told.report.to_string());
        let mut view = match &self.question {
            Question::Pair { rows, linked, likely } => json!({
                "linked": linked, "likely": likely, "reports": [id(rows[0])?, id(rows[1])?],
            }),
            Question::Field { event, field, row } => json!({
                "event": event.to_string(), "field": field, "reports": [id(*row)?],
            }),
            Question::Report { row, confidence } => {
                json!({ "confidence": confidence, "reports": [id(*row)?] })
            }
            Question::Marked { row, by, note } => {
                json!({ "by": by, "note": note, "reports": [id(*row)?] })
            }
        };
        view["item"] = json!(self.name);
        view["question"] = json!(self.question.sort());
        Ok(view)
    }
}

impl Question {
    /// The sort of question, as judgements call it.
    pub(crate) fn sort(&self) -> &'static str {
        match self {
            Self::Pair { .. } => "pair",
            Self::Field { .. } => "field",
            Self::Report { .. } => "report",
            Self::Marked { .. } => "mark",
        }
    }

    fn which(&self) -> Which {
        match self {
            Self::Pair { .. } => Which::Pairs,
            Self::Field { .. } => Which::Fields,
            Self::Report { .. } => Which::Reports,
            Self::Marked { .. } => Which::Marks,
        }
    }
}
