//! Statements, and deeds that are no violence: who supports, threatens, accuses, aids whom.
//!
//! Violence has its own path, from [`frame`](crate::frame) on.

mod lexicon;
mod whose;

pub use lexicon::{Deeds, Line, Says, Topics};
pub use whose::{Whose, whose};
