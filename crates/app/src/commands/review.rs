//! `tocsin review`: what the program doubts, judged by people.

use std::io::{IsTerminal, Write, stdin, stdout};
use std::path::PathBuf;

use clap::Args;
use engine::Knowledge;
use jiff::Timestamp;

use super::hinted;
use super::ingest::user;
use crate::failure::Outcome;
use crate::render::clean;
use crate::review::agreement::{Agreement, agreement};
use crate::review::prompt::{Terminal, Walked, walk};
use crate::review::{Reviewer, Which, export, open, queue, show};

/// How wide lines are where there is no terminal.
const WIDTH: usize = 100;

/// Arguments of `tocsin review`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Walks through what the program is not sure of: pairs of reports that may be of one event, fields of \
an event on which reports disagree, reports of low confidence, and what reviewers marked. Type ? for \
what can be answered. Each answer is an entry of the ledger, signed with the reviewer's name, and \
counts before what the program makes out: it holds when more reports come and when documents are \
coded by another build, and u or another entry takes it back. Of answers that are against each other \
the latest counts. Stop when you like; the queue goes on where it was.

With --again a reviewer is asked what others have answered, without their answers; --agreement \
compares.")]
pub(crate) struct Arguments {
    /// Review this ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// Sign the judgements with this name [default: the user's]
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Ask only questions of this sort
    #[arg(long, value_enum)]
    only: Option<Which>,
    /// Ask what others have answered and this reviewer has not
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    instead: Instead,
    /// Date the entries with this time, such as 2024-03-23T12:00:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// Print JSON lines
    #[arg(long)]
    json: bool,
}

/// What to do instead of asking.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct Instead {
    /// Print the questions and ask none
    #[arg(long)]
    list: bool,
    /// Print the judgements, those that were undone as well
    #[arg(long)]
    judgements: bool,
    /// Print how far reviewers agree
    #[arg(long)]
    agreement: bool,
    /// Write the judgements that hold as training data into this file, JSON lines
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,
    /// Take back the judgement of this entry
    #[arg(long, value_name = "ENTRY")]
    undo: Option<i64>,
}

/// Does what the arguments ask.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    review(arguments).map_err(hinted)
}

fn review(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let reviewer = Reviewer {
        ledger: arguments.ledger.clone(),
        name: arguments.reviewer.clone().unwrap_or_else(user),
        at: arguments.at,
        beside: false,
    };
    if arguments.instead.list {
        return list(arguments, &reviewer);
    }
    if arguments.instead.judgements {
        return judgements(arguments);
    }
    if arguments.instead.agreement {
        return compared(arguments);
    }
    if let Some(path) = &arguments.instead.export {
        let lines = export::lines(&open(&arguments.ledger)?, &Knowledge::embedded())?;
        let lines: Vec<String> = lines.iter().map(|line| line.to_string() + "\n").collect();
        let text = lines.concat();
        std::fs::write(path, text)
            .map_err(|error| anyhow::anyhow!("cannot write \"{}\": {error}", path.display()))?;
        writeln!(stdout(), "{} lines", lines.len())?;
        return Ok(Outcome::Done);
    }
    if let Some(entry) = arguments.instead.undo {
        reviewer.undo(Some(entry))?;
        writeln!(stdout(), "entry {entry} is undone")?;
        return Ok(Outcome::Done);
    }
    let width =
        if stdout().is_terminal() { usize::from(console::Term::stdout().size().1) } else { WIDTH };
    let mut terminal = Terminal { input: stdin().lock(), output: stdout().lock(), width };
    let known = Knowledge::embedded();
    let walked = walk(&reviewer, (arguments.only, arguments.again), &known, &mut terminal)?;
    let Walked { asked, judged, undone } = walked;
    writeln!(terminal.output, "{asked} asked, {judged} judged, {undone} undone")?;
    Ok(Outcome::Done)
}

fn list(arguments: &Arguments, reviewer: &Reviewer) -> anyhow::Result<Outcome> {
    let ledger = open(&arguments.ledger)?;
    let again = arguments.again.then_some(reviewer.name.as_str());
    let items = queue(&ledger, arguments.only, again, usize::MAX)?;
    let mut out = stdout().lock();
    let known = Knowledge::embedded();
    for (item, n) in items.iter().zip(1..) {
        if arguments.json {
            writeln!(out, "{}", item.view(&ledger)?)?;
        } else {
            writeln!(out, "{n:4}  {}", show::in_short(&ledger, &known, item)?)?;
        }
    }
    Ok(if items.is_empty() { Outcome::Partly } else { Outcome::Done })
}

fn judgements(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let all = open(&arguments.ledger)?.judgements()?;
    let mut out = stdout().lock();
    for kept in &all {
        if arguments.json {
            writeln!(out, "{}", kept.view())?;
            continue;
        }
        let judgement = &kept.judged.judgement;
        let reports: Vec<String> = judgement
            .reports()
            .iter()
            .take(2)
            .map(|told| told.report.to_string().chars().take(10).collect())
            .collect();
        let undone = kept.undone.map_or(String::new(), |entry| format!(", undone in {entry}"));
        let line = format!(
            "{}  {}  {}  {}: {} ({}){undone}",
            kept.seq,
            kept.at,
            kept.reviewer,
            judgement.sort(),
            judgement.answer(),
            reports.join(", ")
        );
        writeln!(out, "{}", clean(&line))?;
    }
    Ok(if all.is_empty() { Outcome::Partly } else { Outcome::Done })
}

fn compared(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let found = agreement(&open(&arguments.ledger)?.judgements()?);
    let mut out = stdout().lock();
    for of in &found {
        if arguments.json {
            writeln!(out, "{}", serde_json::to_string(of)?)?;
            continue;
        }
        let Agreement { question, reviewers, items, pairs, agreeing, kappa, alpha } = of;
        let number = |name: &str, value: &Option<f64>| {
            value.map_or(String::new(), |value| format!(", {name} {value:.2}"))
        };
        let line = format!(
            "{question}: {items} items by {}; {agreeing} of {pairs} pairs of answers agree{}{}",
            reviewers.join(", "),
            number("kappa", kappa),
            number("alpha", alpha)
        );
        writeln!(out, "{}", clean(&line))?;
    }
    Ok(if found.is_empty() { Outcome::Partly } else { Outcome::Done })
}
