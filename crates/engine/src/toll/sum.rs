//! Members of a list → one count: victims are added, attackers are left out or open the bound above,
//! a total before its parts is not added to them.

use crate::resolved::Count;
use crate::toll::group::Group;
use crate::toll::list::{Bound, Member};

/// The count of one member of a list and of the rest.
pub(super) fn both(first: &Member<'_>, rest: Bound) -> Bound {
    match sum(&[count(first), rest.count]) {
        Some(count) => Bound { count, first: first.first(), rule: "sum of a list", ..rest },
        None => rest,
    }
}

/// The sum of a list, and what is said of it.
pub(super) fn bound(members: &[Member<'_>], commas: &[bool]) -> Option<Bound> {
    let himself = members.iter().any(|m| matches!(m, Member::Himself(_)));
    let others: Vec<&Member<'_>> =
        members.iter().filter(|m| !matches!(m, Member::Himself(_))).collect();
    let (first, last) = (members.first()?.first(), members.last()?.last());
    if others.is_empty() {
        return Some(Bound {
            count: Count::exactly(members.len() as u32),
            first,
            last,
            rule: "himself",
            attackers: true,
            part: false,
            moved: false,
            more: false,
            pointer: false,
            himself,
        });
    }
    let attackers = |m: &Member<'_>| match m {
        Member::Counted(group) => group.attackers,
        Member::One(one) => one.attackers,
        Member::Himself(_) => true,
    };
    // Attackers in a list with others are left out of the sum.
    let victims: Vec<&Member<'_>> = others.iter().copied().filter(|m| !attackers(m)).collect();
    let all_attackers = victims.is_empty();
    let counted = if all_attackers { &others } else { &victims };
    let counts: Vec<Count> = counted.iter().map(|m| count(m)).collect();
    let enumerated = commas.first() == Some(&true) && counts.len() > 2 && is_whole_of(&counts);
    let sum_of_victims = if enumerated { counts[0] } else { sum(&counts)? };
    let total =
        if all_attackers { sum_of_victims } else { with_attackers(sum_of_victims, &others)? };
    let whole = counted.len() == 1 || enumerated;
    let group = |pick: fn(&Group) -> bool| {
        counted.iter().any(|m| matches!(m, Member::Counted(g) if pick(g)))
    };
    let rule = match &counted[..] {
        _ if enumerated => "total before its parts",
        _ if numbered(&others).any(|g| g.attackers) && others.len() > 1 => "sum of a list",
        [Member::Counted(g)] if g.moved => "one of those injured",
        [Member::Counted(g)] if g.part => "part of a number",
        [Member::Counted(g)] if g.single => "an article counts one",
        [Member::Counted(_)] => "number of people",
        [Member::One(one)] if one.pointer => "somebody told of before",
        [Member::One(_)] => "somebody named",
        _ => "sum of a list",
    };
    Some(Bound {
        count: total,
        first,
        last,
        rule,
        attackers: all_attackers,
        part: whole && group(|g| g.part),
        moved: group(|g| g.moved),
        more: group(|g| g.more),
        pointer: counted.iter().all(|m| matches!(m, Member::One(one) if one.pointer)),
        himself: himself || (!all_attackers && others.len() > victims.len()),
    })
}

/// Numbered attackers in a list with victims: those who fell in a fight are all counted, those who
/// died in their own attack leave the higher bound open to them.
fn with_attackers(victims: Count, others: &[&Member<'_>]) -> Option<Count> {
    let attackers: Vec<Count> = numbered(others).filter(|g| g.attackers).map(|g| g.count).collect();
    if attackers.is_empty() {
        return Some(victims);
    }
    let all = sum(&[victims, sum(&attackers)?])?;
    let fight = numbered(others).filter(|g| !g.attackers).all(|g| g.armed);
    Some(if fight { all } else { Count { high: all.high, ..victims } })
}

/// The members that have a number.
fn numbered<'g>(members: &[&'g Member<'g>]) -> impl Iterator<Item = &'g Group> {
    members.iter().filter_map(|m| if let Member::Counted(group) = m { Some(*group) } else { None })
}

fn count(member: &Member<'_>) -> Count {
    match member {
        Member::Counted(group) => group.count,
        Member::One(_) | Member::Himself(_) => Count::exactly(1),
    }
}

/// Whether the first number is the sum of the others: "three people, two women and a boy".
fn is_whole_of(counts: &[Count]) -> bool {
    let best = |c: &Count| c.best;
    let rest: Option<u32> = counts[1..].iter().map(best).sum();
    rest.is_some() && counts[0].best == rest
}

/// The sum of numbers; what has no upper bound leaves the sum without one.
pub(super) fn sum(counts: &[Count]) -> Option<Count> {
    if let [one] = counts {
        return Some(*one);
    }
    let mut total = Count::exactly(0);
    let mut open = false;
    for count in counts {
        // "several": at least nobody knows how many; "as many as 170" may be none.
        let none = u32::from(count.high.is_none());
        let low = count.low.or(count.best).unwrap_or(none);
        let best = count.best.or(count.low).or(count.high.is_none().then_some(1));
        // "about 60" has a number and no bounds.
        let high = count.high.or(count.best.filter(|_| count.low.is_none()));
        open |= high.is_none();
        total.low = Some(total.low?.checked_add(low)?);
        total.best = match total.best.zip(best) {
            Some((a, b)) => Some(a.checked_add(b)?),
            None => None,
        };
        total.high = total.high.zip(high).and_then(|(a, b)| a.checked_add(b));
    }
    if open {
        total.high = None;
    }
    Some(total)
}
