//! HTML → a flat run of tags and texts, in one linear pass, without building a tree.
//!
//! Metadata, depth, pruning and plain text need no tree, and a scanner cannot overflow a stack or
//! take quadratic time, whatever the page holds. It is not a conforming parser: implied elements
//! are not made up, and mis-nested tags come out as they stand.

/// One piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A start tag.
    Open(Tag<'a>),
    /// The name of an end tag.
    Close(&'a str),
    /// Text between tags, entities not yet decoded. Scripts and styles give one of these.
    Text(&'a str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// The name, in whatever case the page has it.
    pub(crate) name: &'a str,
    /// What follows the name, up to the closing bracket.
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Whether this is the element `name`, which must be in lower case.
    pub(crate) fn is(self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The attributes in order, values not yet decoded.
    pub(crate) fn attributes(self) -> Attributes<'a> {
        Attributes { rest: self.attributes }
    }

    /// The value of the first attribute called `name` (lower case), not yet decoded.
    pub(crate) fn attribute(self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Elements that never have content.
pub(crate) const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements whose content is text whatever it looks like.
const RAW: &[&str] =
    &["script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp", "plaintext"];

/// Whether `name` is one of `names`, which are in lower case.
pub(crate) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// Passes over an element with all that is in it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Skip<'a>(Option<(&'a str, usize)>);

impl<'a> Skip<'a> {
    /// Begins with the element that has been opened.
    pub(crate) fn begin(&mut self, opened: Tag<'a>) {
        self.0 = Some((opened.name, 1));
    }

    /// Whether `piece` is in an element that is passed over, or ends it.
    pub(crate) fn passes(&mut self, piece: &Piece<'_>) -> bool {
        let Some((name, nested)) = &mut self.0 else { return false };
        match piece {
            Piece::Open(tag) if tag.is(name) => *nested += 1,
            Piece::Close(close) if close.eq_ignore_ascii_case(name) => *nested -= 1,
            _ => {}
        }
        if *nested == 0 {
            self.0 = None;
        }
        true
    }
}

/// Cuts `html` into pieces.
pub(crate) fn pieces(html: &str) -> Pieces<'_> {
    Pieces { rest: html, raw: None }
}

/// The pieces of a page, in order.
#[derive(Clone, Debug)]
pub(crate) struct Pieces<'a> {
    rest: &'a str,
    /// The element whose raw content comes next.
    raw: Option<&'a str>,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if let Some(name) = self.raw.take() {
                let end = find_close(self.rest, name).unwrap_or(self.rest.len());
                let text = self.cut(end);
                if !text.is_empty() {
                    return Some(Piece::Text(text));
                }
            }
            if self.rest.is_empty() {
                return None;
            }
            let Some(at) = tag_start(self.rest) else {
                return Some(Piece::Text(self.cut(self.rest.len())));
            };
            if at > 0 {
                return Some(Piece::Text(self.cut(at)));
            }
            if let Some(piece) = self.tag() {
                return Some(piece);
            }
        }
    }
}

impl<'a> Pieces<'a> {
    fn cut(&mut self, at: usize) -> &'a str {
        let (head, tail) = self.rest.split_at(at);
        self.rest = tail;
        head
    }

    /// Takes what begins with `<`; `None` for comments, declarations and stray end tags.
    fn tag(&mut self) -> Option<Piece<'a>> {
        let rest = self.rest;
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").map_or(rest.len(), |i| i + 7);
            self.cut(end);
            return None;
        }
        let closes = rest.starts_with("</");
        let name_at = if closes { 2 } else { 1 };
        let inside = rest.get(name_at..).unwrap_or_default();
        if rest.starts_with("<!") || rest.starts_with("<?") || !starts_name(inside) {
            let end = rest.find('>').map_or(rest.len(), |i| i + 1);
            self.cut(end);
            return None;
        }
        let name_len = inside
            .find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
            .unwrap_or(inside.len());
        let (name, tail) = inside.split_at(name_len);
        let attributes_len = attributes_end(tail);
        let attributes = tail.get(..attributes_len).unwrap_or_default();
        let end = (name_at + name_len + attributes_len + 1).min(rest.len());
        self.cut(end);
        if closes {
            return Some(Piece::Close(name));
        }
        if is_one_of(name, RAW) {
            self.raw = Some(name);
        }
        Some(Piece::Open(Tag { name, attributes }))
    }
}

