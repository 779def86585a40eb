//! Figures that are not those of the act that is told: of the past, of other acts, of what might
//! have been, figures that a later one replaces.

use crate::lexicon::{Form, Mention, Sense};
use crate::text::Shape;
use crate::toll::line::Line;

/// Whether a figure is one that a later one replaces: "an earlier toll of 27", "first spoke of seven".
pub(super) fn is_replaced(line: &Line<'_>, figure: usize, word: &Mention<'_>) -> bool {
    let from = sentence_part(line, figure.min(word.first));
    let early = (from..figure.max(word.first)).any(|i| {
        line.is(i, &["earlier", "previously", "initially", "originally", "preliminary", "previous"])
            && !line.is(i + 1, &["on", "this", "in", "today", "that"])
            || line.word(i) == "first"
                && line.is(
                    i + 1,
                    &["spoke", "counted", "said", "put", "reported", "gave", "estimated"],
                )
            || line.reads(i, "at first")
            || line.reads(i, "on the first day")
            || line.reads(i, "until now")
            || line.reads(i, "had stood at")
    });
    // "Officials had counted 50 dead on the first day": said behind the figure.
    let (last, behind) = (figure.max(word.last), 8);
    let early = early
        || (last..last + behind)
            .take_while(|&i| !line.is(i, BORDERS))
            .any(|i| line.reads(i, "on the first day") || line.reads(i, "at first"));
    // "The count changed all day: the military spoke of 17, the police of 19".
    let changed = (line.range.start..from)
        .any(|i| line.is(i, &["count", "figure", "toll"]) && line.word(i + 1) == "changed");
    let from_to = line.before(figure) == "from" && is_tally_word(line, word);
    let corrected = line.before(figure) == "not" || line.reads(figure + 1, "as first reported");
    early || changed || from_to || corrected
}

fn is_tally_word(line: &Line<'_>, word: &Mention<'_>) -> bool {
    (word.first..word.last).any(|i| line.is(i, &["toll", "number", "count"]))
}

/// Whether nobody was harmed: "could have killed", "to kill", "attempted murder".
pub(super) fn is_unreal(line: &Line<'_>, word: &Mention<'_>) -> bool {
    let base = line.is(word.first, &["kill", "injure", "wound", "kidnap", "die", "hurt", "abduct"]);
    if matches!(line.before(word.first), "attempted" | "planned" | "foiled") {
        return true;
    }
    let mut i = word.first;
    let mut passive = false;
    for _ in 0..4 {
        let Some(before) = i.checked_sub(1).filter(|b| *b >= line.range.start) else { break };
        i = before;
        match line.word(i) {
            "been" | "be" => passive = true,
            "could" | "would" | "might" | "can" | "will" | "cannot" | "should" if !passive => {
                return true;
            }
            "would" | "will" | "could" if passive && !line.reads(i + 1, "have") => return true,
            "to" if base => return !line.is(i.wrapping_sub(1), &["continued", "on", "managed"]),
            "not" | "didnt" | "never" | "without" => return true,
            "have" | "had" | "has" | "also" | "easily" | "even" | "potentially" | "easy"
            | "did" | "may" => {}
            _ => break,
        }
    }
    false
}

/// Whether nobody's deed killed: "died of cancer", "died from natural causes".
pub(super) fn is_natural(line: &Line<'_>, word: &Mention<'_>) -> bool {
    const NEAR: usize = 5;
    const CAUSES: &[&str] = &[
        "age",
        "aids",
        "attack",
        "cancer",
        "causes",
        "cholera",
        "coronavirus",
        "disease",
        "ebola",
        "failure",
        "illness",
        "leukaemia",
        "leukemia",
        "malaria",
        "measles",
        "pneumonia",
        "stroke",
        "tuberculosis",
        "virus",
    ];
    let dies = line.is(word.first, &["die", "died", "dies", "dying"]);
    let of = word.last;
    let border = |&i: &usize| !line.is(i, BORDERS) && !line.is(i, &["."]);
    let cause = (of + 1..of + 1 + NEAR).take_while(border).find(|&i| line.is(i, CAUSES));
    let heart = |i: usize| line.word(i) != "attack" || line.before(i) == "heart";
    // "Has died at 78".
    let old = |i: usize| line.word(i).parse().is_ok_and(|years: u32| (60..115).contains(&years));
    let aged = line.is(of, &["at"]) && old(of + 1) && line.is(of + 2, &["", ",", ".", ";"])
        || line.is(of, &["aged"]) && old(of + 1);
    dies && (aged || line.is(of, &["of", "from"]) && cause.is_some_and(heart))
}

