//! Which reports a reader asks for, and in which order.
//!
//! Every condition is one more `AND`, so a narrower question never has more answers.

use engine::place::kilometres;
use jiff::civil::Date;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::error::StoreError;
use super::ledger::Ledger;
use super::sheet::is_bare;

/// What a report must have. Absent means that it does not matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Filter {
    /// ISO 3166-1 alpha-2.
    pub(crate) country: Option<String>,
    /// Not over before this day.
    pub(crate) from: Option<Date>,
    /// Not begun after this day.
    pub(crate) to: Option<Date>,
    /// Term of the ontology.
    pub(crate) kind: Option<String>,
    /// Term of the ontology.
    pub(crate) mode: Option<String>,
    /// The id of a party's actor, or a part of a party's name.
    pub(crate) actor: Option<String>,
    /// The id of a party's actor, and no part of a name.
    pub(crate) actor_id: Option<String>,
    /// A part of the name of the site, the place or the first-level area.
    pub(crate) place: Option<String>,
    /// The whole name of the place, or of the first-level area.
    pub(crate) place_named: Option<String>,
    /// Not further from here.
    pub(crate) near: Option<Near>,
    /// Words of the document, in the language of FTS5.
    pub(crate) text: Option<String>,
    /// The lowest number of killed that the text allows.
    pub(crate) killed_at_least: Option<u32>,
    /// The outlet of the document.
    pub(crate) outlet: Option<String>,
    /// How certain the coding is, in per cent.
    pub(crate) confidence_at_least: Option<u32>,
    /// What the document is about, and nothing that it only mentions.
    pub(crate) main: bool,
    /// Violence only.
    pub(crate) violent: bool,
}

/// A circle on the globe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Near {
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lon: f64,
    /// Radius.
    pub(crate) km: f64,
}

/// The order of the answers. What is not known comes last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    /// The latest first.
    #[default]
    Day,
    /// The most killed first.
    Killed,
    /// By country, then place.
    Place,
    /// The most certain first.
    Confidence,
}

/// A report as one line of a table. The names are those of the views' columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) row: i64,
    pub(crate) id: String,
    pub(crate) document: String,
    pub(crate) kind: String,
    pub(crate) mode: String,
    pub(crate) stage: String,
    pub(crate) assertion: String,
    pub(crate) main: bool,
    pub(crate) first_day: Option<String>,
    pub(crate) last_day: Option<String>,
    pub(crate) when_basis: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) admin1: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
    pub(crate) where_basis: Option<String>,
    pub(crate) killed: [Option<u32>; 3],
    pub(crate) injured: [Option<u32>; 3],
    pub(crate) perpetrators: Option<String>,
    pub(crate) confidence: f64,
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) duplicate_of: Option<String>,
    /// How many reports and independent sources an event has.
    pub(crate) told: Option<(u32, u32)>,
}

impl Ledger {
    /// How many events have a report that passes `filter`.
    pub(crate) fn count_events(&self, filter: &Filter) -> Result<i64, StoreError> {
        let (passes, values) = filter.of_events();
        let sql = format!("SELECT count(*) FROM event WHERE {passes}");
        self.connection
            .query_row(&sql, values_of(&values), |row| row.get(0))
            .map_err(|error| self.failed(error))
    }

