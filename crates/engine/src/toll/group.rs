//! Noun phrases that count people: "at least 12 soldiers", "two others", "four of them".

use std::ops::Range;

use crate::lexicon::{Act, Cue, Form, Part, Role, Sense};
use crate::number::{Number, numbers};
use crate::ontology::Sort;
use crate::resolved::Count;
use crate::toll::line::{AUXILIARIES, Line, MAKING, PREPOSITIONS, SUBORDINATORS, is_adverb};

/// A number with those whom it counts.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that the text says or does not")]
pub(super) struct Group {
    /// The tokens of the number, with its bounds.
    pub(super) number: Range<usize>,
    /// One past the noun.
    pub(super) last: usize,
    pub(super) count: Count,
    pub(super) counted: Counted,
    /// Whether the number is an article or "one".
    pub(super) single: bool,
    /// Whether those counted are the attackers.
    pub(super) attackers: bool,
    /// Whether they are soldiers or police.
    pub(super) armed: bool,
    /// Whether it is a part of another number: "four of them", "including four".
    pub(super) part: bool,
    /// "one of the wounded": who was counted under another harm before.
    pub(super) moved: bool,
    /// "two others": besides those told before.
    pub(super) more: bool,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// People, by a description.
    People,
    /// Nothing is named: "12 were killed".
    Bare,
    /// A word that no dictionary has.
    Unknown,
    /// Weapons, buildings, attacks.
    Things,
}

/// All groups of a sentence, in order.
pub(super) fn groups(line: &Line<'_>) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    for number in numbers(line.text, line.range.clone()) {
        // "two of the seventeen hostages": the second number is within the first.
        let within = found.last().is_some_and(|g| g.part && number.tokens.start < g.last);
        if within {
            continue;
        }
        let group = group(line, &number);
        match found.last_mut().and_then(|before| Some((at_most(line, before, &group)?, before))) {
            Some((count, before)) => before.count = count,
            None => found.push(group),
        }
    }
    found
}

/// "At least 31 people, and possibly as many as 40, died": the second figure bounds the first above.
fn at_most(line: &Line<'_>, before: &Group, group: &Group) -> Option<Count> {
    const BETWEEN: &[&str] = &[",", "and", "or", "but", "(", "-", "–", "—"];
    const MAYBE: &[&str] = &["maybe", "perhaps", "possibly", "probably"];
    let (from, until) = (before.last, group.number.start);
    let led = (from..until).all(|i| line.is(i, BETWEEN) || line.is(i, MAYBE));
    let maybe = (from..until).any(|i| line.is(i, MAYBE));
    let low = before.count.low.or(before.count.best)?;
    let high = group.count.high.or(group.count.best).filter(|high| *high > low)?;
    let people = before.counted == Counted::People || before.counted == Counted::Bare;
    let bare = group.counted == Counted::Bare && !group.single && !group.part;
    let more = until > from && led && maybe && people && bare;
    more.then_some(Count { low: Some(low), best: None, high: Some(high) })
}

/// "two of the seventeen hostages died": where those end of whom a number `of` takes some; not
/// where the larger number is counted too, as in "two of the 17 killed were nurses".
fn whole(line: &Line<'_>, of: usize) -> Option<usize> {
    let number = numbers(line.text, of + 2..line.range.end).into_iter().next()?;
    let noun = noun(line, number.last);
    let counted = noun.counted == Counted::People && !is_harmed(line, noun.last);
    let told = line.is(noun.last, &["who", "whom", "that", "whose"]);
    (number.tokens.start == of + 2 && !number.single && counted && !told).then_some(noun.last)
}

fn group(line: &Line<'_>, number: &Number) -> Group {
    let mut at = number.last;
    let of = line.word(at) == "of";
    let pronoun = line.is(at + 1, &["them", "whom", "those", "these", "us"]);
    let mut part = of && pronoun;
    let mut moved = false;
    if part {
        at += 2;
    } else if of && line.is(at + 1, &["the", "his", "her", "their", "its"]) {
        // "one of the wounded", "two of the victims": taken from those told of before.
        let (next, last) = (line.word(at + 2), at + 3);
        moved =
            matches!(next, "wounded" | "injured" | "hospitalised" | "hospitalized" | "hostages");
        let whole = whole(line, at);
        part = true;
        at = whole.unwrap_or(last);
        let told = line.person(at - 1).is_some() || line.is(at - 1, &["dead", "killed"]);
        // "five of its Chadian blue helmets".
        let own = (!line.is(number.last + 1, &["the"])).then(|| noun(line, number.last + 2));
        let own = own.filter(|n| n.last > number.last + 2 && n.counted != Counted::Things);
        match own {
            Some(own) if !told && !moved && whole.is_none() => at = own.last,
            _ if !told && !moved && whole.is_none() => {
                part = false;
                at = number.last;
            }
            _ => {}
        }
    }
    let more = line.is(at, &["others", "more", "other", "additional", "further"])
        || line.word(number.tokens.start) == "another"
        || line.before(number.tokens.start) == "another";
    let noun = noun(line, at);
    let (last, mut counted) = if part { (at, Counted::Bare) } else { (noun.last, noun.counted) };
    if number.single && counted == Counted::Bare && !part {
        let one =
            line.is(number.tokens.start, &["one", "another"]) || line.before(number.last) == "one";
        counted = if one { Counted::Bare } else { Counted::Things };
    }
    let attackers = noun.attackers && !part;
    let part = part || is_included(line, number);
    Group {
        number: number.tokens.start..number.last,
        last,
        count: number.count,
        counted,
        single: number.single,
        attackers,
        armed: noun.armed,
        part,
        moved,
        more,
    }
}

