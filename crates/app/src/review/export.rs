//! Judgements as training data: one JSON object a line.
//!
//! Every line has `task`, `entry`, `at`, `reviewer`, and `machine`, what the program said then, where
//! it said something. `pair` has `same` and two `reports`, and `looked_at`: whether the reviewer had
//! these two before them, or it follows for them from what was judged. `field` has `field`, `value`
//! (none if there is none), and the `reports` of the event; `correction` the same for one report;
//! `report` has `right`. Reports are as `tocsin code --json` prints them, with the evidence.

use serde_json::{Value, json};

use crate::render::json::report;
use crate::store::Ledger;
use crate::store::judgement::{Judgement, Kept, Told};
use engine::Knowledge;

/// How many pairs one judgement gives at most.
const PAIRS: usize = 100;

/// The lines of all judgements that hold and whose reports the ledger has.
///
/// # Errors
/// When the ledger cannot be read.
pub(crate) fn lines(ledger: &Ledger, known: &Knowledge) -> anyhow::Result<Vec<Value>> {
    let mut lines = Vec::new();
    for kept in ledger.judgements()?.iter().filter(|kept| kept.undone.is_none()) {
        lines.extend(of(ledger, known, kept)?);
    }
    Ok(lines)
}

fn of(ledger: &Ledger, known: &Knowledge, kept: &Kept) -> anyhow::Result<Vec<Value>> {
    let line = |task: &str, rest: Value| {
        let mut line = json!({
            "task": task, "entry": kept.seq, "at": kept.at, "reviewer": kept.reviewer,
        });
        if let (Some(line), Value::Object(rest)) = (line.as_object_mut(), rest) {
            line.extend(rest);
            if let Some(machine) = &kept.judged.machine {
                line.insert("machine".into(), machine.clone());
            }
        }
        line
    };
    let whole = |told: &Told| -> anyhow::Result<Option<Value>> {
        match ledger.row_of(*told)? {
            Some(row) => Ok(Some(serde_json::to_value(report(&ledger.report(row)?, known))?)),
            None => Ok(None),
        }
    };
    let mut lines = Vec::new();
    match &kept.judged.judgement {
        Judgement::Linked { same, these, those } => {
            let pairs = these.iter().flat_map(|a| those.iter().map(move |b| (a, b)));
            for ((a, b), n) in pairs.take(PAIRS).zip(0..) {
                if let (Some(a), Some(b)) = (whole(a)?, whole(b)?) {
                    let rest = json!({"same": same, "looked_at": n == 0, "reports": [a, b]});
                    lines.push(line("pair", rest));
                }
            }
        }
        Judgement::Settled { of, field, value } => {
            if let Some(row) = ledger.row_of(*of)? {
                let mut reports = Vec::new();
                for row in ledger.with(row)? {
                    reports.push(serde_json::to_value(report(&ledger.report(row)?, known))?);
                }
                let rest = json!({"field": field, "value": value, "reports": reports});
                lines.push(line("field", rest));
            }
        }
        Judgement::Corrected { of, field, value } => {
            let rest = |report| json!({"field": field, "value": value, "reports": [report]});
            lines.extend(whole(of)?.map(|report| line("correction", rest(report))));
        }
        Judgement::Weighed { of, right } => {
            let rest = |report| json!({"right": right, "reports": [report]});
            lines.extend(whole(of)?.map(|report| line("report", rest(report))));
        }
        // A mark says nothing of what is right.
        Judgement::Marked { .. } => {}
    }
    Ok(lines)
}
