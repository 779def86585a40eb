//! Somebody without a number: a name, "the driver", "her daughter", "he".

use crate::lexicon::{Role, Sense};
use crate::toll::hurt::one_more;
use crate::toll::line::{AUXILIARIES, Line, PREPOSITIONS, SUBORDINATORS, is_singular};

/// Somebody without a number: a name, "the driver", "her daughter", "he".
#[derive(Clone, Debug, PartialEq)]
pub(super) struct One {
    pub(super) first: usize,
    pub(super) last: usize,
    /// Whether it only points to somebody told of elsewhere.
    pub(super) pointer: bool,
    pub(super) attackers: bool,
}

/// Words that point to somebody.
const POINTERS: &[&str] = &["he", "she", "him", "whom", "who"];
/// Words before a description of one who is known.
const DEFINITE: &[&str] =
    &["the", "his", "her", "their", "its", "this", "that", "whose", "my", "our"];

/// Descriptions that behind "the" only point to somebody told of before.
const COMMON: &[&str] = &[
    "attacker",
    "boy",
    "child",
    "driver",
    "girl",
    "gunman",
    "man",
    "officer",
    "person",
    "policeman",
    "shooter",
    "soldier",
    "suspect",
    "teen",
    "teenager",
    "victim",
    "woman",
];

/// The one who is named by the tokens up to `end`.
pub(super) fn one_before(line: &Line<'_>, end: usize) -> Option<One> {
    let head = end.checked_sub(1).filter(|&i| i >= line.range.start)?;
    if line.is(head, POINTERS) {
        return Some(One { first: head, last: end, pointer: true, attackers: false });
    }
    if let Some((mention, role)) = line.person(head).filter(|(m, _)| m.last == end) {
        if !is_singular(line.word(head)) {
            return None;
        }
        let mut first = mention.first;
        while first > line.range.start && first + 5 > mention.first && !line.is(first, DEFINITE) {
            let before = line.before(first);
            let stops = PREPOSITIONS.contains(&before)
                || AUXILIARIES.contains(&before)
                || matches!(before, "and" | "or" | "including" | "")
                || !before.starts_with(|c: char| c.is_alphanumeric());
            if stops {
                break;
            }
            first -= 1;
        }
        let pointer = line.is(first, &["the", "this", "that"]) && line.is(head, COMMON);
        let attackers = matches!(role, Role::Perpetrator | Role::Suspect);
        return Some(One { first, last: end, pointer, attackers });
    }
    if let Some(first) = one_more(line, end) {
        return Some(One { first, last: end, pointer: false, attackers: false });
    }
    let first = name_start(line, end)?;
    Some(One { first, last: end, pointer: false, attackers: false })
}

/// The one who is named by the tokens from `at` on.
pub(super) fn one_after(line: &Line<'_>, at: usize) -> Option<One> {
    if line.is(at, &["him", "her"])
        && line.person(at + 1).is_none()
        && line.shape(at + 1) != Some(crate::text::Shape::Lower)
    {
        return Some(One { first: at, last: at + 1, pointer: true, attackers: false });
    }
    let mut i = at;
    while i < at + 6 {
        if let Some((mut mention, mut role)) = line.person(i).filter(|(m, _)| m.first == i) {
            while let Some((next, also)) =
                line.person(mention.last).filter(|(m, _)| m.first == mention.last)
            {
                (mention, role) = (next, also);
            }
            let end = mention.last;
            if !is_singular(line.word(end - 1)) {
                return None;
            }
            let last = name_end(line, end).unwrap_or(end);
            let the = line.word(at) == "the" && line.is(end - 1, COMMON);
            let pointer = the && last == end;
            if owns(line, last) {
                return None;
            }
            return Some(One {
                first: at,
                last,
                pointer,
                attackers: matches!(role, Role::Perpetrator | Role::Suspect),
            });
        }
        let word = line.word(i);
        let goes_on = word.starts_with(|c: char| c.is_alphanumeric())
            && line.harm(i).is_none()
            && !PREPOSITIONS.contains(&word)
            && !AUXILIARIES.contains(&word)
            && !SUBORDINATORS.contains(&word)
            && !matches!(word, "and" | "or" | "who" | "which" | "including" | "more");
        if !goes_on {
            break;
        }
        i += 1;
    }
    let last = name_end(line, at)?;
    Some(One { first: at, last, pointer: false, attackers: false })
        .filter(|one| !owns(line, one.last))
}

/// Whether a possessive ending stands at token `i`: "the mayor's budget" is no mayor.
fn owns(line: &Line<'_>, i: usize) -> bool {
    line.shape(i) == Some(crate::text::Shape::Possessive)
}

/// Whether token `i` can be of a person's name: a capital that is no place, day or organisation.
fn is_name(line: &Line<'_>, i: usize) -> bool {
    use crate::text::Shape;
    if line.text.case == crate::text::Case::Flat {
        return false;
    }
    let capital = matches!(line.shape(i), Some(Shape::Capital | Shape::Upper));
    let other = line.mention(i).is_some_and(|m| {
        m.senses.iter().any(|s| {
            matches!(
                s,
                Sense::Actor(..)
                    | Sense::Country(_)
                    | Sense::Demonym(_)
                    | Sense::Site(_)
                    | Sense::Act(_)
                    | Sense::Casualty(..)
                    | Sense::Weapon(..)
                    | Sense::Force(..)
            )
        })
    });
    let word = line.word(i);
    capital
        && !other
        && !is_day(word)
        && !line.is(
            i,
            &[
                "the",
                "police",
                "authorities",
                "officials",
                "but",
                "and",
                "in",
                "on",
                "at",
                "they",
                "it",
                "there",
                "meanwhile",
                "others",
                "people",
            ],
        )
}

fn is_day(word: &str) -> bool {
    crate::number::is_month(word) || word.ends_with("day") && word.len() >= 6
}

/// Small words inside names.
const PARTICLES: &[&str] =
    &["al", "bin", "ibn", "de", "da", "del", "la", "van", "von", "el", "ul", "abu", "dos"];

/// Where a name that ends before `end` begins: two words or more, or one behind a description.
fn name_start(line: &Line<'_>, end: usize) -> Option<usize> {
    let mut first = end;
    while first > line.range.start
        && (is_name(line, first - 1) || (first < end && line.is(first - 1, PARTICLES)))
    {
        first -= 1;
    }
    let length = end - first;
    // At the start of a sentence every word has a capital; a single one is no name by that.
    let enough = length >= 2 || (length == 1 && first > line.range.start);
    let governed = first > line.range.start && PREPOSITIONS.contains(&line.before(first));
    (length > 0 && enough && !governed).then_some(first)
}

fn name_end(line: &Line<'_>, at: usize) -> Option<usize> {
    let mut last = at;
    while is_name(line, last) || (last > at && line.is(last, PARTICLES)) {
        last += 1;
    }
    (last > at).then_some(last)
}
