//! `places`: the Local-Global Lexicon and `GeoVirus`, XML with texts, names and coordinates.
//!
//! The two differ in the names of their elements only, so one reader serves both: a text is what
//! has names, and a name is what has a start. Offsets count characters, in one corpus from 0 and in
//! the other from 1, so a name stands where its words are nearest to its start.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use engine::Knowledge;
use engine::eval::places::{Answers, Named, errors, mean, measures, median, score};
use engine::place::{self, Placed};
use quick_xml::Reader;
use quick_xml::events::Event;
use reading::{Document, Span};
use serde_json::{Value, json};

use super::{Case, Evaluated, Figure, Section, Source, Suite, files, spread};
use crate::failure::hint;

/// One text of a corpus with the names in it.
struct Article {
    id: String,
    document: Document,
    names: Vec<Named>,
}

/// Resolves the names of each corpus and scores what comes of it.
pub(super) fn evaluate(source: &Source, known: &Knowledge) -> anyhow::Result<Evaluated> {
    let paths = gold_paths(&source.data)?;
    let (gold, gold_files) = files::gold(&source.data, &paths)?;
    let mut sections = Vec::new();
    for file in &gold_files {
        let name = files::name(&file.path);
        let name = name.split('.').next().unwrap_or_default().to_lowercase();
        let articles = articles(&name, &file.text)
            .with_context(|| format!("\"{}\" is not as it must be", file.path.display()))?;
        let scored = spread(articles, |article| case(article, known))?;
        let km: Vec<f64> = scored.iter().flat_map(|(_, km)| km).copied().collect();
        let figure = |name, value| Figure { name, value, unit: "km" };
        let figures = vec![
            figure("given: mean error", mean(&km)),
            figure("given: median error", median(&km)),
        ];
        let cases = scored.into_iter().map(|(case, _)| case).collect();
        let name = format!("places/{name}");
        sections.push(Section { name, measures: measures(), cases, figures });
    }
    Ok(Evaluated { suite: Suite::Places, gold, sections, missing: Vec::new() })
}

fn gold_paths(data: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if data.is_file() {
        return Ok(vec![data.to_owned()]);
    }
    let ends = |name: &str, end: &str| name.ends_with(end);
    let found = files::list(data, |name| ends(name, ".xml") || ends(name, ".xml.gz"))?;
    if found.is_empty() {
        let error = anyhow::anyhow!("\"{}\" has no file *.xml or *.xml.gz", data.display());
        return Err(hint(error, "name the folder of the Local-Global Lexicon and GeoVirus"));
    }
    Ok(found)
}

fn case(article: Article, known: &Knowledge) -> (Case, Vec<f64>) {
    let Article { id, document, names } = article;
    let spans: Vec<Span> = names
        .iter()
        .filter_map(|name| Span::within(document.text(), name.start, name.end))
        .collect();
    let given = place::places_at(&document, &spans, known);
    let found = place::places(&document, known);
    let answers = Answers {
        given: given.iter().map(|placed| placed.as_ref()?.point).collect(),
        found: found.iter().map(|placed| named(placed, document.text())).collect(),
    };
    let km = errors(&names, &answers);
    let case = Case {
        item: score(&id, &names, &answers),
        text: json!(document.text()),
        gold: names.iter().map(|n| shown(&n.words, n.start, n.point, "")).collect(),
        given: json!({
            "given": names.iter().zip(&given).map(|(n, placed)| {
                let (point, label) =
                    placed.as_ref().map_or((None, "not known"), |p| (p.point, p.label.as_str()));
                shown(&n.words, n.start, point, label)
            }).collect::<Vec<_>>(),
            "found": found.iter().map(|p| {
                shown(p.span.of(document.text()), p.span.start(), p.point, &p.label)
            }).collect::<Vec<_>>(),
        }),
    };
    (case, km)
}

fn named(placed: &Placed, text: &str) -> Named {
    Named {
        start: placed.span.start(),
        end: placed.span.end(),
        words: placed.span.of(text).to_owned(),
        point: placed.point,
        demonym: placed.demonym,
    }
}

fn shown(words: &str, start: usize, point: Option<(f64, f64)>, label: &str) -> Value {
    let at = point.map_or_else(String::new, |(lat, lon)| format!(" ({lat:.2}, {lon:.2})"));
    json!(format!("\"{words}\" at {start} {label}{at}"))
}

