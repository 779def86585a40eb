//! `tocsin serve`: the pages and the API of a ledger, on this machine or, with accounts, for others.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use super::hinted;
use crate::accounts::Accounts;
use crate::failure::{Outcome, hint};
use crate::serve::access::Settings;
use crate::serve::listen::Certificate;
use crate::serve::{self, Address};

/// Arguments of `tocsin serve`.
#[derive(Debug, Args)]
#[command(after_long_help = "\
The pages are for a browser; the API is under /api/v1 and describes itself in \
/api/v1/openapi.json. On this machine nobody signs in, and whoever can ask may also add documents, \
in your name. Any other address needs --certificate and --key, or --behind-proxy, and accounts: \
see `tocsin user` and `tocsin token`. A ledger that is being filled can be served at the same \
time: each page shows the position of the ledger that it was read at. Ctrl-C ends.")]
pub(crate) struct Arguments {
    /// Serve this ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// Listen on this address; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8420")]
    address: SocketAddr,
    /// Have readers sign in also on this machine
    #[arg(long)]
    accounts: bool,
    /// Speak TLS with this certificate chain (PEM)
    #[arg(long, value_name = "FILE", requires = "key", conflicts_with = "behind_proxy")]
    certificate: Option<PathBuf>,
    /// The private key of the certificate (PEM)
    #[arg(long, value_name = "FILE", requires = "certificate")]
    key: Option<PathBuf>,
    /// Trust that a proxy in front speaks TLS, and what it says in X-Forwarded-For
    #[arg(long)]
    behind_proxy: bool,
    /// Answer to this name, as the certificate or the proxy has it; can be given several times
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,
}

/// Serves until it is told to end.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let is_secure = arguments.certificate.is_some() || arguments.behind_proxy;
    let is_near = arguments.address.ip().is_loopback();
    if !is_near && !is_secure {
        let error = anyhow::anyhow!(
            "will not listen on {} without TLS: passwords and the record could be read on the way",
            arguments.address.ip()
        );
        return Err(hint(
            error,
            "give --certificate and --key, or --behind-proxy; or listen on 127.0.0.1, and reach it \
             from afar with `ssh -L 8420:127.0.0.1:8420 HOST`",
        ));
    }
    if is_secure && arguments.name.is_empty() {
        let error = anyhow::anyhow!("it is not said under which name this is asked");
        return Err(hint(error, "give it as in `--name record.example`"));
    }
    let accounts = arguments.accounts || is_secure;
    if accounts {
        let known = Accounts::of(&arguments.ledger).map_err(|error| hinted(error.into()))?;
        if known.users.is_empty() && known.tokens.is_empty() {
            let error = anyhow::anyhow!("there are no accounts, so nobody could sign in");
            let ledger = arguments.ledger.display();
            return Err(hint(error, format!("`tocsin user add NAME --ledger {ledger}`")));
        }
    }
    let certificate = arguments.certificate.clone().zip(arguments.key.clone());
    let address = Address {
        socket: arguments.address,
        certificate: certificate.map(|(chain, key)| Certificate { chain, key }),
        settings: Settings {
            accounts,
            secure: is_secure,
            proxied: arguments.behind_proxy,
            names: arguments.name.clone(),
        },
    };
    serve::serve(&arguments.ledger, address).map_err(hinted)?;
    Ok(Outcome::Done)
}
