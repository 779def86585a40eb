//! What the words around the name of an organisation say of its part in the deed: that it claims it,
//! that others charge it, that it praises it, that something of its own was left behind.

use std::ops::Range;

use super::look::Look;
use super::words::{
    AUTHORS, BESIDE, BLAMES, CLAIMED, DEEDS, DONE_BY, HANDS, LAYS, MARKS, MEDIA, MEMBERS, PEOPLE,
    PRAISES, PUBLISHES, STRIKES, TAKES, TELLS, WORK, listed,
};
use crate::party::band::is_of_state;
use crate::text::Text;

/// Whether whoever is named by `name` says that the deed was his, or somebody says so for him.
pub(in crate::party) fn claims(text: &Text<'_>, name: &Range<usize>) -> bool {
    Look::of(text, name).is_some_and(|look| look.claims() || look.is_claimed_for())
}

/// Whether somebody speaks or signs in the name of `name`.
pub(in crate::party) fn signs(text: &Text<'_>, name: &Range<usize>) -> bool {
    Look::of(text, name).is_some_and(|look| look.signs())
}

/// Whether somebody lays the deed at the door of `name`.
pub(in crate::party) fn charged(text: &Text<'_>, name: &Range<usize>) -> bool {
    Look::of(text, name).is_some_and(|look| {
        look.is_charged() || look.is_accused() || look.is_done_by() || look.is_it()
    })
}

/// Whether something points to `name` without anybody's saying that it did it: it praises the deed, its
/// leaflets lie about, men who bear its name were there, it threatened before, it is heard of
/// afterwards. `own` says that the sentence tells of a deed.
pub(in crate::party) fn hints(text: &Text<'_>, name: &Range<usize>, own: bool) -> bool {
    Look::of(text, name).is_some_and(|look| look.hints(own))
}

