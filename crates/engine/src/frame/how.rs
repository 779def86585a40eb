//! How far an act got, and how the text puts it.

use crate::lexicon::{Cue, Mention, Sense};
use crate::ontology::{Assertion, Stage};
use crate::text::Text;

/// How far it got, by the words beside the trigger.
pub(super) fn stage(
    text: &Text<'_>,
    here: &[Mention<'_>],
    trigger: &Mention<'_>,
    harmed: bool,
) -> Stage {
    let near = |cue: Cue, reach: usize| {
        here.iter().any(|m| {
            m.senses.contains(&Sense::Cue(cue)) && m.first.abs_diff(trigger.first) <= reach
        })
    };
    if !harmed && near(Cue::Foil, 10) {
        Stage::Foiled
    } else if !harmed && near(Cue::Attempt, 4) {
        Stage::Attempted
    } else if !harmed
        && near(Cue::Threaten, 6)
        && (0..3).any(|i| {
            text.is(trigger.first.saturating_sub(i + 1), "would")
                || text.is(trigger.first.saturating_sub(i + 1), "to")
                || text.is(trigger.first.saturating_sub(i + 1), "will")
        })
    {
        Stage::Threatened
    } else if !harmed && near(Cue::Plan, 5) {
        Stage::Planned
    } else {
        Stage::Accomplished
    }
}

/// How it is put, by the words before the trigger.
pub(super) fn assertion(text: &Text<'_>, here: &[Mention<'_>], trigger: &Mention<'_>) -> Assertion {
    let before = |cue: Cue, reach: usize| {
        here.iter().any(|m| {
            m.senses.contains(&Sense::Cue(cue))
                && m.last <= trigger.first
                && trigger.first - m.last <= reach
        })
    };
    let is =
        |back: usize, word: &str| trigger.first.checked_sub(back).is_some_and(|i| text.is(i, word));
    if (1..4).any(|i| is(i, "if") || is(i, "unless")) {
        Assertion::Conditional
    } else if before(Cue::Deny, 8) {
        Assertion::Denied
    } else if before(Cue::Hedge, 4) {
        Assertion::Hedged
    } else if (1..4).any(|i| is(i, "will") || is(i, "would"))
        || ((is(2, "were") || is(2, "was")) && is(1, "to"))
    {
        Assertion::Foreseen
    } else {
        Assertion::Asserted
    }
}
