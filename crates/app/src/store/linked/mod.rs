//! Which reports are of one event: the views of linking, brought up to date once a batch.
//!
//! Folding an entry only notes which nodes of linking are new or lost neighbours ([`add`],
//! [`forget`]); [`settle`](fn@settle) then looks at these and what they touch, and at nothing else. Since what
//! is of one event depends on the reports and on what reviewers judge alone, a ledger that grew in many batches has the events
//! of one that was folded at once.

pub(super) mod judged;
#[cfg(test)]
mod laws;
mod nodes;
mod settle;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use engine::link::reconcile::judged::rule;
use engine::link::reconcile::{Account, EventView, reconcile};
use engine::link::{
    Bounds, EventId, Linker, NodeId, Sign, Telling, Wording, blocks, node_ids, said,
};
use engine::ontology::{Assertion, Mode};
use engine::report::ReportId;
use engine::view::ReportView;
use engine::{Report, resolved::Count};
use reading::{Document, DocumentId};
use rusqlite::{Connection, OptionalExtension as _, Result};

pub(super) use self::settle::settle;
use super::views;

/// The views of linking. `{}` stands for the schema.
pub(super) const VIEWS: &[(&str, &str)] = &[
    (
        // `base` is the node by what is said; a reviewer may have told it apart from that.
        "telling",
        "CREATE TABLE {}.telling (
            report INTEGER PRIMARY KEY,
            node INTEGER,
            base INTEGER,
            document BLOB NOT NULL
        ) STRICT;
        CREATE INDEX {}.telling_by_node ON telling (node);",
    ),
    ("node", "CREATE TABLE {}.node (node INTEGER PRIMARY KEY, whole TEXT NOT NULL) STRICT;"),
    (
        // `way`: 0 is found there, 1 is found there and looks there, 2 looks there.
        "block",
        "CREATE TABLE {}.block (
            key INTEGER NOT NULL,
            way INTEGER NOT NULL,
            node INTEGER NOT NULL,
            shown INTEGER NOT NULL,
            PRIMARY KEY (key, way, node)
        ) STRICT, WITHOUT ROWID;",
    ),
    (
        "edge",
        "CREATE TABLE {}.edge (
            node INTEGER NOT NULL,
            other INTEGER NOT NULL,
            worth REAL NOT NULL,
            PRIMARY KEY (node, other)
        ) STRICT, WITHOUT ROWID;",
    ),
    (
        "piece",
        "CREATE TABLE {}.piece (node INTEGER PRIMARY KEY, piece INTEGER NOT NULL) STRICT;
        CREATE INDEX {}.piece_by_piece ON piece (piece);",
    ),
    (
        // `state`: 0 has more documents or other neighbours, 1 has fewer documents, 2 is new.
        "stale",
        "CREATE TABLE {}.stale (node INTEGER PRIMARY KEY, state INTEGER NOT NULL) STRICT;",
    ),
    ("touched", "CREATE TABLE {}.touched (key INTEGER PRIMARY KEY) STRICT;"),
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

/// How much is looked at; little in tests, so that their small ledgers meet the bounds.
const BOUNDS: Bounds = if cfg!(test) { Bounds { shown: 3, largest: 4 } } else { Bounds::USUAL };

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
    let known = &linker().frequencies;
    judged::recoded(connection, document.id.bytes())?;
    let title = document.title.as_ref().map_or("", |title| title.value.as_str());
    let mut whole = Wording::default();
    if reports.iter().any(|(_, report)| is_linked(report)) {
        whole = Wording::of(&[title, document.text()], known);
    }
    let mut rows: BTreeMap<ReportId, i64> = BTreeMap::new();
    let mut linked: Vec<&Report> = Vec::new();
    for &(row, report) in reports {
        if is_linked(report) {
            rows.entry(report.id).or_insert_with(|| {
                linked.push(report);
                row
            });
        } else if !rows.contains_key(&report.id) {
            // What is not linked meets nothing, and is an event of its own.
            add_alone(connection, row, report)?;
        }
    }
    let mut tellings: Vec<(i64, Telling)> = Telling::all(&linked, document, &whole, known)
        .into_iter()
        .filter_map(|telling| Some((*rows.get(&telling.report)?, telling)))
        .collect();
    tellings.sort_unstable_by_key(|(_, telling)| telling.report);
    add_tellings(connection, &tellings)
}

/// Notes the report of a row of a table. Its words are those that somebody wrote: the names of
/// columns are alike in all rows and tell nothing.
pub(super) fn add_row(
    connection: &Connection,
    (row, report): (i64, &Report),
    document: &Document,
    table: &str,
    words: &[&str],
) -> Result<()> {
    judged::recoded(connection, document.id.bytes())?;
    if !is_linked(report) {
        return add_alone(connection, row, report);
    }
    let known = &linker().frequencies;
    let telling = Telling {
        table: Some(DocumentId::of(&[b"table", table.as_bytes()])),
        ..Telling::of(report, document, Some(&Wording::of(words, known)), known)
    };
    add_tellings(connection, &[(row, telling)])
}

