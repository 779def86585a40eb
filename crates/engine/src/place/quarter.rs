//! Quarters of towns and counties: names that are no town of their own in this story, though some
//! town elsewhere has the name.

use reading::Span;

use crate::Knowledge;
use crate::place::away::is_elsewhere;
use crate::place::distance::kilometres;
use crate::place::find::Referent;
use crate::place::home::holds;
use crate::place::locate::point;
use crate::place::resolve::{Atlas, Located};
use crate::place::scene::is_district;
use crate::place::street::has_streets;
use crate::place::usage::is_area_word;
use crate::text::{Case, Shape, Text};

/// Inhabitants of a town that has quarters of its own.
const CITY: u32 = 50_000;
/// A town of more inhabitants needs no state beside it.
const KNOWN: u32 = 100_000;
/// A town so far from the county that its officials speak of is not the one meant.
const FAR_KM: f64 = 150.0;
/// A name so near bears a town out.
const NEAR_KM: f64 = 60.0;

/// Whether a word for a part of a town stands behind the name; a district of another country than the
/// story's is one too.
pub(super) fn is_quarter(text: &Text<'_>, atlas: &Atlas, site: &Located) -> bool {
    let abroad = atlas.countries.first().is_some_and(|&(lead, _)| lead != site.country);
    let word = text.key(site.last);
    matches!(site.referent, Referent::Place(_))
        && (matches!(word, "neighborhood" | "neighbourhood" | "section" | "quarter" | "suburb")
            || word == "district" && (abroad || is_of_city(text, atlas, site)))
}

/// Whether the town that a district is of stands behind it: "the Karrada district of Baghdad".
fn is_of_city(text: &Text<'_>, atlas: &Atlas, site: &Located) -> bool {
    let town = |s: &Located| s.first == site.last + 2 && matches!(s.referent, Referent::Place(_));
    text.is(site.last + 1, "of") && atlas.within(site.last..site.last + 3).iter().any(town)
}

/// The greater place that the story speaks of most, for one that is a part of it.
pub(super) fn city<'a>(
    quarter: &Located,
    atlas: &'a Atlas,
    known: &Knowledge,
) -> Option<&'a Located> {
    let population = |site: &Located| match site.referent {
        Referent::Place(p) => known.places.place(p).map(|p| p.population),
        _ => None,
    };
    let lead = atlas.countries.first().map_or(quarter.country, |&(lead, _)| lead);
    // The namesake abroad may be of any size.
    let abroad = lead != quarter.country;
    let least = if abroad { 0 } else { population(quarter)? };
    let country = if abroad { lead } else { quarter.country };
    atlas
        .sites
        .iter()
        .filter(|site| !site.demonym && site.referent != quarter.referent)
        .filter(|site| site.country == country)
        .filter(|site| population(site).is_some_and(|n| n > least && n >= CITY))
        .max_by(|a, b| {
            atlas.weight(a).total_cmp(&atlas.weight(b)).then_with(|| b.first.cmp(&a.first))
        })
}

/// The county or town whose officials speak of it, for a name that the gazetteer only has far from
/// there, in a state that the text does not name: "shot in Florence, the Los Angeles County coroner
/// said" is in no other state.
pub(super) fn of_the_county<'a>(
    text: &Text<'_>,
    atlas: &'a Atlas,
    site: &Located,
    known: &Knowledge,
) -> Option<&'a Located> {
    let state = match site.referent {
        Referent::Place(p) => {
            let place = known.places.place(p).filter(|place| place.population < KNOWN)?;
            u32::from(place.area?)
        }
        // "Vermont Knolls" is no state.
        Referent::Area(a) if known.geography.level(a) == 1 && goes_on(text, site) => a,
        _ => return None,
    };
    let town = matches!(site.referent, Referent::Place(_));
    let named = |s: &Located| town && s.referent == Referent::Area(state);
    if atlas.sites.iter().chain(&atlas.title).any(named) {
        return None;
    }
    let here = point(site.referent, known)?;
    let away = |s: &Located| point(s.referent, known).map(|p| kilometres(here, p));
    let witness = |s: &Located| {
        town && !s.demonym
            && s.referent != site.referent
            && !matches!(s.referent, Referent::Country(_))
            && away(s).is_some_and(|km| km <= NEAR_KM)
    };
    if atlas.sites.iter().any(witness) {
        return None;
    }
    let local = |s: &&Located| match s.referent {
        Referent::Area(a) => {
            known.geography.level(a) == 2 && (s.dateline || has_officials(text, s.last))
        }
        Referent::Place(_) => s.dateline && text.case == Case::Mixed && has_streets(text),
        _ => false,
    };
    let other = |s: &&Located| match s.referent {
        Referent::Area(a) => known.geography.parent(a as u16).map(u32::from) != Some(state),
        _ => true,
    };
    let far = |s: &&Located| away(s).is_some_and(|km| km > FAR_KM);
    let own = |s: &&Located| s.country == site.country && s.referent != site.referent;
    atlas.sites.iter().filter(own).filter(local).filter(other).find(far)
}

/// Whether token `i` says that those of the county speak or act: "the Elm County coroner".
fn has_officials(text: &Text<'_>, i: usize) -> bool {
    matches!(
        text.key(i),
        "coroner" | "deputies" | "district" | "medical" | "police" | "prosecutor" | "sheriff"
    )
}

/// Whether a name goes on behind that of a place: "Vermont Knolls", but not "Vermont State Police".
fn goes_on(text: &Text<'_>, site: &Located) -> bool {
    let capital = |i: usize| text.tokens.get(i).is_some_and(|t| t.shape == Shape::Capital);
    capital(site.last) && !capital(site.last + 1) && !is_area_word(text, site.last)
}

/// The words of a quarter's name, of which the gazetteer may know the first only.
pub(super) fn whole_name(text: &Text<'_>, site: &Located) -> Span {
    let last = if goes_on(text, site) { site.last + 1 } else { site.last };
    text.span(site.first, last).unwrap_or(site.span)
}

/// The one district of the area `site` that the text names where something is, if it names no town.
pub(super) fn the_district<'a>(
    text: &Text<'_>,
    site: &Located,
    atlas: &'a Atlas,
    known: &Knowledge,
) -> Option<&'a Located> {
    let Referent::Area(area) = site.referent else { return None };
    if known.geography.level(area) != 1 || atlas.sites.iter().any(|s| holds(site, s, known)) {
        return None;
    }
    let inside = |s: &&Located| match s.referent {
        Referent::Area(a) => {
            is_district(a, known) && known.geography.parent(a as u16) == Some(area as u16)
        }
        _ => false,
    };
    let mut districts = atlas.sites.iter().filter(inside);
    let first = districts.next()?;
    let led = |s: &Located| s.first > 0 && text.is(s.first - 1, "in") && !is_elsewhere(text, s);
    let mut same = atlas.sites.iter().filter(|s| s.referent == first.referent);
    (districts.all(|other| other.referent == first.referent) && same.any(led)).then_some(first)
}
