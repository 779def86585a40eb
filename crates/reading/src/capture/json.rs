//! JSON of every shape: an object a line, objects one after the other, an array, one object.
//!
//! An object a line is read by lines, so that a bad line costs only itself. Everything else goes
//! through a splitter that follows strings and brackets and holds one record at a time.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use serde_json::Value;

use crate::capture::lines::{Line, Lines};
use crate::capture::{Capture, Captures, Options, Problem, unreadable};

/// Fields of an object that holds records: a JSON feed, an answer of an interface.
const LISTS: &[&str] = &["items", "articles", "documents", "docs", "data", "results", "entries"];

/// The captures of JSON.
pub(super) fn captures(
    head: &[u8],
    input: Box<dyn BufRead + Send>,
    name: String,
    options: Options,
) -> Captures {
    let cap = options.limits.record_bytes;
    let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let whole_line = first.len() < head.len();
    let lines = first.trim_ascii_start().starts_with(b"{")
        && (!whole_line || serde_json::from_slice::<Value>(first).is_ok());
    let records: Box<dyn Iterator<Item = Record> + Send> = if lines {
        Box::new(ByLine { lines: Lines::new(input, cap), number: 0, over: false })
    } else {
        Box::new(Split { input, cap, number: 0, offset: 0, in_array: false, over: false })
    };
    Box::new(Objects { records, name, options, waiting: VecDeque::new() })
}

/// The bytes of one value, and its number.
type Record = (u64, Result<Vec<u8>, Fault>);

enum Fault {
    TooLong(u64),
    Unreadable(u64, io::Error),
}

struct Objects {
    records: Box<dyn Iterator<Item = Record> + Send>,
    name: String,
    options: Options,
    waiting: VecDeque<Result<Capture, Problem>>,
}

impl Iterator for Objects {
    type Item = Result<Capture, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.waiting.pop_front() {
                return Some(item);
            }
            let (number, record) = self.records.next()?;
            let input = format!("{}#{number}", self.name);
            match record {
                Ok(bytes) => self.open(&bytes, input),
                Err(Fault::TooLong(length)) => {
                    let cap = self.options.limits.record_bytes;
                    let what = format!(
                        "the record has {length} bytes, more than the {cap} that are read; \
                         it is passed over"
                    );
                    return Some(Err(Problem { input, what }));
                }
                Err(Fault::Unreadable(offset, error)) => {
                    return Some(Err(unreadable(self.name.clone(), offset, &error)));
                }
            }
        }
    }
}

impl Objects {
    /// Makes one value a capture, or many if it holds a list of records.
    fn open(&mut self, bytes: &[u8], input: String) {
        let value: Value = match serde_json::from_slice(bytes) {
            Ok(value) => value,
            Err(error) => {
                let what = format!("it is not JSON: {error}");
                self.waiting.push_back(Err(Problem { input, what }));
                return;
            }
        };
        let Value::Object(record) = value else {
            let what = "it is not a JSON object".to_owned();
            self.waiting.push_back(Err(Problem { input, what }));
            return;
        };
        let fields = &self.options.fields;
        let list = LISTS.iter().find_map(|key| record.get(*key)?.as_array());
        let made = fields.capture(&record, input.clone());
        match (made, list) {
            (Err(_), Some(list)) if list.iter().all(Value::is_object) => {
                for (i, item) in list.iter().enumerate() {
                    let Some(item) = item.as_object() else { continue };
                    let place = format!("{input}.{}", i + 1);
                    let made = fields
                        .capture(item, place.clone())
                        .map_err(|what| Problem { input: place, what });
                    self.waiting.push_back(made);
                }
            }
            (made, _) => {
                self.waiting.push_back(made.map_err(|what| Problem { input, what }));
            }
        }
    }
}

/// A value a line.
struct ByLine<R> {
    lines: Lines<R>,
    number: u64,
    over: bool,
}

