//! The views: every table but the log, folded from it by one function.
//!
//! [`apply`] may read the log and the views, and nothing else, so that folding the log again
//! gives the same views to the byte. Texts are not copied: the log has them, and the index of
//! words points there.

use engine::relation::End;
use engine::resolved::Count;
use engine::{Relation, Report};
use reading::{Document, Span};
use rusqlite::{Connection, OptionalExtension, Result, Row};
use serde::Serialize;

use super::entry::{Act, CaptureId, Captured, CodedBy, Duplicate, Entry, Imported};
use super::error::{Corruption, StoreError};
use super::ledger::Ledger;
use super::{judgement, linked, news, sheet};

/// The form of the views. Raise it with every change of a view or of what is folded into one: the
/// next writer then folds them anew.
pub(super) const FORM: u32 = 9;

/// The views, each with the statements that make it. `{}` stands for the schema.
const VIEWS: &[(&str, &str)] = &[
    (
        "document",
        "CREATE TABLE {}.document (
            seq INTEGER PRIMARY KEY,
            id BLOB NOT NULL,
            capture BLOB NOT NULL,
            input TEXT NOT NULL,
            url TEXT, title TEXT, outlet TEXT, published TEXT, language TEXT,
            duplicate_of BLOB, similarity REAL,
            coded INTEGER, build TEXT
        ) STRICT;
        CREATE UNIQUE INDEX {}.document_by_id ON document (id);
        CREATE INDEX {}.document_by_capture ON document (capture);",
    ),
    (
        "imported",
        "CREATE TABLE {}.imported (
            name TEXT NOT NULL,
            id TEXT NOT NULL,
            document INTEGER NOT NULL,
            PRIMARY KEY (name, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX {}.imported_by_document ON imported (document);",
    ),
    (
        "report",
        "CREATE TABLE {}.report (
            row INTEGER PRIMARY KEY,
            id BLOB NOT NULL,
            document INTEGER NOT NULL,
            kind TEXT NOT NULL, mode TEXT NOT NULL, violent INTEGER NOT NULL,
            stage TEXT NOT NULL, assertion TEXT NOT NULL, main INTEGER NOT NULL,
            first_day TEXT, last_day TEXT, when_basis TEXT,
            country TEXT, admin1 TEXT, place TEXT, site TEXT,
            lat REAL, lon REAL, where_precision TEXT, where_basis TEXT,
            killed_low INTEGER, killed_best INTEGER, killed_high INTEGER,
            injured_low INTEGER, injured_best INTEGER, injured_high INTEGER,
            abducted_low INTEGER, abducted_best INTEGER, abducted_high INTEGER,
            perpetrators TEXT,
            confidence REAL NOT NULL,
            whole TEXT NOT NULL,
            rejected INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX {}.report_by_id ON report (id);
        CREATE INDEX {}.report_by_document ON report (document);
        CREATE INDEX {}.report_by_day ON report (first_day, last_day);
        CREATE INDEX {}.report_by_country ON report (country, first_day);
        CREATE INDEX {}.report_by_killed ON report (killed_low);",
    ),
    (
        "party",
        "CREATE TABLE {}.party (
            report INTEGER NOT NULL,
            role TEXT NOT NULL,
            n INTEGER NOT NULL,
            actor TEXT,
            name TEXT NOT NULL,
            sort TEXT NOT NULL,
            attribution TEXT,
            PRIMARY KEY (report, role, n)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX {}.party_by_actor ON party (actor);",
    ),
    (
        "relation",
        "CREATE TABLE {}.relation (
            row INTEGER PRIMARY KEY,
            id BLOB NOT NULL,
            document INTEGER NOT NULL,
            relation TEXT NOT NULL,
            subject TEXT NOT NULL, subject_actor TEXT, subject_country TEXT,
            object TEXT NOT NULL, object_actor TEXT, object_country TEXT,
            assertion TEXT NOT NULL, former INTEGER NOT NULL,
            first_day TEXT, last_day TEXT,
            speakers TEXT,
            whole TEXT NOT NULL
        ) STRICT;
        CREATE INDEX {}.relation_by_document ON relation (document);
        CREATE INDEX {}.relation_by_subject ON relation (subject_actor, relation);
        CREATE INDEX {}.relation_by_object ON relation (object_actor, relation);",
    ),
    (
        "problem",
        "CREATE TABLE {}.problem (
            seq INTEGER NOT NULL,
            n INTEGER NOT NULL,
            document INTEGER NOT NULL,
            what TEXT NOT NULL,
            PRIMARY KEY (seq, n)
        ) STRICT, WITHOUT ROWID;",
    ),
    (
        "access",
        "CREATE TABLE {}.access (
            seq INTEGER PRIMARY KEY,
            at TEXT NOT NULL, by TEXT NOT NULL,
            what TEXT NOT NULL, name TEXT NOT NULL, note TEXT
        ) STRICT;",
    ),
    (
        "words",
        "CREATE VIRTUAL TABLE {}.words USING fts5(
            title, text, content='', tokenize=\"unicode61 remove_diacritics 2\"
        );",
    ),
    ("scene", "CREATE VIRTUAL TABLE {}.scene USING rtree(report, south, north, west, east);"),
];

