//! What part the grammar gives a named party in a sentence that tells of violence: the deed, or
//! something else.
//!
//! Words near a name are poor witnesses: "forces searched the hills for gunmen who killed 26", "a
//! committee set up by the authorities". Where the grammar sees that the party does something else
//! and that others do the deed, it is no perpetrator, whatever stands beside it.

use std::ops::Range;

use super::attribution::Stands;
use super::doer::{acting, suffering};
use crate::Knowledge;
use crate::lexicon::{Act, Form, Harm, Mention, Part, Role, Sense};
use crate::ontology::Sort;
use crate::party::Named;
use crate::syntax::{NounPhrase, Syntax};
use crate::text::Text;

/// Verbs by which a force ends what others began.
const ENDS: &[&str] = &["free", "raid", "retake", "storm"];

/// Verbs for the use of a weapon: "a drone operated by the army".
const WIELD: &[&str] = &[
    "carry", "detonate", "drive", "drop", "fire", "fly", "launch", "operate", "plant", "release",
    "send", "trigger",
];

/// A sentence, with who does and who suffers its deeds.
pub(super) struct Deeds<'s> {
    text: &'s Text<'s>,
    syntax: &'s Syntax,
    here: &'s [Mention<'s>],
    known: &'s Knowledge,
    acting: Vec<Range<usize>>,
    suffering: Vec<usize>,
}

