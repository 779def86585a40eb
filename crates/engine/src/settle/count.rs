//! How many, where the sentences of an incident do not say it alone: the headline's number, that nobody
//! was harmed, and what bounds the dead.

use super::Reading;
use crate::frame::Frame;
use crate::lexicon::Harm;
use crate::resolved::{Basis, Count, Resolved};
use crate::toll::{Telling, one_in_headline, says_none, settled};

impl Reading<'_> {
    /// What the headline counts, where the text counts nobody, and if `alone` whom it only tells of;
    /// its words are not of the text.
    pub(super) fn headline(&self, harm: Harm, alone: bool) -> Option<Resolved<Count>> {
        let (title, mentions, tolls) = self.headline;
        let told = Telling { tokens: 0..title.tokens.len(), mentions, tolls };
        let one = || {
            let count = one_in_headline(title, mentions, harm).filter(|_| alone)?;
            Some(Resolved::new(count, Basis::Inferred, Vec::new(), "one in the headline"))
        };
        let count = settled(title, &[told], harm).or_else(one)?;
        Some(Resolved { basis: Basis::Inferred, at: Vec::new(), ..count })
    }

    /// "Nobody was hurt", in a sentence right behind one that is told and that tells nothing else.
    pub(super) fn none_beside(&self, frames: &[&Frame], harm: Harm) -> Option<Resolved<Count>> {
        let none = frames.iter().find_map(|frame| {
            let i = frame.sentence + 1;
            let sentence = self.text.sentences.get(i)?;
            if self.is_told(i) {
                return None;
            }
            let start = self.mentions.partition_point(|m| m.first < sentence.first);
            let end = self.mentions.partition_point(|m| m.first < sentence.last);
            let here = self.mentions.get(start..end)?;
            // What such a sentence says further on may be of something else.
            let opening = self.text.span(sentence.first, sentence.last.min(sentence.first + 4))?;
            says_none(self.text, here, &(sentence.first..sentence.last), harm)
                .filter(|none| none.start() < opening.end())
        })?;
        Some(Resolved::new(Count::exactly(0), Basis::Stated, vec![none], "said to be none"))
    }

    /// The dead of what is told `first`, without a bound above where the text says that not all are
    /// counted.
    pub(super) fn bounded(
        &self,
        dead: Option<Resolved<Count>>,
        first: bool,
    ) -> Option<Resolved<Count>> {
        let mut dead = dead?;
        if first && self.is_uncounted() {
            dead.value.high = None;
        }
        Some(dead)
    }

    /// "No complete death toll has been given": what is counted is not all.
    fn is_uncounted(&self) -> bool {
        const REACH: usize = 4;
        let is = |i: usize, words: &[&str]| words.contains(&self.text.key(i));
        (0..self.text.tokens.len()).any(|i| {
            is(i, &["no"])
                && is(i + 1, &["complete", "final", "full", "reliable"])
                && (i + 2..i + 2 + REACH).any(|j| is(j, &["count", "toll"]))
        })
    }
}
