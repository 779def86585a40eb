//! How far a sentence stands behind its own words on who did it: "police believe that …", "there are
//! signs that …", "a suicide bomber could have been at work".

use std::ops::Range;

use crate::Knowledge;
use crate::lexicon::{Cue, Mention, Sense};
use crate::ontology::Attribution;
use crate::party::authority::is_authority;
use crate::syntax::{Form, Syntax, VerbGroup, Voice};
use crate::text::Text;

/// Verbs of those who do not know it. Sorted.
const BELIEVES: &[&str] = &["assume", "believe", "fear", "presume", "suspect", "think"];
/// Nouns for what makes people believe it. Sorted.
const SIGNS: &[&str] =
    &["evidence", "indication", "indications", "possibility", "sign", "signs", "suspicion"];
/// Adjectives of those of whom it is only believed. Sorted.
const LIKELY: &[&str] = &["alleged", "apparent", "likely", "presumed", "probable", "suspected"];
/// Adverbs of what is only believed. Sorted.
#[rustfmt::skip]
const DOUBTS: &[&str] = &[
    "allegedly", "apparently", "presumably", "probably", "purportedly", "seemingly", "supposedly",
];
/// Adverbs of what may only be. Sorted.
const PERHAPS: &[&str] = &["maybe", "perhaps", "possibly"];
/// Verbs that say only that somebody may have done it. Sorted.
const MODALS: &[&str] = &["could", "may", "might"];

/// What is left of the plain word that those at `tokens` did it: a suspicion, a possibility, or nothing
/// if the sentence stands by it.
pub(super) fn doubt(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    tokens: &Range<usize>,
    known: &Knowledge,
) -> Option<Attribution> {
    let listed = |i: usize, list: &[&str]| list.binary_search(&text.key(i)).is_ok();
    let noun = syntax.noun_at(tokens.end.checked_sub(1)?)?;
    let phrase = syntax.nouns.get(noun)?;
    let beside = |words: &[&str]| {
        let said = |i: usize| words.contains(&text.key(i));
        let led = phrase.preposition.unwrap_or(phrase.first);
        (led.saturating_sub(2)..led).any(said)
            || syntax.verbs.iter().enumerate().any(|(v, verb)| {
                let around = verb.first.saturating_sub(1)..verb.last + 1;
                syntax.doers(v).contains(&noun) && around.into_iter().any(said)
            })
    };
    let possible = beside(PERHAPS)
        || syntax.verbs.iter().enumerate().any(|(v, verb)| {
            let modal = verb.modal.is_some_and(|m| listed(m, MODALS));
            modal && (syntax.doers(v).contains(&noun) || verb.subjects.contains(&noun))
        });
    if possible {
        return Some(Attribution::Possible);
    }
    let believing = syntax.verbs.iter().enumerate().find(|(_, verb)| {
        let base = known.verbs.base(text.key(verb.head));
        let believes = base.is_some_and(|base| BELIEVES.binary_search(&base).is_ok());
        let clause = verb.last..phrase.first;
        believes
            && !verb.negated
            && verb.form == Form::Finite
            && verb.last <= phrase.first
            && !clause.into_iter().any(|i| is_border(text, i))
    });
    let signs = (phrase.first.saturating_sub(8)..phrase.first)
        .any(|i| listed(i, SIGNS) && (text.is(i + 1, "that") || text.is(i + 1, "of")));
    let likely = (phrase.first..tokens.end).any(|i| listed(i, LIKELY));
    let hedged = here.iter().any(|m| {
        m.senses.contains(&Sense::Cue(Cue::Suspect))
            && phrase.first <= m.first
            && m.last <= tokens.end
    });
    // "Police believe that the X did it": the law says so.
    let law = believing.is_some_and(|(_, verb)| {
        let law = |&n: &usize| is_authority(text, here, &syntax.nouns[n], known);
        verb.voice == Voice::Active && verb.subjects.iter().any(law)
    });
    if law {
        return Some(Attribution::AccusedByAuthorities);
    }
    if let Some(voice) = sure(text, syntax, phrase.first) {
        let law = is_authority(text, here, &syntax.nouns[voice], known);
        return Some(if law { Attribution::AccusedByAuthorities } else { Attribution::Suspected });
    }
    let believed = believing.is_some();
    (believed || signs || likely || hedged || beside(DOUBTS)).then_some(Attribution::Suspected)
}

/// Who is sure of what stands at token `at`, but does not know it: "the minister is convinced that the X",
/// "prosecutors have no doubt that the X".
fn sure(text: &Text<'_>, syntax: &Syntax, at: usize) -> Option<usize> {
    const SURE: &[&str] = &["adamant", "certain", "confident", "convinced", "positive", "sure"];
    let is = |i: usize, words: &[&str]| words.contains(&text.key(i));
    let told = |group: &&VerbGroup| {
        let sure = is(group.head, &["is", "are", "was", "were"])
            && (group.last..group.last + 2).any(|i| is(i, SURE))
            || is(group.head, SURE);
        let doubts = is(group.head, &["had", "has", "have"])
            && is(group.last, &["no", "little"])
            && is(group.last + 1, &["doubt", "doubts"]);
        (sure || doubts) && group.last <= at && !(group.last..at).any(|i| is_border(text, i))
    };
    let group = syntax.verbs.iter().find(told)?;
    group.subjects.first().copied()
}

/// Whether another clause begins with token `i`, of which the belief is none.
fn is_border(text: &Text<'_>, i: usize) -> bool {
    matches!(text.word(i), ";" | "." | ":")
        || ["but", "while", "after"].iter().any(|w| text.is(i, w))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, word: &str, expected: Option<Attribution>) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let syntax = Syntax::of(&text, 0..text.tokens.len(), &known.verbs);
        let at = (0..text.tokens.len()).find(|&i| text.is(i, word)).unwrap();
        let found = doubt(&text, &syntax, &mentions, &(at..at + 1), &known);
        assert_eq!(found, expected, "{sentence}");
    }

    #[test]
    fn what_is_believed_or_may_be_is_no_fact() {
        let suspected = Some(Attribution::Suspected);
        let accused = Some(Attribution::AccusedByAuthorities);
        check("Officials believe most blasts were set off by bombers.", "bombers", accused);
        check("Residents believe most blasts were set off by bombers.", "bombers", suspected);
        check("There are strong signs that two bombers had done it.", "bombers", suspected);
        check("Police found the likely gunman at home.", "gunman", suspected);
        check("The minister is convinced that two bombers did it.", "bombers", accused);
        check("Prosecutors have no doubt that two bombers did it.", "bombers", accused);
        check("Her brother is certain a bomber killed them.", "bomber", suspected);
        check("They were apparently killed by a bomber.", "bomber", suspected);
        check("A bomber probably set it off.", "bomber", suspected);
        check("They were killed, possibly by a bomber.", "bomber", Some(Attribution::Possible));
        check("A bomber could have killed them.", "bomber", Some(Attribution::Possible));
        check("A bomber killed them.", "bomber", None);
        check("Officials believe in peace, but a bomber killed them.", "bomber", None);
    }

    #[test]
    fn words_are_in_order() {
        assert!(
            BELIEVES.is_sorted() && SIGNS.is_sorted() && LIKELY.is_sorted() && MODALS.is_sorted()
        );
    }
}
