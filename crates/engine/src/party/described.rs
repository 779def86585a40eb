//! Perpetrators without an entry in the actor table: nations that strike, persons, descriptions.

use std::ops::Range;

use crate::Knowledge;
use crate::lexicon::{Act, Cue, Form, Mention, Part, Role, Sense};
use crate::ontology::{Attribution, Sort};
use crate::party::admits::began;
use crate::party::agent::does;
use crate::party::doer::{acting, suffering};
use crate::party::idle::{Look, Told, is_idle};
use crate::party::meant::MEMBERS;
use crate::party::phrase::whole;
use crate::party::speaks::{has_threatened, only_speaks};
use crate::syntax::{Syntax, VerbGroup};
use crate::text::{Case, Shape, Text};

/// The name of a person that begins at token `start`: two to four capitalised words.
pub(super) fn name(text: &Text<'_>, start: usize) -> Option<Range<usize>> {
    let capital = |i: usize| {
        text.case == Case::Mixed && text.tokens.get(i).is_some_and(|t| t.shape == Shape::Capital)
    };
    let end = (start..start + 5).find(|&i| !capital(i))?;
    (end - start >= 2 && end - start <= 4).then_some(start..end)
}

/// Words for those who did it that say nothing of them: they must be said to act. Sorted.
pub(super) const VAGUE: &[&str] = &["culprit", "culprits", "perpetrator", "perpetrators"];
/// Descriptions of those who did it: "two gunmen", "a suicide bomber", "soldiers" who fire.
pub(super) fn described(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    known: &Knowledge,
) -> Vec<(Range<usize>, Sort, Attribution)> {
    let mut found = Vec::new();
    let suffering = suffering(text, syntax, here, known);
    let acting = acting(text, syntax, here, known);
    let look = Look { text, syntax, here, known };
    for mention in here {
        let Some((sort, role)) = mention
            .sense(|s| if let Sense::Person(sort, role) = s { Some((sort, role)) } else { None })
        else {
            continue;
        };
        // "Police suspect the X": what they do, and nobody who did it.
        if syntax.verbs.iter().any(|verb| verb.head + 1 == mention.last) {
            continue;
        }
        let own = syntax.noun_at(mention.last - 1);
        if own.is_some_and(|n| is_carried(text, syntax, n) || is_of_name(syntax, here, n)) {
            continue;
        }
        if own.is_some_and(|n| is_staying(text, syntax, n, known) || is_not_named(text, syntax, n))
        {
            continue;
        }
        if own.is_some_and(|n| {
            is_only_called(text, syntax, here, n, known) || only_speaks(text, syntax, n)
        }) {
            continue;
        }
        let tokens = whole(text, syntax, here, mention.first..mention.last);
        let doing = acting.iter().any(|n| n.start <= mention.first && mention.last <= n.end);
        let acts = doing || does(text, here, &(mention.first..mention.last));
        let is = |list: &[&str]| list.binary_search(&text.key(mention.last - 1)).is_ok();
        let noun = syntax.noun_at(mention.last - 1).and_then(|n| syntax.nouns.get(n));
        // "told the police", "on information from the services": they are spoken of, and do nothing.
        let led = noun.is_some_and(|n| {
            let by = n.preposition.is_some_and(|p| text.is(p, "by"));
            n.preposition.is_some() && n.of.is_none() && !by || is_told(text, syntax, n.first)
        });
        let other = noun.is_some_and(|n| (n.first..n.head).any(|i| text.is(i, "other")));
        let answers = own.is_some_and(|n| is_answering(text, syntax, n));
        let former =
            tokens.clone().any(|i| ["former", "ex", "retired"].iter().any(|w| text.is(i, w)));
        let modifies = noun.is_some_and(|n| n.head >= mention.last) && tokens.end == mention.last;
        let at = syntax.noun_at(mention.last - 1).filter(|n| suffering.contains(n));
        // "Attackers" attacked, whatever was done to them; rebels who were killed may only have been.
        let harmed = role != Role::Perpetrator || is(MEMBERS);
        if harmed && at.is_some_and(|n| syntax.nouns[n].head < mention.last) {
            continue;
        }
        let suspected = here.iter().any(|m| {
            m.senses.contains(&Sense::Cue(Cue::Suspect))
                && m.last <= mention.first
                && mention.first - m.last <= 2
        });
        let attribution = if suspected { Attribution::Suspected } else { Attribution::Fact };
        if matches!(role, Role::Force | Role::Either) && only_finds(text, here, mention.last) {
            continue;
        }
        let told = Told { mention, own, acts, doing, modifies, other };
        match role {
            // "An officer fired back and killed the assailant": others began it.
            Role::Force | Role::Either if answers => {}
            // "But some militias had made threats": that is all that is known.
            Role::Perpetrator if !acts && own.is_some_and(|n| has_threatened(text, syntax, n)) => {
                found.push((tokens, Sort::Individuals, Attribution::Possible));
            }
            Role::Perpetrator if is_idle(&look, &told) => {}
            Role::Perpetrator if doing || !is_harmed(text, here, mention) => {
                found.push((tokens, Sort::Individuals, attribution));
            }
            // "Two girls died in a military raid": whose act it is that they died in.
            Role::Force if modifies && is_own_act(text, syntax, here, mention) => {
                found.push((mention.first..mention.last, Sort::StateForce, attribution));
            }
            // "A military action against those who fired": it says what the action was.
            Role::Force if acts && !led && (doing || !modifies) => {
                found.push((owner(text, tokens), Sort::StateForce, attribution));
            }
            Role::Either if acts && sort == Sort::Individuals => {
                found.push((tokens, Sort::Individuals, attribution));
            }
            Role::Either if acts && former && !led => {
                found.push((tokens, Sort::Individuals, attribution));
            }
            Role::Either if acts && !led && (doing || is_close(text, here, mention)) => {
                found.push((tokens, Sort::StateForce, attribution));
            }
            // "Suspects: unknown"
            Role::Suspect if text.is(mention.last, ":") => {}
            Role::Suspect => {
                found.push((tokens, Sort::Individuals, Attribution::AccusedByAuthorities));
            }
            _ => {}
        }
    }
    found
}

