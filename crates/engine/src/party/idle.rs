//! Who is described as one of those who attack and is not said to have done it: he is shot at, is only
//! there, does something else, or says whose a place is.

use super::admits::began;
use super::described::VAGUE;
use super::meant::MEMBERS;
use super::speaks::does_otherwise;
use crate::Knowledge;
use crate::lexicon::{Mention, Sense};
use crate::syntax::{NounPhrase, Syntax, Voice};
use crate::text::Text;

/// The sentence that describes them.
pub(super) struct Look<'l> {
    pub(super) text: &'l Text<'l>,
    pub(super) syntax: &'l Syntax,
    pub(super) here: &'l [Mention<'l>],
    pub(super) known: &'l Knowledge,
}

/// What part a description has in it.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that the grammar says")]
pub(super) struct Told<'p> {
    pub(super) mention: &'p Mention<'p>,
    /// Its noun phrase.
    pub(super) own: Option<usize>,
    /// Whether the words around have them act.
    pub(super) acts: bool,
    /// Whether the grammar has them act.
    pub(super) doing: bool,
    /// Whether they only say of what kind the head of the phrase is.
    pub(super) modifies: bool,
    /// Whether they are "other" ones.
    pub(super) other: bool,
}

/// Whether those described did nothing that is told.
pub(super) fn is_idle(look: &Look<'_>, told: &Told<'_>) -> bool {
    let Look { text, syntax, here, known } = *look;
    let Told { mention, own, acts, doing, modifies, other } = *told;
    let noun = own.and_then(|n| syntax.nouns.get(n));
    let is = |list: &[&str]| list.binary_search(&text.key(mention.last - 1)).is_ok();
    // "He fired at the attacker", "a mission against terrorists": it is done to them.
    let against = noun.and_then(|n| n.preposition).is_some_and(|p| {
        ["against", "at", "toward", "towards"].iter().any(|word| text.is(p, word))
    });
    let unmoved = noun.is_some_and(|n| {
        // "Told the police of the presence of gunmen", "torched homes after clashes with fighters"
        is_present(text, syntax, n) || is_of_fight_before(text, n.first)
    });
    // "Rebels found the bodies", "the rebels' spokesman"
    let otherwise = own.is_some_and(|n| {
        does_otherwise(text, syntax, here, n, known) || is_owner(look, n, mention)
    });
    // "A militia post" is hit, "a militia attack" hits.
    let post = modifies && noun.is_some_and(|n| n.head >= mention.last && !is_deed(here, n.head));
    !acts && (against || unmoved || is(VAGUE) || other || is(MEMBERS_OF_POSTS) && post)
        || !doing && (is(MEMBERS) || is(BANDS)) && otherwise
        || is_held_by(text, mention.last)
        // "In answer to an attack by rebels": that was another.
        || noun.is_some_and(|n| is_answered(text, n.first))
        || is(ADJECTIVES) && modifies
        // "Rebel health officials counted eight dead": they only speak.
        || modifies && !doing && noun.is_some_and(|n| is_office(text, n.head))
        // "Two vigilantes who tried to bar the way were shot dead"
        || !doing && own.is_some_and(|n| is_felled(text, syntax, n, known))
}

/// Words for bands as a whole. Sorted.
const BANDS: &[&str] = &["cartel", "gang", "gangs", "militia", "militias"];

/// Whether those of a mention, in noun phrase `n`, own what is no deed: "the rebels' spokesman".
fn is_owner(look: &Look<'_>, n: usize, whose: &Mention<'_>) -> bool {
    let Look { text, syntax, here, .. } = *look;
    let noun = &syntax.nouns[n];
    // The apostrophe alone parts what they own from them.
    let plural = behind(text, whose.last).is_some_and(|rest| rest.starts_with(['\'', '’']));
    let next = || syntax.nouns.get(n + 1).filter(|next| next.first <= noun.last + 1);
    let parted = noun.last == whose.last;
    let owned = match noun.owner.as_ref() {
        Some(owner) => Some(noun).filter(|_| owner.contains(&whose.first)),
        None if plural && parted => next(),
        None => Some(noun).filter(|_| plural),
    };
    owned.is_some_and(|owned| {
        let deed = |m: &Mention<'_>| {
            let deed = |s: &Sense| matches!(s, Sense::Act(_) | Sense::Weapon(..));
            m.first < owned.last && owned.first < m.last && m.senses.iter().any(deed)
        };
        !here.iter().any(deed) && !text.is(owned.head, "hands")
    })
}

