//! What is stale is linked with what is there.
//!
//! First what reviewers say finds its reports. Then the keys: which nodes each now shows, and the pairs that meet
//! anew or no longer. Then the pieces of what these touch, each found by walking no further than a piece may reach. Last the
//! events of the pieces that changed. Each step gives what linking all nodes at once would give.

use std::collections::{BTreeMap, BTreeSet};

use engine::link::{Held, LADDER, NodeId, blocks, clusters, sources};
use engine::report::ReportId;
use rusqlite::{Connection, Result};

use super::nodes::Nodes;
use super::{BOUNDS, judged, linker, make_event, rows};

/// Links what is stale with what is there.
pub(in crate::store) fn settle(connection: &Connection) -> Result<()> {
    judged::bind(connection)?;
    let mut query = connection.prepare_cached("SELECT node, state FROM stale ORDER BY node")?;
    let stale: BTreeMap<NodeId, i64> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_>>()?;
    if stale.is_empty() {
        connection.execute("DELETE FROM touched", [])?;
        return Ok(());
    }
    let mut work = Work { connection, nodes: Nodes::of(connection), moved: BTreeSet::new() };
    let new: BTreeSet<NodeId> = stale.iter().filter(|s| *s.1 == 2).map(|s| *s.0).collect();
    let (entered, left) = work.show(&new)?;
    for node in left {
        work.check_pairs(node)?;
    }
    for (key, nodes) in entered {
        work.meet_lookers(key, &nodes, &new)?;
    }
    for (&node, &state) in &stale {
        match state {
            0 => work.part_documents(node)?,
            1 => work.meet_all(node, true)?,
            _ => work.meet_all(node, false)?,
        }
    }
    work.moved.extend(stale.keys());
    work.make_events()?;
    connection.execute("DELETE FROM stale", [])?;
    connection.execute("DELETE FROM touched", [])?;
    Ok(())
}

/// Nodes that keys show now and did not before, by key.
type Entered = BTreeMap<i64, Vec<NodeId>>;

struct Work<'c> {
    connection: &'c Connection,
    nodes: Nodes<'c>,
    /// Nodes that are stale, or whose pairs changed.
    moved: BTreeSet<NodeId>,
}

