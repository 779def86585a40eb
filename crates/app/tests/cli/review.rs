//! `tocsin review`: what is judged counts, is undone, and comes out again.

use std::io::Write as _;
use std::process::Stdio;

use expect_test::expect;

use crate::harness::{Folder, shown};

/// Runs `tocsin review` as this reviewer, who types these lines.
fn review(folder: &Folder, reviewer: &str, typed: &str) -> String {
    let arguments =
        format!("review --ledger news.ledger --reviewer {reviewer} --at 2024-06-02T12:00:00Z");
    let mut child = folder
        .command(&arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    shown(&child.wait_with_output().unwrap())
}

/// The rows of the CSV of events or reports: id, place and killed.
fn rows(folder: &Folder, more: &str) -> Vec<[String; 3]> {
    let output = folder.output(&format!("events --ledger news.ledger --json {more}"));
    let text = String::from_utf8(output.stdout).unwrap();
    let cell = |row: &serde_json::Value, name: &str| {
        let value = row.pointer(name).cloned().unwrap_or_default();
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    };
    text.lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            ["/id", "/where/place", "/killed/best"].map(|name| cell(&row, name))
        })
        .collect()
}

/// The ids of the reports about Kano and Suva, two of Suva.
fn reports(folder: &Folder) -> (String, [String; 2]) {
    let all = rows(folder, "--reports");
    let of = |place: &str| -> Vec<String> {
        all.iter().filter(|row| row[1] == place).map(|row| row[0].clone()).collect()
    };
    let suva = of("Suva");
    (of("Kano")[0].clone(), [suva[0].clone(), suva[1].clone()])
}

#[test]
fn a_merge_and_a_split_count_until_they_are_undone() {
    let folder = Folder::with_ledger();
    let (kano, suva) = reports(&folder);
    assert_eq!(rows(&folder, "").len(), 2);
    let merged = review(&folder, "Ada", &format!("merge {kano} {}\n", &suva[0][..12]));
    assert!(merged.contains("1 judged"), "{merged}");
    assert_eq!(rows(&folder, "").len(), 1);
    let split = review(&folder, "Ada", &format!("split {}\nq\n", suva[1]));
    assert!(split.contains("1 judged"), "{split}");
    assert_eq!(rows(&folder, "").len(), 2);
    let undone = review(&folder, "Ada", "u\nu\nu\n");
    assert!(undone.contains("Ada has no judgement to undo"), "{undone}");
    assert!(undone.ends_with("2 undone\n"), "{undone}");
    assert_eq!(rows(&folder, "").len(), 2);
    assert!(folder.output("store check news.ledger").status.success());
}

#[test]
fn what_is_settled_corrected_or_rejected_counts() {
    let folder = Folder::with_ledger();
    let (kano, suva) = reports(&folder);
    let typed = format!(
        "settle {kano} killed 14\ncorrect {} killed 4\nreject {} \nsettle {kano} killed many\n",
        suva[0], suva[1]
    );
    let out = review(&folder, "Ada", &typed);
    assert!(out.contains("\"many\" is no value of killed"), "{out}");
    let killed: Vec<(String, String)> =
        rows(&folder, "").into_iter().map(|[_, place, killed]| (place, killed)).collect();
    assert!(killed.contains(&("Kano".into(), "14".into())), "{killed:?}");
    assert!(killed.contains(&("Suva".into(), "4".into())), "{killed:?}");
    assert_eq!(rows(&folder, "--reports").len(), 2);
    assert_eq!(rows(&folder, "--reports --all").len(), 3);
}

#[test]
fn judgements_are_listed_compared_and_exported() {
    let folder = Folder::with_ledger();
    let (kano, suva) = reports(&folder);
    review(&folder, "Ada", &format!("reject {kano}\naccept {}\n", suva[0]));
    review(&folder, "Bo", &format!("accept {kano}\naccept {}\n", suva[0]));
    let listed = folder.transcript("review --ledger news.ledger --judgements");
    expect![[r#"
        9  2024-06-02T12:00:00Z  Ada  report: wrong (15b2c97523)
        10  2024-06-02T12:00:00Z  Ada  report: right (892914ebcd)
        11  2024-06-02T12:00:00Z  Bo  report: right (15b2c97523)
        12  2024-06-02T12:00:00Z  Bo  report: right (892914ebcd)
    "#]]
    .assert_eq(&listed);
    expect![[r#"
        report: 2 items by Ada, Bo; 1 of 2 pairs of answers agree, kappa 0.00, alpha 0.00
    "#]]
    .assert_eq(&folder.transcript("review --ledger news.ledger --agreement"));
    assert_eq!(folder.transcript("review --ledger news.ledger --export t.jsonl"), "4 lines\n");
    let lines = std::fs::read_to_string(folder.at("t.jsonl")).unwrap();
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["task"], "report");
    assert_eq!(first["right"], false);
    assert_eq!(first["reports"][0]["id"], kano.as_str());
    let asked = folder.output("review --ledger news.ledger --list --again --reviewer Cy --json");
    assert_eq!(String::from_utf8(asked.stdout).unwrap().lines().count(), 2);
}

#[test]
fn a_ledger_that_is_not_there_is_named() {
    let folder = Folder::new();
    expect![[r#"
        ! tocsin: "none.ledger" does not exist
        ! hint: make it with `tocsin ingest INPUT --ledger none.ledger`
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("review --ledger none.ledger --list"));
}
