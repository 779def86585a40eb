//! Places that a sentence names but where nothing happened: where those sit who speak of it, where
//! the shots came from, what a stretch of sea is measured from.

use std::ops::Range;

use crate::Knowledge;
use crate::date::date_words;
use crate::lexicon::{Mention, Sense};
use crate::place::find::Referent;
use crate::place::resolve::{Atlas, Located};
use crate::place::usage::is_area_word;
use crate::text::{Shape, Text};

/// So far before a hospital the word stands that brings somebody there, in tokens.
const CARE: usize = 12;

/// Whether the harmed are taken or treated there: "was flown to a hospital in", "X Hospital".
pub(crate) fn is_care(text: &Text<'_>, site: &Located) -> bool {
    let word = |i: usize| text.key(i);
    // "Denver Health Medical Center".
    let capital = |i: usize| text.is_capital(i);
    let named = (site.last..site.last + 3)
        .take_while(|&i| i == site.last || capital(i))
        .any(|i| matches!(word(i), "hospital" | "medical" | "trauma"));
    let first = text.sentences.get(text.sentence_of(site.first)).map_or(0, |s| s.first);
    let mut before = (first.max(site.first.saturating_sub(CARE))..site.first).map(word);
    let taken =
        |word: &str| matches!(word, "taken" | "transported" | "rushed" | "airlifted" | "flown");
    let near = site.first.saturating_sub(4)..site.first;
    let hospital = || near.clone().any(|i| word(i).starts_with("hospital"));
    named || (hospital() && before.any(taken))
}

/// Whether it is in the name of a school that somebody is of: "an Eastern Washington University
/// student", but not "at Kabul University".
pub(super) fn is_of_a_school(text: &Text<'_>, site: &Located) -> bool {
    let mut lead = site.first;
    while lead > 0 && is_plain_name(text, lead - 1) {
        lead -= 1;
    }
    let led = lead.checked_sub(1).map_or("", |i| text.key(i));
    let led = match (led, lead.checked_sub(2)) {
        ("the", Some(i)) => text.key(i),
        _ => led,
    };
    let there =
        matches!(led, "at" | "in" | "inside" | "near" | "of" | "on" | "outside" | "stormed");
    let school = matches!(text.key(site.last), "college" | "university");
    let capital = text.tokens.get(site.last).is_some_and(|t| t.shape == Shape::Capital);
    school && capital && !there
}

/// Whether somebody is from there, sits there or is treated there: "based in", "hospitals in",
/// "officials in Goma said", "Kyiv's security service".
pub(crate) fn is_elsewhere(text: &Text<'_>, site: &Located) -> bool {
    let before = |n: usize| site.first.checked_sub(n).map(|i| text.key(i)).unwrap_or_default();
    let stays = matches!(
        (before(2), before(1)),
        (
            "based"
                | "born"
                | "office"
                | "hospital"
                | "hospitals"
                | "reporters"
                | "regime"
                | "court"
                | "lived"
                | "lives"
                | "resides",
            "in"
        ) | ("agents" | "residents" | "spies", "of")
            | (
                "airlifted" | "evacuated" | "flown" | "medevaced" | "referred" | "transferred",
                "to"
            )
    );
    stays
        || is_of_claimants(text, site)
        || is_home(text, site)
        || is_seat(text, site)
        || is_origin(text, site)
        || is_range(text, site)
}

/// Whether those who claim it sit there: "claimed by the Harrow movement in Yemen".
fn is_of_claimants(text: &Text<'_>, site: &Located) -> bool {
    const REACH: usize = 8;
    let led = site.first.checked_sub(1).filter(|&i| text.is(i, "in"));
    led.is_some_and(|end| {
        let from = end.saturating_sub(REACH);
        let by = (from + 1..end).rev().find(|&i| text.is(i, "by"));
        by.is_some_and(|by| {
            let name = |i: usize| {
                let shape = text.tokens.get(i).map(|t| t.shape);
                !matches!(shape, Some(Shape::Mark | Shape::Number)) && !text.is(i, "attack")
            };
            text.is(by - 1, "claimed") && (by + 1..end).all(name)
        })
    })
}

/// Whether it only says where somebody lives: "a Leeds man", "Ann Lee, 24, of Leeds".
fn is_home(text: &Text<'_>, site: &Located) -> bool {
    const PEOPLE: &[&str] = &[
        "boy",
        "couple",
        "family",
        "father",
        "girl",
        "man",
        "men",
        "mother",
        "motorist",
        "native",
        "resident",
        "residents",
        "soldier",
        "student",
        "teen",
        "teenager",
        "woman",
        "women",
    ];
    if PEOPLE.contains(&text.key(site.last)) || is_of_person(text, site.first) {
        return true;
    }
    // "of Spokane, Washington": the state too.
    let comma = site.first.checked_sub(1).filter(|&i| text.word(i) == ",");
    comma.is_some_and(|comma| {
        let mut first = comma;
        while first > 0 && is_plain_name(text, first - 1) {
            first -= 1;
        }
        first < comma && is_of_person(text, first)
    })
}

