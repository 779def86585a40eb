//! A question as lines of text, with the evidence of both sides beside each other.

use std::fmt::Write as _;

use console::{Alignment, measure_text_width, pad_str};
use engine::Knowledge;
use engine::link::reconcile::judged::Field;
use engine::link::reconcile::{EventView, FieldView};
use engine::plain;
use engine::view::ReportView;

use super::{Item, Question};
use crate::render::{Ink, clean, heading};
use crate::store::Ledger;

/// Below this many characters in a line, two sides stand one below the other.
const NARROW: usize = 72;
/// How many claims of a value are shown.
const CLAIMS: usize = 4;
const ID_DIGITS: usize = 10;

/// The question in text that is `width` wide.
///
/// # Errors
/// When the ledger cannot be read.
pub(crate) fn item(
    ledger: &Ledger,
    known: &Knowledge,
    item: &Item,
    width: usize,
) -> anyhow::Result<String> {
    let ink = Ink::of_stdout();
    let mut out = String::new();
    match &item.question {
        Question::Pair { rows, linked, likely } => {
            let now = if *linked { "one event" } else { "two events" };
            let doubt =
                format!("now {now}; likely one by these two alone: {:.0} %", likely * 100.0);
            let doubt = if item.blind { String::new() } else { format!(" ({doubt})") };
            let _ = writeln!(out, "{}{}", ink.bold("One event or two?"), ink.dim(&doubt));
            let [a, b] = [told(ledger, known, rows[0])?, told(ledger, known, rows[1])?];
            out += &beside(&a, &b, width);
            if !item.blind {
                let grounds = ledger.grounds(*rows)?;
                let _ =
                    writeln!(out, "{}", ink.dim(&wrapped(&grounds.join("; "), width).join("\n")));
            }
        }
        Question::Field { event, field, .. } => {
            let event = ledger.event(*event)?;
            out += &values(ledger, &event, *field, (item.blind, width), ink)?;
        }
        Question::Report { row, confidence } => {
            let doubt = format!(" (confidence {confidence:.2})");
            let _ = writeln!(out, "{}{}", ink.bold("Is this report right?"), ink.dim(&doubt));
            out += &below(&told(ledger, known, *row)?, width);
        }
        Question::Marked { row, by, note } => {
            let note = note.as_deref().map_or(String::new(), |note| format!(": {}", clean(note)));
            let head = format!("Marked by {}{note}", clean(by));
            let _ = writeln!(out, "{}", ink.bold(&head));
            out += &below(&told(ledger, known, *row)?, width);
        }
    }
    Ok(out)
}

/// The question in a line.
///
/// # Errors
/// When the ledger cannot be read.
pub(crate) fn in_short(ledger: &Ledger, known: &Knowledge, item: &Item) -> anyhow::Result<String> {
    let line = |row: i64| -> anyhow::Result<String> {
        let whole = ledger.report(row)?;
        let view = ReportView::coded_by(&whole.report, &whole.document, &whole.build);
        let said = plain::report(&view, known);
        Ok(format!("{} {}", head(&view.id), flat(said.lines().next().unwrap_or_default())))
    };
    Ok(match &item.question {
        Question::Pair { rows, linked, likely } => {
            let now = if *linked { "one event" } else { "two events" };
            let [a, b] = [line(rows[0])?, line(rows[1])?];
            format!("pair, now {now}, {:.0} % likely one: {a} | {b}", likely * 100.0)
        }
        Question::Field { event, field, .. } => {
            let event = ledger.event(*event)?;
            let view = event.fields.iter().find(|view| view.field == field.as_str());
            let values = view.map(|view| {
                let words = view.values.iter().map(|value| flat(&value.words));
                words.collect::<Vec<_>>().join(" | ")
            });
            let values = values.unwrap_or_default();
            format!("field {} of {}: {values}", field.as_str(), head(&event.id))
        }
        Question::Report { row, confidence } => {
            format!("report, confidence {confidence:.2}: {}", line(*row)?)
        }
        Question::Marked { row, by, note } => {
            let note = note.as_deref().map_or(String::new(), |note| format!(" ({})", flat(note)));
            format!("marked by {}{note}: {}", flat(by), line(*row)?)
        }
    })
}

/// Paragraphs that tell of a report: its id and source, what it says, and the sentences.
fn told(ledger: &Ledger, known: &Knowledge, row: i64) -> anyhow::Result<Vec<String>> {
    let whole = ledger.report(row)?;
    let view = ReportView::coded_by(&whole.report, &whole.document, &whole.build);
    let document = &view.document;
    let title = document.title.as_deref();
    let source = document.outlet.as_deref().or(document.url.as_deref());
    let mut lines = vec![
        format!("{}  {}", head(&view.id), heading(title, source, document.published.as_deref())),
        String::new(),
    ];
    let said = plain::report(&view, known);
    lines.extend(said.lines().filter(|line| !line.starts_with("  because ")).map(str::to_owned));
    lines.push(String::new());
    lines.extend(view.evidence.iter().map(|evidence| format!("“{}”", flat(&evidence.quote))));
    Ok(lines)
}

