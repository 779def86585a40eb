//! Who is let in: accounts, tokens, sessions, forms from elsewhere, TLS, slow clients.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use expect_test::expect;

use crate::harness::{Folder, shown};
use crate::server::{Answer, Server};

const PASSWORD: &str = "four words of ann";

/// Runs the program with a line on its standard input.
fn told(folder: &Folder, arguments: &str, line: &str) -> String {
    let mut child = folder
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{line}\n").as_bytes()).unwrap();
    shown(&child.wait_with_output().unwrap())
}

fn add(folder: &Folder, name: &str, scopes: &str) {
    let scopes: Vec<String> = scopes.split(' ').map(|scope| format!("--scope {scope}")).collect();
    let add = format!("user add {name} --ledger news.ledger {}", scopes.join(" "));
    let told = told(folder, &add, PASSWORD);
    assert!(told.starts_with("added"), "{told}");
}

fn token(folder: &Folder, name: &str, scope: &str) -> String {
    let add = format!("token add {name} --ledger news.ledger --scope {scope}");
    let output = folder.output(&add);
    assert!(output.status.success(), "{}", shown(&output));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A server with accounts: ann, who may read, and bob, who may do anything.
fn closed() -> Server {
    let folder = Folder::with_ledger();
    add(&folder, "ann", "read");
    add(&folder, "bob", "admin");
    Server::start_with(folder, "--accounts")
}

fn by(token: &str) -> String {
    format!("Authorization: Bearer {token}\r\n")
}

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

/// Signs in and gives the cookie.
fn signed_in(server: &Server, name: &str) -> String {
    let body = format!("name={name}&password={}&next=/events", PASSWORD.replace(' ', "+"));
    let answer = server.post("/sign-in", FORM, body.as_bytes());
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, Some("/events")),
        "{}",
        answer.body
    );
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    format!("Cookie: {}\r\n", cookie.split(';').next().unwrap())
}

