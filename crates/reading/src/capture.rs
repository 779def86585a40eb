//! Containers → captures: the single pages in an archive, a feed, a table or a file.

use std::io::BufRead;

use jiff::civil::Date;

use crate::document::{Found, How};

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
    /// The largest page, after decompression.
    pub page_bytes: usize,
    /// The deepest nesting of elements.
    pub page_depth: usize,
    /// The most elements of a page.
    pub page_elements: usize,
}

impl Limits {
    /// What news needs: pages of up to 8 MB and 60,000 elements, nested up to 256 deep.
    pub const NEWS: Self =
        Self { page_bytes: 8 << 20, page_depth: 256, page_elements: 60_000 };
}

/// Cuts `input` into captures. A bad record is a problem in the stream; the rest goes on.
pub fn captures(
    mut input: Box<dyn BufRead + Send>,
    name: &str,
    limits: &Limits,
) -> Box<dyn Iterator<Item = Result<Capture, Problem>> + Send> {
    let mut body = Vec::new();
    let _ = limits;
    let read = std::io::Read::read_to_end(&mut input, &mut body);
    let one = match read {
        Ok(_) if name.ends_with(".json") || name.ends_with(".jsonl") => {
            return Box::new(lines(body, name.to_owned()));
        }
        Ok(_) => Ok(Capture { input: name.to_owned(), body, ..Capture::default() }),
        Err(error) => Err(Problem { input: name.to_owned(), what: error.to_string() }),
    };
    Box::new(std::iter::once(one))
}

fn lines(body: Vec<u8>, name: String) -> impl Iterator<Item = Result<Capture, Problem>> {
    let lines: Vec<Vec<u8>> =
        body.split(|&b| b == b'\n').filter(|l| !l.is_empty()).map(<[u8]>::to_vec).collect();
    lines.into_iter().enumerate().map(move |(n, line)| {
        let input = format!("{name}#{}", n + 1);
        let value: serde_json::Value = serde_json::from_slice(&line)
            .map_err(|e| Problem { input: input.clone(), what: e.to_string() })?;
        let field = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        Ok(Capture {
            url: field("url"),
            body: field("text").unwrap_or_default().into_bytes(),
            title: field("title").map(|t| Found::new(t, How::Field)),
            published: field("published")
                .or_else(|| field("date"))
                .and_then(|d| d.parse().ok())
                .map(|d| Found::new(d, How::Field)),
            outlet: field("outlet").map(|o| Found::new(o, How::Field)),
            input,
            ..Capture::default()
        })
    })
}
