//! `tocsin relations`: who is said to be related to whom, each claim with its sentence.

use std::io::{IsTerminal, Write, stdout};
use std::path::PathBuf;

use clap::Args;

use super::hinted;
use crate::failure::{Outcome, hint};
use crate::question;
use crate::render::clean;
use crate::render::table::{Column, lines};
use crate::store::Ledger;
use crate::store::browse::RelationFilter;
use crate::store::edges::{Edge, EdgeEnd};

/// Arguments of `tocsin relations`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
A row is an edge: all claims that two are related in one way, however many documents make them. What \
some assert and others deny stands side by side; the days are those of which it is claimed, or else \
those on which it was published. --json has every claim with who says so and the sentence.")]
pub(crate) struct Arguments {
    /// Read this ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// Keep the relations of the actor of this id
    #[arg(long, value_name = "ID")]
    actor: Option<String>,
    /// Keep this relation, such as offshoot of, ally of or sponsor of
    #[arg(long, value_name = "RELATION")]
    relation: Option<String>,
    /// Keep what is claimed in at least so many documents, reprints left out
    #[arg(long, value_name = "N", default_value_t = 1)]
    documents: usize,
    /// Print one JSON object a line, with all claims
    #[arg(long)]
    json: bool,
}

/// Prints the edges.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    list(arguments).map_err(hinted)
}

fn list(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let relation = arguments.relation.as_deref().map(question::tie).transpose();
    let relation =
        relation.map_err(|misread| hint(anyhow::anyhow!(misread.message), misread.hint))?;
    let filter = RelationFilter { actor: arguments.actor.clone(), relation };
    let mut edges = Ledger::open(&arguments.ledger)?.edges(&filter)?;
    edges.retain(|edge| edge.documents >= arguments.documents);
    let mut out = stdout().lock();
    if arguments.json {
        for edge in &edges {
            writeln!(out, "{}", serde_json::to_string(edge)?)?;
        }
    } else if !edges.is_empty() {
        let column = |head, right, cut| Column { head, right, cut };
        let columns = [
            column("who", false, true),
            column("is", false, false),
            column("whom", false, true),
            column("said", true, false),
            column("doubted", true, false),
            column("denied", true, false),
            column("documents", true, false),
            column("when", false, false),
        ];
        let rows: Vec<Vec<String>> = edges.iter().map(row).collect();
        let width = stdout().is_terminal().then(|| usize::from(console::Term::stdout().size().1));
        for line in lines(&columns, &rows, width) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(if edges.is_empty() { Outcome::Partly } else { Outcome::Done })
}

fn row(edge: &Edge) -> Vec<String> {
    let end = |end: &EdgeEnd| {
        let name = end.actor.as_deref().unwrap_or(&end.name);
        clean(&match (&end.actor, &end.country) {
            (None, Some(country)) => format!("{name}, {country}"),
            _ => name.to_owned(),
        })
    };
    let number = |n: usize| if n == 0 { String::new() } else { n.to_string() };
    let days = |first: &Option<String>, last: &Option<String>| match (first, last) {
        (Some(first), Some(last)) if first == last => Some(first.clone()),
        (Some(first), Some(last)) => Some(format!("{first}/{last}")),
        _ => None,
    };
    let when = days(&edge.first_day, &edge.last_day).or_else(|| {
        days(&edge.first_published, &edge.last_published).map(|days| format!("published {days}"))
    });
    let relation = edge.relation.as_str().replace('_', " ");
    vec![
        end(&edge.subject),
        if edge.former == edge.claims.len() { format!("former {relation}") } else { relation },
        end(&edge.object),
        number(edge.asserted),
        number(edge.hedged),
        number(edge.denied),
        edge.documents.to_string(),
        when.unwrap_or_default(),
    ]
}