impl Work<'_> {
    /// Brings up to date what keys show. Gives which nodes are shown anew, and which old ones no
    /// longer.
    fn show(&mut self, new: &BTreeSet<NodeId>) -> Result<(Entered, BTreeSet<NodeId>)> {
        let mut more: BTreeMap<i64, usize> = rows(self.connection, "SELECT key FROM touched", [])?
            .into_iter()
            .map(|k| (k, 0))
            .collect();
        for &node in new {
            for key in blocks(&self.nodes.get(node)?.telling).found {
                *more.entry(key).or_default() += 1;
            }
        }
        let (mut entered, mut left) = (Entered::new(), BTreeSet::new());
        for (key, n_new) in more {
            let first = self.first(key, BOUNDS.shown + n_new)?;
            for (place, (node, way, was_shown)) in first.into_iter().enumerate() {
                let is_shown = place < BOUNDS.shown;
                if is_shown == was_shown {
                    continue;
                }
                self.connection
                    .prepare_cached(
                        "UPDATE block SET shown = ? WHERE key = ? AND way = ? AND node = ?",
                    )?
                    .execute((is_shown, key, way, node))?;
                if is_shown {
                    entered.entry(key).or_default().push(node);
                } else {
                    left.insert(node);
                }
            }
        }
        Ok((entered, left))
    }

    /// The first `n` nodes that are found under a key, how each stands there and whether it was
    /// shown.
    fn first(&self, key: i64, n: usize) -> Result<Vec<(NodeId, i64, bool)>> {
        let mut all: Vec<(NodeId, i64, bool)> = Vec::new();
        for way in [0, 1] {
            let mut query = self.connection.prepare_cached(
                "SELECT node, way, shown FROM block WHERE key = ? AND way = ? ORDER BY node LIMIT ?",
            )?;
            let found = query
                .query_map((key, way, i64::try_from(n).unwrap_or(i64::MAX)), |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?;
            for row in found {
                all.push(row?);
            }
        }
        all.sort_unstable();
        all.truncate(n);
        Ok(all)
    }

    /// The nodes that a key shows.
    fn shown(&self, key: i64) -> Result<Vec<NodeId>> {
        let first = self.first(key, BOUNDS.shown)?;
        Ok(first.into_iter().filter(|row| row.2).map(|row| row.0).collect())
    }

    fn lookers(&self, key: i64) -> Result<Vec<NodeId>> {
        rows(self.connection, "SELECT node FROM block WHERE key = ? AND way IN (1, 2)", [key])
    }

    /// Old nodes that look under `key` meet those that it shows anew. New ones look for themselves.
    fn meet_lookers(&mut self, key: i64, shown: &[NodeId], new: &BTreeSet<NodeId>) -> Result<()> {
        for looker in self.lookers(key)? {
            if !new.contains(&looker) {
                for &other in shown {
                    self.meet(looker, other)?;
                }
            }
        }
        Ok(())
    }

    /// A node meets all that it looks for, and if it is `old` all that look for it.
    fn meet_all(&mut self, node: NodeId, old: bool) -> Result<()> {
        let keys = blocks(&self.nodes.get(node)?.telling);
        let mut met: BTreeSet<NodeId> = BTreeSet::new();
        for &key in &keys.looks {
            met.extend(self.shown(key)?);
        }
        for &key in keys.found.iter().filter(|_| old) {
            if self.shown(key)?.contains(&node) {
                met.extend(self.lookers(key)?);
            }
        }
        met.into_iter().try_for_each(|other| self.meet(node, other))
    }

    /// Two nodes that meet are a pair if they may be one event.
    fn meet(&mut self, node: NodeId, other: NodeId) -> Result<()> {
        if node == other {
            return Ok(());
        }
        let (a, b) = (self.nodes.get(node)?, self.nodes.get(other)?);
        // Which comes first would show in the last digit of the sum.
        let (a, b) = if node < other { (a, b) } else { (b, a) };
        let Some(worth) = linker().weights.meets(&a.node(), &b.node()) else { return Ok(()) };
        let mut insert =
            self.connection.prepare_cached("INSERT OR IGNORE INTO edge VALUES (?, ?, ?)")?;
        if insert.execute((node, other, worth))? > 0 {
            insert.execute((other, node, worth))?;
            self.moved.extend([node, other]);
        }
        Ok(())
    }

    fn part(&mut self, node: NodeId, other: NodeId) -> Result<()> {
        let mut delete =
            self.connection.prepare_cached("DELETE FROM edge WHERE node = ? AND other = ?")?;
        delete.execute((node, other))?;
        delete.execute((other, node))?;
        self.moved.extend([node, other]);
        Ok(())
    }

    fn others(&self, node: NodeId) -> Result<Vec<NodeId>> {
        rows(self.connection, "SELECT other FROM edge WHERE node = ?", [node])
    }

    /// A node that a key shows no longer may meet some of its pairs no more.
    fn check_pairs(&mut self, node: NodeId) -> Result<()> {
        let finds = |work: &mut Self, node: NodeId| -> Result<BTreeSet<NodeId>> {
            let mut found = BTreeSet::new();
            for key in blocks(&work.nodes.get(node)?.telling).looks {
                found.extend(work.shown(key)?);
            }
            Ok(found)
        };
        let mine = finds(self, node)?;
        for other in self.others(node)? {
            if !mine.contains(&other) && !finds(self, other)?.contains(&node) {
                self.part(node, other)?;
            }
        }
        Ok(())
    }

    /// A node that more documents tell of now is apart from what these documents also tell of.
    fn part_documents(&mut self, node: NodeId) -> Result<()> {
        let kept = self.nodes.get(node)?;
        for other in self.others(node)? {
            if kept.node().is_apart(&self.nodes.get(other)?.node()) {
                self.part(node, other)?;
            }
        }
        Ok(())
    }

    /// Finds the pieces of all that moved, and makes their events anew.
    fn make_events(&mut self) -> Result<()> {
        let mut next: Vec<NodeId> = self.moved.iter().copied().collect();
        let mut done: BTreeSet<NodeId> = BTreeSet::new();
        let mut pieces: Vec<Vec<NodeId>> = Vec::new();
        while let Some(node) = next.pop() {
            if done.contains(&node) {
                continue;
            }
            let piece = self.piece(node)?;
            // What was in a piece with these may be in another now.
            for &member in &piece {
                let sql = "SELECT node FROM piece WHERE piece =
                    (SELECT piece FROM piece WHERE node = ?)";
                next.extend(rows(self.connection, sql, [member])?);
            }
            done.extend(&piece);
            pieces.push(piece);
        }
        // All old events go before any new one comes: one that fell apart may leave its id to
        // another piece.
        for node in done {
            for sql in [
                "DELETE FROM event WHERE id IN (SELECT event FROM member JOIN telling
                 ON member.report = telling.report WHERE node = ?)",
                "DELETE FROM member WHERE report IN (SELECT report FROM telling WHERE node = ?)",
            ] {
                self.connection.prepare_cached(sql)?.execute([node])?;
            }
        }
        pieces.into_iter().try_for_each(|piece| self.link(&piece))
    }

    /// The piece that `node` is in: all that pairs hold together with it by the first threshold
    /// that keeps it small enough, or by the last.
    fn piece(&self, node: NodeId) -> Result<Vec<NodeId>> {
        for (step, threshold) in LADDER.iter().enumerate() {
            let is_last = step + 1 == LADDER.len();
            let mut piece = BTreeSet::from([node]);
            let mut next = vec![node];
            let mut query = self.connection.prepare_cached(
                "SELECT other FROM edge WHERE node = ?1 AND worth >= ?2
                     UNION ALL SELECT other FROM bond WHERE node = ?1 AND same",
            )?;
            while let Some(node) = next.pop().filter(|_| is_last || piece.len() <= BOUNDS.largest) {
                let others = query.query_map((node, threshold), |row| row.get(0))?;
                for other in others {
                    let other: NodeId = other?;
                    if piece.insert(other) {
                        next.push(other);
                    }
                }
            }
            if is_last || piece.len() <= BOUNDS.largest {
                return Ok(piece.into_iter().collect());
            }
        }
        Ok(vec![node])
    }

    /// Makes the events of a piece.
    fn link(&mut self, piece: &[NodeId]) -> Result<()> {
        let Some(first) = piece.first() else { return Ok(()) };
        let mut kept = Vec::with_capacity(piece.len());
        for &node in piece {
            self.connection
                .prepare_cached(
                    "INSERT INTO piece VALUES (?1, ?2)
                     ON CONFLICT DO UPDATE SET piece = ?2 WHERE piece <> ?2",
                )?
                .execute((node, first))?;
            kept.push((node, self.nodes.get(node)?));
        }
        let members: Vec<_> = kept.iter().map(|(node, kept)| (*node, kept.node())).collect();
        let held = self.held(piece)?;
        for event in clusters(&members, &linker().weights, BOUNDS, &held) {
            let nodes: Vec<_> = event.iter().map(|&i| &members[i].1).collect();
            let (mut reports, mut first) = (Vec::new(), None::<ReportId>);
            for (&i, source) in event.iter().zip(sources(&nodes)) {
                let mut query = self.connection.prepare_cached(
                    "SELECT row, id FROM telling JOIN report ON row = telling.report
                     WHERE node = ? ORDER BY row",
                )?;
                let found =
                    query.query_map([members[i].0], |row| Ok((row.get(0)?, row.get(1)?)))?;
                for report in found {
                    let (row, id): (i64, [u8; 16]) = report?;
                    let id = ReportId::from_bytes(&id);
                    first = first.into_iter().chain(id).min();
                    reports.push((row, source));
                }
            }
            if let Some(first) = first {
                make_event(self.connection, &reports, first)?;
            }
        }
        Ok(())
    }

    /// What reviewers say of the nodes of a piece.
    fn held(&self, piece: &[NodeId]) -> Result<Held> {
        let mut held = Held::default();
        let mut query =
            self.connection.prepare_cached("SELECT other, same FROM bond WHERE node = ?")?;
        for (i, &node) in piece.iter().enumerate() {
            let mut bonds = query.query([node])?;
            while let Some(bond) = bonds.next()? {
                let Ok(j) = piece.binary_search(&bond.get(0)?) else { continue };
                let pairs = if bond.get(1)? { &mut held.same } else { &mut held.apart };
                pairs.push((i, j));
            }
        }
        Ok(held)
    }
}
