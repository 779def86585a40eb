//! Reports → the place of a template: the chain from the country down.

use std::fmt::Write as _;

use super::kinds;
use super::predict::{country, upper};
use super::told::{area_of, told};
use super::ward::ward;
use crate::Knowledge;
use crate::eval::muc::names::normal;
use crate::fold::fold;
use crate::geography::Country;
use crate::report::Report;
use crate::resolved::{Basis, Precision};
use crate::text::Text;

/// The chain down from the country, of the parts that the text names for it. A scene outside the
/// countries of the task is taken for a misread name, and one that only follows from the dateline
/// is no more than its country. Where the scene has no town, what the text calls one is it.
pub(super) fn location(
    report: &Report,
    parsed: &Text<'_>,
    story: Option<&Country>,
    known: &Knowledge,
) -> String {
    let text = parsed.source;
    let own = report
        .scene
        .as_ref()
        .and_then(|s| Some((&s.value, s.basis, country(&s.value.country, known)?)));
    let ours = own.filter(|own| kinds::is_of_the_task(own.2));
    let own = ours.or_else(|| own.filter(|_| story.is_none()));
    let Some(country) = own.map(|own| own.2).or(story) else { return String::new() };
    let scene = own.map(|(scene, basis, _)| (scene, basis));
    let mut chain = kinds::nation(country);
    let stated = scene.filter(|(_, basis)| *basis == Basis::Stated).map(|(scene, _)| scene);
    let place = scene.and_then(|(scene, _)| scene.place.as_deref());
    let ward = ward(report, text).filter(|(name, _)| place.is_none_or(|p| plain(p) != *name));
    let unknown = stated.is_none_or(|scene| scene.place.is_none());
    if let Some(told) = told(report, text).filter(|_| unknown) {
        let area = stated.and_then(|scene| scene.admin1.as_deref()).map(plain);
        let told_area = told.area.filter(|area| is_area(area, country, known));
        let area = told_area.or(area).filter(|area| *area != told.name);
        if let Some(area) = area {
            let _ = write!(chain, ": {area} (DEPARTMENT)");
        }
        let _ = write!(chain, ": {} ({})", told.name, told.kind);
        return chain;
    }
    // A part of a town without the town is of the one that the text is about.
    if stated.is_none() && ward.is_none() {
        return chain;
    }
    let lower = normal(text);
    let capital = || {
        let own = stated.is_none() && lower.contains(&normal(country.capital));
        own.then(|| plain(country.capital))
    };
    let area = scene.filter(|_| stated.is_some() || place.is_some());
    let area = area.and_then(|(scene, _)| scene.admin1.as_deref());
    let place = place.map(plain).or_else(capital);
    let other = |a: &String| {
        let area = normal(a);
        area != normal(country.name) && place.as_ref().is_none_or(|p| !normal(p).starts_with(&area))
    };
    // The key has a department where the text says it beside the town.
    let beside =
        |a: &String| place.as_ref().is_none_or(|p| is_beside(&lower, &normal(a), &normal(p)));
    let area = area.map(plain).filter(other).filter(beside);
    let said = || area_of(place.as_deref()?, text).filter(|area| is_area(area, country, known));
    let area = area.or_else(|| said().filter(other));
    if let Some(area) = area {
        let _ = write!(chain, ": {area} (DEPARTMENT)");
    }
    if let Some(place) = place {
        let place = as_written(report, &place, text).unwrap_or(place);
        let _ = write!(chain, ": {place} (CITY)");
    }
    if let Some((name, kind)) = ward {
        let _ = write!(chain, ": {name} ({kind})");
    }
    chain
}

/// Whether a country has a first-level area of a name, which a fire department is not.
fn is_area(name: &str, country: &Country, known: &Knowledge) -> bool {
    let code = known.geography.country_of(country.code);
    known
        .geography
        .areas
        .iter()
        .any(|a| a.level == 1 && Some(a.country) == code && plain(a.name) == name)
}

/// The town as the text writes it: the key has the text's spelling, and so much of a longer name.
fn as_written(report: &Report, place: &str, text: &str) -> Option<String> {
    const ALIKE: usize = 4;
    let scene = report.scene.as_ref().filter(|scene| scene.rule == "scene in the frame")?;
    let words = plain(&upper(*scene.at.first()?, text));
    let start =
        |name: &str| name.chars().filter(|c| c.is_alphabetic()).take(ALIKE).collect::<String>();
    (matches!(scene.value.precision, Precision::Place | Precision::Near)
        && start(&words) == start(place))
    .then_some(words)
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
    let name = fold(name);
    let bare = ["department", "province"].iter().find_map(|kind| name.strip_suffix(kind));
    bare.map_or(name.as_str(), str::trim_end).to_uppercase()
}
