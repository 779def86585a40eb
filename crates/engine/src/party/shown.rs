//! Marks that those who did it leave: leaflets of the X by the wreck, men who say that they are of the X.

use std::ops::Range;

use crate::text::Text;

/// What an organisation shows itself by. Sorted.
#[rustfmt::skip]
const SIGNS: &[&str] = &[
    "banner", "banners", "emblem", "emblems", "flag", "flags", "fliers", "flyers", "graffiti",
    "initials", "insignia", "leaflet", "leaflets", "literature", "messages", "pamphlet", "pamphlets",
    "poster", "posters", "propaganda", "slogan", "slogans", "stickers", "symbol", "symbols",
];
/// How such a thing comes to a scene. Sorted.
#[rustfmt::skip]
const LEFT: &[&str] = &[
    "chanted", "chanting", "daubed", "discovered", "dropped", "found", "hung", "left", "painted",
    "recovered", "scattered", "scrawled", "shouted", "shouting", "sprayed", "strewn",
];

/// "Leaflets of the X were found near the wreck", "shouted slogans of the X": no more than a sign that it
/// was they.
pub(super) fn is_shown(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let listed = |i: usize, list: &[&str]| list.binary_search(&text.key(i)).is_ok();
    let Some(lead) = lead(text, tokens).filter(|&i| ["from", "of"].contains(&text.key(i))) else {
        return false;
    };
    let sign = lead.checked_sub(1).is_some_and(|i| listed(i, SIGNS));
    let sentence = text.sentences.get(text.sentence_of(tokens.start));
    sign && sentence.is_some_and(|s| (s.first..s.last).any(|i| listed(i, LEFT)))
}

/// Whether at token `i` it is told of such a mark: "leaflets of the X".
pub(crate) fn shows(text: &Text<'_>, i: usize) -> bool {
    SIGNS.binary_search(&text.key(i)).is_ok() && matches!(text.key(i + 1), "from" | "of")
}

/// "Left a note identifying themselves as members of the X": they say so themselves.
pub(super) fn names_itself(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    const REACH: usize = 6;
    const SELVES: &[&str] = &["herself", "himself", "itself", "themselves"];
    let word = |i: usize| text.key(i);
    let Some(mut at) = lead(text, tokens) else { return false };
    // "As members of the X", "as belonging to the X"
    if ["of", "to"].contains(&word(at)) {
        let as_ = (at.saturating_sub(REACH)..at).rev().find(|&i| word(i) == "as");
        let Some(as_) = as_ else { return false };
        at = as_;
    }
    let led = word(at) == "as" && at >= 2 && SELVES.contains(&word(at - 1));
    led && word(at - 2).starts_with("identif")
}

/// The word before a name and its article.
fn lead(text: &Text<'_>, tokens: &Range<usize>) -> Option<usize> {
    let before = tokens.start.checked_sub(1)?;
    if text.is(before, "the") { before.checked_sub(1) } else { Some(before) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, finds: fn(&Text<'_>, &Range<usize>) -> bool, expected: bool) {
        let text = Text::of(sentence);
        let at = (0..text.tokens.len()).find(|&i| text.is(i, "Harrow")).unwrap();
        assert_eq!(finds(&text, &(at..at + 2)), expected, "{sentence}");
    }

    #[test]
    fn what_lies_about_is_a_sign() {
        check("Leaflets of the Harrow Front were found near the wreck.", is_shown, true);
        check("The men shouted slogans of the Harrow Front and fired.", is_shown, true);
        check("A leader of the Harrow Front was found dead.", is_shown, false);
        check("Leaflets of the Harrow Front call for a strike.", is_shown, false);
    }

    #[test]
    fn who_says_who_he_is_claims_it() {
        check("They left a note identifying themselves as the Harrow Front.", names_itself, true);
        check("He identified himself as a member of the Harrow Front.", names_itself, true);
        check("Police identified him as a member of the Harrow Front.", names_itself, false);
    }

    #[test]
    fn words_are_in_order() {
        assert!(SIGNS.is_sorted() && LEFT.is_sorted());
    }
}
