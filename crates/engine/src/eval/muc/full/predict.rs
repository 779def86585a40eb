//! Reports → MUC-4 templates with all their slots.
//!
//! Which reports become templates is decided as for the other two forms. Strings are words of the
//! text, set fills follow from sorts and words by the tables in `super::kinds`. A slot about
//! which the report says nothing is left empty, but for two that are never empty: without a
//! day the incident was on or before the day of the message, and without a place it was in the
//! country of the story. Who did it is a terrorist, unless it is a state; of an act without a doer
//! the keys of 1992 do not say, though many of 1991 do.

use std::fmt::Write as _;

use jiff::civil::Date;
use reading::{Document, Span};

use super::date::MONTHS;
use super::kinds;
use super::slot::Slot;
use super::ward::ward;
use super::{FullPrediction, Raw};
use crate::Knowledge;
use crate::date::Clock;
use crate::eval::muc::names::normal;
use crate::eval::muc::predict::{doers, is_organised, is_template};
use crate::geography::Country;
use crate::lexicon::Sense;
use crate::ontology::{Attribution, Effect, Sort, Stage};
use crate::period::SPOKEN;
use crate::report::{Perpetrator, Report, Target};
use crate::resolved::{Basis, Count};
use crate::text::Text;

/// The templates that `reports` of `document` amount to, in their order.
pub fn templates(
    docid: &str,
    reports: &[Report],
    document: &Document,
    known: &Knowledge,
) -> FullPrediction {
    let text = Text::of(document.text());
    let (today, story) = (Clock::of(document, &text).today, story(&text, known));
    let templates = reports
        .iter()
        .filter(|report| is_template(report, today))
        .enumerate()
        .map(|(n, report)| template(n + 1, report, document, today, story, known))
        .collect();
    FullPrediction { docid: docid.to_owned(), templates }
}

fn template(
    ordinal: usize,
    report: &Report,
    document: &Document,
    today: Option<Date>,
    story: Option<&Country>,
    known: &Knowledge,
) -> Raw {
    let text = document.text();
    let mut raw = Raw::new();
    raw.insert("MESSAGE: TEMPLATE".to_owned(), vec![ordinal.to_string()]);
    let mut put = |slot: Slot, fill: String| {
        let fills = raw.entry(slot.as_str().to_owned()).or_default();
        if !fill.is_empty() && !fills.contains(&fill) {
            fills.push(fill);
        }
    };
    let kind = report.mode.terms().muc4.to_uppercase();
    put(Slot::Date, date(report, today));
    put(Slot::Location, location(report, text, story, known));
    put(Slot::Stage, stage(report.stage).to_owned());
    if !matches!(kind.as_str(), "ARSON" | "KIDNAPPING") {
        for weapon in &report.weapons {
            let words = upper(weapon.name, text);
            put(Slot::InstrumentId, quoted(&words));
            if let Some(kind) = kinds::instrument(&words, weapon.sort, report.mode) {
                put(Slot::InstrumentType, tagged(kind, &words));
            }
        }
        if let Some(kind) = kinds::implied(report.mode).filter(|_| report.weapons.is_empty()) {
            put(Slot::InstrumentType, tagged(kind, "-"));
        }
    }
    let parties = || doers(report);
    let of_state = |p: &Perpetrator| matches!(p.sort, Sort::StateForce | Sort::Government);
    let state = parties().next().is_some_and(of_state);
    if parties().next().is_some() {
        put(
            Slot::Category,
            if state { "STATE-SPONSORED VIOLENCE" } else { "TERRORIST ACT" }.to_owned(),
        );
    }
    for party in parties() {
        let words = upper(party.name, text);
        if kinds::is_adjective(&words) {
            continue;
        }
        if is_organised(party, text) {
            put(Slot::Organization, quoted(&words));
            put(Slot::Confidence, tagged(confidence(party.attribution), &words));
        } else {
            put(Slot::Individual, quoted(&words));
        }
    }
    let home = report.scene.as_ref().map(|s| s.value.country.as_str());
    for target in &report.targets {
        let words = without_nation(target, upper(target.name, text));
        let nation = target.nation.as_deref().filter(|&n| Some(n) != home);
        let nation = nation.and_then(|code| country(code, known)).map(kinds::nation);
        if target.person {
            human(&mut put, target, &words, nation.as_deref(), text);
        } else if kind != "KIDNAPPING" && !kinds::is_ground(&words) {
            put(Slot::PhysId, quoted(&words));
            put(Slot::PhysType, tagged(kinds::thing(&words, target.sort), &words));
            put(Slot::PhysNumber, tagged(&number(target.number, &words), &words));
            if let Some(nation) = nation {
                put(Slot::PhysNation, tagged(&nation, &words));
            }
            let effect = match target.effect {
                Some(Effect::Destroyed) => "DESTROYED",
                Some(Effect::Damaged) => "SOME DAMAGE",
                Some(Effect::None) => "NO DAMAGE",
                _ if kind == "ARSON" => "SOME DAMAGE",
                _ => continue,
            };
            put(Slot::PhysEffect, tagged(effect, &words));
        }
    }
    let harmed = report.targets.iter().any(|t| t.person);
    if !harmed && report.killed.as_ref().is_some_and(|k| k.value == Count::exactly(0)) {
        put(Slot::HumEffect, tagged("NO INJURY OR DEATH", "-"));
    }
    put(Slot::Type, kind);
    raw
}

