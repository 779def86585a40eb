//! Tables (CSV and its like) with a head that names the columns.
//!
//! Rows are cut here, with an eye on quotes and on the cap, and only then parsed: the parser would
//! hold a row of any length.

use std::io::BufRead;

use serde_json::{Map, Value};

use crate::capture::lines::{Line, Lines};
use crate::capture::{Capture, Options, Problem, unreadable};
use crate::charset;

/// The rows of a table as captures.
pub(super) struct Rows<R> {
    lines: Lines<R>,
    name: String,
    options: Options,
    delimiter: u8,
    head: Option<Vec<String>>,
    row: u64,
    over: bool,
}

impl<R: BufRead> Rows<R> {
    pub(super) fn new(input: R, name: String, options: Options, delimiter: u8) -> Self {
        let lines = Lines::new(input, options.limits.record_bytes);
        Self { lines, name, options, delimiter, head: None, row: 0, over: false }
    }

    /// The next row: lines up to one that leaves no quote open. `None` at the end.
    #[expect(clippy::naive_bytecount, reason = "it costs next to nothing beside the parsing")]
    fn record(&mut self) -> Option<Result<Vec<u8>, Problem>> {
        let cap = self.options.limits.record_bytes;
        let mut record: Vec<u8> = Vec::new();
        let mut quotes = 0;
        let too_long = |this: &Self, length: u64| Problem {
            input: format!("{}#{}", this.name, this.row),
            what: format!(
                "the row has {length} bytes or more, more than the {cap} that are read; it is \
                 passed over (is a quote left open?)"
            ),
        };
        loop {
            match self.lines.next() {
                Ok(None) if record.is_empty() => return None,
                Ok(None) => return Some(Ok(record)),
                Ok(Some(Line::TooLong(length))) => return Some(Err(too_long(self, length))),
                Ok(Some(Line::Whole(line))) => {
                    if record.is_empty() && line.trim_ascii().is_empty() {
                        continue;
                    }
                    quotes += line.iter().filter(|b| **b == b'"').count();
                    if !record.is_empty() {
                        record.push(b'\n');
                    }
                    record.extend_from_slice(&line);
                    if record.len() > cap {
                        return Some(Err(too_long(self, record.len() as u64)));
                    }
                    if quotes % 2 == 0 {
                        return Some(Ok(record));
                    }
                }
                Err(error) => {
                    self.over = true;
                    let offset = self.lines.offset;
                    return Some(Err(unreadable(self.name.clone(), offset, &error)));
                }
            }
        }
    }

    fn cells(&self, record: &[u8]) -> Vec<String> {
        let (text, _) = charset::decode(record, None);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(text.as_bytes());
        let first = reader.records().next().and_then(Result::ok);
        first.map(|row| row.iter().map(str::to_owned).collect()).unwrap_or_default()
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Result<Capture, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.over {
            self.row += 1;
            let record = match self.record()? {
                Ok(record) => record,
                Err(problem) => return Some(Err(problem)),
            };
            let cells = self.cells(&record);
            let Some(head) = &self.head else {
                self.head = Some(cells.iter().map(|name| name.trim().to_owned()).collect());
                continue;
            };
            let values = cells.into_iter().map(Value::String);
            let row: Map<String, Value> = head.iter().cloned().zip(values).collect();
            let input = format!("{}#{}", self.name, self.row);
            let made = self.options.fields.capture(&row, input.clone());
            return Some(made.map_err(|what| Problem { input, what }));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn check(table: &str, delimiter: u8, expected: &[&str]) {
        let limits = Limits { record_bytes: 60, ..Limits::NEWS };
        let rows = Rows::new(table.as_bytes(), "x".into(), Options::from(&limits), delimiter);
        let shown: Vec<String> = rows
            .map(|item| match item {
                Ok(c) => format!("{} {}", c.input, String::from_utf8(c.body).unwrap()),
                Err(p) => format!("{}: {}", p.input, p.what.split(',').next().unwrap()),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn rows_may_span_lines() {
        check("url,text\nu,\"a\nb, \"\"c\"\"\"\n\nv,d\n", b',', &["x#2 a\nb, \"c\"", "x#3 d"]);
        check("id\tbody\n1\ta\n", b'\t', &["x#2 a"]);
    }

    #[test]
    fn a_row_without_text_is_a_problem() {
        check(
            "url,text\nu,\nu,a\n",
            b',',
            &[
                "x#2: the record has no text; name the field with --map text=FIELD (there are: text",
                "x#3 a",
            ],
        );
    }

    #[test]
    fn an_open_quote_ends_at_the_cap() {
        let table = format!("id,text\n1,\"{}\n2,b\n", "a\n".repeat(40));
        let rows = Rows::new(
            table.as_bytes(),
            "x".into(),
            Options::from(&Limits { record_bytes: 60, ..Limits::NEWS }),
            b',',
        );
        let all: Vec<_> = rows.collect();
        assert!(matches!(all.first(), Some(Err(p)) if p.what.contains("quote")));
        assert!(matches!(all.last(), Some(Ok(c)) if c.body == b"b"), "{all:?}");
    }
}
