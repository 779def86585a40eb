//! `tocsin token`: with what programs ask the server, what they may do there, and until when.

use std::io::Write;

use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};

use super::hinted;
use super::user::{Of, note};
use crate::accounts::{self, Accounts, Scope};
use crate::failure::Outcome;
use crate::store::Deed;

/// Arguments of `tocsin token`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
A program sends its token with each request: `Authorization: Bearer TOKEN`. The token is shown once; \
what is kept beside the ledger cannot be used to ask.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Make a token and print it
    Add {
        /// What it is called in lists and in the ledger
        name: String,
        #[command(flatten)]
        of: Of,
        /// Let it do this; can be given several times
        #[arg(long, value_enum, default_values_t = [Scope::Read])]
        scope: Vec<Scope>,
        /// Let it expire after so many days
        #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(i64).range(1..=3650))]
        days: i64,
    },
    /// Remove a token, which is refused at once
    Remove {
        /// Which
        name: String,
        #[command(flatten)]
        of: Of,
    },
    /// List the tokens, but not what they are
    List {
        #[command(flatten)]
        of: Of,
    },
}

/// Does it.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    act(arguments).map_err(hinted)?;
    Ok(Outcome::Done)
}

fn act(arguments: &Arguments) -> anyhow::Result<()> {
    let (mut out, now) = (std::io::stdout(), Timestamp::now());
    match &arguments.verb {
        Verb::Add { name, of, scope, days } => {
            let mut accounts = Accounts::of(&of.ledger)?;
            let expires = now + SignedDuration::from_hours(24 * days);
            let token = accounts.add_token(name, scope, now, expires)?;
            note(&of.ledger, Deed::TokenAdded, name, Some(accounts::names(scope)))?;
            accounts.keep(&of.ledger)?;
            writeln!(out, "{token}")?;
            writeln!(
                std::io::stderr(),
                "\"{name}\" expires in {days} days; it is not shown again"
            )?;
        }
        Verb::Remove { name, of } => {
            let mut accounts = Accounts::of(&of.ledger)?;
            accounts.remove_token(name)?;
            note(&of.ledger, Deed::TokenRemoved, name, None)?;
            accounts.keep(&of.ledger)?;
            writeln!(out, "removed \"{name}\"")?;
        }
        Verb::List { of } => {
            for token in &Accounts::of(&of.ledger)?.tokens {
                let until = token.expires.strftime("%Y-%m-%d");
                let expired = if token.expires <= now { "expired" } else { "until" };
                let scopes = accounts::names(&token.scopes);
                writeln!(out, "{:<20} {scopes:<28} {expired} {until}", token.name)?;
            }
        }
    }
    Ok(())
}
