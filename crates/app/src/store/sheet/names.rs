//! Words as numbers: what recurs a million times is kept once, and compared as a number.

use std::collections::HashMap;
use std::sync::Arc;

use memchr::memmem::Finder;

/// The number of nothing.
pub(super) const NONE: u32 = u32::MAX;

/// Words by their numbers, and numbers by their words.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    list: Vec<Arc<str>>,
    index: HashMap<Arc<str>, u32>,
}

impl Names {
    /// The number of a word, which it has from now on.
    pub(super) fn add(&mut self, name: Option<&str>) -> u32 {
        let Some(name) = name else { return NONE };
        if let Some(&known) = self.index.get(name) {
            return known;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(NONE);
        let name: Arc<str> = name.into();
        self.list.push(Arc::clone(&name));
        self.index.insert(name, number);
        number
    }

    /// The number of a word that is here.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.index.get(name).copied()
    }

    /// The word of a number.
    pub(super) fn of(&self, number: u32) -> Option<&str> {
        self.list.get(number as usize).map(AsRef::as_ref)
    }

    /// The word of a number, to be kept beside.
    pub(super) fn shared(&self, number: u32) -> Option<Arc<str>> {
        self.list.get(number as usize).map(Arc::clone)
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// All words, to look for parts of them.
    pub(super) fn haystack(&self) -> Haystack {
        Haystack::of(self.list.iter().map(AsRef::as_ref))
    }
}

/// What stands after each word, and in none.
const END: char = '\u{1}';

/// Words one after the other, in small letters.
#[derive(Debug)]
pub(super) struct Haystack {
    all: String,
    starts: Vec<usize>,
}

impl Haystack {
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut all = String::new();
        let mut starts = Vec::new();
        for word in words {
            starts.push(all.len());
            all.push_str(word);
            all.push(END);
        }
        all.make_ascii_lowercase();
        all.shrink_to_fit();
        Self { all, starts }
    }

    /// The first `limit` words that have `part` in them, rising, as SQLite's `LIKE` has it: without
    /// regard to the case of letters from A to Z.
    pub(super) fn containing(&self, part: &str, limit: usize) -> Vec<u32> {
        if part.is_empty() {
            return (0..self.starts.len() as u32).take(limit).collect();
        }
        let part = part.to_ascii_lowercase();
        let finder = Finder::new(&part);
        let mut found: Vec<u32> = Vec::new();
        let mut at = 0;
        while found.len() < limit {
            let rest = self.all.as_bytes().get(at..);
            let Some(next) = rest.and_then(|rest| finder.find(rest)) else { break };
            let word = self.starts.partition_point(|start| *start <= at + next).saturating_sub(1);
            found.push(word as u32);
            // On with the word after it.
            at = self.starts.get(word + 1).copied().unwrap_or(self.all.len());
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_number() {
        let mut names = Names::default();
        let kano = names.add(Some("Kano"));
        assert_eq!((names.add(Some("Kano")), names.find("Kano")), (kano, Some(kano)));
        assert_eq!((names.add(None), names.of(NONE), names.of(kano)), (NONE, None, Some("Kano")));
        names.add(Some("Écija"));
        names.add(Some("Nankano"));
        let all = names.haystack();
        let containing = |part: &str| all.containing(part, 9);
        assert_eq!(containing("KAN"), [0, 2]);
        assert_eq!(containing("an"), [0, 2]);
        assert_eq!(containing("éc"), [0; 0]);
        assert_eq!(containing("o\né"), [0; 0]);
        assert_eq!(containing(""), [0, 1, 2]);
        assert_eq!(all.containing("an", 1), [0]);
    }
}
