//! Sentences that tell of violence: the word that tells it, the signs beside it, how it is put.

use std::cmp::Reverse;
use std::ops::Range;

use crate::Knowledge;
use crate::clause::Clauses;
use crate::date::{Clock, DateWord, Spoken, date_words, resolve};
use crate::fold::fold;
use crate::lexicon::{Act, Cue, Domain, Form, Harm, Mention, Part, Role, Sense, Suffix};
use crate::ontology::{Assertion, Mode, Sort, Stage};
use crate::resolved::Period;
use crate::subject::Subject;
use crate::syntax::Grammar;
use crate::text::{Shape, Text};
use crate::toll::{Toll, tolls};

/// A sentence that tells of violence.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The day on which somebody spoke of it, if that is all that the sentence gives.
    pub spoken: Option<Dated>,
    /// Which sentence.
    pub sentence: usize,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its mentions, as indices into those of the document.
    pub mentions: Range<usize>,
    /// The token of the word that tells it.
    pub trigger: usize,
    /// What that word says.
    pub act: Act,
    /// What its clause says by who does what to whom, if a pattern knows it.
    pub clause: Option<Act>,
    /// How sure the sentence is to tell of violence; from [`STARTS`] on it can start an event.
    pub score: f32,
    /// Its counts of the harmed.
    pub tolls: Vec<Toll>,
    /// The period that it gives the violence, with the words.
    pub when: Option<Dated>,
    /// How far it got.
    pub stage: Stage,
    /// How it is put.
    pub assertion: Assertion,
    /// Whether it is told as history.
    pub background: bool,
    /// Whether it looks back: to a trial, a funeral, an anniversary.
    pub looks_back: bool,
    /// Whether it is told as another event than the one before.
    pub other: bool,
}

/// A period and the words that give it.
pub type Dated = (Period, DateWord);

/// The score from which a sentence can start an event.
pub const STARTS: f32 = 2.9;
/// The score from which a sentence can add to one.
const ADDS: f32 = 1.3;

/// All frames of a document, in order.
pub fn frames(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    subject: &Subject,
    clock: Clock,
    grammar: &Grammar<'_>,
    known: &Knowledge,
) -> Vec<Frame> {
    let mut found: Vec<Frame> = Vec::new();
    let mut first = 0;
    let mut clock = clock;
    for (i, sentence) in text.sentences.iter().enumerate() {
        let start = first + mentions[first..].partition_point(|m| m.first < sentence.first);
        let end = start + mentions[start..].partition_point(|m| m.first < sentence.last);
        first = end;
        let here = &mentions[start..end];
        let clause = known
            .clauses
            .find(text, grammar, &known.verbs, i, here)
            .or_else(|| Clauses::nominal(text, grammar, i, here));
        if let Some(frame) = frame(text, i, start..end, mentions, subject, clock, clause) {
            clock = clock.behind(frame.when.filter(|(p, _)| p.days() == 1).map(|(p, _)| p.start));
            found.push(frame);
        }
    }
    found
}

