//! Names of places in the names of other things: a street, a corner, a block of flats, a shop. They
//! are called after the place, and are seldom in it.

use rustc_hash::FxHashSet;

use crate::Knowledge;
use crate::fold::fold_phrase;
use crate::place::find::{Referent, Toponym};
use crate::place::usage::is_direction;
use crate::text::{Case, Shape, Text};

/// Words that end the name of a street. Sorted.
#[rustfmt::skip]
const STREETS: &[&str] = &[
    "ave", "avenue", "blvd", "boulevard", "circle", "crescent", "dr", "drive", "expressway",
    "freeway", "highway", "hwy", "lane", "parkway", "pike", "pkwy", "place", "rd", "road", "st",
    "street", "terrace", "trail", "turnpike",
];

/// Words that end the name of a building or a business. Sorted.
#[rustfmt::skip]
const BUILDINGS: &[&str] = &[
    "apartment", "apartments", "bar", "bistro", "cafe", "cemetery", "chapel", "club", "complex",
    "estates", "grill", "inn", "lodge", "mall", "manor", "mart", "motel", "outlet", "park",
    "pharmacy", "pizza", "plaza", "pub", "restaurant", "salon", "store", "stores", "supermarket",
    "tavern", "theater", "theatre", "towers",
];

/// The longest name of a building behind that of a place, in tokens.
const LONGEST: usize = 6;

fn is_number(text: &Text<'_>, i: usize) -> bool {
    text.tokens.get(i).is_some_and(|t| t.shape == Shape::Number)
}

/// Whether token `i` ends the name of a street that begins before it.
pub(super) fn ends_street(text: &Text<'_>, i: usize) -> bool {
    text.is_capital(i) && STREETS.binary_search(&text.key(i)).is_ok()
}

/// Whether a name is that of a street: "Dallas Avenue", "the 3400 block of South Baltimore", "at 80
/// Madison", "on North Dayton", "near 6th and Madison".
pub(super) fn is_street(text: &Text<'_>, name: &Toponym) -> bool {
    let mut lead = name.first;
    while lead > 0 && is_direction(text, lead - 1) {
        lead -= 1;
    }
    let word = |back: usize| lead.checked_sub(back).map_or("", |i| text.key(i));
    let block = word(1) == "of" && matches!(word(2), "block" | "blocks");
    if ends_street(text, name.last) || block {
        return true;
    }
    if text.case == Case::Flat {
        return false;
    }
    let house =
        lead > 1 && is_number(text, lead - 1) && matches!(word(2), "at" | "near" | "of" | "to");
    // "North Dayton" may be a town; one drives on a street.
    let longer = (lead < name.first
        || name.last - name.first > 1 && is_direction(text, name.first))
        && text.is_capital(lead);
    house || longer && word(1) == "on" || is_corner(text, lead, name.last)
}

/// Whether a name of the tokens `first..last` and a numbered street make a corner.
fn is_corner(text: &Text<'_>, first: usize, last: usize) -> bool {
    let ordinal = |i: usize| {
        matches!(text.key(i), "st" | "nd" | "rd" | "th") && i > 0 && is_number(text, i - 1)
    };
    let joins = |i: usize| text.is(i, "and") || text.word(i) == "&";
    let before = first > 1 && joins(first - 1) && ordinal(first - 2);
    let behind = joins(last) && is_number(text, last + 1) && ordinal(last + 2);
    before || behind
}

/// The first tokens of names that are those of streets here or elsewhere in the text: who reads
/// "Dallas Avenue" does not take "near Dallas" for a town, but does so with "in Dallas".
pub(super) fn streets(text: &Text<'_>, names: &[Toponym]) -> FxHashSet<usize> {
    let street = |name: &&Toponym| !name.demonym && is_street(text, name);
    let mut found: FxHashSet<usize> = names.iter().filter(street).map(|name| name.first).collect();
    if found.is_empty() {
        return found;
    }
    let phrase = |name: &Toponym| fold_phrase(name.span.of(text.source));
    let called: FxHashSet<String> = names.iter().filter(street).map(phrase).collect();
    let beside = |name: &&Toponym| {
        let led = name.first.checked_sub(1).map_or("", |i| text.key(i));
        matches!(led, "and" | "at" | "between" | "near" | "off" | "on")
    };
    let same = names.iter().filter(beside).filter(|name| called.contains(&phrase(name)));
    found.extend(same.map(|name| name.first));
    found
}