impl Look<'_> {
    /// Whether a deed is told of whoever is named, by himself, others or friends.
    pub(super) fn has_done(&self) -> bool {
        // None of these is believed of a bare word.
        if self.is_bare() {
            return false;
        }
        let claimed = self
            .lead
            .is_some_and(|at| self.text.is(at, "by") && self.key(self.back(at, 1)) == "claimed");
        claimed
            || self.is_claimed_for()
            || self.is_done_by()
            || self.is_marked()
            || self.is_behind()
            || self.claims()
            || self.is_charged()
            || self.is_accused()
            || self.exults()
            || self.strikes()
            || self.is_it()
            || self.has_done_alike()
    }

    /// "The X has carried out similar attacks": no more than that it may have.
    fn has_done_alike(&self) -> bool {
        const REACH: usize = 8;
        let alike = |i: usize| {
            matches!(self.text.key(i), "comparable" | "similar" | "such")
                && self.has(i + 1..i + 3, CLAIMED)
        };
        let mut behind = self.name.end..self.last.min(self.name.end + REACH);
        behind.any(alike) && !self.is(self.lead, AWAY) && self.is_long()
    }

    /// "It was the X", "it may be the X".
    fn is_it(&self) -> bool {
        const BE: &[&str] = &["be", "been", "is", "was"];
        const MAY: &[&str] = &["could", "has", "have", "may", "might", "must"];
        let Some(be) = self.lead.filter(|&at| self.is(Some(at), BE)) else { return false };
        let mut at = self.back(be, 1);
        while let Some(i) = at.filter(|&i| self.is(Some(i), MAY)) {
            at = self.back(i, 1);
        }
        // "It was the Long Night that …" only: "it is the Red Lion" is an inn.
        let who = matches!(self.text.key(self.name.end), "that" | "which" | "who" | "again");
        let guessed = at != self.back(be, 1);
        self.key(at) == "it" && (who || guessed) && self.is_long()
    }

    /// "The X killed four": no person has an article, and what follows is no passive's.
    fn strikes(&self) -> bool {
        let had = |i: usize| matches!(self.text.key(i), "also" | "had" | "has" | "have" | "then");
        let Some(at) = (self.name.end..self.name.end + 3).find(|&i| !had(i)) else { return false };
        let next = self.text.key(at + 1);
        let shot = self.text.is(at, "shot") && matches!(next, "at" | "dead");
        let the = self.name.start.checked_sub(1).is_some_and(|i| self.text.is(i, "the"));
        // "The Syrian Army" is found as what it is.
        let last = self.text.key(self.name.end - 1);
        let forces =
            matches!(last, "army" | "force" | "forces" | "government" | "guard" | "guards");
        let state = forces || is_of_state(self.text, self.name);
        let apt = (the || !self.has_article()) && !state && !self.is(self.lead, AWAY);
        apt && self.is_long() && self.is(Some(at), STRIKES) && (shot || !listed(next, BESIDE))
    }

    /// "Planted overnight by the X", "by members of the X", "the work of the X".
    fn is_done_by(&self) -> bool {
        let Some(at) = self.lead else { return false };
        let before = self.back(at, 1);
        let hands = self.text.is(at, "of") && (self.is(before, HANDS) || self.is(before, MEMBERS));
        let by = if hands { self.back(at, 2) } else { Some(at) };
        let done = by.filter(|&by| self.text.is(by, "by")).is_some_and(|by| {
            self.is(self.back(by, 1), DONE_BY) || self.is(self.back(by, 2), DONE_BY)
        });
        let of = self.text.is(at, "of");
        let work = of && self.is(before, WORK);
        (done || work) && self.is_long()
    }

    /// "Bears the handwriting of X", "resembles that of the X".
    fn is_marked(&self) -> bool {
        let at = self.lead.filter(|&at| self.text.is(at, "of"));
        let Some(mark) = at.and_then(|at| self.back(at, 1)) else { return false };
        let like = || {
            (mark.saturating_sub(3).max(self.first)..mark)
                .any(|i| self.text.key(i).starts_with("resembl") || self.text.is(i, "like"))
        };
        let that = matches!(self.text.key(mark), "that" | "those");
        let named = self.is_long() || self.name.len() > 1;
        let word = self.text.key(mark);
        named && (listed(word, MARKS) || listed(word, WORK) || that && like())
    }

    /// "Claims both attacks for the X".
    fn is_claimed_for(&self) -> bool {
        const CLAIMS: &[&str] = &["claim", "claimed", "claiming", "claims"];
        let at = self.lead.filter(|&at| self.text.is(at, "for"));
        at.is_some() && self.behind(at, 8, &[CLAIMS]) && self.is_long()
    }

    /// "The X was responsible".
    fn is_behind(&self) -> bool {
        let be =
            |i: &usize| matches!(self.text.key(*i), "was" | "were" | "is" | "are" | "be" | "been");
        let at = (self.name.end..self.name.end + 3).find(be);
        let says = |i: usize| matches!(self.text.key(i), "behind" | "responsible");
        at.is_some_and(|at| (at + 1..at + 3).any(says)) && self.is_long()
    }

    /// "Blamed the X for it", "attribute the ambush to the X", "suspicion fell on the X".
    fn is_charged(&self) -> bool {
        let Some(at) = self.lead else { return false };
        let to = matches!(self.text.key(at), "at" | "on" | "to");
        let laid = to && self.behind(Some(at), 7, &[LAYS]);
        let authors = self.has(self.name.end..self.name.end + 6, AUTHORS);
        let named = self.is(Some(at), &["identified", "named", "names"]) && authors;
        // "Behind it, says the army, stands the X"
        let stands = self.is(Some(at), &["are", "is", "stand", "stands", "stood", "was"]);
        let turned = stands && self.behind(Some(at), 8, &[&["behind"]]);
        (self.is(Some(at), BLAMES) || laid || named || turned) && self.is_long()
    }

    /// "The X was accused of it".
    fn is_accused(&self) -> bool {
        let be = |i: &usize| matches!(self.text.key(*i), "was" | "were" | "is" | "are" | "been");
        let at = (self.name.end..self.name.end + 3).find(be);
        let said = |at| self.has(at + 1..at + 3, &["accused", "blamed", "suspected"]);
        at.is_some_and(said) && self.is_long()
    }

    /// "X, which nobody knew, took responsibility", "X said that its fighters had done it".
    fn claims(&self) -> bool {
        const REACH: usize = 24;
        #[rustfmt::skip]
        const PAST: &[&str] =
            &["earlier", "many", "numerous", "other", "past", "previous", "several", "similar"];
        // What stands behind a preposition says nothing.
        if self.is_bare() || self.is(self.lead, AWAY) {
            return false;
        }
        // "We, the X, carried it out"
        let we = self
            .before
            .is_some_and(|at| self.text.word(at) == "," && self.key(self.back(at, 1)) == "we");
        if we && self.is_long() {
            return true;
        }
        let ends = |i: usize| {
            matches!(self.text.word(i), "." | ";" | ":")
                || matches!(self.text.key(i), "that" | "when" | "after")
        };
        for i in self.name.end..self.last.min(self.name.end + REACH) {
            let key = self.text.key(i);
            if matches!(key, "denied" | "denies" | "never" | "no" | "nor" | "not" | "yet") {
                return false;
            }
            let takes = listed(key, TAKES) && self.has(i + 1..i + 6, &["responsibility"]);
            let claim = matches!(
                key,
                "adopted" | "adopts" | "claimed" | "claims" | "claiming" | "vindicated"
            );
            let that = self.text.is(i + 1, "that");
            if takes || claim && !that && self.has(i + 1..i + 5, CLAIMED) {
                return !self.has(i + 1..i + 5, PAST);
            }
            if listed(key, TELLS) {
                return self.speaks_of_own(i + 1) && self.is_long();
            }
            if ends(i) {
                return false;
            }
        }
        false
    }

    /// Whether what is said from token `from` on is of the speaker's own deed.
    fn speaks_of_own(&self, from: usize) -> bool {
        const REACH: usize = 10;
        let own =
            |i: usize| matches!(self.text.key(i), "it" | "its" | "our" | "their" | "they" | "we");
        let Some(at) = (from..self.last.min(from + REACH)).find(|&i| own(i)) else { return false };
        // "Its men were killed", but "its men were behind it".
        let done = |i: usize| matches!(self.text.key(i + 1), "behind" | "responsible");
        let not = |i: usize| match self.text.key(i) {
            "was" | "were" => !done(i),
            "been" | "no" | "nobody" | "none" | "not" | "nothing" => true,
            _ => false,
        };
        !(at..at + 4).any(not) && self.has(at..at + 6, DEEDS)
    }

    /// "X hailed the attack", "X described the operation as revenge": none but a friend says so.
    fn exults(&self) -> bool {
        #[rustfmt::skip]
        const ANSWERS: &[&str] = &[
            "answer", "gift", "justice", "punishment", "reply", "response", "retaliation", "revenge",
            "vengeance", "warning",
        ];
        let answers = |at: usize| {
            let as_what = (at..self.last.min(at + 8)).find(|&i| self.text.is(i, "as"));
            as_what.is_some_and(|i| self.has(i..i + 5, ANSWERS))
        };
        let praises = || self.tells_of_it(PRAISES).is_some();
        self.is_long() && (praises() || self.tells_of_it(DESCRIBES).is_some_and(answers))
    }

    /// The verb of `verbs` by which whoever is named speaks of the deed or of who did it.
    fn tells_of_it(&self, verbs: &[&str]) -> Option<usize> {
        #[rustfmt::skip]
        const DOERS: &[&str] = &[
            "attacker", "attackers", "bomber", "bombers", "gunman", "gunmen", "he", "him", "martyr",
            "martyrs", "them",
        ];
        let end = self.last.min(self.name.end + 8);
        let at = (self.name.end..end).find(|&i| listed(self.text.key(i), verbs))?;
        (self.has(at + 1..at + 5, CLAIMED) || self.has(at + 1..at + 5, DOERS)).then_some(at)
    }

    /// Whether something points to whoever is named.
    fn hints(&self, own: bool) -> bool {
        #[rustfmt::skip]
        const THREATS: &[&str] =
            &["threat", "threatened", "threatening", "threatens", "threats"];
        #[rustfmt::skip]
        const ONE: &[&str] =
            &["fighter", "follower", "gunman", "member", "militant", "pay", "payroll", "soldier"];
        let before = self.lead.and_then(|at| self.back(at, 1));
        let lead = self.key(self.lead);
        let belongs = lead == "to" && self.key(before).starts_with("belong");
        let members = own && (self.is(before, HANDS) || self.is(before, MEMBERS));
        let of = matches!(lead, "of" | "from") && (self.is(before, ONE) || members);
        let end = self.last.min(self.name.end + 8);
        let publishes = (self.name.end..end)
            .any(|i| listed(self.text.key(i), PUBLISHES) && self.has(i + 1..i + 7, MEDIA));
        let threat = self.has(self.first..self.last, THREATS);
        let guessed = self.is(self.before, &["possibly", "presumably"]);
        let told = self.exults() || self.tells_of_it(DESCRIBES).is_some();
        // "Praised it, but did not claim it"
        let not = |i: usize| matches!(self.text.key(i), "claim" | "claimed");
        let disclaims = (self.name.end + 1..self.last)
            .any(|i| not(i) && matches!(self.text.key(i - 1), "not" | "never"));
        if disclaims {
            return false;
        }
        threat
            || guessed
            || self.has_done_alike()
            || belongs
            || of
            || publishes
            || told
            || self.is_shown()
            || self.is_borne()
            || self.is_marked()
    }

    /// "Rebels calling themselves X": men who bear the name.
    fn is_borne(&self) -> bool {
        let at = self.before;
        let selves = matches!(self.key(at), "as" | "itself" | "of" | "themselves");
        let men = [MEMBERS, PEOPLE, &["they", "video", "who"]];
        selves && self.is_called() && self.behind(at, 9, &men)
    }
}

/// Prepositions that make of a name no more than where or with whom. Sorted.
#[rustfmt::skip]
const AWAY: &[&str] = &[
    "against", "around", "at", "between", "by", "from", "in", "into", "near", "of", "on", "outside",
    "through", "to", "under", "with",
];
/// Forms of telling what it was. Sorted.
const DESCRIBES: &[&str] = &["called", "calls", "describe", "described", "describes"];
