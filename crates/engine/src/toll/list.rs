//! Lists of people and their sum: "12 soldiers, a guard and two of his sons".

use crate::resolved::Count;
use crate::text::Shape;
use crate::toll::group::{Counted, Group, is_harmed};
use crate::toll::line::{AUXILIARIES, Line, PREPOSITIONS, is_adverb};
use crate::toll::one::{One, one_after, one_before};
use crate::toll::sum::{bound, sum};

/// Those whom a word of harm counts.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that the text says or does not")]
pub(super) struct Bound {
    pub(super) count: Count,
    /// The tokens that it rests on.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) rule: &'static str,
    pub(super) attackers: bool,
    pub(super) part: bool,
    pub(super) moved: bool,
    pub(super) more: bool,
    /// Whether it only points to somebody told of elsewhere: "he died", "the victim died".
    pub(super) pointer: bool,
    /// Whether an attacker is told beside them: "killing himself and five others".
    pub(super) himself: bool,
}

impl Bound {
    /// Somebody of whom nothing else is known.
    pub(super) fn one(first: usize, last: usize) -> Self {
        Self {
            count: Count::exactly(1),
            first,
            last,
            rule: "somebody told of before",
            attackers: false,
            part: false,
            moved: false,
            more: false,
            pointer: true,
            himself: false,
        }
    }
}

/// One member of a list.
pub(super) enum Member<'g> {
    Counted(&'g Group),
    One(One),
    Himself(usize),
}

impl Member<'_> {
    pub(super) fn first(&self) -> usize {
        match self {
            Self::Counted(group) => group.number.start,
            Self::One(one) => one.first,
            Self::Himself(at) => *at,
        }
    }

    pub(super) fn last(&self) -> usize {
        match self {
            Self::Counted(group) => group.last,
            Self::One(one) => one.last,
            Self::Himself(at) => at + 1,
        }
    }
}

/// The object of an active word that ends before token `at`: "killing 12 and the driver".
pub(super) fn objects(line: &Line<'_>, groups: &[Group], at: usize) -> Option<Bound> {
    list_after(line, groups, at, false)
}

/// A list that no other word can claim a part of: "the bodies of Ann Lee and Tom Ray were found".
pub(super) fn whole_list(line: &Line<'_>, groups: &[Group], at: usize) -> Option<Bound> {
    list_after(line, groups, at, true)
}

fn list_after(line: &Line<'_>, groups: &[Group], at: usize, whole: bool) -> Option<Bound> {
    let mut at = at;
    while is_adverb(line.word(at)) && !groups.iter().any(|g| g.number.start == at) {
        at += 1;
    }
    let mut members = Vec::new();
    let mut commas = Vec::new();
    while let Some(member) = member_after(line, groups, at) {
        let last = skip_apposition(line, groups, member.last());
        // "killing 12 and two were wounded": the second belongs to another word.
        if !whole && !members.is_empty() && is_of_another(line, member.last()) {
            break;
        }
        let part = matches!(&member, Member::Counted(g) if g.part && !is_of_his(line, g));
        if part && !members.is_empty() {
            break;
        }
        members.push(member);
        let Some((next, comma)) = connector(line, last) else { break };
        commas.push(comma);
        at = next;
    }
    // "killing 12, a spokesman said": behind a comma alone nothing goes on.
    let listed = commas.iter().take(members.len().saturating_sub(1)).rposition(|comma| !comma);
    members.truncate(listed.map_or(1, |n| n + 2));
    commas.truncate(members.len().saturating_sub(1));
    bound(&members, &commas)
}

/// "the leader and four of his guards": those of whom they are a part are told of nowhere else.
fn is_of_his(line: &Line<'_>, group: &Group) -> bool {
    let of = group.number.end;
    line.word(of) == "of" && line.is(of + 1, &["her", "his", "its", "their"])
}

/// Those whom a word counts, and those who come on top behind it: "were killed along with two others".
pub(super) fn with_others(line: &Line<'_>, groups: &[Group], at: usize, own: Bound) -> Bound {
    let Some(behind) = together(line, at) else { return own };
    let others = list_after(line, groups, behind, false).filter(|b| !b.attackers && !b.pointer);
    let total = others.as_ref().and_then(|b| sum(&[own.count, b.count]));
    match (others, total) {
        (Some(others), Some(count)) if !own.attackers && !own.pointer => {
            Bound { count, last: others.last, rule: "sum of a list", more: false, ..own }
        }
        _ => own,
    }
}

/// One past the words from token `at` on that add somebody: "along with", "together with".
fn together(line: &Line<'_>, at: usize) -> Option<usize> {
    const WORDS: &[&str] = &["along with", "as well as", "together with"];
    let words = WORDS.iter().find(|words| line.reads(at, words))?;
    Some(at + words.split(' ').count())
}

