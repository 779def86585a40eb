//! Sentences that tell of violence: the word that tells it, the signs beside it, how it is put.

mod day;
mod how;
mod kin;
mod lasting;
mod opening;
mod part;
mod score;
mod signs;
mod support;
mod total;

pub(crate) use day::when;
pub(crate) use lasting::{days_of_violence, lasting};
use lasting::{days_up_to, until_the_end, years_before};
use opening::{by_name, of_the_crime, opening};

use std::cmp::Reverse;
use std::ops::Range;

use crate::Knowledge;
use crate::clause::Clauses;
use crate::date::{Clock, DateWord};
use crate::lexicon::{Act, Cue, Mention, Part, Sense};
use crate::ontology::{Assertion, Mode, Stage};
use crate::resolved::Period;
use crate::subject::Subject;
use crate::syntax::Grammar;
use crate::text::Text;
use crate::toll::{Toll, tolls};

use how::{assertion, stage};
use kin::{is_among_kin, is_of_a_family};
use score::score;
use signs::{
    died_later, has_attackers_again, has_year_and_place, is_act, is_another, is_answered,
    is_casualty, is_counted, is_general, is_judged, is_more_by_another, is_occasion, is_remembered,
    is_shot_too, refers_back,
};
use total::{is_hours_later, is_running_total};

/// A sentence that tells of violence.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that the text says or does not")]
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
    /// Whether it is the second act of a sentence, told as earlier than the first.
    pub behind: bool,
    /// Whether it is remembered: on an anniversary, by a commemoration.
    pub remembered: bool,
    /// Whether it speaks of what was told before: "the attackers", "it was the third raid".
    pub refers_back: bool,
}

/// A period and the words that give it.
pub type Dated = (Period, DateWord);

/// The score from which a sentence can start an event.
pub const STARTS: f32 = 2.9;
/// The score from which a sentence is worth a second look.
const MAY_START: f32 = 2.0;
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
    let family = is_of_a_family(text, mentions);
    for (i, sentence) in text.sentences.iter().enumerate() {
        let start = first + mentions[first..].partition_point(|m| m.first < sentence.first);
        let end = start + mentions[start..].partition_point(|m| m.first < sentence.last);
        first = end;
        let tell = |tokens: Range<usize>, range: Range<usize>, clock: Clock| {
            let here = &mentions[range.clone()];
            let clause = known
                .clauses
                .find(text, grammar, (&known.verbs, &known.clause_verbs), (i, &tokens), here)
                .or_else(|| Clauses::nominal(text, grammar, i, here))
                .filter(|(verb, _)| tokens.contains(verb));
            frame(text, (i, tokens), range, mentions, subject, clock, clause)
        };
        let whole = sentence.first..sentence.last;
        // Two acts need two words for them: most sentences have none, and are not looked at.
        let tells = |m: &&Mention<'_>| {
            m.senses.iter().any(|s| matches!(s, Sense::Act(_) | Sense::Casualty(..)))
        };
        let several = mentions[start..end].iter().filter(tells).nth(1).is_some();
        let cut = several.then(|| part::earlier(text, &whole)).flatten();
        let parts = cut.and_then(|cut| {
            let middle = start + mentions[start..end].partition_point(|m| m.first < cut.at);
            let full = |f: &Frame| {
                let told = f.clause.is_some() || !f.tolls.is_empty() || f.act.weight > 2;
                f.starts() && told
            };
            let now = tell(whole.start..cut.at, start..middle, clock).filter(full)?;
            let mut then = tell(cut.at..whole.end, middle..end, clock).filter(full)?;
            then.behind = true;
            if let (Some((day, word)), Some(days)) = (now.when, cut.days)
                && then.when.is_none()
            {
                then.when = part::back(day, days).map(|day| (day, word));
            }
            Some([now, then])
        });
        let told = match parts {
            Some(both) => Vec::from(both),
            None => tell(whole, start..end, clock).into_iter().collect(),
        };
        // "A man killed his wife. She was stabbed in a quarrel": the same crime.
        let more = |frame: &Frame| !family || frame.act.weight > 2 || frame.clause.is_some();
        for frame in told.into_iter().filter(more) {
            if !frame.behind {
                let day = frame.when.filter(|(p, _)| p.days() == 1).map(|(p, _)| p.start);
                clock = clock.behind(day);
            }
            found.push(frame);
        }
    }
    support::support(&mut found, subject);
    found
}

