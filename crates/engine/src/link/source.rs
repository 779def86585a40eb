//! Which tellings of an event are one source: those of one document, and reprints.
//!
//! Among few, each is compared with each. Among many, those are compared whose phrases share their
//! least by one of some orders, as the phrases of two reprints almost surely do, and with the first
//! of each such group only.

use rustc_hash::FxHashMap;

use super::cluster::parts;
use super::node::{Node, share};
use super::pair::is_reprint;

/// Up to how many tellings each is compared with each.
const FEW: usize = 200;

/// In how many orders phrases are looked at, and with how many of a group a telling is compared.
const ORDERS: [u32; 6] = [1, 0x9e37_79b1, 0x85eb_ca6b, 0xc2b2_ae35, 0x27d4_eb2f, 0x1656_67b1];
const FIRST: usize = 4;

/// The number of the source of each of `nodes`, counted from 0 in the order of their first.
pub fn sources(nodes: &[&Node<'_>]) -> Vec<usize> {
    let n = nodes.len();
    let mut edges = Vec::new();
    let mut meet = |i: usize, j: usize| {
        let (a, b) = (nodes[i], nodes[j]);
        if share(&a.documents, &b.documents) || is_reprint(a.telling, b.telling) {
            edges.push((i, j));
        }
    };
    if n <= FEW {
        for i in 0..n {
            (0..i).for_each(|j| meet(j, i));
        }
    } else {
        let mut groups: FxHashMap<(usize, u32), Vec<usize>> = FxHashMap::default();
        for (i, node) in nodes.iter().enumerate() {
            for (order, factor) in ORDERS.iter().enumerate() {
                let phrases = node.telling.wording.pairs.words().iter();
                let Some(least) = phrases.map(|p| p.0.wrapping_mul(*factor)).min() else {
                    continue;
                };
                let group = groups.entry((order, least)).or_default();
                for &j in &*group {
                    meet(j, i);
                }
                if group.len() < FIRST {
                    group.push(i);
                }
            }
        }
    }
    let mut of = vec![0; n];
    for (number, set) in parts(n, &edges).into_iter().enumerate() {
        for i in set {
            of[i] = number;
        }
    }
    of
}

#[cfg(test)]
mod tests {
    use reading::DocumentId;

    use super::*;
    use crate::link::{Frequencies, Telling, Wording, said};
    use crate::report::ReportId;

    #[test]
    fn reprints_are_one_source_among_few_and_among_many() {
        let known = Frequencies::parse("\t1000\n");
        let telling = |i: u32, story: u32| {
            let words: Vec<String> =
                (0..60).map(|n| format!("word{}", story * 1_000 + n * 7 % 60)).collect();
            let text = format!("Paper{i} {}", words.join(" "));
            let id = i.to_le_bytes();
            Telling {
                wording: Wording::of(&[&text], &known),
                ..Telling::blank(ReportId::of(&[&id]), DocumentId::of(&[&id]))
            }
        };
        for n in [20, 600] {
            let all: Vec<Telling> = (0..n).map(|i| telling(i, i % 3)).collect();
            let nodes: Vec<Node<'_>> = all.iter().map(Node::of).collect();
            let of = sources(&nodes.iter().collect::<Vec<_>>());
            assert_eq!(of.iter().max(), Some(&2), "{n}");
        }
    }

    #[test]
    fn tellings_that_do_not_know_their_documents_are_no_one_source() {
        let blank = |i: u8| Telling::blank(ReportId::of(&[]), DocumentId::of(&[&[i]]));
        let (a, b, c) = (blank(1), blank(2), blank(1));
        let all = [&a, &b, &c].map(|t| (said(t), vec![t.document]));
        let nodes = all.each_ref().map(|(t, d)| Node { telling: t, documents: d.clone() });
        assert_eq!(sources(&nodes.each_ref()), [0, 1, 0]);
    }
}
