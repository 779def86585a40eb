//! Forces that move and ground that is taken: deployments, withdrawals, takeovers, campaigns.
//!
//! These are told of in passing and years later as often as on the day, several in one sentence,
//! so each telling is read by itself from the grammar around its word (`telling`) instead of by
//! frames. What is told twice of one place and time is one report. Attacks stay with the frames.

mod grounds;
mod telling;

use std::ops::Range;

use reading::Span;

use crate::lexicon::{About, Mention, Move, Part, Role, Sense};
use crate::ontology::{Assertion, Kind, Mode, Sort};
use crate::relation::{Sentence, Sources, is_named, spread};
use crate::report::{Report, ReportId};
use crate::resolved::{Period, Resolved};
use crate::text::Text;

use telling::Told;

/// How many days old a takeover or campaign may be to be news in a document without an attack.
const NEWS: i32 = 30;

/// Whether a document has a sentence that may tell of a movement: this costs little.
pub fn may_tell(text: &Text<'_>, mentions: &[Mention<'_>]) -> bool {
    told(text, mentions).next().is_some()
}

/// The sentences with a word for a movement and the name of an actor or a place.
fn told<'r>(
    text: &'r Text<'_>,
    mentions: &'r [Mention<'_>],
) -> impl Iterator<Item = (usize, Range<usize>)> + 'r {
    let settled = |i: usize| {
        let sentence = text.sentences.get(i);
        sentence.is_some_and(|s| (s.first..s.last).any(|i| names_town(text, i)))
    };
    spread(text, mentions, |s| matches!(s, Sense::Move(_)))
        .filter(move |(i, range)| mentions[range.clone()].iter().any(is_named) || settled(*i))
        .filter(move |(_, range)| may_move(text, &mentions[range.clone()]))
}

/// Whether a sentence has a word for a movement that needs no forces, or has forces: much is taken.
fn may_move(text: &Text<'_>, here: &[Mention<'_>]) -> bool {
    let other = |m: &Mention<'_>| {
        m.senses.iter().any(|s| matches!(s, Sense::Move(_))) && !is_taking(text, m)
    };
    let forces = |m: &Mention<'_>| {
        m.senses.iter().any(|s| {
            matches!(
                s,
                Sense::Person(_, Role::Perpetrator | Role::Force)
                    | Sense::Person(Sort::Military, _)
                    | Sense::Force(..)
                    | Sense::Actor(_, Sort::Organisation | Sort::StateForce)
            )
        })
    };
    here.iter().any(other) || here.iter().any(forces)
}

/// Whether a mention is no more than "take": anybody takes, only forces take ground.
fn is_taking(text: &Text<'_>, mention: &Mention<'_>) -> bool {
    const TAKES: &[&str] = &["take", "taken", "takes", "taking", "took"];
    mention.last == mention.first + 1 && TAKES.contains(&text.key(mention.first))
}

/// Whether token `i` says that the name behind it is that of a town: "the town of Goma".
fn names_town(text: &Text<'_>, i: usize) -> bool {
    const TOWNS: &[&str] = &["city", "district", "province", "town", "village"];
    TOWNS.contains(&text.key(i)) && text.is(i + 1, "of")
}

/// All that a document tells of movements and ground. `reports` are those of its attacks.
pub fn campaigns(sources: &Sources<'_>, reports: &[Report]) -> Vec<Report> {
    let mut found: Vec<Report> = Vec::new();
    for (i, range) in told(sources.text, sources.mentions) {
        let Some(sentence) = Sentence::of(sources, i, range) else { continue };
        let Some(at) = sources.text.sentences.get(i) else { continue };
        let mut before: Option<Told> = None;
        for mention in sentence.mentions {
            let Some(word) = mention.sense(|s| if let Sense::Move(m) = s { Some(m) } else { None })
            else {
                continue;
            };
            let Some(told) = sentence.tell_of(word, mention, before.as_ref(), sources) else {
                continue;
            };
            before = Some(told.clone());
            let attack = word.mode == Mode::Campaign && is_told(reports, at.span);
            let report = report(told, word, at.span, sources);
            if !attack && is_news(&report, reports, sources) {
                add(&mut found, report);
            }
        }
    }
    let alone = reports.is_empty();
    for report in found.iter_mut().take(1) {
        let lead = sources.text.sentences.first().map(|s| s.span);
        let opens = lead.is_some_and(|lead| report.evidence.contains(&lead));
        let dated = is_recent(report, sources);
        report.main = alone && (dated == Some(true) || opens && dated.is_none());
    }
    found
}