/// The frame of sentence `i`, of which a model says that the word at `trigger` stands in violence.
pub(crate) fn seen(
    (text, mentions, subject, clock): (&Text<'_>, &[Mention<'_>], &Subject, Clock),
    i: usize,
    trigger: usize,
    mode: Option<Mode>,
) -> Option<Frame> {
    let sentence = text.sentences.get(i)?;
    let start = mentions.partition_point(|m| m.first < sentence.first);
    let end = mentions.partition_point(|m| m.first < sentence.last);
    let act = Act { part: Part::Verb, mode, weight: 2 };
    let tokens = sentence.first..sentence.last;
    frame(text, (i, tokens), start..end, mentions, subject, clock, Some((trigger, act)))
}

/// The frame of one sentence, if it tells of violence.
fn frame(
    text: &Text<'_>,
    (sentence, tokens): (usize, Range<usize>),
    range: Range<usize>,
    mentions: &[Mention<'_>],
    subject: &Subject,
    clock: Clock,
    clause: Option<(usize, Act)>,
) -> Option<Frame> {
    let here = &mentions[range.clone()];
    let mut tolls = tolls(text, here, &tokens);
    let clause = clause.map(|(verb, act)| {
        (Mention { first: verb, last: verb + 1, senses: &[], actor: None }, act)
    });
    let bare = bare_count(here, &tolls);
    let (trigger, act) = trigger(text, here, &tolls, clause.as_ref())
        .or_else(|| bare.as_ref().map(|word| (word, COUNTED)))?;
    if tolls.is_empty() && is_counted(text, trigger.last)
        || is_among_kin(text, tokens.clone(), here, &tolls)
    {
        return None;
    }
    // Most sentences end here. Where the day can change what the tolls are, it must be known first.
    let signs = (is_casualty(trigger), is_shot_too(text, here, &tolls));
    let weigh = |tolls: &[Toll]| score(act, here, tolls, subject, signs);
    let plain = act.weight < 2 || !tolls.iter().any(|t| t.aside);
    if plain && weigh(&tolls) < ADDS {
        return None;
    }
    // News says at once what it is about.
    if sentence > 1 && is_running_total(text, &tokens, clock) {
        return None;
    }
    let (when, spoken) = when(text, &tokens, trigger.first, here, clock);
    let when = when.or_else(|| lasting(text, &tokens, trigger.first, clock));
    let when = when.or_else(|| opening(text, &tokens, clock));
    let judged = is_judged(text, &tokens);
    let when = when.or_else(|| of_the_crime(text, &tokens, clock).filter(|_| judged));
    let when = when.map(|(period, word)| (by_name(text, &tokens, period), word));
    let when = when.map(|(period, word)| {
        let period = days_up_to(text, &tokens, period);
        (until_the_end(text, &tokens, clock, &word, period), word)
    });
    let remembered = is_remembered(text, &tokens);
    let when = when.or_else(|| {
        let today = clock.today.filter(|_| remembered)?;
        years_before(text, &tokens, clock, today)
    });
    // What an old act did is its own toll.
    if act.weight > 1
        && when.is_some_and(|(p, _)| is_old(p, clock))
        && tolls.iter().all(|t| t.aside)
        && !tokens.clone().any(|i| WARS.contains(&text.key(i)))
    {
        for toll in &mut tolls {
            toll.aside = false;
        }
    }
    let (when, spoken) = if is_plain_count(act, &tolls) && is_of_counting(when.as_ref(), &tolls) {
        (None, spoken.or(when))
    } else {
        (when, spoken)
    };
    let mut score = weigh(&tolls);
    if score < ADDS {
        return None;
    }
    if when.is_none()
        && spoken.is_none()
        && tolls.is_empty()
        && is_general(text, &tokens, trigger, act, here)
    {
        score -= 0.7;
    }
    if act.mode.is_some() && has_year_and_place(text, trigger) {
        score += 1.0;
    }
    let has = |cue: Cue| here.iter().any(|m| m.senses.contains(&Sense::Cue(cue)));
    let harmed = tolls.iter().any(|t| !t.attackers);
    let assertion = assertion(text, here, trigger);
    // What may come or would come is no report of what came.
    let score = if matches!(assertion, Assertion::Conditional | Assertion::Foreseen) && !harmed {
        score - 2.0
    } else {
        score
    };
    Some(Frame {
        sentence,
        trigger: trigger.first,
        act,
        clause: clause.as_ref().map(|(_, act)| *act),
        score,
        stage: stage(text, &tokens, here, trigger, harmed),
        assertion,
        looks_back: has(Cue::Background)
            || has(Cue::Aftermath)
            || died_later(text, &tokens)
            || judged,
        background: has(Cue::Background) && !when.is_some_and(|(p, _)| recent(p, clock)),
        other: is_other(text, &tokens, trigger, (&tolls, here)),
        behind: false,
        remembered,
        refers_back: refers_back(text, &tokens, here) && !is_answered(text, trigger.first),
        tokens,
        mentions: range,
        tolls,
        when,
        spoken: spoken
            .filter(|_| !(has(Cue::Claim) || has(Cue::Aftermath) || has(Cue::Background))),
    })
}

/// Whether the sentence tells of another act than those before it.
fn is_other(
    text: &Text<'_>,
    tokens: &Range<usize>,
    trigger: &Mention<'_>,
    (tolls, here): (&[Toll], &[Mention<'_>]),
) -> bool {
    is_answered(text, trigger.first)
        || is_more_by_another(text, tolls, here)
        || is_hours_later(text, tokens, here)
        || !has_attackers_again(text, tokens, here)
            && here.iter().any(|m| {
                m.senses.contains(&Sense::Cue(Cue::Other))
                    && is_another(text, m, here, tokens.start)
            })
}

/// The word of a sentence that tells most plainly of violence, with the act that it is.
fn trigger<'k>(
    text: &Text<'_>,
    here: &'k [Mention<'k>],
    tolls: &[Toll],
    clause: Option<&'k (Mention<'k>, Act)>,
) -> Option<(&'k Mention<'k>, Act)> {
    let has_toll = |act: &Mention<'_>| {
        tolls.iter().any(|t| (act.last..act.last + 6).contains(&t.word) && !t.pointer)
    };
    let acts = || {
        here.iter()
            .filter_map(|m| Some((m, m.sense(act)?)))
            .filter(|(m, act)| is_act(text, m, *act))
    };
    let rank = |m: &Mention<'_>, weight: u8, act: Act| {
        let weight = if act.part == Part::Agent && weight == 1 { 0 } else { weight };
        (weight, act.mode.is_some(), !is_casualty(m), Reverse(m.first))
    };
    let told = acts()
        .max_by_key(|(m, act)| rank(m, if is_occasion(text, m) { 0 } else { act.weight }, *act))
        // "…, said a teacher after the attack that killed nine": it has its own dead.
        .map(|best| match acts().max_by_key(|(m, act)| rank(m, act.weight, *act)) {
            Some(plain) if best.1.weight < 2 && plain.1.weight > 1 && has_toll(plain.0) => plain,
            _ => best,
        });
    let told = match (clause, told) {
        // "X bombed a port, hours after a drone hit Y": what came before it is its occasion.
        (Some((verb, _)), Some((word, other)))
            if other.weight > 1
                && word.first < verb.first
                && is_occasion(text, verb)
                && !is_answered(text, verb.first) =>
        {
            Some((word, other))
        }
        (Some((verb, act)), None) => Some((verb, *act)),
        // A clause with a doer says more than a word that may only count the dead.
        (Some((verb, act)), Some((word, other)))
            if act.weight > other.weight || act.weight == other.weight && is_casualty(word) =>
        {
            Some((verb, *act))
        }
        (_, told) => told,
    };
    // Who is only called a bomber may be that of another day.
    let told = told.filter(|(_, act)| act.part != Part::Agent || act.weight > 1);
    told.or_else(|| counted(here, tolls))
}