impl<R: BufRead> Iterator for ByLine<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        while !self.over {
            self.number += 1;
            match self.lines.next() {
                Ok(None) => break,
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => {}
                Ok(Some(Line::Whole(line))) => {
                    let line =
                        line.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(line);
                    return Some((self.number, Ok(line)));
                }
                Ok(Some(Line::TooLong(n))) => return Some((self.number, Err(Fault::TooLong(n)))),
                Err(error) => {
                    self.over = true;
                    return Some((self.number, Err(Fault::Unreadable(self.lines.offset, error))));
                }
            }
        }
        None
    }
}

/// Values one after the other, or the elements of an array.
struct Split<R> {
    input: R,
    cap: usize,
    number: u64,
    offset: u64,
    in_array: bool,
    over: bool,
}

/// Where the splitter is in a value.
#[derive(Default)]
struct State {
    depth: usize,
    in_string: bool,
    escaped: bool,
    begun: bool,
}

impl State {
    /// Takes one byte of a value; whether the value ends with it.
    fn take(&mut self, byte: u8) -> bool {
        self.begun = true;
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

impl<R: BufRead> Iterator for Split<R> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let mut state = State::default();
        let mut value = Vec::new();
        let mut length = 0_u64;
        while !self.over {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.over = true;
                    let fault = Fault::Unreadable(self.offset, error);
                    return Some((self.number + 1, Err(fault)));
                }
            };
            if chunk.is_empty() {
                break;
            }
            let mut used = 0;
            let mut ends = false;
            for &byte in chunk {
                used += 1;
                let between = !state.begun;
                if between && byte == b'[' && self.number == 0 && !self.in_array {
                    self.in_array = true;
                } else if !(between && is_between(byte)) {
                    length += 1;
                    if length <= self.cap as u64 {
                        value.push(byte);
                    }
                    ends = state.take(byte);
                    if ends {
                        break;
                    }
                }
            }
            self.input.consume(used);
            self.offset += used as u64;
            if length > self.cap as u64 {
                value = Vec::new();
            }
            if ends {
                break;
            }
        }
        if !state.begun {
            return None;
        }
        self.number += 1;
        let value = if length > self.cap as u64 { Err(Fault::TooLong(length)) } else { Ok(value) };
        Some((self.number, value))
    }
}

/// Bytes that stand between values.
fn is_between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | 0xef | 0xbb | 0xbf)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn check(json: &str, expected: &[&str]) {
        let limits = Limits { record_bytes: 60, ..Limits::NEWS };
        let options = Options::from(&limits);
        let input = Box::new(io::Cursor::new(json.as_bytes().to_vec()));
        let shown: Vec<String> = captures(json.as_bytes(), input, "x".into(), options)
            .map(|item| match item {
                Ok(c) => format!("{} {}", c.input, String::from_utf8(c.body).unwrap()),
                Err(p) => format!("{}: {}", p.input, p.what.split([':', ',']).next().unwrap()),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn every_shape_is_read() {
        check("{\"text\": \"a\"}\n\n{\"text\": \"b\"}\n", &["x#1 a", "x#3 b"]);
        check("[{\"text\": \"a]\"}, {\"text\": \"b\\\"\"}]", &["x#1 a]", "x#2 b\""]);
        check("{\n\"text\": \"a\"\n}\n", &["x#1 a"]);
        check("{\"items\": [{\"body\": \"a\"}, {\"body\": \"b\"}]}", &["x#1.1 a", "x#1.2 b"]);
    }

    #[test]
    fn a_bad_line_costs_only_itself() {
        check(
            "{\"text\": \"a\"}\n{\"text\": \"b\n{\"text\": \"c\"}",
            &["x#1 a", "x#2: it is not JSON", "x#3 c"],
        );
    }

    #[test]
    fn a_long_line_is_passed_over() {
        let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"b\"}}", "a".repeat(100));
        check(&long, &["x#1: the record has 112 bytes", "x#2 b"]);
        let array = format!("[{{\"text\": \"{}\"}}, {{\"text\": \"b\"}}]", "a".repeat(100));
        check(&array, &["x#1: the record has 112 bytes", "x#2 b"]);
    }
}
