//! With what it was done.

use std::ops::Range;

use crate::Knowledge;
use crate::fold::fold;
use crate::lexicon::{Mention, Sense};
use crate::ontology::{Mode, WeaponSort};
use crate::report::Weapon;
use crate::syntax::{Form, Grammar};
use crate::text::{Case, Text};

/// The most that a report names.
const MOST: usize = 6;

/// Words before what only looks like a weapon.
const FAKE: &[&str] = &["dummy", "fake", "hoax", "imitation", "mock", "replica", "toy"];

/// The weapons in the sentences `told`; vehicles only where they were the weapon.
pub fn weapons(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    told: &[Range<usize>],
    mode: Mode,
    (grammar, known): (&Grammar<'_>, &Knowledge),
) -> Vec<Weapon> {
    let mut found: Vec<Weapon> = Vec::new();
    let weapon = |m: &Mention<'_>| {
        m.sense(|s| if let Sense::Weapon(sort, _) = s { Some(sort) } else { None })
    };
    for mention in told.iter().flat_map(|range| &mentions[range.clone()]) {
        // "threw acid" is one phrase of the dictionary, and acid another.
        let own = weapon(mention).map(|sort| (mention.first, mention.last, sort));
        let act = mention.senses.iter().any(|s| matches!(s, Sense::Act(_)));
        // "threw acid" has it at its end, "van into" at its start.
        let alone = |first: usize, last: usize| {
            let words = text.span(first, last)?.of(text.source);
            let alone = Text::of(words);
            let found = known.matcher.find(&alone);
            let whole = found.first().filter(|m| m.first == 0 && m.last == alone.tokens.len())?;
            Some((first, last, weapon(whole)?))
        };
        let within = || {
            let (start, end) = (mention.first, mention.last);
            let at_end = (start + 1..end).find_map(|first| alone(first, end));
            at_end.or_else(|| (start + 1..end).rev().find_map(|last| alone(start, last)))
        };
        let Some((first, last, sort)) = own.or_else(|| if act { within() } else { None }) else {
            continue;
        };
        if sort == WeaponSort::Vehicle && mode != Mode::VehicleRamming {
            continue;
        }
        if is_verb(grammar, first) || is_in_name(text, mention) {
            continue;
        }
        // A fake bomb is none.
        if first.checked_sub(1).is_some_and(|i| FAKE.iter().any(|word| text.is(i, word))) {
            continue;
        }
        let Some(name) = text.span(first, last) else { continue };
        let key = |w: &Weapon| fold(w.name.of(text.source)).trim_end_matches('s').to_owned();
        let weapon = Weapon { name, sort };
        if !found.iter().any(|w| key(w) == key(&weapon)) {
            found.push(weapon);
        }
    }
    found.truncate(MOST);
    found
}

/// Whether a word for a weapon is said of what somebody does: "planned to bomb a train".
fn is_verb(grammar: &Grammar<'_>, i: usize) -> bool {
    let syntax = grammar.around(i);
    syntax.verb_at(i).is_some_and(|v| {
        let verb = &syntax.verbs[v];
        verb.head == i && (verb.form == Form::Infinitive || verb.modal.is_some())
    })
}

/// Whether a word for a weapon is the end of a name: "the Long Spear", a group.
fn is_in_name(text: &Text<'_>, mention: &Mention<'_>) -> bool {
    let before = mention.first.checked_sub(1);
    text.case == Case::Mixed
        && mention.last == mention.first + 1
        && text.is_capital(mention.first)
        && before.is_some_and(|i| text.is_capital(i))
        && mention.first.checked_sub(2).is_some_and(|i| text.is(i, "the"))
        && !text.is_capital(mention.last)
}
