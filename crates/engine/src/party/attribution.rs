//! On what the naming of a perpetrator rests, by the words around the name.

use std::ops::Range;

use crate::lexicon::{Cue, Mention, Sense};
use crate::ontology::{Attribution, Sort};
use crate::party::Named;
use crate::party::agent::{does, does_closely, is_of_members};
use crate::party::authority::{by_authorities, is_told_by_authorities};
use crate::party::beside::{
    is_attacker, is_called_untrue, is_foe, is_ground, is_habit, is_office_of, is_so_called, tie,
};
use crate::party::outfit::{MARKS, WORK, charged, claims, listed, signs};
use crate::party::own::{behind_inserted, is_anothers, is_hit, is_inserted, is_of_deed, owns_up};
use crate::party::pointed::{is_crime_of, is_likened, is_prime_suspect};
use crate::party::shown::{is_shown, names_itself};
use crate::syntax::Syntax;
use crate::text::{Case, Shape, Text};

/// Why a named party may have done it, by the cues around it; its noun phrase ends at `phrase`, and
/// `stands` says whether the grammar has it do a deed, or gives it another part. `own` says that the
/// sentence is of the incident, `unclaimed` that the document says of nobody that he claimed it.
pub(super) fn attribution(
    text: &Text<'_>,
    (syntax, here): (&Syntax, &[Mention<'_>]),
    party: &Named,
    phrase: usize,
    (own, unclaimed): (bool, bool),
    stands: Stands,
) -> Option<Attribution> {
    if is_foe(text, &party.tokens) {
        return None;
    }
    let cues = Cues { text, syntax, here, party };
    let said = cues.claimed().or_else(|| cues.blamed(phrase, own)).or_else(|| cues.doubted());
    said.or_else(|| if own { cues.done(unclaimed, stands) } else { None })
}

/// The cues of a sentence around the name of a party.
struct Cues<'c> {
    text: &'c Text<'c>,
    syntax: &'c Syntax,
    here: &'c [Mention<'c>],
    party: &'c Named,
}

impl<'c> Cues<'c> {
    fn cue(&self, cue: Cue) -> impl Iterator<Item = &'c Mention<'c>> {
        self.here.iter().filter(move |m| m.senses.contains(&Sense::Cue(cue)))
    }

    fn gap(&self, m: &Mention<'_>) -> usize {
        let tokens = &self.party.tokens;
        if m.first >= tokens.end {
            m.first - tokens.end
        } else {
            tokens.start.saturating_sub(m.last)
        }
    }

    /// The party says so itself.
    fn claimed(&self) -> Option<Attribution> {
        const THREATS: &[&str] =
            &["received", "threat", "threatened", "threatening", "threatens", "threats"];
        let Self { text, syntax, here, party } = *self;
        let tokens = &party.tokens;
        let organised = party.sort == Sort::Organisation;
        if organised && signs(text, tokens) {
            // "Had received letters signed by the X": whoever threatens may have done it.
            let sentence = text.sentences.get(text.sentence_of(tokens.start));
            let threat = sentence.is_some_and(|s| {
                (s.first..s.last).any(|i| THREATS.binary_search(&text.key(i)).is_ok())
            });
            // "Men who say they speak for the X disown it"
            let denied =
                self.cue(Cue::Deny).any(|m| m.first >= tokens.end && is_of_deed(text, here, m));
            return Some(match (denied, threat) {
                (true, _) => Attribution::Denied,
                (false, true) => Attribution::Possible,
                (false, false) => Attribution::Claimed,
            });
        }
        if organised && party.actor.is_none() && claims(text, tokens)
            || organised && names_itself(text, tokens)
        {
            return Some(Attribution::Claimed);
        }
        let noun = syntax.noun_at(tokens.end.saturating_sub(1));
        let claimed = self.cue(Cue::NoClaim).next().is_none()
            && self
                .cue(Cue::Claim)
                .filter(|m| !is_anothers(text, (syntax, here), m.first, noun))
                // "Said its fighters were bombed": to those it was done.
                .filter(|m| !(m.first..=m.last).any(|i| is_hit(text, syntax, i) && is_its(text, i)))
                .any(|m| {
                    let passive = (m.first..=m.last).any(|i| text.is(i, "by"));
                    let by = passive || (m.last..tokens.start).any(|i| text.is(i, "by"));
                    // "40 men of the X, and was claimed by the Y": who claims stands behind.
                    let subject = m.first >= tokens.end
                        && self.gap(m) <= 14
                        && !is_inserted(text, tokens, m.first)
                        && !passive
                        && !is_negated(text, tokens.end..m.first)
                        && !is_of_the_past(text, m);
                    subject || (by && m.last <= tokens.start && self.gap(m) <= 8)
                });
        if claimed || (party.sort == Sort::Organisation && owns_up(text, (syntax, here), tokens)) {
            let against = self.cue(Cue::Deny).any(|m| m.first >= tokens.end && self.gap(m) <= 4);
            return Some(if against { Attribution::Denied } else { Attribution::Claimed });
        }
        None
    }

