//! The shell around the scorers: gold and documents from files, coding, output.
//!
//! A suite is a function from files to [`Section`]s. What it scores, shows and writes follows from
//! the cases in them, so that a new suite is one new module.

mod asking;
mod calibration;
mod case;
mod claims;
mod cluster;
mod ecbplus;
mod enlarged;
mod events;
mod files;
mod gvdb;
mod incidents;
mod kinds;
mod linking;
pub(crate) mod load;
mod maverick;
mod meltt;
mod muc;
pub(crate) mod outline;
mod pages;
mod places;
mod plover;
pub(crate) mod scale;
pub(crate) mod speed;
pub(crate) mod table;
mod world;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use engine::Knowledge;
use engine::eval::{Item, Measure, Scored};
use serde::Serialize;
use serde_json::Value;

use crate::work;
pub(crate) use case::Case as LetterCase;
pub(crate) use files::Gold;

/// What can be scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Suite {
    /// Text, date, author and title of web pages
    Pages,
    /// MUC-4 role-filler entities
    Muc4Ree,
    /// MUC-4 templates of six fields
    Muc4Gtt,
    /// MUC-4 templates with all their slots
    Muc4Full,
    /// Events of a year of Wikinews, end to end
    Wikinews,
    /// Events of digests of modern reports, end to end
    Modern,
    /// Events of the demonstration corpus, end to end
    Demo,
    /// Events of invented news that nothing was tuned on, end to end
    Fresh,
    /// Towns, weapons and numbers of victims of shootings in the United States
    Gvdb,
    /// Names of places in news, and where they are
    Places,
    /// Kinds and parties of single sentences
    Plover,
    /// Which documents of ECB+ tell of one event
    Ecbplus,
    /// Which coded reports of electoral violence are of one event
    Maverick,
    /// Which rows of three event tables are of one event, by windows and terms
    Meltt,
    /// Numbers of losses, foretold from who speaks of whose
    Claims,
    /// Weights of linking, learned from ECB+, reports of electoral violence and digests
    Linking,
    /// Which sentences of a message tell of one incident, learned from MUC-4 train
    Incidents,
    /// Sentences of kinds that are learned from a few examples
    Kinds,
    /// Documents and tokens a second on one core, peak memory
    Speed,
    /// Seconds and memory of linking up to a million made-up reports
    Scale,
    /// Milliseconds of answers over a large ledger while many ask
    Load,
}

impl std::fmt::Display for Suite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = self.to_possible_value();
        f.write_str(value.as_ref().map_or("", |v| v.get_name()))
    }
}

impl Suite {
    /// Whether it is a folder of ours, with all its gold and documents.
    fn is_corpus(self) -> bool {
        matches!(self, Self::Demo | Self::Fresh)
    }

    /// Whether whole articles are scored in the form of the Wikinews gold.
    fn is_articles(self) -> bool {
        self.is_corpus() || matches!(self, Self::Wikinews | Self::Modern)
    }
}

/// Where gold and documents are.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The gold file, gzip or not, or its folder; the documents, for speed; a folder to make a
    /// ledger in, for scale; one that has demo.ledger, for load
    #[arg(long, value_name = "GOLD")]
    pub(crate) data: PathBuf,
    /// The documents, where they are not beside the gold
    #[arg(long, value_name = "FILE")]
    pub(crate) docs: Option<PathBuf>,
    /// Code by the dictionaries and the grammar alone
    #[arg(long)]
    pub(crate) no_model: bool,
    /// Put the documents of wikinews, modern and demo into one case first
    #[arg(long, value_enum, value_name = "CASE")]
    pub(crate) case: Option<LetterCase>,
}

/// The result of a suite.
pub(crate) struct Evaluated {
    pub(crate) suite: Suite,
    pub(crate) gold: Gold,
    pub(crate) sections: Vec<Section>,
    /// Gold items for which there was no document.
    pub(crate) missing: Vec<String>,
}

/// One data set of a suite.
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) measures: Vec<Measure>,
    pub(crate) cases: Vec<Case>,
    /// Figures that are no ratio of sums over items, and so have no interval.
    pub(crate) figures: Vec<Figure>,
}

/// A figure of a data set as a whole.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    /// `None` if there was nothing to measure.
    pub(crate) value: Option<f64>,
    pub(crate) unit: &'static str,
}

/// One item: its score, and for people and exchange what was wanted and given.
pub(crate) struct Case {
    pub(crate) item: Item,
    /// The document's text, where it helps to see it.
    pub(crate) text: Value,
    pub(crate) gold: Value,
    pub(crate) given: Value,
}