/// The texts of a corpus in their order.
fn articles(corpus: &str, xml: &str) -> anyhow::Result<Vec<Article>> {
    let mut articles = Vec::new();
    for element in elements(xml)? {
        let n = articles.len() + 1;
        let id = element.fields.get("docid").cloned().unwrap_or_else(|| format!("{corpus}-{n}"));
        let text = element.fields.get("text").cloned().unwrap_or_default();
        let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let mut names: Vec<Named> = Vec::new();
        for name in element.names.iter().filter(|name| name.contains_key("start")) {
            let degrees = |key: &str| name.get(key).and_then(|d| d.parse::<f64>().ok());
            let words =
                name.get("phrase").or_else(|| name.get("name")).cloned().unwrap_or_default();
            let start = name.get("start").and_then(|start| bytes.get(start.parse::<usize>().ok()?));
            let start = start.and_then(|&start| nearest(&text, &words, start));
            let start = start.with_context(|| format!("text \"{id}\" has no \"{words}\" there"))?;
            let end = start + words.len();
            let point = degrees("lat").zip(degrees("lon"));
            names.push(Named { start, end, words, point, demonym: false });
        }
        names.sort_by_key(|name| (name.start, name.end));
        let url = element.fields.get("url").or_else(|| element.fields.get("source")).cloned();
        articles.push(Article { id, document: Document::new(url, text), names });
    }
    Ok(articles)
}

/// Where `words` begin in `text`, the nearest to byte `start`.
fn nearest(text: &str, words: &str, start: usize) -> Option<usize> {
    if words.is_empty() {
        return None;
    }
    let found = text.match_indices(words).map(|(at, _)| at);
    found.min_by_key(|at| at.abs_diff(start))
}

/// An `article` as its simple fields, and those of each `toponym` or `location`.
#[derive(Default)]
struct Element {
    fields: BTreeMap<String, String>,
    names: Vec<BTreeMap<String, String>>,
}

fn elements(xml: &str) -> anyhow::Result<Vec<Element>> {
    let mut reader = Reader::from_str(xml);
    let mut found: Vec<Element> = Vec::new();
    let (mut open, mut content, mut within) = (Element::default(), String::new(), Vec::new());
    loop {
        match reader.read_event()? {
            Event::Start(start) => {
                content.clear();
                let is = |name: &[u8]| start.name().as_ref() == name;
                if is(b"toponym") || is(b"location") {
                    // An empty location may stand inside another.
                    within.push(open.names.len());
                    open.names.push(BTreeMap::new());
                }
                let id = start.try_get_attribute("docid")?;
                if let Some(id) = id {
                    open.fields.insert("docid".into(), id.unescape_value()?.into_owned());
                }
            }
            Event::Text(text) => content.push_str(&text.decode()?),
            Event::CData(text) => content.push_str(&text.decode()?),
            Event::GeneralRef(name) => {
                let name = name.decode()?;
                let whole = format!("&{name};");
                content.push_str(&quick_xml::escape::unescape(&whole)?);
            }
            Event::End(end) => {
                let name = String::from_utf8_lossy(end.name().as_ref()).into_owned();
                match name.as_str() {
                    "toponym" | "location" => _ = within.pop(),
                    "article" => found.push(std::mem::take(&mut open)),
                    _ => {
                        let own = within.last().and_then(|&n| open.names.get_mut(n));
                        let fields = own.unwrap_or(&mut open.fields);
                        fields.entry(name).or_insert_with(|| std::mem::take(&mut content));
                    }
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read_and_offsets_count_characters() {
        let first = "<articles><article docid=\"7\"><text><![CDATA[Café & Lyon.]]></text><toponyms>\
            <toponym><start>7</start><end>11</end><phrase>Lyon</phrase><gaztag geonameid=\"1\">\
            <name>Lyon</name><lat>45.7</lat><lon>4.8</lon></gaztag></toponym></toponyms></article>\
            </articles>";
        let second = "<articles><article><source>https://x.example/1</source><text>Café &amp; Lyon.\
            </text><locations><location><name>Lyon</name><start>8</start><end>12</end></location>\
            </locations></article></articles>";
        let [one] = &articles("a", first).unwrap()[..] else { panic!("one text") };
        let [two] = &articles("b", second).unwrap()[..] else { panic!("one text") };
        assert_eq!((one.id.as_str(), two.id.as_str()), ("7", "b-1"));
        assert_eq!(one.document.text(), two.document.text());
        assert_eq!(two.document.url.as_deref(), Some("https://x.example/1"));
        assert_eq!((one.names[0].words.as_str(), one.names[0].point), ("Lyon", Some((45.7, 4.8))));
        assert_eq!((two.names[0].words.as_str(), two.names[0].point), ("Lyon", None));
    }

    #[test]
    fn a_name_that_is_nowhere_is_refused() {
        let xml = "<articles><article><text>Lyon</text><location><start>9</start>\
            </location></article></articles>";
        assert!(articles("c", xml).is_err());
    }
}