    /// Others say so.
    fn blamed(&self, phrase: usize, own: bool) -> Option<Attribution> {
        let Self { text, here, party, .. } = *self;
        let tokens = &party.tokens;
        // "held the X responsible"
        let held = ["held", "hold", "holds", "holding"]
            .iter()
            .any(|word| (tokens.start.saturating_sub(3)..tokens.start).any(|i| text.is(i, word)));
        let responsible = held && text.is(tokens.end, "responsible");
        if responsible || is_part_of_the_act(text, here, tokens) {
            return Some(if by_authorities(text, here, tokens) {
                Attribution::AccusedByAuthorities
            } else {
                Attribution::Suspected
            });
        }
        // "The strike was the work of X"
        let the = usize::from(tokens.start.checked_sub(1).is_some_and(|i| text.is(i, "the")));
        let of = tokens.start.checked_sub(1 + the).filter(|&i| text.is(i, "of"));
        if of.is_some_and(|of| of > 0 && listed(text.key(of - 1), WORK)) {
            return Some(
                if is_told_by_authorities(text, here, tokens) || by_authorities(text, here, tokens)
                {
                    Attribution::AccusedByAuthorities
                } else {
                    Attribution::Suspected
                },
            );
        }
        if party.sort == Sort::Organisation && party.actor.is_none() && charged(text, tokens) {
            let told =
                is_told_by_authorities(text, here, tokens) || by_authorities(text, here, tokens);
            return Some(if told {
                Attribution::AccusedByAuthorities
            } else {
                Attribution::Suspected
            });
        }
        // "Taken by what the ministry calls a column of the X"
        if let Some(verb) = is_so_called(text, tokens) {
            let told = by_authorities(text, here, &(verb..tokens.end));
            return Some(if told {
                Attribution::AccusedByAuthorities
            } else {
                Attribution::Suspected
            });
        }
        if is_called_untrue(text, tokens) {
            return Some(Attribution::Denied);
        }
        if is_crime_of(text, tokens) {
            return Some(if by_authorities(text, here, tokens) {
                Attribution::AccusedByAuthorities
            } else {
                Attribution::Suspected
            });
        }
        if party.sort == Sort::Organisation && is_shown(text, tokens) {
            return Some(Attribution::Possible);
        }
        // "Comparing it with those of the X, which mailed a bomb in 2017": of that bomb it is no doubt.
        if is_likened(text, tokens) && !(own && text.word(tokens.end) == ",") {
            return Some(Attribution::Possible);
        }
        if let Some(basis) = is_behind(text, here, tokens, phrase) {
            return Some(basis);
        }
        let blamed = self.cue(Cue::Blame).any(|m| {
            // "pointed to X, while Y urged": a clause of its own is not blamed.
            let between = m.last..tokens.start;
            let clause = ["although", "but", "though", "when", "whereas", "while"];
            let own = between.into_iter().all(|i| !clause.contains(&text.key(i)));
            // "Attributed the ambush that killed nine men near Y to the X"
            let far = || {
                const FAR: usize = 20;
                let start = tokens.start.saturating_sub(the);
                let led = start.checked_sub(1).filter(|&i| i >= m.last);
                let to = matches!(text.key(m.first), "attributed" | "attributes" | "ascribed");
                let on = matches!(text.key(m.first), "blamed" | "blames" | "blaming");
                self.gap(m) <= FAR
                    && led.is_some_and(|i| to && text.is(i, "to") || on && text.is(i, "on"))
            };
            let near = m.last <= tokens.start && (self.gap(m) <= 7 || far());
            let object = near && own && !is_of_another(text, here, m, tokens);
            let passive = m.first >= tokens.end
                && self.gap(m) <= 3
                && !text.is(m.first, "responsible")
                && (tokens.end..m.first)
                    .any(|i| matches!(text.key(i), "was" | "were" | "is" | "are" | "been"));
            object || passive
        });
        // "Divided over whether X was to blame"
        let whether =
            (tokens.start.saturating_sub(12)..tokens.start).any(|i| text.is(i, "whether"));
        if blamed && whether {
            return Some(Attribution::Possible);
        }
        if blamed {
            return Some(if by_authorities(text, here, tokens) {
                Attribution::AccusedByAuthorities
            } else {
                Attribution::Suspected
            });
        }
        None
    }

