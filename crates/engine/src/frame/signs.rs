//! Signs in a sentence that say what an act word is in it: an act, an occasion, another act, a memory,
//! violence in general.

use crate::clause::is_without;
use crate::lexicon::{Act, Form, Harm, Mention, Part, Role, Sense};
use crate::text::{Case, Shape, Text};
use crate::toll::Toll;
use std::ops::Range;

/// Whether a word counts the harmed: it tells of violence only if the text does.
pub(super) fn is_casualty(mention: &Mention<'_>) -> bool {
    mention.senses.iter().any(|s| matches!(s, Sense::Casualty(..)))
}

/// Whether somebody is shot whom no toll counts: "died on Friday after being shot in Ash Street".
pub(super) fn is_shot_too(text: &Text<'_>, here: &[Mention<'_>], tolls: &[Toll]) -> bool {
    here.iter().any(|m| {
        let struck = |s: &Sense| matches!(s, Sense::Casualty(Harm::Struck, Form::Either));
        let was = m.first >= 2
            && text.is(m.first - 1, "being")
            && matches!(text.key(m.first - 2), "after" | "from");
        // What a toll counts but holds to be of another time is of another time.
        was && m.senses.iter().any(struck) && !tolls.iter().any(|t| t.word == m.first)
    })
}

/// Whether an act is what another answers: "after the massacre", "in revenge for the attack".
pub(super) fn is_occasion(text: &Text<'_>, mention: &Mention<'_>) -> bool {
    (mention.first.saturating_sub(5)..mention.first).any(|i| {
        matches!(
            text.key(i),
            "after"
                | "following"
                | "answer"
                | "response"
                | "retaliation"
                | "revenge"
                | "reprisal"
                | "since"
        )
    })
}

/// Whether an act word is one here: a weak noun that is no one's deed, or a verb in the wrong place.
pub(super) fn is_act(text: &Text<'_>, mention: &Mention<'_>, act: Act) -> bool {
    if act.part == Part::Verb && is_negated(text, mention.first) || is_none(text, mention.first) {
        return false;
    }
    // Who threatens to kill a captive has taken him, no more.
    let threat = |i: usize| text.key(i).starts_with("threaten");
    if text.is(mention.first, "kill")
        && mention.first >= 2
        && text.is(mention.first - 1, "to")
        && threat(mention.first - 2)
    {
        return false;
    }
    if act.weight > 2 {
        return true;
    }
    if text.is(mention.first, "executed") && is_by_law(text, mention.first) {
        return false;
    }
    let before = mention.first.checked_sub(1).map(|i| text.key(i)).unwrap_or_default();
    let after = text.key(mention.last);
    let word = text.key(mention.first);
    match word {
        "strike" | "strikes" => {
            !matches!(before, "general" | "on" | "hunger" | "rail" | "to" | "nurses")
                && !matches!(after, "a" | "action" | "ballot")
        }
        "hit" | "hits" => !matches!(after, "a" | "back" | "out" | "by" | "hard" | "record"),
        "shot" => {
            !matches!(before, "a" | "first" | "long" | "best" | "his" | "ferocious" | "her" | "the")
                || matches!(after, "at" | "dead")
        }
        "fighting" | "battle" => {
            !matches!(after, "for" | "against" | "over" | "with" | "to" | "spirit")
        }
        // "The Storm Area 51 event" is a name.
        "storm" => {
            let shape = |i: usize| text.tokens.get(i).map(|t| t.shape);
            !matches!(before, "a" | "the" | "tropical" | "winter")
                && shape(mention.first) != Some(Shape::Capital)
        }
        // "Hostages were driven into the hills" is no attack with a vehicle.
        "driven" | "drives" if text.is(mention.first + 1, "into") => {
            let before = mention.first.saturating_sub(10)..mention.first;
            before.into_iter().any(|i| VEHICLES.contains(&text.key(i)))
        }
        "shell" => matches!(before, "to" | "will" | "would" | "can" | "could" | "did"),
        _ => true,
    }
}

