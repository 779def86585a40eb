//! A report as the casebook writes it: a line that says what, when, where and how many; a line for
//! each part that someone plays; the sentence it rests on.
//!
//! The terminal, the casebook and the manual all show this text, so that what is read in one place
//! is found in the others. It has no colours: the program adds those line by line.

pub mod bounds;
mod relation;

pub use relation::relation;

use std::fmt::Write;

use reading::Document;

use crate::ontology::{Assertion, Mode, Stage};
use crate::resolved::{Basis, Count};
use crate::view::{CountView, RelationView, ReportView, SceneView};
use crate::{Coded, Knowledge};

/// All that was coded of `document`, the reports first, with an empty line between two.
pub fn coded(coded: &Coded, document: &Document, known: &Knowledge) -> String {
    let reports = coded.reports.iter().map(|r| report(&ReportView::of(r, document, known), known));
    let relations = coded.relations.iter().map(|r| relation(&RelationView::of(r, document, known)));
    reports.chain(relations).collect::<Vec<_>>().join("\n")
}

/// The report, each line ended.
pub fn report(view: &ReportView, known: &Knowledge) -> String {
    let mut out = clean(&headline(view, known));
    out.push('\n');
    let parts = parts(view);
    let label_width = parts.iter().map(|p| p.label.chars().count()).max().unwrap_or(0);
    let who_width = parts.iter().map(|p| p.who.chars().count()).max().unwrap_or(0);
    for Part { label, who, words } in parts {
        let line = format!("  {label:label_width$}  {who:who_width$}  \"{words}\"");
        out.push_str(&clean(&line));
        out.push('\n');
    }
    for evidence in view.evidence.iter().take(1) {
        let words = clean(&evidence.quote.split_whitespace().collect::<Vec<_>>().join(" "));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  because \"{words}\"");
    }
    out
}

/// From the site to the country, as far as they are known.
fn place(scene: &SceneView, known: &Knowledge) -> String {
    let mut parts: Vec<&str> = Vec::new();
    // The area is said only where no place is.
    let area = if scene.place.is_none() { &scene.admin1 } else { &None };
    let names = [&scene.site, &scene.place, area].into_iter().flatten();
    for name in names.map(String::as_str).chain([known.geography.name(&scene.country)]) {
        if parts.last() != Some(&name) {
            parts.push(name);
        }
    }
    parts.join(", ")
}

/// The mode, or the kind where the mode says nothing, and what limits it.
pub fn act(kind: &str, mode: &str, limits: &[&str]) -> String {
    let what = if mode == Mode::Other.as_str() { kind.to_lowercase() } else { mode.to_owned() };
    let what = what.replace('_', " ");
    if limits.is_empty() { what } else { format!("{what} ({})", limits.join(", ")) }
}

fn headline(view: &ReportView, known: &Knowledge) -> String {
    let mut limits = Vec::new();
    if view.stage != Stage::Accomplished {
        limits.push(view.stage.as_str());
    }
    if view.assertion != Assertion::Asserted {
        limits.push(view.assertion.as_str());
    }
    if !view.main {
        limits.push("background");
    }
    let counts: Vec<String> =
        [("killed", &view.killed), ("injured", &view.injured), ("abducted", &view.abducted)]
            .into_iter()
            .filter_map(|(label, count)| Some((label, count_of(count.as_ref()?))))
            .filter(|(_, count)| !count.is_empty())
            .map(|(label, count)| format!("{label} {count}"))
            .collect();
    let when = view.when.as_ref();
    let parts = [
        act(view.kind.as_str(), view.mode.as_str(), &limits),
        when.map(|w| bounds::period(&w.start, &w.end, w.basis == Basis::Stated))
            .unwrap_or_default(),
        view.scene.as_ref().map(|scene| place(scene, known)).unwrap_or_default(),
        counts.join("  "),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("   ")
}

fn count_of(view: &CountView) -> String {
    of(view.count)
}

fn of(count: Count) -> String {
    bounds::count([count.low, count.best, count.high])
}

/// One line of the parts.
struct Part<'a> {
    label: String,
    who: String,
    words: &'a str,
}

fn parts(view: &ReportView) -> Vec<Part<'_>> {
    let targets = view.targets.iter().map(|target| {
        let fate = [target.effect.map(|e| e.as_str().to_owned()), target.number.map(of)];
        let fate: Vec<String> = fate.into_iter().flatten().filter(|f| !f.is_empty()).collect();
        let who = target.actor.as_deref().unwrap_or(target.sort.as_str());
        let who = [vec![who.to_owned()], fate].concat().join(" ");
        Part { label: "target".into(), who, words: &target.name }
    });
    let perpetrators = view.perpetrators.iter().map(|perpetrator| Part {
        label: format!("perpetrator ({})", perpetrator.attribution).replace('_', " "),
        who: perpetrator.actor.as_deref().unwrap_or(perpetrator.sort.as_str()).replace('_', " "),
        words: &perpetrator.name,
    });
    let weapons = view.weapons.iter().map(|weapon| Part {
        label: "weapon".into(),
        who: weapon.sort.to_string(),
        words: &weapon.name,
    });
    let speakers = view.speakers.iter().map(|speaker| Part {
        label: "speaker".into(),
        who: speaker.sort.as_str().to_owned(),
        words: &speaker.name,
    });
    targets.chain(perpetrators).chain(weapons).chain(speakers).collect()
}

/// Words of a document as they may be shown: a page must not be able to steer the terminal.
pub fn clean(words: &str) -> String {
    words.chars().filter(|&c| !c.is_control() || c == '\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_limits_a_report_stands_with_its_mode() {
        assert_eq!(act("ASSAULT", "bombing", &["foiled", "hedged"]), "bombing (foiled, hedged)");
        assert_eq!(act("PROTEST", "other", &[]), "protest");
        assert_eq!(act("ASSAULT", "armed_assault", &[]), "armed assault");
    }
}
