//! Fetching: addresses and feeds → pages in a WARC file, politely.
//!
//! One request at a time, to whichever host may be asked first; waiting for one host is time for
//! another. Every address, also one that a redirect or a feed gave, passes the same gates:
//! its form, robots.txt, the pace of its host, and the check of where its name leads.
//! What a page says is not looked at here, except that a feed is known by its content.

mod address;
mod archive;
mod client;
mod clock;
mod error;
mod links;
mod pace;
mod queue;
mod robots;
mod state;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::fmt::rfc2822;
use url::Url;

pub(crate) use address::is_public;
pub(crate) use archive::Archive;
pub(crate) use client::{Limits, Validators};
pub(crate) use clock::{Clock, SystemClock};
pub(crate) use error::FetchError;
pub(crate) use queue::Task;
pub(crate) use state::State;

use client::{Client, Reply};
use pace::Pace;
use queue::Queue;
use robots::Robots;
use state::Seen;

/// How to fetch.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// How the program names itself. Begins with `tocsin/`.
    pub(crate) agent: String,
    /// The time between two requests to a host.
    pub(crate) gap: Duration,
    /// The most entries of a feed that are fetched.
    pub(crate) entries: usize,
    /// Whether entries that were fetched before are asked for again.
    pub(crate) again: bool,
    /// The most of one answer.
    pub(crate) limits: Limits,
    /// Which network addresses may be connected to.
    pub(crate) permits: fn(IpAddr) -> bool,
}

/// How the program names itself to sites.
pub(crate) fn agent(contact: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let contact = contact.map(|contact| format!("; {contact}")).unwrap_or_default();
    format!("tocsin/{version} (+https://tocsin.example/fetch{contact})")
}

/// What became of one address.
#[derive(Debug)]
pub(crate) enum Fate {
    /// Its page is in the archive.
    Saved { bytes: usize },
    /// It is a feed. So many of its entries are new and will be fetched.
    Feed { new: usize },
    /// It has not changed since an earlier run.
    Unchanged,
    /// It redirects to a page that is fetched anyway.
    Duplicate,
    /// It was not fetched.
    Failed(FetchError),
}

/// The longest that a run waits for one host.
const MOST_WAIT: Duration = Duration::from_secs(300);

/// How long a busy server is left alone if it does not say.
const BUSY_WAIT: Duration = Duration::from_secs(30);

/// How often a busy server is asked.
const MOST_TRIES: u32 = 3;

/// How often a page may redirect.
const MOST_HOPS: usize = 5;

/// One run.
pub(crate) struct Fetcher<'a> {
    options: Options,
    clock: &'a dyn Clock,
    archive: &'a mut Archive,
    state: &'a mut State,
    client: Client,
    pace: Pace,
    queue: Queue,
    /// By scheme, host and port.
    robots: HashMap<String, Result<Robots, Arc<FetchError>>>,
}

impl<'a> Fetcher<'a> {
    /// A run that adds to `archive` and remembers in `state`.
    pub(crate) fn new(
        options: Options,
        clock: &'a dyn Clock,
        archive: &'a mut Archive,
        state: &'a mut State,
    ) -> Self {
        let client = Client::new(&options.agent, options.limits.clone(), options.permits);
        let pace = Pace::new(options.gap);
        let (queue, robots) = (Queue::default(), HashMap::new());
        Self { options, clock, archive, state, client, pace, queue, robots }
    }

    /// Fetches `named` and what the feeds among them list, and tells the fate of each address.
    /// An error is one of the disk: what was saved before it is sound.
    pub(crate) fn run(
        &mut self,
        named: Vec<Url>,
        mut tell: impl FnMut(&Task, &Fate) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        self.queue.name(named);
        while let Some((mut task, wait)) = self.queue.next(&self.pace, self.clock.elapsed()) {
            let fate = if let Err(error) = self.wait(wait) {
                Some(Fate::Failed(error))
            } else {
                self.step(&mut task)?
            };
            let Some(fate) = fate else {
                self.queue.back(task);
                continue;
            };
            let missed = matches!(&fate, Fate::Failed(error) if error.is_passing());
            if let Some((feed, validators)) = self.queue.ended(&task, missed) {
                self.state.put(&feed, Seen { validators, digest: None })?;
            }
            tell(&task, &fate)?;
        }
        Ok(())
    }

