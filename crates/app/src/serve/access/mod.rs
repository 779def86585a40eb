//! Who is let in, and to what.
//!
//! On loopback nobody signs in: whoever can ask is on this machine. Everywhere else each request
//! comes with the token of a program or the session of a person, and each route needs a scope; a
//! route that is not named here needs the highest. What changes something is refused if a page
//! elsewhere made the browser ask.

mod limits;
pub(super) mod pages;
mod sessions;

use std::net::{IpAddr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use tokio::sync::Semaphore;

use super::app::App;
use super::links;
use super::listen::Peer;
use super::refusal::{Refusal, refuse};
use crate::accounts::{AccountError, Accounts, Scope, same, secret};
use limits::{Limits, Rate};
use sessions::Sessions;

/// The name of the cookie.
const COOKIE: &str = "tocsin";
/// How many passwords are looked at once: each takes 19 MiB and its time.
const PASSWORDS: usize = 2;

/// How often one may ask.
const OF_KNOWN: Rate = Rate { at_once: 600, per_minute: 1_200 };
const OF_UNKNOWN: Rate = Rate { at_once: 60, per_minute: 60 };
const OF_SIGN_IN: Rate = Rate { at_once: 10, per_minute: 5 };
/// More than that of one address, so that nobody is easily kept out by another.
const OF_NAME: Rate = Rate { at_once: 60, per_minute: 20 };
const OF_NOTES: Rate = Rate { at_once: 1, per_minute: 1 };

/// How the server is reached, as the command line says it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// Whether accounts are needed.
    pub(crate) accounts: bool,
    /// Whether cookies may travel over TLS only.
    pub(crate) secure: bool,
    /// Whether a proxy says from where a request comes.
    pub(crate) proxied: bool,
    /// Names that are answered beside those of this machine.
    pub(crate) names: Vec<String>,
}

/// Who is let in.
pub(super) struct Access {
    pub(super) settings: Settings,
    ledger: PathBuf,
    known: Mutex<(Option<SystemTime>, Arc<Accounts>)>,
    sessions: Sessions,
    limits: Limits,
    passwords: Semaphore,
    /// In the forms of those who need not sign in.
    form: String,
}

/// Who asks.
#[derive(Clone, Debug)]
pub(super) struct Who {
    pub(super) name: String,
    pub(super) scopes: Vec<Scope>,
    by: By,
}

/// On what that rests.
#[derive(Clone, Debug, PartialEq, Eq)]
enum By {
    /// Asking from this machine.
    Machine,
    /// A cookie. The form token is what its pages have and other sites cannot know.
    Session { form: String },
    /// A token of a program.
    Token,
}

impl Who {
    /// Whether they may do what needs `scope`.
    pub(super) fn may(&self, scope: Scope) -> bool {
        scope.is_in(&self.scopes)
    }

    /// Whether they can sign out.
    pub(super) fn is_signed_in(&self) -> bool {
        matches!(self.by, By::Session { .. })
    }
}

/// What a route needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    /// Nothing: files, and the page to sign in.
    Nothing,
    /// To be known.
    Somebody,
    This(Scope),
}

