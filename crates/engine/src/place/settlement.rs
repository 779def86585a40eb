//! Villages and districts that no gazetteer knows, where the text says that they are ones: "the
//! village of Axum Kelo", "struck Lorogon village", "in Mohmand Dara district of Nangarhar".

use std::ops::Range;

use reading::Span;

use crate::lexicon::Mention;
use crate::number::is_month;
use crate::place::resolve::{Atlas, Located};
use crate::text::{Case, Shape, Text};

/// Words for a settlement, before "of" and its name. Sorted.
const SETTLEMENTS: &[&str] = &["hamlet", "locality", "settlement", "town", "township", "village"];
/// Words behind the name of a small part of the land. Sorted.
const PARTS: &[&str] =
    &["area", "commune", "district", "hamlet", "locality", "settlement", "township", "village"];
/// Words that say that something is done there. Sorted.
#[rustfmt::skip]
const THERE: &[&str] = &[
    "at", "attacked", "bombed", "burned", "burnt", "hit", "in", "inside", "near", "outside",
    "raided", "shelled", "stormed", "struck", "torched",
];
/// Words before a settlement where it was not: "residents of", "came from". Sorted.
const NOT_THERE: &[&str] = &["between", "by", "from", "to", "toward", "towards", "with"];
/// People who are "of" a village wherever they are. Sorted.
#[rustfmt::skip]
const LOCALS: &[&str] = &[
    "chief", "elder", "elders", "head", "inhabitants", "leader", "mayor", "native", "natives",
    "people", "resident", "residents", "villagers",
];
/// The most words of a name.
const LONGEST: usize = 3;
/// So far behind the name that of the town or area around it stands, in tokens.
const AROUND: usize = 12;

/// The name of a settlement that the atlas does not know, in the tokens `range`.
pub(super) fn unknown_settlement(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    range: Range<usize>,
    atlas: &Atlas,
) -> Option<Range<usize>> {
    let free = |i: usize| {
        let known = mentions.iter().any(|m| (m.first..m.last).contains(&i));
        let located = || atlas.within(range.clone()).iter().any(|s| (s.first..s.last).contains(&i));
        is_name_word(text, i) && range.contains(&i) && !known && !located()
    };
    let name = |first: usize| {
        let last = (first..=first + LONGEST).find(|&i| !free(i))?;
        (last > first).then_some(first..last)
    };
    range.clone().find_map(|i| {
        if SETTLEMENTS.binary_search(&text.key(i)).is_ok() && text.is(i + 1, "of") {
            return name(i + 2).filter(|_| is_there(text, i));
        }
        // "Lorogon village", where case tells names from words.
        let led = THERE.binary_search(&text.key(i)).is_ok();
        if !led || text.case != Case::Mixed {
            return None;
        }
        let first = if text.is(i + 1, "the") { i + 2 } else { i + 1 };
        let name = name(first)?;
        let part = PARTS.binary_search(&text.key(name.end)).is_ok() && !text.is_capital(name.end);
        (part || is_beside(text, name.end)).then_some(name)
    })
}

/// Whether the place `site` is what a settlement of the name `name` lies in or at: it stands right
/// behind it.
pub(super) fn is_around(name: &Range<usize>, site: &Located) -> bool {
    (name.end..name.end + AROUND).contains(&site.first)
}

/// The town, area or country that is said to lie around a settlement: Nangarhar in "Mohmand Dara
/// district of Nangarhar".
pub(super) fn land_of<'a>(name: &Range<usize>, atlas: &'a Atlas) -> Option<&'a Located> {
    let mut behind = atlas.within(name.end..name.end + AROUND).iter();
    behind.find(|site| !site.demonym && !site.metonym && !site.dateline)
}

/// The words of a house and of the settlement that it stands in: "a taxi rank in Khayelitsha". The name
/// of a settlement says more than the word for one.
pub(super) fn house_in(text: &Text<'_>, house: Span, village: Span) -> Span {
    const BETWEEN: &[&str] =
        &["at", "hamlet", "in", "of", "settlement", "the", "town", "township", "village"];
    let words = house.of(text.source).to_ascii_lowercase();
    if SETTLEMENTS.binary_search(&words.as_str()).is_ok() {
        return village;
    }
    let small = |word: &str| BETWEEN.binary_search(&word).is_ok();
    let between = text.source.get(house.end()..village.start());
    if !between.is_some_and(|words| words.split_whitespace().all(small)) {
        return house;
    }
    // "A house in the Zayouna district": the word for the part too.
    let behind = text.source.get(village.end()..).and_then(|rest| rest.strip_prefix(' '));
    let part = behind.and_then(|rest| rest.split(|c: char| !c.is_alphabetic()).next());
    let part =
        part.filter(|word| PARTS.binary_search(word).is_ok()).map_or(0, |word| word.len() + 1);
    Span::within(text.source, house.start(), village.end() + part).unwrap_or(house)
}

