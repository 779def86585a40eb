//! Where the grammar leads: what the model has to say where the grammar finds nothing.
//!
//! The grammar knows names in text with capitals, and is not bound to the news that the model learned.
//! But what happened may be told in words that no rule has ("two men stepped up to the car; he died on
//! the way"). So the model is asked of texts with arms or attackers in them in which no sentence starts an
//! event though one comes near it, and says who did it as well. Of an attack that the grammar finds it is
//! asked who answers for it, if nobody does and somebody seems to be named. Only of these, since it is slow.

use super::party::Parties;
use super::sentence::{self, Told};
use super::stretch::{around, stretches};
use crate::frame::Frame;
use crate::incident::Incident;
use crate::lexicon::{Mention, Role, Sense};
use crate::model::{Model, Sight};
use crate::ontology::Sort;
use crate::party::may_name;
use crate::report::Report;
use crate::settle::Reading;

/// Relevance from which on a sentence is taken where the grammar finds nothing.
const SURE: f32 = 0.9;

/// Sentences before that of an incident in which is looked for who answers for it.
const BEFORE: usize = 1;
/// Sentences behind it.
const BEHIND: usize = 6;

/// The most sentences of violence around which is looked.
const FRAMES: usize = 12;
/// A document that tells of more is a list, and who did what stands beside each.
const LIST: usize = 30;

/// Adds frames of sentences that the model is sure of, where none starts an event; gives what it sees,
/// if it was asked.
pub(crate) fn seek(model: &dyn Model, told: Told<'_>, frames: &mut Vec<Frame>) -> Option<Sight> {
    let (text, mentions, subject, _) = told;
    let none = subject.is_play() || subject.is_mishap() || frames.iter().any(Frame::starts);
    let stretches = if none { Vec::new() } else { stretches(text, frames) };
    if stretches.is_empty() || !mentions.iter().any(is_of_attackers) {
        return None;
    }
    let sight = model.see(text.source, &stretches);
    sentence::add_from(SURE, &sight, told, frames);
    Some(sight)
}

/// Whether a mention is of a weapon, of attackers or of an armed organisation.
fn is_of_attackers(mention: &Mention<'_>) -> bool {
    mention.senses.iter().any(|s| {
        matches!(
            s,
            Sense::Weapon(..)
                | Sense::Person(_, Role::Perpetrator)
                | Sense::Actor(_, Sort::Organisation)
        )
    })
}

/// What a model sees around the incidents that the document is about and for which no body answers: from
/// where it is told to where a body may be named.
pub(crate) fn ask(
    model: &dyn Model,
    reading: &Reading<'_>,
    incidents: &[Incident],
    told: &[(usize, Report)],
) -> Option<Sight> {
    if told.len() > LIST {
        return None;
    }
    let Reading { text, mentions, atlas, frames, known, .. } = *reading;
    let open = told.iter().filter(|(_, report)| report.main && is_open(report));
    let frames = open
        .filter_map(|(i, _)| incidents.get(*i))
        .flat_map(|incident| &incident.frames)
        .filter_map(|&i| frames.get(i))
        .take(FRAMES);
    let names = |i: &usize| {
        let sentence = text.sentences.get(*i);
        sentence.is_some_and(|s| may_name((text, mentions, atlas), s.first..s.last, known))
    };
    let near = |i: usize| i.saturating_sub(BEFORE)..=i + BEHIND;
    let mut read: Vec<usize> = frames
        .map(|frame| frame.sentence)
        .flat_map(|i| near(i).filter(names).flat_map(move |other| i.min(other)..=i.max(other)))
        .collect();
    read.sort_unstable();
    let stretches = around(text, read.into_iter(), (1, 1));
    (!stretches.is_empty()).then(|| model.see(text.source, &stretches))
}

/// Adds who did it to the report of an incident for which no body answers.
pub(crate) fn answer(
    sight: &Sight,
    reading: &Reading<'_>,
    incident: &Incident,
    report: &mut Report,
) {
    if !is_open(report) {
        return;
    }
    let Reading { text, grammar, mentions, known, .. } = *reading;
    let parties = Parties { text, grammar, mentions, known, sight, own: &incident.fillers };
    parties.answerable(&mut report.perpetrators);
}

/// Whether nobody but individuals is said to have done it.
fn is_open(report: &Report) -> bool {
    report.is_violent() && report.perpetrators.iter().all(|p| p.sort == Sort::Individuals)
}
