//! `ecbplus`: documents of ECB+ linked by their texts, five folds by topic.
//!
//! In each fold the weights are learned from the topics of the other four. A second section has
//! the embedded weights, which for the development topics have seen the answers; for any other
//! they are what counts.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use anyhow::Context;
use engine::Knowledge;
use engine::eval::cluster::labels;
use engine::eval::ecbplus::{
    Gold, Mention, document_measures, documents, shared, word_measures, words,
};
use engine::eval::events::linking::document_of;
use engine::fold::fold;
use engine::link::learn::{Foretold, Lesson, foretold, teach};
use engine::link::{Bounds, Linker, Telling, Weights, Wording, link};
use engine::report::ReportId;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::calibration::{in_all, section as calibration};
use super::files::{self};
use super::{Case, Evaluated, Gold as GoldFile, Section, Source, Suite};
use crate::failure::hint;

/// The file that says which sentences were annotated throughout.
const SENTENCES: &str = "ECBplus_coreference_sentences.csv";

/// How many folds.
pub(super) const FOLDS: usize = 5;

/// The corpus with what linking compares.
pub(super) struct Corpus {
    pub(super) docs: Vec<Gold>,
    pub(super) tellings: Vec<Telling>,
    same: Vec<Vec<bool>>,
    asked: Vec<bool>,
}

/// Links the documents and scores what comes of it.
pub(super) fn evaluate(source: &Source, known: &Knowledge) -> anyhow::Result<Evaluated> {
    let linker = Linker::embedded();
    let (corpus, digest) = read(&source.data, &linker)?;
    let is_act = |word: &str| known.verbs.forms(&fold(word)).is_some();
    let (folds, foretold) = corpus.folds();
    let embedded =
        labels(corpus.docs.len(), &link(&corpus.tellings, &linker.weights, Bounds::USUAL));
    let plain = corpus.plain();
    let mut sections = Vec::new();
    for (name, given) in [("5 folds", &folds), ("embedded weights", &embedded)] {
        let cases = |items| -> Vec<Case> {
            let case =
                |item| Case { item, text: json!(null), gold: Value::Null, given: Value::Null };
            Vec::into_iter(items).map(case).collect()
        };
        sections.push(Section {
            name: format!("ecbplus/documents, {name}"),
            measures: document_measures(),
            cases: cases(documents(&corpus.docs, given, &plain)),
            figures: Vec::new(),
        });
        sections.push(Section {
            name: format!("ecbplus/words, {name}"),
            measures: word_measures(),
            cases: cases(words(&corpus.docs, given, &is_act)),
            figures: Vec::new(),
        });
    }
    let names: Vec<String> = corpus.docs.iter().map(|doc| doc.name.clone()).collect();
    sections.push(calibration("ecbplus/calibration, 5 folds".into(), &names, &foretold));
    let gold = GoldFile { name: files::name(&source.data), digest };
    Ok(Evaluated { suite: Suite::Ecbplus, gold, sections, missing: Vec::new() })
}

