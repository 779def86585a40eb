//! Who denies a share in the deed, by what he does with the charge: "denied responsibility", "brushed the
//! accusation aside", "called it a lie", "dissociated its members from the killings".
//!
//! A denial has three parts: a verb, what is denied, and whose it is. What is denied must be a charge,
//! a share, the deed itself or "it": who denies permits or rejects a peace plan is no party to the deed.

use super::admits::spokes;
use crate::Knowledge;
use crate::lexicon::{Mention, Sense};
use crate::syntax::{NounPhrase, Syntax, Voice};
use crate::text::Text;

/// Verbs of denying. Sorted.
#[rustfmt::skip]
const DENIES: &[&str] = &[
    "contest", "deny", "disavow", "disclaim", "dismiss", "disown", "dispute", "rebut", "refute",
    "reject", "repudiate", "rubbish",
];
/// Verbs that deny with "aside", "away" or "off". Sorted.
const BRUSHES: &[&str] = &["brush", "fend", "laugh", "shrug", "swat", "wave"];
/// Verbs that deny with "at". Sorted.
const SCOFFS: &[&str] = &["bristle", "laugh", "scoff", "sneer"];
/// Verbs for giving something a name. Sorted.
#[rustfmt::skip]
const CALLS: &[&str] = &["brand", "call", "condemn", "decry", "denounce", "describe", "label", "term"];
/// What a charge is called that is not true. Sorted.
#[rustfmt::skip]
const UNTRUE: &[&str] = &[
    "absurd", "baseless", "calumny", "defamation", "fabricated", "fabrication", "fabrications",
    "false", "falsehood", "fantasy", "fiction", "insult", "invention", "laughable", "lie", "lies",
    "ludicrous", "nonsense", "propaganda", "ridiculous", "rubbish", "slander", "smear", "unfounded",
    "untrue",
];
/// What somebody is charged with, and a share in it. Sorted.
#[rustfmt::skip]
const CHARGES: &[&str] = &[
    "accusation", "accusations", "allegation", "allegations", "blame", "charge", "charges", "claim",
    "claims", "complicity", "connection", "guilt", "hand", "implication", "insinuation",
    "insinuations", "involvement", "knowledge", "link", "links", "part", "report", "reports",
    "responsibility", "role", "story", "suggestion", "suggestions", "version",
];
/// Who somebody is in his own words. Sorted.
const SELF: &[&str] = &["its", "itself", "their", "themselves"];

/// Who denies it in the sentence of `here`: noun phrases.
pub(super) fn deniers(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    known: &Knowledge,
) -> Vec<usize> {
    let look = Look { text, syntax, here, known };
    let who: Vec<usize> =
        (0..syntax.verbs.len()).filter(|&v| look.denies(v)).flat_map(|v| look.doers(v)).collect();
    let for_whom: Vec<usize> = who.iter().flat_map(|&n| spokes(text, syntax, n)).collect();
    who.into_iter().chain(for_whom).collect()
}

/// Whether a word is a verb of denying.
pub(super) fn is_verb(base: &str) -> bool {
    let listed = |list: &[&str]| list.binary_search(&base).is_ok();
    listed(DENIES) || listed(BRUSHES) || listed(SCOFFS) || matches!(base, "dissociate" | "protest")
}

struct Look<'l> {
    text: &'l Text<'l>,
    syntax: &'l Syntax,
    here: &'l [Mention<'l>],
    known: &'l Knowledge,
}

