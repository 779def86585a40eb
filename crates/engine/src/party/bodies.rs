//! Bodies that a sentence has fight each other, and bodies that speak of what they did.

use std::ops::Range;

use super::admits::{is_seat, owners, showing};
use super::fight::sides;
use super::perpetrator::accountable;
use super::phrase::whole;
use super::{Named, composed};
use crate::fold::fold;
use crate::lexicon::{Mention, Role, Sense, Suffix};
use crate::ontology::{Attribution, Sort};
use crate::party::accusal::Sentence;
use crate::report::Perpetrator;

/// A party: its words, its id, its sort, and on what the naming rests.
pub(super) type Body = (Range<usize>, Option<String>, Sort, Attribution);

/// The two sides of a fight.
pub(super) fn fighting(look: &Sentence<'_>) -> Vec<Body> {
    let Sentence { text, syntax, mentions, known, .. } = *look;
    // "Residents fought them for hours": who defends himself attacked nobody.
    let fight = sides(text, syntax, mentions, known);
    let fight = fight.into_iter().filter(|&n| !look.defends(n));
    let fight = fight.filter_map(|n| {
        body(look, n, Attribution::Fact).or_else(|| people_of(look, n, Attribution::Fact))
    });
    fight.filter(|(_, _, sort, _)| *sort != Sort::Political).collect()
}

/// Who says that it was they: "the army said its jets had struck a base".
pub(super) fn owning(look: &Sentence<'_>) -> Vec<Body> {
    let Sentence { text, syntax, mentions, known, .. } = *look;
    let own = owners(text, syntax, mentions, known);
    let own = own.into_iter().filter_map(|n| {
        let state = || {
            let (tokens, actor, sort) = look.state(n).or_else(|| seat(look, n))?;
            Some((tokens, actor, sort, Attribution::Claimed))
        };
        body(look, n, Attribution::Claimed).or_else(state)
    });
    let shown = showing(text, syntax, mentions, known).into_iter();
    let shown = shown.filter_map(|n| body(look, n, Attribution::Claimed));
    let shown = shown.filter(|(_, _, sort, _)| *sort == Sort::Organisation);
    own.filter(|(_, _, sort, _)| accountable(*sort)).chain(shown).collect()
}

/// "The Ambulin and Sikin tribes": peoples who fight, by their names.
fn people_of(look: &Sentence<'_>, n: usize, attribution: Attribution) -> Option<Body> {
    const PEOPLES: &[&str] =
        &["clan", "clans", "communities", "community", "sub-clan", "sub-clans", "tribe", "tribes"];
    let nouns = &look.syntax.nouns;
    let noun = nouns.get(n)?;
    // Of "the Ambulin and Sikin tribes" the last says what both are.
    let last = look.syntax.list(n).last().and_then(|last| nouns.get(last))?;
    let of = noun.of.and_then(|of| nouns.get(of)).is_some();
    let people = PEOPLES.contains(&look.text.key(last.head)) && !of;
    let first = noun.first + usize::from(look.text.is(noun.first, "the"));
    let end = if last.first == noun.first || noun.name { noun.last } else { last.last };
    people.then_some((first..end, None, Sort::Individuals, attribution))
}

/// The ministry or staff that is noun phrase `n`, by its country or capital: "Kyiv's general staff".
fn seat(look: &Sentence<'_>, n: usize) -> Option<(Range<usize>, Option<String>, Sort)> {
    let noun = look.syntax.nouns.get(n)?;
    if look.text.is(noun.head, "pentagon") {
        let actor = Some("us-military".to_owned());
        return Some((noun.head..noun.last, actor, Sort::StateForce));
    }
    let owner = is_seat(look.text, noun)?;
    let country = look.mentions.iter().find(|m| m.first == owner.start).and_then(|m| {
        m.sense(|s| if let Sense::Country(c) | Sense::Demonym(c) = s { Some(c) } else { None })
    });
    let word = look.text.word(owner.start);
    let country = country.or_else(|| look.known.deeds.seat(&fold(word)))?;
    let actor = composed(country, Suffix::Military, look.known);
    Some((owner.start..noun.last, Some(actor), Sort::StateForce))
}

/// The party in a noun phrase, or the people that it describes.
fn body(look: &Sentence<'_>, n: usize, attribution: Attribution) -> Option<Body> {
    let noun = look.syntax.nouns.get(n)?;
    let inside = |p: &&Named| noun.first <= p.tokens.start && p.tokens.end <= noun.last;
    if let Some(p) = look.parties.iter().find(inside) {
        return Some((p.tokens.clone(), p.actor.clone(), p.sort, attribution));
    }
    let sort = people(look.mentions, noun.head)?;
    let tokens = whole(look.text, look.syntax, look.mentions, noun.head..noun.head + 1);
    let end = look.unit(n).unwrap_or(tokens.end);
    Some((tokens.start..end, None, sort, attribution))
}

/// Whether what a body tells of its deeds beside the incident is told of no answer: where others are
/// said to have attacked, a force that "said it had killed nine" tells of what came after.
pub(super) fn is_unanswered(body: &Body, found: &[Perpetrator]) -> bool {
    let (_, actor, sort, _) = body;
    let force = |s: Sort| matches!(s, Sort::StateForce | Sort::Government);
    let own = |p: &Perpetrator| match (&p.actor, actor) {
        (Some(a), Some(b)) => a == b || a.get(..3) == b.get(..3) && force(p.sort) && force(*sort),
        _ => force(p.sort) && force(*sort),
    };
    let weak = |p: &Perpetrator| p.attribution >= Attribution::Possible;
    !force(*sort) || found.iter().all(|p| own(p) || weak(p))
}

/// What people who fight are, by the word for them at token `head`.
fn people(here: &[Mention<'_>], head: usize) -> Option<Sort> {
    let mention = here.iter().find(|m| m.first <= head && head < m.last)?;
    mention.sense(|s| match s {
        Sense::Person(Sort::Military | Sort::Police | Sort::StateForce, _)
        | Sense::Person(_, Role::Force) => Some(Sort::StateForce),
        Sense::Person(..) => Some(Sort::Individuals),
        _ => None,
    })
}