/// The noun behind a number.
struct Noun {
    last: usize,
    counted: Counted,
    attackers: bool,
    armed: bool,
}

/// Marks of the end of words that are quoted.
const QUOTES: &[&str] = &["\"", "”", "»", "''"];

/// How many words may stand between a number and what it counts.
const LONGEST: usize = 7;

fn noun(line: &Line<'_>, from: usize) -> Noun {
    let (mut at, mut people, mut things) = (from, None, false);
    let (mut attackers, mut armed) = (false, false);
    // 'deplores "about ten" victims'.
    at += usize::from(line.is(at, QUOTES) && line.shape(at + 1).is_some());
    while at < line.range.end && at - from < LONGEST {
        if let Some((mention, role)) = line.person(at).filter(|(m, _)| m.first == at) {
            (people, attackers) =
                (Some(mention.last), matches!(role, Role::Perpetrator | Role::Suspect));
            armed = mention
                .senses
                .iter()
                .any(|s| matches!(s, Sense::Person(Sort::Military | Sort::Police, _)));
            at = mention.last;
            continue;
        }
        if let Some(mention) = line.mention(at).filter(|m| m.first == at) {
            let is = |pick: &dyn Fn(Sense) -> bool| mention.senses.iter().any(|&s| pick(s));
            if is(&|s| matches!(s, Sense::Casualty(..))) {
                break;
            }
            if is(&|s| {
                matches!(
                    s,
                    Sense::Actor(..) | Sense::Demonym(_) | Sense::Country(_) | Sense::Force(..)
                )
            }) {
                at = mention.last;
                continue;
            }
            if is(&|s| {
                matches!(
                    s,
                    Sense::Thing(_) | Sense::Weapon(..) | Sense::Act(Act { part: Part::Noun, .. })
                )
            }) {
                things = true;
                at = mention.last;
                continue;
            }
            if people.is_some() && is(&|s| matches!(s, Sense::Act(_) | Sense::Cue(Cue::Report))) {
                break;
            }
        }
        // "an off-duty soldier".
        if line.reads(at, "off duty") {
            at += 2;
            continue;
        }
        let word = line.word(at);
        // "three tankers exploded": a verb ends the phrase.
        let verb = at > from && people.is_none() && word.len() > 4 && word.ends_with("ed");
        let stops = verb
            || PREPOSITIONS.contains(&word)
            || AUXILIARIES.contains(&word)
            || SUBORDINATORS.contains(&word)
            || matches!(
                word,
                "and"
                    | "or"
                    | "who"
                    | "whom"
                    | "which"
                    | "including"
                    | "he"
                    | "she"
                    | "they"
                    | "his"
                    | "her"
                    | "their"
                    | "the"
                    | "a"
                    | "an"
                    | "not"
                    | "did"
                    | "do"
                    | "also"
                    | "died"
                    | "escaped"
                    | "survived"
                    | "this"
                    | "so"
            )
            || !word.starts_with(|c: char| c.is_alphanumeric());
        if stops || people.is_some_and(|last| last == at && !modifies(line, at)) {
            break;
        }
        at += 1;
    }
    while people.is_none()
        && at > from
        && (is_adverb(line.word(at - 1)) || MAKING.contains(&line.word(at - 1)))
    {
        at -= 1;
    }
    let counted = match people {
        Some(_) => Counted::People,
        None if things => Counted::Things,
        None if at == from => Counted::Bare,
        None if line.is(at - 1, &["others", "more", "other"]) => Counted::Bare,
        None => Counted::Unknown,
    };
    Noun { last: people.unwrap_or(at), counted, attackers, armed }
}

/// Whether the word at `at`, behind a description, goes on with it: "police officers", "school boys".
fn modifies(line: &Line<'_>, at: usize) -> bool {
    (at..at + 2).any(|i| line.person(i).is_some_and(|(m, _)| m.first == i))
        && line.shape(at).is_some()
}

/// "including three children", "among them three children".
fn is_included(line: &Line<'_>, number: &Number) -> bool {
    let start = number.tokens.start;
    let cue = |m: &&crate::lexicon::Mention<'_>| m.senses.contains(&Sense::Cue(Cue::Included));
    line.mentions.iter().filter(cue).any(|m| {
        // "29 children were among the dead, and 340 were hurt": the part stands before.
        let behind = line.is(m.first.wrapping_sub(1), &["was", "were", "are", "is"]);
        // "a guard among the dead, and 83 injured": a comma ends what "among" begins.
        let closed = line.is(m.first, &["among", "of"])
            && (m.last..start).any(|i| line.is(i, &[",", "and"]));
        !behind && !closed && m.last <= start && start - m.last <= 8 && {
            let between = m.last..start;
            !between.into_iter().any(|i| {
                line.ends(i)
                    || line.harm(i).is_some()
                    || line.is(i, &["was", "were", "while", "but", "when"])
            })
        }
    })
}

/// Whether a word of harm that is no noun begins at token `i`.
pub(super) fn is_harmed(line: &Line<'_>, i: usize) -> bool {
    line.mention(i).is_some_and(|m| {
        m.senses.iter().any(|s| matches!(s, Sense::Casualty(_, Form::Either | Form::Passive)))
    })
}
