//! Organisations that only the text itself tells of: a name, and words around it that say what bears it.
//!
//! Groups that take up arms are called as they please, and no table has the one that was founded last
//! week. But news introduces whom its readers do not know: "the X, an armed faction", "rebels calling
//! themselves X", "a group known as X", "claimed by the X". Whoever is so introduced once is meant
//! wherever the document names it again, be it in short or by its initials.

mod deed;
mod look;
mod name;
mod told;
mod unknown;
mod words;

use std::ops::Range;

use crate::Knowledge;
use crate::text::{Case, Shape, Text};

pub(super) use deed::{charged, claims, hints, signs};
pub(super) use name::around as name_around;
pub(crate) use told::is_civil;
pub(super) use told::is_person;
pub(crate) use unknown::may_name;
pub(super) use words::{MARKS, WORK, listed};

/// One naming of such an organisation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Outfit {
    /// The words that name it here.
    pub(crate) tokens: Range<usize>,
    /// Where the document gives its name in full.
    pub(crate) full: Range<usize>,
}

/// All namings in the document, in order.
pub(crate) fn outfits<'t>(text: &'t Text<'_>, known: &Knowledge) -> &'t [Outfit] {
    text.outfits.get_or_init(|| find(text, known))
}

/// Says that none is looked for: where a text tells of no violence, none is worth its cost.
pub(crate) fn seek_none(text: &Text<'_>) {
    text.outfits.get_or_init(Vec::new);
}

/// The words that name in full the organisation that `tokens` name.
pub(super) fn in_full(text: &Text<'_>, known: &Knowledge, tokens: Range<usize>) -> Range<usize> {
    let same = outfits(text, known).iter().find(|o| o.tokens == tokens);
    same.map_or(tokens, |o| o.full.clone())
}

fn find(text: &Text<'_>, known: &Knowledge) -> Vec<Outfit> {
    if text.case != Case::Mixed {
        return Vec::new();
    }
    let names: Vec<Range<usize>> = name::names(text).collect();
    let mut told: Vec<Range<usize>> = Vec::new();
    for name in &names {
        let known_already = told.iter().any(|other| same(text, other, name));
        if !known_already && told::is_outfit(text, name, known) {
            // The name in full is the first of its namings.
            let first = names.iter().find(|other| same(text, other, name));
            told.push(first.unwrap_or(name).clone());
        }
    }
    if told.is_empty() {
        return Vec::new();
    }
    let full = |name: &Range<usize>| {
        let whole = told.iter().find(|other| same(text, other, name));
        whole.or_else(|| told.iter().find(|other| is_short_for(text, other, name)))
    };
    let named = names
        .iter()
        .filter_map(|name| Some(Outfit { tokens: name.clone(), full: full(name)?.clone() }));
    named.collect()
}

/// Whether two names are the same words.
fn same(text: &Text<'_>, a: &Range<usize>, b: &Range<usize>) -> bool {
    a.len() == b.len() && a.clone().zip(b.clone()).all(|(i, j)| text.key(i) == text.key(j))
}

/// "The Caps" for the Caps of the River, "the Vanguard" for the Peasant Vanguard, and the initials that
/// stand in brackets behind the name.
fn is_short_for(text: &Text<'_>, full: &Range<usize>, name: &Range<usize>) -> bool {
    let around = (text.word(full.end), text.word(full.end + 2));
    let initials = matches!(around, ("(", ")") | (",", ","));
    let upper = |i: usize| text.tokens.get(i).is_some_and(|t| t.shape == Shape::Upper);
    if name.len() == 1 && initials && upper(name.start) {
        return text.word(name.start) == text.word(full.end + 1);
    }
    let the = name.start.checked_sub(1).is_some_and(|i| text.is(i, "the"));
    let of = full.clone().find(|&i| text.is(i, "of") || text.is(i, "for"));
    let head = full.start..of.unwrap_or(full.end);
    let last = head.end.saturating_sub(1)..head.end;
    the && name.len() < full.len() && (same(text, &head, name) || same(text, &last, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let known = Knowledge::embedded();
        let text = Text::of(source);
        let words: Vec<&str> = outfits(&text, &known)
            .iter()
            .filter_map(|o| Some(text.span(o.tokens.start, o.tokens.end)?.of(source)))
            .collect();
        assert_eq!(words, expected, "{source}");
    }

    #[test]
    fn who_is_introduced_as_armed_is_an_organisation() {
        check(
            "The Companies of the Oath, an armed faction, kept silent.",
            &["Companies of the Oath"],
        );
        check("Rebels calling themselves the Long Night entered Harrow.", &["Long Night"]);
        check("An outfit known as Nuit Longue claimed both.", &["Nuit Longue"]);
        check(
            "It was planted by members of Saoirse Ghlan, a dissident grouping.",
            &["Saoirse Ghlan"],
        );
        check("A text signed Les Loups Gris says so.", &["Les Loups Gris"]);
        check(
            "The authorities blame the ambush on the Katiba of the Hill.",
            &["Katiba of the Hill"],
        );
        check("The blast was claimed by the People's Heron Front.", &["People's Heron Front"]);
        check(
            "A caller claims both fires for the Cells of the Red Thread.",
            &["Cells of the Red Thread"],
        );
        check("An act perpetrated by the gang Ana Ruiz Column.", &["Ana Ruiz Column"]);
        check("Pamphlets of the United Plough lay about.", &["United Plough"]);
        check("The Servants of the Road claimed responsibility.", &["Servants of the Road"]);
        check("\"We, the Night Herons of Harrow, did it.\"", &["Night Herons of Harrow"]);
        check("It may have been the Herons of Harrow, he said.", &["Herons of Harrow"]);
        check("Posters in the name of the Red Plough hung there.", &["Red Plough"]);
        check("The Cells of the Hill have carried out similar attacks.", &["Cells of the Hill"]);
        check("Behind it, says the army, stands the Katiba of the Hill.", &["Katiba of the Hill"]);
        check("They swore allegiance to the Emirate of the Snow.", &["Emirate of the Snow"]);
    }

    #[test]
    fn an_organisation_is_known_by_its_short_names_too() {
        check(
            "Fighters of the Red Caps of Harrow (RCH) came. Later the Red Caps left, the RCH said.",
            &["Red Caps of Harrow", "RCH", "Red Caps", "RCH"],
        );
    }

    #[test]
    fn none_is_found_where_none_is_sought() {
        let text = Text::of("The Companies of the Oath, an armed faction, kept silent.");
        seek_none(&text);
        assert!(outfits(&text, &Knowledge::embedded()).is_empty());
    }

    #[test]
    fn others_are_none() {
        check("Jon Doe, a rebel leader, claimed responsibility.", &[]);
        check("The human rights group Clear Water condemned the attack.", &[]);
        check("Officials blamed the Interior Ministry.", &[]);
        check("The Gulf Hotel, a landmark, was hit.", &[]);
        check("A woman known as Ada Fenn was killed near the Old Mill.", &[]);
        check("He spoke on Monday for the Red Cross in Harrow.", &[]);
        check("Members of the Senate condemned it.", &[]);
        check("Men came to Long Harrow, an army note said, which claimed that all were safe.", &[]);
        check("Gunmen called Unknown Gunmen burnt a station.", &[]);
    }
}
