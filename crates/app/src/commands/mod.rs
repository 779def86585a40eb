//! One module a verb.

pub(crate) mod about;
pub(crate) mod code;
pub(crate) mod fetch;
pub(crate) mod eval;
pub(crate) mod read;
