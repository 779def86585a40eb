//! Who did it, and on what the naming rests.

use std::ops::Range;

use reading::Span;

use crate::Knowledge;
use crate::fold::fold;
use crate::lexicon::{Act, Cue, Form, Harm, Mention, Part, Role, Sense, Suffix};
use crate::ontology::{Attribution, Mode, Sort};
use crate::party::{Named, composed, named, phrase_start};
use crate::report::Perpetrator;
use crate::text::{Case, Shape, Text};

/// The most that a report names.
const MOST: usize = 5;

/// Who the sentences `told` say did it. Names come before descriptions, the firmest first.
///
/// `claims` are further sentences in which somebody claims, blames or denies.
pub fn perpetrators(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    told: &[Range<usize>],
    claims: &[Range<usize>],
    known: &Knowledge,
) -> Vec<Perpetrator> {
    let mut found: Vec<Perpetrator> = Vec::new();
    for (range, own) in told.iter().map(|r| (r, true)).chain(claims.iter().map(|r| (r, false))) {
        let here = &mentions[range.clone()];
        let parties = named(text, here, known);
        let covered = |tokens: &Range<usize>| {
            parties.iter().any(|p| p.tokens.start < tokens.end && tokens.start < p.tokens.end)
        };
        for party in parties.iter().cloned() {
            if let Some(attribution) = attribution(text, here, &party, own)
                && accountable(party.sort)
            {
                add(
                    text,
                    &mut found,
                    party.tokens.clone(),
                    Some(party.actor),
                    party.sort,
                    attribution,
                );
            }
        }
        if own {
            for (tokens, country) in nations(text, here).filter(|(tokens, _)| !covered(tokens)) {
                let actor = composed(country, Suffix::Military, known);
                add(text, &mut found, tokens, Some(actor), Sort::StateForce, Attribution::Fact);
            }
            for (tokens, sort, attribution) in
                described(text, here).into_iter().chain(accused(text, here))
            {
                if covered(&tokens) {
                    continue;
                }
                add(text, &mut found, tokens, None, sort, attribution);
            }
        }
    }
    // Where others are said to have attacked, police and troops without a name are those who came.
    let attacked = found
        .iter()
        .any(|p| p.sort != Sort::StateForce && p.attribution <= Attribution::AccusedByAuthorities);
    found.retain(|p| !attacked || p.actor.is_some() || p.sort != Sort::StateForce);
    // A body that is both blamed and denies stays blamed; one that only denies was never named.
    found.retain(|p| p.attribution != Attribution::Denied || p.actor.is_some());
    found.sort_by_key(|p| (p.actor.is_none(), p.attribution, p.name.start()));
    found.truncate(MOST);
    found
}

/// Whether such a party can be a perpetrator.
fn accountable(sort: Sort) -> bool {
    matches!(sort, Sort::Organisation | Sort::StateForce | Sort::Government | Sort::International)
}

fn add(
    text: &Text<'_>,
    found: &mut Vec<Perpetrator>,
    tokens: Range<usize>,
    actor: Option<String>,
    sort: Sort,
    attribution: Attribution,
) {
    let Some(name) = text.span(tokens.start, tokens.end) else { return };
    let same = |p: &&mut Perpetrator| match (&p.actor, &actor) {
        (Some(a), Some(b)) => a == b,
        (None, None) => same_words(text, p.name, name),
        _ => false,
    };
    match found.iter_mut().find(same) {
        // Accusers outrank a bare denial, and an open claim outranks all but the plain fact.
        Some(known) => known.attribution = known.attribution.min(attribution),
        None => found.push(Perpetrator { name, actor, sort, attribution }),
    }
}

/// Whether two descriptions end in the same word: "two gunmen", "the gunmen".
fn same_words(text: &Text<'_>, a: Span, b: Span) -> bool {
    let last =
        |s: Span| s.of(text.source).split_whitespace().next_back().map(fold).unwrap_or_default();
    let (a, b) = (last(a), last(b));
    a == b
        || a.strip_suffix('s') == Some(&b)
        || b.strip_suffix('s') == Some(&a)
        || (a.ends_with("men") && b.ends_with("man"))
        || (a.ends_with("man") && b.ends_with("men"))
}