/// Whether a name is the beginning of that of a building or business, and of no great town:
/// "Normandy Garden Apartments", "Brigham and Women's Hospital".
pub(super) fn is_building(text: &Text<'_>, name: &Toponym, known: &Knowledge) -> bool {
    const GREAT: u32 = 300_000;
    if text.case == Case::Flat || !(text.is_capital(name.last) || text.is(name.last, "and")) {
        return false;
    }
    let (mut at, mut end, mut joined) = (name.last, None, false);
    while at < name.last + LONGEST {
        let possessive = text.tokens.get(at).is_some_and(|t| t.shape == Shape::Possessive);
        if text.is_capital(at) {
            end = Some(at);
        } else if (text.is(at, "and") || text.word(at) == "&") && text.is_capital(at + 1) {
            joined = true;
        } else if !possessive {
            break;
        }
        at += 1;
    }
    let Some(end) = end else { return false };
    let school = text.is(end, "school")
        && matches!(text.key(end - 1), "elementary" | "high" | "middle" | "preparatory");
    let building = BUILDINGS.binary_search(&text.key(end)).is_ok()
        || school
        || joined && text.is(end, "hospital");
    let great = |referent: &Referent| match *referent {
        Referent::Place(p) => known.places.place(p).is_some_and(|p| p.population >= GREAT),
        _ => false,
    };
    building && !name.referents.iter().any(great)
}

/// Whether a name is a side of a town or street: "the West End of the city", "North 30th Street".
pub(super) fn is_side(text: &Text<'_>, name: &Toponym) -> bool {
    let side = |i: usize| is_direction(text, i) || matches!(text.key(i), "end" | "side");
    let alone = name.last - name.first == 1;
    let goes_on = if alone { is_number(text, name.last) } else { text.is(name.last, "of") };
    goes_on && (name.first..name.last).all(side)
}

/// Whether a text tells where something happened by streets, blocks and corners, as local news does.
pub(super) fn has_streets(text: &Text<'_>) -> bool {
    (1..text.tokens.len()).any(|i| {
        let block = matches!(text.key(i), "block" | "blocks") && text.is(i + 1, "of");
        let corner = text.is(i, "intersection") && text.is(i + 1, "of");
        let ordinal = || {
            matches!(text.key(i), "nd" | "rd" | "st" | "th")
                && is_number(text, i - 1)
                && text.is(i + 1, "and")
        };
        let care = || {
            text.is_capital(i - 1)
                && text.is_capital(i)
                && (text.is(i, "hospital") || text.is(i, "medical"))
        };
        block || corner || text.is_capital(i - 1) && ends_street(text, i) || ordinal() || care()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::place::find::toponyms;

    static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

    fn check(source: &str, expected: &[&str]) {
        let text = Text::of(source);
        let names = toponyms(&text, &KNOWN.matcher.find(&text), &KNOWN);
        let streets = streets(&text, &names);
        let other = |name: &&Toponym| {
            streets.contains(&name.first)
                || is_building(&text, name, &KNOWN)
                || is_side(&text, name)
        };
        let found: Vec<_> = names.iter().filter(other).map(|n| n.span.of(source)).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn streets_and_buildings_are_called_after_places() {
        check("It happened near 6th and Madison in Dayton.", &["Madison"]);
        check("A man lives at 80 Madison in Dayton.", &["Madison"]);
        check("He was found in the 300 block of Memphis in Dayton.", &["Memphis"]);
        check("A car stopped on Dallas Avenue, near Dallas.", &["Dallas", "Dallas"]);
        check("Guests of the Normandy Garden Apartments fled to Dayton.", &["Normandy", "Garden"]);
        check("A bomb hit the Baghdad Hotel.", &[]);
        check("Gunmen fought near Homs and Hama.", &[]);
    }

    #[test]
    fn local_news_tells_by_streets() {
        let tells = |source: &str| has_streets(&Text::of(source));
        assert!(tells("Officers were called to the 100 block of Elm."));
        assert!(tells("It happened near 6th and Center."));
        assert!(tells("She ran down Elm Street."));
        assert!(!tells("Rebels took three villages north of the river."));
    }
}
