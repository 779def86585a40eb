//! What cannot say anything: acts and their harm, weapons, numbers, times, adverbs, things.
//!
//! Whoever else stands before "said" is kept, since no list has all who may speak: "the director",
//! "the ferryman", "a survey".

use std::ops::Range;

use super::standing::is_voice;
use crate::lexicon::{Mention, Sense};
use crate::syntax::Verbs;
use crate::text::{Shape, Text};

/// Nouns, and words that the grammar takes for nouns, that say nothing by themselves. Sorted.
#[rustfmt::skip]
const NOTHING: &[&str] = &[
    "abroad", "afterward", "afterwards", "alike", "always", "area", "article", "attempt", "blood", "charge",
    "city", "collective", "death", "deaths", "earlier", "else", "error", "event", "events", "excuse", "facts",
    "fight", "figure", "first", "hands", "higher", "house", "illness", "incident", "incidents", "injuries",
    "least", "name", "never", "number", "numbers", "often", "one", "online", "operation", "part", "phone",
    "plan", "plans", "policy", "public", "raid", "raids", "responsibility", "room", "scene", "seldom",
    "sentence", "side", "sign", "signs", "site", "sites", "street", "streets", "telephone", "terrorism", "time",
    "times", "toll", "town", "type", "uniform", "uniforms", "verdict", "version", "village", "way", "weapon",
    "weapons", "what", "wounds",
];

/// Buildings and vehicles do not speak, but for those that stand for a body. Sorted.
const BODIES: &[&str] = &[
    "airline",
    "bank",
    "church",
    "club",
    "company",
    "court",
    "embassy",
    "firm",
    "hospital",
    "mosque",
    "newspaper",
    "parliament",
    "party",
    "school",
    "society",
    "station",
    "university",
];

/// Whether the noun at token `head`, in the words `tokens`, says nothing.
pub(super) fn is_mute(
    text: &Text<'_>,
    here: &[Mention<'_>],
    verbs: &Verbs,
    tokens: &Range<usize>,
    head: usize,
) -> bool {
    let compared = tokens.clone().any(|i| text.is(i, "than"));
    let dated = text.dateline.contains(&head);
    if compared || dated || text.tokens.get(head).is_none_or(|t| t.shape == Shape::Number) {
        return true;
    }
    let at_head = || here.iter().filter(|m| m.first <= head && head < m.last);
    let is = |pick: &dyn Fn(&Sense) -> bool| at_head().any(|m| m.senses.iter().any(pick));
    // "Men in military uniform who said": the men do.
    if matches!(text.key(head), "uniform" | "uniforms") {
        return true;
    }
    // A bomber is a deed to the lexicon and a person as well.
    if is(&|s| matches!(s, Sense::Person(..) | Sense::Actor(..) | Sense::Force(..))) {
        return false;
    }
    if matches!(text.tokens[head].shape, Shape::Capital | Shape::Upper) {
        return false;
    }
    let deed = |s: &Sense| matches!(s, Sense::Act(_) | Sense::Weapon(..) | Sense::Casualty(..));
    let thing = |s: &Sense| matches!(s, Sense::Thing(_));
    let key = text.key(head);
    let listed = |list: &[&str]| list.binary_search(&key).is_ok();
    // "The accused said": a past participle may be somebody, behind an article.
    let article = tokens.start < head && text.is(tokens.start, "the");
    let participle = verbs.forms(key).is_some_and(|f| f.participle && !f.base) && !article;
    let adjective = key.ends_with("ible") || key.ends_with("ful") || key.ends_with("less");
    let adverb = key.len() > 4 && key.ends_with("ly");
    is(&deed)
        || is(&thing) && !listed(BODIES) && !is_voice(key)
        || participle
        || adjective
        || adverb
        || is_time(key)
        || listed(NOTHING)
}

/// Whether a word is for a day or a part of one.
fn is_time(key: &str) -> bool {
    const PARTS: &[&str] = &[
        "afternoon",
        "day",
        "days",
        "evening",
        "hour",
        "hours",
        "minutes",
        "month",
        "months",
        "morning",
        "night",
        "noon",
        "today",
        "week",
        "weeks",
        "year",
        "years",
        "yesterday",
    ];
    PARTS.binary_search(&key).is_ok() || key.len() > 5 && key.ends_with("day")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(NOTHING.is_sorted() && BODIES.is_sorted());
    }
}
