//! One request: asked as a polite program asks, answered within limits of time and size.
//!
//! Redirects are not followed here, because the next address needs its own checks. Proxies of
//! the environment are not used: behind one, nobody could check which address is connected to.

use std::io::Read;
use std::net::IpAddr;
use std::time::Duration;

use ureq::http::{HeaderMap, Response};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::FetchError;
use super::address::GuardedResolver;

/// How much of one answer is taken before it is refused.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// The largest page, after decompression.
    pub(crate) page_bytes: usize,
    /// The longest that one request may take, from resolving the name to the last byte.
    pub(crate) request: Duration,
}

/// By what a server knows whether we already have its page.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Validators {
    /// The `ETag`, as it came.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) etag: Option<String>,
    /// The `Last-Modified`, as it came.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) last_modified: Option<String>,
}

/// Makes requests.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
    limits: Limits,
}

/// The head of an answer. Its body is read when asked for.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    body: Body,
    limits: Limits,
}

const ACCEPT: &str = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,\
                      application/feed+json,application/xml;q=0.9,text/*;q=0.8,*/*;q=0.1";

impl Client {
    /// A client that names itself `agent` and connects only to addresses that `permits` likes.
    pub(super) fn new(agent: &str, limits: Limits, permits: fn(IpAddr) -> bool) -> Self {
        let config = Agent::config_builder()
            .user_agent(agent)
            .accept(ACCEPT)
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_idle_connections(0)
            .timeout_global(Some(limits.request))
            .build();
        let resolver = GuardedResolver::new(permits);
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, limits }
    }

    /// Asks for `url`, or for nothing if `validators` say that we have it.
    pub(super) fn get(&self, url: &Url, validators: &Validators) -> Result<Reply, FetchError> {
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &validators.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(moment) = &validators.last_modified {
            request = request.header("If-Modified-Since", moment);
        }
        let reply: Response<Body> = request.call().map_err(|e| failure(e, &self.limits))?;
        let (parts, body) = reply.into_parts();
        let (status, headers) = (parts.status.as_u16(), parts.headers);
        Ok(Reply { status, headers, body, limits: self.limits.clone() })
    }
}

impl Reply {
    /// A header that is text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What to send next time.
    pub(super) fn validators(&self) -> Validators {
        let text = |name| self.header(name).map(str::to_owned);
        Validators { etag: text("etag"), last_modified: text("last-modified") }
    }

    /// The whole body, decompressed, or an error if it is larger than the limit.
    pub(super) fn read(self) -> Result<Vec<u8>, FetchError> {
        let most_bytes = self.limits.page_bytes;
        let body = self.read_at_most(most_bytes + 1)?;
        if body.len() > most_bytes {
            return Err(FetchError::TooLarge { most_bytes });
        }
        Ok(body)
    }

    /// The first `most` bytes of the body, decompressed.
    pub(super) fn read_at_most(self, most: usize) -> Result<Vec<u8>, FetchError> {
        let mut bytes = Vec::new();
        let read = self.body.into_reader().take(most as u64).read_to_end(&mut bytes);
        read.map_err(|error| failure(error.into(), &self.limits))?;
        Ok(bytes)
    }
}

fn failure(error: ureq::Error, limits: &Limits) -> FetchError {
    match error {
        ureq::Error::Timeout(_) => FetchError::Slow { most_s: limits.request.as_secs() },
        ureq::Error::Other(inner) => match inner.downcast::<FetchError>() {
            Ok(ours) => *ours,
            Err(inner) => FetchError::Transfer(ureq::Error::Other(inner)),
        },
        error => FetchError::Transfer(error),
    }
}
