//! Fields with one right value: what was done, when and where. The most precise value counts, and
//! among equally precise ones that of most sources. Of two ways in which an act is said to have been
//! done, with as many sources each, the first counts: later reports tell of what came after as well.

use std::cmp::Reverse;

use serde_json::json;

use super::{Account, FieldView, Said, ValueView, gather};
use crate::ontology::{Assertion, Kind, Mode, Stage};
use crate::resolved::{Basis, Precision};
use crate::view::{SceneView, WhenView};

/// The kind and mode that most sources give, one that says how it was done before one that does
/// not. `best` are the accounts of documents that are about it; between equals they decide.
pub(super) fn mode(best: &[Account<'_>], all: &[Account<'_>]) -> Option<((Kind, Mode), FieldView)> {
    let said = all.iter().map(|a| Said {
        words: a.report.mode.to_string(),
        value: json!(a.report.mode),
        account: *a,
        how: None,
    });
    let values = gather(said.collect());
    let says_how = |mode: Mode| !matches!(mode, Mode::Other | Mode::ArmedAssault | Mode::Massacre);
    let parsed = |v: &ValueView| Mode::parse(&v.words).unwrap_or(Mode::Other);
    let most = values.iter().max_by_key(|v| {
        let mode = parsed(v);
        let about = best.iter().filter(|a| a.report.mode == mode).count();
        let first = v.claims.iter().filter_map(|c| c.published.as_deref()).min();
        (says_how(mode), v.n_sources, about, Reverse((first.is_none(), first)), Reverse(&v.words))
    })?;
    let mode = parsed(most);
    let of = |accounts: &[Account<'_>]| {
        accounts.iter().find(|a| a.report.mode == mode).map(|a| a.report.kind)
    };
    let kind = of(best).or_else(|| of(all))?;
    let field = FieldView {
        field: "mode",
        current: mode.to_string(),
        rule: "how it was done, by most sources, the first of equals",
        interval: None,
        disputed: values.iter().filter(|v| says_how(parsed(v))).count() > 1,
        values,
        history: Vec::new(),
        ruled: None,
    };
    Some(((kind, mode), field))
}

/// Accomplished if any report that is about it says so.
pub(super) fn stage(best: &[Account<'_>]) -> Stage {
    best.iter().map(|a| a.report.stage).min().unwrap_or(Stage::Accomplished)
}

/// Asserted if any report that is about it plainly asserts it.
pub(super) fn assertion(best: &[Account<'_>]) -> Assertion {
    best.iter().map(|a| a.report.assertion).min().unwrap_or(Assertion::Asserted)
}

/// The shortest period, stated before inferred, of most sources. What lasts for two or three days is
/// as exact as a day: a siege has a first and a last one.
pub(super) fn when(all: &[Account<'_>]) -> Option<(WhenView, FieldView)> {
    let said = all.iter().filter_map(|a| {
        let when = a.report.when.as_ref()?;
        Some(Said { words: days(when), value: json!(when), account: *a, how: None })
    });
    let values = gather(said.collect());
    let of = |v: &ValueView| {
        let given =
            all.iter().filter_map(|a| a.report.when.as_ref()).filter(|w| days(w) == v.words);
        given.min_by_key(|w| w.basis)
    };
    let rank = |v: &ValueView| {
        let when = of(v);
        let coarse = when.map_or(9, |w| grade(&w.precision));
        let short = if when.is_some_and(is_brief) { 0 } else { coarse };
        let basis = when.map_or(Basis::Assumed, |w| w.basis);
        // Of equals, those who wrote last knew when it ended.
        let last = v.claims.iter().filter_map(|c| c.published.clone()).max();
        (short, Reverse(v.n_sources), coarse, basis, Reverse(last), v.words.clone())
    };
    let best = values.iter().min_by_key(|v| rank(v))?;
    let when = of(best)?.clone();
    let days: Vec<&ValueView> =
        values.iter().filter(|v| of(v).is_some_and(|w| w.precision == "day")).collect();
    let field = FieldView {
        field: "when",
        current: best.words.clone(),
        rule: "the most precise up to three days, by most sources",
        interval: None,
        disputed: days.len() > 1,
        values: values.clone(),
        history: Vec::new(),
        ruled: None,
    };
    Some((when, field))
}

pub(super) fn days(when: &WhenView) -> String {
    if when.start == when.end { when.start.clone() } else { format!("{}/{}", when.start, when.end) }
}

/// Whether it lasted for no more than three days.
fn is_brief(when: &WhenView) -> bool {
    const DAYS: i32 = 3;
    let day = |text: &str| text.parse::<jiff::civil::Date>().ok();
    let length = day(&when.start).zip(day(&when.end)).map(|(start, end)| (end - start).get_days());
    length.is_some_and(|n| n < DAYS)
}

fn grade(precision: &str) -> u8 {
    ["day", "days", "week", "month", "season", "year", "years"]
        .iter()
        .position(|name| *name == precision)
        .map_or(9, |n| n as u8)
}

/// The most precise place, of most sources.
pub(super) fn scene(all: &[Account<'_>]) -> Option<(SceneView, FieldView)> {
    let said = all.iter().filter_map(|a| {
        let scene = a.report.scene.as_ref()?;
        Some(Said { words: place(scene), value: json!(scene), account: *a, how: None })
    });
    let values = gather(said.collect());
    let of = |v: &ValueView| {
        let given =
            all.iter().filter_map(|a| a.report.scene.as_ref()).filter(|s| place(s) == v.words);
        given.min_by_key(|s| (s.precision, s.basis))
    };
    let rank = |v: &ValueView| {
        let scene = of(v);
        let coarse = scene.map_or(Precision::Country, |s| s.precision.max(Precision::Place));
        let named = scene.is_some_and(|s| s.site.is_some());
        (coarse, Reverse(v.n_sources), !named, v.words.clone())
    };
    let best = values.iter().min_by_key(|v| rank(v))?;
    let scene = of(best)?.clone();
    let towns: std::collections::BTreeSet<&str> =
        all.iter().filter_map(|a| a.report.scene.as_ref()?.place.as_deref()).collect();
    let field = FieldView {
        field: "where",
        current: best.words.clone(),
        rule: "the most precise, by most sources",
        interval: None,
        disputed: towns.len() > 1,
        values: values.clone(),
        history: Vec::new(),
        ruled: None,
    };
    Some((scene, field))
}

pub(super) fn place(scene: &SceneView) -> String {
    let chain = [&scene.site, &scene.place, &scene.admin1];
    let mut names: Vec<&str> = chain.into_iter().filter_map(|name| name.as_deref()).collect();
    names.push(&scene.country);
    names.join(", ")
}
