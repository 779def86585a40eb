//! The columns of `tocsin events`: for a person's table, and for programs as CSV and GeoJSON.

use std::fmt::Write;

use engine::Knowledge;
use engine::ontology::{Assertion, Stage};
use engine::plain::{act, bounds};
use engine::resolved::Basis;
use serde_json::{Map, Value, json};

use super::clean;
use super::table::Column;
use crate::store::search::Line;

/// The columns of the table.
pub(crate) const TABLE: &[Column] = &[
    Column { head: "day", right: false, cut: false },
    Column { head: "what", right: false, cut: true },
    Column { head: "where", right: false, cut: true },
    Column { head: "killed", right: true, cut: false },
    Column { head: "injured", right: true, cut: false },
    Column { head: "by", right: false, cut: true },
    Column { head: "source", right: false, cut: true },
    Column { head: "id", right: false, cut: false },
];

/// How many digits of an id the table shows; `tocsin show` takes them.
const ID_DIGITS: usize = 10;

/// The cells of [`TABLE`].
pub(crate) fn cells(line: &Line, known: &Knowledge) -> Vec<String> {
    let mut limits = Vec::new();
    if line.stage != Stage::Accomplished.as_str() {
        limits.push(line.stage.as_str());
    }
    let doubt = if line.assertion == Assertion::Asserted.as_str() { "" } else { "?" };
    if line.assertion == Assertion::Denied.as_str() {
        limits.push("denied");
    }
    let stated = line.when_basis.as_deref() == Some(Basis::Stated.as_str());
    let day = line.first_day.as_deref().zip(line.last_day.as_deref());
    let country = line.country.as_deref().map(|code| known.geography.name(code));
    let area = line.admin1.as_deref().filter(|_| line.place.is_none());
    let place = [line.place.as_deref().or(line.site.as_deref()).or(area), country];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    let cells = [
        day.map(|(first, last)| bounds::period(first, last, stated)).unwrap_or_default(),
        act(&line.kind, &line.mode, &limits) + doubt,
        place.join(", "),
        bounds::count(line.killed),
        bounds::count(line.injured),
        line.perpetrators.clone().unwrap_or_default(),
        source(line),
        line.id.chars().take(ID_DIGITS).collect(),
    ];
    cells.iter().map(|cell| clean(cell).replace('\n', " ")).collect()
}

/// The outlet; of an event that several reports tell, how many, and from how many sources.
fn source(line: &Line) -> String {
    match line.told {
        Some((reports, 1)) if reports > 1 => format!("{reports} prints of 1 source"),
        Some((reports, sources)) if reports > 1 => format!("{reports} reports, {sources} sources"),
        _ => line.outlet.clone().or_else(|| line.url.clone()).unwrap_or_default(),
    }
}

/// A column for programs: its name, and its value in a line.
type Field = (&'static str, fn(&Line) -> Value);

/// The columns for programs. An empty cell means that the text does not say.
#[rustfmt::skip]
const FIELDS: &[Field] = &[
    ("id", |l| json!(l.id)),
    ("document", |l| json!(l.document)),
    ("kind", |l| json!(l.kind)),
    ("mode", |l| json!(l.mode)),
    ("stage", |l| json!(l.stage)),
    ("assertion", |l| json!(l.assertion)),
    ("main", |l| json!(l.main)),
    ("start", |l| json!(l.first_day)),
    ("end", |l| json!(l.last_day)),
    ("when_basis", |l| json!(l.when_basis)),
    ("country", |l| json!(l.country)),
    ("admin1", |l| json!(l.admin1)),
    ("place", |l| json!(l.place)),
    ("site", |l| json!(l.site)),
    ("lat", |l| json!(l.lat)),
    ("lon", |l| json!(l.lon)),
    ("where_basis", |l| json!(l.where_basis)),
    ("killed_low", |l| json!(l.killed[0])),
    ("killed_best", |l| json!(l.killed[1])),
    ("killed_high", |l| json!(l.killed[2])),
    ("injured_low", |l| json!(l.injured[0])),
    ("injured_best", |l| json!(l.injured[1])),
    ("injured_high", |l| json!(l.injured[2])),
    ("perpetrators", |l| json!(l.perpetrators)),
    ("confidence", |l| json!((l.confidence * 1e4).round() / 1e4)),
    ("title", |l| json!(l.title)),
    ("outlet", |l| json!(l.outlet)),
    ("published", |l| json!(l.published)),
    ("url", |l| json!(l.url)),
    ("duplicate_of", |l| json!(l.duplicate_of)),
    ("reports", |l| json!(l.told.map(|told| told.0))),
    ("sources", |l| json!(l.told.map(|told| told.1))),
];

/// The first line of the CSV.
pub(crate) fn csv_head() -> String {
    FIELDS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",")
}