/// Whether a noun before token `at` is one of a count: "attacks on schools fell to 31".
pub(super) fn is_counted(text: &Text<'_>, at: usize) -> bool {
    const REACH: usize = 6;
    #[rustfmt::skip]
    const MOVES: &[&str] = &[
        "climbed", "declined", "decreased", "doubled", "dropped", "fallen", "fell", "halved",
        "increased", "risen", "rose", "tripled",
    ];
    const SIZES: &[&str] = &["by", "from", "sharply", "steeply", "to"];
    let many = at.checked_sub(1).is_some_and(|i| text.key(i).ends_with('s'));
    let ends = |i: &usize| matches!(text.word(*i), "." | "," | ";");
    let end = (at..at + REACH).find(ends).unwrap_or(at + REACH);
    many && (at..end).any(|i| {
        MOVES.binary_search(&text.key(i)).is_ok()
            && (SIZES.contains(&text.key(i + 1)) || text.word(i + 1) == ".")
    })
}

/// Whether whoever is executed was sentenced to it: "executed two men convicted of spying".
fn is_by_law(text: &Text<'_>, act: usize) -> bool {
    const REACH: usize = 12;
    #[rustfmt::skip]
    const LAW: &[&str] = &[
        "condemned", "convicted", "conviction", "convicts", "court", "gallows", "hanged", "hanging",
        "injection", "judiciary", "penalty", "sentence", "sentenced", "tribunal",
    ];
    (act.saturating_sub(REACH)..act + REACH).any(|i| LAW.binary_search(&text.key(i)).is_ok())
}

/// What may be driven into people.
const VEHICLES: &[&str] =
    &["bus", "car", "lorry", "pickup", "suv", "tractor", "truck", "van", "vehicle"];

/// Whether "not" stands right before a verb: "was not stormed", "has never been attacked".
fn is_negated(text: &Text<'_>, verb: usize) -> bool {
    let before = |n: usize| verb.checked_sub(n).map(|i| text.key(i)).unwrap_or_default();
    let no = |word: &str| matches!(word, "not" | "never");
    no(before(1)) || before(1) == "been" && no(before(2)) || has_no_doer(text, verb)
}

/// Whether there was none: "no shots were fired", "without anyone having fired a shot".
fn is_none(text: &Text<'_>, act: usize) -> bool {
    act > 0 && text.is(act - 1, "no") || is_without(text, act)
}

/// Whether nobody does it: "no one attacked the camp", "nobody has tried to storm it".
fn has_no_doer(text: &Text<'_>, verb: usize) -> bool {
    const HELPERS: &[&str] =
        &["attempted", "dared", "had", "has", "managed", "sought", "to", "tried", "wanted"];
    let mut first = verb;
    while first > 0 && HELPERS.binary_search(&text.key(first - 1)).is_ok() {
        first -= 1;
    }
    let before = |n: usize| first.checked_sub(n).map_or("", |i| text.key(i));
    before(1) == "nobody" || before(1) == "one" && before(2) == "no"
}

/// Whether a noun has the year and the place of what it names: "the 2011 London riots", "the 2006
/// riots in Nuku'alofa".
pub(super) fn has_year_and_place(text: &Text<'_>, act: &Mention<'_>) -> bool {
    const FAR: usize = 3;
    let year = |i: usize| {
        let word = text.word(i);
        word.len() == 4 && word.parse().is_ok_and(|year: u16| (1900..2100).contains(&year))
    };
    let capital = |i: usize| text.is_capital(i);
    let Some(at) = (act.first.saturating_sub(FAR)..act.first).rev().find(|&i| year(i)) else {
        return false;
    };
    let close = (at + 1..act.first).all(|i| {
        text.tokens.get(i).is_some_and(|t| t.shape != Shape::Mark && t.shape != Shape::Number)
    });
    let led = at.checked_sub(1).is_some_and(|i| matches!(text.key(i), "the" | "that"));
    let place = (at + 1..act.first).any(capital)
        || matches!(text.key(act.last), "at" | "in" | "on") && capital(act.last + 1);
    text.case == Case::Mixed && close && led && place
}

