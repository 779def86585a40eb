//! The demonstration corpus in a ledger: what the record says of attacks that many papers tell of.

use crate::harness::Folder;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpora/demo");

/// A ledger with the whole corpus, but for the gold.
fn ledger() -> Folder {
    let folder = Folder::new();
    let parts = ["wire-*.jsonl", "crawl.warc", "pages", "feeds"];
    let inputs: Vec<String> = parts.iter().map(|part| format!("{CORPUS}/{part}")).collect();
    let told = folder.transcript(&format!("ingest --ledger demo.ledger {}", inputs.join(" ")));
    assert!(told.contains("documents"), "{told}");
    folder
}

/// The events of documents with these words that have more than one report, as JSON.
fn events(folder: &Folder, words: &str) -> Vec<serde_json::Value> {
    let output = folder.output(&format!("events --ledger demo.ledger --json --text {words}"));
    let lines = String::from_utf8(output.stdout).unwrap();
    let events = lines.lines().map(|line| serde_json::from_str(line).unwrap());
    events.filter(|event: &serde_json::Value| event["n_reports"].as_u64() > Some(1)).collect()
}

fn field<'a>(event: &'a serde_json::Value, name: &str) -> &'a serde_json::Value {
    event["fields"].as_array().unwrap().iter().find(|field| field["field"] == name).unwrap()
}

/// Who did it, as the record has it.
fn of(event: &serde_json::Value) -> Vec<&str> {
    event["perpetrators"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect()
}

/// Who is said to have done it, and on what each naming rests.
fn said(event: &serde_json::Value) -> Vec<&str> {
    let values = field(event, "perpetrators")["values"].as_array().unwrap();
    values.iter().filter_map(|value| value["words"].as_str()).collect()
}

#[test]
fn many_papers_are_one_event_with_one_history_and_rivals_side_by_side() {
    let folder = ledger();
    let crocus = events(&folder, "Crocus");
    assert_eq!(crocus.len(), 1, "the attack on Crocus City Hall is one event");
    let killed = field(&crocus[0], "killed");
    let history: Vec<&str> = killed["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["words"].as_str().unwrap())
        .collect();
    assert_eq!(history, ["40 or more", "115", "137", "139", "144", "145"]);
    // What the history leaves out is there all the same, with who said it.
    let mut all: Vec<&str> = killed["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value["words"].as_str().unwrap())
        .collect();
    all.sort_unstable();
    let wanted =
        ["115", "133", "137", "139", "140", "144", "145", "40 or more", "60 or more", "93"];
    assert_eq!(all, wanted);
    // Who claims it stands beside whom the Kremlin's men accuse, and neither is lost.
    assert_eq!(of(&crocus[0]), ["ISIS", "Islamic State Khorasan"]);
    let rivals = said(&crocus[0]);
    assert!(rivals.contains(&"islamic-state (by its own claim)"), "{rivals:?}");
    assert!(rivals.contains(&"ua-military (accused by authorities)"), "{rivals:?}");

    let kerman = events(&folder, "Kerman");
    assert_eq!(kerman.len(), 1, "the bombs at Kerman are one event");
    assert_eq!(of(&kerman[0]), ["Islamic State"]);
    assert!(said(&kerman[0]).contains(&"il-military (accused by authorities)"));
}