/// Whether an attack is told by the sentence at `span`.
fn is_told(reports: &[Report], span: Span) -> bool {
    reports.iter().any(|r| r.evidence.contains(&span))
}

/// Whether a report is worth giving: a war in the past is no news of violence by itself.
fn is_news(report: &Report, reports: &[Report], sources: &Sources<'_>) -> bool {
    !report.kind.is_violent() || !reports.is_empty() || is_recent(report, sources) == Some(true)
}

fn is_recent(report: &Report, sources: &Sources<'_>) -> Option<bool> {
    let (when, today) = (report.when.as_ref()?.value, sources.clock.today?);
    Some((today - when.end).get_days() <= NEWS && when.days() <= NEWS)
}

fn report(told: Told, word: Move, sentence: Span, sources: &Sources<'_>) -> Report {
    let kind = match word.mode {
        Mode::Deployment => Kind::Mobilize,
        Mode::Withdrawal => Kind::Retreat,
        _ if word.about == About::Handed => Kind::Retreat,
        _ => Kind::Fight,
    };
    Report {
        id: ReportId::of(&[
            &sources.document.bytes(),
            word.mode.as_str().as_bytes(),
            &told.at.start().to_le_bytes(),
        ]),
        document: sources.document,
        kind,
        mode: word.mode,
        stage: told.stage,
        assertion: told.assertion,
        main: false,
        when: told.when,
        scene: told.scene,
        perpetrators: told.perpetrators,
        targets: told.targets,
        weapons: Vec::new(),
        killed: None,
        injured: None,
        abducted: None,
        killed_includes_perpetrators: None,
        deed: None,
        speakers: told.speakers,
        evidence: vec![sentence],
        confidence: match (told.assertion, word.part) {
            (Assertion::Asserted, Part::Verb) => 0.75,
            (Assertion::Asserted, _) => 0.65,
            _ => 0.5,
        },
    }
}

/// Whether two reports can have one author: that a town fell and that somebody took one may be two
/// things, a withdrawal told without its author is the one told with it.
fn same_side(old: &Report, new: &Report) -> bool {
    match (old.perpetrators.first(), new.perpetrators.first()) {
        (Some(a), Some(b)) => a.actor == b.actor,
        (None, None) => true,
        _ => old.mode != Mode::Takeover,
    }
}

/// Adds a report, or what it knows more to the one that tells of the same.
fn add(found: &mut Vec<Report>, new: Report) {
    let country = |r: &Report| r.scene.as_ref().map(|s| s.value.country.clone());
    let place = |r: &Report| r.scene.as_ref().and_then(|s| s.value.place.clone());
    let same = found.iter_mut().find(|old| {
        let apart = match (&old.when, &new.when) {
            (Some(a), Some(b)) => a.value.end < b.value.start || b.value.end < a.value.start,
            _ => false,
        };
        let elsewhere = place(old).zip(place(&new)).is_some_and(|(a, b)| a != b);
        old.mode == new.mode
            && old.stage == new.stage
            && country(old) == country(&new)
            && !apart
            && !elsewhere
            && same_side(old, &new)
    });
    let Some(old) = same else {
        found.push(new);
        return;
    };
    let longer =
        |when: &Option<Resolved<Period>>| when.as_ref().map_or(i32::MAX, |w| w.value.days());
    if longer(&new.when) < longer(&old.when) {
        old.when = new.when;
    }
    if old.perpetrators.is_empty() {
        old.perpetrators = new.perpetrators;
    }
    for span in new.evidence {
        if !old.evidence.contains(&span) {
            old.evidence.push(span);
        }
    }
}
