//! Which place is the scene of an incident, and the chain from it up to the country.

use std::ops::Range;

use reading::Span;

use crate::Knowledge;
use crate::joined::seen_in;
use crate::lexicon::Mention;
use crate::place::away::{
    is_care, is_elsewhere, is_far_at_sea, is_of_a_school, is_seat, of_the_speakers, on_water,
};
use crate::place::between::{between, is_side_of_border, names_a_site};
use crate::place::capital::capital;
use crate::place::fallback::{
    alone, fallback, headlined, in_headline_alone, is_called_city, is_local,
};
use crate::place::find::Referent;
use crate::place::home::{holds, home, is_corner, is_weak, served};
use crate::place::quarter::{city, is_quarter, of_the_county, the_district, whole_name};
use crate::place::resolve::{Atlas, Located};
use crate::place::settlement::{house_in, is_around, land_of, unknown_settlement};
use crate::place::site::{site_words, unknown_place};
use crate::place::street::has_streets;
use crate::resolved::{Basis, Precision, Resolved, Scene};
use crate::text::{Shape, Text};

/// What it adds that a model takes a name for the scene.
const SEEN: f32 = 4.0;
/// What it adds that something was done all over a country or area.
const ALL_OVER: f32 = 4.5;
/// A town and a site so far from each other are one scene.
pub(super) const NEAR_KM: f64 = 15.0;

