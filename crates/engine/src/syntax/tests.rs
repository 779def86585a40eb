//! Sentences of our own, and who does what to whom in them.

use std::fmt::Write;

use expect_test::{Expect, expect};

use super::*;
use crate::Knowledge;

fn check(sentence: &str, expected: &Expect) {
    let verbs = Knowledge::embedded().verbs;
    let text = Text::of(sentence);
    let syntax = Syntax::of(&text, 0..text.tokens.len(), &verbs);
    let words = |a: usize, b: usize| text.span(a, b).map_or("", |s| s.of(sentence));
    let nouns = |list: &[usize]| {
        let parts: Vec<_> =
            list.iter().map(|&n| words(syntax.nouns[n].first, syntax.nouns[n].last)).collect();
        parts.join(" + ")
    };
    let mut out = String::new();
    for (v, verb) in syntax.verbs.iter().enumerate() {
        let _ = write!(out, "{}", words(verb.first, verb.last));
        if verb.negated {
            out += " (not)";
        }
        for (label, list) in [("by", syntax.doers(v)), ("to", syntax.sufferers(v))] {
            if !list.is_empty() {
                let _ = write!(out, " | {label} {}", nouns(list));
            }
        }
        for &(p, n) in &verb.obliques {
            let _ = write!(out, " | {} {}", words(p, p + 1), nouns(&[n]));
        }
        out.push('\n');
    }
    expected.assert_eq(&out);
}

#[test]
fn plain_clauses() {
    check(
        "Masked gunmen killed 12 people at a market in Kano on Sunday.",
        &expect![[r#"
        killed | by Masked gunmen | to 12 people | at a market | in Kano | on Sunday
    "#]],
    );
    check(
        "At least 12 people were killed by gunmen in Kano.",
        &expect![[r#"
            were killed | by gunmen | to 12 people | in Kano
        "#]],
    );
    check(
        "Israel's army has not attacked the village.",
        &expect![[r#"
        has not attacked (not) | by Israel's army | to the village
    "#]],
    );
}

#[test]
fn what_carries_somebody_is_no_part_of_his_name() {
    check(
        "A bomber hit a bus carrying paramilitary police in Kano.",
        &expect![[r#"
            hit | by A bomber | to a bus
            carrying | by A bomber | to paramilitary police | in Kano
        "#]],
    );
}

#[test]
fn an_apposition_may_have_a_participle() {
    check(
        "The Red Plough (RP), a militia based in Kano, killed nine guards.",
        &expect![[r#"
            based | to a militia | in Kano
            killed | by The Red Plough | to nine guards
        "#]],
    );
}

#[test]
fn reporting_verbs() {
    check(
        "Police said on Monday that rebels had attacked a convoy.",
        &expect![[r#"
            said | by Police | on Monday
            had attacked | by rebels | to a convoy
        "#]],
    );
    check(
        "Rebels attacked a convoy, killing two soldiers, the army said.",
        &expect![[r#"
            attacked | by Rebels | to a convoy
            killing | by Rebels | to two soldiers
            said | by the army
        "#]],
    );
    check(
        "The minister told reporters that the army would respond.",
        &expect![[r#"
        told | by The minister | to reporters
        would respond | by the army
    "#]],
    );
}

#[test]
fn relative_and_reduced_clauses() {
    check(
        "The man who killed three people was arrested on Friday.",
        &expect![[r#"
        killed | by The man | to three people
        was arrested | to The man | on Friday
    "#]],
    );
    check(
        "A bomb planted by rebels exploded near the station.",
        &expect![[r#"
            planted | by rebels | to A bomb
            exploded | by A bomb | near the station
        "#]],
    );
    check(
        "The bodies of six men, shot in the head, were found in Iguala.",
        &expect![[r#"
            shot | to six men | in the head
            were found | to The bodies | in Iguala
        "#]],
    );
    check(
        "Somali troops, backed by drones, killed 30 fighters.",
        &expect![[r#"
            backed | by drones | to Somali troops
            killed | by Somali troops | to 30 fighters
        "#]],
    );
    check(
        "Dozens died at a festival that gunmen overran on Saturday.",
        &expect![[r#"
            overran | by gunmen | to a festival | on Saturday
        "#]],
    );
    check(
        "Officials told villagers that gunmen attacked on Saturday.",
        &expect![[r#"
            told | by Officials | to villagers
            attacked | by gunmen | on Saturday
        "#]],
    );
    check(
        "Gunmen in military uniform stormed the hotel and killed a guard.",
        &expect![[r#"
        stormed | by Gunmen | to the hotel
        killed | by Gunmen | to a guard
    "#]],
    );
}

#[test]
fn infinitives_lists_and_appositions() {
    check(
        "The president ordered troops to leave the town.",
        &expect![[r#"
        ordered | by The president | to troops
        to leave | by troops | to the town
    "#]],
    );
    check(
        "France, Germany and Italy condemned the attack.",
        &expect![[r#"
        condemned | by France + Germany + Italy | to the attack
    "#]],
    );
    check(
        "John Doe, a local leader, was shot dead outside his home.",
        &expect![[r#"
        was shot | to John Doe | outside his home
    "#]],
    );
    check(
        "The group vowed to strike the capital.",
        &expect![[r#"
        vowed | by The group
        to strike | by The group | to the capital
    "#]],
    );
}

#[test]
fn clauses_without_that() {
    check(
        "He said police seized arms in the village.",
        &expect![[r#"
        said | by He
        seized | by police | to arms | in the village
    "#]],
    );
    check(
        "The U.S. army left that base, said the minister.",
        &expect![[r#"
        left | by The U.S. army | to that base
        said | by the minister
    "#]],
    );
}

#[test]
fn old_style_in_capitals() {
    check(
        "GUERRILLAS OF THE FRONT KIDNAPPED THE MAYOR AND TWO POLICEMEN.",
        &expect![[r#"
        KIDNAPPED | by GUERRILLAS | to THE MAYOR + TWO POLICEMEN
    "#]],
    );
}

#[test]
fn the_accused_does_what_he_is_accused_of() {
    check(
        "The government accused separatists of shooting pupils.",
        &expect![[r#"
            accused | by The government | to separatists
            shooting | by separatists | to pupils
        "#]],
    );
}

#[test]
fn a_clause_inside_does_not_take_the_verb_behind_it() {
    check(
        "The bomb that tore through a market last May killed nine people.",
        &expect![[r#"
            tore | by The bomb | through a market last May
            killed | by The bomb | to nine people
        "#]],
    );
}

#[test]
fn what_a_noun_carries_does_not_take_its_verb() {
    check(
        "A pipeline carrying gas to the south was blown up.",
        &expect![[r#"
            carrying | to gas | to the south
            was blown | to A pipeline
        "#]],
    );
}

#[test]
fn what_is_joined_to_a_passive_is_one() {
    check(
        "The driver was stopped at a checkpoint and shot by two men.",
        &expect![[r#"
            was stopped | to The driver | at a checkpoint
            shot | by two men | to The driver
        "#]],
    );
    check(
        "The man was arrested and killed his dog.",
        &expect![[r#"
            was arrested | to The man
            killed | by The man | to his dog
        "#]],
    );
}
