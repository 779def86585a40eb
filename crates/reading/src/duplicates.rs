//! Exact and near duplicates: the same agency report in forty papers.
//!
//! A text becomes the set of its five-word shingles, the set becomes a signature of minima
//! (`MinHash`), and signatures that agree in a whole band are compared (LSH). Deterministic, one
//! text at a time, and independent of what the texts are: the caller keeps the ids.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use sha2::{Digest, Sha256};

/// The number of minima of a signature. The error of an estimate is about 1 / √128, 0.09.
const MINIMA: usize = 128;

/// Minima in a band. 32 bands of four: texts that share 0.6 meet in 98 of 100 cases.
const BAND: usize = 4;

/// Words in a shingle.
const SHINGLE: usize = 5;

/// The least estimated share of common shingles (Jaccard) of near duplicates.
const NEAR: f32 = 0.8;

/// The most texts of one bucket that a text is compared with; those that came first.
const BUCKET: usize = 64;

/// A text says what an earlier one said.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate<Id> {
    /// The earlier text: the first of those like it.
    pub of: Id,
    /// Word for word, but for white space and case.
    pub exact: bool,
    /// The estimated share of common shingles, 0 to 1; 1 if exact.
    pub similarity: f32,
}

/// The texts seen so far.
#[derive(Clone, Debug)]
pub struct Index<Id> {
    exact: HashMap<[u8; 16], usize, BuildHasherDefault<Fold>>,
    buckets: HashMap<(usize, u64), Vec<usize>, BuildHasherDefault<Fold>>,
    texts: Vec<(Id, Signature)>,
}

type Signature = [u32; MINIMA];

impl<Id> Default for Index<Id> {
    fn default() -> Self {
        Self { exact: HashMap::default(), buckets: HashMap::default(), texts: Vec::new() }
    }
}

impl<Id: Clone> Index<Id> {
    /// An index of no texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text; says which earlier one it repeats, if it repeats one.
    ///
    /// A repeated text is not added, so `of` is always a text that repeats none. Texts of fewer
    /// than five words are only ever exact duplicates.
    pub fn insert(&mut self, id: Id, text: &str) -> Option<Duplicate<Id>> {
        let words = words(text);
        let digest = digest(&words);
        if let Some((first, _)) = self.exact.get(&digest).and_then(|i| self.texts.get(*i)) {
            return Some(Duplicate { of: first.clone(), exact: true, similarity: 1.0 });
        }
        let signature = signature(&words);
        if words.len() >= SHINGLE
            && let Some(duplicate) = self.nearest(&signature)
        {
            return Some(duplicate);
        }
        let number = self.texts.len();
        self.exact.insert(digest, number);
        if words.len() >= SHINGLE {
            for key in bands(&signature) {
                let bucket = self.buckets.entry(key).or_default();
                if bucket.len() < BUCKET {
                    bucket.push(number);
                }
            }
        }
        self.texts.push((id, signature));
        None
    }

    /// The text most like `signature`, the earliest of equals, if it is near enough.
    fn nearest(&self, signature: &Signature) -> Option<Duplicate<Id>> {
        let mut met: Vec<usize> =
            bands(signature).filter_map(|key| self.buckets.get(&key)).flatten().copied().collect();
        met.sort_unstable();
        met.dedup();
        let mut best: Option<Duplicate<Id>> = None;
        for (id, other) in met.into_iter().filter_map(|i| self.texts.get(i)) {
            let similarity = similarity(signature, other);
            if similarity >= NEAR && best.as_ref().is_none_or(|b| similarity > b.similarity) {
                best = Some(Duplicate { of: id.clone(), exact: false, similarity });
            }
        }
        best
    }
}

/// The words of a text in lower case.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn digest(words: &[String]) -> [u8; 16] {
    let mut hasher = Sha256::new();
    for word in words {
        hasher.update(word.as_bytes());
        hasher.update([0]);
    }
    let full = hasher.finalize();
    let mut head = [0; 16];
    head.copy_from_slice(&full[..16]);
    head
}

/// For each of many hash functions the least hash over all shingles.
fn signature(words: &[String]) -> Signature {
    let hashes: Vec<u64> = words.iter().map(|word| hash(word.as_bytes())).collect();
    let mut minima = [u32::MAX; MINIMA];
    for shingle in hashes.windows(SHINGLE.min(hashes.len()).max(1)) {
        let mixed = shingle.iter().fold(0_u64, |h, word| mix(h.rotate_left(5) ^ word));
        for (i, minimum) in minima.iter_mut().enumerate() {
            let own = mix(mixed ^ (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            *minimum = (*minimum).min((own >> 32) as u32);
        }
    }
    minima
}

fn similarity(a: &Signature, b: &Signature) -> f32 {
    let same = a.iter().zip(b).filter(|(x, y)| x == y).count();
    same as f32 / MINIMA as f32
}

fn bands(signature: &Signature) -> impl Iterator<Item = (usize, u64)> + '_ {
    signature.chunks(BAND).enumerate().map(|(i, band)| {
        (i, band.iter().fold(0_u64, |h, minimum| mix(h.rotate_left(7) ^ u64::from(*minimum))))
    })
}

/// FNV-1a, finished with a mix: the same on every machine and in every version.
fn hash(bytes: &[u8]) -> u64 {
    let fnv = |h: u64, byte: &u8| (h ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    mix(bytes.iter().fold(0xcbf2_9ce4_8422_2325, fnv))
}

/// Spreads the bits of a number (the finaliser of `SplitMix64`).
fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

/// A hasher for keys that are hashes already.
#[derive(Clone, Debug, Default)]
struct Fold(u64);

impl Hasher for Fold {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = mix(self.0.rotate_left(5) ^ word);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `n` words that differ from each other, from the `from`th on.
    fn text(from: usize, n: usize) -> String {
        (from..from + n).map(|i| format!("word{i}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_repeated_text_is_exact_whatever_its_spacing() {
        let mut index = Index::new();
        assert_eq!(index.insert(1, "Two men were held in Kano."), None);
        let again = index.insert(2, "TWO men  were held\nin Kano").unwrap();
        assert_eq!(again, Duplicate { of: 1, exact: true, similarity: 1.0 });
    }

    #[test]
    fn a_text_with_another_end_is_near() {
        let mut index = Index::new();
        assert_eq!(index.insert(1, &text(0, 200)), None);
        let near = index.insert(2, &text(0, 190)).unwrap();
        assert!(near.of == 1 && !near.exact && near.similarity > 0.85, "{near:?}");
    }

    #[test]
    fn other_texts_are_no_duplicates() {
        let mut index = Index::new();
        assert_eq!(index.insert(1, &text(0, 200)), None);
        assert_eq!(index.insert(2, &text(1000, 200)), None);
        // A third in common is a follow-up, not a duplicate.
        assert_eq!(index.insert(3, &text(100, 200)), None);
        assert_eq!(index.insert(4, ""), None);
        assert_eq!(index.insert(5, "").map(|d| d.of), Some(4));
    }
}
