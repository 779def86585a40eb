//! Loose text → paragraphs with tidy white space and without characters that nobody sees.

/// Collects paragraphs.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    done: Vec<String>,
    now: String,
    /// White space stands between what was last added and what comes.
    gap: Gap,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
}

impl Paragraphs {
    /// Adds text to the paragraph; runs of white space become one space.
    pub(crate) fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.gap = self.gap.max(Gap::Space);
            } else if !is_invisible(c) {
                match self.gap {
                    Gap::Space if !self.now.is_empty() => self.now.push(' '),
                    Gap::Line if !self.now.is_empty() => self.now.push('\n'),
                    _ => {}
                }
                self.gap = Gap::None;
                self.now.push(c);
            }
        }
    }

    /// Ends the line, but not the paragraph.
    pub(crate) fn line(&mut self) {
        self.gap = Gap::Line;
    }

    /// Ends the paragraph.
    pub(crate) fn end(&mut self) {
        self.gap = Gap::None;
        if !self.now.is_empty() {
            self.done.push(std::mem::take(&mut self.now));
        }
    }

    /// All paragraphs; none is empty.
    pub(crate) fn finish(mut self) -> Vec<String> {
        self.end();
        self.done
    }
}

/// Control characters, soft hyphens, zero-width spaces, direction marks, objects that are gone.
/// The zero-width joiners stay: Persian and Hindi words are spelt with them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fffc}')
}

/// The greatest character boundary of `text` that is not beyond `at`.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// The first `most` bytes of `text`, or fewer, to a character boundary.
pub(crate) fn head(text: &str, most: usize) -> &str {
    &text[..boundary(text, most)]
}

/// `text` on one line: tidy white space, nothing invisible.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = Paragraphs::default();
    line.text(text);
    line.finish().pop().unwrap_or_default()
}

/// Plain text → paragraphs: at empty lines, and at line ends that are no mere wrapping.
pub(crate) fn plain(text: &str) -> Vec<String> {
    let mut out = Paragraphs::default();
    let mut block: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() {
            add_block(&block, &mut out);
            block.clear();
        } else {
            block.push(line.trim());
        }
    }
    out.finish()
}

/// The longest line that a program or a person wraps text to.
const WIDEST_WRAP: usize = 120;

fn add_block(block: &[&str], out: &mut Paragraphs) {
    let longest = block.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    for line in block {
        out.text(line);
        let length = line.chars().count();
        let short = length * 10 < longest * 7;
        let ends = line.ends_with(['.', '!', '?', '…', '”', '"', ':', '。']);
        if longest > WIDEST_WRAP || (short && ends) {
            out.end();
        } else {
            out.text(" ");
        }
    }
    out.end();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_tidied_and_the_invisible_goes() {
        assert_eq!(one_line("  a\u{a0}\n b\0\u{ad}c\u{200b} "), "a bc");
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "A man was shot in the\nmarket on Monday, the police\nsaid.\n\nTwo fled.\n";
        assert_eq!(
            plain(text),
            ["A man was shot in the market on Monday, the police said.", "Two fled."]
        );
    }

    #[test]
    fn long_lines_are_paragraphs() {
        let line = "word ".repeat(30);
        assert_eq!(plain(&format!("{line}\n{line}")).len(), 2);
    }
}
