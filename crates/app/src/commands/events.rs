//! `tocsin events`: which events of a ledger, or which reports, as a table or for programs.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use engine::Knowledge;
use engine::ontology::{Kind, Mode};
use engine::view::ReportView;
use jiff::civil::Date;

use super::hinted;
use crate::failure::{Outcome, hint};
use crate::render::{columns, country, table};
use crate::store::Ledger;
use crate::store::search::{Filter, Line, Near, Sort};

/// Arguments of `tocsin events`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
A row is an event: what all reports of it say together, each value by a stated rule; `tocsin show` \
has every value with who says so. An event is listed if one of its reports passes the filter. With \
--reports a row is a report: what one document says of one event. \"115+\" is at least 115, \"~2024-03-22\" a day that the text does not state itself, \
\"?\" what it does not plainly assert.")]
pub(crate) struct Arguments {
    /// Read this ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    #[command(flatten)]
    filter: FilterArguments,
    /// List reports, one row for each document's telling, not events
    #[arg(long)]
    reports: bool,
    /// Put the rows in this order
    #[arg(long, value_enum, default_value_t)]
    sort: Order,
    /// Print no more than this many rows
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    /// Print the rows in this form
    #[arg(long, value_enum, default_value_t, conflicts_with = "json")]
    format: Format,
    /// Print one JSON object a line, like `--format jsonl`
    #[arg(long)]
    json: bool,
}

/// What a report must have.
#[derive(Debug, Args)]
struct FilterArguments {
    /// Keep what happened in this country, given by its name or its two letters (ISO 3166)
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// Keep what was not over before this day, such as 2024-03-22
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// Keep what had begun by this day
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// Keep this kind of event: ASSAULT, FIGHT, PROTEST …
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Keep what was done so: bombing, shooting, airstrike …
    #[arg(long, value_name = "MODE")]
    mode: Option<String>,
    /// Keep what this actor did or suffered, given by its id or a part of its name
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// Keep what happened at a site, place or area with this in its name
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// Keep what happened near this point, given in degrees north and east
    #[arg(long, value_name = "LAT,LON", allow_hyphen_values = true, value_parser = point)]
    near: Option<(f64, f64)>,
    /// Take near to be within so many kilometres
    #[arg(long, value_name = "KM", default_value_t = 50.0, requires = "near", value_parser = km)]
    radius: f64,
    /// Keep what documents with these words say; use "…" for a phrase, OR, NOT, * for any ending
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// Keep what killed at least so many, by the lowest number that the text allows
    #[arg(long, value_name = "N")]
    killed_at_least: Option<u32>,
    /// Keep also what is only mentioned as background, and what is not violent
    #[arg(long)]
    all: bool,
}

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The latest first
    #[default]
    Day,
    /// The most killed first
    Killed,
    /// By country, then place
    Place,
    /// The most certain first
    Confidence,
}

/// The form of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading in a terminal
    #[default]
    Table,
    /// For spreadsheets
    Csv,
    /// One whole event a line; with --reports a report, as `tocsin code --json` prints it
    Jsonl,
    /// For maps
    Geojson,
}

/// Prints the events or reports that pass the filter.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    list(arguments).map_err(hinted)
}

fn list(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let known = Knowledge::embedded();
    let filter = arguments.filter.meaning(&known)?;
    let ledger = Ledger::open(&arguments.ledger)?;
    if let Some(query) = &filter.text {
        ledger.verify_text(query).map_err(|what| {
            let error = anyhow::anyhow!("the words \"{query}\" are no query ({what})");
            hint(error, "put \"…\" around phrases, and words on both sides of AND, OR and NOT")
        })?;
    }
    let rows = Rows { ledger: &ledger, filter: &filter, arguments };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let n = match if arguments.json { Format::Jsonl } else { arguments.format } {
        Format::Table => rows.table(&known, &mut out),
        Format::Csv => rows.csv(&mut out),
        Format::Jsonl => rows.jsonl(&known, &mut out),
        Format::Geojson => rows.geojson(&mut out),
    }?;
    out.flush()?;
    if n > 0 {
        return Ok(Outcome::Done);
    }
    let mut err = std::io::stderr();
    writeln!(err, "no report passes the filter, of {} in the ledger", ledger.n_reports()?)?;
    if !arguments.filter.all {
        writeln!(err, "hint: --all also lists background, and what is not violent")?;
    }
    Ok(Outcome::Partly)
}

struct Rows<'a> {
    ledger: &'a Ledger,
    filter: &'a Filter,
    arguments: &'a Arguments,
}

