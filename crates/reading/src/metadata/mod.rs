//! What a page says about itself → title, authors, day, outlet, language.

pub(crate) mod json_ld;
pub(crate) mod outline;
