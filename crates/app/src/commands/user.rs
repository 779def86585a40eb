//! `tocsin user`: who may sign in to the server, and what they may do there.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::hinted;
use super::ingest::user;
use crate::accounts::{self, Accounts, Scope};
use crate::failure::Outcome;
use crate::store::{Access, Act, Deed, Ledger};

/// Arguments of `tocsin user`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Accounts are kept in a file beside the ledger, FILE-accounts, which only you can read, and are in \
no export. The ledger notes when one is added or removed, and by whom.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Add a user; the password is asked for, or read as a line from standard input
    Add {
        /// What the user signs in with
        name: String,
        #[command(flatten)]
        of: Of,
        /// Let the user do this; can be given several times
        #[arg(long, value_enum, default_values_t = [Scope::Read])]
        scope: Vec<Scope>,
    },
    /// Give a user another password, which ends the sessions of the old one
    Password {
        /// Whose
        name: String,
        #[command(flatten)]
        of: Of,
    },
    /// Remove a user, who is out at once
    Remove {
        /// Whom
        name: String,
        #[command(flatten)]
        of: Of,
    },
    /// List the users
    List {
        #[command(flatten)]
        of: Of,
    },
}

/// Whose accounts.
#[derive(Debug, Args)]
pub(super) struct Of {
    /// Of the server of this ledger
    #[arg(long, value_name = "FILE")]
    pub(super) ledger: PathBuf,
}

/// Does it.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    act(arguments).map_err(hinted)?;
    Ok(Outcome::Done)
}

fn act(arguments: &Arguments) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    match &arguments.verb {
        Verb::Add { name, of, scope } => {
            let mut accounts = Accounts::of(&of.ledger)?;
            accounts.add_user(name, &password()?, scope, Timestamp::now())?;
            note(&of.ledger, Deed::UserAdded, name, Some(accounts::names(scope)))?;
            accounts.keep(&of.ledger)?;
            writeln!(out, "added \"{name}\", who may {}", accounts::names(scope))?;
        }
        Verb::Password { name, of } => {
            let mut accounts = Accounts::of(&of.ledger)?;
            accounts.change_password(name, &password()?)?;
            note(&of.ledger, Deed::PasswordChanged, name, None)?;
            accounts.keep(&of.ledger)?;
            writeln!(out, "changed the password of \"{name}\"")?;
        }
        Verb::Remove { name, of } => {
            let mut accounts = Accounts::of(&of.ledger)?;
            accounts.remove_user(name)?;
            note(&of.ledger, Deed::UserRemoved, name, None)?;
            accounts.keep(&of.ledger)?;
            writeln!(out, "removed \"{name}\"")?;
        }
        Verb::List { of } => {
            for user in &Accounts::of(&of.ledger)?.users {
                let since = user.made.strftime("%Y-%m-%d");
                writeln!(
                    out,
                    "{:<20} {:<28} since {since}",
                    user.name,
                    accounts::names(&user.scopes)
                )?;
            }
        }
    }
    Ok(())
}

/// Notes in the ledger what is about to be done to an account. It comes first: what cannot be
/// noted is not done.
pub(super) fn note(
    ledger: &Path,
    what: Deed,
    name: &str,
    note: Option<String>,
) -> anyhow::Result<()> {
    let mut ledger = Ledger::open_to_write(ledger)?;
    let mut batch = ledger.begin()?;
    let access = Act::Access(Access::of(what, name, note));
    batch.append(&Timestamp::now().to_string(), &user(), access)?;
    Ok(batch.commit()?)
}

/// Asks twice at a terminal, else takes a line.
fn password() -> anyhow::Result<String> {
    let term = console::Term::stderr();
    if !console::user_attended() || !console::user_attended_stderr() {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    term.write_str("password: ")?;
    let first = term.read_secure_line()?;
    term.write_str("again: ")?;
    if term.read_secure_line()? == first {
        return Ok(first);
    }
    anyhow::bail!("the two are not the same")
}
