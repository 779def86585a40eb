//! Nations that strike in their own name.

use std::ops::Range;

use crate::lexicon::{Mention, Sense};
use crate::ontology::Mode;
use crate::text::{Shape, Text};

/// Verbs by which a nation opens what it does: "Russia began air strikes". Sorted.
const BEGINS: &[&str] = &["began", "begun", "conducted", "mounted", "resumed", "staged"];

/// Nations that strike in their own name: "Russia launched missiles", "Israeli air strikes".
pub(super) fn nations<'a>(
    text: &'a Text<'_>,
    here: &'a [Mention<'_>],
) -> impl Iterator<Item = (Range<usize>, u16)> + 'a {
    here.iter().enumerate().filter_map(move |(i, m)| {
        let (country, adjective) = m.sense(|s| match s {
            Sense::Demonym(c) => Some((c, true)),
            // "A US air strike"
            Sense::Country(c) => Some((c, ["us", "uk"].contains(&text.key(m.first)))),
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
                text.key(i),
                "in" | "of" | "from" | "to" | "on" | "against" | "near" | "across"
            )
        });
        let launched = !adjective
            && !own
            && !prepared
            && gap <= 3
            && (m.last..=next.first).any(|i| {
                matches!(
                    text.key(i),
                    "launched"
                        | "fired"
                        | "bombed"
                        | "shelled"
                        | "struck"
                        | "invaded"
                        | "bombarded"
                        | "attacked"
                        | "carried"
                        | "pounded"
                ) || text.is(i, "hit") && !text.is(i + 1, "by")
            });
        // "Russia began air strikes in Syria"
        let begun = !adjective
            && !own
            && !prepared
            && gap <= 2
            && act.is_some_and(|act| military(act.mode))
            && (m.last..next.first).any(|i| BEGINS.contains(&text.key(i)));
        (struck || launched || begun).then_some((m.first..m.last, country))
    })
}
