//! What the fuzz targets check, so that a plain test can run them over the committed corpora.
//!
//! Every target holds the same laws: nothing panics, what is read twice is the same, and a stream
//! that comes in small pieces is the stream that comes whole.

use std::io::{BufRead, BufReader, Cursor};

use reading::{Capture, Format, Limits, Options};

/// Checks one input.
pub type Target = fn(&[u8]);

/// The targets by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("warc", warc),
    ("feed", feed),
    ("page", page),
    ("jsonl", jsonl),
    ("csv", csv),
    ("date", date),
];

/// An archive.
pub fn warc(bytes: &[u8]) {
    stream(bytes, Some(Format::Warc));
}

/// A feed.
pub fn feed(bytes: &[u8]) {
    stream(bytes, Some(Format::Feed));
}

/// Anything, told from its bytes; mostly a page.
pub fn page(bytes: &[u8]) {
    stream(bytes, None);
}

/// JSON of any shape.
pub fn jsonl(bytes: &[u8]) {
    stream(bytes, Some(Format::Json));
}

/// A table.
pub fn csv(bytes: &[u8]) {
    stream(bytes, Some(Format::Csv));
}

/// A page whose dateline, stamp and address are the input.
pub fn date(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let page = format!(
        "<html lang=en><meta property=\"article:published_time\" content=\"{text}\">\
         <h1>Two held</h1><p class=date>{text}</p><p>The text.</p>"
    );
    let url = Some(format!("https://example.org/{text}"));
    document(&Capture { url, body: page.into_bytes(), ..Capture::default() });
}

/// Limits low enough for a fuzzer to reach them.
fn limits() -> Limits {
    Limits { page_bytes: 1 << 16, record_bytes: 1 << 12, ..Limits::NEWS }
}

fn stream(bytes: &[u8], format: Option<Format>) {
    let read = |input: Box<dyn BufRead + Send>| -> Vec<_> {
        let options = Options { format, ..Options::from(&limits()) };
        reading::captures(input, "x", options).collect()
    };
    let whole = read(Box::new(Cursor::new(bytes.to_vec())));
    let pieces = read(Box::new(BufReader::with_capacity(7, Cursor::new(bytes.to_vec()))));
    assert_eq!(whole, pieces, "a stream in pieces reads otherwise");
    whole.iter().flatten().for_each(document);
}

fn document(capture: &Capture) {
    let once = reading::document(capture, &limits());
    assert_eq!(once, reading::document(capture, &limits()), "reading twice gives two answers");
    if let Some(document) = once.0 {
        assert!(!document.text().is_empty());
        assert!(!document.text().chars().any(|c| c.is_control() && c != '\n'));
    }
}
