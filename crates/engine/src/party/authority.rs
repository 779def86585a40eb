//! Whether an authority says so: an official, a force, a government, by the words around a name.

use std::ops::Range;

use crate::lexicon::{Cue, Mention, Sense};
use crate::ontology::Sort;
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
    here.iter().filter(|m| m.last <= accused.start || m.first >= accused.end).any(|m| {
        m.senses.iter().any(|&s| {
            matches!(
                s,
                Sense::Person(
                    Sort::Government | Sort::Police | Sort::StateForce | Sort::Military,
                    _
                ) | Sense::Force(..)
                    | Sense::Country(_)
            )
        })
    }) || (accused.start.saturating_sub(14)..accused.start).any(|i| {
        matches!(
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
