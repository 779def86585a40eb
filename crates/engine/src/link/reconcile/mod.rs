//! What the reports of an event say together: for each field all values with who reports them,
//! when and on whose word, and one value that counts by a stated rule.
//!
//! Nothing is thrown away and nothing averaged: a value that does not count stands beside the one
//! that does. What counts is decided when reading, from the reports alone, in whatever order they
//! come. Reports that reprint one another are one source, however many there are.

pub mod bias;
pub mod judged;
mod party;
mod pick;
mod toll;

use serde::Serialize;
use serde_json::Value;

use self::judged::RuledView;
use super::telling::EventId;
use crate::ontology::{Assertion, Kind, Mode, Stage};
use crate::report::SpeakerSort;
use crate::resolved::Count;
use crate::view::{ReportView, SceneView, WhenView};

/// A report of an event, and which source it counts for.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// The report.
    pub report: &'a ReportView,
    /// The number of its source: reprints of one text have one.
    pub source: usize,
}

/// An event as its reports tell it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names are the JSON's")]
pub struct EventView {
    pub id: String,
    pub n_reports: usize,
    pub n_sources: usize,
    pub kind: Kind,
    pub mode: Mode,
    pub stage: Stage,
    pub assertion: Assertion,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<WhenView>,
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub scene: Option<SceneView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub killed: Option<Count>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub injured: Option<Count>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abducted: Option<Count>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub perpetrators: Vec<String>,
    pub confidence: f64,
    pub fields: Vec<FieldView>,
    pub reports: Vec<String>,
    /// Those that a reviewer says are wrong. They count only where no other is left.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<String>,
    /// Entries of the ledger in which reviewers speak of its reports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub judgements: Vec<i64>,
}

/// A field of an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldView {
    /// Its name, as in a report.
    pub field: &'static str,
    /// The value that counts, in words.
    pub current: String,
    /// Why that one.
    pub rule: &'static str,
    /// The least and the most that any source gives, for numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<(u32, Option<u32>)>,
    /// Whether sources contradict each other.
    pub disputed: bool,
    /// All values, that which most sources give first.
    pub values: Vec<ValueView>,
    /// The values that counted on each day on which one was published, where they changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<StepView>,
    /// The reviewer who settled it, if one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ruled: Option<RuledView>,
}

/// A value and who says so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ValueView {
    /// In words.
    pub words: String,
    /// As in a report.
    pub value: Value,
    /// How many independent sources give it.
    pub n_sources: usize,
    /// Each report that gives it.
    pub claims: Vec<ClaimView>,
}

