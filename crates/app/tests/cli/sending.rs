//! Documents sent to the server: as a program sends them, and as a browser without script does.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::Folder;
use crate::server::{Answer, Server};

const LINES: &str = "Content-Type: application/jsonl\r\n";
const GOMA: &str = r#"{"url": "https://gazette.example/goma", "title": "Market attack", "date": "2024-04-02", "text": "GOMA, 2 April 2024 — Gunmen shot and killed at least 21 people at a market in Goma on Monday, police said."}"#;

fn server() -> Server {
    Server::start(Folder::with_ledger())
}

/// Waits until the job has ended.
fn ended(server: &Server, id: &str) -> Value {
    let begun = Instant::now();
    loop {
        let job = server.ask(&format!("GET /api/v1/jobs/{id}"), "").json();
        if job["state"] == "done" || job["state"] == "failed" {
            return job;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "{job}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn sent(server: &Server, headers: &str, body: &str) -> Value {
    let answer = server.post("/api/v1/documents?name=today", headers, body.as_bytes());
    assert_eq!(answer.status, 202, "{}", answer.body);
    let job = answer.json();
    let place = format!("/api/v1/jobs/{}", job["id"].as_str().unwrap());
    assert_eq!(answer.header("location"), Some(&*place));
    ended(server, job["id"].as_str().unwrap())
}

fn n_events(server: &Server) -> Value {
    server.ask("GET /api/v1/events", "").json()["total"].clone()
}

/// The value of the hidden field that the page's forms have.
fn form(server: &Server) -> String {
    let page = server.ask("GET /ingest", "").body;
    page.split("name=\"form\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The id of the job that a form leads to, once it has ended.
fn job_of(server: &Server, answer: &Answer) -> Value {
    assert_eq!(answer.status, 303, "{}", answer.body);
    let page = answer.header("location").unwrap();
    assert_eq!(server.ask(&format!("GET {page}"), "").status, 200);
    ended(server, page.rsplit('/').next().unwrap())
}

#[test]
fn what_is_sent_is_in_the_record_when_the_job_is_done() {
    let server = server();
    assert_eq!(n_events(&server), 2);
    let job = sent(&server, LINES, GOMA);
    assert_eq!(
        (&job["state"], &job["new"], &job["reports"]),
        (&"done".into(), &1.into(), &1.into())
    );
    assert_eq!(n_events(&server), 3);
    let again = sent(&server, LINES, GOMA);
    assert_eq!((&again["new"], &again["already_there"]), (&0.into(), &1.into()));
    // What cannot be read is told, and what can is kept.
    let broken = format!(
        "{{\"title\": \"Nothing\"}}\n{}\n",
        GOMA.replace("Goma", "Bukavu").replace("GOMA", "BUKAVU")
    );
    let job = sent(&server, LINES, &broken);
    assert_eq!((&job["state"], &job["new"], &job["lost"]), (&"done".into(), &1.into(), &1.into()));
    assert!(job["problems"][0]["what"].as_str().unwrap().contains("no text"), "{job}");
    let page = "<html><head><title>Shots in Suva</title></head><body><article><p>SUVA, 9 May 2024 — \
                Gunmen shot and killed four people outside a school in Suva on Wednesday, police \
                said.</p><p>Nobody has claimed it so far, and the police ask for help.</p></article>\
                </body></html>";
    let job = sent(&server, "Content-Type: text/html\r\n", page);
    assert_eq!(job["new"], 1, "{job}");
    let list = server.ask("GET /api/v1/jobs", "").json();
    assert_eq!(list["rows"].as_array().unwrap().len(), 4);
}

#[test]
fn what_is_no_document_is_refused_with_a_reason() {
    let server = server();
    let post = |path: &str, headers: &str, body: &[u8]| {
        let answer = server.post(path, headers, body);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        answer.status
    };
    for media in ["application/octet-stream", "image/png", "multipart/form-data", "text/htmlx", ""]
    {
        let headers = format!("Content-Type: {media}\r\n");
        assert_eq!(post("/api/v1/documents", &headers, b"x"), 415, "{media}");
    }
    assert_eq!(post("/api/v1/documents?colour=red", LINES, b"{}"), 400);
    let json = "Content-Type: application/json\r\n";
    for body in
        ["", "[]", "{\"address\": 7}", "{\"address\": \"news\"}", "{\"url\": \"http://a.example\"}"]
    {
        assert_eq!(post("/api/v1/feeds", json, body.as_bytes()), 400, "{body}");
    }
    assert_eq!(server.ask("GET /api/v1/jobs/0", "").status, 404);
}

#[test]
fn a_body_that_is_too_large_is_refused_before_it_is_taken() {
    let server = server();
    // By what it says of itself.
    let said =
        server.ask("POST /api/v1/documents", &format!("{LINES}Content-Length: 99999999999\r\n"));
    assert_eq!(said.status, 413);
    // And by what comes, if it says nothing.
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let head = format!(
        "POST /api/v1/documents HTTP/1.1\r\nHost: 127.0.0.1\r\n{LINES}Transfer-Encoding: chunked\r\n\
         Connection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = [b"100000\r\n".as_slice(), &vec![b'x'; 0x10_0000], b"\r\n"].concat();
    for _ in 0..40 {
        if stream.write_all(&chunk).is_err() {
            break;
        }
    }
    stream.write_all(b"0\r\n\r\n").ok();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok();
    // The connection may break before the answer is read: what counts is that nothing was taken.
    assert!(bytes.is_empty() || Answer::of(&bytes).status == 413);
    assert_eq!(server.ask("GET /api/v1/jobs", "").json()["rows"].as_array().unwrap().len(), 0);
}

#[test]
fn addresses_inside_a_network_are_not_fetched() {
    let server = server();
    // Something that would answer, and would be noticed.
    let inside = TcpListener::bind("127.0.0.1:0").unwrap();
    inside.set_nonblocking(true).unwrap();
    let port = inside.local_addr().unwrap().port();
    let json = "Content-Type: application/json\r\n";
    for address in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f.1:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
    ] {
        let body = serde_json::json!({"address": address}).to_string();
        let answer = server.post("/api/v1/feeds", json, body.as_bytes());
        assert_eq!(answer.status, 202, "{address}: {}", answer.body);
        let job = ended(&server, answer.json()["id"].as_str().unwrap());
        assert_eq!(job["state"], "failed", "{address}: {job}");
        assert!(job["problem"].as_str().unwrap().contains("not on the open internet"), "{job}");
    }
    assert!(inside.accept().is_err(), "nobody was asked");
    for address in ["file:///etc/passwd", "gopher://127.0.0.1/", "http://ann:pw@paper.example/"] {
        let body = serde_json::json!({"address": address}).to_string();
        assert_eq!(server.post("/api/v1/feeds", json, body.as_bytes()).status, 400, "{address}");
    }
}

#[test]
fn the_forms_of_the_page_do_the_same_without_script() {
    let server = server();
    let page = server.ask("GET /ingest", "");
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("<script>") && page.body.contains("<h1>Add documents</h1>"));
    let form = form(&server);
    let body = url_encoded(&[
        ("form", &form),
        (
            "text",
            "GOMA, 2 April 2024 — Gunmen shot and killed at least 21 people at a market in Goma.",
        ),
        ("title", "<script>alert(1)</script>"),
        ("day", "2024-04-02"),
        ("outlet", "The Gazette"),
    ]);
    let plain = "Content-Type: application/x-www-form-urlencoded\r\n";
    let answer = server.post("/ingest/paste", plain, body.as_bytes());
    let job = job_of(&server, &answer);
    assert_eq!((&job["state"], &job["new"]), (&"done".into(), &1.into()), "{job}");
    // What was typed is text, on the page of the job and in the list.
    for page in [answer.header("location").unwrap(), "/ingest", "/documents"] {
        let body = server.ask(&format!("GET {page}"), "").body;
        assert!(body.contains("alert(1)") && !body.contains("<script>"), "{page}: {body}");
    }
    let file = format!(
        "--B\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\n{form}\r\n--B\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"../../etc/news.jsonl\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n{}\r\n--B--\r\n",
        GOMA.replace("Monday", "Tuesday")
    );
    let parts = "Content-Type: multipart/form-data; boundary=B\r\n";
    let answer = server.post("/ingest/file", parts, file.as_bytes());
    let job = job_of(&server, &answer);
    assert_eq!((&job["state"], &job["what"]), (&"done".into(), &"news.jsonl".into()), "{job}");
    let body = url_encoded(&[("form", &form), ("address", "http://127.0.0.1:9/")]);
    let job = job_of(&server, &server.post("/ingest/address", plain, body.as_bytes()));
    assert_eq!(job["state"], "failed");
    // Nothing, and a form that is none.
    let empty = url_encoded(&[("form", &form), ("text", "  ")]);
    assert_eq!(server.post("/ingest/paste", plain, empty.as_bytes()).status, 400);
    assert_eq!(server.post("/ingest/file", parts, b"--B\r\n").status, 400);
    assert_eq!(server.post("/ingest/paste", LINES, b"{}").status, 415);
}

fn url_encoded(pairs: &[(&str, &str)]) -> String {
    let encoded = |text: &str| {
        text.bytes().fold(String::new(), |out, byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out + &char::from(byte).to_string(),
            _ => out + &format!("%{byte:02X}"),
        })
    };
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&")
}

#[test]
fn the_past_is_answered_as_it_was() {
    let server = server();
    let ask = |path: &str| server.ask(&format!("GET {path}"), "");
    let before = ask("/api/v1/events").json();
    let position = before["position"].as_i64().unwrap();
    sent(&server, LINES, GOMA);
    assert_eq!(n_events(&server), 3);
    let past = ask(&format!("/api/v1/events?at={position}"));
    assert_eq!(past.status, 200, "{}", past.body);
    assert_eq!(past.json(), before);
    // Pages go on in the past.
    let page = ask(&format!("/api/v1/events?at={position}&limit=1")).json();
    let next = page["next"].as_str().unwrap();
    assert!(next.contains(&format!("at={position}")), "{next}");
    assert_eq!(ask(next).json()["position"], position);
    let csv = ask(&format!("/api/v1/events?at={position}&format=csv")).body;
    assert!(!csv.contains("Goma") && csv.contains("Kano"), "{csv}");
    let html = ask(&format!("/events?at={position}")).body;
    assert!(!html.contains("Goma") && html.contains("Kano"), "{html}");
    // Whoever follows its links stays there.
    let links: Vec<&str> = html.split(" href=\"/").skip(1).collect();
    let leads_out =
        |link: &&&str| !link.split('"').next().unwrap().contains(&format!("at={position}"));
    let out: Vec<_> = links.iter().filter(leads_out).map(|link| link.split('"').next()).collect();
    assert!(
        out.iter()
            .all(|link| link
                .is_some_and(|l| l.is_empty() || l.starts_with("static") || l == "ingest")),
        "{out:?}"
    );
    assert!(html.contains(&format!("<input type=\"hidden\" name=\"at\" value=\"{position}\">")));
    let spots = ask(&format!("/api/v1/spots?at={position}")).json();
    let page = spots["features"][0]["properties"]["page"].as_str().unwrap();
    assert_eq!(ask(page).status, 200, "{page}");
    assert!(page.contains(&format!("at={position}")), "{page}");
    assert_eq!(ask(&format!("/api/v1/events?at={}", position + 2)).json()["total"], 3);
    assert_eq!(ask("/api/v1/events?at=0").json()["total"], 0);
    let id = before["rows"][0]["id"].as_str().unwrap();
    let event = ask(&format!("/api/v1/events/{id}?at={position}"));
    assert_eq!((event.status, event.json()["id"].as_str()), (200, Some(id)), "{}", event.body);
    let later = ask("/api/v1/events?at=99");
    assert_eq!(later.status, 404);
    for bad in ["-1", "x", "1e3", "1%20OR%201=1"] {
        let answer = ask(&format!("/api/v1/events?at={bad}"));
        assert_eq!(
            (answer.status, answer.json()["parameter"].as_str()),
            (400, Some("at")),
            "{bad}"
        );
    }
    for path in ["/api/v1/jobs?at=1", "/api/v1/stream?at=1", "/ingest?at=1"] {
        assert_eq!(ask(path).status, 400, "{path}");
    }
}

#[test]
fn news_come_as_they_are_made() {
    let server = server();
    let position = server.ask("GET /api/v1/events", "").json()["position"].as_i64().unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let request = format!(
        "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nLast-Event-ID: {}\r\n\r\n",
        position - 1
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut told = String::new();
    let mut until = |words: &str| {
        let mut bytes = [0; 4_096];
        while !told.contains(words) {
            let n = stream.read(&mut bytes).unwrap();
            assert!(n > 0, "{told}");
            told.push_str(&String::from_utf8_lossy(&bytes[..n]));
        }
        told.clone()
    };
    let first = until(&format!("id: {position}\n"));
    assert!(first.contains("content-type: text/event-stream"), "{first}");
    sent(&server, LINES, GOMA);
    let told = until(&format!("id: {}\n", position + 2));
    assert!(told.contains("\"act\":\"captured\"") && told.contains("event: entry"), "{told}");
    assert!(!told.contains(&format!("id: {}\n", position - 1)), "{told}");
}

#[test]
fn a_judgement_counts_when_it_is_answered_and_can_be_taken_back() {
    let server = server();
    let json = "Content-Type: application/json\r\n";
    let say = |words: &str| {
        let body = serde_json::json!({"say": words}).to_string();
        server.post("/api/v1/judgements", json, body.as_bytes())
    };
    let list = server.ask("GET /api/v1/reports?country=NG", "").json();
    let report = list["rows"][0]["id"].as_str().unwrap().to_owned();
    let killed =
        || server.ask("GET /api/v1/events?country=NG", "").json()["rows"][0]["killed_best"].clone();
    let before = killed();
    let judged = say(&format!("correct {report} killed 14"));
    assert_eq!(judged.status, 201, "{}", judged.body);
    assert_eq!(killed(), 14);
    let kept = server.ask("GET /api/v1/judgements", "").json();
    assert_eq!(kept["rows"].as_array().unwrap().len(), 1);
    let entry = judged.json()["entry"].clone();
    assert_eq!(say(&format!("undo {entry}")).status, 201);
    assert_eq!(killed(), before);
    for words in
        ["", "next", "quit", "merge", "correct nothing killed 1", "'; DROP TABLE entry; --"]
    {
        let answer = say(words);
        assert_eq!(answer.status, 400, "{words}: {}", answer.body);
    }
    assert_eq!(server.post("/api/v1/judgements", json, b"{\"say\": 7}").status, 400);
    assert_eq!(server.post("/api/v1/judgements", LINES, b"{}").status, 415);
}

#[test]
fn a_judgement_made_while_documents_are_read_counts_at_once_and_both_are_kept() {
    const N: usize = 600;
    let server = server();
    let list = server.ask("GET /api/v1/reports?country=NG", "").json();
    let report = list["rows"][0]["id"].as_str().unwrap().to_owned();
    let killed =
        || server.ask("GET /api/v1/events?country=NG", "").json()["rows"][0]["killed_best"].clone();
    let line = |n: usize| {
        let day = format!("{}-{:02}-{:02}", 1980 + n / 300, 1 + n % 12, 1 + n % 28);
        let text = format!(
            "GOMA, {day} — Gunmen shot and killed {} people at market number {n} in Goma, police said.",
            2 + n
        );
        let url = format!("https://gazette.example/goma/{n}");
        serde_json::json!({"url": url, "title": "Attack", "date": day, "text": text}).to_string()
    };
    let lines: Vec<String> = (0..N).map(line).collect();
    let answer = server.post("/api/v1/documents", LINES, lines.join("\n").as_bytes());
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    let state = || server.ask(&format!("GET /api/v1/jobs/{id}"), "").json()["state"].clone();
    let begun = Instant::now();
    while state() == "waiting" {
        assert!(begun.elapsed() < Duration::from_secs(120));
        std::thread::sleep(Duration::from_millis(10));
    }
    let body = serde_json::json!({"say": format!("correct {report} killed 14")}).to_string();
    let json = "Content-Type: application/json\r\n";
    let judged = server.post("/api/v1/judgements", json, body.as_bytes());
    assert_eq!(judged.status, 201, "{}", judged.body);
    assert_eq!(state(), "running", "the judgement came too late to show anything");
    assert_eq!(killed(), 14);
    let job = ended(&server, &id);
    assert_eq!((&job["state"], &job["new"]), (&"done".into(), &N.into()), "{job}");
    assert_eq!(killed(), 14);
    let kept = server.ask("GET /api/v1/judgements", "").json();
    assert_eq!(kept["rows"].as_array().unwrap().len(), 1);
    // The chain of entries is whole, and the views are what folding it gives.
    let checked = server.folder.output("store check news.ledger");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