    /// Takes `task` one request further: to the robots.txt of its site, or to the page. `None` if
    /// it is to go on.
    fn step(&mut self, task: &mut Task) -> anyhow::Result<Option<Fate>> {
        if let Err(error) = check(&task.url) {
            return Ok(Some(Fate::Failed(error)));
        }
        let site = task.url.origin().ascii_serialization();
        let Some(robots) = self.robots.get(&site) else {
            let robots = self.ask_robots(&task.url).map_err(Arc::new);
            self.robots.insert(site, robots);
            return Ok(None);
        };
        match robots {
            Ok(robots) if robots.allow(path(&task.url)) => self.ask_page(task),
            Ok(_) => Ok(Some(Fate::Failed(FetchError::Disallowed))),
            Err(why) => Ok(Some(Fate::Failed(FetchError::of_site(why)))),
        }
    }

    /// What the site of `url` asks of programs. A site without a robots.txt allows all; one that
    /// cannot answer is left alone (RFC 9309, 2.3.1).
    fn ask_robots(&mut self, url: &Url) -> Result<Robots, FetchError> {
        let mut asked = url.join("/robots.txt").unwrap_or_else(|_| url.clone());
        for _ in 0..=MOST_HOPS {
            check(&asked)?;
            self.wait(self.pace.wait(host(&asked), self.clock.elapsed()))?;
            self.pace.asked(host(&asked), self.clock.elapsed());
            let reply = self.client.get(&asked, &Validators::default())?;
            match reply.status {
                200 => {
                    let text = reply.read_at_most(robots::MOST_BYTES)?;
                    let robots = Robots::parse(&String::from_utf8_lossy(&text));
                    if let Some(delay) = robots.delay {
                        self.pace.slow_down(host(url), delay, self.clock.elapsed());
                    }
                    return Ok(robots);
                }
                301 | 302 | 303 | 307 | 308 => asked = target(&asked, &reply)?,
                429 | 500.. => return Err(FetchError::Status { status: reply.status }),
                _ => return Ok(Robots::default()),
            }
        }
        Ok(Robots::default())
    }

    fn ask_page(&mut self, task: &mut Task) -> anyhow::Result<Option<Fate>> {
        let before = self.state.get(&task.url).cloned().unwrap_or_default();
        self.pace.asked(host(&task.url), self.clock.elapsed());
        let reply = match self.client.get(&task.url, &before.validators) {
            Ok(reply) => reply,
            Err(error) => return Ok(Some(Fate::Failed(error))),
        };
        match reply.status {
            200 => self.take(task, reply, &before).map(Some),
            304 => Ok(Some(Fate::Unchanged)),
            301 | 302 | 303 | 307 | 308 => Ok(self.redirect(task, &reply)),
            429 | 503 => Ok(self.leave_alone(task, &reply)),
            status => Ok(Some(Fate::Failed(FetchError::Status { status }))),
        }
    }

    /// Sends `task` on to where `reply` points. It then passes all gates again.
    fn redirect(&mut self, task: &mut Task, reply: &Reply) -> Option<Fate> {
        let target = match target(&task.url, reply) {
            Ok(target) => target,
            Err(error) => return Some(Fate::Failed(error)),
        };
        if target == task.url || task.chain.contains(&target) {
            return Some(Fate::Failed(FetchError::RedirectLoop));
        }
        if task.chain.len() == MOST_HOPS {
            return Some(Fate::Failed(FetchError::TooManyRedirects { most: MOST_HOPS }));
        }
        if !self.queue.is_new(&target) {
            return Some(Fate::Duplicate);
        }
        task.chain.push(std::mem::replace(&mut task.url, target));
        None
    }

