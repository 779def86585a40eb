//! Whether a sentence may name a body that did something, though no rule takes it for one.

use std::ops::Range;

use super::name::names_in;
use super::told::{is_civil, is_person};
use super::words::{
    ANY, ARMED, BLAMES, CLAIMED, DONE_BY, FOR, LAYS, MARKS, MEMBERS, PEOPLE, TAKES, listed,
};
use crate::Knowledge;
use crate::lexicon::{Mention, Sense};
use crate::ontology::Sort;
use crate::place::Atlas;
use crate::text::{Shape, Text};

/// The most letters of initials.
const LETTERS: usize = 6;

/// Words of who tells of a deed, or of who did it.
const TELLING: &[&[&str]] = &[ARMED, MEMBERS, PEOPLE, BLAMES, LAYS, TAKES, MARKS, DONE_BY, CLAIMED];

/// Whether the tokens of a sentence may name such a body: an organisation that is known, or a name that
/// is no person's and no place's, where words of deeds or doers stand.
pub(crate) fn may_name(
    (text, mentions, atlas): (&Text<'_>, &[Mention<'_>], &Atlas),
    tokens: Range<usize>,
    known: &Knowledge,
) -> bool {
    let telling = tokens.clone().any(|i| TELLING.iter().any(|list| listed(text.key(i), list)));
    let within = |range: &Range<usize>| {
        let first = mentions.partition_point(|m| m.last <= range.start);
        let end = range.end;
        mentions.iter().skip(first).take_while(move |m| m.first < end)
    };
    let band = |s: &Sense| matches!(s, Sense::Actor(_, Sort::Organisation));
    if telling && within(&tokens).any(|m| m.senses.iter().any(band)) {
        return true;
    }
    names_in(text, tokens).any(|name| {
        (is_called(text, &name) || telling && is_led(text, &name))
            && !is_civil(text, &name)
            && !is_person(text, &name, known)
            && atlas.within(name.clone()).is_empty()
            && within(&name).next().is_none()
    })
}

/// Whether token `i` is a word for a body or its members.
fn is_body(text: &Text<'_>, i: usize) -> bool {
    [ARMED, ANY, MEMBERS].iter().any(|list| listed(text.key(i), list))
}

/// Whether a name says that it is a body's: "Jade Fire Column".
fn is_called(text: &Text<'_>, name: &Range<usize>) -> bool {
    name.clone().any(|i| listed(text.key(i), FOR) || is_body(text, i))
}

/// "The Long Night", "Red Plough militants", "the militia Red Plough", "RPH".
fn is_led(text: &Text<'_>, name: &Range<usize>) -> bool {
    let before = name.start.checked_sub(1);
    let the = before.is_some_and(|i| text.is(i, "the"));
    let upper = text.tokens.get(name.start).is_some_and(|t| t.shape == Shape::Upper);
    let letters = (2..=LETTERS).contains(&text.word(name.start).len());
    the && name.len() > 1
        || name.len() == 1 && upper && letters
        || is_body(text, name.end)
        || before.is_some_and(|i| is_body(text, i))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::toponyms;

    fn names(source: &str) -> bool {
        let known = Knowledge::embedded();
        let text = Text::of(source);
        let mentions = known.matcher.find(&text);
        let names = toponyms(&text, &mentions, &known);
        let atlas = Atlas::of(&text, &names, &[], &text, &known);
        may_name((&text, &mentions, &atlas), 0..text.tokens.len(), &known)
    }

    #[test]
    fn what_may_be_a_body_is_a_name_beside_words_of_deeds() {
        assert!(names("Officers point to the Jade Fire Column."));
        assert!(names("Both attacks bear the mark of the Long Night."));
        assert!(names("The RQH claimed the attack."));
        assert!(names("Al-Shabaab has often claimed such attacks."));
    }

    #[test]
    fn persons_places_and_civil_bodies_are_none() {
        assert!(!names("The attack was condemned by John Smith in the Gulf Hotel."));
        assert!(!names("Four were killed in the attack in Nairobi on Monday."));
        assert!(!names("The Ministry of Health counted the dead of the attack."));
        assert!(!names("They crossed the Long Night."));
    }
}
