//! A hash table from words to numbers, read in place.
//!
//! Open addressing over slots of twelve bytes: where the spelling begins, its length with 24 bits
//! of its hash, and the number that the word stands for. The place of its slot is the word's id, so
//! that phrases can be told as rows of ids. A slot whose second number is 0 is empty.

use std::collections::BTreeMap;

use super::cells::{Triple, record};
use super::{Cell, Cells, Shape, Writer, hash};

/// Words and their numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Words {
    slots: &'static [Triple],
    spelling: &'static [u8],
}

record!(Words { slots, spelling });

/// A word of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    /// Names the word; 0 is none.
    pub(crate) id: u32,
    /// What it stands for.
    pub(crate) number: u32,
}

impl Words {
    /// Lays out the table. Words of no letter and of more than 255 bytes cannot be in it.
    pub(crate) fn of(words: &BTreeMap<&str, u32>) -> Self {
        // A third to two thirds are full. Slot 0 stays empty, since the word 0 is none.
        let mut slots = vec![[0; 3]; (words.len() * 3 / 2 + 2).next_power_of_two()];
        let mut spelling = Vec::new();
        for (word, &number) in words {
            let hash = hash(word.as_bytes());
            let Some(tag) = tag(hash, word.len()) else { continue };
            let mut slot = hash as usize & (slots.len() - 1);
            while slot == 0 || slots[slot][1] != 0 {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = [spelling.len() as u32, tag, number];
            spelling.extend(word.bytes());
        }
        let slots: Vec<_> = slots.into_iter().map(|slot| slot.map(u32::to_le_bytes)).collect();
        Self { slots: slots.leak(), spelling: spelling.leak() }
    }

    /// The word that is spelt `key`.
    pub(crate) fn find(&self, key: &str) -> Option<Word> {
        let key = key.as_bytes();
        let hash = hash(key);
        let (tag, mask) = (tag(hash, key.len())?, self.slots.len().checked_sub(1)?);
        // There are empty slots, so the walk ends soon; in a false pack the count ends it.
        for step in 0..self.slots.len() {
            let slot = (hash as usize).wrapping_add(step) & mask;
            let [at, found, number] = self.slots.get(slot)?.map(u32::from_le_bytes);
            if found == tag {
                let spelling = self.spelling.get(at as usize..)?;
                if spelling.get(..key.len()) == Some(key) {
                    return Some(Word { id: slot as u32, number });
                }
            } else if found == 0 && slot != 0 {
                return None;
            }
        }
        None
    }
}

/// Words and the value of each.
#[derive(Clone, Debug)]
pub(crate) struct Dictionary<T> {
    /// Indices of values.
    words: Words,
    values: Vec<T>,
}

impl<T> Default for Dictionary<T> {
    fn default() -> Self {
        Self { words: Words::default(), values: Vec::new() }
    }
}

impl<T> Dictionary<T> {
    /// Lays out the dictionary.
    pub(crate) fn of(values: BTreeMap<String, T>) -> Self {
        let words = Words::of(&values.keys().map(String::as_str).zip(0..).collect());
        Self { words, values: values.into_values().collect() }
    }

    /// The value of the word that is spelt `key`.
    pub(crate) fn find(&self, key: &str) -> Option<&T> {
        self.values.get(self.words.find(key)?.number as usize)
    }
}

impl<T: Cell> Cell for Dictionary<T> {
    fn shape(shape: &mut Shape) {
        shape.name("dictionary");
        T::shape(shape);
    }

    fn put(&self, out: &mut Writer) {
        self.words.put(out);
        self.values.put(out);
    }

    fn get(cells: &mut Cells) -> Option<Self> {
        Some(Self { words: Cell::get(cells)?, values: Cell::get(cells)? })
    }
}

/// Words and the rows of each, for tables of tens of thousands of words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    /// Where the list of a word begins.
    words: Words,
    /// The lists one after the other, each its length and its items.
    items: Vec<u32>,
}

record!(Lists { words, items });

impl Lists {
    /// Lays out the lists.
    pub(crate) fn of(lists: &BTreeMap<String, Vec<u32>>) -> Self {
        let (mut starts, mut items) = (BTreeMap::new(), Vec::new());
        for (word, list) in lists {
            starts.insert(word.as_str(), items.len() as u32);
            items.push(list.len() as u32);
            items.extend(list);
        }
        Self { words: Words::of(&starts), items }
    }

    /// The rows of the word that is spelt `key`.
    pub(crate) fn find(&self, key: &str) -> &[u32] {
        let list = self.words.find(key).and_then(|word| {
            let (&length, items) = self.items.get(word.number as usize..)?.split_first()?;
            items.get(..length as usize)
        });
        list.unwrap_or_default()
    }
}

/// What is compared before the spelling is: some bits of the hash, and the length.
fn tag(hash: u64, length: usize) -> Option<u32> {
    let length = u8::try_from(length).ok().filter(|&length| length > 0)?;
    Some((hash >> 32) as u32 & !0xff | u32::from(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_the_rows_that_it_was_given() {
        let lists = [("alder".to_owned(), vec![3, 1]), ("wick".to_owned(), vec![2])];
        let lists = Lists::of(&lists.into_iter().collect());
        assert_eq!(lists.find("alder"), [3, 1]);
        assert_eq!(lists.find("wick"), [2]);
        assert!(lists.find("other").is_empty());
    }

    #[test]
    fn every_word_is_found_with_its_number_and_no_other_is() {
        let spelt: Vec<String> = (0..3000).map(|n| format!("word{n}")).collect();
        let words = Words::of(&spelt.iter().map(String::as_str).zip(0..).collect());
        for (word, number) in spelt.iter().zip(0..) {
            assert_eq!(words.find(word).map(|w| w.number), Some(number));
        }
        for other in ["", "word", "word3000", &"x".repeat(300)] {
            assert_eq!(words.find(other), None);
        }
        assert_eq!(Words::default().find("word1"), None);
    }
}
