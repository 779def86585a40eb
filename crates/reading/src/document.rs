//! What one page says, as text that never changes again, and the spans that point into it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

crate::id_type! {
    /// Names a document by its address and its text. It never changes.
    DocumentId
}

/// One page: its text, and what is known about it with how each was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// From `url` and `text`.
    pub id: DocumentId,
    /// The main text, paragraphs separated by an empty line.
    text: String,
    /// Where the page was, if that is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// The headline.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<Found<String>>,
    /// Those named as authors.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub authors: Vec<Found<String>>,
    /// The day of publication, not of modification.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<Found<Date>>,
    /// The name of the paper, agency or site.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outlet: Option<Found<String>>,
    /// ISO 639-1 code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<Found<String>>,
    /// The character encoding that the bytes were in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub charset: Option<Found<String>>,
}

impl Document {
    /// A document of `text` found at `url`, about which nothing else is known yet.
    pub fn new(url: Option<String>, text: String) -> Self {
        let id = DocumentId::of(&[url.as_deref().unwrap_or("").as_bytes(), text.as_bytes()]);
        Self {
            id,
            text,
            url,
            title: None,
            authors: Vec::new(),
            published: None,
            outlet: None,
            language: None,
            charset: None,
        }
    }

    /// The main text. It is fixed at birth: every span of every report points into it.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A value of a document and how it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    /// What was found.
    pub value: T,
    /// Where it was found.
    pub how: How,
}

impl<T> Found<T> {
    /// A value and how it was found.
    pub fn new(value: T, how: How) -> Self {
        Self { value, how }
    }
}

/// Where a value of a document was found, the more trustworthy first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The user said so.
    Given,
    /// A field of a JSON line or table.
    Field,
    /// The entry of a feed.
    Feed,
    /// JSON-LD in the page.
    JsonLd,
    /// A `meta` element.
    Meta,
    /// Microdata or another attribute in the page's body.
    Markup,
    /// A `time` element.
    TimeElement,
    /// The address of the page.
    Url,
    /// Text that a reader sees: a dateline, a by-line, a headline.
    Visible,
    /// A header of the transfer (HTTP, WARC).
    Header,
    /// A byte-order mark.
    ByteOrderMark,
    /// The bytes or the words themselves.
    Content,
}

/// A stretch of a document's text in bytes, always on character boundaries, never reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from `start` to `end`, if these are character boundaries of `text` in order.
    pub fn within(text: &str, start: usize, end: usize) -> Option<Self> {
        text.get(start..end)?;
        Some(Self { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? })
    }

    /// The first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The words of `text` that this span covers; empty if the span is of another text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or_default()
    }

    /// From the start of the earlier to the end of the later of two spans.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The text is not thirty-two hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id has 32 hexadecimal digits")]
pub struct NotAnId;

/// The first sixteen bytes of a SHA-256 over framed parts. For [`id_type!`](crate::id_type).
#[doc(hidden)]
pub fn digest(parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let full = hasher.finalize();
    let mut head = [0; 16];
    head.copy_from_slice(&full[..16]);
    head
}

/// Sixteen bytes from hex. For [`id_type!`](crate::id_type).
#[doc(hidden)]
pub fn parse_hex(hex: &str) -> Result<[u8; 16], NotAnId> {
    if hex.len() != 32 || !hex.is_ascii() {
        return Err(NotAnId);
    }
    let mut bytes = [0; 16];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).map_err(|_| NotAnId)?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_content_same_id_and_framing_matters() {
        let id = |url: &str, text: &str| Document::new(Some(url.into()), text.into()).id;
        assert_eq!(id("u", "text"), id("u", "text"));
        assert_ne!(id("u", "text"), id("ut", "ext"));
    }

    #[test]
    fn an_id_printed_and_parsed_is_the_same() {
        let id = Document::new(None, "text".into()).id;
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("zz".parse::<DocumentId>(), Err(NotAnId));
    }

    #[test]
    fn a_span_keeps_to_character_boundaries() {
        assert!(Span::within("né", 0, 2).is_none());
        assert_eq!(Span::within("né", 1, 3).map(|s| s.of("né")), Some("é"));
        assert!(Span::within("né", 1, 9).is_none());
    }
}
