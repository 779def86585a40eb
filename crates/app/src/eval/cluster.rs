//! Which reports tell of one event: sections for suites whose gold says so.
//!
//! The gold's own fields are linked first, which tells of linking alone; then what the program
//! codes itself, where an event that was not coded is one that nothing was linked to. The plain
//! rule beside them links what has a day and a place in common, through as many steps as it takes.

use std::collections::BTreeMap;

use engine::Knowledge;
use engine::eval::cluster::{adjusted_rand, items, labels, measures, one_and_alone};
use engine::eval::events::linking::{plainly_one, telling};
use engine::eval::events::pairing::pair;
use engine::eval::events::{Article, predict};
use engine::link::learn::Lesson;
use engine::link::{Bounds, Linker, Telling, Weights, Wording, link, parts};
use engine::report::Report;
use reading::Document;
use serde_json::{Value, json};

use super::{Case, Figure, Section, spread};

/// The clusters of the gold's fields and of the program's own coding.
pub(super) fn sections(
    suite: &str,
    articles: &[Article],
    documents: &BTreeMap<String, Document>,
    known: &Knowledge,
) -> anyhow::Result<Vec<Section>> {
    let linker = Linker::embedded();
    let gathered = Gathered::of(articles, documents, &linker, known)?;
    Ok(gathered.sections(suite, &linker.weights))
}

/// The events of all articles, by the gold's fields and by our own coding.
pub(super) struct Gathered {
    names: Vec<String>,
    /// The label of each gold event.
    gold: Vec<usize>,
    pub(super) of_gold: Vec<Telling>,
    pub(super) own: Vec<Telling>,
    /// For each gold event our own telling of it.
    own_of: Vec<Option<usize>>,
    /// The gold events that are asked about: where the gold names what articles are about, these.
    asked: Vec<usize>,
}

impl Gathered {
    pub(super) fn of(
        articles: &[Article],
        documents: &BTreeMap<String, Document>,
        linker: &Linker,
        known: &Knowledge,
    ) -> anyhow::Result<Self> {
        let both: Vec<(&Article, &Document)> =
            articles.iter().filter_map(|a| Some((a, documents.get(&a.url)?))).collect();
        let coded = spread(both, |(gold, document)| Told::of(gold, document, linker, known))?;
        let mut clusters: BTreeMap<&str, usize> = BTreeMap::new();
        let by_article = articles.iter().any(|article| article.event.is_some());
        let mut all = Self {
            names: Vec::new(),
            gold: Vec::new(),
            of_gold: Vec::new(),
            own: Vec::new(),
            own_of: Vec::new(),
            asked: Vec::new(),
        };
        for told in &coded {
            for (n, event) in told.article.events.iter().enumerate() {
                all.names.push(format!("{}#{}", told.article.name(), event.id));
                let new = clusters.len();
                let cluster = told.article.cluster(n);
                if cluster.is_some() || !by_article {
                    all.asked.push(all.gold.len());
                }
                let cluster = cluster.map(|c| *clusters.entry(c).or_insert(new));
                all.gold.push(cluster.unwrap_or(usize::MAX - all.names.len()));
                all.own_of.push(told.found.get(n).copied().flatten().map(|i| all.own.len() + i));
            }
            all.of_gold.extend(told.gold.iter().cloned());
            all.own.extend(told.own.iter().cloned());
        }
        Ok(all)
    }

