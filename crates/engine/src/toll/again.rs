//! Counts that lean on the one before: "was shot and died", "leaving as many wounded", "first five dead
//! and later ten".

use crate::lexicon::{Form, Harm, Mention};
use crate::resolved::Count;
use crate::toll::Toll;
use crate::toll::bind::{subject, verb_start};
use crate::toll::group::{Counted, Group};
use crate::toll::line::{AUXILIARIES, Line};
use crate::toll::list::Bound;

/// "first counted five dead and later ten": the figure that replaces the one before.
pub(super) fn later(line: &Line<'_>, groups: &[Group], found: &mut Vec<Toll>, word: &Mention<'_>) {
    let at = word.last + usize::from(line.word(word.last) == ",");
    let goes_on =
        line.reads(at, "and later") || line.reads(at, "and then") || line.reads(at, "but later");
    let replaced = found.last().filter(|t| t.replaced && t.word == word.first);
    let group = groups.iter().find(|g| g.number.start == at + 2 && g.counted == Counted::Bare);
    if let (true, Some(before), Some(group)) = (goes_on, replaced, group)
        && let Some(span) = line.text.span(group.number.start, group.number.end)
    {
        let toll = Toll {
            count: group.count,
            span,
            at: group.number.start,
            rule: "later figure",
            replaced: false,
            ..before.clone()
        };
        found.push(toll);
    }
}

/// "a man was shot and died": the subject of the word before, where this one has none of its own.
pub(super) fn the_same(
    line: &Line<'_>,
    found: &[Toll],
    word: &Mention<'_>,
    form: Form,
) -> Option<Bound> {
    let (first, _) = verb_start(line, word.first);
    let joined = line.is(first.wrapping_sub(1), &["and", "but", ","]);
    let verb = matches!(form, Form::Passive | Form::Either);
    let before = found.last().filter(|t| t.word < word.first && !t.attackers)?;
    let hurt = matches!(before.harm, Harm::Struck | Harm::Injured | Harm::Abducted);
    let line_of = |t: &Toll| Bound {
        count: t.count,
        first: t.at,
        last: t.at + 1,
        rule: "the same people",
        attackers: t.attackers,
        part: t.part,
        moved: false,
        more: t.more,
        pointer: t.pointer,
        himself: false,
    };
    (joined && verb && hurt).then(|| line_of(before))
}

/// "Killing four and leaving as many wounded", "and the same number were hurt": so many as the count
/// before.
pub(super) fn as_many(line: &Line<'_>, found: &[Toll], word: &Mention<'_>) -> Option<Bound> {
    const REACH: usize = 4;
    let before = found.last().filter(|t| t.word < word.first && !t.attackers && !t.part)?;
    let from = line.range.start.max(word.first.saturating_sub(REACH));
    let same = (from..word.first).find(|&i| {
        let as_many = line.reads(i, "as many") && !line.is(i + 2, &["as"]);
        as_many || line.reads(i, "same number") || line.reads(i, "equal number")
    })?;
    let multiple = match line.before(same) {
        "twice" => 2,
        "thrice" => 3,
        "times" => return None,
        _ => 1,
    };
    let times = |n: Option<u32>| n.and_then(|n| n.checked_mul(multiple));
    let Count { low, best, high } = before.count;
    let count = Count { low: times(low), best: times(best), high: times(high) };
    let pointer = false;
    let bound = Bound::one(same, word.first);
    Some(Bound { count, rule: "as many as the count before", pointer, ..bound })
}

/// "A man is in hospital after being shot": the subject of the clause before, unless what befell it
/// is counted already.
pub(super) fn after_being(
    line: &Line<'_>,
    groups: &[Group],
    found: &[Toll],
    word: &Mention<'_>,
    form: Form,
) -> Option<Bound> {
    const REACH: usize = 24;
    let (first, passive) = verb_start(line, word.first);
    let after = first.checked_sub(1).filter(|&i| line.is(i, &["after", "by"]))?;
    let being = passive && line.is(first, &["being"]) && form == Form::Either;
    if !being || found.iter().any(|t| t.word < word.first && t.harm == Harm::Killed) {
        return None;
    }
    let from = line.range.start.max(after.saturating_sub(REACH));
    let verb = (from..after).find(|&i| AUXILIARIES.contains(&line.word(i)))?;
    subject(line, groups, verb)
}
