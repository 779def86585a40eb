//! Which organisation "the rebels" belong to, where the document names one and no other.
//!
//! Reports call the members of an organisation by a common word once they have named it, or before.
//! Words for anyone with a gun ("gunmen") are no such word, and where nobody has claimed the act the
//! name that stands in the document is that of a suspect at most.

use std::collections::BTreeMap;

use crate::Knowledge;
use crate::fold::fold;
use crate::lexicon::{Cue, Mention, Sense};
use crate::ontology::{Attribution, Sort};
use crate::report::Perpetrator;
use crate::text::Text;

/// Words for the members of an organisation. Sorted.
#[rustfmt::skip]
pub(super) const MEMBERS: &[&str] = &[
    "combatants", "extremists", "fighter", "fighters", "guerrilla", "guerrillas", "insurgent",
    "insurgents", "jihadists", "militant", "militants", "militiamen", "rebel", "rebels",
    "separatists", "subversives", "terrorist", "terrorists",
];

/// The one organisation of the document, for those whom `found` only calls rebels or the like.
pub(super) fn organisation(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    found: &[Perpetrator],
    known: &Knowledge,
) -> Option<Perpetrator> {
    if found.iter().any(|p| p.sort == Sort::Organisation || p.actor.is_some()) {
        return None;
    }
    let member = found.iter().find(|p| {
        let last = p.name.of(text.source).split_whitespace().next_back().map(fold);
        let word = last.unwrap_or_default();
        MEMBERS.binary_search(&word.as_str()).is_ok() && p.attribution != Attribution::Denied
    })?;
    let unclaimed = mentions.iter().any(|m| m.senses.contains(&Sense::Cue(Cue::NoClaim)));
    let mut named: BTreeMap<u32, &Mention<'_>> = BTreeMap::new();
    for mention in mentions.iter().filter(|_| !unclaimed) {
        let actor = mention
            .actor
            .filter(|&a| known.actors.get(a).is_some_and(|actor| actor.sort == Sort::Organisation));
        if let Some(actor) = actor {
            named.entry(actor).or_insert(mention);
        }
    }
    let (&id, mention) = named.iter().next().filter(|_| named.len() == 1)?;
    Some(Perpetrator {
        name: text.span(mention.first, mention.last)?,
        actor: Some(known.actors.get(id)?.id.to_owned()),
        sort: Sort::Organisation,
        attribution: member.attribution,
    })
}
