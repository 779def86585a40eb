//! Who says of a deed that it was his: "the army said its jets had struck a base", "the X admitted
//! laying the mine", "a spokesman for the ministry said the air force had acted".
//!
//! A communiqué seldom says "we claim". It tells what one's own forces did, in one's own words for
//! whom they did it to; that is a claim of the deed that others tell of.

use std::ops::Range;

use crate::Knowledge;
use crate::lexicon::{Mention, Sense};
use crate::party::avowed::avowing;
use crate::party::doer::Deeds;
use crate::party::harm::{Outcome, Part};
use crate::syntax::{Form, NounPhrase, Syntax, Voice};
use crate::text::Text;

/// Verbs by which somebody tells of what he did. Sorted.
#[rustfmt::skip]
const SAYS: &[&str] = &[
    "acknowledge", "admit", "announce", "boast", "claim", "concede", "confirm", "declare", "report",
    "say", "state", "tell",
];
/// Verbs by which somebody owns to what he did, behind which the deed may stand at once. Sorted.
const OWNS: &[&str] = &["acknowledge", "admit", "boast", "concede", "confess"];
/// Who a party is in its own words. Sorted.
const SELF: &[&str] = &["it", "its", "our", "their", "they", "we"];
/// A group in the words of those who speak for it. Sorted.
const BODY: &[&str] = &["agency", "faction", "group", "movement", "organisation", "organization"];
/// Those who began it: what is done to them is no deed of which others tell. Sorted.
#[rustfmt::skip]
const BEGAN: &[&str] = &[
    "ambushers", "assailant", "assailants", "attacker", "attackers", "bomber", "bombers", "gunman",
    "gunmen", "hijackers", "kidnappers", "killers", "perpetrator", "perpetrators", "robbers",
    "shooter", "shooters", "suspect", "suspects", "them",
];

/// The noun phrases of those who say in the sentence of `here` that a deed was theirs.
pub(super) fn owners(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    known: &Knowledge,
) -> Vec<usize> {
    let look = Look { deed: Deeds { text, syntax, here, known } };
    let mut found: Vec<usize> = (0..syntax.verbs.len())
        .filter(|&s| look.says(s, SAYS))
        .flat_map(|s| look.own_to(s))
        .collect();
    found.extend(look.admitting());
    found.extend(regretting(text, syntax, here));
    found.extend(look.apologising());
    found.extend(avowing(&look.deed));
    let for_whom: Vec<usize> = found.iter().flat_map(|&n| spokes(text, syntax, n)).collect();
    found.extend(for_whom);
    found
}

/// A sentence of somebody who may speak of his own deed.
struct Look<'l> {
    deed: Deeds<'l>,
}