/// Whether the words behind token `next` make of a band only what a place is: "rebel-held", "militia-run".
fn is_held_by(text: &Text<'_>, next: usize) -> bool {
    #[rustfmt::skip]
    const HELD: &[&str] = &["backed", "controlled", "dominated", "held", "infested", "ruled", "run"];
    behind(text, next).is_some_and(|rest| rest.starts_with('-')) && HELD.contains(&text.key(next))
}

/// The text behind the token before `next`.
fn behind<'t>(text: &Text<'t>, next: usize) -> Option<&'t str> {
    let last = next.checked_sub(1).and_then(|i| text.tokens.get(i))?;
    text.source.get(last.end as usize..)
}

/// Words for bands that also say whose something is. Sorted.
const MEMBERS_OF_POSTS: &[&str] = &["cartel", "gang", "guerrilla", "militia", "rebel"];

/// Whether what is meant at token `head` is an act or a weapon.
fn is_deed(here: &[Mention<'_>], head: usize) -> bool {
    here.iter().filter(|m| m.first <= head && head < m.last).any(|m| {
        m.senses.iter().any(|s| matches!(s, Sense::Act(_) | Sense::Weapon(..) | Sense::Person(..)))
    })
}

/// "The presence of X", "sightings of X": whose being there is all that is said.
fn is_present(text: &Text<'_>, syntax: &Syntax, noun: &NounPhrase) -> bool {
    const BEING: &[&str] = &[
        "arrival",
        "existence",
        "hideout",
        "hideouts",
        "location",
        "movement",
        "movements",
        "presence",
        "sighting",
        "sightings",
        "whereabouts",
    ];
    let of = noun.of.and_then(|n| syntax.nouns.get(n));
    of.is_some_and(|of| BEING.binary_search(&text.key(of.head)).is_ok())
}

/// "In retaliation for an attack by X": the noun phrase of X begins at token `first`.
fn is_answered(text: &Text<'_>, first: usize) -> bool {
    const ANSWERS: &[&str] = &["answer", "reprisal", "response", "retaliation", "revenge"];
    let by = first > 0 && text.is(first - 1, "by");
    by && (first.saturating_sub(8)..first).any(|i| {
        ANSWERS.binary_search(&text.key(i)).is_ok()
            && (text.is(i + 1, "for") || text.is(i + 1, "to"))
    })
}

/// "After clashes with X": the noun phrase of X begins at token `first`.
fn is_of_fight_before(text: &Text<'_>, first: usize) -> bool {
    const FIGHTS: &[&str] =
        &["battle", "battles", "clash", "clashes", "fight", "fighting", "skirmish"];
    let with = (first.saturating_sub(2)..first).find(|&i| text.is(i, "with"));
    let fight = with.and_then(|i| i.checked_sub(1)).filter(|&i| FIGHTS.contains(&text.key(i)));
    fight.is_some_and(|i| (i.saturating_sub(2)..i).any(|j| text.is(j, "after")))
}

/// Whether a word is for those who speak for others or heal them, and do not fight.
fn is_office(text: &Text<'_>, head: usize) -> bool {
    #[rustfmt::skip]
    const OFFICES: &[&str] = &[
        "administration", "authorities", "authority", "doctors", "media", "medics", "ministry",
        "negotiator", "negotiators", "officials", "source", "sources", "spokesman", "spokesmen",
        "spokesperson", "spokeswoman", "statement", "website",
    ];
    OFFICES.binary_search(&text.key(head)).is_ok()
}

/// Whether noun phrase `n` is whom a force or others felled: "vigilantes who came were shot dead",
/// "neutralised eleven bandits".
fn is_felled(text: &Text<'_>, syntax: &Syntax, n: usize, known: &Knowledge) -> bool {
    const FELLS: &[&str] =
        &["behead", "butcher", "execute", "hack", "kill", "murder", "shoot", "slay"];
    const NEUTRAL: &[&str] = &["eliminate", "liquidate", "neutralise", "neutralize"];
    let head = syntax.nouns[n].last;
    // "Three attackers were shot dead": they did it first.
    if began(text, syntax.nouns[n].head) {
        return false;
    }
    (0..syntax.verbs.len()).any(|v| {
        let verb = &syntax.verbs[v];
        let base = known.verbs.base(text.key(verb.head)).unwrap_or_default();
        let passive = verb.voice == Voice::Passive && verb.first >= head;
        let shot_at = text.is(verb.last, "at");
        syntax.sufferers(v).contains(&n)
            && !verb.negated
            && !shot_at
            && (passive && FELLS.contains(&base) || NEUTRAL.contains(&base))
    })
}

/// Adjectives of acts that are people elsewhere: "an extremist attack". Sorted.
const ADJECTIVES: &[&str] = &["extremist", "jihadist", "terrorist"];