/// What is not linked meets nothing, and is an event of its own.
fn add_alone(connection: &Connection, row: i64, report: &Report) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO telling VALUES (?, NULL, NULL, ?)")?
        .execute((row, report.document.bytes()))?;
    make_event(connection, &[(row, 0)], report.id)
}

/// Adds what one document tells.
fn add_tellings(connection: &Connection, tellings: &[(i64, Telling)]) -> Result<()> {
    let all: Vec<&Telling> = tellings.iter().map(|(_, telling)| telling).collect();
    let mut insert = connection.prepare_cached("INSERT INTO telling VALUES (?1, ?2, ?2, ?3)")?;
    for (node, (row, telling)) in node_ids(&all).into_iter().zip(tellings) {
        let is_new = add_node(connection, node, telling)?;
        insert.execute((row, node, telling.teller().bytes()))?;
        mark(connection, node, if is_new { 2 } else { 0 })?;
    }
    Ok(())
}

/// Makes the node of a telling, if it is not there.
fn add_node(connection: &Connection, node: NodeId, telling: &Telling) -> Result<bool> {
    let said = said(telling);
    let is_new = connection
        .prepare_cached("INSERT OR IGNORE INTO node VALUES (?, ?)")?
        .execute((node, views::json(&said)?))?
        > 0;
    if is_new {
        let mut insert = connection.prepare_cached("INSERT INTO block VALUES (?, ?, ?, 0)")?;
        for (key, way) in ways(&said) {
            insert.execute((key, way, node))?;
        }
    }
    Ok(is_new)
}

/// The keys of a telling, each with how it stands there.
fn ways(telling: &Telling) -> BTreeMap<i64, i64> {
    let keys = blocks(telling);
    let mut ways: BTreeMap<i64, i64> = keys.found.into_iter().map(|key| (key, 0)).collect();
    for key in keys.looks {
        ways.entry(key).and_modify(|way| *way = 1).or_insert(2);
    }
    ways
}

/// Notes that a node must be looked at, and how closely.
fn mark(connection: &Connection, node: NodeId, state: i64) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO stale VALUES (?, ?)
             ON CONFLICT DO UPDATE SET state = max(state, excluded.state)",
        )?
        .execute((node, state))?;
    Ok(())
}

/// Forgets the reports of a document; those that were with them are looked at again.
pub(super) fn forget(connection: &Connection, document: i64) -> Result<()> {
    let id = "SELECT id FROM document WHERE seq = ?";
    judged::recoded(connection, connection.query_row(id, [document], |row| row.get(0))?)?;
    let mine = "(SELECT row FROM report WHERE document = ?1)";
    let sql = format!("SELECT DISTINCT node FROM telling WHERE report IN {mine} AND node NOT NULL");
    let nodes = rows(connection, &sql, [document])?;
    for sql in [
        "DELETE FROM event WHERE id IN (SELECT event FROM member WHERE report IN {mine})",
        "DELETE FROM member WHERE report IN {mine}",
        "DELETE FROM telling WHERE report IN {mine}",
        "DELETE FROM retold WHERE report IN {mine}",
    ] {
        connection.prepare_cached(&sql.replace("{mine}", mine))?.execute([document])?;
    }
    for node in nodes {
        let sql = "SELECT node FROM telling WHERE node = ? LIMIT 1";
        if rows(connection, sql, [node])?.is_empty() {
            remove_node(connection, node)?;
        } else {
            mark(connection, node, 1)?;
        }
    }
    Ok(())
}

/// Removes a node of which nobody tells any more.
fn remove_node(connection: &Connection, node: NodeId) -> Result<()> {
    let whole: String = connection
        .prepare_cached("SELECT whole FROM node WHERE node = ?")?
        .query_row([node], |row| row.get(0))?;
    for (key, way) in ways(&views::parsed(&whole)?) {
        let sql = "DELETE FROM block WHERE key = ? AND way = ? AND node = ? RETURNING shown";
        let mut delete = connection.prepare_cached(sql)?;
        let shown: bool = delete.query_row((key, way, node), |row| row.get(0))?;
        if shown {
            connection
                .prepare_cached("INSERT OR IGNORE INTO touched VALUES (?)")?
                .execute([key])?;
        }
    }
    let beside = "SELECT other FROM edge WHERE node = ?1 UNION
        SELECT node FROM piece WHERE piece = (SELECT piece FROM piece WHERE node = ?1)";
    for other in rows(connection, beside, [node])? {
        mark(connection, other, 0)?;
    }
    for sql in [
        "DELETE FROM edge WHERE other = ?1 AND node IN (SELECT other FROM edge WHERE node = ?1)",
        "DELETE FROM edge WHERE node = ?1",
        "DELETE FROM piece WHERE node = ?1",
        "DELETE FROM stale WHERE node = ?1",
        "DELETE FROM node WHERE node = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([node])?;
    }
    Ok(())
}

