//! Exact and near duplicates: the same agency report in forty papers.
//!
//! A text becomes the set of its five-word shingles, the set becomes a sketch of minima (`MinHash`,
//! of which a byte each is kept), and texts whose minima agree in a whole band are compared (LSH).
//! Deterministic and independent of what the texts are: the caller keeps the ids. Making a
//! [`Fingerprint`] is the work and needs one text only; the [`Index`] is small, some 450 bytes for
//! each text, so that it holds the texts of years.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use sha2::{Digest, Sha256};

/// The number of minima of a sketch. The standard error of an estimate is √(s(1-s)/128), so 0.035
/// at a similarity of 0.8.
const MINIMA: usize = 128;

/// Minima in a band.
const BAND: usize = 4;

/// The number of bands, made of the first minima. Texts that share 0.8 meet in 9998 of 10,000
/// cases, those that share 0.6 in 89 of 100.
const BANDS: usize = 16;

/// Words in a shingle.
const SHINGLE: usize = 5;

/// The least estimated share of common shingles (Jaccard) of near duplicates.
const NEAR: f32 = 0.8;

/// How often a byte of two minima agrees by chance.
const CHANCE: f32 = 1.0 / 256.0;

/// The most texts with the same band that a text is compared with; those that came first.
const MET: usize = 64;

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

/// What is kept of a text to compare it with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    digest: [u8; 16],
    /// `None` of a text too short to be like another.
    sketch: Option<Box<Sketch>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Sketch {
    /// The last byte of each minimum.
    bytes: [u8; MINIMA],
    /// The minima of a band in one number.
    bands: [u32; BANDS],
}

impl Fingerprint {
    /// The fingerprint of `text`.
    pub fn of(text: &str) -> Self {
        let mut digest = Sha256::new();
        let mut hashes = Vec::new();
        let mut lower = String::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            digest.update(lower.as_bytes());
            digest.update([0]);
            hashes.push(hash(lower.as_bytes()));
        }
        let full = digest.finalize();
        let mut digest = [0; 16];
        digest.copy_from_slice(&full[..16]);
        let sketch = (hashes.len() >= SHINGLE).then(|| Box::new(sketch(&hashes)));
        Self { digest, sketch }
    }

    /// As bytes, to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.digest.to_vec();
        if let Some(sketch) = &self.sketch {
            bytes.extend_from_slice(&sketch.bytes);
            bytes.extend(sketch.bands.iter().flat_map(|band| band.to_le_bytes()));
        }
        bytes
    }

    /// What [`Fingerprint::to_bytes`] gave; `None` of anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (digest, rest) = bytes.split_first_chunk()?;
        if rest.is_empty() {
            return Some(Self { digest: *digest, sketch: None });
        }
        let (minima, rest) = rest.split_first_chunk()?;
        let (words, more) = rest.as_chunks();
        let bands: [[u8; 4]; BANDS] = words.try_into().ok().filter(|_| more.is_empty())?;
        let sketch = Sketch { bytes: *minima, bands: bands.map(u32::from_le_bytes) };
        Some(Self { digest: *digest, sketch: Some(Box::new(sketch)) })
    }
}

/// The texts seen so far.
#[derive(Clone, Debug)]
pub struct Index<Id> {
    ids: Vec<Id>,
    exact: HashMap<[u8; 16], u32, BuildHasherDefault<Fold>>,
    /// The texts with a sketch: the place of each among all texts, and its minima.
    sketched: Vec<(u32, [u8; MINIMA])>,
    /// For each band and each sketch that was there from the beginning the band and, below it, the
    /// sketch's place, in order.
    settled: [Vec<u64>; BANDS],
    /// For each sketch that was added later and each band the sketch before it that has the same;
    /// itself if it is the first of those.
    before: Vec<[u32; BANDS]>,
    /// For each band the last of the later sketches that have it.
    last: [HashMap<u32, u32, BuildHasherDefault<Fold>>; BANDS],
}

impl<Id> Default for Index<Id> {
    fn default() -> Self {
        Self {
            ids: Vec::new(),
            exact: HashMap::default(),
            sketched: Vec::new(),
            settled: std::array::from_fn(|_| Vec::new()),
            before: Vec::new(),
            last: std::array::from_fn(|_| HashMap::default()),
        }
    }
}

