//! Makes inputs: archives, compressed streams, readers that give little at a time.

use std::io::{self, BufReader, Read, Write};

use reading::{Capture, Limits, Options, Problem};

/// What a stream gives, whole.
pub(crate) fn captures(bytes: impl Into<Vec<u8>>, name: &str) -> Vec<Result<Capture, Problem>> {
    captures_with(bytes, name, &Limits::NEWS)
}

/// The same under other limits.
pub(crate) fn captures_with(
    bytes: impl Into<Vec<u8>>,
    name: &str,
    limits: &Limits,
) -> Vec<Result<Capture, Problem>> {
    let input = io::Cursor::new(bytes.into());
    reading::captures(Box::new(input), name, Options::from(limits)).collect()
}

/// What a stream gives that is read `step` bytes at a time.
pub(crate) fn dripped(bytes: &[u8], name: &str, step: usize) -> Vec<Result<Capture, Problem>> {
    let input = Drip { rest: bytes.to_vec(), at: 0, step };
    let input = BufReader::with_capacity(step.max(1), input);
    reading::captures(Box::new(input), name, &Limits::NEWS).collect()
}

struct Drip {
    rest: Vec<u8>,
    at: usize,
    step: usize,
}

impl Read for Drip {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.step.max(1).min(buffer.len()).min(self.rest.len() - self.at);
        buffer[..n].copy_from_slice(&self.rest[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

/// `bytes` as one gzip member.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// `bytes` as one zstd frame.
pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// One WARC record of an HTTP response.
pub(crate) fn record(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let mut http = format!("HTTP/1.1 {head}\r\n\r\n").into_bytes();
    http.extend(body);
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        http.len()
    )
    .into_bytes();
    record.extend(http);
    record.extend(b"\r\n\r\n");
    record
}

/// A small page that says `word`.
pub(crate) fn page(word: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{word} reported</title></head><body><article>\
         <h1>{word} reported</h1><p>The council said on Monday that {word} had been seen near \
         the bridge, and that the road would stay closed until the search was over.</p>\
         <p>Two boats were sent, and the harbour master asked crews to keep away.</p>\
         </article></body></html>"
    )
}

/// An archive of a page, a picture, a missing page and another page.
pub(crate) fn archive() -> Vec<Vec<u8>> {
    let html = "200 OK\r\nContent-Type: text/html; charset=utf-8";
    vec![
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n".to_vec(),
        record("https://example.org/1", html, page("smoke").as_bytes()),
        record("https://example.org/2", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        record("https://example.org/3", "404 Not Found\r\nContent-Type: text/html", b"<p>no"),
        record("https://example.org/4", html, page("fire").as_bytes()),
    ]
}
