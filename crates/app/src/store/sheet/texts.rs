//! Titles and addresses of documents: long, and none like another, so they lie one after the other
//! in blocks that one sheet leaves to the next.

use std::sync::Arc;

/// How many documents a block has.
const EACH: usize = 1_024;
/// Marks a text that is not there.
const ABSENT: u32 = 1 << 31;

/// The title and the address of each document.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts(Vec<Arc<Block>>);

#[derive(Clone, Debug, Default)]
struct Block {
    all: String,
    /// Where title and address of each document end.
    ends: Vec<[u32; 2]>,
}

impl Texts {
    /// Adds those of the next document.
    pub(super) fn add(&mut self, title: Option<&str>, address: Option<&str>) {
        if self.0.last().is_none_or(|block| block.ends.len() >= EACH) {
            if let Some(full) = self.0.last_mut().map(Arc::make_mut) {
                full.all.shrink_to_fit();
            }
            self.0.push(Arc::default());
        }
        let Some(block) = self.0.last_mut().map(Arc::make_mut) else { return };
        let ends = [title, address].map(|text| {
            block.all.push_str(text.unwrap_or_default());
            block.all.len() as u32 | if text.is_none() { ABSENT } else { 0 }
        });
        block.ends.push(ends);
    }

    /// The title and the address of the document at this place.
    pub(super) fn of(&self, place: usize) -> [Option<&str>; 2] {
        let nothing = [None; 2];
        let Some(block) = self.0.get(place / EACH) else { return nothing };
        let place = place % EACH;
        let Some(&[title, address]) = block.ends.get(place) else { return nothing };
        let before = place.checked_sub(1).and_then(|before| block.ends.get(before));
        let begin = before.map_or(0, |ends| ends[1] & !ABSENT);
        let text = |from: u32, to: u32| {
            let words = block.all.get((from & !ABSENT) as usize..(to & !ABSENT) as usize);
            words.filter(|_| to & ABSENT == 0)
        };
        [text(begin, title), text(title, address)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_as_they_were_and_sheets_share_full_blocks() {
        let mut texts = Texts::default();
        let made = |n: usize| {
            let title = (!n.is_multiple_of(3)).then(|| format!("title {n}"));
            let address = (!n.is_multiple_of(5)).then(|| format!("https://gazette.example/{n}"));
            [title, address]
        };
        let mut before = None;
        for n in 0..EACH * 2 + 3 {
            let [title, address] = made(n);
            texts.add(title.as_deref(), address.as_deref());
            if n == EACH + 1 {
                before = Some(texts.clone());
            }
        }
        for n in 0..EACH * 2 + 3 {
            assert_eq!(texts.of(n).map(|text| text.map(str::to_owned)), made(n), "{n}");
        }
        let before = before.unwrap();
        assert_eq!(texts.of(EACH * 2 + 3), [None; 2]);
        assert_eq!(before.of(EACH + 2), [None; 2]);
        assert!(Arc::ptr_eq(&texts.0[0], &before.0[0]));
    }
}
