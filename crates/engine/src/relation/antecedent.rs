//! Whom "it" and "the group" mean: only where one organisation can be meant.

use std::ops::Range;

use super::end::actor;
use super::{End, Sentence, Sources};
use crate::ontology::Sort;
use crate::party::named;

/// Words that stand for an organisation named before.
const STANDINS: &[&str] = &[
    "faction",
    "group",
    "it",
    "its",
    "militia",
    "movement",
    "network",
    "organisation",
    "organization",
    "outfit",
    "their",
    "they",
    "which",
];

impl Sentence<'_> {
    /// Whether the words stand for an organisation that is named elsewhere.
    pub(super) fn is_standin(&self, tokens: &Range<usize>) -> bool {
        let bare =
            tokens.len() == 1 && STANDINS.binary_search(&self.text.key(tokens.start)).is_ok();
        let definite = tokens
            .start
            .checked_sub(1)
            .is_some_and(|i| matches!(self.text.key(i), "the" | "this" | "that"));
        let noun = tokens.len() == 1 && self.text.word(tokens.start).len() > 5;
        bare && (definite || !noun)
    }

    /// The actor that is meant, and the sentence that names it if that is another.
    pub(super) fn meant(
        &self,
        at: usize,
        before: usize,
        sources: &Sources<'_>,
    ) -> Option<(End, Option<usize>)> {
        // "X and its rival": it is X's.
        if before.checked_sub(1).is_some_and(|i| self.text.is(i, "and")) {
            let n = self.syntax.nouns.iter().rposition(|n| n.last + 1 == before)?;
            return Some((self.known_actor(&self.noun(n).tokens)?, None));
        }
        // Behind a verb it is the subject of that verb: "Y denied that it backs Z".
        let verb = self.syntax.verbs.iter().rposition(|v| v.last <= before);
        if let Some(verb) = verb {
            let subject = *self.syntax.verbs[verb].subjects.first()?;
            if self.syntax.nouns[subject].pronoun {
                return None;
            }
            return Some((self.known_actor(&self.noun(subject).tokens)?, None));
        }
        if self.parties.iter().any(|p| p.tokens.end <= before) {
            return None;
        }
        // At the beginning it is what the sentence before begins with, or the only one in it.
        let previous = at.checked_sub(1)?;
        let sentence = sources.text.sentences.get(previous)?;
        if sentence.paragraph + 1 < sources.text.sentences.get(at)?.paragraph {
            return None;
        }
        let start = sources.mentions.partition_point(|m| m.first < sentence.first);
        let end = sources.mentions.partition_point(|m| m.first < sentence.last);
        let there = named(sources.text, &sources.mentions[start..end], sources.known);
        let mut organisations = there.into_iter().filter(|p| p.sort == Sort::Organisation);
        let first = organisations.next()?;
        let leads = first.tokens.start <= sentence.first + 1;
        let plain = leads || organisations.all(|p| p.actor == first.actor);
        let name = sources.text.span(first.tokens.start, first.tokens.end)?;
        Some((actor(name, first.actor?, first.sort), Some(previous))).filter(|_| plain)
    }
}
