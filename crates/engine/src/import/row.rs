//! A row → a document whose text is the row, and the report that it is.

use std::collections::BTreeMap;

use jiff::civil::Date;
use reading::{Document, Found, How, Span};

use super::mapping::{From, Line, Mapping};
use crate::Knowledge;
use crate::date::MONTHS;
use crate::lexicon::Sense;
use crate::ontology::{Assertion, Attribution, Kind, Mode, Sort, Stage, WeaponSort};
use crate::report::{Perpetrator, Report, ReportId, Speaker, SpeakerSort, Target, Weapon};
use crate::resolved::{Basis, Count, Period, Precision, Resolved, Scene};
use crate::text::Text;

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

/// The value of a line in this row, if it says anything.
fn said<'r>(line: &'r Line, row: &BTreeMap<&str, &'r str>) -> Option<&'r str> {
    let value = match &line.from {
        From::Always(value) => value.as_str(),
        From::Column(column) => row.get(column.as_str()).copied()?,
    };
    Some(value).filter(|value| !is_silent(value))
}

/// Whether a cell says nothing.
fn is_silent(value: &str) -> bool {
    matches!(value, "" | "NA" | "N/A" | "nan" | "NULL" | "." | "-9" | "-99")
}

/// The span without the white space around it.
fn trimmed(span: Span, document: &Document) -> Span {
    let words = span.of(document.text());
    let start = span.start() + words.len() - words.trim_start().len();
    Span::within(document.text(), start, start + words.trim().len()).unwrap_or(span)
}

struct Reader<'r> {
    mapping: &'r Mapping,
    plain: &'r BTreeMap<&'r str, &'r str>,
    at: BTreeMap<&'r str, Span>,
    table: Vec<Span>,
    known: &'r Knowledge,
    problems: Vec<String>,
}

