//! What tells like reports apart: within a part, the words that only some of its reports have.
//!
//! Reports of two fights of one boxer, or of two arrests of one player, share most of their telling
//! words. Weighed by how rare a word is within the part, what is left are the words that differ.
//! How alike two reports are by these is put in proportion to the part's average, since in a part
//! of one event little is left of any.

use rustc_hash::FxHashMap;

use super::node::Node;
use super::sign::Sign;
use super::words::{Bag, Wording};

/// The fewest tellings among which words can be rare.
pub(super) const FEWEST: usize = 6;

/// The likeness of all pairs of a part by what its reports do not have in common.
#[derive(Debug)]
pub(super) struct Contrast {
    n: usize,
    /// For words, names and phrases, the likeness of each pair in proportion to the average.
    likeness: [Vec<f32>; 3],
}

/// The grades of a proportion, with the signs of words, names and phrases.
const GRADES: [(f32, [Sign; 3]); 5] = [
    (0.25, [Sign::ContrastWordsFar, Sign::ContrastNamesFar, Sign::ContrastPhrasesFar]),
    (0.6, [Sign::ContrastWordsLess, Sign::ContrastNamesLess, Sign::ContrastPhrasesLess]),
    (1.2, [Sign::ContrastWordsEven, Sign::ContrastNamesEven, Sign::ContrastPhrasesEven]),
    (2.0, [Sign::ContrastWordsMore, Sign::ContrastNamesMore, Sign::ContrastPhrasesMore]),
    (f32::MAX, [Sign::ContrastWordsMost, Sign::ContrastNamesMost, Sign::ContrastPhrasesMost]),
];

impl Contrast {
    /// The contrast within a part; `None` if it is small or has no words.
    pub(super) fn of(members: &[Node<'_>]) -> Option<Self> {
        let with_words = members.iter().filter(|n| !n.telling.wording.words.is_empty()).count();
        if with_words < FEWEST {
            return None;
        }
        let bags: [fn(&Wording) -> &Bag; 3] = [|w| &w.words, |w| &w.names, |w| &w.pairs];
        let likeness = bags.map(|bag| {
            let bags: Vec<&Bag> = members.iter().map(|n| bag(&n.telling.wording)).collect();
            proportions(&bags)
        });
        Some(Self { n: members.len(), likeness })
    }

    /// The signs of the pair `i`, `j`.
    pub(super) fn signs(&self, i: usize, j: usize) -> impl Iterator<Item = Sign> {
        (0..3).filter_map(move |question| {
            let like = *self.likeness[question].get(i * self.n + j)?;
            let grade = GRADES.iter().find(|grade| like < grade.0)?;
            (like >= 0.0).then_some(grade.1[question])
        })
    }
}

/// The likeness of each pair of bags, in proportion to the average; -1 where a bag is empty.
fn proportions(bags: &[&Bag]) -> Vec<f32> {
    let n = bags.len();
    let mut having: FxHashMap<u32, f32> = FxHashMap::default();
    for (word, _) in bags.iter().flat_map(|bag| bag.words()) {
        *having.entry(*word).or_default() += 1.0;
    }
    let weighed: Vec<Vec<(u32, f32)>> = bags.iter().map(|bag| rare(bag, &having, n)).collect();
    let mut likeness = vec![-1.0; n * n];
    let (mut sum, mut count) = (0.0_f64, 0.0_f64);
    for i in 0..n {
        for j in 0..i {
            if bags[i].is_empty() || bags[j].is_empty() {
                continue;
            }
            let like = dot(&weighed[i], &weighed[j]);
            likeness[i * n + j] = like;
            likeness[j * n + i] = like;
            sum += f64::from(like);
            count += 1.0;
        }
    }
    let mean = (sum / f64::max(count, 1.0)) as f32;
    for like in &mut likeness {
        if *like >= 0.0 {
            *like = if mean > 0.0 { *like / mean } else { 1.0 };
        }
    }
    likeness
}

/// A bag weighed by how rare its words are here, of length one.
pub(super) fn rare(bag: &Bag, having: &FxHashMap<u32, f32>, n: usize) -> Vec<(u32, f32)> {
    let tells = |word: &u32| {
        let n_having = having.get(word).copied().unwrap_or(1.0);
        ((n as f32 + 1.0) / (n_having + 0.5)).ln().max(0.0)
    };
    let mut words: Vec<(u32, f32)> = bag
        .words()
        .iter()
        .map(|(word, weight)| (*word, f32::from(*weight) * tells(word)))
        .collect();
    let length = words.iter().map(|w| w.1 * w.1).sum::<f32>().sqrt();
    if length > 0.0 {
        for word in &mut words {
            word.1 /= length;
        }
    }
    words
}

fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut product, mut i, mut j) = (0.0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                product += x.1 * y.1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    product
}
