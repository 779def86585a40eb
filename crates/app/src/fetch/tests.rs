//! The whole of fetching against a server of our own on this machine, on a clock of our own.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use tempfile::TempDir;

use super::*;

/// Answers each connection with what `answer` writes for its path and head, and keeps the heads.
struct Server {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

type Answer = dyn Fn(&str, &str, &mut TcpStream) -> std::io::Result<()> + Send + Sync;

impl Server {
    fn start(
        answer: impl Fn(&str, &str, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heads);
        let answer: Arc<Answer> = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, kept) = (Arc::clone(&answer), Arc::clone(&kept));
                std::thread::spawn(move || serve(stream, &*answer, &kept));
            }
        });
        Self { address, heads }
    }

    /// A server of pages that stay as they are; all else is not found.
    fn of(pages: &'static [(&'static str, &'static str)]) -> Self {
        Self::start(|path, _, stream| match pages.iter().find(|(p, _)| *p == path) {
            Some((_, body)) => ok(stream, "", body.as_bytes()),
            None => stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"),
        })
    }

    fn url(&self, path: &str) -> Url {
        format!("http://{}{path}", self.address).parse().unwrap()
    }

    /// The paths that were asked for, in order.
    fn asked(&self) -> Vec<String> {
        let heads = self.heads.lock().unwrap();
        heads.iter().filter_map(|head| head.split(' ').nth(1)).map(str::to_owned).collect()
    }

    /// The last request for `path`.
    fn head(&self, path: &str) -> String {
        let heads = self.heads.lock().unwrap();
        let start = format!("GET {path} ");
        heads.iter().rfind(|head| head.starts_with(&start)).cloned().unwrap_or_default()
    }
}

fn serve(mut stream: TcpStream, answer: &Answer, heads: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if !matches!(reader.read_line(&mut head), Ok(n) if n > 0) {
            return;
        }
    }
    heads.lock().unwrap().push(head.clone());
    let path = head.split(' ').nth(1).unwrap_or_default();
    // The client may hang up in the middle, which is often what the test is about.
    drop(answer(path, &head, &mut stream));
}

fn ok(stream: &mut TcpStream, headers: &str, body: &[u8]) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\n{headers}content-length: {}\r\n\r\n", body.len())?;
    stream.write_all(body)
}

fn status(stream: &mut TcpStream, status: &str, headers: &str) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 {status}\r\n{headers}content-length: 0\r\n\r\n")
}

fn not_found(stream: &mut TcpStream) -> std::io::Result<()> {
    status(stream, "404 Not Found", "")
}

/// A clock that sleeps at once and remembers how long.
#[derive(Default)]
struct Dial {
    elapsed: Cell<Duration>,
}

impl Clock for Dial {
    fn now(&self) -> Timestamp {
        "2024-03-23T10:00:00Z".parse::<Timestamp>().unwrap() + self.elapsed.get()
    }

    fn elapsed(&self) -> Duration {
        self.elapsed.get()
    }

    fn sleep(&self, duration: Duration) {
        self.elapsed.set(self.elapsed.get() + duration);
    }
}

/// Runs that share an output.
struct Bench {
    folder: TempDir,
    options: Options,
    clock: Dial,
}

impl Bench {
    fn new() -> Self {
        let options = Options {
            agent: "tocsin/0 (+https://tocsin.example/fetch)".to_owned(),
            gap: Duration::from_secs(2),
            entries: 100,
            again: false,
            limits: Limits { page_bytes: 100_000, request: Duration::from_secs(20) },
            permits: |address| address == IpAddr::V4(Ipv4Addr::LOCALHOST),
        };
        Self { folder: tempfile::tempdir().unwrap(), options, clock: Dial::default() }
    }

    /// A bench that gives up a request soon.
    fn hasty() -> Self {
        let mut bench = Self::new();
        bench.options.limits.request = Duration::from_millis(400);
        bench
    }

