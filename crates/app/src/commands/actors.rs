//! `tocsin actors`: the actors of a ledger, and the names that may become some.

use std::fmt::Write as _;
use std::io::{Write, stdout};
use std::path::PathBuf;

use clap::Args;
use engine::Knowledge;

use super::hinted;
use crate::failure::Outcome;
use crate::render::clean;
use crate::render::table::{Column, lines};
use crate::store::Ledger;
use crate::store::browse::ActorLine;
use crate::store::proposed::Proposed;

/// Arguments of `tocsin actors`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Lists the known actors that are parties of attacks. With --proposed it lists names of organisations \
that are not known and that two or more documents have, with the sentences, and what each may be \
another name of. Nothing is taken over: an actor is a line of data/actors.tsv.")]
pub(crate) struct Arguments {
    /// Read this ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// List new names, not known actors
    #[arg(long)]
    proposed: bool,
    /// Print no more than this many
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// Prints the actors or the names.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let found = if arguments.proposed { proposed(arguments) } else { known(arguments) };
    let n = found.map_err(hinted)?;
    Ok(if n == 0 { Outcome::Partly } else { Outcome::Done })
}

fn known(arguments: &Arguments) -> anyhow::Result<usize> {
    let actors = Ledger::open(&arguments.ledger)?.actors(None, arguments.limit as usize)?;
    let mut out = stdout().lock();
    if arguments.json {
        for actor in &actors {
            writeln!(out, "{}", serde_json::to_string(actor)?)?;
        }
        return Ok(actors.len());
    }
    let column = |head, right| Column { head, right, cut: false };
    let columns = [
        column("actor", false),
        column("events", true),
        column("did", true),
        column("suffered", true),
        column("first", false),
        column("last", false),
    ];
    let row = |actor: &ActorLine| {
        let day = |day: &Option<String>| day.clone().unwrap_or_default();
        let numbers = [actor.events, actor.as_perpetrator, actor.as_target];
        let numbers = numbers.iter().map(u64::to_string);
        let days = [day(&actor.first_day), day(&actor.last_day)];
        std::iter::once(actor.id.clone()).chain(numbers).chain(days).collect()
    };
    let rows: Vec<Vec<String>> = actors.iter().map(row).collect();
    if !rows.is_empty() {
        for line in lines(&columns, &rows, None) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(actors.len())
}

fn proposed(arguments: &Arguments) -> anyhow::Result<usize> {
    let known = Knowledge::embedded();
    let mut names = Ledger::open(&arguments.ledger)?.proposed(&known)?;
    names.truncate(usize::try_from(arguments.limit).unwrap_or(usize::MAX));
    let mut out = stdout().lock();
    for (name, n) in names.iter().zip(0..) {
        if arguments.json {
            writeln!(out, "{}", serde_json::to_string(name)?)?;
        } else {
            let gap = if n == 0 { "" } else { "\n" };
            write!(out, "{gap}{}", plain(name))?;
        }
    }
    Ok(names.len())
}

fn plain(proposed: &Proposed) -> String {
    let Proposed { name, documents, outlets, countries, .. } = proposed;
    let mut out = format!("{}: {documents} documents of {outlets} outlets", clean(name));
    let told = [
        (proposed.as_perpetrator, "said to have attacked"),
        (proposed.as_target, "said to have been attacked"),
        (proposed.in_relations, "said to be related"),
    ];
    for (n, what) in told.into_iter().filter(|told| told.0 > 0) {
        // Writing to a string cannot fail.
        let _ = write!(out, ", {what} {n}×");
    }
    if !countries.is_empty() {
        let _ = write!(out, "; {}", countries.join(", "));
    }
    out.push('\n');
    for perhaps in &proposed.perhaps {
        let _ = writeln!(out, "  perhaps {} ({})", clean(&perhaps.of), perhaps.why);
    }
    for naming in &proposed.evidence {
        let by: Vec<&str> =
            [&naming.outlet, &naming.published].into_iter().flatten().map(String::as_str).collect();
        let _ = writeln!(out, "  {}: “{}”", clean(&by.join(", ")), clean(&naming.quote));
    }
    out
}
