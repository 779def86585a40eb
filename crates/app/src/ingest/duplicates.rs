//! Which document says what an earlier one says, as the ledger keeps it.

use reading::duplicates::{self, Fingerprint, Index};
use reading::{Document, DocumentId};

use crate::store::{Duplicate, Ledger, StoreError};

/// The texts of a ledger. [`Duplicates::insert`] is called once for each new document, in the order
/// of the ledger, so that a run that goes on finds what one run would have found.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    index: Index<DocumentId>,
}

impl Duplicates {
    /// The index of what `ledger` has.
    pub(super) fn of(ledger: &mut Ledger) -> Result<Self, StoreError> {
        let make = |document: &Document| Fingerprint::of(document.text()).to_bytes();
        let index = Index::of(|add| {
            ledger.each_print(make, |id, print| {
                if let Some(print) = Fingerprint::from_bytes(print) {
                    add(id, &print);
                }
            })
        })?;
        Ok(Self { index })
    }

    /// Adds a document, and gives the earlier one that says the same.
    pub(super) fn insert(&mut self, id: DocumentId, text: &Fingerprint) -> Option<Duplicate> {
        let duplicates::Duplicate { of, exact, similarity } = self.index.insert(id, text)?;
        Some(Duplicate { of, exact, similarity })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_two_equal_texts_is_the_duplicate() {
        let mut index = Duplicates::default();
        let [a, b, c] = ["a", "b", "c"].map(|name| DocumentId::of(&[name.as_bytes()]));
        let [nothing, much] = ["Nothing happened.", "Much happened."].map(Fingerprint::of);
        assert_eq!(index.insert(a, &nothing), None);
        assert_eq!(index.insert(b, &much), None);
        let duplicate = Duplicate { of: a, exact: true, similarity: 1.0 };
        assert_eq!(index.insert(c, &nothing), Some(duplicate));
    }
}