/// What asking for `path` by `method` needs. Paths are compared as they come: the router does the
/// same, so no other way of writing one leads to the same place.
fn needs(method: &Method, path: &str) -> Needs {
    let below = |stem: &str| {
        path.strip_prefix(stem).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let reads = matches!(*method, Method::GET | Method::HEAD);
    if reads && below("/static") || path == "/sign-in" {
        return Needs::Nothing;
    }
    if path == "/account" || path == "/sign-out" {
        return Needs::Somebody;
    }
    if below("/api/v1/audit") {
        return Needs::This(Scope::Admin);
    }
    if below("/ingest") || below("/api/v1/jobs") {
        return Needs::This(Scope::Ingest);
    }
    if reads {
        return Needs::This(Scope::Read);
    }
    if path == "/api/v1/documents" || path == "/api/v1/feeds" {
        return Needs::This(Scope::Ingest);
    }
    if below("/review") || below("/api/v1/judgements") {
        return Needs::This(Scope::Review);
    }
    // Of a route that changes nothing, the router says so to those who may read.
    let known = [Scope::Read, Scope::Admin];
    Needs::This(known[usize::from(CHANGES.iter().any(|stem| below(stem)))])
}

/// Stems below which something may be changed by routes that are not named above.
const CHANGES: [&str; 1] = ["/api/v1/accounts"];

impl Access {
    /// For the ledger at `ledger`.
    pub(super) fn new(ledger: &Path, settings: Settings) -> Result<Self, AccountError> {
        let known = Arc::new(Accounts::of(ledger)?);
        Ok(Self {
            settings,
            ledger: ledger.to_owned(),
            known: Mutex::new((written(ledger), known)),
            sessions: Sessions::default(),
            limits: Limits::default(),
            passwords: Semaphore::new(PASSWORDS),
            form: secret(),
        })
    }

    /// The accounts as they are now: a user who is removed is out at once.
    fn accounts(&self) -> Arc<Accounts> {
        let now = written(&self.ledger);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != now {
            // A file that cannot be read lets nobody in.
            *known = (now, Arc::new(Accounts::of(&self.ledger).unwrap_or_default()));
        }
        Arc::clone(&known.1)
    }

    /// Who asks, if that can be known.
    fn who(&self, headers: &HeaderMap, now: Timestamp) -> Option<Who> {
        if !self.settings.accounts {
            let (name, scopes) = (crate::commands::ingest::user(), Scope::ALL.to_vec());
            return Some(Who { name, scopes, by: By::Machine });
        }
        let accounts = self.accounts();
        if let Some(given) = headers.get(header::AUTHORIZATION) {
            let given = given.to_str().ok()?.strip_prefix("Bearer ")?;
            let token = accounts.token(given.trim(), now)?;
            let (name, scopes) = (format!("token {}", token.name), token.scopes.clone());
            return Some(Who { name, scopes, by: By::Token });
        }
        let session = self.sessions.get(cookie(headers)?, now)?;
        let user = accounts.user(&session.name)?;
        // Another password ends the sessions of the old one.
        let still = same(&user.password, &session.password);
        let (name, scopes) = (user.name.clone(), user.scopes.clone());
        still.then_some(Who { name, scopes, by: By::Session { form: session.form } })
    }

    /// What a form must say that `who` is shown.
    pub(super) fn form(&self, who: &Who) -> String {
        match &who.by {
            By::Session { form } => form.clone(),
            By::Machine | By::Token => self.form.clone(),
        }
    }

    /// Refuses a form that was not made for `who`.
    pub(super) fn check_form(&self, who: &Who, given: &str) -> Result<(), Refusal> {
        if who.by == By::Token || same(&self.form(who), given) {
            return Ok(());
        }
        Err(Refusal::Foreign)
    }

    /// From where a request comes. Of IPv6 it is the network: one customer has all of it.
    fn from(&self, request: &Request) -> Option<IpAddr> {
        match self.address(request)? {
            IpAddr::V6(address) if address.to_ipv4_mapped().is_none() => {
                Some(IpAddr::from(Ipv6Addr::from(u128::from(address) >> 64 << 64)))
            }
            address => Some(address.to_canonical()),
        }
    }

    fn address(&self, request: &Request) -> Option<IpAddr> {
        let peer = request.extensions().get::<Peer>().map(|peer| peer.0);
        if !self.settings.proxied {
            return peer;
        }
        // The last is what our own proxy saw; those before are what anyone may claim.
        let claimed = request.headers().get_all("x-forwarded-for").iter().next_back();
        let last =
            claimed.and_then(|list| list.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        last.or(peer)
    }
}

/// When the accounts were last written.
fn written(ledger: &Path) -> Option<SystemTime> {
    std::fs::metadata(crate::accounts::path(ledger)).and_then(|file| file.modified()).ok()
}

/// The session that the browser names.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs =
        all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// Lets in or keeps out.
pub(super) async fn gate(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response {
    let access = &app.access;
    let now = Timestamp::now();
    let from = access.from(&request);
    let who = access.who(request.headers(), now);
    let checked = check(access, &request, who.as_ref(), from, now);
    if let Err(refusal) = checked {
        let page = !request.uri().path().starts_with("/api/");
        if matches!(refusal, Refusal::Unknown) && page && request.method() == Method::GET {
            let back = request.uri().path_and_query().map_or("/", |path| path.as_str());
            return Redirect::to(&links::list("/sign-in", &[("next", back)])).into_response();
        }
        return refuse(refusal, request.uri());
    }
    if let Some(who) = who {
        request.extensions_mut().insert(who);
    }
    request.extensions_mut().insert(From(from));
    next.run(request).await
}

/// From where a request comes, for those who sign in.
#[derive(Clone, Copy, Debug)]
pub(super) struct From(Option<IpAddr>);

fn check(
    access: &Access,
    request: &Request,
    who: Option<&Who>,
    from: Option<IpAddr>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let (method, path) = (request.method(), request.uri().path());
    if access.settings.accounts {
        let (key, rate) = match who {
            Some(who) => (format!("who {}", who.name), OF_KNOWN),
            None => (format!("from {from:?}"), OF_UNKNOWN),
        };
        access.limits.take(&key, rate, now).map_err(|seconds| Refusal::TooOften { seconds })?;
    }
    let reads = matches!(*method, Method::GET | Method::HEAD);
    let by_token = who.is_some_and(|who| who.by == By::Token);
    if !reads && !by_token && !is_from_here(request.headers(), request.uri()) {
        return Err(Refusal::Foreign);
    }
    match (needs(method, path), who) {
        (Needs::Nothing, _) | (Needs::Somebody, Some(_)) => return Ok(()),
        (Needs::This(scope), Some(who)) if who.may(scope) => {}
        (Needs::This(scope), Some(_)) => return Err(Refusal::NotAllowed { scope }),
        (_, None) => return Err(Refusal::Unknown),
    }
    // A session changes nothing through the API without what only our own pages know.
    let in_session = who.filter(|who| who.is_signed_in());
    if let Some(who) = in_session.filter(|_| !reads && path.starts_with("/api/")) {
        let given = request.headers().get("x-form-token").and_then(|token| token.to_str().ok());
        access.check_form(who, given.unwrap_or_default())?;
    }
    Ok(())
}

/// Whether a browser that sends such headers was on a page of ours. Programs send neither, and
/// no page elsewhere can keep a browser from sending one of them with what changes something.
fn is_from_here(headers: &HeaderMap, uri: &Uri) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return true };
    let host = uri.authority().map(axum::http::uri::Authority::as_str).or(text("host"));
    let named = origin.split_once("://").map(|(_, named)| named);
    named.is_some() && named == host
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_needs_more_and_never_less() {
        let this = |scope| Needs::This(scope);
        for (method, path, expected) in [
            ("GET", "/", this(Scope::Read)),
            ("GET", "/static/0/style.css", Needs::Nothing),
            ("POST", "/static/0/style.css", this(Scope::Read)),
            ("GET", "/staticky", this(Scope::Read)),
            ("GET", "/sign-in", Needs::Nothing),
            ("GET", "/sign-in/x", this(Scope::Read)),
            ("POST", "/sign-out", Needs::Somebody),
            ("GET", "/api/v1/events", this(Scope::Read)),
            ("POST", "/api/v1/documents", this(Scope::Ingest)),
            ("GET", "/api/v1/jobs/7", this(Scope::Ingest)),
            ("GET", "/ingest", this(Scope::Ingest)),
            ("POST", "/ingest/paste", this(Scope::Ingest)),
            ("POST", "/api/v1/judgements", this(Scope::Review)),
            ("POST", "/review", this(Scope::Review)),
            ("GET", "/api/v1/audit", this(Scope::Admin)),
            ("DELETE", "/api/v1/accounts/ann", this(Scope::Admin)),
        ] {
            assert_eq!(needs(&method.parse().unwrap(), path), expected, "{method} {path}");
        }
    }

    #[test]
    fn a_page_elsewhere_is_not_here() {
        let here = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            headers.insert("host", "127.0.0.1:8420".parse().unwrap());
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            is_from_here(&headers, &Uri::from_static("/ingest"))
        };
        assert!(here(&[]));
        assert!(here(&[("origin", "http://127.0.0.1:8420")]));
        assert!(here(&[("sec-fetch-site", "same-origin")]));
        assert!(!here(&[("origin", "http://127.0.0.1:9")]));
        assert!(!here(&[("origin", "https://evil.example")]));
        assert!(!here(&[("origin", "null")]));
        assert!(!here(&[("sec-fetch-site", "cross-site")]));
        let both = [("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:8420")];
        assert!(!here(&both));
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=b; tocsin=secret; tocsin2=x".parse().unwrap());
        assert_eq!(cookie(&headers), Some("secret"));
        headers.insert(header::COOKIE, "xtocsin=secret".parse().unwrap());
        assert_eq!(cookie(&headers), None);
    }
}
