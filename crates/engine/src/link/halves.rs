//! Like reports → the two halves that their words fall into, and what speaks for two events.
//!
//! Two fights of one boxer, or two outbreaks of fire in two churches, are told in much the same
//! words, and an average over pairs does not see the few that part them. All reports together do:
//! a name or a number that nearly every report of the one has and none of the other. So words that
//! only some of the reports have are tried one after another as the seed of a half, each pair of
//! halves is settled (every report to the half that it is more like), and those that gain most are
//! the [`Halves`] of the set. Whether they are two events is for [weights](super::weights) to say, by how surely words tell the
//! halves apart and how alike they are otherwise, and by the days, places and tolls that the reports
//! give.

use rustc_hash::FxHashMap;

use super::contrast::{FEWEST, rare};
use super::node::{Node, share};
use super::words::{Bag, Wording};

/// The fewest reports of a half.
const LEAST: usize = 3;

/// How many words are tried as seeds: those that weigh most in the set.
const SEEDS: usize = 60;

/// How much names and phrases count beside words.
const HALF: f64 = 0.5;

/// How many words tell halves apart.
const MOST_TELLING: usize = 10;

/// How often halves are settled anew, at most.
const ROUNDS: usize = 10;

/// What the halves of a set are asked: the name in the table of weights, what one of it is worth by
/// hand for there being two events, in log-odds, and what it is.
pub(super) const TRAITS: [(&str, f64, &str); 3] = [
    ("halves.any", 3.0, "any set of like reports that falls in two"),
    (
        "halves.telling",
        0.2,
        "how surely ten words tell the halves apart, in tens of log-likelihood",
    ),
    ("halves.across", -1.5, "how alike across the halves, in quarters of how alike within"),
];

/// The halves of a set and what speaks for their being two events.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Halves {
    /// For each of the set whether it is in the second half.
    pub(super) second: Vec<bool>,
    /// What the halves are like, in the order of [`TRAITS`].
    pub(super) traits: [f64; TRAITS.len()],
}

/// What is said in a set: words first, then names and phrases, each by its place among all of them.
struct Table {
    /// What each report says, with its weight.
    rows: Vec<Vec<(usize, f64)>>,
    /// How many words there are, and how many of all.
    n_words: usize,
    n: usize,
}

/// Whether a report has nothing but its words to tell its event from others by: no day at all.
pub(super) fn is_wordy(node: &Node<'_>) -> bool {
    let telling = node.telling;
    telling.main && telling.days().is_none() && !telling.wording.words.is_empty()
}

