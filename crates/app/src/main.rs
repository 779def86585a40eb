//! The program `tocsin`: parse the command line, do one verb, say how it ended.

#![forbid(unsafe_code)]

mod accounts;
mod cli;
mod commands;
mod eval;
mod export;
mod failure;
mod gazetteer;
mod fetch;
mod import;
mod ingest;
mod inputs;
mod kind;
mod measure;
mod model;
mod problems;
mod question;
mod render;
mod review;
mod serve;
mod store;
mod work;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = <cli::Arguments as clap::Parser>::parse();
    failure::exit_code(cli::run(arguments))
}
