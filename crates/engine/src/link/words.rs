//! The words of a text as a few numbers: which are telling, which are names, which stand together.
//!
//! Words are kept as hashes, the most telling only, so that a ledger can hold the words of a
//! million texts beside its reports. How telling a word is follows from a fixed table of how many
//! texts have it, never from the texts at hand: a new text must not change what was linked before.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::calendar::months;
use crate::fold::fold_into;
use crate::text::{Shape, Text};

/// The table of how many texts have a word.
const TABLE: &str = include_str!("../../../../data/link/words.tsv");

/// The least that a word must tell to be kept.
const TELLING: f32 = 1.5;

/// How many words, names and pairs of words of a text are kept.
const WORDS: usize = 64;
const NAMES: usize = 32;
const PAIRS: usize = 80;
const NUMBERS: usize = 16;

/// How many names a text is about, at most.
const HEADS: usize = 8;

/// How common words are.
#[derive(Clone, Debug)]
pub struct Frequencies {
    texts: f32,
    of: FxHashMap<u32, u32>,
}

impl Frequencies {
    /// The table that is embedded in the program.
    pub fn embedded() -> Self {
        Self::parse(TABLE)
    }

    /// A table of `word, texts`, whose row without a word has the number of all texts.
    pub fn parse(table: &str) -> Self {
        let mut texts = 1.0;
        let mut of = FxHashMap::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((word, n)) = line.split_once('\t') else { continue };
            let Ok(n) = n.trim().parse::<u32>() else { continue };
            if word.is_empty() {
                texts = n as f32;
            } else {
                of.insert(hash(word.as_bytes()), n);
            }
        }
        Self { texts, of }
    }

    /// How much a word tells: the logarithm of how rare it is.
    fn telling(&self, word: u32) -> f32 {
        let n = self.of.get(&word).copied().unwrap_or(0) as f32;
        ((self.texts + 1.0) / (n + 1.0)).ln()
    }
}

/// Telling words with their weights, in the order of their hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Bag(Vec<(u32, u8)>);

impl Bag {
    /// The `n` heaviest of `weighed`, as bytes.
    fn of(mut weighed: Vec<(u32, f32)>, n: usize) -> Self {
        weighed.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        weighed.truncate(n);
        let mut kept: Vec<(u32, u8)> = weighed.iter().map(|&(w, x)| (w, byte(x))).collect();
        kept.sort_unstable();
        Self(kept)
    }

    /// How alike two are, from 0 to 1; `None` if one is empty.
    pub fn likeness(&self, other: &Self) -> Option<f32> {
        let (mut product, mut i, mut j) = (0_u32, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            match a.0.cmp(&b.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    product += u32::from(a.1) * u32::from(b.1);
                    (i, j) = (i + 1, j + 1);
                }
            }
        }
        let square = |bag: &Self| bag.0.iter().map(|w| f32::from(w.1).powi(2)).sum::<f32>();
        let norm = (square(self) * square(other)).sqrt();
        (norm > 0.0).then(|| product as f32 / norm)
    }

    /// The words with their weights, in the order of their hashes.
    pub fn words(&self) -> &[(u32, u8)] {
        &self.0
    }

    /// Whether `word` is among them.
    pub fn has(&self, word: u32) -> bool {
        self.0.binary_search_by_key(&word, |w| w.0).is_ok()
    }

    /// How many both have.
    pub fn common(&self, other: &Self) -> usize {
        self.0.iter().filter(|w| other.has(w.0)).count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What is kept of the words of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// Its most telling words.
    pub words: Bag,
    /// Its most telling names.
    pub names: Bag,
    /// Its most telling pairs of words that stand together.
    pub pairs: Bag,
    /// The names that it is about, with how much each tells, the most telling first.
    pub heads: Vec<(u32, u8)>,
    /// The years that it names.
    pub years: Vec<u16>,
    /// The months that it names early on, from 1.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub months: Vec<u8>,
    /// Its rarest numbers, in the order of their hashes.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub numbers: Vec<u32>,
}

/// How often a word stands in a text, and how.
#[derive(Clone, Copy, Default)]
struct Seen {
    n: u32,
    capital: u32,
    early: bool,
}

