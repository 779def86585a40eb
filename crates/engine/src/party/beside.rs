//! What a name of a party is in its sentence besides who did it: a foe of theirs, the ground they hold,
//! an office named after them, what others call them.

use std::ops::Range;

use crate::lexicon::{Mention, Role, Sense};
use crate::ontology::Sort;
use crate::text::{Shape, Text};

/// Where somebody calls those the party behind whose "by" they stand: the verb in "by what officials
/// call a cell of the X", "by men whom police described as fighters of the X".
pub(super) fn is_so_called(text: &Text<'_>, tokens: &Range<usize>) -> Option<usize> {
    const REACH: usize = 16;
    #[rustfmt::skip]
    const CALLS: &[&str] = &[
        "believe", "believed", "believes", "call", "called", "calls", "describe", "described",
        "describes", "identified", "identify", "said", "say", "says", "suspect", "suspected", "term",
        "termed", "terms",
    ];
    let from = tokens.start.saturating_sub(REACH);
    let by = (from..tokens.start).rev().find(|&i| text.is(i, "by"))?;
    let what = (by + 1..tokens.start.min(by + 4))
        .find(|&i| ["what", "whom", "who"].iter().any(|word| text.is(i, word)))?;
    let mark = (by..tokens.start).any(|i| matches!(text.word(i), "," | ";" | ":" | "."));
    let calls = (what + 1..tokens.start).find(|&i| CALLS.binary_search(&text.key(i)).is_ok());
    calls.filter(|_| !mark)
}

/// "An alliance fighting the X", "a rival of the X": against whom somebody stands, beside what is told.
pub(super) fn is_foe(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let the = usize::from(tokens.start.checked_sub(1).is_some_and(|i| text.is(i, "the")));
    let at = |back: usize| tokens.start.checked_sub(the + back).map_or("", |i| text.key(i));
    let gerund = matches!(at(1), "battling" | "fighting" | "opposing" | "rivalling" | "rivaling");
    let whose = matches!(at(2), "alliance" | "cartel" | "coalition" | "gang" | "group" | "militia");
    let rival = matches!((at(2), at(1)), ("rival" | "rivals" | "enemies" | "enemy", "of" | "to"));
    gerund && whose || rival
}

/// "The claim that X was to blame was a lie": whoever says so denies it.
pub(super) fn is_called_untrue(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    const CLAIMS: &[&str] = &[
        "accusation",
        "accusations",
        "allegation",
        "allegations",
        "claim",
        "claims",
        "reports",
        "suggestion",
        "suggestions",
    ];
    const UNTRUE: &[&str] = &[
        "absurd",
        "baseless",
        "fabricated",
        "false",
        "invented",
        "lie",
        "lies",
        "nonsense",
        "provocation",
        "unfounded",
        "untrue",
    ];
    let listed = |i: usize, list: &[&str]| list.binary_search(&text.key(i)).is_ok();
    let that = (tokens.start.saturating_sub(3)..tokens.start).find(|&i| text.is(i, "that"));
    let claim = that.is_some_and(|that| that > 0 && listed(that - 1, CLAIMS));
    let end = text.sentences.get(text.sentence_of(tokens.start)).map_or(0, |s| s.last);
    claim && (tokens.end..end).any(|i| listed(i, UNTRUE))
}

/// "militants linked to X": X is named to say who others are, by the word before the tie.
pub(super) fn tie(text: &Text<'_>, tokens: &Range<usize>) -> Option<usize> {
    const TIES: &[&str] = &[
        "affiliated",
        "aligned",
        "allegiance",
        "allied",
        "connected",
        "fealty",
        "linked",
        "loyal",
        "loyalty",
        "tied",
    ];
    let the = usize::from(tokens.start.checked_sub(1).is_some_and(|i| text.is(i, "the")));
    let to = tokens.start.checked_sub(1 + the);
    let to = to.filter(|&i| text.is(i, "to") || text.is(i, "with"))?;
    let tie = to.checked_sub(1).filter(|&i| TIES.contains(&text.key(i)))?;
    Some(tie.saturating_sub(1))
}

/// Whether a party is named only to say whose ground it is: "the X stronghold of Hermel", "a
/// rebel-held town".
pub(super) fn is_ground(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    const GROUND: &[&str] =
        &["bastion", "bastions", "heartland", "stronghold", "strongholds", "territory"];
    const HELD: &[&str] = &["controlled", "dominated", "held", "occupied", "ruled", "run"];
    let shape = |i: usize| text.tokens.get(i).map(|t| t.shape);
    let owns = usize::from(shape(tokens.end) == Some(Shape::Possessive));
    let edge = |i: usize| text.tokens.get(i).map(|t| (t.start as usize, t.end as usize));
    let hyphen = || {
        let (a, b) = (edge(tokens.end.wrapping_sub(1)), edge(tokens.end));
        let gap = a.zip(b).and_then(|(a, b)| text.source.get(a.1..b.0));
        gap == Some("-")
    };
    GROUND.binary_search(&text.key(tokens.end + owns)).is_ok()
        || HELD.binary_search(&text.key(tokens.end)).is_ok() && hyphen()
}

/// "The interior minister of X": a party that is named only to say whose office it is.
pub(super) fn is_office_of(text: &Text<'_>, here: &[Mention<'_>], tokens: &Range<usize>) -> bool {
    let the = usize::from(tokens.start.checked_sub(1).is_some_and(|i| text.is(i, "the")));
    let of = tokens.start.checked_sub(1 + the).filter(|&i| text.is(i, "of"));
    of.is_some_and(|of| {
        let office = |s: &Sense| matches!(s, Sense::Person(Sort::Government, Role::Victim));
        here.iter().any(|m| m.last == of && m.senses.iter().any(office))
    })
}

/// Whether token `i` ends a word for attackers.
pub(super) fn is_attacker(here: &[Mention<'_>], i: usize) -> bool {
    here.iter().any(|m| {
        let attacker = |s: &Sense| matches!(s, Sense::Person(_, Role::Perpetrator));
        m.first <= i && i < m.last && m.senses.iter().any(attacker)
    })
}

/// "has struck in the city before", "often attacks": what a party does at other times.
pub(super) fn is_habit(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let is = |i: usize, words: &[&str]| words.contains(&text.key(i));
    let end = (tokens.end..tokens.end + 14)
        .find(|&i| matches!(text.word(i), "." | ";" | "," | ""))
        .unwrap_or(tokens.end + 14);
    // "The X, which controls the south, regularly attacks": what is inserted is passed over.
    let inserted = text.word(tokens.end) == "," && is(tokens.end + 1, &["which", "who"]);
    let close = (tokens.end + 1..tokens.end + 20).find(|&i| inserted && text.word(i) == ",");
    let from = close.map_or(tokens.end, |i| i + 1);
    let end = if close.is_some() { from + 8 } else { end };
    let perfect = (from..from + 3).any(|i| is(i, &["has", "have"]));
    let often = ["often", "frequently", "regularly", "repeatedly", "routinely", "previously"];
    // "Has claimed several such attacks"
    let such = ["several", "similar", "such"];
    let done = ["adopted", "claimed", "carried", "conducted", "launched", "mounted", "staged"];
    let alike = (from..from + 4).any(|i| is(i, &done) && (i + 1..i + 4).any(|j| is(j, &such)));
    alike
        || (from..from + 4).any(|i| is(i, &often))
        || perfect && (from..end).any(|i| is(i, &["before", "past"]) || is(i, &often))
}
