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
        ! problem: "ged.csv#6": row refused: "9" is no kind that is known
        ! problem: "ged.csv#5": row refused: "Atlantis" is no country
        ! problem: "ged.csv#7": row refused: it has 4 cells, the header 17
        ! problem: "ged.csv#9": row refused: it has the id of line 2 and says something else
        exit status: 1
    "#]]
    .assert_eq(&imported(&folder, "ged.csv"));
    let again = imported(&folder, "ged.csv --json");
    expect![[r##"
        {"rows":7,"new":0,"changed":0,"already_there":3,"refused":[{"line":5,"why":"\"Atlantis\" is no country"},{"line":6,"why":"\"9\" is no kind that is known"},{"line":7,"why":"it has 4 cells, the header 17"},{"line":9,"why":"it has the id of line 2 and says something else"}],"missing_columns":["where_description"],"entries":11,"problems":{"row refused: \"#\" is no kind that is known":{"n":1,"first":"ged.csv#6","what":"row refused: \"9\" is no kind that is known"},"row refused: \"Atlantis\" is no country":{"n":1,"first":"ged.csv#5","what":"row refused: \"Atlantis\" is no country"},"row refused: it has # cells, the header #":{"n":1,"first":"ged.csv#7","what":"row refused: it has 4 cells, the header 17"},"row refused: it has the id of line # and says something else":{"n":1,"first":"ged.csv#9","what":"row refused: it has the id of line 2 and says something else"}}}
        exit status: 1
    "##]].assert_eq(&again);
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

/// A table of our own invention in the columns of an ACLED export.
const ACLED: &str = "\
event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,country,admin1,location,latitude,longitude,geo_precision,source,notes,fatalities
FIJ1,01 March 2024,2024,1,Political violence,Explosions/Remote violence,Remote explosive/landmine/IED,Harrow Front,,Rebel forces,Civilians (Fiji),,Civilians,Fiji,Central,Suva,-18.1416,178.4415,1,Suva Ledger,\"On 1 March, a bomb of the Harrow Front killed three people at a market in Suva.\",3
FIJ2,2024-03-02,2024,1,Political violence,Battles,Armed clash,Military Forces of Fiji,,State forces,Harrow Front,,Rebel forces,Fiji,Western,Nadi,-17.8,177.4167,2,Suva Ledger,Soldiers and rebels fought near Nadi. No reports of fatalities.,0
FIJ3,2024-03-03,2024,1,Demonstrations,Protests,Protest with intervention,Protesters (Fiji),,Protesters,Police Forces of Fiji,,State forces,Fiji,Central,Central,-18.0,178.3,3,Suva Ledger,,0
FIJ4,2024-03-04,2024,1,Strategic developments,Strategic developments,Arrests,Police Forces of Fiji,,State forces,Harrow Front,,Rebel forces,Fiji,Central,Suva,-18.1416,178.4415,1,Suva Ledger,,0
FIJ5,2024-03-05,2024,1,Political violence,Feuds,Armed clash,Harrow Front,,Rebel forces,,,,Fiji,Central,Suva,-18.1416,178.4415,1,Suva Ledger,,0
";

/// A table of our own invention in columns of the Global Terrorism Database.
const GTD: &str = "\
eventid,iyear,imonth,iday,country_txt,provstate,city,latitude,longitude,specificity,summary,success,suicide,attacktype1_txt,targtype1_txt,target1,gname,gname2,guncertain1,claimed,weaptype1_txt,nkill,nwound,nhostkid
202403010001,2024,3,1,Fiji,Central,Suva,-18.1416,178.4415,1,03/01/2024: A bomber of the Harrow Front killed himself and two others in Suva.,1,1,Bombing/Explosion,Private Citizens & Property,Market,Harrow Front,,0,1,Explosives,3,7,-99
202403000002,2024,3,0,Fiji,Western,Unknown,,,5,,0,0,Assassination,Government (General),A mayor,Unknown,,1,-9,Firearms,0,,
202400000003,2024,0,0,Fiji,Central,Nausori,,,1,,1,0,Hostage Taking (Kidnapping),Business,A driver,Harrow Front,Tolm Cell,1,0,Unknown,,,2
";

#[test]
fn an_export_of_acled_is_read_by_its_codebook() {
    let folder = Folder::new();
    folder.write("acled.csv", ACLED);
    expect![[r#"
        rows                     5
          new                    4
          refused                1
        ! problem: "acled.csv#6": row refused: "Feuds" is no kind that is known
        exit status: 1
    "#]]
    .assert_eq(&imported(&folder, "acled.csv --format acled"));
    expect![[r#"
        day         what             where          killed  injured  by                   source  id
        2024-03-04  coerce           Suva, Fiji          0           Police Forces of F…  ACLED   691fdddbeb
        2024-03-03  crowd dispersal  Central, Fiji       0           Police Forces of F…  ACLED   a120c7aa69
        2024-03-02  battle           Nadi, Fiji          0           Harrow Front         ACLED   ff7f904b78
        2024-03-01  bombing          Suva, Fiji          3           Harrow Front         ACLED   dfb0c418e6
    "#]].assert_eq(&folder.transcript("events --all --ledger news.ledger"));
    comes_out_as_it_went_in(&folder, "ACLED", ACLED.lines().take(5));
}

#[test]
fn a_table_of_the_global_terrorism_database_is_read_by_its_codebook() {
    let folder = Folder::new();
    folder.write("gtd.csv", GTD);
    expect![[r#"
        rows                     3
          new                    3
    "#]]
    .assert_eq(&imported(&folder, "gtd.csv --format gtd"));
    expect![[r#"
        day               what              where          killed  injured  by            source  id
        2024-03-01–31     assassination (…  Western, Fiji       0                         GTD     21ee4a0558
        2024-03-01        suicide bombing   Suva, Fiji          3        7  Harrow Front  GTD     bdb9379f2a
        2024-01-01–12-31  kidnapping        Nausori, Fiji                   Harrow Front  GTD     b971b615cf
    "#]].assert_eq(&folder.transcript("events --all --ledger news.ledger"));
    comes_out_as_it_went_in(&folder, "GTD", GTD.lines());
}

fn comes_out_as_it_went_in<'t>(folder: &Folder, table: &str, rows: impl Iterator<Item = &'t str>) {
    let out = folder.command("store rows news.ledger").arg(table).output().unwrap();
    let out = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.lines().collect::<Vec<_>>(), rows.collect::<Vec<_>>());
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
