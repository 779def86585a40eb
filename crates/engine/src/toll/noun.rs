//! Counts that hang on a noun: "the toll rose to 145", "12 bodies", "the deaths of two guards".

use crate::lexicon::{Harm, Mention};
use crate::resolved::Count;
use crate::text::Shape;
use crate::toll::bind::{beside, subject};
use crate::toll::group::{Counted, Group};
use crate::toll::hurt;
use crate::toll::line::{Line, is_adverb};
use crate::toll::list::{Bound, objects, whole_list};
use crate::toll::one::one_before;

/// Words for a total.
const TALLIES: &[&str] = &["count", "number", "numbered", "tally", "toll", "tolls"];

/// Whether a mention is a word for a total: a toll, a number of dead.
pub(super) fn is_tally(line: &Line<'_>, word: &Mention<'_>) -> bool {
    let corrected = line.is(word.last - 1, &["to"]);
    corrected || (word.first..word.last).any(|i| line.is(i, TALLIES))
}

/// Whether a word of harm stands as a noun behind "the number of" or "the": "put the dead at 160".
pub(super) fn is_named_number(line: &Line<'_>, word: &Mention<'_>) -> bool {
    let before = line.before(word.first);
    let number = before == "of"
        && word.first >= 2
        && line.is(word.first - 2, &["number", "toll", "total", "count", "figure"]);
    // "put the dead at 160", "gave a figure for the wounded, 200,".
    let apposed = line.word(word.last) == ","
        && line.shape(word.last + 1) == Some(Shape::Number)
        && line.is(word.last + 2, &[",", ".", "and", ""]);
    let article = before == "the" && (line.is(word.last, &["at", "to"]) || apposed);
    number || article
}

/// The figure of a toll: the one behind "to" or "at", not the one behind "from".
pub(super) fn of_tally(line: &Line<'_>, groups: &[Group], word: &Mention<'_>) -> Option<Bound> {
    let counts = |g: &&Group| g.counted != Counted::Things && !g.single && !g.part;
    let after: Vec<&Group> = groups
        .iter()
        .filter(counts)
        .filter(|g| {
            // "The number of dead in the siege of X, a town on the coast of Y, had reached 40."
            let far = if RISEN.contains(&line.before(g.number.start)) { FARTHEST } else { FAR };
            g.number.start >= word.last && g.number.start - word.last <= far
        })
        .take_while(|g| !(word.last..g.number.start).any(|i| line.ends(i)))
        .collect();
    let told = after.iter().find(|g| TOLD.contains(&line.before(g.number.start)));
    let plain = || {
        after
            .iter()
            .find(|g| !line.is(g.number.start.wrapping_sub(1), &["from", "in", "than", "of"]))
    };
    // "brings to 86 the number of people killed".
    let brought = || {
        groups.iter().filter(counts).find(|g| {
            g.number.start > line.range.start
                && line.before(g.number.start) == "to"
                && word.first >= g.last
                && word.first - g.last <= 2
        })
    };
    let found = told.copied().or_else(brought).or_else(|| plain().copied());
    // "12 dead bodies", "a 12 toll" do not occur; "45 deaths toll" neither: what stands before is no toll.
    found.map(|g| of_group(g, "figure of a toll"))
}

/// How far behind its word the figure of a toll may stand.
const FAR: usize = 24;

/// How far behind, where a verb says that it grew to that figure.
const FARTHEST: usize = 45;

/// Verbs that say how far a toll has come.
const RISEN: &[&str] = &["exceeded", "hit", "passed", "reached", "topped"];

/// So near stands the word that says that somebody is guilty of them, in tokens.
const GUILT: usize = 6;

/// Words before the figure of a toll.
const TOLD: &[&str] = &[
    "to", "at", "reached", "hit", "hits", "reaches", "tops", "topped", "passed", "was", "is",
    "stands", "now", "as", "exceeded", "exceeds", "became", ",",
];