/// Whether a figure is one of another time or of a whole war: "in 2015 gunmen killed 130".
pub(super) fn is_of_another_time(line: &Line<'_>, figure: usize, word: &Mention<'_>) -> bool {
    let (a, b) = (figure.min(word.first), figure.max(word.last));
    let (mut from, until) = (clause_start(line, a), clause_end(line, b));
    // "In 2015, gunmen killed 130": what opens the sentence belongs to the clause behind it.
    let opening = line.range.start;
    if from > opening && from - opening <= 8 && line.is(opening, OPENERS) {
        from = opening;
    }
    // "the recent shooting, in which 50 died": the noun before tells when.
    if line.is(from, &["which", "when", "where", "who"]) || line.reads(from, "in which") {
        from = clause_start(line, from.saturating_sub(2).max(opening));
    }
    // "The deadliest raid since the war began six years ago": the war is of another time.
    let superlative = |i: usize| line.word(i).ends_with("est") || line.is(i, &["first", "worst"]);
    let until =
        (b..until).find(|&i| line.word(i) == "since" && (b..i).any(superlative)).unwrap_or(until);
    let then = (from..until).any(|i| is_old_year(line, i) || is_old_time(line, i));
    then || is_of_war(line, from, word)
}

/// Words that open a sentence with a time.
const OPENERS: &[&str] = &[
    "in", "since", "last", "during", "between", "over", "earlier", "two", "three", "four", "five",
    "six", "seven", "a",
];

/// "in 2015", "since 2009"; not the year of a whole date.
fn is_old_year(line: &Line<'_>, i: usize) -> bool {
    let year = line.shape(i) == Some(Shape::Number)
        && line.word(i).len() == 4
        && line.word(i).parse::<u32>().is_ok_and(|y| (1900..2100).contains(&y));
    let before = line.before(i);
    let month = crate::number::is_month(before);
    let day = i >= 2 && line.shape(i - 2) == Some(Shape::Number);
    year && (matches!(before, "in" | "since" | "of" | "from" | "late" | "early" | "between")
        || month && !day && !line.before(i - 1).is_empty())
}

/// "last year", "so far this year", "in recent months", "a year ago", "In January".
fn is_old_time(line: &Line<'_>, i: usize) -> bool {
    const PERIODS: &[&str] = &["year", "years", "month", "months", "decade", "decades"];
    let word = line.word(i);
    let next = line.word(i + 1);
    let period = |k: usize| line.is(k, PERIODS);
    match word {
        "last" | "previous" | "past" => {
            period(i + 1) || period(i + 2) || line.is(i + 1, &["week", "attack", "attacks"])
        }
        "recent" => true,
        "this" => next == "year",
        "since" => period(i + 2) || line.is(i + 1, &["january", "the", "then", "taking"]),
        "in" => crate::number::is_month(next) && line.shape(i + 2) != Some(Shape::Number),
        "years" | "months" | "decades" | "year" => line.is(i + 1, &["ago", "earlier", "before"]),
        _ => false,
    }
}

/// "the war has killed 10,000": what is killed by a war is no act.
fn is_of_war(line: &Line<'_>, from: usize, word: &Mention<'_>) -> bool {
    const WARS: &[&str] = &[
        "conflict",
        "conflicts",
        "insurgency",
        "war",
        "uprising",
        "violence",
        "fighting",
        "campaign",
        "crisis",
        "unrest",
        "rebellion",
        "crackdown",
    ];
    let verb = word.senses.iter().any(|s| {
        matches!(s, Sense::Casualty(_, Form::Active | Form::Either | Form::Noun | Form::Passive))
    });
    let war = (from..word.first).any(|i| line.is(i, WARS));
    let perfect = (from..word.first)
        .any(|i| line.is(i, &["has", "have"]) || line.reads(i, "in the") && line.is(i + 2, WARS));
    verb && war && perfect
}

/// Words that begin a clause.
const BORDERS: &[&str] = &[
    ",", ";", ":", "when", "where", "which", "who", "after", "while", "but", "and", "whereas", "(",
    "—", "–",
];

fn clause_start(line: &Line<'_>, i: usize) -> usize {
    (line.range.start..i).rev().find(|&k| line.is(k, BORDERS)).map_or(line.range.start, |k| {
        if line.is(k, &["when", "where", "which", "who"]) { k } else { k + 1 }
    })
}

/// Where the part of the sentence between strong borders begins.
fn sentence_part(line: &Line<'_>, i: usize) -> usize {
    (line.range.start..i)
        .rev()
        .find(|&k| line.is(k, &[";", ":", "but", "while", "whereas"]))
        .map_or(line.range.start, |k| k + 1)
}

fn clause_end(line: &Line<'_>, i: usize) -> usize {
    (i..line.range.end).find(|&k| line.is(k, BORDERS)).unwrap_or(line.range.end)
}