fn member_after<'g>(line: &Line<'_>, groups: &'g [Group], at: usize) -> Option<Member<'g>> {
    if line.is(at, &["himself", "herself", "themselves", "itself"]) {
        return Some(Member::Himself(at));
    }
    let mut start = at;
    while start < at + 3
        && line.is(
            start,
            &[
                "the",
                "his",
                "her",
                "their",
                "its",
                "also",
                "all",
                "some",
                "about",
                "around",
                "roughly",
                "approximately",
                "what",
                "another",
                "other",
                "an",
                "a",
                "estimated",
                "total",
                "of",
            ],
        )
        && !groups.iter().any(|g| g.number.start == start)
    {
        start += 1;
    }
    let group = groups.iter().find(|g| g.number.start == at || g.number.start == start);
    if let Some(group) = group {
        return (group.counted != Counted::Things).then_some(Member::Counted(group));
    }
    one_after(line, at).map(Member::One)
}

pub(super) fn member_before<'g>(
    line: &Line<'_>,
    groups: &'g [Group],
    end: usize,
) -> Option<Member<'g>> {
    let group = groups.iter().find(|g| g.last == end && g.counted != Counted::Things);
    if let Some(group) = group {
        return Some(Member::Counted(group));
    }
    if groups.iter().any(|g| g.number.contains(&(end - 1)) || g.last == end) {
        return None;
    }
    one_before(line, end).map(Member::One)
}

/// The list that ends with `member`, as one number.
pub(super) fn listed_before<'g>(
    line: &Line<'_>,
    groups: &'g [Group],
    member: Member<'g>,
) -> Option<Bound> {
    let mut members = vec![member];
    let mut commas = Vec::new();
    while let Some(first) = members.last().map(Member::first) {
        let mut at = first;
        while at > line.range.start
            && line.is(
                at - 1,
                &["the", "his", "her", "their", "its", "also", "about", "another", "some"],
            )
        {
            at -= 1;
        }
        let and = matches!(line.before(at), "and" | "or");
        if and {
            at -= 1;
        }
        let comma = line.before(at) == ",";
        if comma {
            at -= 1;
        }
        // Without "and" further on, a comma alone is no list, but in headlines.
        let headline = || comma && is_opening(line, groups, at) && is_numbered(&members);
        if !and && (!comma || commas.is_empty()) && !headline() {
            break;
        }
        // ", 34," and other asides behind the member before.
        let end = if line.shape(at.wrapping_sub(1)) == Some(Shape::Number)
            && line.before(at - 1) == ","
            && !groups.iter().any(|g| g.last == at)
        {
            at - 2
        } else {
            at
        };
        let named = || member_before(line, groups, before_name(line, groups, end)?);
        let Some(mut next) = member_before(line, groups, end).or_else(named) else { break };
        // "four soldiers, including a major, and a constable".
        if let Member::Counted(Group { part: true, number, .. }) = next {
            let open = opening(line, number.start);
            let whole = open.and_then(|open| member_before(line, groups, open));
            // "seven people dead, among them a woman, and 31 hurt": she is of the dead.
            let Some(whole) = whole else { break };
            next = whole;
        }
        let governed =
            PREPOSITIONS.contains(&line.before(next.first())) && !is_body(line, next.first());
        // "…, Mary, and ten people are dead": a name between commas is no member.
        let number = matches!(members.last(), Some(Member::Counted(_)));
        let aside = number && and && comma && matches!(&next, Member::One(_));
        let pointer = matches!(&next, Member::One(one) if one.pointer) || aside;
        if governed || pointer {
            break;
        }
        commas.push(comma && !and);
        members.push(next);
    }
    members.reverse();
    commas.reverse();
    bound(&members, &commas)
}

/// "Two gendarmes, one civilian die": whether those who end at token `end` open the sentence.
fn is_opening(line: &Line<'_>, groups: &[Group], end: usize) -> bool {
    let opens = |g: &&Group| g.number.start == line.range.start && g.last == end && !g.part;
    groups.iter().any(|g| opens(&g) && g.counted == Counted::People)
}

