//! An event as lines of text: each field with the value that counts, the rule, and all values with
//! who says so.

use std::fmt::Write as _;

use engine::link::reconcile::{ClaimView, EventView, FieldView, ValueView};

use super::{Ink, clean};

/// How many digits of a report's id are shown; `tocsin show` takes them.
const ID_DIGITS: usize = 10;

/// The lines of `event`.
pub(crate) fn plain(event: &EventView, ink: Ink) -> String {
    let (reports, sources) = (event.n_reports, event.n_sources);
    let mut out = format!(
        "event {}, {} from {}\n",
        event.id,
        counted(reports, "report"),
        counted(sources, "source")
    );
    for field in &event.fields {
        write_field(&mut out, field, ink);
    }
    out.push_str("\nreports\n");
    for report in &event.reports {
        let wrong = if event.rejected.contains(report) { " (rejected by a reviewer)" } else { "" };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  {}{wrong}", head(report));
    }
    for report in event.rejected.iter().filter(|report| !event.reports.contains(report)) {
        let _ = writeln!(out, "  {} (rejected by a reviewer, does not count)", head(report));
    }
    if !event.judgements.is_empty() {
        let entries: Vec<String> = event.judgements.iter().map(i64::to_string).collect();
        let _ = writeln!(out, "\njudged in the entries {}", entries.join(", "));
    }
    out
}

fn write_field(out: &mut String, field: &FieldView, ink: Ink) {
    let doubt = if field.disputed { ", disputed" } else { "" };
    let current = ink.bold(&one_line(&field.current));
    let rule = ink.dim(&format!("({}{doubt})", field.rule));
    let _ = writeln!(out, "\n{}: {current} {rule}", field.field);
    if let Some(ruled) = &field.ruled {
        let before = ruled.instead_of.as_deref().unwrap_or("nothing");
        let (reviewer, at) = (one_line(&ruled.reviewer), &ruled.at);
        let before = one_line(before);
        let _ = writeln!(out, "  by {reviewer}, {at}, entry {}; else {before}", ruled.entry);
    }
    if let Some((least, most)) = field.interval.filter(|_| field.disputed) {
        let most = most.map_or_else(|| "no upper bound".to_owned(), |most| most.to_string());
        let _ = writeln!(out, "  from {least} to {most}");
    }
    for value in &field.values {
        write_value(out, value, ink);
    }
    if field.history.len() > 1 {
        let steps: Vec<String> =
            field.history.iter().map(|s| format!("{} {}", s.published, s.words)).collect();
        let _ = writeln!(out, "  history: {}", clean(&steps.join(" → ")));
    }
}

fn write_value(out: &mut String, value: &ValueView, ink: Ink) {
    let sources = ink.dim(&format!("[{}]", counted(value.n_sources, "source")));
    let _ = writeln!(out, "  {} {sources}", one_line(&value.words));
    for claim in &value.claims {
        let _ = writeln!(out, "    {}", one_line(&who(claim)));
    }
}

/// Who says so: the outlet, the day, the speakers, the words, the report.
fn who(claim: &ClaimView) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(claim.outlet.clone());
    parts.extend(claim.published.clone());
    if !claim.speakers.is_empty() {
        let names: Vec<&str> = claim.speakers.iter().map(|(name, _)| name.as_str()).collect();
        parts.push(format!("on the word of {}", names.join(" and ")));
    }
    parts.extend(claim.words.as_ref().map(|words| format!("“{words}”")));
    parts.push(head(&claim.report).to_owned());
    parts.join(", ")
}

fn head(id: &str) -> &str {
    id.get(..ID_DIGITS).unwrap_or(id)
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn one_line(words: &str) -> String {
    clean(words).replace('\n', " ")
}
