//! Nodes of linking as the ledger has them, read when they are first asked for.

use std::collections::BTreeMap;
use std::rc::Rc;

use engine::link::{Node, NodeId, Telling};
use reading::DocumentId;
use rusqlite::{Connection, Result};

use super::super::views;

/// How many nodes are kept at most: they cost a few kilobytes each.
const KEPT: usize = 50_000;

/// What a node says and who says it.
pub(super) struct Kept {
    pub(super) telling: Telling,
    pub(super) documents: Vec<DocumentId>,
}

impl Kept {
    pub(super) fn node(&self) -> Node<'_> {
        Node { telling: &self.telling, documents: self.documents.clone() }
    }
}

/// Nodes by their ids. They must not change while this is in use.
pub(super) struct Nodes<'c> {
    connection: &'c Connection,
    known: BTreeMap<NodeId, Rc<Kept>>,
}

impl<'c> Nodes<'c> {
    pub(super) fn of(connection: &'c Connection) -> Self {
        Self { connection, known: BTreeMap::new() }
    }

    pub(super) fn get(&mut self, node: NodeId) -> Result<Rc<Kept>> {
        if let Some(kept) = self.known.get(&node) {
            return Ok(Rc::clone(kept));
        }
        let whole: String = self
            .connection
            .prepare_cached("SELECT whole FROM node WHERE node = ?")?
            .query_row([node], |row| row.get(0))?;
        let mut query =
            self.connection.prepare_cached("SELECT document FROM telling WHERE node = ?")?;
        let ids: Vec<[u8; 16]> =
            query.query_map([node], |row| row.get(0))?.collect::<Result<_>>()?;
        let mut documents: Vec<DocumentId> =
            ids.iter().filter_map(|id| DocumentId::from_bytes(id)).collect();
        documents.sort_unstable();
        let kept = Rc::new(Kept { telling: views::parsed(&whole)?, documents });
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        self.known.insert(node, Rc::clone(&kept));
        Ok(kept)
    }
}
