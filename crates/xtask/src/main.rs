//! Developer commands: `cargo xtask test`, `demo`, `web`, `browser`, `api`, `load`, `pack`, `tidy`,
//! `licences`.
//!
//! They need cargo and nothing else but for `web`, `browser` and `api`, so a fresh machine can run
//! them. The product never depends on this crate.

mod api;
mod browser;
mod demo;
mod figures;
mod load;
mod manifest;
mod pack;
mod test;
mod tidy;
mod web;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::{Parser, Subcommand};

/// Developer commands of Tocsin
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Set up what the tests need and run them all, as the CI does
    Test(test::Arguments),
    /// Build the program, code the demo corpus into a fresh ledger and print the record
    Demo(demo::Arguments),
    /// Build the script layer of the pages into web/dist, which the program embeds
    Web,
    /// Test the pages in a real browser
    Browser(browser::Arguments),
    /// Ask the API whatever its description allows, with Schemathesis
    Api(api::Arguments),
    /// Measure the server over the demo record enlarged, with 32 connections
    Load(load::Arguments),
    /// Make the packs that the program embeds from the sources in `data`
    Pack,
    /// Measure all suites anew and write the table of figures in docs/evaluation.md
    Figures(figures::Arguments),
    /// Check the rules of the house that no compiler knows
    Tidy,
    /// Write THIRD-PARTY.md: every package that is built, with its version and licence
    Licences,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().verb {
        Verb::Test(arguments) => test::run(&arguments),
        Verb::Demo(arguments) => demo::run(&arguments),
        Verb::Web => web::run(),
        Verb::Browser(arguments) => browser::run(&arguments),
        Verb::Api(arguments) => api::run(&arguments),
        Verb::Load(arguments) => load::run(&arguments),
        Verb::Pack => pack::run(&root()),
        Verb::Figures(arguments) => figures::run(&root(), &arguments),
        Verb::Tidy => tidy::run(),
        Verb::Licences => tidy::write_licences(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => could_not(&error),
    }
}

#[expect(clippy::print_stderr, reason = "the one place where failures are printed")]
fn could_not(error: &anyhow::Error) -> ExitCode {
    eprintln!("xtask: {error:#}");
    ExitCode::from(2)
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The cargo that runs this program, at work in the workspace.
fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}
