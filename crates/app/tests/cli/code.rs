//! `tocsin code`: the plain form, and the exit codes.

use expect_test::expect;

use crate::harness::{Folder, NEWS};

#[test]
fn a_report_reads_with_its_evidence() {
    let folder = Folder::new();
    folder.write("news.jsonl", NEWS);
    expect![[r#"
        Market bomb in Kano — The Gazette, 2024-03-04

        bombing   2024-03-03   market, Kano, Nigeria   killed 12+
          target   civilians killed 12+  "people"
          target   civilians             "market"
          weapon   explosive             "bomb"
          speaker  state                 "police"
          because "KANO, 4 March 2024 — A bomb killed at least 12 people at a market in Kano on Sunday, police said."

        Shots in Suva — The Gazette, 2024-05-02

        shooting   2024-05-01   bank, Suva, Fiji   killed 3
          target              civilians killed 3  "people"
          perpetrator (fact)  individuals         "Gunmen"
          because "SUVA, 2 May 2024 — Gunmen shot and killed three people outside a bank in Suva on Wednesday."

        Three killed in Suva — Courier, 2024-05-02

        shooting   2024-05-01   bank, Suva, Fiji   killed 3
          target              civilians killed 3  "people"
          perpetrator (fact)  individuals         "Gunmen"
          because "SUVA, 2 May 2024 — Gunmen shot and killed three people outside a bank in Suva on Wednesday."

    "#]].assert_eq(&folder.transcript("code news.jsonl"));
}

#[test]
fn nothing_found_is_exit_code_1() {
    let folder = Folder::new();
    folder.write("rain.txt", "It rained on Friday. The harvest will be good.");
    expect![[r"
        exit status: 1
    "]]
    .assert_eq(&folder.transcript("code rain.txt"));
}

#[test]
fn a_file_that_is_missing_costs_itself_only() {
    let folder = Folder::new();
    folder.write("news.jsonl", NEWS);
    let told = folder.transcript("code missing.html news.jsonl");
    assert!(told.contains("A bomb killed at least 12 people"), "{told}");
    assert!(told.contains("\n! problem: \"missing.html\": "), "{told}");
    assert!(told.ends_with("\nexit status: 1\n"), "{told}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = Folder::new();
    folder.write("news.jsonl", &NEWS.repeat(2_000));
    let mut program = folder
        .command("code news.jsonl --json")
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(program.stdout.take());
    assert!(program.wait().unwrap().success());
}

#[test]
fn a_page_cannot_steer_the_terminal() {
    let folder = Folder::new();
    let page =
        r#"{"title": "Bang\u001b[2J", "text": "Bombs\u001b]0;owned\u0007 killed 3 in Kano."}"#;
    folder.write("page.jsonl", page);
    let told = folder.transcript("code page.jsonl");
    assert!(told.contains("killed 3 in Kano"), "{told}");
    assert!(!told.contains(['\u{1b}', '\u{7}']), "{told:?}");
}