impl Rows<'_> {
    fn each(&self, mut print: impl FnMut(Line) -> anyhow::Result<()>) -> anyhow::Result<u64> {
        let mut n = 0;
        let (sort, limit) = (self.arguments.sort.meaning(), self.arguments.limit);
        let each = |line| {
            n += 1;
            print(line)
        };
        if self.arguments.reports {
            self.ledger.search(self.filter, sort, limit, each)?;
        } else {
            self.ledger.search_events(self.filter, sort, limit, each)?;
        }
        Ok(n)
    }

    fn table(&self, known: &Knowledge, out: &mut impl Write) -> anyhow::Result<u64> {
        let mut rows = Vec::new();
        let n = self.each(|line| {
            rows.push(columns::cells(&line, known));
            Ok(())
        })?;
        if rows.is_empty() {
            return Ok(0);
        }
        for line in table::lines(columns::TABLE, &rows, width()) {
            writeln!(out, "{line}")?;
        }
        let (n_all, what) = if self.arguments.reports {
            (self.ledger.count(self.filter)?, "reports")
        } else {
            (self.ledger.count_events(self.filter)?, "events")
        };
        if i64::try_from(rows.len()).is_ok_and(|n| n < n_all) {
            writeln!(out, "{} of {n_all} {what}", rows.len())?;
        }
        Ok(n)
    }

    fn csv(&self, out: &mut impl Write) -> anyhow::Result<u64> {
        writeln!(out, "{}", columns::csv_head())?;
        self.each(|line| Ok(writeln!(out, "{}", columns::csv(&line))?))
    }

    fn jsonl(&self, known: &Knowledge, out: &mut impl Write) -> anyhow::Result<u64> {
        self.each(|line| {
            if let (false, Ok(id)) = (self.arguments.reports, line.id.parse()) {
                serde_json::to_writer(&mut *out, &self.ledger.event(id)?)?;
                return Ok(writeln!(out)?);
            }
            let whole = self.ledger.report(line.row)?;
            let mut view = ReportView::of(&whole.report, &whole.document, known);
            view.made_by = whole.build;
            serde_json::to_writer(&mut *out, &view)?;
            Ok(writeln!(out)?)
        })
    }

    fn geojson(&self, out: &mut impl Write) -> anyhow::Result<u64> {
        write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
        let mut before = "\n";
        let n = self.each(|line| {
            write!(out, "{before}{}", columns::feature(&line))?;
            before = ",\n";
            Ok(())
        })?;
        writeln!(out, "\n]}}")?;
        Ok(n)
    }
}

impl Order {
    fn meaning(self) -> Sort {
        match self {
            Self::Day => Sort::Day,
            Self::Killed => Sort::Killed,
            Self::Place => Sort::Place,
            Self::Confidence => Sort::Confidence,
        }
    }
}

impl FilterArguments {
    fn meaning(&self, known: &Knowledge) -> anyhow::Result<Filter> {
        let country = self.country.as_deref().map(|given| {
            country::code(known, given).ok_or_else(|| {
                let error = anyhow::anyhow!("no country is called \"{given}\"");
                hint(error, "give the two letters of ISO 3166, such as NG")
            })
        });
        let kind = self.kind.as_deref().map(|given| {
            let kinds = Kind::ALL.iter().map(|kind| kind.as_str());
            term("kind", &given.to_uppercase(), &kinds.collect::<Vec<_>>())
        });
        let mode = self.mode.as_deref().map(|given| {
            let modes = Mode::ALL.iter().map(|mode| mode.as_str());
            term("mode", &given.to_lowercase().replace([' ', '-'], "_"), &modes.collect::<Vec<_>>())
        });
        Ok(Filter {
            country: country.transpose()?,
            from: self.from,
            to: self.to,
            kind: kind.transpose()?,
            mode: mode.transpose()?,
            actor: self.actor.clone(),
            place: self.place.clone(),
            near: self.near.map(|(lat, lon)| Near { lat, lon, km: self.radius }),
            text: self.text.as_deref().map(query),
            killed_at_least: self.killed_at_least,
            main: !self.all,
            violent: !self.all,
        })
    }
}

fn term(what: &str, given: &str, all: &[&str]) -> anyhow::Result<String> {
    if all.contains(&given) {
        return Ok(given.to_owned());
    }
    let error = anyhow::anyhow!("no {what} is called \"{given}\"");
    Err(hint(error, format!("give one of {}", all.join(", "))))
}

/// What the user types → what FTS5 understands: words with other signs in them ("al-Shabaab",
/// "l'État") become phrases.
fn query(typed: &str) -> String {
    let mut in_phrase = false;
    let words = typed.split(' ').map(|word| {
        let plain = |c: char| c.is_alphanumeric() || "_*()\"".contains(c);
        let quoted = in_phrase || word.contains('"');
        in_phrase ^= word.matches('"').count() % 2 == 1;
        if quoted || word.chars().all(plain) { word.to_owned() } else { format!("\"{word}\"") }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The width of the terminal, or what `COLUMNS` says it is.
fn width() -> Option<usize> {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let term = console::Term::stdout();
    said.or_else(|| term.size_checked().map(|(_, columns)| columns.into()))
}

fn point(typed: &str) -> anyhow::Result<(f64, f64)> {
    let (lat, lon) = typed.split_once(',').context("give LAT,LON, such as 55.75,37.62")?;
    let (lat, lon): (f64, f64) = (lat.trim().parse()?, lon.trim().parse()?);
    anyhow::ensure!(lat.abs() <= 90.0, "the latitude is not between -90 and 90");
    anyhow::ensure!(lon.abs() <= 180.0, "the longitude is not between -180 and 180");
    Ok((lat, lon))
}

fn km(typed: &str) -> anyhow::Result<f64> {
    let km: f64 = typed.parse()?;
    anyhow::ensure!((0.0..=20_040.0).contains(&km), "the radius is not between 0 and 20040 km");
    Ok(km)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_other_signs_become_phrases() {
        assert_eq!(query("market bomb*"), "market bomb*");
        assert_eq!(query("al-Shabaab OR l'État"), "\"al-Shabaab\" OR \"l'État\"");
        assert_eq!(query("\"at least a-dozen\" x-y"), "\"at least a-dozen\" \"x-y\"");
    }

    #[test]
    fn a_point_is_on_the_globe() {
        assert_eq!(point("-18.1, 178.4").ok(), Some((-18.1, 178.4)));
        assert!(point("91,0").is_err());
        assert!(point("NaN,0").is_err());
        assert!(point("12").is_err());
    }
}
