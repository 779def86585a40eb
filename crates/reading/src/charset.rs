//! Bytes → text: which character encoding, and how it was found.
//!
//! In this order: byte-order mark, the header of the transfer, what the page says of itself, and
//! the bytes. A label is believed only if the bytes bear it out: pages that claim Latin-1 and are
//! UTF-8, and the other way round, are common.

use std::borrow::Cow;

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::html::tags::{Piece, pieces};
use crate::{Found, How};

/// How far into a page its own statement of its encoding is looked for, in bytes.
const HEAD: usize = 4096;

/// How many bytes the guess from content looks at.
const SAMPLE: usize = 64 << 10;

/// `bytes` as text, and the encoding. `header` is what the container claims.
pub(crate) fn decode<'a>(bytes: &'a [u8], header: Option<&str>) -> (Cow<'a, str>, Found<String>) {
    let (encoding, how) = find(bytes, header);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    (text, Found::new(encoding.name().to_ascii_lowercase(), how))
}

fn find(bytes: &[u8], header: Option<&str>) -> (&'static Encoding, How) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, How::ByteOrderMark);
    }
    let utf8 = std::str::from_utf8(bytes).is_ok();
    let label = |label: &str| Encoding::for_label(label.trim().as_bytes());
    let said = header
        .and_then(label)
        .map(|encoding| (encoding, How::Header))
        .or_else(|| own_label(bytes).and_then(|l| label(&l)).map(|e| (e, How::Meta)));
    match said {
        Some((encoding, how)) if bears_out(encoding, bytes, utf8) => (encoding, how),
        _ if utf8 || mostly_utf8(bytes) => (UTF_8, How::Content),
        _ => {
            let mut detector = EncodingDetector::new();
            detector.feed(bytes.get(..SAMPLE).unwrap_or(bytes), bytes.len() <= SAMPLE);
            (detector.guess(None, false), How::Content)
        }
    }
}

/// Whether `bytes` may be in `encoding`. Valid UTF-8 with letters beyond ASCII is nothing else.
fn bears_out(encoding: &'static Encoding, bytes: &[u8], utf8: bool) -> bool {
    if encoding == UTF_8 {
        return utf8 || mostly_utf8(bytes);
    }
    if utf8 && !bytes.is_ascii() {
        return false;
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    encoding == WINDOWS_1252
        || encoding.decode_without_bom_handling_and_without_replacement(sample).is_some()
        || encoding.is_single_byte()
        || bytes.len() > SAMPLE
}

/// Whether nearly all sequences beyond ASCII are UTF-8: a page cut in the middle, a stray byte.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let beyond = bytes.iter().filter(|b| !b.is_ascii()).count();
    let bad: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    bad * 20 <= beyond
}

/// The encoding that a page names in its head.
fn own_label(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes));
    if let Some(declaration) = head.trim_start().strip_prefix("<?xml") {
        let declaration = declaration.split("?>").next()?;
        let value = declaration.split("encoding=").nth(1)?;
        return Some(value.split(['"', '\'']).nth(1)?.to_owned());
    }
    pieces(&head).find_map(|piece| {
        let Piece::Open(tag) = piece else { return None };
        if !tag.is("meta") {
            return None;
        }
        tag.attribute("charset").map(str::to_owned).or_else(|| {
            let content = tag.attribute("content")?.to_ascii_lowercase();
            let label = content.split("charset=").nth(1)?;
            Some(label.split([';', ' ', ',']).next()?.to_owned())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], header: Option<&str>, text: &str, charset: &str, how: How) {
        let (decoded, found) = decode(bytes, header);
        assert_eq!((decoded.as_ref(), found), (text, Found::new(charset.to_owned(), how)));
    }

    #[test]
    fn the_mark_wins() {
        check(b"\xef\xbb\xbfa", Some("latin1"), "a", "utf-8", How::ByteOrderMark);
        check(b"\xff\xfea\0", None, "a", "utf-16le", How::ByteOrderMark);
    }

    #[test]
    fn a_true_label_is_believed() {
        check(b"caf\xe9", Some("iso-8859-1"), "café", "windows-1252", How::Header);
        check(
            b"<meta charset=windows-1251>\xcc\xee\xf1\xea\xe2\xe0",
            None,
            "<meta charset=windows-1251>Москва",
            "windows-1251",
            How::Meta,
        );
    }

    #[test]
    fn a_false_label_is_not() {
        check("café".as_bytes(), Some("iso-8859-1"), "café", "utf-8", How::Content);
        check(b"caf\xe9 au lait", Some("utf-8"), "café au lait", "windows-1252", How::Content);
    }

    #[test]
    fn one_stray_byte_does_not_make_a_page_latin() {
        let mut bytes = "é".repeat(100).into_bytes();
        bytes.push(0xff);
        assert_eq!(decode(&bytes, None).1.value, "utf-8");
    }
}
