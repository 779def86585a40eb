//! One capture → one document.

use crate::html::tags::{Piece, pieces};
use crate::html::{content, depth, paragraphs};
use crate::metadata::{self, Metadata};
use crate::{Capture, Document, Limits, Problem, boilerplate, charset, language, text};

/// Makes one page a document. Bad input is a problem, never a panic.
///
/// What the container says (a field, a feed entry) goes before what the page says of itself.
/// `None` if the page has no text; the problem says so.
pub fn document(capture: &Capture, limits: &Limits) -> (Option<Document>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut problem = |what: String| problems.push(Problem { input: capture.input.clone(), what });
    let body = capture.body.get(..limits.page_bytes).unwrap_or(&capture.body);
    if body.len() < capture.body.len() {
        problem(format!("the page is larger than {} bytes; the rest is not read", body.len()));
    }
    let (page, charset) = charset::decode(body, capture.charset.as_deref());
    let (paragraphs, said) = if is_html(capture, &page) {
        html(&page, capture.url.as_deref(), limits, &mut problem)
    } else {
        (text::plain(&page), plain_metadata(&page))
    };
    let paragraphs = boilerplate::clean(paragraphs);
    if paragraphs.is_empty() {
        problem("the page has no text".to_owned());
        return (None, problems);
    }
    let url = capture.url.clone().or(said.url);
    let mut document = Document::new(url, paragraphs.join("\n\n"));
    document.title = capture.title.clone().or(said.title);
    document.authors =
        if capture.authors.is_empty() { said.authors } else { capture.authors.clone() };
    document.published = capture.published.clone().or(said.published);
    document.outlet = capture.outlet.clone().or(said.outlet);
    let claimed = capture.language.clone().or(said.language);
    document.language = language::find(document.text(), claimed);
    document.charset = Some(charset);
    (Some(document), problems)
}

fn html(
    page: &str,
    url: Option<&str>,
    limits: &Limits,
    problem: &mut impl FnMut(String),
) -> (Vec<String>, Metadata) {
    let pieces: Vec<Piece<'_>> = pieces(page).collect();
    let size = depth::size(&pieces);
    let said = metadata::of(&pieces, url);
    let paragraphs = if size.depth > limits.page_depth {
        problem(format!("elements are nested {} deep; only the markup is removed", size.depth));
        paragraphs::of(&pieces)
    } else if size.elements > limits.page_elements {
        problem(format!("the page has {} elements; only the markup is removed", size.elements));
        paragraphs::of(&pieces)
    } else {
        content::extract(&pieces, page.len())
    };
    (paragraphs, said)
}

/// How far into a page markup is looked for, in bytes.
const SNIFFED: usize = 1024;

/// Whether a page is markup, from its bytes first and then from what the container says.
fn is_html(capture: &Capture, page: &str) -> bool {
    let head = text::head(page, SNIFFED).trim_start().to_ascii_lowercase();
    let starts =
        ["<!doctype html", "<html", "<head", "<body", "<?xml", "<!--", "<div", "<p>", "<p "];
    if starts.iter().any(|tag| head.starts_with(tag)) || head.contains("<html") {
        return true;
    }
    match capture.media_type.as_deref() {
        Some(media) => media.contains("html"),
        None => head.starts_with('<'),
    }
}

/// A plain text has a headline if its first line is short and an empty line follows.
fn plain_metadata(page: &str) -> Metadata {
    let mut lines = page.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).lines();
    let first = text::one_line(lines.next().unwrap_or_default());
    let alone = lines.next().is_some_and(|second| second.trim().is_empty());
    let more = lines.any(|line| !line.trim().is_empty());
    let words = first.split_whitespace().count();
    let headline =
        alone && more && (2..=30).contains(&words) && !first.ends_with(['.', ',', ';', ':']);
    Metadata {
        title: headline.then(|| crate::Found::new(first, crate::How::Visible)),
        ..Metadata::default()
    }
}
