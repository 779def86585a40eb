//! Who or what suffers in a sentence: the noun phrases that its words of harm are said of.
//!
//! It says where they stand, not what they are: a guerrilla who was killed is found here as well.
use crate::knowledge::Knowledge;
use crate::ontology::Effect;
use crate::party::harm::{Harming, Outcome, Part};
use crate::syntax::{Form, NounPhrase, Syntax};
use crate::text::Text;

/// A noun phrase of the sentence, and what is said to be done to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Struck {
    /// Index of the noun phrase.
    pub(super) noun: usize,
    /// Whether it is only the owner within that noun phrase that suffers: "the mayor's murder".
    pub(super) owner: bool,
    /// What the word says of people.
    pub(super) people: Outcome,
    /// What the word says of things.
    pub(super) things: Outcome,
}

/// All noun phrases of a sentence that something is done to.
///
/// `blast` says whether the sentence tells of something that goes off: then what stands at the
/// place of any harm is struck as well.
pub(super) fn struck(
    text: &Text<'_>,
    syntax: &Syntax,
    blast: bool,
    known: &Knowledge,
) -> Vec<Struck> {
    let search = Search { text, syntax, blast, known };
    let verbs = (0..syntax.verbs.len()).flat_map(|v| search.by_verb(v));
    let nouns = (0..syntax.nouns.len()).flat_map(|n| search.by_noun(n));
    let mut found: Vec<Struck> = verbs.chain(nouns).collect();
    found.sort_by_key(|s| s.noun);
    found
}

/// Prepositions of the place at which something goes off.
const AT: &[&str] = &[
    "against", "at", "behind", "beside", "in", "inside", "into", "near", "on", "onto", "outside",
    "under",
];
/// Prepositions behind a noun that is done to somebody.
const ON: &[&str] = &["against", "on", "upon"];
/// How those come away who were not harmed.
const UNHARMED: &[&str] = &["alive", "unharmed", "unhurt", "uninjured", "unscathed"];
/// Words for those who were harmed.
const VICTIMS: &[&str] = &["bodies", "body", "corpses", "dead", "victim", "victims"];
/// Nouns that stand for what they belong to: "the body of", "a group of", "in front of".
const STANDS_FOR: &[&str] = &[
    "bodies", "body", "corpse", "corpses", "couple", "crowd", "dozen", "dozens", "front", "group",
    "groups", "hundreds", "interior", "life", "lives", "majority", "number", "one", "pair", "part",
    "parts", "scores", "section", "series", "some", "vicinity",
];

/// Words before "to" and a deed that nobody has done by that. Sorted.
#[rustfmt::skip]
const MEANT: &[&str] = &[
    "attempt", "attempted", "attempting", "attempts", "conspiracy", "conspired", "conspiring",
    "failed", "intended", "intending", "plan", "planned", "planning", "plans", "plot", "plots",
    "plotted", "plotting", "threat", "threatened", "threatening", "threatens", "threats", "tried",
    "tries", "trying", "vowed", "vowing", "vows",
];
/// Nouns behind "at" and "in" that say when. Sorted.
const TIMES: &[&str] =
    &["afternoon", "dawn", "dusk", "evening", "midday", "midnight", "morning", "night", "noon"];
/// What is fired, not who is hit by it. Sorted.
const SHOTS: &[&str] = &["bullets", "grenades", "missiles", "rockets", "rounds", "shells", "shots"];

struct Search<'s> {
    text: &'s Text<'s>,
    syntax: &'s Syntax,
    blast: bool,
    known: &'s Knowledge,
}

