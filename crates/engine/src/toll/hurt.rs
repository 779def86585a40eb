//! Those whose harm is told by what they have or where they are: "suffered burns", "nine people with
//! fractures", "eight were taken to the central hospital".

use crate::lexicon::{Mention, Sense};
use crate::resolved::Count;
use crate::toll::bind::{subject, verb_start};
use crate::toll::group::{Counted, Group};
use crate::toll::line::{Line, PREPOSITIONS};
use crate::toll::list::{Bound, objects};
use crate::toll::one::one_before;

/// Verbs of those who have a wound.
const HAVING: &[&str] = &[
    "get",
    "gets",
    "got",
    "had",
    "has",
    "have",
    "incurred",
    "nursing",
    "receive",
    "received",
    "receives",
    "receiving",
    "suffer",
    "suffered",
    "suffering",
    "suffers",
    "sustain",
    "sustained",
    "sustaining",
    "sustains",
];
/// Words that tie a wound to those who have it.
const TIES: &[&str] = &["for", "from", "with"];
/// Verbs that bring somebody to a hospital.
const BRINGING: &[&str] = &[
    "admitted",
    "airlifted",
    "brought",
    "evacuated",
    "ferried",
    "flown",
    "rushed",
    "sent",
    "taken",
    "took",
    "transferred",
    "transported",
];
const HOSPITALS: &[&str] = &["clinic", "clinics", "hospital", "hospitals", "infirmary"];
/// Those who are past help.
const DEAD: &[&str] = &["bodies", "body", "corpse", "corpses", "dead", "remains"];

/// Who has the wound that `word` names: "five recruits suffered shrapnel injuries", "treated 16 people
/// for cuts".
pub(super) fn had(line: &Line<'_>, groups: &[Group], word: &Mention<'_>) -> Option<Bound> {
    const WORDS: usize = 5;
    let from = line.range.start.max(word.first.saturating_sub(WORDS));
    // "for cuts" has its tie within.
    let head = word.first + usize::from(line.is(word.first, TIES));
    let tie = (from..head)
        .rev()
        .find(|&i| line.is(i, HAVING) || PREPOSITIONS.contains(&line.word(i)) || line.ends(i))?;
    let bound = if line.is(tie, HAVING) {
        subject(line, groups, verb_start(line, tie).0)?
    } else if line.is(tie, TIES) {
        let verb = tie.checked_sub(1).filter(|&i| line.is(i, HAVING));
        match verb {
            Some(verb) => subject(line, groups, verb_start(line, verb).0)
                .or_else(|| nearest(line, groups, verb))?,
            None => nearest(line, groups, tie)?,
        }
    } else {
        return None;
    };
    (!of_the_dead(line, &bound)).then_some(Bound { rule: "those who have wounds", ..bound })
}

/// Whether a sentence with the word `word` may tell of people who are brought to a hospital.
pub(super) fn may_tell(word: &str) -> bool {
    HOSPITALS.contains(&word)
}

/// The last people before token `end` in its clause.
fn nearest(line: &Line<'_>, groups: &[Group], end: usize) -> Option<Bound> {
    const REACH: usize = 14;
    let from = line.range.start.max(end.saturating_sub(REACH));
    for at in (from + 1..=end).rev() {
        let people = |g: &&Group| {
            g.last == at && matches!(g.counted, Counted::People | Counted::Bare | Counted::Unknown)
        };
        if let Some(group) = groups.iter().find(people) {
            return Some(Bound {
                count: group.count,
                attackers: group.attackers,
                part: group.part,
                more: group.more,
                ..Bound::one(group.number.start, group.last)
            });
        }
        if let Some(one) = one_before(line, at) {
            let bound = Bound::one(one.first, one.last);
            return Some(Bound { pointer: one.pointer, attackers: one.attackers, ..bound });
        }
        if line.ends(at - 1) || line.harm(at - 1).is_some() {
            return None;
        }
    }
    None
}

fn of_the_dead(line: &Line<'_>, bound: &Bound) -> bool {
    (bound.first..bound.last).any(|i| line.is(i, DEAD)) || line.is(bound.last, DEAD)
}

/// "were taken to the Nasser hospital", "sent eight people to hospital": with the word of bringing,
/// where no word of the lexicon says so.
pub(super) fn brought(line: &Line<'_>, groups: &[Group]) -> Vec<(Mention<'static>, Bound)> {
    let word = |i: usize| Mention { first: i, last: i + 1, senses: &[], actor: None };
    let told = |i| {
        line.mention(i).is_some_and(|m| m.senses.iter().any(|s| matches!(s, Sense::Casualty(..))))
    };
    let verbs = line.range.clone().filter(|&i| line.is(i, BRINGING) && !told(i));
    verbs.filter_map(|i| Some((word(i), brought_by(line, groups, i)?))).collect()
}

fn brought_by(line: &Line<'_>, groups: &[Group], verb: usize) -> Option<Bound> {
    const REACH: usize = 7;
    let (first, passive) = verb_start(line, verb);
    let bound =
        if passive { subject(line, groups, first)? } else { objects(line, groups, verb + 1)? };
    let from = if passive { verb + 1 } else { bound.last };
    let to = line.is(from, &["at", "in", "into", "to"]);
    let hospital = (from + 1..from + REACH)
        .take_while(|&i| !line.ends(i) && !line.is(i, &[",", "and"]))
        .any(|i| line.is(i, HOSPITALS));
    let people = !bound.pointer && !bound.attackers && !of_the_dead(line, &bound);
    (to && hospital && people).then_some(Bound {
        rule: "those in a hospital",
        part: bound.part || !bound.more,
        ..bound
    })
}

/// "a third one injured", "a fifth crawled away with a shattered knee": one more than those told of,
/// where token `end` follows the ordinal or its noun.
pub(super) fn one_more(line: &Line<'_>, end: usize) -> Option<usize> {
    let ordinal = |i: usize| line.is(i, ORDINALS) && line.is(i.wrapping_sub(1), &["a", "an"]);
    let head = end.checked_sub(1)?;
    let at = [head, head.wrapping_sub(1)].into_iter().find(|&i| ordinal(i))?;
    let is_one = at == head && line.person(end).is_none() || at < head && line.is(head, &["one"]);
    (is_one && at > line.range.start).then(|| at - 1)
}

/// "two killed and a third one injured": one more, right before a word of harm without a verb.
pub(super) fn another(line: &Line<'_>, end: usize) -> Option<Bound> {
    let first = one_more(line, end)?;
    Some(Bound { rule: "somebody named", pointer: false, ..Bound::one(first, end) })
}

/// Ordinals that count people behind "a".
const ORDINALS: &[&str] = &[
    "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// The count that a person behind one of [`ORDINALS`] makes full: "a fourth soldier died" is four.
pub(super) fn ordinal(word: &str) -> Option<Count> {
    let n = ORDINALS.iter().position(|ordinal| *ordinal == word)?;
    Some(Count::exactly(u32::try_from(n).ok()? + 3))
}
