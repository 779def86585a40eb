//! To whom or what it was done: the people and things that the sentences of a report say suffered.
//!
//! [`sufferer`](super::sufferer) finds where they stand; here it is decided what they are, how they
//! are called, and which of them are one.

use std::ops::Range;

use crate::Knowledge;
use crate::lexicon::{Act, Harm, Mention, Sense};
use crate::number::{Number, numbers};
use crate::ontology::{Effect, Mode, Sort, WeaponSort};
use crate::party::alike::{add, add_some};
use crate::party::harm::Outcome;
use crate::party::person;
use crate::party::sort::Kind;
use crate::party::sufferer::{Struck, struck};
use crate::place::Atlas;
use crate::report::Target;
use crate::resolved::Count;
use crate::syntax::{Grammar, NounPhrase, Syntax};
use crate::text::Text;
use crate::toll::Toll;

/// The most that a report names.
const MOST: usize = 12;

/// A sentence in which to look.
#[derive(Clone, Copy, Debug)]
pub struct Told<'t> {
    /// Its number.
    pub sentence: usize,
    /// Its first token.
    pub first: usize,
    /// One past its last token.
    pub last: usize,
    /// Its mentions.
    pub mentions: &'t [Mention<'t>],
    /// Its counts of the harmed.
    pub tolls: &'t [Toll],
}

impl Told<'_> {
    /// Whether it speaks of damage that was done.
    fn tells_damage(&self, text: &Text<'_>) -> bool {
        (self.first..self.last).any(|i| {
            text.is(i, "damage") && !text.is(i.wrapping_sub(1), "no")
                || text.is(i, "damaged")
                || text.is(i, "damages")
                || text.is(i, "damaging")
        })
    }

    /// Whether it tells of something that goes off or comes down.
    fn is_blast(&self) -> bool {
        let senses = self.mentions.iter().flat_map(|m| m.senses);
        senses.into_iter().any(|s| match s {
            Sense::Act(Act { mode: Some(mode), .. }) => matches!(
                mode,
                Mode::Bombing
                    | Mode::SuicideBombing
                    | Mode::AirStrike
                    | Mode::DroneStrike
                    | Mode::Shelling
            ),
            Sense::Weapon(sort, _) => matches!(
                sort,
                WeaponSort::Explosive
                    | WeaponSort::Ordnance
                    | WeaponSort::Aircraft
                    | WeaponSort::Drone
            ),
            _ => false,
        })
    }
}

/// The people and things that the sentences `told` say were harmed; attackers only where they are
/// `fought`, as by a state's force.
pub fn targets(
    text: &Text<'_>,
    grammar: &Grammar<'_>,
    atlas: &Atlas,
    told: &[Told<'_>],
    fought: bool,
    known: &Knowledge,
) -> Vec<Target> {
    let mut found: Vec<Target> = Vec::new();
    for told in told {
        let syntax = grammar.sentence(told.sentence);
        let look = Look { text, syntax, atlas, told, fought, known };
        let struck = struck(text, syntax, told.is_blast(), known);
        let counted = look.counted(&struck);
        for struck in struck.into_iter().chain(counted) {
            if let Some(target) = look.target(struck) {
                add(text, &mut found, target);
            } else if let Some(some) = look.some_of_them(struck) {
                add_some(text, &mut found, some);
            }
            for part in look.parts(struck) {
                add(text, &mut found, part);
            }
        }
        for both in look.both() {
            add_some(text, &mut found, both);
        }
    }
    // "A bomb exploded at the bank and caused damage": what was struck was damaged.
    if told.iter().any(|t| t.tells_damage(text)) {
        let things = found.iter_mut().filter(|t| !t.person && t.effect.is_none());
        things.for_each(|thing| thing.effect = Some(Effect::Damaged));
    }
    found.truncate(MOST);
    found
}

/// Nouns whose "of" is a part of what they are called: "the mayor of X", "the offices of Y".
#[rustfmt::skip]
const OF: &[&str] = &[
    "archbishop", "bishop", "branch", "brother", "building", "chairman", "chief", "commander",
    "daughter", "director", "driver", "father", "governor", "head", "headquarters", "home",
    "house", "leader", "leaders", "manager", "mayor", "member", "members", "minister", "mother",
    "office", "offices", "owner", "president", "rector", "relatives", "residence", "secretary",
    "sister", "son", "speaker", "wife",
];

pub(super) struct Look<'l> {
    pub(super) text: &'l Text<'l>,
    pub(super) syntax: &'l Syntax,
    atlas: &'l Atlas,
    pub(super) told: &'l Told<'l>,
    pub(super) fought: bool,
    pub(super) known: &'l Knowledge,
}

