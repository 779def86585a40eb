//! One capture → one document.

use crate::{Capture, Document, Limits, Problem};

/// Makes one page a document. Bad input is a problem, never a panic.
pub fn document(capture: &Capture, limits: &Limits) -> (Option<Document>, Vec<Problem>) {
    let _ = limits;
    let text = String::from_utf8_lossy(&capture.body).into_owned();
    let mut document = Document::new(capture.url.clone(), text);
    document.title.clone_from(&capture.title);
    document.published.clone_from(&capture.published);
    document.outlet.clone_from(&capture.outlet);
    (Some(document), Vec::new())
}
