//! Turns of speech that point to a party without a verb of blaming: a crime that is called theirs, a bomb
//! that is like theirs, the prime suspect.

use std::ops::Range;

use super::own::behind_inserted;
use crate::text::Text;

/// "Called it a war crime of the X": whoever calls it so blames them.
pub(super) fn is_crime_of(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    const REACH: usize = 9;
    const CRIMES: &[&str] = &["aggression", "atrocity", "crime", "crimes", "outrage"];
    #[rustfmt::skip]
    const CALLS: &[&str] = &[
        "branded", "call", "called", "calls", "condemned", "decried", "denounced", "deplored",
        "described",
    ];
    let of = (tokens.start.saturating_sub(3)..tokens.start).rev().find(|&i| text.is(i, "of"));
    let Some(crime) = of.and_then(|of| of.checked_sub(1)) else { return false };
    CRIMES.contains(&text.key(crime))
        && (crime.saturating_sub(REACH)..crime).any(|i| CALLS.contains(&text.key(i)))
}

/// "Comparing it with those of the X", "methods similar to those of the X": it may have been they.
pub(super) fn is_likened(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    const REACH: usize = 8;
    #[rustfmt::skip]
    const OWN: &[&str] = &[
        "device", "devices", "methods", "modus", "operandi", "style", "tactics", "that", "those",
    ];
    #[rustfmt::skip]
    const LIKE: &[&str] = &[
        "compare", "compared", "comparing", "matched", "matches", "recall", "recalled", "recalls",
        "reminiscent", "resembled", "resembles", "similar",
    ];
    let of = (tokens.start.saturating_sub(2)..tokens.start).rev().find(|&i| text.is(i, "of"));
    let Some(own) = of.and_then(|of| of.checked_sub(1)) else { return false };
    OWN.contains(&text.key(own))
        && (own.saturating_sub(REACH)..own).any(|i| LIKE.contains(&text.key(i)))
}

/// "The X, which operates there, is the prime suspect".
pub(super) fn is_prime_suspect(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    const BE: &[&str] = &["are", "be", "is", "remain", "remains", "was", "were"];
    let start = behind_inserted(text, tokens.end);
    let be = (start..start + 2).find(|&i| BE.contains(&text.key(i)));
    be.is_some_and(|be| {
        (be + 1..be + 5)
            .any(|i| matches!(text.key(i), "culprit" | "culprits" | "suspect" | "suspects"))
    })
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
    fn what_is_called_theirs_or_is_like_theirs_points_to_them() {
        check("He called it a war crime of the Harrow Front.", is_crime_of, true);
        check("He fears the crimes of the Harrow Front.", is_crime_of, false);
        check("Police compared it with those of the Harrow Front.", is_likened, true);
        check("Police spoke of those of the Harrow Front.", is_likened, false);
        check(
            "The Harrow Front, which is based there, is the prime suspect.",
            is_prime_suspect,
            true,
        );
        check("The Harrow Front was shot at by a suspect.", is_prime_suspect, false);
    }
}
