//! Judgements find the reports that they speak of, and what they say of these holds.
//!
//! A judgement is bound anew when it is made or undone and when a document that it speaks of is
//! coded: to the report of the same id, or else to that report of the same document whose evidence
//! lies in the same words. One that finds nothing waits. From the judgements that are bound follow
//! the bonds of linking, which reports are rejected, and the values that count.

use std::collections::{BTreeMap, BTreeSet};

use engine::link::reconcile::judged::{RuledView, Ruling, corrected, retold};
use engine::link::{Bonds, Held, NodeId, Telling, Verdict, alone_id, corrected_id};
use engine::report::ReportId;
use engine::view::ReportView;
use engine::{Report, link::EventId};
use rusqlite::{Connection, OptionalExtension, Result};

use super::super::judgement::{Judged, Judgement, Kept, Told, kept};
use super::super::views;
use super::{add_node, make_event, mark, remove_node, rows};

/// The views of judgements that are bound. `{}` stands for the schema.
pub(in crate::store) const VIEWS: &[(&str, &str)] = &[
    (
        "bound",
        "CREATE TABLE {}.bound (
            seq INTEGER NOT NULL,
            n INTEGER NOT NULL,
            report INTEGER NOT NULL,
            PRIMARY KEY (seq, n)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX {}.bound_by_report ON bound (report);",
    ),
    (
        "bond",
        "CREATE TABLE {}.bond (
            node INTEGER NOT NULL,
            other INTEGER NOT NULL,
            same INTEGER NOT NULL,
            PRIMARY KEY (node, other)
        ) STRICT, WITHOUT ROWID;",
    ),
    (
        // What corrected reports said before: the node that they were, and what is compared of it.
        "retold",
        "CREATE TABLE {}.retold (
            report INTEGER PRIMARY KEY,
            base INTEGER NOT NULL,
            whole TEXT NOT NULL
        ) STRICT;",
    ),
    ("unbound", "CREATE TABLE {}.unbound (seq INTEGER PRIMARY KEY) STRICT;"),
];

/// Notes that a document is coded: judgements of it are bound anew.
pub(super) fn recoded(connection: &Connection, document: [u8; 16]) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO unbound SELECT seq FROM judged WHERE document = ?")?
        .execute([document])?;
    Ok(())
}

/// Binds what is not bound, and notes which nodes must be looked at for that.
pub(super) fn bind(connection: &Connection) -> Result<()> {
    let unbound = rows(connection, "SELECT seq FROM unbound ORDER BY seq", [])?;
    let mut linking = false;
    let mut touched: BTreeSet<i64> = BTreeSet::new();
    for seq in unbound {
        let judgement = one(connection, seq)?;
        let before = bound(connection, seq)?;
        let mut now: BTreeMap<i64, i64> = BTreeMap::new();
        if judgement.undone.is_none() {
            for (told, n) in judgement.judged.judgement.reports().into_iter().zip(0..) {
                now.extend(find(connection, told)?.map(|row| (n, row)));
            }
        }
        if matches!(judgement.judged.judgement, Judgement::Linked { .. }) {
            // Also where nothing is found, it may stand between two that others speak of.
            linking = true;
        } else if before != now {
            touched.extend(before.values().chain(now.values()));
        }
        if before != now {
            connection.prepare_cached("DELETE FROM bound WHERE seq = ?")?.execute([seq])?;
            for (n, row) in now {
                connection
                    .prepare_cached("INSERT INTO bound VALUES (?, ?, ?)")?
                    .execute((seq, n, row))?;
            }
        }
    }
    for row in touched {
        // What is corrected may be another node, to which the bonds of its report go.
        linking |= touch(connection, row)?;
    }
    if linking {
        hold(connection)?;
    }
    connection.execute("DELETE FROM unbound", [])?;
    Ok(())
}

fn one(connection: &Connection, seq: i64) -> Result<Kept> {
    connection
        .prepare_cached("SELECT seq, at, reviewer, undone, whole FROM judgement WHERE seq = ?")?
        .query_row([seq], kept)
}

