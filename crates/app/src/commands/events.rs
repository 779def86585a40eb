//! `tocsin events`: which events of a ledger, or which reports, as a table or for programs.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use engine::Knowledge;
use jiff::civil::Date;

use super::hinted;
use crate::export::{Export, Form, Shape};
use crate::failure::{Outcome, hint};
use crate::question::{self, Misread};
use crate::render::{columns, table};
use crate::store::Ledger;
use crate::store::search::{Filter, Near, Sort};
use crate::store::seek::Rows;

/// Arguments of `tocsin events`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
A row is an event: what all reports of it say together, each value by a stated rule; `tocsin show` \
has every value with who says so. An event is listed if one of its reports passes the filter. With \
--reports a row is a report: what one document says of one event. \"115+\" is at least 115, \"~2024-03-22\" a day that the text does not state itself, \
\"?\" what it does not plainly assert. docs/codebook.md says what each column means.")]
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
    /// Print the rows in this form [default: table; csv with --columns or --hxl]
    #[arg(long, value_enum, conflicts_with = "json")]
    format: Option<Format>,
    /// Give csv or parquet these columns: full, ours; ged, acled or polecat, as UCDP GED, ACLED and
    /// POLECAT have them
    #[arg(long, value_name = "NAME", conflicts_with = "json")]
    columns: Option<String>,
    /// Put the tags of the Humanitarian Exchange Language below the names of columns
    #[arg(long, conflicts_with = "json")]
    hxl: bool,
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
    #[arg(long, value_name = "LAT,LON", allow_hyphen_values = true, value_parser = question::point)]
    near: Option<(f64, f64)>,
    /// Take near to be within so many kilometres
    #[arg(long, value_name = "KM", default_value_t = 50.0, requires = "near", value_parser = question::km)]
    radius: f64,
    /// Keep what documents with these words say; use "…" for a phrase, OR, NOT, * for any ending
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// Keep what killed at least so many, by the lowest number that the text allows
    #[arg(long, value_name = "N")]
    killed_at_least: Option<u32>,
    /// Keep what this outlet tells
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Keep what a report tells whose coding is so certain, in per cent
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    confidence_at_least: Option<u32>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading in a terminal
    Table,
    /// For spreadsheets
    Csv,
    /// One whole event a line; with --reports a report, as `tocsin code --json` prints it
    Jsonl,
    /// For maps
    Geojson,
    /// For data frames and databases: the columns of the csv, with their types
    Parquet,
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
            let error = question::no_query(query, &what);
            hint(anyhow::anyhow!(error.message), error.hint)
        })?;
    }
    let rows = if arguments.reports { Rows::Reports } else { Rows::Events };
    let (sort, limit) = (arguments.sort.meaning(), arguments.limit);
    let export = Export { ledger: &ledger, known: &known, rows, filter: &filter, sort, limit };
    let mut out = BufWriter::new(std::io::stdout());
    let n = match arguments.shape()? {
        None => table(&export, &mut out),
        Some(shape) => export.write(shape, &mut out),
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

/// The rows as a table, with how many there are in all.
fn table(export: &Export<'_>, out: &mut impl Write) -> anyhow::Result<u64> {
    let mut rows = Vec::new();
    let n = export.each(|line| {
        rows.push(columns::cells(&line, export.known));
        Ok(())
    })?;
    if rows.is_empty() {
        return Ok(0);
    }
    for line in table::lines(columns::TABLE, &rows, width()) {
        writeln!(out, "{line}")?;
    }
    let (n_all, what) = match export.rows {
        Rows::Reports => (export.ledger.count(export.filter)?, "reports"),
        Rows::Events => (export.ledger.count_events(export.filter)?, "events"),
    };
    if i64::try_from(rows.len()).is_ok_and(|n| n < n_all) {
        writeln!(out, "{} of {n_all} {what}", rows.len())?;
    }
    Ok(n)
}

impl Arguments {
    /// The form for programs that is asked for; `None` for a table.
    fn shape(&self) -> anyhow::Result<Option<Shape>> {
        let with_columns = self.columns.is_some() || self.hxl;
        let form = match self.format {
            _ if self.json => Form::Jsonl,
            None if with_columns => Form::Csv,
            None | Some(Format::Table) if !with_columns => return Ok(None),
            Some(Format::Csv) => Form::Csv,
            Some(Format::Jsonl) => Form::Jsonl,
            Some(Format::Geojson) => Form::Geojson,
            Some(Format::Parquet) => Form::Parquet,
            None | Some(Format::Table) => {
                let error = anyhow::anyhow!("a table has columns of its own");
                return Err(hint(error, "ask for csv or parquet, or leave the columns out"));
            }
        };
        if form == Form::Parquet && std::io::stdout().is_terminal() {
            let error = anyhow::anyhow!("parquet is not for terminals");
            return Err(hint(error, "send it to a file: `> events.parquet`"));
        }
        let told = |(_, error): (_, Misread)| hint(anyhow::anyhow!(error.message), error.hint);
        Shape::of(form, self.columns.as_deref(), self.hxl).map(Some).map_err(told)
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
        let told = |error: Misread| hint(anyhow::anyhow!(error.message), error.hint);
        let country = self.country.as_deref().map(|given| question::country(known, given));
        let kind = self.kind.as_deref().map(question::kind);
        let mode = self.mode.as_deref().map(question::mode);
        Ok(Filter {
            country: country.transpose().map_err(told)?,
            from: self.from,
            to: self.to,
            kind: kind.transpose().map_err(told)?,
            mode: mode.transpose().map_err(told)?,
            actor: self.actor.clone(),
            actor_id: None,
            place: self.place.clone(),
            place_named: None,
            near: self.near.map(|(lat, lon)| Near { lat, lon, km: self.radius }),
            text: self.text.as_deref().map(question::words),
            killed_at_least: self.killed_at_least,
            outlet: self.outlet.clone(),
            confidence_at_least: self.confidence_at_least,
            main: !self.all,
            violent: !self.all,
        })
    }
}

/// The width of the terminal, or what `COLUMNS` says it is.
fn width() -> Option<usize> {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let term = console::Term::stdout();
    said.or_else(|| term.size_checked().map(|(_, columns)| columns.into()))
}