    /// What these weights make of them.
    pub(super) fn sections(&self, suite: &str, weights: &Weights) -> Vec<Section> {
        let asked = |labels: &[usize]| -> Vec<usize> {
            self.asked.iter().filter_map(|&i| labels.get(i).copied()).collect()
        };
        let names: Vec<String> =
            self.asked.iter().filter_map(|&i| self.names.get(i).cloned()).collect();
        let gold = asked(&self.gold);
        let given = labels(self.of_gold.len(), &link(&self.of_gold, weights, Bounds::USUAL));
        let name = format!("{suite}/cluster, gold fields");
        let by_rule = asked(&plain(&self.of_gold));
        let fields = section(name, &names, &gold, &asked(&given), &by_rule);
        let linked = labels(self.own.len(), &link(&self.own, weights, Bounds::USUAL));
        let of_own = |labels: &[usize]| -> Vec<usize> {
            let alone = |i: usize| usize::MAX - i;
            let given = self.own_of.iter().enumerate();
            given.map(|(i, n)| n.map_or(alone(i), |n| labels[n])).collect()
        };
        let (given, plain) = (of_own(&linked), of_own(&plain(&self.own)));
        let name = format!("{suite}/cluster, own coding");
        vec![fields, section(name, &names, &gold, &asked(&given), &asked(&plain))]
    }

    /// The pairs of gold events, and those of our own tellings of them.
    pub(super) fn lessons(&self, weight: f64) -> [Lesson<'_>; 2] {
        let mut gold_of: BTreeMap<usize, usize> = BTreeMap::new();
        for (label, own) in self.gold.iter().zip(&self.own_of) {
            gold_of.extend(own.map(|own| (own, *label)));
        }
        let fields = Lesson {
            tellings: self.of_gold.iter().collect(),
            same: Box::new(|i, j| Some(self.gold[i] == self.gold[j])),
            weight,
        };
        let own = Lesson {
            tellings: self.own.iter().collect(),
            same: Box::new(move |i, j| Some(gold_of.get(&i)? == gold_of.get(&j)?)),
            weight,
        };
        [fields, own]
    }
}

/// One article, as its gold tells it and as the program does.
struct Told<'a> {
    article: &'a Article,
    gold: Vec<Telling>,
    own: Vec<Telling>,
    /// For each gold event the program's telling of it.
    found: Vec<Option<usize>>,
}

impl<'a> Told<'a> {
    fn of(article: &'a Article, document: &Document, linker: &Linker, known: &Knowledge) -> Self {
        let frequencies = &linker.frequencies;
        let title = document.title.as_ref().map_or("", |t| t.value.as_str());
        let whole = Wording::of(&[title, document.text()], frequencies);
        let reports = engine::code(document, known).reports;
        let pairing = pair(article, &predict::article(article, &reports, document));
        let violent: Vec<&Report> = reports.iter().filter(|report| report.is_violent()).collect();
        Self {
            article,
            gold: article
                .events
                .iter()
                .map(|event| telling(event, document, &whole, frequencies))
                .collect(),
            own: Telling::all(&violent, document, &whole, frequencies),
            found: (0..article.events.len()).map(|n| pairing.predicted(n)).collect(),
        }
    }
}

/// The labels of what the plain rule links.
fn plain(tellings: &[Telling]) -> Vec<usize> {
    let mut edges = Vec::new();
    for (i, a) in tellings.iter().enumerate() {
        let later = tellings.iter().enumerate().skip(i + 1);
        edges.extend(later.filter(|(_, b)| plainly_one(a, b)).map(|(j, _)| (i, j)));
    }
    labels(tellings.len(), &parts(tellings.len(), &edges))
}

/// A section of these things with these labels.
pub(super) fn section(
    name: String,
    names: &[String],
    gold: &[usize],
    given: &[usize],
    plain: &[usize],
) -> Section {
    let rand = |labels| adjusted_rand(gold, labels);
    let figure = |name, value| Figure { name, value, unit: "" };
    let case = |(item, &label): (_, &usize)| Case {
        item,
        text: Value::Null,
        gold: json!(label),
        given: Value::Null,
    };
    let (n_events, n_alone) = one_and_alone(gold, given);
    let count = |n: usize| Some(n as f64);
    Section {
        name,
        measures: measures(),
        cases: items(names, gold, given, plain).into_iter().zip(gold).map(case).collect(),
        figures: vec![
            figure("adjusted Rand", rand(given)),
            figure("adjusted Rand, plain rule", rand(plain)),
            figure("events", count(n_events)),
            figure("events one and alone", count(n_alone)),
        ],
    }
}
