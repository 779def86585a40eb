//! Countries as people write them, and as the record keeps them (ISO 3166-1 alpha-2).

use engine::Knowledge;

/// The name of the country with this code; the code itself if it is not known.
pub(crate) fn name<'a>(_known: &'a Knowledge, code: &'a str) -> &'a str {
    code
}

/// The code of a country that is given by its code or its name.
pub(crate) fn code(_known: &Knowledge, given: &str) -> Option<String> {
    let is_code = given.len() == 2 && given.bytes().all(|b| b.is_ascii_alphabetic());
    is_code.then(|| given.to_ascii_uppercase())
}
