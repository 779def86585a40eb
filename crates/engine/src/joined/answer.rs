//! Which organisation did it, in text with capitals where the grammar finds none.
//!
//! There the grammar leads, since it knows names. But whom a text blames it may say in any words ("the
//! handwriting of", "leaflets signed"), and a group that no table knows need not look like one. So the
//! model is asked of attacks for which nobody answers, and only of these, since it is slow.

use super::assign;
use super::party::Parties;
use super::sentence::Told;
use super::stretch::stretches;
use crate::Knowledge;
use crate::frame::Frame;
use crate::incident::Incident;
use crate::model::Model;
use crate::ontology::Sort;
use crate::report::Report;
use crate::syntax::Grammar;

/// Adds to the reports, each with the number of its incident, the organisations that the model sees;
/// `kinds` are those of the incidents.
pub(crate) fn answer(
    model: &dyn Model,
    told: Told<'_>,
    (grammar, frames, known): (&Grammar<'_>, &[Frame], &Knowledge),
    kinds: &[Option<usize>],
    incidents: &mut [Incident],
    reports: &mut [(usize, Report)],
) {
    if !reports.iter().any(|(_, report)| is_open(report)) {
        return;
    }
    let (text, mentions, ..) = told;
    let stretches = stretches(text, frames);
    if stretches.is_empty() {
        return;
    }
    let sight = model.see(text.source, &stretches);
    assign(&sight, text, frames, kinds, incidents);
    for (incident, report) in reports.iter_mut().filter(|(_, report)| is_open(report)) {
        let Some(incident) = incidents.get(*incident) else { continue };
        let own = &incident.fillers;
        let parties = Parties { text, grammar, mentions, known, sight: &sight, own };
        parties.organisation(&mut report.perpetrators);
    }
}

/// Whether nobody but individuals is said to have done it.
fn is_open(report: &Report) -> bool {
    report.is_violent() && report.perpetrators.iter().all(|p| p.sort == Sort::Individuals)
}
