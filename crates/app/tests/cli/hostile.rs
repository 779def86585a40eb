//! Input that is broken or means harm, through the real program: the problem is told, time and
//! memory are bounded, and the other inputs are read.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::{Child, Command, Output, Stdio};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::harness::{Folder, NEWS, shown, signed};

/// No run may take longer.
const DEADLINE: Duration = Duration::from_secs(120);
/// No run may hold more; a program that is not optimised maps more of itself.
const MOST_KB: u64 = if cfg!(debug_assertions) { 450 << 10 } else { 400 << 10 };

/// Ingests `names` and then the news; gives what a user sees. All the news must have arrived.
fn survived(folder: &Folder, names: &str) -> String {
    folder.write("news.jsonl", NEWS);
    let ingest = signed(&format!("ingest {names} news.jsonl --ledger news.ledger"));
    let told = shown(&watched(spawned(&mut folder.command(&ingest))));
    let events = folder.output("events --reports --all --json --ledger news.ledger").stdout;
    let events = String::from_utf8(events).unwrap();
    for place in ["kano", "suva"] {
        let url = format!("https://gazette.example/{place}");
        assert!(events.contains(&url), "the news did not arrive: {told}{events}");
    }
    told
}

/// The same for one input with these bytes.
fn survived_bytes(name: &str, bytes: &[u8]) -> String {
    let folder = Folder::new();
    std::fs::write(folder.at(name), bytes).unwrap();
    survived(&folder, name)
}

fn spawned(command: &mut Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits for the program, and fails if it takes too long or holds too much.
fn watched(program: Child) -> Output {
    let id = program.id();
    let begun = Instant::now();
    let waiting = spawn(move || program.wait_with_output().unwrap());
    let mut most_kb = 0;
    while !waiting.is_finished() {
        if begun.elapsed() > DEADLINE {
            Command::new("kill").args(["-9", &id.to_string()]).status().unwrap();
            panic!("it takes longer than {DEADLINE:?}");
        }
        most_kb = peak_kb(id).unwrap_or(0).max(most_kb);
        sleep(Duration::from_millis(5));
    }
    assert!(most_kb < MOST_KB, "it held {most_kb} kB");
    waiting.join().unwrap()
}

/// The most that a process has held, where the system tells it.
fn peak_kb(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn page(body: &str) -> String {
    format!("<!doctype html><html><head><title>News</title></head><body>{body}</body></html>")
}

#[test]
fn a_line_that_is_far_too_long_is_passed_over() {
    let slow = std::env::var("TOCSIN_SLOW").is_ok_and(|value| value == "1");
    let megabytes = if slow { 1024 } else { 64 };
    let folder = Folder::new();
    let mut file = BufWriter::new(File::create(folder.at("long.jsonl")).unwrap());
    file.write_all(b"{\"text\": \"").unwrap();
    let part = vec![b'a'; 1 << 20];
    (0..megabytes).for_each(|_| file.write_all(&part).unwrap());
    file.write_all(b"\"}\n{\"text\": \"A bomb killed 3 people in Gao.\"}\n").unwrap();
    drop(file);
    let told = survived(&folder, "long.jsonl");
    assert!(told.contains("! problem: \"long.jsonl#1\": "), "{told}");
    assert!(told.contains("documents                5\n"), "{told}");
}

#[test]
fn deep_nesting_costs_neither_the_stack_nor_time() {
    let page = page(&format!("{}A bomb killed 3 people in Gao.", "<div>".repeat(50_000)));
    let told = survived_bytes("deep.html", page.as_bytes());
    assert!(told.contains("\"deep.html\": elements are nested 50"), "{told}");
    let told = survived_bytes("deep.json", "[".repeat(50_000).as_bytes());
    assert!(told.contains("\"deep.json"), "{told}");
}

#[test]
fn a_bomb_in_an_archive_costs_only_its_record() {
    let record = |url: &str, encoding: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{encoding}\r\n");
        let length = head.len() + body.len();
        let mut record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
        )
        .into_bytes();
        record.extend(head.bytes());
        record.extend(body);
        record.extend(b"\r\n\r\n");
        gzip(&record)
    };
    let bomb = gzip(&gzip(&vec![b' '; 256 << 20]));
    let bomb = record("https://x.example/bomb", "Content-Encoding: gzip, gzip\r\n", &bomb);
    let zeros = record("https://x.example/zeros", "", &vec![0; 256 << 20]);
    let good = page("<p>A bomb killed 3 people in Gao on Friday, the police said.</p>");
    let good = record("https://x.example/good", "", good.as_bytes());
    let told = survived_bytes("bombs.warc.gz", &[bomb, zeros, good].concat());
    assert!(told.contains("documents                5\n"), "{told}");
    assert!(told.contains("lost inputs              2\n"), "{told}");
}

#[test]
fn a_wrong_charset_label_is_not_believed() {
    let folder = Folder::new();
    let text = "<meta charset=\"windows-1251\"><p>Überfall in Köln: zwei Männer getötet.</p>";
    std::fs::write(folder.at("a.html"), page(text)).unwrap();
    let unknown = "<meta charset=\"no-such-thing\"><p>Zwei Männer getötet, drei verletzt.</p>";
    std::fs::write(folder.at("b.html"), page(unknown)).unwrap();
    let read = String::from_utf8(folder.output("read a.html b.html").stdout).unwrap();
    assert!(read.contains("Überfall in Köln: zwei Männer getötet."), "{read}");
    assert!(read.contains("Zwei Männer getötet"), "{read}");
}

