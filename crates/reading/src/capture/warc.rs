//! Archives of the web (WARC): the pages in them, as a stream.
//!
//! Only responses that were found (status 200) and are HTML or plain text are given; requests,
//! pictures and the rest are no problem and are passed over in silence.

use std::io::{self, BufRead, Read};

use crate::capture::http::{self, Response};
use crate::capture::lines::{Line, Lines};
use crate::capture::{Capture, Limits, Problem, unreadable};

/// The longest line in the head of a record.
const LONGEST_LINE: usize = 64 << 10;

/// The most lines in the head of a record.
const MOST_LINES: usize = 1000;

/// The records of an archive as captures.
pub(super) struct Records<R> {
    lines: Lines<R>,
    name: String,
    limits: Limits,
    record: u64,
    /// The first line of a record was read, its fields were not.
    begun: bool,
    over: bool,
}

/// The head of a record.
#[derive(Default)]
struct Head {
    kind: String,
    url: Option<String>,
    media_type: Option<String>,
    length: Option<u64>,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(input: R, name: String, limits: Limits) -> Self {
        let lines = Lines::new(input, LONGEST_LINE);
        Self { lines, name, limits, record: 0, begun: false, over: false }
    }

    fn place(&self) -> String {
        format!("{}#{}", self.name, self.record)
    }

    fn problem(&self, what: String) -> Problem {
        Problem { input: self.place(), what }
    }

    /// The next record's head; `None` at the end.
    fn head(&mut self) -> io::Result<Option<Result<Head, Problem>>> {
        let mut stray = 0_u64;
        while !self.begun {
            match self.lines.next()? {
                None => return Ok(None),
                Some(Line::Whole(line)) if line.starts_with(b"WARC/") => self.begun = true,
                Some(Line::Whole(line)) => stray += line.len() as u64,
                Some(Line::TooLong(length)) => stray += length,
            }
        }
        if stray > 0 {
            // The record that was found is read when the problem is told.
            let what =
                format!("{stray} bytes after this record belong to none; they are passed over");
            return Ok(Some(Err(self.problem(what))));
        }
        self.begun = false;
        self.record += 1;
        Ok(Some(self.fields()?))
    }

    fn fields(&mut self) -> io::Result<Result<Head, Problem>> {
        let mut head = Head::default();
        for _ in 0..MOST_LINES {
            let line = match self.lines.next()? {
                Some(Line::Whole(line)) => line,
                Some(Line::TooLong(_)) => continue,
                None => return Err(io::ErrorKind::UnexpectedEof.into()),
            };
            if line.is_empty() {
                return Ok(match head.length {
                    Some(_) => Ok(head),
                    None => Err(self.problem("the record has no Content-Length".to_owned())),
                });
            }
            let line = String::from_utf8_lossy(&line).into_owned();
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => {
                    let url = value.trim_start_matches('<').trim_end_matches('>');
                    head.url = Some(url.to_owned());
                }
                "content-type" => head.media_type = http::media_type(value),
                "content-length" => head.length = value.parse().ok(),
                _ => {}
            }
        }
        Ok(Err(self.problem(format!("the head of the record has more than {MOST_LINES} lines"))))
    }

    /// Reads and forgets `length` bytes.
    fn pass(&mut self, length: u64) -> io::Result<()> {
        let passed = io::copy(&mut self.lines.input().take(length), &mut io::sink())?;
        self.lines.offset += passed;
        if passed < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    /// The next page or problem; `None` at the end. Passes over what is no page.
    fn page(&mut self) -> io::Result<Option<Result<Capture, Problem>>> {
        loop {
            let head = match self.head()? {
                None => return Ok(None),
                Some(Err(problem)) => return Ok(Some(Err(problem))),
                Some(Ok(head)) => head,
            };
            let length = head.length.unwrap_or(0);
            let response = head.kind == "response";
            let resource = head.kind == "resource" && is_page(head.media_type.as_deref());
            let cap = self.limits.page_bytes as u64 + LONGEST_LINE as u64;
            let worth = response || resource;
            if length > self.limits.passed_bytes {
                self.over = true;
                let what = format!(
                    "the record claims {length} bytes; the archive is not read on after it"
                );
                return Ok(Some(Err(self.problem(what))));
            }
            if !worth || length > cap {
                self.pass(length)?;
                if worth {
                    let what = format!(
                        "the record has {length} bytes, more than a page of {} may have; it is \
                         passed over",
                        self.limits.page_bytes
                    );
                    return Ok(Some(Err(self.problem(what))));
                }
                continue;
            }
            let mut body = Vec::new();
            let got = self.lines.input().take(length).read_to_end(&mut body);
            self.lines.offset += body.len() as u64;
            if got? < length as usize {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(made) = self.capture(head, body) {
                return Ok(Some(made));
            }
        }
    }

    fn capture(&self, head: Head, body: Vec<u8>) -> Option<Result<Capture, Problem>> {
        let capture = Capture { input: self.place(), url: head.url, ..Capture::default() };
        if head.kind == "resource" {
            return Some(Ok(Capture { media_type: head.media_type, body, ..capture }));
        }
        let wanted = |status: u16, media: Option<&str>| status == 200 && is_page(media);
        match http::read(&body, self.limits.page_bytes, wanted) {
            Ok(None) => None,
            Ok(Some(Response { media_type, charset, body, .. })) => {
                Some(Ok(Capture { media_type, charset, body, ..capture }))
            }
            Err(error) => Some(Err(self.problem(error.to_string()))),
        }
    }
}

/// Whether a media type is that of a page.
fn is_page(media_type: Option<&str>) -> bool {
    matches!(media_type, Some("text/html" | "application/xhtml+xml" | "text/plain"))
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Capture, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        match self.page() {
            Ok(page) => page,
            Err(error) => {
                self.over = true;
                Some(Err(unreadable(self.place(), self.lines.offset, &error)))
            }
        }
    }
}
