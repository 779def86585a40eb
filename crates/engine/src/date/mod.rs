//! Words for days → periods, against the day of publication or the dateline.

mod find;
mod period;
mod phrase;
mod resolve;

pub use find::{DateWord, Part, Spoken, date_words};
pub(crate) use find::{MONTHS, number};
pub use resolve::{Clock, resolve};