    /// Calls `each` with the events that have a report that passes `filter`, in order.
    pub(crate) fn search_events<E: From<StoreError>>(
        &self,
        filter: &Filter,
        sort: Sort,
        limit: Option<u32>,
        mut each: impl FnMut(Line) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error| self.failed(error);
        let (passes, values) = filter.of_events();
        let (order, limit) = (sort.of_events(), limit.map_or(-1, i64::from));
        let sql = format!(
            "SELECT {COLUMNS_OF_EVENTS} FROM event
             JOIN report ON report.row = (SELECT min(report) FROM member WHERE event = event.id)
             JOIN document ON document.seq = report.document
             WHERE {passes} ORDER BY {order}, event.id LIMIT {limit}"
        );
        let mut query = self.connection.prepare(&sql).map_err(failed)?;
        let mut rows = query.query(values_of(&values)).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let mut line = line(row).map_err(failed)?;
            line.told = row.get(31).and_then(|n| Ok(Some((n, row.get(32)?)))).map_err(failed)?;
            each(line)?;
        }
        Ok(())
    }

    /// How many reports pass `filter`.
    pub(crate) fn count(&self, filter: &Filter) -> Result<i64, StoreError> {
        let (conditions, values) = filter.sql();
        self.connection
            .query_row(&format!("SELECT count(*) {FROM} {conditions}"), values_of(&values), |row| {
                row.get(0)
            })
            .map_err(|error| self.failed(error))
    }

    /// Calls `each` with the reports that pass `filter`, in order; ends with the first error.
    pub(crate) fn search<E: From<StoreError>>(
        &self,
        filter: &Filter,
        sort: Sort,
        limit: Option<u32>,
        mut each: impl FnMut(Line) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error| self.failed(error);
        let (conditions, values) = filter.sql();
        let order = sort.sql();
        let limit = limit.map_or(-1, i64::from);
        let sql =
            format!("SELECT {COLUMNS} {FROM} {conditions} ORDER BY {order}, row LIMIT {limit}");
        let mut query = self.connection.prepare(&sql).map_err(failed)?;
        let mut rows = query.query(values_of(&values)).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            each(line(row).map_err(failed)?)?;
        }
        Ok(())
    }

    /// Says what is wrong with a query of words, if something is.
    pub(crate) fn verify_text(&self, query: &str) -> Result<(), String> {
        if is_bare(query) {
            return Ok(());
        }
        self.connection
            .prepare("SELECT 1 FROM words WHERE words MATCH ?")
            .and_then(|mut statement| statement.exists([query]))
            .map(|_| ())
            .map_err(|error| error.to_string())
    }
}

/// Adds `km(lat, lon, lat, lon)`, the distance on the globe.
pub(super) fn add_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_UTF8;
    connection.create_scalar_function("km", 4, flags, |arguments| {
        let degrees = |i| arguments.get::<f64>(i);
        Ok(kilometres((degrees(0)?, degrees(1)?), (degrees(2)?, degrees(3)?)))
    })
}

const FROM: &str = "FROM report JOIN document ON document.seq = report.document";

const COLUMNS: &str =
    "row, lower(hex(report.id)), lower(hex(document.id)), kind, mode, stage, assertion, main,
    first_day, last_day, when_basis, country, admin1, place, site, lat, lon, where_basis,
    killed_low, killed_best, killed_high, injured_low, injured_best, injured_high,
    perpetrators, confidence, title, outlet, published, url,
    iif(duplicate_of IS NULL, NULL, lower(hex(duplicate_of)))";

/// The reports of events.
const MEMBERS: &str = "FROM member JOIN report ON report.row = member.report
    JOIN document ON document.seq = report.document";

/// As [`COLUMNS`], with what the reports say together, and the document of the first of them.
pub(super) const COLUMNS_OF_EVENTS: &str =
    "report.row, lower(hex(event.id)), lower(hex(document.id)), event.kind, event.mode,
    event.stage, event.assertion, event.main, event.first_day, event.last_day, event.when_basis,
    event.country, event.admin1, event.place, event.site, event.lat, event.lon, event.where_basis,
    event.killed_low, event.killed_best, event.killed_high,
    event.injured_low, event.injured_best, event.injured_high,
    event.perpetrators, event.confidence, title, outlet, published, url,
    iif(duplicate_of IS NULL, NULL, lower(hex(duplicate_of))), n_reports, n_sources";

pub(super) fn line(row: &Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        row: row.get(0)?,
        id: row.get(1)?,
        document: row.get(2)?,
        kind: row.get(3)?,
        mode: row.get(4)?,
        stage: row.get(5)?,
        assertion: row.get(6)?,
        main: row.get(7)?,
        first_day: row.get(8)?,
        last_day: row.get(9)?,
        when_basis: row.get(10)?,
        country: row.get(11)?,
        admin1: row.get(12)?,
        place: row.get(13)?,
        site: row.get(14)?,
        lat: row.get(15)?,
        lon: row.get(16)?,
        where_basis: row.get(17)?,
        killed: [row.get(18)?, row.get(19)?, row.get(20)?],
        injured: [row.get(21)?, row.get(22)?, row.get(23)?],
        perpetrators: row.get(24)?,
        confidence: row.get(25)?,
        title: row.get(26)?,
        outlet: row.get(27)?,
        published: row.get(28)?,
        url: row.get(29)?,
        duplicate_of: row.get(30)?,
        told: None,
    })
}

