//! When two words are one party: "fighters of the X" are the X, "its soldiers" are the army that was
//! named, "the al-Qaeda affiliate X" is the X and not al-Qaeda.

use std::ops::Range;

use reading::Span;

use crate::fold::fold;
use crate::lexicon::{Mention, Sense};
use crate::ontology::{Attribution, Sort};
use crate::party::Named;
use crate::party::accusal::Sentence;
use crate::party::grounds::firmer;
use crate::report::Perpetrator;
use crate::syntax::Syntax;
use crate::text::{Case, Text};

/// Words for a state's forces that do not say whose they are. Sorted.
const FORCES: &[&str] = &["army", "force", "forces", "military", "soldier", "soldiers", "troops"];
/// Words that may stand before them and say no more. Sorted.
const SMALL: &[&str] = &["army", "government", "its", "own", "regular", "state", "the", "their"];
/// Words that make an organisation's name that of a relation of it. Sorted.
const KIN: &[&str] = &["affiliate", "affiliates", "offshoot", "splinter"];
/// Words behind a hyphen that do. Sorted.
const TIES: &[&str] = &["affiliated", "aligned", "allied", "backed", "inspired", "linked"];

/// "The X said its fighters had done it": they are the X, which is named or stands before them.
pub(super) fn is_owned(look: &Sentence<'_>, tokens: &Range<usize>) -> bool {
    let Sentence { text, syntax, mentions, parties, .. } = look;
    let noun = syntax.noun_at(tokens.end - 1).map(|n| &syntax.nouns[n]);
    noun.is_some_and(|noun| {
        let own = ["its", "our", "their"].iter().any(|word| text.is(noun.first, word));
        let named = |p: &Named| p.tokens.end <= noun.first && p.sort == Sort::Organisation;
        // "The army admitted that its soldiers", "Israel said its jets"
        let state = |m: &Mention<'_>| {
            let state = |s: &Sense| matches!(s, Sense::Force(..) | Sense::Country(_));
            m.last <= noun.first && m.senses.iter().any(state)
        };
        let speaks = |m: &&Mention<'_>| {
            let says =
                |v: usize| syntax.verbs[v].last <= noun.first && syntax.verbs[v].first >= m.last;
            (0..syntax.verbs.len()).any(|v| {
                let doers = syntax.doers(v).iter().map(|&n| &syntax.nouns[n]);
                says(v) && doers.into_iter().any(|d| d.first <= m.first && m.last <= d.last)
            })
        };
        own && (parties.iter().any(named)
            || mentions.iter().filter(|m| state(m)).any(|m| speaks(&m)))
    })
}

/// "Fighters of the X": they are the X, if that is found already.
pub(super) fn is_of_named(
    text: &Text<'_>,
    syntax: &Syntax,
    tokens: &Range<usize>,
    parties: &[Named],
    found: &[Perpetrator],
) -> bool {
    let Some(n) = syntax.noun_at(tokens.end - 1) else { return false };
    // Where case tells nothing, what stands behind "of" may be no name after all.
    if text.case == Case::Flat {
        return false;
    }
    let noun = &syntax.nouns[n];
    let behind = syntax.nouns.iter().find(|other| {
        let bound = other.preposition.filter(|&p| p == noun.last);
        bound.is_some_and(|p| ["of", "from"].iter().any(|word| text.is(p, word)))
    });
    let Some(behind) = behind else { return false };
    let named =
        parties.iter().filter(|p| behind.first <= p.tokens.start && p.tokens.end <= behind.last);
    let name = |p: &Named| text.span(p.tokens.start, p.tokens.end);
    named.into_iter().any(|p| {
        found.iter().any(|other| match (&p.actor, &other.actor) {
            (Some(a), Some(b)) => a == b,
            _ => Some(other.name) == name(p),
        })
    })
}

/// "The al-Qaeda affiliate X", "the Islamic State-linked X": the name only says of what kind the X is.
pub(super) fn is_kin_of_named(
    text: &Text<'_>,
    syntax: &Syntax,
    tokens: &Range<usize>,
    parties: &[Named],
) -> bool {
    let is = |i: usize, list: &[&str]| list.binary_search(&text.key(i)).is_ok();
    let hyphen = || {
        let (a, b) = (text.tokens.get(tokens.end.wrapping_sub(1)), text.tokens.get(tokens.end));
        let gap = a.zip(b).and_then(|(a, b)| text.source.get(a.end as usize..b.start as usize));
        gap == Some("-")
    };
    let tied = is(tokens.end, KIN) || is(tokens.end, TIES) && hyphen();
    let noun = syntax.noun_at(tokens.end).map(|n| &syntax.nouns[n]);
    tied && noun.is_some_and(|noun| {
        let beside = |p: &Named| tokens.end < p.tokens.start && p.tokens.start <= noun.last;
        parties.iter().any(beside)
    })
}