/// Whether a set is for [`Halves`] to part: most of its reports have nothing but words.
pub(super) fn are_wordy(members: &[Node<'_>]) -> bool {
    let wordy = members.iter().filter(|node| is_wordy(node)).count();
    wordy >= FEWEST && wordy * 2 > members.len()
}

impl Halves {
    /// The halves of a set; `None` if it is small, has reports without words, or does not fall in
    /// two.
    pub(super) fn of(members: &[Node<'_>]) -> Option<Self> {
        let is_bare = |node: &Node<'_>| node.telling.wording.words.is_empty();
        if members.len() < FEWEST || members.iter().any(is_bare) {
            return None;
        }
        let table = Table::of(members);
        let mut best: Option<(f64, Vec<bool>)> = None;
        for seed in table.seeds() {
            let Some(halves) = table.settled(seed) else { continue };
            let gain = table.gain(&halves);
            if best.as_ref().is_none_or(|best| gain > best.0) {
                best = Some((gain, halves));
            }
        }
        let (_, second) = best?;
        let traits = [1.0, table.telling(&second) / 10.0, 4.0 * across(members, &second)];
        Some(Self { second, traits })
    }

    /// The places of the first half and of the second.
    pub(super) fn places(&self) -> [Vec<usize>; 2] {
        [false, true]
            .map(|half| (0..self.second.len()).filter(|&i| self.second[i] == half).collect())
    }
}

/// One of the bags of words of a text.
type BagOf = fn(&Wording) -> &Bag;

impl Table {
    fn of(members: &[Node<'_>]) -> Self {
        let bags: [(BagOf, f64); 3] =
            [(|w| &w.words, 1.0), (|w| &w.names, HALF), (|w| &w.pairs, HALF)];
        let mut table = Self { rows: vec![Vec::new(); members.len()], n_words: 0, n: 0 };
        for (bag, counts) in bags {
            let bags: Vec<&Bag> = members.iter().map(|n| bag(&n.telling.wording)).collect();
            let mut having: FxHashMap<u32, f32> = FxHashMap::default();
            for (word, _) in bags.iter().flat_map(|bag| bag.words()) {
                *having.entry(*word).or_default() += 1.0;
            }
            let mut words: Vec<u32> = having.keys().copied().collect();
            words.sort_unstable();
            for (row, bag) in table.rows.iter_mut().zip(&bags) {
                for (word, weight) in rare(bag, &having, bags.len()) {
                    let Ok(place) = words.binary_search(&word) else { continue };
                    row.push((table.n + place, f64::from(weight) * counts));
                }
            }
            table.n += words.len();
            table.n_words = if table.n_words == 0 { table.n } else { table.n_words };
        }
        table
    }

    /// The halves that words make: for each whether a report has the word. The weightiest word
    /// comes first.
    fn seeds(&self) -> impl Iterator<Item = Vec<bool>> {
        let mut words: Vec<(f64, usize)> = vec![(0.0, 0); self.n];
        for &(word, weight) in self.rows.iter().flatten() {
            words[word].0 += weight;
            words[word].1 += 1;
        }
        let n = self.rows.len();
        let mut seeds: Vec<usize> =
            (0..words.len()).filter(|&w| words[w].1 >= LEAST && words[w].1 + LEAST <= n).collect();
        seeds.sort_by(|&a, &b| words[b].0.total_cmp(&words[a].0).then(a.cmp(&b)));
        seeds.truncate(SEEDS);
        seeds.into_iter().map(|word| {
            let has = |row: &Vec<(usize, f64)>| row.binary_search_by_key(&word, |w| w.0).is_ok();
            self.rows.iter().map(has).collect()
        })
    }

    /// The sums of the rows of each half.
    fn sums(&self, second: &[bool]) -> [Vec<f64>; 2] {
        let mut sums = [vec![0.0; self.n], vec![0.0; self.n]];
        for (row, &second) in self.rows.iter().zip(second) {
            for &(word, weight) in row {
                sums[usize::from(second)][word] += weight;
            }
        }
        sums
    }

    /// Halves with every report in the one that it is more like, itself left out.
    fn settled(&self, mut second: Vec<bool>) -> Option<Vec<bool>> {
        for _ in 0..ROUNDS {
            let sums = self.sums(&second);
            let squares = [square(&sums[0]), square(&sums[1])];
            let next: Vec<bool> = self
                .rows
                .iter()
                .zip(&second)
                .map(|(row, &second)| {
                    let like = |half: usize| {
                        let own = row.iter().map(|w| w.1 * w.1).sum::<f64>();
                        let mut product =
                            row.iter().map(|&(word, x)| sums[half][word] * x).sum::<f64>();
                        let mut square = squares[half];
                        if usize::from(second) == half {
                            square -= 2.0 * product - own;
                            product -= own;
                        }
                        if square > 1e-9 { product / square.sqrt() } else { 0.0 }
                    };
                    like(1) > like(0)
                })
                .collect();
            let done = next == second;
            second = next;
            if done {
                break;
            }
        }
        let n_second = second.iter().filter(|&&second| second).count();
        (n_second.min(second.len() - n_second) >= LEAST).then_some(second)
    }

    /// How much more alike the reports of halves are than those of the whole.
    fn gain(&self, second: &[bool]) -> f64 {
        let [a, b] = self.sums(second);
        let whole: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a + b).collect();
        square(&a).sqrt() + square(&b).sqrt() - square(&whole).sqrt()
    }

    /// How much likelier the [ten](MOST_TELLING) words that tell most of the halves are if each half
    /// has a rate of its own than if both have one, as a logarithm.
    fn telling(&self, second: &[bool]) -> f64 {
        let mut having = vec![[0.0_f64; 2]; self.n_words];
        for (row, &second) in self.rows.iter().zip(second) {
            let words = row.iter().take_while(|word| word.0 < self.n_words);
            words.for_each(|word| having[word.0][usize::from(second)] += 1.0);
        }
        let n = second.len() as f64;
        let of_second = second.iter().filter(|&&second| second).count() as f64;
        let sizes = [n - of_second, of_second];
        let apart = |have: &[f64; 2]| {
            let own: f64 = have.iter().zip(sizes).map(|(&have, n)| likelihood(have, n)).sum();
            own - likelihood(have[0] + have[1], n)
        };
        let mut all: Vec<f64> = having.iter().map(apart).collect();
        all.sort_by(|a, b| b.total_cmp(a));
        all.iter().take(MOST_TELLING).sum()
    }
}

/// The logarithm of how likely it is that `k` of `n` reports have a word, at the rate at which they
/// do.
fn likelihood(k: f64, n: f64) -> f64 {
    let part = |k: f64| if k > 0.0 { k * (k / n).ln() } else { 0.0 };
    part(k) + part(n - k)
}

fn square(sum: &[f64]) -> f64 {
    sum.iter().map(|x| x * x).sum()
}

/// How alike reports of different halves are in proportion to those of one: the average of what
/// words, phrases, numbers, months and years say.
fn across(members: &[Node<'_>], second: &[bool]) -> f64 {
    /// Two texts seldom have a number in common: so much is added, that none is not nought.
    const SOME: f64 = 0.02;
    // How alike, and how many pairs say something; the last two with a pair more, of which one half
    // more does not agree, since few texts name a month or a year.
    let mut sums = [[(0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (1.0, 1.5), (1.0, 1.5)]; 2];
    for (i, a) in members.iter().enumerate() {
        for (j, b) in members.iter().enumerate().take(i) {
            let (x, y) = (&a.telling.wording, &b.telling.wording);
            let like = |like: Option<f32>| Some(like.map_or(0.0, f64::from));
            let likes = [
                like(x.words.likeness(&y.words)),
                like(x.pairs.likeness(&y.pairs)),
                Some(SOME + common(&x.numbers, &y.numbers).unwrap_or(0.0)),
                common(&x.months, &y.months),
                common(&x.years, &y.years),
            ];
            for (sum, like) in sums[usize::from(second[i] == second[j])].iter_mut().zip(likes) {
                if let Some(like) = like {
                    *sum = (sum.0 + like, sum.1 + 1.0);
                }
            }
        }
    }
    let mean = |(sum, n): (f64, f64)| sum / f64::max(n, 1.0);
    let [across, within] = sums;
    let ratios = across.iter().zip(within).map(|(&a, w)| mean(a) / mean(w).max(1e-9));
    ratios.sum::<f64>() / across.len() as f64
}

/// Whether two sorted lists have something in common, as a number; `None` if one is empty.
fn common<T: Ord>(a: &[T], b: &[T]) -> Option<f64> {
    (!a.is_empty() && !b.is_empty()).then(|| f64::from(u8::from(share(a, b))))
}

#[cfg(test)]
mod tests {
    use reading::DocumentId;

    use super::*;
    use crate::link::{Bonds, Bounds, Frequencies, Telling, Verdict, Weights, link_by};
    use crate::report::ReportId;

    /// Reports of a bout: what all of the bout have in common, and what each has of its own.
    fn bout(n: u8, told: &str) -> Vec<Telling> {
        const OWN: [&str; 8] = [
            "Scouts yawned.",
            "Bakers cheered, ushers wept.",
            "Thunder delayed trains.",
            "Vendors sold pickles.",
            "Goldsmiths praised his footwork.",
            "Plumbers queued overnight.",
            "Beekeepers sang hymns.",
            "Janitors swept confetti.",
        ];
        let known = Frequencies::embedded();
        let report = |own: &str| {
            let text = format!("Rocco Vane boxed. The welterweight fought. {told} {own}");
            let id = [n, own.len() as u8];
            let blank = Telling::blank(ReportId::of(&[&id]), DocumentId::of(&[&id]));
            Telling { wording: Wording::of(&[&text], &known), ..blank }
        };
        OWN.iter().map(|own| report(own)).collect()
    }

    fn halves(tellings: &[Telling]) -> Option<(Halves, f64)> {
        let members: Vec<Node<'_>> = tellings.iter().map(Node::of).collect();
        let halves = Halves::of(&members)?;
        let worth = Weights::embedded().judge_halves(&halves, &members);
        Some((halves, worth))
    }

    #[test]
    fn two_bouts_of_one_boxer_are_told_apart_by_what_each_has_of_its_own() {
        let mut both = bout(1, "Kowalczyk fell in Harrowby, 9 March, round 12, bruised ribs.");
        both.extend(bout(2, "Ndiaye surrendered at Saltmarsh, 2 July, round 4, broken jaw."));
        let (halves, worth) = halves(&both).unwrap();
        let [first, second] = halves.places();
        assert!(first == (0..8).collect::<Vec<_>>() || second == (0..8).collect::<Vec<_>>());
        assert!(worth > 0.0, "{worth}");
    }

    #[test]
    fn what_a_reviewer_holds_to_be_one_event_is_not_parted() {
        let mut both = bout(1, "Kowalczyk fell in Harrowby, 9 March, round 12, bruised ribs.");
        both.extend(bout(2, "Ndiaye surrendered at Saltmarsh, 2 July, round 4, broken jaw."));
        let weights = Weights::embedded();
        assert_eq!(link_by(&both, &weights, Bounds::USUAL, &Bonds::default()).len(), 2);
        let (these, those) = (vec![both[0].report], vec![both[15].report]);
        let bonds = Bonds::of(&[Verdict { same: true, these, those }]);
        let sets = link_by(&both, &weights, Bounds::USUAL, &bonds);
        assert!(sets.iter().any(|set| set.contains(&0) && set.contains(&15)), "{sets:?}");
    }

    #[test]
    fn one_bout_in_many_reports_stays_one() {
        let one = bout(1, "Kowalczyk fell in Harrowby, 9 March, round 12, bruised ribs.");
        if let Some((_, worth)) = halves(&one) {
            assert!(worth < 0.0, "{worth}");
        }
    }

    #[test]
    fn few_reports_and_those_without_words_have_no_halves() {
        let told = "Kowalczyk fell in Harrowby.";
        assert_eq!(halves(&bout(1, told)[..5]), None);
        let mut bare = bout(1, told);
        bare[3].wording = Wording::default();
        assert_eq!(halves(&bare), None);
    }
}