/// How many reports, and how many relations, one coding of a document can have: their numbers
/// share an integer.
const REPORTS_PER_CODING: i64 = 1 << 16;

/// All views, each with the statements that make it.
pub(super) fn all() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    VIEWS.iter().chain(judgement::VIEWS).chain(linked::VIEWS).chain(linked::judged::VIEWS)
}

/// Makes the empty views in `schema`.
pub(super) fn create(connection: &Connection, schema: &str) -> Result<()> {
    all().try_for_each(|(_, sql)| connection.execute_batch(&sql.replace("{}", schema)))
}

/// Folds one entry into the views.
pub(super) fn apply(connection: &Connection, seq: i64, entry: &Entry) -> Result<()> {
    match &entry.act {
        Act::Captured(captured) => apply_captured(connection, seq, captured),
        Act::Coded(coded) => apply_coded(connection, seq, coded),
        Act::Imported(imported) => apply_imported(connection, seq, imported),
        Act::Judged(judged) => judgement::apply(connection, seq, (&entry.at, &entry.by), judged),
        Act::Undone(undone) => judgement::undo(connection, seq, *undone),
        Act::Access(access) => news::apply(connection, seq, (&entry.at, &entry.by), access),
    }
}

impl Ledger {
    /// Drops the views and folds the whole log again. Gives the number of entries.
    pub(crate) fn rebuild(&mut self) -> Result<i64, StoreError> {
        let connection = &self.connection;
        self.run("BEGIN IMMEDIATE")?;
        let fold = || {
            for (name, _) in all() {
                self.run(&format!("DROP TABLE IF EXISTS {name}"))?;
            }
            create(connection, "main").map_err(|error| self.failed(error))?;
            let n = self.fold()?;
            // Dropped with the views. What was noted before holds: the views are the same again.
            sheet::track(connection).map_err(|error| self.failed(error))?;
            Ok(n)
        };
        let folded = fold();
        if folded.is_err() {
            // The database may have rolled back itself; what was wrong is what counts.
            self.run("ROLLBACK").ok();
            return folded;
        }
        self.run("COMMIT")?;
        folded
    }

    /// Folds the whole log into the views that the bare names mean.
    pub(super) fn fold(&self) -> Result<i64, StoreError> {
        let mut n = 0;
        self.each_entry(|seq, entry| {
            n += 1;
            apply(&self.connection, seq, &entry).map_err(|error| match error {
                rusqlite::Error::QueryReturnedNoRows => {
                    self.damaged(Corruption::Unreadable(seq, "its document is missing".into()))
                }
                error => self.failed(error),
            })
        })?;
        linked::settle(&self.connection).map_err(|error| self.failed(error))?;
        Ok(n)
    }

    pub(super) fn run(&self, sql: &str) -> Result<(), StoreError> {
        self.connection.execute_batch(sql).map_err(|error| self.failed(error))
    }
}

fn apply_captured(connection: &Connection, seq: i64, captured: &Captured) -> Result<()> {
    let Captured { capture, input, document, duplicate, problems } = captured;
    let standing = (capture.bytes(), input.as_str(), *duplicate);
    add_document(connection, seq, document, standing)?;
    add_problems(connection, seq, seq, problems)
}

