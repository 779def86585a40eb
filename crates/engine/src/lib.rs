//! The domain: what a document says about political violence, and nothing about files or screens.
//!
//! Start with [`pipeline`], which is the whole flow on one screen.

#![forbid(unsafe_code)]

pub mod eval;
pub mod knowledge;
pub mod ontology;
pub mod pipeline;
pub mod report;
pub mod resolved;
pub mod view;

pub use knowledge::Knowledge;
pub use pipeline::{Coded, code};
pub use report::Report;
