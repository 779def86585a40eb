//! Tellings that say the same → one node, so that a story which a thousand papers reprint is looked
//! at once.
//!
//! What a node is depends on what is said and nothing else: who says it is beside it. Tellings that
//! say too little to be known as the same, without the words of a whole text and without day and
//! town, are nodes of their own, and so are rows of tables. Reports of one document that say the same stay apart: the first
//! of each document are one node, the second another.

use std::collections::BTreeMap;

use reading::DocumentId;

use super::telling::Telling;
use crate::report::ReportId;

/// Names a node. Nodes of what documents are about come before those of mentions; among these the
/// order is that of digests, as good as by lot.
pub type NodeId = i64;

/// What is said, and which documents say it.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'a> {
    /// One of the tellings that say it.
    pub telling: &'a Telling,
    /// The documents, or the tables of which they are rows, sorted.
    pub documents: Vec<DocumentId>,
}

impl<'a> Node<'a> {
    /// The node of one telling.
    pub fn of(telling: &'a Telling) -> Self {
        Self { telling, documents: vec![telling.teller()] }
    }

    /// Whether one document has a report of each: then it told them apart.
    pub fn is_apart(&self, other: &Self) -> bool {
        share(&self.documents, &other.documents)
    }
}

/// Whether two sorted lists have something in common.
pub(super) fn share<T: Ord>(a: &[T], b: &[T]) -> bool {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}

/// What `telling` says, without who says it.
pub fn said(telling: &Telling) -> Telling {
    let nobody = Telling::blank(ReportId::of(&[]), DocumentId::of(&[]));
    // When it was published matters only to those that do not say when it happened.
    let published = telling.published.filter(|_| telling.when.is_none());
    let (report, document) = (nobody.report, nobody.document);
    Telling { report, document, published, ..telling.clone() }
}

/// The nodes of `tellings`, which must hold all or none of a document's; each report is given once.
pub fn node_ids(tellings: &[&Telling]) -> Vec<NodeId> {
    let mut order: Vec<usize> = (0..tellings.len()).collect();
    order.sort_unstable_by_key(|&i| tellings[i].report);
    let mut ids = vec![0; tellings.len()];
    let mut seen: BTreeMap<(DocumentId, [u8; 16]), u32> = BTreeMap::new();
    for i in order {
        let digest = digest(tellings[i]);
        let nth = seen.entry((tellings[i].document, digest)).or_default();
        *nth += 1;
        ids[i] = number(digest, *nth, tellings[i].main);
    }
    ids
}

/// The node that `report` is if it must not be one with others.
pub fn alone_id(report: ReportId, main: bool) -> NodeId {
    number(alone(report), 1, main)
}

/// The node of `report` when a reviewer has corrected it: what it says now is no other's.
pub fn corrected_id(report: ReportId, corrected: &Telling) -> NodeId {
    let said = serde_json::to_vec(&said(corrected)).unwrap_or_default();
    let digest = DocumentId::of(&[b"corrected", &report.bytes(), &said]).bytes();
    number(digest, 1, corrected.main)
}

fn number(digest: [u8; 16], nth: u32, main: bool) -> NodeId {
    let id = DocumentId::of(&[&digest, &nth.to_le_bytes()]).bytes();
    let number = id.iter().take(8).fold(0, |n, &byte| (n << 8) | i64::from(byte));
    let number = number & (i64::MAX >> 1);
    if main { number } else { number | (1 << 62) }
}

fn alone(report: ReportId) -> [u8; 16] {
    DocumentId::of(&[b"alone", &report.bytes()]).bytes()
}

fn digest(telling: &Telling) -> [u8; 16] {
    let says_all = telling.main && !telling.wording.words.is_empty();
    let is_placed = telling.spot.as_ref().is_some_and(|spot| spot.point().is_some());
    if telling.table.is_none() && (says_all || (telling.when.is_some() && is_placed)) {
        let said = serde_json::to_vec(&said(telling)).unwrap_or_default();
        return DocumentId::of(&[b"said", &said]).bytes();
    }
    alone(telling.report)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::link::Spot;
    use crate::resolved::{Period, Precision};

    fn telling(report: u8, document: u8) -> Telling {
        Telling {
            when: Some(Period::day(date(2024, 3, 1))),
            spot: Some(Spot {
                country: "XX".into(),
                admin1: None,
                place: Some("wick".into()),
                site: Vec::new(),
                at: Some((10.0, 10.0)),
                precision: Precision::Place,
            }),
            published: Some(date(2024, 3, 2).saturating_add(jiff::Span::new().days(document))),
            ..Telling::blank(ReportId::of(&[&[report]]), DocumentId::of(&[&[document]]))
        }
    }

    #[test]
    fn two_documents_that_say_the_same_are_one_node() {
        let (a, b) = (telling(1, 1), telling(2, 2));
        let ids = node_ids(&[&a, &b]);
        assert_eq!(ids[0], ids[1]);
        let vague = |t| Telling { when: None, ..t };
        let (a, b) = (vague(a), vague(b));
        let ids = node_ids(&[&a, &b]);
        assert_ne!(ids[0], ids[1]);
    }

    #[test]
    fn what_one_document_says_twice_is_two_nodes() {
        let all = [telling(1, 1), telling(2, 1), telling(3, 2), telling(4, 2)];
        let mut ids = node_ids(&all.each_ref());
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 2);
    }
}