impl Reader<'_> {
    /// The words that a line rests on: its cell, or the name of the table.
    fn span(&self, line: &Line) -> Option<Span> {
        match &line.from {
            From::Always(_) => self.table.first().copied(),
            From::Column(column) => self.at.get(column.as_str()).copied(),
        }
    }

    fn spans(&self, field: &'static str) -> impl Iterator<Item = Span> {
        let lines = self.mapping.lines(field, self.plain);
        let told = lines.filter(|line| said(line, self.plain).is_some());
        told.filter_map(|line| self.span(line)).collect::<Vec<_>>().into_iter()
    }

    /// All terms of a field with where they stand; values that the mapping does not know are noted.
    fn values(&mut self, field: &'static str) -> Vec<(String, Span)> {
        let mut values = Vec::new();
        for line in self.mapping.lines(field, self.plain) {
            let Some(value) = said(line, self.plain) else { continue };
            match line.term(value) {
                Some("") => {}
                Some(term) => {
                    values.extend(self.span(line).map(|span| (term.to_owned(), span)));
                }
                None => self.problems.push(format!("\"{value}\" is no {field} that is known")),
            }
        }
        values
    }

    fn value(&mut self, field: &'static str) -> Option<(String, Span)> {
        self.values(field).into_iter().next()
    }

    /// The value of a field as `parse` reads it; what it cannot read is noted.
    fn parsed<T>(
        &mut self,
        field: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<(T, Span)> {
        let (value, span) = self.value(field)?;
        let parsed = parse(&value);
        if parsed.is_none() {
            self.problems.push(format!("\"{value}\" is no {field}"));
        }
        parsed.map(|parsed| (parsed, span))
    }

    fn report(&mut self, document: &Document) -> Result<Report, Refused> {
        let (kind, kind_at) = self.value("kind").ok_or(Refused::Silent("what kind it is of"))?;
        let kind = Kind::parse(&kind).ok_or(Refused::Unknown("kind", kind))?;
        let scene = self.scene(document)?;
        let when = self.when();
        let killed = self.killed();
        let evidence: Vec<Span> = [
            when.as_ref().map(|when| when.at.clone()),
            Some(scene.at.clone()),
            Some(vec![kind_at]),
            killed.as_ref().map(|killed| killed.at.clone()),
        ]
        .into_iter()
        .flatten()
        .flatten()
        .collect();
        let perpetrators = self.perpetrators();
        let of = |term: &str| Mode::parse(term);
        let mode = self.parsed("mode", of).map_or(Mode::Other, |mode| mode.0);
        let stage = self.parsed("stage", Stage::parse).map_or(Stage::Accomplished, |s| s.0);
        Ok(Report {
            id: ReportId::of(&[&document.id.bytes(), b"row"]),
            document: document.id,
            kind,
            mode,
            stage,
            assertion: Assertion::Asserted,
            main: true,
            when,
            scene: Some(scene),
            perpetrators,
            targets: self.targets(),
            weapons: self.weapons(),
            killed,
            injured: self.count("injured"),
            abducted: self.count("abducted"),
            killed_includes_perpetrators: None,
            speakers: self
                .values("speaker")
                .into_iter()
                .map(|(_, name)| Speaker { name, sort: SpeakerSort::Other })
                .collect(),
            deed: None,
            evidence,
            confidence: 1.0,
        })
    }

    fn when(&mut self) -> Option<Resolved<Period>> {
        if let Some((start, at)) = self.parsed("first_day", day) {
            let last = self.parsed("last_day", day).filter(|(end, _)| *end >= start);
            let (end, at) = match last {
                Some((end, to)) => (end, vec![at, to]),
                None => (start, vec![at]),
            };
            return Some(Resolved::new(Period { start, end }, Basis::Stated, at, "import"));
        }
        let (year, at) = self.parsed("year", |year| year.parse::<i16>().ok())?;
        let part = |n: &str| n.parse::<i8>().ok();
        let month = self.parsed("month", part).filter(|month| month.0 > 0);
        let day = self.parsed("day", part).filter(|day| day.0 > 0 && month.is_some());
        let at = [Some(at), month.map(|m| m.1), day.map(|d| d.1)].into_iter().flatten().collect();
        let start = Date::new(year, month.map_or(1, |m| m.0), day.map_or(1, |d| d.0)).ok()?;
        let end = match (month, day) {
            (_, Some(_)) => start,
            (Some(_), None) => start.last_of_month(),
            (None, _) => start.last_of_year(),
        };
        Some(Resolved::new(Period { start, end }, Basis::Stated, at, "import"))
    }

    fn scene(&mut self, document: &Document) -> Result<Resolved<Scene>, Refused> {
        let (name, at) = self.value("country").ok_or(Refused::Silent("in which country"))?;
        let Some(country) = self.country(&name) else {
            return Err(Refused::Unknown("country", name));
        };
        let mut at = vec![at];
        let mut words = |reader: &mut Self, field| {
            let (_, span) = reader.value(field)?;
            at.push(span);
            Some(bare(span.of(document.text())).to_owned())
        };
        let admin1 = words(self, "admin1");
        let place = words(self, "place");
        let site = words(self, "site");
        let degrees = |n: &str| n.parse::<f64>().ok().filter(|d| d.abs() <= 180.0);
        let lat = self.parsed("lat", degrees).filter(|lat| lat.0.abs() <= 90.0);
        let lon = self.parsed("lon", degrees);
        at.extend(lat.zip(lon).into_iter().flat_map(|(lat, lon)| [lat.1, lon.1]));
        let precision = self.parsed("precision", precision).map(|p| p.0);
        let precision = precision.unwrap_or(match (&place, &admin1) {
            (Some(_), _) => Precision::Place,
            (None, Some(_)) => Precision::Admin1,
            _ => Precision::Country,
        });
        let (lat, lon) = lat.zip(lon).map(|(lat, lon)| (lat.0, lon.0)).unzip();
        let scene = Scene { country, admin1, place, site, lat, lon, precision };
        Ok(Resolved::new(scene, Basis::Stated, at, "import"))
    }

    /// The code of a country, which may be a code already. `Yemen (North Yemen)` is Yemen.
    fn country(&self, name: &str) -> Option<String> {
        let countries = &self.known.geography.countries;
        let code = |n: u16| {
            let code = countries.get(usize::from(n))?.code;
            Some(String::from_utf8_lossy(&code).into_owned())
        };
        if let Some(n) = self.known.geography.country(name) {
            return code(n);
        }
        let text = Text::of(name);
        let mentions = self.known.matcher.find(&text);
        mentions.iter().find_map(|mention| {
            code(mention.sense(|sense| match sense {
                Sense::Country(n) => Some(n),
                _ => None,
            })?)
        })
    }

    fn killed(&mut self) -> Option<Resolved<Count>> {
        let [low, best, high] = ["killed_low", "killed", "killed_high"].map(|f| self.number(f));
        let at: Vec<Span> = [low, best, high].into_iter().flatten().map(|n| n.1).collect();
        let value = |n: Option<(u32, Span)>| n.map(|n| n.0);
        let exact = value(best).filter(|_| low.is_none() && high.is_none());
        let count = match exact {
            Some(n) => Count::exactly(n),
            None => Count { low: value(low), best: value(best), high: value(high) },
        };
        (!at.is_empty()).then(|| Resolved::new(count, Basis::Stated, at, "import"))
    }

    fn count(&mut self, field: &'static str) -> Option<Resolved<Count>> {
        let (n, at) = self.number(field)?;
        Some(Resolved::new(Count::exactly(n), Basis::Stated, vec![at], "import"))
    }

    /// A number; `3.0` is 3.
    fn number(&mut self, field: &'static str) -> Option<(u32, Span)> {
        self.parsed(field, |cell| {
            let whole = cell.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0'));
            whole.map_or(cell, |(whole, _)| whole).parse().ok()
        })
    }

    fn perpetrators(&mut self) -> Vec<Perpetrator> {
        let attribution = self.parsed("attribution", Attribution::parse);
        let attribution = attribution.map_or(Attribution::Fact, |a| a.0);
        let parties = self.values("perpetrator");
        let one = |(name, span): (String, Span)| {
            let (actor, sort) = self.actor(&name);
            Perpetrator { name: span, actor, sort: sort.unwrap_or(Sort::Organisation), attribution }
        };
        parties.into_iter().map(one).collect()
    }

    /// The actor that a name is, if the whole of it is one, with or without what stands in
    /// brackets behind it.
    fn actor(&self, name: &str) -> (Option<String>, Option<Sort>) {
        match (self.named(name), name.rsplit_once(" (")) {
            ((None, _), Some((before, _))) => self.named(before),
            (found, _) => found,
        }
    }

    fn named(&self, name: &str) -> (Option<String>, Option<Sort>) {
        let text = Text::of(name);
        let mentions = self.known.matcher.find(&text);
        let [mention] = &mentions[..] else { return (None, None) };
        if mention.first > 0 || mention.last < text.tokens.len() {
            return (None, None);
        }
        let found = mention.sense(|sense| match sense {
            Sense::Actor(n, _) | Sense::Weak(n) => self.known.actors.get(n),
            _ => None,
        });
        (found.map(|actor| actor.id.to_owned()), found.map(|actor| actor.sort))
    }

    fn targets(&mut self) -> Vec<Target> {
        let other = self.parsed("target_sort", Sort::parse).map(|sort| sort.0);
        let targets = self.values("target");
        let one = |(term, name): (String, Span)| Target {
            name,
            actor: None,
            sort: other.or(Sort::parse(&term)).unwrap_or(Sort::Other),
            person: true,
            named: false,
            description: None,
            nation: None,
            number: None,
            effect: None,
        };
        targets.into_iter().map(one).collect()
    }

    fn weapons(&mut self) -> Vec<Weapon> {
        let weapons = self.values("weapon").into_iter();
        weapons
            .filter_map(|(term, name)| Some(Weapon { name, sort: WeaponSort::parse(&term)? }))
            .collect()
    }
}

