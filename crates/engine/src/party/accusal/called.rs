//! Who the attackers are said to be: "the government said the attackers were separatists".

use super::{Accused, Sentence};
use crate::lexicon::{Cue, Mention, Sense};
use crate::ontology::{Attribution, Sort};
use crate::syntax::NounPhrase;

/// Those whom a sentence says that the attackers were.
pub(super) fn called(sentence: &Sentence<'_>) -> Vec<Accused> {
    const BE: &[&str] = &["are", "is", "was", "were"];
    const BETWEEN: &[&str] = &["all", "also", "both", "members", "mostly", "of", "the"];
    let text = sentence.text;
    let nouns = &sentence.syntax.nouns;
    let they = |noun: &NounPhrase| noun.pronoun && sentence.is(noun.head, &["they"]);
    let mut found = Vec::new();
    for noun in nouns.iter().filter(|noun| sentence.is_culprit(noun) || they(noun)) {
        if !sentence.is(noun.last, BE) {
            continue;
        }
        let plain = |n: usize| (noun.last + 1..n).all(|i| sentence.is(i, BETWEEN));
        let Some(n) = nouns.iter().position(|o| o.first > noun.last && plain(o.first)) else {
            continue;
        };
        // "They were members of the X"
        let of = || nouns.iter().position(|o| o.of == Some(n)).and_then(|n| sentence.party(n));
        let apt = |p: &(_, _, Sort)| !they(noun) || p.2 == Sort::Organisation;
        let party = sentence.party(n).filter(apt).or_else(|| of().filter(apt));
        let Some((tokens, actor, sort)) = party else { continue };
        let told = |m: &&Mention<'_>| {
            m.senses.contains(&Sense::Cue(Cue::Report)) && text.span(m.first, m.last).is_some()
        };
        let mut said = sentence.mentions.iter().filter(told).peekable();
        let spoken = said.peek().is_some();
        let authority = said.any(|m| {
            let verb = sentence.syntax.verb_at(m.first);
            verb.is_some_and(|v| sentence.by_authority(v))
        });
        let attribution = match (spoken, authority) {
            (_, true) => Attribution::AccusedByAuthorities,
            (true, false) => Attribution::Suspected,
            (false, false) => Attribution::Fact,
        };
        found.push(Accused { tokens, actor, sort, attribution });
    }
    found
}

impl Sentence<'_> {
    /// On what it rests who is described in quotation marks: "“armed bandits” fired, said the ministry". The
    /// words are those of whoever speaks.
    pub(in crate::party) fn in_quotes(
        &self,
        tokens: &std::ops::Range<usize>,
    ) -> Option<Attribution> {
        let mark = |i: usize| matches!(self.text.word(i), "\"" | "“" | "”" | "‘" | "’");
        let quoted = tokens.start > 0 && mark(tokens.start - 1) && mark(tokens.end);
        let told = quoted && self.is_told_by_state();
        told.then_some(Attribution::AccusedByAuthorities)
    }
}