    fn archive(&self) -> PathBuf {
        self.folder.path().join("a.warc.gz")
    }

    /// The fates of one run, without scheme and host.
    fn run(&self, urls: &[Url]) -> Vec<String> {
        let mut archive = Archive::open(&self.archive(), "tocsin/0").unwrap();
        let mut state = State::open(&self.folder.path().join("state")).unwrap();
        let mut told = Vec::new();
        Fetcher::new(self.options.clone(), &self.clock, &mut archive, &mut state)
            .run(urls.to_vec(), |task, fate| {
                let path = path(&task.url);
                told.push(match fate {
                    Fate::Saved { .. } => format!("saved {path}"),
                    Fate::Feed { new } => format!("feed {path} {new}"),
                    Fate::Unchanged => format!("unchanged {path}"),
                    Fate::Duplicate => format!("duplicate {path}"),
                    Fate::Failed(error) => format!("failed {path}: {error}"),
                });
                Ok(())
            })
            .unwrap();
        archive.finish().unwrap();
        told
    }

    fn saved(&self) -> String {
        let mut text = String::new();
        let file = std::fs::File::open(self.archive()).unwrap();
        MultiGzDecoder::new(file).read_to_string(&mut text).unwrap();
        text
    }
}

#[test]
fn a_page_is_saved_with_its_address_and_date() {
    let server = Server::of(&[("/1?a=b", "<p>News.")]);
    let bench = Bench::new();
    assert_eq!(bench.run(&[server.url("/1?a=b#top")]), ["saved /1?a=b"]);
    let saved = bench.saved();
    assert!(saved.contains(&format!("WARC-Target-URI: {}\r\n", server.url("/1?a=b"))));
    assert!(saved.contains("WARC-Date: 2024-03-23T10:00:02Z\r\n"));
    assert!(saved.ends_with("content-length: 8\r\n\r\n<p>News.\r\n\r\n"));
    let head = server.head("/1?a=b").to_ascii_lowercase();
    assert!(head.contains("user-agent: tocsin/0 (+https://tocsin.example/fetch)"), "{head}");
}

#[test]
fn robots_txt_is_obeyed_and_asked_once() {
    let server = Server::of(&[
        ("/robots.txt", "User-agent: tocsin\nDisallow: /private\n"),
        ("/private/1", "no"),
        ("/1", "yes"),
    ]);
    let told = Bench::new().run(&[server.url("/private/1"), server.url("/1")]);
    assert_eq!(
        told,
        [
            "failed /private/1: the site's robots.txt asks programs not to read this page",
            "saved /1"
        ]
    );
    assert_eq!(server.asked(), ["/robots.txt", "/1"]);
}

#[test]
fn a_site_whose_robots_txt_is_broken_is_left_alone() {
    let server = Server::start(|path, _, stream| match path {
        "/robots.txt" => status(stream, "500 Oops", ""),
        _ => ok(stream, "", b"no"),
    });
    let told = Bench::new().run(&[server.url("/1"), server.url("/2")]);
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|line| line.contains("robots.txt cannot be read")), "{told:?}");
    assert_eq!(server.asked(), ["/robots.txt"]);
}

#[test]
fn a_moved_robots_txt_is_followed() {
    let server = Server::start(|path, _, stream| match path {
        "/robots.txt" => status(stream, "301 Moved", "location: /r.txt\r\n"),
        "/r.txt" => ok(stream, "", b"user-agent: *\ndisallow: /"),
        _ => ok(stream, "", b"no"),
    });
    let told = Bench::new().run(&[server.url("/1")]);
    assert!(told[0].contains("asks programs not to read"), "{told:?}");
    assert_eq!(server.asked(), ["/robots.txt", "/r.txt"]);
}

#[test]
fn requests_to_a_host_are_two_seconds_apart_and_hosts_wait_for_themselves() {
    let server = Server::of(&[("/1", "one"), ("/2", "two"), ("/3", "three")]);
    let bench = Bench::new();
    bench.run(&[server.url("/1"), server.url("/2"), server.url("/3")]);
    // Four requests, robots.txt among them, have three gaps.
    assert_eq!(bench.clock.elapsed(), Duration::from_secs(6));
}

