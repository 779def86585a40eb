//! Files for others: the columns that the field knows, and readers that read them.

use std::path::Path;
use std::process::Command;

use expect_test::expect;

use crate::harness::{Folder, signed};

const LIST: &str = "events --ledger news.ledger";

fn printed(folder: &Folder, arguments: &str) -> String {
    let output = folder.output(&format!("{LIST} {arguments}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The cells that are filled, as `column: cell`, of the first row.
fn filled(table: &str) -> String {
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let names = table.headers().unwrap().clone();
    let row = table.records().next().unwrap().unwrap();
    let cells = names.iter().zip(row.iter());
    let known = cells.filter(|(name, cell)| !cell.is_empty() && *name != "Version");
    known.fold(String::new(), |all, (name, cell)| all + &format!("{name}: {cell}\n"))
}

#[test]
fn each_view_says_what_the_record_says_and_no_more() {
    let folder = Folder::with_ledger();
    expect![[r#"
        id: 56d1f0a14096343f73f1e2af09eb33d3
        year: 2024
        code_status: Machine coded
        side_b: Civilians
        number_of_sources: 1
        source_article: https://gazette.example/suva; https://courier.example/suva
        source_office: The Gazette; Courier
        source_date: 2024-05-02
        source_headline: Shots in Suva
        where_prec: 1
        where_coordinates: Suva
        where_description: bank
        adm_1: Central province
        latitude: -18.137
        longitude: 178.425
        geom_wkt: POINT (178.425 -18.137)
        country: Fiji
        event_clarity: 1
        date_prec: 1
        date_start: 2024-05-01
        date_end: 2024-05-01
        best: 3
        high: 3
        low: 3
    "#]]
    .assert_eq(&filled(&printed(&folder, "--columns ged --country FJ")));
    expect![[r#"
        event_id_cnty: 56d1f0a14096343f73f1e2af09eb33d3
        event_date: 2024-05-01
        year: 2024
        time_precision: 1
        disorder_type: Political violence
        event_type: Violence against civilians
        sub_event_type: Attack
        actor2: Civilians
        inter2: Civilians
        civilian_targeting: Civilian targeting
        country: Fiji
        admin1: Central province
        location: Suva
        latitude: -18.137
        longitude: 178.425
        geo_precision: 1
        source: The Gazette; Courier
        notes: SUVA, 2 May 2024 — Gunmen shot and killed three people outside a bank in Suva on Wednesday.
        fatalities: 3
    "#]].assert_eq(&filled(&printed(&folder, "--columns acled --country FJ")));
    expect![[r#"
        Event ID: 56d1f0a14096343f73f1e2af09eb33d3
        Event Date: 2024-05-01
        Event Type: ASSAULT
        Event Mode: firearms
        Quad Code: MATERIAL CONFLICT
        Primary Actor Sector: individuals
        Recipient Name: Civilians
        Primary Recipient Sector: civilians
        Placename: Suva
        City: Suva
        Province: Central province
        Country: FJ
        Latitude: -18.137
        Longitude: 178.425
        Source: The Gazette; Courier
        Publication Date: 2024-05-02
    "#]]
    .assert_eq(&filled(&printed(&folder, "--columns polecat --country FJ")));
}

/// An attack by an organisation that is known, since a row of GED must say of which type it is.
const NAMED: &str = r#"{"url": "https://gazette.example/mogadishu", "title": "Attack in Mogadishu", "date": "2024-03-04", "outlet": "The Gazette", "text": "MOGADISHU, 4 March 2024 — Al-Shabaab fighters shot and killed at least nine civilians in Mogadishu on Sunday, police said."}
"#;

#[test]
fn what_goes_out_comes_in_again() {
    let folder = Folder::new();
    folder.write("named.jsonl", NAMED);
    assert!(folder.ingest("named.jsonl").status.success());
    for columns in ["ged", "acled"] {
        folder.write(&format!("{columns}.csv"), &printed(&folder, &format!("--columns {columns}")));
        let import = format!("import {columns}.csv --format {columns} --ledger {columns}.ledger");
        assert!(folder.output(&signed(&import)).status.success(), "{columns}");
    }
    expect![[r#"
        day         what     where               killed  injured  by          source  id
        2024-03-03  assault  Mogadishu, Somalia      9+           al-Shabaab  Tocsin  4aeea0a193
    "#]]
    .assert_eq(&folder.transcript("events --all --ledger ged.ledger"));
    expect![[r#"
        day         what           where               killed  injured  by          source  id
        2024-03-03  armed assault  Mogadishu, Somalia       9           al-Shabaab  ACLED   3eee869fcd
    "#]].assert_eq(&folder.transcript("events --all --ledger acled.ledger"));
}

#[test]
fn tags_stand_below_the_names() {
    let folder = Folder::with_ledger();
    let csv = printed(&folder, "--format csv --hxl");
    let lines: Vec<&str> = csv.lines().take(2).collect();
    assert!(lines[0].starts_with("id,document,kind,"), "{csv}");
    assert!(lines[1].starts_with("#event+id,#meta+document+id,#event+kind,"), "{csv}");
    assert_eq!(lines[0].split(',').count(), lines[1].split(',').count());
}

#[test]
fn what_cannot_be_had_together_is_said() {
    let folder = Folder::with_ledger();
    expect![[r#"
        ! tocsin: no columns are called "gtd"
        ! hint: give one of full, ged, acled, polecat
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript(&format!("{LIST} --columns gtd")));
    expect![[r#"
        ! tocsin: geojson has the columns of the record only
        ! hint: ask for csv or parquet, or leave the columns out
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript(&format!("{LIST} --format geojson --columns ged")));
    expect![[r#"
        ! tocsin: only csv has a line of tags
        ! hint: ask for csv, or leave the tags out
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript(&format!("{LIST} --format parquet --hxl")));
    expect![[r#"
        ! tocsin: a table has columns of its own
        ! hint: ask for csv or parquet, or leave the columns out
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript(&format!("{LIST} --format table --hxl")));
}

#[test]
fn parquet_begins_and_ends_as_it_must() {
    let folder = Folder::with_ledger();
    let bytes = folder.output(&format!("{LIST} --format parquet")).stdout;
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{} bytes", bytes.len());
}

/// A file of the documentation.
fn example(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    root.join("docs/examples").join(name).display().to_string()
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn skipped(test: &str, why: &str) {
    eprintln!("skipped: {test}: {why}");
}

/// A Python that has these modules: that of `TOCSIN_PYTHON`, else the first in the path.
fn python(modules: &str) -> Option<String> {
    let python = std::env::var("TOCSIN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let tried = Command::new(&python).args(["-c", &format!("import {modules}")]).output();
    tried.is_ok_and(|tried| tried.status.success()).then_some(python)
}

fn ran(program: &str, arguments: &[&str], folder: &Folder) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_reader_in_python_reads_it() {
    let Some(python) = python("pandas") else {
        return skipped("the_reader_in_python_reads_it", "no python3 with pandas");
    };
    let folder = Folder::with_ledger();
    folder.write("events.csv", &printed(&folder, "--format csv"));
    expect![[r#"
                 events  killed_at_least  killed  no_number
        country                                            
        NG            1               12      12          0
        FJ            1                3       3          0
    "#]]
    .assert_eq(&ran(&python, &[&example("read.py"), "events.csv"], &folder));
}

#[test]
fn the_reader_in_r_reads_it() {
    if !Command::new("Rscript").arg("--version").output().is_ok_and(|tried| tried.status.success())
    {
        return skipped("the_reader_in_r_reads_it", "no Rscript");
    }
    let folder = Folder::with_ledger();
    folder.write("events.csv", &printed(&folder, "--format csv"));
    let printed = ran("Rscript", &[&example("read.R"), "events.csv"], &folder);
    assert!(printed.contains("FJ") && printed.contains("NG"), "{printed}");
}

#[test]
fn geojson_is_read_by_geopandas() {
    let Some(python) = python("geopandas") else {
        return skipped("geojson_is_read_by_geopandas", "no python3 with geopandas");
    };
    let folder = Folder::with_ledger();
    folder.write("events.geojson", &printed(&folder, "--format geojson"));
    let script = "
import geopandas
events = geopandas.read_file('events.geojson').sort_values('country')
print(events.crs, len(events), list(events.geometry.geom_type))
for event in events.itertuples():
    print(event.country, event.killed_low, round(event.geometry.x, 1), round(event.geometry.y, 1))
";
    expect![[r#"
        EPSG:4326 2 ['Point', 'Point']
        FJ 3 178.4 -18.1
        NG 12 8.5 12.0
    "#]]
    .assert_eq(&ran(&python, &["-c", script], &folder));
}

#[test]
fn parquet_is_read_by_arrow_and_duckdb() {
    let Some(python) = python("pyarrow, duckdb") else {
        let why = "no python3 with pyarrow and duckdb";
        return skipped("parquet_is_read_by_arrow_and_duckdb", why);
    };
    let folder = Folder::with_ledger();
    for columns in ["full", "ged", "acled", "polecat"] {
        let bytes = folder.output(&format!("{LIST} --format parquet --columns {columns}")).stdout;
        std::fs::write(folder.at(&format!("{columns}.parquet")), bytes).unwrap();
    }
    let script = "
import duckdb, pyarrow.parquet
for name in ['full', 'ged', 'acled', 'polecat']:
    table = pyarrow.parquet.read_table(name + '.parquet')
    rows = duckdb.sql(f\"SELECT count(*) FROM '{name}.parquet'\").fetchall()[0][0]
    print(name, table.num_rows, rows, table.num_columns)
print(duckdb.sql(\"SELECT country, start, killed_low FROM 'full.parquet' ORDER BY country\").fetchall())
";
    expect![[r#"
        full 2 2 32
        ged 2 2 49
        acled 2 2 31
        polecat 2 2 40
        [('FJ', datetime.date(2024, 5, 1), 3), ('NG', datetime.date(2024, 3, 3), 12)]
    "#]]
    .assert_eq(&ran(&python, &["-c", script], &folder));
}
