//! Scores `reading` on the two page benchmarks: `cargo run --release --example pages -- FOLDER`.
//!
//! FOLDER holds `aeb/` (gzipped pages and ground truth) and, unpacked from their archive,
//! `evaldata.json` with `eval/` and `cache/`. With a second argument, a file of per-page results.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a tool for developers: it reads files, prints, and stops at what is wrong"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::Path;

use reading::{Capture, Document, Limits};
use serde_json::Value;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("the folder of the benchmarks");
    let items = arguments.next();
    let worker = std::thread::Builder::new().stack_size(64 << 20);
    let run = move || {
        let folder = Path::new(&folder);
        let mut listing = String::new();
        aeb(&folder.join("aeb"), &mut listing);
        multilingual(folder, &mut listing);
        if let Some(items) = items {
            fs::write(items, listing).unwrap();
        }
    };
    worker.spawn(run).unwrap().join().unwrap();
}

fn read(body: Vec<u8>, url: &str) -> Document {
    let capture = Capture { url: Some(url.to_owned()), body, ..Capture::default() };
    reading::document(&capture, &Limits::NEWS)
        .0
        .unwrap_or_else(|| Document::new(None, String::new()))
}

/// Seconds of processor time of this process.
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

fn gunzip(path: &Path) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(fs::File::open(path).unwrap()).read_to_end(&mut out).unwrap();
    out
}

/// Counts of the 4-grams of a text's words, as the authors of the benchmark define words.
fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let mut counts = BTreeMap::new();
    let last = words.len().saturating_sub(4);
    if !words.is_empty() {
        for at in 0..=last {
            *counts.entry(words[at..(at + 4).min(words.len())].to_vec()).or_insert(0) += 1;
        }
    }
    counts
}

fn aeb(folder: &Path, listing: &mut String) {
    let truth: serde_json::Map<String, Value> =
        serde_json::from_slice(&gunzip(&folder.join("ground-truth.json.gz"))).unwrap();
    let (mut precisions, mut recalls) = (Vec::new(), Vec::new());
    let pages: Vec<_> = truth
        .iter()
        .map(|(id, gold)| {
            let body = gunzip(&folder.join("html").join(format!("{id}.html.gz")));
            (id, gold["articleBody"].as_str().unwrap(), gold["url"].as_str().unwrap_or(""), body)
        })
        .collect();
    let start = cpu();
    for (id, gold, url, body) in pages {
        let document = read(body, url);
        let (gold, said) = (shingles(gold), shingles(document.text()));
        let (mut tp, mut fp, mut fn_) = (0.0, 0.0, 0.0);
        for (key, &n) in &gold {
            let m = said.get(key).copied().unwrap_or(0);
            tp += n.min(m) as f64;
            fn_ += n.saturating_sub(m) as f64;
        }
        for (key, &m) in &said {
            fp += m.saturating_sub(gold.get(key).copied().unwrap_or(0)) as f64;
        }
        let sum: f64 = tp + fp + fn_;
        if sum > 0.0 {
            (tp, fp, fn_) = (tp / sum, fp / sum, fn_ / sum);
        }
        let p = if fp == 0.0 && tp == 0.0 { 0.0 } else { tp / (tp + fp) };
        let r = if fn_ == 0.0 && tp == 0.0 { 0.0 } else { tp / (tp + fn_) };
        writeln!(listing, "aeb\t{id}\t{p:.3}\t{r:.3}\t{url}").unwrap();
        if fp + tp > 0.0 {
            precisions.push(p);
        }
        if fn_ + tp > 0.0 {
            recalls.push(r);
        }
    }
    let rate = truth.len() as f64 / (cpu() - start);
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    let (p, r) = (mean(&precisions), mean(&recalls));
    println!("aeb  F1 {:.4}  P {p:.4}  R {r:.4}  {rate:.0} pages/s", 2.0 * p * r / (p + r));
}