/// Whether the name that begins with token `first` is that of where a person is from: "Ann Lee, of
/// Leeds", "Lee, 24, of Leeds", "Lee, also of Leeds", "Tom Lee Jr. of Leeds".
fn is_of_person(text: &Text<'_>, first: usize) -> bool {
    let word = |back: usize| first.checked_sub(back).map_or("", |i| text.key(i));
    let Some(of) = first.checked_sub(1).filter(|_| word(1) == "of") else { return false };
    let named = || {
        of.checked_sub(2)
            .and_then(|i| text.tokens.get(i))
            .is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Number))
    };
    let comma = of > 0 && text.word(of - 1) == ",";
    comma && named()
        || matches!(word(2), "also" | "ii" | "iii" | "jr" | "sr")
        || ends_name(text, of)
}

/// Whether token `i` is a word of a name and no acronym.
fn is_plain_name(text: &Text<'_>, i: usize) -> bool {
    text.tokens.get(i).is_some_and(|t| t.shape == Shape::Capital)
}

/// Whether a person's name of two or three words between commas ends before token `end`: "the victim,
/// Tom Lee of Leeds", but not "the Great Mosque of Mecca".
fn ends_name(text: &Text<'_>, end: usize) -> bool {
    const BODIES: &[&str] = &[
        "academy",
        "army",
        "bank",
        "board",
        "church",
        "college",
        "community",
        "council",
        "court",
        "diocese",
        "federation",
        "front",
        "government",
        "institute",
        "kingdom",
        "ministry",
        "mosque",
        "movement",
        "museum",
        "party",
        "port",
        "province",
        "republic",
        "school",
        "service",
        "society",
        "state",
        "states",
        "union",
        "university",
    ];
    let capital = |i: usize| is_plain_name(text, i);
    let Some(last) = end.checked_sub(1).filter(|&i| capital(i)) else { return false };
    let mut first = last;
    while first > 0 && capital(first - 1) {
        first -= 1;
    }
    let led = first.checked_sub(1).map_or("", |i| text.word(i));
    (2..=3).contains(&(end - first))
        && led == ","
        && !(first..end).any(|i| BODIES.contains(&text.key(i)))
}

/// Whether somebody is only said to be active there: "a group active on the borders of Mali, Niger".
fn is_range(text: &Text<'_>, site: &Located) -> bool {
    const REACH: usize = 12;
    let from = site.first.saturating_sub(REACH);
    let Some(at) = (from..site.first)
        .rev()
        .find(|&i| matches!(text.key(i), "active" | "operates" | "operate" | "operating"))
    else {
        return false;
    };
    let led = ["across", "along", "in", "on"].iter().any(|word| text.is(at + 1, word));
    let between = |i: usize| {
        let small = matches!(text.key(i), "and" | "border" | "borders" | "of" | "the" | "region");
        let token = text.tokens.get(i);
        small
            || token.is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Upper | Shape::Mark))
    };
    led && (at + 2..site.first).all(between)
}