/// The frame of one sentence, if it tells of violence.
fn frame(
    text: &Text<'_>,
    sentence: usize,
    range: Range<usize>,
    mentions: &[Mention<'_>],
    subject: &Subject,
    clock: Clock,
    clause: Option<(usize, Act)>,
) -> Option<Frame> {
    let tokens = text.sentences[sentence].first..text.sentences[sentence].last;
    let here = &mentions[range.clone()];
    let told = here
        .iter()
        .filter_map(|m| Some((m, m.sense(act)?)))
        .filter(|(m, act)| is_act(text, m, *act))
        .max_by_key(|(m, act)| {
            let weight = if is_occasion(text, m) { 0 } else { act.weight };
            (weight, act.mode.is_some(), !is_casualty(m), Reverse(m.first))
        });
    let clause = clause.map(|(verb, act)| {
        (Mention { first: verb, last: verb + 1, senses: &[], actor: None }, act)
    });
    let told = match (&clause, told) {
        (Some((verb, act)), None) => Some((verb, *act)),
        (Some((verb, act)), Some((_, other))) if act.weight > other.weight => Some((verb, *act)),
        (_, told) => told,
    };
    let tolls = tolls(text, here, &tokens);
    let (trigger, act) = told.or_else(|| counted(here, &tolls))?;
    let score = score(act, here, &tolls, subject, is_casualty(trigger));
    if score < ADDS {
        return None;
    }
    let has = |cue: Cue| here.iter().any(|m| m.senses.contains(&Sense::Cue(cue)));
    let (when, spoken) = when(text, &tokens, trigger.first, here, clock);
    let harmed = tolls.iter().any(|t| !t.attackers);
    let assertion = assertion(text, here, trigger);
    // What may come or would come is no report of what came.
    let score = if matches!(assertion, Assertion::Conditional | Assertion::Foreseen) && !harmed {
        score - 1.0
    } else {
        score
    };
    Some(Frame {
        sentence,
        trigger: trigger.first,
        act,
        clause: clause.as_ref().map(|(_, act)| *act),
        score,
        stage: stage(text, here, trigger, harmed),
        assertion,
        looks_back: has(Cue::Background) || has(Cue::Aftermath),
        background: has(Cue::Background) && !when.is_some_and(|(p, _)| recent(p, clock)),
        other: here.iter().any(|m| {
            m.senses.contains(&Sense::Cue(Cue::Other)) && is_another(text, m, here, tokens.start)
        }),
        tokens,
        mentions: range,
        tolls,
        when,
        spoken: spoken.filter(|_| {
            !(has(Cue::Claim) || has(Cue::Blame) || has(Cue::Aftermath) || has(Cue::Background))
        }),
    })
}

/// Whether a word counts the harmed: it tells of violence only if the text does.
fn is_casualty(mention: &Mention<'_>) -> bool {
    mention.senses.iter().any(|s| matches!(s, Sense::Casualty(..)))
}

/// Whether an act is what another answers: "after the massacre", "in revenge for the attack".
fn is_occasion(text: &Text<'_>, mention: &Mention<'_>) -> bool {
    (mention.first.saturating_sub(5)..mention.first).any(|i| {
        matches!(
            fold(text.word(i)).as_str(),
            "after"
                | "following"
                | "answer"
                | "response"
                | "retaliation"
                | "revenge"
                | "reprisal"
                | "since"
        )
    })
}

/// A count of the harmed tells of violence that another sentence names.
fn counted<'k>(here: &'k [Mention<'k>], tolls: &[Toll]) -> Option<(&'k Mention<'k>, Act)> {
    let toll = tolls.iter().find(|t| !t.aside)?;
    let word = here.iter().find(|m| m.first == toll.word)?;
    Some((word, Act { part: Part::Noun, mode: None, weight: 1 }))
}

fn act(sense: Sense) -> Option<Act> {
    if let Sense::Act(act) = sense { Some(act) } else { None }
}

/// Whether an act word is one here: a weak noun that is no one's deed, or a verb in the wrong place.
fn is_act(text: &Text<'_>, mention: &Mention<'_>, act: Act) -> bool {
    if act.weight > 2 {
        return true;
    }
    let before = mention.first.checked_sub(1).map(|i| fold(text.word(i))).unwrap_or_default();
    let after = fold(text.word(mention.last));
    let word = fold(text.word(mention.first));
    match word.as_str() {
        "strike" | "strikes" => {
            !matches!(before.as_str(), "general" | "on" | "hunger" | "rail" | "to" | "nurses")
                && !matches!(after.as_str(), "a" | "action" | "ballot")
        }
        "hit" | "hits" => {
            !matches!(after.as_str(), "a" | "back" | "out" | "by" | "hard" | "record")
        }
        "shot" => {
            !matches!(
                before.as_str(),
                "a" | "first" | "long" | "best" | "his" | "ferocious" | "her" | "the"
            ) || matches!(after.as_str(), "at" | "dead")
        }
        "fighting" | "battle" => {
            !matches!(after.as_str(), "for" | "against" | "over" | "with" | "to" | "spirit")
        }
        "storm" => !matches!(before.as_str(), "a" | "the" | "tropical" | "winter"),
        "shell" => !matches!(before.as_str(), "a" | "the" | "company"),
        _ => true,
    }
}

/// How sure a sentence with such an act word is to tell of violence.
fn score(act: Act, here: &[Mention<'_>], tolls: &[Toll], subject: &Subject, casualty: bool) -> f32 {
    let any = |pick: &dyn Fn(Sense) -> bool| here.iter().any(|m| m.senses.iter().any(|&s| pick(s)));
    let agent = any(&|s| {
        matches!(
            s,
            Sense::Person(_, Role::Perpetrator)
                | Sense::Actor(_, Sort::Organisation | Sort::StateForce)
        )
    });
    let force = any(&|s| {
        matches!(
            s,
            Sense::Person(_, Role::Force) | Sense::Force(Sort::StateForce, Suffix::Military)
        )
    });
    let weapon = any(&|s| matches!(s, Sense::Weapon(_, Some(_))));
    let victim =
        any(&|s| matches!(s, Sense::Person(_, Role::Victim | Role::Either) | Sense::Thing(_)));
    let harm =
        tolls.iter().any(|t| matches!(t.harm, Harm::Killed | Harm::Injured | Harm::Abducted));
    let dead = any(&|s| {
        matches!(
            s,
            Sense::Casualty(
                Harm::Killed | Harm::Injured,
                Form::Either | Form::Active | Form::Passive
            )
        )
    });
    // Who is shot or stabbed suffers violence, whatever else the sentence says.
    let hit =
        tolls.iter().any(|t| t.harm == Harm::Struck && !t.pointer && !t.aside && !t.attackers);
    let sign = |present: bool, weight: f32| if present { weight } else { 0.0 };
    let mut score = f32::from(act.weight)
        + sign(agent, 0.7)
        + sign(force && !agent, 0.4)
        + sign(weapon, 0.7)
        + sign(harm, 0.8)
        + sign(victim, 0.4)
        + sign(hit, if harm { 0.4 } else { 1.6 })
        + sign(dead && !harm && !hit, 0.3);
    if act.part == Part::Agent {
        score -= 0.4;
    }
    let figure = any(&|s| matches!(s, Sense::Domain(Domain::Figure | Domain::Sport, 2..)));
    score -= sign(figure, 0.8);
    if subject.is_play() {
        score -= 2.2;
    }
    let culprit = agent || act.weight == 3 || (weapon && act.mode.is_some());
    if subject.is_mishap() && !culprit {
        score -= 1.6;
    }
    if subject.is_talk() && !harm && !agent {
        score -= 1.5;
    }
    score += sign(subject.is_headlined(), if act.weight > 1 { 0.6 } else { 0.4 });
    // Deaths alone may be nobody's doing: the document must speak of arms somewhere.
    if casualty && act.mode.is_none() && dead && !agent && !weapon && !subject.is_armed() {
        score -= 1.2;
    }
    let nobody = |s: Sense| {
        matches!(
            s,
            Sense::Domain(
                Domain::Accident | Domain::Disaster | Domain::History | Domain::Health,
                _
            )
        )
    };
    let words = here.iter().filter(|m| m.senses.iter().any(|&s| nobody(s))).count();
    score -= sign(words >= 2, 2.0);
    let mishap = any(&|s| matches!(s, Sense::Domain(Domain::Accident | Domain::Disaster, _)));
    score -= sign(mishap && act.weight < 3 && (!weapon || act.mode.is_none()), 1.2);
    let past = any(&|s| matches!(s, Sense::Domain(Domain::History, _)));
    score -= sign(past && act.weight < 3 && !harm, 1.2);
    // Those to whom an attack is likened did not do it.
    score -= sign(any(&|s| s == Sense::Cue(Cue::Likeness)), 2.0);
    score -= sign(any(&|s| matches!(s, Sense::Domain(Domain::Drill | Domain::Cyber, _))), 1.0);
    score
}

/// How far it got, by the words beside the trigger.
fn stage(text: &Text<'_>, here: &[Mention<'_>], trigger: &Mention<'_>, harmed: bool) -> Stage {
    let near = |cue: Cue, reach: usize| {
        here.iter().any(|m| {
            m.senses.contains(&Sense::Cue(cue)) && m.first.abs_diff(trigger.first) <= reach
        })
    };
    if !harmed && near(Cue::Foil, 10) {
        Stage::Foiled
    } else if !harmed && near(Cue::Attempt, 4) {
        Stage::Attempted
    } else if !harmed
        && near(Cue::Threaten, 6)
        && (0..3).any(|i| {
            text.is(trigger.first.saturating_sub(i + 1), "would")
                || text.is(trigger.first.saturating_sub(i + 1), "to")
                || text.is(trigger.first.saturating_sub(i + 1), "will")
        })
    {
        Stage::Threatened
    } else if !harmed && near(Cue::Plan, 5) {
        Stage::Planned
    } else {
        Stage::Accomplished
    }
}

/// How it is put, by the words before the trigger.
fn assertion(text: &Text<'_>, here: &[Mention<'_>], trigger: &Mention<'_>) -> Assertion {
    let before = |cue: Cue, reach: usize| {
        here.iter().any(|m| {
            m.senses.contains(&Sense::Cue(cue))
                && m.last <= trigger.first
                && trigger.first - m.last <= reach
        })
    };
    let is =
        |back: usize, word: &str| trigger.first.checked_sub(back).is_some_and(|i| text.is(i, word));
    if (1..4).any(|i| is(i, "if") || is(i, "unless")) {
        Assertion::Conditional
    } else if before(Cue::Deny, 8) {
        Assertion::Denied
    } else if before(Cue::Hedge, 4) {
        Assertion::Hedged
    } else if (1..4).any(|i| is(i, "will") || is(i, "would"))
        || ((is(2, "were") || is(2, "was")) && is(1, "to"))
    {
        Assertion::Foreseen
    } else {
        Assertion::Asserted
    }
}

