//! Which of the actors of one name a text means.
//!
//! Two armies of national liberation are told apart by the countries that the text names, and by
//! when they were. A weak spelling ("NRA", "Islamic Front") is an actor only where the text speaks
//! of its country, or names the actor by another spelling; as a part of a longer name it is none.

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::{Actor, Actors};
use crate::geography::Geography;
use crate::lexicon::{Mention, Sense};
use crate::text::{Case, Shape, Text};

/// Decides for each mention in `texts` which actor it is, if any, as of `today`.
pub(crate) fn decide(
    texts: &mut [(&Text<'_>, &mut [Mention<'_>])],
    actors: &Actors,
    geography: &Geography,
    today: Option<Date>,
) {
    let code = |country: u16| geography.countries[usize::from(country)].code;
    let (mut countries, mut named) = (FxHashSet::default(), FxHashSet::default());
    for sense in texts.iter().flat_map(|(_, mentions)| mentions.iter()).flat_map(|m| m.senses) {
        match *sense {
            Sense::Country(c) | Sense::Demonym(c) => {
                countries.insert(code(c));
            }
            Sense::Area(a) => {
                countries.insert(code(geography.areas[a as usize].country));
            }
            Sense::Site(s) => {
                countries.insert(code(geography.sites[s as usize].country));
            }
            Sense::Actor(a, _) => {
                named.insert(a);
            }
            _ => {}
        }
    }
    let here = |actor: &Actor| {
        actor
            .countries
            .iter()
            .any(|c| c.as_bytes().try_into().is_ok_and(|code: [u8; 2]| countries.contains(&code)))
    };
    // Living then; and a decade after its end a name is more likely that of another.
    let then = |actor: &Actor| today.is_none_or(|day| actor.when.holds(day));
    let long_gone = |actor: &Actor| {
        today.zip(actor.when.to).is_some_and(|(day, to)| day.year() > to.year().saturating_add(10))
    };
    let choose = |senses: &[Sense], whole: bool| {
        let mut best: Option<(i8, u32)> = None;
        for sense in senses {
            let (id, weak) = match *sense {
                Sense::Actor(id, _) => (id, false),
                Sense::Weak(id) => (id, true),
                _ => continue,
            };
            let Some(actor) = actors.get(id) else { continue };
            let near = here(actor);
            if weak && !(named.contains(&id) || (whole && near)) {
                continue;
            }
            // The countries tell most; of those that are left the one of the time, then the first.
            let score = i8::from(near) * 2 + i8::from(then(actor)) - i8::from(long_gone(actor)) * 2;
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, id));
            }
        }
        best.map(|(_, id)| id)
    };
    for (text, mentions) in texts {
        for i in 0..mentions.len() {
            let whole = whole(text, mentions, i);
            mentions[i].actor = choose(mentions[i].senses, whole);
        }
    }
}

/// Whether mention `i` is no part of a longer name: "Sudan Liberation Army", "Flying Tigers".
///
/// An abbreviation is whole wherever it stands. Where case tells nothing, nothing is.
fn whole(text: &Text<'_>, mentions: &[Mention<'_>], i: usize) -> bool {
    let Some(mention) = mentions.get(i) else { return false };
    let short = mention.last - mention.first == 1
        && text.tokens[mention.first].shape == Shape::Upper
        && text.word(mention.first).len() <= 5;
    if text.case == Case::Flat || short {
        return text.case == Case::Mixed;
    }
    let capital = |token: usize| text.is_capital(token);
    let nation = |j: Option<usize>| {
        j.and_then(|j| mentions.get(j)).is_some_and(|m| {
            m.senses.iter().any(|s| matches!(s, Sense::Country(_) | Sense::Demonym(_)))
        })
    };
    let sentence = text.sentence_of(mention.first);
    let opens = text.sentences.get(sentence).is_some_and(|s| s.first + 1 == mention.first);
    let before =
        mention.first.checked_sub(1).is_some_and(capital) && !opens && !nation(i.checked_sub(1));
    !before && !capital(mention.last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;
    use jiff::civil::date;

    /// The ids of the actors that `source` names.
    fn check(source: &str, expected: &[&str]) {
        let known = Knowledge::embedded();
        let text = Text::of(source);
        let mut mentions = known.matcher.find(&text);
        let day = Some(date(2005, 1, 1));
        decide(&mut [(&text, &mut mentions)], &known.actors, &known.geography, day);
        let ids: Vec<&str> =
            mentions.iter().filter_map(|m| Some(known.actors.get(m.actor?)?.id)).collect();
        assert_eq!(ids, expected);
    }

    #[test]
    fn the_countries_of_a_text_tell_namesakes_apart() {
        check("In Colombia the National Liberation Army blew up a pipe.", &["eln"]);
        check("In Macedonia the National Liberation Army took a village.", &["nla-macedonia"]);
    }

    #[test]
    fn a_weak_spelling_needs_its_country() {
        check("The NRA took Kampala, the capital of Uganda.", &["nra-uganda"]);
        check("The NRA spoke against the bill in Congress.", &[]);
    }
}