impl Look<'_> {
    fn is(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.deed.text.is(i, word))
    }

    fn listed(&self, i: usize, list: &[&str]) -> bool {
        list.binary_search(&self.deed.text.key(i)).is_ok()
    }

    /// Whether verb group `v` is one of `list`, said by somebody and not denied.
    fn says(&self, v: usize, list: &[&str]) -> bool {
        let Deeds { text, syntax, known, .. } = self.deed;
        let verb = &syntax.verbs[v];
        let base = known.verbs.base(text.key(verb.head));
        let listed = base.is_some_and(|base| list.binary_search(&base).is_ok());
        let quick = verb.form == Form::Infinitive && self.is_quick(v);
        listed
            && !verb.negated
            && (verb.form == Form::Finite || quick)
            && verb.voice == Voice::Active
    }

    /// "Were quick to say", "was proud to announce": who says it says it.
    fn is_quick(&self, v: usize) -> bool {
        const QUICK: &[&str] =
            &["eager", "first", "glad", "happy", "pains", "proud", "quick", "swift"];
        let first = self.deed.syntax.verbs[v].first;
        first > 0 && QUICK.contains(&self.deed.text.key(first - 1))
    }

    /// Whose deed it is by what stands behind the verb of saying `s`: his who speaks, or that of the
    /// force that he names.
    fn own_to(&self, s: usize) -> Vec<usize> {
        let Deeds { syntax, .. } = self.deed;
        let end = syntax.verbs[s].last;
        let next = syntax.verbs.get(s + 1).map_or(usize::MAX, |next| next.last);
        let mut found = Vec::new();
        if self.is_own_work(end) {
            found.extend(syntax.doers(s).iter().copied());
        }
        for v in s + 1..syntax.verbs.len() {
            if !self.is_told(v) {
                continue;
            }
            for &n in syntax.doers(v) {
                let noun = &syntax.nouns[n];
                let that = usize::from(self.is(noun.first.wrapping_sub(1), &["that"]));
                let gap = noun.first.checked_sub(that + end);
                // "Said that it", "told reporters on Monday that it"
                let near = gap.is_some_and(|gap| gap <= 2 || next >= syntax.verbs[v].last);
                if near && self.is_self(noun) {
                    found.extend(syntax.doers(s).iter().copied());
                } else if near && self.is_force(noun) && !self.is_of_police(s) {
                    found.push(n);
                }
            }
        }
        found
    }

    /// Whether what is said behind token `from` is that it was one's own work, or how one's own men boast:
    /// "told reporters that the attack was its work", "said its fighters had “burned the barracks”".
    fn is_own_work(&self, from: usize) -> bool {
        const REACH: usize = 10;
        const HAVE: &[&str] = &["had", "have"];
        let own = |i: usize| self.is(i, &["its", "our", "their"]);
        let quote = |i: usize| matches!(self.deed.text.word(i), "\"" | "“" | "‘");
        (from..from + REACH).any(|i| own(i) && self.is(i + 1, &["doing", "handiwork", "work"]))
            || (from..from + 2).any(|i| own(i) && self.is(i + 2, HAVE) && quote(i + 3))
    }

    /// Whether verb group `v` tells of a deed against others than those who began it.
    fn is_told(&self, v: usize) -> bool {
        let Deeds { syntax, .. } = self.deed;
        let verb = &syntax.verbs[v];
        let began = |&n: &usize| began(self.deed.text, syntax.nouns[n].head);
        // "Said that it had been behind the raid"
        let what = self.is(verb.last + 1, &["an", "it", "that", "the", "this"]);
        let be = self.is(verb.head, &["been", "is", "was", "were"]);
        let behind =
            be && self.is(verb.last, &["behind"]) && what && !verb.negated && verb.modal.is_none();
        let deed = self.deed.is_deed(v) || self.is_fought(v) || behind;
        verb.form == Form::Finite
            && deed
            && !self.is_shot_down(v)
            && !syntax.sufferers(v).iter().any(began)
    }

    /// "Its ships had destroyed both drones": what others sent.
    fn is_shot_down(&self, v: usize) -> bool {
        #[rustfmt::skip]
        const STOPS: &[&str] = &[
            "destroy", "down", "eliminate", "hit", "intercept", "neutralise", "neutralize", "repel",
            "shoot", "strike",
        ];
        let Deeds { text, syntax, here, known } = self.deed;
        let base = known.verbs.base(text.key(syntax.verbs[v].head));
        let arm = |&n: &usize| {
            let head = syntax.nouns[n].head;
            let weapon = |s: &Sense| matches!(s, Sense::Weapon(..));
            here.iter().any(|m| m.last == head + 1 && m.senses.iter().any(weapon))
        };
        base.is_some_and(|base| STOPS.binary_search(&base).is_ok())
            && syntax.sufferers(v).iter().any(arm)
    }

    /// What soldiers call their deeds: "acted against a base", "responded to fire from the area",
    /// "destroyed a hub of mercenaries".
    fn is_fought(&self, v: usize) -> bool {
        let Deeds { text, syntax, known, .. } = self.deed;
        let verb = &syntax.verbs[v];
        let base = known.verbs.base(text.key(verb.head));
        let led = |word: &str| verb.obliques.iter().any(|&(p, _)| text.is(p, word));
        // The grammar may take "to fire" for a verb.
        let fire = self.is(verb.last, &["to"])
            && (verb.last + 1..verb.last + 3)
                .any(|i| self.is(i, &["fire", "gunfire", "rockets", "shelling"]));
        let it =
            || syntax.sufferers(v).iter().any(|&n| self.is(syntax.nouns[n].head, &["it", "them"]));
        let told = match base {
            Some("act" | "operate") => led("against"),
            // "Said that they had done it", "that it had planted it"
            Some("detonate" | "do" | "fire" | "launch" | "plant") => it(),
            Some("respond" | "reply") => fire,
            Some(base) => {
                let harm = known.harms.get(base).filter(|h| h.part == Part::Verb);
                let ruined = harm.is_some_and(|h| matches!(h.things, Outcome::Done(_)));
                ruined && !syntax.sufferers(v).is_empty()
            }
            None => false,
        };
        told && !verb.negated && verb.modal.is_none()
    }

    /// Whether a noun phrase means him who speaks: "it", "its fighters", "the group".
    fn is_self(&self, noun: &NounPhrase) -> bool {
        let the = noun.last == noun.first + 2 && self.is(noun.first, &["the"]);
        self.listed(noun.first, SELF) || the && self.listed(noun.head, BODY)
    }

    /// Whether a noun phrase is a force of which its own state speaks: "the air force", "government
    /// troops".
    fn is_force(&self, noun: &NounPhrase) -> bool {
        self.deed.here.iter().any(|m| {
            let force = |s: &Sense| matches!(s, Sense::Force(_, crate::lexicon::Suffix::Military));
            let small = noun.first == m.first || self.is(noun.first, &["the"]);
            m.last == noun.last
                && m.first >= noun.first
                && m.first <= noun.first + 1
                && small
                && m.senses.iter().any(force)
        })
    }

    /// Whether who speaks by verb group `s` is no side: what the police or residents say of the army
    /// is no claim.
    fn is_of_police(&self, s: usize) -> bool {
        let Deeds { text, syntax, here, .. } = self.deed;
        let side = |n: usize| {
            let phrases = std::iter::once(n).chain(spokes(text, syntax, n));
            phrases.into_iter().any(|n| {
                let noun = &syntax.nouns[n];
                let of_state = |m: &Mention<'_>| {
                    let force = |s: &Sense| {
                        use crate::lexicon::Suffix;
                        matches!(s, Sense::Force(_, Suffix::Military | Suffix::Government))
                    };
                    noun.first <= m.first && m.last <= noun.last && m.senses.iter().any(force)
                };
                here.iter().any(of_state) || self.is(noun.head, &["staff", "command", "ministry"])
            })
        };
        !syntax.doers(s).iter().any(|&n| side(n))
    }

    /// Who owns to a deed that stands at once behind the verb: "admitted laying the mine", "claimed to
    /// have shot it down".
    fn admitting(&self) -> Vec<usize> {
        let Deeds { syntax, .. } = self.deed;
        let owning = (0..syntax.verbs.len()).filter(|&s| {
            let Some(next) = syntax.verbs.get(s + 1) else { return false };
            let to = usize::from(self.is(syntax.verbs[s].last, &["to"]));
            let close = next.first <= syntax.verbs[s].last + to;
            let own = self.says(s, OWNS) && next.form == Form::Gerund;
            let have = self.says(s, &["claim"]) && next.form == Form::Infinitive;
            close && (own || have) && self.deed.is_deed(s + 1)
        });
        owning.flat_map(|s| syntax.doers(s).iter().copied()).collect()
    }

    /// Who says sorry for a deed, and so owns to it: "apologised for the air raid", "for killing nine".
    fn apologising(&self) -> Vec<usize> {
        const SORRY: &[&str] =
            &["apologise", "apologised", "apologises", "apologize", "apologized"];
        let Deeds { text, syntax, here, .. } = self.deed;
        let act = |n: usize| {
            let head = syntax.nouns[n].head;
            here.iter().any(|m| {
                let act = |s: &Sense| matches!(s, Sense::Act(_) | Sense::Casualty(..));
                m.first <= head && head < m.last && m.senses.iter().any(act)
            })
        };
        let sorry = (0..syntax.verbs.len()).filter(|&v| {
            let verb = &syntax.verbs[v];
            let noun = |(p, n): &(usize, usize)| text.is(*p, "for") && act(*n);
            let gerund = || {
                syntax.verbs.get(v + 1).is_some_and(|next| {
                    let led = text.is(next.first.wrapping_sub(1), "for");
                    led && next.form == Form::Gerund && self.deed.is_deed(v + 1)
                })
            };
            SORRY.contains(&text.key(verb.head))
                && !verb.negated
                && verb.modal.is_none()
                && (verb.obliques.iter().any(noun) || gerund())
        });
        sorry.flat_map(|v| syntax.doers(v).iter().copied()).collect()
    }
}