/// A row: a document and its report at once. The report of an earlier row of the same id goes.
fn apply_imported(connection: &Connection, seq: i64, imported: &Imported) -> Result<()> {
    let Imported { table, id, input, format, document, report, words, problems, .. } = imported;
    let before: Option<i64> = connection
        .prepare_cached("SELECT document FROM imported WHERE name = ? AND id = ?")?
        .query_row((table, id), |row| row.get(0))
        .optional()?;
    if let Some(before) = before {
        forget(connection, before, before)?;
    }
    let capture = CaptureId::of(&[b"row", table.as_bytes(), id.as_bytes(), &document.id.bytes()]);
    add_document(connection, seq, document, (capture.bytes(), input, None))?;
    connection
        .prepare_cached("UPDATE document SET coded = seq, build = ? WHERE seq = ?")?
        .execute((format!("import {format}"), seq))?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO imported VALUES (?, ?, ?)")?
        .execute((table, id, seq))?;
    let row = seq * REPORTS_PER_CODING;
    add_report(connection, row, seq, report, document)?;
    let words: Vec<&str> = words.iter().map(|span| span.of(document.text())).collect();
    linked::add_row(connection, (row, report), document, table, &words)?;
    add_problems(connection, seq, seq, problems)
}

/// The capture, the name of the input, and the document that says the same.
type Origin<'a> = ([u8; 16], &'a str, Option<Duplicate>);

fn add_document(
    connection: &Connection,
    seq: i64,
    document: &Document,
    (capture, input, duplicate): Origin<'_>,
) -> Result<()> {
    let text = |found: &Option<reading::Found<String>>| found.as_ref().map(|f| f.value.clone());
    connection
        .prepare_cached(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        )?
        .execute((
            seq,
            document.id.bytes(),
            capture,
            input,
            &document.url,
            text(&document.title),
            text(&document.outlet),
            document.published.as_ref().map(|d| d.value.to_string()),
            text(&document.language),
            duplicate.map(|d| d.of.bytes()),
            duplicate.map(|d| d.similarity),
        ))?;
    connection
        .prepare_cached("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)")?
        .execute((seq, text(&document.title), document.text()))?;
    Ok(())
}

