//! Which noun phrases a word of harm counts: its subject, or what stands right beside it.

use crate::resolved::Count;
use crate::toll::group::{Counted, Group};
use crate::toll::line::{
    AUXILIARIES, Line, MAKING, PREPOSITIONS, SUBORDINATORS, is_adverb, is_singular,
};
use crate::toll::list::{Bound, Member, is_body, listed_before, member_before, opened, opening};
use crate::toll::one::one_before;
use crate::toll::sum::both;

/// The subject of a passive word, or of "died", whose verb begins at token `end`.
pub(super) fn subject(line: &Line<'_>, groups: &[Group], end: usize) -> Option<Bound> {
    let verb = end;
    let mut end = end;
    // "were killed" has no single subject, but a list of single ones.
    let plural = line.is(verb, &["were", "are", "have"]) && {
        let from = line.range.start.max(verb.saturating_sub(REACH));
        !(from..verb).any(|i| line.is(i, &["and", "both"]))
    };
    let floor = line.range.start.max(end.saturating_sub(REACH));
    while end > floor {
        if line.word(end - 1) == "," || line.word(end - 1) == ")" {
            end = opening(line, end - 1).unwrap_or(end - 1);
            continue;
        }
        if let Some(member) = member_before(line, groups, end) {
            // "five people including a judge died": who is named is one of them.
            if line.before(member.first()) == "including" {
                end = member.first() - 1;
                continue;
            }
            let alone = is_alone(&member);
            let fits = (member.last() == verb || !is_time(&member))
                && !is_governed(line, &member, member.last() == verb)
                && !(alone && (plural || !closes(line, end, verb)));
            if fits {
                let list = listed_before(line, groups, member)?;
                // "A girl on her way home and a soldier were shot": one of them cannot be all.
                let one = list.count == Count::exactly(1) && line.is(verb, &["are", "were"]);
                let first = opened(line, groups, &list).filter(|_| one && !list.pointer);
                return Some(
                    first.map_or_else(|| list.clone(), |first| both(&first, list.clone())),
                );
            }
            end = member.first();
        } else {
            let i = end - 1;
            let word = line.word(i);
            // "a town in which soldiers died": how many, nobody says.
            if end == verb && is_uncounted(line, i) {
                return None;
            }
            let clause = line.ends(i)
                || (line.harm(i).is_some() && is_finite(line, i))
                || SUBORDINATORS.contains(&word) && !is_relative(line, i)
                || matches!(word, "and" | "or") && is_finite_before(line, i);
            if clause {
                return None;
            }
            end = i;
        }
    }
    None
}

/// Whether the description at token `i` is of several people without a number.
fn is_uncounted(line: &Line<'_>, i: usize) -> bool {
    let plural = line.person(i).is_some_and(|(m, _)| m.last == i + 1) && !is_singular(line.word(i));
    let from = line.range.start.max(i.saturating_sub(6));
    // "two of the mayor's guards", "four boys and guards": others before have a number.
    let counts = |k: usize| line.is(k, &["and", "of", "or"]);
    let border = |&k: &usize| PREPOSITIONS.contains(&line.word(k)) || counts(k);
    plural && !(from..i).rev().find(border).is_some_and(counts)
}

/// Those right before a word of harm without a verb of its own: "49 people dead", "and 108 injured".
pub(super) fn beside(line: &Line<'_>, groups: &[Group], end: usize) -> Option<Bound> {
    let mut end = end;
    while end > line.range.start
        && (is_adverb(line.before(end)) || MAKING.contains(&line.before(end)))
    {
        end -= 1;
    }
    if line.before(end) == "as" {
        end -= 1;
    }
    // "fourteen people, two of them children, dead".
    if line.before(end) == "," {
        end = opening(line, end - 1)?;
    }
    let group = groups.iter().find(|g| g.last == end && g.counted != Counted::Things)?;
    if group.single
        && group.counted != Counted::People
        && !line.is(group.number.start, &["one", "another"])
    {
        return None;
    }
    let governed = line.before(group.number.start);
    if matches!(governed, "by" | "against" | "than" | "from") {
        return None;
    }
    listed_before(line, groups, Member::Counted(group))
}

/// "found Ann Lee shot to death": one who is named before the word, behind a verb of finding.
pub(super) fn found_so(line: &Line<'_>, end: usize) -> Option<Bound> {
    let end = end - usize::from(is_adverb(line.before(end)));
    let one = one_before(line, end)?;
    let found = line.is(one.first.wrapping_sub(1), &["discovered", "find", "found"]);
    let bound = Bound::one(one.first, one.last);
    let rule = if one.pointer { bound.rule } else { "somebody named" };
    found.then_some(Bound { rule, pointer: one.pointer, attackers: one.attackers, ..bound })
}

