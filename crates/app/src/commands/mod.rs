//! One module a verb.

pub(crate) mod about;
pub(crate) mod code;
pub(crate) mod events;
pub(crate) mod ingest;
pub(crate) mod read;
pub(crate) mod show;
pub(crate) mod store;
