//! Whether the words around a name say what bears it: a body that may have done it.

use std::ops::Range;

use super::look::Look;
use super::words::{
    ANY, ARMED, CALLS, FIERCE, FOR, HANDS, MEMBERS, PEACEFUL, PEOPLE, SIGNS, TITLES, VOICES, listed,
};
use crate::Knowledge;
use crate::text::{Shape, Text};

/// Whether the words around `name` say so.
pub(super) fn is_outfit(text: &Text<'_>, name: &Range<usize>, known: &Knowledge) -> bool {
    // "Unknown Gunmen" have no name.
    if text.is(name.start, "unknown") || is_person(text, name, known) {
        return false;
    }
    let Some(look) = Look::of(text, name) else { return false };
    let told = || look.is_of_hands() || look.signs() || look.has_done();
    look.is_called() || look.is_apposed() || look.is_of_members() || !is_civil(text, name) && told()
}

/// Whether a name is written as that of a person: a given name first, or a title before it.
pub(in crate::party) fn is_person(text: &Text<'_>, name: &Range<usize>, known: &Knowledge) -> bool {
    // "The Ana Ruiz Column" is named for one.
    if listed(text.key(name.end.saturating_sub(1)), FOR) {
        return false;
    }
    let title = |i: usize| listed(text.key(i), TITLES);
    let the = name.start.checked_sub(1).is_some_and(|i| text.is(i, "the"));
    let titled = !the && name.start.checked_sub(1).is_some_and(title) || title(name.start);
    let given = || known.given.has(text.key(name.start));
    let capitals = || name.clone().all(|i| text.is_capital(i));
    titled || !the && name.len() <= 4 && capitals() && given()
}

/// Whether a name has a word of a state's bodies, of companies, of those who help or report.
pub(crate) fn is_civil(text: &Text<'_>, name: &Range<usize>) -> bool {
    name.clone().any(|i| listed(text.key(i), PEACEFUL))
}

impl Look<'_> {
    /// "So-called X", "calling themselves X", "a group known as X", "the armed organisation X".
    pub(super) fn is_called(&self) -> bool {
        const SELVES: &[&str] = &["itself", "themselves"];
        let Some(at) = self.before else { return false };
        let back = |n: usize| self.key(self.back(at, n));
        let word = self.text.key(at);
        let self_styled =
            back(1) == "self" && matches!(word, "declared" | "named" | "proclaimed" | "styled");
        if self_styled || back(1) == "so" && word == "called" {
            return true;
        }
        if SELVES.contains(&word) {
            return self.is(self.back(at, 1), CALLS);
        }
        if word == "as" && SELVES.contains(&back(1)) {
            return true;
        }
        let known = word == "as" && matches!(back(1), "known" | "identified")
            || matches!(word, "called" | "named" | "dubbed" | "titled")
            || word == "of" && back(1) == "name" && matches!(back(3), "by" | "under");
        if known {
            return self.behind(Some(at), 9, &[ARMED, ANY, MEMBERS, PEOPLE]);
        }
        // "A rebel alliance, the X, said"
        let comma = self.text.word(at) == "," && self.text.word(self.name.end) == ",";
        self.is_kind(at) || comma && at > self.first && self.is_kind(at - 1)
    }

    /// "X, an armed faction that", "X (X), separatist fighters".
    fn is_apposed(&self) -> bool {
        const REACH: usize = 9;
        let text = self.text;
        let bracket = text.word(self.name.end) == "(" && text.word(self.name.end + 2) == ")";
        let at = self.name.end + if bracket { 3 } else { 0 };
        if text.word(at) != "," {
            return false;
        }
        let small = matches!(text.key(at + 1), "the" | "a" | "an" | "another");
        // "X, one of the factions": what it is one of.
        let one = text.is(at + 1, "one") && text.is(at + 2, "of");
        let start = if one { at + 4 } else { at + 1 + usize::from(small) };
        let reach = (start + REACH).min(self.last);
        let end = (start..reach).find(|&i| self.ends_phrase(i)).unwrap_or(reach);
        let noun = |i: &usize| {
            let key = text.key(*i);
            listed(key, ARMED) || listed(key, ANY) || listed(key, MEMBERS)
        };
        let Some(head) = (start..end).rev().find(noun) else { return false };
        // "X, a militia leader": he is one of it.
        let goes_on = |i: usize| {
            let key = text.key(i);
            let participle = key.ends_with("ed") || key.ends_with("ing") || key == "led";
            participle || listed(key, FIERCE)
        };
        if head + 1 < end && !goes_on(head + 1) {
            return false;
        }
        let word = text.key(head);
        if listed(word, ARMED) || listed(word, MEMBERS) && word.ends_with('s') {
            return true;
        }
        // What follows says it too: "an alliance of desert factions", "a name unheard of".
        !self.has(start..head, PEACEFUL) && self.has(start..end + 4, FIERCE) && listed(word, ANY)
    }

    /// Whether a phrase that says in other words who somebody is ends before token `i`.
    fn ends_phrase(&self, i: usize) -> bool {
        #[rustfmt::skip]
        const ENDS: &[&str] = &[
            "and", "at", "but", "by", "for", "from", "had", "has", "in", "is", "of", "on", "said",
            "that", "to", "was", "were", "which", "who", "whose", "with",
        ];
        let mark = self.text.tokens.get(i).is_none_or(|t| t.shape == Shape::Mark);
        mark || listed(self.text.key(i), ENDS)
    }

    /// "Fighters of the X", "remnants of the X", "under the flag of the X", "swore allegiance to the X".
    fn is_of_members(&self) -> bool {
        const BODIES: &[&str] = &["bandits", "killers", "remnants", "squad", "thugs"];
        let at = self.before.filter(|&at| self.text.is(at, "of") || self.text.is(at, "from"));
        let members = |at| {
            let before = self.back(at, 1);
            self.is(before, MEMBERS) || self.is(before, BODIES) && self.is_long()
        };
        let sworn = self.before.is_some_and(|at| {
            self.text.is(at, "to") && matches!(self.key(self.back(at, 1)), "allegiance" | "loyalty")
        });
        at.is_some_and(members) || self.is_shown() || sworn && self.is_long()
    }

    /// "Under the flag of the X", "leaflets of the X".
    pub(super) fn is_shown(&self) -> bool {
        let at = self.lead.filter(|&at| self.text.is(at, "of"));
        at.is_some_and(|at| self.is(self.back(at, 1), SIGNS)) && self.is_long()
    }

    /// "Members of the X".
    fn is_of_hands(&self) -> bool {
        let at = self.lead.filter(|&at| self.text.is(at, "of"));
        let named = self.is_long() || self.name.len() > 1;
        at.is_some_and(|at| self.is(self.back(at, 1), HANDS)) && named
    }

    /// "Signed by the X", "in the name of the X", "speaking for the X".
    pub(super) fn signs(&self) -> bool {
        let Some(at) = self.lead else { return false };
        let back = |n: usize| self.key(self.back(at, n));
        let word = self.text.key(at);
        if matches!(word, "signed" | "signing") {
            return self.name.len() > 1 || self.is_upper();
        }
        if word == "by" && back(1) == "signed" {
            return self.is_long() || self.is_upper();
        }
        let speaks = word == "of" && (back(1) == "name" && back(3) == "in" || back(1) == "behalf")
            || word == "for"
                && matches!(back(1), "acted" | "acting" | "speak" | "speaking" | "spoke");
        let named = self.is_long() || self.name.len() > 1 || self.is_upper();
        speaks && named && self.has(self.first..self.last, VOICES)
    }
}
