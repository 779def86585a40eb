//! Review: what a person should look at, and what they say of it.
//!
//! The flow is [`mod@queue`] → [`show`](show::item) → [`answer`] → [`judge`](Reviewer::judge): items of doubt, each as
//! text with its evidence, the words that were typed made a judgement, and the judgement an entry of
//! the ledger. [`prompt`] does this in a terminal; whoever else asks a person uses the same
//! functions. What a judgement does to events is the store's work.

pub(crate) mod agreement;
pub(crate) mod answer;
pub(crate) mod export;
pub(crate) mod prompt;
mod queue;
pub(crate) mod show;

use std::path::{Path, PathBuf};

use engine::link::EventId;
use jiff::Timestamp;

pub(crate) use self::queue::{Item, Question, Which, queue};
use crate::failure::hint;
use crate::store::judgement::{Judged, Judgement, Told, Undone};
use crate::store::{Act, Ledger};

/// Who judges, when, and in which ledger.
#[derive(Clone, Debug)]
pub(crate) struct Reviewer {
    /// The ledger.
    pub(crate) ledger: PathBuf,
    /// Who, by their own word.
    pub(crate) name: String,
    /// The time to write; that of the system's clock if absent.
    pub(crate) at: Option<Timestamp>,
    /// Whether this process is writing already, on another connection.
    pub(crate) beside: bool,
}

impl Reviewer {
    /// Adds a judgement to the ledger. Gives the number of its entry.
    ///
    /// # Errors
    /// When the ledger cannot be written, such as while another process writes to it.
    pub(crate) fn judge(&self, judged: Judged) -> anyhow::Result<i64> {
        self.append(Act::Judged(Box::new(judged)))
    }

    /// Takes a judgement back: that of entry `entry`, or else the reviewer's latest that holds.
    /// Gives the judgement's entry.
    ///
    /// # Errors
    /// When there is none, or the ledger cannot be written.
    pub(crate) fn undo(&self, entry: Option<i64>) -> anyhow::Result<i64> {
        let all = Ledger::open(&self.ledger)?.judgements()?;
        let mut holds = all.iter().rev().filter(|kept| kept.undone.is_none());
        let found = match entry {
            Some(entry) => holds.find(|kept| kept.seq == entry),
            None => holds.find(|kept| kept.reviewer == self.name),
        };
        let Some(kept) = found else {
            let error = match entry {
                Some(entry) => anyhow::anyhow!("entry {entry} is no judgement that holds"),
                None => anyhow::anyhow!("{} has no judgement to undo", self.name),
            };
            return Err(hint(error, "tocsin review --judgements lists them"));
        };
        self.append(Act::Undone(Undone { entry: kept.seq }))?;
        Ok(kept.seq)
    }

    fn append(&self, act: Act) -> anyhow::Result<i64> {
        let at = self.at.unwrap_or_else(Timestamp::now).to_string();
        let mut ledger = if self.beside {
            Ledger::open_beside(&self.ledger)?
        } else {
            Ledger::open_to_write(&self.ledger)?
        };
        let mut batch = ledger.begin()?;
        batch.append(&at, &self.name, act)?;
        batch.commit()?;
        Ok(ledger.position()?)
    }
}

/// That two events are one: all their reports together, `pair` being the two that were looked at.
///
/// # Errors
/// When the ledger cannot be read.
pub(crate) fn merge(ledger: &Ledger, rows: [i64; 2]) -> anyhow::Result<Judgement> {
    let [these, those] = [whole_event(ledger, rows[0])?, whole_event(ledger, rows[1])?];
    Ok(Judgement::Linked { same: true, these, those })
}

/// That a report is not of the event that it is in now.
///
/// # Errors
/// When the ledger cannot be read, or the event has no other report.
pub(crate) fn split(ledger: &Ledger, row: i64) -> anyhow::Result<Judgement> {
    let all = whole_event(ledger, row)?;
    match all.split_first() {
        Some((first, others)) if !others.is_empty() => {
            Ok(Judgement::Linked { same: false, these: vec![*first], those: others.to_vec() })
        }
        _ => Err(hint(
            anyhow::anyhow!("the report is the only one of its event"),
            "use reject for a report of what did not happen",
        )),
    }
}

/// The reports of the event that a report is of, that report first.
fn whole_event(ledger: &Ledger, row: i64) -> anyhow::Result<Vec<Told>> {
    let mut all = vec![ledger.told(row)?];
    if let Some(event) = ledger.event_of_report(row)? {
        let event: EventId = event.parse()?;
        for other in ledger.reports_of(event.bytes())? {
            if other != row {
                all.push(ledger.told(other)?);
            }
        }
    }
    Ok(all)
}

/// Opens the ledger at `path` to read from it.
pub(crate) fn open(path: &Path) -> anyhow::Result<Ledger> {
    Ok(Ledger::open(path)?)
}