/// "Dressed up as guerrillas", "asked for a fighter": what somebody is called or sought as did nothing.
fn is_only_called(
    text: &Text<'_>,
    syntax: &Syntax,
    here: &[Mention<'_>],
    n: usize,
    known: &Knowledge,
) -> bool {
    const SEEKS: &[&str] = &["ask", "call", "come", "hunt", "look", "search", "wait"];
    let noun = &syntax.nouns[n];
    let Some(led) = noun.preposition.filter(|_| noun.of.is_none()) else { return false };
    let acts = acting(text, syntax, here, known).iter().any(|a| a.start == noun.first);
    // "As the rebels set off a mine": they are no others.
    let tense = |v: &VerbGroup| v.first == noun.last && v.form == crate::syntax::Form::Finite;
    let acts = acts || syntax.verbs.iter().any(|v| v.subjects.contains(&n) || tense(v));
    let seeks = || {
        let verb = syntax.verbs.iter().find(|v| v.last == led);
        let base = verb.and_then(|v| known.verbs.base(text.key(v.head)));
        base.is_some_and(|base| SEEKS.contains(&base))
    };
    !acts && (text.is(led, "as") || text.is(led, "for") && seeks())
}

/// "Fired back", "killed the assailant": who answers those who began it.
fn is_answering(text: &Text<'_>, syntax: &Syntax, n: usize) -> bool {
    const SHOTS: &[&str] = &["fired", "fought", "hit", "shot", "struck"];
    (0..syntax.verbs.len()).filter(|&v| syntax.doers(v).contains(&n)).any(|v| {
        let verb = &syntax.verbs[v];
        let back = SHOTS.contains(&text.key(verb.head)) && text.is(verb.last, "back");
        let fire = text.is(verb.head, "returned") && text.is(verb.last, "fire");
        let one = |&m: &usize| {
            let noun = &syntax.nouns[m];
            began(text, noun.head) && !text.is(noun.head, "them")
        };
        back || fire || syntax.sufferers(v).iter().any(one)
    })
}

/// "A military raid", "army shelling": the act of a force that stands behind those who suffered in it.
fn is_own_act(text: &Text<'_>, syntax: &Syntax, here: &[Mention<'_>], force: &Mention<'_>) -> bool {
    #[rustfmt::skip]
    const ACTS: &[&str] = &[
        "airstrike", "airstrikes", "bombardment", "bombing", "fire", "gunfire", "operation", "raid",
        "raids", "shelling", "strike", "strikes",
    ];
    const LEADS: &[&str] = &["by", "during", "from", "in"];
    let Some(noun) = syntax.noun_at(force.last - 1).and_then(|n| syntax.nouns.get(n)) else {
        return false;
    };
    let act = noun.head <= force.last + 1 && ACTS.binary_search(&text.key(noun.head)).is_ok();
    let led = noun.preposition.is_some_and(|p| LEADS.contains(&text.key(p)));
    let hurt = here.iter().any(|m| m.senses.iter().any(|s| matches!(s, Sense::Casualty(..))));
    act && led && hurt
}

