//! The output: a WARC 1.1 file, each record compressed on its own and written at once.
//!
//! A run that is killed leaves whole records, and perhaps a torn last one. The next run cuts that
//! one off before it adds its own, so that nothing unreadable is ever left in the middle.
//! Bodies are stored decoded: the headers that spoke of the transfer are left out.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use sha2::{Digest, Sha256};
use ureq::http::HeaderMap;
use url::Url;

use crate::failure::hint;

/// A WARC file that grows.
#[derive(Debug)]
pub(crate) struct Archive {
    path: PathBuf,
    file: File,
    software: String,
    /// Whether the first record, which says who wrote the file, is there.
    begun: bool,
    n_pages: usize,
}

/// Headers that were true of the transfer only, or that concern nobody else.
const LEFT_OUT: [&str; 8] = [
    "connection",
    "content-encoding",
    "content-length",
    "keep-alive",
    "set-cookie",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// How a compressed record begins.
const GZIP_MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

impl Archive {
    /// Opens or creates the file at `path`, written by `software`.
    pub(crate) fn open(path: &Path, software: &str) -> anyhow::Result<Self> {
        let named = || format!("cannot write \"{}\"", path.display());
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .with_context(named)?;
        let whole = whole_length(&mut BufReader::new(&file)).map_err(|error| {
            let error = anyhow::Error::new(error)
                .context(format!("\"{}\" is damaged, or no archive", path.display()));
            hint(error, "name another output: nothing was changed in this file")
        })?;
        if whole < file.metadata().with_context(named)?.len() {
            file.set_len(whole).with_context(named)?;
        }
        let (path, software) = (path.to_owned(), software.to_owned());
        Ok(Self { path, file, software, begun: whole > 0, n_pages: 0 })
    }

    /// Adds the page that `url` gave at `at`. When this returns, the record is on the disk.
    pub(super) fn add(
        &mut self,
        url: &Url,
        at: Timestamp,
        headers: &HeaderMap,
        body: &[u8],
    ) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        if !self.begun {
            let software = &self.software;
            let fields = format!("software: {software}\r\nformat: WARC File Format 1.1\r\n");
            bytes.extend(first(at, fields.as_bytes())?);
        }
        bytes.extend(page(url, at, headers, body)?);
        self.file
            .write_all(&bytes)
            .and_then(|()| self.file.sync_data())
            .with_context(|| format!("cannot write \"{}\"", self.path.display()))?;
        self.begun = true;
        self.n_pages += 1;
        Ok(())
    }

    /// Ends the run. A file that would be empty is removed.
    pub(crate) fn finish(self) -> anyhow::Result<usize> {
        if !self.begun {
            std::fs::remove_file(&self.path)
                .with_context(|| format!("cannot remove \"{}\"", self.path.display()))?;
        }
        Ok(self.n_pages)
    }
}

/// The digest of a body, as the archive writes it.
pub(super) fn digest(body: &[u8]) -> String {
    format!("sha256:{:x}", Sha256::digest(body))
}

fn first(at: Timestamp, fields: &[u8]) -> std::io::Result<Vec<u8>> {
    record("warcinfo", at, "Content-Type: application/warc-fields\r\n", fields)
}

fn page(url: &Url, at: Timestamp, headers: &HeaderMap, body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut block = b"HTTP/1.1 200 OK\r\n".to_vec();
    for (name, value) in headers.iter().filter(|(name, _)| !LEFT_OUT.contains(&name.as_str())) {
        block.extend(name.as_str().bytes());
        block.extend(b": ");
        block.extend(value.as_bytes());
        block.extend(b"\r\n");
    }
    block.extend(format!("content-length: {}\r\n\r\n", body.len()).bytes());
    block.extend(body);
    let fields = format!(
        "WARC-Target-URI: {url}\r\nWARC-Payload-Digest: {}\r\n\
         Content-Type: application/http;msgtype=response\r\n",
        digest(body)
    );
    record("response", at, &fields, &block)
}

/// One record, compressed on its own.
fn record(kind: &str, at: Timestamp, fields: &str, block: &[u8]) -> std::io::Result<Vec<u8>> {
    let to_seconds = TimestampRound::new().smallest(Unit::Second).mode(RoundMode::Trunc);
    let date = at.round(to_seconds).unwrap_or(at);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    write!(
        encoder,
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{}>\r\nWARC-Date: {date}\r\n\
         {fields}Content-Length: {}\r\n\r\n",
        uuid(&[kind.as_bytes(), at.to_string().as_bytes(), fields.as_bytes(), block]),
        block.len()
    )?;
    encoder.write_all(block)?;
    encoder.write_all(b"\r\n\r\n")?;
    encoder.finish()
}

