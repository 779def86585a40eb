//! Which document says what an earlier one says.
//!
//! The one place where an index of near duplicates plugs in: [`Duplicates::insert`] is called once
//! for each document, in the order of the ledger.

use std::collections::HashMap;

use reading::DocumentId;

use crate::store::{Duplicate, Ledger, StoreError};

reading::id_type! {
    /// Names a text, wherever it was found.
    TextId
}

/// The texts of a ledger, by their digests.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    first: HashMap<TextId, DocumentId>,
}

impl Duplicates {
    /// The index of what `ledger` has.
    pub(super) fn of(ledger: &Ledger) -> Result<Self, StoreError> {
        let mut index = Self::default();
        ledger.each_document(|document| {
            index.insert(document.id, document.text());
        })?;
        Ok(index)
    }

    /// Adds a document, and gives the earlier one that says the same.
    pub(super) fn insert(&mut self, id: DocumentId, text: &str) -> Option<Duplicate> {
        let first = *self.first.entry(TextId::of(&[text.as_bytes()])).or_insert(id);
        (first != id).then_some(Duplicate { of: first, exact: true, similarity: 1.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_two_equal_texts_is_the_duplicate() {
        let mut index = Duplicates::default();
        let [a, b, c] = ["a", "b", "c"].map(|name| DocumentId::of(&[name.as_bytes()]));
        assert_eq!(index.insert(a, "Nothing happened."), None);
        assert_eq!(index.insert(b, "Much happened."), None);
        let duplicate = Duplicate { of: a, exact: true, similarity: 1.0 };
        assert_eq!(index.insert(c, "Nothing happened."), Some(duplicate));
    }
}