impl Look<'_> {
    /// The people whom a count of the harmed counts, where the grammar did not find them.
    fn counted(&self, struck: &[Struck]) -> Vec<Struck> {
        let of = |toll: &Toll| {
            let effect = match toll.harm {
                Harm::Killed => Effect::Killed,
                Harm::Injured => Effect::Injured,
                Harm::Abducted => Effect::Abducted,
                Harm::Casualties | Harm::Struck => return None,
            };
            // "scores were hurt when settlers came": behind the verb stand others.
            let ends = |i: usize| {
                matches!(self.text.word(i), ";" | ":" | ".")
                    || i > toll.at && toll.word > toll.at && i >= toll.word
            };
            let near = (toll.at..toll.at + 7).take_while(|&i| !ends(i));
            let noun = near.into_iter().find_map(|i| {
                let noun = self.syntax.noun_at(i)?;
                let phrase =
                    self.bare(self.syntax.nouns[noun].first..self.syntax.nouns[noun].last)?;
                matches!(self.kind(&phrase), Kind::Person(_)).then_some(noun)
            })?;
            let people = Outcome::Done(effect);
            Some(Struck { noun, owner: false, people, things: Outcome::Never })
        };
        let fair = self.told.tolls.iter().filter(|t| !t.attackers && !t.part);
        fair.filter_map(of).filter(|s| struck.iter().all(|old| old.noun != s.noun)).collect()
    }

    pub(super) fn target(&self, struck: Struck) -> Option<Target> {
        let noun = self.syntax.nouns.get(struck.noun)?;
        let phrase = if struck.owner { noun.owner.clone()? } else { noun.first..noun.last };
        if noun.pronoun {
            return None;
        }
        let Some(phrase) = self.bare(phrase) else {
            // "a family of six was killed": the family.
            let body = noun.of.filter(|&b| self.is_body(self.syntax.nouns[b].head));
            return body.and_then(|noun| self.target(Struck { noun, ..struck }));
        };
        let people = struck.people != Outcome::Never;
        if people && let Some(target) = self.named(&struck, noun, &phrase) {
            return Some(target);
        }
        let (sort, person) = match self.kind(&phrase) {
            Kind::Person(sort) if people => (sort, true),
            Kind::Thing(sort) if struck.things != Outcome::Never => (sort, false),
            Kind::Craft if matches!(struck.things, Outcome::Done(_)) => (Sort::Military, false),
            Kind::Attacker if self.is_fought(&struck) => (Sort::Combatants, true),
            Kind::Force(sort) if is_harmed(struck.people) => (sort, true),
            Kind::Unknown if self.can_only_be_people(&struck, &phrase) => (Sort::Civilians, true),
            _ => return None,
        };
        let words = self.with_of(&phrase, struck.owner);
        // "two passers-by": the dictionary knows where the word ends.
        let within = |m: &&Mention<'_>| m.first >= words.start && m.first < words.end;
        let people = |m: &&Mention<'_>| m.senses.iter().any(|s| matches!(s, Sense::Person(..)));
        let written = self.told.mentions.iter().filter(|m| within(m) && people(m));
        let end = written.map(|m| m.last).max().map_or(words.end, |end| end.max(words.end));
        let words = words.start..end;
        Some(Target {
            name: self.text.span(words.start, words.end)?,
            actor: None,
            sort,
            person,
            named: false,
            description: None,
            nation: self.nation(&phrase),
            number: self.number(noun, struck.owner),
            effect: effect(if person { struck.people } else { struck.things }),
        })
    }

    /// Whether those who suffer are the other side of a fight.
    pub(super) fn is_fought(&self, struck: &Struck) -> bool {
        self.fought && is_harmed(struck.people)
    }

    /// A target that the phrase, or one beside it that says who it is, names.
    fn named(&self, struck: &Struck, noun: &NounPhrase, phrase: &Range<usize>) -> Option<Target> {
        let name = |range: &Range<usize>| {
            person::name(self.text, range, self.told.mentions, &self.known.given)
        };
        let of = |n: usize| self.bare(self.syntax.nouns[n].first..self.syntax.nouns[n].last);
        let beside: Vec<Range<usize>> = if struck.owner {
            Vec::new()
        } else {
            let apposed = (struck.noun + 1..self.syntax.nouns.len())
                .take(6)
                .filter(|&n| self.root(n) == Some(struck.noun));
            let before =
                noun.apposed.map(|n| self.head_of(n)).or_else(|| self.title_before(struck.noun));
            let behind = self.name_behind(struck.noun);
            apposed.chain(before).chain(behind).filter_map(of).collect()
        };
        let (own, described) = match name(phrase).filter(|r| !self.is_place(r)) {
            Some(own) => {
                let before = phrase.start..own.start;
                let other =
                    || beside.iter().find(|r| name(r).is_none() && self.is_person(r)).cloned();
                let described = if before.is_empty() { other() } else { Some(before) };
                (own, described)
            }
            None if matches!(self.kind(phrase), Kind::Person(_)) => {
                (beside.iter().find_map(name)?, Some(phrase.clone()))
            }
            None => return None,
        };
        let described = described.filter(|d| !is_ordinal(self.text, d.start + 1));
        let sort = match described.as_ref().map(|d| self.kind(d)) {
            Some(Kind::Person(sort)) => sort,
            Some(Kind::Attacker) => return None,
            _ => Sort::Civilians,
        };
        let described = described.map(|d| self.with_of(&d, false));
        Some(Target {
            name: self.text.span(own.start, own.end)?,
            actor: None,
            sort,
            person: true,
            named: true,
            description: described.and_then(|d| self.text.span(d.start, d.end)),
            nation: self.nation(phrase),
            number: Some(Count::exactly(1)),
            effect: effect(struck.people),
        })
    }

    /// "the mayor of X, Y Z": what stands before the comma, if it ends in another name.
    fn title_before(&self, n: usize) -> Option<usize> {
        let before = n.checked_sub(1)?;
        let (noun, of) = (&self.syntax.nouns[n], &self.syntax.nouns[before]);
        let comma = of.last + 1 == noun.first && self.text.word(of.last) == ",";
        // "a coffee grower, Otto Reyes, was kidnapped": where case tells nothing too.
        let aside = self.text.is(of.first, "a") || self.text.is(of.first, "an");
        let aside = aside && self.text.word(noun.last) == ",";
        (comma && (of.of.is_some() || aside)).then(|| self.head_of(before))
    }

    /// "killed the mayor of X, Y Z, on Sunday": the name between commas behind what noun phrase `n`
    /// begins.
    fn name_behind(&self, n: usize) -> Option<usize> {
        let of = n + 1;
        let (title, name) = (self.syntax.nouns.get(of)?, self.syntax.nouns.get(n + 2)?);
        let aside = title.last + 1 == name.first
            && self.text.word(title.last) == ","
            && matches!(self.text.word(name.last), "," | ".");
        (title.of == Some(n) && name.name && aside).then_some(n + 2)
    }

    /// The noun phrase that `n` says in other words, past what that belongs to.
    fn root(&self, n: usize) -> Option<usize> {
        self.syntax.nouns[n].apposed.map(|before| self.head_of(before))
    }

    /// The first of a chain of noun phrases joined by "of": "the mayor" of "the mayor of X".
    fn head_of(&self, n: usize) -> usize {
        let mut at = n;
        while let Some(before) = self.syntax.nouns[at].of.filter(|&b| b < at) {
            at = before;
        }
        at
    }

    /// A phrase without the articles, numbers and quantifiers that begin it.
    pub(super) fn bare(&self, phrase: Range<usize>) -> Option<Range<usize>> {
        #[rustfmt::skip]
        const SMALL: &[&str] = &[
            "a", "about", "all", "almost", "an", "another", "any", "approximately", "at", "both", "each",
            "every", "few", "her", "his", "its", "least", "many", "more", "most", "nearly", "no", "other",
            "our", "several", "some", "such", "than", "that", "the", "their", "these", "this", "those",
        ];
        let counted = numbers(self.text, phrase.clone());
        let mut start = phrase.start;
        while start < phrase.end {
            let number = counted.iter().find(|n| n.tokens.start == start && n.last > start);
            if let Some(number) = number {
                // "4th Street" and "7-year-old" are not counted; "a couple" are two people.
                let body = number.last >= phrase.end && self.is_body(phrase.end - 1);
                if is_ordinal(self.text, number.last) {
                    break;
                }
                if body {
                    return Some(phrase.end - 1..phrase.end);
                }
                start = number.last;
            } else if SMALL.binary_search(&self.text.key(start)).is_ok() {
                start += 1;
            } else {
                break;
            }
        }
        (start < phrase.end).then_some(start..phrase.end)
    }

    /// Whether token `i` is a word for people that a number takes in: "a couple", "a family of six".
    fn is_body(&self, i: usize) -> bool {
        let people = |m: &&Mention<'_>| m.sense(|s| matches!(s, Sense::Person(..)).then_some(()));
        self.told.mentions.iter().any(|m| m.first <= i && i < m.last && people(&m).is_some())
    }

    /// A phrase with the "of" behind it, where that belongs to the name of such a thing.
    fn with_of(&self, phrase: &Range<usize>, owner: bool) -> Range<usize> {
        let head = self.text.key(phrase.end - 1);
        let Some(n) = self.syntax.nouns.iter().position(|n| n.last == phrase.end) else {
            return phrase.clone();
        };
        let of = self.syntax.nouns.iter().skip(n + 1).take(1).find(|m| m.of == Some(n));
        // "a candidate for mayor": the office that is sought.
        let sought = self.syntax.nouns.get(n + 1).filter(|m| {
            let for_ = m.preposition == Some(phrase.end) && self.text.is(phrase.end, "for");
            for_ && !owner && matches!(head, "candidate" | "candidates")
        });
        match of.or(sought) {
            Some(m) if sought.is_some() => phrase.start..m.last,
            Some(m) if !owner && OF.binary_search(&head).is_ok() => phrase.start..m.last,
            _ => phrase.clone(),
        }
    }

    /// Whether a place ends with the last word of a phrase.
    pub(super) fn is_place(&self, phrase: &Range<usize>) -> bool {
        self.atlas.within(phrase.clone()).iter().any(|p| p.last == phrase.end && !p.demonym)
    }

    /// How many: the number before the noun, with the words that bound it.
    fn number(&self, noun: &NounPhrase, owner: bool) -> Option<Count> {
        let from = noun.first.saturating_sub(4).max(self.told.first);
        let counted = numbers(self.text, from..noun.last);
        let within = |n: &Number| n.last > noun.first && n.last < noun.last;
        // "a couple", "a family of six": the number takes the noun in.
        let body = |n: &Number| n.tokens.start == noun.first && self.is_body(noun.last - 1);
        let number = counted.iter().rev().find(|n| within(n) || n.last == noun.last && body(n));
        number
            .filter(|n| !(owner || n.single && is_article(self.text, n.last - 1)))
            .map(|n| n.count)
    }
}

/// Whether token `i` goes on with the number before it: "4th", "7-year-old".
fn is_ordinal(text: &Text<'_>, i: usize) -> bool {
    let ends = ["st", "nd", "rd", "th", "d", "-", "year", "month"];
    ends.iter().any(|end| text.is(i, end))
}

/// Whether token `i` is "a" or "an": that there is one need not be said.
fn is_article(text: &Text<'_>, i: usize) -> bool {
    text.is(i, "a") || text.is(i, "an")
}

/// Whether it is said that people were harmed, not only attacked.
pub(super) fn is_harmed(people: Outcome) -> bool {
    matches!(people, Outcome::Done(effect) if effect != Effect::None)
}

fn effect(outcome: Outcome) -> Option<Effect> {
    if let Outcome::Done(effect) = outcome { Some(effect) } else { None }
}

#[cfg(test)]
#[path = "target_tests.rs"]
mod tests;
