//! "Town Mayor Ana Ruiz", "Ana Ruiz, the mayor": who is named and who is described are one.
//!
//! The model sees names and descriptions as fillers of two slots. A description that stands beside a
//! name is that of who is named: it is kept with the name, and is no other target. Its words say the
//! sort where those of the name do not.

use reading::Span;

use super::party::Parties;
use crate::fold::fold;
use crate::model::{Filler, Slot};
use crate::ontology::Sort;
use crate::report::Target;

/// Margin from which on a description is taken.
const TAKEN: f32 = -0.5;

/// Small words that begin no description. Sorted.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "a", "about", "all", "an", "another", "any", "at", "both", "each", "every", "few", "her", "his", "its",
    "many", "more", "most", "no", "other", "our", "several", "some", "such", "than", "that", "the", "their",
    "these", "this", "those",
];

/// What stands before names and describes nobody alone.
const TITLES: &[&str] =
    &["capt", "col", "dr", "father", "gen", "lt", "maj", "mr", "mrs", "msgr", "sgt", "sister"];

/// Words that may stand between a name and what it is said to be, behind a comma.
const BETWEEN: &[&str] = &["a", "an", "her", "his", "is", "the", "was", "who"];

/// The most words between them.
const MOST_BETWEEN: usize = 3;

impl Parties<'_> {
    /// Keeps with each name the description that stands beside it.
    pub(super) fn describe(self, found: &mut Vec<Target>) {
        let mut theirs: Vec<String> = Vec::new();
        for target in found.iter_mut().filter(|t| t.person && t.named) {
            let Some(words) = self.beside(target.name) else { continue };
            theirs.push(self.key(words));
            if target.description.is_none() {
                target.description = Some(words);
                if target.sort == Sort::Civilians {
                    target.sort = self.sort_of(words, true).unwrap_or(target.sort);
                }
            }
        }
        found.retain(|target| {
            let words = self.key(target.name);
            let described = !TITLES.contains(&words.trim_end_matches('.'));
            described || !target.person || target.named
        });
        found.retain(|target| {
            let words = self.key(target.name);
            !target.person || target.named || !theirs.iter().any(|d| d.contains(&words))
        });
    }

    /// The likeliest description that stands beside a mention of who is named.
    fn beside(self, name: Span) -> Option<Span> {
        let slot = |slot| self.sight.fillers.iter().filter(move |f| f.slot == slot);
        let here = |f: &&Filler| {
            let words = self.key(name);
            f.mentions.iter().any(|(s, _)| {
                s.start() < name.end() && name.start() < s.end() || self.key(*s) == words
            })
        };
        let own = slot(Slot::Victim).find(here);
        let names: Vec<Span> = std::iter::once(name)
            .chain(own.into_iter().flat_map(|f| f.mentions.iter().map(|m| m.0)))
            .collect();
        let all = slot(Slot::Described).filter(|f| f.margin >= TAKEN);
        // Fillers stand by their scores.
        all.into_iter().find_map(|filler| {
            let beside = |(span, _): &&(Span, f32)| names.iter().any(|n| self.touch(*n, *span));
            filler.mentions.iter().find(beside).map(|(span, _)| self.bare(*span))
        })
    }

    /// Whether a description stands right before a name, or behind it as an apposition.
    fn touch(self, name: Span, words: Span) -> bool {
        let between = |from: usize, to: usize| self.text.source.get(from..to).map(str::trim);
        if words.end() <= name.start() {
            return matches!(between(words.end(), name.start()), Some("" | ","));
        }
        let Some(rest) = between(name.end(), words.start()).and_then(|b| b.strip_prefix(','))
        else {
            return false;
        };
        // "Ana Ruiz, 41, the mayor"
        let small = |w: &str| {
            let word = fold(w.trim_end_matches(','));
            BETWEEN.contains(&word.as_str()) || word.chars().all(|c| c.is_ascii_digit())
        };
        rest.split_whitespace().count() <= MOST_BETWEEN && rest.split_whitespace().all(small)
    }

    /// A description without the small words that begin it and the marks that end it.
    fn bare(self, words: Span) -> Span {
        let words = self.trimmed(words);
        let mut kept = words.of(self.text.source);
        while let Some((first, rest)) = kept.split_once(char::is_whitespace)
            && SMALL.binary_search(&fold(first).as_str()).is_ok()
        {
            kept = rest.trim_start();
        }
        Span::within(self.text.source, words.end() - kept.len(), words.end()).unwrap_or(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_words_are_in_order() {
        assert!(SMALL.is_sorted());
    }
}
