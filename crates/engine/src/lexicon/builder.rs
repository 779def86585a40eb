//! Gathers phrases and lays out the automaton that [`Matcher`] reads.
//!
//! The automaton is a table of words, where a word's number is the node of the phrases that begin
//! with it, and the nodes of a trie, breadth first, so that the children of a node stand side by
//! side, in the order of their words. A node is three numbers: the word that leads to it, its first
//! child, its first sense. Where both end is told by the node behind it; a last node closes the
//! list.

use std::collections::{BTreeMap, VecDeque};

use super::matcher::Matcher;
use crate::fold::fold_into;
use crate::lexicon::Sense;
use crate::pack::words::Words;
use crate::text::words;

/// Bit of a node's first sense: the phrase is a short abbreviation, to be written in capitals.
pub(super) const EXACT: u32 = 1 << 31;

/// Gathers phrases; [`build`](Self::build) lays out the automaton.
#[derive(Debug)]
pub struct Builder {
    /// Node 0 is the root.
    nodes: Vec<Node>,
    key: String,
}

#[derive(Debug, Default)]
struct Node {
    next: BTreeMap<Box<str>, usize>,
    senses: Vec<Sense>,
    exact: bool,
}

impl Default for Builder {
    fn default() -> Self {
        Self { nodes: vec![Node::default()], key: String::new() }
    }
}

impl Builder {
    /// Adds a phrase. Phrases without a word, or with one that cannot be compared, are ignored.
    pub fn add(&mut self, phrase: &str, sense: Sense) {
        let mut node = 0;
        for word in words(phrase) {
            self.key.clear();
            fold_into(word, &mut self.key);
            if self.key.is_empty() || self.key.len() > usize::from(u8::MAX) {
                return;
            }
            node = match self.nodes[node].next.get(self.key.as_str()) {
                Some(&next) => next,
                None => self.grow(node),
            };
        }
        if node == 0 {
            return;
        }
        let node = &mut self.nodes[node];
        if !node.senses.contains(&sense) {
            // Words first, then names: what is not written as a name keeps its plain senses.
            let at = if sense.is_name() { node.senses.len() } else { 0 };
            node.senses.insert(at, sense);
        }
        let letters = phrase.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = phrase.chars().all(|c| !c.is_lowercase());
        node.exact |= sense.is_name() && capitals && letters <= 5;
    }

    fn grow(&mut self, node: usize) -> usize {
        let next = self.nodes.len();
        self.nodes.push(Node::default());
        self.nodes[node].next.insert(self.key.as_str().into(), next);
        next
    }

    /// The automaton over all phrases added.
    pub fn build(&self) -> Matcher {
        let keys = || self.nodes.iter().flat_map(|node| node.next.keys()).map(|key| &**key);
        let root = &self.nodes[0].next;
        // Breadth first: the children of a node get the next numbers, in the order of their words.
        // The ids of words do not depend on their numbers, so those come after.
        let ids = Words::of(&keys().map(|key| (key, 0)).collect());
        let id = |key: &str| ids.find(key).unwrap_or_default().id;
        let (mut queue, mut numbered) = (VecDeque::from([(0, 0)]), 1);
        let (mut nodes, mut senses) = (Vec::new(), Vec::new());
        let mut first = BTreeMap::new();
        while let Some((word, node)) = queue.pop_front() {
            let node: &Node = &self.nodes[node];
            let flag = if node.exact { EXACT } else { 0 };
            nodes.push([word, numbered, senses.len() as u32 | flag].map(u32::to_le_bytes));
            senses.extend(&node.senses);
            let mut next: Vec<(u32, usize)> =
                node.next.iter().map(|(key, &next)| (id(key), next)).collect();
            next.sort_unstable();
            if word == 0 {
                first = next.iter().map(|(word, _)| *word).zip(numbered..).collect();
            }
            numbered += next.len() as u32;
            queue.extend(next);
        }
        nodes.push([0, numbered, senses.len() as u32].map(u32::to_le_bytes));
        let begins = |key: &str| root.get(key).and_then(|_| first.get(&id(key)).copied());
        let words = Words::of(&keys().map(|key| (key, begins(key).unwrap_or(0))).collect());
        Matcher { words, nodes: nodes.leak(), senses }
    }
}