/// A report that gives a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "as in a report")]
pub struct ClaimView {
    pub report: String,
    pub document: String,
    pub source: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<(String, SpeakerSort)>,
    /// The words in which the report says it, where they are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// The value that counted from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "plain")]
pub struct StepView {
    pub published: String,
    pub words: String,
}

/// The event that `accounts` are of. There must be one at least.
pub fn reconcile(id: EventId, accounts: &[Account<'_>]) -> Option<EventView> {
    let mut accounts = accounts.to_vec();
    accounts.sort_by(|a, b| a.report.id.cmp(&b.report.id));
    accounts.dedup_by(|a, b| a.report.id == b.report.id);
    // What a document is about is told better than what it mentions.
    let about: Vec<Account<'_>> = accounts.iter().filter(|a| a.report.main).copied().collect();
    let best = if about.is_empty() { &accounts } else { &about };
    let (mode, modes) = pick::mode(best, &accounts)?;
    let (when, days) = pick::when(&accounts).unzip();
    let (scene, places) = pick::scene(&accounts).unzip();
    let tolls = [
        toll::toll("killed", &accounts, |r| r.killed.as_ref()),
        toll::toll("injured", &accounts, |r| r.injured.as_ref()),
        toll::toll("abducted", &accounts, |r| r.abducted.as_ref()),
    ];
    let [killed, injured, abducted] = [0, 1, 2].map(|n: usize| tolls[n].as_ref().map(|t| t.0));
    let (perpetrators, who) = party::perpetrators(&accounts).unzip();
    let mut sources: Vec<usize> = accounts.iter().map(|a| a.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let most =
        |f: &dyn Fn(&ReportView) -> f64| accounts.iter().map(|a| f(a.report)).fold(0.0, f64::max);
    let fields = [Some(modes), days, places].into_iter().flatten();
    let fields = fields.chain(tolls.into_iter().flatten().map(|t| t.1)).chain(who);
    Some(EventView {
        id: id.to_string(),
        n_reports: accounts.len(),
        n_sources: sources.len(),
        kind: mode.0,
        mode: mode.1,
        stage: pick::stage(best),
        assertion: pick::assertion(best),
        when,
        scene,
        killed,
        injured,
        abducted,
        perpetrators: perpetrators.unwrap_or_default(),
        confidence: most(&|r| r.confidence),
        fields: fields.collect(),
        reports: accounts.iter().map(|a| a.report.id.clone()).collect(),
        rejected: Vec::new(),
        judgements: Vec::new(),
    })
}

/// A value of one account, before those that are equal are put together.
struct Said<'a> {
    words: String,
    value: Value,
    account: Account<'a>,
    how: Option<String>,
}

impl ClaimView {
    fn of(account: &Account<'_>, words: Option<String>) -> Self {
        let report = account.report;
        Self {
            report: report.id.clone(),
            document: report.document.id.clone(),
            source: account.source,
            outlet: report.document.outlet.clone().or_else(|| report.document.url.clone()),
            published: report.document.published.clone(),
            speakers: report.speakers.iter().map(|s| (s.name.clone(), s.sort)).collect(),
            words,
        }
    }
}

/// Equal values put together, those of most sources first.
fn gather(said: Vec<Said<'_>>) -> Vec<ValueView> {
    let mut values: Vec<ValueView> = Vec::new();
    for Said { words, value, account, how } in said {
        let claim = ClaimView::of(&account, how);
        match values.iter_mut().find(|v| v.words == words) {
            Some(known) => known.claims.push(claim),
            None => values.push(ValueView { words, value, n_sources: 0, claims: vec![claim] }),
        }
    }
    for value in &mut values {
        value.claims.sort_by(|a, b| (&a.published, &a.report).cmp(&(&b.published, &b.report)));
        let mut sources: Vec<usize> = value.claims.iter().map(|c| c.source).collect();
        sources.sort_unstable();
        sources.dedup();
        value.n_sources = sources.len();
    }
    values.sort_by(|a, b| b.n_sources.cmp(&a.n_sources).then(a.words.cmp(&b.words)));
    values
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::report::ReportId;

    /// A report published on this day of March, with what else it says.
    fn report(day: u8, says: &Value) -> ReportView {
        let mut whole = json!({
            "id": format!("{day}{says}"), "document": {
                "id": "d", "outlet": "Wick Post", "published": format!("2024-03-{day:02}")
            },
            "kind": "ASSAULT", "mode": "other", "stage": "accomplished", "assertion": "asserted",
            "main": true, "perpetrators": [], "targets": [], "weapons": [], "speakers": [],
            "evidence": [], "confidence": 0.9, "made_by": ""
        });
        for (key, value) in says.as_object().unwrap() {
            whole[key] = value.clone();
        }
        serde_json::from_value(whole).unwrap()
    }

    fn event(reports: &[ReportView], sources: &[usize]) -> EventView {
        let accounts: Vec<Account<'_>> = reports
            .iter()
            .zip(sources)
            .map(|(report, &source)| Account { report, source })
            .collect();
        let id = EventId::of_first(ReportId::of(&[]));
        let forward = reconcile(id, &accounts).unwrap();
        let back: Vec<Account<'_>> = accounts.iter().rev().copied().collect();
        assert_eq!(reconcile(id, &back).as_ref(), Some(&forward), "the order does not matter");
        forward
    }

    fn field<'e>(event: &'e EventView, name: &str) -> &'e FieldView {
        event.fields.iter().find(|field| field.field == name).unwrap()
    }

    #[test]
    fn what_a_reviewer_settles_counts_and_what_is_said_stays() {
        let reports = [report(22, &killed(40, None)), report(23, &killed(115, Some(115)))];
        let mut event = event(&reports, &[0, 1]);
        let by = |entry| RuledView {
            entry,
            reviewer: "Ada".into(),
            at: "2024-04-01".into(),
            instead_of: None,
        };
        let ruling = |field, value, entry| judged::Ruling { field, value, by: by(entry) };
        let toll = |n: u32| Some(json!({"low": n, "best": n, "high": n}));
        let rulings = [
            ruling(judged::Field::Killed, toll(120), 7),
            ruling(judged::Field::Killed, toll(117), 9),
            ruling(judged::Field::Killed, Some(json!("many")), 10),
            ruling(judged::Field::Injured, toll(8), 11),
            ruling(judged::Field::Mode, None, 12),
        ];
        judged::rule(&mut event, &rulings);
        assert_eq!(event.killed, Some(Count::exactly(117)));
        let killed = field(&event, "killed");
        assert_eq!((killed.current.as_str(), killed.values.len()), ("117", 2));
        let ruled = killed.ruled.as_ref().unwrap();
        assert_eq!((ruled.entry, ruled.instead_of.as_deref()), (9, Some("115")));
        assert_eq!(field(&event, "injured").current, "8");
        assert_eq!(field(&event, "mode").ruled, None);
    }

