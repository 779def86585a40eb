//! One capture → one document.

use crate::html::tags::{Piece, pieces};
use crate::html::{content, depth, paragraphs};
use crate::{Capture, Document, Limits, Problem, charset, language, text};

/// Makes one page a document. Bad input is a problem, never a panic.
pub fn document(capture: &Capture, limits: &Limits) -> (Option<Document>, Vec<Problem>) {
    let mut problems = Vec::new();
    let (page, charset) = charset::decode(&capture.body, capture.charset.as_deref());
    let pieces: Vec<Piece<'_>> = pieces(&page).collect();
    let size = depth::size(&pieces);
    let paragraphs = if size.depth > limits.page_depth {
        paragraphs::of(&pieces)
    } else {
        content::extract(&pieces, page.len())
    };
    let mut document = Document::new(capture.url.clone(), paragraphs.join("\n\n"));
    document.charset = Some(charset);
    document.title.clone_from(&capture.title);
    let outline = crate::metadata::outline::outline(&pieces);
    let json_ld = crate::metadata::json_ld::read(&outline.json_ld);
    document.published = crate::date::find(&outline, &json_ld, capture.url.as_deref(), None);
    if std::env::var("DEBUGD").is_ok() {
        let c: Vec<String> = crate::date::candidates(&outline, &json_ld, capture.url.as_deref(), None).iter().map(|f| format!("{}={}", f.0, f.1)).collect();
        eprintln!("CAND\t{}\t{}", capture.url.as_deref().unwrap_or(""), c.join(" "));
    }
    document.outlet.clone_from(&capture.outlet);
    document.language = language::find(document.text(), capture.language.clone());
    problems.clear();
    let _ = text::plain;
    (Some(document), problems)
}