#[test]
fn a_crawl_delay_is_respected_and_an_absurd_one_ends_the_site() {
    let slow = |delay: &'static str| {
        Server::start(move |path, _, stream| match path {
            "/robots.txt" => {
                ok(stream, "", format!("user-agent: *\ncrawl-delay: {delay}").as_bytes())
            }
            _ => ok(stream, "", path.as_bytes()),
        })
    };
    let (bench, server) = (Bench::new(), slow("10"));
    assert_eq!(bench.run(&[server.url("/1"), server.url("/2")]), ["saved /1", "saved /2"]);
    assert_eq!(bench.clock.elapsed(), Duration::from_secs(20));
    let (bench, server) = (Bench::new(), slow("86400"));
    let told = bench.run(&[server.url("/1")]);
    assert!(told[0].contains("asks to wait 86400 s"), "{told:?}");
    assert_eq!(bench.clock.elapsed(), Duration::ZERO);
}

#[test]
fn a_second_run_asks_whether_anything_is_new() {
    let server = Server::start(|path, head, stream| {
        let head = head.to_ascii_lowercase();
        match path {
            "/etag" if head.contains("if-none-match: \"a1\"") => status(stream, "304 Same", ""),
            "/etag" => ok(stream, "etag: \"a1\"\r\n", b"tagged"),
            "/dated" if head.contains("if-modified-since: fri") => status(stream, "304 Same", ""),
            "/dated" => ok(stream, "last-modified: Fri, 22 Mar 2024 20:00:00 GMT\r\n", b"dated"),
            "/plain" => ok(stream, "", b"plain"),
            _ => not_found(stream),
        }
    });
    let bench = Bench::new();
    let urls = [server.url("/etag"), server.url("/dated"), server.url("/plain")];
    assert_eq!(bench.run(&urls), ["saved /etag", "saved /dated", "saved /plain"]);
    let saved = bench.saved();
    assert_eq!(bench.run(&urls), ["unchanged /etag", "unchanged /dated", "unchanged /plain"]);
    assert_eq!(bench.saved(), saved);
}

#[test]
fn a_feed_gives_its_entries_and_a_second_run_only_the_new() {
    let first = "<rss><item><link>/1</link></item><item><link>2</link></item></rss>";
    let later = "<rss><item><link>/3</link></item><item><link>/1</link></item></rss>";
    let n_asked = Mutex::new(0);
    let server = Server::start(move |path, _, stream| match path {
        "/feed" => {
            let mut n_asked = n_asked.lock().unwrap();
            *n_asked += 1;
            ok(stream, "", if *n_asked == 1 { first } else { later }.as_bytes())
        }
        "/robots.txt" => not_found(stream),
        _ => ok(stream, "", path.as_bytes()),
    });
    let bench = Bench::new();
    let feed = [server.url("/feed")];
    assert_eq!(bench.run(&feed), ["feed /feed 2", "saved /1", "saved /2"]);
    assert_eq!(bench.run(&feed), ["feed /feed 1", "saved /3"]);
}

#[test]
fn a_feed_is_remembered_only_when_its_entries_are_done() {
    let working = Arc::new(Mutex::new(false));
    let works = Arc::clone(&working);
    let server = Server::start(move |path, head, stream| match path {
        "/feed" if head.to_ascii_lowercase().contains("if-none-match") => {
            status(stream, "304 Same", "")
        }
        "/feed" => ok(
            stream,
            "etag: x\r\n",
            b"<feed><entry><link href='/1'/></entry><entry><link href='/2'/></entry></feed>",
        ),
        "/2" if !*works.lock().unwrap() => status(stream, "500 Oops", ""),
        "/robots.txt" => not_found(stream),
        _ => ok(stream, "", path.as_bytes()),
    });
    let bench = Bench::new();
    let feed = [server.url("/feed")];
    let told = bench.run(&feed);
    assert_eq!(told[2], "failed /2: the server answers with status 500");
    *working.lock().unwrap() = true;
    assert_eq!(bench.run(&feed), ["feed /feed 1", "saved /2"]);
    assert_eq!(bench.run(&feed), ["unchanged /feed"]);
}

