//! Lines of a stream, none longer than a cap: what is longer is passed over, not held.

use std::io::{self, BufRead};

/// A line without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The whole line.
    Whole(Vec<u8>),
    /// A line of so many bytes, more than the cap.
    TooLong(u64),
}

/// Reads lines.
pub(super) struct Lines<R> {
    input: R,
    cap: usize,
    /// How many bytes were read.
    pub(super) offset: u64,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R, cap: usize) -> Self {
        Self { input, cap, offset: 0 }
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        let mut length = 0_u64;
        loop {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                return Ok((length > 0).then(|| finish(line, length, self.cap)));
            }
            let end = chunk.iter().position(|b| *b == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            length += part.len() as u64;
            if length <= self.cap as u64 {
                line.extend_from_slice(part);
            } else {
                line = Vec::new();
            }
            let used = part.len() + usize::from(end.is_some());
            self.input.consume(used);
            self.offset += used as u64;
            if end.is_some() {
                return Ok(Some(finish(line, length, self.cap)));
            }
        }
    }

    /// The input itself, between two lines.
    pub(super) fn input(&mut self) -> &mut R {
        &mut self.input
    }
}

fn finish(mut line: Vec<u8>, length: u64, cap: usize) -> Line {
    if length > cap as u64 {
        return Line::TooLong(length);
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Line::Whole(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_passed_over() {
        let mut lines = Lines::new(&b"ab\r\nabcdef\nc"[..], 4);
        assert_eq!(lines.next().unwrap(), Some(Line::Whole(b"ab".to_vec())));
        assert_eq!(lines.next().unwrap(), Some(Line::TooLong(6)));
        assert_eq!(lines.next().unwrap(), Some(Line::Whole(b"c".to_vec())));
        assert_eq!(lines.next().unwrap(), None);
        assert_eq!(lines.offset, 12);
    }
}