/// The day that a sentence gives its trigger, the nearest; and apart from it, if there is none, the
/// day on which somebody spoke.
pub(crate) fn when(
    text: &Text<'_>,
    tokens: &Range<usize>,
    trigger: usize,
    here: &[Mention<'_>],
    clock: Clock,
) -> (Option<Dated>, Option<Dated>) {
    let spoke = |word: &DateWord| {
        let said = |i: usize| {
            here.iter()
                .any(|m| m.senses.contains(&Sense::Cue(Cue::Report)) && m.first <= i && i < m.last)
                || here.iter().any(|m| {
                    m.first <= i
                        && i < m.last
                        && m.senses
                            .iter()
                            .any(|s| matches!(s, Sense::Cue(Cue::Claim | Cue::Blame | Cue::Deny)))
                })
        };
        let back = if word.first > 0 && text.is(word.first - 1, "on") { 2 } else { 1 };
        let before = word.first.checked_sub(back).is_some_and(said);
        // "told a meeting on Monday": the last verb before the day is one of saying.
        let verb = here
            .iter()
            .rev()
            .filter(|m| m.last <= word.first && word.first - m.last <= 12)
            .find(|m| is_verb(m));
        let day = matches!(word.spoken, Spoken::Weekday { .. } | Spoken::DaysAgo(_));
        let deed = |m: &Mention<'_>| {
            m.senses.iter().any(|s| {
                matches!(
                    s,
                    Sense::Act(Act { part: Part::Verb, .. })
                        | Sense::Casualty(_, Form::Active | Form::Either)
                )
            })
        };
        let claim = day
            && !verb.is_some_and(deed)
            && here.iter().any(|m| {
                m.last <= word.first
                    && word.first - m.last <= 16
                    && m.senses.contains(&Sense::Cue(Cue::Claim))
            });
        let governs = claim || verb.is_some_and(|m| m.senses.contains(&Sense::Cue(Cue::Report)));
        // "police on Monday said": the verb may follow.
        before || governs || said(word.last)
    };
    let until = |word: &DateWord| {
        // "the worst since 13 November 2015, when gunmen killed": the day is the gunmen's.
        let own = text.word(word.last) == "," && text.is(word.last + 1, "when");
        !own && word.first.checked_sub(1).is_some_and(|i| {
            matches!(fold(text.word(i)).as_str(), "until" | "since" | "before" | "by")
        })
    };
    // The verb that the day belongs to, the last before it, is one of the aftermath.
    let after = |word: &DateWord| {
        let verb = here
            .iter()
            .rev()
            .filter(|m| m.last <= word.first && word.first - m.last <= 12)
            .find(|m| is_verb(m));
        // "a court on Wednesday sentenced": no verb before the day, the next one has it.
        let none = !here.iter().any(|m| m.last <= word.first && is_verb(m));
        let next = || {
            here.iter()
                .filter(|_| none)
                .find(|m| m.first >= word.last && m.first - word.last <= 3 && is_verb(m))
        };
        verb.or_else(next).is_some_and(|m| m.senses.contains(&Sense::Cue(Cue::Aftermath)))
    };
    let from = |word: &DateWord| {
        word.first.checked_sub(1).is_some_and(|i| {
            matches!(fold(text.word(i)).as_str(), "from" | "to" | "between" | "and")
        })
    };
    let mut best: Option<(f32, Period, DateWord)> = None;
    for word in date_words(text, tokens.clone()) {
        let Some(period) = resolve(&word, clock) else { continue };
        if text.dateline.contains(&word.first) {
            continue;
        }
        let distance = word.first.abs_diff(trigger) as f32;
        // A year or month said of something else is worse than none.
        let loose = period.days() > 7
            && (distance > (if period.days() > 31 { 9.0 } else { 16.0 })
                || until(&word)
                || from(&word));
        if loose {
            continue;
        }
        let mut cost = distance + if word.first < trigger { 2.0 } else { 0.0 };
        // "Friday's attack" is the act's own day.
        let owns = text.tokens.get(word.last).is_some_and(|t| t.shape == Shape::Possessive);
        // The day of another act is not that of the trigger.
        let noun =
            here.iter().find(|m| m.first > word.last && m.senses.iter().any(|&s| act(s).is_some()));
        let others = owns && noun.is_some_and(|m| m.first != trigger && is_occasion(text, m));
        cost += if others { 50.0 } else { 0.0 };
        cost -= if owns { 8.0 } else { 0.0 };
        cost += if !owns && after(&word) { 60.0 } else { 0.0 };
        cost +=
            if !owns && spoke(&word) { 60.0 } else { 0.0 } + if until(&word) { 40.0 } else { 0.0 };
        cost += if period.days() > 7 { 6.0 } else { 0.0 };
        if best.is_none_or(|(c, ..)| cost < c) {
            best = Some((cost, period, word));
        }
    }
    match best {
        Some((cost, period, word)) if cost < 45.0 => (Some((period, word)), None),
        Some((_, period, word)) => (None, spoke(&word).then_some((period, word))),
        None => (None, None),
    }
}

