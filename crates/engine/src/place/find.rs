//! Stretches of a text that name a place, with all that each could be.

use reading::Span;

use crate::Knowledge;
use crate::fold::{fold_into, fold_phrase};
use crate::lexicon::{Mention, Sense};
use crate::place::distance::kilometres;
use crate::place::locate::point;
use crate::place::settlement::is_cut_short;
use crate::text::{Case, Shape, Text};

/// What a name could refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Referent {
    /// A country, by its index.
    Country(u16),
    /// An area, by its index.
    Area(u32),
    /// A place of the gazetteer, by its index.
    Place(u32),
    /// A known site, by its index.
    Site(u32),
}

/// A name of a place in a text.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing of its own that is asked of a name"
)]
pub struct Toponym {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// The words.
    pub span: Span,
    /// All that it could be.
    pub referents: Vec<Referent>,
    /// Whether it is a demonym: it tells the country, never the scene.
    pub demonym: bool,
    /// Whether it needs other words to be a place at all.
    pub weak: bool,
    /// Whether it is a word of everyday or many persons' name as well.
    pub common: bool,
    /// Whether it is known to be a place's name, so that only which place is asked.
    pub sure: bool,
}

/// The longest names looked for, in tokens.
const LONGEST: usize = 5;

/// All names of places, in order. `mentions` are those of the automaton.
pub fn toponyms(text: &Text<'_>, mentions: &[Mention<'_>], known: &Knowledge) -> Vec<Toponym> {
    let mut found = Vec::new();
    let (mut at, mut next) = (0, 0);
    let mut key = String::new();
    while at < text.tokens.len() {
        while next < mentions.len() && mentions[next].last <= at {
            next += 1;
        }
        if let Some(toponym) = short(text, at, known) {
            at = toponym.last;
            found.push(toponym);
            continue;
        }
        let here = mentions.get(next).filter(|m| m.first == at);
        let named = here.and_then(|m| named(text, m));
        let end = here.map_or(at + 1, |m| m.last);
        // An organisation's name swallows the places in it.
        if here.is_some_and(|m| m.senses.iter().all(|s| matches!(s, Sense::Actor(..)))) {
            // "Lakeview police" are a force, and say whose.
            let police = (at + 1..end)
                .find(|&i| text.is(i, "police"))
                .filter(|&i| i + 1 == end || text.case == Case::Mixed);
            let town = police.and_then(|police| {
                listed(text, at, at + 1, mentions, known, &mut key).filter(|t| t.last == police)
            });
            found.extend(town);
            at = end;
            continue;
        }
        let listed = listed(text, at, end, mentions, known, &mut key);
        let toponym = match (named, listed) {
            (Some(mut a), Some(b)) if a.last == b.last => {
                a.referents.extend(b.referents);
                a.weak = false;
                Some(a)
            }
            (Some(a), Some(b)) => Some(if a.last >= b.last { a } else { b }),
            (a, b) => a.or(b),
        };
        match toponym {
            Some(toponym) => {
                at = toponym.last;
                found.push(toponym);
            }
            None => at = end.max(at + 1),
        }
    }
    found
}

/// The place that a mention of the automaton names.
pub(super) fn named(text: &Text<'_>, mention: &Mention<'_>) -> Option<Toponym> {
    let mut referents = Vec::new();
    let mut demonym = false;
    for &sense in mention.senses {
        match sense {
            Sense::Country(i) => referents.push(Referent::Country(i)),
            Sense::Demonym(i) => {
                demonym = true;
                referents.push(Referent::Country(i));
            }
            Sense::Area(i) => referents.push(Referent::Area(i)),
            Sense::Site(i) => referents.push(Referent::Site(i)),
            _ => {}
        }
    }
    if referents.is_empty() || mention.is_thing_in(text) {
        return None;
    }
    let span = text.span(mention.first, mention.last)?;
    let weak = text.case == Case::Flat && !demonym && matches!(referents[..], [Referent::Area(_)]);
    Some(Toponym {
        first: mention.first,
        last: mention.last,
        span,
        referents,
        demonym,
        weak,
        common: false,
        sure: false,
    })
}

