//! `tocsin serve`: the pages and the API of a ledger, on this machine.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use super::hinted;
use crate::failure::{Outcome, hint};
use crate::serve;

/// Arguments of `tocsin serve`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
The pages are for a browser on this machine; the API is under /api/v1 and describes itself in \
/api/v1/openapi.json. Nothing can be changed through either. A ledger that is being filled can be \
served at the same time: each page shows the position of the ledger that it was read at. Ctrl-C ends.")]
pub(crate) struct Arguments {
    /// Serve this ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// Listen on this address of this machine; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8420")]
    address: SocketAddr,
}

/// Serves until it is told to end.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let address = arguments.address;
    if !address.ip().is_loopback() {
        let error = anyhow::anyhow!(
            "will not listen on {}: there are no accounts yet, so whoever can reach it could read \
             the whole record",
            address.ip()
        );
        return Err(hint(
            error,
            "listen on 127.0.0.1, and reach it from afar with `ssh -L 8420:127.0.0.1:8420 HOST`",
        ));
    }
    serve::serve(&arguments.ledger, address).map_err(hinted)?;
    Ok(Outcome::Done)
}
