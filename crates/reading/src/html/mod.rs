//! Pages: markup → pieces → main text.

pub(crate) mod content;
pub(crate) mod depth;
pub(crate) mod entity;
pub(crate) mod paragraphs;
pub(crate) mod prune;
pub(crate) mod tags;
