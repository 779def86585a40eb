//! Which documents have words in them, as places in the sheet.
//!
//! Bare words are looked for in memory once their index is there. For all else FTS5 is asked, which
//! must walk through all documents of a common word: so what it found is kept, and several bare
//! words are looked for one by one.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use super::index::Index;
use super::{Body, Sheet, Sheets};
use crate::store::error::StoreError;
use crate::store::ledger::Ledger;

/// How many documents all that is kept may have together: sixteen megabytes.
const MOST: usize = 4 << 20;

/// What was found, and how many documents that is.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// By the query, and the entry after which it was asked.
    by_query: BTreeMap<(String, i64), Arc<Vec<u32>>>,
    size: usize,
}

/// How many searches are kept whole: one question may ask for the same words twice.
const LATEST: usize = 8;

/// So many documents that are not in the index of words FTS5 may be asked for; of more than a
/// quarter of all it is made anew.
const LATER: usize = 1_000;

impl Sheet {
    /// Makes the index of words if there is none, or if too much has come since. `ledger` must see
    /// the position of this sheet.
    pub(in crate::store) fn index(&self, ledger: &Ledger) -> Result<(), StoreError> {
        let documents = self.body.documents.list.as_slice();
        let known = ledger.sheets.index().map_or(0, |index| index.len());
        if documents.is_empty() || documents.len() <= known + LATER.max(known / 4) && known > 0 {
            return Ok(());
        }
        let made = Index::of(&ledger.connection, documents);
        if let Some(made) = made.map_err(|error| ledger.failed(error))? {
            let mut index = ledger.sheets.index.lock().unwrap_or_else(PoisonError::into_inner);
            *index = Some(Arc::new(made));
        }
        Ok(())
    }

    /// The documents in which the index finds `query`, rising. `ledger` must see the position of
    /// this sheet.
    pub(in crate::store) fn documents_with(
        &self,
        ledger: &Ledger,
        query: &str,
    ) -> Result<Arc<Vec<u32>>, StoreError> {
        self.body.documents_with(ledger, query)
    }
}

impl Body {
    /// The documents in which the index finds `query`, rising.
    pub(super) fn documents_with(
        &self,
        ledger: &Ledger,
        query: &str,
    ) -> Result<Arc<Vec<u32>>, StoreError> {
        let Some(words) = bare(query) else { return self.looked_up(ledger, query, 0) };
        let latest = || self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = latest().iter().find(|(of, _)| of == query) {
            return Ok(Arc::clone(known));
        }
        let found = self.documents_with_words(ledger, &words)?;
        let mut latest = latest();
        if latest.len() >= LATEST {
            latest.pop_front();
        }
        latest.push_back((query.to_owned(), Arc::clone(&found)));
        Ok(found)
    }

    /// The documents that have all these words, rising.
    fn documents_with_words(
        &self,
        ledger: &Ledger,
        words: &[&str],
    ) -> Result<Arc<Vec<u32>>, StoreError> {
        // An index of more than this sheet has is of a later position.
        let last = self.documents.list.last().map_or(0, |document| document.seq);
        let index = ledger.sheets.index().filter(|index| index.last() <= last);
        let in_index = index.as_ref().zip(in_ascii(words));
        let (mut all, after) = match &in_index {
            Some((index, words)) => (index.with(words), index.last()),
            None => (Vec::new(), 0),
        };
        if after < last {
            let mut lists = Vec::new();
            for word in words {
                lists.push(self.looked_up(ledger, word, after)?);
            }
            lists.sort_by_key(|list| list.len());
            let mut lists = lists.into_iter();
            let first = lists.next().unwrap_or_default();
            let some = lists.fold(first, |all, list| Arc::new(common(&all, &list)));
            if all.is_empty() {
                return Ok(some);
            }
            all.extend_from_slice(&some);
        }
        Ok(Arc::new(all))
    }

    /// The documents after an entry in which FTS5 finds `query`.
    fn looked_up(
        &self,
        ledger: &Ledger,
        query: &str,
        after: i64,
    ) -> Result<Arc<Vec<u32>>, StoreError> {
        let kept = || self.words.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (query.to_owned(), after);
        if let Some(known) = kept().by_query.get(&key) {
            return Ok(Arc::clone(known));
        }
        let sql = "SELECT rowid FROM words WHERE words MATCH ? AND rowid > ? ORDER BY rowid";
        let mut rest = self.documents.list.as_slice();
        let mut places = Vec::new();
        ledger.ask_all(sql, &[query.to_owned().into(), after.into()], |row| {
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
                places.push((self.documents.list.len() - rest.len()) as u32);
            }
            Ok(())
        })?;
        let places = Arc::new(places);
        let mut kept = kept();
        if kept.size + places.len() > MOST {
            *kept = Found::default();
        }
        kept.size += places.len();
        kept.by_query.insert(key, Arc::clone(&places));
        Ok(places)
    }
}

impl Sheets {
    fn index(&self) -> Option<Arc<Index>> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Whether a query is of bare words only: such a query cannot be wrong.
pub(in crate::store) fn is_bare(query: &str) -> bool {
    bare(query).is_some()
}

/// The words as the index has them, if that is plain: of others FTS5 knows the small letters, and
/// which letters are one without their accents.
fn in_ascii(words: &[&str]) -> Option<Vec<String>> {
    let word = |word: &&str| word.is_ascii().then(|| word.to_ascii_lowercase());
    words.iter().map(word).collect()
}

/// The words of a query that has nothing else: all of them must be in a document.
fn bare(query: &str) -> Option<Vec<&str>> {
    let words: Vec<&str> = query.split_whitespace().collect();
    let is_bare = |word: &&str| {
        word.chars().all(char::is_alphanumeric) && !["AND", "OR", "NOT", "NEAR"].contains(word)
    };
    (!words.is_empty() && words.iter().all(is_bare)).then_some(words)
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
    fn words_are_found_in_memory_as_fts5_finds_them() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Ledger::open_or_create(&folder.path().join("ledger")).unwrap();
        let ledger = writer.reader().unwrap();
        for n in 0..60 {
            let mut batch = writer.begin().unwrap();
            for act in samples::both(n) {
                batch.append("2024-01-01T00:00:00Z", "test", act).unwrap();
            }
            batch.commit().unwrap();
            if n == 40 {
                ledger.index_words().unwrap();
                assert!(ledger.sheets.index().is_some_and(|index| index.len() > 20));
            }
        }
        let sheet = ledger.sheet().unwrap();
        let queries = [
            "kano gunmen",
            "kano suva",
            "market",
            "Kano",
            "\"a market\" kano",
            "kano OR suva",
            "nowhere",
            "kano nowhere",
            "Écija",
            "a",
        ];
        for query in queries {
            let one = sheet.body.documents_with(&ledger, query).unwrap();
            let other = sheet.body.looked_up(&ledger, &format!("({query})"), 0).unwrap();
            assert_eq!(one, other, "{query}");
        }
        let kano = sheet.body.documents_with(&ledger, "kano").unwrap();
        let indexed = ledger.sheets.index().unwrap().len();
        let is_old = |place: &u32| (*place as usize) < indexed;
        assert!(kano.iter().any(is_old) && !kano.iter().all(is_old));
    }

    #[test]
    fn only_bare_words_are_taken_apart() {
        assert_eq!(bare("market bomb"), Some(vec!["market", "bomb"]));
        assert_eq!(bare("market"), Some(vec!["market"]));
        for query in ["\"a b\" c", "a OR b", "a* b", "NOT b", "al-x b", ""] {
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
