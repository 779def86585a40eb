//! The domain: what a document says about political violence, and nothing about files or screens.
//!
//! Start with [`pipeline`], which is the whole flow on one screen; the modules follow in the order
//! in which a newcomer should read them.

#![forbid(unsafe_code)]

pub mod pipeline;
pub mod report;
pub mod resolved;
pub mod ontology;
pub mod text;
mod dateline;
pub mod fold;
pub mod lexicon;
mod mode;
pub mod syntax;
pub mod number;
pub mod toll;
pub mod date;
pub mod place;
pub mod subject;
pub mod clause;
pub mod frame;
pub mod incident;
pub mod model;
mod joined;
pub mod party;
pub mod settle;
mod period;
pub mod deed;
pub mod relation;
pub mod campaign;
pub mod geography;
pub mod actor;
pub mod pack;
pub mod sources;
pub mod table;
pub mod check;
pub mod knowledge;
pub mod import;
pub mod link;
pub mod view;
pub mod plain;
pub mod eval;

pub use knowledge::Knowledge;
pub use pipeline::{Coded, code, lesson};
pub use relation::Relation;
pub use report::Report;