/// Makes one of "the army" and the one state's force that is named; `fighting` are the sides of a fight.
pub(super) fn merge(text: &Text<'_>, found: &mut Vec<Perpetrator>, fighting: &[Span]) {
    let state = |p: &Perpetrator| matches!(p.sort, Sort::StateForce | Sort::Government);
    let bare = |p: &Perpetrator| {
        let words = p.name.of(text.source).split_whitespace().map(fold).collect::<Vec<_>>();
        let (last, before) = words.split_last().map_or(("", &[][..]), |(l, b)| (l.as_str(), b));
        p.actor.is_none()
            && p.sort == Sort::StateForce
            && FORCES.binary_search(&last).is_ok()
            && before.iter().all(|word| SMALL.binary_search(&word.as_str()).is_ok())
    };
    let named =
        |p: &Perpetrator| p.actor.is_some() && state(p) && p.attribution != Attribution::Denied;
    merge_ministries(found);
    let mut all = (0..found.len()).filter(|&i| named(&found[i]));
    let (Some(one), None) = (all.next(), all.next()) else { return };
    // "The army fought the X, a force of the state as well": the two sides of one fight.
    let fights = fighting.contains(&found[one].name);
    let bare = |p: &Perpetrator| bare(p) && !(fights && fighting.contains(&p.name));
    let grounds: Vec<Attribution> =
        found.iter().filter(|p| bare(p)).map(|p| p.attribution).collect();
    for ground in grounds {
        found[one].attribution = firmer(found[one].attribution, ground);
    }
    found.retain(|p| !bare(p));
}

/// A state that speaks of what its forces did is no second party: "Russia's defence ministry said its
/// missiles had struck".
fn merge_ministries(found: &mut Vec<Perpetrator>) {
    // "ru-military": the forces of a state are named by its code.
    let land = |p: &Perpetrator| {
        let id = p.actor.as_deref().filter(|_| p.sort != Sort::Organisation)?;
        id.get(..2).map(str::to_owned)
    };
    let forces_of = |p: &Perpetrator| {
        p.sort == Sort::StateForce
            && p.actor.as_deref().is_some_and(|id| id.as_bytes().get(2) == Some(&b'-'))
    };
    let ministry = |p: &Perpetrator| {
        let id = p.actor.as_deref().unwrap_or_default();
        id.ends_with("-mod") || id.ends_with("-government")
    };
    let forces: Vec<usize> =
        (0..found.len()).filter(|&i| forces_of(&found[i]) && !ministry(&found[i])).collect();
    for i in forces {
        let same = |p: &Perpetrator| ministry(p) && land(p).is_some() && land(p) == land(&found[i]);
        let grounds: Vec<Attribution> =
            found.iter().filter(|p| same(p)).map(|p| p.attribution).collect();
        for ground in grounds {
            found[i].attribution = firmer(found[i].attribution, ground);
        }
    }
    let lands: Vec<String> =
        found.iter().filter(|p| forces_of(p) && !ministry(p)).filter_map(land).collect();
    found.retain(|p| !(ministry(p) && land(p).is_some_and(|land| lands.contains(&land))));
}

/// "Rebels calling themselves the X", "a rebel alliance known as X": the X is who they are.
pub(super) fn is_called(text: &Text<'_>, tokens: &Range<usize>, name: &Range<usize>) -> bool {
    const NEAR: usize = 6;
    const CALLED: &[&str] = &["called", "calling", "known", "named", "styled", "styling"];
    let between = tokens.end..name.start;
    let mark = |i: usize| matches!(text.word(i), "," | ";" | ".");
    between.len() <= NEAR
        && !between.clone().any(mark)
        && between.into_iter().any(|i| CALLED.contains(&text.key(i)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order() {
        assert!(FORCES.is_sorted() && SMALL.is_sorted());
        assert!(KIN.is_sorted() && TIES.is_sorted());
    }
}
