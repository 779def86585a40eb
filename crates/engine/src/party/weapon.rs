//! With what it was done.

use std::ops::Range;

use crate::Knowledge;
use crate::fold::fold;
use crate::lexicon::{Mention, Sense};
use crate::ontology::{Mode, WeaponSort};
use crate::report::Weapon;
use crate::text::Text;

/// The most that a report names.
const MOST: usize = 6;

/// Words before what only looks like a weapon.
const FAKE: &[&str] = &["dummy", "fake", "hoax", "imitation", "mock", "replica", "toy"];

/// The weapons in the sentences `told`; vehicles only where they were the weapon.
pub fn weapons(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    told: &[Range<usize>],
    mode: Mode,
    known: &Knowledge,
) -> Vec<Weapon> {
    let mut found: Vec<Weapon> = Vec::new();
    let weapon = |m: &Mention<'_>| {
        m.sense(|s| if let Sense::Weapon(sort, _) = s { Some(sort) } else { None })
    };
    for mention in told.iter().flat_map(|range| &mentions[range.clone()]) {
        // "threw acid" is one phrase of the dictionary, and acid another.
        let own = weapon(mention).map(|sort| (mention.first, sort));
        let act = mention.senses.iter().any(|s| matches!(s, Sense::Act(_)));
        let within = || {
            (mention.first + 1..mention.last).find_map(|first| {
                let words = text.span(first, mention.last)?.of(text.source);
                let alone = Text::of(words);
                let found = known.matcher.find(&alone);
                let whole =
                    found.first().filter(|m| m.first == 0 && m.last == alone.tokens.len())?;
                Some((first, weapon(whole)?))
            })
        };
        let Some((first, sort)) = own.or_else(|| if act { within() } else { None }) else {
            continue;
        };
        if sort == WeaponSort::Vehicle && mode != Mode::VehicleRamming {
            continue;
        }
        // A fake bomb is none.
        if first.checked_sub(1).is_some_and(|i| FAKE.iter().any(|word| text.is(i, word))) {
            continue;
        }
        let Some(name) = text.span(first, mention.last) else { continue };
        let key = |w: &Weapon| fold(w.name.of(text.source)).trim_end_matches('s').to_owned();
        let weapon = Weapon { name, sort };
        if !found.iter().any(|w| key(w) == key(&weapon)) {
            found.push(weapon);
        }
    }
    found.truncate(MOST);
    found
}
