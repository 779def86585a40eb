//! On what the naming of a perpetrator rests, by the words around the name.

use std::ops::Range;

use crate::fold::fold;
use crate::lexicon::{Act, Cue, Form, Harm, Mention, Part, Role, Sense};
use crate::ontology::{Attribution, Sort};
use crate::party::Named;
use crate::text::{Shape, Text};

/// Why a named party at `tokens` may have done it, by the cues around it.
pub(super) fn attribution(
    text: &Text<'_>,
    here: &[Mention<'_>],
    party: &Named,
    own: bool,
) -> Option<Attribution> {
    let tokens = &party.tokens;

    let cue = |cue: Cue| here.iter().filter(move |m| m.senses.contains(&Sense::Cue(cue)));
    let gap = |m: &Mention<'_>| {
        if m.first >= tokens.end {
            m.first - tokens.end
        } else {
            tokens.start.saturating_sub(m.last)
        }
    };
    let claimed = cue(Cue::NoClaim).next().is_none()
        && cue(Cue::Claim).any(|m| {
            let by = (m.first..m.last).any(|i| text.is(i, "by"))
                || text.is(m.last, "by")
                || (m.last..tokens.start).any(|i| text.is(i, "by"));
            (m.first >= tokens.end && gap(m) <= 14) || (by && m.last <= tokens.start && gap(m) <= 8)
        });
    if claimed || (party.sort == Sort::Organisation && owns_up(text, here, tokens)) {
        let against = cue(Cue::Deny).any(|m| m.first >= tokens.end && gap(m) <= 4);
        return Some(if against { Attribution::Denied } else { Attribution::Claimed });
    }
    let blamed = cue(Cue::Blame).any(|m| {
        let object = m.last <= tokens.start && gap(m) <= 7;
        let passive = m.first >= tokens.end
            && gap(m) <= 3
            && (tokens.end..m.first).any(|i| {
                matches!(fold(text.word(i)).as_str(), "was" | "were" | "is" | "are" | "been")
            });
        object || passive
    });
    if blamed {
        return Some(if by_authorities(text, here, tokens) {
            Attribution::AccusedByAuthorities
        } else {
            Attribution::Suspected
        });
    }
    if cue(Cue::Suspect).any(|m| gap(m) <= 5 && m.last <= tokens.start) {
        return Some(Attribution::Suspected);
    }
    if cue(Cue::Deny).any(|m| m.first >= tokens.end && gap(m) <= 6) {
        return Some(Attribution::Denied);
    }
    if !own {
        return None;
    }
    if does(text, here, tokens) {
        let doubt = cue(Cue::Hedge).any(|m| gap(m) <= 5);
        return Some(if doubt {
            Attribution::Possible
        } else if is_told_by_authorities(text, here, tokens) {
            Attribution::AccusedByAuthorities
        } else {
            Attribution::Fact
        });
    }
    None
}

/// Whether an organisation speaks of the act as its own: "it said two of its fighters had attacked".
pub(super) fn owns_up(text: &Text<'_>, here: &[Mention<'_>], tokens: &Range<usize>) -> bool {
    let is = |i: usize, words: &[&str]| words.contains(&fold(text.word(i)).as_str());
    let Some(said) = (tokens.end..tokens.end + 8)
        .find(|&i| is(i, &["said", "says", "announced", "declared", "boasted", "crowed"]))
    else {
        return false;
    };
    let Some(own) = (said + 1..said + 8).find(|&i| is(i, &["it", "its", "their", "theirs"])) else {
        // "said the attack was the work of its fighters"
        return (said + 1..said + 10)
            .any(|i| is(i, &["work"]) && (i..i + 4).any(|j| is(j, &["its", "their"])));
    };
    let denies = (said + 1..own + 7).any(|i| is(i, &["not", "never", "no", "nothing", "denied"]));
    let harmed = (own + 1..own + 5).any(|i| is(i, &["were", "was", "been"]));
    let acts = here.iter().any(|m| {
        m.first > own
            && m.first <= own + 9
            && m.senses
                .iter()
                .any(|s| matches!(s, Sense::Act(_) | Sense::Casualty(_, Form::Active)))
    });
    let done = (own + 1..own + 7).any(|i| {
        is(
            i,
            &["carried", "behind", "responsible", "planted", "sent", "set", "launched", "targeted"],
        )
    });
    !denies && !harmed && (acts || done)
}

