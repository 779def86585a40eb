//! Who says that actors are related, and how surely: the words around the cue.

use std::ops::Range;

use super::Sentence;
use crate::lexicon::{Cue, Mention, Sense};
use crate::ontology::{Assertion, Sort};
use crate::report::{Speaker, SpeakerSort};
use crate::syntax::Syntax;
use crate::text::Shape;

/// How a relation is put.
pub(crate) struct Manner {
    pub(crate) assertion: Assertion,
    pub(crate) speakers: Vec<Speaker>,
}

impl Sentence<'_> {
    /// How the relation that the cue `at` tells is put.
    pub(crate) fn manner(&self, at: &Mention<'_>) -> Manner {
        let before = |cue: Cue, reach: usize| {
            self.mentions.iter().any(|m| {
                m.senses.contains(&Sense::Cue(cue))
                    && m.last <= at.first
                    && at.first - m.last <= reach
                    && self.is_open(m.last..at.first)
            })
        };
        let verb =
            self.syntax.verbs.iter().rev().find(|v| v.first < at.last && self.near(v.last, at));
        let negated =
            verb.is_some_and(|v| v.negated) || self.text.is(at.first.wrapping_sub(1), "no");
        let modal = verb.and_then(|v| v.modal).map(|i| self.text.key(i));
        let (speaker, said) = self.speaker(at);
        let conditional = self.text.is(self.tokens.start, "if")
            || (1..9).any(|back| {
                at.first.checked_sub(back).is_some_and(|i| {
                    i >= self.tokens.start && (self.text.is(i, "if") || self.text.is(i, "unless"))
                })
            });
        let assertion = match modal {
            _ if negated || before(Cue::Deny, 9) => Assertion::Denied,
            _ if conditional => Assertion::Conditional,
            Some("may" | "might" | "could") => Assertion::Hedged,
            Some("will" | "would" | "shall") => Assertion::Foreseen,
            _ if said == Said::Doubted || before(Cue::Hedge, 6) || before(Cue::Suspect, 8) => {
                Assertion::Hedged
            }
            _ => Assertion::Asserted,
        };
        Manner { assertion, speakers: speaker.into_iter().collect() }
    }

    /// Whether a verb that ends at `last` is the cue's own or the one before it.
    fn near(&self, last: usize, at: &Mention<'_>) -> bool {
        last >= at.first || (at.first - last <= 4 && self.is_open(last..at.first))
    }

    /// Whether no mark that ends a clause stands among the tokens.
    fn is_open(&self, tokens: Range<usize>) -> bool {
        tokens.into_iter().all(|i| !matches!(self.text.word(i), ";" | ":" | "." | "—"))
    }

    /// Whose word it is, and whether it is less than a plain word.
    fn speaker(&self, at: &Mention<'_>) -> (Option<Speaker>, Said) {
        self.reported(at)
            .or_else(|| self.believed(at))
            .or_else(|| self.according(at))
            .or_else(|| self.afterwards(at))
            .map_or((None, Said::Plainly), |(speaker, said)| (Some(speaker), said))
    }

    /// "reports that", "claims that": the report itself is all that the text names.
    fn reported(&self, at: &Mention<'_>) -> Option<(Speaker, Said)> {
        const NOUNS: &[&str] = &[
            "accusations",
            "allegation",
            "allegations",
            "claim",
            "claims",
            "intelligence",
            "report",
            "reports",
            "rumours",
            "suggestions",
        ];
        let that = (self.tokens.start..at.first).rev().find(|&i| {
            self.text.is(i, "that")
                && i > self.tokens.start
                && NOUNS.binary_search(&self.text.key(i - 1)).is_ok()
        })?;
        let verb = self.syntax.verbs.iter().any(|v| v.head == that - 1);
        let name = self.text.span(that - 1, that).filter(|_| !verb)?;
        let open = self.is_open(that..at.first);
        open.then_some((Speaker { name, sort: SpeakerSort::Media }, Said::Doubted))
    }

    /// "X believes that …", "X says …", "X accused Y of …": the subject of the verb.
    fn believed(&self, at: &Mention<'_>) -> Option<(Speaker, Said)> {
        let verbs = self.syntax.verbs.iter().enumerate().rev();
        verbs.filter(|(_, v)| v.last <= at.first && self.is_open(v.last..at.first)).find_map(
            |(n, v)| {
                let said = self.mentions.iter().filter(|m| m.first <= v.head && v.head < m.last);
                let said = said.flat_map(|m| m.senses).find_map(|s| match s {
                    Sense::Cue(Cue::Suspect) => Some(Said::Doubted),
                    Sense::Cue(Cue::Report | Cue::Blame | Cue::Deny) => Some(Said::Plainly),
                    _ => None,
                })?;
                let by = *self.syntax.doers(n).first()?;
                Some((self.as_speaker(by)?, said))
            },
        )
    }

    /// "according to X".
    fn according(&self, at: &Mention<'_>) -> Option<(Speaker, Said)> {
        let i = (self.tokens.clone()).find(|&i| {
            self.text.is(i, "according")
                && self.text.is(i + 1, "to")
                && !(at.first..at.last).contains(&i)
        })?;
        let n = self.syntax.nouns.iter().position(|n| n.last > i + 2)?;
        Some((self.as_speaker(n)?, Said::Plainly))
    }

    /// "…, X said.": at the end of the sentence.
    fn afterwards(&self, at: &Mention<'_>) -> Option<(Speaker, Said)> {
        let (n, verb) = self.syntax.verbs.iter().enumerate().next_back()?;
        let says = self.mentions.iter().any(|m| {
            m.first <= verb.head
                && verb.head < m.last
                && m.senses.contains(&Sense::Cue(Cue::Report))
        });
        let by = self.before_participle(*self.syntax.doers(n).first()?);
        let comma = self.syntax.nouns[by].first.checked_sub(1)?;
        let marked = matches!(self.text.word(comma), "," | "\"" | "”");
        (says && marked && comma >= at.last).then_some(())?;
        Some((self.as_speaker(by)?, Said::Plainly))
    }

    /// Who is meant where noun phrase `n` only ends what is added to him: "residents reached by
    /// telephone said".
    fn before_participle(&self, n: usize) -> usize {
        let Syntax { nouns, verbs } = self.syntax;
        let added = || {
            let preposition = nouns.get(n)?.preposition?;
            let verb = verbs.iter().find(|v| v.last == preposition && v.last == v.first + 1)?;
            nouns.iter().position(|noun| noun.last == verb.first)
        };
        added().unwrap_or(n)
    }

    /// Noun phrase `n` as one who speaks.
    fn as_speaker(&self, n: usize) -> Option<Speaker> {
        let nobody = |i: usize| matches!(self.text.key(i), "no" | "none" | "nobody");
        let noun = self.syntax.nouns.get(n).filter(|n| !n.pronoun && !nobody(n.first))?;
        let article =
            noun.last - noun.first > 1 && matches!(self.text.key(noun.first), "the" | "a" | "an");
        let first = noun.first + usize::from(article);
        // "A panel of United Nations experts"
        let of =
            self.syntax.nouns.iter().find(|other| other.of == Some(n) && other.first > noun.first);
        let close = of.filter(|of| of.preposition == Some(noun.last));
        let name = self.text.span(first, close.map_or(noun.last, |of| of.last))?;
        Some(Speaker { name, sort: self.sort_of_speaker(first..noun.last) })
    }

    fn sort_of_speaker(&self, tokens: Range<usize>) -> SpeakerSort {
        let party = self.parties.iter().find(|p| tokens.contains(&p.tokens.start));
        if let Some(party) = party {
            return match party.sort {
                Sort::Organisation => SpeakerSort::Organisation,
                Sort::International => SpeakerSort::Monitor,
                _ => SpeakerSort::State,
            };
        }
        let state = |s: &Sense| {
            matches!(
                s,
                Sense::Person(
                    Sort::Government | Sort::Police | Sort::Military | Sort::StateForce,
                    _
                ) | Sense::Force(..)
                    | Sense::Country(_)
            )
        };
        let mut here =
            self.mentions.iter().filter(|m| m.first < tokens.end && m.last > tokens.start);
        if here.any(|m| m.senses.iter().any(state)) {
            return SpeakerSort::State;
        }
        let head = tokens.clone().map(|i| self.text.key(i));
        for word in head {
            match word {
                "intelligence" | "ministry" | "authorities" | "prosecutors" | "investigators"
                | "agencies" | "spokesman" => return SpeakerSort::State,
                "residents" | "witnesses" => return SpeakerSort::Witness,
                "newspaper" | "media" | "reports" | "agency" => return SpeakerSort::Media,
                "observatory" | "monitors" | "monitor" | "watch" => return SpeakerSort::Monitor,
                _ => {}
            }
        }
        let capital = tokens.len() == 1 && self.text.tokens[tokens.start].shape == Shape::Capital;
        if capital && self.capital(&tokens).is_some() {
            SpeakerSort::State
        } else {
            SpeakerSort::Other
        }
    }
}

/// How a speaker puts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    /// As a plain word.
    Plainly,
    /// As a belief, a suspicion, a rumour.
    Doubted,
}
