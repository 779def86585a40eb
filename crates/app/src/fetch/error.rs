//! Why a page was not fetched, in words that follow its address.

use std::net::IpAddr;
use std::sync::Arc;

/// Why one page was not fetched. The others go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("the site's robots.txt asks programs not to read this page")]
    Disallowed,
    #[error("its robots.txt cannot be read, so the site is left alone: try again later ({why})")]
    NoRobots { why: Arc<FetchError> },
    #[error("only http and https are fetched, not {scheme}")]
    Scheme { scheme: String },
    #[error("the address holds a user name or password: remove them")]
    Credentials,
    #[error(
        "\"{host}\" leads to {address}, which is not on the open internet: \
         add --allow-private if you mean it"
    )]
    Private { host: String, address: IpAddr },
    #[error("the server answers with status {status}")]
    Status { status: u16 },
    #[error(
        "the site asks to wait {wait_s} s, and a run waits {most_s} s at most: try again later"
    )]
    Wait { wait_s: u64, most_s: u64 },
    #[error("the server is busy, also after {tries} tries: try again later")]
    Busy { tries: u32 },
    #[error("more than {most} redirects")]
    TooManyRedirects { most: usize },
    #[error("it redirects to itself")]
    RedirectLoop,
    #[error("it redirects to nowhere: \"{target}\" is no address")]
    BadRedirect { target: String },
    #[error("it is {media_type}, not a page")]
    Media { media_type: String },
    #[error("it is compressed as \"{encoding}\", which was not asked for")]
    Encoding { encoding: String },
    #[error("it is larger than {most_bytes} bytes: raise --max-bytes to fetch it")]
    TooLarge { most_bytes: usize },
    #[error("it took longer than {most_s} s: raise --timeout to wait for it")]
    Slow { most_s: u64 },
    #[error("the transfer failed: {0}")]
    Transfer(ureq::Error),
}

impl FetchError {
    /// What a page shares with all of its site, after asking for robots.txt gave `why`.
    pub(super) fn of_site(why: &Arc<Self>) -> Self {
        match &**why {
            Self::Private { host, address } => {
                Self::Private { host: host.clone(), address: *address }
            }
            _ => Self::NoRobots { why: Arc::clone(why) },
        }
    }

    /// Whether it may go better another day.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::NoRobots { why } => why.is_passing(),
            Self::Wait { .. } | Self::Busy { .. } | Self::Slow { .. } | Self::Transfer(_) => true,
            Self::Status { status } => *status >= 500,
            _ => false,
        }
    }
}