impl Corpus {
    /// All pairs of documents of which something is annotated.
    pub(super) fn lesson<'a>(&'a self, of: &[usize], weight: f64) -> Lesson<'a> {
        let of = of.to_vec();
        Lesson {
            tellings: of.iter().map(|&i| &self.tellings[i]).collect(),
            same: Box::new(move |i, j| {
                let (i, j) = (of[i], of[j]);
                (self.asked[i] && self.asked[j]).then(|| self.same[i][j])
            }),
            weight,
        }
    }

    /// The labels of documents where each fold is linked by what the others teach, and what that says
    /// of its pairs.
    fn folds(&self) -> (Vec<usize>, Vec<Foretold>) {
        let topics: BTreeSet<u32> = self.docs.iter().map(|doc| doc.topic).collect();
        let place: BTreeMap<u32, usize> = topics.into_iter().zip(0..).collect();
        let fold = |i: usize| place[&self.docs[i].topic] % FOLDS;
        let (mut given, mut pairs) = (vec![0; self.docs.len()], Vec::new());
        for n in 0..FOLDS {
            let (tested, taught): (Vec<usize>, Vec<usize>) =
                (0..self.docs.len()).partition(|&i| fold(i) == n);
            let weights = teach(&[self.lesson(&taught, 1.0)]);
            self.label(&tested, &weights, n * self.docs.len() * 2, &mut given);
            pairs.extend(in_all(foretold(&self.lesson(&tested, 1.0), &weights), &tested));
        }
        (given, pairs)
    }

    fn label(&self, of: &[usize], weights: &Weights, base: usize, given: &mut [usize]) {
        let tellings: Vec<Telling> = of.iter().map(|&i| self.tellings[i].clone()).collect();
        let found = labels(of.len(), &link(&tellings, weights, Bounds::USUAL));
        of.iter().zip(found).for_each(|(&i, label)| given[i] = base + label);
    }

    /// The labels of a plain rule: single links between documents whose words are much alike.
    fn plain(&self) -> Vec<usize> {
        const LIKE: f32 = 0.25;
        let mut edges = Vec::new();
        for (i, a) in self.tellings.iter().enumerate() {
            for (j, b) in self.tellings.iter().enumerate().skip(i + 1) {
                let like = a.wording.words.likeness(&b.wording.words);
                edges.extend(like.filter(|like| *like >= LIKE).map(|_| (i, j)));
            }
        }
        let n = self.docs.len();
        labels(n, &engine::link::parts(n, &edges))
    }
}

/// The corpus in a folder, or packed in a `tar.bz2`, with a digest of it.
pub(super) fn read(data: &Path, linker: &Linker) -> anyhow::Result<(Corpus, String)> {
    let mut hasher = Sha256::new();
    let contents = if data.is_dir() && data.join(SENTENCES).exists() {
        unpacked_folder(data)?
    } else {
        let archive = files::one(data, "*.tar.bz2", |name| files::ends(name, ".tar.bz2"))?;
        let bytes = std::fs::read(&archive).with_context(|| files::cannot_read(&archive))?;
        unpack(&bytes).with_context(|| files::cannot_read(&archive))?
    };
    for (name, body) in &contents {
        hasher.update(name.as_bytes());
        hasher.update(body);
    }
    let sentences = contents.iter().find(|(name, _)| name.ends_with(SENTENCES));
    let Some((_, sentences)) = sentences else {
        let error = anyhow::anyhow!("\"{}\" has no file {SENTENCES}", data.display());
        return Err(hint(error, "name the folder or archive of ECB+"));
    };
    let annotated = annotated(&String::from_utf8_lossy(sentences));
    let mut docs = Vec::new();
    for (name, body) in contents.iter().filter(|(name, _)| files::ends(name, ".xml")) {
        let name = name.rsplit('/').next().unwrap_or(name);
        let doc = doc(name, &String::from_utf8_lossy(body), &annotated)
            .with_context(|| format!("\"{name}\" is not as it must be"))?;
        docs.push(doc);
    }
    docs.sort_by(|a, b| (a.topic, &a.name).cmp(&(b.topic, &b.name)));
    let telling = |doc: &Gold| {
        let name = doc.name.as_bytes();
        let mut telling = Telling::blank(ReportId::of(&[name]), document_of(&doc.name));
        telling.wording = Wording::of(&[&doc.text], &linker.frequencies);
        telling
    };
    let corpus = Corpus {
        tellings: docs.iter().map(telling).collect(),
        same: shared(&docs),
        asked: docs.iter().map(|doc| !doc.events().is_empty()).collect(),
        docs,
    };
    Ok((corpus, files::hex(hasher)))
}

/// The sentences that were annotated throughout, by document and number.
fn annotated(table: &str) -> BTreeSet<(String, u32)> {
    let row = |line: &str| {
        let mut cells = line.trim().split(',');
        let (topic, file, sentence) = (cells.next()?, cells.next()?, cells.next()?);
        Some((format!("{topic}_{file}.xml"), sentence.parse().ok()?))
    };
    table.lines().filter_map(row).collect()
}