/// A description without the demonym that begins it: the key has nationality in its own slot.
fn without_nation(target: &Target, words: String) -> String {
    let from_nation = target.nation.is_some() && target.person && !target.named;
    match words.split_once(' ') {
        Some((first, rest)) if from_nation && kinds::is_demonym(first) => rest.to_owned(),
        _ => words,
    }
}

fn human(
    put: &mut impl FnMut(Slot, String),
    target: &Target,
    words: &str,
    nation: Option<&str>,
    text: &str,
) {
    let described = target.description.map(|span| upper(span, text));
    if target.named {
        put(Slot::HumName, quoted(words));
        if let Some(description) = &described {
            put(Slot::HumDescription, format!("{}: {}", quoted(description), quoted(words)));
        }
    } else {
        put(Slot::HumDescription, quoted(words));
    }
    let said = described.as_deref().unwrap_or(words);
    put(Slot::HumType, tagged(kinds::person(said, target.sort), words));
    put(Slot::HumNumber, tagged(&number(target.number, words), words));
    if let Some(nation) = nation {
        put(Slot::HumNation, tagged(nation, words));
    }
    let effect = match target.effect {
        Some(Effect::Killed) => "DEATH",
        Some(Effect::Injured) => "INJURY",
        Some(Effect::None) => "NO INJURY OR DEATH",
        _ => return,
    };
    put(Slot::HumEffect, tagged(effect, words));
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Accomplished => "ACCOMPLISHED",
        Stage::Attempted | Stage::Foiled => "ATTEMPTED",
        Stage::Planned | Stage::Threatened => "THREATENED",
    }
}

fn confidence(attribution: Attribution) -> &'static str {
    match attribution {
        Attribution::Fact => "REPORTED AS FACT",
        Attribution::Claimed => "CLAIMED OR ADMITTED",
        Attribution::AccusedByAuthorities => "SUSPECTED OR ACCUSED BY AUTHORITIES",
        Attribution::Suspected => "SUSPECTED OR ACCUSED",
        Attribution::Possible | Attribution::Denied => "POSSIBLE",
    }
}

fn country<'k>(code: &str, known: &'k Knowledge) -> Option<&'k Country> {
    known.geography.countries.get(usize::from(known.geography.country(code)?))
}

/// The day or days; without any, on or before the day of the message. What was only spoken of on a day
/// was on or before it.
fn date(report: &Report, today: Option<Date>) -> String {
    match (&report.when, today) {
        (Some(when), _) if when.rule == SPOKEN => format!("- {}", day(when.value.end)),
        (Some(when), _) if when.value.start == when.value.end => day(when.value.end),
        (Some(when), _) => format!("{} - {}", day(when.value.start), day(when.value.end)),
        (None, Some(today)) => format!("- {}", day(today)),
        (None, None) => String::new(),
    }
}

fn day(date: Date) -> String {
    let month = usize::try_from(date.month() - 1).ok().and_then(|m| MONTHS.get(m));
    format!("{:02} {} {:02}", date.day(), month.unwrap_or(&""), date.year().rem_euclid(100))
}