impl<'s> Deeds<'s> {
    pub(super) fn of(
        text: &'s Text<'s>,
        syntax: &'s Syntax,
        here: &'s [Mention<'s>],
        known: &'s Knowledge,
    ) -> Self {
        let acting = acting(text, syntax, here, known);
        let suffering = suffering(text, syntax, here, known);
        Self { text, syntax, here, known, acting, suffering }
    }

    /// The part of `party`.
    pub(super) fn part(&self, party: &Named) -> Stands {
        let tokens = &party.tokens;
        let nouns = &self.syntax.nouns;
        let inside = |n: &NounPhrase| n.first <= tokens.start && tokens.end <= n.last;
        // "The Peasant Movement of the Aguan": the name goes on behind "of".
        let begins = |(i, n): (usize, &NounPhrase)| {
            let rest = nouns.get(i + 1).is_some_and(|o| o.of == Some(i) && tokens.end <= o.last);
            n.first <= tokens.start && tokens.start < n.last && rest
        };
        let noun = nouns.iter().position(inside);
        let noun = noun.or_else(|| nouns.iter().enumerate().position(begins));
        if self.acting.iter().any(|n| n.start <= tokens.start && tokens.end <= n.end) {
            if self.is_dress(tokens) || noun.is_some_and(|n| self.holds_responsible(n)) {
                return Stands::Other;
            }
            let ends = noun.is_some_and(|n| self.only_ends(n, party));
            return if ends { Stands::Other } else { Stands::Does };
        }
        // "The X, the group which mailed a bomb": who it is did it.
        let again = |o: &NounPhrase| {
            let acts = self.acting.iter().any(|n| n.start == o.first && n.end == o.last);
            o.apposed.is_some() && o.apposed == noun && acts
        };
        if self.is_it(party) || nouns.iter().any(again) {
            return Stands::Does;
        }
        let Some(n) = noun else { return Stands::Unknown };
        let head = nouns[n].head < tokens.end;
        if self.is_of_place(n) {
            return Stands::Other;
        }
        let other = head
            && (self.is_agent_of_another(n)
                || self.does_another_thing(n)
                || self.is_hosted(n)
                || self.holds_responsible(n));
        if other || self.suffers(n) || self.is_dress(tokens) {
            Stands::Other
        } else {
            Stands::Unknown
        }
    }

    /// Whether the grammar has the party, or its men, suffer a deed.
    pub(super) fn is_harmed(&self, party: &Named) -> bool {
        let tokens = &party.tokens;
        let inside = |n: &NounPhrase| n.first <= tokens.start && tokens.start < n.last;
        self.syntax.nouns.iter().position(inside).is_some_and(|n| self.suffers(n))
    }

    /// "The target was an office of the X": whose place it is did nothing by that.
    fn is_of_place(&self, n: usize) -> bool {
        #[rustfmt::skip]
        const PLACES: &[&str] = &[
            "barracks", "base", "bases", "bastion", "camp", "camps", "compound", "headquarters", "hideout",
            "hideouts", "house", "office", "offices", "outpost", "post", "posts", "stronghold",
            "strongholds",
        ];
        let nouns = &self.syntax.nouns;
        let place = nouns[n].of.and_then(|of| nouns.get(of));
        place.is_some_and(|place| PLACES.binary_search(&self.text.key(place.head)).is_ok())
    }

    /// "A base hosting the X": what is only the object of a verb that is no deed does none.
    fn is_hosted(&self, n: usize) -> bool {
        const HOSTS: &[&str] = &["harbour", "host", "house", "hold", "shelter", "train", "use"];
        let verbs = || 0..self.syntax.verbs.len();
        let hosts = |v: usize| {
            let base = self.known.verbs.base(self.text.key(self.syntax.verbs[v].head));
            base.is_some_and(|base| HOSTS.contains(&base))
        };
        let acts = verbs().any(|v| self.syntax.doers(v).contains(&n));
        !acts && verbs().any(|v| hosts(v) && self.syntax.verbs[v].objects.contains(&n))
    }

    /// "The X held death squads responsible for the murder": it only says so.
    fn holds_responsible(&self, n: usize) -> bool {
        const REACH: usize = 8;
        self.syntax.verbs.iter().any(|verb| {
            let held = ["held", "hold", "holds"].iter().any(|word| self.text.is(verb.head, word));
            let so = || (verb.last..verb.last + REACH).any(|i| self.text.is(i, "responsible"));
            held && verb.subjects.contains(&n) && so()
        })
    }

    /// "X has done so before: in 1998 it killed nine": X is the only one whom "it" can mean.
    fn is_it(&self, party: &Named) -> bool {
        let it = |n: &&Range<usize>| n.len() == 1 && self.text.is(n.start, "it");
        let Some(it) = self.acting.iter().find(it) else { return false };
        let mut named = self.here.iter().filter(|m| {
            let named = |s: &Sense| matches!(s, Sense::Actor(..) | Sense::Force(..));
            m.last <= it.start && m.senses.iter().any(named)
        });
        let only = named.next().is_some_and(|m| party.tokens.contains(&m.first));
        party.sort == Sort::Organisation && only && named.next().is_none()
    }

    /// "Killed 40 men of the X", "the X was attacked". A bare "killed" behind a name is no witness.
    fn suffers(&self, n: usize) -> bool {
        let all = [Some(n), self.syntax.nouns[n].of];
        let verbs = (0..self.syntax.verbs.len()).filter(|&v| self.is_act(v));
        verbs.into_iter().any(|v| {
            let verb = &self.syntax.verbs[v];
            let plain = |m: usize| self.syntax.nouns[m].first > verb.head || verb.first < verb.head;
            let here = self.syntax.sufferers(v).iter().flat_map(|&m| self.syntax.list(m));
            here.into_iter()
                .any(|m| self.suffering.contains(&m) && all.contains(&Some(m)) && plain(m))
        })
    }

    /// "X, wearing uniforms of the police", "in army fatigues": whose clothes they are.
    fn is_dress(&self, party: &Range<usize>) -> bool {
        let dress = ["uniform", "uniforms", "clothes", "fatigues"];
        let is = |i: usize| dress.iter().any(|word| self.text.is(i, word));
        let of = (party.start.saturating_sub(4)..party.start)
            .any(|i| self.text.is(i + 1, "of") && is(i));
        of || is(party.end)
    }

    /// "A committee set up by the authorities": behind the "by" of a verb that is no deed.
    fn is_agent_of_another(&self, n: usize) -> bool {
        let by = self.syntax.nouns[n].preposition.filter(|&p| self.text.is(p, "by"));
        // "Are feared dead after attacks by the X": it is the attacks that are by the X.
        let noun_act = |m: &Mention<'_>| {
            by == Some(m.last) && m.senses.iter().any(|s| matches!(s, Sense::Act(_)))
        };
        if self.here.iter().any(noun_act) {
            return false;
        }
        let mut own = (0..self.syntax.verbs.len())
            .filter(|&v| {
                let verb = &self.syntax.verbs[v];
                // "Set up by": a particle may stand between.
                let near = by.is_some_and(|by| (verb.last..verb.last + 2).contains(&by));
                verb.agents.contains(&n) || near
            })
            .peekable();
        if own.peek().is_some() {
            return own.all(|v| !self.is_act(v) && !self.is_armed(v));
        }
        by.is_some_and(|by| self.is_plain_participle(by))
    }

    /// "Set up" before the "by" at token `by`, where the grammar takes it for a noun.
    fn is_plain_participle(&self, by: usize) -> bool {
        let particle = ["up", "out", "off"].iter().any(|word| self.text.is(by - 1, word));
        let at = by.saturating_sub(1 + usize::from(particle));
        let forms = self.known.verbs.forms(self.text.key(at));
        // "A bomb left by", "the raid led by" are of the deed.
        // "Explosives stored by": whose they were, not who used them.
        let idle = ["captured", "found", "held", "kept", "made", "owned", "seized", "stored"];
        let told = !idle.contains(&self.text.key(at))
            && self.here.iter().any(|m| {
                let deed = |s: &Sense| {
                    matches!(s, Sense::Act(_) | Sense::Weapon(..) | Sense::Casualty(..))
                };
                m.last + 2 > at && m.first <= at && m.senses.iter().any(deed)
            });
        forms.is_some_and(|forms| forms.participle) && !told
    }

    /// Whether a verb is said of attackers or of the use of a weapon: "gunmen led by X".
    fn is_armed(&self, v: usize) -> bool {
        let verb = &self.syntax.verbs[v];
        let base = self.known.verbs.base(self.text.key(verb.head));
        let wields = base.is_some_and(|base| WIELD.contains(&base));
        let last = verb.first.wrapping_sub(1);
        let before = self.here.iter().filter(|m| m.first <= last && last < m.last);
        wields
            || before
                .flat_map(|m| m.senses)
                .any(|s| matches!(s, Sense::Person(_, Role::Perpetrator) | Sense::Actor(..)))
    }

    /// Whether it is the subject of verbs that are no deeds, while others do what deeds there are.
    fn does_another_thing(&self, n: usize) -> bool {
        let all = || 0..self.syntax.verbs.len();
        let does = |v: usize| self.syntax.doers(v).contains(&n);
        let own: Vec<usize> = all().filter(|&v| does(v)).collect();
        if own.is_empty() || own.iter().any(|&v| self.is_act(v) || self.is_armed(v)) {
            return false;
        }
        let mut acts = all().filter(|&v| self.is_act(v)).peekable();
        // What its members do is its own: "fighters of the X shot nine".
        let members = self.syntax.nouns[n].of;
        acts.peek().is_some()
            && acts.all(|v| {
                let doers = self.syntax.doers(v);
                !doers.is_empty() && doers.iter().all(|&d| Some(d) != members)
            })
    }

    /// Whether a force only ends the deed of others: "commandos stormed a café seized by gunmen".
    fn only_ends(&self, n: usize, party: &Named) -> bool {
        let ends = |v: &usize| {
            let base = self.known.verbs.base(self.text.key(self.syntax.verbs[*v].head));
            base.is_some_and(|base| ENDS.contains(&base))
        };
        let attackers = self.here.iter().any(|m| {
            let attacker = |s: &Sense| matches!(s, Sense::Person(_, Role::Perpetrator));
            m.senses.iter().any(attacker)
        });
        let own = (0..self.syntax.verbs.len()).filter(|&v| self.syntax.doers(v).contains(&n));
        let (ending, other): (Vec<usize>, Vec<usize>) =
            own.filter(|&v| ends(&v) || self.is_act(v)).partition(ends);
        party.sort == Sort::StateForce && attackers && !ending.is_empty() && other.is_empty()
    }

    /// Whether a verb is a deed of violence, by its word.
    fn is_act(&self, v: usize) -> bool {
        let head = self.syntax.verbs[v].head;
        self.here.iter().filter(|m| m.first <= head && head < m.last).any(|m| {
            m.senses.iter().any(|s| match s {
                Sense::Act(Act { part, .. }) => *part == Part::Verb,
                Sense::Casualty(harm, form) => {
                    matches!(harm, Harm::Killed | Harm::Injured | Harm::Abducted)
                        && matches!(form, Form::Active | Form::Either | Form::Passive)
                }
                Sense::Weapon(_, mode) => mode.is_some(),
                _ => false,
            })
        }) || self.syntax.sufferers(v).iter().any(|n| self.suffering.contains(n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::party::parties;

    #[test]
    fn who_sends_attackers_or_a_weapon_may_be_the_doer() {
        check("A drone operated by the Kenyan army struck a hall.", "Kenyan army", Stands::Unknown);
        check("Gunmen led by the Kenyan army killed nine.", "Kenyan army", Stands::Unknown);
        check("The hall was destroyed by a Kenyan army bomb.", "Kenyan army", Stands::Unknown);
    }

    fn check(sentence: &str, name: &str, expected: Stands) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let syntax = Syntax::of(&text, 0..text.tokens.len(), &known.verbs);
        let deeds = Deeds::of(&text, &syntax, &mentions, &known);
        let parties = parties(&text, &mentions, &known);
        let named = |p: &&Named| {
            let span = text.span(p.tokens.start, p.tokens.end);
            span.is_some_and(|span| span.of(sentence) == name)
        };
        let party = parties.iter().find(named).unwrap_or_else(|| panic!("{name} is no party"));
        assert_eq!(deeds.part(party), expected, "{sentence}");
    }

    #[test]
    fn who_does_another_thing_is_not_the_doer() {
        check(
            "Kenyan forces searched the hills on Sunday for gunmen who killed nine farmers.",
            "Kenyan forces",
            Stands::Other,
        );
        check(
            "The gunmen, wearing uniforms of the Kenyan army, shot nine pupils.",
            "Kenyan army",
            Stands::Other,
        );
        check("The bomb killed 40 men of the Kenyan army.", "Kenyan army", Stands::Other);
        check("A man in Kenyan army fatigues shot nine pupils.", "Kenyan army", Stands::Other);
        check(
            "The blast killed 12 people, a committee set up by the Kenyan army reported.",
            "Kenyan army",
            Stands::Other,
        );
    }

    #[test]
    fn who_does_the_deed_is_its_doer() {
        check("Kenyan forces shot nine farmers on Sunday.", "Kenyan forces", Stands::Does);
        check(
            "Kenyan commandos stormed a hotel that gunmen had seized.",
            "Kenyan commandos",
            Stands::Other,
        );
        check("Kenyan commandos stormed a village hall.", "Kenyan commandos", Stands::Does);
    }
}
