//! Which reports are of one event: the views of linking, brought up to date once a batch.
//!
//! Folding an entry only notes which reports are new or lost neighbours ([`add`], [`forget`]);
//! [`settle`] then looks at these and what they touch, and at nothing else. Since what is of one
//! event depends on the reports alone, a ledger that grew in many batches has the events of one
//! that was folded at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use engine::link::reconcile::{Account, EventView, reconcile};
use engine::link::{
    EventId, Linker, Telling, Weights, Wording, blocks, clusters, is_reprint, parts,
};
use engine::ontology::{Assertion, Mode};
use engine::report::ReportId;
use engine::view::ReportView;
use engine::{Report, resolved::Count};
use reading::Document;
use rusqlite::{Connection, Result};

use super::views;

/// The views of linking. `{}` stands for the schema.
pub(super) const VIEWS: &[(&str, &str)] = &[
    (
        "telling",
        "CREATE TABLE {}.telling (report INTEGER PRIMARY KEY, whole TEXT NOT NULL) STRICT;",
    ),
    (
        "block",
        "CREATE TABLE {}.block (
            key INTEGER NOT NULL,
            report INTEGER NOT NULL,
            PRIMARY KEY (key, report)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX {}.block_by_report ON block (report);",
    ),
    (
        "edge",
        "CREATE TABLE {}.edge (
            report INTEGER NOT NULL,
            other INTEGER NOT NULL,
            PRIMARY KEY (report, other)
        ) STRICT, WITHOUT ROWID;",
    ),
    ("stale", "CREATE TABLE {}.stale (report INTEGER PRIMARY KEY) STRICT;"),
    (
        "member",
        "CREATE TABLE {}.member (
            report INTEGER PRIMARY KEY,
            event BLOB NOT NULL,
            source INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX {}.member_by_event ON member (event);",
    ),
    (
        "event",
        "CREATE TABLE {}.event (
            id BLOB PRIMARY KEY,
            n_reports INTEGER NOT NULL, n_sources INTEGER NOT NULL, main INTEGER NOT NULL,
            kind TEXT NOT NULL, mode TEXT NOT NULL,
            stage TEXT NOT NULL, assertion TEXT NOT NULL,
            first_day TEXT, last_day TEXT, when_basis TEXT,
            country TEXT, admin1 TEXT, place TEXT, site TEXT,
            lat REAL, lon REAL, where_basis TEXT,
            killed_low INTEGER, killed_best INTEGER, killed_high INTEGER,
            injured_low INTEGER, injured_best INTEGER, injured_high INTEGER,
            perpetrators TEXT, confidence REAL NOT NULL, disputed TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX {}.event_by_day ON event (first_day);",
    ),
];

fn linker() -> &'static Linker {
    static LINKER: OnceLock<Linker> = OnceLock::new();
    LINKER.get_or_init(Linker::embedded)
}

/// The most reports of one document that are linked, the first ones: no news tells of more events,
/// and a list of thousands would be compared with every other such list.
const MOST_OF_ONE: usize = 64;

/// Whether a report is of something that others may report too: violence and movements of forces,
/// not what is only imagined.
fn is_linked(report: &Report) -> bool {
    let real = !matches!(report.assertion, Assertion::Conditional | Assertion::Foreseen);
    real && (report.is_violent() || report.mode != Mode::Other)
}

