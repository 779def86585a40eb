//! `load`: how long the server takes over a large ledger while 32 connections ask without pause.
//!
//! The ledger is the demonstration record enlarged ([`super::enlarged`]). The program serves it as
//! it would anyone, in a process of its own; each connection asks the next question as soon as it
//! has the answer to the last one, so what is measured is a server that is always busy. Questions
//! are drawn from what the record has, by a fixed row of numbers, and few come twice: what the
//! server keeps of earlier answers hardly helps. Each sort is asked alone, then all at once. Times
//! are those of the clock, from the first byte of the question to the last of the answer.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde::Serialize;
use serde_json::Value;

use super::asking::{Client, encoded};
use super::enlarged::enlarge;
use super::speed::peak_mb_of;

/// How many ask at once.
const CONNECTIONS: usize = 32;
/// How long each sort of question is asked.
const TIME: Duration = Duration::from_secs(10);
/// The ledger that is enlarged, and what becomes of it, in the folder that is given.
const SMALL: &str = "demo.ledger";
const LARGE: &str = "enlarged.ledger";

/// What was measured.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Load {
    suite: &'static str,
    build: String,
    reports: u64,
    events: u64,
    connections: usize,
    /// From the start of the server to its first answer.
    first_answer_seconds: f64,
    sorts: Vec<Asked>,
    /// Of the server, in MB; where the system tells it.
    peak_mb: Option<f64>,
}

/// The answers to one sort of question.
#[derive(Clone, Debug, Serialize)]
struct Asked {
    sort: &'static str,
    answers: usize,
    /// Answers other than 200.
    refused: usize,
    per_second: f64,
    mean_kb: f64,
    p50_ms: f64,
    p99_ms: f64,
    most_ms: f64,
}

/// Measures over the ledger in `folder`, enlarged to `n` reports if that was not done before.
pub(crate) fn measure(folder: &Path, n: u32, build: &str) -> anyhow::Result<Load> {
    let ledger = folder.join(LARGE);
    enlarge(&folder.join(SMALL), &ledger, u64::from(n), |n| tell(&format!("{n} reports")))?;
    let start = Instant::now();
    let server = Server::start(&ledger)?;
    let mut client = Client::connect(server.port)?;
    let record = Record::of(&mut client)?;
    let first_answer_seconds = start.elapsed().as_secs_f64();
    let mut sorts = Vec::new();
    for sort in Sort::ALL {
        let asked = ask(&server, &record, &[sort], sort.name())?;
        tell(&serde_json::to_string(&asked)?);
        sorts.push(asked);
    }
    let asked = ask(&server, &record, &Sort::ALL, "all at once")?;
    tell(&serde_json::to_string(&asked)?);
    sorts.push(asked);
    Ok(Load {
        suite: "load",
        build: build.to_owned(),
        reports: record.reports,
        events: record.events,
        connections: CONNECTIONS,
        first_answer_seconds,
        sorts,
        peak_mb: peak_mb_of(server.child.id()),
    })
}

#[expect(clippy::print_stderr, reason = "progress is for standard error")]
fn tell(line: &str) {
    eprintln!("{line}");
}

/// The program, serving.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(ledger: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["serve", "--address", "127.0.0.1:0", "--ledger"])
            .arg(ledger)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(told) = child.stdout.take() {
            BufReader::new(told).read_line(&mut line)?;
        }
        let port = line.trim().trim_end_matches('/').rsplit(':').next().unwrap_or_default();
        let port = port.parse().ok().context("the server did not start")?;
        Ok(Self { child, port })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What can be asked for.
struct Record {
    reports: u64,
    events: u64,
    countries: Vec<String>,
    modes: Vec<String>,
    outlets: Vec<String>,
    actors: Vec<String>,
    places: Vec<String>,
    words: Vec<String>,
    ids: Vec<String>,
    first_year: u64,
    last_year: u64,
}

