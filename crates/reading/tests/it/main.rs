//! The tests of `reading` from outside, in one binary: hostile input, laws, golden pages, and the
//! fuzz targets over their committed corpora.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read their corpora and start threads with small stacks"
)]

mod corpora;
mod fuzzed;
mod hostile;
mod laws;
mod make;
