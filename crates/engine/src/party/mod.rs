//! Who did it, to whom, with what, and who says so.

mod perpetrator;
mod accusal;
mod admits;
mod agent;
mod attribution;
mod authority;
mod avowed;
mod denial;
mod described;
mod doubt;
mod speaker;
mod speaks;
mod standing;
mod stands;
mod alike;
mod band;
mod bare;
mod basis;
mod beside;
mod bodies;
mod grounds;
mod harm;
mod doer;
mod fight;
mod idle;
mod meant;
mod nations;
mod men;
mod mute;
mod one;
mod outfit;
mod own;
mod person;
mod phrase;
mod pointed;
mod pronoun;
mod share;
mod shown;
mod sort;
mod sufferer;
mod target;
mod weapon;
mod word;

pub(crate) use accusal::accuses;
pub(crate) use band::bands;
pub(crate) use basis::basis;
pub(crate) use doer::{does_deed, names_a_party};
pub use harm::Harms;
pub(crate) use men::{is_men, is_of_men};
pub(crate) use outfit::{Outfit, is_civil, may_name, outfits, seek_none};
pub use perpetrator::perpetrators;
pub use person::GivenNames;
pub(crate) use shown::shows;
pub use speaker::speakers;
pub use target::{Told, targets};
pub use weapon::weapons;

use std::ops::Range;

use crate::Knowledge;
use crate::lexicon::{Mention, Sense, Suffix};
use crate::ontology::Sort;
use crate::text::{Shape, Text};

/// A named organisation or force in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// What it is.
    pub(crate) sort: Sort,
    /// Its id, if a table knows it.
    pub(crate) actor: Option<String>,
}

/// The organisations and forces of a sentence, those that no table knows among them.
pub(crate) fn parties(text: &Text<'_>, mentions: &[Mention<'_>], known: &Knowledge) -> Vec<Named> {
    let mut found = named(text, mentions, known);
    for band in bands(text, mentions, known) {
        let free = |p: &Named| p.tokens.end <= band.start || band.end <= p.tokens.start;
        if found.iter().all(free) {
            found.push(Named { tokens: band, sort: Sort::Organisation, actor: None });
        }
    }
    found.sort_by_key(|p| p.tokens.start);
    found
}

/// The organisations and composed forces among `mentions`, in order.
pub(crate) fn named(text: &Text<'_>, mentions: &[Mention<'_>], known: &Knowledge) -> Vec<Named> {
    let mut found = Vec::new();
    for (i, mention) in mentions.iter().enumerate() {
        if let Some(actor) = mention.actor.and_then(|a| known.actors.get(a)) {
            found.push(Named {
                tokens: mention.first..mention.last,
                sort: actor.sort,
                actor: Some(actor.id.to_owned()),
            });
        } else if let Some(force) = force(text, mention, mentions.get(i + 1), known)
            .or_else(|| shared(text, mentions, i, known))
        {
            found.push(force);
        }
    }
    found
}

/// "Kyrgyz and Tajik border guards": the forces that the last nation of a list is named with are those
/// of the first as well.
fn shared(text: &Text<'_>, mentions: &[Mention<'_>], i: usize, known: &Knowledge) -> Option<Named> {
    let nation =
        |m: &Mention<'_>| m.sense(|s| if let Sense::Demonym(c) = s { Some(c) } else { None });
    let first = mentions.get(i)?;
    let country = nation(first)?;
    let mut last = i;
    while let [one, next] = mentions.get(last..last + 2)? {
        let joined = next.first == one.last + 1
            && (text.is(one.last, "and") || text.word(one.last) == ",")
            && nation(next).is_some();
        if !joined {
            break;
        }
        last += 1;
    }
    if last == i {
        return None;
    }
    let other = mentions.get(last + 1)?;
    force(text, mentions.get(last)?, Some(other), known)?;
    let (sort, suffix) = other
        .sense(|s| if let Sense::Force(sort, suffix) = s { Some((sort, suffix)) } else { None })?;
    let actor = Some(composed(country, suffix, known));
    Some(Named { tokens: first.first..first.last, sort, actor })
}

/// "Russian forces", "Israel's army", "Nigerian air force".
fn force(
    text: &Text<'_>,
    nation: &Mention<'_>,
    next: Option<&Mention<'_>>,
    known: &Knowledge,
) -> Option<Named> {
    let country = nation.sense(|s| match s {
        Sense::Demonym(c) | Sense::Country(c) => Some(c),
        _ => None,
    })?;
    let next = next?;
    let gap = next.first - nation.last;
    let owned = gap == 1 && text.tokens[nation.last].shape == Shape::Possessive;
    let adjective = gap == 1 && text.tokens[nation.last].shape == Shape::Lower;
    // "Turkey's defence ministry"
    let both = gap == 2
        && text.tokens[nation.last].shape == Shape::Possessive
        && text.tokens[nation.last + 1].shape == Shape::Lower;
    if gap > 0 && !owned && !adjective && !both {
        return None;
    }
    let (sort, suffix) = next
        .sense(|s| if let Sense::Force(sort, suffix) = s { Some((sort, suffix)) } else { None })?;
    // "Turkish shelling": the nation's, whose act it is.
    let act = next.senses.iter().any(|s| matches!(s, Sense::Act(_)));
    Some(Named {
        tokens: nation.first..if act { nation.last } else { next.last },
        sort,
        actor: Some(composed(country, suffix, known)),
    })
}

/// The id of a state's force: `ru-military`.
pub(crate) fn composed(country: u16, suffix: Suffix, known: &Knowledge) -> String {
    let code = known.geography.countries[usize::from(country)].code;
    format!("{}-{}", String::from_utf8_lossy(&code).to_lowercase(), suffix.as_str())
}