impl Look<'_> {
    /// Whether verb group `v` is a denial.
    fn denies(&self, v: usize) -> bool {
        let verb = &self.syntax.verbs[v];
        let base = self.known.verbs.base(self.text.key(verb.head)).unwrap_or_default();
        if verb.negated || verb.voice == Voice::Passive || verb.modal.is_some() {
            return false;
        }
        let listed = |list: &[&str]| list.binary_search(&base).is_ok();
        let charge = || self.objects(v).any(|n| self.is_charge(n));
        // "Brushed the accusation aside", "laughed off the story"
        let aside = || {
            let end = verb.objects.first().map_or(verb.last, |&n| self.syntax.nouns[n].last);
            // The grammar takes "the accusation aside" for one phrase.
            [verb.last, end - 1, end].into_iter().any(|i| self.is(i, &["aside", "away", "off"]))
        };
        let near = || self.near(verb.last).any(|n| self.is_charge(n));
        let away = || self.led(v, &["from"]) && self.is_self(v);
        listed(DENIES) && (charge() || self.is_bare(v))
            || listed(BRUSHES) && aside() && near()
            || listed(SCOFFS) && self.is(verb.last, &["at"]) && near()
            || listed(CALLS) && charge() && self.is_untrue(v)
            || matches!(base, "disassociate" | "dissociate" | "distance") && away()
            || base == "protest" && self.objects(v).any(|n| self.is(n.head, &["innocence"]))
    }

    /// Who denies: the subjects, or the first noun where an insertion has parted them from the verb.
    fn doers(&self, v: usize) -> Vec<usize> {
        let verb = &self.syntax.verbs[v];
        let doers = self.syntax.doers(v);
        // "…; the army denied it": whoever stands right before it.
        let also =
            usize::from(self.is(verb.first.saturating_sub(1), &["also", "later", "quickly"]));
        if let Some(n) = self.syntax.nouns.iter().position(|n| n.last + also == verb.first) {
            return if doers.is_empty() { vec![n] } else { doers.to_vec() };
        }
        let first = self.syntax.nouns.first().filter(|n| doers.is_empty() && n.last <= verb.first);
        if first.is_some() { vec![0] } else { doers.to_vec() }
    }

    fn objects(&self, v: usize) -> impl Iterator<Item = &NounPhrase> {
        self.syntax.verbs[v].objects.iter().map(|&n| &self.syntax.nouns[n])
    }

    /// The noun phrases right behind token `end`.
    fn near(&self, end: usize) -> impl Iterator<Item = &NounPhrase> {
        const NEAR: usize = 3;
        self.syntax.nouns.iter().filter(move |n| n.first >= end && n.first <= end + NEAR).take(1)
    }

    fn led(&self, v: usize, words: &[&str]) -> bool {
        self.syntax.verbs[v].obliques.iter().any(|&(p, _)| self.is(p, words))
    }

    /// Whether the object is the subject itself, or those who are its.
    fn is_self(&self, v: usize) -> bool {
        self.objects(v).any(|n| SELF.binary_search(&self.text.key(n.first)).is_ok())
    }

    /// Whether a noun phrase is a charge, a share, the deed, or a word that stands for them.
    fn is_charge(&self, noun: &NounPhrase) -> bool {
        let aside = self.is(noun.head, &["aside", "away"]) && noun.head > noun.first;
        let head = noun.head - usize::from(aside);
        let key = self.text.key(head);
        let act = self.here.iter().any(|m| {
            let act = |s: &Sense| matches!(s, Sense::Act(_));
            m.first <= noun.head && noun.head < m.last && m.senses.iter().any(act)
        });
        CHARGES.binary_search(&key).is_ok() || matches!(key, "it" | "this" | "that") || act
    }

    /// "Its spokesman denied.", "denied this too": nothing else stands behind the verb.
    fn is_bare(&self, v: usize) -> bool {
        let end = self.syntax.verbs[v].last;
        self.is(end, &["it", "this", "so", "both"])
            || self.text.tokens.get(end).is_none()
            || matches!(self.text.word(end), "." | ";")
    }

    /// Whether what it is called is not true: "called the charge a lie".
    fn is_untrue(&self, v: usize) -> bool {
        const REACH: usize = 9;
        let end = self.syntax.verbs[v].last;
        (end..end + REACH)
            .take_while(|&i| !matches!(self.text.word(i), "." | ";"))
            .any(|i| UNTRUE.binary_search(&self.text.key(i)).is_ok())
    }

    fn is(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.is(i, word))
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
        let words: Vec<_> = deniers(&text, &syntax, &mentions, &known)
            .into_iter()
            .filter_map(|n| text.span(syntax.nouns[n].first, syntax.nouns[n].last))
            .map(|span| span.of(sentence))
            .collect();
        assert_eq!(words, expected, "{sentence}");
    }

    #[test]
    fn who_does_away_with_the_charge_denies_it() {
        let front = &["The Harrow Front"];
        check("The Harrow Front brushed the accusation aside.", front);
        check("The Harrow Front laughed off the story.", front);
        check("The Harrow Front scoffed at the charge.", front);
        check("The Harrow Front called the charge a lie.", front);
        check("The Harrow Front vigorously refutes any link.", front);
        check("The Harrow Front dissociated its members from the killings.", front);
        check("The Harrow Front protested its innocence.", front);
        check("The Harrow Front denied any role in it.", front);
    }

    #[test]
    fn who_denies_another_thing_does_not() {
        check("The Harrow Front rejected the peace plan.", &[]);
        check("The Harrow Front called the raid a success.", &[]);
        check("The Harrow Front waved the flag.", &[]);
        check("The Harrow Front did not deny responsibility.", &[]);
        check("The Harrow Front denied farmers seed.", &[]);
    }

    #[test]
    fn words_are_in_order() {
        for list in [DENIES, BRUSHES, SCOFFS, CALLS, UNTRUE, CHARGES, SELF] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