fn doc(name: &str, xml: &str, annotated: &BTreeSet<(String, u32)>) -> anyhow::Result<Gold> {
    let mut reader = Reader::from_str(xml);
    let mut tokens: BTreeMap<u32, (u32, String)> = BTreeMap::new();
    let mut markables: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut events: BTreeMap<String, (String, bool)> = BTreeMap::new();
    let (mut token, mut markable, mut chain) = (None, None, None);
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                b"token" => token = number(&tag, "t_id").zip(number(&tag, "sentence")),
                b"token_anchor" => {
                    let of = markable.as_ref().and_then(|m| markables.get_mut(m));
                    if let (Some(of), Some(id)) = (of, number(&tag, "t_id")) {
                        of.push(id);
                    }
                }
                b"CROSS_DOC_COREF" => chain = attribute(&tag, "note").map(|note| (note, true)),
                b"INTRA_DOC_COREF" => {
                    chain = attribute(&tag, "r_id").map(|r| (format!("{name} {r}"), false));
                }
                b"source" => {
                    if let (Some(m), Some(chain)) = (attribute(&tag, "m_id"), &chain) {
                        events.insert(m, chain.clone());
                    }
                }
                act if act.starts_with(b"ACTION") || act.starts_with(b"NEG_ACTION") => {
                    markable = attribute(&tag, "m_id");
                    markables.extend(markable.clone().map(|m| (m, Vec::new())));
                }
                _ if attribute(&tag, "m_id").is_some() => markable = None,
                _ => {}
            },
            Event::Text(text) => {
                if let Some((id, sentence)) = token.take() {
                    tokens.insert(id, (sentence, text.decode()?.trim().to_owned()));
                }
            }
            Event::GeneralRef(entity) => {
                if let Some((id, sentence)) = token.take() {
                    let sign = entity.resolve_char_ref()?.map(String::from);
                    tokens.insert(id, (sentence, sign.unwrap_or_else(|| "&".into())));
                }
            }
            _ => {}
        }
    }
    let whole = |id: &u32| {
        let sentence = tokens.get(id).map(|t| t.0);
        sentence.is_some_and(|s| annotated.contains(&(name.to_owned(), s)))
    };
    let mention = |(m, ids): (&String, &Vec<u32>)| {
        let words: Vec<&str> =
            ids.iter().filter_map(|id| Some(tokens.get(id)?.1.as_str())).collect();
        let alone = || (format!("{name} alone {m}"), false);
        let (event, shared) = events.get(m).cloned().unwrap_or_else(alone);
        Mention { tokens: ids.clone(), words: words.join(" "), event, shared }
    };
    let mentions = markables.iter().filter(|(_, ids)| ids.first().is_some_and(whole)).map(mention);
    let mut text = String::new();
    let mut last = 0;
    // The address that some documents begin with is not part of what they say.
    let addressed = tokens.values().next().is_some_and(|(_, word)| word.starts_with("http"));
    for (sentence, word) in tokens.values().filter(|t| !addressed || t.0 > 0) {
        text.push(if *sentence == last { ' ' } else { '\n' });
        text.push_str(word);
        last = *sentence;
    }
    let topic = name.split('_').next().and_then(|topic| topic.parse().ok());
    Ok(Gold {
        name: name.to_owned(),
        topic: topic.context("a file's name begins with its topic")?,
        text,
        mentions: mentions.collect(),
        words: tokens
            .iter()
            .filter(|(id, _)| whole(id))
            .map(|(&id, t)| (id, t.1.clone()))
            .collect(),
    })
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = tag.try_get_attribute(name).ok()??;
    Some(value.unescape_value().ok()?.into_owned())
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

/// The files of an archive by their names in it.
fn unpack(bytes: &[u8]) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut tar = tar::Archive::new(bzip2_rs::DecoderReader::new(bytes));
    let mut found = BTreeMap::new();
    for entry in tar.entries()? {
        let mut entry = entry?;
        if entry.header().entry_type().is_file() {
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let mut body = Vec::new();
            entry.read_to_end(&mut body)?;
            found.insert(name, body);
        }
    }
    Ok(found)
}

/// The files of a folder, and of the folders in it.
fn unpacked_folder(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let entries = std::fs::read_dir(folder).with_context(|| files::cannot_read(folder))?;
    let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        if path.is_dir() {
            all.extend(files::list(&path, |name| files::ends(name, ".xml"))?);
        } else {
            all.push(path);
        }
    }
    for path in all {
        let body = std::fs::read(&path).with_context(|| files::cannot_read(&path))?;
        found.insert(path.display().to_string(), body);
    }
    Ok(found)
}