/// Whether the one member is counted with a number.
fn is_numbered(members: &[Member<'_>]) -> bool {
    matches!(members, [Member::Counted(g)] if g.counted == Counted::People && !g.part)
}

/// The first member of a list of which only the last stands by its plural verb: "A teenager on her way
/// home and a soldier were shot dead".
pub(super) fn opened<'g>(line: &Line<'_>, groups: &'g [Group], last: &Bound) -> Option<Member<'g>> {
    let and = last.first.checked_sub(1).filter(|&i| line.is(i, &["and"]))?;
    let first = member_after(line, groups, line.range.start)?;
    let person = match &first {
        Member::Counted(group) => group.counted == Counted::People && !group.part,
        Member::One(one) => !one.pointer && line.person(one.last - 1).is_some(),
        Member::Himself(_) => false,
    };
    let clause = (first.last()..and).any(|i| AUXILIARIES.contains(&line.word(i)) || line.ends(i));
    (person && first.last() < and && !clause).then_some(first)
}

/// Where a group ends that a name follows: "three members of the League".
fn before_name(line: &Line<'_>, groups: &[Group], end: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    let from = end.saturating_sub(LONGEST).max(line.range.start);
    let of = (from..end).rev().find(|&i| line.is(i, &["of", "from"]))?;
    let group = groups.iter().find(|g| g.last == of)?;
    let name = !line.is(of + 1, &["the", "them", "those"]) || of + 2 < end;
    let people = match group.counted {
        Counted::People => true,
        // "Three members of Al-Nur".
        Counted::Unknown => {
            line.is(of - 1, &["members"])
                && matches!(line.shape(of + 1), Some(Shape::Capital | Shape::Upper))
        }
        Counted::Bare | Counted::Things => false,
    };
    // "A superintendent of police and 28 of his men".
    let several = !group.single || group.counted == Counted::People;
    (name && several && people).then_some(of)
}

/// Behind a member: the age, the description and the place that go with it.
fn skip_apposition(line: &Line<'_>, groups: &[Group], at: usize) -> usize {
    let at = skip_place(line, groups, at);
    if line.word(at) != "," {
        return at;
    }
    let age = line.shape(at + 1) == Some(Shape::Number)
        && matches!(line.word(at + 2), "," | "and" | "." | "")
        && line.word(at + 1).parse::<u32>().is_ok_and(|n| n < 110);
    if age {
        return if line.word(at + 2) == "," && line.word(at + 3) == "and" {
            at + 3
        } else {
            at + 2
        };
    }
    let described =
        line.is(at + 1, &["a", "an", "the", "who", "aged", "his", "her", "both", "one"]);
    let closing =
        (at + 2..at + 14).find(|&i| line.word(i) == "," || line.ends(i) || line.harm(i).is_some());
    match closing {
        Some(i) if described && line.word(i) == "," && line.word(i + 1) == "and" => i,
        _ => at,
    }
}

/// "13 members of the guard and 170 Afghans": a phrase with a preposition inside a list of numbers.
fn skip_place(line: &Line<'_>, groups: &[Group], at: usize) -> usize {
    if !line.is(at, &["of", "from", "in", "at", "near"]) {
        return at;
    }
    let until = (at + 1..at + 8).find(|&i| {
        line.word(i) == "and"
            || together(line, i).is_some()
            || line.ends(i)
            || line.harm(i).is_some()
            || line.word(i) == ","
            || AUXILIARIES.contains(&line.word(i))
    });
    // "a councillor of the town and her guard".
    let hers =
        |and: usize| line.is(and + 1, &["her", "his", "their"]) && line.person(and + 2).is_some();
    let next = |and: usize| {
        hers(and)
            || groups.iter().any(|g| {
                !g.single
                    && g.number.start > and
                    && g.number.start <= and + 2
                    && g.counted != Counted::Things
            })
    };
    match until {
        Some(and) if line.word(and) == "and" && next(and) || together(line, and).is_some() => and,
        _ => at,
    }
}

/// Where a list goes on behind "and", "as well as" or a comma.
fn connector(line: &Line<'_>, at: usize) -> Option<(usize, bool)> {
    let comma = line.word(at) == ",";
    let at = at + usize::from(comma);
    for words in ["and", "as well as", "along with", "together with", "plus"] {
        if line.reads(at, words) {
            return Some((at + words.split(' ').count(), false));
        }
    }
    comma.then_some((at, true))
}

/// Whether another word of harm follows at once: "two were wounded", "12 wounded".
fn is_of_another(line: &Line<'_>, at: usize) -> bool {
    let mut i = at;
    while AUXILIARIES.contains(&line.word(i)) || is_adverb(line.word(i)) {
        i += 1;
    }
    i < line.range.end && (is_harmed(line, i) || i > at)
}

/// The token of the comma or bracket that opens what the one at `close` closes.
pub(super) fn opening(line: &Line<'_>, close: usize) -> Option<usize> {
    let mark = if line.word(close) == ")" { "(" } else { "," };
    let from = line.range.start.max(close.saturating_sub(25));
    (from..close).rev().find(|&i| line.word(i) == mark)
}

/// "bodies of", "a total of", "deaths of": what follows is the subject all the same.
pub(super) fn is_body(line: &Line<'_>, at: usize) -> bool {
    line.before(at) == "of"
        && at >= 2
        && line.is(
            at - 2,
            &["bodies", "total", "lives", "deaths", "remains", "number", "majority", "group"],
        )
}
