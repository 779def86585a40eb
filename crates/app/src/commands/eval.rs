//! `tocsin eval`: the program's answers against gold, a table or JSON on standard output.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use engine::Knowledge;
use engine::eval::floor::Floors;

use crate::eval::{Evaluated, Source, Suite, evaluate, load, outline, scale, speed, table};
use crate::failure::{Outcome, hint};
use crate::model;

/// Arguments of `tocsin eval`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    one: Option<One>,
    /// What to score
    #[arg(required = true, value_enum)]
    suite: Option<Suite>,
    #[command(flatten)]
    source: Option<Source>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Write what became of each item, tab-separated
    #[arg(long, value_name = "FILE")]
    items: Option<PathBuf>,
    /// Write what the program said, in the suite's exchange form
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Fail if a figure is below its floor in this TOML file
    #[arg(long, value_name = "FILE")]
    floor: Option<PathBuf>,
    /// Draw this many samples for the 95 % intervals
    #[arg(long, value_name = "N", default_value_t = 1000)]
    resamples: usize,
    /// Take the median of this many passes, for speed
    #[arg(long, value_name = "N", default_value_t = 5)]
    passes: usize,
    /// Make up to this many reports, for scale and load
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    most: u32,
}

#[derive(Debug, Subcommand)]
enum One {
    /// Show one item, its gold against what the program says
    Show {
        /// The suite that it is of
        #[arg(value_enum)]
        suite: Suite,
        /// The item's id, as in the items file
        item: String,
        #[command(flatten)]
        source: Source,
    },
}

/// Scores one suite, or shows one item.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    if let Some(One::Show { suite, item, source }) = &arguments.one {
        return show(*suite, item, source);
    }
    let (Some(suite), Some(source)) = (arguments.suite, &arguments.source) else {
        bail!("a suite and --data are needed");
    };
    if matches!(suite, Suite::Speed | Suite::Scale | Suite::Load) {
        return measure(suite, arguments, source);
    }
    let known = model::beside(Knowledge::embedded(), source.no_model);
    let evaluated = evaluate(suite, source, &known)?;
    write_files(arguments, &evaluated)?;
    let mut out = std::io::stdout().lock();
    if arguments.json {
        table::write_json(&mut out, &evaluated, &known, arguments.resamples)?;
    } else {
        table::write(&mut out, &evaluated, &known, arguments.resamples)?;
    }
    let kept = match &arguments.floor {
        Some(path) => holds(path, &evaluated)?,
        None => true,
    };
    report_missing(&evaluated);
    Ok(if kept && evaluated.missing.is_empty() { Outcome::Done } else { Outcome::Partly })
}

fn measure(suite: Suite, arguments: &Arguments, source: &Source) -> anyhow::Result<Outcome> {
    let named = [&arguments.items, &arguments.predictions, &arguments.floor];
    if named.iter().any(|file| file.is_some()) {
        let error = anyhow::anyhow!("suite \"{suite}\" has no items, predictions or floors");
        return Err(hint(error, "leave out --items, --predictions and --floor"));
    }
    let mut out = std::io::stdout().lock();
    if suite == Suite::Scale {
        let build = Knowledge::embedded().build().to_owned();
        let measured = scale::measure(&source.data, arguments.most, &build)?;
        if arguments.json {
            writeln!(out, "{}", serde_json::to_string(&measured)?)?;
        } else {
            scale::write(&mut out, &measured)?;
        }
        return Ok(Outcome::Done);
    }
    if suite == Suite::Load {
        let build = Knowledge::embedded().build().to_owned();
        let measured = load::measure(&source.data, arguments.most, &build)?;
        if arguments.json {
            writeln!(out, "{}", serde_json::to_string(&measured)?)?;
        } else {
            load::write(&mut out, &measured)?;
        }
        return Ok(Outcome::Done);
    }
    let measured = speed::measure(source, arguments.passes)?;
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string(&measured)?)?;
    } else {
        speed::write(&mut out, &measured)?;
    }
    Ok(Outcome::Done)
}

fn show(suite: Suite, item: &str, source: &Source) -> anyhow::Result<Outcome> {
    let evaluated =
        evaluate(suite, source, &model::beside(Knowledge::embedded(), source.no_model))?;
    let mut cases = evaluated.sections.iter().flat_map(|section| &section.cases);
    let Some(case) = cases.find(|case| case.item.id == item) else {
        let error = anyhow::anyhow!("suite \"{suite}\" has no item \"{item}\"");
        return Err(hint(
            error,
            "take an id from the first column of the file that --items writes",
        ));
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{suite} {item}")?;
    for (name, value) in [("text", &case.text), ("gold", &case.gold), ("given", &case.given)] {
        writeln!(out, "\n{name}\n{}", outline::outline(value))?;
    }
    writeln!(out, "\nwrong")?;
    if case.item.wrong.is_empty() {
        writeln!(out, "  nothing")?;
    }
    for wrong in &case.item.wrong {
        writeln!(out, "  {wrong}")?;
    }
    Ok(Outcome::Done)
}

fn write_files(arguments: &Arguments, evaluated: &Evaluated) -> anyhow::Result<()> {
    let write = |path: &Path, content: Vec<u8>| {
        fs::write(path, content).with_context(|| format!("cannot write \"{}\"", path.display()))
    };
    if let Some(path) = &arguments.items {
        let mut content = Vec::new();
        table::write_items(&mut content, evaluated)?;
        write(path, content)?;
    }
    if let Some(path) = &arguments.predictions {
        let Some(content) = evaluated.exchange()? else {
            let error = anyhow::anyhow!("suite \"{}\" has no exchange form", evaluated.suite);
            return Err(hint(error, "leave out --predictions"));
        };
        write(path, content)?;
    }
    Ok(())
}

#[expect(clippy::print_stderr, reason = "broken floors are failures, and the table is the result")]
fn holds(path: &Path, evaluated: &Evaluated) -> anyhow::Result<bool> {
    let name = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read \"{name}\""))?;
    let floors: Floors =
        toml::from_str(&text).with_context(|| format!("\"{name}\" is not a file of floors"))?;
    let suite = evaluated.suite.to_string();
    let broken = floors.broken(&suite, &evaluated.gold.digest, &evaluated.scored());
    for message in &broken {
        eprintln!("tocsin: floor in \"{name}\": {message}");
    }
    Ok(broken.is_empty())
}

#[expect(clippy::print_stderr, reason = "gold without documents is a failure beside the result")]
fn report_missing(evaluated: &Evaluated) {
    if let Some(first) = evaluated.missing.first() {
        let n = evaluated.missing.len();
        eprintln!("tocsin: {n} gold items have no document (first: \"{first}\")");
        eprintln!("hint: name the file of documents with --docs; such items count as not found");
    }
}