/// "12 bodies", "the deaths of two guards", "the lives of 12".
pub(super) fn of_noun(line: &Line<'_>, groups: &[Group], word: &Mention<'_>) -> Option<Bound> {
    if line.word(word.last) == "of" {
        let found = whole_list(line, groups, word.last + 1);
        let victims = found.filter(|b| b.rule != "himself");
        if let Some(bound) = victims {
            // "the murder of senator and candidate X": one person with two titles.
            let titles = bound.rule == "sum of a list"
                && bound.count == Count::exactly(2)
                && !(bound.first..bound.last)
                    .any(|i| line.is(i, &["a", "an", "the", "his", "her", "their", ","]))
                && !(bound.first..bound.last - 1)
                    .any(|i| line.is(i, &["and"]) && named(line, i - 1));
            let count = if titles { Count::exactly(1) } else { bound.count };
            return Some(Bound { rule: "deaths of people", count, ..bound });
        }
    }
    // "The raid cost 132 lives", but "hundreds of lives were changed".
    if line.is(word.first, &["lives"]) && !is_lost(line, word.first) {
        return None;
    }
    // "eight murders" may be charges or the year's, unless somebody is guilty of them.
    let guilty = || {
        let near = word.first.saturating_sub(GUILT)..word.first;
        near.into_iter().any(|i| line.is(i, &["confessed", "convicted", "guilt", "guilty"]))
    };
    if line.is(word.first, &["murders"]) && guilty() {
        let group = groups.iter().find(|g| g.last == word.first && !g.single);
        return group.map(|group| of_group(group, "number before its noun"));
    }
    if line.is(word.first, &["murder", "murders", "assassination", "assassinations"]) {
        return None;
    }
    let group = groups.iter().find(|g| g.last == word.first && g.counted != Counted::Things);
    match group {
        Some(group) if !group.single => Some(of_group(group, "number before its noun")),
        Some(group) if line.is(word.first, &["body", "death"]) => {
            Some(Bound { pointer: true, ..of_group(group, "number before its noun") })
        }
        _ => None,
    }
}

/// "It cost four women their lives", "claimed four victims": whom a deed takes, by no word of harm.
pub(super) fn cost(line: &Line<'_>, groups: &[Group]) -> Vec<(Mention<'static>, Bound)> {
    const TAKES: &[&str] = &["claim", "claimed", "claiming", "claims", "cost", "costing", "costs"];
    let word = |i: usize| Mention { first: i, last: i + 1, senses: &[], actor: None };
    let takes = line.range.clone().filter(|&i| line.is(i, TAKES));
    takes
        .filter_map(|i| {
            let bound = objects(line, groups, i + 1)?;
            let (whose, lives) = (bound.last, bound.last + 1);
            let life =
                line.is(whose, &["her", "his", "their"]) && line.is(lives, &["life", "lives"]);
            let victims = line.is(whose - 1, &["victim", "victims"]) && bound.count.low.is_some();
            let taken = (life || victims && !line.word(i).starts_with("cost")) && !bound.attackers;
            taken.then(|| (word(i), Bound { rule: "deaths of people", ..bound }))
        })
        .collect()
}

/// Whether lives are lost: by the verb before them or right behind.
fn is_lost(line: &Line<'_>, lives: usize) -> bool {
    const REACH: usize = 8;
    const TAKES: &[&str] =
        &["claim", "cost", "end", "lose", "losing", "loss", "lost", "snuff", "take", "took"];
    let taken = |i: usize| TAKES.iter().any(|verb| line.word(i).starts_with(verb));
    (lives.saturating_sub(REACH)..lives).any(taken) || (lives + 1..lives + 4).any(taken)
}

/// What makes a figure of "the number": "put the number at", "the number reached".
const IS_FIGURE: &[&str] = &["as", "at", "higher", "larger", "lower", "reached", "rose", "smaller"];

/// Whether a mention is a word for a number that does not say of what: "put the figure at 160".
pub(super) fn is_figure(line: &Line<'_>, word: &Mention<'_>) -> bool {
    let tokens = || word.first..word.last;
    tokens().any(|i| line.is(i, &["figure", "number"])) && tokens().any(|i| line.is(i, IS_FIGURE))
}

/// "Put the number as high as 160", "a far smaller figure, of 10 to 50": the bare number behind.
pub(super) fn of_figure(line: &Line<'_>, groups: &[Group], word: &Mention<'_>) -> Option<Bound> {
    const NEAR: usize = 4;
    let group = groups.iter().find(|g| g.number.start >= word.last)?;
    let near = group.number.start - word.last <= NEAR && !group.single && !group.part;
    let bare = group.counted == Counted::Bare || group.counted == Counted::People;
    let led = word.last == group.number.start
        || (word.last..group.number.start)
            .all(|i| line.is(i, &[",", "of", "at", "perhaps", "some", "about"]));
    (near && bare && led).then(|| of_group(group, ANOTHER_FIGURE))
}