fn bound(connection: &Connection, seq: i64) -> Result<BTreeMap<i64, i64>> {
    connection
        .prepare_cached("SELECT n, report FROM bound WHERE seq = ?")?
        .query_map([seq], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// The row of the report that a judgement speaks of, if there is one now.
pub(in crate::store) fn find(connection: &Connection, told: Told) -> Result<Option<i64>> {
    let same = "SELECT row FROM report JOIN document ON seq = report.document
        WHERE report.id = ? AND document.id = ? ORDER BY row LIMIT 1";
    let same = connection
        .prepare_cached(same)?
        .query_row((told.report.bytes(), told.document.bytes()), |row| row.get(0))
        .optional()?;
    if same.is_some() {
        return Ok(same);
    }
    let mut query = connection.prepare_cached(
        "SELECT row, whole FROM report JOIN document ON seq = report.document
         WHERE document.id = ? ORDER BY row",
    )?;
    let mut found = query.query([told.document.bytes()])?;
    let mut best: Option<(usize, i64)> = None;
    while let Some(row) = found.next()? {
        let report: Report = views::parsed(row.get_ref(1)?.as_str()?)?;
        let common = |span: &reading::Span| {
            let (start, end) = (span.start().max(told.at.start()), span.end().min(told.at.end()));
            end.saturating_sub(start)
        };
        let share = report.evidence.iter().map(common).max().unwrap_or(0);
        if share > best.map_or(0, |best| best.0) {
            best = Some((share, row.get(0)?));
        }
    }
    Ok(best.map(|(_, row)| row))
}

/// What holds of reports by all judgements, and the rows of those that are known.
pub(in crate::store) fn bonds(connection: &Connection) -> Result<(Bonds, BTreeMap<ReportId, i64>)> {
    let mut query = connection.prepare_cached(
        "SELECT bound.seq, n, report.row, report.id FROM bound JOIN judgement USING (seq)
         JOIN report ON report.row = bound.report WHERE linking",
    )?;
    let mut ids: BTreeMap<(i64, i64), ReportId> = BTreeMap::new();
    let mut row_of: BTreeMap<ReportId, i64> = BTreeMap::new();
    let mut found = query.query([])?;
    while let Some(row) = found.next()? {
        let id: [u8; 16] = row.get(3)?;
        let Some(id) = ReportId::from_bytes(&id) else { continue };
        ids.insert((row.get(0)?, row.get(1)?), id);
        row_of.insert(id, row.get(2)?);
    }
    let mut query = connection.prepare_cached(
        "SELECT seq, whole FROM judgement WHERE linking AND undone IS NULL ORDER BY seq",
    )?;
    let mut found = query.query([])?;
    let mut verdicts = Vec::new();
    while let Some(row) = found.next()? {
        let (seq, judged): (i64, Judged) = (row.get(0)?, views::parsed(row.get_ref(1)?.as_str()?)?);
        let Judgement::Linked { same, these, those } = judged.judgement else { continue };
        let first = i64::try_from(these.len()).unwrap_or(i64::MAX);
        let id = |n: i64, told: &Told| ids.get(&(seq, n)).copied().unwrap_or(told.report);
        verdicts.push(Verdict {
            same,
            these: (0..).zip(&these).map(|(n, told)| id(n, told)).collect(),
            those: (first..).zip(&those).map(|(n, told)| id(n, told)).collect(),
        });
    }
    Ok((Bonds::of(&verdicts), row_of))
}

/// Brings up to date which reports are nodes of their own, and the bonds of nodes.
fn hold(connection: &Connection) -> Result<()> {
    let (bonds, row_of) = bonds(connection)?;
    let alone: BTreeMap<i64, ReportId> =
        bonds.alone.iter().filter_map(|id| Some((*row_of.get(id)?, *id))).collect();
    let sql = "SELECT report FROM telling WHERE node <> base";
    let was_alone: BTreeSet<i64> = rows(connection, sql, [])?.into_iter().collect();
    for &row in was_alone.iter().filter(|row| !alone.contains_key(row)) {
        let base: NodeId = connection
            .prepare_cached("SELECT base FROM telling WHERE report = ?")?
            .query_row([row], |row| row.get(0))?;
        put(connection, row, base)?;
    }
    for (&row, &id) in &alone {
        let main: bool = connection
            .prepare_cached("SELECT main FROM report WHERE row = ?")?
            .query_row([row], |row| row.get(0))?;
        put(connection, row, alone_id(id, main))?;
    }
    let mut node_of: BTreeMap<ReportId, NodeId> = BTreeMap::new();
    for (&id, &row) in &row_of {
        node_of.extend(node(connection, row)?.map(|node| (id, node)));
    }
    let Held { same, apart } = bonds.of_nodes(|report| node_of.get(report).copied());
    let mut should: BTreeMap<(NodeId, NodeId), bool> = BTreeMap::new();
    for (pairs, is_same) in [(apart, false), (same, true)] {
        for (a, b) in pairs {
            should.extend([((a, b), is_same), ((b, a), is_same)]);
        }
    }
    let is: BTreeMap<(NodeId, NodeId), bool> = connection
        .prepare_cached("SELECT node, other, same FROM bond")?
        .query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?
        .collect::<Result<_>>()?;
    for (pair, _) in is.iter().filter(|(pair, same)| should.get(pair) != Some(same)) {
        connection
            .prepare_cached("DELETE FROM bond WHERE node = ? AND other = ?")?
            .execute(*pair)?;
        mark_known(connection, pair.0)?;
    }
    for (pair, same) in should.iter().filter(|(pair, same)| is.get(pair) != Some(same)) {
        connection
            .prepare_cached("INSERT INTO bond VALUES (?, ?, ?)")?
            .execute((pair.0, pair.1, same))?;
        mark_known(connection, pair.0)?;
    }
    Ok(())
}

/// The node of a report, if it is linked.
fn node(connection: &Connection, row: i64) -> Result<Option<NodeId>> {
    let found: Option<Option<NodeId>> = connection
        .prepare_cached("SELECT node FROM telling WHERE report = ?")?
        .query_row([row], |row| row.get(0))
        .optional()?;
    Ok(found.flatten())
}

fn mark_known(connection: &Connection, node: NodeId) -> Result<()> {
    let sql = "SELECT node FROM node WHERE node = ?";
    if rows(connection, sql, [node])?.is_empty() { Ok(()) } else { mark(connection, node, 0) }
}

/// Makes a report one of the node `to`, which says what its node says.
fn put(connection: &Connection, row: i64, to: NodeId) -> Result<()> {
    let Some(from) = node(connection, row)?.filter(|&from| from != to) else { return Ok(()) };
    let whole = said_by(connection, from)?;
    let is_new = add_node(connection, to, &views::parsed(&whole)?)?;
    connection
        .prepare_cached("UPDATE telling SET node = ? WHERE report = ?")?
        .execute((to, row))?;
    mark(connection, to, if is_new { 2 } else { 0 })?;
    leave(connection, from)
}

/// Notes that what counts of a report has changed.
///
/// Whether the report is another node now.
fn touch(connection: &Connection, row: i64) -> Result<bool> {
    let found: Option<[u8; 16]> = connection
        .prepare_cached("SELECT id FROM report WHERE row = ?")?
        .query_row([row], |row| row.get(0))
        .optional()?;
    let Some(id) = found.and_then(|id| ReportId::from_bytes(&id)) else { return Ok(false) };
    let mut rejected = false;
    for kept in of_report(connection, row)? {
        if let Judgement::Weighed { right, .. } = kept.judged.judgement {
            rejected = !right;
        }
    }
    connection
        .prepare_cached("UPDATE report SET rejected = ? WHERE row = ?")?
        .execute((rejected, row))?;
    if let Some(node) = node(connection, row)? {
        let moved = retell(connection, (row, id), node)?;
        mark(connection, self::node(connection, row)?.unwrap_or(node), 0)?;
        return Ok(moved);
    }
    let event = EventId::of_first(id).bytes();
    connection.prepare_cached("DELETE FROM event WHERE id = ?")?.execute([event])?;
    connection.prepare_cached("DELETE FROM member WHERE report = ?")?.execute([row])?;
    make_event(connection, &[(row, 0)], id)?;
    Ok(false)
}

/// Compares a report as reviewers correct it, and as it was read when they no longer do. Whether it
/// is another node now.
fn retell(connection: &Connection, (row, id): (i64, ReportId), node: NodeId) -> Result<bool> {
    let mut corrections = Vec::new();
    for kept in of_report(connection, row)? {
        if let Judgement::Corrected { field, value, .. } = kept.judged.judgement {
            corrections.push((field, value));
        }
    }
    let kept: Option<(NodeId, String)> = connection
        .prepare_cached("SELECT base, whole FROM retold WHERE report = ?")?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if corrections.is_empty() && kept.is_none() {
        return Ok(false);
    }
    let base: NodeId = connection
        .prepare_cached("SELECT base FROM telling WHERE report = ?")?
        .query_row([row], |row| row.get(0))?;
    let is_new = kept.is_none();
    let (first, whole) = match kept {
        Some(kept) => kept,
        None => (base, said_by(connection, node)?),
    };
    let read: Telling = views::parsed(&whole)?;
    let now = corrections
        .iter()
        .fold(read.clone(), |told, (field, value)| retold(&told, *field, value.as_ref()));
    let is_as_read = now == read;
    let to = if is_as_read { first } else { corrected_id(id, &now) };
    if is_as_read {
        connection.prepare_cached("DELETE FROM retold WHERE report = ?")?.execute([row])?;
    } else if is_new {
        connection
            .prepare_cached("INSERT INTO retold VALUES (?, ?, ?)")?
            .execute((row, first, whole))?;
    }
    if to == base {
        return Ok(false);
    }
    // A node of its own keeps its name, and says what the report says now.
    let target = if node == base { to } else { node };
    connection
        .prepare_cached("UPDATE telling SET base = ?, node = NULL WHERE report = ?")?
        .execute((to, row))?;
    leave(connection, node)?;
    let is_new = add_node(connection, target, &now)?;
    connection
        .prepare_cached("UPDATE telling SET node = ? WHERE report = ?")?
        .execute((target, row))?;
    mark(connection, target, if is_new { 2 } else { 0 })?;
    Ok(true)
}

fn said_by(connection: &Connection, node: NodeId) -> Result<String> {
    connection
        .prepare_cached("SELECT whole FROM node WHERE node = ?")?
        .query_row([node], |row| row.get(0))
}

/// A report is of this node no longer.
fn leave(connection: &Connection, node: NodeId) -> Result<()> {
    let left = "SELECT node FROM telling WHERE node = ? LIMIT 1";
    if rows(connection, left, [node])?.is_empty() {
        remove_node(connection, node)
    } else {
        mark(connection, node, 1)
    }
}

fn of_report(connection: &Connection, row: i64) -> Result<Vec<Kept>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT seq, at, reviewer, undone, whole FROM bound JOIN judgement USING (seq)
             WHERE report = ? ORDER BY seq",
        )?
        .query_map([row], kept)?
        .collect()
}

