//! `tocsin store`: check, rebuild, backup.

use expect_test::expect;

use crate::harness::Folder;

#[test]
fn a_sound_ledger_is_said_to_be_sound() {
    let folder = Folder::with_ledger();
    let sound = folder.transcript("store check news.ledger");
    assert!(sound.starts_with("\"news.ledger\" is sound\nentries    8\ndocuments  4\n"), "{sound}");
    let rebuilt = folder.transcript("store rebuild news.ledger");
    let copied = folder.transcript("store backup news.ledger copy.ledger");
    let numbers = |shown: &str| shown.split_once('\n').map(|(_, rest)| rest.to_owned());
    assert_eq!(numbers(&rebuilt), numbers(&sound));
    assert_eq!(numbers(&copied), numbers(&sound));
    assert_eq!(
        folder.output("events --all --json --ledger copy.ledger").stdout,
        folder.output("events --all --json --ledger news.ledger").stdout
    );
    expect![[r#"
        ! tocsin: "copy.ledger" exists already
        ! hint: name a new file
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("store backup news.ledger copy.ledger"));
}

#[test]
fn damage_is_found_and_named() {
    let folder = Folder::with_ledger();
    let vandal = rusqlite::Connection::open(folder.at("news.ledger")).unwrap();
    vandal.execute_batch("UPDATE report SET killed_low = 7").unwrap();
    expect![[r#"
        ! tocsin: the ledger "news.ledger" is damaged: the view "report" differs from the log
        ! hint: the log is sound; `tocsin store rebuild news.ledger` mends it
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("store check news.ledger"));
    assert!(folder.output("store rebuild news.ledger").status.success());
    vandal
        .execute_batch(
            "DROP TRIGGER entry_is_never_changed; UPDATE entry SET by = 'me' WHERE seq = 3",
        )
        .unwrap();
    expect![[r#"
        ! tocsin: the ledger "news.ledger" is damaged: entry 3 was changed after it was written
        ! hint: go back to the last backup, or ingest the inputs into a new ledger
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("store check news.ledger"));
}
