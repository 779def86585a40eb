//! The tests of `reading` from outside, in one binary: hostile input, laws, golden pages, and the
//! fuzz targets over their committed corpora.

mod corpora;
mod fuzzed;
mod hostile;
mod laws;
mod make;