/// What a build says of a document takes the place of what an earlier build said.
fn apply_coded(connection: &Connection, seq: i64, coded: &CodedBy) -> Result<()> {
    let (of, before): (i64, Option<i64>) = connection
        .prepare_cached("SELECT seq, coded FROM document WHERE id = ?")?
        .query_row([coded.document.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if let Some(before) = before {
        forget(connection, of, before)?;
    }
    connection
        .prepare_cached("UPDATE document SET coded = ?, build = ? WHERE seq = ?")?
        .execute((seq, &coded.build, of))?;
    add_problems(connection, seq, of, &coded.problems)?;
    if coded.reports.is_empty() && coded.relations.is_empty() {
        return Ok(());
    }
    let document = document(connection, of)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    for (report, n) in coded.reports.iter().zip(0..REPORTS_PER_CODING) {
        add_report(connection, seq * REPORTS_PER_CODING + n, of, report, &document)?;
    }
    let rows: Vec<(i64, &Report)> = coded
        .reports
        .iter()
        .zip(0..REPORTS_PER_CODING)
        .map(|(report, n)| (seq * REPORTS_PER_CODING + n, report))
        .collect();
    linked::add(connection, &rows, &document)?;
    for (relation, n) in coded.relations.iter().zip(0..REPORTS_PER_CODING) {
        add_relation(connection, seq * REPORTS_PER_CODING + n, of, relation, &document)?;
    }
    Ok(())
}

/// The document that entry `seq` captured.
pub(super) fn document(connection: &Connection, seq: i64) -> Result<Option<Document>> {
    let act = |row: &Row<'_>| Ok(serde_json::from_slice(row.get_ref(0)?.as_blob()?).ok());
    let act = connection
        .prepare_cached("SELECT act FROM entry WHERE seq = ?")?
        .query_row([seq], act)
        .optional()?;
    Ok(match act.flatten() {
        Some(Act::Captured(captured)) => Some(captured.document),
        Some(Act::Imported(imported)) => Some(imported.document),
        _ => None,
    })
}

fn forget(connection: &Connection, document: i64, coded: i64) -> Result<()> {
    linked::forget(connection, document)?;
    let reports = "(SELECT row FROM report WHERE document = ?)";
    for table in ["party", "scene"] {
        connection
            .prepare_cached(&format!("DELETE FROM {table} WHERE report IN {reports}"))?
            .execute([document])?;
    }
    connection.prepare_cached("DELETE FROM report WHERE document = ?")?.execute([document])?;
    connection.prepare_cached("DELETE FROM relation WHERE document = ?")?.execute([document])?;
    connection.prepare_cached("DELETE FROM problem WHERE seq = ?")?.execute([coded])?;
    Ok(())
}

fn add_report(
    connection: &Connection,
    row: i64,
    document_seq: i64,
    report: &Report,
    document: &Document,
) -> Result<()> {
    let words = |span: Span| one_line(span.of(document.text()));
    let when = report.when.as_ref();
    let scene = report.scene.as_ref();
    let place = scene.map(|s| &s.value);
    let bounds = |c: &Option<engine::resolved::Resolved<Count>>| {
        c.as_ref().map_or([None; 3], |c| [c.value.low, c.value.best, c.value.high])
    };
    let [killed, injured, abducted] =
        [&report.killed, &report.injured, &report.abducted].map(bounds);
    let names: Vec<String> = report.perpetrators.iter().map(|p| words(p.name)).collect();
    connection
        .prepare_cached(
            "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
             ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        )?
        .execute(rusqlite::params![
            row,
            report.id.bytes(),
            document_seq,
            report.kind.as_str(),
            report.mode.as_str(),
            report.is_violent(),
            report.stage.as_str(),
            report.assertion.as_str(),
            report.main,
            when.map(|w| w.value.start.to_string()),
            when.map(|w| w.value.end.to_string()),
            when.map(|w| w.basis.as_str()),
            place.map(|p| &p.country),
            place.and_then(|p| p.admin1.as_ref()),
            place.and_then(|p| p.place.as_ref()),
            place.and_then(|p| p.site.as_ref()),
            place.and_then(|p| p.lat),
            place.and_then(|p| p.lon),
            place.map(|p| p.precision.as_str()),
            scene.map(|s| s.basis.as_str()),
            killed[0],
            killed[1],
            killed[2],
            injured[0],
            injured[1],
            injured[2],
            abducted[0],
            abducted[1],
            abducted[2],
            (!names.is_empty()).then(|| names.join("; ")),
            report.confidence,
            json(report)?,
        ])?;
    if let Some((lat, lon)) = place.and_then(|p| p.lat.zip(p.lon)) {
        connection
            .prepare_cached("INSERT INTO scene VALUES (?1, ?2, ?2, ?3, ?3)")?
            .execute((row, lat, lon))?;
    }
    let add = |role: &str, n: i64, actor: &Option<String>, name: Span, sort: &str, by| {
        connection.prepare_cached("INSERT INTO party VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute((
            row,
            role,
            n,
            actor,
            words(name),
            sort,
            by,
        ))
    };
    for (p, n) in report.perpetrators.iter().zip(0..) {
        let by = Some(p.attribution.as_str());
        add("perpetrator", n, &p.actor, p.name, p.sort.as_str(), by)?;
    }
    for (t, n) in report.targets.iter().zip(0..) {
        add("target", n, &t.actor, t.name, t.sort.as_str(), None)?;
    }
    Ok(())
}

fn add_relation(
    connection: &Connection,
    row: i64,
    document_seq: i64,
    relation: &Relation,
    document: &Document,
) -> Result<()> {
    let words = |end: &End| one_line(end.name.of(document.text()));
    let when = relation.when.as_ref().map(|w| w.value);
    let (subject, object) = (&relation.subject, &relation.object);
    let speakers: Vec<String> =
        relation.speakers.iter().map(|s| one_line(s.name.of(document.text()))).collect();
    connection
        .prepare_cached(
            "INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(rusqlite::params![
            row,
            relation.id.bytes(),
            document_seq,
            relation.relation.as_str(),
            words(subject),
            subject.actor,
            subject.country,
            words(object),
            object.actor,
            object.country,
            relation.assertion.as_str(),
            relation.former,
            when.map(|w| w.start.to_string()),
            when.map(|w| w.end.to_string()),
            (!speakers.is_empty()).then(|| speakers.join("; ")),
            json(relation)?,
        ])?;
    Ok(())
}

fn add_problems(
    connection: &Connection,
    seq: i64,
    document: i64,
    problems: &[String],
) -> Result<()> {
    for (what, n) in problems.iter().zip(0_i64..) {
        connection
            .prepare_cached("INSERT INTO problem VALUES (?, ?, ?, ?)")?
            .execute((seq, n, document, what))?;
    }
    Ok(())
}

pub(super) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

/// What [`json`] wrote.
pub(super) fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    })
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
