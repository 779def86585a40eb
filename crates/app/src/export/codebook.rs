//! `docs/codebook.md`: every column and every term with what it means, written from the types, so
//! that it cannot say anything else than the program does. A test holds it; `UPDATE_EXPECT=1`
//! writes it anew.

use std::fmt::Write;

use engine::ontology::{Assertion, Attribution, Effect, Kind, Mode, Sort, Stage, Tie, WeaponSort};
use expect_test::expect_file;

use super::columns::VIEWS;

const HEAD: &str = "\
# Codebook

What the columns of exports and the terms in them mean.
This page is written from the program's types by a test (`UPDATE_EXPECT=1 cargo test -p app codebook`); do not edit it.

A cell is empty where no text says.
There is no -1, no 0 for \"not known\" and no \"unknown\".

```text
tocsin events --ledger demo.ledger --format csv > events.csv
tocsin events --ledger demo.ledger --columns ged > ged.csv
tocsin events --ledger demo.ledger --columns acled --hxl > acled.csv
tocsin events --ledger demo.ledger --columns polecat --format parquet > polecat.parquet
curl 'http://127.0.0.1:8420/api/v1/events?format=csv&columns=ged&country=NG'
```

With `--hxl` the second line has the tags of the Humanitarian Exchange Language, where a column has one.
In Parquet, days are days; all else is as in the CSV.

The views beside our own have the columns that the field knows, in their order, so that scripts which read those read these.
They say less than our own form: one number for bounds, one name a side, no basis and no disagreement.
Nobody has applied the rules of inclusion of UCDP, ACLED or POLECAT to the rows.
";

fn codebook() -> String {
    let mut out = HEAD.to_owned();
    for (language, script) in [
        ("python", include_str!("../../../../docs/examples/read.py")),
        ("r", include_str!("../../../../docs/examples/read.R")),
    ] {
        let name = if language == "r" { "R" } else { "Python" };
        let file = if language == "r" { "read.R" } else { "read.py" };
        writeln!(out, "\n## Read it in {name}\n\n[examples/{file}](examples/{file}):\n").unwrap();
        writeln!(out, "```{language}\n{}\n```", script.trim_end()).unwrap();
    }
    for view in VIEWS {
        writeln!(
            out,
            "\n## Columns: {} (`{}`)\n\n{}\n",
            view.title,
            view.name,
            sentences(view.says)
        )
        .unwrap();
        writeln!(out, "| column | holds | HXL | means |\n|---|---|---|---|").unwrap();
        for column in view.columns {
            let holds = if column.says.starts_with("Left empty") { "" } else { column.sort.says() };
            let tag =
                if column.hxl.is_empty() { String::new() } else { format!("`{}`", column.hxl) };
            writeln!(out, "| `{}` | {holds} | {tag} | {} |", column.name, column.says).unwrap();
        }
    }
    list(
        &mut out,
        "kind",
        "What was done. The event types of PLOVER.",
        terms(Kind::ALL, Kind::as_str, Kind::says),
    );
    modes(&mut out);
    list(&mut out, "stage", "How far it got.", terms(Stage::ALL, Stage::as_str, Stage::says));
    list(
        &mut out,
        "assertion",
        "How the text puts it.",
        terms(Assertion::ALL, Assertion::as_str, Assertion::says),
    );
    list(
        &mut out,
        "sort",
        "What sort of party or thing a role is filled by. Never a people or a faith.",
        terms(Sort::ALL, Sort::as_str, Sort::says),
    );
    list(
        &mut out,
        "attribution",
        "On what the naming of a perpetrator rests, the strongest first.",
        terms(Attribution::ALL, Attribution::as_str, Attribution::says),
    );
    list(
        &mut out,
        "effect",
        "What the act did to a target.",
        terms(Effect::ALL, Effect::as_str, Effect::says),
    );
    list(
        &mut out,
        "weapon",
        "What a weapon is.",
        terms(WeaponSort::ALL, WeaponSort::as_str, WeaponSort::says),
    );
    list(
        &mut out,
        "relation",
        "How two actors, or an actor and a place, are said to be related.",
        terms(Tie::ALL, Tie::as_str, Tie::says),
    );
    out
}

/// A sentence a line.
fn sentences(words: &str) -> String {
    words.replace(". ", ".\n")
}

fn terms<T: Copy>(
    all: &[T],
    name: fn(T) -> &'static str,
    says: fn(T) -> &'static str,
) -> Vec<(&'static str, &'static str)> {
    all.iter().map(|&term| (name(term), says(term))).collect()
}

fn list(out: &mut String, name: &str, says: &str, terms: Vec<(&str, &str)>) {
    writeln!(out, "\n## Terms: {name}\n\n{}\n", sentences(says)).unwrap();
    writeln!(out, "| term | means |\n|---|---|").unwrap();
    for (term, means) in terms {
        writeln!(out, "| `{term}` | {means} |").unwrap();
    }
}

/// The modes with what others call them.
fn modes(out: &mut String) {
    writeln!(out, "\n## Terms: mode\n\nHow it was done, and what others call it.\n").unwrap();
    writeln!(out, "| term | means | CAMEO | ACLED | GTD | UCDP | MUC-4 | PLOVER | STIX |").unwrap();
    writeln!(out, "|---|---|---|---|---|---|---|---|---|").unwrap();
    for &mode in Mode::ALL {
        let t = mode.terms();
        let ucdp = t.ucdp.map(|n| n.to_string()).unwrap_or_default();
        writeln!(
            out,
            "| `{mode}` | {} | {} | {} | {} | {ucdp} | {} | {} | {} |",
            mode.says(),
            t.cameo,
            t.acled,
            t.gtd,
            t.muc4,
            t.plover,
            t.stix
        )
        .unwrap();
    }
}

#[test]
fn the_codebook_says_what_the_program_does() {
    expect_file!["../../../../docs/codebook.md"].assert_eq(&codebook());
}
