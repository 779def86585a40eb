//! Containers → captures: the single pages in an archive, a feed, a table or a file.
//!
//! Everything is a stream: an archive of many gigabytes costs the memory of its largest record,
//! and that is capped. What a container is shows in its bytes; its name decides only where the
//! bytes do not. A bad record is a problem in the stream, and the rest goes on.

mod compressed;
mod feed;
mod fields;
mod http;
mod json;
mod lines;
mod sniff;
mod table;
mod warc;

use std::io::{BufRead, Read};

use jiff::civil::Date;

use crate::document::Found;
pub use fields::{Fields, NotAMap};
pub use sniff::{Format, NotAFormat};

/// One page as it was found, before anything is made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capture {
    /// The name of the input and where in it: `news.warc.gz#1042`, for messages.
    pub input: String,
    /// Where the page was, if that is known.
    pub url: Option<String>,
    /// The media type that the container claims: `text/html`, `text/plain`.
    pub media_type: Option<String>,
    /// The character encoding that the container claims.
    pub charset: Option<String>,
    /// The bytes of the page.
    pub body: Vec<u8>,
    /// What the container says of the page's headline.
    pub title: Option<Found<String>>,
    /// What the container says of its authors.
    pub authors: Vec<Found<String>>,
    /// What the container says of the day of publication.
    pub published: Option<Found<Date>>,
    /// What the container says of the outlet.
    pub outlet: Option<Found<String>>,
    /// What the container says of the language.
    pub language: Option<Found<String>>,
}

/// Something that could not be made out, and where. The rest goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The input, with the place in it.
    pub input: String,
    /// What is wrong and what to do, in lower case, without a full stop.
    pub what: String,
}

/// How much of an input is read before it is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest page in bytes, after decompression.
    pub page_bytes: usize,
    /// The deepest nesting of elements.
    pub page_depth: usize,
    /// The most elements of a page.
    pub page_elements: usize,
    /// The largest record in bytes: a line, a row, an element of an array, a whole feed.
    pub record_bytes: usize,
    /// The largest record of an archive in bytes that is worth passing over. Beyond it, the
    /// archive is given up: it is a bomb.
    pub passed_bytes: u64,
}

impl Limits {
    /// What news needs: pages of up to 8 MB and 60,000 elements, nested up to 256 deep; records of
    /// up to 32 MB.
    pub const NEWS: Self = Self {
        page_bytes: 8 << 20,
        page_depth: 256,
        page_elements: 60_000,
        record_bytes: 32 << 20,
        passed_bytes: 1 << 30,
    };
}

/// How an input is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How much is read.
    pub limits: Limits,
    /// What the input is; told from its bytes and its name if it is not said.
    pub format: Option<Format>,
    /// Which fields of a record hold what.
    pub fields: Fields,
}

impl From<&Limits> for Options {
    fn from(limits: &Limits) -> Self {
        Self { limits: limits.clone(), format: None, fields: Fields::default() }
    }
}

/// What [`captures`] gives.
pub type Captures = Box<dyn Iterator<Item = Result<Capture, Problem>> + Send>;

/// Cuts `input` into captures. A bad record is a problem in the stream; the rest goes on.
///
/// `name` stands in messages, and its ending helps where the bytes do not say what they are.
pub fn captures(
    input: Box<dyn BufRead + Send>,
    name: &str,
    options: impl Into<Options>,
) -> Captures {
    let options = options.into();
    let opened = compressed::open(input).and_then(|(input, compressed)| {
        let (head, input) = sniff::head(input)?;
        Ok((head, input, compressed))
    });
    let (head, input, compressed) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            return Box::new(std::iter::once(Err(unreadable(name.to_owned(), 0, &error))));
        }
    };
    let plain_name = if compressed { sniff::without_last_ending(name) } else { name };
    let format = options.format.or_else(|| sniff::format(&head, plain_name));
    let Some(format) = format else {
        return failed(name, "it is neither text nor a format that is known; see --format");
    };
    let name = name.to_owned();
    match format {
        Format::Warc => Box::new(warc::Records::new(input, name, options.limits)),
        Format::Json => json::captures(&head, input, name, options),
        Format::Csv | Format::Tsv => {
            let delimiter = if format == Format::Tsv { b'\t' } else { sniff::delimiter(&head) };
            Box::new(table::Rows::new(input, name, options, delimiter))
        }
        Format::Feed => feed::captures(input, &name, &options.limits),
        Format::Html | Format::Text => {
            let media = if format == Format::Html { "text/html" } else { "text/plain" };
            let said = options.format.map(|_| media.to_owned());
            Box::new(std::iter::once(page(input, name, said, &options.limits)))
        }
    }
}

/// The whole input as one page.
fn page(
    input: Box<dyn BufRead + Send>,
    name: String,
    media_type: Option<String>,
    limits: &Limits,
) -> Result<Capture, Problem> {
    let mut body = Vec::new();
    // One byte more than a page may have, so that `document` can tell that it is too large.
    match input.take(limits.page_bytes as u64 + 1).read_to_end(&mut body) {
        Ok(_) => Ok(Capture { input: name, body, media_type, ..Capture::default() }),
        Err(error) => Err(unreadable(name, body.len() as u64, &error)),
    }
}

fn failed(name: &str, what: &str) -> Captures {
    Box::new(std::iter::once(Err(Problem { input: name.to_owned(), what: what.to_owned() })))
}

/// What to say when reading stops in the middle of an input.
fn unreadable(input: String, offset: u64, error: &std::io::Error) -> Problem {
    let what = match error.kind() {
        std::io::ErrorKind::UnexpectedEof => {
            format!("it is cut off after {offset} bytes; what came before is kept")
        }
        _ => {
            format!("it cannot be read on after {offset} bytes ({error}); what came before is kept")
        }
    };
    Problem { input, what }
}