pub(super) fn values_of(values: &[Value]) -> impl rusqlite::Params {
    params_from_iter(values)
}

impl Sort {
    fn sql(self) -> &'static str {
        match self {
            Self::Day => "first_day DESC NULLS LAST",
            Self::Killed => "coalesce(killed_best, killed_low, killed_high) DESC NULLS LAST",
            Self::Place => "country NULLS LAST, place NULLS LAST, first_day NULLS LAST",
            Self::Confidence => "confidence DESC",
        }
    }

    fn of_events(self) -> &'static str {
        match self {
            Self::Day => "event.first_day DESC NULLS LAST",
            Self::Killed => {
                "coalesce(event.killed_best, event.killed_low, event.killed_high) DESC NULLS LAST"
            }
            Self::Place => {
                "event.country NULLS LAST, event.place NULLS LAST, event.first_day NULLS LAST"
            }
            Self::Confidence => "event.confidence DESC",
        }
    }
}

impl Filter {
    /// Violence that documents are about.
    pub(crate) fn attacks() -> Self {
        Self { main: true, violent: true, ..Self::default() }
    }

    /// Whether most events pass, so that it is quicker to ask each of them than to gather all
    /// reports that pass.
    fn is_broad(&self) -> bool {
        let any = Self { main: self.main, violent: self.violent, ..Self::default() };
        *self == any
    }

    /// The condition that an event has a report that passes, and the values that it refers to.
    pub(super) fn of_events(&self) -> (String, Vec<Value>) {
        let (conditions, values) = self.sql();
        let sql = if self.is_broad() {
            format!("EXISTS (SELECT 1 {MEMBERS} {conditions} AND member.event = event.id)")
        } else {
            format!("event.id IN (SELECT member.event {MEMBERS} {conditions})")
        };
        (sql, values)
    }

    /// The conditions as SQL, and the values that they refer to.
    pub(super) fn sql(&self) -> (String, Vec<Value>) {
        let mut all = Conditions { sql: "WHERE true".into(), values: Vec::new() };
        let day = |day: Date| Value::from(day.to_string());
        let text = |text: &String| Value::from(text.clone());
        all.add("country = ?", self.country.as_ref().map(text));
        all.add("last_day >= ?", self.from.map(day));
        all.add("first_day <= ?", self.to.map(day));
        all.add("kind = ?", self.kind.as_ref().map(text));
        all.add("mode = ?", self.mode.as_ref().map(text));
        all.add("coalesce(killed_low, killed_best) >= ?", self.killed_at_least.map(Value::from));
        all.add("outlet = ?", self.outlet.as_ref().map(text));
        let percent = |percent| Value::from(f64::from(percent) / 100.0);
        all.add("confidence >= ?", self.confidence_at_least.map(percent));
        if self.main {
            all.sql.push_str(" AND main AND NOT rejected");
        }
        if self.violent {
            all.sql.push_str(" AND violent");
        }
        if let Some(actor) = &self.actor {
            all.sql.push_str(
                " AND row IN (SELECT report FROM party
                  WHERE actor = ? OR name LIKE ? ESCAPE '\\')",
            );
            all.values.extend([Value::from(actor.clone()), containing(actor)]);
        }
        all.add(
            "row IN (SELECT report FROM party WHERE actor = ?)",
            self.actor_id.as_ref().map(text),
        );
        if let Some(place) = &self.place_named {
            all.sql.push_str(" AND (place = ? OR admin1 = ?)");
            all.values.extend(std::iter::repeat_n(text(place), 2));
        }
        if let Some(place) = &self.place {
            all.sql.push_str(
                " AND (site LIKE ? ESCAPE '\\' OR place LIKE ? ESCAPE '\\'
                  OR admin1 LIKE ? ESCAPE '\\')",
            );
            all.values.extend(std::iter::repeat_n(containing(place), 3));
        }
        let words = " document.seq IN (SELECT rowid FROM words WHERE words MATCH ?)";
        all.add(words, self.text.as_ref().map(text));
        if let Some(near) = self.near {
            near.add(&mut all);
        }
        (all.sql, all.values)
    }
}

struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    fn add(&mut self, condition: &str, value: Option<Value>) {
        let Some(value) = value else { return };
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.push(value);
    }
}

/// The pattern of what contains `part`.
fn containing(part: &str) -> Value {
    let escaped = part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Value::from(format!("%{escaped}%"))
}

const EARTH_RADIUS_KM: f64 = 6_371.0;

impl Near {
    /// The index gives what is in the box around the circle; the distance decides.
    fn add(self, all: &mut Conditions) {
        let height = (self.km / EARTH_RADIUS_KM).to_degrees();
        let (south, north) = (self.lat - height, self.lat + height);
        // A circle around a pole, or half the globe, has all longitudes.
        let ratio = (self.km / EARTH_RADIUS_KM).sin() / self.lat.to_radians().cos();
        let width = if height >= 90.0 || south <= -90.0 || north >= 90.0 || ratio >= 1.0 {
            360.0
        } else {
            ratio.asin().to_degrees()
        };
        all.sql.push_str(
            " AND row IN (SELECT report FROM scene WHERE north >= ? AND south <= ?
              AND ((east >= ? AND west <= ?) OR east >= ? OR west <= ?))
              AND km(lat, lon, ?, ?) <= ?",
        );
        let (west, east) = (self.lon - width, self.lon + width);
        let numbers =
            [south, north, west, east, west + 360.0, east - 360.0, self.lat, self.lon, self.km];
        all.values.extend(numbers.map(Value::from));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::store::samples;
    use crate::store::seek::Rows;

    fn ledger(folder: &tempfile::TempDir) -> Ledger {
        let mut ledger = Ledger::open_or_create(&folder.path().join("ledger")).unwrap();
        let mut batch = ledger.begin().unwrap();
        for act in samples::acts(60) {
            batch.append("2024-01-01T00:00:00Z", "test", act).unwrap();
        }
        batch.commit().unwrap();
        ledger
    }

    fn found(ledger: &Ledger, filter: &Filter) -> Vec<Line> {
        let mut lines = Vec::new();
        let collect = |line| {
            lines.push(line);
            Ok::<_, StoreError>(())
        };
        ledger.search(filter, Sort::Day, None, collect).unwrap();
        assert_eq!(usize::try_from(ledger.count(filter).unwrap()), Ok(lines.len()));
        let page = ledger.page(Rows::Reports, filter, Sort::Day, None, 10_000).unwrap();
        assert_eq!(page.lines, lines, "in memory: {filter:?}");
        lines
    }

    /// Each condition alone.
    fn conditions() -> Vec<Filter> {
        let any = Filter::default();
        vec![
            Filter { country: Some("FJ".into()), ..any.clone() },
            Filter { from: Some(date(2024, 1, 20)), ..any.clone() },
            Filter { to: Some(date(2024, 2, 10)), ..any.clone() },
            Filter { kind: Some("FIGHT".into()), ..any.clone() },
            Filter { mode: Some("bombing".into()), ..any.clone() },
            Filter { actor: Some("harrow-front".into()), ..any.clone() },
            Filter { actor: Some("AT A MARKET".into()), ..any.clone() },
            Filter { actor_id: Some("harrow-front".into()), ..any.clone() },
            Filter { place: Some("kano".into()), ..any.clone() },
            Filter { place_named: Some("Kano".into()), ..any.clone() },
            Filter { near: Some(Near { lat: -17.0, lon: 179.9, km: 1500.0 }), ..any.clone() },
            Filter { text: Some("longyearbyen".into()), ..any.clone() },
            Filter { killed_at_least: Some(30), ..any.clone() },
            Filter { main: true, ..any.clone() },
            Filter { violent: true, ..any },
        ]
    }

