//! The index of words as FTS5 keeps it in the ledger, read from its first block to its last.
//!
//! FTS5 answers one question after the other, and walks through all places of a word in all texts
//! for it. To have the documents of all words at once, its blocks are read as they lie (the form is
//! told in SQLite's `fts5_index.c`, and has not changed since 2015): a segment is terms in order,
//! each with its documents in order, each with places that are skipped here. What does not look as
//! told is not guessed at: there is then no index in memory, and FTS5 is asked.

use rusqlite::{Connection, OptionalExtension as _, Result};

/// The row that says which segments there are.
const STRUCTURE: i64 = 10;
/// How the structure of an index from which rows can be deleted begins; ours has none.
const DELETING: [u8; 4] = [0xff, 0, 0, 1];
/// The rows of a segment begin at its number shifted by so much.
const SHIFT: u32 = 37;
/// How the terms of whole words begin; others are of prefixes.
const WHOLE: u8 = b'0';

/// What is told of an index.
pub(super) trait Told {
    /// A word comes; its documents follow.
    fn word(&mut self, word: &[u8]);
    /// It is in this document. `None` ends it all.
    fn document(&mut self, row: i64) -> Option<()>;
}

/// Tells all of the index of `table`, the oldest segment first. `None` if it does not look as it
/// should, or if `told` has ended it.
pub(super) fn tell(
    connection: &Connection,
    table: &str,
    told: &mut impl Told,
) -> Result<Option<()>> {
    let structure: Option<Vec<u8>> = connection
        .query_row(&format!("SELECT block FROM {table}_data WHERE id = ?"), [STRUCTURE], |row| {
            row.get(0)
        })
        .optional()?;
    let Some(segments) = structure.as_deref().and_then(segments) else { return Ok(None) };
    let mut query = connection
        .prepare(&format!("SELECT block FROM {table}_data WHERE id BETWEEN ? AND ? ORDER BY id"))?;
    for Segment { number, first, last } in segments {
        let mut walk = Walk { told, word: Vec::new(), row: 0, rest: 0, begins: true };
        let mut blocks = query.query(((number << SHIFT) + first, (number << SHIFT) + last))?;
        while let Some(block) = blocks.next()? {
            if walk.block(block.get_ref(0)?.as_blob()?).is_none() {
                return Ok(None);
            }
        }
    }
    Ok(Some(()))
}

/// Some blocks in which words and documents rise.
struct Segment {
    number: i64,
    first: i64,
    last: i64,
}

/// The segments, the oldest first: higher levels are made of older ones.
fn segments(structure: &[u8]) -> Option<Vec<Segment>> {
    if structure.get(4..8) == Some(&DELETING) {
        return None;
    }
    let mut bytes = Bytes { all: structure, at: 4 };
    let n_levels = bytes.number()?;
    let (_segments, _writes) = (bytes.number()?, bytes.number()?);
    let mut all = Vec::new();
    for _ in 0..n_levels {
        let (_merging, n) = (bytes.number()?, bytes.number()?);
        let mut level = Vec::new();
        for _ in 0..n {
            let (number, first, last) = (bytes.number()?, bytes.number()?, bytes.number()?);
            level.push(Segment { number, first, last });
        }
        all.extend(level.into_iter().rev());
    }
    all.reverse();
    Some(all)
}

/// A way through a segment.
struct Walk<'t, T> {
    told: &'t mut T,
    word: Vec<u8>,
    row: i64,
    /// How many bytes of places are still to be skipped.
    rest: usize,
    /// Whether the next document is the first of a word.
    begins: bool,
}

impl<T: Told> Walk<'_, T> {
    /// Two numbers of two bytes (where the first document of its own stands, and where the content
    /// ends), the content, and how far apart the words in it are.
    fn block(&mut self, block: &[u8]) -> Option<()> {
        let two =
            |at: usize| Some(usize::from(u16::from_be_bytes(*block.get(at..)?.first_chunk()?)));
        let (own, end) = (two(0)?, two(2)?);
        let mut words = Bytes { all: block, at: end };
        let mut word_at = words.place(0);
        let mut is_first = true;
        let mut bytes = Bytes { all: block.get(..end)?, at: 4 };
        loop {
            let skipped = self.rest.min(end.checked_sub(bytes.at)?);
            self.rest -= skipped;
            bytes.at += skipped;
            if bytes.at >= end {
                return Some(());
            }
            if word_at == Some(bytes.at) {
                let kept = if is_first { 0 } else { usize::try_from(bytes.number()?).ok()? };
                let n = usize::try_from(bytes.number()?).ok()?;
                let added = bytes.all.get(bytes.at..bytes.at.checked_add(n)?)?;
                self.word.truncate(kept);
                self.word.extend_from_slice(added);
                let (sort, word) = self.word.split_first()?;
                if *sort != WHOLE {
                    return None;
                }
                self.told.word(word);
                (self.begins, is_first) = (true, false);
                word_at = words.place(word_at?);
                bytes.at += n;
                continue;
            }
            // The first of a word and of a block is told as it is, others by how far they are off.
            let is_whole = self.begins || bytes.at == own;
            let number = bytes.number()?;
            self.row = if is_whole { number } else { self.row.checked_add(number)? };
            self.begins = false;
            // The last bit tells of a deletion.
            let size = bytes.number()?;
            if size & 1 == 1 {
                return None;
            }
            self.rest = usize::try_from(size >> 1).ok()?;
            self.told.document(self.row)?;
        }
    }
}

/// Numbers of one to nine bytes, seven bits in each, as SQLite writes them.
struct Bytes<'b> {
    all: &'b [u8],
    at: usize,
}

impl Bytes<'_> {
    fn number(&mut self) -> Option<i64> {
        let mut number: u64 = 0;
        for n in 0..9 {
            let byte = *self.all.get(self.at)?;
            self.at += 1;
            if n == 8 {
                return Some((number << 8 | u64::from(byte)).cast_signed());
            }
            number = number << 7 | u64::from(byte & 0x7f);
            if byte < 0x80 {
                break;
            }
        }
        Some(number.cast_signed())
    }

    /// The place after `before` where a word stands.
    fn place(&mut self, before: usize) -> Option<usize> {
        before.checked_add(usize::try_from(self.number()?).ok()?)
    }
}
