//! What reviewers say of which reports are of one event → what clustering must hold.
//!
//! A verdict says that reports are of one event, or that these and those are not. The latest comes
//! first: an earlier one holds as far as no later one is against it. What follows from what is said
//! holds as well: reports that are of one event with a third are of one event, and apart from all
//! that the third is apart from. This depends on the verdicts and their order alone, not on the
//! reports that are known.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::parts;
use crate::report::ReportId;

/// What a reviewer says of two lists of reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether all of them are of one event; else none of the first is of one with any of the
    /// second.
    pub same: bool,
    /// The first list; that of fewer reports, where they are apart.
    pub these: Vec<ReportId>,
    /// The second list.
    pub those: Vec<ReportId>,
}

/// What holds of reports by all verdicts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bonds {
    /// Sets of two or more reports that are of one event.
    pub same: Vec<Vec<ReportId>>,
    /// Pairs that are not, each standing for the sets that the two are in.
    pub apart: Vec<(ReportId, ReportId)>,
    /// Reports that may say what others say and are told apart from these all the same: each is a
    /// node of its own.
    pub alone: BTreeSet<ReportId>,
}

/// What holds of nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held<T = usize> {
    /// Pairs that are of one event.
    pub same: Vec<(T, T)>,
    /// Pairs that are not.
    pub apart: Vec<(T, T)>,
}

impl<T> Default for Held<T> {
    fn default() -> Self {
        Self { same: Vec::new(), apart: Vec::new() }
    }
}

/// Sets of reports while verdicts are heard.
#[derive(Default)]
struct Sets {
    of: BTreeMap<ReportId, usize>,
    members: Vec<Vec<ReportId>>,
    foes: Vec<BTreeSet<usize>>,
    alone: Vec<bool>,
}

impl Bonds {
    /// What holds by `verdicts`, of which the latest is last.
    pub fn of(verdicts: &[Verdict]) -> Self {
        let mut sets = Sets::default();
        for verdict in verdicts.iter().rev() {
            if verdict.same {
                let all: Vec<ReportId> =
                    verdict.these.iter().chain(&verdict.those).copied().collect();
                sets.join(&all);
            } else {
                sets.part(&verdict.these, &verdict.those);
            }
        }
        sets.bonds()
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.same.is_empty() && self.apart.is_empty()
    }

    /// What holds of nodes, where `node` says which one a report is of, if it is known.
    pub fn of_nodes<T: Copy + Ord>(&self, node: impl Fn(&ReportId) -> Option<T>) -> Held<T> {
        let mut held = Held::default();
        // A set stands for itself by the first of it that is known.
        let mut first: BTreeMap<ReportId, T> = BTreeMap::new();
        for set in &self.same {
            let mut nodes: Vec<T> = set.iter().filter_map(&node).collect();
            nodes.sort_unstable();
            nodes.dedup();
            let Some((&one, others)) = nodes.split_first() else { continue };
            held.same.extend(others.iter().map(|&other| (one, other)));
            first.extend(set.iter().map(|&report| (report, one)));
        }
        let of = |report: &ReportId| first.get(report).copied().or_else(|| node(report));
        let apart = self.apart.iter().filter_map(|(a, b)| of(a).zip(of(b)));
        held.apart.extend(apart.filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b))));
        held.same.sort_unstable();
        held.same.dedup();
        held.apart.sort_unstable();
        held.apart.dedup();
        held
    }
}

impl Held<usize> {
    /// What holds of the nodes of `piece`, by their places there.
    #[must_use]
    pub fn among(&self, piece: &[usize]) -> Self {
        let places = |pairs: &[(usize, usize)]| -> Vec<(usize, usize)> {
            let place = |i: &usize| piece.binary_search(i).ok();
            pairs.iter().filter_map(|(a, b)| place(a).zip(place(b))).collect()
        };
        Self { same: places(&self.same), apart: places(&self.apart) }
    }
}

impl Sets {
    fn set(&mut self, report: ReportId) -> usize {
        let next = self.members.len();
        let set = *self.of.entry(report).or_insert(next);
        if set == next {
            self.members.push(vec![report]);
            self.foes.push(BTreeSet::new());
            self.alone.push(false);
        }
        set
    }

    /// Each report joins the first before it with which it may be.
    fn join(&mut self, reports: &[ReportId]) {
        let mut before: Vec<ReportId> = Vec::new();
        for &report in reports {
            for &other in &before {
                let (set, with) = (self.set(report), self.set(other));
                if set == with {
                    break;
                }
                if !self.foes[set].contains(&with) {
                    self.merge(set, with);
                    break;
                }
            }
            // One of each set is enough.
            let set = self.set(report);
            if !before.iter().any(|&other| self.of.get(&other) == Some(&set)) {
                before.push(report);
            }
        }
    }

    fn merge(&mut self, set: usize, with: usize) {
        let fewer = self.members[set].len() < self.members[with].len();
        let (into, from) = if fewer { (with, set) } else { (set, with) };
        for report in std::mem::take(&mut self.members[from]) {
            self.of.insert(report, into);
            self.members[into].push(report);
        }
        for foe in std::mem::take(&mut self.foes[from]) {
            self.foes[foe].remove(&from);
            self.foes[foe].insert(into);
            self.foes[into].insert(foe);
        }
        self.alone[into] |= self.alone[from];
    }

