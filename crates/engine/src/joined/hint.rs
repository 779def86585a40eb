//! Where the grammar leads: what the model has to say where the grammar finds nothing.
//!
//! The grammar knows names in text with capitals, and is not bound to the news that the model learned.
//! But what happened may be told in words that no rule has ("two men stepped up to the car; he died on
//! the way"), and whom a text blames as well ("it bears the marks of"). So the model is asked of texts
//! in which no sentence starts an event though one comes near it, and of attacks for which nobody
//! answers; only of these, since it is slow.

use std::cell::OnceCell;

use super::assign;
use super::party::Parties;
use super::sentence::{self, Told};
use super::stretch::stretches;
use crate::Knowledge;
use crate::frame::Frame;
use crate::incident::Incident;
use crate::model::{Model, Sight};
use crate::ontology::Sort;
use crate::report::Report;
use crate::syntax::Grammar;

/// Relevance from which on a sentence is taken where the grammar finds nothing.
const SURE: f32 = 0.8;

/// A model that is asked at most once of a text.
pub(crate) struct Hint<'k> {
    model: Option<&'k dyn Model>,
    sight: OnceCell<Option<Sight>>,
}

impl<'k> Hint<'k> {
    /// Of a model, if one is there and does not lead.
    pub(crate) const fn of(model: Option<&'k dyn Model>) -> Self {
        Self { model, sight: OnceCell::new() }
    }

    /// What it sees around the frames, as they were when it was first asked.
    fn sight(&self, told: Told<'_>, frames: &[Frame]) -> Option<&Sight> {
        let look = || {
            let (text, ..) = told;
            let stretches = stretches(text, frames, |_| true);
            let model = self.model.filter(|_| !stretches.is_empty())?;
            Some(model.see(text.source, &stretches))
        };
        self.sight.get_or_init(look).as_ref()
    }

    /// Adds frames of sentences that it is sure of, where none starts an event.
    pub(crate) fn seek(&self, told: Told<'_>, frames: &mut Vec<Frame>) {
        let (_, _, subject, _) = told;
        if self.model.is_none() || subject.is_play() || frames.iter().any(Frame::starts) {
            return;
        }
        if let Some(sight) = self.sight(told, frames) {
            sentence::add_from(SURE, sight, told, frames);
        }
    }

    /// Adds who did it to reports for which no body answers, each with the number of its incident;
    /// `kinds` are those of the incidents.
    pub(crate) fn answer(
        &self,
        told: Told<'_>,
        (grammar, frames, known): (&Grammar<'_>, &[Frame], &Knowledge),
        kinds: &[Option<usize>],
        incidents: &mut [Incident],
        reports: &mut [(usize, Report)],
    ) {
        if self.model.is_none() || !reports.iter().any(|(_, report)| is_open(report)) {
            return;
        }
        let Some(sight) = self.sight(told, frames) else { return };
        let (text, mentions, ..) = told;
        assign(sight, text, frames, kinds, incidents);
        for (incident, report) in reports.iter_mut().filter(|(_, report)| is_open(report)) {
            let Some(incident) = incidents.get(*incident) else { continue };
            let own = &incident.fillers;
            let parties = Parties { text, grammar, mentions, known, sight, own };
            parties.answerable(&mut report.perpetrators);
        }
    }
}

/// Whether nobody but individuals is said to have done it.
fn is_open(report: &Report) -> bool {
    report.is_violent() && report.perpetrators.iter().all(|p| p.sort == Sort::Individuals)
}
