//! `tocsin train-kind`, and `code` with what it wrote.

use expect_test::expect;

use crate::harness::Folder;

const SHEET: &str = r#"
name = "cattle_raid"
description = "Armed people take livestock"
examples = [
  "Armed men stole more than 300 cows from a camp on Tuesday night.",
  "Raiders drove away 150 head of cattle after a gun battle with herders.",
  "Two herders were killed and 80 goats taken when rustlers attacked the village.",
  "Bandits seized the livestock of eleven families and burned the rest.",
  "Warriors raided three kraals and left with camels and donkeys.",
  "Gunmen shot the boys who kept watch and led the cattle into the forest.",
]
"#;

const NEWS: &str = r#"{"title": "Raid", "date": "2024-03-04", "text": "KANO, 4 March 2024 - Rustlers stole 90 cows and 20 goats and shot dead four herders near Kano on Sunday.\n\nPolice are looking for the animals."}
{"title": "Thieves", "date": "2024-03-05", "text": "Rustlers stole 200 goats and sheep from a village in the valley."}
{"title": "Rain", "date": "2024-03-05", "text": "It rained on Friday. The harvest will be good."}
"#;

#[test]
fn a_kind_is_taught_and_found() {
    let folder = Folder::new();
    folder.write("cattle.toml", SHEET);
    folder.write("news.jsonl", NEWS);
    let told = folder.transcript("train-kind cattle.toml --threshold 0.4 -o cattle.kind.json");
    assert!(told.contains("kind          cattle_raid\nexamples      6\n"), "{told}");
    assert!(told.contains("6 examples are few"), "{told}");
    assert!(told.contains("no sentence is against it"), "{told}");
    assert!(told.contains("\nwrote         \"cattle.kind.json\"\n"), "{told}");
    let told = folder.transcript("code news.jsonl --kind cattle.kind.json");
    let (report, alone) =
        (told.find("\n  own kind  cattle_raid 0."), told.find("\ncattle_raid 0."));
    assert!(report.is_some() && alone.is_some() && report < alone, "{told}");
    let json = folder.transcript("code news.jsonl --kind cattle.kind.json --json");
    let lines: Vec<serde_json::Value> =
        json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mark = |n: usize| &lines[n]["own_kinds"][0];
    assert_eq!((lines.len(), &mark(0)["name"]), (2, &"cattle_raid".into()), "{json}");
    assert_eq!(lines[0]["kind"], "ASSAULT");
    assert_eq!(mark(1)["quote"], lines_text(1));
    assert!(lines[1].get("kind").is_none() && mark(1)["score"].as_f64().unwrap() >= 0.4);
}

fn lines_text(n: usize) -> serde_json::Value {
    let line = NEWS.lines().nth(n).unwrap();
    serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].clone()
}

#[test]
fn what_cannot_be_taught_or_used_is_refused_with_its_reason() {
    let folder = Folder::new();
    folder.write("few.jsonl", r#"{"text": "Cows were taken.", "kind": "raid", "accept": true}"#);
    expect![[r"
        ! tocsin: raid has 1 examples, and needs 5
        ! hint: write more, each put in another way; 10 to 30 do well
        exit status: 2
    "]]
    .assert_eq(&folder.transcript("train-kind few.jsonl"));
    folder.write("old.json", r#"{"form": "tocsin own kind 1"}"#);
    expect![[r#"
        ! tocsin: "old.json": is no file of an own kind: missing field `name` at line 1 column 29
        ! hint: make it with tocsin train-kind from the file of examples
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("code few.jsonl --kind old.json"));
}
