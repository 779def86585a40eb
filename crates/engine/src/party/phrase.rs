//! How a description of people is called: the noun phrase around the word that the dictionary knows.

use std::ops::Range;

use crate::lexicon::{Mention, Sense};
use crate::syntax::Syntax;
use crate::text::{Shape, Text};

/// Nouns whose people stand before them: "urban guerrilla commandos". Sorted.
#[rustfmt::skip]
const BANDS: &[&str] = &[
    "band", "bands", "cell", "column", "columns", "command", "commando", "commandos", "commands",
    "elements", "fighters", "forces", "gang", "gangs", "group", "groups", "leaders", "member",
    "members", "patrol", "patrols", "squad", "squads", "unit", "units",
];
/// Nouns whose people stand behind "of": "a group of masked men". Sorted.
#[rustfmt::skip]
const GROUPS: &[&str] = &[
    "band", "cell", "column", "commando", "crowd", "gang", "group", "mob", "pair", "squad", "team",
];
/// Words that begin a phrase without telling of whom it is. Sorted.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "a", "about", "all", "an", "any", "around", "at", "both", "her", "his", "its", "least", "more", "no",
    "other", "our", "over", "some", "than", "that", "the", "their", "these", "this", "those", "up",
];

/// The words of the description at `tokens`: "two masked gunmen", not "gunmen"; not what it only says
/// the deed of: "a guerrilla attack".
pub(super) fn whole(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    tokens: Range<usize>,
) -> Range<usize> {
    let Some(noun) = syntax.noun_at(tokens.end - 1).and_then(|n| syntax.nouns.get(n)) else {
        return tokens;
    };
    let listed = |i: usize, list: &[&str]| list.binary_search(&text.key(i)).is_ok();
    let person = || {
        let at_head = here.iter().find(|m| m.first <= noun.head && noun.head < m.last);
        at_head.is_some_and(|m| m.senses.iter().any(|s| matches!(s, Sense::Person(..))))
    };
    let last = if noun.last <= tokens.end || listed(noun.head, BANDS) || person() {
        noun.last.max(tokens.end)
    } else {
        return tokens;
    };
    let owner = noun.owner.as_ref().map_or(noun.first, |o| o.end + 1);
    // "In June rebels": a day is no part of them.
    let dated = |i: &usize| {
        let figure = text.word(*i).len() > 3 && text.tokens[*i].shape == Shape::Number;
        figure || is_time(text.key(*i))
    };
    let behind = (noun.first..tokens.start).rev().find(dated).map_or(noun.first, |i| i + 1);
    let start = owner.max(behind);
    let first = (start..tokens.start).find(|&i| !listed(i, SMALL)).unwrap_or(tokens.start);
    // "Between 40 and 60 militants": the upper bound is none of theirs.
    let number = text.tokens.get(first).is_some_and(|t| t.shape == Shape::Number);
    let bound = number && first > 3 && text.is(first - 1, "and") && text.is(first - 3, "between");
    let first = first + usize::from(bound && first < tokens.start);
    let first = compound(text, first);
    // "a group of masked men": an article alone is not worth keeping, that is.
    let group = noun
        .of
        .and_then(|of| syntax.nouns.get(of))
        .filter(|of| listed(of.head, GROUPS) && noun.first.saturating_sub(of.last) <= 3);
    group.map_or(first, |of| of.first)..last
}

/// Where the compound begins that token `i` ends: "27-year-old", "riding-in-tandem".
fn compound(text: &Text<'_>, i: usize) -> usize {
    let joined = |i: usize| {
        let (before, token) = (&text.tokens[i - 1], &text.tokens[i]);
        let gap = text.source.get(before.end as usize..token.start as usize);
        gap == Some("-")
    };
    let mut first = i;
    while first > 0 && joined(first) {
        first -= 1;
    }
    first
}

fn is_time(key: &str) -> bool {
    #[rustfmt::skip]
    const TIMES: &[&str] = &[
        "afternoon", "april", "august", "december", "evening", "february", "friday", "january", "july", "june", "march",
        "may", "monday", "morning", "night", "november", "october", "saturday", "september", "sunday", "thursday",
        "today", "tuesday", "wednesday", "yesterday",
    ];
    TIMES.binary_search(&key).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    fn check(sentence: &str, word: &str, expected: &str) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let syntax = Syntax::of(&text, 0..text.tokens.len(), &known.verbs);
        let at = (0..text.tokens.len()).find(|&i| text.is(i, word)).unwrap();
        let found = whole(&text, &syntax, &mentions, at..at + 1);
        let words = text.span(found.start, found.end).map(|s| s.of(sentence));
        assert_eq!(words, Some(expected), "{sentence}");
    }

    #[test]
    fn the_words_before_the_noun_belong_to_it_but_for_the_articles() {
        check("Two masked gunmen killed a guard.", "gunmen", "Two masked gunmen");
        check("The rebels burned a bus.", "rebels", "rebels");
        check("Chadian rebels killed nine soldiers.", "rebels", "Chadian rebels");
        check("A group of armed men killed a guard.", "men", "A group of armed men");
        check("In early June rebels killed nine soldiers.", "rebels", "rebels");
        check("A 27-year-old former soldier shot two.", "soldier", "27-year-old former soldier");
        check("A guerrilla attack killed a guard.", "guerrilla", "guerrilla");
    }

    #[test]
    fn words_are_in_order() {
        assert!(BANDS.is_sorted() && GROUPS.is_sorted() && SMALL.is_sorted());
    }
}
