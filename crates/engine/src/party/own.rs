//! What a party says of its own part: that it did it, or that it did not.
//!
//! Whoever is accused and says "we did not do it" has denied it, also without the word: "the army said
//! its soldiers shot nobody", "the X said it had no part in it".

use std::ops::Range;

use crate::Knowledge;
use crate::lexicon::{Cue, Harm, Mention, Sense};
use crate::party::outfit::{WORK, listed};
use crate::syntax::{Form, Syntax, Voice};
use crate::text::Text;

/// Nouns of what somebody has no share in. Sorted.
const SHARES: &[&str] = &["connection", "hand", "involvement", "link", "part", "role"];
/// Verbs behind which a party speaks of itself. Sorted.
const SAYS: &[&str] =
    &["add", "claim", "declare", "insist", "maintain", "repeat", "say", "state", "tell"];
/// Who a party is in its own words. Sorted.
#[rustfmt::skip]
const SELF: &[&str] = &[
    "fighters", "forces", "it", "its", "men", "our", "soldiers", "their", "they", "troops", "we",
];

/// Who says in the sentence of `here` that they did not do it: noun phrases.
pub(super) fn denying(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    known: &Knowledge,
) -> Vec<usize> {
    let look = Look { text, syntax, here, known };
    let says = (0..syntax.verbs.len()).filter(|&v| look.says(v));
    let mut found = Vec::new();
    for v in says {
        let end = syntax.verbs[v].last;
        let not = (v + 1..syntax.verbs.len()).any(|w| look.is_own(w, end) && look.disowns(w));
        if not {
            found.extend(syntax.doers(v).iter().copied());
        }
    }
    found
}

/// Who denies a share in it, by the word: "Moscow denied responsibility", "denied any role".
pub(super) fn disclaiming(text: &Text<'_>, syntax: &Syntax, known: &Knowledge) -> Vec<usize> {
    let denies = (0..syntax.verbs.len()).filter(|&v| {
        let verb = &syntax.verbs[v];
        let share = |&n: &usize| {
            let word = text.key(syntax.nouns[n].head);
            word == "responsibility" || SHARES.binary_search(&word).is_ok()
        };
        let base = known.verbs.base(text.key(verb.head));
        base == Some("deny")
            && !verb.negated
            && verb.voice == Voice::Active
            && verb.objects.iter().any(share)
    });
    denies.flat_map(|v| syntax.doers(v).iter().copied()).collect()
}