/// For whom a spokesman or a source speaks: "a spokesman for the army", "a source in the ministry", "N, the
/// army's spokesman", "the news agency of the X", "a caller speaking for the X".
pub(super) fn spokes(text: &Text<'_>, syntax: &Syntax, n: usize) -> Vec<usize> {
    let is = |i: usize, words: &[&str]| words.iter().any(|word| text.is(i, word));
    let nouns = &syntax.nouns;
    let behind = |n: usize| {
        let behind = nouns.get(n + 1)?;
        let bound = behind.preposition.filter(|&p| p == nouns[n].last)?;
        let head = text.key(nouns[n].head);
        let source = is(bound, &["in", "of"]) && matches!(head, "source" | "sources");
        let organ = is(bound, &["of"]) && is_organ(head);
        let speaks = is(bound, &["for", "of"]) && is_spokesman(head);
        (speaks || source || organ).then_some(n + 1)
    };
    // "A caller who spoke for the X", "a man speaking on behalf of the X"
    let speaking = || {
        let end = nouns[n].last;
        let end = end + usize::from(is(end, &["who"]));
        let next = nouns.iter().position(|o| o.first > end && o.first <= end + 5)?;
        let led = nouns[next].preposition.is_some_and(|p| is(p, &["for", "of"]));
        (is(end, &["speaking", "spoke", "speaks"]) && led).then_some(next)
    };
    let other = nouns.iter().position(|o| o.apposed == Some(n));
    let other = other.filter(|&o| {
        let head = text.key(nouns[o].head);
        is_spokesman(head) || is_organ(head)
    });
    let all = [behind(n), other, other.and_then(behind), speaking()];
    all.into_iter().flatten().collect()
}

