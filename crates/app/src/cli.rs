//! The one list of verbs.

use clap::{Parser, Subcommand};

use crate::commands::{
    about, actors, code, data, eval, events, fetch, import, ingest, read, relations, review, serve,
    show, store, token, train_kind, user,
};
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
    /// Learn a kind of your own from a few sentences, for code --kind
    TrainKind(train_kind::Arguments),
    /// Read and code inputs, and keep what is new in a ledger
    Ingest(ingest::Arguments),
    /// Keep the rows of event tables in a ledger, each as a report of its table
    Import(import::Arguments),
    /// List the reports of a ledger
    Events(events::Arguments),
    /// Show a report or a document with the evidence marked
    Show(show::Arguments),
    /// List who is said to be related to whom
    Relations(relations::Arguments),
    /// List the actors of a ledger, or new names that may be some
    Actors(actors::Arguments),
    /// Judge what the program is not sure of, and compare what reviewers judged
    Review(review::Arguments),
    /// Serve the pages and the API of a ledger, on this machine or with accounts to others
    Serve(serve::Arguments),
    /// Add, list and remove users of the server, who have passwords
    User(user::Arguments),
    /// Add, list and remove tokens, with which programs ask the server
    Token(token::Arguments),
    /// Check, mend or copy a ledger
    Store(store::Arguments),
    /// Check the sources of what is known
    Data(data::Arguments),
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
        Verb::TrainKind(arguments) => train_kind::run(&arguments),
        Verb::Ingest(arguments) => ingest::run(&arguments),
        Verb::Import(arguments) => import::run(&arguments),
        Verb::Events(arguments) => events::run(&arguments),
        Verb::Show(arguments) => show::run(&arguments),
        Verb::Relations(arguments) => relations::run(&arguments),
        Verb::Actors(arguments) => actors::run(&arguments),
        Verb::Review(arguments) => review::run(&arguments),
        Verb::Serve(arguments) => serve::run(&arguments),
        Verb::User(arguments) => user::run(&arguments),
        Verb::Token(arguments) => token::run(&arguments),
        Verb::Store(arguments) => store::run(&arguments),
        Verb::Data(arguments) => data::run(&arguments),
        Verb::Eval(arguments) => eval::run(&arguments),
        Verb::About(arguments) => about::run(&arguments),
    }
}
