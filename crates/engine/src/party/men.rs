//! Men of a body and the body itself: "soldiers of the first brigade" are not the brigade.

use crate::fold::fold;

/// Words for the men of a force. Sorted.
#[rustfmt::skip]
const MEN: &[&str] = &[
    "agent", "agents", "captain", "captains", "carabinero", "chief", "colonel", "colonels",
    "commander", "commanders", "constable", "elements", "gendarmes", "general", "guards",
    "guardsmen", "lieutenant", "lieutenants", "major", "majors", "members", "men", "officer",
    "officers", "patrolmen", "patrols", "personnel", "policeman", "policemen", "sergeant",
    "sergeants", "soldier", "soldiers", "troops",
];

/// Ranks that begin the name of a man. Sorted.
#[rustfmt::skip]
const RANKS: &[&str] = &[
    "capt", "captain", "col", "colonel", "gen", "general", "lieutenant", "lt", "maj", "major",
    "president", "sergeant", "sgt",
];

/// Words that begin what is said of men behind the word for them. Sorted.
#[rustfmt::skip]
const BEHIND: &[&str] = &[
    "at", "belonging", "commanded", "dressed", "from", "in", "of", "wearing", "who", "with",
];

/// Whether a phrase describes or names men, and not the body that they are of.
pub(crate) fn is_of_men(words: &str) -> bool {
    let bare = |w: &str| fold(w.trim_matches(|c: char| c.is_ascii_punctuation()));
    let words: Vec<String> = words.split_whitespace().map(bare).collect();
    let has = |list: &[&str], word: &String| list.binary_search(&word.as_str()).is_ok();
    let end = words.iter().position(|w| has(BEHIND, w)).unwrap_or(words.len());
    let Some((head, before)) = words.get(..end).and_then(<[String]>::split_last) else {
        return false;
    };
    let ranked = before.first().is_some_and(|w| has(RANKS, w));
    is_men(head) || ranked && !matches!(head.as_str(), "staff" | "command")
}

/// Whether a word is one for the men of a force.
pub(crate) fn is_men(word: &str) -> bool {
    MEN.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn men_are_told_from_their_body() {
        assert!(is_of_men("soldiers of the first brigade"));
        assert!(is_of_men("army troops"));
        assert!(is_of_men("Colonel Juan Paz"));
        assert!(!is_of_men("the first brigade"));
        assert!(!is_of_men("General Staff of the Armed Forces"));
    }

    #[test]
    fn words_are_in_order() {
        assert!(MEN.is_sorted() && RANKS.is_sorted() && BEHIND.is_sorted());
    }
}
