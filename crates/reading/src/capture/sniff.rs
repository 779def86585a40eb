//! What an input is: from its first bytes, then from its name.

use std::io::{self, BufRead};
use std::str::FromStr;

use crate::capture::compressed::{HEAD, peek};
use crate::capture::fields::is_text_field;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One HTML page.
    Html,
    /// One plain text.
    Text,
    /// JSON: an object a line, an array of objects, one object, a JSON feed.
    Json,
    /// A table with a head, divided by commas, semicolons or bars.
    Csv,
    /// A table with a head, divided by tabs.
    Tsv,
    /// RSS, RDF or Atom.
    Feed,
    /// An archive of the web.
    Warc,
}

/// The name is not that of a format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a format; use html, text, json, csv, tsv, feed or warc")]
pub struct NotAFormat(String);

impl FromStr for Format {
    type Err = NotAFormat;

    fn from_str(name: &str) -> Result<Self, NotAFormat> {
        match name.to_ascii_lowercase().as_str() {
            "html" | "htm" | "xhtml" => Ok(Self::Html),
            "text" | "txt" => Ok(Self::Text),
            "json" | "jsonl" | "ndjson" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            "tsv" | "tab" => Ok(Self::Tsv),
            "feed" | "rss" | "atom" | "rdf" => Ok(Self::Feed),
            "warc" => Ok(Self::Warc),
            _ => Err(NotAFormat(name.to_owned())),
        }
    }
}

/// The first bytes of `input`, and the whole input.
pub(super) fn head(
    input: Box<dyn BufRead + Send>,
) -> io::Result<(Vec<u8>, Box<dyn BufRead + Send>)> {
    peek(input, HEAD)
}

/// `name` without what follows its last dot: `news.warc` for `news.warc.gz`.
pub(super) fn without_last_ending(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// What `head` begins; `None` if it is neither text nor anything known.
pub(super) fn format(head: &[u8], name: &str) -> Option<Format> {
    // Before all else: what an archive holds may well be binary.
    if head.starts_with(b"WARC/") {
        return Some(Format::Warc);
    }
    let utf16 = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    if !utf16 && is_binary(head) {
        return None;
    }
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
    let text = text.trim_start();
    if text.starts_with('<') {
        let start: String = text.chars().take(2000).collect::<String>().to_ascii_lowercase();
        let feed = ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| start.contains(tag));
        let page = start.contains("<html") || start.contains("<!doctype html");
        return Some(if feed && !page { Format::Feed } else { Format::Html });
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if looks_like_json(text) || matches!(ending.as_str(), "jsonl" | "ndjson" | "json") {
        return Some(Format::Json);
    }
    match ending.as_str() {
        "csv" => return Some(Format::Csv),
        "tsv" | "tab" => return Some(Format::Tsv),
        "htm" | "html" | "xhtml" => return Some(Format::Html),
        _ => {}
    }
    Some(table_head(text).unwrap_or(Format::Text))
}

/// Whether bytes are no text: more than one in twenty is a control character that no encoding of
/// text uses, or they begin like a known binary.
fn is_binary(head: &[u8]) -> bool {
    let known: [&[u8]; 6] =
        [b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF"];
    let control = |b: &&u8| matches!(b, 0..=8 | 14..=26 | 28..=31);
    let n_controls = head.iter().filter(control).count();
    known.iter().any(|magic| head.starts_with(magic)) || n_controls * 20 > head.len()
}

/// Whether text begins an object or an array of objects, not a text that begins with a bracket.
fn looks_like_json(text: &str) -> bool {
    let inside = |rest: &str, starts: &[char]| rest.trim_start().starts_with(starts);
    match text.strip_prefix('{') {
        Some(rest) => inside(rest, &['"', '}']),
        None => text.strip_prefix('[').is_some_and(|rest| inside(rest, &['{', ']'])),
    }
}

/// What a first line that names a text column begins.
fn table_head(text: &str) -> Option<Format> {
    let line = text.lines().next()?;
    let delimiter = char::from(delimiter(line.as_bytes()));
    let names: Vec<&str> = line.split(delimiter).map(|n| n.trim().trim_matches('"')).collect();
    let named = names.len() >= 2
        && names.iter().all(|n| n.len() < 60)
        && names.iter().any(|n| is_text_field(n));
    named.then_some(if delimiter == '\t' { Format::Tsv } else { Format::Csv })
}

/// What divides the columns of a table: what is most often in its first line.
#[expect(clippy::naive_bytecount, reason = "it costs next to nothing beside the parsing")]
pub(super) fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |sign: u8| line.iter().filter(|b| **b == sign).count();
    let signs = [b',', b';', b'\t', b'|'];
    signs.into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_before_the_name() {
        let check = |head: &str, name: &str, expected| {
            assert_eq!(format(head.as_bytes(), name), Some(expected), "{head}");
        };
        check("WARC/1.0\r\n", "x", Format::Warc);
        check("WARC/1.0\r\n\0\0\0\0", "x", Format::Warc);
        check("<?xml version=\"1.0\"?><rss>", "x.html", Format::Feed);
        check("<!doctype html><p>", "x.txt", Format::Html);
        check("{\"text\": 1}", "x.txt", Format::Json);
        check("[{\"text\": 1}]", "x", Format::Json);
        check("[REPORT] A bomb", "x", Format::Text);
        check("url,date,title,text\n", "x", Format::Csv);
        check("id\tbody\n", "x", Format::Tsv);
        check("a,b\n1,2", "x.csv", Format::Csv);
        check("Two men, text messages, and a bomb", "x", Format::Text);
    }

    #[test]
    fn what_is_no_text_is_not_read() {
        assert_eq!(format(b"%PDF-1.7", "x"), None);
        assert_eq!(format(&[0; 100], "x"), None);
        let noise: Vec<u8> = (0..4_000_u32).map(|n| (n.wrapping_mul(n) >> 4) as u8).collect();
        assert_eq!(format(&noise, "x"), None);
        assert_eq!(
            format(b"A stray \0 in a text is no reason to refuse it.", "x"),
            Some(Format::Text)
        );
        assert_eq!(format(b"\xff\xfea\0b\0", "x"), Some(Format::Text));
    }
}