impl<Id: Clone> Index<Id> {
    /// An index of no texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// An index of the texts that `each` gives, of which it is known that none repeats another, in
    /// their order: what inserting them one by one would give, in a fraction of the time.
    ///
    /// # Errors
    /// That of `each`.
    pub fn of<E>(
        each: impl FnOnce(&mut dyn FnMut(Id, &Fingerprint)) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut index = Self::default();
        each(&mut |id, text| {
            let number = index.ids.len() as u32;
            if let Some(sketch) = &text.sketch {
                let place = index.sketched.len() as u32;
                for (settled, band) in index.settled.iter_mut().zip(sketch.bands) {
                    settled.push(u64::from(band) << 32 | u64::from(place));
                }
                index.sketched.push((number, sketch.bytes));
            }
            index.exact.entry(text.digest).or_insert(number);
            index.ids.push(id);
        })?;
        index.settled.iter_mut().for_each(|settled| settled.sort_unstable());
        Ok(index)
    }

    /// Adds a text; says which earlier one it repeats, if it repeats one.
    ///
    /// A repeated text is not added, so `of` is always a text that repeats none. Texts of fewer
    /// than five words are only ever exact duplicates.
    pub fn insert(&mut self, id: Id, text: &Fingerprint) -> Option<Duplicate<Id>> {
        if let Some(first) = self.exact.get(&text.digest).and_then(|i| self.ids.get(*i as usize)) {
            return Some(Duplicate { of: first.clone(), exact: true, similarity: 1.0 });
        }
        let number = self.ids.len() as u32;
        if let Some(sketch) = &text.sketch {
            let met = self.met(sketch);
            if let Some(duplicate) = self.nearest(sketch, &met) {
                return Some(duplicate);
            }
            self.add(number, sketch, &met);
        }
        self.exact.insert(text.digest, number);
        self.ids.push(id);
        None
    }

    /// For each band the sketches that have it, the first [few](MET) of them.
    fn met(&self, sketch: &Sketch) -> [Vec<u32>; BANDS] {
        let n_settled = self.sketched.len() - self.before.len();
        std::array::from_fn(|band| {
            let (wanted, settled) = (sketch.bands[band], &self.settled[band]);
            let first = settled.partition_point(|&other| other < u64::from(wanted) << 32);
            let same =
                settled.iter().skip(first).take_while(|&&other| other >> 32 == u64::from(wanted));
            let mut met: Vec<u32> = same.take(MET).map(|&place| place as u32).collect();
            let mut next = self.last[band].get(&wanted).copied();
            while let Some(number) = next {
                met.push(number);
                let before = self.before.get(number as usize - n_settled).map(|all| all[band]);
                next = before.filter(|before| *before != number);
            }
            met
        })
    }

    /// The text most like `sketch`, the earliest of equals, if it is near enough.
    fn nearest(&self, sketch: &Sketch, met: &[Vec<u32>; BANDS]) -> Option<Duplicate<Id>> {
        let mut met: Vec<u32> = met.iter().flatten().copied().collect();
        met.sort_unstable();
        met.dedup();
        let mut best: Option<(f32, u32)> = None;
        for &(text, minima) in met.into_iter().filter_map(|n| self.sketched.get(n as usize)) {
            let similarity = similarity(&sketch.bytes, &minima);
            if similarity >= NEAR && best.is_none_or(|(most, _)| similarity > most) {
                best = Some((similarity, text));
            }
        }
        let (similarity, text) = best?;
        let of = self.ids.get(text as usize)?.clone();
        Some(Duplicate { of, exact: false, similarity })
    }

    fn add(&mut self, text: u32, sketch: &Sketch, met: &[Vec<u32>; BANDS]) {
        let number = self.sketched.len() as u32;
        let before = std::array::from_fn(|band| {
            let last = self.last[band].get(&sketch.bands[band]).copied();
            if met[band].len() < MET {
                self.last[band].insert(sketch.bands[band], number);
            }
            last.unwrap_or(number)
        });
        self.before.push(before);
        self.sketched.push((text, sketch.bytes));
    }
}

/// For each of many hash functions the least hash over all shingles.
fn sketch(hashes: &[u64]) -> Sketch {
    let mut minima = [u32::MAX; MINIMA];
    let factors: [u64; MINIMA] =
        std::array::from_fn(|i| mix((i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)) | 1);
    for shingle in hashes.windows(SHINGLE) {
        let mixed = shingle.iter().fold(0_u64, |h, word| mix(h.rotate_left(5) ^ word));
        for (minimum, factor) in minima.iter_mut().zip(&factors) {
            *minimum = (*minimum).min((mixed.wrapping_mul(*factor) >> 32) as u32);
        }
    }
    let bands = std::array::from_fn(|band| {
        let minima = &minima[band * BAND..(band + 1) * BAND];
        minima.iter().fold(0_u64, |h, minimum| mix(h.rotate_left(7) ^ u64::from(*minimum))) as u32
    });
    Sketch { bytes: minima.map(|minimum| minimum as u8), bands }
}

