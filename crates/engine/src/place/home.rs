//! The town that local news is of. Its readers know it, so the text says it in the dateline, by its
//! police or in the headline, and then tells the scene by streets.

use crate::Knowledge;
use crate::place::away::is_elsewhere;
use crate::place::distance::kilometres;
use crate::place::find::Referent;
use crate::place::locate::point;
use crate::place::resolve::{Atlas, Located};
use crate::place::street::has_streets;
use crate::place::usage::is_area_word;
use crate::text::{Case, Text};

/// How far the towns of a district are from its middle.
const DISTRICT_KM: f64 = 45.0;

/// The town of the dateline, if the text is local news of it: its police act, or the text tells the
/// scene by streets and names no other town but this one. In the area that it is in, the headline may
/// name it as well.
pub(super) fn home<'a>(text: &Text<'_>, atlas: &'a Atlas, in_area: bool) -> Option<&'a Located> {
    let town = atlas.sites.iter().find(|s| s.dateline && is_town(s))?;
    let same = |s: &&Located| s.referent == town.referent;
    let serves = atlas.sites.iter().filter(same).any(|s| serves(text, s.last));
    let headlined = || atlas.title.iter().filter(same).any(|s| !s.metonym);
    let there = |s: &&Located| !s.dateline && is_town(s) && !is_elsewhere(text, s);
    let own = |s: &Located| s.referent == town.referent || is_weak(text, s);
    let streets =
        || has_streets(text) && (headlined() || atlas.sites.iter().filter(there).all(own));
    (serves || in_area && headlined() || streets()).then_some(town)
}

fn is_town(site: &Located) -> bool {
    matches!(site.referent, Referent::Place(_)) && !site.demonym
}

/// Whether token `i` says that it is those of the town who act: "Dayton police", "Dayton firefighters".
fn serves(text: &Text<'_>, i: usize) -> bool {
    let is = |i: usize| {
        matches!(text.key(i), "detectives" | "fire" | "firefighters" | "officers" | "police")
    };
    // "Brown Deer and Milwaukee police".
    let two = || {
        let capital = |&j: &usize| text.is_capital(j);
        let end = (i + 1..i + 4).take_while(capital).last();
        text.is(i, "and") && end.is_some_and(|end| is(end) || is(end + 1))
    };
    is(i) || two()
}

/// Whether a name only stands beside the scene: where somebody lives ("the Dayton man"), in a longer
/// name ("Dayton Freight"), at a corner ("near Elm and Dayton").
pub(super) fn is_weak(text: &Text<'_>, site: &Located) -> bool {
    let capital = |i: usize| text.is_capital(i);
    let before = site.first.checked_sub(1);
    let sentence = text.sentences.get(text.sentence_of(site.first)).map_or(0, |s| s.first);
    let longer = text.case == Case::Mixed
        && (capital(site.last) && !is_area_word(text, site.last) && !serves(text, site.last)
            || before.is_some_and(|i| i > sentence && capital(i)));
    longer || is_at_corner(text, site) || is_elsewhere(text, site)
}

/// Whether it names one of two streets that meet: "near Elm and Dayton".
fn is_at_corner(text: &Text<'_>, site: &Located) -> bool {
    let capital = |i: usize| text.is_capital(i);
    let beside = |i: usize| matches!(text.key(i), "at" | "near" | "of");
    let before = site.first.checked_sub(1);
    let led = before.is_some_and(|i| text.is(i, "and"));
    led && site.first > 2 && capital(site.first - 2) && beside(site.first - 3)
        || before.is_some_and(beside) && text.is(site.last, "and") && capital(site.last + 1)
}

/// Whether a little town has the name of a street that meets another: "at Lyons and Lidgerwood".
pub(super) fn is_corner(text: &Text<'_>, site: &Located, known: &Knowledge) -> bool {
    const LITTLE: u32 = 50_000;
    let Referent::Place(p) = site.referent else { return false };
    let little = known.places.place(p).is_some_and(|place| place.population < LITTLE);
    let led =
        site.first.checked_sub(1).is_some_and(|i| text.is(i, "at")) && text.is(site.last, "and");
    text.case == Case::Mixed && little && is_at_corner(text, site) && (led || has_streets(text))
}

/// The one town of the area `wide` whose police act: "Reno police said".
pub(super) fn served<'a>(
    text: &Text<'_>,
    wide: &Located,
    atlas: &'a Atlas,
    known: &Knowledge,
) -> Option<&'a Located> {
    let mut towns =
        atlas.sites.iter().filter(|s| is_town(s) && serves(text, s.last) && holds(wide, s, known));
    let first = towns.next()?;
    towns.all(|other| other.referent == first.referent).then_some(first)
}

/// Whether a town or site is in a country or area.
pub(super) fn holds(wide: &Located, place: &Located, known: &Knowledge) -> bool {
    let same = wide.country == place.country;
    let area = match place.referent {
        Referent::Place(p) => known.places.place(p).and_then(|p| p.area),
        Referent::Site(s) => known.geography.sites.get(s as usize).and_then(|s| {
            let code = &known.geography.countries.get(usize::from(place.country))?.code;
            known.geography.area(&String::from_utf8_lossy(code), s.area)
        }),
        Referent::Area(_) | Referent::Country(_) => return false,
    };
    match wide.referent {
        Referent::Country(_) => same,
        Referent::Area(a) if known.geography.level(a) == 1 => {
            area.is_some_and(|n| u32::from(n) == a)
        }
        Referent::Area(a) => {
            let parent = known.geography.parent(a as u16);
            let near = point(wide.referent, known)
                .zip(point(place.referent, known))
                .is_some_and(|(a, b)| kilometres(a, b) <= DISTRICT_KM);
            same && near && (parent.is_none() || parent == area)
        }
        Referent::Place(_) | Referent::Site(_) => false,
    }
}
