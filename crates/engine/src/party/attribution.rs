//! On what the naming of a perpetrator rests, by the words around the name.

use std::ops::Range;

use crate::lexicon::{Act, Cue, Form, Harm, Mention, Part, Role, Sense};
use crate::ontology::{Attribution, Mode, Sort};
use crate::party::Named;
use crate::text::{Shape, Text};

/// Why a named party may have done it, by the cues around it; its noun phrase ends at `phrase`, and
/// `stands` says whether the grammar has it do a deed, or gives it another part.
pub(super) fn attribution(
    text: &Text<'_>,
    here: &[Mention<'_>],
    party: &Named,
    phrase: usize,
    own: bool,
    stands: Stands,
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
            let passive = (m.first..=m.last).any(|i| text.is(i, "by"));
            let by = passive || (m.last..tokens.start).any(|i| text.is(i, "by"));
            // "40 men of the X, and was claimed by the Y": who claims stands behind.
            let subject = m.first >= tokens.end && gap(m) <= 14 && !passive;
            subject || (by && m.last <= tokens.start && gap(m) <= 8)
        });
    if claimed || (party.sort == Sort::Organisation && owns_up(text, here, tokens)) {
        let against = cue(Cue::Deny).any(|m| m.first >= tokens.end && gap(m) <= 4);
        return Some(if against { Attribution::Denied } else { Attribution::Claimed });
    }
    // "held the X responsible"
    let held = ["held", "hold", "holds", "holding"]
        .iter()
        .any(|word| (tokens.start.saturating_sub(3)..tokens.start).any(|i| text.is(i, word)));
    if held && text.is(tokens.end, "responsible") {
        return Some(if by_authorities(text, here, tokens) {
            Attribution::AccusedByAuthorities
        } else {
            Attribution::Suspected
        });
    }
    if let Some(basis) = is_behind(text, here, tokens, phrase) {
        return Some(basis);
    }
    let blamed = cue(Cue::Blame).any(|m| {
        // "pointed to X, while Y urged": a clause of its own is not blamed.
        let between = m.last..tokens.start;
        let clause = ["although", "but", "though", "when", "whereas", "while"];
        let own = between.into_iter().all(|i| !clause.contains(&text.key(i)));
        let near = m.last <= tokens.start && gap(m) <= 7;
        let object = near && own && !is_of_another(text, here, m, tokens);
        let passive = m.first >= tokens.end
            && gap(m) <= 3
            && !text.is(m.first, "responsible")
            && (tokens.end..m.first)
                .any(|i| matches!(text.key(i), "was" | "were" | "is" | "are" | "been"));
        object || passive
    });
    if blamed {
        return Some(if by_authorities(text, here, tokens) {
            Attribution::AccusedByAuthorities
        } else {
            Attribution::Suspected
        });
    }
    let is_suspected = |m: &Mention<'_>| {
        m.first >= tokens.end
            && gap(m) <= 3
            && text.is(m.first, "suspected")
            && (tokens.end..m.first).any(|i| matches!(text.key(i), "is" | "are" | "was" | "were"))
    };
    if cue(Cue::Suspect).any(|m| gap(m) <= 5 && m.last <= tokens.start || is_suspected(m)) {
        return Some(Attribution::Suspected);
    }
    if cue(Cue::Deny).any(|m| m.first >= tokens.end && gap(m) <= 6) {
        return Some(Attribution::Denied);
    }
    if !own {
        return None;
    }
    let tie = tie(text, tokens);
    let tied = tie.is_none_or(|i| is_attacker(here, i));
    let does = match stands {
        Stands::Does => true,
        Stands::Other => false,
        Stands::Unknown => does(text, here, tokens),
    };
    if does && !is_habit(text, tokens) && tied {
        // "no confirmation on whether X did it"
        let whether = (tokens.start.saturating_sub(10)..tokens.start)
            .any(|i| text.is(i, "whether") || text.is(i, "if"));
        let doubt = whether || cue(Cue::Hedge).any(|m| gap(m) <= 5);
        return Some(if doubt {
            Attribution::Possible
        } else if tie.is_some() {
            Attribution::Suspected
        } else if is_told_by_authorities(text, here, tokens) {
            Attribution::AccusedByAuthorities
        } else {
            Attribution::Fact
        });
    }
    None
}

/// What the grammar says of a party and the deeds of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// It does one.
    Does,
    /// It does something else, or others do them.
    Other,
    /// Nothing.
    Unknown,
}