/// Notes the reports of one coding, whose rows these are.
pub(super) fn add(
    connection: &Connection,
    reports: &[(i64, &Report)],
    document: &Document,
) -> Result<()> {
    if reports.is_empty() {
        return Ok(());
    }
    let known = &linker().frequencies;
    let title = document.title.as_ref().map_or("", |title| title.value.as_str());
    let mut whole = Wording::default();
    if reports.iter().any(|(_, report)| is_linked(report)) {
        whole = Wording::of(&[title, document.text()], known);
    }
    let mut seen: BTreeSet<ReportId> = BTreeSet::new();
    let mut n_linked = 0;
    for &(row, report) in reports {
        if !seen.insert(report.id) {
            continue;
        }
        let linked = is_linked(report) && n_linked < MOST_OF_ONE;
        n_linked += usize::from(linked);
        let telling = if linked {
            Telling::of(report, document, &whole, known)
        } else {
            Telling::blank(report.id, document.id)
        };
        connection
            .prepare_cached("INSERT INTO telling VALUES (?, ?)")?
            .execute((row, views::json(&telling)?))?;
        // What is not linked meets nothing, and is an event of its own.
        let keys = if linked { blocks(&telling).found } else { Vec::new() };
        for key in keys {
            connection.prepare_cached("INSERT INTO block VALUES (?, ?)")?.execute((key, row))?;
        }
        connection.prepare_cached("INSERT INTO stale VALUES (?)")?.execute([row])?;
    }
    Ok(())
}

/// Forgets the reports of a document; those that were with them are looked at again.
pub(super) fn forget(connection: &Connection, document: i64) -> Result<()> {
    let mine = "(SELECT row FROM report WHERE document = ?1)";
    for sql in [
        "INSERT OR IGNORE INTO stale SELECT other FROM edge WHERE report IN {mine}",
        "INSERT OR IGNORE INTO stale SELECT report FROM member WHERE event IN
         (SELECT event FROM member WHERE report IN {mine})",
        "DELETE FROM event WHERE id IN (SELECT event FROM member WHERE report IN {mine})",
        "DELETE FROM edge WHERE other IN {mine}",
        "DELETE FROM edge WHERE report IN {mine}",
        "DELETE FROM block WHERE report IN {mine}",
        "DELETE FROM telling WHERE report IN {mine}",
        "DELETE FROM member WHERE report IN {mine}",
        "DELETE FROM stale WHERE report IN {mine}",
    ] {
        connection.prepare_cached(&sql.replace("{mine}", mine))?.execute([document])?;
    }
    Ok(())
}

/// Links what is stale with what is there.
pub(super) fn settle(connection: &Connection) -> Result<()> {
    let stale: Vec<i64> = rows(connection, "SELECT report FROM stale ORDER BY report", [])?;
    if stale.is_empty() {
        return Ok(());
    }
    let mut tellings = Tellings { connection, known: BTreeMap::new() };
    let weights = &linker().weights;
    for &row in &stale {
        let telling = tellings.get(row)?.clone();
        let is_alone: bool = connection
            .prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM block WHERE report = ?)")?
            .query_row([row], |row| row.get(0))?;
        if is_alone {
            continue;
        }
        let mut met: BTreeSet<i64> = BTreeSet::new();
        for key in blocks(&telling).looks {
            met.extend(rows(connection, "SELECT report FROM block WHERE key = ?", [key])?);
        }
        met.remove(&row);
        for other in met {
            if weights.judge(&telling, tellings.get(other)?) >= Weights::MEETS {
                let mut add =
                    connection.prepare_cached("INSERT OR IGNORE INTO edge VALUES (?, ?)")?;
                add.execute((row, other))?;
                add.execute((other, row))?;
            }
        }
    }
    let mut done: BTreeSet<i64> = BTreeSet::new();
    let mut all = Vec::new();
    for &row in &stale {
        if !done.contains(&row) {
            let part = part(connection, row)?;
            done.extend(&part);
            all.push(part);
        }
    }
    // All old events go before any new one comes: one that fell apart may leave its id to a part.
    for &row in &done {
        for sql in [
            "DELETE FROM event WHERE id = (SELECT event FROM member WHERE report = ?)",
            "DELETE FROM member WHERE report = ?",
        ] {
            connection.prepare_cached(sql)?.execute([row])?;
        }
    }
    all.iter().try_for_each(|part| tellings.link(part))?;
    connection.execute("DELETE FROM stale", [])?;
    Ok(())
}

