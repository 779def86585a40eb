//! `tocsin show`: a report with its evidence, a document with all that it says.

use expect_test::expect;

use crate::harness::Folder;

/// The ids of the report and the document about Suva in the Gazette.
fn ids(folder: &Folder) -> (String, String) {
    let output =
        folder.output("events --reports --ledger news.ledger --all --text bank --format csv");
    let csv = String::from_utf8(output.stdout).unwrap();
    let line = csv.lines().find(|line| line.contains("gazette.example")).unwrap();
    let mut cells = line.split(',').map(str::to_owned);
    (cells.next().unwrap(), cells.next().unwrap())
}

/// A report names the build that made it, which changes with every pack.
fn without_build(shown: &str) -> String {
    let is_build = |line: &&str| line.starts_with("  made by     tocsin-");
    assert_eq!(shown.lines().filter(is_build).count(), 1, "{shown}");
    shown.split_inclusive('\n').filter(|line| !is_build(line)).collect()
}

#[test]
fn a_report_is_shown_with_its_evidence() {
    let folder = Folder::with_ledger();
    let (report, _) = ids(&folder);
    expect![[r#"
        report 892914ebcdb26e82f0f606e22b0f0300 of document ea0d46f314f8d3e0d0d2aa37ea9fab32
        Shots in Suva — The Gazette, 2024-05-02
        https://gazette.example/suva

        shooting   2024-05-01   bank, Suva, Fiji   killed 3
          target              civilians killed 3  "people"
          perpetrator (fact)  individuals         "Gunmen"
          because "SUVA, 2 May 2024 — Gunmen shot and killed three people outside a bank in Suva on Wednesday."

          kind        ASSAULT
          mode        shooting
          stage       accomplished
          assertion   asserted
          main        yes
          when        2024-05-01 (day), stated from "Wednesday" by the rule day in the frame
          where       bank, Suva, Central province, FJ at -18.137, 178.425 (place), stated from "Suva", "bank" by the rule scene in the frame
          killed      3, stated from "three people" by the rule number of people
          confidence  0.89

        «SUVA, 2 May 2024 — ‹Gunmen› shot and killed ‹three people› outside a ‹bank› in ‹Suva› on ‹Wednesday›.»
    "#]]
        .assert_eq(&without_build(&folder.transcript(&format!(
        "show {} --ledger news.ledger",
        &report[..12]
    ))));
}

#[test]
fn a_document_is_shown_with_its_marks() {
    let folder = Folder::with_ledger();
    let (_, document) = ids(&folder);
    expect![[r#"
        document ea0d46f314f8d3e0d0d2aa37ea9fab32 from "news.jsonl#2"
        Shots in Suva — The Gazette, 2024-05-02
        https://gazette.example/suva

        report 892914ebcdb26e82f0f606e22b0f0300
        shooting   2024-05-01   bank, Suva, Fiji   killed 3
          target              civilians killed 3  "people"
          perpetrator (fact)  individuals         "Gunmen"
          because "SUVA, 2 May 2024 — Gunmen shot and killed three people outside a bank in Suva on Wednesday."

        «SUVA, 2 May 2024 — ‹Gunmen› shot and killed ‹three people› outside a ‹bank› in ‹Suva› on ‹Wednesday›.»
    "#]].assert_eq(&folder.transcript(&format!("show {document} --ledger news.ledger")));
}

#[test]
fn json_has_the_same() {
    let folder = Folder::with_ledger();
    let (report, document) = ids(&folder);
    let parse = |id: &str| -> serde_json::Value {
        let output = folder.output(&format!("show {id} --ledger news.ledger --json"));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    assert_eq!(parse(&report)["id"], *report);
    assert_eq!(parse(&document)["document"]["id"], *document);
    assert_eq!(parse(&document)["reports"][0], parse(&report));
}

#[test]
fn ids_that_name_nothing_or_too_much_are_said_to() {
    let folder = Folder::with_ledger();
    expect![[r#"
        ! tocsin: no report or document has the id "xyz"
        ! hint: take an id from `tocsin events`, or a longer part of it
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("show xyz --ledger news.ledger"));
    // Of more than sixteen ids, two begin with the same digit.
    let page = |n: u32| format!("{{\"text\": \"It rained for {n} days.\"}}\n");
    folder.write("rain.jsonl", &(0..17).map(page).collect::<String>());
    assert!(folder.ingest("rain.jsonl").status.success());
    let several = "0123456789abcdef".chars().any(|digit| {
        let told = folder.transcript(&format!("show {digit} --ledger news.ledger"));
        told.contains(&format!("several ids begin with \"{digit}\"\n! hint: give more of it: "))
    });
    assert!(several);
}