/// Whether a word such as "another" or "second" sets the act apart: before an act or at the start.
pub(super) fn is_another(
    text: &Text<'_>,
    cue: &Mention<'_>,
    here: &[Mention<'_>],
    start: usize,
) -> bool {
    // "The second blast" is one of those told of; "a second blast" is another.
    if text.is(cue.first, "second") && cue.first > 0 && text.is(cue.first - 1, "the") {
        return false;
    }
    let act =
        |m: &Mention<'_>| m.senses.iter().any(|s| matches!(s, Sense::Act(_) | Sense::Weapon(..)));
    // "A day earlier another family had bombed": when it was sets it apart.
    let timed = ["earlier", "later"].iter().any(|word| text.is(cue.last - 1, word));
    // "An hour later a bomb went off", but "an hour later the wounded were moved".
    if timed && text.is(cue.last - 1, "later") && text.is(cue.last - 2, "hour") {
        let new = |m: &Mention<'_>| {
            m.first > cue.last
                && m.first - cue.last <= 3
                && act(m)
                && (cue.last..m.first).any(|i| text.is(i, "a") || text.is(i, "an"))
        };
        return here.iter().any(new);
    }
    // "Another 75 were injured" counts on.
    let counted = !timed
        && (text.tokens.get(cue.last).is_some_and(|t| t.shape == Shape::Number)
            || here.iter().any(|m| {
                m.first >= cue.last
                    && m.first - cue.last <= 1
                    && m.senses.iter().any(|s| matches!(s, Sense::Person(..)))
            }));
    if counted {
        return false;
    }
    cue.first - start <= 2
        || here.iter().any(|m| act(m) && m.first >= cue.last && m.first - cue.last <= 2)
}

/// Whether it counts on and says what did it: "five more died when a bomb exploded at a stall".
pub(super) fn is_more_by_another(text: &Text<'_>, tolls: &[Toll], here: &[Mention<'_>]) -> bool {
    const REACH: usize = 12;
    const NEAR: usize = 3;
    let Some(more) = tolls.iter().find(|t| t.more && !t.part && !t.pointer) else { return false };
    let when = (more.word..more.word + REACH).find(|&i| text.is(i, "when") || text.is(i, "after"));
    let new =
        |at: usize| text.is(at + 1, "a") || text.is(at + 1, "an") || text.is(at + 1, "another");
    when.filter(|&at| new(at)).is_some_and(|at| {
        here.iter().any(|m| {
            let weapon = |s: &Sense| matches!(s, Sense::Weapon(_, Some(_)));
            m.first > at && m.first - at <= NEAR && m.senses.iter().any(weapon)
        })
    })
}

/// Whether a noun tells of violence in general: "the bombings must stop". Where names are written as
/// such, a sentence about one act has one, or people or things that it was done to.
pub(super) fn is_general(
    text: &Text<'_>,
    tokens: &Range<usize>,
    trigger: &Mention<'_>,
    act: Act,
    here: &[Mention<'_>],
) -> bool {
    let named = || tokens.clone().skip(1).any(|i| text.is_capital(i));
    let about = |m: &&Mention<'_>| {
        m.first != trigger.first
            && m.senses.iter().any(|s| {
                matches!(
                    s,
                    Sense::Person(..)
                        | Sense::Thing(_)
                        | Sense::Actor(..)
                        | Sense::Country(_)
                        | Sense::Area(_)
                        | Sense::Weapon(..)
                )
            })
    };
    act.part == Part::Noun
        && text.case == Case::Mixed
        && !here.iter().any(|m| about(&m))
        && !named()
}

/// What is unveiled where somebody died.
const MEMORIALS: &[&str] = &["memorial", "monument", "plaque", "stone", "tablet"];

