//! The parts of a ZIP archive, as workbooks are: found by its directory, unpacked as a stream.
//!
//! Only what spreadsheet programs write: parts that are stored or deflated, in an archive below
//! 4 GB. Lengths are the archive's own word and are believed no further than the file goes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use anyhow::{Context, bail};
use flate2::read::DeflateDecoder;

/// The end of the directory, with the longest comment.
const TAIL: u64 = 22 + 65_535;
/// The longest directory that is read.
const LONGEST: u64 = 16 << 20;
/// The most that one part may unpack to.
const MOST: u64 = 4 << 30;

const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const PART: &[u8] = b"PK\x03\x04";

/// An archive.
pub(super) struct Archive {
    file: File,
    parts: BTreeMap<String, Part>,
}

#[derive(Clone, Copy)]
struct Part {
    at: u64,
    packed: u64,
    method: usize,
}

/// The number of `n` bytes at `at`, the least first.
fn number(bytes: &[u8], at: usize, n: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(n)?)?;
    Some(bytes.iter().rev().fold(0, |number, &byte| (number << 8) | u64::from(byte)))
}

impl Archive {
    pub(super) fn open(mut file: File) -> anyhow::Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut tail = Vec::new();
        (&file).take(TAIL).read_to_end(&mut tail)?;
        let end = tail.windows(END.len()).rposition(|window| window == END);
        let end = end.and_then(|end| tail.get(end..)).context("the archive has no end")?;
        let (size, at) = number(end, 12, 4).zip(number(end, 16, 4)).context("it is cut off")?;
        if at == u64::from(u32::MAX) || size > LONGEST {
            bail!("the archive is too large");
        }
        file.seek(SeekFrom::Start(at))?;
        let mut directory = Vec::new();
        (&file).take(size).read_to_end(&mut directory)?;
        let mut parts = BTreeMap::new();
        let mut rest = directory.as_slice();
        while rest.starts_with(ENTRY) {
            let Some((name, part, length)) = entry(rest) else { break };
            parts.insert(name, part);
            rest = rest.get(length..).unwrap_or_default();
        }
        Ok(Self { file, parts })
    }

    /// The part of this name, unpacked; `None` if there is none. Parts share one place in the file:
    /// each is read before the next is asked for.
    pub(super) fn part(&self, name: &str) -> anyhow::Result<Option<impl Read + use<>>> {
        let Some(part) = self.parts.get(name) else { return Ok(None) };
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(part.at))?;
        let mut head = [0; 30];
        file.read_exact(&mut head)?;
        let lengths = number(&head, 26, 2).zip(number(&head, 28, 2));
        let (name_length, extra) = lengths.filter(|_| head.starts_with(PART)).context("no part")?;
        let begin = part.at + 30 + name_length + extra;
        file.seek(SeekFrom::Start(begin))?;
        let packed = BufReader::new(file).take(part.packed);
        let unpacked: Box<dyn Read> = match part.method {
            0 => Box::new(packed),
            8 => Box::new(DeflateDecoder::new(packed)),
            method => bail!("\"{name}\" is packed by method {method}, which is not known"),
        };
        Ok(Some(unpacked.take(MOST)))
    }
}

/// The entry of the directory that `bytes` begin with: name, part and the length of the entry.
fn entry(bytes: &[u8]) -> Option<(String, Part, usize)> {
    let length = |at| number(bytes, at, 2).and_then(|n| usize::try_from(n).ok());
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    let part =
        Part { at: number(bytes, 42, 4)?, packed: number(bytes, 20, 4)?, method: length(10)? };
    let text = String::from_utf8_lossy(bytes.get(46..46 + name)?).into_owned();
    Some((text, part, 46 + name + extra + comment))
}

/// An archive of these parts, stored or deflated in turn, for tests.
#[cfg(test)]
pub(super) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;
    let two = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
    let four = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (i, (name, text)) in parts.iter().enumerate() {
        let method = if i % 2 == 0 { 0 } else { 8 };
        let packed = if method == 0 {
            text.as_bytes().to_vec()
        } else {
            let mut packer =
                flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            packer.write_all(text.as_bytes()).unwrap();
            packer.finish().unwrap()
        };
        let at = out.len();
        let common = [
            two(20).as_slice(),
            &two(0),
            &two(method),
            &four(0),
            &four(0),
            &four(packed.len()),
            &four(text.len()),
            &two(name.len()),
            &two(0),
        ]
        .concat();
        out.extend([PART, &common, name.as_bytes(), &packed].concat());
        let more = [two(0).as_slice(), &two(0), &two(0), &four(0), &four(at)].concat();
        directory.extend([ENTRY, &two(20), &common, &more, name.as_bytes()].concat());
    }
    let n = two(parts.len());
    let end = [END, &two(0), &two(0), &n, &n, &four(directory.len()), &four(out.len()), &two(0)];
    [out, directory, end.concat()].concat()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn opened(bytes: &[u8]) -> anyhow::Result<Archive> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        Archive::open(file)
    }

    #[test]
    fn parts_are_unpacked_and_a_cut_archive_is_an_error() {
        let bytes = archive(&[("a", "stored"), ("b/c", "deflated")]);
        let whole = opened(&bytes).unwrap();
        let text = |name: &str| {
            let mut text = String::new();
            whole.part(name).unwrap().unwrap().read_to_string(&mut text).unwrap();
            text
        };
        assert_eq!((text("a"), text("b/c")), ("stored".into(), "deflated".into()));
        assert!(whole.part("d").unwrap().is_none());
        for cut in 0..bytes.len() {
            // Whatever is cut off, it ends.
            let Ok(archive) = opened(&bytes[..cut]) else { continue };
            archive.part("a").ok();
        }
        for place in 0..bytes.len() {
            let mut other = bytes.clone();
            other[place] ^= 0xff;
            if let Ok(archive) = opened(&other)
                && let Ok(Some(part)) = archive.part("b/c")
            {
                part.take(1_000).read_to_end(&mut Vec::new()).ok();
            }
        }
    }
}
