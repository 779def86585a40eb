//! A run that is killed at any moment and started again ends in the ledger of one never killed.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use crate::harness::{Folder, signed};

const DOCUMENTS: u64 = 2_000;
const INGEST: &str = "ingest news.jsonl --ledger news.ledger --tell-every 0";

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    }
}

/// Where the news is from: with its day, few of them are of one time and place.
const TOWNS: [&str; 20] = [
    "Kano, Nigeria",
    "Jos, Nigeria",
    "Gao, Mali",
    "Mopti, Mali",
    "Goma, Congo",
    "Bunia, Congo",
    "Juba, South Sudan",
    "Wau, South Sudan",
    "Aden, Yemen",
    "Taiz, Yemen",
    "Mosul, Iraq",
    "Basra, Iraq",
    "Homs, Syria",
    "Aleppo, Syria",
    "Quetta, Pakistan",
    "Lahore, Pakistan",
    "Herat, Afghanistan",
    "Kabul, Afghanistan",
    "Cali, Colombia",
    "Suva, Fiji",
];

/// News of which some pages come twice, and some say what others say.
fn news() -> String {
    let mut dice = Dice(1);
    let page = |n: u64| {
        let n = if n % 71 == 70 { n - 50 } else { n };
        let said = if n % 53 == 52 { n - 20 } else { n };
        let toll = dice.roll(90) + 1;
        let toll = if said == n { toll } else { 5 };
        let town = TOWNS[said as usize % TOWNS.len()];
        let (month, day) = (said / 20 % 12 + 1, said / 240 * 3 + 1);
        let rain = "It has rained in the valley since. ".repeat(1 + (said % 40) as usize);
        format!(
            "{{\"url\": \"https://gazette.example/{n}\", \"title\": \"News {n}\", \"date\": \
             \"2023-{month:02}-{day:02}\", \"text\": \"A bomb killed {toll} people in village {said} near \
             {town}, today.\\n\\n{rain}\"}}\n"
        )
    };
    (0..DOCUMENTS).map(page).collect()
}

/// Number of entries, number of documents, and the digest that stands for the whole log.
fn content(folder: &Folder) -> (i64, i64, Vec<u8>) {
    let ledger =
        Connection::open_with_flags(folder.at("news.ledger"), OpenFlags::SQLITE_OPEN_READ_WRITE)
            .unwrap();
    ledger
        .query_row(
            "SELECT seq, (SELECT count(*) FROM document), digest FROM entry
             ORDER BY seq DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .unwrap_or_default()
}

/// Runs the ingest, kills it after `moment`, and gives how many documents it had acknowledged.
fn kill_after(folder: &Folder, moment: Duration) -> i64 {
    let mut program = folder
        .command(&signed(INGEST))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let told = BufReader::new(program.stderr.take().unwrap());
    let reader = spawn(move || {
        told.lines()
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("committed ")?.split(' ').next()?.parse().ok())
            .last()
            .unwrap_or(0)
    });
    sleep(moment);
    // SIGKILL; it does not matter if it has finished.
    program.kill().ok();
    program.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn killed_at_any_moment_it_ends_as_if_never_killed() {
    let slow = std::env::var("TOCSIN_SLOW").is_ok_and(|value| value == "1");
    let n_moments = if slow { 50 } else { 6 };
    let news = news();
    let whole = Folder::new();
    whole.write("news.jsonl", &news);
    let begun = Instant::now();
    assert!(whole.output(&signed(INGEST)).status.success());
    let length = begun.elapsed();
    let expected = content(&whole);
    assert!(expected.1 > 1_900, "{expected:?}");

    let (mut n_cut_short, mut n_at_work) = (0, 0);
    let mut n_acknowledged = 0;
    for moment in 0..n_moments {
        let mut dice = Dice(1_000 + moment);
        let folder = Folder::new();
        folder.write("news.jsonl", &news);
        // Twice in the same ledger: in the first half of the whole, then later in the rest.
        for _ in 0..2 {
            let before = if folder.at("news.ledger").exists() { content(&folder).1 } else { 0 };
            let part = dice.roll(1_000) as u32;
            // A machine that others use may be twice as quick as it was when it was timed.
            let acknowledged = kill_after(&folder, length * part / 2_000);
            let after = if folder.at("news.ledger").exists() { content(&folder).1 } else { 0 };
            assert!(after >= before + acknowledged, "{before} + {acknowledged} > {after}");
            n_acknowledged += acknowledged;
            n_cut_short += u64::from(after < expected.1);
            n_at_work += u64::from(before < after && after < expected.1);
        }
        assert!(folder.output(&signed(INGEST)).status.success());
        assert_eq!(content(&folder), expected, "moment {moment}");
        assert!(folder.output(&signed(INGEST)).status.success());
        assert_eq!(content(&folder), expected, "a second run after moment {moment}");
        let checked = folder.output("store check news.ledger");
        assert!(checked.status.success(), "moment {moment}");
    }
    // Else the moments were all too late, or all too early, to show anything.
    assert!(n_cut_short >= n_moments / 2, "{n_cut_short}");
    // Documents of the same run were coded and committed before the kill, and others were to come.
    assert!(n_at_work >= n_moments / 3, "{n_at_work}");
    assert!(n_acknowledged > 0);
}

#[test]
fn asked_to_stop_it_commits_what_it_has_and_says_how_to_go_on() {
    let folder = Folder::new();
    folder.write("news.jsonl", &news());
    let mut program = folder
        .command(&signed(&format!("{INGEST} --json")))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(program.stderr.take().unwrap()).lines();
    assert!(told.next().unwrap().unwrap().starts_with("committed "));
    let asked = Command::new("kill").args(["-INT", &program.id().to_string()]).status();
    assert!(asked.is_ok_and(|status| status.success()));
    let last = told.map_while(Result::ok).last();
    assert_eq!(last.as_deref(), Some("stopped; run the same command again to go on"));
    let output = program.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["new"].as_i64(), Some(content(&folder).1));
    assert!(folder.output("store check news.ledger").status.success());
}