impl Wording {
    /// The wording of `texts`, of which the first, a headline or a lead, counts more.
    pub fn of(texts: &[&str], known: &Frequencies) -> Self {
        let mut seen: FxHashMap<u32, Seen> = FxHashMap::default();
        let mut pairs: FxHashMap<u32, (u32, f32)> = FxHashMap::default();
        let mut years = Vec::new();
        let mut named = Vec::new();
        let mut numbers = Vec::new();
        let mut key = String::new();
        for text in texts {
            let tokens = Text::of(text).tokens;
            named.extend(months(text, &tokens));
            let mut before: Option<u32> = None;
            for (place, token) in tokens.iter().enumerate() {
                if matches!(token.shape, Shape::Mark | Shape::Possessive) {
                    before = None;
                    continue;
                }
                key.clear();
                fold_into(&text[token.start as usize..token.end as usize], &mut key);
                let word = hash(key.as_bytes());
                let capital = matches!(token.shape, Shape::Capital | Shape::Upper);
                if token.shape == Shape::Number {
                    numbers.push((word, known.telling(word)));
                    let year = key.parse::<u16>().ok();
                    years.extend(year.filter(|year| (1900..2100).contains(year)));
                }
                let entry = seen.entry(word).or_default();
                entry.n += 1;
                entry.capital += u32::from(capital);
                entry.early |= place < 60;
                if let Some(first) = before {
                    let (a, b) = (known.telling(first), known.telling(word));
                    if a > 1.2 && b > 1.2 {
                        let pair = hash(&[first.to_le_bytes(), word.to_le_bytes()].concat());
                        pairs.entry(pair).or_insert((0, a + b)).0 += 1;
                    }
                }
                before = Some(word);
            }
        }
        years.sort_unstable();
        years.dedup();
        named.sort_unstable();
        named.dedup();
        let worded = Self::weigh(&sorted(seen), sorted(pairs), known);
        numbers.sort_unstable_by_key(|number| number.0);
        numbers.dedup_by_key(|number| number.0);
        let numbers = Bag::of(numbers, NUMBERS).0.into_iter().map(|number| number.0).collect();
        Self { years, months: named, numbers, ..worded }
    }

    fn weigh(seen: &[(u32, Seen)], pairs: Vec<(u32, (u32, f32))>, known: &Frequencies) -> Self {
        let often = |n: u32| 1.0 + (n as f32).ln();
        let weighed = |is: &dyn Fn(&Seen) -> bool| -> Vec<(u32, f32)> {
            seen.iter()
                .filter(|(_, s)| is(s))
                .map(|&(word, s)| (word, s, known.telling(word)))
                .filter(|&(_, _, tells)| tells > TELLING)
                .map(|(word, s, tells)| (word, often(s.n) * tells))
                .collect()
        };
        let is_name = |s: &Seen| s.capital * 2 > s.n;
        let mut heads: Vec<(u32, f32)> = seen
            .iter()
            .filter(|(_, s)| is_name(s))
            .map(|&(word, s)| {
                let tells = known.telling(word);
                (word, if tells > TELLING { often(s.n) * tells } else { 0.0 }, s.early)
            })
            .map(|(word, weight, early)| (word, if early { weight * 1.5 } else { weight }))
            .filter(|head| head.1 > 0.0)
            .collect();
        heads.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        heads.truncate(HEADS);
        let pairs = pairs.into_iter().map(|(pair, (n, tells))| (pair, often(n) * tells)).collect();
        Self {
            words: Bag::of(weighed(&|_| true), WORDS),
            names: Bag::of(weighed(&is_name), NAMES),
            pairs: Bag::of(pairs, PAIRS),
            heads: heads.into_iter().map(|(word, weight)| (word, byte(weight))).collect(),
            ..Self::default()
        }
    }

    /// Which share of what this text is about the other text names, from 0 to 1.
    pub fn covered_by(&self, other: &Self) -> Option<f32> {
        const FIRST: usize = 5;
        let heads = || self.heads.iter().take(FIRST);
        let all: u32 = heads().map(|h| u32::from(h.1)).sum();
        let named = heads().filter(|h| other.words.has(h.0) || other.names.has(h.0));
        let named: u32 = named.map(|h| u32::from(h.1)).sum();
        (all > 0).then(|| named as f32 / all as f32)
    }
}

/// A weight as a byte, in eighths.
#[expect(clippy::cast_sign_loss, reason = "it is not below one")]
fn byte(weight: f32) -> u8 {
    (weight * 8.0).round().clamp(1.0, 255.0) as u8
}

/// The entries of a map in the order of their keys, which does not depend on the machine.
fn sorted<T>(map: FxHashMap<u32, T>) -> Vec<(u32, T)> {
    let mut entries: Vec<(u32, T)> = map.into_iter().collect();
    entries.sort_unstable_by_key(|entry| entry.0);
    entries
}

/// FNV-1a of 32 bits: the same on every machine and in every version.
pub(super) fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |h, &byte| (h ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Frequencies {
        Frequencies::parse("\t1000\nthe\t990\nin\t980\nbomb\t300\nmarket\t100\n")
    }

    fn wording(text: &str) -> Wording {
        Wording::of(&[text], &known())
    }

    #[test]
    fn a_text_is_like_itself_and_unlike_another() {
        let a = wording("A bomb went off in the market of Harrowby.");
        let b = wording("Rowers from Wick won the cup in 2014.");
        let like = a.words.likeness(&a.words).unwrap();
        assert!((like - 1.0).abs() < 1e-6, "{like}");
        assert_eq!(a.words.likeness(&b.words), Some(0.0));
        assert_eq!(wording("").words.likeness(&a.words), None);
        assert_eq!(b.years, [2014]);
    }

    #[test]
    fn names_are_words_mostly_written_with_a_capital() {
        let a = wording("Harrowby wept. In Harrowby the market burnt.");
        let b = wording("A bomb in harrowby, Harrowby, and Harrowby again");
        assert_eq!(a.names.common(&b.names), 1);
        assert!(!a.names.has(hash(b"market")));
        assert_eq!(a.covered_by(&b), Some(1.0));
    }

    #[test]
    fn common_words_tell_nothing() {
        let a = wording("the in the in");
        assert!(a.words.is_empty() && a.heads.is_empty());
    }
}
