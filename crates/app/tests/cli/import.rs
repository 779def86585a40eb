//! `tocsin import` and `tocsin store rows`: tables in, every row accounted for, and out again.

use std::path::Path;

use expect_test::expect;

use crate::harness::{Folder, signed};

/// A table of our own invention in the columns of UCDP GED.
const TABLE: &str = "\
id,type_of_violence,side_a,side_b,source_headline,source_original,where_prec,where_coordinates,adm_1,latitude,longitude,country,date_start,date_end,low,best,high
1,3,Harrow Front,Civilians,\"Market bomb, in Kano\",police,1,Kano town,Kano state,12.0022,8.592,Nigeria,2024-03-03,2024-03-03,12,12,14
2,1,Government of Fiji,Harrow Front,\"Two lines
of one headline\",,4,,Central,-18.14,178.44,Fiji,2024-05-01,2024-05-07,0,0,NA
3,3,Harrow Front,Civilians,,,6,,,,,Atlantis,2024-05-01,2024-05-01,1,1,1
4,9,Harrow Front,Civilians,,,6,,,,,Fiji,2024-05-01,2024-05-01,1,1,1
5,3,Harrow Front,Civilians
6,3,Harrow Front,Civilians,,,6,,,,,Fiji,2024-05-02,2024-05-02,many,1,1
1,3,Harrow Front,Civilians,,,6,,,,,Fiji,2024-05-02,2024-05-02,1,1,1
";

fn imported(folder: &Folder, arguments: &str) -> String {
    folder.transcript(&signed(&format!("import {arguments} --ledger news.ledger")))
}