/// Whether those who speak or act for a state sit there: a body "in X" that says, denies or arrests.
pub(super) fn is_seat(text: &Text<'_>, site: &Located) -> bool {
    const BODIES: &[&str] = &[
        "agency",
        "army",
        "authorities",
        "court",
        "defence",
        "defense",
        "government",
        "investigators",
        "judge",
        "judges",
        "meeting",
        "military",
        "minister",
        "ministry",
        "officers",
        "official",
        "officials",
        "police",
        "president",
        "prosecutor",
        "prosecutors",
        "source",
        "sources",
        "spokesman",
        "spokesperson",
        "spokeswoman",
    ];
    let word = |i: usize| text.key(i);
    let is_body = |i: usize| BODIES.binary_search(&word(i)).is_ok();
    // "Kyiv's security service".
    if text.tokens.get(site.last).is_some_and(|t| t.shape == Shape::Possessive) {
        return (site.last + 1..site.last + 4)
            .any(|i| matches!(word(i), "service" | "government" | "ministry" | "military"));
    }
    // "Survivors meet in Bergen tomorrow", "the staff announced in Bergen".
    let meets = |i: usize| {
        matches!(
            text.key(i),
            "announced" | "declared" | "gather" | "gathered" | "meet" | "met" | "said" | "spoke"
        )
    };
    if site.first >= 2 && text.is(site.first - 1, "in") && meets(site.first - 2) {
        return true;
    }
    let Some(body) = site.first.checked_sub(2).filter(|&b| text.is(b + 1, "in") && is_body(b))
    else {
        return false;
    };
    // A meeting has no verb of its own, nor has a source that is quoted for it.
    let quoted = (body.saturating_sub(5)..body).any(|i| text.is(i, "according"));
    if text.is(body, "meeting") || quoted {
        return true;
    }
    let mut next = site.last;
    if text.is(next, "on") {
        next += 2;
    } else if date_words(text, next..(next + 2).min(text.tokens.len())).len() == 1 {
        next += 1;
    }
    matches!(
        word(next),
        "said"
            | "say"
            | "says"
            | "told"
            | "denied"
            | "denies"
            | "announced"
            | "reported"
            | "confirmed"
            | "warned"
            | "believe"
            | "believed"
            | "blamed"
            | "accused"
            | "arrested"
            | "sentenced"
            | "convicted"
            | "charged"
            | "identified"
            | "named"
            | "released"
    )
}

/// Whether those who shoot stand there: "militants in Lebanon fired rockets at Israel".
fn is_origin(text: &Text<'_>, site: &Located) -> bool {
    const SHOOT: &[&str] = &["fired", "launched", "lobbed", "shelled"];
    site.first > 0
        && (text.is(site.first - 1, "in") || text.is(site.first - 1, "from"))
        && SHOOT.iter().any(|word| text.is(site.last, word))
}

/// The country or state of that name where those who speak sit: "in Congo, officials in Brazzaville
/// said". A name of one country only stays what it is.
pub(super) fn of_the_speakers(
    text: &Text<'_>,
    atlas: &Atlas,
    near: &[Range<usize>],
    site: &Located,
    mentions: &[Mention<'_>],
    known: &Knowledge,
) -> Located {
    let Referent::Country(country) = site.referent else { return site.clone() };
    let mut names = near.iter().flat_map(|range| atlas.within(range.clone()));
    let Some(seat) = names.find(|s| s.country != country && is_seat(text, s)) else {
        return site.clone();
    };
    let senses = mentions.iter().filter(|m| m.first == site.first).flat_map(|m| m.senses);
    let named = senses.filter_map(|sense| match *sense {
        Sense::Country(c) if c == seat.country => Some(Referent::Country(c)),
        Sense::Area(a) if is_of(a, seat.country, known) => Some(Referent::Area(a)),
        _ => None,
    });
    let own = known.geography.countries.get(usize::from(seat.country)).filter(|country| {
        let words = site.span.of(text.source);
        country.name.ends_with(words)
    });
    let referent =
        named.into_iter().next().or_else(|| own.map(|_| Referent::Country(seat.country)));
    referent.map_or_else(
        || site.clone(),
        |referent| Located { referent, country: seat.country, ..site.clone() },
    )
}

/// Whether an area is one of a country.
fn is_of(area: u32, country: u16, known: &Knowledge) -> bool {
    known.geography.areas.get(area as usize).is_some_and(|area| area.country == country)
}

/// The words of a sentence that say that it was on a sea: "in the Gulf of Aden", "in the southern Red
/// Sea". The province of that name has a word for it: "in the Red Sea governorate".
pub(super) fn on_water(text: &Text<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    const REACH: usize = 4;
    let capital = |i: usize| text.is_capital(i);
    let is_water = |i: usize, j: usize| {
        let gulf = matches!(text.key(j), "bay" | "gulf" | "strait") && text.is(j + 1, "of");
        let sea = j > i + 2 && text.is(j, "sea") && capital(j - 1) && !is_area_word(text, j + 1);
        capital(j) && (gulf || sea)
    };
    tokens.clone().find_map(|i| {
        let led = matches!(text.key(i), "across" | "in" | "into" | "over" | "through");
        let water = (i + 2..i + 2 + REACH).find(|&j| is_water(i, j));
        let water = water.filter(|_| led && text.is(i + 1, "the"))?;
        let end = if text.is(water + 1, "of") { water + 3 } else { water + 1 };
        Some(i..end)
    })
}

/// Whether "600 nautical miles east of" stands before token `i`.
pub(super) fn is_far_at_sea(text: &Text<'_>, i: usize) -> bool {
    i > 0
        && matches!(text.key(i - 1), "of" | "from" | "off")
        && (i.saturating_sub(6)..i).any(|j| text.is(j, "nautical"))
}
