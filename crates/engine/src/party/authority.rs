//! Whether an authority says so: an official, a force, a government, by the words around a name.

use std::ops::Range;

use crate::Knowledge;
use crate::lexicon::{Cue, Mention, Sense};
use crate::ontology::Sort;
use crate::syntax::NounPhrase;
use crate::text::Text;

/// Whether what names the party is the word of an authority: "police said the group had attacked".
pub(super) fn is_told_by_authorities(
    text: &Text<'_>,
    here: &[Mention<'_>],
    tokens: &Range<usize>,
) -> bool {
    here.iter().any(|verb| {
        verb.senses.contains(&Sense::Cue(Cue::Report))
            && verb.last <= tokens.start
            && tokens.start - verb.last <= 10
            && here.iter().any(|m| {
                let authority = m.senses.iter().any(|s| {
                    matches!(
                        s,
                        Sense::Person(
                            Sort::Government | Sort::Police | Sort::StateForce | Sort::Military,
                            _
                        ) | Sense::Force(..)
                            | Sense::Actor(_, Sort::StateForce | Sort::Government)
                    )
                });
                authority && m.last <= verb.first && verb.first - m.last <= 6
            })
            && !(verb.last..tokens.start).any(|i| matches!(text.word(i), ";" | "."))
    })
}

/// Whether the speaker of a blame is an authority: an official, a force, a government.
pub(super) fn by_authorities(
    text: &Text<'_>,
    here: &[Mention<'_>],
    accused: &Range<usize>,
) -> bool {
    here.iter()
        .filter(|m| m.last <= accused.start || m.first >= accused.end)
        .any(|m| m.senses.iter().copied().any(is_official))
        || (accused.start.saturating_sub(14)..accused.start).any(|i| {
            // "Prosecutors charged them", but "villagers charged that": anybody may say that.
            let says = text.is(i, "charged") && (i + 1..i + 8).any(|j| text.is(j, "that"));
            !says
                && matches!(
                    text.key(i),
                    "authorities"
                        | "investigators"
                        | "kyiv"
                        | "kremlin"
                        | "ministry"
                        | "prosecutors"
                        | "intelligence"
                        | "pentagon"
                        | "charged"
                        | "court"
                )
        })
}

/// Whether a word is of an official, a force or a country.
fn is_official(sense: Sense) -> bool {
    matches!(
        sense,
        Sense::Force(..)
            | Sense::Country(_)
            | Sense::Person(Sort::Government | Sort::Police | Sort::StateForce | Sort::Military, _)
    )
}

/// Who speaks for the law or a government. Sorted.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "adviser", "army", "authorities", "command", "commander", "commanders", "detectives", "government", "governor",
    "intelligence", "investigators", "kremlin", "military", "ministry", "mission", "officers",
    "officials", "peacekeepers", "pentagon", "police", "president", "prosecutor", "prosecutors",
    "spokesman", "spokesperson",
    "spokeswoman",
];

/// Whether the words of a noun phrase say that it speaks for the law or a government.
pub(super) fn is_authority(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    noun: &NounPhrase,
    known: &Knowledge,
) -> bool {
    let sense = || {
        let inside = |m: &&Mention<'_>| m.first >= noun.first && m.last <= noun.last;
        mentions.iter().filter(inside).any(|m| m.senses.iter().copied().any(is_official))
    };
    // "Kinshasa accused the X"
    let capital = || {
        let one = noun.name && noun.last == noun.first + 1;
        let word = text.word(noun.head);
        one && known.geography.countries.iter().any(|c| c.capital == word)
    };
    // "The Arakan Army accused": no state's.
    let organisation = mentions.iter().any(|m| {
        let organisation = |s: &Sense| matches!(s, Sense::Actor(_, Sort::Organisation));
        m.first >= noun.first && m.last == noun.last && m.senses.iter().any(organisation)
    });
    !organisation && (OFFICES.binary_search(&text.key(noun.head)).is_ok() || sense() || capital())
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_in_order() {
        assert!(super::OFFICES.is_sorted());
    }
}
