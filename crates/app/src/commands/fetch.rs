//! `tocsin fetch`: feeds and addresses → pages in a WARC file that the other verbs read.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use url::Url;

use crate::failure::{Outcome, hint};
use crate::fetch::{
    self, Archive, Fate, Fetcher, Limits, Options, State, SystemClock, Task, is_public,
};
use crate::problems::Problems;

/// Arguments of `tocsin fetch`.
///
/// robots.txt is obeyed, each host is asked slowly, and a second run with the same output asks
/// only for what is new. What was fetched is remembered in a hidden file beside the output.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Feeds (RSS, Atom, JSON Feed), whose entries are fetched, or pages
    #[arg(required = true, value_name = "FEED|URL")]
    urls: Vec<String>,
    #[command(flatten)]
    output: Output,
    /// Fetch at most this many entries of each feed in one run
    #[arg(long, default_value_t = 100, value_name = "N")]
    limit: usize,
    /// Make at most this many requests a second to each host
    #[arg(long, default_value_t = 0.5, value_name = "N", value_parser = rate)]
    rate: f64,
    /// Refuse pages larger than this, after decompression
    #[arg(long, default_value_t = reading::Limits::NEWS.page_bytes, value_name = "BYTES")]
    max_bytes: usize,
    /// Give up a request after this time
    #[arg(long, default_value_t = 30, value_name = "SECONDS")]
    timeout: u64,
    /// Ask again for the entries of feeds that an earlier run fetched
    #[arg(long)]
    again: bool,
    /// Connect also to private, local and reserved network addresses
    #[arg(long)]
    allow_private: bool,
    /// Tell the sites how to reach you: a mail address or a page
    #[arg(long, value_name = "TEXT", value_parser = contact)]
    contact: Option<String>,
    /// Print what became of each address as one JSON object a line, on standard output
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Output {
    /// Add the pages to this archive
    #[arg(short, value_name = "FILE.warc.gz")]
    output: Option<PathBuf>,
    /// Put the pages of this run into a new archive in this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Fetches, and tells on standard error what became of each address and at the end why some failed.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let urls = arguments.urls.iter().map(|url| parse(url)).collect::<anyhow::Result<Vec<Url>>>()?;
    let agent = fetch::agent(arguments.contact.as_deref());
    let (archive_path, state_path) = arguments.output.paths(Timestamp::now())?;
    let mut state = State::open(&state_path)?;
    let mut archive = Archive::open(&archive_path, &agent)?;
    let options = Options {
        agent,
        gap: Duration::from_secs_f64(1.0 / arguments.rate),
        entries: arguments.limit,
        again: arguments.again,
        limits: Limits {
            page_bytes: arguments.max_bytes,
            request: Duration::from_secs(arguments.timeout),
        },
        permits: if arguments.allow_private { |_| true } else { is_public },
    };
    let clock = SystemClock::start();
    let mut outcome = Outcome::Done;
    let (mut problems, mut n_unchanged) = (Problems::default(), 0);
    Fetcher::new(options, &clock, &mut archive, &mut state).run(urls, |task, fate| {
        match fate {
            Fate::Failed(error) => {
                problems.note(task.url.as_str(), &error.to_string());
                outcome = Outcome::Partly;
            }
            Fate::Unchanged => n_unchanged += 1,
            _ => {}
        }
        if arguments.json { tell_program(task, fate) } else { tell_person(task, fate) }
    })?;
    let n_pages = archive.finish()?;
    let mut errors = std::io::stderr();
    if !arguments.json {
        write!(errors, "{problems}")?;
    }
    let archive = archive_path.display();
    match n_pages {
        0 => writeln!(errors, "no page saved")?,
        1 => writeln!(errors, "1 page saved in \"{archive}\"")?,
        n => writeln!(errors, "{n} pages saved in \"{archive}\"")?,
    }
    if n_pages == 0 && n_unchanged > 0 {
        let state = state_path.display();
        writeln!(errors, "\"{state}\" knows what was fetched before: remove it to begin anew")?;
    }
    Ok(outcome)
}

