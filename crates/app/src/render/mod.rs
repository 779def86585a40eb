//! What people see in a terminal, and what programs get: one way to show each thing.
//!
//! Everything here is a function from values to text; the commands print it. Doubt is always
//! shown: bounds as bounds, an inferred day with "~", what is not plainly asserted with a word.

pub(crate) mod columns;
pub(crate) mod country;
pub(crate) mod event;
pub(crate) mod fields;
pub(crate) mod json;
pub(crate) mod marked;
pub(crate) mod relation;
pub(crate) mod report;
pub(crate) mod table;

use console::Style;
pub(crate) use engine::plain::clean;

/// Whether to use colour and bold type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ink {
    coloured: bool,
}

impl Ink {
    /// Signs only.
    #[cfg(test)]
    pub(crate) const PLAIN: Self = Self { coloured: false };

    /// Colour if standard output is a terminal that wants it.
    pub(crate) fn of_stdout() -> Self {
        Self { coloured: console::colors_enabled() }
    }

    /// What matters most.
    pub(crate) fn bold(self, words: &str) -> String {
        self.apply(&Style::new().bold(), words)
    }

    /// What matters least.
    pub(crate) fn dim(self, words: &str) -> String {
        self.apply(&Style::new().dim(), words)
    }

    fn apply(self, style: &Style, words: &str) -> String {
        style.clone().force_styling(self.coloured).apply_to(words).to_string()
    }
}

/// The line that says which document follows: title, outlet, day.
pub(crate) fn heading(title: Option<&str>, outlet: Option<&str>, day: Option<&str>) -> String {
    let title = title.unwrap_or("(no title)");
    let source: Vec<&str> = [outlet, day].into_iter().flatten().collect();
    if source.is_empty() {
        return clean(title);
    }
    clean(&format!("{title} — {}", source.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cannot_steer_the_terminal() {
        assert_eq!(heading(Some("Calm\x1b[2J\r\u{9b}"), None, None), "Calm[2J");
        assert_eq!(clean("two\nlines"), "two\nlines");
    }
}