    /// It is suspected, or denied.
    fn doubted(&self) -> Option<Attribution> {
        let Self { text, syntax, here, party } = *self;
        let tokens = &party.tokens;
        let noun = syntax.noun_at(tokens.end.saturating_sub(1));
        let is_suspected = |m: &Mention<'_>| {
            // "The X, a group aligned with the Y, was suspected": the X was.
            let start = behind_inserted(text, tokens.end);
            m.first >= start
                && m.first - start <= 3
                && text.is(m.first, "suspected")
                && !is_inserted(text, tokens, m.first)
                && (start..m.first).any(|i| matches!(text.key(i), "is" | "are" | "was" | "were"))
        };
        // "Suspicion is likely to fall on X"
        let falls = |m: &Mention<'_>| {
            let far =
                text.key(m.first) == "suspicion" && m.last <= tokens.start && self.gap(m) <= 9;
            far && (m.last..tokens.start).any(|i| text.is(i, "on"))
        };
        // "Alleged members of the 22nd front of the X"
        let members = is_of_members(text, tokens);
        let near = |m: &Mention<'_>| {
            self.gap(m) <= 5 && m.last <= tokens.start || members == Some(m.last) || is_suspected(m)
        };
        if self.cue(Cue::Suspect).any(|m| near(m) || falls(m)) || is_prime_suspect(text, tokens) {
            return Some(Attribution::Suspected);
        }
        // "The X (XY), often accused of such raids, disowned it."
        let bracket = text.word(tokens.end) == "(" && text.word(tokens.end + 2) == ")";
        let end = behind_inserted(text, tokens.end + if bracket { 3 } else { 0 });
        let denies = |m: &Mention<'_>| {
            m.first >= tokens.end
                && m.first.saturating_sub(end.max(tokens.end)) <= 6
                && !is_anothers(text, (syntax, here), m.first, noun)
                && is_of_deed(text, here, m)
        };
        if self.cue(Cue::Deny).any(denies) {
            return Some(Attribution::Denied);
        }
        // "The X has never claimed it": nobody says so of whom nobody thinks.
        let unclaims = |m: &Mention<'_>| {
            m.first >= tokens.end && self.gap(m) <= 6 && is_negated(text, tokens.end..m.first)
        };
        if party.sort == Sort::Organisation && self.cue(Cue::Claim).any(unclaims) {
            return Some(Attribution::Suspected);
        }
        None
    }

    /// The sentence says so on its own account.
    fn done(&self, unclaimed: bool, stands: Stands) -> Option<Attribution> {
        let Self { text, here, party, .. } = *self;
        let tokens = &party.tokens;
        // "Nobody has claimed it. The X often attacks hotels": the paper thinks of the X.
        if unclaimed && party.sort == Sort::Organisation && is_habit(text, tokens) {
            return Some(Attribution::Possible);
        }
        // "The X's stronghold of Hermel", "the minister of Somaliland": they say where it was or who
        // was hit.
        let office = stands != Stands::Does && is_office_of(text, here, tokens);
        if is_ground(text, tokens) || office {
            return None;
        }
        let tie = tie(text, tokens);
        let tied = tie.is_none_or(|i| is_attacker(here, i));
        let does = match stands {
            Stands::Does => true,
            Stands::Other => false,
            Stands::Unknown => {
                let state = text.case == Case::Flat
                    && matches!(party.sort, Sort::StateForce | Sort::Government);
                let does = does(text, here, tokens) && (!state || does_closely(text, here, tokens));
                does || is_in_its_act(text, here, tokens)
            }
        };
        if does && !is_habit(text, tokens) && tied {
            // "no confirmation on whether X did it"
            let whether = (tokens.start.saturating_sub(10)..tokens.start)
                .any(|i| text.is(i, "whether") || text.is(i, "if"));
            let doubt = whether || self.cue(Cue::Hedge).any(|m| self.gap(m) <= 5);
            return Some(if doubt {
                Attribution::Possible
            } else if tie.is_some() {
                Attribution::Suspected
            } else if is_told_by_authorities(text, here, tokens) {
                Attribution::AccusedByAuthorities
            } else {
                Attribution::Fact
            });
        }
        None
    }
}