#[test]
fn a_compressed_file_that_is_cut_off_gives_what_came_before() {
    let whole = "{\"text\": \"A bomb killed 3 people in Gao.\"}\n".repeat(20_000);
    let packed = gzip(whole.as_bytes());
    let told = survived_bytes("cut.jsonl.gz", &packed[..packed.len() / 2]);
    assert!(told.contains("it is cut off after"), "{told}");
    assert!(told.contains("there already"), "{told}");
}

#[test]
fn nul_bytes_do_not_reach_the_text() {
    let folder = Folder::new();
    std::fs::write(
        folder.at("nul.txt"),
        b"A bomb killed\0 3 people in Gao, the police said on Friday.\0",
    )
    .unwrap();
    let told = survived(&folder, "nul.txt");
    assert!(told.contains("documents                5\n"), "{told}");
    let shown = folder.output("code nul.txt").stdout;
    assert!(!shown.contains(&0) && !shown.is_empty());
}

#[test]
fn a_feed_that_never_ends_is_cut() {
    let folder = Folder::new();
    let rain = "It rained in Gao. ".repeat(4_000);
    let item = format!("<item><title>A</title><description>{rain}</description></item>");
    for item in [item.as_str(), "a"] {
        let mut program = spawned(folder.command("read -").stdin(Stdio::piped()));
        let mut feed = program.stdin.take().unwrap();
        let part = item.to_owned();
        let writer = spawn(move || {
            let head = "<rss version=\"2.0\"><channel><title>News</title><item><title>";
            feed.write_all(head.as_bytes()).ok();
            let part = part.repeat(1_000_000 / part.len());
            // Ends when the reader has closed the pipe.
            while feed.write_all(part.as_bytes()).is_ok() {}
        });
        let output = watched(program);
        writer.join().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("longer than 33554432 bytes"), "{told}");
        assert_eq!(output.status.code(), Some(1));
    }
}

#[cfg(unix)]
#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn what_cannot_be_opened_in_a_folder_is_told() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new();
    std::fs::create_dir(folder.at("inbox")).unwrap();
    folder.write("inbox/gao.txt", "A bomb killed 3 people in Gao.");
    symlink("nowhere.txt", folder.at("inbox/link.txt")).unwrap();
    symlink(".", folder.at("inbox/loop")).unwrap();
    folder.write("inbox/secret.txt", "A bomb killed 4 people in Gao.");
    let secret = folder.at("inbox/secret.txt");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o000)).unwrap();
    let told = survived(&folder, "inbox");
    assert!(told.contains("\"inbox/link.txt\": there is no such file"), "{told}");
    if File::open(&secret).is_ok() {
        eprintln!("SKIPPED a part of what_cannot_be_opened_in_a_folder_is_told: root may read all");
        return;
    }
    assert!(told.contains("\"inbox/secret.txt\": it may not be read"), "{told}");
}

#[test]
fn what_holds_no_text_is_a_problem() {
    let told = survived_bytes("empty.txt", b"");
    assert!(told.contains("\"empty.txt\": "), "{told}");
    let told = survived_bytes("empty.gz", b"\x1f\x8b");
    assert!(told.contains("\"empty.gz\": "), "{told}");
    let bytes: Vec<u8> =
        (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let told = survived_bytes("program.bin", &bytes);
    assert!(told.contains("\"program.bin\": it is neither text nor a format"), "{told}");
}

#[test]
fn a_long_document_about_attacks_is_coded_in_bounded_time() {
    let mut text = String::new();
    let mut n = 0;
    while text.len() < 8_000_000 {
        n += 1;
        let (killed, day) = (n % 40 + 2, n % 28 + 1);
        write!(
            text,
            "A bomb killed {killed} people at market {n} in Kano on {day} March 2024, police said. \
             It rained in the afternoon, and the harvest was late.\n\nGunmen of the al-Harrow \
             Front shot {killed} soldiers near Gao. The front has not spoken of it.\n\n"
        )
        .unwrap();
    }
    let told = survived_bytes("long.txt", text.as_bytes());
    assert!(told.contains("documents                5\n"), "{told}");
}

#[test]
fn very_many_dates_and_numbers_cost_bounded_time() {
    let (mut dates, mut numbers) = (String::new(), String::new());
    for n in 0..100_000 {
        write!(dates, "{} March {}, ", n % 28 + 1, 1990 + n % 35).unwrap();
        write!(numbers, "{n} ").unwrap();
    }
    for (name, many) in [("dates", dates), ("numbers", numbers)] {
        let body = format!("<article><p>A bomb killed {many} people in Gao.</p></article>");
        let told = survived_bytes(&format!("{name}.html"), page(&body).as_bytes());
        assert!(told.contains("documents                5\n"), "{told}");
        let told = survived_bytes(&format!("{name}.txt"), body.as_bytes());
        assert!(told.contains("documents                5\n"), "{told}");
    }
}

#[test]
fn very_long_names_cost_nothing_else() {
    let name = format!("Abd{}", "a".repeat(9_997));
    let text = format!("{name} {name} killed 3 people in {name} on Monday, the {name} Front said.");
    let told = survived_bytes("names.txt", text.as_bytes());
    assert!(told.contains("documents                5\n"), "{told}");
    let folder = Folder::new();
    let name = "n".repeat(250);
    folder.write(&name, "A bomb killed 3 people in Gao.");
    let told = survived(&folder, &name);
    assert!(told.contains("documents                5\n"), "{told}");
}
