//! `maverick`: coded reports linked by their fields, learned on one country and tested on the
//! others.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use engine::eval::cluster::labels;
use engine::eval::maverick::{Row, plainly_one};
use engine::link::learn::{Foretold, Lesson, foretold, teach};
use engine::link::{Bounds, Linker, Telling, link, parts};

use super::calibration::{in_all, section as calibration};
use super::cluster::section;
use super::{Evaluated, Gold, Source, Suite, files};

/// The rows of the data set with what linking compares.
pub(super) struct Corpus {
    pub(super) rows: Vec<Row>,
    pub(super) tellings: Vec<Telling>,
}

/// Links the reports and scores what comes of it.
pub(super) fn evaluate(source: &Source) -> anyhow::Result<Evaluated> {
    let (corpus, gold) = read(&source.data)?;
    let names: Vec<String> = corpus.rows.iter().map(|row| row.id.clone()).collect();
    let mut events: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wanted = Vec::new();
    for row in &corpus.rows {
        let new = events.len();
        wanted.push(*events.entry(&row.event_id).or_insert(new));
    }
    let embedded = link(&corpus.tellings, &Linker::embedded().weights, Bounds::USUAL);
    let embedded = labels(names.len(), &embedded);
    let plain = corpus.plain();
    let (by_country, foretold) = corpus.by_country();
    let sections = vec![
        section("maverick/by country".into(), &names, &wanted, &by_country, &plain),
        section("maverick/embedded weights".into(), &names, &wanted, &embedded, &plain),
        calibration("maverick/calibration, by country".into(), &names, &foretold),
    ];
    Ok(Evaluated { suite: Suite::Maverick, gold, sections, missing: Vec::new() })
}

impl Corpus {
    /// All pairs of the reports `of`.
    pub(super) fn lesson<'a>(&'a self, of: &[usize], weight: f64) -> Lesson<'a> {
        let of = of.to_vec();
        Lesson {
            tellings: of.iter().map(|&i| &self.tellings[i]).collect(),
            same: Box::new(move |i, j| {
                Some(self.rows[of[i]].event_id == self.rows[of[j]].event_id)
            }),
            weight,
        }
    }

    /// The labels where each country is linked by what the others teach, and what that says of its
    /// pairs.
    fn by_country(&self) -> (Vec<usize>, Vec<Foretold>) {
        let n = self.rows.len();
        let countries: std::collections::BTreeSet<&str> =
            self.rows.iter().map(|row| row.country.as_str()).collect();
        let (mut given, mut pairs) = (vec![0; n], Vec::new());
        for (place, country) in countries.iter().enumerate() {
            let (tested, taught): (Vec<usize>, Vec<usize>) =
                (0..n).partition(|&i| self.rows[i].country == *country);
            let weights = teach(&[self.lesson(&taught, 1.0)]);
            let tellings: Vec<Telling> = tested.iter().map(|&i| self.tellings[i].clone()).collect();
            let found = labels(tested.len(), &link(&tellings, &weights, Bounds::USUAL));
            tested.iter().zip(found).for_each(|(&i, label)| given[i] = place * 2 * n + label);
            pairs.extend(in_all(foretold(&self.lesson(&tested, 1.0), &weights), &tested));
        }
        (given, pairs)
    }

    fn plain(&self) -> Vec<usize> {
        let mut edges = Vec::new();
        for (i, a) in self.rows.iter().enumerate() {
            let later = self.rows.iter().enumerate().skip(i + 1);
            edges.extend(later.filter(|(_, b)| plainly_one(a, b)).map(|(j, _)| (i, j)));
        }
        labels(self.rows.len(), &parts(self.rows.len(), &edges))
    }
}

/// The data set.
pub(super) fn read(data: &Path) -> anyhow::Result<(Corpus, Gold)> {
    let path = files::one(data, "*.csv", |name| files::ends(name, ".csv"))?;
    let (gold, gold_files) = files::gold(&path, std::slice::from_ref(&path))?;
    let text = gold_files.first().map_or("", |file| file.text.as_str());
    let rows: Vec<Row> = csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .with_context(|| format!("\"{}\" is not as it must be", path.display()))?;
    let tellings = rows.iter().map(Row::telling).collect();
    Ok((Corpus { rows, tellings }, gold))
}
