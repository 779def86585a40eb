//! Words for days → periods, against the day of publication or the dateline.

mod find;
mod resolve;

pub use find::{DateWord, Spoken, date_words};
pub use resolve::{Clock, resolve};