/// The country of the task that the text names most.
fn story<'k>(text: &Text<'_>, known: &'k Knowledge) -> Option<&'k Country> {
    let mentions = known.matcher.find(text);
    let named = |country: &&Country| {
        let own = |sense: Sense| match sense {
            Sense::Country(c) | Sense::Demonym(c) => {
                known.geography.countries.get(usize::from(c)) == Some(*country)
            }
            _ => false,
        };
        let capital = text.source.to_lowercase().matches(&country.capital.to_lowercase()).count();
        mentions.iter().filter(|m| m.senses.iter().any(|&s| own(s))).count() + capital
    };
    let ours = known.geography.countries.iter().filter(|c| kinds::is_of_the_task(c));
    let counted = ours.map(|c| (named(&c), c)).filter(|(n, _)| *n > 0);
    counted.max_by_key(|(n, c)| (*n, std::cmp::Reverse(c.code))).map(|(_, country)| country)
}

/// The chain down from the country, of the parts that the text names for it. A scene outside the
/// countries of the task is taken for a misread name, and one that only follows from the dateline
/// is no more than its country.
fn location(report: &Report, text: &str, story: Option<&Country>, known: &Knowledge) -> String {
    let own = report
        .scene
        .as_ref()
        .and_then(|s| Some((&s.value, s.basis, country(&s.value.country, known)?)));
    let (scene, basis, country) = match (own, story) {
        (Some(own), _) if kinds::is_of_the_task(own.2) => own,
        (_, Some(story)) => return kinds::nation(story),
        (Some(own), None) => own,
        (None, None) => return String::new(),
    };
    let mut chain = kinds::nation(country);
    let place = scene.place.as_deref();
    let ward = ward(report, text).filter(|(name, _)| place.is_none_or(|p| plain(p) != *name));
    // A part of a town without the town is of the one that the text is about.
    if basis != Basis::Stated && (ward.is_none() || place.is_none()) {
        return chain;
    }
    let lower = normal(text);
    let other = |a: &&str| {
        let area = normal(a);
        area != normal(country.name) && place.is_none_or(|p| !normal(p).starts_with(&area))
    };
    let area = scene.admin1.as_deref().filter(other);
    // The key has a department where the text says it beside the town.
    let beside =
        |a: &str| place.is_none_or(|p| is_beside(&lower, &normal(&plain(a)), &normal(&plain(p))));
    if let Some(area) = area.filter(|a| beside(a)) {
        let _ = write!(chain, ": {} (DEPARTMENT)", plain(area));
    }
    if let Some(place) = place {
        let _ = write!(chain, ": {} (CITY)", plain(place));
    }
    if let Some((name, kind)) = ward {
        let _ = write!(chain, ": {name} ({kind})");
    }
    chain
}

/// Whether two names stand in a text with no more than a few words between them.
fn is_beside(text: &str, a: &str, b: &str) -> bool {
    const REACH: usize = 20;
    let follows = |first: &str, second: &str| {
        text.match_indices(first).any(|(at, _)| {
            let rest = text.get(at + first.len()..).unwrap_or_default();
            rest.match_indices(second).next().is_some_and(|(gap, _)| gap <= REACH)
        })
    };
    follows(a, b) || follows(b, a)
}

/// Capitals without accents, and without the kind of an area: "Santander Department".
fn plain(name: &str) -> String {
    let name = crate::fold::fold(name);
    let bare = ["department", "province"].iter().find_map(|kind| name.strip_suffix(kind));
    bare.map_or(name.as_str(), str::trim_end).to_uppercase()
}

/// One for a single thing, several for a plural without a number.
fn number(count: Option<Count>, words: &str) -> String {
    match count {
        Some(Count { best: Some(n), low, high }) if low == Some(n) && high == Some(n) => {
            n.to_string()
        }
        Some(Count { best: None, low: Some(low), high: Some(high) }) => format!("{low} - {high}"),
        Some(Count { low: Some(n), high: None, .. }) => format!("{n}-"),
        Some(Count { high: Some(n), low: None, .. }) => format!("-{n}"),
        Some(Count { best: Some(n), .. }) => format!("~{n}"),
        _ if kinds::is_plural(words) => "PLURAL".to_owned(),
        _ => "1".to_owned(),
    }
}

fn upper(span: Span, text: &str) -> String {
    span.of(text).to_uppercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('"', ""))
}

fn tagged(value: &str, words: &str) -> String {
    format!("{value}: {}", quoted(words))
}
