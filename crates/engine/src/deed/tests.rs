//! One invented sentence or two for each turn of the rules.

use expect_test::{Expect, expect};
use std::sync::LazyLock;

use reading::Document;

use crate::{Knowledge, Report};

static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

fn reports(text: &str) -> Vec<Report> {
    let mut document = Document::new(None, text.to_owned());
    let day = "2019-06-05".parse().ok();
    document.published = day.map(|day| reading::Found::new(day, reading::How::Given));
    crate::code(&document, &KNOWN).reports
}

/// Each deed as a line: kind, whose, the words, and how it is put if not plainly.
fn check(text: &str, expected: &Expect) {
    let line = |report: Report| {
        let deed = report.deed?;
        let put = match report.assertion.as_str() {
            "asserted" => String::new(),
            other => format!(" ({other})"),
        };
        Some(format!(
            "{} {} > {} \"{}\"{put}",
            report.kind,
            deed.source.join("+"),
            deed.target.join("+"),
            deed.words.of(text)
        ))
    };
    let lines: Vec<String> = reports(text).into_iter().filter_map(line).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn the_same_verb_is_another_deed_with_another_object() {
    check("Peru lifted the curfew in Lima.", &expect![[r#"CONCEDE PE > PE "lifted""#]]);
    check("Peru lifted its embargo on Chile.", &expect![[r#"RETREAT PE > CL "lifted""#]]);
    check("Peru suspended aid to Chile.", &expect![[r#"SANCTION PE > CL "suspended""#]]);
    check("Peru severed diplomatic ties with Chile.", &expect![[r#"SANCTION PE > CL "severed""#]]);
}

#[test]
fn what_is_to_come_is_promised_or_threatened() {
    check("Norway will send food to Mali.", &expect![[r#"AGREE NO > ML "will send""#]]);
    check("Norway is willing to talk to Mali.", &expect![[r#"AGREE NO > ML "is willing""#]]);
    check(
        "Norway said it would expel the ambassador of Mali.",
        &expect![[r#"THREATEN NO > ML "would expel""#]],
    );
    check("Norway vowed to attack Mali.", &expect![[r#"THREATEN NO > ML "vowed""#]]);
}

#[test]
fn what_is_not_done_is_refused() {
    check(
        "Kenya will not accept refugees from Chad.",
        &expect![[r#"REJECT KE > TD "will not accept""#]],
    );
    check(
        "Kenya refused to release the Chadian prisoners.",
        &expect![[r#"REJECT KE > TD "refused""#]],
    );
    check("Kenya did not attack Chad.", &expect![""]);
}

#[test]
fn who_says_must_asks_it_of_the_subject() {
    check(
        "Germany said Hungary must free the journalist.",
        &expect![[r#"REQUEST DE > HU "must free""#]],
    );
    check("Hungary must free the journalist.", &expect![""]);
}

#[test]
fn the_agent_of_a_passive_is_the_source() {
    check("Ghana was accused by Togo of spying.", &expect![[r#"ACCUSE TG > GH "was accused""#]]);
}

#[test]
fn partners_are_each_others_targets() {
    check("Ghana and Togo signed a trade agreement.", &expect![[r#"SUPPORT GH+TG >  "signed""#]]);
}

#[test]
fn offices_bodies_and_capitals_stand_for_states() {
    check(
        "President Putin thanked the Japanese prime minister.",
        &expect![[r#"SUPPORT RU > JP "thanked""#]],
    );
    check(
        "The UN Security Council condemned Khartoum.",
        &expect![[r#"ACCUSE IGO > SD "condemned""#]],
    );
}

#[test]
fn conjecture_and_conditions_are_said_to_be_such() {
    check(
        "Iceland may recognise Kosovo.",
        &expect![[r#"SUPPORT IS > XK "may recognise" (hedged)"#]],
    );
    check(
        "Iceland would support Kosovo.",
        &expect![[r#"AGREE IS > XK "would support" (conditional)"#]],
    );
}

#[test]
fn what_is_no_party_says_nothing() {
    check("The storm threatened the harvest.", &expect![""]);
    check("The team rejected his transfer.", &expect![""]);
}

#[test]
fn two_reports_of_one_sentence_have_two_ids() {
    let text = "Turkey demanded an apology from Greece after gunmen killed four soldiers in Izmir.";
    let reports = reports(text);
    assert_eq!(reports.len(), 2, "{reports:?}");
    assert_ne!(reports[0].id, reports[1].id);
}

#[test]
fn who_hears_a_speech_is_its_target() {
    check(
        "During a speech to the General Assembly in September 2015, Putin called for a coalition.",
        &expect![[r#"REQUEST RU > IGO "called for""#]],
    );
}