/// Whether who is named before token `next` only finds those to whom it was done, or only has a view of
/// it: "officers found a man shot to death", but not "found the man and shot him".
pub(super) fn only_finds(text: &Text<'_>, here: &[Mention<'_>], next: usize) -> bool {
    #[rustfmt::skip]
    const FINDS: &[&str] = &[
        "assume", "believe", "believed", "believes", "discovered", "find", "found", "located", "suspect",
        "suspected", "suspects", "think",
    ];
    let finds = FINDS.binary_search(&text.key(next)).is_ok();
    let struck = |s: &Sense| matches!(s, Sense::Act(_) | Sense::Casualty(..));
    let act = here.iter().find(|m| m.first > next && m.senses.iter().any(struck));
    finds
        && act.is_some_and(|act| {
            (next..act.first).all(|i| !matches!(text.key(i), "and" | "before" | "then" | "when"))
        })
}

/// Whose what strikes is: "the army" of "army helicopters".
fn owner(text: &Text<'_>, tokens: Range<usize>) -> Range<usize> {
    #[rustfmt::skip]
    const MEANS: &[&str] = &[
        "aircraft", "artillery", "drones", "fighter", "gunships", "helicopter", "helicopters", "jets",
        "planes", "tanks", "warplanes",
    ];
    let means = |i: &usize| MEANS.binary_search(&text.key(*i)).is_ok();
    let first = tokens.clone().find(means).unwrap_or(tokens.end);
    if first > tokens.start { tokens.start..first } else { tokens }
}