/// The scene of a frame: the best name in its sentences, completed upwards.
///
/// `near` orders the candidates: the tokens of the frame's sentences, the frame's own first; `seen` is
/// what a model takes for the scene.
pub fn scene(
    text: &Text<'_>,
    atlas: &Atlas,
    near: &[Range<usize>],
    trigger: usize,
    (mentions, seen): (&[Mention<'_>], &[(Span, f32)]),
    known: &Knowledge,
) -> Option<Resolved<Scene>> {
    let best = best_name(text, atlas, near, trigger, seen, known);
    let site_words =
        near.first().and_then(|range| site_words(text, mentions, range.clone(), atlas));
    if near.first().is_some_and(|range| is_at_sea(text, atlas, range, best)) {
        return None;
    }
    let broad = best.is_none_or(|site| matches!(site.referent, Referent::Country(_)));
    let own = near.first().filter(|_| broad);
    let capital = own.and_then(|range| capital(text, atlas, range.clone(), known));
    // The village of the sentence that names the scene, and what it lies in rather than the dateline.
    let told = best.and_then(|site| near.iter().find(|range| range.contains(&site.first)));
    let settlement = told
        .or(near.first())
        .and_then(|range| unknown_settlement(text, mentions, range.clone(), atlas));
    let filed = best.is_none_or(|site| site.dateline);
    let around = settlement.as_ref().filter(|_| filed).and_then(|name| land_of(name, atlas));
    let best = around.or(best);
    let in_settlement =
        |site: &Located| settlement.as_ref().is_some_and(|name| is_around(name, site));
    let (site, rule, basis) = match (capital, best) {
        (Some(site), _) => (site, "the capital of a country", Basis::Stated),
        (None, Some(site)) if in_settlement(site) => {
            (site.clone(), "scene in the frame", Basis::Stated)
        }
        (None, Some(site)) if let Some(stretch) = between(text, atlas, site, known) => {
            (stretch, "between two towns", Basis::Inferred)
        }
        (None, Some(site)) => {
            let site = of_the_speakers(text, atlas, near, site, mentions, known);
            if let Some((place, rule)) = narrower(text, &site, atlas, known) {
                (place.clone(), rule, Basis::Inferred)
            } else {
                let title = || in_headline_alone(atlas, Some(site.country), known);
                let weak = gives_way(text, &site, atlas, known);
                if let Some(title) = weak.then(title).flatten() {
                    return Some(title);
                }
                (site, "scene in the frame", Basis::Stated)
            }
        }
        (None, None) => {
            let local = home(text, atlas, false);
            let story = local.cloned().or_else(|| fallback(text, atlas, known));
            let wide = story.as_ref().is_none_or(|s| match s.referent {
                Referent::Country(_) => true,
                Referent::Place(_) => !s.dateline && is_only_beside(text, s, atlas, known),
                _ => false,
            });
            let country = story.as_ref().map(|s| s.country);
            let title = wide.then(|| in_headline_alone(atlas, country, known)).flatten();
            if title.is_some() {
                return title;
            }
            (story?, "scene from the story", Basis::Inferred)
        }
    };
    // "The Austin neighbourhood" of a story from Chicago is no town called Austin.
    let quarter = is_quarter(text, atlas, &site).then(|| city(&site, atlas, known)).flatten();
    let quarter = quarter.or_else(|| of_the_county(text, atlas, &site, known));
    let mut scene = chain(quarter.unwrap_or(&site), atlas, near, known);
    if quarter.is_some() {
        scene.site = Some(whole_name(text, &site).of(text.source).to_owned());
    }
    let wide = !matches!(scene.precision, Precision::Place | Precision::Site);
    let village = settlement
        .filter(|name| wide || site.dateline || is_around(name, &site))
        .and_then(|name| text.span(name.start, name.end));
    if village.is_some() && !wide && is_near(text, site.first) {
        scene.precision = Precision::Near;
    }
    let unknown = |range: Range<usize>| unknown_place(text, mentions, range, atlas);
    // Local news names the quarter, which says more than "the house".
    let local = wide && has_streets(text);
    let site_words = lead(text)
        .filter(|_| local)
        .find_map(unknown)
        .or(match (site_words, village) {
            (Some(house), Some(village)) => Some(house_in(text, house, village)),
            (house, village) => house.or(village),
        })
        .or_else(|| near.first().filter(|_| wide).cloned().and_then(unknown));
    if scene.site.is_none() {
        scene.site = site_words
            .map(|span| span.of(text.source).split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let mut at = vec![site.span];
    at.extend(site_words);
    if is_distance(text, site.first) {
        scene.precision = Precision::Near;
    }
    Some(Resolved::new(scene, basis, at, rule))
}

/// The name that serves best as the scene, in all the sentences.
fn best_name<'a>(
    text: &Text<'_>,
    atlas: &'a Atlas,
    near: &[Range<usize>],
    trigger: usize,
    seen: &[(Span, f32)],
    known: &Knowledge,
) -> Option<&'a Located> {
    let mut best: Option<(&Located, f32)> = None;
    for (rank, range) in near.iter().enumerate() {
        for site in atlas.within(range.clone()) {
            let mut score = stands(text, atlas, site, trigger, rank, known);
            if score > 0.0 {
                score += SEEN * seen_in(seen, site.span);
            }
            if score > 0.0 && best.is_none_or(|(_, b)| score > b) {
                best = Some((site, score));
            }
        }
    }
    best.map(|(site, _)| site)
}

/// Whether it was on no land: "Yemen's rebels fired at a tanker in the Gulf of Aden" says of Yemen only
/// whose they are.
fn is_at_sea(text: &Text<'_>, atlas: &Atlas, range: &Range<usize>, best: Option<&Located>) -> bool {
    let owner = |site: &Located| {
        text.tokens.get(site.last).is_some_and(|token| token.shape == Shape::Possessive)
    };
    let on =
        |water: Range<usize>| best.is_none_or(|site| owner(site) || water.contains(&site.first));
    atlas.within(range.clone()).iter().any(|site| is_far_at_sea(text, site.first))
        || on_water(text, range).is_some_and(on)
}

/// Whether a name only stands beside the scene, or is wider than it, so that the town of the headline
/// says it better.
fn gives_way(text: &Text<'_>, site: &Located, atlas: &Atlas, known: &Knowledge) -> bool {
    let weak = match site.referent {
        Referent::Place(_) => is_only_beside(text, site, atlas, known),
        Referent::Area(a) => {
            let mut towns = atlas.title.iter();
            is_district(a, known) && towns.any(|s| holds(site, s, known))
        }
        _ => false,
    };
    weak && !atlas.title.iter().any(|s| s.metonym)
}

/// The first sentences, where local news says in which quarter it was.
fn lead(text: &Text<'_>) -> impl Iterator<Item = Range<usize>> {
    const SENTENCES: usize = 2;
    text.sentences.iter().take(SENTENCES).map(|s| s.first..s.last)
}

/// The scene that the name at `site` gives, completed upwards.
pub(crate) fn scene_at(
    text: &Text<'_>,
    atlas: &Atlas,
    site: &Located,
    known: &Knowledge,
) -> Resolved<Scene> {
    let near = std::slice::from_ref(&(site.first..site.last)).to_vec();
    let mut scene = chain(site, atlas, &near, known);
    if is_distance(text, site.first) {
        scene.precision = Precision::Near;
    }
    Resolved::new(scene, Basis::Stated, vec![site.span], "place beside the word")
}

/// How well a name serves as the scene.
pub(crate) fn stands(
    text: &Text<'_>,
    atlas: &Atlas,
    site: &Located,
    trigger: usize,
    rank: usize,
    known: &Knowledge,
) -> f32 {
    if is_side_of_border(text, site) {
        return 6.0 - rank as f32 * 1.5;
    }
    if site.demonym || site.metonym {
        return 0.0;
    }
    // "at the hall" stands as "at hall" does.
    let first = site.first - usize::from(site.first > 0 && text.is(site.first - 1, "the"));
    let before = |n: usize| first.checked_sub(n).map(|i| text.key(i)).unwrap_or_default();
    let mut score = match site.referent {
        Referent::Site(_) => 7.0,
        Referent::Place(_) => 6.0,
        Referent::Area(a) if is_district(a, known) => 4.2,
        Referent::Area(_) => 3.5,
        Referent::Country(_) => 1.5,
    };
    if let Referent::Place(p) = site.referent {
        // The capital in a list of lesser places is seldom the scene.
        score += known.places.place(p).map_or(0.0, |p| if p.population == 0 { 0.3 } else { 0.0 });
    }
    match before(1) {
        "in" | "at" | "near" | "outside" | "inside" | "on" | "around" | "hit" | "struck"
        | "hits" | "rocked" | "across" | "attacked" | "stormed" | "raided" | "shelled"
        | "bombed" => score += 2.5,
        "of" => score += 1.2,
        "from" | "to" | "towards" | "between" | "and" | "for" | "with" | "against" | "by" => {
            score -= 1.5;
        }
        _ => {}
    }
    // "At cities across Ukraine, killing one in Kyiv": Kyiv is one of them.
    if before(1) == "across" && !matches!(site.referent, Referent::Place(_) | Referent::Site(_)) {
        score += ALL_OVER;
    }
    if is_suburb_of(text, site, known) {
        score -= 2.5;
    }
    // "Lakeview police" may act anywhere near Lakeview.
    if text.is(site.last, "police") {
        score -= 3.5;
    }
    if is_elsewhere(text, site) {
        score -= if is_seat(text, site) { 8.0 } else { 4.0 };
    }
    if is_care(text, site) {
        score -= 12.0;
    }
    // "An Eastern Washington University student" may be anywhere.
    if is_of_a_school(text, site) {
        score -= 8.0;
    }
    // "600 nautical miles east of Mogadishu" is on no land.
    if is_far_at_sea(text, site.first) {
        return 0.0;
    }
    let distance = site.first.abs_diff(trigger) as f32;
    score -= (distance / 12.0).min(2.5);
    score -= rank as f32 * 1.5;
    // Local news is filed from where it happened.
    if site.dateline && !is_here(text) {
        let local = has_streets(text) && is_local(text, site, known);
        score -= match (local, is_small(site, known)) {
            (true, true) => 2.0,
            (true, false) => 4.5,
            (false, _) => 5.0,
        };
    }
    if is_corner(text, site, known) {
        score -= 6.0;
    }
    if names_a_site(text, atlas, site) {
        score -= 8.0;
    }
    score + 0.7 * (1.0 + atlas.weight(site)).ln()
}

/// Whether an area is of the second level, so that it tells the scene nearly as a town does.
pub(super) fn is_district(area: u32, known: &Knowledge) -> bool {
    known.geography.areas.get(area as usize).is_some_and(|area| area.level == 2 && area.formal)
}

/// Whether a town has no reporters of its own who tell of the towns around it.
fn is_small(site: &Located, known: &Knowledge) -> bool {
    const SMALL: u32 = 200_000;
    let Referent::Place(p) = site.referent else { return false };
    known.places.place(p).is_some_and(|place| place.population < SMALL)
}

/// Whether the reporter writes from the scene: "this Israeli-occupied town".
fn is_here(text: &Text<'_>) -> bool {
    let is = |i: usize, words: &[&str]| words.contains(&text.key(i));
    (0..text.tokens.len()).any(|i| {
        text.is(i, "this") && (i + 1..i + 5).any(|j| is(j, &["town", "city", "village", "capital"]))
    })
}

/// The town that says it better than `site`, with the rule by which it does: one in a wide area, or
/// the one that the news is of where `site` is only named beside it.
fn narrower<'a>(
    text: &Text<'_>,
    site: &Located,
    atlas: &'a Atlas,
    known: &Knowledge,
) -> Option<(&'a Located, &'static str)> {
    let in_area = !matches!(site.referent, Referent::Country(_));
    let of_district = || {
        let Referent::Area(a) = site.referent else { return None };
        let mut towns = atlas.sites.iter().filter(|s| is_district(a, known) && s.dateline);
        towns.find(|s| holds(site, s, known) && is_local(text, s, known))
    };
    // "CHITTAGONG — Pickets torched buses across the port city".
    let its_city = || {
        let mut towns = atlas.sites.iter().filter(|s| s.dateline && holds(site, s, known));
        towns.find(|s| is_called_city(text) && is_local(text, s, known))
    };
    let home = home(text, atlas, in_area).filter(|home| home.country == site.country);
    let from_home = |home| (home, "town of the dateline");
    let wide = match site.referent {
        Referent::Country(_) => true,
        Referent::Area(a) => known.geography.level(a) == 1 || is_district(a, known),
        Referent::Place(_) => {
            let other = home.filter(|home| home.referent != site.referent);
            return other.filter(|_| is_only_beside(text, site, atlas, known)).map(from_home);
        }
        Referent::Site(_) => false,
    };
    if !wide {
        return None;
    }
    let district = || the_district(text, site, atlas, known);
    headlined(site, atlas, known)
        .map(|place| (place, "scene in the headline"))
        .or_else(|| {
            alone(text, site, atlas, known, true).map(|place| (place, "the only town of the area"))
        })
        .or_else(|| home.filter(|home| holds(site, home, known)).map(from_home))
        .or_else(|| {
            alone(text, site, atlas, known, false).map(|place| (place, "the only town of the area"))
        })
        .or_else(|| of_district().map(from_home))
        .or_else(|| its_city().map(from_home))
        .or_else(|| served(text, site, atlas, known).map(|place| (place, "town of the police")))
        .or_else(|| district().map(|place| (place, "the only district of the area")))
}

/// Whether the place of `site` is nowhere in the text said to be where something is.
fn is_only_beside(text: &Text<'_>, site: &Located, atlas: &Atlas, known: &Knowledge) -> bool {
    let weak = |s: &Located| is_weak(text, s) || is_suburb_of(text, s, known);
    atlas.sites.iter().all(|s| s.referent != site.referent || weak(s))
}

/// "In suburban Detroit" is beside Detroit; "in south suburban Riverdale" is in it.
fn is_suburb_of(text: &Text<'_>, site: &Located, known: &Knowledge) -> bool {
    const GREAT: u32 = 200_000;
    let Referent::Place(p) = site.referent else { return false };
    let great = known.places.place(p).is_some_and(|p| p.population >= GREAT);
    great && site.first > 0 && text.is(site.first - 1, "suburban")
}

/// From the name up to the country, and the coordinates of its most precise part.
pub(super) fn chain(
    site: &Located,
    atlas: &Atlas,
    near: &[Range<usize>],
    known: &Knowledge,
) -> Scene {
    let country = &known.geography.countries[usize::from(site.country)];
    let code = String::from_utf8_lossy(&country.code).into_owned();
    let mut scene = Scene {
        country: code,
        admin1: None,
        place: None,
        site: None,
        lat: Some(country.lat),
        lon: Some(country.lon),
        precision: Precision::Country,
    };
    let area_named = || {
        near.iter().flat_map(|r| atlas.within(r.clone())).find_map(|s| match s.referent {
            Referent::Area(a) if s.country == site.country => {
                Some(known.geography.areas[a as usize].name.to_owned())
            }
            _ => None,
        })
    };
    match site.referent {
        Referent::Country(_) => {}
        Referent::Area(a) => {
            let area = &known.geography.areas[a as usize];
            // A district stands where the town would: its precision says which it is.
            if area.level == 1 {
                scene.admin1 = Some(area.name.to_owned());
            } else {
                scene.place = Some(area.name.to_owned());
            }
            (scene.lat, scene.lon) = (area.lat, area.lon);
            scene.precision = if area.level == 1 { Precision::Admin1 } else { Precision::Admin2 };
        }
        Referent::Place(p) => {
            if let Some(place) = known.places.place(p) {
                scene.admin1 = place
                    .area
                    .map(|a| known.geography.areas[usize::from(a)].name.to_owned())
                    .or_else(area_named);
                scene.place = Some(place.name.to_owned());
                (scene.lat, scene.lon) = (Some(place.lat), Some(place.lon));
                scene.precision = Precision::Place;
            }
        }
        Referent::Site(s) => {
            let known_site = &known.geography.sites[s as usize];
            let filled = |cell: &str| Some(cell.to_owned()).filter(|c| !c.is_empty());
            let area = known.geography.area(&scene.country, known_site.area);
            scene.admin1 = match area {
                Some(area) => Some(known.geography.areas[usize::from(area)].name.to_owned()),
                None => filled(known_site.area),
            };
            scene.place = filled(known_site.place);
            scene.site = Some(known_site.name.to_owned());
            (scene.lat, scene.lon) = (Some(known_site.lat), Some(known_site.lon));
            scene.precision = Precision::Site;
        }
    }
    scene
}

/// Whether token `i` is what something lies near: "Likoti near Torit".
fn is_near(text: &Text<'_>, i: usize) -> bool {
    i > 0 && matches!(text.key(i - 1), "near" | "outside") || is_distance(text, i)
}

/// Whether "30 km north of" stands before token `i`.
fn is_distance(text: &Text<'_>, i: usize) -> bool {
    (i.saturating_sub(7)..i).any(|j| {
        text.tokens[j].shape == Shape::Number
            && matches!(
                text.key(j + 1),
                "km" | "kilometers" | "kilometres" | "miles" | "mile" | "kilometre" | "kilometer"
            )
    }) && i > 0
        && matches!(text.key(i - 1), "of" | "from" | "outside")
}