/// Whether a name goes on behind "village of": the gazetteer knows Axum, and not Axum Kelo.
pub(super) fn is_cut_short(text: &Text<'_>, first: usize, last: usize) -> bool {
    let led = first >= 2
        && text.is(first - 1, "of")
        && matches!(text.key(first - 2), "hamlet" | "settlement" | "village");
    let capital = |i: usize| text.tokens.get(i).is_some_and(|t| t.shape == Shape::Capital);
    led && text.case == Case::Mixed && capital(last)
}

/// Whether token `i` can be a word of a settlement's name; where case tells nothing, what stands up to
/// the next mark or small word.
fn is_name_word(text: &Text<'_>, i: usize) -> bool {
    const SMALL: &[&str] = &[
        "and",
        "at",
        "by",
        "close",
        "department",
        "in",
        "located",
        "municipality",
        "near",
        "on",
        "that",
        "this",
        "when",
        "where",
        "which",
        "with",
    ];
    let Some(token) = text.tokens.get(i) else { return false };
    let word = text.key(i);
    if is_month(word) || word.ends_with("day") {
        return false;
    }
    match text.case {
        Case::Mixed => token.shape == Shape::Capital,
        Case::Flat => {
            matches!(token.shape, Shape::Lower | Shape::Upper | Shape::Capital)
                && SMALL.binary_search(&word).is_err()
        }
    }
}

/// Whether the words before a settlement at token `i` leave it the scene: not "came from the village
/// of", not "residents of the village of".
fn is_there(text: &Text<'_>, i: usize) -> bool {
    const REACH: usize = 3;
    let before = (i.saturating_sub(REACH)..i).rev();
    let mut leads = before.filter(|&j| {
        let word = text.key(j);
        NOT_THERE.binary_search(&word).is_ok()
            || THERE.binary_search(&word).is_ok()
            || text.is(j, "of")
    });
    let Some(lead) = leads.next() else { return true };
    if text.is(lead, "of") {
        let owner = lead.checked_sub(1).map_or("", |j| text.key(j));
        return LOCALS.binary_search(&owner).is_err();
    }
    NOT_THERE.binary_search(&text.key(lead)).is_err()
}

/// Whether from token `i` on it is said what the place before lies beside: ", outside Cape Town",
/// ", some 30 km from Beni".
fn is_beside(text: &Text<'_>, i: usize) -> bool {
    if text.word(i) != "," {
        return false;
    }
    let measure =
        |j: usize| matches!(text.key(j), "km" | "kilometers" | "kilometres" | "miles" | "mile");
    matches!(text.key(i + 1), "near" | "outside") || (i + 2..i + 5).any(measure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    fn check(source: &str, expected: &str) {
        let known = Knowledge::embedded();
        let text = Text::of(source);
        let mentions = known.matcher.find(&text);
        let tokens = 0..text.tokens.len();
        let found = unknown_settlement(&text, &mentions, tokens, &Atlas::default());
        let found = found.and_then(|name| text.span(name.start, name.end));
        assert_eq!(found.map_or("", |span| span.of(source)), expected, "{source}");
    }

    #[test]
    fn a_village_is_named_by_the_text() {
        check("Rebels killed six people in the village of Tanwalbougou on Monday.", "Tanwalbougou");
        check("Raiders burned the small hamlet of Dan Gwarzo near the river.", "Dan Gwarzo");
        check("Warriors struck Lorogon village at dawn.", "Lorogon");
        check("Four men died in the Spinwam area of the district.", "Spinwam");
        check("Fighters killed nine in Malekiri, some 30 km from the town.", "Malekiri");
    }

    #[test]
    fn others_are_not_the_scene() {
        check("Residents of the village of Tanwalbougou fled.", "");
        check("The gunmen came from the village of Tanwalbougou.", "");
        check("They met in the village on Monday.", "");
    }

    #[test]
    fn words_are_in_order() {
        let lists = [SETTLEMENTS, PARTS, THERE, NOT_THERE, LOCALS];
        assert!(lists.iter().all(|list| list.is_sorted()));
    }
}