/// The name of a place without the word for what it is, where that comes last and small.
fn bare(name: &str) -> &str {
    const WORDS: [&str; 12] = [
        "village",
        "town",
        "city",
        "province",
        "governorate",
        "district",
        "state",
        "region",
        "county",
        "department",
        "oblast",
        "area",
    ];
    match name.rsplit_once(' ') {
        Some((bare, last)) if WORDS.contains(&last) => bare,
        _ => name,
    }
}

fn precision(term: &str) -> Option<Precision> {
    use Precision::{Admin1, Admin2, Country, Near, Place, Site};
    [Site, Place, Near, Admin2, Admin1, Country].into_iter().find(|p| p.as_str() == term)
}

/// `2024-03-01`, with a time or not; `01 March 2024`; `1-Mar-2024`.
fn day(cell: &str) -> Option<Date> {
    if let Some(day) = cell.get(..10).and_then(|iso| iso.parse().ok()) {
        return Some(day);
    }
    let mut parts = cell.split([' ', '-', '/']).filter(|part| !part.is_empty());
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = month.get(..3)?.to_ascii_lowercase();
    let month = (1_i8..).zip(MONTHS).find(|(_, name)| name.starts_with(&month))?.0;
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::FORMATS;
    use super::*;

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
        assert_eq!(row("Clear", "9"), Err(Refused::Silent("what kind it is of")));
    }

    #[test]
    fn days_are_read_as_tables_write_them() {
        let read = |cell| day(cell).map(|day| day.to_string());
        assert_eq!(read("2024-03-01").as_deref(), Some("2024-03-01"));
        assert_eq!(read("01 March 2024").as_deref(), Some("2024-03-01"));
        assert_eq!(read("1-Mar-2024").as_deref(), Some("2024-03-01"));
        assert_eq!(read("soon"), None);
    }
}
