//! Those who suffer as a part of others: "seven of them", "both", "ten people, half of them children".

use std::ops::Range;

use crate::lexicon::{Cue, Harm, Sense};
use crate::number::{Number, numbers};
use crate::ontology::Effect;
use crate::party::harm::Outcome;
use crate::party::sort::Kind;
use crate::party::sufferer::Struck;
use crate::party::target::{Look, is_harmed};
use crate::report::Target;
use crate::resolved::Count;
use crate::toll::{Toll, is_singular};

/// Some of those who were told of before, and what was done to them.
pub(super) struct SomeOf {
    /// Whom they are of, if the sentence says it.
    pub(super) who: Option<Target>,
    /// How many.
    pub(super) number: Option<Count>,
    /// What was done to them.
    pub(super) effect: Effect,
}

impl Look<'_> {
    /// Whom "seven of them" or "both" are of, where that is what was harmed.
    pub(super) fn some_of_them(&self, struck: Struck) -> Option<SomeOf> {
        let (Outcome::Done(effect), false) = (struck.people, struck.owner) else { return None };
        let noun = self.syntax.nouns.get(struck.noun)?;
        if effect == Effect::None || noun.pronoun || self.bare(noun.first..noun.last).is_some() {
            return None;
        }
        let of = noun.last;
        let them = self.text.is(of, "of") && self.text.is(of + 1, "them");
        let all = !self.text.is(of, "of") && ["all", "both"].contains(&self.text.key(noun.head));
        if !them && !all {
            return None;
        }
        let number = numbers(self.text, noun.first..noun.last).pop().map(|n| n.count);
        let before = (0..struck.noun).rev().find_map(|n| {
            let of = &self.syntax.nouns[n];
            let phrase = self.bare(of.first..of.last)?;
            let plural = !of.pronoun && !is_singular(self.text.key(of.head));
            let kind = self.kind(&phrase);
            (plural && matches!(kind, Kind::Person(_) | Kind::Attacker)).then_some((n, kind))
        });
        let who = match before {
            Some((_, Kind::Attacker)) if !self.is_fought(&struck) => return None,
            Some((noun, _)) => Some(self.target(Struck { noun, ..struck })?),
            None => None,
        };
        Some(SomeOf { who, number, effect })
    }

    /// "Both were killed": two of whom another sentence told.
    pub(super) fn both(&self) -> Vec<SomeOf> {
        let both = |toll: &&Toll| {
            let alone = self.syntax.noun_at(toll.at).is_none() && !toll.attackers;
            alone && self.text.is(toll.at, "both") && toll.count == Count::exactly(2)
        };
        let tolls = self.told.tolls.iter().filter(both);
        tolls
            .filter_map(|toll| {
                let effect = match toll.harm {
                    Harm::Killed => Effect::Killed,
                    Harm::Injured => Effect::Injured,
                    Harm::Abducted => Effect::Abducted,
                    Harm::Casualties | Harm::Struck => return None,
                };
                Some(SomeOf { who: None, number: Some(toll.count), effect })
            })
            .collect()
    }

    /// Those who are told of as a part of the harmed or besides them: "ten people, half of them
    /// children", "14 villagers, including two teachers", "the leader along with two guards".
    pub(super) fn parts(&self, struck: Struck) -> Vec<Target> {
        const REACH: usize = 12;
        let harmed = is_harmed(struck.people) && !struck.owner;
        let Some(noun) = self.syntax.nouns.get(struck.noun).filter(|n| harmed && !n.pronoun) else {
            return Vec::new();
        };
        let whole = numbers(self.text, noun.first..noun.last).pop().filter(|n| !n.single);
        let plural = whole.is_some() || !is_singular(self.text.key(noun.head));
        let enemies = self
            .bare(noun.first..noun.last)
            .is_some_and(|phrase| self.kind(&phrase) == Kind::Attacker);
        if enemies && !self.fought {
            return Vec::new();
        }
        // What another verb of harm says further on has parts of its own.
        let own = usize::from(!self.syntax.verbs.iter().any(|v| v.objects.contains(&struck.noun)));
        let harms = |i: usize| self.syntax.verbs.iter().any(|v| v.head == i && is_harm(self, i));
        let mut seen = 0;
        let end = self.told.last.min(noun.last + REACH);
        for i in noun.last..end {
            seen += usize::from(harms(i));
            if seen > own || matches!(self.text.word(i), ";" | ":" | ".") {
                break;
            }
            let included = || self.included(i).map(|at| (at, None));
            let part = || self.of_them(i, whole.as_ref()).or_else(included).filter(|_| plural);
            let besides = || self.besides(i).map(|at| (at, None));
            let Some((at, number)) = part().or_else(besides) else {
                continue;
            };
            let list = self.syntax.noun_at(at).map(|n| self.syntax.list(n).collect::<Vec<_>>());
            let part = |first: usize| {
                // "four of his guards": the guards.
                let (noun, number) = self.of_number(first).unwrap_or((first, number));
                let phrase = self.syntax.nouns.get(noun)?;
                let bare = self.bare(phrase.first..phrase.last)?;
                let people = matches!(self.kind(&bare), Kind::Person(_));
                let target = self.target(Struck { noun, owner: false, ..struck })?;
                (people && noun != struck.noun)
                    .then(|| Target { number: target.number.or(number), ..target })
            };
            return list.into_iter().flatten().filter_map(part).collect();
        }
        Vec::new()
    }

    /// Where those begin who are said at token `i` to be included.
    fn included(&self, i: usize) -> Option<usize> {
        let word = self.text.key(i);
        if word != "among" && !word.starts_with("includ") {
            return None;
        }
        let cue = self.told.mentions.iter().find(|m| {
            m.first == i && m.sense(|s| (s == Sense::Cue(Cue::Included)).then_some(())).is_some()
        })?;
        Some(cue.last)
    }

    /// Where those begin who come on top at token `i`: "along with two guards".
    fn besides(&self, i: usize) -> Option<usize> {
        let with = self.text.is(i + 1, "with");
        let together = self.text.is(i, "along") || self.text.is(i, "together");
        (with && together).then_some(i + 2)
    }

    /// The noun behind a number and "of his", with the number: "four of his guards".
    fn of_number(&self, n: usize) -> Option<(usize, Option<Count>)> {
        let (number, noun) = (self.syntax.nouns.get(n)?, self.syntax.nouns.get(n + 1)?);
        let bare = self.bare(number.first..number.last).is_none();
        let count = numbers(self.text, number.first..number.last).pop()?.count;
        (bare && noun.of == Some(n)).then_some((n + 1, Some(count)))
    }

    /// "five of them children", "of whom five were officers": where the noun begins, and how many.
    fn of_them(&self, i: usize, whole: Option<&Number>) -> Option<(usize, Option<Count>)> {
        let is = |i: usize, words: &[&str]| words.contains(&self.text.key(i));
        if !is(i, &["of"]) || !is(i + 1, &["them", "whom"]) {
            return None;
        }
        let share = |at: Range<usize>| {
            let halves = |c: &Number| c.count.best.filter(|n| n % 2 == 0).map(|n| n / 2);
            let half = at.clone().any(|i| is(i, &["half"]));
            let half = half.then(|| whole.and_then(halves).map(Count::exactly)).flatten();
            half.or_else(|| numbers(self.text, at).pop().map(|n| n.count))
        };
        let be = |i: usize| is(i, &["are", "is", "was", "were"]);
        let behind = i + 2;
        let verb = (behind..behind + 4).take_while(|&k| k < self.told.last).find(|&k| be(k));
        match verb {
            // "of whom five were officers".
            Some(verb) if verb > behind => Some((verb + 1, share(behind..verb))),
            _ => {
                let from = i.saturating_sub(3).max(self.told.first);
                Some((behind + usize::from(verb.is_some()), share(from..i)))
            }
        }
    }
}

/// Whether token `i` is a word of harm.
fn is_harm(look: &Look<'_>, i: usize) -> bool {
    let key = look.text.key(i);
    let base = || look.known.harms.get(look.known.verbs.base(key)?);
    look.known.harms.get(key).or_else(base).is_some_and(|h| is_harmed(h.people))
}