/// Why a named party at `tokens` may have done it, by the cues around it.
fn attribution(
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
    if cue(Cue::NoClaim).next().is_some() {
        return None;
    }
    let claimed = cue(Cue::Claim).any(|m| {
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
fn owns_up(text: &Text<'_>, here: &[Mention<'_>], tokens: &Range<usize>) -> bool {
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
fn is_told_by_authorities(text: &Text<'_>, here: &[Mention<'_>], tokens: &Range<usize>) -> bool {
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
fn by_authorities(text: &Text<'_>, here: &[Mention<'_>], accused: &Range<usize>) -> bool {
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
fn does(text: &Text<'_>, here: &[Mention<'_>], tokens: &Range<usize>) -> bool {
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
        let other = between.clone().any(|i| {
            matches!(text.word(i), ";" | ":")
                || matches!(fold(text.word(i)).as_str(), "by" | "said" | "says")
        });
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
fn is_agent(text: &Text<'_>, i: usize) -> bool {
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

/// Nations that strike in their own name: "Russia launched missiles", "Israeli air strikes".
fn nations<'a>(
    text: &'a Text<'_>,
    here: &'a [Mention<'_>],
) -> impl Iterator<Item = (Range<usize>, u16)> + 'a {
    here.iter().enumerate().filter_map(move |(i, m)| {
        let (country, adjective) = m.sense(|s| match s {
            Sense::Demonym(c) => Some((c, true)),
            Sense::Country(c) => Some((c, false)),
            _ => None,
        })?;
        let next = here.get(i + 1)?;
        let gap = next.first - m.last;
        let own = text.tokens.get(m.last).is_some_and(|t| t.shape == Shape::Possessive);
        let act = next.sense(|s| match s {
            Sense::Act(act) => Some(act),
            _ => None,
        });
        let weapon = next.sense(|s| match s {
            Sense::Weapon(_, Some(mode)) => Some(mode),
            _ => None,
        });
        let military = |mode: Option<Mode>| {
            matches!(mode, Some(Mode::AirStrike | Mode::DroneStrike | Mode::Shelling))
        };
        let struck = (adjective || own)
            && gap <= 2
            && (act.is_some_and(|a| {
                military(a.mode)
                    || (a.mode.is_none()
                        && text.is(next.first, "strike") | text.is(next.first, "strikes"))
            }) || military(weapon));
        let prepared = m.first.checked_sub(1).is_some_and(|i| {
            matches!(
                fold(text.word(i)).as_str(),
                "in" | "of" | "from" | "to" | "on" | "against" | "near" | "across"
            )
        });
        let launched = !adjective
            && !own
            && !prepared
            && gap <= 3
            && (m.last..next.first + 1).any(|i| {
                matches!(
                    fold(text.word(i)).as_str(),
                    "launched"
                        | "fired"
                        | "bombed"
                        | "shelled"
                        | "struck"
                        | "invaded"
                        | "bombarded"
                        | "attacked"
                        | "carried"
                )
            });
        (struck || launched).then_some((m.first..m.last, country))
    })
}

/// Persons whom somebody names as the attacker: "named the gunman as NAME", "NAME, 29, was charged".
fn accused(text: &Text<'_>, here: &[Mention<'_>]) -> Vec<(Range<usize>, Sort, Attribution)> {
    let (Some(first), Some(last)) = (here.first(), here.last()) else { return Vec::new() };
    let is = |i: usize, words: &[&str]| words.contains(&fold(text.word(i)).as_str());
    let named = (first.first..last.last)
        .filter(|&i| {
            is(i, &["as"])
                && (i.saturating_sub(6)..i).any(|j| is(j, &["named", "identified", "names"]))
        })
        .filter_map(|i| name(text, i + 1));
    let charged = (first.first..last.last)
        .filter(|&i| {
            is(i, &["charged", "accused", "arraigned", "convicted"])
                && (i.saturating_sub(3)..i).any(|j| is(j, &["was", "been", "is", "were"]))
        })
        .filter_map(|i| name_before(text, i, first.first));
    named
        .chain(charged)
        .map(|tokens| (tokens, Sort::Individuals, Attribution::AccusedByAuthorities))
        .collect()
}

