//! Text, date, author and title of pages, against two annotations: whole texts of English
//! articles ([`aeb`]), and segments of pages in many languages ([`segments`]).

pub mod aeb;
pub mod segments;
