//! Which organisation "the group", "its gunmen" and "it" mean: the one that was named last.

use std::ops::Range;

use crate::Knowledge;
use crate::lexicon::{Mention, Role, Sense};
use crate::ontology::Sort;
use crate::party::Named;
use crate::syntax::{NounPhrase, Syntax};
use crate::text::Text;

/// Nouns that stand for an organisation. Sorted.
const GROUPS: &[&str] = &[
    "band",
    "cartel",
    "faction",
    "gang",
    "group",
    "militia",
    "movement",
    "network",
    "organisation",
    "organization",
    "outfit",
];
/// Words that may stand before them. Sorted.
const KINDS: &[&str] = &[
    "armed",
    "extremist",
    "guerrilla",
    "insurgent",
    "islamist",
    "jihadist",
    "maoist",
    "militant",
    "rebel",
    "same",
    "separatist",
    "terrorist",
];
/// Verbs of those who speak of what they did. Sorted.
const SAYS: &[&str] = &["also", "claimed", "claims", "had", "has", "said", "says"];
/// How far into a sentence the name stands of whom it is about.
const OPENING: usize = 3;
/// How many mentions back the name may stand.
const REACH: usize = 60;

/// A phrase of the sentence that stands for an organisation, with the tokens where that is named
/// last in the mentions `before` it.
pub(super) fn stand_in(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    before: &[Mention<'_>],
    known: &Knowledge,
) -> Option<(Named, Range<usize>)> {
    let look = Look { text, syntax, here };
    let noun =
        syntax.nouns.iter().find(|n| look.is_group(n) || look.is_owned(n) || look.is_it(n))?;
    let sentence = text.sentence_of(noun.first);
    let mut named = before.iter().rev().take(REACH).filter_map(|m| {
        let actor = m.sense(|s| match s {
            Sense::Actor(a, Sort::Organisation) => Some(a),
            _ => None,
        })?;
        Some((m, known.actors.get(actor)?))
    });
    let (mut mention, mut actor) = named.next()?;
    // A pronoun means who was spoken of just now, and nobody if there were two.
    let last = |m: &Mention<'_>| text.sentence_of(m.first) + 1 == sentence;
    let other = named.any(|(m, other)| last(m) && other.id != actor.id);
    if !look.is_group(noun) && (!last(mention) || other) {
        return None;
    }
    // "X belongs to the alliance Y. It is the group which": the sentence before is about X.
    let opens = |m: &Mention<'_>| {
        let first = text.sentences.get(text.sentence_of(m.first)).map_or(0, |s| s.first);
        last(m) && m.first <= first + OPENING
    };
    let is_of = is_which(text, noun);
    if is_of && last(mention) && !opens(mention) {
        let about = before.iter().rev().take(REACH).find_map(|m| {
            let id = m.sense(|s| match s {
                Sense::Actor(a, Sort::Organisation) => Some(a),
                _ => None,
            })?;
            Some((m, known.actors.get(id)?)).filter(|(m, _)| opens(m))
        });
        (mention, actor) = about.unwrap_or((mention, actor));
    }
    let party =
        Named { tokens: noun.first..noun.last, sort: actor.sort, actor: Some(actor.id.to_owned()) };
    Some((party, mention.first..mention.last))
}

/// "It is the group which", "this was the faction that": it says who was spoken of.
fn is_which(text: &Text<'_>, noun: &NounPhrase) -> bool {
    let is = |i: usize, words: &[&str]| words.iter().any(|word| text.is(i, word));
    let be = noun.first.checked_sub(1).is_some_and(|i| is(i, &["is", "was"]));
    be && is(noun.last, &["that", "which", "who"])
}

struct Look<'l> {
    text: &'l Text<'l>,
    syntax: &'l Syntax,
    here: &'l [Mention<'l>],
}

impl Look<'_> {
    fn listed(&self, i: usize, list: &[&str]) -> bool {
        list.binary_search(&self.text.key(i)).is_ok()
    }

    /// "The group", "the same faction", "the jihadist group"; not "the group of men".
    fn is_group(&self, noun: &NounPhrase) -> bool {
        let kinds = (noun.first + 1..noun.head).all(|i| self.listed(i, KINDS));
        let owner = |other: &NounPhrase| other.of.is_some_and(|of| self.syntax.nouns[of] == *noun);
        // "The group X" names it.
        let named = self.here.iter().any(|m| {
            m.first == noun.last && m.senses.iter().any(|s| matches!(s, Sense::Actor(..)))
        });
        self.text.is(noun.first, "the")
            && kinds
            && self.listed(noun.head, GROUPS)
            && !named
            && !self.syntax.nouns.iter().any(owner)
    }

    /// "Its gunmen", where nobody is named in the sentence before them.
    fn is_owned(&self, noun: &NounPhrase) -> bool {
        let its = ["its", "their"].iter().any(|word| self.text.is(noun.first, word));
        let fighters = self.here.iter().any(|m| {
            let fighter = |s: &Sense| matches!(s, Sense::Person(_, Role::Perpetrator));
            m.first <= noun.head && noun.head < m.last && m.senses.iter().any(fighter)
        });
        its && fighters && self.is_first(noun)
    }

    /// "It said", at the head of the sentence.
    fn is_it(&self, noun: &NounPhrase) -> bool {
        let first = self.syntax.nouns.first() == Some(noun);
        first
            && noun.pronoun
            && self.text.is(noun.head, "it")
            && self.listed(noun.last, SAYS)
            && self.is_first(noun)
    }

    /// Whether no organisation is named in the sentence before the phrase.
    fn is_first(&self, noun: &NounPhrase) -> bool {
        let mut before = self.here.iter().filter(|m| m.last <= noun.first).flat_map(|m| m.senses);
        !before.any(|s| matches!(s, Sense::Actor(..)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let known = Knowledge::embedded();
        let text = Text::of(text);
        let mentions = known.matcher.find(&text);
        let last = text.sentences.last().unwrap();
        let syntax = Syntax::of(&text, last.first..last.last, &known.verbs);
        let (before, here): (Vec<_>, Vec<_>) =
            mentions.iter().copied().partition(|m| m.first < last.first);
        let found = stand_in(&text, &syntax, &here, &before, &known);
        let words = found.and_then(|(party, _)| text.span(party.tokens.start, party.tokens.end));
        assert_eq!(words.map(|span| span.of(text.source)), expected, "{}", text.source);
    }

    #[test]
    fn a_group_a_member_and_a_pronoun_stand_for_who_was_named_last() {
        check("Boko Haram struck Baga. The group killed nine.", Some("The group"));
        check("Boko Haram struck Baga. The same faction killed nine.", Some("The same faction"));
        check(
            "Boko Haram struck Baga. The jihadist group killed nine.",
            Some("The jihadist group"),
        );
        check("Boko Haram struck Baga. In June its gunmen killed nine.", Some("its gunmen"));
        check("Boko Haram struck Baga. It also says it killed nine.", Some("It"));
    }

    #[test]
    fn others_do_not() {
        check("Boko Haram struck Baga. The group of men had left.", None);
        check("Boko Haram fought Hamas in Baga. It said nine had died.", None);
        check("Boko Haram struck Baga. Nobody came. It said nine had died.", None);
        check("Boko Haram struck Baga. It rained.", None);
    }

    #[test]
    fn words_are_in_order() {
        assert!(GROUPS.is_sorted() && KINDS.is_sorted() && SAYS.is_sorted());
    }
}
