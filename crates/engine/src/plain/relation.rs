//! A relation as people read it: who is what of whom, by whose word, and the sentence.

use std::fmt::Write;

use super::{bounds, clean};
use crate::ontology::Assertion;
use crate::resolved::Basis;
use crate::view::{EndView, RelationView};

/// The relation, each line ended.
pub fn relation(view: &RelationView) -> String {
    let mut limits = Vec::new();
    if view.former {
        limits.push("former");
    }
    if view.assertion != Assertion::Asserted {
        limits.push(view.assertion.as_str());
    }
    let limits =
        if limits.is_empty() { String::new() } else { format!(" ({})", limits.join(", ")) };
    let when = view.when.as_ref().map_or(String::new(), |w| {
        format!("   {}", bounds::period(&w.start, &w.end, w.basis == Basis::Stated))
    });
    let tie = view.relation.as_str().replace('_', " ");
    let line = format!("{} — {tie}{limits} — {}{when}", end(&view.subject), end(&view.object));
    let mut out = clean(&line) + "\n";
    // Writing to a string cannot fail.
    for speaker in &view.speakers {
        let name = clean(&speaker.name);
        let _ = writeln!(out, "  speaker  {}  \"{name}\"", speaker.sort.as_str());
    }
    for evidence in &view.evidence {
        let words = clean(&evidence.quote.split_whitespace().collect::<Vec<_>>().join(" "));
        let _ = writeln!(out, "  because \"{words}\"");
    }
    out
}

/// The words, and in brackets what they are.
fn end(view: &EndView) -> String {
    let place = [view.place.as_deref(), view.country.as_deref()];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    let known = view.actor.clone().or((!place.is_empty()).then(|| place.join(", ")));
    known.map_or_else(|| view.name.clone(), |known| format!("{} [{known}]", view.name))
}