impl Search<'_> {
    fn is(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.text.key(i))
    }

    /// What the word of harm at token `i` says, if it is one.
    fn harming(&self, i: usize) -> Option<Harming> {
        let key = self.text.key(i);
        let base = || self.known.harms.get(self.known.verbs.base(key)?);
        self.known.harms.get(key).or_else(base)
    }

    fn by_verb(&self, v: usize) -> Vec<Struck> {
        let verb = &self.syntax.verbs[v];
        let key = self.text.key(verb.head);
        let Some(base) = self.known.verbs.base(key) else { return Vec::new() };
        // "blocked roads with burning cars": the word describes them.
        let describes = verb.form == Form::Gerund
            && verb.first.checked_sub(1).is_some_and(|i| self.is(i, &["from", "in", "of", "with"]))
            && self.harming(verb.head).is_some_and(|h| h.things == Outcome::Done(Effect::Damaged));
        if describes {
            return Vec::new();
        }
        // "killing two guards", where "the killing" is a noun of its own in the table.
        let harming = self.known.harms.get(base).or_else(|| self.harming(verb.head));
        let (mut nouns, harming) = match harming {
            Some(harming) => {
                let nouns = match harming.part {
                    Part::Verb => self.syntax.sufferers(v).to_vec(),
                    Part::Fate => verb.subjects.clone(),
                    Part::Blast => self.at_place(&verb.obliques),
                    Part::Noun => return Vec::new(),
                };
                (nouns, harming)
            }
            None => match self.by_phrase(v, base) {
                Some(found) => found,
                None => return Vec::new(),
            },
        };
        // "fired at the guards", "shot at the car"; but "shot a cook at a diner".
        let hit = nouns.iter().any(|&n| !self.is(self.syntax.nouns[n].head, SHOTS));
        if base == "fire" || base == "shoot" && !hit {
            let at = |&&(p, _): &&(usize, usize)| self.is(p, &["at", "on", "against", "into"]);
            nouns.extend(verb.obliques.iter().filter(at).map(|(_, n)| *n));
        }
        let scene = if self.blast && harming.part != Part::Blast {
            // "damaged two warehouses in the port": where those stand.
            let stand = |n: &usize| {
                let p = self.syntax.nouns[*n].preposition;
                let thing = verb.objects.iter().any(|&o| Some(self.syntax.nouns[o].last) == p);
                harming.people == Outcome::Never && thing
            };
            let places = self.at_place(&verb.obliques);
            places.into_iter().filter(|n| !stand(n)).collect()
        } else {
            Vec::new()
        };
        let killed = Outcome::Done(Effect::Killed);
        let people = if harming.people != Outcome::Never && self.to_death(v) {
            killed
        } else {
            harming.people
        };
        // "shot down a helicopter".
        let down = base == "shoot" && self.is(verb.last, &["down"]);
        let things = if down { Outcome::Done(Effect::Destroyed) } else { harming.things };
        let harming = self.as_done(v, Harming { people, things, ..harming });
        let mut found = self.all(nouns, harming, verb.negated);
        let there = Harming { part: Part::Blast, people: Outcome::Never, things: Outcome::Open };
        found.extend(self.all(scene, there, false));
        found
    }

    /// What a verb says is done, of which nothing is done yet if it is only meant: "threatened to
    /// kill a teacher", "an attempt to murder an officer", "would have killed".
    fn as_done(&self, v: usize, harming: Harming) -> Harming {
        const REACH: usize = 2;
        let verb = &self.syntax.verbs[v];
        let mut before = verb.first.saturating_sub(REACH)..verb.first;
        let meant = verb.form == Form::Infinitive && before.any(|i| self.is(i, MEANT));
        let open = |outcome| match outcome {
            Outcome::Done(effect) if meant && effect != Effect::None => Outcome::Open,
            outcome => outcome,
        };
        Harming { people: open(harming.people), things: open(harming.things), ..harming }
    }

    /// "shot dead", "stabbed six people to death".
    fn to_death(&self, v: usize) -> bool {
        let verb = &self.syntax.verbs[v];
        let behind = |at: usize| {
            self.is(at, &["dead"]) || self.is(at, &["to"]) && self.is(at + 1, &["death"])
        };
        let objects = verb.objects.iter().map(|&n| self.syntax.nouns[n].last);
        std::iter::once(verb.last).chain(objects).any(|at| behind(at) || behind(at + 1))
    }

    /// Harm that is told by a verb with its object: "set fire to", "left dead", "lost their lives".
    fn by_phrase(&self, v: usize, base: &str) -> Option<(Vec<usize>, Harming)> {
        let verb = &self.syntax.verbs[v];
        let object = verb.objects.first().map(|&n| &self.syntax.nouns[n]);
        let is_object = |words: &[&str]| object.is_some_and(|n| self.is(n.head, words));
        let behind = |words: &[&str]| {
            let found = verb.obliques.iter().filter(|&&(p, _)| self.is(p, words));
            found.map(|(_, n)| *n).collect::<Vec<_>>()
        };
        let killed = Harming {
            part: Part::Verb,
            people: Outcome::Done(Effect::Killed),
            things: Outcome::Never,
        };
        let damaged = Harming {
            part: Part::Verb,
            people: Outcome::Never,
            things: Outcome::Done(Effect::Damaged),
        };
        let open = Harming { part: Part::Verb, people: Outcome::Open, things: Outcome::Open };
        match base {
            "open" if is_object(&["fire"]) => {
                Some((behind(&["on", "at", "upon", "against"]), open))
            }
            // "set the shop ablaze", "set ablaze a shop".
            "set"
                if [verb.last - 1, verb.last, object.map_or(0, |n| n.last)]
                    .iter()
                    .any(|&i| self.is(i, &["ablaze", "aflame", "alight"])) =>
            {
                Some((self.syntax.sufferers(v).to_vec(), damaged))
            }
            "set" if is_object(&["fire"]) => Some((behind(&["to"]), damaged)),
            "set"
                if verb
                    .obliques
                    .iter()
                    .any(|&(_, n)| self.is(self.syntax.nouns[n].head, &["fire"])) =>
            {
                Some((self.syntax.sufferers(v).to_vec(), damaged))
            }
            "cause" | "do" | "suffer" if is_object(&["damage", "damages"]) => {
                let nouns = if base == "suffer" {
                    verb.subjects.clone()
                } else {
                    behind(&["to", "in", "at"])
                };
                Some((nouns, damaged))
            }
            "leave" => {
                let after = object.map_or(verb.last, |n| n.last);
                let dead = self.is(after, &["dead"]);
                (dead || self.is(after, &["wounded", "injured"])).then(|| {
                    let effect = if dead { Effect::Killed } else { Effect::Injured };
                    (verb.objects.clone(), Harming { people: Outcome::Done(effect), ..killed })
                })
            }
            "emerge" | "escape" if (verb.last..verb.last + 2).any(|i| self.is(i, UNHARMED)) => {
                let unharmed = Outcome::Done(Effect::None);
                Some((verb.subjects.clone(), Harming { people: unharmed, ..killed }))
            }
            // "took five people hostage", "held a guard captive".
            "hold" | "keep" | "take"
                if self.is(object.map_or(verb.last, |n| n.last), &["captive", "hostage"]) =>
            {
                let taken = Outcome::Done(Effect::Abducted);
                Some((self.syntax.sufferers(v).to_vec(), Harming { people: taken, ..killed }))
            }
            // "drove a van into pedestrians", "a car ploughed into a crowd".
            "crash" | "drive" | "plough" | "plow" | "ram" | "slam" | "smash" => {
                Some((behind(&["into", "through"]), open))
            }
            // "ran down two wardens", "ran over a cyclist".
            "run" if self.is(verb.last, &["down"]) => Some((
                self.syntax.sufferers(v).to_vec(),
                Harming { things: Outcome::Never, ..open },
            )),
            "run" if self.is(verb.last, &["over"]) => {
                Some((behind(&["over"]), Harming { things: Outcome::Never, ..open }))
            }
            // "the victims were identified as A, B and C".
            "identify"
                if verb.subjects.iter().any(|&n| self.is(self.syntax.nouns[n].head, VICTIMS)) =>
            {
                Some((behind(&["as"]), killed))
            }
            // "A blast tore through a bus."
            "tear" | "rip" | "rock" => {
                Some((behind(&["through"]), Harming { people: Outcome::Never, ..open }))
            }
            "lose" if is_object(&["life", "lives"]) => Some((verb.subjects.clone(), killed)),
            "claim" | "cost" | "take" if is_object(&["life", "lives"]) => {
                Some((verb.objects.clone(), killed))
            }
            "fire" => Some((Vec::new(), open)),
            _ => None,
        }
    }

    fn by_noun(&self, n: usize) -> Vec<Struck> {
        let noun = &self.syntax.nouns[n];
        let Some(harming) = self.harming(noun.head) else { return Vec::new() };
        // "the explosion": the noun of a verb of harm is said like a noun of harm.
        let blast = harming.part == Part::Blast;
        if harming.part == Part::Fate {
            return Vec::new();
        }
        // "bombings at three churches": as far as a thing is struck.
        let struck_at = |p| harming.things == Outcome::Open && self.is(p, &["at"]);
        let behind = |m: &NounPhrase| {
            let adjacent = m.preposition.is_some_and(|p| {
                p == noun.last && (self.is(p, if blast { AT } else { ON }) || struck_at(p))
            });
            !blast && m.of == Some(n) && m.joined.is_none() || adjacent
        };
        let nouns: Vec<usize> = self
            .syntax
            .nouns
            .iter()
            .enumerate()
            .skip(n + 1)
            .take(8)
            .filter(|(_, m)| m.joined.is_none() && behind(m))
            .map(|(m, _)| m)
            .collect();
        let mut found = self.all(nouns, harming, false);
        if noun.owner.is_some() && !blast {
            found.push(Struck {
                noun: n,
                owner: true,
                people: harming.people,
                things: harming.things,
            });
        }
        found
    }

    fn at_place(&self, obliques: &[(usize, usize)]) -> Vec<usize> {
        let at = obliques.iter().filter(|&&(p, _)| self.is(p, AT) && !self.is_beside(p, obliques));
        at.map(|&(_, n)| n).collect()
    }

    /// Whether the preposition at `p` only says where those before it are: "a surgeon at a
    /// hospital", "at a hotel near the palace".
    fn is_beside(&self, p: usize, obliques: &[(usize, usize)]) -> bool {
        let Some(n) = self.syntax.nouns.iter().position(|n| n.last == p) else { return false };
        let near = self.is(p, &["behind", "beside", "in", "near", "outside"]);
        let time = self.is(self.syntax.nouns[n].head, TIMES);
        let at = |&(q, m): &(usize, usize)| m == n && !time && self.is(q, AT);
        self.syntax.nouns[n].apposed.is_some() || near && obliques.iter().any(at)
    }

    /// The lists that `nouns` begin, each noun that stands for another replaced by it.
    fn all(&self, nouns: Vec<usize>, harming: Harming, negated: bool) -> Vec<Struck> {
        let unharmed = |outcome: Outcome| match outcome {
            Outcome::Done(_) if negated => Outcome::Done(Effect::None),
            outcome => outcome,
        };
        let mut found: Vec<Struck> = Vec::new();
        for first in nouns {
            let whole: Vec<usize> = match self.syntax.nouns[first].joined {
                Some(_) => vec![first],
                None => self.syntax.list(first).collect(),
            };
            for noun in whole.into_iter().map(|n| self.meant(n)) {
                if found.iter().all(|s| s.noun != noun) {
                    let (people, things) = (unharmed(harming.people), unharmed(harming.things));
                    found.push(Struck { noun, owner: false, people, things });
                }
            }
        }
        found
    }

    /// The noun phrase that `n` stands for: "the bodies of two men" are the men.
    fn meant(&self, n: usize) -> usize {
        let mut at = n;
        for _ in 0..3 {
            if !self.is(self.syntax.nouns[at].head, STANDS_FOR) {
                break;
            }
            let of = |m: &NounPhrase| m.of == Some(at);
            match self.syntax.nouns.iter().skip(at + 1).take(2).position(of) {
                Some(behind) => at += 1 + behind,
                None => break,
            }
        }
        at
    }
}