/// What the grammar says of a party and the deeds of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// It does one.
    Does,
    /// It does something else, or others do them.
    Other,
    /// Nothing.
    Unknown,
}

/// "Nine died in Israeli shelling": whose act the name is in, behind those who suffered in it.
fn is_in_its_act(text: &Text<'_>, here: &[Mention<'_>], tokens: &Range<usize>) -> bool {
    const LEADS: &[&str] = &["amid", "during", "in", "under"];
    let act = |m: &Mention<'_>| {
        m.first == tokens.end && m.senses.iter().any(|s| matches!(s, Sense::Act(_)))
    };
    let led = tokens.start.checked_sub(1).is_some_and(|i| LEADS.contains(&text.key(i)));
    let hurt = |m: &Mention<'_>| {
        m.last < tokens.start
            && tokens.start - m.last <= 8
            && m.senses.iter().any(|s| matches!(s, Sense::Casualty(..)))
    };
    led && here.iter().any(act) && here.iter().any(hurt)
}

/// "X's responsibility for the murder", "the involvement of the X in the killings".
fn is_part_of_the_act(text: &Text<'_>, here: &[Mention<'_>], tokens: &Range<usize>) -> bool {
    const PARTS: &[&str] =
        &["complicity", "guilt", "involvement", "participation", "responsibility"];
    const REACH: usize = 7;
    let part = |i: usize| PARTS.contains(&text.key(i));
    let owns = text.tokens.get(tokens.end).is_some_and(|t| t.shape == Shape::Possessive);
    let own = (tokens.end + 1..tokens.end + 4).find(|&i| owns && part(i)).map(|i| i + 1);
    let of = (1..4).any(|back| {
        tokens.start.checked_sub(back + 1).is_some_and(|i| part(i) && text.is(i + 1, "of"))
    });
    let Some(end) = own.or_else(|| of.then_some(tokens.end)) else { return false };
    let act = |m: &Mention<'_>| {
        let near = m.first > end && m.first <= end + REACH;
        near && m.senses.iter().any(|s| matches!(s, Sense::Act(_) | Sense::Casualty(..)))
    };
    matches!(text.key(end), "for" | "in") && here.iter().any(act)
}