fn values(
    ledger: &Ledger,
    event: &EventView,
    field: Field,
    (blind, width): (bool, usize),
    ink: Ink,
) -> anyhow::Result<String> {
    let name = field.as_str();
    let mut out = String::new();
    let Some(view) = event.fields.iter().find(|view| view.field == name) else {
        return Ok(out);
    };
    let current =
        if blind { String::new() } else { format!(" (now {}: {})", view.current, view.rule) };
    let asked = format!("Which value of \"{name}\" counts?");
    let _ = writeln!(out, "{}{}", ink.bold(&asked), ink.dim(&clean(&current)));
    let _ = writeln!(out, "event {}: {}", head(&event.id), flat(&told_in_short(event, view)));
    for (value, n) in view.values.iter().zip(1..) {
        let sources = if value.n_sources == 1 { "source" } else { "sources" };
        let count = format!("[{} {sources}]", value.n_sources);
        let _ = writeln!(out, "{n:3}  {} {}", ink.bold(&flat(&value.words)), ink.dim(&count));
        for claim in value.claims.iter().take(CLAIMS) {
            let by = [claim.outlet.as_deref(), claim.published.as_deref()];
            let mut by: Vec<String> = by.into_iter().flatten().map(flat).collect();
            by.extend(claim.speakers.iter().map(|speaker| flat(&speaker.0)));
            by.push(head(&claim.report).to_owned());
            let quote = ledger.quote(&claim.report, field)?;
            let line = format!("{}: “{}”", by.join(", "), flat(&quote));
            for line in wrapped(&line, width.saturating_sub(7)) {
                let _ = writeln!(out, "       {line}");
            }
        }
        if value.claims.len() > CLAIMS {
            let _ = writeln!(out, "       and {} more", value.claims.len() - CLAIMS);
        }
    }
    Ok(out)
}

/// The other fields of an event, in a line.
fn told_in_short(event: &EventView, but: &FieldView) -> String {
    let others = event.fields.iter().filter(|field| field.field != but.field);
    let others = others.map(|field| format!("{} {}", field.field, field.current));
    others.collect::<Vec<_>>().join("; ")
}

/// Two texts in two columns, or one below the other where there is no room.
fn beside(a: &[String], b: &[String], width: usize) -> String {
    if width < NARROW {
        return format!("{}\n{}", below(a, width), below(b, width));
    }
    let half = (width - 3) / 2;
    let [a, b] = [a, b].map(|lines| -> Vec<String> {
        lines.iter().flat_map(|line| wrapped(line, half)).collect()
    });
    let mut out = String::new();
    let empty = String::new();
    for n in 0..a.len().max(b.len()) {
        let [left, right] = [&a, &b].map(|lines| lines.get(n).unwrap_or(&empty));
        let left = pad_str(left, half, Alignment::Left, None);
        out += format!("{left} │ {right}").trim_end();
        out.push('\n');
    }
    out
}

fn below(lines: &[String], width: usize) -> String {
    lines.iter().flat_map(|line| wrapped(line, width)).map(|line| line + "\n").collect()
}

/// A line cut at spaces into lines that are no wider than `width`; runs of spaces become one where
/// it is cut.
fn wrapped(line: &str, width: usize) -> Vec<String> {
    if measure_text_width(line) <= width {
        return vec![line.to_owned()];
    }
    let indent = line.len() - line.trim_start_matches(' ').len();
    let indent = " ".repeat(indent.min(width / 4));
    let mut lines = Vec::new();
    let mut current = indent.clone();
    for word in line.split_whitespace() {
        let is_empty = current.trim().is_empty();
        if !is_empty && measure_text_width(&current) + 1 + measure_text_width(word) > width {
            lines.push(std::mem::replace(&mut current, indent.clone()));
        }
        if !current.trim().is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
    lines
}

fn flat(words: &str) -> String {
    clean(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn head(id: &str) -> &str {
    id.get(..ID_DIGITS).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn two_sides_stand_beside_each_other_where_there_is_room() {
        let side = |words: &str| vec!["head".to_owned(), words.to_owned()];
        let (a, b) =
            (side("A bomb killed four people at a market in Wick on Sunday."), side("Gunmen."));
        expect![[r#"
            head                               │ head
            A bomb killed four people at a     │ Gunmen.
            market in Wick on Sunday.          │
        "#]]
        .assert_eq(&beside(&a, &b, 72));
        assert_eq!(beside(&a, &b, 60).lines().count(), 5);
    }
}
