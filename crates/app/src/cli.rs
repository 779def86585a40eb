//! The one list of verbs.

use clap::{Parser, Subcommand};

use crate::commands::{about, code, eval, fetch, read};
use crate::failure::Outcome;

/// Read the news and keep the record of political violence
#[derive(Debug, Parser)]
#[command(name = "tocsin", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Read pages, feeds, archives and tables, and print documents as JSON lines
    Read(read::Arguments),
    /// Fetch feeds and pages politely into a WARC file
    Fetch(fetch::Arguments),
    /// Code documents, and print what they say about attacks with the evidence
    Code(code::Arguments),
    /// Score the reading and the coding against gold
    Eval(eval::Arguments),
    /// Show the build, its knowledge and the licences
    About(about::Arguments),
}

/// Does one verb.
pub(crate) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.verb {
        Verb::Read(arguments) => read::run(&arguments),
        Verb::Fetch(arguments) => fetch::run(&arguments),
        Verb::Code(arguments) => code::run(&arguments),
        Verb::Eval(arguments) => eval::run(&arguments),
        Verb::About(arguments) => about::run(&arguments),
    }
}
