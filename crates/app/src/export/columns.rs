//! Columns for programs: what each is called, means and holds, so that CSV, Parquet, GeoJSON, the
//! row of HXL tags and the codebook are all made from one table.
//!
//! A cell is empty where the record does not say, in every view: no -1, no "unknown".

use std::fmt::Write;

use engine::Knowledge;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{acled, full, ged, polecat};
use crate::store::around::Around;
use crate::store::search::Line;

/// What a column is made from.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) line: &'a Line,
    /// Parties and tellings; there for views that need them.
    pub(crate) around: Option<&'a Around>,
    pub(crate) known: &'a Knowledge,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Text,
    /// A day as in 2024-03-22.
    Day,
    /// A whole number.
    Whole,
    Real,
    /// True or false.
    Flag,
}

impl Sort {
    /// In words, for the codebook.
    #[cfg(test)]
    pub(crate) fn says(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Day => "day",
            Self::Whole => "whole number",
            Self::Real => "number",
            Self::Flag => "true or false",
        }
    }
}

/// A column.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) sort: Sort,
    /// The tag of the Humanitarian Exchange Language; empty where it has none.
    pub(crate) hxl: &'static str,
    /// What it means, and when it is empty.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the codebook"))]
    pub(crate) says: &'static str,
    value: fn(&Row<'_>) -> Value,
}

/// A column with its cells.
pub(super) const fn column(
    name: &'static str,
    sort: Sort,
    hxl: &'static str,
    says: &'static str,
    value: fn(&Row<'_>) -> Value,
) -> Column {
    Column { name, sort, hxl, says, value }
}

/// A column that others have and that our record can say nothing for. It is there so that their
/// readers find it.
pub(super) const fn empty(name: &'static str, says: &'static str) -> Column {
    Column { name, sort: Sort::Text, hxl: "", says, value: |_| Value::Null }
}

/// The columns of one codebook.
pub(crate) struct View {
    /// What it is called on the command line and in the API.
    pub(crate) name: &'static str,
    /// Whose columns they are.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the codebook"))]
    pub(crate) title: &'static str,
    /// What whoever reads them must know.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the codebook"))]
    pub(crate) says: &'static str,
    /// Whether parties and tellings are needed.
    pub(crate) around: bool,
    pub(crate) columns: &'static [Column],
}

/// All views; the first is ours and has the most.
pub(crate) const VIEWS: [&View; 4] = [&full::VIEW, &ged::VIEW, &acled::VIEW, &polecat::VIEW];

/// The view that is called so.
pub(crate) fn view(name: &str) -> Option<&'static View> {
    VIEWS.into_iter().find(|view| view.name == name)
}

impl Column {
    /// The cell of this column.
    pub(crate) fn of(&self, row: &Row<'_>) -> Value {
        (self.value)(row)
    }
}

impl View {
    /// The first line of the CSV, and with `hxl` the line of tags below it.
    pub(crate) fn csv_head(&self, hxl: bool) -> String {
        let line = |of: fn(&Column) -> &'static str| {
            self.columns.iter().map(of).collect::<Vec<_>>().join(",")
        };
        let names = line(|column| column.name);
        if hxl { format!("{names}\n{}", line(|column| column.hxl)) } else { names }
    }

    /// A line of the CSV (RFC 4180, without the end of the line).
    pub(crate) fn csv(&self, row: &Row<'_>) -> String {
        let mut out = String::new();
        for (n, column) in self.columns.iter().enumerate() {
            if n > 0 {
                out.push(',');
            }
            match column.of(row) {
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
}

/// Our columns that have a value, by name.
#[derive(Clone, Copy)]
pub(crate) struct Object<'a> {
    pub(crate) line: &'a Line,
    pub(crate) known: &'a Knowledge,
}

impl<'a> Object<'a> {
    fn cells(self) -> impl Iterator<Item = (&'static str, Value)> + use<'a> {
        let row = Row { line: self.line, around: None, known: self.known };
        let cells = full::VIEW.columns.iter().map(move |column| (column.name, column.of(&row)));
        cells.filter(|(_, value)| !value.is_null())
    }
}

// A page of rows is written as it comes, and not gathered first.
impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.cells())
    }
}

