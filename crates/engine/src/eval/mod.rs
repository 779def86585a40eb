//! Scorers: what was predicted against what is true, as pure functions.
//!
//! Every suite brings its items to the same form, [`Scored`]: for each item and each measure a
//! [`Tally`] of four sums. Whatever is reported (micro F1, means over pages, shares, counts) is a
//! ratio of sums over items, so one bootstrap over items serves all suites. Nothing here reads a
//! file or codes a document: the caller brings gold lines and reports.

pub mod assignment;
pub mod calibration;
pub mod cluster;
pub mod ecbplus;
pub mod events;
pub mod floor;
pub mod gvdb;
pub mod maverick;
pub mod muc;
pub mod pages;
pub mod places;
pub mod plover;
pub mod resample;
pub mod scored;
pub mod tally;

pub use scored::{Form, Item, Measure, Row, Scored};
pub use tally::Tally;

/// A line of gold that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct BadGold {
    /// Counted from one.
    pub line: usize,
    /// What is wrong, in lower case, without a full stop.
    pub what: String,
}

/// Reads one JSON value a line, skipping empty lines.
pub fn json_lines<T: serde::de::DeserializeOwned>(text: &str) -> Result<Vec<T>, BadGold> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(n, line)| {
            serde_json::from_str(line)
                .map_err(|error| BadGold { line: n + 1, what: error.to_string() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_named_by_its_number_in_the_file() {
        assert_eq!(json_lines::<u8>("1\n\n2\n"), Ok(vec![1, 2]));
        let error = json_lines::<u8>("1\n\n\"x\"\n").unwrap_err();
        assert_eq!(error.line, 3);
    }
}
