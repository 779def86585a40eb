//! Short articles, all invented, and what they must be coded as.

use std::fmt::Write;

use engine::view::{CountView, ReportView};
use engine::{Knowledge, code};
use expect_test::{Expect, expect};
use reading::{Document, Found, How};

fn check(published: &str, text: &str, expected: &Expect) {
    let known = Knowledge::embedded();
    let mut document = Document::new(None, text.to_owned());
    document.published = published.parse().ok().map(|day| Found::new(day, How::Given));
    let mut shown = String::new();
    for report in code(&document, &known).reports {
        shown += &summary(&ReportView::of(&report, &document, &known));
    }
    expected.assert_eq(&shown);
}

/// A report on a few lines.
fn summary(report: &ReportView) -> String {
    let mut out = format!("{} {}", report.kind, report.mode);
    for (word, usual) in
        [(report.stage.as_str(), "accomplished"), (report.assertion.as_str(), "asserted")]
    {
        if word != usual {
            let _ = write!(out, " {word}");
        }
    }
    if let Some(when) = &report.when {
        let end = if when.end == when.start { String::new() } else { format!("/{}", when.end) };
        let _ = write!(out, " | {}{end}", when.start);
    }
    if let Some(scene) = &report.scene {
        let parts = [
            scene.site.as_deref(),
            scene.place.as_deref(),
            scene.admin1.as_deref(),
            Some(scene.country.as_str()),
        ];
        let _ = write!(out, " | {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
    }
    let counts =
        [("killed", &report.killed), ("injured", &report.injured), ("abducted", &report.abducted)];
    for (name, count) in counts {
        if let Some(CountView { count, .. }) = count {
            let bound = |n: Option<u32>| n.map_or(String::new(), |n| n.to_string());
            let _ = write!(out, " | {name} {}..{}", bound(count.low), bound(count.high));
        }
    }
    out += if report.main { "\n" } else { " | background\n" };
    for party in &report.perpetrators {
        let actor = party.actor.as_ref().map_or(String::new(), |a| format!(" [{a}]"));
        let _ = writeln!(out, "  by {}{actor} ({})", party.name, party.attribution);
    }
    for speaker in &report.speakers {
        let _ = writeln!(out, "  says {}", speaker.name);
    }
    out
}

#[test]
fn a_claim_is_not_a_second_attack() {
    check(
        "2024-03-04",
        "A bomb killed at least 12 people at a market in Kano, Nigeria, on Sunday, police said. \
         Boko Haram said on Monday that it had carried out the attack.",
        &expect![[r#"
            ASSAULT bombing | 2024-03-03 | market, Kano, Kano, NG | killed 12..
              by Boko Haram [boko-haram] (claimed)
              says police
              says Boko Haram
        "#]],
    );
}

#[test]
fn the_toll_of_the_news_is_not_that_of_the_past() {
    check(
        "2024-03-04",
        "Gunmen shot dead three soldiers at a checkpoint near Quetta, Pakistan, on Saturday. \
         In January 2013, bombs killed more than 80 people in the city.",
        &expect![[r#"
            ASSAULT shooting | 2024-03-02 | checkpoint, Quetta, Balochistan, PK | killed 3..3
              by Gunmen (fact)
            ASSAULT bombing | 2013-01-01/2013-01-31 | Quetta, Balochistan, PK | killed 80.. | background
        "#]],
    );
}

#[test]
fn blame_by_officials_is_not_a_fact() {
    check(
        "2024-03-04",
        "A blast tore through a bus in Mogadishu yesterday and killed four passengers. \
         Somali officials blamed al-Shabaab for the bombing.",
        &expect![[r#"
            ASSAULT bombing | 2024-03-03 | Mogadishu, Banadir, SO | killed 4..4
              by al-Shabaab [al-shabaab] (accused_by_authorities)
        "#]],
    );
}

#[test]
fn a_states_force_is_named_by_its_nation() {
    check(
        "2023-01-16",
        "Russian forces shelled the town of Kherson in Ukraine on Sunday, killing two people and wounding 12 others.",
        &expect![[r#"
            FIGHT shelling_or_missile | 2023-01-15 | Kherson, Kherson, UA | killed 2..2 | injured 12..12
              by Russian forces [ru-military] (fact)
        "#]],
    );
}

#[test]
fn figures_of_speech_and_mishaps_are_no_attacks() {
    for text in [
        "The striker fired a late shot to kill off the match and the visitors never recovered. The goalkeeper was beaten.",
        "A gas explosion killed nine workers at a factory in Ohio on Tuesday, the fire chief said. A leak was the cause.",
        "At least 40 people were killed when a bus plunged into a ravine after a collision in Peru on Friday, police said.",
        "In the film a gang of terrorists takes hostages in a tower. The director keeps the audience guessing, and the actor is superb.",
        "The earthquake of magnitude 6.1 killed 200 people in Yunnan, China, on Sunday.",
    ] {
        check("2024-03-04", text, &expect![[""]]);
    }
}

#[test]
fn air_strikes_have_the_nation_that_flies_them() {
    check(
        "2015-10-04",
        "An American air strike hit a hospital in Kunduz, Afghanistan, on Saturday and killed at least 19 people.",
        &expect![[r#"
            FIGHT airstrike | 2015-10-03 | hospital, Kunduz, Kunduz, AF | killed 19..
              by American [us-military] (fact)
        "#]],
    );
}

#[test]
fn the_day_of_the_trial_is_not_the_day_of_the_act() {
    check(
        "2019-06-20",
        "A court in Nairobi on Wednesday sentenced two men over the attack of 2 April 2015 on Garissa University College \
         in Kenya, in which gunmen killed 148 people.",
        &expect![[r#"
            ASSAULT armed_assault | 2015-04-02 | Garissa University, Garissa, Garissa, KE | killed 148..148
              by two men (fact)
              by gunmen (fact)
        "#]],
    );
}

#[test]
fn a_plot_that_was_stopped_is_foiled() {
    check(
        "2024-03-04",
        "Police in Lyon, France, foiled a bomb plot on Friday and arrested a suspect with explosives.",
        &expect![[r#"
            ASSAULT bombing foiled | 2024-03-01 | Lyon, Auvergne-Rhône-Alpes, FR
              by suspect (accused_by_authorities)
        "#]],
    );
}
