//! A name in its sentence, and what stands before it.

use std::ops::Range;

use super::words::{ANY, ARMED, FIERCE, FOREIGN, listed};
use crate::text::{Shape, Text};

/// A name and the sentence that it stands in.
pub(super) struct Look<'l> {
    pub(super) text: &'l Text<'l>,
    pub(super) name: &'l Range<usize>,
    pub(super) first: usize,
    pub(super) last: usize,
    /// The token before the name, its article and a mark of quotation.
    pub(super) before: Option<usize>,
    /// The token before the name and what it is called: "by the armed gang X" gives "by".
    pub(super) lead: Option<usize>,
}

impl<'l> Look<'l> {
    pub(super) fn of(text: &'l Text<'_>, name: &'l Range<usize>) -> Option<Self> {
        let sentence = text.sentences.get(text.sentence_of(name.start))?;
        let (first, last) = (sentence.first, sentence.last);
        let mut look = Self { text, name, first, last, before: None, lead: None };
        let skipped = |i: usize| look.is_article(i) || look.is_quote(i);
        look.before = (first..name.start).rev().find(|&i| !skipped(i));
        look.lead = look.before.and_then(|at| look.behind_kind(at));
        Some(look)
    }

    /// The word at a token of the sentence; none before it.
    pub(super) fn key(&self, i: Option<usize>) -> &str {
        i.filter(|&i| i >= self.first).map_or("", |i| self.text.key(i))
    }

    pub(super) fn is(&self, i: Option<usize>, list: &[&str]) -> bool {
        let word = self.key(i);
        !word.is_empty() && listed(word, list)
    }

    /// The token `n` before token `i`.
    pub(super) fn back(&self, i: usize, n: usize) -> Option<usize> {
        i.checked_sub(n).filter(|&i| i >= self.first)
    }

    fn is_quote(&self, i: usize) -> bool {
        matches!(self.text.word(i), "\"" | "“" | "'" | "‘")
    }

    fn is_article(&self, i: usize) -> bool {
        matches!(self.text.key(i), "the" | "a" | "an")
    }

    /// Token `at`, or the one before what the name is called there.
    fn behind_kind(&self, at: usize) -> Option<usize> {
        const REACH: usize = 5;
        let key = self.text.key(at);
        let kind = listed(key, ARMED) || listed(key, ANY);
        if !kind && !matches!(key, "called" | "styled" | "proclaimed") {
            return Some(at);
        }
        let from = at.saturating_sub(REACH).max(self.first);
        let article = (from..at).rev().find(|&i| self.is_article(i))?;
        self.back(article, 1)
    }

    pub(super) fn has_article(&self) -> bool {
        let before = self.back(self.name.start, 1);
        let before = before.filter(|&i| self.is_quote(i)).map_or(before, |i| self.back(i, 1));
        before.is_some_and(|i| self.is_article(i))
    }

    /// One word without an article.
    pub(super) fn is_bare(&self) -> bool {
        self.name.len() == 1 && !self.has_article()
    }

    /// Initials behind an article: "the ELP".
    fn is_initials(&self) -> bool {
        self.is_upper() && self.has_article()
    }

    pub(super) fn is_upper(&self) -> bool {
        let shape = self.text.tokens.get(self.name.start).map(|t| t.shape);
        self.name.len() == 1 && shape == Some(Shape::Upper)
    }

    /// An article, of whatever language, or small words inside: it is no person's name.
    pub(super) fn is_long(&self) -> bool {
        const ARTICLES: &[&str] = &["el", "la", "las", "le", "les", "los", "os"];
        let first = self.text.key(self.name.start);
        let foreign = || listed(first, ARTICLES) || listed(first, FOREIGN);
        let small = |i: usize| self.text.tokens.get(i).is_some_and(|t| t.shape == Shape::Lower);
        let of = || self.name.clone().any(small);
        let kind = || self.lead != self.before;
        let long = self.name.len() > 1 && (self.has_article() || foreign() || of() || kind());
        long || self.is_initials()
    }

    /// Whether a word of `lists` stands among the `reach` tokens before token `i`.
    pub(super) fn behind(&self, i: Option<usize>, reach: usize, lists: &[&[&str]]) -> bool {
        let Some(i) = i else { return false };
        let mut near = i.saturating_sub(reach).max(self.first)..i;
        near.any(|j| lists.iter().any(|list| listed(self.text.key(j), list)))
    }

    /// Whether a word of `list` is among the tokens `near`, as far as the sentence goes.
    pub(super) fn has(&self, near: Range<usize>, list: &[&str]) -> bool {
        (near.start..near.end.min(self.last)).any(|i| listed(self.text.key(i), list))
    }

    /// Whether the noun at token `at`, with what stands before it, is a word for a body that takes up
    /// arms: "the gang", "the armed organisation", "the group".
    pub(super) fn is_kind(&self, at: usize) -> bool {
        const REACH: usize = 4;
        let word = self.text.key(at);
        if listed(word, ARMED) {
            return true;
        }
        if !listed(word, ANY) || matches!(word, "name" | "party" | "committee" | "army") {
            return false;
        }
        let from = at.saturating_sub(REACH).max(self.first);
        let stops = |i: &usize| {
            let mark = self.text.tokens.get(*i).is_none_or(|t| t.shape == Shape::Mark);
            mark || self.is_article(*i) || matches!(self.text.key(*i), "of" | "by")
        };
        let start = (from..at).rev().find(stops).map_or(from, |i| i + 1);
        let plain = matches!(word, "group" | "grouping" | "organisation" | "organization");
        self.has(start..at, FIERCE) || start == at && plain
    }
}