/// Whether a mention says that somebody was buried, in a grave and not under a house.
pub(super) fn is_burial(line: &Line<'_>, word: &Mention<'_>) -> bool {
    line.is(word.last - 1, &["buried"])
        && !line.is(word.last, &["alive", "beneath", "by", "under"])
        && !(line.is(word.last, &["in"]) && line.is(word.last + 1, &["debris", "rubble", "the"]))
}

/// The rule of those who were buried: so many are dead, and nobody says that they are all.
pub(super) const BURIED: &str = "those who were buried";

/// The rule of a number that only stands beside a count of the dead.
pub(super) const ANOTHER_FIGURE: &str = "another figure";

/// Whether token `i` is written as a name.
fn named(line: &Line<'_>, i: usize) -> bool {
    matches!(line.shape(i), Some(Shape::Capital | Shape::Upper))
}

/// "a man with a gunshot wound": who has the wounds, not how many there are.
pub(super) fn of_wound(line: &Line<'_>, groups: &[Group], word: &Mention<'_>) -> Option<Bound> {
    let from = line.range.start.max(word.first.saturating_sub(14));
    let mut end = word.first;
    while end > from {
        let group = groups.iter().find(|g| g.last == end && g.counted == Counted::People);
        if let Some(group) = group {
            return Some(of_group(group, "those with wounds"));
        }
        if let Some(one) = one_before(line, end).filter(|_| !line.is(end, &["s"])) {
            let bound = Bound::one(one.first, one.last);
            let (pointer, attackers) = (one.pointer, one.attackers);
            return Some(Bound { rule: "those with wounds", pointer, attackers, ..bound });
        }
        if line.ends(end - 1) || line.harm(end - 1).is_some() {
            return None;
        }
        end -= 1;
    }
    None
}

/// "eight were in hospital", "three of them in critical condition".
pub(super) fn of_condition(line: &Line<'_>, groups: &[Group], word: &Mention<'_>) -> Option<Bound> {
    let mut end = word.first;
    while end > line.range.start
        && (line.is(
            end - 1,
            &[
                "was", "were", "is", "are", "remain", "remains", "remained", "still", "a", "the",
                "been", "has", "have",
            ],
        ) || is_adverb(line.before(end)))
    {
        end -= 1;
    }
    beside(line, groups, end)
        .or_else(|| subject(line, groups, end))
        .filter(|b| !(b.last..word.first).any(|i| line.harm(i).is_some()))
        .map(|b| Bound { rule: "those in a hospital", ..b })
}

fn of_group(group: &Group, rule: &'static str) -> Bound {
    let count: Count = group.count;
    Bound {
        count,
        first: group.number.start,
        last: group.last,
        rule,
        attackers: group.attackers,
        part: group.part,
        moved: group.moved,
        more: group.more,
        pointer: false,
        himself: false,
    }
}

/// "the 51st person to be killed", "a third victim died": so many have died by then.
pub(super) fn nth(line: &Line<'_>) -> Option<(Count, usize, usize)> {
    const VICTIMS: &[&str] = &["person", "victim", "fatality", "death"];
    line.range.clone().find_map(|i| {
        // "… and a seventh died on the way".
        let alone = line.before(i) == "a" && line.harm(i + 1) == Some(Harm::Killed);
        if let Some(count) = hurt::ordinal(line.word(i)).filter(|_| alone) {
            return Some((count, i, i + 1));
        }
        let described = || {
            let (person, _) = line.person(i)?;
            let ordinal = person.first.checked_sub(1)?;
            (person.last == i + 1 && line.before(ordinal) == "a").then_some(ordinal)
        };
        let victim = line.is(i, VICTIMS);
        let killed = (i + 1..i + 5).any(|k| line.harm(k) == Some(Harm::Killed));
        let before = if victim { i.checked_sub(1)? } else { described()? };
        let small = hurt::ordinal(line.word(before)).filter(|_| killed);
        if let Some(count) = small {
            return Some((count, before, i + 1));
        }
        if !victim {
            return None;
        }
        let number = i.checked_sub(2)?;
        let ending = line.is(before, &["st", "nd", "rd", "th"]);
        let n = line.word(number).parse::<u32>().ok().filter(|_| ending)?;
        Some((Count::exactly(n), number, i + 1))
    })
}
