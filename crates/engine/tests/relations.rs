//! Short articles, all invented, and what they say of how actors are related.

use std::fmt::Write;

use engine::view::{EndView, RelationView};
use engine::{Knowledge, code};
use expect_test::{Expect, expect};
use reading::{Document, Found, How};

fn check(text: &str, expected: &Expect) {
    let known = Knowledge::embedded();
    let mut document = Document::new(None, text.to_owned());
    document.published = "2024-03-04".parse().ok().map(|day| Found::new(day, How::Given));
    let mut shown = String::new();
    for relation in code(&document, &known).relations {
        let view = RelationView::of(&relation, &document, &known);
        let _ = write!(shown, "{} {} {}", end(&view.subject), view.relation, end(&view.object));
        if view.assertion.as_str() != "asserted" {
            let _ = write!(shown, " | {}", view.assertion);
        }
        if view.former {
            shown += " | former";
        }
        if let Some(when) = &view.when {
            let _ = write!(shown, " | {}..{}", when.start, when.end);
        }
        for speaker in &view.speakers {
            let _ = write!(shown, " | says {} ({})", speaker.name, speaker.sort.as_str());
        }
        shown.push('\n');
    }
    expected.assert_eq(&shown);
}

fn end(view: &EndView) -> String {
    let place = [view.place.as_deref(), view.country.as_deref()];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    let known = view.actor.clone().or((!place.is_empty()).then(|| place.join(", ")));
    known.map_or_else(
        || format!("\"{}\"", view.name),
        |known| format!("\"{}\" [{known}]", view.name),
    )
}

#[test]
fn an_apposition_names_the_offshoot() {
    check(
        "Islamic State Khorasan, an offshoot of the Islamic State, is active in eastern Afghanistan.",
        &expect![[r#"
            "Islamic State Khorasan" [isis-khorasan] offshoot_of "Islamic State" [islamic-state]
            "Islamic State Khorasan" [isis-khorasan] operates_in "eastern Afghanistan" [eastern Afghanistan, AF]
        "#]],
    );
}

#[test]
fn an_offshoot_without_a_name_is_its_own_description() {
    check(
        "A bomb attack in Kabul on Sunday by an offshoot of al-Qaeda killed three people.",
        &expect![[r#"
            "offshoot of al-Qaeda" offshoot_of "al-Qaeda" [al-qaeda]
        "#]],
    );
}

#[test]
fn what_is_reported_or_believed_is_not_asserted() {
    check(
        "The minister spoke of reports that the group behind the market bombing was based in Yemen, \
         operating under Houthi protection. European intelligence officials believe Yemen has become \
         a haven for jihadist networks.",
        &expect![[r#"
            "group behind the market bombing" based_in "Yemen" [YE] | hedged | says reports (media)
            "Houthi" [houthis] protector_of "group behind the market bombing" | hedged | says reports (media)
            "Yemen" [YE] haven_of "jihadist networks" | hedged | says European intelligence officials (state)
        "#]],
    );
}

#[test]
fn a_denial_is_kept_as_one() {
    check(
        "Pakistan denied that it shelters the Taliban. Kabul is not an ally of the Islamic State.",
        &expect![[r#"
            "Pakistan" [pk-government] protector_of "Taliban" [taliban] | denied | says Pakistan (state)
            "Kabul" [af-government] ally_of "Islamic State" [islamic-state] | denied
        "#]],
    );
}

#[test]
fn backers_and_the_backed() {
    check(
        "Iran-backed Houthi rebels seized the port. Hezbollah is funded by Iran. The United States \
         accused Iran of arming the Houthis. Damascus was long supported by Russia and Iran.",
        &expect![[r#"
            "Iran" [ir-government] sponsor_of "Houthi rebels" [houthis]
            "Iran" [ir-government] sponsor_of "Hezbollah" [hezbollah]
            "Iran" [ir-government] sponsor_of "Houthis" [houthis] | says United States (state)
            "Russia" [ru-government] sponsor_of "Damascus" [sy-government]
            "Iran" [ir-government] sponsor_of "Damascus" [sy-government]
        "#]],
    );
}

#[test]
fn those_who_hold_a_place() {
    check(
        "The rebel-held city of Aleppo was shelled. Hamas controls the Gaza Strip. Raqqa was under \
         Islamic State control until 2017. The town of Kidal is under the control of Tuareg rebels.",
        &expect![[r#"
            "rebel" controls "city of Aleppo" [Aleppo, SY]
            "Hamas" [hamas] controls "Gaza Strip" [PS]
            "Islamic State" [islamic-state] controls "Raqqa" [Raqqa, SY]
            "Tuareg rebels" controls "town of Kidal" [Kidal, ML]
        "#]],
    );
}

#[test]
fn names_splits_and_oaths() {
    check(
        "Jabhat al-Nusra, also known as the al-Nusra Front, broke away from the Islamic State in 2013. \
         Boko Haram pledged allegiance to the Islamic State in March 2015. Al-Qaeda's Yemeni branch, \
         Al-Qaeda in the Arabian Peninsula, is a rival of the Houthis, a former ally of the late president.",
        &expect![[r#"
            "Jabhat al-Nusra" [al-nusra-front] alias_of "al-Nusra Front" [al-nusra-front]
            "Jabhat al-Nusra" [al-nusra-front] splinter_of "Islamic State" [islamic-state] | 2013-01-01..2013-12-31
            "Boko Haram" [boko-haram] loyal_to "Islamic State" [islamic-state] | 2015-03-01..2015-03-31
            "Al-Qaeda in the Arabian Peninsula" [aqap] branch_of "Al-Qaeda" [al-qaeda]
            "Al-Qaeda in the Arabian Peninsula" [aqap] rival_of "Houthis" [houthis]
        "#]],
    );
}

#[test]
fn a_pronoun_counts_only_where_it_is_plain() {
    check(
        "Al-Shabaab attacked a base on Friday. It is linked to al-Qaeda.\n\n\
         Troops fought the Taliban and the Islamic State. It is based in Helmand.",
        &expect![[r#"
            "Al-Shabaab" [al-shabaab] linked_to "al-Qaeda" [al-qaeda]
        "#]],
    );
}

#[test]
fn people_firms_and_matches_are_not_related_actors() {
    check(
        "A journalist based in Kabul met the firm's backers. Two men linked to a burglary were held. \
         The company controls a mine in Ghana. Its main rival is based in Lagos.",
        &expect![[""]],
    );
    check(
        "Brazil beat rivals Argentina in the semi-final. The striker scored twice and the goalkeeper \
         was beaten. The coach backed the team before the final match of the tournament.",
        &expect![[""]],
    );
}