/// "was shot dead" of somebody whom no dictionary describes: one, and more is not known.
pub(super) fn unknown_one(line: &Line<'_>, verb: usize, at: usize) -> Option<Bound> {
    let one =
        line.is(verb, &["was"]) || line.reads(verb, "has been") || line.reads(verb, "had been");
    let somebody = verb > line.range.start
        && line.before(verb).starts_with(|c: char| c.is_alphabetic())
        && !line.is(verb - 1, &["it", "one", "nobody", "none", "no", "who", "and"]);
    (one && somebody).then(|| Bound::one(verb, at + 1))
}

/// Those before "whom": "the mayor whom gunmen shot dead".
pub(super) fn whom(line: &Line<'_>, groups: &[Group], at: usize) -> Option<Bound> {
    let from = line.range.start.max(at.saturating_sub(6));
    let whom = (from..at).rev().find(|&i| line.word(i) == "whom")?;
    if line.before(whom) == "of" {
        return None;
    }
    let end = whom - usize::from(line.before(whom) == ",");
    subject(line, groups, end)
}

/// Whether a member is one without a number.
fn is_alone(member: &Member<'_>) -> bool {
    matches!(member, Member::One(_))
}

/// Whether what stands behind a single one lets it be a subject: its verb, a preposition, "who".
fn closes(line: &Line<'_>, end: usize, verb: usize) -> bool {
    let word = line.word(end);
    end == verb
        || PREPOSITIONS.contains(&word)
        || matches!(word, "," | "(" | "who" | "whose" | "which" | "that" | "identified" | "found")
}

/// Whether a preposition governs a member, so that it is no subject.
fn is_governed(line: &Line<'_>, member: &Member<'_>, adjacent: bool) -> bool {
    let before = line.before(member.first());
    let counted = matches!(member, Member::Counted(_));
    let degree = counted && matches!(before, "about" | "around" | "over" | "under");
    let clause =
        adjacent && matches!(before, "after" | "before" | "as" | "since" | "until" | "than");
    PREPOSITIONS.contains(&before) && !degree && !clause && !is_body(line, member.first())
}

/// How far before its verb a subject may begin.
const REACH: usize = 40;

/// Where the verb of the word of harm at `at` begins: "had been seriously" before "wounded".
pub(super) fn verb_start(line: &Line<'_>, at: usize) -> (usize, bool) {
    let (mut first, mut passive) = (at, false);
    while first > line.range.start {
        let word = line.before(first);
        if AUXILIARIES.contains(&word) {
            passive |= !matches!(
                word,
                "had"
                    | "has"
                    | "have"
                    | "having"
                    | "may"
                    | "might"
                    | "could"
                    | "would"
                    | "will"
                    | "can"
                    | "should"
            );
        } else {
            // "both were killed": the subject; "were both killed": within the verb.
            let all =
                matches!(word, "both" | "all") && !AUXILIARIES.contains(&line.before(first - 1));
            let within = is_adverb(word) || MAKING.contains(&word) || matches!(word, "to" | "not");
            if all || !within {
                break;
            }
        }
        first -= 1;
    }
    // Adverbs before the verb group itself belong to the subject's side.
    (first, passive)
}

/// Whether token `i` is a verb with an auxiliary, or one that needs none.
fn is_finite(line: &Line<'_>, i: usize) -> bool {
    let (first, passive) = verb_start(line, i);
    passive
        || first == i
            && line.is(
                i,
                &["died", "die", "dies", "perished", "killed", "wounded", "injured", "kills"],
            )
}

/// "gunmen who killed two": "who" and "that" behind a noun are no border for the subject.
fn is_relative(line: &Line<'_>, i: usize) -> bool {
    line.is(i, &["that"]) && line.person(i.wrapping_sub(1)).is_some()
}

/// Whether a clause with a verb ends before the conjunction at `i`.
fn is_finite_before(line: &Line<'_>, i: usize) -> bool {
    (line.range.start.max(i.saturating_sub(12))..i)
        .any(|k| AUXILIARIES.contains(&line.word(k)) || line.harm(k).is_some())
}

/// "on a Friday", "in a market" hold no people.
fn is_time(member: &Member<'_>) -> bool {
    matches!(member, Member::Counted(group) if group.counted == Counted::Unknown && group.single)
}