#[test]
fn a_limit_leaves_entries_for_the_next_run() {
    let feed = "<rss><item><link>/1</link></item><item><link>/2</link></item></rss>";
    let server = Server::start(move |path, _, stream| match path {
        "/feed" => ok(stream, "etag: x\r\n", feed.as_bytes()),
        "/robots.txt" => not_found(stream),
        _ => ok(stream, "", path.as_bytes()),
    });
    let mut bench = Bench::new();
    bench.options.entries = 1;
    let feed = [server.url("/feed")];
    assert_eq!(bench.run(&feed), ["feed /feed 1", "saved /1"]);
    assert_eq!(bench.run(&feed), ["feed /feed 1", "saved /2"]);
    assert!(!server.head("/feed").to_ascii_lowercase().contains("if-none-match"));
}

#[test]
fn one_address_is_fetched_once() {
    let server = Server::start(|path, _, stream| match path {
        "/feed" => ok(
            stream,
            "",
            b"<rss><item><link>/1#a</link></item><item><link>/old</link></item></rss>",
        ),
        "/old" => status(stream, "301 Moved", "location: /1\r\n"),
        "/robots.txt" => not_found(stream),
        _ => ok(stream, "", path.as_bytes()),
    });
    let told = Bench::new().run(&[server.url("/1"), server.url("/feed"), server.url("/1")]);
    assert_eq!(told, ["saved /1", "feed /feed 1", "duplicate /old"]);
    assert_eq!(server.asked().iter().filter(|path| *path == "/1").count(), 1);
}

#[test]
fn a_redirect_passes_the_gates_of_its_target() {
    let server = Server::start(|path, _, stream| match path {
        "/robots.txt" => ok(stream, "", b"user-agent: *\ndisallow: /shut"),
        "/open" => status(stream, "302 Found", "location: /page\r\n"),
        "/sly" => status(stream, "302 Found", "location: /shut\r\n"),
        "/file" => status(stream, "302 Found", "location: file:///etc/passwd\r\n"),
        "/word" => status(stream, "302 Found", "location: http://me:pw@127.0.0.1/\r\n"),
        "/none" => status(stream, "302 Found", ""),
        _ => ok(stream, "", path.as_bytes()),
    });
    let told =
        Bench::new().run(&["/open", "/sly", "/file", "/word", "/none"].map(|p| server.url(p)));
    let starts = [
        "saved /page",
        "failed /shut: the site's robots.txt asks",
        "failed /etc/passwd: only http and https",
        "failed /: the address holds a user name",
        "failed /none: it redirects to nowhere",
    ];
    assert_eq!(told.len(), starts.len(), "{told:?}");
    for start in starts {
        assert!(told.iter().any(|line| line.starts_with(start)), "{start} in {told:?}");
    }
}

#[test]
fn a_redirect_loop_and_a_long_chain_end() {
    let server = Server::start(|path, _, stream| {
        let location = match path {
            "/a" => "/b".to_owned(),
            "/b" => "/a".to_owned(),
            "/self" => "/self".to_owned(),
            _ => match path.strip_prefix("/n").and_then(|n| n.parse::<u32>().ok()) {
                Some(n) => format!("/n{}", n + 1),
                None => return not_found(stream),
            },
        };
        status(stream, "307 Again", &format!("location: {location}\r\n"))
    });
    let told = Bench::new().run(&["/a", "/self", "/n1"].map(|path| server.url(path)));
    assert_eq!(
        told,
        [
            "failed /b: it redirects to itself",
            "failed /self: it redirects to itself",
            "failed /n6: more than 5 redirects"
        ]
    );
}

