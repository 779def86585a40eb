//! Reading: bytes as they are found → documents whose text never changes again.
//!
//! Two steps. [`captures`] cuts a container (a WARC, a feed, a table, one page) into single
//! pages as a stream; [`document`](fn@document) makes one page a [`Document`]. The first is
//! sequential and cheap, the second is pure and may run on as many threads as the caller likes.
//! Nothing here opens a file, asks the clock or knows what a document is about.

#![forbid(unsafe_code)]

mod boilerplate;
pub mod capture;
mod charset;
mod date;
pub mod document;
pub mod duplicates;
mod html;
mod id;
mod language;
mod metadata;
pub mod page;
mod text;

pub use capture::{Capture, Captures, Fields, Format, Limits, Options, Problem, captures};
pub use document::{Document, DocumentId, Found, How, Span};
pub use page::document;