/// Whether what the verb at token `at` says is said by another than the party in noun phrase `noun`:
/// "X, which Y denies having hired".
pub(super) fn is_anothers(
    text: &Text<'_>,
    (syntax, here): (&Syntax, &[Mention<'_>]),
    at: usize,
    noun: Option<usize>,
) -> bool {
    let Some(verb) = syntax.verb_at(at).and_then(|v| syntax.verbs.get(v)) else {
        return false;
    };
    let nouns = &syntax.nouns;
    let bound = |a: usize, b: usize| nouns[a].of == Some(b) || nouns[a].apposed == Some(b);
    let own = |&n: &usize| noun.is_some_and(|noun| n == noun || bound(n, noun) || bound(noun, n));
    // "Al-Qaeda in the Islamic Maghreb" is one name.
    let one = |n: usize, noun: usize| {
        let inside = |i: usize| move |m: &Mention<'_>| m.first <= i && i < m.last;
        here.iter().any(|m| inside(nouns[n].head)(m) && inside(nouns[noun].head)(m))
    };
    let own = |n: &usize| own(n) || noun.is_some_and(|noun| one(*n, noun));
    // Who speaks must be somebody by his words.
    let named = |&n: &usize| {
        let inside = |m: &&Mention<'_>| nouns[n].first <= m.first && m.last <= nouns[n].last;
        nouns[n].name
            || here.iter().filter(inside).flat_map(|m| m.senses).any(|s| {
                matches!(
                    s,
                    Sense::Actor(..) | Sense::Force(..) | Sense::Country(_) | Sense::Demonym(_)
                )
            })
    };
    // "Y, a friend of X, said", "X, which Y denies"; a subject that only stands nearer may be a mistake.
    let stands = |&n: &usize| {
        let first = nouns[n].first;
        let which = ["which", "whom", "that"];
        let led = first > 0 && which.iter().any(|word| text.is(first - 1, word));
        led || noun.is_some_and(|noun| nouns[n].last <= nouns[noun].first)
    };
    let other = verb.subjects.iter().any(|n| named(n) && stands(n));
    verb.voice == Voice::Active && other && !verb.subjects.iter().any(own)
}

/// Whether what is denied at `deny` may be the deed: "rejected the accusation", "denied it", "denied
/// killing them", but not "rejected the peace deal", "denied that its men had been there".
pub(super) fn is_of_deed(text: &Text<'_>, here: &[Mention<'_>], deny: &Mention<'_>) -> bool {
    const REACH: usize = 9;
    const DENIES: &[&str] = &[
        "denied",
        "denies",
        "deny",
        "denying",
        "dismissed",
        "disputed",
        "refuted",
        "rejected",
        "rejects",
    ];
    const THIS: &[&str] = &["all", "any", "both", "it", "so", "such", "that", "them", "this"];
    #[rustfmt::skip]
    const CHARGES: &[&str] = &[
        "accusation", "accusations", "allegation", "allegations", "behind", "blame", "carrying",
        "charge", "charges", "claim", "claims", "complicity", "guilt", "having", "involved",
        "knowledge", "report", "reports", "responsible", "suggestion", "suggestions",
    ];
    if deny.last > deny.first + 1 || !DENIES.contains(&text.key(deny.first)) {
        return true;
    }
    let sentence = text.sentences.get(text.sentence_of(deny.first));
    let (first, last) = sentence.map_or((0, 0), |s| (s.first, s.last));
    let charge = |i: usize| {
        let word = text.key(i);
        CHARGES.binary_search(&word).is_ok()
            || SHARES.binary_search(&word).is_ok()
            || word == "responsibility"
    };
    // "A charge that the X denied"
    let before = (deny.first.saturating_sub(REACH).max(first)..deny.first).any(charge);
    let end = (deny.last + REACH).min(last);
    let next = text.key(deny.last);
    let mark = text.word(deny.last);
    let ends =
        deny.last >= last || matches!(mark, "," | "." | ";") || matches!(next, "and" | "but");
    let clause = THIS.contains(&next) && !(next == "that" && deny.last + 2 < end);
    let act = here.iter().any(|m| {
        let act = |s: &Sense| matches!(s, Sense::Act(_) | Sense::Casualty(..));
        m.first >= deny.last && m.first < end && m.senses.iter().any(act)
    });
    before || ends || clause || act || (deny.last..end).any(charge)
}

/// Where what is said of a party goes on, behind what is inserted after its name at token `end`: "X, a
/// group aligned with Y, was suspected".
pub(super) fn behind_inserted(text: &Text<'_>, end: usize) -> usize {
    let opens = text.word(end) == "," && INSERTS.contains(&text.key(end + 1));
    let close = (end + 1..end + 20).find(|&i| opens && text.word(i) == ",");
    close.map_or(end, |i| i + 1)
}

/// Words with which an insertion behind a name begins.
const INSERTS: &[&str] = &["a", "also", "an", "often", "the", "which", "who"];

/// Whether a party is only named in what is inserted behind the name of another, of whom the word at
/// token `at` is said: Y in "X, which Delhi calls a front of Y, said".
pub(super) fn is_inserted(text: &Text<'_>, tokens: &Range<usize>, at: usize) -> bool {
    const REACH: usize = 12;
    if text.word(tokens.end) != "," || at <= tokens.end {
        return false;
    }
    let start = text.sentences.get(text.sentence_of(tokens.start)).map_or(0, |s| s.first);
    let mut before = (start.max(tokens.start.saturating_sub(REACH))..tokens.start).rev();
    let Some(comma) = before.find(|&i| text.word(i) == ",").filter(|&i| i > start) else {
        return false;
    };
    // "An affiliate of Y, the X, said": the name itself says who it is.
    let more = tokens.start > comma + 2;
    more && INSERTS.contains(&text.key(comma + 1)) && text.is_capital(comma - 1)
}

/// Whether it was done to those of token `i`, "its" or "his": "said the army had killed four of its fighters",
/// "said one of its men had died".
pub(super) fn is_hit(text: &Text<'_>, syntax: &Syntax, i: usize) -> bool {
    const DIES: &[&str] = &["died", "die", "fell", "fallen", "perished", "succumbed"];
    let nouns = &syntax.nouns;
    let own = syntax.noun_at(i).filter(|&n| !nouns[n].pronoun);
    own.is_some_and(|n| {
        let whole = nouns[n].of.unwrap_or(n);
        let is_own = |list: &[usize]| list.contains(&n) || list.contains(&whole);
        (0..syntax.verbs.len()).any(|v| {
            let verb = &syntax.verbs[v];
            let dies = DIES.contains(&text.key(verb.head)) && is_own(&verb.subjects);
            dies || is_own(syntax.sufferers(v))
        })
    })
}

/// Whether an organisation speaks of the act as its own: "it said two of its fighters had attacked".
pub(super) fn owns_up(
    text: &Text<'_>,
    (syntax, here): (&Syntax, &[Mention<'_>]),
    tokens: &Range<usize>,
) -> bool {
    let noun = syntax.noun_at(tokens.end.saturating_sub(1));
    let is = |i: usize, words: &[&str]| words.contains(&text.key(i));
    // "Our fighters killed nine soldiers, the group said."
    let turned = is(tokens.end, &["said", "says", "announced", "declared"]);
    let first = here.first().map_or(tokens.start, |m| m.first.saturating_sub(2));
    if turned && (first..tokens.start).any(|i| is(i, &["our", "we"])) {
        return true;
    }
    // "X (XY), which others call a front, said", "X, a group based there, said"
    let bracket = text.word(tokens.end) == "(" && text.word(tokens.end + 2) == ")";
    let end = tokens.end + if bracket { 3 } else { 0 };
    let start = behind_inserted(text, end);
    let Some(said) = (start..start + 8).find(|&i| {
        is(
            i,
            &[
                "said",
                "saying",
                "says",
                "announced",
                "declared",
                "boasted",
                "crowed",
                "told",
                "admitted",
                "acknowledged",
                "conceded",
            ],
        )
    }) else {
        return false;
    };
    // "X, which Y calls a front of Z, said": not Z.
    if is_anothers(text, (syntax, here), said, noun) || is_inserted(text, tokens, said) {
        return false;
    }
    // "said the attack was the work of its fighters"
    if (said + 1..said + 10).any(|i| {
        is(i, &["doing", "handiwork", "work"]) && (i..i + 4).any(|j| is(j, &["its", "their"]))
    }) {
        return true;
    }
    // "A spokesman of the X said the school was chosen because of the army": who chose it did it.
    let chosen = (said + 1..said + 8).any(|i| {
        is(i, &["chosen", "picked", "selected"])
            && is(i.saturating_sub(1), &["was", "were", "been"])
    });
    // "Announced a counteroffensive in response to the raids" is a plan.
    let revenge = !is(said, &["announced"])
        && (said + 1..said + 9).any(|i| {
            is(i, &["answer", "reprisal", "response", "retaliation", "revenge"])
                && is(i.saturating_sub(1), &["a", "as", "in", "was"])
        });
    if chosen || revenge {
        return true;
    }
    // "A general of the X said his boys had done it."
    let band = |i: usize| is(i, &["boys", "comrades", "fighters", "forces", "men", "soldiers"]);
    let Some(own) = (said + 1..said + 8).find(|&i| {
        let own = is(i, &["it", "its", "recruit", "their", "theirs"]);
        (own || is(i, &["his", "her"]) && band(i + 1)) && !is_hit(text, syntax, i)
    }) else {
        return false;
    };
    // "Announced that it would attack" is a threat.
    let other = (said + 1..own + 7).any(|i| {
        is(i, &["not", "never", "no", "nothing", "denied", "intends", "plans", "will", "would"])
    });
    let harmed = (own + 1..own + 5)
        .any(|i| is(i, &["were", "was", "been"]) && !is(i + 1, &["behind", "responsible", "the"]));
    let acts = here.iter().any(|m| {
        m.first > own
            && m.first <= own + 9
            && m.senses.iter().any(|s| {
                matches!(s, Sense::Act(_) | Sense::Casualty(_, crate::lexicon::Form::Active))
            })
    });
    let done = (own + 1..own + 7).any(|i| {
        is(
            i,
            &[
                "carried",
                "behind",
                "ordered",
                "organised",
                "organized",
                "responsible",
                "staged",
                "planted",
                "sent",
                "set",
                "launched",
                "targeted",
                "done",
                "did",
                "parked",
                "laid",
                "placed",
                "detonated",
                "fired",
            ],
        )
    });
    !other && !harmed && (acts || done)
}

struct Look<'l> {
    text: &'l Text<'l>,
    syntax: &'l Syntax,
    here: &'l [Mention<'l>],
    known: &'l Knowledge,
}

impl Look<'_> {
    fn says(&self, v: usize) -> bool {
        let verb = &self.syntax.verbs[v];
        let base = self.known.verbs.base(self.text.key(verb.head));
        let listed = base.is_some_and(|base| SAYS.binary_search(&base).is_ok());
        // "Was at pains to say"
        let told = matches!(verb.form, Form::Finite | Form::Infinitive);
        listed && !verb.negated && verb.voice == Voice::Active && told
    }

    /// Whether the subject of verb group `w`, behind token `end`, is whoever speaks.
    fn is_own(&self, w: usize, end: usize) -> bool {
        self.syntax.verbs[w].subjects.iter().map(|&n| &self.syntax.nouns[n]).any(|noun| {
            let own = |i: usize| SELF.binary_search(&self.text.key(i)).is_ok();
            let group = noun.last == noun.first + 2
                && self.text.is(noun.first, "the")
                && ["group", "movement", "organisation", "organization"]
                    .iter()
                    .any(|word| self.text.is(noun.head, word));
            noun.first >= end && (own(noun.first) || noun.len_one() && own(noun.head) || group)
        })
    }

    /// Whether verb group `w` says that a deed was not done, or that there was no part in it.
    fn disowns(&self, w: usize) -> bool {
        let verb = &self.syntax.verbs[w];
        if verb.negated {
            // "Was not the work of its cadres", "was not them"
            let work = (verb.last..verb.last + 3).find(|&i| listed(self.text.key(i), WORK));
            let its = |i: usize| ["its", "our", "their"].iter().any(|word| self.text.is(i, word));
            let own = work.is_some_and(|i| self.text.is(i + 1, "of") && its(i + 2) || its(i - 1));
            let them = ["them", "us"].iter().any(|word| self.text.is(verb.last, word));
            return self.is_deed(verb.head)
                || own
                || them
                || ["behind", "involved", "responsible"]
                    .iter()
                    .any(|word| self.text.is(verb.last, word));
        }
        let no = |noun: &crate::syntax::NounPhrase| {
            let share = SHARES.binary_search(&self.text.key(noun.head)).is_ok();
            self.text.is(noun.first, "no") && (share || self.is_deed_noun(noun.head))
        };
        let objects = verb.objects.iter().map(|&n| &self.syntax.nouns[n]);
        let nothing = self.text.is(verb.last, "nothing") && self.text.is(verb.last + 1, "to");
        nothing || objects.into_iter().any(no)
    }

    fn is_deed(&self, head: usize) -> bool {
        let target = matches!(
            self.known.verbs.base(self.text.key(head)),
            Some("target" | "fire" | "carry" | "commit" | "conduct" | "order")
        );
        target
            || self.here.iter().filter(|m| m.first <= head && head < m.last).any(|m| {
                m.senses.iter().any(|s| {
                    matches!(s, Sense::Act(_) | Sense::Casualty(Harm::Killed | Harm::Injured, _))
                })
            })
    }

    fn is_deed_noun(&self, head: usize) -> bool {
        let mut at = self.here.iter().filter(|m| m.first <= head && head < m.last);
        at.any(|m| m.senses.iter().any(|s| matches!(s, Sense::Act(_))))
    }
}

