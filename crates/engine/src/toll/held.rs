//! Those who are taken or held without a word of harm of their own: "took a guard hostage", "seized
//! a vessel with 23 crew members".

use crate::lexicon::{Harm, Mention, Role, Sense};
use crate::toll::bind::{beside, subject, verb_start};
use crate::toll::group::{Counted, Group};
use crate::toll::line::{Line, PREPOSITIONS};
use crate::toll::list::{Bound, objects};
use crate::toll::one::one_before;

/// Verbs that make somebody a hostage.
const MAKING: &[&str] = &[
    "held", "hold", "holding", "holds", "keep", "keeping", "kept", "take", "takes", "taking",
    "took",
];

/// Whether a word says what those become who are taken: "took five people hostage".
fn is_word(word: &str) -> bool {
    matches!(word, "captive" | "hostage" | "prisoner")
}

/// Whether a sentence with the word `word` may tell of people who are taken.
pub(super) fn may_tell(word: &str) -> bool {
    is_word(word) || TAKEN.contains(&word) || matches!(word, "take" | "takes" | "taking" | "took")
}

/// All who stand between such a verb and such a word, with the mention of the word.
pub(super) fn held<'t>(line: &Line<'t>, groups: &[Group]) -> Vec<(&'t Mention<'t>, Bound)> {
    let words = line.range.clone().filter(|&i| is_word(line.word(i)));
    words.filter_map(|i| Some((line.mention(i)?, held_so(line, groups, i)?))).collect()
}

fn held_so(line: &Line<'_>, groups: &[Group], word: usize) -> Option<Bound> {
    const REACH: usize = 4;
    let counted = groups.iter().rev().find(|g| {
        (word..=word + 1).contains(&g.last)
            && g.number.end < word + usize::from(!g.single)
            && g.counted != Counted::Things
    });
    let bound = if let Some(group) = counted {
        Bound {
            count: group.count,
            last: word,
            rule: if group.single { "an article counts one" } else { "number of people" },
            pointer: false,
            more: group.more,
            part: group.part,
            attackers: group.attackers,
            ..Bound::one(group.number.start, word)
        }
    } else {
        let one = one_before(line, word)?;
        let rule = if one.pointer { "somebody told of before" } else { "somebody named" };
        let bound = Bound::one(one.first, one.last);
        Bound { rule, pointer: one.pointer, attackers: one.attackers, ..bound }
    };
    let from = line.range.start.max(bound.first.saturating_sub(REACH));
    let taken = (from..bound.first).any(|i| line.is(i, MAKING));
    taken.then_some(bound)
}

/// "were taken from a church by gunmen", "took six workers with them": nothing else says that they
/// were abducted.
pub(super) fn taken(line: &Line<'_>, groups: &[Group]) -> Vec<(Mention<'static>, Bound)> {
    let word = |i: usize| Mention { first: i, last: i + 1, senses: &[], actor: None };
    let free = line.range.clone().filter(|&i| line.harm(i).is_none());
    free.filter_map(|i| {
        let bound = by_attackers(line, groups, i).or_else(|| with_them(line, groups, i))?;
        (!bound.pointer && !bound.attackers).then(|| (word(i), bound))
    })
    .collect()
}

/// The subject of "taken" with an attacker behind "by": "three guests dragged from a hotel by gunmen".
fn by_attackers(line: &Line<'_>, groups: &[Group], taken: usize) -> Option<Bound> {
    const REACH: usize = 16;
    const NEAR: usize = 5;
    if !line.is(taken, TAKEN) || line.is(taken + 1, &["to", "into", "over", "off"]) {
        return None;
    }
    let (first, passive) = verb_start(line, taken);
    let attacker = |i: usize| line.person(i).is_some_and(|(_, r)| r == Role::Perpetrator);
    let by = (taken + 1..taken + REACH)
        .take_while(|&i| !line.ends(i))
        .any(|i| line.word(i) == "by" && (i + 1..i + NEAR).any(attacker));
    let whom = || if passive { subject(line, groups, first) } else { beside(line, groups, taken) };
    by.then(whom).flatten()
}

/// What is done to those whom somebody takes with him.
const TAKEN: &[&str] = &["dragged", "hauled", "marched", "taken"];

/// The object of "took" with "with them" or "away" behind it.
fn with_them(line: &Line<'_>, groups: &[Group], took: usize) -> Option<Bound> {
    if !line.is(took, &["take", "takes", "taking", "took"]) {
        return None;
    }
    let bound = objects(line, groups, took + 1)?;
    let away = line.is(bound.last, &["away"])
        || line.is(bound.last, &["with"]) && line.is(bound.last + 1, &["him", "them"]);
    away.then_some(bound)
}

/// "seized a vessel with 23 crew members": who is on board of what is taken is taken with it.
pub(super) fn aboard(line: &Line<'_>, groups: &[Group], word: &Mention<'_>) -> Option<Bound> {
    const REACH: usize = 7;
    let takes = word.senses.iter().any(|s| matches!(s, Sense::Casualty(Harm::Abducted, _)));
    let with = (word.last + 1..word.last + REACH)
        .take_while(|&i| {
            !line.ends(i) && (line.word(i) == "with" || !PREPOSITIONS.contains(&line.word(i)))
        })
        .find(|&i| line.is(i, &["carrying", "with"]))?;
    let group = groups.iter().find(|g| g.number.start > with && g.number.start <= with + 3)?;
    let people = group.counted == Counted::People && !group.attackers && !group.single;
    (takes && people).then(|| Bound {
        count: group.count,
        rule: "people on board",
        pointer: false,
        ..Bound::one(group.number.start, group.last)
    })
}
