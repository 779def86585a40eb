//! `tocsin ingest`: what is new is added, once.

use std::process::Stdio;

use expect_test::expect;

use crate::harness::{Folder, NEWS, shown, signed};

#[test]
fn what_is_new_is_added_once() {
    let folder = Folder::new();
    folder.write("news.jsonl", NEWS);
    expect![[r"
        documents                4
          new                    4
        duplicates               1
        reports                  3
        ! next: tocsin events --ledger news.ledger
    "]]
    .assert_eq(&shown(&folder.ingest("news.jsonl")));
    expect![[r"
        documents                4
          there already          4
        ! next: tocsin events --ledger news.ledger
    "]]
    .assert_eq(&shown(&folder.ingest("news.jsonl")));
}

#[test]
fn the_summary_is_json_for_programs() {
    let folder = Folder::new();
    folder.write("news.jsonl", NEWS);
    let output =
        folder.output(&signed("ingest news.jsonl missing.html --ledger news.ledger --json"));
    assert_eq!(output.status.code(), Some(1));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let numbers = ["new", "coded_again", "already_there", "duplicates", "lost", "entries"];
    assert_eq!(numbers.map(|name| summary[name].as_u64()), [4, 0, 0, 1, 1, 8].map(Some));
    let problems = summary["problems"].as_object().unwrap();
    assert!(problems.values().any(|cases| cases["first"] == "missing.html"), "{problems:?}");
}

#[test]
fn files_that_are_no_ledgers_are_refused_and_left_alone() {
    let folder = Folder::with_ledger();
    folder.write("notes.txt", "Buy milk, and a good deal more than milk.");
    expect![[r#"
        ! tocsin: "notes.txt" is not a ledger of tocsin
        ! hint: name the file that `tocsin ingest` made; this one was not touched
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("ingest news.jsonl --ledger notes.txt"));
    let kept = std::fs::read_to_string(folder.at("notes.txt")).unwrap();
    assert!(kept.starts_with("Buy milk"));

    let newer = rusqlite::Connection::open(folder.at("news.ledger")).unwrap();
    newer.pragma_update(None, "user_version", 9_000).unwrap();
    expect![[r#"
        ! tocsin: "news.ledger" was written by a newer tocsin (its form is 9, this program knows 4)
        ! hint: use the newer tocsin; this file was not touched
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("ingest news.jsonl --ledger news.ledger"));
}

#[test]
fn a_second_writer_is_told_that_there_is_a_first() {
    let folder = Folder::new();
    // The first waits for its input; it has the lock before it makes the file.
    let mut first = folder
        .command(&signed("ingest - --ledger news.ledger"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while !folder.at("news.ledger").exists() {
        assert!(first.try_wait().unwrap().is_none(), "the first has ended");
    }
    expect![[r#"
        ! tocsin: the ledger "news.ledger" is being written by another process
        ! hint: wait until it has finished, or end it
        exit status: 2
    "#]]
    .assert_eq(&shown(&folder.ingest("news.jsonl")));
    drop(first.stdin.take());
    first.wait().unwrap();
}

#[test]
fn a_folder_that_does_not_exist_is_named() {
    let folder = Folder::new();
    folder.write("news.jsonl", NEWS);
    expect![[r#"
        ! tocsin: the ledger "no/such/ledger" cannot be used: No such file or directory (os error 2)
        ! hint: see that the file and its folder can be written to, and that the disk is sound
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("ingest news.jsonl --ledger no/such/ledger"));
}