/// All that edges hold together with `row`, in order.
fn part(connection: &Connection, row: i64) -> Result<Vec<i64>> {
    let mut part = BTreeSet::from([row]);
    let mut next = vec![row];
    while let Some(row) = next.pop() {
        for other in rows(connection, "SELECT other FROM edge WHERE report = ?", [row])? {
            if part.insert(other) {
                next.push(other);
            }
        }
    }
    Ok(part.into_iter().collect())
}

/// Tellings by their reports' rows, read when they are first asked for.
struct Tellings<'c> {
    connection: &'c Connection,
    known: BTreeMap<i64, Telling>,
}

impl Tellings<'_> {
    fn get(&mut self, row: i64) -> Result<&Telling> {
        if !self.known.contains_key(&row) {
            let whole: String = self
                .connection
                .prepare_cached("SELECT whole FROM telling WHERE report = ?")?
                .query_row([row], |row| row.get(0))?;
            self.known.insert(row, views::parsed(&whole)?);
        }
        Ok(&self.known[&row])
    }

    /// Makes the events of a part anew.
    fn link(&mut self, part: &[i64]) -> Result<()> {
        let mut of: Vec<(i64, Telling)> = Vec::with_capacity(part.len());
        for &row in part {
            of.push((row, self.get(row)?.clone()));
        }
        of.sort_by(|a, b| a.1.report.cmp(&b.1.report).then(a.0.cmp(&b.0)));
        let members: Vec<&Telling> = of.iter().map(|(_, telling)| telling).collect();
        for event in clusters(&members, &linker().weights) {
            let here: Vec<&(i64, Telling)> = event.iter().map(|&i| &of[i]).collect();
            let Some(first) = here.first() else { continue };
            let id = EventId::of_first(first.1.report);
            let sources = sources(&here);
            for (&&(row, _), &source) in here.iter().zip(&sources) {
                self.connection
                    .prepare_cached("INSERT INTO member VALUES (?, ?, ?)")?
                    .execute((row, id.bytes(), source))?;
            }
            if let Some(view) = event_of(self.connection, id)? {
                let main = here.iter().any(|(_, telling)| telling.main);
                add_event(self.connection, id, main, &view)?;
            }
        }
        Ok(())
    }
}

/// The number of the source of each: reprints of one text are one source.
fn sources(here: &[&(i64, Telling)]) -> Vec<i64> {
    let mut edges = Vec::new();
    for (i, (_, a)) in here.iter().enumerate() {
        let later = here.iter().enumerate().skip(i + 1);
        edges.extend(later.filter(|(_, (_, b))| is_reprint(a, b)).map(|(j, _)| (i, j)));
    }
    let mut of = vec![0; here.len()];
    for (set, number) in parts(here.len(), &edges).into_iter().zip(0..) {
        for i in set {
            of[i] = number;
        }
    }
    of
}

/// What the reports of event `id` say together; `None` if there is none.
pub(super) fn event_of(connection: &Connection, id: EventId) -> Result<Option<EventView>> {
    let mut query = connection.prepare_cached(
        "SELECT document, whole, source FROM member JOIN report ON report.row = member.report
         WHERE event = ? ORDER BY row",
    )?;
    let mut found = query.query([id.bytes()])?;
    let mut reports: Vec<(ReportView, usize)> = Vec::new();
    while let Some(row) = found.next()? {
        let (document, whole, source): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let report: Report = views::parsed(&whole)?;
        let document =
            views::document(connection, document)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        reports.push((
            ReportView::coded_by(&report, &document, ""),
            usize::try_from(source).unwrap_or(usize::MAX),
        ));
    }
    let accounts: Vec<Account<'_>> =
        reports.iter().map(|(report, source)| Account { report, source: *source }).collect();
    Ok(reconcile(id, &accounts))
}