/// The short form of an area at token `at`: "Ore." behind a name and a comma, "in W.Va.".
fn short(text: &Text<'_>, at: usize, known: &Knowledge) -> Option<Toponym> {
    let word = text.word(at);
    let token = text.tokens.get(at)?;
    let dotted = word.contains('.');
    let stopped = text.word(at + 1) == "."
        && text.tokens.get(at + 1).is_some_and(|stop| stop.start == token.end);
    let letters = token.shape == Shape::Upper && word.len() <= 3;
    if text.case == Case::Flat || !(dotted || stopped || letters) || word.len() > 6 {
        return None;
    }
    let behind = at > 1 && text.word(at - 1) == "," && text.is_capital(at - 2);
    let prepared = at > 0 && dotted && matches!(text.word(at - 1), "in" | "of" | "to" | "from");
    if !behind && !prepared {
        return None;
    }
    let referents = known.places.short(&fold_phrase(word));
    let span = text.span(at, at + 1)?;
    (!referents.is_empty()).then_some(Toponym {
        first: at,
        last: at + 1,
        span,
        referents,
        demonym: false,
        weak: false,
        common: false,
        sure: false,
    })
}

/// The longest name of the gazetteer that begins at token `at` and is no shorter than to `end`.
fn listed(
    text: &Text<'_>,
    at: usize,
    end: usize,
    mentions: &[Mention<'_>],
    known: &Knowledge,
    key: &mut String,
) -> Option<Toponym> {
    if !begins(text, at) {
        return None;
    }
    let mut ends = Vec::with_capacity(LONGEST);
    let mut last = at;
    while last < text.tokens.len() && last < at + LONGEST && (last == at || continues(text, last)) {
        last += 1;
        if names(text, last - 1) {
            ends.push(last);
        }
    }
    for &last in ends.iter().rev() {
        // A name inside a longer phrase of a dictionary is not looked up.
        if last < end {
            break;
        }
        key.clear();
        for i in (at..last).filter(|&i| !is_stop(text, i)) {
            if i > at {
                key.push(' ');
            }
            fold_into(text.word(i), key);
        }
        let Some(mut found) = known.places.find(key) else { continue };
        if is_cut_short(text, at, last) || last == at + 1 && is_article(text, at) {
            continue;
        }
        if found.word {
            let local = is_led(text, at, last);
            found.referents.retain(|&place| {
                is_followed(text, last, place, mentions, known)
                    || local && is_in_county(place, mentions, known)
            });
            if found.referents.is_empty() {
                continue;
            }
        }
        let weak = found.weak || text.case == Case::Flat;
        let referents = match found.region {
            Some(region) => vec![Referent::Place(region)],
            None => found.referents,
        };
        let span = text.span(at, last)?;
        return Some(Toponym {
            first: at,
            last,
            span,
            referents,
            demonym: found.demonym,
            weak: weak && !found.demonym,
            common: found.weak && !found.demonym,
            sure: false,
        });
    }
    None
}

/// Whether a word for where something is stands before the name of the tokens `first..last`, which is
/// the whole name: "on Elm Drive in Holiday".
fn is_led(text: &Text<'_>, first: usize, last: usize) -> bool {
    text.case == Case::Mixed
        && first > 0
        && matches!(text.word(first - 1), "in" | "near" | "outside")
        && !text.is_capital(last)
}

/// Whether the text names the county that `place` lies in: who reads of "Pasco County" and then "in
/// Holiday" reads a town's name.
fn is_in_county(place: Referent, mentions: &[Mention<'_>], known: &Knowledge) -> bool {
    let counties = mentions.iter().flat_map(|m| m.senses).filter_map(|sense| match *sense {
        Sense::Area(area) => Some(area),
        _ => None,
    });
    counties.into_iter().any(|county| is_of_county(place, county, known))
}

/// Whether `place` lies in a second-level area, as far as its position and the area above tell.
fn is_of_county(place: Referent, county: u32, known: &Knowledge) -> bool {
    const NEAR_KM: f64 = 45.0;
    let areas = &known.geography.areas;
    let Some(area) = areas.get(county as usize).filter(|a| a.level == 2 && a.formal) else {
        return false;
    };
    let Referent::Place(at) = place else { return false };
    let above = known.places.place(at).and_then(|place| place.area);
    let near = point(place, known).zip(area.lat.zip(area.lon));
    above.is_some()
        && above == known.geography.parent(county as u16)
        && near.is_some_and(|(a, b)| kilometres(a, b) <= NEAR_KM)
}

/// Whether a comma and the area that `place` is in stand from token `at`: "Man, W.Va.", "Chester,
/// Delaware County".
fn is_followed(
    text: &Text<'_>,
    at: usize,
    place: Referent,
    mentions: &[Mention<'_>],
    known: &Knowledge,
) -> bool {
    let Referent::Place(place) = place else { return false };
    let Some(area) = known.places.place(place).and_then(|place| place.area) else { return false };
    if text.word(at) != "," {
        return false;
    }
    let is = |referent: &Referent| match *referent {
        Referent::Area(a) => a == u32::from(area) || is_of_county(Referent::Place(place), a, known),
        _ => false,
    };
    let next = mentions.partition_point(|m| m.first <= at);
    let named = mentions.get(next).filter(|m| m.first == at + 1).and_then(|m| named(text, m));
    let short = || short(text, at + 1, known);
    named.or_else(short).is_some_and(|name| name.referents.iter().any(is))
}

/// Whether token `i` is the stop of a short form that begins names: "St. Alder".
fn is_stop(text: &Text<'_>, i: usize) -> bool {
    text.word(i) == "."
        && i > 0
        && touches(text, i)
        && matches!(text.word(i - 1), "St" | "Ste" | "Ft" | "Mt" | "Pt")
}

/// Whether token `i` is written as an article: "soldiers of La République" are not of L.A.
fn is_article(text: &Text<'_>, i: usize) -> bool {
    text.case == Case::Mixed
        && matches!(text.word(i), "Al" | "De" | "El" | "La" | "Las" | "Le" | "Les" | "Los")
}

/// Whether a name can begin with token `i`.
fn begins(text: &Text<'_>, i: usize) -> bool {
    match text.tokens[i].shape {
        Shape::Capital | Shape::Upper => true,
        Shape::Lower => {
            let article = matches!(
                text.word(i),
                "al" | "el" | "as" | "ash" | "ad" | "an" | "ar" | "at" | "az"
            );
            text.case == Case::Flat || (article && names(text, i + 1) && touches(text, i + 1))
        }
        _ => false,
    }
}

/// Whether token `i` follows the one before with nothing but a hyphen between.
fn touches(text: &Text<'_>, i: usize) -> bool {
    i > 0 && text.tokens.get(i).is_some_and(|t| t.start - text.tokens[i - 1].end <= 1)
}

/// Whether a name can go on with token `i`.
fn continues(text: &Text<'_>, i: usize) -> bool {
    let particle = || {
        matches!(
            text.word(i),
            "al" | "el"
                | "de"
                | "del"
                | "da"
                | "do"
                | "dos"
                | "la"
                | "las"
                | "los"
                | "of"
                | "du"
                | "des"
                | "the"
                | "and"
                | "ez"
                | "es"
                | "az"
                | "ad"
                | "as"
                | "ash"
                | "e"
                | "y"
                | "i"
                | "bin"
                | "ibn"
                | "am"
                | "an"
                | "di"
                | "upon"
                | "sur"
                | "le"
                | "les"
                | "a"
                | "au"
                | "ar"
                | "at"
                | "ul"
        )
    };
    match text.tokens[i].shape {
        Shape::Capital | Shape::Upper | Shape::Number => true,
        Shape::Lower => text.case == Case::Flat || particle() || touches(text, i),
        Shape::Mark => is_stop(text, i),
        Shape::Possessive => false,
    }
}

/// Whether token `i` can be the last of a name.
fn names(text: &Text<'_>, i: usize) -> bool {
    text.tokens.get(i).is_some_and(|t| match t.shape {
        Shape::Capital | Shape::Upper | Shape::Number => true,
        Shape::Lower => text.case == Case::Flat || touches(text, i),
        _ => false,
    })
}
