//! The targets of invented sentences.

use std::fmt::Write;

use expect_test::{Expect, expect};
use reading::Document;

use crate::{Knowledge, code};

/// The targets of the first report of a text, a line each.
fn check(text: &str, expected: &Expect) {
    let known = Knowledge::embedded();
    let document = Document::new(None, text.to_owned());
    let coded = code(&document, &known);
    let mut out = String::new();
    for target in coded.reports.first().into_iter().flat_map(|r| &r.targets) {
        let _ = write!(out, "{}", target.name.of(text));
        if let Some(description) = target.description {
            let _ = write!(out, " ({})", description.of(text));
        }
        let _ = write!(out, " | {}", target.sort);
        let _ = write!(out, " | {}", target.effect.map_or("-", |e| e.as_str()));
        if let Some(number) = target.number.and_then(|n| n.best) {
            let _ = write!(out, " | {number}");
        }
        if let Some(nation) = &target.nation {
            let _ = write!(out, " | {nation}");
        }
        out.push('\n');
    }
    expected.assert_eq(&out);
}

#[test]
fn people_who_were_killed() {
    check(
        "Gunmen killed three nurses and a driver in Kano on Sunday.",
        &expect![[r#"
            nurses | civilians | killed | 3
            driver | civilians | killed
        "#]],
    );
    check(
        "The mayor of Salgado, Ramiro Pinto, was shot dead by gunmen on Sunday.",
        &expect![[r#"
            Ramiro Pinto (mayor of Salgado) | government | killed | 1
        "#]],
    );
    check(
        "Masked men murdered Ramiro Pinto, a union leader, on Sunday.",
        &expect![[r#"
        Ramiro Pinto (union leader) | civilians | killed | 1
    "#]],
    );
}

#[test]
fn names_where_case_tells_nothing() {
    check(
        "GUERRILLAS MURDERED FORMER MAYOR RAMIRO PINTO SALCEDO AND HIS DRIVER YESTERDAY.",
        &expect![[r#"
            RAMIRO PINTO SALCEDO (FORMER MAYOR) | government | killed | 1
            DRIVER | civilians | killed
        "#]],
    );
    check(
        "the murder of colonel ramiro pinto by guerrillas was condemned.",
        &expect![[r#"
        colonel ramiro pinto | civilians | killed
    "#]],
    );
}

#[test]
fn things_that_were_struck() {
    check(
        "A bomb exploded at the offices of the Coastal Bank, damaging two vehicles.",
        &expect![[r#"
            offices of the Coastal Bank | business | damaged
            vehicles | civilians | damaged | 2
        "#]],
    );
    check(
        "Rebels set fire to a bus and destroyed the town hall in an attack on Sunday.",
        &expect![[r#"
            bus | civilians | damaged
            town hall | government | destroyed
        "#]],
    );
}

#[test]
fn attackers_are_no_targets() {
    check(
        "Two guerrillas were killed when they attacked a police station on Sunday.",
        &expect![[r#"
            police station | police | -
        "#]],
    );
}