fn add_event(connection: &Connection, id: EventId, main: bool, event: &EventView) -> Result<()> {
    let when = event.when.as_ref();
    let scene = event.scene.as_ref();
    let bounds = |count: Option<Count>| count.map_or([None; 3], |c| [c.low, c.best, c.high]);
    let [killed, injured] = [event.killed, event.injured].map(bounds);
    let disputed: Vec<&str> = event.fields.iter().filter(|f| f.disputed).map(|f| f.field).collect();
    let listed = |names: Vec<&str>| (!names.is_empty()).then(|| names.join("; "));
    connection
        .prepare_cached(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
             ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(rusqlite::params![
            id.bytes(),
            i64::try_from(event.n_reports).unwrap_or(i64::MAX),
            i64::try_from(event.n_sources).unwrap_or(i64::MAX),
            main,
            event.kind.as_str(),
            event.mode.as_str(),
            event.stage.as_str(),
            event.assertion.as_str(),
            when.map(|w| &w.start),
            when.map(|w| &w.end),
            when.map(|w| w.basis.as_str()),
            scene.map(|s| &s.country),
            scene.and_then(|s| s.admin1.as_ref()),
            scene.and_then(|s| s.place.as_ref()),
            scene.and_then(|s| s.site.as_ref()),
            scene.and_then(|s| s.lat),
            scene.and_then(|s| s.lon),
            scene.map(|s| s.basis.as_str()),
            killed[0],
            killed[1],
            killed[2],
            injured[0],
            injured[1],
            injured[2],
            listed(event.perpetrators.iter().map(String::as_str).collect()),
            event.confidence,
            listed(disputed),
        ])?;
    Ok(())
}

fn rows<P: rusqlite::Params>(connection: &Connection, sql: &str, of: P) -> Result<Vec<i64>> {
    connection.prepare_cached(sql)?.query_map(of, |row| row.get(0))?.collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::store::{Act, Ledger, samples};

    /// The events of a ledger of `acts`, in batches of `size`, by the documents of their reports.
    fn events(path: &Path, acts: &[Act], size: usize) -> Vec<Vec<String>> {
        let mut ledger = Ledger::open_or_create(path).unwrap();
        for chunk in acts.chunks(size) {
            let mut batch = ledger.begin().unwrap();
            for act in chunk {
                batch.append("2024-01-01T00:00:00Z", "test", act.clone()).unwrap();
            }
            batch.commit().unwrap();
        }
        ledger.check().unwrap();
        let sql = "SELECT group_concat(url, ' ') FROM
            (SELECT event, url FROM member JOIN report ON row = member.report
             JOIN document ON seq = report.document ORDER BY url) GROUP BY event";
        let mut query = ledger.connection.prepare(sql).unwrap();
        let rows = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let split = |line: String| line.split(' ').map(str::to_owned).collect();
        let mut events: Vec<Vec<String>> = rows.map(|row| split(row.unwrap())).collect();
        events.sort();
        events
    }

    #[test]
    fn batches_and_the_order_of_documents_do_not_matter() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let acts: Vec<Act> = (0..30).flat_map(samples::both).collect();
        let expected = events(&at("whole"), &acts, usize::MAX);
        assert_eq!(events(&at("grown"), &acts, 2), expected);
        let turned: Vec<Act> = (0..30).rev().flat_map(samples::both).collect();
        assert_eq!(events(&at("turned"), &turned, 7), expected);
    }

    #[test]
    fn a_document_coded_again_leaves_its_event() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let mut acts: Vec<Act> = (0..12).flat_map(samples::both).collect();
        let before = events(&path, &acts, 5);
        acts.push(samples::coded(3, 2));
        let again = folder.path().join("again");
        let after = events(&again, &acts, 5);
        let all = |events: &[Vec<String>]| events.iter().map(Vec::len).sum::<usize>();
        assert_eq!(all(&after), all(&before));
    }
}