impl Record {
    fn of(client: &mut Client) -> anyhow::Result<Self> {
        let mut get = |path: &str| -> anyhow::Result<Value> {
            let (status, body) = client.get(path)?;
            anyhow::ensure!(status == 200, "{path} answered {status}");
            Ok(serde_json::from_slice(&body)?)
        };
        let names = |list: &Value, key: &str| -> Vec<String> {
            let rows = list.as_array().into_iter().flatten();
            rows.filter_map(|row| Some(row.get(key)?.as_str()?.to_owned())).collect()
        };
        let sums = get("/api/v1/statistics")?;
        let actors = get("/api/v1/actors?limit=200")?;
        let places = get("/api/v1/places?limit=1000")?;
        let sources = get("/api/v1/sources")?;
        let events = get("/api/v1/events?limit=1000")?;
        let documents = get("/api/v1/documents?limit=1000")?;
        let titles = names(&documents["rows"], "title").join(" ");
        let mut words: Vec<String> = titles
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.len() > 3)
            .map(str::to_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        let months = names(&sums["by_month"], "name");
        let year = |month: Option<&String>| month.and_then(|m| m.get(..4)?.parse().ok());
        let reports = sources["rows"].as_array().into_iter().flatten();
        Ok(Self {
            reports: reports.filter_map(|row| row["reports"].as_u64()).sum(),
            events: sums["total"]["events"].as_u64().unwrap_or(0),
            countries: names(&sums["by_country"], "name"),
            modes: names(&sums["by_mode"], "name"),
            outlets: names(&sources["rows"], "name"),
            actors: names(&actors["rows"], "id"),
            places: names(&places["rows"], "place"),
            words,
            ids: names(&events["rows"], "id"),
            first_year: year(months.first()).unwrap_or(2000),
            last_year: year(months.last()).unwrap_or(2020),
        })
    }
}

/// A sort of question.
#[derive(Clone, Copy)]
enum Sort {
    /// A page of events by two or three filters.
    List,
    /// The same as a page for people, with map, timeline and facets.
    Page,
    /// Where the events of a selection were.
    Map,
    /// Events with words.
    Text,
    /// Events, documents, actors and places by a word.
    Search,
    /// Sums over a selection.
    Sums,
    /// One event.
    Event,
}

impl Sort {
    const ALL: [Self; 7] =
        [Self::List, Self::Page, Self::Map, Self::Text, Self::Search, Self::Sums, Self::Event];

    fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Page => "page of the list",
            Self::Map => "map",
            Self::Text => "list by words",
            Self::Search => "search",
            Self::Sums => "sums",
            Self::Event => "event",
        }
    }

    fn question(self, record: &Record, lot: &mut Lot) -> String {
        let text = |lot: &mut Lot| {
            let word = encoded(lot.of(&record.words));
            if lot.below(3) == 0 { word } else { format!("{word}+{}", lot.of(&record.words)) }
        };
        match self {
            Self::List => format!("/api/v1/events?{}", filters(record, lot)),
            Self::Page => format!("/events?{}", filters(record, lot)),
            Self::Map => format!("/api/v1/spots?{}", filters(record, lot)),
            Self::Sums => format!("/api/v1/statistics?{}", filters(record, lot)),
            Self::Text => format!("/api/v1/events?text={}", text(lot)),
            Self::Search => format!("/api/v1/search?q={}", text(lot)),
            Self::Event => format!("/api/v1/events/{}", lot.of(&record.ids)),
        }
    }
}

/// Two or three filters, as people choose them: somewhere, at some time, of some sort.
fn filters(record: &Record, lot: &mut Lot) -> String {
    let mut all = Vec::new();
    match lot.below(4) {
        0 | 1 => all.push(format!("country={}", lot.of(&record.countries))),
        2 => all.push(format!("actor={}", lot.of(&record.actors))),
        _ => all.push(format!("place={}", encoded(lot.of(&record.places)))),
    }
    let years = record.last_year.saturating_sub(record.first_year) + 1;
    let year = record.first_year + lot.below(years);
    match lot.below(3) {
        0 => all.push(format!("from={year}-{:02}-01", 1 + lot.below(12))),
        1 => all.push(format!("from={year}-01-01&to={year}-{:02}-28", 1 + lot.below(12))),
        _ => all.push(format!("mode={}", lot.of(&record.modes))),
    }
    match lot.below(4) {
        0 => all.push(format!("killed_at_least={}", 1 + lot.below(50))),
        1 => all.push(format!("confidence_at_least={}", 50 + lot.below(45))),
        2 => all.push(format!("outlet={}", encoded(lot.of(&record.outlets)))),
        _ => {}
    }
    all.join("&")
}