/// The name of a person that begins at token `start`: two to four capitalised words.
fn name(text: &Text<'_>, start: usize) -> Option<Range<usize>> {
    let capital = |i: usize| {
        text.case == Case::Mixed && text.tokens.get(i).is_some_and(|t| t.shape == Shape::Capital)
    };
    let end = (start..start + 5).find(|&i| !capital(i))?;
    (end - start >= 2 && end - start <= 4).then_some(start..end)
}

/// The name of a person that ends a few words before token `end`, before an age or a verb.
fn name_before(text: &Text<'_>, end: usize, floor: usize) -> Option<Range<usize>> {
    let lowest = end.saturating_sub(9).max(floor);
    (lowest..end).find_map(|start| {
        let found = name(text, start)?;
        let next = text.word(found.end);
        (matches!(next, "," | "was" | "has" | "is") && found.end < end).then_some(found)
    })
}

/// Descriptions of those who did it: "two gunmen", "a suicide bomber", "soldiers" who fire.
fn described(text: &Text<'_>, here: &[Mention<'_>]) -> Vec<(Range<usize>, Sort, Attribution)> {
    let mut found = Vec::new();
    for mention in here {
        let Some((sort, role)) = mention
            .sense(|s| if let Sense::Person(sort, role) = s { Some((sort, role)) } else { None })
        else {
            continue;
        };
        let tokens =
            phrase_start(text, mention.first, here.first().map_or(0, |m| m.first))..mention.last;
        let acts = does(text, here, &(mention.first..mention.last));
        let suspected = here.iter().any(|m| {
            m.senses.contains(&Sense::Cue(Cue::Suspect))
                && m.last <= mention.first
                && mention.first - m.last <= 2
        });
        let attribution = if suspected { Attribution::Suspected } else { Attribution::Fact };
        match role {
            Role::Perpetrator if !is_harmed(text, mention) => {
                found.push((tokens, Sort::Individuals, attribution))
            }
            Role::Force if acts => found.push((tokens, Sort::StateForce, attribution)),
            Role::Either if acts && sort == Sort::Individuals => {
                found.push((tokens, Sort::Individuals, attribution))
            }
            Role::Either if acts && is_close(text, here, mention) => {
                found.push((tokens, Sort::StateForce, attribution))
            }
            Role::Suspect => {
                found.push((tokens, Sort::Individuals, Attribution::AccusedByAuthorities))
            }
            _ => {}
        }
    }
    found
}

/// Whether an act follows the described at once: people who are not armed by name must be its subject.
fn is_close(text: &Text<'_>, here: &[Mention<'_>], mention: &Mention<'_>) -> bool {
    let act = |m: &&Mention<'_>| {
        m.first >= mention.last
            && m.senses.iter().any(|s| {
                matches!(
                    s,
                    Sense::Act(Act { part: Part::Verb, .. }) | Sense::Casualty(_, Form::Active)
                )
            })
    };
    let Some(act) = here.iter().find(act) else { return false };
    let clean = |i: usize| {
        text.word(i) != "," && !matches!(fold(text.word(i)).as_str(), "and" | "as" | "when" | "in")
    };
    act.first - mention.last <= 4 && (mention.last..act.first).all(clean)
}

/// Whether the described are themselves the killed: "three militants were killed".
fn is_harmed(text: &Text<'_>, mention: &Mention<'_>) -> bool {
    let is = |i: usize, words: &[&str]| words.contains(&fold(text.word(i)).as_str());
    let passive = (mention.last..mention.last + 3).find(|&i| is(i, &["was", "were", "been"]));
    passive.is_some_and(|at| {
        (at + 1..at + 4)
            .any(|i| is(i, &["killed", "dead", "arrested", "detained", "shot", "captured"]))
    })
}