    #[test]
    fn a_corrected_report_is_reconciled_like_any_other() {
        let reports = [report(22, &killed(40, Some(40))), report(23, &killed(900, Some(900)))];
        let toll = json!({"low": 90, "best": 90, "high": 90});
        let right = judged::corrected(&reports[1], judged::Field::Killed, Some(&toll));
        let event = event(&[reports[0].clone(), right], &[0, 1]);
        assert_eq!(event.killed, Some(Count::exactly(90)));
        let silent = judged::corrected(&reports[1], judged::Field::Killed, None);
        assert_eq!(silent.killed, None);
        let nonsense = judged::corrected(&reports[1], judged::Field::Killed, Some(&json!("x")));
        assert_eq!(nonsense, reports[1]);
    }

    fn killed(low: u32, high: Option<u32>) -> Value {
        let mut count = json!({"low": low, "words": "some"});
        if let Some(high) = high {
            count["high"] = json!(high);
        }
        json!({ "killed": count })
    }

    #[test]
    fn a_toll_is_what_was_published_last_and_keeps_its_history() {
        let reports = [
            report(22, &killed(40, None)),
            report(23, &killed(115, Some(115))),
            report(26, &killed(143, Some(143))),
        ];
        let event = event(&reports, &[0, 1, 2]);
        let field = field(&event, "killed");
        assert_eq!(field.current, "143");
        assert!(field.disputed);
        let steps: Vec<&str> = field.history.iter().map(|step| step.words.as_str()).collect();
        assert_eq!(steps, ["40 or more", "115", "143"]);
        assert_eq!(field.values.len(), 3);
    }

    #[test]
    fn one_source_does_not_raise_the_dead() {
        let mut reports = vec![
            report(23, &killed(115, Some(115))),
            report(24, &killed(115, Some(115))),
            report(27, &killed(92, Some(92))),
        ];
        assert_eq!(field(&event(&reports, &[0, 1, 2]), "killed").current, "115");
        // Two that reprint one another are one source.
        assert_eq!(field(&event(&reports, &[0, 0, 2]), "killed").current, "92");
        reports.push(report(28, &killed(92, Some(92))));
        assert_eq!(field(&event(&reports, &[0, 1, 2, 3]), "killed").current, "92");
        // A number that is not half of another mostly counts a part.
        reports.truncate(1);
        reports.push(report(27, &killed(1, Some(1))));
        assert_eq!(field(&event(&reports, &[0, 1]), "killed").current, "115");
    }

    #[test]
    fn the_most_precise_day_and_place_of_most_sources_count() {
        let when = |start: &str, end: &str, precision: &str| {
            json!({"when": {
                "start": start, "end": end, "precision": precision, "basis": "stated"
            }})
        };
        let reports = [
            report(22, &when("2024-03-01", "2024-03-31", "month")),
            report(23, &when("2024-03-20", "2024-03-20", "day")),
            report(24, &when("2024-03-21", "2024-03-21", "day")),
            report(25, &when("2024-03-21", "2024-03-21", "day")),
        ];
        let event = event(&reports, &[0, 1, 2, 3]);
        assert_eq!(field(&event, "when").current, "2024-03-21");
        assert!(field(&event, "when").disputed);
    }

    #[test]
    fn a_claim_and_an_accusation_stand_apart() {
        let by = |actor: &str, attribution: &str| {
            json!({"perpetrators": [{
                "name": actor, "actor": actor, "sort": "organisation", "attribution": attribution
            }]})
        };
        let reports = [
            report(22, &by("harrow-front", "claimed")),
            report(23, &by("wick-league", "accused_by_authorities")),
            report(24, &by("harrow-front", "denied")),
        ];
        let event = event(&reports, &[0, 1, 2]);
        let field = field(&event, "perpetrators");
        assert_eq!((field.current.as_str(), field.disputed), ("harrow-front", true));
        let values: Vec<&str> = field.values.iter().map(|v| v.words.as_str()).collect();
        assert_eq!(
            values,
            [
                "harrow-front (by its own claim)",
                "harrow-front (denied)",
                "wick-league (accused by authorities)"
            ]
        );
        let reports = [
            report(22, &by("harrow-front", "suspected")),
            report(23, &by("wick-league", "accused_by_authorities")),
        ];
        let event = self::event(&reports, &[0, 1]);
        assert_eq!(self::field(&event, "perpetrators").current, "wick-league; harrow-front");
    }
}
