//! `tocsin data`: the sources of what is known.

use expect_test::expect;

use crate::harness::Folder;

/// A folder with every source, each empty but for two tables.
fn folder() -> Folder {
    let folder = Folder::new();
    for file in engine::sources::FILES {
        std::fs::create_dir_all(folder.at("data").join(file).parent().unwrap()).unwrap();
        folder.write(&format!("data/{file}"), "");
    }
    folder.write("data/lexicon/things.tsv", "forms\tsort\tby\tnote\nmill|mills\tbusiness\tme\t\n");
    folder
}

#[test]
fn sources_without_fault_are_said_to_have_none() {
    let told = folder().transcript("data check");
    assert!(told.ends_with(" files have no bad line\n"), "{told}");
}

#[test]
fn every_bad_line_is_named_at_once() {
    let folder = folder();
    folder.write(
        "data/lexicon/things.tsv",
        "# things\nforms\tsort\tby\tnote\nmill\tcastle\tme\t\nmill|bakery\tbusiness\t\t\nshort\n",
    );
    expect![[r#"
        data/lexicon/things.tsv:3: "castle" is no sort
        data/lexicon/things.tsv:4: "mill" stands in line 3 too
        data/lexicon/things.tsv:4: the column by is empty
        data/lexicon/things.tsv:5: 1 cells where the header has 4
        4 faults in 1 of 34 files
        exit status: 1
    "#]]
    .assert_eq(&folder.transcript("data check data"));
    expect![[r#"
        {"file":"data/lexicon/things.tsv","line":3,"message":"\"castle\" is no sort"}
        {"file":"data/lexicon/things.tsv","line":4,"message":"\"mill\" stands in line 3 too"}
        {"file":"data/lexicon/things.tsv","line":4,"message":"the column by is empty"}
        {"file":"data/lexicon/things.tsv","line":5,"message":"1 cells where the header has 4"}
        exit status: 1
    "#]]
    .assert_eq(&folder.transcript("data check data --json"));
}

#[test]
fn a_folder_that_is_none_of_ours_is_refused() {
    expect![[r#"
        ! tocsin: cannot read "elsewhere/abbreviations.tsv": No such file or directory (os error 2)
        ! hint: name the folder `data` of a copy of the repository
        exit status: 2
    "#]]
    .assert_eq(&Folder::new().transcript("data check elsewhere"));
}

/// A row of a dump of `GeoNames`.
fn row(name: &str, class: &str, lat: &str, country: &str) -> String {
    format!(
        "1\t{name}\t{name}\t\t{lat}\t-3.9\t{class}\tPPL\t{country}\t\t\t\t\t\t\t\t\t\t2024-01-01\n"
    )
}

#[test]
fn a_dump_adds_its_villages_and_names_its_broken_rows() {
    let folder = Folder::new();
    let good = row("Zzorokoro", "P", "14.1", "ML") + &row("Zzoro Hill", "T", "14.1", "ML");
    folder.write("ML.txt", &format!("{good}short\n{}", row("Xoo", "P", "north", "ML")));
    expect![[r#"
        4 rows read, 2 of them broken
        1 places with 1 names are in own.pack
        ! ML.txt:3: 1 cells where a dump of GeoNames has 19
        ! ML.txt:4: "north" is no degree
        exit status: 1
    "#]]
    .assert_eq(&folder.transcript("data add-gazetteer ML.txt --to own.pack"));
    folder.write(
        "news.txt",
        "Gunmen killed nine villagers in Zzorokoro in Mali on 3 March 2024, officials said.",
    );
    let coded = |gazetteer: &str| {
        let told = folder.transcript(&format!("code news.txt --json {gazetteer}"));
        (told.contains("Zzorokoro\",\"lat"), told.contains(".gazetteer-"))
    };
    assert_eq!(coded(""), (false, false));
    assert_eq!(coded("--gazetteer own.pack"), (true, true));
}

#[test]
fn a_damaged_gazetteer_is_refused_with_the_remedy() {
    let folder = Folder::new();
    folder.write("own.pack", "TCSNADD1 and no more");
    folder.write("news.txt", "Gunmen killed nine villagers in Mali on 3 March 2024.");
    expect![[r#"
        ! tocsin: the gazetteer "own.pack" is damaged or was made by another version
        ! hint: make it anew with `tocsin data add-gazetteer`
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("code news.txt --gazetteer own.pack"));
}