/// A count of the harmed tells of violence that another sentence names.
fn counted<'k>(here: &'k [Mention<'k>], tolls: &[Toll]) -> Option<(&'k Mention<'k>, Act)> {
    let toll = tolls.iter().find(|t| !t.aside)?;
    let word = here.iter().find(|m| m.first == toll.word)?;
    Some((word, COUNTED))
}

/// "The mission, which came on Tuesday, counted 43 graves": the day is that of who counts.
fn is_of_counting(when: Option<&Dated>, tolls: &[Toll]) -> bool {
    when.is_some_and(|(_, word)| tolls.iter().any(|t| word.last <= t.at.min(t.word)))
}

/// Whether a sentence with such an act and such counts only says how many somebody counts.
fn is_plain_count(act: Act, tolls: &[Toll]) -> bool {
    act == COUNTED && !tolls.is_empty() && tolls.iter().all(|t| t.own)
}

/// What a count of the harmed says of the act: that there is one.
const COUNTED: Act = Act { part: Part::Noun, mode: None, weight: 1 };

/// The word of a count that no word of harm gives: "eight were taken to the town's hospital", "the
/// mission counted 43 fresh graves".
fn bare_count(here: &[Mention<'_>], tolls: &[Toll]) -> Option<Mention<'static>> {
    let toll = tolls.iter().find(|t| !t.aside)?;
    let is_word = here.iter().any(|m| (m.first..m.last).contains(&toll.word));
    let word = Mention { first: toll.word, last: toll.word + 1, senses: &[], actor: None };
    (!is_word).then_some(word)
}

fn act(sense: Sense) -> Option<Act> {
    if let Sense::Act(act) = sense { Some(act) } else { None }
}

/// What kills in general, and for years.
const WARS: &[&str] = &[
    "campaign",
    "conflict",
    "crackdown",
    "crisis",
    "fighting",
    "insurgency",
    "rebellion",
    "unrest",
    "uprising",
    "violence",
    "war",
];

/// Whether a period is over for a month.
fn is_old(period: Period, clock: Clock) -> bool {
    clock.today.is_some_and(|today| (today - period.end).get_days() > 30)
}

/// Whether a period is of the last three weeks.
fn recent(period: Period, clock: Clock) -> bool {
    clock.today.is_some_and(|today| (today - period.end).get_days() <= 21)
}

impl Frame {
    /// Whether the sentence only says how many somebody counts: its day and place may be his.
    pub fn is_plain_count(&self) -> bool {
        is_plain_count(self.act, &self.tolls)
    }

    /// Whether the sentence could start an event if more spoke for it.
    pub fn may_start(&self) -> bool {
        self.score >= MAY_START
    }

    /// Whether the sentence can start an event.
    pub fn starts(&self) -> bool {
        self.score >= STARTS
    }

    /// The modes that its act words and weapons suggest, each with a weight.
    pub fn modes(&self, mentions: &[Mention<'_>]) -> Vec<(Mode, f32)> {
        let mut modes = Vec::new();
        if let Some(Act { mode: Some(mode), weight, .. }) = self.clause {
            // A word that says the mode outright says more than a clause that implies it.
            // "Bombed" is of bombs that are laid; a state drops them.
            let dropped = if mode == Mode::AirStrike { 0.5 } else { 0.0 };
            modes.push((mode, f32::from(weight.min(2)) + dropped));
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