/// "X was behind the attack", "X could be behind it", "bears the hallmarks of X".
fn is_behind(
    text: &Text<'_>,
    here: &[Mention<'_>],
    tokens: &Range<usize>,
    phrase: usize,
) -> Option<Attribution> {
    let is = |i: usize, words: &[&str]| words.contains(&text.key(i));
    // "Officials saw the hand of X in it": they blame it.
    let blames = |i: usize| {
        let blame = |m: &Mention<'_>| m.senses.contains(&Sense::Cue(Cue::Blame));
        here.iter().any(|m| m.first < i && i < m.last && blame(m))
    };
    let hallmarks = (tokens.start.saturating_sub(4)..tokens.start)
        .any(|i| listed(text.key(i), MARKS) && is(i + 1, &["of"]) && !blames(i));
    if hallmarks {
        return Some(Attribution::Possible);
    }
    // "X terrorists were behind it", "X's local branch": what it has is it.
    let start = phrase.max(tokens.end);
    let culprit = ["behind", "culprit", "perpetrator", "responsible"];
    let at = (start..start + 6).find(|&i| is(i, &culprit))?;
    let between = || start..at;
    let be = ["was", "were", "is", "are", "be", "been"];
    let plain = |i: usize| {
        is(i, &be)
            || is(i, &["could", "may", "might", "likely", "probably", "also", "have", "has", "had"])
            || is(i, &["believed", "thought", "suspected", "to", "being", "of", "the"])
    };
    if !between().all(plain) || !between().any(|i| is(i, &be) || is(i, &["being"])) {
        return None;
    }
    let doubt = ["could", "may", "might", "likely", "probably", "believed", "thought", "suspected"];
    let voice = |m: &Mention<'_>| m.senses.contains(&Sense::Cue(Cue::Report));
    Some(if between().any(|i| is(i, &["could", "may", "might"])) {
        Attribution::Possible
    } else if between().any(|i| is(i, &doubt)) && !is_told_by_authorities(text, here, tokens) {
        Attribution::Suspected
    } else if is_told_by_authorities(text, here, tokens) {
        Attribution::AccusedByAuthorities
    } else if is(at, &["behind"]) && !here.iter().any(voice) && is_plain(text, tokens) {
        // "The X was behind the bombing of 2004": the paper says so.
        Attribution::Fact
    } else {
        Attribution::Suspected
    })
}

/// Whether a sentence begins with the party, so that nobody else says what it says.
fn is_plain(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let sentence = text.sentences.get(text.sentence_of(tokens.start));
    sentence.is_some_and(|s| tokens.start <= s.first + 2)
}

/// Whether a word says that somebody is of whoever speaks.
fn is_its(text: &Text<'_>, i: usize) -> bool {
    matches!(text.key(i), "his" | "its" | "our" | "their")
}

/// "Claimed previous attacks": not this one.
fn is_of_the_past(text: &Text<'_>, claim: &Mention<'_>) -> bool {
    const PAST: &[&str] = &["earlier", "past", "previous", "several", "similar"];
    (claim.first..claim.last + 5).any(|i| PAST.binary_search(&text.key(i)).is_ok())
}

/// "Has never claimed", "has yet to claim".
fn is_negated(text: &Text<'_>, tokens: Range<usize>) -> bool {
    let not = ["hasnt", "neither", "never", "nor", "not", "yet"];
    tokens.into_iter().any(|i| not.contains(&text.key(i)))
}

/// "accused X of using children as shields": a blame for something else than the act.
pub(super) fn is_of_another(
    text: &Text<'_>,
    here: &[Mention<'_>],
    blame: &Mention<'_>,
    tokens: &Range<usize>,
) -> bool {
    #[rustfmt::skip]
    const HELPS: &[&str] = &[
        "aiding", "arming", "backing", "financing", "funding", "harbouring", "harboring",
        "sheltering", "sponsoring", "supplying", "supporting", "training",
    ];
    let accused = text.key(blame.first).starts_with("accus");
    let Some(of) = (tokens.end..tokens.end + 8).find(|&i| text.is(i, "of")).filter(|_| accused)
    else {
        return false;
    };
    // "Accused X of sponsoring the raid": others did it.
    if HELPS.contains(&text.key(of + 1)) {
        return true;
    }
    let act = here.iter().any(|m| {
        let near = of < m.first && m.first <= of + 5;
        near && m.senses.iter().any(|s| matches!(s, Sense::Act(_) | Sense::Casualty(..)))
    });
    let armed = here.iter().any(|m| {
        let near = of < m.first && m.first <= of + 5;
        near && m.senses.iter().any(|s| matches!(s, Sense::Weapon(..)))
    });
    let done = [
        "being",
        "having",
        "carrying",
        "dropping",
        "firing",
        "launching",
        "orchestrating",
        "planning",
        "plotting",
    ];
    !act && !armed && !done.iter().any(|word| text.is(of + 1, word))
}