    fn both(a: &Filter, b: &Filter) -> Filter {
        let b = b.clone();
        Filter {
            country: b.country.or_else(|| a.country.clone()),
            from: b.from.or(a.from),
            to: b.to.or(a.to),
            kind: b.kind.or_else(|| a.kind.clone()),
            mode: b.mode.or_else(|| a.mode.clone()),
            actor: b.actor.or_else(|| a.actor.clone()),
            actor_id: b.actor_id.or_else(|| a.actor_id.clone()),
            place: b.place.or_else(|| a.place.clone()),
            place_named: b.place_named.or_else(|| a.place_named.clone()),
            near: b.near.or(a.near),
            text: b.text.or_else(|| a.text.clone()),
            killed_at_least: b.killed_at_least.or(a.killed_at_least),
            outlet: b.outlet.or_else(|| a.outlet.clone()),
            confidence_at_least: b.confidence_at_least.or(a.confidence_at_least),
            main: a.main || b.main,
            violent: a.violent || b.violent,
        }
    }

    #[test]
    fn every_condition_leaves_some_and_takes_some() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = ledger(&folder);
        let all = found(&ledger, &Filter::default()).len();
        for filter in conditions() {
            let some = found(&ledger, &filter).len();
            assert!(some > 0, "{filter:?}");
            let takes_none = filter.actor.is_some() || filter.actor_id.is_some() || filter.violent;
            assert!(some < all || takes_none, "{filter:?}");
        }
    }

    #[test]
    fn events_pass_in_memory_as_they_pass_in_the_ledger() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = ledger(&folder);
        let narrow = Filter { country: Some("NG".into()), main: true, ..Filter::default() };
        let filters = conditions().into_iter().chain([Filter::default(), Filter::attacks()]);
        for filter in filters.flat_map(|one| [both(&one, &narrow), one]) {
            for sort in [Sort::Day, Sort::Killed, Sort::Place, Sort::Confidence] {
                let mut lines = Vec::new();
                let collect = |line| {
                    lines.push(line);
                    Ok::<_, StoreError>(())
                };
                ledger.search_events(&filter, sort, None, collect).unwrap();
                let page = ledger.page(Rows::Events, &filter, sort, None, 10_000).unwrap();
                assert_eq!(page.lines, lines, "{filter:?} {sort:?}");
            }
        }
    }

    #[test]
    fn narrower_never_adds() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = ledger(&folder);
        let rows = |filter: &Filter| -> BTreeSet<i64> {
            found(&ledger, filter).iter().map(|line| line.row).collect()
        };
        for one in conditions() {
            let wide = rows(&one);
            for other in conditions() {
                assert!(rows(&both(&one, &other)).is_subset(&wide), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn what_is_not_known_comes_last_in_every_order() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = ledger(&folder);
        let mut days = Vec::new();
        for line in found(&ledger, &Filter::default()) {
            days.push(line.first_day);
        }
        assert!(days.contains(&None));
        let sorted = {
            let mut sorted = days.clone();
            sorted.sort_by(|a, b| b.cmp(a));
            sorted
        };
        assert_eq!(days, sorted);
    }

    #[test]
    fn the_distance_of_two_cities_is_right() {
        // Moscow to Krasnogorsk is 20 km; Suva to Apia, across the date line, 1,150 km.
        assert!((kilometres((55.7558, 37.6173), (55.8204, 37.3302)) - 19.3).abs() < 0.5);
        assert!((kilometres((-18.1416, 178.4415), (-13.8333, -171.7667)) - 1_148.0).abs() < 10.0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_index_finds_what_a_scan_finds(
            lat in -90.0..90.0_f64, lon in -180.0..180.0_f64, km in 0.0..20_000.0_f64,
        ) {
            thread_local! {
                static LEDGER: (tempfile::TempDir, Ledger) = {
                    let folder = tempfile::tempdir().unwrap();
                    let ledger = ledger(&folder);
                    (folder, ledger)
                };
            }
            LEDGER.with(|(_, ledger)| {
                let near = Filter { near: Some(Near { lat, lon, km }), ..Filter::default() };
                let scan: Vec<Line> = found(ledger, &Filter::default())
                    .into_iter()
                    .filter(|line| {
                        line.lat.zip(line.lon).is_some_and(|at| kilometres(at, (lat, lon)) <= km)
                    })
                    .collect();
                prop_assert_eq!(found(ledger, &near), scan);
                Ok(())
            })?;
        }
    }
}
