//! Who does a deed of violence by the grammar alone: "a man who got in", "two women", a name.
//!
//! Words for attackers name those who did it wherever they stand (`described`); people who are called
//! nothing of the kind did it only where they are the subject or the agent of the verb.

use std::ops::Range;

use super::band::bands;
use super::described::only_finds;
use super::harm::{Outcome, Part};
use super::men::is_men;
use super::person;
use super::phrase::whole;
use crate::Knowledge;
use crate::lexicon::{self, Act, Cue, Mention, Role, Sense};
use crate::ontology::{Attribution, Effect, Sort};
use crate::syntax::{NounPhrase, Syntax, Voice};
use crate::text::Text;

/// Verbs that are a deed with a weapon as their object.
const WIELD: &[&str] = &[
    "detonate", "drop", "explode", "fire", "hurl", "launch", "lay", "lob", "mail", "place",
    "plant", "post", "release", "throw", "toss", "trigger",
];
/// Verbs that are a deed with an act as their object: "staged an ambush". Sorted.
#[rustfmt::skip]
const PERFORM: &[&str] = &[
    "commit", "conduct", "engineer", "execute", "launch", "mastermind", "mount", "orchestrate",
    "organise", "organize", "perpetrate", "stage",
];

/// What is broken up by force.
#[rustfmt::skip]
const CROWDS: &[&str] = &[
    "crowd", "crowds", "demonstration", "demonstrations", "demonstrators", "march", "marches",
    "protest", "protesters", "protests", "rallies", "rally", "sit-in",
];

/// The people who do it in the sentence of `here`.
pub(super) fn doers(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    known: &Knowledge,
) -> Vec<(Range<usize>, Attribution)> {
    let deed = Deeds { text, syntax, here, known };
    let acts = (0..syntax.verbs.len()).filter(|&v| deed.is_done(v) && !deed.meets_attackers(v));
    let mut found = Vec::new();
    for v in acts {
        let doubted = deed.is_doubted(v);
        let attribution = if doubted { Attribution::Suspected } else { Attribution::Fact };
        let nouns = syntax.doers(v).iter().flat_map(|&n| syntax.list(n));
        let nouns = nouns.filter(|&n| !only_finds(text, here, syntax.nouns[n].last));
        let nouns = nouns.filter(|&n| !deed.is_hit_before(n, v));
        found.extend(nouns.filter_map(|n| Some((deed.people(&syntax.nouns[n])?, attribution))));
    }
    let by = deed.agents_of_acts().into_iter();
    found.extend(by.filter_map(|n| Some((deed.people(&syntax.nouns[n])?, Attribution::Fact))));
    found
}

/// The noun phrases that do a deed in the sentence of `here`, be it to attackers.
pub(super) fn acting(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    known: &Knowledge,
) -> Vec<Range<usize>> {
    let deed = Deeds { text, syntax, here, known };
    let acts = (0..syntax.verbs.len()).filter(|&v| deed.is_done(v));
    let nouns: Vec<usize> =
        acts.flat_map(|v| syntax.doers(v)).flat_map(|&n| syntax.list(n)).collect();
    // "Fighters of the X and the Y", "tanks of the X": what its members and means do it does.
    let members = |n: &usize| {
        let noun = &syntax.nouns[*n];
        let key = text.key(noun.head);
        deed.person(noun).is_some() || is_men(key) || is_means(key)
    };
    let of = nouns.iter().filter(|n| members(n)).flat_map(|&n| {
        let behind = (n + 1..syntax.nouns.len()).take(2);
        behind.filter(move |&m| syntax.nouns[m].of == Some(n)).flat_map(|m| syntax.list(m))
    });
    nouns.iter().copied().chain(of).map(|n| syntax.nouns[n].first..syntax.nouns[n].last).collect()
}