#[test]
fn accounts_are_made_listed_and_removed() {
    let folder = Folder::with_ledger();
    let add = "user add ann --ledger news.ledger";
    expect![[r#"
        ! tocsin: the password is shorter than 12 characters
        ! hint: four words that have nothing to do with each other are a good password
        exit status: 2
    "#]]
    .assert_eq(&told(&folder, add, "short"));
    expect![[r#"
        added "ann", who may read
    "#]]
    .assert_eq(&told(&folder, add, PASSWORD));
    expect![[r#"
        ! tocsin: there is a user "ann" already
        ! hint: take another name, or remove that one first
        exit status: 2
    "#]]
    .assert_eq(&told(&folder, add, PASSWORD));
    let ends = folder.transcript("user remove bob --ledger news.ledger");
    expect![[r#"
        ! tocsin: there is no user "bob"
        ! hint: `tocsin user list` and `tocsin token list` show those that there are
        exit status: 2
    "#]]
    .assert_eq(&ends);
    assert!(folder.transcript("user list --ledger news.ledger").starts_with("ann "));
    token(&folder, "nightly", "ingest");
    let list = folder.transcript("token list --ledger news.ledger");
    assert!(list.starts_with("nightly ") && !list.contains("tocsin_"), "{list}");
    expect![[r#"
        removed "nightly"
    "#]]
    .assert_eq(&folder.transcript("token remove nightly --ledger news.ledger"));
    // What was done to accounts is in the ledger; the accounts are not.
    expect![[r#""news.ledger" is sound"#]]
        .assert_eq(folder.transcript("store check news.ledger").lines().next().unwrap_or_default());
    let exported = folder.transcript("events --all --json --ledger news.ledger");
    assert!(!exported.contains("ann") && !exported.contains("argon2"), "{exported}");
}

#[test]
fn nobody_is_served_without_an_account() {
    let server = closed();
    for path in ["/api/v1/events", "/api/v1/openapi.json", "/api/v1/nothing", "/api/v1/stream"] {
        let answer = server.ask(&format!("GET {path}"), "");
        assert_eq!(
            (answer.status, answer.header("www-authenticate")),
            (401, Some("Bearer")),
            "{path}"
        );
    }
    for path in ["/", "/events?country=NG", "/documents", "/ingest", "/account"] {
        let answer = server.ask(&format!("GET {path}"), "");
        assert_eq!(answer.status, 303, "{path}");
        assert!(answer.header("location").unwrap().starts_with("/sign-in?next=%2F"), "{path}");
        assert!(!answer.body.contains("Kano"), "{path}");
    }
    let page = server.ask("GET /sign-in", "");
    assert_eq!(page.status, 200);
    let style = page.body.split("href=\"").find(|part| part.starts_with("/static")).unwrap();
    assert_eq!(server.ask(&format!("GET {}", style.split('"').next().unwrap()), "").status, 200);
    for given in ["tocsin_0", "", "x y"] {
        assert_eq!(server.ask("GET /api/v1/events", &by(given)).status, 401, "{given}");
    }
    assert_eq!(server.ask("GET /api/v1/events", "Authorization: Basic YTpi\r\n").status, 401);
    assert_eq!(server.ask("GET /api/v1/events", "Cookie: tocsin=0\r\n").status, 401);
}

#[test]
fn a_session_begins_with_the_password_and_ends_with_it() {
    let server = closed();
    let wrong = server.post("/sign-in", FORM, b"name=ann&password=something+else+again");
    assert_eq!(wrong.status, 401);
    assert!(wrong.header("set-cookie").is_none());
    assert!(wrong.body.contains("The name or the password is wrong."), "{}", wrong.body);
    let cookie = signed_in(&server, "ann");
    let page = server.ask("GET /events", &cookie);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Suva") && page.body.contains("/account"), "{}", page.body);
    let account = server.ask("GET /account", &cookie).body;
    assert!(account.contains("<strong>ann</strong>"), "{account}");
    // Signing out needs what only our own page says.
    let out = server.post("/sign-out", &format!("{cookie}{FORM}"), b"form=0");
    assert_eq!(out.status, 403);
    assert_eq!(server.ask("GET /events", &cookie).status, 200);
    let form = account.split("name=\"form\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let body = format!("form={form}");
    let out = server.post("/sign-out", &format!("{cookie}{FORM}"), body.as_bytes());
    assert_eq!(out.status, 303);
    assert_eq!(server.ask("GET /events", &cookie).status, 303);
    // Another password, and no user, end sessions at once.
    let (one, two) = (signed_in(&server, "ann"), signed_in(&server, "bob"));
    told(&server.folder, "user password ann --ledger news.ledger", "another four words");
    assert_eq!(server.ask("GET /events", &one).status, 303);
    assert_eq!(server.ask("GET /events", &two).status, 200);
    server.folder.output("user remove bob --ledger news.ledger");
    assert_eq!(server.ask("GET /events", &two).status, 303);
}

#[test]
fn a_token_opens_what_its_scope_says_and_nothing_else() {
    let server = closed();
    let folder = &server.folder;
    let [read, ingest, review, admin] =
        ["read", "ingest", "review", "admin"].map(|scope| by(&token(folder, scope, scope)));
    let json = "Content-Type: application/jsonl\r\n";
    let send = |who: &str| server.post("/api/v1/documents", &format!("{who}{json}"), b"{}").status;
    let audit = |who: &str| server.ask("GET /api/v1/audit", who).status;
    let judge = |who: &str| {
        let headers = format!("{who}Content-Type: application/json\r\n");
        server.post("/api/v1/judgements", &headers, br#"{"say": "next"}"#).status
    };
    for who in [&read, &ingest, &review, &admin] {
        assert_eq!(server.ask("GET /api/v1/events", who).status, 200);
    }
    assert_eq!([&read, &ingest, &review, &admin].map(|who| send(who)), [403, 202, 403, 202]);
    assert_eq!([&read, &ingest, &review, &admin].map(|who| audit(who)), [403, 403, 403, 200]);
    // What the last two may say is no judgement here.
    assert_eq!([&read, &ingest, &review, &admin].map(|who| judge(who)), [403, 403, 400, 400]);
    // No other way of writing an address, or of asking, leads there.
    for path in [
        "/api/v1/../v1/audit",
        "//api/v1/audit",
        "/api/v1//audit",
        "/api/v1/%61udit",
        "/API/v1/audit",
        "/api/v1/audit/",
        "/api/v1/audit?at=1",
        "/api/v1/events/../audit",
        "/static/../api/v1/audit",
        "/api/v1/jobs",
        "/ingest",
        "/ingest/jobs/0",
    ] {
        let answer = server.ask(&format!("GET {path}"), &read);
        assert!([403, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.body.contains("user_added"), "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "BREW"] {
        let answer = server.ask(&format!("{method} /api/v1/audit"), &read);
        assert_eq!(answer.status, 403, "{method}");
        let answer = server.ask(&format!("{method} /api/v1/events"), &read);
        assert_eq!(answer.status, 405, "{method}");
    }
    let other = "X-HTTP-Method-Override: POST\r\nX-Original-URL: /api/v1/audit\r\n";
    let answer = server.ask("GET /api/v1/events", &format!("{read}{other}"));
    assert!(answer.json()["rows"][0].get("what").is_none());
    // A removed token is refused at once.
    folder.output("token remove read --ledger news.ledger");
    assert_eq!(server.ask("GET /api/v1/events", &read).status, 401);
}

#[test]
fn who_was_let_in_is_in_the_ledger() {
    let server = closed();
    signed_in(&server, "ann");
    let admin = by(&token(&server.folder, "watch", "admin"));
    let begun = Instant::now();
    loop {
        let rows = server.ask("GET /api/v1/audit", &admin).json()["rows"].clone();
        let rows = rows.as_array().unwrap();
        let mut told: Vec<String> =
            rows.iter().map(|row| format!("{} {}", row["what"], row["name"])).collect();
        // The server notes when it comes to it.
        told.sort();
        if told.len() >= 4 {
            let mut told = told.join("\n");
            told.push('\n');
            expect![[r#"
                "signed_in" "ann"
                "token_added" "watch"
                "user_added" "ann"
                "user_added" "bob"
            "#]]
            .assert_eq(&told);
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{told:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn passwords_cannot_be_tried_without_end() {
    let server = closed();
    let tries = (0..12).map(|_| server.post("/sign-in", FORM, b"name=ann&password=x").status);
    let tries: Vec<u16> = tries.collect();
    assert_eq!(tries[..10], [401; 10]);
    assert_eq!(tries[11], 429);
    let answer = server.post("/sign-in", FORM, b"name=ann&password=x");
    assert!(answer.header("retry-after").is_some());
}

#[test]
fn a_page_elsewhere_changes_nothing() {
    // Also where nobody signs in, since a browser on this machine may be led to any page.
    let open = Server::start(Folder::with_ledger());
    let record = br#"{"text": "A bomb killed 99 people in Kano.", "date": "2024-03-04"}"#;
    for from in
        ["Origin: https://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n"]
    {
        let headers = format!("{from}Content-Type: text/plain\r\n");
        assert_eq!(open.post("/api/v1/documents", &headers, record).status, 403, "{from}");
        let headers = format!("{from}{FORM}");
        assert_eq!(open.post("/ingest/paste", &headers, b"text=x").status, 403, "{from}");
    }
    // A form that was not made by this server.
    assert_eq!(open.post("/ingest/paste", FORM, b"text=x&form=0").status, 403);
    // In a session, scripts of ours send what other sites cannot know.
    let closed = closed();
    let cookie = signed_in(&closed, "bob");
    let headers = format!("{cookie}Content-Type: application/jsonl\r\n");
    assert_eq!(closed.post("/api/v1/documents", &headers, record).status, 403);
    let account = closed.ask("GET /account", &cookie).body;
    let form = account.split("name=\"form\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let headers = format!("{headers}X-Form-Token: {form}\r\n");
    assert_eq!(closed.post("/api/v1/documents", &headers, record).status, 202);
}

#[test]
fn other_addresses_need_tls_and_accounts() {
    let folder = Folder::with_ledger();
    let serve = "serve --ledger news.ledger --address 0.0.0.0:0";
    expect![[r#"
        ! tocsin: will not listen on 0.0.0.0 without TLS: passwords and the record could be read on the way
        ! hint: give --certificate and --key, or --behind-proxy; or listen on 127.0.0.1, and reach it from afar with `ssh -L 8420:127.0.0.1:8420 HOST`
        exit status: 2
    "#]].assert_eq(&folder.transcript(serve));
    expect![[r#"
        ! tocsin: it is not said under which name this is asked
        ! hint: give it as in `--name record.example`
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript(&format!("{serve} --behind-proxy")));
    let named = format!("{serve} --behind-proxy --name record.example");
    expect![[r#"
        ! tocsin: there are no accounts, so nobody could sign in
        ! hint: `tocsin user add NAME --ledger news.ledger`
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript(&named));
    add(&folder, "ann", "read");
    folder.write("cert.pem", "no certificate");
    folder.write("key.pem", "no key");
    let tls = format!("{serve} --certificate cert.pem --key key.pem --name record.example");
    expect![[r#"
        ! tocsin: "cert.pem" cannot be used: no certificate is in it
        ! hint: give a certificate chain and its private key as PEM files
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript(&tls));
}

#[test]
fn a_name_that_was_not_said_is_not_answered() {
    let folder = Folder::with_ledger();
    add(&folder, "ann", "read");
    let server = Server::start_with(folder, "--behind-proxy --name record.example");
    let at = |host: &str| server.ask("GET /sign-in", &format!("Host: {host}\r\n"));
    let answer = at("record.example");
    assert_eq!(answer.status, 200);
    assert!(answer.header("strict-transport-security").is_some());
    assert_eq!(at("evil.example").status, 421);
    // The proxy's last word on where a request comes from counts, not what the client claims.
    let tries = |claimed: &str| {
        let headers = format!("{FORM}Host: record.example\r\nX-Forwarded-For: {claimed}\r\n");
        server.post("/sign-in", &headers, format!("name=n{claimed}&password=x").as_bytes()).status
    };
    let from_one: Vec<u16> = (0..12).map(|n| tries(&format!("10.0.0.{n}, 203.0.113.9"))).collect();
    assert_eq!(from_one.last(), Some(&429));
    assert_eq!(tries("203.0.113.10"), 401);
}

#[test]
fn slow_clients_are_dropped_and_others_are_served() {
    let server = Server::start(Folder::with_ledger());
    let mut slow: Vec<TcpStream> = (0..40)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ").unwrap();
            stream
        })
        .collect();
    assert_eq!(server.ask("GET /api/v1/events", "").status, 200);
    let begun = Instant::now();
    let first = slow.first_mut().unwrap();
    first.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    let mut rest = Vec::new();
    first.read_to_end(&mut rest).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    assert!(rest.is_empty() || Answer::of(&rest).status == 408);
}

#[test]
fn slow_bodies_and_slow_readers_hold_nobody_up() {
    let server = Server::start(Folder::with_ledger());
    let held = |request: &str| -> Vec<TcpStream> {
        let open = |_| {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            stream
        };
        (0..40).map(open).collect()
    };
    // A body of which the end does not come, and answers that nobody takes.
    let body = "Host: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{";
    let bodies = held(&format!("POST /api/v1/judgements HTTP/1.1\r\n{body}"));
    let readers = held(&"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".repeat(200));
    let begun = Instant::now();
    for path in ["/api/v1/events", "/events", "/api/v1/spots"] {
        assert_eq!(server.ask(&format!("GET {path}"), "").status, 200, "{path}");
    }
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    drop((bodies, readers));
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn tls_is_spoken_with_the_certificate_that_is_given() {
    let folder = Folder::with_ledger();
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=record.example", "-keyout", "key.pem", "-out", "cert.pem"])
        .current_dir(folder.path())
        .output();
    if !made.is_ok_and(|made| made.status.success()) {
        eprintln!("skipped: tls_is_spoken_with_the_certificate_that_is_given: no openssl");
        return;
    }
    add(&folder, "ann", "read");
    let token = token(&folder, "watch", "read");
    let arguments = "--certificate cert.pem --key key.pem --name record.example";
    let server = Server::start_with(folder, arguments);
    let mut client = Command::new("openssl")
        .args(["s_client", "-quiet", "-connect", &format!("127.0.0.1:{}", server.port)])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let request = format!(
        "GET /api/v1/events HTTP/1.0\r\nHost: record.example\r\nAuthorization: Bearer {token}\r\n\r\n"
    );
    client.stdin.as_mut().unwrap().write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    client.stdout.take().unwrap().read_to_end(&mut bytes).unwrap();
    client.kill().ok();
    client.wait().ok();
    let answer = Answer::of(&bytes);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["total"], 2);
    assert!(answer.header("strict-transport-security").is_some());
}
