//! The documents of every word, in memory: most searches are for bare words, and are then a look at
//! some short lists.
//!
//! It is made of the index that FTS5 keeps ([`super::segments`]), in the background, and holds
//! for all documents up to one entry: texts come and never go. What came later FTS5 is asked
//! for. A list is the distances of documents in bytes, or for a word that is in many a bit for each
//! document, whichever is shorter; both are gone through in less than a millisecond.

use std::collections::HashMap;

use rusqlite::{Connection, Result};

use super::Document;
use super::segments::{self, Told};

/// The documents of every word, as places in the sheet.
#[derive(Debug, Default)]
pub(super) struct Index {
    numbers: HashMap<Box<[u8]>, u32>,
    lists: Vec<List>,
    /// The entry of the last document that is in it.
    last: i64,
    /// How many documents are in it.
    n: usize,
}

#[derive(Debug)]
enum List {
    /// How far each document is from the one before, seven bits a byte.
    Steps {
        n: u32,
        steps: Box<[u8]>,
    },
    Bits(Box<[u64]>),
}

impl Index {
    /// The index of all these documents; `None` if FTS5 keeps it in an unknown form.
    pub(super) fn of(connection: &Connection, documents: &[Document]) -> Result<Option<Self>> {
        let last = documents.last().map_or(0, |document| document.seq);
        let mut places = vec![u32::MAX; usize::try_from(last).unwrap_or(0) + 1];
        for (place, document) in (0_u32..).zip(documents) {
            if let Some(slot) = usize::try_from(document.seq).ok().and_then(|s| places.get_mut(s)) {
                *slot = place;
            }
        }
        let mut draft = Draft { numbers: HashMap::new(), lists: Vec::new(), places, word: 0 };
        if segments::tell(connection, "words", &mut draft)?.is_none() {
            return Ok(None);
        }
        let Draft { numbers, lists, .. } = draft;
        let n = documents.len();
        let lists = lists.into_iter().map(|list| list.finished(n)).collect();
        Ok(Some(Self { numbers, lists, last, n }))
    }

    /// The entry of the last document that is in it.
    pub(super) fn last(&self) -> i64 {
        self.last
    }

    /// How many documents are in it.
    pub(super) fn len(&self) -> usize {
        self.n
    }

    /// The documents that have all these words, which are as the index has them, rising.
    pub(super) fn with(&self, words: &[String]) -> Vec<u32> {
        let list = |word: &String| {
            let number = self.numbers.get(word.as_bytes())?;
            self.lists.get(*number as usize)
        };
        let Some(mut lists) = words.iter().map(list).collect::<Option<Vec<_>>>() else {
            return Vec::new();
        };
        lists.sort_by_key(|list| list.len());
        let mut lists = lists.into_iter();
        let mut all = lists.next().map_or_else(Vec::new, List::all);
        for list in lists {
            list.keep(&mut all);
        }
        all
    }
}

impl List {
    fn len(&self) -> u32 {
        match self {
            Self::Steps { n, .. } => *n,
            Self::Bits(bits) => bits.iter().map(|bits| bits.count_ones()).sum(),
        }
    }

    fn all(&self) -> Vec<u32> {
        let mut all = Vec::with_capacity(self.len() as usize);
        match self {
            Self::Steps { steps, .. } => all.extend(Steps { steps: steps.iter(), place: 0 }),
            Self::Bits(bits) => all.extend(places(bits)),
        }
        all
    }

    /// Keeps of `some`, which rises, what is in this list.
    fn keep(&self, some: &mut Vec<u32>) {
        match self {
            Self::Bits(bits) => some.retain(|place| is_set(bits, *place)),
            Self::Steps { steps, .. } => {
                let mut steps = Steps { steps: steps.iter(), place: 0 };
                let mut next = steps.next();
                some.retain(|place| {
                    while next.is_some_and(|next| next < *place) {
                        next = steps.next();
                    }
                    next == Some(*place)
                });
            }
        }
    }
}

/// Whether the bit of a place is set.
pub(super) fn is_set(bits: &[u64], place: u32) -> bool {
    bits.get(place as usize / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
}

/// The places whose bits are set, rising.
pub(super) fn places(bits: &[u64]) -> impl Iterator<Item = u32> {
    (0_u32..).zip(bits).flat_map(|(n, &word)| {
        let some = |rest: u64| (rest != 0).then_some(rest);
        std::iter::successors(some(word), move |rest| some(rest & (rest - 1)))
            .map(move |rest| n * 64 + rest.trailing_zeros())
    })
}

/// Bits for `n` places, those of `some` set.
pub(super) fn bits(n: usize, some: impl IntoIterator<Item = u32>) -> Vec<u64> {
    let mut bits = vec![0_u64; n.div_ceil(64)];
    for place in some {
        set(&mut bits, place);
    }
    bits
}

/// Sets the bit of a place.
pub(super) fn set(bits: &mut [u64], place: u32) {
    if let Some(word) = bits.get_mut(place as usize / 64) {
        *word |= 1 << (place % 64);
    }
}

/// The places of a list of steps. The first step is from before the first place.
struct Steps<'l> {
    steps: std::slice::Iter<'l, u8>,
    /// One after the last place.
    place: u32,
}

impl Iterator for Steps<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let mut step: u32 = 0;
        loop {
            let byte = *self.steps.next()?;
            step = step << 7 | u32::from(byte & 0x7f);
            if byte < 0x80 {
                break;
            }
        }
        let place = self.place.wrapping_add(step);
        self.place = place.wrapping_add(1);
        Some(place)
    }
}

/// An index as it grows.
struct Draft {
    numbers: HashMap<Box<[u8]>, u32>,
    lists: Vec<Growing>,
    /// The places of documents by their entries.
    places: Vec<u32>,
    /// The list of the word that is told of.
    word: usize,
}

/// A list as it grows.
#[derive(Default)]
struct Growing {
    /// One after the last place.
    next: u32,
    n: u32,
    steps: Vec<u8>,
}

impl Growing {
    fn finished(self, n_documents: usize) -> List {
        let Self { n, steps, .. } = self;
        if steps.len() <= n_documents / 8 {
            return List::Steps { n, steps: steps.into_boxed_slice() };
        }
        let places = Steps { steps: steps.iter(), place: 0 };
        List::Bits(bits(n_documents, places).into_boxed_slice())
    }
}

impl Told for Draft {
    fn word(&mut self, word: &[u8]) {
        if let Some(known) = self.numbers.get(word) {
            self.word = *known as usize;
            return;
        }
        self.word = self.lists.len();
        self.numbers.insert(word.into(), self.lists.len() as u32);
        self.lists.push(Growing::default());
    }

    fn document(&mut self, row: i64) -> Option<()> {
        let place = self.places.get(usize::try_from(row).ok()?).copied();
        let place = place.filter(|place| *place != u32::MAX)?;
        let list = self.lists.get_mut(self.word)?;
        // Segments come in the order of their documents; what does not is not understood.
        let step = place.checked_sub(list.next)?;
        for n in (1..5).rev() {
            if step >> (7 * n) != 0 {
                list.steps.push((step >> (7 * n)) as u8 | 0x80);
            }
        }
        list.steps.push((step & 0x7f) as u8);
        list.next = place + 1;
        list.n += 1;
        Some(())
    }
}