impl crate::syntax::NounPhrase {
    fn len_one(&self) -> bool {
        self.last == self.first + 1
    }
}

/// Whether a sentence has a cue of denying at all, so that it is worth a look.
pub(super) fn may_deny(text: &Text<'_>, tokens: Range<usize>, here: &[Mention<'_>]) -> bool {
    let cue = here.iter().any(|m| m.senses.contains(&Sense::Cue(Cue::Deny)));
    let no = ["no", "not", "nothing", "never", "none"];
    cue || tokens.into_iter().any(|i| no.iter().any(|word| text.is(i, word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: &[&str]) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let syntax = Syntax::of(&text, 0..text.tokens.len(), &known.verbs);
        let words: Vec<_> = denying(&text, &syntax, &mentions, &known)
            .into_iter()
            .filter_map(|n| text.span(syntax.nouns[n].first, syntax.nouns[n].last))
            .map(|span| span.of(sentence))
            .collect();
        assert_eq!(words, expected, "{sentence}");
    }

    #[test]
    fn who_says_that_he_did_not_do_it_denies_it() {
        check("The army said its soldiers did not shoot at anybody.", &["The army"]);
        check("The Harrow Front said it had no part in the raid.", &["The Harrow Front"]);
        check("The RSF says it did not target civilians.", &["The RSF"]);
        check("The Harrow Front said it was not behind the blast.", &["The Harrow Front"]);
        check("The army said it had nothing to do with the raid.", &["The army"]);
    }

    #[test]
    fn who_speaks_of_something_else_denies_nothing() {
        check("The army said it had shot nine rebels.", &[]);
        check("Police said the gunmen did not kill the guard.", &[]);
        check("The Harrow Front said it did not want talks.", &[]);
    }

    #[test]
    fn words_are_in_order() {
        assert!(SHARES.is_sorted() && SAYS.is_sorted() && SELF.is_sorted());
    }
}