/// Whether a word such as "another" or "second" sets the act apart: before an act or at the start.
fn is_another(text: &Text<'_>, cue: &Mention<'_>, here: &[Mention<'_>], start: usize) -> bool {
    let act =
        |m: &Mention<'_>| m.senses.iter().any(|s| matches!(s, Sense::Act(_) | Sense::Weapon(..)));
    // "Another 75 were injured" counts on.
    let counted = text.tokens.get(cue.last).is_some_and(|t| t.shape == Shape::Number)
        || here.iter().any(|m| {
            m.first >= cue.last
                && m.first - cue.last <= 1
                && m.senses.iter().any(|s| matches!(s, Sense::Person(..)))
        });
    if counted {
        return false;
    }
    cue.first - start <= 2
        || here.iter().any(|m| act(m) && m.first >= cue.last && m.first - cue.last <= 2)
}

/// Whether a mention can be the verb that a day belongs to.
fn is_verb(mention: &Mention<'_>) -> bool {
    mention.senses.iter().any(|s| {
        matches!(s, Sense::Act(_) | Sense::Casualty(..) | Sense::Cue(Cue::Aftermath | Cue::Report))
    })
}

/// Whether a period is of the last three weeks.
fn recent(period: Period, clock: Clock) -> bool {
    clock.today.is_some_and(|today| (today - period.end).get_days() <= 21)
}

impl Frame {
    /// Whether the sentence can start an event.
    pub fn starts(&self) -> bool {
        self.score >= STARTS
    }

    /// The modes that its act words and weapons suggest, each with a weight.
    pub fn modes(&self, mentions: &[Mention<'_>]) -> Vec<(Mode, f32)> {
        let mut modes = Vec::new();
        if let Some(Act { mode: Some(mode), weight, .. }) = self.clause {
            // A word that says the mode outright says more than a clause that implies it.
            modes.push((mode, f32::from(weight.min(2))));
        }
        for mention in &mentions[self.mentions.clone()] {
            for &sense in mention.senses {
                match sense {
                    Sense::Act(Act { mode: Some(mode), weight, .. }) => {
                        modes.push((mode, f32::from(weight)));
                    }
                    Sense::Weapon(_, Some(mode)) => modes.push((mode, 1.2)),
                    _ => {}
                }
            }
        }
        modes
    }
}