#[test]
fn private_addresses_are_refused_unless_allowed() {
    let server = Server::of(&[("/1", "inside")]);
    let mut bench = Bench::new();
    bench.options.permits = is_public;
    let port = server.address.port();
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433"] {
        let told = bench.run(&[format!("http://{host}:{port}/1").parse().unwrap()]);
        assert!(
            told[0].starts_with("failed /1: \"")
                && told[0].ends_with(
                    "which is not on the open internet: add --allow-private if you mean it"
                ),
            "{told:?}"
        );
    }
    assert_eq!(server.asked(), [""; 0]);
    bench.options.permits = |_| true;
    assert_eq!(bench.run(&[server.url("/1")]), ["saved /1"]);
}

#[test]
fn a_redirect_to_the_inside_is_refused() {
    let server = Server::start(|path, _, stream| match path {
        "/1" => status(stream, "302 Found", "location: http://127.0.0.2:9/secret\r\n"),
        "/2" => status(stream, "302 Found", "location: http://169.254.169.254/latest\r\n"),
        _ => not_found(stream),
    });
    for path in ["/1", "/2"] {
        let told = Bench::new().run(&[server.url(path)]);
        assert!(told[0].contains("is not on the open internet"), "{told:?}");
    }
}

#[test]
fn a_page_that_is_too_large_is_refused() {
    let server = Server::start(|path, _, stream| match path {
        "/honest" => ok(stream, "", &vec![b'a'; 200_000]),
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
            loop {
                stream.write_all(&[b'a'; 10_000])?;
            }
        }
        "/fits" => ok(stream, "", &vec![b'a'; 100_000]),
        _ => not_found(stream),
    });
    let told = Bench::new().run(&["/honest", "/endless", "/fits"].map(|path| server.url(path)));
    let large = "it is larger than 100000 bytes: raise --max-bytes to fetch it";
    assert_eq!(
        told,
        [
            format!("failed /honest: {large}"),
            format!("failed /endless: {large}"),
            "saved /fits".into()
        ]
    );
}

#[test]
fn gzip_is_read_and_a_bomb_is_not() {
    let zipped = |body: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    };
    let (small, bomb) = (zipped(b"<p>Zipped."), zipped(&vec![0; 10_000_000]));
    let server = Server::start(move |path, _, stream| match path {
        "/small" => ok(stream, "content-encoding: gzip\r\n", &small),
        "/bomb" => ok(stream, "content-encoding: gzip\r\n", &bomb),
        "/torn" => ok(stream, "content-encoding: gzip\r\n", &small[..small.len() / 2]),
        _ => not_found(stream),
    });
    let bench = Bench::new();
    let told = bench.run(&["/small", "/bomb", "/torn"].map(|path| server.url(path)));
    assert_eq!(told[0], "saved /small");
    assert!(told[1].starts_with("failed /bomb: it is larger than"), "{told:?}");
    assert!(told[2].starts_with("failed /torn: the transfer failed"), "{told:?}");
    let saved = bench.saved();
    assert!(saved.contains("content-length: 10\r\n\r\n<p>Zipped."));
    assert!(!saved.contains("content-encoding"));
}

#[test]
fn a_server_that_drips_is_cut_off() {
    let server = Server::start(|path, _, stream| {
        let drip = |stream: &mut TcpStream| loop {
            stream.write_all(b"a")?;
            std::thread::sleep(Duration::from_millis(20));
        };
        match path {
            "/body" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 90000\r\n\r\n")?;
                drip(stream)
            }
            "/head" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nx: ")?;
                drip(stream)
            }
            "/silent" => {
                std::thread::sleep(Duration::from_secs(60));
                Ok(())
            }
            _ => not_found(stream),
        }
    });
    let begun = std::time::Instant::now();
    let told = Bench::hasty().run(&["/body", "/head", "/silent"].map(|path| server.url(path)));
    assert!(told.iter().all(|line| line.contains("it took longer than")), "{told:?}");
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
}