/// Whether what names the party is the word of an authority: "police said the group had attacked".
pub(super) fn is_told_by_authorities(
    text: &Text<'_>,
    here: &[Mention<'_>],
    tokens: &Range<usize>,
) -> bool {
    here.iter().any(|verb| {
        verb.senses.contains(&Sense::Cue(Cue::Report))
            && verb.last <= tokens.start
            && tokens.start - verb.last <= 10
            && here.iter().any(|m| {
                let authority = m.senses.iter().any(|s| {
                    matches!(
                        s,
                        Sense::Person(
                            Sort::Government | Sort::Police | Sort::StateForce | Sort::Military,
                            _
                        ) | Sense::Force(..)
                    )
                });
                authority && m.last <= verb.first && verb.first - m.last <= 6
            })
            && !(verb.last..tokens.start).any(|i| matches!(text.word(i), ";" | "."))
    })
}

/// Whether the speaker of a blame is an authority: an official, a force, a government.
pub(super) fn by_authorities(
    text: &Text<'_>,
    here: &[Mention<'_>],
    accused: &Range<usize>,
) -> bool {
    here.iter().filter(|m| m.last <= accused.start || m.first >= accused.end).any(|m| {
        m.senses.iter().any(|&s| {
            matches!(
                s,
                Sense::Person(
                    Sort::Government | Sort::Police | Sort::StateForce | Sort::Military,
                    _
                ) | Sense::Force(..)
                    | Sense::Country(_)
            )
        })
    }) || (accused.start.saturating_sub(14)..accused.start).any(|i| {
        matches!(
            fold(text.word(i)).as_str(),
            "authorities"
                | "investigators"
                | "kyiv"
                | "kremlin"
                | "ministry"
                | "prosecutors"
                | "intelligence"
                | "pentagon"
                | "charged"
                | "court"
        )
    })
}

/// Whether the party at `tokens` does the act: subject before it, or behind "by".
pub(super) fn does(text: &Text<'_>, here: &[Mention<'_>], tokens: &Range<usize>) -> bool {
    let by = is_agent(text, tokens.start);
    here.iter().filter(|m| m.first != tokens.start).any(|m| {
        let act = m.sense(|s| match s {
            Sense::Act(Act { part, .. }) => Some(part),
            // "the rocket had been fired by Hezbollah"
            Sense::Weapon(_, Some(_)) if by => Some(Part::Verb),
            Sense::Casualty(Harm::Killed | Harm::Injured | Harm::Abducted, Form::Active) => {
                Some(Part::Verb)
            }
            _ => None,
        });
        let Some(part) = act else { return false };
        if by && m.last <= tokens.start && tokens.start - m.last <= 14 {
            return true;
        }
        if m.first < tokens.end {
            return false;
        }
        let between = tokens.end..m.first;
        let gap = between.len();
        let passive = between.clone().any(|i| {
            matches!(
                fold(text.word(i)).as_str(),
                "was" | "were" | "been" | "is" | "are" | "be" | "being"
            )
        });
        let other = between.into_iter().any(|i| {
            matches!(text.word(i), ";" | ":")
                || matches!(fold(text.word(i)).as_str(), "by" | "said" | "says")
        });
        let spoke = here.iter().any(|c| {
            let says = c.senses.iter().any(|s| {
                matches!(s, Sense::Cue(Cue::Report | Cue::Deny | Cue::Blame | Cue::Likeness))
            });
            says && c.first >= tokens.end && c.last <= m.first
        });
        let other = other || spoke;
        let noun =
            text.tokens.get(tokens.end).is_some_and(|t| t.shape == Shape::Possessive) || gap == 0;
        match part {
            Part::Verb => gap <= 16 && !passive && !other,
            // "an al-Qaeda attack", "Hamas's assault": the party owns the act.
            Part::Noun => noun && gap <= 3 && !other,
            Part::Agent => gap <= 1,
        }
    }) || here.iter().any(|m| {
        // "gunmen of the group Hamas": the organisation does what its members do.
        let of = m.last < tokens.start
            && tokens.start - m.last <= 6
            && (m.last..tokens.start).any(|i| matches!(fold(text.word(i)).as_str(), "of" | "from"))
            && !(m.last..tokens.start).any(|i| text.word(i) == ",");
        let members = m.senses.iter().any(|s| {
            matches!(s, Sense::Person(_, Role::Perpetrator) | Sense::Person(Sort::Military, _))
        });
        of && members && does(text, here, &(m.first..tokens.end))
    }) || here.iter().any(|m| {
        // "al-Shabab militants": the members are named by their organisation.
        m.first == tokens.end
            && m.sense(
                |s| if let Sense::Person(_, Role::Perpetrator) = s { Some(()) } else { None },
            )
            .is_some()
            && does(text, here, &(tokens.start..m.last))
    })
}

/// Whether "by" stands before token `i`: "by an offshoot of the Islamic State".
pub(super) fn is_agent(text: &Text<'_>, i: usize) -> bool {
    const BETWEEN: &[&str] = &[
        "a",
        "affiliate",
        "an",
        "arm",
        "armed",
        "branch",
        "breakaway",
        "cell",
        "faction",
        "fighters",
        "group",
        "gunmen",
        "local",
        "members",
        "militants",
        "of",
        "offshoot",
        "regional",
        "splinter",
        "suspected",
        "the",
        "wing",
    ];
    for back in (i.saturating_sub(7)..i).rev() {
        let word = fold(text.word(back));
        if word == "by" {
            return true;
        }
        if BETWEEN.binary_search(&word.as_str()).is_err() {
            return false;
        }
    }
    false
}
