//! A row → a document whose text is the row, and the report that it is.

use std::collections::BTreeMap;

use reading::{Document, Found, How, Span};

use super::cell::{said, trimmed};
use super::mapping::Mapping;
use super::reader::Reader;
use crate::Knowledge;
use crate::report::Report;

/// A row as a document and a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Fresh {
    /// What the table is called.
    pub source: String,
    /// What the table calls the row.
    pub id: String,
    /// The row as text.
    pub document: Document,
    /// The cells that are not empty.
    pub cells: Vec<Cell>,
    /// The cells that are somebody's own words.
    pub words: Vec<Span>,
    /// What the row says.
    pub report: Report,
    /// Values that could not be made out.
    pub problems: Vec<String>,
}

/// A cell: which column, and where it stands in the text.
pub type Cell = (u32, Span);

/// Why a row is no report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The row has more or fewer cells than the header.
    #[error("it has {found} cells, the header {wanted}")]
    Cells {
        /// Of the row.
        found: usize,
        /// Of the header.
        wanted: usize,
    },
    /// A field that every report must have.
    #[error("it does not say {0}")]
    Silent(&'static str),
    /// A value that the mapping does not know, of a field that every report must have.
    #[error("\"{1}\" is no {0}")]
    Unknown(&'static str, String),
}

impl Mapping {
    /// The report that a row is.
    ///
    /// # Errors
    /// When the row has no id, kind or country, or not the cells of the header.
    pub fn report(
        &self,
        header: &[String],
        cells: &[String],
        known: &Knowledge,
    ) -> Result<Fresh, Refused> {
        if cells.len() != header.len() {
            return Err(Refused::Cells { found: cells.len(), wanted: header.len() });
        }
        let plain: BTreeMap<&str, &str> =
            header.iter().zip(cells).map(|(name, cell)| (name.as_str(), cell.trim())).collect();
        let all = |field| self.lines(field, &plain).find_map(|line| said(line, &plain));
        let source = all("source").ok_or(Refused::Silent("which table it is of"))?;
        let id = all("id").ok_or(Refused::Silent("its id"))?;
        // The first line is the name of the import, so that it can be pointed at.
        let mut text = format!("table: {source}");
        let mut found: Vec<(u32, usize, usize)> = Vec::new();
        for (n, (name, cell)) in (0..).zip(header.iter().zip(cells)) {
            if !cell.is_empty() {
                text.push('\n');
                text.push_str(name);
                text.push_str(": ");
                found.push((n, text.len(), text.len() + cell.len()));
                text.push_str(cell);
            }
        }
        let mut document = Document::new(None, text);
        let cells: Vec<Cell> = found
            .into_iter()
            .filter_map(|(n, from, to)| Some((n, Span::within(document.text(), from, to)?)))
            .collect();
        let at = cells
            .iter()
            .filter_map(|&(n, span)| {
                Some((header.get(n as usize)?.as_str(), trimmed(span, &document)))
            })
            .collect();
        let table = Span::within(document.text(), 7, 7 + source.len());
        let mut reader = Reader {
            mapping: self,
            plain: &plain,
            at,
            table: table.into_iter().collect(),
            known,
            problems: Vec::new(),
        };
        let report = reader.report(&document)?;
        let words = reader.spans("words").chain(reader.spans("title")).collect();
        let title = reader.value("title").map(|(title, _)| Found::new(title, How::Field));
        let problems = reader.problems;
        let (source, id) = (source.to_owned(), id.to_owned());
        let outlet = Some(Found::new(source.clone(), How::Field));
        (document.title, document.outlet) = (title, outlet);
        Ok(Fresh { source, id, document, cells, words, report, problems })
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::FORMATS;
    use super::*;
    use crate::ontology::Kind;

    fn read(format: &str, row: &[(&str, &str)]) -> Result<Fresh, Refused> {
        let table = FORMATS.iter().find(|known| known.0 == format).unwrap().1;
        let (header, cells): (Vec<String>, Vec<String>) =
            row.iter().map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).unzip();
        Mapping::parse(table).unwrap().report(&header, &cells, &Knowledge::embedded())
    }

    const ROW: &[(&str, &str)] = &[
        ("id", "77"),
        ("type_of_violence", "3"),
        ("side_a", "IS"),
        ("side_b", "Civilians"),
        ("source_original", "a witness in Tolm"),
        ("where_prec", "1"),
        ("where_coordinates", "Tolm village"),
        ("adm_1", "Idlib governorate"),
        ("latitude", "35.7"),
        ("longitude", "36.5"),
        ("country", "Yemen (North Yemen)"),
        ("date_start", "2017-02-03 00:00:00.000"),
        ("date_end", "2017-02-04"),
        ("best", "4"),
        ("high", "6.0"),
        ("low", "3"),
    ];

    #[test]
    fn every_value_of_a_row_is_a_span_of_it() {
        let fresh = read("ged", ROW).unwrap();
        let text = fresh.document.text();
        let cells: Vec<&str> = fresh.cells.iter().map(|(_, span)| span.of(text)).collect();
        assert_eq!(cells, ROW.iter().map(|(_, cell)| *cell).collect::<Vec<_>>());
        let scene = &fresh.report.scene.as_ref().unwrap();
        let told: Vec<&str> = scene.at.iter().map(|span| span.of(text)).collect();
        assert_eq!(
            told,
            ["Yemen (North Yemen)", "Idlib governorate", "Tolm village", "35.7", "36.5"]
        );
        let plain = (
            &scene.value.country,
            scene.value.place.as_deref(),
            fresh.report.killed.as_ref().unwrap().value,
            fresh.report.when.as_ref().unwrap().value.days(),
            fresh.report.perpetrators.first().and_then(|p| p.actor.clone()),
            fresh.report.targets.first().map(|t| t.sort),
        );
        expect![[r#"
            (
                "YE",
                Some(
                    "Tolm",
                ),
                Count {
                    low: Some(
                        3,
                    ),
                    best: Some(
                        4,
                    ),
                    high: Some(
                        6,
                    ),
                },
                2,
                Some(
                    "islamic-state",
                ),
                Some(
                    Civilians,
                ),
            )
        "#]]
        .assert_debug_eq(&plain);
        assert_eq!(fresh.problems, Vec::<String>::new());
    }

    #[test]
    fn what_a_row_must_say_and_does_not_is_told() {
        let without = |name: &str| {
            let row: Vec<_> = ROW.iter().copied().filter(|cell| cell.0 != name).collect();
            read("ged", &row).unwrap_err().to_string()
        };
        assert_eq!(without("country"), "it does not say in which country");
        assert_eq!(without("id"), "it does not say its id");
        let strange = |name: &str, value: &'static str| {
            let put = |&(n, v)| if n == name { (n, value) } else { (n, v) };
            read("ged", &ROW.iter().map(put).collect::<Vec<_>>())
        };
        assert_eq!(
            strange("country", "Atlantis").unwrap_err().to_string(),
            "\"Atlantis\" is no country"
        );
        assert_eq!(strange("best", "many").unwrap().problems, ["\"many\" is no killed"]);
    }

    #[test]
    fn a_row_of_our_own_export_without_a_type_of_violence_comes_back() {
        let row = |status, sort| {
            read(
                "ged",
                &[
                    ("id", "7f"),
                    ("code_status", status),
                    ("type_of_violence", sort),
                    ("country", "Fiji"),
                ],
            )
        };
        let own = row("Machine coded", "").unwrap();
        assert_eq!((own.source.as_str(), own.report.kind), ("Tocsin", Kind::Assault));
        assert_eq!(row("Clear", "2").unwrap().source, "UCDP GED");
        assert_eq!(row("Clear", "9"), Err(Refused::Unknown("kind that is known", "9".into())));
    }
}
