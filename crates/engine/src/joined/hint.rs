//! Where the grammar leads: what the model has to say where the grammar finds nothing.
//!
//! The grammar knows names in text with capitals, and is not bound to the news that the model learned.
//! But what happened may be told in words that no rule has ("two men stepped up to the car; he died on
//! the way"). So the model is asked of texts with arms or attackers in them in which no sentence starts an
//! event though one comes near it; only of these, since it is slow. It then says who did it as well.

use super::party::Parties;
use super::sentence::{self, Told};
use super::stretch::stretches;
use crate::frame::Frame;
use crate::incident::Incident;
use crate::lexicon::{Mention, Role, Sense};
use crate::model::{Model, Sight};
use crate::ontology::Sort;
use crate::report::Report;
use crate::settle::Reading;

/// Relevance from which on a sentence is taken where the grammar finds nothing.
const SURE: f32 = 0.85;

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