/// "The X, a militant group": it is the X that does what it does.
fn is_of_name(syntax: &Syntax, here: &[Mention<'_>], n: usize) -> bool {
    let name = syntax.nouns[n].apposed.and_then(|before| syntax.nouns.get(before));
    let organisation = |s: &Sense| matches!(s, Sense::Actor(_, Sort::Organisation));
    name.is_some_and(|name| {
        let inside = |m: &&Mention<'_>| name.first <= m.first && m.last <= name.last;
        here.iter().filter(inside).any(|m| m.senses.iter().any(organisation))
    })
}

/// "A bus carrying police, killing nine": what only sits in it does nothing.
fn is_carried(text: &Text<'_>, syntax: &Syntax, n: usize) -> bool {
    #[rustfmt::skip]
    const CARRIES: &[&str] = &[
        "bringing", "carrying", "escorting", "ferrying", "guarding", "hosting", "housing", "protecting",
        "sheltering", "taking", "transporting",
    ];
    let carries = |head: usize| CARRIES.binary_search(&text.key(head)).is_ok();
    syntax.verbs.iter().any(|v| v.objects.contains(&n) && carries(v.head))
}

/// "Hit a house where mercenaries were staying": who is only there does nothing.
fn is_staying(text: &Text<'_>, syntax: &Syntax, n: usize, known: &Knowledge) -> bool {
    #[rustfmt::skip]
    const STAYS: &[&str] = &[
        "attend", "celebrate", "dine", "drink", "eat", "gather", "hide", "hold", "host", "live", "meet",
        "play", "pray", "queue", "rest", "shelter", "show", "sleep", "station", "stay", "wait", "watch",
        "work",
    ];
    let first = syntax.nouns[n].first;
    let there = first > 0 && text.is(first - 1, "where");
    let stays = |head: usize| {
        let base = known.verbs.base(text.key(head));
        base.is_some_and(|base| STAYS.binary_search(&base).is_ok())
    };
    there && syntax.verbs.iter().any(|v| v.subjects.contains(&n) && stays(v.head))
}

/// "Did not identify the attackers": nothing is told of them.
fn is_not_named(text: &Text<'_>, syntax: &Syntax, n: usize) -> bool {
    (0..syntax.verbs.len()).any(|v| {
        let verb = &syntax.verbs[v];
        let names = matches!(text.key(verb.head), "identify" | "name" | "describe" | "specify");
        verb.negated && names && syntax.sufferers(v).contains(&n)
    })
}

/// Whether the noun phrase that begins at `first` is the object of a verb of saying.
fn is_told(text: &Text<'_>, syntax: &Syntax, first: usize) -> bool {
    let before = syntax.verbs.iter().find(|v| v.last == first);
    before.is_some_and(|v| {
        ["told", "tell", "tells", "telling", "asked", "informed", "warned"]
            .iter()
            .any(|word| text.is(v.head, word))
    })
}

/// Whether an act follows the described at once: people who are not armed by name must be its subject.
pub(super) fn is_close(text: &Text<'_>, here: &[Mention<'_>], mention: &Mention<'_>) -> bool {
    let act = |m: &&Mention<'_>| {
        m.first >= mention.last
            && m.senses.iter().any(|s| {
                matches!(
                    s,
                    Sense::Act(Act { part: Part::Verb, .. }) | Sense::Casualty(_, Form::Active)
                )
            })
    };
    let Some(act) = here.iter().find(act) else { return false };
    let clean =
        |i: usize| text.word(i) != "," && !matches!(text.key(i), "and" | "as" | "when" | "in");
    act.first - mention.last <= 4 && (mention.last..act.first).all(clean)
}

/// Whether the described are themselves the killed: "three militants were killed".
pub(super) fn is_harmed(text: &Text<'_>, here: &[Mention<'_>], mention: &Mention<'_>) -> bool {
    // "Killed what it called an insurgent leader"
    let called = |from: usize| {
        let what = text.is(from, "what") || text.is(from, "whom");
        let named = (from..mention.first)
            .any(|i| ["called", "described", "termed"].iter().any(|word| text.is(i, word)));
        what && named
    };
    let object = here.iter().any(|m| {
        let kills =
            m.senses.iter().any(|s| matches!(s, Sense::Casualty(_, Form::Active | Form::Either)));
        let reach = if called(m.last) { 7 } else { 3 };
        kills
            && m.last <= mention.first
            && mention.first - m.last <= reach
            && (m.last..mention.first).all(|i| {
                !matches!(
                    text.key(i),
                    "by" | "when" | "in" | "as" | "after" | "," | "and" | "people"
                )
            })
    });
    if object {
        return true;
    }
    let is = |i: usize, words: &[&str]| words.contains(&text.key(i));
    if is(mention.last, &["died", "perished"]) {
        return true;
    }
    let passive = (mention.last..mention.last + 3).find(|&i| is(i, &["was", "were", "been"]));
    passive.is_some_and(|at| {
        (at + 1..at + 4)
            .any(|i| is(i, &["killed", "dead", "arrested", "detained", "shot", "captured"]))
    })
}
