//! `plover`: the gold carries its sentences; each is a document of its own.
//!
//! The day is that of the gold's article, so that words for days mean something.

use engine::Knowledge;
use engine::eval::plover::codes::{Codes, Side};
use engine::eval::plover::gold::{self, Sentence, word};
use engine::eval::plover::{Said, measures, pairs, predict, score};
use reading::{Document, Found, How};
use serde_json::{Value, json};

use super::{Case, Evaluated, Section, Source, Suite, files, spread};

/// Codes the sentences of the gold and scores what comes of it.
pub(super) fn evaluate(source: &Source, known: &Knowledge) -> anyhow::Result<Evaluated> {
    let path = files::one(&source.data, "with \"gsr\" in its name", |name| name.contains("gsr"))?;
    let (gold, gold_files) = files::gold(&path, std::slice::from_ref(&path))?;
    let text = gold_files.first().map_or("", |file| file.text.as_str());
    let codes = Codes::load();
    let sentences = gold::read(text, &codes).map_err(|bad| files::bad_gold(&path, &bad))?;
    let cases = spread(sentences, |sentence| case(&sentence, known, &codes))?;
    let sections = vec![Section {
        name: Suite::Plover.to_string(),
        measures: measures(),
        cases,
        figures: Vec::new(),
    }];
    Ok(Evaluated { suite: Suite::Plover, gold, sections, missing: Vec::new() })
}

fn case(sentence: &Sentence, known: &Knowledge, codes: &Codes) -> Case {
    let mut document = Document::new(None, sentence.text.clone());
    let day = sentence.date.as_deref().and_then(|day| day.parse().ok());
    document.published = day.map(|day| Found::new(day, How::Given));
    let reports = engine::code(&document, known).reports;
    let said = predict::said(&reports, &document, known);
    Case {
        item: score(sentence, &said),
        text: json!(sentence.text),
        gold: Value::Array(
            sentence
                .events
                .iter()
                .map(|e| view(&e.id, word(e.kind), &e.source, &e.target, codes))
                .collect(),
        ),
        given: given(sentence, &said, codes),
    }
}

/// The predictions in the gold's form, each under the event that it is scored with, else the first.
fn given(sentence: &Sentence, said: &[Said], codes: &Codes) -> Value {
    let pairs = pairs(sentence, said);
    let line = |(n, said): (usize, &Said)| {
        let event = pairs.iter().position(|pair| *pair == Some(n)).unwrap_or(0);
        let id = sentence.events.get(event).map_or("", |e| e.id.as_str());
        let mut view = view(id, word(said.kind), &said.source, &said.target, codes);
        view["kind"] = json!(said.kind);
        view
    };
    Value::Array(said.iter().enumerate().map(line).collect())
}

fn view(id: &str, event: &str, source: &[Side], target: &[Side], codes: &Codes) -> Value {
    let side = |sides: &[Side]| -> Vec<Value> {
        sides.iter().map(|side| json!({"code": codes.code(side)})).collect()
    };
    json!({"id": id, "event": event, "source": side(source), "target": side(target)})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::skipped;

    #[test]
    fn the_gold_scores_full_marks_against_itself() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/plover/gsr.dev.json");
        let Ok(text) = std::fs::read_to_string(path) else {
            skipped("the_gold_scores_full_marks_against_itself", "no ../shared/data/plover");
            return;
        };
        let sentences = gold::read(&text, &Codes::load()).unwrap();
        assert!(sentences.len() > 100);
        for sentence in &sentences {
            let told = |e: &gold::Event| Said {
                kind: e.kind,
                source: e.source.clone(),
                target: e.target.clone(),
            };
            let said: Vec<Said> = sentence.events.iter().map(told).collect();
            assert_eq!(score(sentence, &said).wrong, Vec::<String>::new(), "{}", sentence.id());
        }
    }
}