/// A GeoJSON feature (RFC 7946); without coordinates its geometry is null.
pub(crate) fn feature(line: &Line, known: &Knowledge) -> Value {
    let geometry = line
        .lat
        .zip(line.lon)
        .map(|(lat, lon)| json!({"type": "Point", "coordinates": [lon, lat]}));
    let cells = Object { line, known }.cells().filter(|(name, _)| !["lat", "lon"].contains(name));
    let properties: Map<String, Value> =
        cells.map(|(name, value)| (name.to_owned(), value)).collect();
    json!({"type": "Feature", "geometry": geometry, "properties": properties})
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::store::around::{Party, Telling};
    use crate::store::samples::line;

    fn around() -> Around {
        let party = |perpetrator, name: &str, sort: &str| Party {
            perpetrator,
            actor: None,
            name: name.into(),
            sort: sort.into(),
            attribution: perpetrator.then(|| "claimed".into()),
        };
        Around {
            parties: vec![
                party(true, "Harrow Front", "organisation"),
                party(false, "Ann Wick", "civilians"),
            ],
            tellings: vec![Telling {
                outlet: Some("The Gazette".into()),
                url: Some("https://gazette.example/1".into()),
                title: Some("Calm, then not".into()),
                published: Some("2024-04-01".into()),
                language: Some("en".into()),
            }],
            precision: Some("place".into()),
            quote: Some("A bomb killed 12 to 20 people in Kano in March.".into()),
        }
    }

    #[test]
    fn csv_quotes_what_it_must_and_leaves_empty_what_is_not_said() {
        let known = Knowledge::embedded();
        let (line, around) = (line(), around());
        let row = Row { line: &line, around: Some(&around), known: &known };
        let mut told = String::new();
        for view in VIEWS {
            writeln!(told, "{}", view.csv(&row)).unwrap();
        }
        let told = told.replace(engine::knowledge::BUILD, "BUILD");
        expect![[r#"
            0123456789abcdef,fedcba9876543210,ASSAULT,bombing,accomplished,hedged,true,2024-03-01,2024-03-31,inferred,NG,Kano State,Kano,,12.0,-8.5,stated,12,,20,,,,"the ""Harrow"" Front; gunmen",0.9,"Calm, then not",,,https://gazette.example/1,,,
            0123456789abcdef,,2024,,Machine coded,3,,,,,,,,,Harrow Front,,,Civilians,1,https://gazette.example/1,The Gazette,2024-04-01,"Calm, then not",,1,Kano,,Kano State,,12.0,-8.5,POINT (-8.5 12),,Nigeria,,,1,4,2024-03-01,2024-03-31,,,,,,20,12,,
            0123456789abcdef,2024-03-01,2024,3,Political violence,Explosions/Remote violence,Remote explosive/landmine/IED,Harrow Front,,,Civilians,,Civilians,,Civilian targeting,,,Nigeria,Kano State,,,Kano,12.0,-8.5,1,The Gazette,,A bomb killed 12 to 20 people in Kano in March.,12,,
            0123456789abcdef,2024-03-01,ASSAULT,explosives,,MATERIAL CONFLICT,,Harrow Front,,,organisation,,,Harrow Front,,Civilians,,,civilians,,,,,Kano,Kano,,Kano State,NG,12.0,-8.5,,,,The Gazette,2024-04-01,,,,en,BUILD
        "#]].assert_eq(&told);
    }

    #[test]
    fn persons_are_named_in_no_view_of_others() {
        let known = Knowledge::embedded();
        let line = Line { perpetrators: None, ..line() };
        let around = around();
        let row = Row { line: &line, around: Some(&around), known: &known };
        for view in VIEWS {
            assert!(!view.csv(&row).contains("Ann Wick"), "{}", view.name);
        }
    }

    #[test]
    fn cells_are_of_the_sort_that_is_said() {
        let known = Knowledge::embedded();
        let (line, around) = (line(), around());
        let row = Row { line: &line, around: Some(&around), known: &known };
        for column in VIEWS.iter().flat_map(|view| view.columns) {
            let fits = match column.of(&row) {
                Value::Null => true,
                Value::String(_) => matches!(column.sort, Sort::Text | Sort::Day),
                Value::Bool(_) => column.sort == Sort::Flag,
                Value::Number(n) if n.is_f64() => column.sort == Sort::Real,
                Value::Number(_) => column.sort == Sort::Whole,
                _ => false,
            };
            assert!(fits, "{} is {}", column.name, column.of(&row));
        }
    }

    #[test]
    fn names_come_once_and_tags_are_tags() {
        for view in VIEWS {
            let mut names: Vec<&str> = view.columns.iter().map(|column| column.name).collect();
            let n = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), n, "{}", view.name);
            for column in view.columns {
                let plain =
                    |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_+#".contains(c);
                let tag = column.hxl;
                assert!(tag.is_empty() || tag.starts_with('#') && tag.chars().all(plain), "{tag}");
            }
        }
    }

    #[test]
    fn a_feature_has_its_point_with_the_longitude_first() {
        let known = Knowledge::embedded();
        let feature = feature(&line(), &known);
        assert_eq!(feature["geometry"]["coordinates"], json!([-8.5, 12.0]));
        assert_eq!(feature["properties"]["killed_high"], 20);
        assert!(feature["properties"].get("injured_low").is_none());
        let nowhere = Line { lat: None, ..line() };
        assert_eq!(super::feature(&nowhere, &known)["geometry"], Value::Null);
    }
}
