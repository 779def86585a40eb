//! How far an act got, and how the text puts it.

use std::ops::Range;

use crate::lexicon::{Cue, Mention, Sense};
use crate::ontology::{Assertion, Stage};
use crate::text::{Shape, Text};

use super::signs::is_judged;

/// Verbs that want an act of somebody else: "ordered his men to attack". Sorted.
const WANTS: &[&str] = &[
    "asked",
    "asking",
    "called",
    "calling",
    "command",
    "commanded",
    "directed",
    "incited",
    "instructed",
    "instructing",
    "order",
    "ordered",
    "ordering",
    "orders",
    "tasked",
    "told",
    "urged",
    "urging",
];

/// How far it got, by the words beside the trigger.
pub(super) fn stage(
    text: &Text<'_>,
    tokens: &Range<usize>,
    here: &[Mention<'_>],
    trigger: &Mention<'_>,
    harmed: bool,
) -> Stage {
    let near = |cue: Cue, reach: usize| {
        here.iter().any(|m| {
            !(cue == Cue::Attempt && is_manned(text, m))
                && m.senses.contains(&Sense::Cue(cue))
                && m.first.abs_diff(trigger.first) <= reach
        })
    };
    // "An attempt on his life", "a bomb threat": the word itself says how far it got.
    let says = |cue: Cue| {
        here.iter().any(|m| {
            m.first == trigger.first
                && m.senses.contains(&Sense::Cue(cue))
                && !(cue == Cue::Attempt && is_manned(text, m))
        })
    };
    let has = |cue: Cue| here.iter().any(|m| m.senses.contains(&Sense::Cue(cue)));
    // "Stopped her car and shot her": what they stopped was something else.
    let foiled = here.iter().any(|m| {
        m.senses.contains(&Sense::Cue(Cue::Foil))
            && m.first.abs_diff(trigger.first) <= 10
            && !(m.last..trigger.first).any(|i| text.is(i, "and"))
    });
    if says(Cue::Attempt) {
        Stage::Attempted
    } else if says(Cue::Threaten) && !harmed {
        Stage::Threatened
    } else if !harmed && foiled {
        Stage::Foiled
    } else if !harmed && (near(Cue::Attempt, 4) || is_tried(text, tokens, here, trigger)) {
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
    } else if !harmed && (says(Cue::Plan) || near(Cue::Plan, 5)) && !is_judged(text, tokens) {
        // Who plans and is seized has been stopped.
        if has(Cue::Blame) && tokens.clone().any(|i| is_seized(text, i)) {
            Stage::Foiled
        } else {
            Stage::Planned
        }
    } else if !harmed && is_wanted(text, tokens, trigger) {
        Stage::Planned
    } else {
        Stage::Accomplished
    }
}

/// Whether what is shot down has a crew, so that the shot did what it was for: "shot down an army
/// helicopter", "the airliner was shot down", but not "shot down two missiles".
fn is_manned(text: &Text<'_>, cue: &Mention<'_>) -> bool {
    #[rustfmt::skip]
    const CRAFT: &[&str] = &[
        "aircraft", "airliner", "airliners", "bomber", "helicopter", "helicopters", "jet", "jets",
        "plane", "planes", "warplane", "warplanes",
    ];
    const REACH: usize = 6;
    let craft = |i: usize| CRAFT.binary_search(&text.key(i)).is_ok();
    let stops = |i: &usize| text.tokens.get(*i).is_none_or(|t| t.shape == Shape::Mark);
    let end = cue.last.saturating_sub(1);
    let behind = || (cue.last..cue.last + REACH).take_while(|i| !stops(i)).any(craft);
    let before = || {
        let be = |i: usize| matches!(text.key(i), "be" | "been" | "being" | "was" | "were");
        cue.first > 1 && be(cue.first - 1) && (cue.first.saturating_sub(4)..cue.first).any(craft)
    };
    text.is(end, "down") && (behind() || before())
}

/// Whether the harm was fended off: "an attempt by armed men to storm", "both were shot down".
fn is_tried(
    text: &Text<'_>,
    tokens: &Range<usize>,
    here: &[Mention<'_>],
    trigger: &Mention<'_>,
) -> bool {
    let to = trigger.first > tokens.start && text.is(trigger.first - 1, "to");
    here.iter().any(|m| {
        m.senses.contains(&Sense::Cue(Cue::Attempt))
            && (to && m.last <= trigger.first && trigger.first - m.last <= 8
                || m.first > trigger.first && is_all(text, tokens, m.first))
    })
}

/// Whether "both" or "all" is said of what was fended off.
fn is_all(text: &Text<'_>, tokens: &Range<usize>, cue: usize) -> bool {
    let from = cue.saturating_sub(5).max(tokens.start);
    (from..cue).any(|i| text.is(i, "both") || text.is(i, "all"))
}

/// Whether a word says that somebody was seized by the law.
fn is_seized(text: &Text<'_>, i: usize) -> bool {
    matches!(text.key(i), "arrested" | "detained" | "charged" | "arrests")
}

/// Whether somebody is only told to do it: "ordered his men to attack polling stations".
fn is_wanted(text: &Text<'_>, tokens: &Range<usize>, trigger: &Mention<'_>) -> bool {
    let Some(to) = trigger.first.checked_sub(1).filter(|&i| text.is(i, "to")) else {
        return false;
    };
    let from = to.saturating_sub(7).max(tokens.start);
    (from..to).any(|i| WANTS.binary_search(&text.key(i)).is_ok())
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
    // "Residents allege that soldiers executed nine": a verb of saying that leaves it open.
    let alleged = here.iter().any(|m| {
        m.senses.contains(&Sense::Cue(Cue::Hedge))
            && m.senses.contains(&Sense::Cue(Cue::Report))
            && m.last <= trigger.first
            && trigger.first - m.last <= 14
    });
    let is =
        |back: usize, word: &str| trigger.first.checked_sub(back).is_some_and(|i| text.is(i, word));
    let feared = is_feared(text, trigger.first);
    if (1..4).any(|i| is(i, "if") || is(i, "unless")) {
        Assertion::Conditional
    } else if before(Cue::Deny, 8) {
        Assertion::Denied
    } else if before(Cue::Hedge, 4) || alleged {
        Assertion::Hedged
    } else if (1..4).any(|i| is(i, "will") || is(i, "would"))
        || ((is(2, "were") || is(2, "was")) && is(1, "to"))
        || feared
    {
        Assertion::Foreseen
    } else {
        Assertion::Asserted
    }
}

/// Whether it is one of what may come: "the risk of kidnapping", "fears of a seaborne assault".
fn is_feared(text: &Text<'_>, act: usize) -> bool {
    const FEARS: &[&str] = &[
        "danger",
        "fear",
        "fears",
        "possibility",
        "risk",
        "risks",
        "rumor",
        "rumors",
        "rumour",
        "rumours",
        "threat",
    ];
    const REACH: usize = 4;
    let of = (act.saturating_sub(REACH)..act).rev().find(|&i| text.is(i, "of"));
    of.is_some_and(|of| {
        let near = of + 1 == act
            || matches!(text.key(of + 1), "a" | "an" | "another" | "further" | "more" | "new");
        near && of > 0 && FEARS.binary_search(&text.key(of - 1)).is_ok()
    })
}
