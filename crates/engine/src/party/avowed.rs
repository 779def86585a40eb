//! Deeds that are owned to without a word for it: the enemy's losses in a communiqué, a killer who is called
//! "one of our soldiers", deaths that somebody "takes upon himself", what only the doer knows of the aim.

use crate::lexicon::{Mention, Sense};
use crate::ontology::Sort;
use crate::party::admits::{began, is_organ};
use crate::party::doer::Deeds;
use crate::party::harm::Part;
use crate::syntax::{Form, NounPhrase, Voice};

/// What an organisation makes itself heard by. Sorted.
#[rustfmt::skip]
const NOTES: &[&str] = &[
    "announcement", "bulletin", "communique", "leaflet", "message", "note", "post", "release",
    "statement", "tape", "video",
];
/// What an organisation does by its own hand; an air strike is another's.
const OWN_ACTS: &[&str] = &[
    "ambush",
    "assassination",
    "attack",
    "bomb",
    "bombing",
    "blast",
    "device",
    "killing",
    "mine",
    "operation",
];
/// What a deed is to him who did it.
const ANSWERS: &[&str] = &[
    "answer",
    "message",
    "punishment",
    "reply",
    "reprisal",
    "response",
    "retaliation",
    "revenge",
    "warning",
];
/// Those whom an organisation calls its own. Sorted.
const OWN: &[&str] = &[
    "brother",
    "fighter",
    "fighters",
    "hero",
    "heroes",
    "knight",
    "lion",
    "lions",
    "martyr",
    "martyrs",
    "mujahideen",
    "soldier",
    "soldiers",
];

/// The noun phrases of those who own to a deed in such a way.
pub(super) fn avowing(deed: &Deeds<'_>) -> Vec<usize> {
    let look = Look { deed };
    let verbs = 0..deed.syntax.verbs.len();
    let avows = |&v: &usize| {
        look.counts_losses(v) || look.calls_own(v) || look.takes_on(v) || look.knows(v)
    };
    let avowing = verbs.filter(avows);
    avowing.flat_map(|v| look.doers(v)).flat_map(|n| look.with_owner(n)).collect()
}

struct Look<'l, 'd> {
    deed: &'l Deeds<'d>,
}