/// Numbers as good as by lot (splitmix), the same in each run.
struct Lot(u64);

impl Lot {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)).checked_rem(n).unwrap_or(0)
    }

    fn of<'l>(&mut self, list: &'l [String]) -> &'l str {
        let place = self.below(list.len() as u64) as usize;
        list.get(place).map_or("", String::as_str)
    }
}

/// Asks such questions on all connections at once.
fn ask(
    server: &Server,
    record: &Record,
    sorts: &[Sort],
    name: &'static str,
) -> anyhow::Result<Asked> {
    let start = Instant::now();
    let one = |number: usize| -> anyhow::Result<Vec<(Duration, u16, usize)>> {
        let mut client = Client::connect(server.port)?;
        let mut lot = Lot(number as u64 * 7_919 + sorts.len() as u64);
        let mut answers = Vec::new();
        while start.elapsed() < TIME {
            let sort = sorts.get(lot.below(sorts.len() as u64) as usize).copied();
            let question = sort.unwrap_or(Sort::List).question(record, &mut lot);
            let begun = Instant::now();
            let (status, body) = client.get(&question)?;
            answers.push((begun.elapsed(), status, body.len()));
        }
        Ok(answers)
    };
    let answers = thread::scope(|scope| {
        let all: Vec<_> = (0..CONNECTIONS).map(|n| scope.spawn(move || one(n))).collect();
        let joined = all.into_iter().map(|one| match one.join() {
            Ok(answers) => answers,
            Err(_) => Err(anyhow::anyhow!("an error in the program while asking")),
        });
        joined.collect::<anyhow::Result<Vec<_>>>()
    })?;
    let seconds = start.elapsed().as_secs_f64();
    let answers: Vec<_> = answers.into_iter().flatten().collect();
    let mut times: Vec<f64> = answers.iter().map(|a| a.0.as_secs_f64() * 1e3).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (share * times.len() as f64).ceil().max(1.0) - 1.0;
        #[expect(clippy::cast_sign_loss, reason = "it is above nothing")]
        times.get(place as usize).copied().unwrap_or(f64::NAN)
    };
    Ok(Asked {
        sort: name,
        answers: answers.len(),
        refused: answers.iter().filter(|a| a.1 != 200).count(),
        per_second: answers.len() as f64 / seconds,
        mean_kb: answers.iter().map(|a| a.2 as f64).sum::<f64>()
            / answers.len().max(1) as f64
            / 1e3,
        p50_ms: at(0.5),
        p99_ms: at(0.99),
        most_ms: at(1.0),
    })
}

/// Writes the result for people.
pub(crate) fn write(out: &mut impl Write, load: &Load) -> std::io::Result<()> {
    writeln!(
        out,
        "suite    load, {} connections without pause\nbuild    {}\nreports  {}\nevents   {}\n\
         first answer after {:.1} s\n",
        load.connections, load.build, load.reports, load.events, load.first_answer_seconds
    )?;
    writeln!(
        out,
        "{:<18}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "milliseconds", "p50", "p99", "most", "answers", "a second", "kB", "refused"
    )?;
    for row in &load.sorts {
        writeln!(
            out,
            "{:<18}{:>9.1}{:>9.1}{:>9.1}{:>9}{:>9.0}{:>9.1}{:>9}",
            row.sort,
            row.p50_ms,
            row.p99_ms,
            row.most_ms,
            row.answers,
            row.per_second,
            row.mean_kb,
            row.refused
        )?;
    }
    let peak = load.peak_mb.map_or("-".to_owned(), |mb| format!("{mb:.0} MB"));
    writeln!(out, "\nmemory of the server at its highest {peak}")
}
