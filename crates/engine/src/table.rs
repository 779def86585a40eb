//! Reads the reviewable text sources: tab-separated, `#` comments, one header row, `|` in lists.

use std::fmt;

/// A line of a source that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct BadLine {
    /// The source's name, as in `data/`.
    pub file: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: Fault,
}

/// What can be wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has another number of cells than the header.
    Cells {
        /// How many it has.
        found: usize,
        /// How many the header has.
        wanted: usize,
    },
    /// A cell holds a word that its column does not know.
    Term {
        /// The column.
        column: &'static str,
        /// The word.
        found: String,
    },
    /// A cell that must say something is empty.
    Empty {
        /// The column.
        column: &'static str,
    },
    /// It stands behind a row that the alphabet puts after it.
    Order {
        /// How that row begins.
        after: String,
    },
    /// A list has an item twice.
    Repeats {
        /// The item.
        item: String,
    },
    /// What names one row names this one too.
    Twice {
        /// The id or form.
        key: String,
        /// The line of the other row.
        line: usize,
    },
    /// It ends before it begins.
    Ends {
        /// The first day.
        from: String,
        /// The last day.
        to: String,
    },
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "data/{}:{}: {}", self.file, self.line, self.what)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cells { found, wanted } => {
                write!(f, "{found} cells where the header has {wanted}")
            }
            Self::Term { column, found } => write!(f, "\"{found}\" is no {column}"),
            Self::Empty { column } => write!(f, "the column {column} is empty"),
            Self::Order { after } => write!(f, "stands behind \"{after}\"; rows are sorted"),
            Self::Repeats { item } => write!(f, "\"{item}\" stands here twice"),
            Self::Twice { key, line } => write!(f, "\"{key}\" stands in line {line} too"),
            Self::Ends { from, to } => write!(f, "begins in {from} and ends in {to}"),
        }
    }
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'s> {
    file: &'static str,
    pub(crate) line: usize,
    text: &'s str,
}

impl<'s> Row<'s> {
    /// The cell of column `i`; empty where absent.
    pub(crate) fn cell(&self, i: usize) -> &'s str {
        self.text.split('\t').nth(i).unwrap_or_default().trim()
    }

    /// The items of the list in column `i`.
    pub(crate) fn list(&self, i: usize) -> impl Iterator<Item = &'s str> {
        self.cell(i).split('|').map(str::trim).filter(|item| !item.is_empty())
    }

    /// That the row has a word which is not known.
    pub(crate) fn unknown(&self, column: &'static str, found: &str) -> BadLine {
        self.bad(Fault::Term { column, found: found.to_owned() })
    }

    /// The term in column `i`, read by `parse`.
    pub(crate) fn term<T>(
        &self,
        i: usize,
        column: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, BadLine> {
        let found = self.cell(i);
        parse(found).ok_or_else(|| self.unknown(column, found))
    }

    /// The terms in column `i`, each read by `parse`.
    pub(crate) fn terms<T>(
        &self,
        i: usize,
        column: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, BadLine> {
        let term = |found: &str| {
            parse(found).ok_or_else(|| self.bad(Fault::Term { column, found: found.to_owned() }))
        };
        self.list(i).map(term).collect()
    }

    /// This line as a bad one.
    pub(crate) fn bad(&self, what: Fault) -> BadLine {
        BadLine { file: self.file, line: self.line, what }
    }
}

/// The columns of a table.
pub(crate) fn columns(text: &str) -> impl Iterator<Item = &str> {
    let header = text.lines().find(|line| !line.is_empty() && !line.starts_with('#'));
    header.unwrap_or_default().split('\t')
}

/// The rows of `text`, without comments and header. Rows with the wrong number of cells are bad.
pub(crate) fn rows<'s>(
    file: &'static str,
    text: &'s str,
) -> impl Iterator<Item = Result<Row<'s>, BadLine>> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let wanted = lines.next().map_or(0, |(_, header)| header.split('\t').count());
    lines.map(move |(line, text)| {
        let found = text.split('\t').count();
        if found == wanted {
            Ok(Row { file, line, text })
        } else {
            Err(BadLine { file, line, what: Fault::Cells { found, wanted } })
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_skip_comments_and_name_the_bad_line() {
        let text = "# about\nname\tsort\nbomb\tweapon\nbroken\n";
        let found: Vec<_> = rows("x.tsv", text).collect();
        assert_eq!(found[0].as_ref().map(|r| r.cell(1)), Ok("weapon"));
        let message = found[1].as_ref().map(|_| ()).map_err(ToString::to_string);
        assert_eq!(message, Err("data/x.tsv:4: 1 cells where the header has 2".to_owned()));
    }
}
