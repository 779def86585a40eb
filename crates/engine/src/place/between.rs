//! Names that are near the scene without being it: what happened "on the road between Ansongo and
//! Labbezanga" was in neither of them, but in the area or country that both lie in; a border has two
//! sides; the London Hotel is in Kampala.

use crate::Knowledge;
use crate::place::distance::kilometres;
use crate::place::find::Referent;
use crate::place::locate::point;
use crate::place::resolve::{Atlas, Located};
use crate::place::scene::is_district;
use crate::text::Text;

/// Towns so near each other are one scene.
const NEAR_KM: f64 = 15.0;
/// Ways from one town to another, and what goes on them. Sorted.
#[rustfmt::skip]
const WAYS: &[&str] = &[
    "bus", "convoy", "flight", "highway", "line", "motorway", "railway", "road", "route", "track",
    "train",
];

/// What the two towns have in common between which the scene is, if `site` is one of them.
pub(super) fn between(
    text: &Text<'_>,
    atlas: &Atlas,
    site: &Located,
    known: &Knowledge,
) -> Option<Located> {
    let town = |s: &Located| {
        let small = match s.referent {
            Referent::Place(_) => true,
            Referent::Area(a) => is_district(a, known),
            _ => false,
        };
        small && !s.demonym
    };
    let is_pair = |a: &Located, b: &Located| {
        // "Talks between Moscow and Kyiv" are of no stretch of land.
        let own = (a == site || b == site) && !site.metonym;
        own && town(a) && town(b) && a.referent != b.referent && are_ends(text, a, b)
    };
    let (a, b) = atlas.sites.windows(2).find_map(|pair| match pair {
        [a, b] if is_pair(a, b) => Some((a, b)),
        _ => None,
    })?;
    let apart = kilometres(point(a.referent, known)?, point(b.referent, known)?);
    if apart <= NEAR_KM || a.country != b.country {
        return None;
    }
    let area = |s: &Located| match s.referent {
        Referent::Place(p) => known.places.place(p).and_then(|p| p.area),
        Referent::Area(a) => known.geography.parent(a as u16),
        _ => None,
    };
    let common = area(a).filter(|&own| area(b) == Some(own));
    let referent =
        common.map_or(Referent::Country(a.country), |area| Referent::Area(u32::from(area)));
    Some(Located { referent, ..a.clone() })
}

/// Whether the two names are the ends of a stretch: "between Sibi and Machh", "a flight from Antananarivo
/// to Toliara".
fn are_ends(text: &Text<'_>, a: &Located, b: &Located) -> bool {
    const REACH: usize = 4;
    let Some(lead) = a.first.checked_sub(1).filter(|_| a.last + 1 == b.first) else {
        return false;
    };
    let way =
        || (lead.saturating_sub(REACH)..lead).any(|i| WAYS.binary_search(&text.key(i)).is_ok());
    text.is(lead, "between") && text.is(a.last, "and")
        || text.is(lead, "from") && text.is(a.last, "to") && way()
}

/// Whether it says on which side of a border: "the Nigerian side of the border with Niger".
pub(super) fn is_side_of_border(text: &Text<'_>, site: &Located) -> bool {
    let of = if text.is(site.last + 2, "the") { site.last + 3 } else { site.last + 2 };
    matches!(site.referent, Referent::Country(_))
        && text.is(site.last, "side")
        && (text.is(site.last + 1, "of") && matches!(text.key(of), "border" | "frontier"))
}

/// Whether a house has the name of that place and stands in another: "the London Hotel in Kampala".
pub(super) fn names_a_site(text: &Text<'_>, atlas: &Atlas, site: &Located) -> bool {
    const HOUSES: &[&str] = &[
        "avenue",
        "bank",
        "bar",
        "cafe",
        "club",
        "hotel",
        "mall",
        "market",
        "motel",
        "plaza",
        "restaurant",
        "road",
        "square",
        "street",
    ];
    let house = HOUSES.contains(&text.key(site.last)) && text.is_capital(site.last);
    let inside = matches!(text.word(site.last + 1), "in" | ",");
    let other = |s: &Located| s.first == site.last + 2 && !s.demonym && s.referent != site.referent;
    house && inside && atlas.within(site.last..site.last + 3).iter().any(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order() {
        assert!(WAYS.is_sorted());
    }
}