/// "X was behind the attack", "X could be behind it", "bears the hallmarks of X".
fn is_behind(
    text: &Text<'_>,
    here: &[Mention<'_>],
    tokens: &Range<usize>,
    phrase: usize,
) -> Option<Attribution> {
    let is = |i: usize, words: &[&str]| words.contains(&text.key(i));
    let hallmarks = (tokens.start.saturating_sub(4)..tokens.start)
        .any(|i| is(i, &["hallmark", "hallmarks"]) && is(i + 1, &["of"]));
    if hallmarks {
        return Some(Attribution::Possible);
    }
    // "X terrorists were behind it", "X's local branch": what it has is it.
    let start = phrase.max(tokens.end);
    let culprit = ["behind", "culprit", "perpetrator", "responsible"];
    let at = (start..start + 6).find(|&i| is(i, &culprit))?;
    let between = || start..at;
    let be = ["was", "were", "is", "are", "be", "been"];
    let plain = |i: usize| {
        is(i, &be)
            || is(i, &["could", "may", "might", "likely", "probably", "also", "have", "has", "had"])
            || is(i, &["believed", "thought", "suspected", "to", "being", "of", "the"])
    };
    if !between().all(plain) || !between().any(|i| is(i, &be) || is(i, &["being"])) {
        return None;
    }
    let doubt = ["could", "may", "might", "likely", "probably", "believed", "thought", "suspected"];
    Some(if between().any(|i| is(i, &["could", "may", "might"])) {
        Attribution::Possible
    } else if between().any(|i| is(i, &doubt)) {
        Attribution::Suspected
    } else if is_told_by_authorities(text, here, tokens) {
        Attribution::AccusedByAuthorities
    } else {
        Attribution::Suspected
    })
}

/// "accused X of using children as shields": a blame for something else than the act.
pub(super) fn is_of_another(
    text: &Text<'_>,
    here: &[Mention<'_>],
    blame: &Mention<'_>,
    tokens: &Range<usize>,
) -> bool {
    let accused = text.key(blame.first).starts_with("accus");
    let Some(of) = (tokens.end..tokens.end + 5).find(|&i| text.is(i, "of")).filter(|_| accused)
    else {
        return false;
    };
    let act = here.iter().any(|m| {
        let near = of < m.first && m.first <= of + 5;
        near && m.senses.iter().any(|s| matches!(s, Sense::Act(_) | Sense::Casualty(..)))
    });
    let armed = here.iter().any(|m| {
        let near = of < m.first && m.first <= of + 5;
        near && m.senses.iter().any(|s| matches!(s, Sense::Weapon(..)))
    });
    let done = [
        "being",
        "having",
        "carrying",
        "dropping",
        "firing",
        "launching",
        "orchestrating",
        "planning",
        "plotting",
    ];
    !act && !armed && !done.iter().any(|word| text.is(of + 1, word))
}

/// "militants linked to X": X is named to say who others are, by the word before the tie.
fn tie(text: &Text<'_>, tokens: &Range<usize>) -> Option<usize> {
    const TIES: &[&str] = &["affiliated", "allied", "connected", "linked", "loyal", "tied"];
    let the = usize::from(tokens.start.checked_sub(1).is_some_and(|i| text.is(i, "the")));
    let to = tokens.start.checked_sub(1 + the);
    let to = to.filter(|&i| text.is(i, "to") || text.is(i, "with"))?;
    let tie = to.checked_sub(1).filter(|&i| TIES.contains(&text.key(i)))?;
    Some(tie.saturating_sub(1))
}

/// Whether token `i` ends a word for attackers.
fn is_attacker(here: &[Mention<'_>], i: usize) -> bool {
    here.iter().any(|m| {
        let attacker = |s: &Sense| matches!(s, Sense::Person(_, Role::Perpetrator));
        m.first <= i && i < m.last && m.senses.iter().any(attacker)
    })
}

/// "has struck in the city before", "often attacks": what a party does at other times.
fn is_habit(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let is = |i: usize, words: &[&str]| words.contains(&text.key(i));
    let end = (tokens.end..tokens.end + 14)
        .find(|&i| matches!(text.word(i), "." | ";" | "," | ""))
        .unwrap_or(tokens.end + 14);
    let perfect = (tokens.end..tokens.end + 3).any(|i| is(i, &["has", "have"]));
    let often = ["often", "frequently", "regularly", "repeatedly", "routinely", "previously"];
    (tokens.end..tokens.end + 4).any(|i| is(i, &often))
        || perfect && (tokens.end..end).any(|i| is(i, &["before", "past"]))
}

/// Whether an organisation speaks of the act as its own: "it said two of its fighters had attacked".
pub(super) fn owns_up(text: &Text<'_>, here: &[Mention<'_>], tokens: &Range<usize>) -> bool {
    let is = |i: usize, words: &[&str]| words.contains(&text.key(i));
    // "Our fighters killed nine soldiers, the group said."
    let turned = is(tokens.end, &["said", "says", "announced", "declared"]);
    let first = here.first().map_or(tokens.start, |m| m.first.saturating_sub(2));
    if turned && (first..tokens.start).any(|i| is(i, &["our", "we"])) {
        return true;
    }
    let Some(said) = (tokens.end..tokens.end + 8).find(|&i| {
        is(
            i,
            &[
                "said",
                "saying",
                "says",
                "announced",
                "declared",
                "boasted",
                "crowed",
                "told",
                "admitted",
                "acknowledged",
                "conceded",
            ],
        )
    }) else {
        return false;
    };
    // "said the attack was the work of its fighters"
    if (said + 1..said + 10)
        .any(|i| is(i, &["work"]) && (i..i + 4).any(|j| is(j, &["its", "their"])))
    {
        return true;
    }
    let Some(own) = (said + 1..said + 8).find(|&i| is(i, &["it", "its", "their", "theirs"])) else {
        return false;
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
            &[
                "carried",
                "behind",
                "responsible",
                "planted",
                "sent",
                "set",
                "launched",
                "targeted",
                "done",
                "did",
                "parked",
                "laid",
                "placed",
                "detonated",
                "fired",
            ],
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
                            | Sense::Actor(_, Sort::StateForce | Sort::Government)
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
            text.key(i),
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
        // "an air strike of the coalition"
        let of = m.last == tokens.start.wrapping_sub(1) && text.is(m.last, "of")
            || m.last + 2 == tokens.start && text.is(m.last, "of") && text.is(m.last + 1, "the");
        if of && part == Part::Noun && m.senses.iter().any(|&s| is_strike(s)) {
            return true;
        }
        if by && m.last <= tokens.start && tokens.start - m.last <= 14 {
            return true;
        }
        if m.first < tokens.end {
            return false;
        }
        let between = tokens.end..m.first;
        let gap = between.len();
        let passive = between.clone().any(|i| {
            matches!(text.key(i), "was" | "were" | "been" | "is" | "are" | "be" | "being")
        });
        let other = between.into_iter().any(|i| {
            matches!(text.word(i), ";" | ":")
                || matches!(text.key(i), "by" | "said" | "says" | "claimed" | "claims" | "claiming")
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
            && (m.last..tokens.start).any(|i| matches!(text.key(i), "of" | "from" | "belonging"))
            && !(m.last..tokens.start).any(|i| text.word(i) == ",");
        let members = m.senses.iter().any(|s| {
            matches!(s, Sense::Person(_, Role::Perpetrator) | Sense::Person(Sort::Military, _))
        });
        of && members && does(text, here, &(m.first..tokens.end))
    }) || is_of_members(text, tokens).is_some_and(|first| does(text, here, &(first..tokens.end)))
        || here.iter().any(|m| {
            // "al-Shabab militants": the members are named by their organisation.
            m.first == tokens.end
                && m.sense(|s| {
                    if let Sense::Person(_, Role::Perpetrator) = s { Some(()) } else { None }
                })
                .is_some()
                && does(text, here, &(tokens.start..m.last))
        })
}

/// Where "members of" begins before the name of an organisation, if it does.
fn is_of_members(text: &Text<'_>, tokens: &Range<usize>) -> Option<usize> {
    const MEMBERS: &[&str] = &["cadres", "elements", "members", "men", "operatives", "supporters"];
    let of = (tokens.start.saturating_sub(2)..tokens.start).find(|&i| text.is(i, "of"))?;
    let members = of.checked_sub(1)?;
    MEMBERS.contains(&text.key(members)).then_some(members)
}

/// Whether a noun is of what forces do from afar, so that "of" names the doer.
fn is_strike(sense: Sense) -> bool {
    let mode = |mode: Option<Mode>| matches!(mode, Some(Mode::AirStrike | Mode::DroneStrike));
    matches!(sense, Sense::Act(act) if mode(act.mode))
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
        let word = text.key(back);
        if word == "by" {
            return true;
        }
        if BETWEEN.binary_search(&word).is_err() {
            return false;
        }
    }
    false
}
