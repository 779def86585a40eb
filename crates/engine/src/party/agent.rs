//! Whether a party does the act, by the words around its name: before the verb, behind "by", as the
//! owner of the noun. The grammar is asked first; this is for what it does not see.

use std::ops::Range;

use crate::lexicon::{Act, Cue, Form, Harm, Mention, Part, Role, Sense};
use crate::ontology::{Mode, Sort};
use crate::text::{Shape, Text};

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
        // "Condemned the killing of three": what is spoken of, by the same form.
        let act = act.map(|part| if is_nominal(text, m) { Part::Noun } else { part });
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
                || matches!(
                    text.key(i),
                    "by" | "said" | "says" | "claimed" | "claims" | "claiming" | "report"
                )
        });
        // "A woman died in the shooting": who is harmed before it does not do it.
        let harmed = here.iter().any(|c| {
            let suffers = |s: &Sense| {
                matches!(s, Sense::Casualty(Harm::Killed | Harm::Injured, Form::Passive))
            };
            c.senses.iter().any(suffers) && c.first >= tokens.end && c.last <= m.first
        });
        let spoke = here.iter().any(|c| {
            let says = c.senses.iter().any(|s| {
                matches!(s, Sense::Cue(Cue::Report | Cue::Deny | Cue::Blame | Cue::Likeness))
            });
            says && c.first >= tokens.end && c.last <= m.first
        });
        let other = other || spoke || harmed;
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

/// Whether a form that may be a verb's is a noun here: "the murder of", "his killing".
fn is_nominal(text: &Text<'_>, act: &Mention<'_>) -> bool {
    const BEFORE: &[&str] =
        &["a", "an", "her", "his", "its", "our", "that", "the", "their", "these", "this", "those"];
    const LEADS: &[&str] = &["after", "against", "despite", "during", "for", "in", "over"];
    let before = act.first.checked_sub(1).is_some_and(|i| BEFORE.contains(&text.key(i)));
    // "Imposed sanctions for attacks on villages"
    let led = act.first.checked_sub(1).is_some_and(|i| LEADS.contains(&text.key(i)))
        && !text.key(act.first).ends_with("ing");
    act.last == act.first + 1 && (before || led || text.is(act.last, "of"))
}

/// Whether a force or a government stands so near to an act that it does it: what a state does is named
/// in many a sentence of an attack, and most of it is none. For text without case, where the grammar
/// sees less of what else it does.
pub(super) fn does_closely(text: &Text<'_>, here: &[Mention<'_>], tokens: &Range<usize>) -> bool {
    const BY: usize = 5;
    const AHEAD: usize = 2;
    const DONE: &[&str] = &["committed", "executed", "out", "ordered", "perpetrated", "planned"];
    let by = is_agent(text, tokens.start);
    let owns = text.tokens.get(tokens.end).is_some_and(|t| t.shape == Shape::Possessive);
    here.iter().any(|m| {
        let part = m.sense(|s| match s {
            Sense::Act(Act { part, .. }) => Some(part),
            Sense::Weapon(_, Some(_)) => Some(Part::Noun),
            Sense::Casualty(Harm::Killed | Harm::Injured | Harm::Abducted, Form::Active) => {
                Some(Part::Verb)
            }
            _ => None,
        });
        // "Was planned and carried out by the army": what, is told before.
        let done = (tokens.start.saturating_sub(4)..tokens.start)
            .any(|i| text.is(i + 1, "by") && DONE.contains(&text.key(i)));
        let near = tokens.start.checked_sub(m.last).is_some_and(|gap| gap <= BY || done);
        let behind = by && near;
        let gap = m.first.checked_sub(tokens.end);
        let ahead = gap.is_some_and(|gap| match part {
            Some(Part::Verb) => gap <= AHEAD,
            Some(Part::Noun) => gap == 0 || owns && gap <= AHEAD + 1,
            _ => false,
        });
        part.is_some() && (behind || ahead)
    })
}

/// Where "members of" begins before the name of an organisation, if it does: "members of the X",
/// "members of the 22nd front of the X".
pub(super) fn is_of_members(text: &Text<'_>, tokens: &Range<usize>) -> Option<usize> {
    const MEMBERS: &[&str] =
        &["cadres", "elements", "members", "men", "operatives", "remnants", "supporters"];
    const UNITS: &[&str] = &["bloc", "cell", "column", "command", "front", "squad", "unit", "wing"];
    const UNIT: usize = 4;
    let of = (tokens.start.saturating_sub(2)..tokens.start).find(|&i| text.is(i, "of"))?;
    let whose = of.checked_sub(1)?;
    let members = |i: &usize| MEMBERS.contains(&text.key(*i));
    if UNITS.contains(&text.key(whose)) {
        let of = (whose.saturating_sub(UNIT)..whose).rev().find(|&i| text.is(i, "of"))?;
        return of.checked_sub(1).filter(members);
    }
    Some(whose).filter(members)
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
        "alleged",
        "an",
        "arm",
        "armed",
        "branch",
        "breakaway",
        "called",
        "cartel",
        "cell",
        "column",
        "commando",
        "dissident",
        "elements",
        "extremist",
        "faction",
        "fighters",
        "front",
        "gang",
        "group",
        "guerrilla",
        "gunmen",
        "insurgent",
        "jihadist",
        "local",
        "members",
        "militant",
        "militants",
        "militia",
        "of",
        "offshoot",
        "organisation",
        "organization",
        "outfit",
        "paramilitary",
        "presumed",
        "proclaimed",
        "rebel",
        "rebels",
        "regional",
        "self",
        "so",
        "splinter",
        "squad",
        "styled",
        "suspected",
        "terrorist",
        "the",
        "unit",
        "wing",
    ];
    let shape = |i: usize| text.tokens.get(i).map(|t| t.shape);
    for back in (i.saturating_sub(7)..i).rev() {
        let word = text.key(back);
        if word == "by" {
            return true;
        }
        // "by Sudan's X", "by the Palestinian group X"
        let owner = shape(back) == Some(Shape::Possessive)
            || shape(back + 1) == Some(Shape::Possessive)
            || shape(back) == Some(Shape::Capital) && text.is(back + 1, "group");
        // By the "X"
        let quote = matches!(text.word(back), "\"" | "“" | "”");
        if BETWEEN.binary_search(&word).is_err() && !owner && !quote {
            return false;
        }
    }
    false
}
