//! Sentences beside those of an incident in which somebody says who did it: claims, blames, denials.

use std::ops::Range;

use super::Reading;
use crate::frame::Frame;
use crate::incident::Incident;
use crate::lexicon::{Cue, Mention, Sense};
use crate::party::{accuses, does_deed, names_a_party, outfits, shows};

impl Reading<'_> {
    /// Sentences outside the incident in which somebody claims, blames or denies.
    pub(super) fn claims(&self, incident: &Incident) -> Vec<Range<usize>> {
        let own: Vec<usize> = incident.frames.iter().map(|&i| self.frames[i].sentence).collect();
        // A claim beside a day of its own is one of another act.
        let dated =
            |f: &&Frame| f.when.is_some() && f.starts() && own.binary_search(&f.sentence).is_err();
        let others: Vec<usize> = self.frames.iter().filter(dated).map(|f| f.sentence).collect();
        let mut first = 0;
        let mut found = Vec::new();
        for (i, sentence) in self.text.sentences.iter().enumerate() {
            let start =
                first + self.mentions[first..].partition_point(|m| m.first < sentence.first);
            let end = start + self.mentions[start..].partition_point(|m| m.first < sentence.last);
            first = end;
            // What is said right behind another act of its own day, or behind its toll, is said of that.
            let other = |i: usize| others.binary_search(&i).is_ok();
            let toll = |i: usize| {
                self.is_told(i) && own.binary_search(&i).is_err() && i > 0 && other(i - 1)
            };
            let behind = i > 0
                && (other(i - 1) || toll(i - 1))
                && (self.is_answer(i) || self.is_told(i) && self.speaks_of_that(i))
                && own.binary_search(&(i - 1)).is_err()
                && own.binary_search(&i).is_err();
            if behind {
                continue;
            }
            let cue = |m: &Mention<'_>| {
                m.senses
                    .iter()
                    .any(|s| matches!(s, Sense::Cue(Cue::Claim | Cue::Blame | Cue::Deny)))
            };
            let owns = || {
                (sentence.first..sentence.last).any(|i| self.tells_of_own(i) || shows(self.text, i))
            };
            // An organisation that only this text tells of: what it is told for is looked at.
            let names = || {
                let told = outfits(self.text, self.known);
                told.iter()
                    .any(|o| sentence.first <= o.tokens.start && o.tokens.end <= sentence.last)
            };
            let accuses = || {
                (sentence.first..sentence.last)
                    .any(|i| accuses(self.text.key(i), &self.known.verbs))
            };
            if own.binary_search(&i).is_err()
                && others.binary_search(&i).is_err()
                && (self.mentions[start..end].iter().any(cue) || accuses() || owns() || names())
            {
                found.push(start..end);
            }
        }
        found
    }

    /// Whether sentence `i` speaks of "that raid", "that attack".
    fn speaks_of_that(&self, i: usize) -> bool {
        let Some(sentence) = self.text.sentences.get(i) else { return false };
        let act = |m: &Mention<'_>| {
            let act = m.senses.iter().any(|s| matches!(s, Sense::Act(_)));
            act && m.first > sentence.first && self.text.is(m.first - 1, "that")
        };
        let from = self.mentions.partition_point(|m| m.first < sentence.first);
        let to = self.mentions.partition_point(|m| m.first < sentence.last);
        self.mentions.get(from..to).is_some_and(|here| here.iter().any(act))
    }

    /// The sentence right behind an act of another day in which somebody claims it, is blamed for it or
    /// denies it: "The group claimed it the same night."
    pub(super) fn claims_behind(&self, incident: &Incident) -> Vec<Range<usize>> {
        let frames = || incident.frames.iter().map(|&i| &self.frames[i]);
        let last = frames().map(|f| f.sentence).max();
        let dated = frames().any(|f| f.when.is_some() && f.starts());
        let Some(i) = last.map(|last| last + 1).filter(|&i| dated && self.is_answer(i)) else {
            return Vec::new();
        };
        let Some(sentence) = self.text.sentences.get(i) else { return Vec::new() };
        let start = self.mentions.partition_point(|m| m.first < sentence.first);
        let end = self.mentions.partition_point(|m| m.first < sentence.last);
        std::iter::once(start..end).collect()
    }

    /// Whether sentence `i`, which tells of no violence itself, answers the one before: in its paragraph,
    /// by a word of claiming, blaming or denying, of "it", "that attack" or nothing else.
    fn is_answer(&self, i: usize) -> bool {
        #[rustfmt::skip]
        const DAYS: &[&str] = &[
            "friday", "latest", "monday", "saturday", "sunday", "thursday", "today", "tonight",
            "tuesday", "wednesday", "yesterday",
        ];
        let sentences = &self.text.sentences;
        let (Some(sentence), Some(before)) =
            (sentences.get(i), i.checked_sub(1).and_then(|b| sentences.get(b)))
        else {
            return false;
        };
        let key = |i: usize| self.text.key(i);
        let mut tokens = sentence.first..sentence.last;
        let new = tokens.any(|i| {
            DAYS.binary_search(&key(i)).is_ok() || matches!(key(i), "this") && key(i + 1) == "time"
        });
        let back = (sentence.first..sentence.last).any(|i| {
            matches!(key(i), "it" | "that" | "responsibility" | "credit" | "those" | "both")
        });
        let from = self.mentions.partition_point(|m| m.first < sentence.first);
        let to = self.mentions.partition_point(|m| m.first < sentence.last);
        let cue = |m: &Mention<'_>| {
            let cue = |s: &Sense| matches!(s, Sense::Cue(Cue::Claim | Cue::Blame | Cue::Deny));
            m.senses.iter().any(cue)
        };
        let said = self.mentions.get(from..to).is_some_and(|here| here.iter().any(cue));
        // "Responsibility was taken, weeks later, by X"
        let behind = (sentence.first..sentence.last).any(|i| key(i) == "behind")
            || matches!(key(sentence.first), "responsibility" | "credit");
        sentence.paragraph == before.paragraph
            && !self.is_told(i)
            && !new
            && back
            && (said || behind)
    }

    /// Sentences right behind those of the incident that are of none and say of somebody that he did
    /// a deed: "officials said X had fired the rockets".
    pub(super) fn doings(&self, frames: &[&Frame]) -> Vec<Range<usize>> {
        const REACH: usize = 2;
        // News says it at once; what is no news would have all its sentences parsed.
        const MOST: usize = 40;
        let mut near: Vec<usize> =
            frames.iter().take(MOST).flat_map(|f| f.sentence + 1..=f.sentence + REACH).collect();
        near.sort_unstable();
        near.dedup();
        let mut found = Vec::new();
        for i in near {
            let Some(sentence) = self.text.sentences.get(i).filter(|_| !self.is_told(i)) else {
                continue;
            };
            let start = self.mentions.partition_point(|m| m.first < sentence.first);
            let end = self.mentions.partition_point(|m| m.first < sentence.last);
            let here = &self.mentions[start..end];
            if names_a_party(self.text, here, self.known)
                && does_deed(self.text, self.grammar.sentence(i), here, self.known)
            {
                found.push(start..end);
            }
        }
        found
    }

    /// Whether at token `i` somebody tells of what he did himself: "said it had sent them", "confirmed on
    /// Monday that its jets", "the work of its fighters", "on behalf of".
    fn tells_of_own(&self, i: usize) -> bool {
        #[rustfmt::skip]
        const SAYS: &[&str] = &[
            "acknowledged", "admitted", "announced", "boasted", "claims", "confirmed", "declared",
            "reported", "told",
        ];
        const OWN: &[&str] = &["it", "its", "our", "their", "they", "we"];
        const FORCES: &[&str] = &["aircraft", "army", "force", "forces", "jets", "navy", "troops"];
        // "Said the target was army officers", "that the ambush was a response"
        const KNOWS: &[&str] =
            &["aimed", "martyrdom", "meant", "response", "retaliation", "revenge", "target"];
        const REACH: usize = 7;
        let is = |i: usize, words: &[&str]| words.iter().any(|w| self.text.is(i, w));
        let said = is(i, &["said", "says"]);
        let that = usize::from(is(i + 1, &["that"]));
        let behind = || (i + 1..i + REACH).any(|j| is(j, OWN));
        let knows = || (i + 1..i + 16).any(|j| is(j, KNOWS));
        is(i, &["behalf", "signed", "signing"])
            || said && knows()
            || is(i, &["name"]) && is(i + 1, &["of"])
            || said && (is(i + 1 + that, OWN) || (i + 2..i + 4 + that).any(|j| is(j, FORCES)))
            || said && is(i + 1, &["on", "in"]) && behind()
            || is(i, SAYS) && (behind() || (i + 2..i + REACH + 3).any(|j| is(j, FORCES)))
            || is(i, &["work"]) && is(i + 1, &["of"]) && is(i + 2, &["it", "its", "they", "their"])
            || is(i, &["its", "their"]) && is(i + 1, &["work"])
    }
}
