//! With what it was done.

use std::ops::Range;

use crate::fold::fold;
use crate::lexicon::{Mention, Sense};
use crate::ontology::{Mode, WeaponSort};
use crate::report::Weapon;
use crate::text::Text;

/// The most that a report names.
const MOST: usize = 6;

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