/// Whether it is told because it is remembered: "ten years after", "marked the anniversary".
pub(super) fn is_remembered(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let is = |i: usize, words: &[&str]| words.contains(&text.key(i));
    tokens.clone().any(|i| {
        let to_the_day = || is(i + 1, &["to"]) && is(i + 2, &["the"]) && is(i + 3, &["day"]);
        is(i, &["anniversary", "commemorated", "commemorate", "commemorates", "commemoration"])
            || is(i, &["unveiled"]) && tokens.clone().any(|j| is(j, MEMORIALS))
            || is(i, &["years"]) && to_the_day() && is(i + 4, &["since", "after"])
            || is(i, &["years"])
                && (is(i + 1, &["since", "after"]) || is(i + 1, &["ago"]) && is(i + 2, &["to"]))
                && tokens.clone().any(|j| {
                    is(
                        j,
                        &[
                            "mark",
                            "marked",
                            "marks",
                            "marking",
                            "remembered",
                            "remembers",
                            "survivors",
                            "mourned",
                        ],
                    )
                })
    })
}

/// Whether it begins with those of before: "The attackers also took rifles".
pub(super) fn has_attackers_again(
    text: &Text<'_>,
    tokens: &Range<usize>,
    here: &[Mention<'_>],
) -> bool {
    text.is(tokens.start, "the")
        && here.first().is_some_and(|m| {
            let doer = |s: &Sense| matches!(s, Sense::Person(_, Role::Perpetrator));
            m.first == tokens.start + 1 && m.senses.iter().any(doer)
        })
}

/// Whether it speaks of what was told before: of "the attackers", of what "it was".
pub(super) fn refers_back(text: &Text<'_>, tokens: &Range<usize>, here: &[Mention<'_>]) -> bool {
    let first = tokens.start;
    if text.is(first, "it") && (text.is(first + 1, "was") || text.is(first + 1, "is")) {
        return true;
    }
    // "it had been behind the assassination".
    let behind = |m: &Mention<'_>| {
        let word = m.first >= 2 && text.is(m.first - 1, "the") && text.is(m.first - 2, "behind");
        word && m.senses.iter().any(|s| matches!(s, Sense::Act(Act { part: Part::Noun, .. })))
    };
    if here.iter().any(behind) {
        return true;
    }
    let at = (first..tokens.end.min(first + 3)).find(|&i| text.is(i, "the") || text.is(i, "that"));
    at.is_some_and(|i| {
        here.iter().any(|m| {
            m.first == i + 1
                && (text.is(i + 1, "attack")
                    || m.senses.iter().any(|s| {
                        matches!(
                            s,
                            Sense::Person(_, Role::Perpetrator)
                                | Sense::Act(Act { part: Part::Noun | Part::Agent, .. })
                                | Sense::Weapon(..)
                        )
                    }))
        })
    })
}

/// Whether somebody has died of it long after: "has died, almost five years later".
pub(super) fn died_later(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let later = |i: usize| {
        text.is(i, "later") && i > tokens.start && matches!(text.key(i - 1), "years" | "months")
    };
    tokens.clone().any(|i| text.is(i, "died")) && tokens.clone().any(later)
}

/// Whether it tells of a sentence: "condemned seven men to death for".
pub(super) fn is_judged(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    const REACH: usize = 14;
    tokens.clone().any(|i| {
        let verb = matches!(text.key(i), "condemned" | "convicted" | "jailed" | "sentenced");
        verb && (i + 1..i + REACH).any(|j| {
            text.is(j, "to") && matches!(text.key(j + 1), "death" | "life" | "hang")
                || text.is(j, "in") && text.is(j + 1, "prison")
        })
    })
}

/// Whether an act is what the other acts of the text answer: "in reprisal for the killing of five".
pub(super) fn is_answered(text: &Text<'_>, act: usize) -> bool {
    (act.saturating_sub(5)..act).any(|i| {
        matches!(text.key(i), "reprisal" | "retaliation" | "revenge" | "avenge" | "reprisals")
    })
}
