//! Laws of judgements: they hold however the reports come and whoever codes them, and can be undone.

use std::collections::BTreeMap;
use std::path::Path;

use engine::link::EventId;
use engine::report::ReportId;
use engine::resolved::Count;

use crate::store::find::Found;
use crate::store::judgement::{Judged, Judgement, Told};
use crate::store::{Act, Ledger, samples};

/// A ledger of `acts`, in batches of `size`, which is sound.
fn ledger(path: &Path, acts: &[Act], size: usize) -> Ledger {
    let mut ledger = Ledger::open_or_create(path).unwrap();
    for chunk in acts.chunks(size) {
        let mut batch = ledger.begin().unwrap();
        for act in chunk {
            batch.append("2024-01-01T00:00:00Z", "Ada", act.clone()).unwrap();
        }
        batch.commit().unwrap();
    }
    ledger.check().unwrap();
    ledger
}

/// The event of what document `n` says, and how many were killed in it.
fn event(ledger: &Ledger, n: u32) -> (EventId, Option<Count>) {
    let document = samples::document(n).id.to_string();
    let Some((_, Found::Document(seq))) = ledger.find(&document, 1).unwrap().pop() else {
        panic!("document {n} is there")
    };
    let (_, event) = ledger.events_of(seq).unwrap().pop().unwrap();
    let id: EventId = event.parse().unwrap();
    (id, ledger.event(id).unwrap().killed)
}

fn are_one(ledger: &Ledger, a: u32, b: u32) -> bool {
    event(ledger, a).0 == event(ledger, b).0
}

/// All rows of the views of linking that a judgement may change.
fn views(ledger: &Ledger) -> BTreeMap<&'static str, Vec<String>> {
    let dump = |table: &'static str| {
        let mut query = ledger.connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let n = query.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            let cells = (0..n).map(|i| format!("{:?}", row.get_ref(i).unwrap()));
            Ok(cells.collect::<Vec<_>>().join("|"))
        };
        let mut rows: Vec<String> = query.query_map([], row).unwrap().map(Result::unwrap).collect();
        rows.sort();
        (table, rows)
    };
    ["report", "telling", "node", "block", "edge", "piece", "member", "event", "bound", "bond"]
        .map(dump)
        .into_iter()
        .collect()
}

fn told() -> Vec<Act> {
    (0..12).filter(|n| n % 8 != 5).flat_map(samples::both).collect()
}

#[test]
fn a_judgement_that_is_undone_leaves_no_trace_in_the_views() {
    let folder = tempfile::tempdir().unwrap();
    let before = views(&ledger(&folder.path().join("before"), &told(), 9));
    let judgements = [
        samples::linked(true, &[0], &[3]),
        samples::linked(false, &[0, 1], &[10]),
        samples::killed(2, 17, true),
        samples::killed(2, 17, false),
        samples::weighed(4, false),
    ];
    for (n, judgement) in judgements.into_iter().enumerate() {
        let mut acts = told();
        let entry = i64::try_from(acts.len()).unwrap() + 1;
        acts.push(judgement);
        let path = folder.path().join(n.to_string());
        let mut after = ledger(&path, &acts, 9);
        assert_ne!(views(&after), before, "{n}");
        let mut batch = after.begin().unwrap();
        batch.append("2024-01-02T00:00:00Z", "Bo", samples::undone(entry)).unwrap();
        batch.commit().unwrap();
        after.check().unwrap();
        assert_eq!(views(&after), before, "{n}");
    }
}

#[test]
fn a_merge_and_a_split_hold_in_any_order_and_with_copies() {
    let folder = tempfile::tempdir().unwrap();
    // Five documents in the very same words, which are one node, and others far away.
    let copies = |n: u32| samples::told_again(1, n);
    let mut acts = told();
    acts.extend((0..5).flat_map(copies));
    let judgements = [samples::linked(true, &[0], &[3, 7]), samples::linked(false, &[7], &[0, 3])];
    acts.extend(judgements.clone());
    let grown = ledger(&folder.path().join("grown"), &acts, 3);
    assert!(are_one(&grown, 0, 3) && !are_one(&grown, 0, 7));
    let mut first: Vec<Act> = judgements.into();
    first.extend(told().chunks(2).rev().flatten().cloned());
    first.extend((0..9).rev().flat_map(copies));
    let turned = ledger(&folder.path().join("turned"), &first, 4);
    assert!(are_one(&turned, 0, 3) && !are_one(&turned, 0, 7));
}

#[test]
fn a_report_is_told_apart_from_one_that_says_the_very_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut acts: Vec<Act> = (0..4).flat_map(|n| samples::told_again(1, n)).collect();
    let told: Vec<Told> = acts
        .iter()
        .filter_map(|act| match act {
            Act::Coded(coded) => coded.reports.first(),
            _ => None,
        })
        .map(|said| Told { document: said.document, report: said.id, at: said.evidence[0] })
        .collect();
    let count = |name: &str, acts: &[Act]| {
        let views = views(&ledger(&folder.path().join(name), acts, 4));
        (views["node"].len(), views["event"].len())
    };
    assert_eq!(count("together", &acts), (1, 1));
    let judgement =
        Judgement::Linked { same: false, these: vec![told[2]], those: vec![told[0], told[3]] };
    acts.push(Act::Judged(Box::new(Judged { judgement, machine: None, note: None })));
    assert_eq!(count("apart", &acts), (2, 2));
}

#[test]
fn a_report_is_linked_by_what_a_reviewer_corrects_and_as_before_when_that_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let before = ledger(&path("before"), &told(), 9);
    assert!(!are_one(&before, 1, 2));
    let mut acts = told();
    let first = i64::try_from(acts.len()).unwrap() + 1;
    acts.extend(samples::moved(2, 1));
    let mut after = ledger(&path("after"), &acts, 9);
    assert!(are_one(&after, 1, 2));
    let mut turned: Vec<Act> = acts.clone();
    turned.rotate_right(2);
    assert!(are_one(&ledger(&path("turned"), &turned, 4), 1, 2));
    // With a bond to another, which goes with the report.
    acts.push(samples::linked(true, &[2], &[3]));
    acts.rotate_right(1);
    let bound = ledger(&path("bound"), &acts, 5);
    assert!(are_one(&bound, 2, 3));
    for entry in [first, first + 1] {
        let mut batch = after.begin().unwrap();
        batch.append("2024-01-02T00:00:00Z", "Bo", samples::undone(entry)).unwrap();
        batch.commit().unwrap();
        after.check().unwrap();
    }
    assert_eq!(views(&after), views(&before));
}

#[test]
fn judgements_survive_a_new_model_that_names_its_reports_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let mut acts = told();
    acts.extend([
        samples::linked(true, &[0], &[3]),
        samples::killed(2, 17, true),
        samples::weighed(4, false),
    ]);
    for n in [0, 2, 3, 4] {
        let Act::Coded(mut coded) = samples::coded(n, 2) else { unreachable!() };
        coded.build = "another".into();
        for report in &mut coded.reports {
            report.id = ReportId::of(&[b"otherwise", &n.to_le_bytes()]);
        }
        acts.push(Act::Coded(coded));
    }
    let ledger = ledger(&folder.path().join("ledger"), &acts, 7);
    assert!(are_one(&ledger, 0, 3));
    assert_eq!(event(&ledger, 2).1, Some(Count::exactly(17)));
    let (rejected, _) = event(&ledger, 4);
    assert_eq!(ledger.event(rejected).unwrap().rejected.len(), 1);
}