/// A line of the CSV (RFC 4180, without the end of the line).
pub(crate) fn csv(line: &Line) -> String {
    let mut out = String::new();
    for (n, (_, value)) in FIELDS.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        match value(line) {
            Value::Null => {}
            Value::String(words) if words.contains([',', '"', '\n', '\r']) => {
                let _ = write!(out, "\"{}\"", words.replace('"', "\"\""));
            }
            Value::String(words) => out.push_str(&words),
            value => {
                let _ = write!(out, "{value}");
            }
        }
    }
    out
}

/// The columns that have a value, by name.
pub(crate) fn object(line: &Line) -> Map<String, Value> {
    FIELDS
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value(line)))
        .filter(|(_, value)| !value.is_null())
        .collect()
}

/// The names of the columns for programs.
#[cfg(test)]
pub(crate) fn names() -> Vec<&'static str> {
    FIELDS.iter().map(|(name, _)| *name).collect()
}

/// A GeoJSON feature (RFC 7946); without coordinates its geometry is null.
pub(crate) fn feature(line: &Line) -> Value {
    let geometry = line
        .lat
        .zip(line.lon)
        .map(|(lat, lon)| json!({"type": "Point", "coordinates": [lon, lat]}));
    let mut properties = object(line);
    properties.retain(|name, _| name != "lat" && name != "lon");
    json!({"type": "Feature", "geometry": geometry, "properties": properties})
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn line() -> Line {
        Line {
            row: 1,
            id: "0123456789abcdef".into(),
            document: "fedcba9876543210".into(),
            kind: "ASSAULT".into(),
            mode: "armed_assault".into(),
            stage: "foiled".into(),
            assertion: "hedged".into(),
            main: true,
            first_day: Some("2024-03-01".into()),
            last_day: Some("2024-03-31".into()),
            when_basis: Some("inferred".into()),
            country: Some("NG".into()),
            admin1: Some("Kano State".into()),
            place: Some("Kano".into()),
            site: None,
            lat: Some(12.0),
            lon: Some(-8.5),
            where_basis: Some("stated".into()),
            killed: [Some(12), None, Some(20)],
            injured: [None; 3],
            perpetrators: Some("the \"Harrow\" Front; gunmen".into()),
            confidence: 0.9,
            title: Some("Calm, then not".into()),
            outlet: None,
            published: None,
            url: Some("https://gazette.example/1".into()),
            duplicate_of: None,
            told: None,
        }
    }

    #[test]
    fn doubt_is_shown_in_the_table() {
        expect![[r#"~2024-03-01–31 | armed assault (foiled)? | Kano, Nigeria | 12–20 |  | the "Harrow" Front; gunmen | https://gazette.example/1 | 0123456789"#]]
            .assert_eq(&cells(&line(), &Knowledge::embedded()).join(" | "));
    }

    #[test]
    fn csv_quotes_what_it_must_and_leaves_empty_what_is_not_said() {
        expect![[r#"0123456789abcdef,fedcba9876543210,ASSAULT,armed_assault,foiled,hedged,true,2024-03-01,2024-03-31,inferred,NG,Kano State,Kano,,12.0,-8.5,stated,12,,20,,,,"the ""Harrow"" Front; gunmen",0.9,"Calm, then not",,,https://gazette.example/1,,,"#]].assert_eq(&csv(&line()));
    }

    #[test]
    fn a_feature_has_its_point_with_the_longitude_first() {
        let feature = feature(&line());
        assert_eq!(feature["geometry"]["coordinates"], json!([-8.5, 12.0]));
        assert_eq!(feature["properties"]["killed_high"], 20);
        assert!(feature["properties"].get("injured_low").is_none());
        let nowhere = Line { lat: None, ..line() };
        assert_eq!(super::feature(&nowhere)["geometry"], Value::Null);
    }
}
