//! `wikinews`, `modern`, `demo` and `fresh`: gold and documents are files of their own, joined by address.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use engine::Knowledge;
use engine::eval::events::{Article, measures, predict, score};
use engine::eval::json_lines;
use reading::Document;
use serde_json::json;

use super::{Case, Evaluated, Section, Source, Suite, cluster, files, spread};
use crate::failure::hint;

/// Reads and codes the documents of the gold and scores what comes of it.
pub(super) fn evaluate(
    suite: Suite,
    source: &Source,
    known: &Knowledge,
) -> anyhow::Result<Evaluated> {
    let Read { gold, articles, documents } = read(suite, source)?;
    let missing: Vec<String> =
        articles.iter().map(|a| a.url.clone()).filter(|url| !documents.contains_key(url)).collect();
    let mut clusters = Vec::new();
    if are_clustered(&articles) {
        clusters = cluster::sections(&suite.to_string(), &articles, &documents, known)?;
    }
    let cases = spread(articles, |gold| case(&gold, documents.get(&gold.url), known))?;
    let mut sections =
        vec![Section { name: suite.to_string(), measures: measures(), cases, figures: Vec::new() }];
    sections.extend(clusters);
    Ok(Evaluated { suite, gold, sections, missing })
}

/// Whether two articles tell of one event.
fn are_clustered(articles: &[Article]) -> bool {
    let mut first = BTreeMap::new();
    articles.iter().enumerate().any(|(i, article)| {
        let mut events = (0..article.events.len()).filter_map(|n| article.cluster(n));
        events.any(|event| *first.entry(event).or_insert(i) != i)
    })
}

/// Gold with its documents, by address.
pub(super) struct Read {
    pub(super) gold: files::Gold,
    pub(super) articles: Vec<Article>,
    pub(super) documents: BTreeMap<String, Document>,
}

/// Reads gold and documents.
pub(super) fn read(suite: Suite, source: &Source) -> anyhow::Result<Read> {
    let gold_paths = gold_paths(suite, &source.data)?;
    let (gold, gold_files) = files::gold(&source.data, &gold_paths)?;
    let mut articles: Vec<Article> = Vec::new();
    for file in &gold_files {
        let lines = json_lines(&file.text).map_err(|bad| files::bad_gold(&file.path, &bad))?;
        articles.extend(lines);
    }
    let docs = match &source.docs {
        Some(docs) => vec![docs.clone()],
        None => doc_paths(suite, &source.data, &gold_paths)?,
    };
    let mut documents: BTreeMap<String, Document> = BTreeMap::new();
    for found in spread(docs, |path| files::documents(&path))? {
        for document in found? {
            let document = source.case.map_or_else(|| document.clone(), |case| case.of(&document));
            if let Some(url) = document.url.clone() {
                documents.entry(url).or_insert(document);
            }
        }
    }
    Ok(Read { gold, articles, documents })
}

fn case(gold: &Article, document: Option<&Document>, known: &Knowledge) -> Case {
    let given = match document {
        Some(document) => predict::article(gold, &engine::code(document, known).reports, document),
        None => Article { relevant: false, events: Vec::new(), ..gold.clone() },
    };
    let mut item = score(gold, &given);
    if document.is_none() {
        item.wrong.insert(0, "no document".into());
    }
    Case { item, text: json!(document.map(Document::text)), gold: json!(gold), given: json!(given) }
}

fn gold_paths(suite: Suite, data: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if suite.is_corpus() && data.is_dir() {
        let is_gold = |name: &str| name.starts_with("gold-") && ends_with(name, &[".jsonl"]);
        let found = files::list(data, is_gold)?;
        if found.is_empty() {
            let error = anyhow::anyhow!("\"{}\" has no file gold-*.jsonl", data.display());
            return Err(hint(error, "name a folder of corpora/"));
        }
        return Ok(found);
    }
    let is_gold = |name: &str| name.contains(".gold.jsonl");
    Ok(vec![files::one(data, "with \".gold.jsonl\" in its name", is_gold)?])
}

