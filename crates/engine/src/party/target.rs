//! To whom or what it was done, and with what.

use std::ops::Range;

use crate::fold::fold;
use crate::lexicon::{Form, Harm, Mention, Role, Sense};
use crate::ontology::{Effect, Mode, Sort, WeaponSort};
use crate::party::phrase_start;
use crate::report::{Target, Weapon};
use crate::text::Text;
use crate::toll::Toll;

/// The most that a report names.
const MOST: usize = 6;

/// The people and things that the sentences `told` say were harmed; `tolls` are their counts.
pub fn targets(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    told: &[(Range<usize>, &[Toll])],
) -> Vec<Target> {
    let mut found: Vec<Target> = Vec::new();
    for (range, tolls) in told {
        let here = &mentions[range.clone()];
        for mention in here {
            let Some((sort, person)) = kind(mention) else { continue };
            let toll = tolls.iter().filter(|_| person).find(|t| counts(t, mention));
            let struck = if person {
                toll.is_some() || is_object(text, here, mention)
            } else {
                is_struck(text, mention)
            };
            if !struck {
                continue;
            }
            let first = phrase_start(text, mention.first, here.first().map_or(0, |m| m.first));
            let Some(name) = text.span(first, mention.last) else { continue };
            let words = fold(text.word(mention.last - 1));
            if found.iter().any(|t| {
                fold(t.name.of(text.source).split_whitespace().next_back().unwrap_or_default())
                    == words
            }) {
                continue;
            }
            let effect = toll
                .and_then(|t| effect(t.harm))
                .or_else(|| person.then(|| harm(here, mention)).flatten());
            found.push(Target {
                name,
                actor: None,
                sort,
                person,
                named: false,
                description: None,
                nation: None,
                number: toll.map(|t| t.count),
                effect,
            });
        }
    }
    found.truncate(MOST);
    found
}

/// What sort of target a mention can be, and whether it is people.
fn kind(mention: &Mention<'_>) -> Option<(Sort, bool)> {
    mention.sense(|s| match s {
        Sense::Person(sort, Role::Victim | Role::Either) => {
            Some((if sort == Sort::Individuals { Sort::Civilians } else { sort }, true))
        }
        Sense::Thing(sort) => Some((sort, false)),
        _ => None,
    })
}

/// Whether a toll counts the people of `mention`: they stand right behind its number.
fn counts(toll: &Toll, mention: &Mention<'_>) -> bool {
    !toll.attackers && mention.first >= toll.at && mention.first - toll.at <= 6
}

fn effect(harm: Harm) -> Option<Effect> {
    match harm {
        Harm::Killed => Some(Effect::Killed),
        Harm::Injured => Some(Effect::Injured),
        Harm::Abducted => Some(Effect::Abducted),
        Harm::Casualties => None,
    }
}

/// Whether people are the object of an act before them or the subject of a passive one behind.
fn is_object(text: &Text<'_>, here: &[Mention<'_>], person: &Mention<'_>) -> bool {
    here.iter().filter(|m| m.first != person.first).any(|m| {
        let act = m
            .senses
            .iter()
            .any(|s| matches!(s, Sense::Act(_) | Sense::Casualty(_, Form::Active | Form::Either)));
        let object = act && m.last <= person.first && person.first - m.last <= 4;
        let passive = act
            && m.first >= person.last
            && m.first - person.last <= 4
            && (person.last..m.first)
                .any(|i| matches!(fold(text.word(i)).as_str(), "was" | "were" | "been" | "being"));
        object || passive
    })
}

/// The harm that the nearest casualty word says of people without a number.
fn harm(here: &[Mention<'_>], person: &Mention<'_>) -> Option<Effect> {
    here.iter()
        .filter_map(|m| {
            Some((
                m.first.abs_diff(person.first),
                m.sense(|s| if let Sense::Casualty(h, _) = s { effect(h) } else { None })?,
            ))
        })
        .filter(|(distance, _)| *distance <= 5)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, effect)| effect)
}

/// Whether a thing is where the act is done, or what it is done to.
fn is_struck(text: &Text<'_>, thing: &Mention<'_>) -> bool {
    (1..=4).any(|back| {
        thing.first.checked_sub(back).is_some_and(|i| {
            matches!(
                fold(text.word(i)).as_str(),
                "at" | "in"
                    | "on"
                    | "outside"
                    | "inside"
                    | "near"
                    | "into"
                    | "hit"
                    | "struck"
                    | "attacked"
                    | "stormed"
                    | "bombed"
                    | "targeted"
                    | "targeting"
                    | "entered"
                    | "against"
                    | "destroyed"
                    | "damaged"
                    | "shelled"
                    | "burned"
                    | "raided"
                    | "attack"
                    | "of"
            )
        })
    })
}

/// The weapons in the sentences `told`; vehicles only where they were the weapon.
pub fn weapons(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    told: &[Range<usize>],
    mode: Mode,
) -> Vec<Weapon> {
    let mut found: Vec<Weapon> = Vec::new();
    for mention in told.iter().flat_map(|range| &mentions[range.clone()]) {
        let Some(sort) =
            mention.sense(|s| if let Sense::Weapon(sort, _) = s { Some(sort) } else { None })
        else {
            continue;
        };
        if sort == WeaponSort::Vehicle && mode != Mode::VehicleRamming {
            continue;
        }
        let Some(name) = text.span(mention.first, mention.last) else { continue };
        let key = |w: &Weapon| fold(w.name.of(text.source)).trim_end_matches('s').to_owned();
        let weapon = Weapon { name, sort };
        if !found.iter().any(|w| key(w) == key(&weapon)) {
            found.push(weapon);
        }
    }
    found.truncate(MOST);
    found
}
