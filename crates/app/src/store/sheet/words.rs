//! Which documents have words in them: what the index of words says, kept as places in the sheet.
//!
//! Common words are in most documents, and the index must walk through all of them; so what was
//! found for a word is kept, and several bare words are looked for one by one.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use super::Body;
use crate::store::error::StoreError;
use crate::store::ledger::Ledger;

/// How many documents all that is kept may have together: sixteen megabytes.
const MOST: usize = 4 << 20;

/// What was found, and how many documents that is.
#[derive(Debug, Default)]
pub(super) struct Found {
    by_query: BTreeMap<String, Arc<Vec<u32>>>,
    size: usize,
}

impl Body {
    /// The documents in which the index finds `query`, rising.
    pub(super) fn documents_with(
        &self,
        ledger: &Ledger,
        query: &str,
    ) -> Result<Arc<Vec<u32>>, StoreError> {
        let Some(words) = bare(query) else { return self.looked_up(ledger, query) };
        let mut lists = Vec::new();
        for word in words {
            lists.push(self.looked_up(ledger, word)?);
        }
        lists.sort_by_key(|list| list.len());
        let mut lists = lists.into_iter();
        let Some(mut all) = lists.next() else { return Ok(Arc::default()) };
        for list in lists {
            all = Arc::new(common(&all, &list));
        }
        Ok(all)
    }

    fn looked_up(&self, ledger: &Ledger, query: &str) -> Result<Arc<Vec<u32>>, StoreError> {
        let kept = || self.words.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().by_query.get(query) {
            return Ok(Arc::clone(known));
        }
        let sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid";
        let mut rest = self.documents.as_slice();
        let mut places = Vec::new();
        ledger.ask_all(sql, &[query.to_owned().into()], |row| {
            let seq: i64 = row.get(0)?;
            // Both rise: what is sought lies in the rest, and most often near its beginning.
            let mut step = 1;
            while rest.get(step).is_some_and(|document| document.seq < seq) {
                step *= 2;
            }
            let near = rest.get(..=step).unwrap_or(rest);
            let skipped = near.partition_point(|document| document.seq < seq);
            rest = rest.get(skipped..).unwrap_or_default();
            if rest.first().is_some_and(|document| document.seq == seq) {
                places.push((self.documents.len() - rest.len()) as u32);
            }
            Ok(())
        })?;
        let places = Arc::new(places);
        let mut kept = kept();
        if kept.size + places.len() > MOST {
            *kept = Found::default();
        }
        kept.size += places.len();
        kept.by_query.insert(query.to_owned(), Arc::clone(&places));
        Ok(places)
    }
}

/// The words of a query that has nothing else: all of them must be in a document.
fn bare(query: &str) -> Option<Vec<&str>> {
    let words: Vec<&str> = query.split_whitespace().collect();
    let is_bare = |word: &&str| {
        word.chars().all(char::is_alphanumeric) && !["AND", "OR", "NOT", "NEAR"].contains(word)
    };
    (words.len() > 1 && words.iter().all(is_bare)).then_some(words)
}

/// What is in both of two rising lists.
fn common(short: &[u32], long: &[u32]) -> Vec<u32> {
    let mut rest = long;
    let mut both = Vec::new();
    for place in short {
        let mut step = 1;
        while rest.get(step).is_some_and(|other| other < place) {
            step *= 2;
        }
        let near = rest.get(..=step).unwrap_or(rest);
        rest = rest.get(near.partition_point(|other| other < place)..).unwrap_or_default();
        if rest.first() == Some(place) {
            both.push(*place);
        }
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples;

    #[test]
    fn several_words_are_found_as_the_index_finds_them() {
        let (_folder, ledger) = samples::ledger(40);
        let sheet = ledger.sheet().unwrap();
        for query in ["kano gunmen", "kano suva", "market", "\"a market\" kano", "kano OR suva"] {
            let one = sheet.body.documents_with(&ledger, query).unwrap();
            let other = sheet.body.looked_up(&ledger, &format!("({query})")).unwrap();
            assert_eq!(one, other, "{query}");
        }
        assert!(!sheet.body.documents_with(&ledger, "kano gunmen").unwrap().is_empty());
    }

    #[test]
    fn only_bare_words_are_taken_apart() {
        assert_eq!(bare("market bomb"), Some(vec!["market", "bomb"]));
        for query in ["market", "\"a b\" c", "a OR b", "a* b", "NOT b", "al-x b", ""] {
            assert_eq!(bare(query), None, "{query}");
        }
    }

    #[test]
    fn common_places_are_in_both() {
        assert_eq!(common(&[1, 5, 9], &[0, 1, 2, 3, 4, 5, 6, 7, 8]), [1, 5]);
        assert_eq!(common(&[], &[1]), [0; 0]);
        assert_eq!(common(&[7], &[7]), [7]);
    }
}