/// Who is said to have done a deed by "by": "a youth was shot dead by soldiers". Such a force did not only
/// come, whoever threw stones at it.
pub(super) fn agents(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    known: &Knowledge,
) -> Vec<Range<usize>> {
    let deed = Deeds { text, syntax, here, known };
    let acts = (0..syntax.verbs.len()).filter(|&v| deed.is_done(v) && !deed.meets_attackers(v));
    // "By a man who was shot dead by police": that came after.
    let acts = acts.filter(|&v| !syntax.verbs[v].relative);
    let nouns = acts.flat_map(|v| syntax.verbs[v].agents.iter());
    nouns.map(|&n| syntax.nouns[n].first..syntax.nouns[n].last).collect()
}

/// Who does a deed to others than attackers, where the sentence begins with them.
pub(super) fn unprovoked(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    known: &Knowledge,
) -> Vec<Range<usize>> {
    let deed = Deeds { text, syntax, here, known };
    let acts = (0..syntax.verbs.len()).filter(|&v| deed.is_done(v) && !deed.meets_attackers(v));
    // Whom the sentence begins with: others may only have come.
    let nouns = acts.flat_map(|v| syntax.doers(v)).filter(|&&n| n == 0);
    nouns.map(|&n| syntax.nouns[n].first..syntax.nouns[n].last).collect()
}

/// Whether a noun phrase is somebody's age alone: "a 17-year-old".
pub(super) fn is_age(text: &Text<'_>, noun: &NounPhrase) -> bool {
    let before = noun.head.checked_sub(1).filter(|&i| i >= noun.first);
    matches!(text.key(noun.head), "old" | "olds") && before.is_some_and(|i| text.is(i, "year"))
}

/// What forces and groups fight with, so that "of" says whose it is.
fn is_means(key: &str) -> bool {
    #[rustfmt::skip]
    const MEANS: &[&str] = &[
        "aircraft", "artillery", "drone", "drones", "gunboat", "gunboats", "gunship", "gunships",
        "helicopter", "helicopters", "jet", "jets", "plane", "planes", "tank", "tanks", "warplane",
        "warplanes", "warship", "warships",
    ];
    MEANS.binary_search(&key).is_ok()
}

/// Whether an organisation or a force is named.
pub(crate) fn names_a_party(text: &Text<'_>, here: &[Mention<'_>], known: &Knowledge) -> bool {
    let of_state = |s: &Sense| matches!(s, Sense::Force(..));
    let named = |m: &Mention<'_>| m.actor.is_some() || m.senses.iter().any(of_state);
    here.iter().any(named) || !bands(text, here, known).is_empty()
}

/// Whether the sentence says of somebody that he did a deed.
pub(crate) fn does_deed(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    known: &Knowledge,
) -> bool {
    !acting(text, syntax, here, known).is_empty()
}

/// The noun phrases that a deed is done to.
pub(super) fn suffering(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    known: &Knowledge,
) -> Vec<usize> {
    let deed = Deeds { text, syntax, here, known };
    let acts = (0..syntax.verbs.len()).filter(|&v| deed.is_deed(v));
    acts.flat_map(|v| syntax.sufferers(v)).flat_map(|&n| syntax.list(n)).collect()
}

/// A sentence, and what in it is a deed.
pub(super) struct Deeds<'d> {
    pub(super) text: &'d Text<'d>,
    pub(super) syntax: &'d Syntax,
    pub(super) here: &'d [Mention<'d>],
    pub(super) known: &'d Knowledge,
}