/// Makes an event of the reports in these rows, each with the number of its source.
fn make_event(connection: &Connection, reports: &[(i64, usize)], first: ReportId) -> Result<()> {
    let id = EventId::of_first(first);
    let mut insert = connection.prepare_cached("INSERT INTO member VALUES (?, ?, ?)")?;
    for (row, source) in reports {
        insert.execute((row, id.bytes(), i64::try_from(*source).unwrap_or(i64::MAX)))?;
    }
    let main: bool = connection
        .prepare_cached(
            "SELECT coalesce(max(main AND NOT rejected), 0) FROM member
             JOIN report ON report.row = member.report WHERE event = ?",
        )?
        .query_row([id.bytes()], |row| row.get(0))?;
    match event_of(connection, id)? {
        Some(view) => add_event(connection, id, main, &view),
        None => Ok(()),
    }
}

/// What the reports of event `id` say together; `None` if there is none.
pub(super) fn event_of(connection: &Connection, id: EventId) -> Result<Option<EventView>> {
    let mut query = connection.prepare_cached(
        "SELECT document, whole, source, row, rejected FROM member
         JOIN report ON report.row = member.report WHERE event = ? ORDER BY row",
    )?;
    let said = judged::Said::of(connection, id)?;
    let mut found = query.query([id.bytes()])?;
    let mut reports: Vec<(ReportView, usize, bool)> = Vec::new();
    while let Some(row) = found.next()? {
        let (document, whole, source): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let report: Report = views::parsed(&whole)?;
        let document =
            views::document(connection, document)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        reports.push((
            said.correct(row.get(3)?, ReportView::coded_by(&report, &document, "")),
            usize::try_from(source).unwrap_or(usize::MAX),
            row.get(4)?,
        ));
    }
    // An event of which nothing is right is still what its reports say.
    let none_right = reports.iter().all(|report| report.2);
    let accounts: Vec<Account<'_>> = reports
        .iter()
        .filter(|report| none_right || !report.2)
        .map(|(report, source, _)| Account { report, source: *source })
        .collect();
    let mut event = reconcile(id, &accounts);
    if let Some(event) = &mut event {
        rule(event, &said.rulings());
        event.judgements = said.entries();
        let rejected = reports.iter().filter(|report| report.2).map(|report| report.0.id.clone());
        event.rejected = rejected.collect();
    }
    Ok(event)
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

/// Why two reports may be of one event or not, in words, the weightiest first.
pub(super) fn grounds(connection: &Connection, reports: [i64; 2]) -> Result<Vec<String>> {
    let telling = |row: i64| -> Result<Option<Telling>> {
        let whole: Option<String> = connection
            .prepare_cached(
                "SELECT whole FROM telling JOIN node USING (node) WHERE telling.report = ?",
            )?
            .query_row([row], |row| row.get(0))
            .optional()?;
        whole.map(|whole| views::parsed(&whole)).transpose()
    };
    let (Some(a), Some(b)) = (telling(reports[0])?, telling(reports[1])?) else {
        return Ok(Vec::new());
    };
    let judged = linker().weights.explain(&a, &b);
    let told = judged.iter().filter(|judged| judged.sign != Sign::Prior);
    let way = |worth: f64| if worth >= 0.0 { "for" } else { "against" };
    Ok(told.map(|judged| format!("{} {}", way(judged.worth), judged.sign.words())).collect())
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

    /// Acts of `n` documents that tell of one attack, some in the very same words. Some of them
    /// are then said by a later build to tell of nothing.
    fn alike(n: u32) -> Vec<Act> {
        let told = (0..n).flat_map(|n| samples::told_again(n % 9, n));
        let untold = (0..n).filter(|n| n % 6 == 1).map(|n| {
            let mut acts = samples::told_again(n % 9, n);
            let Some(Act::Coded(mut coded)) = acts.pop() else { unreachable!("it is coded") };
            coded.reports.clear();
            coded.build = "build-2".into();
            Act::Coded(coded)
        });
        told.chain(untold).collect()
    }

    #[test]
    fn many_like_reports_are_linked_alike_however_they_come() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let acts = alike(40);
        let expected = events(&at("whole"), &acts, usize::MAX);
        assert_eq!(events(&at("one by one"), &acts, 2), expected);
        assert_eq!(events(&at("grown"), &acts, 14), expected);
        let mut turned: Vec<Act> = acts[..80].chunks(2).rev().flatten().cloned().collect();
        turned.extend(acts.into_iter().skip(80));
        assert_eq!(events(&at("turned"), &turned, 9), expected);
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
