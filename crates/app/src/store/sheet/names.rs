//! Words as numbers: what recurs a million times is kept once, and compared as a number.

use std::collections::HashMap;
use std::sync::Arc;

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

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Of each word, whether it has `part` in it, as SQLite's `LIKE` has it: without regard to the
    /// case of letters from A to Z.
    pub(super) fn containing(&self, part: &str) -> Vec<bool> {
        let part = part.as_bytes();
        let has = |name: &Arc<str>| {
            part.is_empty()
                || name.as_bytes().windows(part.len()).any(|at| at.eq_ignore_ascii_case(part))
        };
        self.list.iter().map(has).collect()
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
        assert_eq!(names.containing("KAN"), [true, false]);
        assert_eq!(names.containing("éc"), [false, false]);
        assert_eq!(names.containing(""), [true, true]);
    }
}