/// Scores one suite.
///
/// # Errors
/// When gold or documents cannot be read or are not in their form.
pub(crate) fn evaluate(
    suite: Suite,
    source: &Source,
    known: &Knowledge,
) -> anyhow::Result<Evaluated> {
    if source.case.is_some() && !suite.is_articles() {
        anyhow::bail!("suite \"{suite}\" is scored in the case that it has; leave out --case");
    }
    match suite {
        Suite::Pages => pages::evaluate(source),
        Suite::Muc4Ree | Suite::Muc4Gtt | Suite::Muc4Full => muc::evaluate(suite, source, known),
        Suite::Wikinews | Suite::Modern | Suite::Demo | Suite::Fresh => {
            events::evaluate(suite, source, known)
        }
        Suite::Gvdb => gvdb::evaluate(source, known),
        Suite::Places => places::evaluate(source, known),
        Suite::Plover => plover::evaluate(source, known),
        Suite::Ecbplus => ecbplus::evaluate(source, known),
        Suite::Maverick => maverick::evaluate(source),
        Suite::Meltt => meltt::evaluate(source),
        Suite::Claims => claims::evaluate(source),
        Suite::Linking => linking::evaluate(source, known),
        Suite::Incidents => incidents::evaluate(source, known),
        Suite::Kinds => kinds::evaluate(source),
        Suite::Speed | Suite::Scale | Suite::Load => {
            anyhow::bail!("suite \"{suite}\" has no items; leave out \"show\"")
        }
    }
}

impl Evaluated {
    /// The scores without the cases.
    pub(crate) fn scored(&self) -> Vec<Scored> {
        let scored = |section: &Section| Scored {
            name: section.name.clone(),
            measures: section.measures.clone(),
            items: section.cases.iter().map(|case| case.item.clone()).collect(),
        };
        self.sections.iter().map(scored).collect()
    }

    /// What the program said, in the suite's exchange form; `None` if it has none.
    ///
    /// # Errors
    /// Never in practice: the values are JSON already.
    pub(crate) fn exchange(&self) -> anyhow::Result<Option<Vec<u8>>> {
        let cases = self.sections.iter().flat_map(|section| &section.cases);
        let mut content = Vec::new();
        match self.suite {
            Suite::Muc4Ree | Suite::Muc4Gtt => {
                let by_id: BTreeMap<&str, &Value> =
                    cases.map(|case| (case.item.id.as_str(), &case.given)).collect();
                serde_json::to_writer(&mut content, &by_id)?;
                content.push(b'\n');
            }
            Suite::Muc4Full | Suite::Wikinews | Suite::Modern | Suite::Demo | Suite::Fresh => {
                for case in cases {
                    serde_json::to_writer(&mut content, &case.given)?;
                    content.push(b'\n');
                }
            }
            Suite::Linking | Suite::Incidents => {
                for weights in cases.filter_map(|case| case.given.as_str()) {
                    content.extend_from_slice(weights.as_bytes());
                }
            }
            Suite::Plover => {
                let all: Vec<&Value> =
                    cases.filter_map(|case| case.given.as_array()).flatten().collect();
                serde_json::to_writer_pretty(&mut content, &all)?;
                content.push(b'\n');
            }
            Suite::Pages
            | Suite::Gvdb
            | Suite::Places
            | Suite::Ecbplus
            | Suite::Maverick
            | Suite::Meltt
            | Suite::Claims
            | Suite::Kinds
            | Suite::Speed
            | Suite::Scale
            | Suite::Load => return Ok(None),
        }
        Ok(Some(content))
    }
}

/// Applies `f` to all items, in their order: the one place where suites are spread over cores.
///
/// # Errors
/// When the work on an item fails: a score over the other items would not say so.
fn spread<T: Send, R: Send>(items: Vec<T>, f: impl Fn(T) -> R + Sync) -> anyhow::Result<Vec<R>> {
    let mut results = Vec::with_capacity(items.len());
    work::in_order(items.into_iter(), f, |result| {
        results.push(result?);
        Ok(())
    })?;
    Ok(results)
}

/// Says that a test did not run, so that its passing is not taken for more than it is.
#[cfg(test)]
#[expect(clippy::print_stderr, reason = "a skipped test is loud")]
fn skipped(test: &str, why: &str) {
    eprintln!("SKIPPED {test}: {why}");
}