impl Output {
    /// The archive and the file that remembers.
    fn paths(&self, now: Timestamp) -> anyhow::Result<(PathBuf, PathBuf)> {
        if let Some(folder) = &self.out {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder \"{}\"", folder.display()))?;
            let name = format!("fetch-{}.warc.gz", now.strftime("%Y%m%dT%H%M%S%3fZ"));
            return Ok((folder.join(name), folder.join(".fetch.state")));
        }
        let file = self.output.as_deref().unwrap_or(Path::new(""));
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !name.ends_with(".warc.gz") {
            let error = anyhow::anyhow!("\"{}\" is not the name of an archive", file.display());
            return Err(hint(error, "give it a name that ends in .warc.gz"));
        }
        Ok((file.to_owned(), file.with_file_name(format!(".{name}.state"))))
    }
}

fn parse(url: &str) -> anyhow::Result<Url> {
    Url::parse(url).map_err(|error| {
        let error = anyhow::anyhow!("\"{url}\" is no address: {error}");
        hint(error, "write it with its scheme, as in https://paper.example/feed.xml")
    })
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    // A thousandth is a request in a quarter of an hour: nobody waits for that.
    if (0.001..=1000.0).contains(&rate) { Ok(rate) } else { Err("not in 0.001 to 1000".into()) }
}

fn contact(text: &str) -> Result<String, String> {
    if text.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        Ok(text.to_owned())
    } else {
        Err("use plain ASCII characters: it is sent in a header".to_owned())
    }
}

fn tell_person(task: &Task, fate: &Fate) -> anyhow::Result<()> {
    let url = &task.url;
    let line = match fate {
        Fate::Saved { bytes } => format!("saved      {url} ({bytes} bytes)"),
        Fate::Feed { new } => format!("feed       {url} ({new} new entries)"),
        Fate::Unchanged => format!("unchanged  {url}"),
        Fate::Duplicate => format!("duplicate  {url}"),
        // The problems, at the end, say why.
        Fate::Failed(_) => format!("failed     {url}"),
    };
    Ok(writeln!(std::io::stderr(), "{line}")?)
}

fn tell_program(task: &Task, fate: &Fate) -> anyhow::Result<()> {
    let mut line = match fate {
        Fate::Saved { bytes } => json!({"fate": "saved", "bytes": bytes}),
        Fate::Feed { new } => json!({"fate": "feed", "new": new}),
        Fate::Unchanged => json!({"fate": "unchanged"}),
        Fate::Duplicate => json!({"fate": "duplicate"}),
        Fate::Failed(error) => {
            json!({"fate": "failed", "why": error.to_string(), "passing": error.is_passing()})
        }
    };
    line["url"] = json!(task.url);
    if let Some(first) = task.chain.first() {
        line["asked"] = json!(first);
    }
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(output: Option<&str>, out: Option<&Path>) -> anyhow::Result<(PathBuf, PathBuf)> {
        let output = Output { output: output.map(PathBuf::from), out: out.map(Path::to_owned) };
        output.paths("2024-03-23T10:15:00.5Z".parse()?)
    }

    #[test]
    fn what_is_remembered_is_hidden_beside_the_output() -> anyhow::Result<()> {
        let (archive, state) = paths(Some("news/a.warc.gz"), None)?;
        assert_eq!(archive, Path::new("news/a.warc.gz"));
        assert_eq!(state, Path::new("news/.a.warc.gz.state"));
        let folder = tempfile::tempdir()?;
        let (archive, state) = paths(None, Some(&folder.path().join("news")))?;
        assert_eq!(archive, folder.path().join("news/fetch-20240323T101500500Z.warc.gz"));
        assert_eq!(state, folder.path().join("news/.fetch.state"));
        Ok(())
    }

    #[test]
    fn a_file_that_readers_would_not_know_is_refused() {
        for name in ["a.warc", "a", "", "news/"] {
            let error = paths(Some(name), None).unwrap_err();
            assert!(error.to_string().contains(&format!("\"{name}\" is not the name")), "{error}");
        }
    }

    #[test]
    fn the_program_says_who_it_is() {
        assert!(fetch::agent(None).starts_with("tocsin/"));
        assert!(fetch::agent(Some("ann@paper.example")).ends_with("; ann@paper.example)"));
        assert!(contact("two\r\nlines").is_err());
    }

    #[test]
    fn an_address_without_scheme_is_no_address() {
        assert!(parse("paper.example/feed").unwrap_err().to_string().contains("is no address"));
    }

    #[test]
    fn a_rate_is_within_reason() {
        assert_eq!(rate("0.5"), Ok(0.5));
        for bad in ["0", "-1", "NaN", "inf", "fast"] {
            assert!(rate(bad).is_err(), "{bad}");
        }
    }
}