fn multilingual(folder: &Path, listing: &mut String) {
    let gold: serde_json::Map<String, Value> =
        serde_json::from_slice(&fs::read(folder.join("evaldata.json")).unwrap()).unwrap();
    let (mut tp, mut fp, mut fn_) = (0.0, 0.0, 0.0);
    let (mut dated, mut said, mut exact, mut undated) = (0, 0, 0, 0);
    let (mut titles, mut titles_right, mut authors, mut authors_said, mut authors_right) =
        (0, 0, 0, 0, 0);
    let mut by_source: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut pages = Vec::new();
    for (url, item) in &gold {
        let name = item["file"].as_str().unwrap();
        let body = ["eval", "cache"].iter().find_map(|d| fs::read(folder.join(d).join(name)).ok());
        match body {
            Some(body) => pages.push((url, item, body)),
            None => println!("missing {name}"),
        }
    }
    let start = cpu();
    let documents: Vec<_> =
        pages.into_iter().map(|(url, item, body)| (url, item, read(body, url))).collect();
    let rate = documents.len() as f64 / (cpu() - start);
    for (url, item, document) in documents {
        let text = document.text().split_whitespace().collect::<Vec<_>>().join(" ");
        let has = |segment: &Value| {
            let segment = segment.as_str().unwrap_or_default();
            document.text().contains(segment)
                || text.contains(&segment.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let list = |key: &str| item[key].as_array().cloned().unwrap_or_default();
        let (with, without) = (list("with"), list("without"));
        let got = with.iter().filter(|s| has(s)).count();
        let bad = without.iter().filter(|s| has(s)).count();
        tp += got as f64;
        fn_ += (with.len() - got) as f64;
        fp += bad as f64;
        let day = document.published.as_ref().map(|p| p.value.to_string());
        let gold_day = item["date"].as_str().unwrap_or("");
        let how = document.published.as_ref().map_or(String::new(), |p| format!("{:?}", p.how));
        if gold_day.is_empty() {
            undated += usize::from(day.is_some());
        } else {
            dated += 1;
            said += usize::from(day.is_some());
            let right = day.as_deref() == Some(gold_day);
            exact += usize::from(right);
            let entry = by_source.entry(how.clone()).or_default();
            entry.0 += 1;
            entry.1 += usize::from(right);
        }
        let title = document.title.as_ref().map_or("", |t| &t.value);
        let gold_title = item["title"].as_str().unwrap_or("");
        if !gold_title.is_empty() {
            titles += 1;
            titles_right += usize::from(title.to_lowercase() == gold_title.trim().to_lowercase());
        }
        let mut names: Vec<String> =
            document.authors.iter().map(|a| a.value.to_lowercase()).collect();
        names.sort();
        let mut gold_names: Vec<String> = match &item["author"] {
            Value::String(s) => s.split([';', ',']).map(|a| a.trim().to_lowercase()).collect(),
            Value::Array(a) => a.iter().filter_map(|a| a.as_str()).map(str::to_lowercase).collect(),
            _ => Vec::new(),
        };
        gold_names.retain(|a| !a.is_empty());
        gold_names.sort();
        if !gold_names.is_empty() {
            authors += 1;
            authors_said += usize::from(!names.is_empty());
            authors_right += usize::from(names == gold_names);
        }
        writeln!(
            listing,
            "990\t{}\t{got}/{}\t{bad}/{}\t{gold_day}\t{}\t{how}\t{url}\t{gold_title}\t{title}\t{}\t{}",
            item["file"].as_str().unwrap(),
            with.len(),
            without.len(),
            day.unwrap_or_default(),
            gold_names.join("; "),
            names.join("; "),
        )
        .unwrap();
    }
    let (p, r) = (tp / (tp + fp), tp / (tp + fn_));
    println!("990  F1 {:.4}  P {p:.4}  R {r:.4}  {rate:.0} pages/s", 2.0 * p * r / (p + r));
    println!(
        "990  dates: {exact} exact of {dated} ({:.1} %), precision {:.1} % of {said}; {undated} said where gold has none",
        100.0 * f64::from(exact as u32) / f64::from(dated),
        100.0 * exact as f64 / said.max(1) as f64
    );
    for (how, (n, right)) in by_source {
        println!("       {how:12} {n:4}  right {right}");
    }
    println!("990  titles: {titles_right} of {titles}");
    println!("990  authors: {authors_right} of {authors}, {authors_said} said");
}
