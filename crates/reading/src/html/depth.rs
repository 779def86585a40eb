//! How large and how deeply nested a page is, known before any tree is built.
//!
//! Building and walking a tree costs time that grows with the square of its depth, and a stack
//! frame per level. So a page beyond the limits never reaches the extractor.

use crate::html::tags::{Piece, VOID, is_one_of};

/// Elements that close themselves when a sibling or a block begins.
const SELF_CLOSING: &[&str] = &[
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot",
    "colgroup", "rt", "rp",
];

/// How far up an end tag looks for its start tag.
const REACH: usize = 64;

/// The size of a page's tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    /// Start tags.
    pub(crate) elements: usize,
    /// An upper estimate of the deepest nesting.
    pub(crate) depth: usize,
}

/// Measures a page.
pub(crate) fn size(pieces: &[Piece<'_>]) -> Size {
    let mut open: Vec<&str> = Vec::new();
    let mut size = Size { elements: 0, depth: 0 };
    for piece in pieces {
        match *piece {
            Piece::Open(tag) => {
                size.elements += 1;
                if is_one_of(tag.name, VOID) {
                    continue;
                }
                if is_one_of(tag.name, SELF_CLOSING)
                    && open.last().is_some_and(|o| o.eq_ignore_ascii_case(tag.name))
                {
                    open.pop();
                }
                open.push(tag.name);
                size.depth = size.depth.max(open.len());
            }
            Piece::Close(name) => {
                let found =
                    open.iter().rev().take(REACH).position(|o| o.eq_ignore_ascii_case(name));
                if let Some(up) = found {
                    open.truncate(open.len() - 1 - up);
                }
            }
            Piece::Text(_) => {}
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tags::pieces;

    fn check(html: &str, elements: usize, depth: usize) {
        let pieces: Vec<_> = pieces(html).collect();
        assert_eq!(size(&pieces), Size { elements, depth });
    }

    #[test]
    fn nesting_is_counted_and_siblings_are_not() {
        check("<div><p>a</p><p>b</p></div>", 3, 2);
        check(&"<div>".repeat(50_000), 50_000, 50_000);
    }

    #[test]
    fn elements_that_close_themselves_do_not_nest() {
        check(&"<p>a".repeat(1000), 1000, 1);
        check(&"<br>".repeat(1000), 1000, 0);
    }
}