/// Who shows pictures of the deed, as those do whose it was: "its weekly published photographs of the
/// raid".
pub(super) fn showing(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    known: &Knowledge,
) -> Vec<usize> {
    const SHOWS: &[&str] = &["broadcast", "circulate", "post", "publish", "release", "show"];
    #[rustfmt::skip]
    const PICTURES: &[&str] = &[
        "footage", "images", "photo", "photograph", "photographs", "photos", "pictures", "video",
        "videos",
    ];
    let shows = (0..syntax.verbs.len()).filter(|&v| {
        let verb = &syntax.verbs[v];
        let base = known.verbs.base(text.key(verb.head));
        let picture = |&n: &usize| {
            let of = syntax.nouns.iter().find(|o| o.of == Some(n));
            let act = of.is_some_and(|of| {
                here.iter().any(|m| {
                    let act = |s: &Sense| matches!(s, Sense::Act(_));
                    m.first <= of.head && of.head < m.last && m.senses.iter().any(act)
                })
            });
            PICTURES.contains(&text.key(syntax.nouns[n].head)) && act
        };
        base.is_some_and(|base| SHOWS.contains(&base))
            && !verb.negated
            && verb.voice == Voice::Active
            && verb.objects.iter().any(picture)
    });
    shows.flat_map(|v| syntax.doers(v).iter().copied()).collect()
}

/// Whether the noun at token `head` is for those who began it.
pub(super) fn began(text: &Text<'_>, head: usize) -> bool {
    BEGAN.binary_search(&text.key(head)).is_ok()
}

