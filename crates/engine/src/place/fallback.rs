//! The scene where no name in the sentences says it: what the headline, the dateline or the rest of the
//! text names.

use crate::Knowledge;
use crate::fold::fold;
use crate::place::away::{is_care, is_elsewhere, is_seat};
use crate::place::distance::kilometres;
use crate::place::find::Referent;
use crate::place::home::holds;
use crate::place::locate::point;
use crate::place::resolve::{Atlas, Located};
use crate::place::scene::{NEAR_KM, chain, is_district};
use crate::resolved::{Basis, Resolved, Scene};
use crate::text::{Shape, Text};

/// The most inhabitants of a town whose dateline tells the scene.
const SMALL_TOWN: u32 = 1_000_000;

/// The one place in the area or country of `site` that the headline names and the text as well.
pub(super) fn headlined<'a>(
    site: &Located,
    atlas: &'a Atlas,
    known: &Knowledge,
) -> Option<&'a Located> {
    let town = |place: &&Located| matches!(place.referent, Referent::Place(_));
    let mut named = atlas
        .sites
        .iter()
        .filter(|place| !place.demonym && atlas.headline.contains(&place.referent))
        .filter(town)
        .filter(|place| holds(site, place, known));
    let first = named.next()?;
    named.all(|other| other.referent == first.referent).then_some(first)
}

/// The one town or site of the area `site` that the text names, where things happen; if not `led`, the
/// one in the middle of a district, however it is named.
pub(super) fn alone<'a>(
    text: &Text<'_>,
    site: &Located,
    atlas: &'a Atlas,
    known: &Knowledge,
    led: bool,
) -> Option<&'a Located> {
    const MIDDLE_KM: f64 = 20.0;
    let Referent::Area(area) = site.referent else { return None };
    let is_led = |place: &&Located| {
        let first = place.first - usize::from(place.first > 0 && text.is(place.first - 1, "the"));
        let site = matches!(place.referent, Referent::Site(_));
        site || first > 0
            && matches!(text.key(first - 1), "in" | "at" | "near" | "outside" | "beside" | "inside")
    };
    let mut named = atlas
        .sites
        .iter()
        .filter(|place| !place.demonym && !place.metonym && !place.dateline)
        .filter(|place| holds(site, place, known));
    let first = if led {
        named.clone().find(is_led)?
    } else {
        let middle = point(site.referent, known).filter(|_| is_district(area, known))?;
        named.clone().find(|place| {
            point(place.referent, known).is_some_and(|p| kilometres(middle, p) <= MIDDLE_KM)
        })?
    };
    let here = point(first.referent, known)?;
    let far = |other: &Located| {
        point(other.referent, known).is_none_or(|p| kilometres(here, p) > NEAR_KM)
    };
    let other = named.any(far);
    let away = led && is_elsewhere(text, first);
    (!other && !away && !is_seat(text, first) && !is_care(text, first)).then_some(first)
}

/// The one town or district that only the headline names, in `country` if the text names one.
pub(super) fn in_headline_alone(
    atlas: &Atlas,
    country: Option<u16>,
    known: &Knowledge,
) -> Option<Resolved<Scene>> {
    let narrow = |site: &&Located| match site.referent {
        Referent::Place(_) | Referent::Site(_) => true,
        Referent::Area(a) => is_district(a, known),
        Referent::Country(_) => false,
    };
    let fits = |site: &&Located| country.is_none_or(|country| site.country == country);
    let mut named = atlas.title.iter().filter(|s| !s.demonym).filter(narrow).filter(fits);
    let first = named.next()?;
    if named.any(|other| other.referent != first.referent) {
        return None;
    }
    let scene = chain(first, atlas, &[], known);
    Some(Resolved::new(scene, Basis::Inferred, Vec::new(), "scene in the headline alone"))
}

/// Whether the town of the dateline is the story's own: reporters file from a small town because it
/// happened there, from a great one or a capital because they live there, unless they call it "the
/// city".
pub(super) fn is_local(text: &Text<'_>, site: &Located, known: &Knowledge) -> bool {
    let Referent::Place(p) = site.referent else { return false };
    let Some(place) = known.places.place(p).filter(|_| site.dateline) else { return false };
    let country = known.geography.countries.get(usize::from(site.country));
    let capital = country.is_some_and(|c| fold(c.capital) == fold(place.name));
    place.population < SMALL_TOWN || (!capital && is_called_city(text))
}

/// Whether the text calls the town that it is of "the city": "across the port city".
pub(super) fn is_called_city(text: &Text<'_>) -> bool {
    let called = |i: usize| {
        let kind = text.tokens.get(i + 1).is_some_and(|t| t.shape == Shape::Lower);
        let port = kind && text.is(i + 2, "city") && !matches!(text.word(i + 3), "of" | ",");
        text.is(i, "the") && (text.is(i + 1, "city") || port && !text.is_capital(i + 3))
    };
    (0..text.tokens.len()).any(called)
}

/// The scene when the frame names none: the place that the story speaks of most, in the country that
/// it speaks of most, or else that country. A dateline tells where the reporter sat, and seldom more.
pub(super) fn fallback(text: &Text<'_>, atlas: &Atlas, known: &Knowledge) -> Option<Located> {
    let lead = atlas.countries.first()?.0;
    let own = || atlas.sites.iter().filter(|s| s.country == lead);
    let place = own()
        .filter(|s| {
            !s.demonym
                && !s.dateline
                && !is_care(text, s)
                && !is_seat(text, s)
                && match s.referent {
                    Referent::Place(_) | Referent::Site(_) => true,
                    Referent::Area(a) => is_district(a, known),
                    Referent::Country(_) => false,
                }
        })
        .max_by(|a, b| {
            let there = |s: &Located| !is_elsewhere(text, s);
            there(a)
                .cmp(&there(b))
                .then(atlas.weight(a).total_cmp(&atlas.weight(b)))
                .then(b.first.cmp(&a.first))
        });
    if let Some(place) = place.or_else(|| own().find(|s| is_local(text, s, known))) {
        return Some(place.clone());
    }
    let any = own().chain(atlas.told.iter().filter(|s| s.country == lead)).next()?;
    Some(Located { referent: Referent::Country(lead), ..any.clone() })
}
