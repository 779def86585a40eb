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

/// The longest text without paragraphs that is looked for in the page, in bytes.
const SHORT: usize = 8 << 10;

/// The paragraphs of the article that a page holds; empty if it holds none.
pub(crate) fn extract(pieces: &[Piece<'_>], size: usize) -> Vec<String> {
    let markup = prune::prune(pieces, size);
    let Ok(result) = trafilatura::extract(&markup, &OPTIONS) else { return Vec::new() };
    let found: Vec<Piece<'_>> = tags::pieces(&result.content_html).collect();
    let found = paragraphs::of(&found);
    match found.as_slice() {
        [run] if run.len() <= SHORT => paragraphs_in(run, pieces).unwrap_or(found),
        _ => found,
    }
}

/// The paragraphs of the page that `run` consists of, if they are nearly all of it.
///
/// For short articles the extractor falls back to the bare text of the page, in one run without
/// paragraphs, so that the end of one sentence touches the next.
fn paragraphs_in(run: &str, pieces: &[Piece<'_>]) -> Option<Vec<String>> {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let run = bare(run);
    let mut paragraphs = paragraphs::of(pieces);
    paragraphs.retain(|paragraph| run.contains(&bare(paragraph)));
    let covered: usize = paragraphs.iter().map(|paragraph| bare(paragraph).len()).sum();
    (covered * 10 >= run.len() * 9 && covered * 10 <= run.len() * 11).then_some(paragraphs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_article_keeps_its_paragraphs() {
        let html = "<html><body><article><h1>Two held</h1><p>Police held two men.</p>\
                    <p>They had a map.</p></article></body></html>";
        let pieces: Vec<Piece<'_>> = tags::pieces(html).collect();
        let expected = ["Two held", "Police held two men.", "They had a map."];
        assert_eq!(extract(&pieces, html.len()), expected);
    }
}