/// Whether a word is for one who speaks for others.
pub(super) fn is_spokesman(key: &str) -> bool {
    matches!(key, "spokesman" | "spokesperson" | "spokeswoman" | "official" | "officials")
}

/// Whether a word is for that by which an organisation makes itself heard.
pub(super) fn is_organ(key: &str) -> bool {
    #[rustfmt::skip]
    const ORGANS: &[&str] = &[
        "agency", "arm", "bulletin", "channel", "magazine", "mouthpiece", "newspaper", "office",
        "organ", "outlet", "radio", "site", "station", "website", "weekly", "wing",
    ];
    ORGANS.binary_search(&key).is_ok()
}

/// Who owns to a deed as an error: "the army admitted that the strike had been a mistake".
fn regretting(text: &Text<'_>, syntax: &Syntax, here: &[Mention<'_>]) -> Vec<usize> {
    const OWNS: &[&str] = &["acknowledged", "acknowledges", "admits", "admitted", "conceded"];
    const ERRORS: &[&str] = &["accident", "error", "mistake", "mistaken", "mistakenly"];
    let is = |i: usize, words: &[&str]| words.iter().any(|word| text.is(i, word));
    let last = syntax.nouns.last().map_or(0, |n| n.last);
    let owns = (0..syntax.verbs.len()).filter(|&v| {
        let verb = &syntax.verbs[v];
        let act = |m: &Mention<'_>| {
            m.first >= verb.last && m.senses.iter().any(|s| matches!(s, Sense::Act(_)))
        };
        is(verb.head, OWNS)
            && !verb.negated
            && here.iter().any(act)
            && (verb.last..last).any(|i| is(i, ERRORS))
    });
    owns.flat_map(|v| syntax.doers(v).iter().copied()).collect()
}

/// The words of a ministry or staff that is named by its country or capital: "Turkey's defence
/// ministry", "Kyiv's general staff".
pub(super) fn is_seat(text: &Text<'_>, noun: &NounPhrase) -> Option<Range<usize>> {
    const SEATS: &[&str] = &["army", "command", "military", "ministry", "staff"];
    let owner = noun.owner.clone()?;
    SEATS.contains(&text.key(noun.head)).then_some(owner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: &[&str]) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let syntax = Syntax::of(&text, 0..text.tokens.len(), &known.verbs);
        let mut words: Vec<_> = owners(&text, &syntax, &mentions, &known)
            .into_iter()
            .filter_map(|n| text.span(syntax.nouns[n].first, syntax.nouns[n].last))
            .map(|span| span.of(sentence))
            .collect();
        words.dedup();
        assert_eq!(words, expected, "{sentence}");
    }

    #[test]
    fn who_tells_what_his_forces_did_owns_to_it() {
        check("The army said its jets had struck a base.", &["The army"]);
        check("The army said it had destroyed \"a hub of mercenaries\".", &["The army"]);
        check("The military said it \"eliminated a commander\".", &["The military"]);
        check("The army said it had responded to fire from the area.", &["The army"]);
        check("The army confirmed that it had attacked the house.", &["The army"]);
        check("The Harrow Front admitted laying the mine.", &["The Harrow Front"]);
        check("A junta spokesman said the air force had acted against a base.", &["the air force"]);
        check("The army told reporters on Monday that it had shelled the camp.", &["The army"]);
    }

    #[test]
    fn who_tells_of_others_or_of_an_answer_owns_to_nothing() {
        check("The army said it had arrested three men.", &[]);
        check("The army said its forces had killed the attackers.", &[]);
        check("Residents said the army had shelled the camp.", &[]);
        check("The army said its ships had destroyed both drones.", &[]);
        check("The army said the rebels had shelled the camp.", &[]);
    }

    #[test]
    fn words_are_in_order() {
        assert!(SAYS.is_sorted() && OWNS.is_sorted() && SELF.is_sorted());
        assert!(BODY.is_sorted() && BEGAN.is_sorted());
    }
}
