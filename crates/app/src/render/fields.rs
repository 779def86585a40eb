//! A report field by field, each with the words it rests on and the rule that gave it; and the
//! places of a text that a report points to.

use std::fmt::Write;

use engine::Report;
use engine::plain::bounds;
use engine::resolved::{Count, Resolved};
use reading::{Document, Span};

use super::clean;
use super::marked::{Mark, Weight};

/// The fields that the text gives, one a line.
pub(crate) fn fields(report: &Report, document: &Document, build: &str) -> String {
    let mut out = String::new();
    let mut add = |name: &str, value: String| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  {name:<11} {}", clean(&value));
    };
    add("kind", report.kind.to_string());
    add("mode", report.mode.to_string());
    add("stage", report.stage.to_string());
    add("assertion", report.assertion.to_string());
    add("main", if report.main { "yes" } else { "no, background" }.to_owned());
    if let Some(when) = &report.when {
        let period = when.value;
        let days = bounds::period(&period.start.to_string(), &period.end.to_string(), true);
        add("when", format!("{days} ({}), {}", period.precision(), grounds(when, document)));
    }
    if let Some(scene) = &report.scene {
        let place = &scene.value;
        let chain = [&place.site, &place.place, &place.admin1].into_iter().flatten();
        let chain: Vec<&str> = chain.map(String::as_str).chain([place.country.as_str()]).collect();
        let point = place.lat.zip(place.lon).map(|(lat, lon)| format!(" at {lat}, {lon}"));
        let precision = place.precision.as_str();
        add(
            "where",
            format!(
                "{}{} ({precision}), {}",
                chain.join(", "),
                point.unwrap_or_default(),
                grounds(scene, document)
            ),
        );
    }
    let counts =
        [("killed", &report.killed), ("injured", &report.injured), ("abducted", &report.abducted)];
    for (name, count) in counts {
        if let Some(count) = count {
            let Count { low, best, high } = count.value;
            let shown = bounds::count([low, best, high]);
            add(name, format!("{shown}, {}", grounds(count, document)));
        }
    }
    if let Some(included) = report.killed_includes_perpetrators {
        add("attackers", if included { "among the killed" } else { "not among the killed" }.into());
    }
    add("confidence", format!("{:.2}", report.confidence));
    add("made by", build.to_owned());
    out
}

/// The name of the column of sentences that a report rests on.
pub(crate) const EVIDENCE: &str = "evidence";

/// All places of its document that `report` points to, each with the column that it is for.
pub(crate) fn columns(report: &Report) -> Vec<(Span, &'static str)> {
    let counts =
        [("killed", &report.killed), ("injured", &report.injured), ("abducted", &report.abducted)];
    let of = |name: &'static str| move |span: Span| (span, name);
    let evidence = report.evidence.iter().copied().map(of(EVIDENCE));
    let when = report.when.iter().flat_map(|r| r.at.iter().copied()).map(of("when"));
    let scene = report.scene.iter().flat_map(|r| r.at.iter().copied()).map(of("where"));
    let counts = counts
        .into_iter()
        .flat_map(|(name, count)| count.iter().flat_map(|r| r.at.iter().copied()).map(of(name)));
    evidence
        .chain(when)
        .chain(scene)
        .chain(counts)
        .chain(report.perpetrators.iter().map(|p| p.name).map(of("perpetrator")))
        .chain(report.targets.iter().map(|t| t.name).map(of("target")))
        .chain(report.weapons.iter().map(|w| w.name).map(of("weapon")))
        .chain(report.speakers.iter().map(|s| s.name).map(of("speaker")))
        .collect()
}

/// The same places, each with its weight.
pub(crate) fn marks(report: &Report) -> Vec<Mark> {
    let weight = |name| if name == EVIDENCE { Weight::Evidence } else { Weight::Detail };
    columns(report).into_iter().map(|(span, name)| Mark { span, weight: weight(name) }).collect()
}

fn grounds<T>(resolved: &Resolved<T>, document: &Document) -> String {
    let words: Vec<String> =
        resolved.at.iter().map(|span| format!("\"{}\"", span.of(document.text()))).collect();
    let from = if words.is_empty() { String::new() } else { format!(" from {}", words.join(", ")) };
    format!("{}{from} by the rule {}", resolved.basis.as_str(), resolved.rule)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::render::Ink;
    use crate::render::marked::marked;
    use crate::store::samples;

    #[test]
    fn every_field_stands_with_its_grounds() {
        let shown = fields(&samples::report(13, 0.9), &samples::document(13), "build");
        expect![[r#"
            fields
              kind        ASSAULT
              mode        shooting
              stage       accomplished
              assertion   asserted
              main        yes
              when        2024-01-14 (day), inferred from "on Sunday" by the rule weekday
              where       Longyearbyen, NO at 78.2232, 15.6267 (place), stated from "Longyearbyen" by the rule gazetteer
              killed      13+, stated from "at least 13 people" by the rule bound
              injured     30, stated from "30 wounded" by the rule number
              confidence  0.90
              made by     build
        "#]].assert_eq(&format!("fields\n{shown}"));
    }

    #[test]
    fn every_word_that_a_report_rests_on_is_marked() {
        let document = samples::document(13);
        let text = document.text();
        let shown = marked(text, 0..text.len(), &marks(&samples::report(13, 0.9)), Ink::PLAIN);
        expect![[r"
            «Gunmen of ‹the Harrow Front› ‹shot› dead ‹at least 13 people at a market› in ‹Longyearbyen› ‹on Sunday›, ‹police› said.»

            A hospital counted ‹30 wounded›. The Harrow Front has not spoken."]].assert_eq(&shown);
    }
}