    /// Gives a busy server the time that it asks for.
    fn leave_alone(&mut self, task: &mut Task, reply: &Reply) -> Option<Fate> {
        task.tries += 1;
        if task.tries == MOST_TRIES {
            return Some(Fate::Failed(FetchError::Busy { tries: MOST_TRIES }));
        }
        let wait = reply.header("retry-after").and_then(|value| {
            let seconds = value.trim().parse().ok().map(Duration::from_secs);
            seconds.or_else(|| {
                let moment = rfc2822::parse(value).ok()?.timestamp();
                Some(
                    Duration::try_from(moment.duration_since(self.clock.now())).unwrap_or_default(),
                )
            })
        });
        self.pace.hold(host(&task.url), wait.unwrap_or(BUSY_WAIT), self.clock.elapsed());
        None
    }

    /// Keeps the page of `reply`, or what it lists if it is a feed.
    fn take(&mut self, task: &Task, reply: Reply, before: &Seen) -> anyhow::Result<Fate> {
        let (headers, validators) = (reply.headers.clone(), reply.validators());
        let body = match check_media(&reply).and_then(|()| reply.read()) {
            Ok(body) => body,
            Err(error) => return Ok(Fate::Failed(error)),
        };
        if task.feed.is_none()
            && let Some(links) = links::links(&body, &task.url)
        {
            return self.list(&task.url, validators, links);
        }
        let digest = archive::digest(&body);
        let unchanged = before.digest.as_ref() == Some(&digest);
        if !unchanged {
            self.archive.add(&task.url, self.clock.now(), &headers, &body)?;
        }
        self.state.put(&task.url, Seen { validators, digest: Some(digest) })?;
        for url in &task.chain {
            self.state.put(url, Seen::default())?;
        }
        Ok(if unchanged { Fate::Unchanged } else { Fate::Saved { bytes: body.len() } })
    }

    /// Queues the entries of the feed at `url`. That the feed was read is remembered only when
    /// they are done: else a run that is killed would lose those that it had not come to.
    fn list(&mut self, url: &Url, validators: Validators, links: Vec<Url>) -> anyhow::Result<Fate> {
        let is_new = |link: &Url| self.options.again || self.state.get(link).is_none();
        let mut new: Vec<Url> = links.into_iter().filter(is_new).collect();
        let whole = new.len() <= self.options.entries;
        new.truncate(self.options.entries);
        let n_queued = self.queue.list(url, &validators, new, whole);
        if n_queued == 0 && whole {
            self.state.put(url, Seen { validators, digest: None })?;
        }
        Ok(Fate::Feed { new: n_queued })
    }

    fn wait(&self, wait: Duration) -> Result<(), FetchError> {
        if wait > MOST_WAIT {
            return Err(FetchError::Wait { wait_s: wait.as_secs(), most_s: MOST_WAIT.as_secs() });
        }
        if !wait.is_zero() {
            self.clock.sleep(wait);
        }
        Ok(())
    }
}

/// Whether the form of `url` is one that is fetched at all.
fn check(url: &Url) -> Result<(), FetchError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(FetchError::Scheme { scheme: url.scheme().to_owned() });
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FetchError::Credentials);
    }
    Ok(())
}

/// Whether `reply` says that it is text of some kind, or says nothing, and can be decoded.
fn check_media(reply: &Reply) -> Result<(), FetchError> {
    let encoding = reply.header("content-encoding").unwrap_or("identity");
    if !matches!(encoding, "gzip" | "identity" | "") {
        return Err(FetchError::Encoding { encoding: encoding.to_owned() });
    }
    let claimed = reply.header("content-type").unwrap_or("text/html");
    let media_type = claimed.split(';').next().unwrap_or(claimed).trim().to_ascii_lowercase();
    let readable = ["text/", "html", "xml", "json", "rss", "atom"];
    if readable.iter().any(|part| media_type.contains(part)) {
        return Ok(());
    }
    Err(FetchError::Media { media_type })
}

/// Where `reply` to a request for `url` points.
fn target(url: &Url, reply: &Reply) -> Result<Url, FetchError> {
    let named = reply.header("location").unwrap_or_default();
    let Some(Ok(mut target)) = (!named.is_empty()).then(|| url.join(named)) else {
        return Err(FetchError::BadRedirect { target: named.to_owned() });
    };
    target.set_fragment(None);
    Ok(target)
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// Path and query, as robots.txt speaks of them.
fn path(url: &Url) -> &str {
    &url[url::Position::BeforePath..url::Position::AfterQuery]
}

#[cfg(test)]
mod tests;
