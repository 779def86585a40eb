//! Which of the actors of one name a text means.
//!
//! Two armies of national liberation are told apart by the countries that the text names, and by
//! when they were. A weak spelling ("NRA", "Islamic Front") is an actor only where the text speaks
//! of its country, or names the actor by another spelling.

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::{Actor, Actors};
use crate::geography::Geography;
use crate::lexicon::{Mention, Sense};

/// Decides for each mention in `texts` which actor it is, if any, as of `today`.
pub(crate) fn decide(
    texts: &mut [&mut [Mention<'_>]],
    actors: &Actors,
    geography: &Geography,
    today: Option<Date>,
) {
    let code = |country: u16| geography.countries[usize::from(country)].code;
    let (mut countries, mut named) = (FxHashSet::default(), FxHashSet::default());
    for sense in texts.iter().flat_map(|mentions| mentions.iter()).flat_map(|m| m.senses) {
        match *sense {
            Sense::Country(c) | Sense::Demonym(c) => {
                countries.insert(code(c));
            }
            Sense::Area(a) => {
                countries.insert(code(geography.areas[a as usize].country));
            }
            Sense::Site(s) => {
                countries.insert(code(geography.sites[s as usize].country));
            }
            Sense::Actor(a, _) => {
                named.insert(a);
            }
            _ => {}
        }
    }
    let here = |actor: &Actor| {
        actor
            .countries
            .iter()
            .any(|c| c.as_bytes().try_into().is_ok_and(|code: [u8; 2]| countries.contains(&code)))
    };
    let then = |actor: &Actor| today.is_none_or(|day| actor.when.holds(day));
    for mention in texts.iter_mut().flat_map(|mentions| mentions.iter_mut()) {
        let mut best: Option<(u8, u32)> = None;
        for sense in mention.senses {
            let (id, weak) = match *sense {
                Sense::Actor(id, _) => (id, false),
                Sense::Weak(id) => (id, true),
                _ => continue,
            };
            let Some(actor) = actors.get(id) else { continue };
            let near = here(actor);
            if weak && !near && !named.contains(&id) {
                continue;
            }
            // The countries tell most; of those that are left the one of the time, then the first.
            let score = u8::from(near) * 2 + u8::from(then(actor));
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, id));
            }
        }
        mention.actor = best.map(|(_, id)| id);
    }
}