impl Look<'_, '_> {
    fn is(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.deed.text.is(i, word))
    }

    /// Who does verb group `v`; an insertion behind a name hides it from the grammar.
    fn doers(&self, v: usize) -> Vec<usize> {
        let doers = self.deed.syntax.doers(v);
        let first = self.deed.syntax.nouns.first();
        let parted = first.is_some_and(|n| n.last <= self.deed.syntax.verbs[v].first);
        if doers.is_empty() && parted { vec![0] } else { doers.to_vec() }
    }

    /// A noun phrase, and whose it is: "a statement of the X".
    fn with_owner(&self, n: usize) -> Vec<usize> {
        let of = self.deed.syntax.nouns.iter().position(|o| o.of == Some(n));
        std::iter::once(n).chain(of).collect()
    }

    fn base(&self, v: usize) -> Option<&str> {
        let Deeds { text, syntax, known, .. } = *self.deed;
        known.verbs.base(text.key(syntax.verbs[v].head))
    }

    /// Whether an organisation says by verb group `v` what its enemy lost: "a statement of the X said 40
    /// soldiers had been killed". What others did to them is not its deed.
    fn counts_losses(&self, v: usize) -> bool {
        const SAYS: &[&str] = &["announce", "boast", "claim", "declare", "report", "say"];
        let Deeds { syntax, .. } = *self.deed;
        let verb = &syntax.verbs[v];
        let says = self.base(v).is_some_and(|base| SAYS.contains(&base));
        let spoken = says && !verb.negated && verb.voice == Voice::Active;
        let who = self.doers(v);
        let next = syntax.verbs.get(v + 1).filter(|next| {
            next.voice == Voice::Passive && next.form == Form::Finite && next.first >= verb.last
        });
        let lost = next.is_some_and(|next| {
            let close = next.subjects.iter().any(|&n| {
                let noun = &syntax.nouns[n];
                noun.first <= verb.last + 1 && self.is_force(noun)
            });
            let other = !next.agents.is_empty() || self.is_of_another(next.last);
            close && !other && !next.negated && next.modal.is_none() && self.harms(v + 1)
        });
        spoken && lost && who.into_iter().any(|n| self.is_of_rebels(n))
    }

    /// Whether an organisation tells by verb group `v` what only the doer knows: whom the bomb was meant for,
    /// what the ambush answered, that the "martyrdom-seeker" was its man.
    fn knows(&self, v: usize) -> bool {
        const REACH: usize = 14;
        let verb = &self.deed.syntax.verbs[v];
        let says =
            matches!(self.base(v), Some("announce" | "declare" | "explain" | "say" | "write"));
        if !says || verb.negated || !self.doers(v).into_iter().any(|n| self.is_of_rebels(n)) {
            return false;
        }
        let end = self.deed.text.sentences.get(self.deed.text.sentence_of(verb.head));
        let end = end.map_or(verb.last, |s| s.last).min(verb.last + REACH);
        let words = || verb.last..end;
        let other = self.deed.here.iter().any(|m| {
            let other = |s: &Sense| matches!(s, Sense::Country(_) | Sense::Demonym(_));
            words().contains(&m.first) && m.senses.iter().any(other)
        });
        let not = words().any(|i| self.is(i, &["not", "no", "never", "nothing", "will", "would"]));
        let be = |i: usize| self.is(i, &["was", "were", "been"]);
        // "The target was army officers", "the mine was meant for a patrol"
        let aim = words().any(|i| self.is(i, &["target"]) && be(i + 1))
            && self.deed.syntax.nouns.iter().any(|n| n.first >= verb.last && self.is_force(n));
        let meant = words().any(|i| {
            self.is(i, OWN_ACTS)
                && be(i + 1)
                && self.is(i + 2, &["aimed", "directed", "intended", "meant"])
        });
        // "The ambush was a response to air raids"
        let answer = words().any(|i| {
            let what = usize::from(self.is(i + 2, &["a", "an", "in"]));
            self.is(i, OWN_ACTS) && be(i + 1) && self.is(i + 2 + what, ANSWERS)
        });
        let martyr = words().any(|i| self.is(i, &["martyrdom", "mujahid", "mujahideen"]));
        // "The bomber was one of its men", and not "the man killed was one of its fighters"
        let attacker = |i: usize| {
            let mut before = self.deed.syntax.nouns.iter().filter(|n| n.last <= i);
            before.any(|n| n.first >= verb.last && began(self.deed.text, n.head))
        };
        let one = words().any(|i| {
            be(i)
                && attacker(i)
                && self.is(i + 1, &["one", "some"])
                && self.is(i + 2, &["of"])
                && self.is(i + 3, &["its", "our", "their"])
        });
        !other && !not && (aim || meant || answer || martyr || one)
    }

    /// Whether another act is told behind token `from`: "were killed in an air strike".
    fn is_of_another(&self, from: usize) -> bool {
        self.deed.here.iter().any(|m| {
            let act = |s: &Sense| matches!(s, Sense::Act(_));
            m.first >= from && m.first < from + 6 && m.senses.iter().any(act)
        })
    }

    fn harms(&self, v: usize) -> bool {
        let Deeds { text, syntax, known, .. } = *self.deed;
        let verb = &syntax.verbs[v];
        let base = known.verbs.base(text.key(verb.head));
        let harm =
            base.and_then(|base| known.harms.get(base)).is_some_and(|h| h.part == Part::Verb);
        let taken = matches!(base, Some("capture" | "seize" | "take"));
        harm || taken
    }

    /// Whether a noun phrase is of soldiers or police, and not of one's own.
    fn is_force(&self, noun: &NounPhrase) -> bool {
        let own = self.is(noun.first, &["its", "our", "their"]);
        let force = |m: &Mention<'_>| {
            let force = |s: &Sense| {
                matches!(s, Sense::Person(Sort::Military | Sort::Police | Sort::StateForce, _))
            };
            m.first <= noun.head && noun.head < m.last && m.senses.iter().any(force)
        };
        !own && self.deed.here.iter().any(force)
    }

    /// Whether a noun phrase is an armed organisation or a note of one: "the X", "an X statement", "a
    /// statement of the X".
    fn is_of_rebels(&self, n: usize) -> bool {
        let nouns = &self.deed.syntax.nouns;
        let noun = &nouns[n];
        // "The X's Radio Y", "the media wing of the X"
        let organ = |i: usize| is_organ(self.deed.text.key(i));
        let note = NOTES.binary_search(&self.deed.text.key(noun.head)).is_ok()
            || (noun.first..noun.last).any(organ);
        let of = nouns.iter().find(|o| note && o.of == Some(n));
        [Some(noun), of].into_iter().flatten().any(|phrase| {
            self.deed.here.iter().any(|m| {
                let rebels = |s: &Sense| matches!(s, Sense::Actor(_, Sort::Organisation));
                let inside = phrase.first <= m.first && m.last <= phrase.last;
                let head = m.last > phrase.head || note;
                inside && head && m.senses.iter().any(rebels)
            })
        })
    }

    /// Whether somebody calls the attacker his by verb group `v`: "called him a soldier of the caliphate",
    /// "described the bomber as one of its fighters".
    fn calls_own(&self, v: usize) -> bool {
        const CALLS: &[&str] =
            &["call", "describe", "hail", "identify", "name", "praise", "present", "term"];
        const REACH: usize = 12;
        let verb = &self.deed.syntax.verbs[v];
        let calls = self.base(v).is_some_and(|base| CALLS.contains(&base));
        let own = |i: usize| OWN.binary_search(&self.deed.text.key(i)).is_ok();
        let end = verb.last + REACH;
        let caliphate = || {
            (verb.last..end).any(|i| {
                own(i)
                    && self.is(i + 1, &["of"])
                    && (i + 2..i + 5).any(|j| self.is(j, &["caliphate"]))
            })
        };
        let of_its = || {
            (verb.last..end).any(|i| {
                self.is(i, &["one", "some"])
                    && self.is(i + 1, &["of"])
                    && self.is(i + 2, &["its", "our", "their"])
                    && own(i + 3)
            })
        };
        calls && !verb.negated && verb.voice == Voice::Active && (caliphate() || of_its())
    }

    /// "Took the deaths upon itself"
    fn takes_on(&self, v: usize) -> bool {
        let verb = &self.deed.syntax.verbs[v];
        let upon = |&(p, n): &(usize, usize)| {
            let noun = &self.deed.syntax.nouns[n];
            self.is(p, &["on", "upon"]) && self.is(noun.head, &["itself", "themselves"])
        };
        self.base(v) == Some("take") && !verb.negated && verb.obliques.iter().any(upon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;
    use crate::syntax::Syntax;
    use crate::text::Text;

    fn check(sentence: &str, expected: &[&str]) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let syntax = Syntax::of(&text, 0..text.tokens.len(), &known.verbs);
        let deed = Deeds { text: &text, syntax: &syntax, here: &mentions, known: &known };
        let words: Vec<_> = avowing(&deed)
            .into_iter()
            .filter_map(|n| text.span(syntax.nouns[n].first, syntax.nouns[n].last))
            .map(|span| span.of(sentence))
            .collect();
        assert_eq!(words, expected, "{sentence}");
    }

    #[test]
    fn who_counts_what_the_enemy_lost_owns_to_it() {
        check("A Taliban statement said 61 soldiers had been captured.", &["A Taliban statement"]);
        check(
            "A statement of the Taliban said 61 soldiers had been captured.",
            &["A statement", "the Taliban"],
        );
        check("Al-Shabaab said nine policemen were killed.", &["Al-Shabaab"]);
        check("Hamas said nine of its soldiers were killed.", &[]);
        check("Hamas said nine soldiers were killed in an air strike.", &[]);
        check("The army said nine soldiers were killed.", &[]);
    }

    #[test]
    fn who_knows_the_aim_owns_to_the_deed() {
        check("Hamas said the target was army officers.", &["Hamas"]);
        check("Hamas's radio said the bomb was meant for a patrol.", &["Hamas's radio"]);
        check("Hamas said the ambush was a response to the raids.", &["Hamas"]);
        check("Hamas said the bomber had been one of its men.", &["Hamas"]);
        check("Hamas said the man killed there was one of its men.", &[]);
        check("Hamas said the target was a school.", &[]);
        check("Hamas said the Israeli attack was aimed at children.", &[]);
        check("Hamas said the attack was not meant for the guards.", &[]);
    }

    #[test]
    fn who_calls_the_attacker_his_own_owns_to_the_deed() {
        check("Amaq called him a soldier of the caliphate.", &["Amaq"]);
        check("Hamas described the gunman as one of its fighters.", &["Hamas"]);
        check("The minister called him a soldier of peace.", &[]);
        check("The X took the deaths upon itself.", &["The X"]);
    }

    #[test]
    fn words_are_in_order() {
        assert!(NOTES.is_sorted() && OWN.is_sorted());
    }
}
