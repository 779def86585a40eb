//! Whether an accuser is an authority: an official, a force, a government.

use super::Sentence;
use crate::ontology::{Attribution, Sort};
use crate::party::authority::is_authority;
use crate::party::speaker::speakers;
use crate::party::word::Word;
use crate::report::SpeakerSort;
use crate::syntax::{Form, NounPhrase, Voice};

/// Verbs whose subject is who did it or what was done, so that others say so.
const TOLD: &[&str] =
    &["be", "belong", "come", "do", "fall", "fire", "fly", "involve", "launch", "link", "tie"];

impl Sentence<'_> {
    /// Whether an authority says by verb group `v` that the party at `tokens` did it. Who is behind an
    /// attack does not say so: "monitors said the army was behind it".
    pub(super) fn is_by_authority(
        &self,
        v: usize,
        base: &str,
        party: &super::named::Party,
    ) -> bool {
        let told =
            TOLD.contains(&base) || base == "trace" && self.syntax.verbs[v].voice == Voice::Passive;
        // "Investigators are convinced that the X was behind it"
        if told && self.is_sure(party) {
            return true;
        }
        if told {
            return self.is_word_of_state(party);
        }
        self.by_authority(v)
    }

    /// Whether an authority is said to be sure of what is told of the party: "police have no doubt that".
    fn is_sure(&self, (tokens, ..): &super::named::Party) -> bool {
        const SURE: &[&str] = &["certain", "confident", "convinced", "doubt", "persuaded", "sure"];
        const REACH: usize = 10;
        let near = tokens.start.saturating_sub(REACH)..tokens.start;
        let Some(at) = near.rev().find(|&i| SURE.contains(&self.text.key(i))) else { return false };
        let mut who = self.syntax.nouns.iter().rev().filter(|n| n.last <= at);
        who.any(|n| n.preposition.is_none() && self.is_authority(n))
    }

    /// Whether those who speak in the sentence speak for a state.
    fn is_word_of_state(&self, (tokens, actor, sort): &super::named::Party) -> bool {
        let sentence = self.text.sentences.get(self.text.sentence_of(tokens.start));
        let Some(sentence) = sentence else { return false };
        let start = self.all.partition_point(|m| m.first < sentence.first);
        let end = self.all.partition_point(|m| m.first < sentence.last);
        let word = Word::of(self.text, self.grammar, self.all, &(start..end), self.known);
        word.basis(tokens, *sort, actor.as_deref()) == Attribution::AccusedByAuthorities
    }

    /// Whether an official, a force or a government says so; of "he" or "it" the sentence before tells.
    pub(super) fn by_authority(&self, v: usize) -> bool {
        let doers: Vec<&NounPhrase> =
            self.syntax.doers(v).iter().map(|&n| &self.syntax.nouns[n]).collect();
        let pronoun = !doers.is_empty() && doers.iter().all(|noun| noun.pronoun);
        // "A monitor said, blaming the X": whoever said so.
        if doers.is_empty() && self.syntax.verbs[v].form == Form::Gerund {
            let first = self.syntax.verbs[v].first;
            let mut said = (0..v).rev().filter(|&w| {
                let verb = &self.syntax.verbs[w];
                verb.last <= first && verb.form == Form::Finite && !verb.subjects.is_empty()
            });
            let said = said.next().map_or(&[][..], |w| self.syntax.doers(w));
            return said.iter().any(|&n| self.is_authority(&self.syntax.nouns[n]));
        }
        if pronoun && self.syntax.nouns.first().is_some_and(|first| first.pronoun) {
            return self.is_he_authority();
        }
        doers.into_iter().any(|noun| self.is_authority(noun))
    }

    /// Whether an authority speaks or acts in the sentence before: "The president came. He blamed the X."
    fn is_he_authority(&self) -> bool {
        let here = self.syntax.verbs.first().map_or(0, |v| v.first);
        let Some(before) = self.text.sentence_of(here).checked_sub(1) else { return false };
        let Some(sentence) = self.text.sentences.get(before) else { return false };
        let syntax = self.grammar.sentence(before);
        let start = self.all.partition_point(|m| m.first < sentence.first);
        let end = self.all.partition_point(|m| m.first < sentence.last);
        let mentions = self.all.get(start..end).unwrap_or_default();
        let look = Sentence { syntax, mentions, parties: &[], ..*self };
        let range = std::iter::once(start..end).collect::<Vec<_>>();
        let voices = speakers(self.text, self.all, &range, self.grammar, self.known, None);
        if let Some(voice) = voices.first() {
            // "The UN mission said nine died. It blamed the X."
            let mission = voice.name.of(self.text.source).to_lowercase();
            return voice.sort == SpeakerSort::State || mission.contains("mission");
        }
        let subjects = syntax.verbs.iter().filter(|v| v.form == Form::Finite && !v.relative);
        let first = subjects.flat_map(|v| v.subjects.iter()).next();
        first.is_some_and(|&n| look.is_authority(&syntax.nouns[n]))
    }

    pub(super) fn is_authority(&self, noun: &NounPhrase) -> bool {
        let party = self.parties.iter().any(|p| {
            p.tokens.start >= noun.first
                && p.tokens.end <= noun.last
                && matches!(p.sort, Sort::StateForce | Sort::Government)
        });
        party || is_authority(self.text, self.mentions, noun, self.known)
    }
}
