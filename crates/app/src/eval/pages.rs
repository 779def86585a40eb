//! `pages`: HTML with annotated text, date, author and title, read by `reading`.
//!
//! Two data sets are known by their files: `ground-truth.json` with a folder `html` (English
//! articles), and `evaldata.json` with the folders `eval` and `cache` (many languages), the latter
//! also packed as a `tar.xz`. A folder that holds both is scored as both.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use engine::eval::pages::aeb;
use engine::eval::pages::segments::{self, Annotation, Found};
use reading::{Capture, Document, Limits};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::files::{self, Gold};
use super::{Case, Evaluated, Section, Source, Suite, spread};
use crate::failure::hint;

/// Reads the pages and scores what comes of it.
pub(super) fn evaluate(source: &Source) -> anyhow::Result<Evaluated> {
    let data = source.data.as_path();
    let mut hasher = Sha256::new();
    let mut sections = Vec::new();
    let mut missing = Vec::new();
    for set in sets(data)? {
        let (section, absent) = match set {
            Set::Articles(folder) => articles(&folder, &mut hasher)?,
            Set::Segments(folder) => {
                let annotations = read(&folder.join("evaldata.json"))?;
                hasher.update(&annotations);
                let page = |file: &str| {
                    ["cache", "eval"].iter().find_map(|f| fs::read(folder.join(f).join(file)).ok())
                };
                segments(&annotations, page)?
            }
            Set::Packed(archive) => {
                hasher.update(read(&archive)?);
                let files = unpacked(&archive).with_context(|| files::cannot_read(&archive))?;
                let annotations = files.get("evaldata.json").cloned().unwrap_or_default();
                let page = |file: &str| {
                    ["cache", "eval"]
                        .iter()
                        .find_map(|f| files.get(&format!("{f}/{file}")).cloned())
                };
                segments(&annotations, page)?
            }
        };
        sections.push(section);
        missing.extend(absent);
    }
    let gold = Gold { name: files::name(data), digest: files::hex(hasher) };
    Ok(Evaluated { suite: Suite::Pages, gold, sections, missing })
}

enum Set {
    Articles(PathBuf),
    Segments(PathBuf),
    Packed(PathBuf),
}

fn sets(data: &Path) -> anyhow::Result<Vec<Set>> {
    if data.is_file() {
        return Ok(vec![Set::Packed(data.to_owned())]);
    }
    let mut sets = Vec::new();
    let packed = files::list(data, |name| name.ends_with(".tar.xz"))?;
    let mut folders = vec![data.to_owned()];
    for entry in fs::read_dir(data).with_context(|| files::cannot_read(data))? {
        folders.push(entry.with_context(|| files::cannot_read(data))?.path());
    }
    folders.sort();
    for folder in folders {
        if truth(&folder).is_file() {
            sets.push(Set::Articles(folder));
        } else if folder.join("evaldata.json").is_file() {
            sets.push(Set::Segments(folder));
        }
    }
    sets.extend(packed.into_iter().map(Set::Packed));
    if sets.is_empty() {
        let error = anyhow::anyhow!("\"{}\" has no annotated pages", data.display());
        let form = "a folder with \"ground-truth.json\" or \"evaldata.json\", or a tar.xz of it";
        return Err(hint(error, format!("name {form}")));
    }
    Ok(sets)
}

#[derive(Deserialize)]
struct Truth {
    #[serde(rename = "articleBody")]
    body: String,
    url: Option<String>,
}

fn truth(folder: &Path) -> PathBuf {
    let packed = folder.join("ground-truth.json.gz");
    if packed.is_file() { packed } else { folder.join("ground-truth.json") }
}

