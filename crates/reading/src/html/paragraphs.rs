//! Markup → text whose paragraphs are separated by an empty line.

use crate::html::entity::decode;
use crate::html::tags::{Piece, Skip, is_one_of};
use crate::text::Paragraphs;

/// Elements that neither begin nor end a paragraph.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "hi", "ref",
];

/// Elements whose content a reader of the article does not see or does not want.
const SKIPPED: &[&str] = &[
    "script", "style", "head", "title", "textarea", "iframe", "noembed", "noframes", "svg", "nav",
    "footer", "aside", "form", "button", "select", "template", "canvas", "object",
];

/// The text of `pieces`, without markup.
pub(crate) fn of(pieces: &[Piece<'_>]) -> Vec<String> {
    let mut out = Paragraphs::default();
    let mut skip = Skip::default();
    let mut blank_line = false;
    for piece in pieces {
        if skip.passes(piece) {
            continue;
        }
        match *piece {
            Piece::Open(tag) if is_one_of(tag.name, SKIPPED) => {
                skip.begin(tag);
                out.end();
            }
            Piece::Open(tag) if tag.is("br") => {
                if blank_line {
                    out.end();
                } else {
                    out.line();
                }
                blank_line = true;
            }
            Piece::Open(tag) if tag.is("td") || tag.is("th") => out.text(" "),
            Piece::Open(tag) if !is_one_of(tag.name, INLINE) => out.end(),
            Piece::Close(name)
                if !is_one_of(name, INLINE) && !is_one_of(name, &["td", "th", "br"]) =>
            {
                out.end();
            }
            Piece::Text(text) => {
                if !text.trim().is_empty() {
                    blank_line = false;
                }
                out.text(&decode(text));
            }
            _ => {}
        }
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tags::pieces;

    fn check(html: &str, expected: &[&str]) {
        assert_eq!(of(&pieces(html).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn blocks_are_paragraphs_and_inline_elements_are_not() {
        check(
            "<p>One <b>bold</b>\n word.</p><div>Two</div>three",
            &["One bold word.", "Two", "three"],
        );
    }

    #[test]
    fn one_break_is_a_line_two_are_a_paragraph() {
        check("a<br>b<br> <br>c", &["a\nb", "c"]);
    }

    #[test]
    fn what_is_not_the_article_goes() {
        check("<nav>Home <nav>x</nav> y</nav>Text<script>if (a<b) {}</script>", &["Text"]);
    }

    #[test]
    fn entities_are_decoded_once() {
        check("<p>a&nbsp;&amp;lt; b</p>", &["a &lt; b"]);
    }
}