/// The estimated share of common shingles, with what agrees by chance taken off.
fn similarity(a: &[u8; MINIMA], b: &[u8; MINIMA]) -> f32 {
    let same = a.iter().zip(b).filter(|(x, y)| x == y).count() as f32 / MINIMA as f32;
    ((same - CHANCE) / (1.0 - CHANCE)).max(0.0)
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

    fn write_u32(&mut self, word: u32) {
        self.write_u64(u64::from(word));
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

    fn insert(index: &mut Index<i32>, id: i32, text: &str) -> Option<Duplicate<i32>> {
        index.insert(id, &Fingerprint::of(text))
    }

    #[test]
    fn a_repeated_text_is_exact_whatever_its_spacing() {
        let mut index = Index::new();
        assert_eq!(insert(&mut index, 1, "Two men were held in Kano."), None);
        let again = insert(&mut index, 2, "TWO men  were held\nin Kano").unwrap();
        assert_eq!(again, Duplicate { of: 1, exact: true, similarity: 1.0 });
    }

    #[test]
    fn a_fingerprint_is_the_same_after_it_was_kept() {
        for text in ["", "Two men", &text(0, 200)] {
            let print = Fingerprint::of(text);
            let bytes = print.to_bytes();
            assert_eq!(Fingerprint::from_bytes(&bytes), Some(print));
            assert_eq!(Fingerprint::from_bytes(&bytes[1..]), None);
        }
    }

    #[test]
    fn a_text_with_another_end_is_near() {
        let mut index = Index::new();
        assert_eq!(insert(&mut index, 1, &text(0, 200)), None);
        let near = insert(&mut index, 2, &text(0, 190)).unwrap();
        assert!(near.of == 1 && !near.exact && near.similarity > 0.85, "{near:?}");
    }

    #[test]
    fn other_texts_are_no_duplicates() {
        let mut index = Index::new();
        assert_eq!(insert(&mut index, 1, &text(0, 200)), None);
        assert_eq!(insert(&mut index, 2, &text(1000, 200)), None);
        // A third in common is a follow-up, not a duplicate.
        assert_eq!(insert(&mut index, 3, &text(100, 200)), None);
        assert_eq!(insert(&mut index, 4, ""), None);
        assert_eq!(insert(&mut index, 5, "").map(|d| d.of), Some(4));
    }
    #[test]
    fn near_texts_are_found_and_far_ones_are_not() {
        // Of two texts of 400 shingles that have n in common, n / (800 - n) are shared.
        let share = |common: usize| {
            let mut index = Index::new();
            let n_found = (0..300_usize)
                .filter(|pair| {
                    let from = pair * 10_000;
                    insert(&mut index, 2, &text(from, 404));
                    insert(&mut index, 3, &text(from + 400 - common, 404)).is_some()
                })
                .count();
            n_found as f32 / 300.0
        };
        // 0.9, 0.8 and 0.7: the middle is a toss-up by definition.
        let [near, even, far] = [379, 356, 329].map(share);
        assert!(near > 0.99 && even > 0.35 && even < 0.65 && far < 0.02, "{near} {even} {far}");
    }

    #[test]
    fn an_index_made_at_once_finds_what_one_that_grew_finds() {
        let all: Vec<Fingerprint> = (0..400_usize)
            .map(|n| text(n * 37 % 4_000, 60 + n % 7) + &text(90_000 + n % 3, 40))
            .chain(["Two men".to_owned(), String::new()])
            .map(|text| Fingerprint::of(&text))
            .collect();
        for n in [0, 1, 150, all.len()] {
            let (known, new) = all.split_at(n);
            let mut grown = Index::new();
            let first: Vec<(usize, Fingerprint)> = known.iter().cloned().enumerate().collect();
            let alone = first.into_iter().filter(|(i, text)| grown.insert(*i, text).is_none());
            let each = |add: &mut dyn FnMut(usize, &Fingerprint)| -> Result<(), ()> {
                alone.for_each(|(i, text)| add(i, &text));
                Ok(())
            };
            let mut made = Index::of(each).unwrap();
            for (i, text) in new.iter().enumerate().chain(known.iter().enumerate()) {
                assert_eq!(made.insert(1_000 + i, text), grown.insert(1_000 + i, text), "{n} {i}");
            }
        }
    }

    #[test]
    fn a_text_is_compared_with_the_first_of_very_many() {
        let mut index = Index::new();
        // All share a long tail, and each has a head as long.
        for n in 0..500_usize {
            let text = format!("{} {}", text(1_000 * (n + 1), 50), text(0, 50));
            assert_eq!(insert(&mut index, 1, &text), None);
        }
        let sketch = Fingerprint::of(&format!("{} {}", text(900_000, 50), text(0, 50))).sketch;
        let met = index.met(&sketch.unwrap());
        let longest = met.iter().map(Vec::len).max().unwrap();
        assert!(longest <= MET, "{longest}");
    }
}
