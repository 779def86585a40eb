//! Packs: knowledge in the form in which it is used, made once and read in place.
//!
//! A pack is a header and sections of bytes: eight letters that say what it is, the shape of what
//! is in it, a digest of the sections, their lengths, the sections. All numbers are little-endian.
//! The shape is a hash over the names of all fields and terms (see `cells`), so a pack that was
//! made before a struct or a closed list changed is refused and not misread. The digest finds
//! damage; what is read afterwards is still checked, since a digest can be made to fit.
//!
//! The packs of the program are squeezed (gzip), which halves both the program and the repository;
//! they are unpacked once, in some 40 ms.
//!
//! Not here: what the sections hold. The pack of names has two, the `cells` of its tables and the
//! text of their strings.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

pub(crate) mod cells;
pub(crate) mod words;

pub(crate) use cells::{Cell, Cells, Shape, Writer};

/// A pack that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPack {
    /// It does not begin as the pack that was asked for.
    #[error("these bytes are not the pack that was asked for: run `cargo xtask pack`")]
    Foreign,
    /// It was made for other tables.
    #[error("the pack is of another version of the tables: run `cargo xtask pack`")]
    Old,
    /// It is cut off or changed.
    #[error("the pack is damaged: run `cargo xtask pack`")]
    Damaged,
    /// The gazetteer's pack is not one.
    #[error(transparent)]
    Places(#[from] crate::place::NotAPack),
}

/// A pack as the program embeds it.
pub fn squeeze(pack: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(pack)?;
    out.finish()
}

/// The pack that was squeezed.
pub fn unpack(squeezed: &[u8]) -> Result<Vec<u8>, NotAPack> {
    // The last four bytes say how long it is.
    let (_, length) = squeezed.split_last_chunk::<4>().ok_or(NotAPack::Damaged)?;
    let mut pack = Vec::with_capacity(u32::from_le_bytes(*length) as usize);
    GzDecoder::new(squeezed).read_to_end(&mut pack).map_err(|_| NotAPack::Damaged)?;
    Ok(pack)
}

/// Makes a pack of `sections`.
pub(crate) fn seal<const N: usize>(magic: [u8; 8], shape: u64, sections: [&[u8]; N]) -> Vec<u8> {
    let mut body = Vec::with_capacity(8 * N + sections.iter().map(|s| s.len()).sum::<usize>());
    for section in sections {
        body.extend((section.len() as u64).to_le_bytes());
    }
    for section in sections {
        body.extend_from_slice(section);
    }
    let mut pack = magic.to_vec();
    pack.extend(shape.to_le_bytes());
    pack.extend(digest(&body).to_le_bytes());
    pack.extend(body);
    pack
}

/// The sections of a pack that has this magic and this shape.
pub(crate) fn open<const N: usize>(
    pack: &[u8],
    magic: [u8; 8],
    shape: u64,
) -> Result<[&[u8]; N], NotAPack> {
    let rest = pack.strip_prefix(&magic).ok_or(NotAPack::Foreign)?;
    let (found, rest) = number(rest).ok_or(NotAPack::Damaged)?;
    if found != shape {
        return Err(NotAPack::Old);
    }
    let (sum, body) = number(rest).ok_or(NotAPack::Damaged)?;
    if sum != digest(body) {
        return Err(NotAPack::Damaged);
    }
    split(body).ok_or(NotAPack::Damaged)
}

/// Takes the lengths from the front of `body`, then the sections; nothing may be left.
fn split<const N: usize>(body: &[u8]) -> Option<[&[u8]; N]> {
    let (mut lengths, mut sections, mut rest) = ([0; N], [[].as_slice(); N], body);
    for length in &mut lengths {
        let (found, tail) = number(rest)?;
        (*length, rest) = (usize::try_from(found).ok()?, tail);
    }
    for (section, length) in sections.iter_mut().zip(lengths) {
        (*section, rest) = rest.split_at_checked(length)?;
    }
    rest.is_empty().then_some(sections)
}

fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (head, tail) = bytes.split_first_chunk::<8>()?;
    Some((u64::from_le_bytes(*head), tail))
}

/// Spreads the bits of `word` over `hash`; for each of the two another value gives another result.
pub(crate) fn mix(hash: u64, word: u64) -> u64 {
    (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

/// A hash that is the same on every machine: no defence against people, only against accidents.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let all = words.iter().fold(bytes.len() as u64, |h, w| mix(h, u64::from_le_bytes(*w)));
    let hash = mix(all, little(rest));
    hash ^ hash >> 32
}

/// The number that up to seven bytes are, the least first. Most words are that short, so the bytes
/// are not copied one by one: two reads that may overlap, or three.
fn little(bytes: &[u8]) -> u64 {
    let n = bytes.len();
    if let (Some(low), Some(high)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let [low, high] = [low, high].map(|four| u64::from(u32::from_le_bytes(*four)));
        return low | high << (8 * (n - 4));
    }
    let at = |i: usize| bytes.get(i).map_or(0, |&b| u64::from(b) << (8 * i));
    at(0) | at(1) | at(2)
}

/// The hash of a whole pack: four lanes, since one waits for its own multiplication.
fn digest(bytes: &[u8]) -> u64 {
    let (blocks, rest) = bytes.as_chunks::<32>();
    let mut lanes = [1, 2, 3, 4];
    for block in blocks {
        for (lane, word) in lanes.iter_mut().zip(block.as_chunks::<8>().0) {
            *lane = mix(*lane, u64::from_le_bytes(*word));
        }
    }
    lanes.into_iter().fold(hash(rest), mix)
}

/// Makes the digest of a changed pack fit again, so that a test reaches what lies behind it.
#[cfg(test)]
pub(crate) fn reseal(pack: &mut [u8]) {
    if let Some((head, body)) = pack.split_at_mut_checked(24) {
        head[16..].copy_from_slice(&digest(body).to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAGIC: [u8; 8] = *b"TCSNTEST";

    #[test]
    fn sections_come_back_as_they_were() {
        let pack = seal(MAGIC, 7, [b"one", b"", b"three"]);
        assert_eq!(open(&pack, MAGIC, 7), Ok([b"one".as_slice(), b"", b"three"]));
    }

    #[test]
    fn a_pack_of_other_tables_is_told_from_a_damaged_one() {
        let pack = seal(MAGIC, 7, [b"one"]);
        assert_eq!(open::<1>(&pack, MAGIC, 8), Err(NotAPack::Old));
        assert_eq!(open::<1>(&pack, *b"TCSNELSE", 7), Err(NotAPack::Foreign));
        assert_eq!(open::<2>(&pack, MAGIC, 7), Err(NotAPack::Damaged));
        for length in 8..pack.len() {
            assert!(open::<1>(&pack[..length], MAGIC, 7).is_err());
        }
    }
}
