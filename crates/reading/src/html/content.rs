//! The main text of a page.

use std::sync::LazyLock;

use trafilatura::{HtmlDateMode, Options};

use crate::html::tags::Piece;
use crate::html::{paragraphs, prune, tags};

static OPTIONS: LazyLock<Options> = LazyLock::new(|| {
    Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled)
});

/// The paragraphs of the article that a page holds; empty if it holds none.
pub(crate) fn extract(pieces: &[Piece<'_>], size: usize) -> Vec<String> {
    let markup = prune::prune(pieces, size);
    let Ok(result) = trafilatura::extract(&markup, &OPTIONS) else { return Vec::new() };
    let pieces: Vec<Piece<'_>> = tags::pieces(&result.content_html).collect();
    paragraphs::of(&pieces)
}