impl Deeds<'_> {
    /// Whether the verb is a deed against somebody or something.
    pub(super) fn is_deed(&self, v: usize) -> bool {
        let verb = &self.syntax.verbs[v];
        let key = self.text.key(verb.head);
        let Some(base) = self.known.verbs.base(key) else { return false };
        let sufferers = || self.syntax.sufferers(v).iter().map(|&n| &self.syntax.nouns[n]);
        let fire = || sufferers().any(|n| self.text.is(n.head, "fire"));
        let arms = || {
            sufferers().any(|n| {
                // "Bottles of petrol" go on behind the noun.
                let whole = |m: &Mention<'_>| m.last <= n.last || self.text.is(n.last, "of");
                let begins = self.here.iter().filter(|m| n.first <= m.first && m.first < n.last);
                let mut begins = begins.filter(|m| whole(m));
                begins.any(|m| m.senses.iter().any(|s| matches!(s, Sense::Weapon(..))))
            })
        };
        let crowd = || sufferers().any(|n| CROWDS.contains(&self.text.key(n.head)));
        let harms = || {
            let harming = self.known.harms.get(base).filter(|h| h.part == Part::Verb);
            let grave = harming.is_some_and(|h| match h.people {
                Outcome::Done(effect) => effect != Effect::None,
                Outcome::Open => true,
                Outcome::Never => false,
            });
            grave && sufferers().next().is_some()
        };
        let deed = match base {
            "open" => fire(),
            "use" => sufferers().any(|n| self.text.is(n.head, "force")),
            "set" => fire() || self.text.is(verb.last, "off") && arms(),
            "break" => self.text.is(verb.last, "up") && crowd(),
            "disperse" => crowd(),
            // "Drove a truck laden with explosives into a checkpoint"
            "crash" | "drive" | "ram" | "slam" => {
                self.is_driven_into(v) && (self.is_laden(v) || harms())
            }
            "rampage" => !verb.obliques.is_empty(),
            "loot" | "ransack" | "raze" | "torch" => sufferers().next().is_some(),
            "take" | "hold" => self.is_capture(v),
            "carry" => self.text.is(verb.last, "out") && self.performs(v),
            base if PERFORM.binary_search(&base).is_ok() && self.performs(v) => true,
            // "The killing was ordered by the X": it was done as ordered.
            "order" if verb.voice == Voice::Passive && self.performs(v) => true,
            // "Fired a Grad at the market": whatever it is that is fired.
            "fire" if self.is_aimed(v) => true,
            // "The X planted it"
            "detonate" | "plant" if sufferers().any(|n| self.text.is(n.head, "it")) => true,
            base if WIELD.contains(&base) => arms(),
            _ => harms() || self.is_done_to_people(v),
        };
        deed && !verb.negated && verb.modal.is_none()
    }

    /// Whether the table of clauses has the verb: "picked up a teacher", "roughed up a priest".
    fn is_done_to_people(&self, v: usize) -> bool {
        let Self { text, syntax, here, known } = *self;
        known.clauses.is_deed(text, syntax, &known.verbs, here, v)
    }

    /// People behind the "by" of an act that is a noun: "attacks by suspected herdsmen on villages".
    fn agents_of_acts(&self) -> Vec<usize> {
        let nouns = &self.syntax.nouns;
        let act = |n: &NounPhrase| {
            self.here.iter().any(|m| {
                let act = |s: &Sense| match s {
                    Sense::Act(Act { part, .. }) => *part != lexicon::Part::Agent,
                    _ => false,
                };
                m.first <= n.head && n.head < m.last && m.senses.iter().any(act)
            })
        };
        let plain = |n: &NounPhrase| {
            let sort = self.person(n).map(|(sort, _)| sort);
            matches!(sort, None | Some(Sort::Civilians | Sort::Individuals))
        };
        let behind = |n: &usize| {
            let by = nouns[*n].preposition.filter(|&p| self.text.is(p, "by"));
            let what = by.and_then(|by| nouns.iter().find(|m| m.last == by));
            let whole = what.and_then(|m| m.of).and_then(|of| nouns.get(of));
            plain(&nouns[*n]) && (what.is_some_and(act) || whole.is_some_and(act))
        };
        (0..nouns.len()).filter(behind).collect()
    }

    /// "A driver was shot and then hit a wall": to whom it was done first did not do it.
    fn is_hit_before(&self, n: usize, v: usize) -> bool {
        (0..v).any(|w| {
            let verb = &self.syntax.verbs[w];
            verb.voice == Voice::Passive && verb.subjects.contains(&n) && self.is_deed(w)
        })
    }

    /// Whether the verb is a deed that the sentence does not deny.
    fn is_done(&self, v: usize) -> bool {
        self.is_deed(v) && !self.is_denied(v) && !self.is_of_before(v)
    }

    /// "The militia, which took the port last year, said": a deed of another time, told beside.
    fn is_of_before(&self, v: usize) -> bool {
        const REACH: usize = 8;
        let verb = &self.syntax.verbs[v];
        let behind = verb.last..verb.last + REACH;
        let own = |i: &usize| !matches!(self.text.word(*i), "," | ";" | ".");
        verb.relative
            && behind.take_while(own).any(|i| {
                let last = self.text.is(i, "last")
                    && ["month", "year"].iter().any(|word| self.text.is(i + 1, word));
                let ago = ["years", "months"].iter().any(|word| self.text.is(i, word))
                    && self.text.is(i + 1, "ago");
                last || ago
            })
    }

    /// "Denied targeting civilians", "denied that its men had shot": it is not said to be done.
    fn is_denied(&self, v: usize) -> bool {
        let first = self.syntax.verbs[v].first;
        self.syntax.verbs.iter().any(|verb| {
            let base = self.known.verbs.base(self.text.key(verb.head));
            let near = verb.last <= first && first - verb.last <= 8;
            let apart = || {
                (verb.last..first)
                    .any(|i| matches!(self.text.word(i), "," | ";") || self.text.is(i, "and"))
            };
            base == Some("deny") && !verb.negated && near && !apart()
        })
    }

    /// "Took a guard hostage", "held nine clerks captive".
    fn is_capture(&self, v: usize) -> bool {
        // "Held the clerks of a post office in Salerno, Italy, hostage"
        const FAR: usize = 14;
        let captive = |i: usize| matches!(self.text.key(i), "captive" | "hostage" | "hostages");
        let end = self.syntax.verbs[v].last;
        let next = self.syntax.verbs.get(v + 1).map_or(end + FAR, |next| next.first);
        (end..next.min(end + FAR)).any(captive) && !self.syntax.sufferers(v).is_empty()
    }

    /// Whether the object of the verb is a weapon: "a truck laden with explosives", which goes on behind
    /// the noun.
    fn is_laden(&self, v: usize) -> bool {
        self.syntax.sufferers(v).iter().map(|&n| &self.syntax.nouns[n]).any(|n| {
            let begins = self.here.iter().filter(|m| n.first <= m.first && m.first < n.last);
            begins.into_iter().any(|m| m.senses.iter().any(|s| matches!(s, Sense::Weapon(..))))
        })
    }

    /// Whether what is driven goes into somebody or something.
    fn is_driven_into(&self, v: usize) -> bool {
        let into = |(p, _): &(usize, usize)| self.text.is(*p, "into") || self.text.is(*p, "at");
        let verb = &self.syntax.verbs[v];
        self.text.is(verb.head, "rammed") || verb.obliques.iter().any(into)
    }

    /// Whether the verb has an object and somebody or something that it is aimed at.
    fn is_aimed(&self, v: usize) -> bool {
        let at = ["at", "into", "on"];
        let aimed = |(p, _): &(usize, usize)| at.iter().any(|word| self.text.is(*p, word));
        let verb = &self.syntax.verbs[v];
        !self.syntax.sufferers(v).is_empty() && verb.obliques.iter().any(aimed)
    }

    /// Whether what the verb does is an act: "an ambush", "the first of the raids".
    fn performs(&self, v: usize) -> bool {
        let nouns = &self.syntax.nouns;
        self.syntax.sufferers(v).iter().any(|&n| {
            let own = nouns.iter().enumerate().filter(|(i, noun)| *i == n || noun.of == Some(n));
            own.into_iter().any(|(_, noun)| {
                self.here.iter().any(|m| {
                    let act = |s: &Sense| match s {
                        Sense::Act(Act { part, .. }) => *part != lexicon::Part::Agent,
                        _ => false,
                    };
                    m.first <= noun.head && noun.head < m.last && m.senses.iter().any(act)
                })
            })
        })
    }

    /// Whether it is done to those who attacked.
    pub(super) fn meets_attackers(&self, v: usize) -> bool {
        self.syntax.sufferers(v).iter().any(|&n| self.meets_attacker(&self.syntax.nouns[n]))
    }

    /// Whether it is done to those who attacked: "a guard shot the gunman", "police shot him".
    fn meets_attacker(&self, noun: &NounPhrase) -> bool {
        let own = ["himself", "herself", "itself", "themselves"];
        let own = own.iter().any(|word| self.text.is(noun.head, word));
        let attacker = matches!(self.person(noun), Some((_, Role::Perpetrator | Role::Suspect)));
        noun.pronoun && !own || attacker
    }

    fn person(&self, noun: &NounPhrase) -> Option<(Sort, Role)> {
        let mention = self.here.iter().find(|m| m.first <= noun.head && m.last == noun.head + 1)?;
        mention.sense(|s| if let Sense::Person(sort, role) = s { Some((sort, role)) } else { None })
    }

    /// The words for people, or the name of a person, that a noun phrase is.
    fn people(&self, noun: &NounPhrase) -> Option<Range<usize>> {
        if noun.pronoun {
            return None;
        }
        let unarmed = |sort: Sort| {
            matches!(sort, Sort::Civilians | Sort::Individuals | Sort::Religious | Sort::Media)
        };
        match self.person(noun) {
            Some((sort, Role::Victim | Role::Either)) if unarmed(sort) => {
                Some(whole(self.text, self.syntax, self.here, noun.head..noun.head + 1))
            }
            None if self.is_by_nation(noun) || self.is_by_age(noun) => {
                let first = if self.text.is(noun.first, "the") || self.text.is(noun.first, "a") {
                    noun.first + 1
                } else {
                    noun.first
                };
                Some(first..noun.last)
            }
            None if noun.name => {
                let given = &self.known.given;
                let name = person::name(self.text, &(noun.first..noun.last), self.here, given);
                let surname = noun.last == noun.first + 1;
                name.or_else(|| person::in_full(self.text, noun.head, given).filter(|_| surname))
            }
            _ => None,
        }
    }

    /// "A Tunisian", "two Norwegians": somebody who is called by his nation alone.
    fn is_by_nation(&self, noun: &NounPhrase) -> bool {
        let one = ["a", "an", "one"].iter().any(|word| self.text.is(noun.first, word));
        let the = self.text.is(noun.first, "the");
        let nation = |m: &&Mention<'_>| {
            m.first == noun.first + 1
                && m.last == noun.last
                && m.senses.iter().any(|s| matches!(s, Sense::Demonym(_)))
        };
        // "The British" are a state; "the Australian who" is one man.
        let who = self.text.is(noun.last, "who");
        (one || the && who) && self.here.iter().find(nation).is_some()
    }

    /// "A 17-year-old": somebody who is called by his age alone.
    fn is_by_age(&self, noun: &NounPhrase) -> bool {
        is_age(self.text, noun)
    }

    fn is_doubted(&self, v: usize) -> bool {
        let verb = &self.syntax.verbs[v];
        self.here.iter().filter(|m| m.senses.contains(&Sense::Cue(Cue::Suspect))).any(|m| {
            let near = verb.first.saturating_sub(3)..verb.last + 2;
            near.contains(&m.first)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: &[&str]) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let syntax = Syntax::of(&text, 0..text.tokens.len(), &known.verbs);
        let found = doers(&text, &syntax, &mentions, &known);
        let words: Vec<_> = found
            .iter()
            .map(|(r, _)| text.span(r.start, r.end).map_or("", |s| s.of(sentence)))
            .collect();
        assert_eq!(words, expected, "{sentence}");
    }

    #[test]
    fn people_do_it_where_they_are_subject_or_agent() {
        check("A worker stabbed four officers in the office.", &["worker"]);
        check("Jonas Weber shot two people at a bar.", &["Jonas Weber"]);
        check("Two women threw a grenade into the market.", &["Two women"]);
        check("A broadcaster was killed by a man at his home.", &["man"]);
    }

    #[test]
    fn who_meets_the_attacker_did_not_do_it() {
        check("A passer-by shot the gunman dead.", &[]);
        check("Three workers were killed by a bomb.", &[]);
        check("A man did not attack the guards.", &[]);
    }
}
