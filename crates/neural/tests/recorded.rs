//! What the program computes is what the training code computed.
//!
//! `expected.json` holds the outputs of the Python code, in full precision, for the same weights.
//! Pieces must be equal; probabilities may differ by what eight bits for the inputs of a layer
//! cost: 0.1 at the most and 0.015 in the mean, since that a span goes on is a ratio of two of them.

use std::io::Read;

use serde::Deserialize;

// Tests run in the folder of their crate.
const WEIGHTS: &str = "weights/tocsin.weights.gz";
const EXPECTED: &str = "tests/expected.json";
const MOST: f32 = 0.1;
const MEAN: f32 = 0.015;

#[derive(Deserialize)]
struct Expected {
    text: String,
    pieces: Vec<(u32, u32, u32)>,
    spans: Vec<(usize, u32, u32, f32)>,
    sentences: Vec<f32>,
    windows: Vec<Vec<f32>>,
    entities: Vec<(usize, String, f32)>,
    incidents: Vec<usize>,
}

#[expect(clippy::disallowed_methods, reason = "a test may read its files")]
fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(path).expect("the file is part of the crate")
}

fn model() -> neural::Model {
    let mut weights = Vec::new();
    let squeezed = bytes(WEIGHTS);
    let read = flate2::read::GzDecoder::new(&*squeezed).read_to_end(&mut weights);
    read.expect("the weights are gzipped");
    neural::Model::read(&weights).expect("the weights are whole")
}

fn expected() -> Vec<Expected> {
    serde_json::from_slice(&bytes(EXPECTED)).expect("the outputs are as export.py writes them")
}

#[test]
fn pieces_are_those_of_the_original_tokenizer() {
    let model = model();
    for Expected { text, pieces, .. } in expected() {
        let ours: Vec<_> = model.cut(&text).iter().map(|p| (p.id, p.start, p.end)).collect();
        assert_eq!(ours, pieces, "{text}");
    }
}

#[test]
fn scores_are_those_of_the_training_code() {
    let model = model();
    let expected = expected();
    let texts: Vec<&str> = expected.iter().map(|e| &*e.text).collect();
    let mut differences = Vec::new();
    for (tagged, expected) in model.tag(&texts).iter().zip(&expected) {
        for &(role, start, end, score) in &expected.spans {
            let same = tagged.spans.iter().find(|s| (s.role, s.start, s.end) == (role, start, end));
            let ours = same.map_or(0.0, |s| s.score);
            differences.push((
                ours - score,
                format!("{role} {:?}", &expected.text[start as usize..end as usize]),
            ));
        }
        for (sentence, score) in tagged.sentences.iter().zip(&expected.sentences) {
            let words = &expected.text[sentence.start as usize..sentence.end as usize];
            differences.push((sentence.relevance - score, words.to_owned()));
        }
        for (window, scores) in tagged.windows.iter().zip(&expected.windows) {
            let ours = std::iter::once(&window.relevance).chain(&window.kinds);
            differences.extend(ours.zip(scores).map(|(a, b)| (a - b, "window".to_owned())));
        }
    }
    assert!(differences.len() > 40);
    for (difference, what) in &differences {
        assert!(difference.abs() <= MOST, "{difference} {what}");
    }
    let mean = differences.iter().map(|d| d.0.abs()).sum::<f32>() / differences.len() as f32;
    assert!(mean <= MEAN, "{mean}");
}

#[test]
fn entities_and_incidents_are_those_of_the_training_code() {
    let model = model();
    let (mut entities, mut same) = (0, 0);
    let (mut incidents, mut told) = (0, 0);
    for expected in expected() {
        let tagged = &model.tag(&[&expected.text])[0];
        let ours = model.entities(&expected.text, tagged, 0.0);
        for (role, key, score) in &expected.entities {
            entities += 1;
            let found = ours.list.iter().find(|e| e.role == *role && e.key == *key);
            same += usize::from(found.is_some_and(|e| (e.score - score).abs() <= 0.1));
        }
        let kinds: Vec<usize> = model.incidents(&ours).iter().map(|i| i.kind).collect();
        incidents += expected.incidents.len();
        told += expected.incidents.iter().filter(|kind| kinds.contains(kind)).count();
    }
    // What stands on a threshold may fall to the other side.
    assert!(entities > 5 && same * 10 >= entities * 9, "{same} of {entities}");
    assert!(told + 1 >= incidents, "{told} of {incidents}");
}

