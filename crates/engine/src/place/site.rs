//! The words of the site that was attacked: "a mosque", "Garissa University College". A hospital where
//! somebody died and the car of the attackers are none.

use std::ops::Range;

use reading::Span;

use crate::lexicon::{Mention, Role, Sense};
use crate::number::is_month;
use crate::place::{Atlas, Located};
use crate::text::{Case, Shape, Text};

/// The words of the attacked site in a sentence: "a mosque", "Garissa University College".
pub(super) fn site_words(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    range: Range<usize>,
    atlas: &Atlas,
) -> Option<Span> {
    let things = mentions.iter().filter(|m| m.first >= range.start && m.last <= range.end);
    // The port of "Port Harcourt" is no site.
    let named = |m: &&Mention<'_>| {
        let longer = |site: &Located| site.last - site.first > m.last - m.first;
        let inside = |site: &Located| site.first <= m.first && m.last <= site.last;
        atlas.within(range.clone()).iter().any(|site| inside(site) && longer(site))
    };
    let things = things.filter(|m| !named(m));
    for thing in things
        .filter(|m| m.sense(|s| if let Sense::Thing(_) = s { Some(()) } else { None }).is_some())
    {
        if is_care(text, thing, &range) || is_ride(text, mentions, thing) {
            continue;
        }
        let mut first = thing.first;
        while first > range.start && is_part_of_name(text, first - 1) {
            first -= 1;
        }
        let lead = first.checked_sub(1).map(|i| text.key(i)).unwrap_or_default();
        let led = |i: usize| {
            first.checked_sub(i).is_some_and(|i| {
                matches!(
                    text.key(i),
                    "in" | "at"
                        | "on"
                        | "through"
                        | "under"
                        | "outside"
                        | "inside"
                        | "near"
                        | "into"
                        | "hit"
                        | "struck"
                        | "attacked"
                        | "stormed"
                        | "bombed"
                        | "targeted"
                        | "targeting"
                        | "entered"
                        | "of"
                )
            })
        };
        let article = matches!(lead, "a" | "an" | "the" | "its" | "his" | "their" | "two");
        // Who is "in jail" need not be where it happened.
        let stays = lead == "in"
            && first + 1 == thing.last
            && matches!(text.key(first), "court" | "custody" | "hospital" | "jail" | "prison");
        // "A prison officer" may be anywhere.
        let person = |m: &Mention<'_>| {
            m.first == thing.last && m.senses.iter().any(|s| matches!(s, Sense::Person(..)))
        };
        // "The deputy speaker of parliament" may be anywhere.
        let of_whom = |m: &Mention<'_>| {
            m.first < thing.first
                && m.last + 1 >= first
                && m.senses.iter().any(|s| matches!(s, Sense::Person(..)))
        };
        let office = lead == "of" && mentions.iter().any(of_whom);
        if stays || office || mentions.iter().any(person) {
            continue;
        }
        if led(1) || (article && led(2)) {
            return text.span(first, thing.last);
        }
    }
    None
}