/// A UUID (version 8) from content: the same record has the same name.
fn uuid(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let hex = format!("{:x}", hasher.finalize());
    let part = |from, to| &hex[from..to];
    format!("{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}

/// How many bytes of `input` are whole compressed records. Only a torn last record is forgiven:
/// anything else that is not compressed was not written here, and must not be cut off.
fn whole_length(input: &mut impl BufRead) -> std::io::Result<u64> {
    let mut counted = Counted { inner: input, taken: 0 };
    let mut whole = 0;
    loop {
        let head = counted.fill_buf()?;
        if head.is_empty() {
            return Ok(whole);
        }
        if !head.iter().zip(GZIP_MAGIC).all(|(found, wanted)| *found == wanted) {
            return Err(ErrorKind::InvalidData.into());
        }
        match std::io::copy(&mut GzDecoder::new(&mut counted), &mut std::io::sink()) {
            Ok(_) => whole = counted.taken,
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(whole),
            Err(error) => return Err(error),
        }
    }
}

/// Counts what is taken from a buffered reader, so that the end of a member is known to the byte.
struct Counted<R> {
    inner: R,
    taken: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.taken += n as u64;
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.inner.consume(n);
        self.taken += n as u64;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use expect_test::expect;
    use flate2::read::MultiGzDecoder;
    use ureq::http::HeaderValue;

    use super::*;

    fn add(archive: &mut Archive, url: &str, body: &str) {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("text/html"));
        headers.insert("content-encoding", HeaderValue::from_static("gzip"));
        headers.insert("set-cookie", HeaderValue::from_static("a=b"));
        let at = "2024-03-23T10:15:00.5Z".parse().unwrap();
        archive.add(&url.parse().unwrap(), at, &headers, body.as_bytes()).unwrap();
    }

    fn text(path: &Path) -> String {
        let mut text = String::new();
        MultiGzDecoder::new(File::open(path).unwrap()).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_page_is_a_response_record() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.warc.gz");
        let mut archive = Archive::open(&path, "tocsin/0").unwrap();
        add(&mut archive, "https://a.example/1", "<p>News.");
        assert_eq!(archive.finish().unwrap(), 1);
        expect![[r"
            WARC/1.1
            WARC-Type: warcinfo
            WARC-Record-ID: <urn:uuid:1cb653a0-fbf2-8509-87af-9e3c9656fb86>
            WARC-Date: 2024-03-23T10:15:00Z
            Content-Type: application/warc-fields
            Content-Length: 50

            software: tocsin/0
            format: WARC File Format 1.1


            WARC/1.1
            WARC-Type: response
            WARC-Record-ID: <urn:uuid:7a575fc0-3233-8117-819d-9fd04a773883>
            WARC-Date: 2024-03-23T10:15:00Z
            WARC-Target-URI: https://a.example/1
            WARC-Payload-Digest: sha256:e32a52bd8bfa6436afe367a14766def894ce30150ecd1e4cc1827aeaf00f6b74
            Content-Type: application/http;msgtype=response
            Content-Length: 71

            HTTP/1.1 200 OK
            content-type: text/html
            content-length: 8

            <p>News.

        "]]
        .assert_eq(&text(&path).replace('\r', ""));
    }

    #[test]
    fn a_torn_last_record_is_cut_off_before_the_next_is_added() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.warc.gz");
        let mut archive = Archive::open(&path, "tocsin/0").unwrap();
        add(&mut archive, "https://a.example/1", "one");
        let whole = std::fs::metadata(&path).unwrap().len();
        add(&mut archive, "https://a.example/2", "two");
        let full = std::fs::read(&path).unwrap();
        for end in (whole as usize..full.len()).step_by(7) {
            std::fs::write(&path, &full[..end]).unwrap();
            let mut archive = Archive::open(&path, "tocsin/0").unwrap();
            add(&mut archive, "https://a.example/3", "three");
            let text = text(&path);
            assert!(text.contains("\r\n\r\none\r\n\r\n") && text.ends_with("three\r\n\r\n"));
            assert!(!text.contains("two"));
            assert_eq!(text.matches("WARC-Type: warcinfo").count(), 1);
        }
    }

    #[test]
    fn a_file_that_is_no_archive_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.warc.gz");
        let mut archive = Archive::open(&path, "tocsin/0").unwrap();
        add(&mut archive, "https://a.example/1", "one");
        let mut damaged = std::fs::read(&path).unwrap();
        damaged.extend(b"not compressed");
        for bytes in [b"my notes".to_vec(), damaged] {
            std::fs::write(&path, &bytes).unwrap();
            let error = Archive::open(&path, "tocsin/0").unwrap_err();
            assert!(format!("{error:#}").contains("is damaged, or no archive"), "{error:#}");
            assert_eq!(std::fs::read(&path).unwrap(), bytes);
        }
    }

    #[test]
    fn a_run_without_pages_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.warc.gz");
        assert_eq!(Archive::open(&path, "tocsin/0").unwrap().finish().unwrap(), 0);
        assert!(!path.exists());
    }
}