#[test]
fn a_text_scores_the_same_alone_and_in_company() {
    let model = model();
    let expected = expected();
    let texts: Vec<&str> = expected.iter().map(|e| &*e.text).collect();
    let together = model.tag(&texts);
    for (text, tagged) in texts.iter().zip(&together) {
        assert_eq!(&model.tag(&[text])[0], tagged);
    }
}

#[test]
fn stretches_of_a_text_have_the_places_of_the_text() {
    let model = model();
    let (first, second) = ("Gunmen shot Ana Ruiz.", "A bomb went off at the bank.");
    let text = format!("{first} Nothing else. {second}");
    let at = text.find(second).expect("it is there");
    let whole = model.tag_within(&text, &[0..first.len(), at..text.len(), 5..1_000]);
    let apart = model.tag(&[first, second]);
    assert_eq!(whole.spans.len(), apart[0].spans.len() + apart[1].spans.len());
    assert_eq!((whole.sentences.len(), whole.windows.len()), (2, 2));
    let (last, own) = (whole.spans.last(), apart[1].spans.last());
    assert_eq!(last.map(|s| (s.start, s.sentence)), own.map(|s| (s.start + at as u32, 1)));
}

#[test]
fn case_changes_nothing() {
    let model = model();
    let text = "Gunmen of the Red Valley Front killed Mayor Ana Ruiz in Lomas.";
    let tagged = model.tag(&[text, &text.to_uppercase(), &text.to_lowercase()]);
    assert!(tagged[0].spans.iter().any(|s| s.score > 0.1));
    assert_eq!(tagged[0], tagged[1]);
    assert_eq!(tagged[0], tagged[2]);
}

#[test]
fn the_file_of_weights_is_small() {
    assert!(bytes(WEIGHTS).len() <= 30_000_000);
}

#[test]
fn nothing_is_found_in_nothing() {
    let model = model();
    for text in ["", " ", "\u{feff}", "x"] {
        let tagged = &model.tag(&[text])[0];
        assert!(model.entities(text, tagged, 0.0).list.is_empty(), "{text:?}");
    }
    assert!(model.tag(&[]).is_empty());
}

#[test]
fn a_sentence_has_the_same_vector_alone_and_in_company() {
    let model = model();
    let sentences = ["Gunmen took forty cows.", "", "It rained.", "GUNMEN TOOK FORTY COWS."];
    let together = model.embed(&sentences);
    assert_eq!(together.len(), 4);
    for (sentence, vector) in sentences.iter().zip(&together) {
        assert_eq!(vector.len(), 3 * model.embedding_part());
        assert_eq!(&model.embed(&[sentence])[0], vector, "{sentence}");
    }
    assert_eq!(together[0], together[3]);
    assert!(together[1].iter().all(|v| *v == 0.0));
    let endless = "bomb ".repeat(3_000);
    assert_eq!(model.embed(&[&endless])[0].len(), 3 * model.embedding_part());
}

#[test]
fn text_without_case_is_written_as_print_has_it() {
    let model = model();
    let text = "Gunmen of the Red Valley Front killed Mayor Ana Ruiz in Lomas on Monday, the police \
                said. Nobody has been arrested.";
    assert_eq!(model.in_print(&text.to_uppercase()), text);
    assert_eq!(model.in_print(&text.to_lowercase()), text);
    assert_eq!(model.in_print("İ, ŉ; 12 ß"), "İ, ŉ; 12 ß");
    assert_eq!(model.in_print(""), "");
}