/// What reviewers say of the reports of an event.
#[derive(Default)]
pub(in crate::store) struct Said {
    /// Judgements that speak of its reports, in their order, each with the row of one of these.
    judgements: Vec<(i64, Kept)>,
}

impl Said {
    pub(in crate::store) fn of(connection: &Connection, id: EventId) -> Result<Self> {
        // CROSS JOIN: from the few members to their judgements, never from all judgements.
        let mut query = connection.prepare_cached(
            "SELECT seq, at, reviewer, undone, whole, min(bound.report) FROM member
             CROSS JOIN bound ON bound.report = member.report CROSS JOIN judgement USING (seq)
             WHERE event = ? GROUP BY seq ORDER BY seq",
        )?;
        let found = query.query_map([id.bytes()], |row| Ok((row.get(5)?, kept(row)?)))?;
        Ok(Self { judgements: found.collect::<Result<_>>()? })
    }

    /// The report in this row as reviewers correct it.
    pub(super) fn correct(&self, row: i64, mut report: ReportView) -> ReportView {
        for (_, kept) in self.judgements.iter().filter(|(of, _)| *of == row) {
            if let Judgement::Corrected { field, value, .. } = &kept.judged.judgement {
                report = corrected(&report, *field, value.as_ref());
            }
        }
        report
    }

    /// The values that were settled.
    pub(in crate::store) fn rulings(&self) -> Vec<Ruling> {
        let ruling = |kept: &Kept| match &kept.judged.judgement {
            Judgement::Settled { field, value, .. } => Some(Ruling {
                field: *field,
                value: value.clone(),
                by: RuledView {
                    entry: kept.seq,
                    reviewer: kept.reviewer.clone(),
                    at: kept.at.clone(),
                    instead_of: None,
                },
            }),
            _ => None,
        };
        self.judgements.iter().filter_map(|(_, kept)| ruling(kept)).collect()
    }

    /// The entries.
    pub(super) fn entries(&self) -> Vec<i64> {
        self.judgements.iter().map(|(_, kept)| kept.seq).collect()
    }
}