#[test]
fn a_busy_server_is_asked_again_when_it_says() {
    let n_asked = Mutex::new(0);
    let server = Server::start(move |path, _, stream| {
        if path == "/robots.txt" {
            return not_found(stream);
        }
        let mut n_asked = n_asked.lock().unwrap();
        *n_asked += 1;
        match *n_asked {
            1 => status(stream, "429 Slow Down", "retry-after: 40\r\n"),
            // The clock says 10:00:42 by now.
            2 => status(stream, "503 Busy", "retry-after: Sat, 23 Mar 2024 10:02:00 GMT\r\n"),
            _ => ok(stream, "", b"at last"),
        }
    });
    let bench = Bench::new();
    assert_eq!(bench.run(&[server.url("/1")]), ["saved /1"]);
    assert_eq!(bench.clock.elapsed(), Duration::from_secs(120));
}

#[test]
fn a_server_that_stays_busy_or_asks_for_hours_is_left() {
    let server = Server::start(|path, _, stream| match path {
        "/busy" => status(stream, "503 Busy", ""),
        "/ages" => status(stream, "503 Busy", &format!("retry-after: {}\r\n", u64::MAX)),
        "/hours" => status(stream, "429 Slow Down", "retry-after: 7200\r\n"),
        _ => not_found(stream),
    });
    let bench = Bench::new();
    let told = bench.run(&[server.url("/busy")]);
    assert_eq!(told, ["failed /busy: the server is busy, also after 3 tries: try again later"]);
    assert_eq!(bench.clock.elapsed(), Duration::from_secs(62));
    let told = Bench::new().run(&[server.url("/ages")]);
    assert!(told[0].contains("asks to wait"), "{told:?}");
    let told = Bench::new().run(&[server.url("/hours"), server.url("/1")]);
    assert_eq!(told.len(), 2);
    assert!(told[0].contains("asks to wait 7200 s, and a run waits 300 s at most"), "{told:?}");
    assert!(told[1].contains("asks to wait"), "{told:?}");
}

#[test]
fn a_transfer_that_breaks_is_a_failure_of_that_page() {
    let server = Server::start(|path, _, stream| match path {
        "/chunks" => stream
            .write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nnewsZZ\r\n"),
        "/short" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nnot a hundred")
        }
        "/noise" => stream.write_all(b"\0\x01\x02 noise\r\n\r\n"),
        "/heads" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            stream.write_all("x: y\r\n".repeat(50_000).as_bytes())
        }
        "/gone" => Ok(()),
        "/good" => ok(stream, "", b"good"),
        _ => not_found(stream),
    });
    let paths = ["/chunks", "/short", "/noise", "/heads", "/gone", "/good"];
    let told = Bench::new().run(&paths.map(|path| server.url(path)));
    assert_eq!(told.len(), paths.len());
    for (line, path) in told.iter().zip(paths).take(5) {
        assert!(line.starts_with(&format!("failed {path}: the transfer failed")), "{line}");
    }
    assert_eq!(told[5], "saved /good");
}

#[test]
fn what_is_not_text_is_not_fetched() {
    let server = Server::start(|path, _, stream| match path {
        "/film" => ok(stream, "content-type: video/mp4\r\n", b"film"),
        "/brotli" => ok(stream, "content-encoding: br\r\n", b"?"),
        "/page" => ok(stream, "content-type: application/xhtml+xml; charset=utf-8\r\n", b"page"),
        _ => not_found(stream),
    });
    let paths = ["/film", "/brotli", "/page", "/404"];
    let told = Bench::new().run(&paths.map(|path| server.url(path)));
    assert_eq!(
        told,
        [
            "failed /film: it is video/mp4, not a page",
            "failed /brotli: it is compressed as \"br\", which was not asked for",
            "saved /page",
            "failed /404: the server answers with status 404"
        ]
    );
}
