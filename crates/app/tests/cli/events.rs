//! `tocsin events`: forms and filters.

use expect_test::expect;

use crate::harness::Folder;

const LIST: &str = "events --ledger news.ledger";

#[test]
fn a_table_for_people() {
    expect![[r"
        day         what      where          killed  injured  by      source       id
        2024-05-01  shooting  Suva, Fiji          3           Gunmen  The Gazette  892914ebcd
        2024-05-01  shooting  Suva, Fiji          3           Gunmen  Courier      e44f1f22be
        2024-03-03  bombing   Kano, Nigeria     12+                   The Gazette  15b2c97523
    "]]
    .assert_eq(&Folder::with_ledger().transcript(&format!("{LIST} --reports")));
    expect![[r#"
        day         what      where          killed  injured  by      source                id
        2024-05-01  shooting  Suva, Fiji          3           Gunmen  2 prints of 1 source  56d1f0a140
        2024-03-03  bombing   Kano, Nigeria     12+                   The Gazette           e0c808804f
    "#]].assert_eq(&Folder::with_ledger().transcript(LIST));
}

#[test]
fn the_forms_for_programs_have_a_row_for_each_report() {
    let folder = Folder::with_ledger();
    let print = |form: &str| {
        let output = folder.output(&format!("{LIST} --reports {form}"));
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let csv = print("--format csv");
    assert!(csv.starts_with("id,document,kind,mode,stage,assertion,main,start,end,"), "{csv}");
    let n_columns = csv.lines().next().unwrap().split(',').count();
    assert!(csv.lines().all(|line| line.split(',').count() == n_columns), "{csv}");
    assert_eq!(csv.lines().count(), 4);
    assert_eq!(print("--json"), print("--format jsonl"));
    assert_eq!(print("--json").lines().count(), 3);
    let json: serde_json::Value = serde_json::from_str(&print("--format geojson")).unwrap();
    assert_eq!(json["type"], "FeatureCollection");
    assert_eq!(json["features"].as_array().unwrap().len(), 3);
}

#[test]
fn an_event_has_all_its_values_with_who_says_so() {
    let folder = Folder::with_ledger();
    let output = folder.output(&format!("{LIST} --json --country FJ"));
    let event: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(event["n_reports"], 2);
    let killed = event["fields"].as_array().unwrap().iter().find(|f| f["field"] == "killed");
    let claims = killed.unwrap()["values"][0]["claims"].as_array().unwrap();
    let outlets: Vec<&str> = claims.iter().filter_map(|c| c["outlet"].as_str()).collect();
    assert_eq!(outlets, ["The Gazette", "Courier"]);
    let id = event["id"].as_str().unwrap();
    expect![[r#"
        event 56d1f0a14096343f73f1e2af09eb33d3, 2 reports from 1 source

        mode: shooting (how it was done, by most sources, the first of equals)
          shooting [1 source]
            The Gazette, 2024-05-02, 892914ebcd
            Courier, 2024-05-02, e44f1f22be

        when: 2024-05-01 (the most precise up to three days, by most sources)
          2024-05-01 [1 source]
            The Gazette, 2024-05-02, 892914ebcd
            Courier, 2024-05-02, e44f1f22be

        where: bank, Suva, Central province, FJ (the most precise, by most sources)
          bank, Suva, Central province, FJ [1 source]
            The Gazette, 2024-05-02, 892914ebcd
            Courier, 2024-05-02, e44f1f22be

        killed: 3 (published last, by most sources; a fall needs two of them)
          3 [1 source]
            The Gazette, 2024-05-02, “three people”, 892914ebcd
            Courier, 2024-05-02, “three people”, e44f1f22be

        perpetrators: Gunmen (organisations that claim it or are said to have done it, else those accused, the firmest first)
          Gunmen (reported as fact) [1 source]
            The Gazette, 2024-05-02, “Gunmen”, 892914ebcd
            Courier, 2024-05-02, “Gunmen”, e44f1f22be

        reports
          892914ebcd
          e44f1f22be
    "#]]
    .assert_eq(&folder.transcript(&format!("show {id} --ledger news.ledger")));
}

#[test]
fn json_lines_are_what_code_prints() {
    let folder = Folder::with_ledger();
    let sorted = |arguments: &str| {
        let output = folder.output(arguments);
        let mut lines: Vec<_> =
            String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&format!("{LIST} --reports --all --json")), sorted("code news.jsonl --json"));
}

#[test]
fn words_are_found_with_and_without_hyphens() {
    let folder = Folder::with_ledger();
    for words in ["al-harrow", "harrow", "MARKET", "mark*"] {
        let output = folder.output(&format!("{LIST} --reports --all --json --text {words}"));
        let lines = String::from_utf8(output.stdout).unwrap().lines().count();
        assert_eq!(lines, 1, "{words}");
    }
}

#[test]
fn questions_that_make_no_sense_are_answered_with_help() {
    let folder = Folder::with_ledger();
    expect![[r#"
        ! tocsin: no kind is called "war"
        ! hint: give one of ASSAULT, FIGHT, COERCE, PROTEST, THREATEN, MOBILIZE, ACCUSE, REJECT, SANCTION, AID, AGREE, CONSULT, COOPERATE, CONCEDE, RETREAT, REQUEST, SUPPORT
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript(&format!("{LIST} --kind war")));
    expect![[r#"
        ! tocsin: no country is called "Atlantis"
        ! hint: give the two letters of ISO 3166, such as NG
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript(&format!("{LIST} --country Atlantis")));
    expect![[r#"
        ! tocsin: the words "AND" are no query (fts5: syntax error near "AND")
        ! hint: put "…" around phrases, and words on both sides of AND, OR and NOT
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript(&format!("{LIST} --text AND")));
    expect![[r"
        ! no report passes the filter, of 3 in the ledger
        ! hint: --all also lists background, and what is not violent
        exit status: 1
    "]]
    .assert_eq(&folder.transcript(&format!("{LIST} --from 2031-01-01")));
    expect![[r#"
        ! tocsin: "none" does not exist
        ! hint: make it with `tocsin ingest INPUT --ledger none`
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("events --ledger none"));
}

/// Two tellings of one attack, years apart: the news of it, and its mention in that of another.
const MENTIONED: &str = r#"{"url":"https://gazette.example/1","title":"Gunmen kill 41 at Suva concert hall","date":"2015-11-14","text":"SUVA, Nov 14 - Gunmen of the Harrow Front killed 41 people at the Lantern concert hall in Suva, Fiji, on Friday, police said. Another 60 people were wounded."}
{"url":"https://ledger.example/2","title":"Bomb kills 3 at Nadi market","date":"2024-05-02","text":"NADI, May 2 - A bomb killed three people at a market in Nadi, Fiji, on Thursday, police said. It was the deadliest attack in the country since gunmen killed 41 people at the Lantern concert hall in Suva on 13 November 2015."}
"#;

#[test]
fn a_mention_years_later_joins_the_old_event_and_is_none_of_its_own() {
    let folder = Folder::new();
    folder.write("news.jsonl", MENTIONED);
    assert!(folder.ingest("news.jsonl").status.success());
    expect![[r#"
        day         what           where       killed  injured  by      source                    id
        2024-05-02  bombing        Nadi, Fiji       3                   https://ledger.example/2  0ec4ef4c0b
        2015-11-13  armed assault  Suva, Fiji      41       60  gunmen  2 reports, 2 sources      22f0adffae
    "#]].assert_eq(&folder.transcript("events --all --ledger news.ledger"));
}
