//! Words for days → periods, against the day of publication or the dateline.

mod find;
mod period;
mod phrase;
mod resolve;

pub(crate) use find::number;
pub use find::{DateWord, Part, Spoken, date_words};
pub use resolve::{Clock, resolve};