fn articles(folder: &Path, hasher: &mut Sha256) -> anyhow::Result<(Section, Vec<String>)> {
    let path = truth(folder);
    let bytes = read(&path)?;
    hasher.update(&bytes);
    let bytes = files::unpack(bytes).with_context(|| files::cannot_read(&path))?;
    let truths: BTreeMap<String, Truth> = serde_json::from_slice(&bytes)
        .with_context(|| format!("\"{}\" is not as it must be", path.display()))?;
    let page = |id: &str| {
        let packed = folder.join("html").join(format!("{id}.html.gz"));
        let bytes = fs::read(&packed).or_else(|_| fs::read(packed.with_extension("")));
        bytes.and_then(files::unpack).ok()
    };
    let mut missing = Vec::new();
    let mut inputs = Vec::new();
    for (id, truth) in truths {
        let body = page(&id).unwrap_or_else(|| {
            missing.push(id.clone());
            Vec::new()
        });
        inputs.push((id, truth, body));
    }
    let cases = spread(inputs, |(id, truth, body)| {
        let document = document(&id, truth.url, body);
        let text = document.as_ref().map(Document::text).unwrap_or_default();
        Case {
            item: aeb::score(&id, &truth.body, text),
            text: json!(null),
            gold: json!({ "text": truth.body }),
            given: json!({ "text": text }),
        }
    })?;
    Ok((
        Section { name: "pages/aeb".into(), measures: aeb::measures(), cases, figures: Vec::new() },
        missing,
    ))
}

fn segments(
    annotations: &[u8],
    page: impl Fn(&str) -> Option<Vec<u8>>,
) -> anyhow::Result<(Section, Vec<String>)> {
    let annotations: BTreeMap<String, Annotation> =
        serde_json::from_slice(annotations).context("\"evaldata.json\" is not as it must be")?;
    let mut missing = Vec::new();
    let mut inputs = Vec::new();
    for (url, annotation) in annotations {
        let body = page(&annotation.file).unwrap_or_else(|| {
            missing.push(annotation.file.clone());
            Vec::new()
        });
        inputs.push((url, annotation, body));
    }
    let cases = spread(inputs, |(url, annotation, body)| {
        let document = document(&annotation.file, Some(url), body);
        let found = document.map(|document| Found {
            text: document.text().to_owned(),
            date: document.published.map(|found| found.value),
            authors: document.authors.into_iter().map(|found| found.value).collect(),
            title: document.title.map(|found| found.value),
        });
        segment_case(&annotation, &found.unwrap_or_default())
    })?;
    let cases: anyhow::Result<Vec<Case>> = cases.into_iter().collect();
    Ok((
        Section {
            name: "pages/990".into(),
            measures: segments::measures(),
            cases: cases?,
            figures: Vec::new(),
        },
        missing,
    ))
}

fn segment_case(gold: &Annotation, found: &Found) -> anyhow::Result<Case> {
    let item = segments::score(gold, found)
        .map_err(|what| anyhow::anyhow!("\"evaldata.json\", \"{}\": {what}", gold.file))?;
    let authors = match &gold.author {
        segments::Authors::Text(text) => json!(text),
        segments::Authors::List(names) => json!(names),
    };
    Ok(Case {
        item,
        text: json!(null),
        gold: json!({
            "with": gold.with,
            "without": gold.without,
            "date": gold.date,
            "author": authors,
            "title": gold.title,
        }),
        given: json!({
            "text": found.text,
            "date": found.date.map(|date| date.to_string()),
            "author": found.authors,
            "title": found.title,
        }),
    })
}

fn document(input: &str, url: Option<String>, body: Vec<u8>) -> Option<Document> {
    let capture = Capture {
        input: input.to_owned(),
        url,
        media_type: Some("text/html".into()),
        body,
        ..Capture::default()
    };
    reading::document(&capture, &Limits::NEWS).0
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| files::cannot_read(path))
}

/// The files of an archive by their names in it.
fn unpacked(archive: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut packed = BufReader::new(File::open(archive)?);
    let mut unpacked = Vec::new();
    lzma_rs::xz_decompress(&mut packed, &mut unpacked)
        .map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let mut tar = tar::Archive::new(unpacked.as_slice());
    let mut files = BTreeMap::new();
    for entry in tar.entries()? {
        let mut entry = entry?;
        if entry.header().entry_type().is_file() {
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let mut body = Vec::new();
            entry.read_to_end(&mut body)?;
            files.insert(name.trim_start_matches("./").to_owned(), body);
        }
    }
    Ok(files)
}
