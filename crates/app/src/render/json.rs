//! A report, or a document with all that it says, as JSON.

use engine::Knowledge;
use engine::view::{RelationView, ReportView};
use serde_json::{Value, json};

use crate::store::find::{Kept, Whole};

/// A report, as the build that coded it made it.
pub(crate) fn report(whole: &Whole, known: &Knowledge) -> ReportView {
    let mut view = ReportView::of(&whole.report, &whole.document, known);
    view.made_by.clone_from(&whole.build);
    view
}

/// A document with its reports and relations.
pub(crate) fn document(kept: &Kept, known: &Knowledge) -> Value {
    let build = kept.build.clone().unwrap_or_default();
    let reports = kept.reports.iter().map(|report| {
        let mut view = ReportView::of(report, &kept.document, known);
        view.made_by.clone_from(&build);
        view
    });
    let relations = kept.relations.iter().map(|relation| {
        let mut view = RelationView::of(relation, &kept.document, known);
        view.made_by.clone_from(&build);
        view
    });
    json!({
        "document": kept.document,
        "input": kept.input,
        "duplicate_of": kept.duplicate.map(|(of, _)| of),
        "problems": kept.problems,
        "reports": reports.collect::<Vec<_>>(),
        "relations": relations.collect::<Vec<_>>(),
    })
}
