//! Reports → MUC-4 templates with all their slots.
//!
//! Which reports become templates is decided as for the other two forms. Strings are words of the
//! text, set fills follow from sorts and words by the tables in `super::kinds`. A slot about
//! which the report says nothing is left empty, but for two that are never empty: without a
//! day the incident was on or before the day of the message, and without a place it was in the
//! country of the story. Who did it is a terrorist, unless it is a state; of an act without a doer
//! the keys of 1992 do not say, though many of 1991 do.

use jiff::civil::Date;
use reading::{Document, Span};

use super::day::date;
use super::kinds;
use super::place::location;
use super::slot::Slot;
use super::{FullPrediction, Raw};
use crate::Knowledge;
use crate::date::Clock;
use crate::eval::muc::predict::{doers, is_organised, is_template};
use crate::geography::Country;
use crate::lexicon::Sense;
use crate::ontology::{Attribution, Effect, Sort, Stage};
use crate::report::{Perpetrator, Report, Target};
use crate::resolved::Count;
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
        .map(|(n, report)| template(n + 1, report, (document, &text), today, story, known))
        .collect();
    FullPrediction { docid: docid.to_owned(), templates }
}

fn template(
    ordinal: usize,
    report: &Report,
    (document, parsed): (&Document, &Text<'_>),
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
    put(Slot::Date, date(report, today, parsed));
    put(Slot::Location, location(report, parsed, story, known));
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
            put(Slot::Confidence, tagged(confidence(party, report, parsed), &words));
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

/// What the key calls that on which the naming rests. What authorities only report is a fact there, if
/// the sentence has no word of blame or doubt.
fn confidence(party: &Perpetrator, report: &Report, text: &Text<'_>) -> &'static str {
    match party.attribution {
        Attribution::Fact => "REPORTED AS FACT",
        Attribution::Claimed => "CLAIMED OR ADMITTED",
        Attribution::AccusedByAuthorities if !is_doubted(party, report, text) => "REPORTED AS FACT",
        Attribution::AccusedByAuthorities => "SUSPECTED OR ACCUSED BY AUTHORITIES",
        Attribution::Suspected => "SUSPECTED OR ACCUSED",
        Attribution::Possible | Attribution::Denied => "POSSIBLE",
    }
}

/// Whether a sentence of the report that names a party has a word of blame or doubt.
fn is_doubted(party: &Perpetrator, report: &Report, text: &Text<'_>) -> bool {
    const STEMS: &[&str] = &[
        "accus",
        "alleg",
        "apparent",
        "attribut",
        "behind",
        "believ",
        "blam",
        "charge",
        "claim",
        "impli",
        "involve",
        "link",
        "presum",
        "probab",
        "reportedly",
        "responsib",
        "suppos",
        "suspect",
        "suspicion",
    ];
    let name = party.name.of(text.source);
    let names = |span: &&Span| span.of(text.source).contains(name);
    let own = std::iter::once(&party.name).chain(report.evidence.iter().filter(names));
    own.map(|span| text.tokens.partition_point(|t| (t.start as usize) < span.start()))
        .filter_map(|token| text.sentences.get(text.sentence_of(token)))
        .any(|sentence| {
            (sentence.first..sentence.last)
                .any(|i| STEMS.iter().any(|stem| text.key(i).starts_with(stem)))
        })
}

pub(super) fn country<'k>(code: &str, known: &'k Knowledge) -> Option<&'k Country> {
    known.geography.countries.get(usize::from(known.geography.country(code)?))
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

pub(super) fn upper(span: Span, text: &str) -> String {
    span.of(text).to_uppercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('"', ""))
}

fn tagged(value: &str, words: &str) -> String {
    format!("{value}: {}", quoted(words))
}
