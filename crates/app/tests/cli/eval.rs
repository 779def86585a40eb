//! `tocsin eval`: that gold, documents, floors and files are found, and that bad ones are named.
//!
//! What the coder makes of a text is not asserted here, only what follows for any coder that says
//! nothing of the weather.

use crate::harness::Folder;

const GOLD: &str = concat!(
    r#"{"url": "https://kestrel.example/1", "date": "2024-03-04", "title": "Rain", "#,
    r#""relevant": false, "events": []}"#,
    "\n"
);
const DOCS: &str = concat!(
    r#"{"url": "https://kestrel.example/1", "title": "Rain", "published": "2024-03-04", "#,
    r#""text": "It rained in the hills on Monday. The valley stayed dry."}"#,
    "\n"
);

/// A gold of one irrelevant article, with its document beside it.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("dev.gold.jsonl", GOLD);
    folder.write("dev.docs.jsonl", DOCS);
    folder
}

fn json(folder: &Folder, arguments: &str) -> serde_json::Value {
    let output = folder.output(arguments);
    assert!(output.status.success(), "{}", folder.transcript(arguments));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The digest of the gold, as floors must state it.
fn digest(folder: &Folder) -> String {
    let result = json(folder, "eval modern --data . --json");
    result["data"]["sha256"].as_str().unwrap().to_owned()
}

#[test]
fn every_output_says_suite_items_build_and_gold() {
    let folder = folder();
    let result = json(&folder, "eval modern --data dev.gold.jsonl --json --resamples 0");
    assert_eq!(result["suite"], "modern");
    assert_eq!(result["items"], 1);
    assert_eq!(result["data"]["name"], "dev.gold.jsonl");
    assert!(result["build"].as_str().unwrap().starts_with("tocsin"));
    let told = folder.transcript("eval modern --data .");
    for part in ["modern, 1 items", "dev.gold.jsonl", "tocsin", "relevance", "events in irrelevant"]
    {
        assert!(told.contains(part), "{part} is not in {told}");
    }
}

#[test]
fn items_and_predictions_are_written() {
    let folder = folder();
    json(&folder, "eval modern --data . --json --items items.tsv --predictions said.jsonl");
    let items = std::fs::read_to_string(folder.at("items.tsv")).unwrap();
    assert!(items.starts_with("modern\trelevance\tevent\t"), "{items}");
    assert!(items.contains("\nhttps://kestrel.example/1\t"), "{items}");
    let said = std::fs::read_to_string(folder.at("said.jsonl")).unwrap();
    let said: serde_json::Value = serde_json::from_str(said.trim()).unwrap();
    assert_eq!(said["relevant"], false);
    // What is written is in the gold's form, so it can be scored as gold.
    std::fs::rename(folder.at("said.jsonl"), folder.at("dev.gold.jsonl")).unwrap();
    json(&folder, "eval modern --data . --json");
}

#[test]
fn a_broken_floor_is_named_and_the_exit_code_is_one() {
    let folder = folder();
    let floors = |items: usize, floor: &str| {
        let digest = digest(&folder);
        let head =
            format!("suite = \"modern\"\nitems = {items}\ndigest = \"{digest}\"\n[floors]\n");
        folder.write("floor.toml", &format!("{head}{floor}\n"));
        folder.output("eval modern --data . --floor floor.toml")
    };
    assert_eq!(floors(1, "\"events in irrelevant\" = 0").status.code(), Some(0));
    let broken = floors(1, "\"relevance\" = 50");
    assert_eq!(broken.status.code(), Some(1));
    let told = String::from_utf8(broken.stderr).unwrap();
    assert!(told.contains("\"relevance\" is 0.00, the floor is 50.00"), "{told}");
    let other = floors(2, "\"events in irrelevant\" = 0");
    assert_eq!(other.status.code(), Some(1));
}

#[test]
fn a_bad_line_of_gold_is_named_with_its_file_and_number() {
    let folder = folder();
    folder.write("dev.gold.jsonl", &format!("{GOLD}\n{{\"url\": \"x\", \"relevant\": true}}\n"));
    let output = folder.output("eval modern --data .");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("dev.gold.jsonl\", line 3: missing field `events`"), "{told}");
}

#[test]
fn gold_without_documents_is_scored_as_not_found_and_said() {
    let folder = folder();
    folder.write("dev.docs.jsonl", &DOCS.replace("/1", "/2"));
    let output = folder.output("eval modern --data .");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("1 gold items have no document"), "{told}");
    std::fs::remove_file(folder.at("dev.docs.jsonl")).unwrap();
    let told = folder.transcript("eval modern --data .");
    assert!(told.contains("name the documents with --docs"), "{told}");
}

#[test]
fn one_item_is_shown_with_gold_and_answer() {
    let folder = folder();
    let told = folder.transcript("eval show modern https://kestrel.example/1 --data .");
    for part in ["It rained in the hills", "gold\n", "given\n", "wrong\n  nothing"] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    let told = folder.transcript("eval show modern nowhere --data .");
    assert!(told.contains("has no item \"nowhere\""), "{told}");
}

#[test]
fn speed_has_no_items() {
    let folder = folder();
    let told = folder.transcript("eval speed --data dev.docs.jsonl --items x.tsv");
    assert!(told.contains("leave out --items"), "{told}");
    let result = json(&folder, "eval speed --data dev.docs.jsonl --json --passes 1");
    assert_eq!(result["items"], 1);
}

#[test]
fn pages_are_scored_by_both_annotations() {
    let folder = Folder::new();
    for name in ["pages", "pages/aeb", "pages/aeb/html", "pages/many", "pages/many/eval"] {
        std::fs::create_dir(folder.at(name)).unwrap();
    }
    let page =
        "<html><body><article><p>It rained in the hills on Monday.</p></article></body></html>";
    folder.write("pages/aeb/html/one.html", page);
    folder.write("pages/many/eval/two.html", page);
    let truth = r#"{"one": {"articleBody": "It rained in the hills on Monday.", "url": "https://kestrel.example/1"}}"#;
    folder.write("pages/aeb/ground-truth.json", truth);
    let annotation = r#"{"https://kestrel.example/2": {"file": "two.html", "with": ["rained in the hills"], "without": ["Leave a Reply"], "date": ""}}"#;
    folder.write("pages/many/evaldata.json", annotation);
    let result = json(&folder, "eval pages --data pages --json");
    assert_eq!(result["sections"][0]["name"], "pages/aeb");
    assert_eq!(result["sections"][1]["name"], "pages/990");
    assert_eq!(result["sections"][1]["measures"][0]["value"], 100.0);
}

#[test]
fn the_demo_corpus_keeps_its_floors() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpora");
    let folder = Folder::new();
    let run = format!("eval demo --data {root}/demo --floor {root}/floors/demo.toml --resamples 0");
    let output = folder.output(&run);
    assert_eq!(output.status.code(), Some(0), "{}", folder.transcript(&run));
}