fn starts_name(inside: &str) -> bool {
    inside.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Where the next thing that is markup begins: `<` before a letter, `/`, `!` or `?`.
fn tag_start(text: &str) -> Option<usize> {
    text.match_indices('<')
        .find(|&(i, _)| {
            text.as_bytes()
                .get(i + 1)
                .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'))
        })
        .map(|(i, _)| i)
}

/// Where the end tag of the raw element `name` begins.
fn find_close(text: &str, name: &str) -> Option<usize> {
    text.match_indices("</")
        .find(|&(i, _)| {
            let after = text.as_bytes().get(i + 2..).unwrap_or_default();
            after.len() > name.len()
                && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
                && !after[name.len()].is_ascii_alphanumeric()
        })
        .map(|(i, _)| i)
}

/// Where the `>` is that ends a tag, minding quoted values; the whole length if there is none.
fn attributes_end(tail: &str) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (i, byte) in tail.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (None, b'>') => return i,
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (Some(_) | None, _) => {}
        }
        if byte == b'=' {
            after_equals = true;
        } else if !byte.is_ascii_whitespace() {
            after_equals = false;
        }
    }
    tail.len()
}

/// The attributes of a start tag.
#[derive(Clone, Debug)]
pub(crate) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let blank = |c: char| c.is_ascii_whitespace() || c == '/';
        let rest = self.rest.trim_start_matches(blank);
        if rest.is_empty() {
            self.rest = rest;
            return None;
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let name_len =
            rest[first..].find(|c: char| blank(c) || c == '=').map_or(rest.len(), |i| i + first);
        let (name, tail) = rest.split_at(name_len);
        let Some(value) = tail.trim_start().strip_prefix('=').map(str::trim_start) else {
            self.rest = tail;
            return Some((name, ""));
        };
        let quoted = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, tail) = if let Some(quote) = quoted {
            let inside = &value[1..];
            match inside.find(quote) {
                Some(end) => (&inside[..end], &inside[end + 1..]),
                None => (inside, ""),
            }
        } else {
            let end = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
            value.split_at(end)
        };
        self.rest = tail;
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let shown: Vec<String> = pieces(html)
            .map(|piece| match piece {
                Piece::Open(tag) => {
                    let mut shown = vec![tag.name.to_owned()];
                    shown.extend(tag.attributes().map(|(k, v)| format!("{k}={v}")));
                    format!("<{}>", shown.join(" "))
                }
                Piece::Close(name) => format!("</{name}>"),
                Piece::Text(text) => format!("'{text}'"),
            })
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn tags_texts_and_attributes() {
        check("a<b>c</b>", "'a' <b> 'c' </b>");
        check("<P class=x id='y z' hidden>", "<P class=x id=y z hidden=>");
        check("<a title=\"a > b\" href=/x/>t", "<a title=a > b href=/x/> 't'");
    }

    #[test]
    fn a_lone_bracket_is_text() {
        check("1 < 2 and <3", "'1 < 2 and <3'");
    }

    #[test]
    fn comments_and_declarations_vanish() {
        check("<!doctype html>a<!-- <p> -->b<?x?>c", "'a' 'b' 'c'");
        check("a<!-- never closed", "'a'");
    }

    #[test]
    fn scripts_are_one_text() {
        check("<script>if (a<b) '</p>'</SCRIPT>x", "<script> 'if (a<b) '</p>'' </SCRIPT> 'x'");
        check("<style>p{}", "<style> 'p{}'");
    }

    #[test]
    fn a_tag_cut_off_is_still_a_tag() {
        check("<a href=\"x", "<a href=x>");
        check("<", "'<'");
        check("</", "");
    }
}