    fn part(&mut self, these: &[ReportId], those: &[ReportId]) {
        let sets = |of: &mut Self, reports: &[ReportId]| -> BTreeSet<usize> {
            reports.iter().map(|&report| of.set(report)).collect()
        };
        let (these, those) = (sets(self, these), sets(self, those));
        for &a in &these {
            for &b in those.iter().filter(|&&b| b != a) {
                self.foes[a].insert(b);
                self.foes[b].insert(a);
                self.alone[a] = true;
            }
        }
    }

    fn bonds(self) -> Bonds {
        let mut bonds = Bonds::default();
        for (set, members) in self.members.iter().enumerate() {
            let least = |set: usize| self.members[set].iter().min().copied();
            let apart = self.foes[set].iter().filter_map(|&foe| least(set).zip(least(foe)));
            bonds.apart.extend(apart.filter(|(a, b)| a < b));
            if self.alone[set] {
                bonds.alone.extend(members);
            }
            if members.len() > 1 {
                let mut members = members.clone();
                members.sort_unstable();
                bonds.same.push(members);
            }
        }
        bonds.same.sort_unstable();
        bonds.apart.sort_unstable();
        bonds
    }
}

/// The bonds of nodes as clustering uses them.
pub(super) struct Ties {
    /// The set that each node is in from the beginning.
    set: Vec<usize>,
    /// Sets of nodes, most of them of one.
    pub(super) sets: Vec<Vec<usize>>,
    apart: BTreeSet<(usize, usize)>,
}

impl Ties {
    pub(super) fn of(n: usize, held: &Held) -> Self {
        let sets = parts(n, &held.same);
        let mut set = vec![0; n];
        for (number, members) in sets.iter().enumerate() {
            for &i in members {
                set[i] = number;
            }
        }
        let apart = held.apart.iter().map(|&(a, b)| (set[a].min(set[b]), set[a].max(set[b])));
        let apart = apart.filter(|(a, b)| a != b).collect();
        Self { set, sets, apart }
    }

    /// Whether something is said of node `i`.
    pub(super) fn is_bound(&self, i: usize) -> bool {
        let set = self.set[i];
        self.sets[set].len() > 1 || self.apart.iter().any(|&(a, b)| a == set || b == set)
    }

    /// Whether two nodes are not of one event.
    pub(super) fn are_apart(&self, i: usize, j: usize) -> bool {
        let (a, b) = (self.set[i], self.set[j]);
        !self.apart.is_empty() && self.apart.contains(&(a.min(b), a.max(b)))
    }

    /// Whether something is said that keeps two sets of nodes apart.
    pub(super) fn part(&self, these: &[usize], those: &[usize]) -> bool {
        !self.apart.is_empty() && these.iter().any(|&i| those.iter().any(|&j| self.are_apart(i, j)))
    }

    /// The sets among the nodes `of`, which holds them whole, by their places there.
    pub(super) fn among(&self, of: &[usize]) -> Vec<Vec<usize>> {
        let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, &i) in of.iter().enumerate() {
            sets.entry(self.set[i]).or_default().push(place);
        }
        sets.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(name: char) -> ReportId {
        ReportId::of(&[&[name as u8]])
    }

    fn reports(names: &str) -> Vec<ReportId> {
        names.chars().map(report).collect()
    }

    /// "ab" is same, "a|b" is apart.
    fn bonds(verdicts: &[&str]) -> Bonds {
        let verdict = |said: &&str| {
            let (these, those) = said.split_once('|').unwrap_or((said, ""));
            Verdict { same: !said.contains('|'), these: reports(these), those: reports(those) }
        };
        Bonds::of(&verdicts.iter().map(verdict).collect::<Vec<_>>())
    }

    fn same(bonds: &Bonds, a: char, b: char) -> bool {
        bonds.same.iter().any(|set| set.contains(&report(a)) && set.contains(&report(b)))
    }

    fn apart(bonds: &Bonds, a: char, b: char) -> bool {
        let with = |x: char, y: ReportId| {
            let x = report(x);
            x == y || bonds.same.iter().any(|set| set.contains(&x) && set.contains(&y))
        };
        bonds.apart.iter().any(|&(x, y)| (with(a, x) && with(b, y)) || (with(a, y) && with(b, x)))
    }

    #[test]
    fn what_follows_from_verdicts_holds_as_well() {
        let bonds = bonds(&["ab", "bc", "c|d"]);
        assert!(same(&bonds, 'a', 'c'));
        assert!(apart(&bonds, 'a', 'd'));
        assert!(!same(&bonds, 'a', 'd'));
    }

    #[test]
    fn the_latest_verdict_wins_and_the_rest_of_an_earlier_one_stays() {
        let parted = bonds(&["abcd", "a|bcd"]);
        assert!(same(&parted, 'b', 'd') && !same(&parted, 'a', 'b'));
        assert!(apart(&parted, 'a', 'd'));
        let joined = bonds(&["a|b", "ab"]);
        assert!(same(&joined, 'a', 'b') && joined.apart.is_empty());
    }

    #[test]
    fn reports_that_are_parted_are_nodes_of_their_own() {
        let bonds = bonds(&["a|bcd", "ae"]);
        assert_eq!(bonds.alone, reports("ae").into_iter().collect());
    }

    #[test]
    fn a_report_is_never_apart_from_itself() {
        assert!(bonds(&["a|a"]).is_empty());
    }
}