#[test]
fn every_row_is_kept_or_refused_with_its_line() {
    let folder = Folder::with_ledger();
    folder.write("ged.csv", TABLE);
    expect![[r#"
        rows                     7
          new                    3
          refused                4
        ! problem: "ged.csv#8": "many" is no killed_low
        ! problem: "ged.csv#5": row refused: "Atlantis" is no country
        ! problem: "ged.csv#6": row refused: it does not say what kind it is of
        ! problem: "ged.csv#7": row refused: it has 4 cells, the header 17
        ! problem: "ged.csv#9": row refused: it has the id of line 2 and says something else
        exit status: 1
    "#]]
    .assert_eq(&imported(&folder, "ged.csv"));
    let again = imported(&folder, "ged.csv --json");
    expect![[r#"
        {"rows":7,"new":0,"changed":0,"already_there":3,"refused":[{"line":5,"why":"\"Atlantis\" is no country"},{"line":6,"why":"it does not say what kind it is of"},{"line":7,"why":"it has 4 cells, the header 17"},{"line":9,"why":"it has the id of line 2 and says something else"}],"missing_columns":["where_description"],"entries":11,"problems":{"row refused: \"Atlantis\" is no country":{"n":1,"first":"ged.csv#5","what":"row refused: \"Atlantis\" is no country"},"row refused: it does not say what kind it is of":{"n":1,"first":"ged.csv#6","what":"row refused: it does not say what kind it is of"},"row refused: it has # cells, the header #":{"n":1,"first":"ged.csv#7","what":"row refused: it has 4 cells, the header 17"},"row refused: it has the id of line # and says something else":{"n":1,"first":"ged.csv#9","what":"row refused: it has the id of line 2 and says something else"}}}
        exit status: 1
    "#]].assert_eq(&again);
}

#[test]
fn a_row_is_linked_with_the_news_and_its_cells_are_the_evidence() {
    let folder = Folder::with_ledger();
    folder.write("ged.csv", TABLE);
    imported(&folder, "ged.csv");
    expect![[r#"
        day            what      where          killed  injured  by               source          id
        2024-05-02     assault   Fiji               ~1           Harrow Front     UCDP GED        bb96cdf137
        2024-05-01     shooting  Suva, Fiji          3           Gunmen           2 prints of 1…  56d1f0a140
        2024-05-01–07  fight     Central, Fiji      0+           Government of …  UCDP GED        797056efc9
        2024-03-03     bombing   Kano, Nigeria     12+           Harrow Front     2 reports, 2 …  e0c808804f
    "#]].assert_eq(&folder.transcript("events --all --ledger news.ledger"));
    assert!(folder.transcript("store check news.ledger").contains("is sound"));
}

#[test]
fn a_changed_row_takes_the_place_of_the_earlier_one() {
    let folder = Folder::new();
    let lines: Vec<&str> = TABLE.lines().take(2).collect();
    folder.write("ged.csv", &lines.join("\n"));
    imported(&folder, "ged.csv");
    folder.write("later.csv", &lines.join("\n").replace(",12,12,14", ",13,13,14"));
    expect![[r#"
        rows                     1
          changed                1
    "#]]
    .assert_eq(&imported(&folder, "later.csv"));
    let sound = folder.transcript("store check news.ledger");
    assert!(sound.contains("entries    2\ndocuments  2\nreports    1\n"), "{sound}");
}

#[test]
fn a_table_comes_out_as_it_went_in() {
    let folder = Folder::new();
    let whole: String = TABLE.split_inclusive('\n').take(4).collect();
    folder.write("ged.csv", &whole.replace("Fiji,2024-05-01", " Fiji ,2024-05-01"));
    imported(&folder, "ged.csv");
    let mut command = folder.command("store rows news.ledger");
    let out = command.arg("UCDP GED").output().unwrap();
    let out = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out, whole.replace("Fiji,2024-05-01", " Fiji ,2024-05-01"));
}

#[test]
fn a_mapping_of_ones_own_reads_any_table() {
    let folder = Folder::new();
    folder.write("own.csv", "nr;was;wo;wann;tote\n7;Bombe;FJ;2024-05-01;3\n");
    folder.write(
        "own.map",
        "source\t=Own list\nid\tnr\nkind\t=ASSAULT\nmode\twas\tBombe=bombing\ncountry\two\n\
         first_day\twann\nkilled\ttote\n",
    );
    expect![[r#"
        rows                     1
          new                    1
    "#]]
    .assert_eq(&imported(&folder, "own.csv --format generic --map own.map"));
    expect![[r#"
        day         what     where  killed  injured  by  source    id
        2024-05-01  bombing  Fiji        3               Own list  4aca3a2145
    "#]]
    .assert_eq(&folder.transcript("events --all --ledger news.ledger"));
    folder.write("bad.map", "source\t=Own list\nvictims\ttote\n");
    expect![[r#"
        ! tocsin: "bad.map" is no mapping: line 2: there is no field "victims"
        exit status: 2
    "#]]
    .assert_eq(&imported(&folder, "own.csv --format generic --map bad.map"));
    expect![[r#"
        ! tocsin: "own.csv" has no column "adm_1", "best", "country", "date_end", "date_start", "high", "id", "latitude", "longitude", "low", "side_a", "side_b", "source_headline", "source_original", "type_of_violence", "where_coordinates", "where_description", "where_prec"
        ! hint: name the form of the table with --format, or a mapping with --map
        exit status: 2
    "#]]
    .assert_eq(&imported(&folder, "own.csv"));
}

/// The samples of UCDP, where they are there.
#[test]
fn the_samples_of_ucdp_lose_nothing() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ucdp");
    let file = data.join("ucdp_ged_sample_1000.csv");
    if !file.exists() {
        #[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
        {
            eprintln!("SKIPPED: ../shared/data/ucdp/ucdp_ged_sample_1000.csv is not there");
        }
        return;
    }
    let folder = Folder::new();
    let told = imported(&folder, &file.display().to_string());
    assert_eq!(told, "rows                 1,000\n  new                1,000\n");
    let mut command = folder.command("store rows news.ledger");
    let out = command.arg("UCDP GED").output().unwrap();
    let rows = |bytes: &[u8]| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        reader.records().collect::<Result<Vec<_>, _>>().unwrap()
    };
    assert_eq!(rows(&out.stdout), rows(&std::fs::read(&file).unwrap()));
}