/// A quarter or hamlet that no gazetteer knows, in a sentence that names nothing narrower than a
/// district: "in the city's Feltham section", "was shot in Ellerslie, the county coroner said".
pub(super) fn unknown_place(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    range: Range<usize>,
    atlas: &Atlas,
) -> Option<Span> {
    const LONGEST: usize = 3;
    if text.case != Case::Mixed {
        return None;
    }
    let covered = |i: usize| {
        let known = mentions.iter().any(|m| (m.first..m.last).contains(&i));
        known || atlas.within(range.clone()).iter().any(|s| (s.first..s.last).contains(&i))
    };
    let free = |i: usize| {
        text.tokens.get(i).is_some_and(|t| t.shape == Shape::Capital)
            && !covered(i)
            && !is_month(text.key(i))
            && !text.key(i).ends_with("day")
    };
    range.clone().find_map(|i| {
        if !text.is(i, "in") {
            return None;
        }
        // "in the city's Feltham section".
        let led = if text.is(i + 1, "the") { i + 2 } else { i + 1 };
        let owned = text.tokens.get(led + 1).is_some_and(|t| t.shape == Shape::Possessive);
        let first = if owned && text.is(led, "city") { led + 2 } else { led };
        let last = (first..range.end).take(LONGEST + 1).find(|&j| !free(j))?;
        if last == first || last - first > LONGEST {
            return None;
        }
        let part = matches!(
            text.key(last),
            "area" | "neighborhood" | "neighbourhood" | "quarter" | "section" | "suburb"
        );
        let ends = matches!(text.word(last), "," | "." | ";")
            || matches!(text.key(last), "about" | "around" | "early" | "late" | "on");
        (part || ends && first == i + 1).then(|| text.span(first, last)).flatten()
    })
}

/// Whether the thing is a hospital where somebody died, lies, was taken to or works.
fn is_care(text: &Text<'_>, thing: &Mention<'_>, range: &Range<usize>) -> bool {
    let word = |i: usize| text.key(i);
    let hospital =
        (thing.first..thing.last).any(|i| matches!(word(i), "hospital" | "hospitals" | "clinic"));
    hospital
        && (thing.first.saturating_sub(9).max(range.start)..thing.first).any(|i| {
            matches!(
                word(i),
                "died"
                    | "dies"
                    | "dying"
                    | "succumbed"
                    | "taken"
                    | "treated"
                    | "admitted"
                    | "airlifted"
                    | "rushed"
                    | "life"
                    | "condition"
                    | "surgeon"
                    | "doctor"
                    | "nurse"
                    | "doctors"
                    | "treatment"
                    | "recovering"
                    | "director"
            )
        })
}

/// Whether the thing is what the attackers came or fled in: "gunmen on a motorcycle".
fn is_ride(text: &Text<'_>, mentions: &[Mention<'_>], thing: &Mention<'_>) -> bool {
    const RIDES: &[&str] = &[
        "boat",
        "boats",
        "car",
        "cars",
        "jeep",
        "lorries",
        "lorry",
        "minibus",
        "motorbike",
        "motorbikes",
        "motorcycle",
        "motorcycles",
        "pickup",
        "taxi",
        "truck",
        "trucks",
        "van",
        "vehicle",
        "vehicles",
    ];
    let word = |i: usize| text.key(i);
    let ride = thing.last > 0 && RIDES.binary_search(&word(thing.last - 1)).is_ok();
    let from = thing.first.saturating_sub(4);
    if !ride {
        return false;
    }
    let comes = (from..thing.first).any(|i| {
        matches!(
            word(i),
            "arrived"
                | "came"
                | "fled"
                | "escaped"
                | "travelling"
                | "traveling"
                | "riding"
                | "drove"
                | "driving"
                | "left"
        )
    });
    comes
        || mentions.iter().any(|m| {
            (from..thing.first).contains(&m.first)
                && thing.first - m.last <= 3
                && m.senses.iter().any(|s| matches!(s, Sense::Person(_, Role::Perpetrator)))
        })
}

/// Whether token `i` belongs to the name of the thing after it.
fn is_part_of_name(text: &Text<'_>, i: usize) -> bool {
    match text.tokens[i].shape {
        Shape::Capital | Shape::Upper => text.case == Case::Mixed,
        Shape::Lower => matches!(
            text.word(i),
            "crowded"
                | "busy"
                | "packed"
                | "public"
                | "primary"
                | "secondary"
                | "main"
                | "central"
                | "local"
                | "army"
                | "military"
                | "catholic"
                | "girls"
                | "boarding"
                | "music"
                | "concert"
                | "shopping"
                | "luxury"
                | "popular"
                | "international"
                | "apartment"
                | "residential"
        ),
        _ => false,
    }
}