/// The files of documents that belong to the gold: of a corpus of ours all but the gold; else the file
/// beside the gold that has its first name, such as `2019.csv` or `dev.docs.jsonl`.
fn doc_paths(suite: Suite, data: &Path, gold: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let beside = match gold.first().and_then(|path| path.parent()) {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => data,
    };
    if suite.is_corpus() {
        let mut found = files::list(beside, |name| {
            !name.starts_with("gold-") && ends_with(name, &[".jsonl", ".warc", ".warc.gz"])
        })?;
        for (folder, end) in [("pages", ".html"), ("feeds", ".xml")] {
            let folder = beside.join(folder);
            if folder.is_dir() {
                found.extend(files::list(&folder, |name| name.ends_with(end))?);
            }
        }
        return Ok(found);
    }
    let first = gold.first().map(|path| files::name(path)).unwrap_or_default();
    let stem = first.split('.').next().unwrap_or_default().to_owned();
    let is_docs = |name: &str| {
        let rest = name.strip_prefix(&stem).and_then(|rest| rest.strip_prefix('.'));
        let ends = ["csv", "csv.gz", "docs.jsonl", "docs.jsonl.gz", "docs.csv", "warc", "warc.gz"];
        rest.is_some_and(|rest| ends.contains(&rest))
    };
    let found = files::list(beside, is_docs)?;
    if found.is_empty() {
        let error = anyhow::anyhow!("no documents beside \"{}\"", beside.join(&first).display());
        let form = format!("\"{stem}.csv\" or \"{stem}.docs.jsonl\" are looked for");
        return Err(hint(error, format!("name the documents with --docs; {form}")));
    }
    Ok(found)
}

fn ends_with(name: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use engine::eval::events::{Event, EventType, kinds};
    use engine::eval::{Form, Scored};
    use engine::ontology::{Kind, Mode};

    use super::*;
    use crate::eval::skipped;

    /// The gold of a suite, or `None` with a word on the standard error.
    fn shared(name: &str, test: &str) -> Option<Vec<Article>> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
        let Ok(text) = std::fs::read_to_string(Path::new(folder).join(name)) else {
            skipped(test, &format!("no ../shared/data/{name}"));
            return None;
        };
        Some(json_lines(&text).unwrap())
    }

    const GOLD: [&str; 2] = ["wikinews/2019.gold.jsonl", "modern/dev.gold.jsonl"];

    #[test]
    fn the_gold_scores_full_marks_against_itself() {
        for name in GOLD {
            let test = "the_gold_scores_full_marks_against_itself";
            let Some(gold) = shared(name, test) else { continue };
            let items = gold.iter().map(|article| score(article, article)).collect();
            let scored = Scored { name: name.into(), measures: measures(), items };
            for row in scored.rows(0, 0) {
                // A gold relevance that events do not bear out is the gold's own judgement.
                let full = if row.form == Form::Count { 0.0 } else { 100.0 };
                assert_eq!(row.value, Some(full), "{name}: {}", row.measure);
            }
        }
    }

    #[test]
    fn every_type_of_the_gold_may_have_the_mode_that_it_has() {
        for name in GOLD {
            let test = "every_type_of_the_gold_may_have_the_mode_that_it_has";
            let Some(gold) = shared(name, test) else { continue };
            for event in gold.iter().flat_map(|article| &article.events) {
                let mode = Mode::parse(&event.mode).unwrap();
                // An abduction by other means is one by its kind alone, which the gold has not.
                let known = mode != Mode::Other;
                assert!(!known || kinds::is_of(event.sort, kind(event), mode), "{}", event.line());
            }
        }
    }

    fn kind(event: &Event) -> Kind {
        match event.sort {
            EventType::Clash => Kind::Fight,
            EventType::Riot => Kind::Protest,
            EventType::Threat => Kind::Threaten,
            _ => Kind::Assault,
        }
    }
}
