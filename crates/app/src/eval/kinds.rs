//! `kinds`: kinds of our own writing, learned from their sheets and scored on other sentences.
//!
//! Beside each sheet `NAME.toml` stands `NAME.held.jsonl`: sentences of the kind, and others that one
//! could take for it. They are scored twice: by the sheet alone; and, every second one, by the
//! sheet and the judgements of those between, which is what a reviewer's corrections do.

use engine::eval::{Form, Item, Measure, Tally, json_lines};
use serde::Deserialize;
use serde_json::json;

use super::{Case, Evaluated, Section, Source, Suite, files};
use crate::commands::train_kind::THRESHOLD;
use crate::kind::lesson::Lesson;
use crate::kind::mark::Marker;
use crate::kind::teach;

/// A sentence that the sheet does not have.
#[derive(Clone, Debug, Deserialize)]
struct Held {
    text: String,
    accept: bool,
}

/// Learns each kind and scores it.
pub(super) fn evaluate(source: &Source) -> anyhow::Result<Evaluated> {
    let sheets = files::list(&source.data, |name| files::ends(name, ".toml"))?;
    let held: Vec<_> = sheets.iter().map(|path| path.with_extension("held.jsonl")).collect();
    let all: Vec<_> = sheets.iter().chain(&held).cloned().collect();
    let (gold, read) = files::gold(&source.data, &all)?;
    let mut sections = Vec::new();
    for (sheet, held) in sheets.iter().zip(read.iter().skip(sheets.len())) {
        let lesson = Lesson::of(sheet)?;
        let held: Vec<Held> =
            json_lines(&held.text).map_err(|bad| files::bad_gold(&held.path, &bad))?;
        sections.push(section(&format!("kinds/{}", lesson.name), &lesson, &held)?);
        let (judged, rest): (Vec<_>, Vec<_>) =
            held.into_iter().enumerate().partition(|(n, _)| n % 2 == 0);
        let mut corrected = lesson.clone();
        for (_, Held { text, accept }) in judged {
            if accept { corrected.examples.push(text) } else { corrected.against.push(text) }
        }
        let rest: Vec<Held> = rest.into_iter().map(|(_, held)| held).collect();
        let name = format!("kinds/{} with judgements", lesson.name);
        sections.push(section(&name, &corrected.checked()?, &rest)?);
    }
    Ok(Evaluated { suite: Suite::Kinds, gold, sections, missing: Vec::new() })
}

fn section(name: &str, lesson: &Lesson, held: &[Held]) -> anyhow::Result<Section> {
    let learned = teach::teach(lesson, &[], THRESHOLD)?;
    let marker = Marker::of(&[&learned.kind]);
    let texts: Vec<&str> = held.iter().map(|held| held.text.as_str()).collect();
    let scores = marker.scores(&texts);
    let case = |(n, (held, score)): (usize, (&Held, &Vec<f64>))| {
        let score = score.first().copied().unwrap_or_default();
        let is_given = score >= f64::from(THRESHOLD);
        let right = is_given && held.accept;
        let near =
            if held.accept { Tally::default() } else { Tally::of(usize::from(is_given), 1, 0) };
        let of_kind = Tally::of(usize::from(right), is_given.into(), held.accept.into());
        let wrong = (is_given != held.accept)
            .then(|| format!("{} at {score:.3}", if held.accept { "missed" } else { "taken" }));
        Case {
            item: Item {
                id: (n + 1).to_string(),
                tallies: vec![of_kind, near],
                wrong: wrong.into_iter().collect(),
            },
            text: json!(held.text),
            gold: json!(held.accept),
            given: json!(score),
        }
    };
    Ok(Section {
        name: name.to_owned(),
        measures: vec![
            Measure { name: "of the kind", form: Form::F1 },
            Measure { name: "others taken for it", form: Form::Count },
        ],
        cases: held.iter().zip(&scores).enumerate().map(case).collect(),
        figures: Vec::new(),
    })
}
