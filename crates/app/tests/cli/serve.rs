//! The pages and the API over one ledger, asked as a browser and a program ask.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use expect_test::expect;
use serde_json::Value;

use crate::harness::{Folder, NEWS};
use crate::server::{Answer, Server};

/// What a page in the record says: markup in every place that a page shows.
const HOSTILE: &str = r#"{"url": "javascript:alert(1)", "title": "<script>alert('title')</script>", "date": "2024-04-02", "outlet": "<img src=x onerror=alert(1)>", "text": "GOMA, 2 April 2024 — Gunmen of the <b onmouseover=alert(2)>Harrow</b> Front shot and killed at least 21 people at a market in Goma on Monday, \"police\" & <script>alert('text')</script> said."}
{"url": "https://gazette.example/kano-2?a=1&b=\"><script>", "title": "Toll of Kano bomb rises", "date": "2024-03-05", "outlet": "The Gazette", "text": "KANO, 5 March 2024 — The number of people killed by a bomb at a market in Kano on Sunday rose to 15, police said."}
"#;

/// The one server, for as long as a test holds it.
fn server() -> Arc<Server> {
    static SERVER: Mutex<Weak<Server>> = Mutex::new(Weak::new());
    let mut known = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(server) = known.upgrade() {
        return server;
    }
    let folder = Folder::new();
    folder.write("news.jsonl", &format!("{NEWS}{HOSTILE}"));
    assert!(folder.ingest("news.jsonl").status.success());
    let server = Arc::new(Server::start(folder));
    *known = Arc::downgrade(&server);
    server
}

fn get(path: &str) -> Answer {
    server().ask(&format!("GET {path}"), "")
}

fn json(path: &str) -> Value {
    let answer = get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()
}

/// The ids of the rows of a list.
fn ids(list: &Value) -> Vec<String> {
    list["rows"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect()
}

/// The event in Kano, which two reports tell of.
fn kano() -> String {
    ids(&json("/api/v1/events?place=Kano")).remove(0)
}

#[test]
fn every_page_shows_what_it_is_for() {
    let _held = server();
    let event = kano();
    let document = json(&format!("/api/v1/events/{event}"))["fields"][0]["values"][0]["claims"][0]
        ["document"]
        .as_str()
        .unwrap()
        .to_owned();
    for (path, shown) in [
        (
            "/".to_owned(),
            vec!["<h1>What the record holds</h1>", "<svg class=\"world\"", "Kano, Nigeria"],
        ),
        (
            "/events".to_owned(),
            vec!["<form action=\"/events\"", "Suva, Fiji", "2 reports, 2 sources"],
        ),
        (
            format!("/events/{event}"),
            vec![
                "<h1>Bombing, market, Kano, Nigeria",
                "15",
                "12+",
                "class=\"claim\"",
                "<mark>",
                "History of the record",
            ],
        ),
        (format!("/documents/{document}"), vec!["<mark>", "class=\"detail\"", "/events/"]),
        ("/documents".to_owned(), vec!["Rain", "Market bomb in Kano"]),
        ("/actors".to_owned(), vec!["<h1>Actors</h1>"]),
        ("/actors/islamic-state".to_owned(), vec!["<h1>Islamic State</h1>"]),
        ("/places".to_owned(), vec!["/places/NG/Kano"]),
        ("/places/NG".to_owned(), vec!["<h1>Nigeria</h1>"]),
        ("/places/NG/Kano".to_owned(), vec!["<h1>Kano</h1>"]),
        ("/sources".to_owned(), vec!["The Gazette", "Courier"]),
        ("/about".to_owned(), vec!["GeoNames", "/api/v1/openapi.json"]),
    ] {
        let page = get(&path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
        for words in shown {
            assert!(page.body.contains(words), "{path} does not show {words}: {}", page.body);
        }
        for must in ["<html lang=\"en\">", "class=\"skip\"", "<main ", "name=\"viewport\""] {
            assert!(page.body.contains(must), "{path} has no {must}");
        }
        let body = without_our_script(&page.body);
        assert!(!body.contains("<script") && !body.contains("style=\""), "{path}");
    }
}

#[test]
fn what_a_document_says_is_never_markup() {
    let _held = server();
    for path in [
        "/",
        "/events",
        "/documents",
        "/sources",
        "/actors",
        "/places",
        "/places/CD",
        "/places/CD/Goma",
    ] {
        assert_harmless(path);
    }
    let goma = ids(&json("/api/v1/events?place=Goma"));
    assert!(!goma.is_empty());
    for id in goma {
        assert_harmless(&format!("/events/{id}"));
    }
    for row in json("/api/v1/documents")["rows"].as_array().unwrap() {
        assert_harmless(&format!("/documents/{}", row["id"].as_str().unwrap()));
    }
    // What a question says is shown, too.
    for path in [
        "/events?text=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/events?place=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/events?%3Cscript%3E=1",
        "/documents?outlet=%3Cscript%3E",
        "/events/%3Cscript%3E",
        "/places/%3Cscript%3E",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
    ] {
        assert_harmless(path);
    }
}

/// The page without the one script that is ours, if the program was built with it.
fn without_our_script(body: &str) -> String {
    let ours = "<script type=\"module\" src=\"/static/web/main-";
    let lines: Vec<&str> = body.lines().filter(|line| !line.starts_with(ours)).collect();
    assert!(lines.len() + 1 >= body.lines().count(), "our script stands twice");
    lines.join("\n")
}

#[test]
fn a_selection_is_divided_and_mapped() {
    let _held = server();
    let spots = json("/api/v1/spots?place=Kano");
    let [spot] = spots["features"].as_array().unwrap().as_slice() else { panic!("{spots}") };
    assert_eq!(spot["properties"]["name"], "Kano, Nigeria");
    assert_eq!(spot["properties"]["events"], 1);
    let page = get("/events").body;
    for part in ["data-spots=\"/api/v1/spots\"", "data-first=\"20", "class=\"facet\""] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let outlet = ids(&json("/api/v1/events?outlet=The+Gazette"));
    assert!(outlet.contains(&kano()) && outlet.len() < ids(&json("/api/v1/events")).len());
    assert!(ids(&json("/api/v1/events?confidence_at_least=100")).is_empty());
    assert_eq!(get("/api/v1/events?confidence_at_least=101").status, 400);
}

#[test]
fn a_dossier_stands_alone() {
    let _held = server();
    let event = kano();
    let page = get(&format!("/events/{event}/dossier.html"));
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.header("content-disposition").unwrap().contains("attachment"));
    assert!(page.body.contains("<style>") && page.body.contains("Bombing, market, Kano, Nigeria"));
    for not in ["<script", "<link", "href=\"/", "<img"] {
        assert!(!page.body.contains(not), "{not}");
    }
    let json = json(&format!("/events/{event}/dossier.json"));
    assert_eq!(json["event"]["id"], event.as_str());
    assert_eq!(json["reports"].as_array().unwrap().len(), 2);
}

#[test]
fn files_of_the_script_are_served_as_they_are() {
    let _held = server();
    let page = get("/").body;
    let Some((_, rest)) = page.split_once("src=\"/static/web/") else { return };
    let name = rest.split('"').next().unwrap();
    let file = get(&format!("/static/web/{name}"));
    assert_eq!(file.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert!(file.header("cache-control").unwrap().contains("immutable"));
    assert!(file.body.contains("customElements"), "{name}");
    let packed = server().ask(&format!("GET /static/web/{name}"), "Accept-Encoding: gzip\r\n");
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert_eq!(get("/static/web/none.js").status, 404);
    assert_eq!(get("/static/web/..%2f..%2fCargo.toml").status, 404);
}

fn assert_harmless(path: &str) {
    let body = without_our_script(&get(path).body);
    for bad in ["<script", "<img", "<b on", "href=\"javascript:", "\"><script"] {
        assert!(!body.contains(bad), "{path} has {bad}: {body}");
    }
}

#[test]
fn every_answer_tells_the_browser_what_it_may_do() {
    let _held = server();
    for path in ["/", "/nothing", "/api/v1/events", "/api/v1/nothing", "/events?mode=magic"] {
        let answer = get(path);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
    }
    let page = get("/").body;
    let style = page.split("href=\"").find(|part| part.starts_with("/static")).unwrap();
    let style = get(style.split('"').next().unwrap());
    assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
    assert!(style.header("cache-control").unwrap().contains("immutable"));
}

#[test]
fn filters_and_pages_are_those_of_the_command_line() {
    let _held = server();
    let all = ids(&json("/api/v1/events"));
    assert_eq!(all.len(), 3);
    assert_eq!(ids(&json("/api/v1/events?country=Nigeria")).len(), 1);
    assert_eq!(ids(&json("/api/v1/events?killed_at_least=20")).len(), 1);
    assert_eq!(ids(&json("/api/v1/events?from=2024-05-01&mode=shooting")).len(), 1);
    assert_eq!(ids(&json("/api/v1/events?text=harrow")).len(), 2);
    assert_eq!(ids(&json("/api/v1/events?near=12.0,8.5&radius=50")).len(), 1);
    assert!(ids(&json("/api/v1/events?country=BR")).is_empty());
    // A page at a time is the whole.
    for list in [
        "/api/v1/events?limit=1",
        "/api/v1/reports?limit=1&sort=killed",
        "/api/v1/documents?limit=2",
        "/api/v1/places?limit=1",
    ] {
        let mut address = Some(list.to_owned());
        let mut rows = Vec::new();
        while let Some(path) = address {
            let page = json(&path);
            rows.extend(page["rows"].as_array().unwrap().clone());
            address = page["next"].as_str().map(str::to_owned);
        }
        let whole = json(list.split("limit").next().unwrap().trim_end_matches('?'));
        assert_eq!(rows.len(), whole["rows"].as_array().unwrap().len(), "{list}");
    }
    let page = get("/events?limit=1&sort=place").body;
    let next = page.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let next = next.replace("&#38;", "&").replace("&amp;", "&");
    assert!(next.contains("sort=place") && next.contains("after="), "{next}");
    assert_eq!(get(&next).status, 200);
}

#[test]
fn a_bad_parameter_is_named() {
    let _held = server();
    let mut told = String::new();
    for path in [
        "/api/v1/events?mode=magic",
        "/api/v1/events?from=yesterday",
        "/api/v1/events?country=Atlantis",
        "/api/v1/events?limit=0",
        "/api/v1/events?after=xy",
        "/api/v1/events?near=91,0",
        "/api/v1/events?text=AND",
        "/api/v1/events?colour=red",
        "/api/v1/events?format=xml",
        "/api/v1/relations?relation=cousin_of",
        "/api/v1/documents?after=x",
        "/api/v1/search",
        "/api/v1/events/zz",
        "/api/v1/actors/nobody",
        "/api/v1/relations/7",
        "/api/v1/nothing",
    ] {
        let answer = get(path);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        let problem = answer.json();
        assert_eq!(problem["status"], answer.status, "{path}");
        let part = |name: &str| problem[name].as_str().unwrap_or("-").to_owned();
        writeln!(told, "{} {}: {}", answer.status, part("parameter"), part("detail")).unwrap();
    }
    expect![[r#"
        400 mode: no mode is called "magic"
        400 from: "yesterday" is no day
        400 country: no country is called "Atlantis"
        400 limit: "0" is no number that can be asked for
        400 after: this is no place in this list
        400 near: "91,0" is no point
        400 text: the words "AND" are no query (fts5: syntax error near "AND")
        400 colour: there is no parameter "colour" here
        400 format: no form is called "xml"
        400 relation: no relation is called "cousin_of"
        400 after: this is no place in this list
        400 q: nothing is looked for
        404 -: no event of this ledger has the id "zz"
        404 -: no actor of this ledger has the id "nobody"
        404 -: no relation of this ledger has the id "7"
        404 -: there is nothing at this address
    "#]]
    .assert_eq(&told);
    let page = get("/events?from=yesterday");
    assert_eq!(page.status, 400);
    assert!(page.body.contains("is no day"), "{}", page.body);
    let refused = server().ask("POST /api/v1/events", "Content-Length: 0\r\n");
    assert_eq!((refused.status, refused.header("allow")), (405, Some("GET,HEAD")));
    assert_eq!(server().ask("DELETE /events", "").status, 405);
}

#[test]
fn what_is_known_is_not_sent_again() {
    let _held = server();
    for path in ["/", "/events", "/api/v1/events", "/api/v1/statistics"] {
        let first = get(path);
        let tag = first.header("etag").unwrap();
        let again = server().ask(&format!("GET {path}"), &format!("If-None-Match: {tag}\r\n"));
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
        let other = server().ask(&format!("GET {path}"), "If-None-Match: \"old\"\r\n");
        assert_eq!(other.status, 200, "{path}");
    }
}

#[test]
fn a_selection_is_streamed_in_the_forms_of_the_command_line() {
    let _held = server();
    let csv = get("/api/v1/events?format=csv&sort=place");
    assert_eq!(csv.status, 200);
    assert!(csv.header("content-disposition").unwrap().contains("events.csv"));
    let expected = server().folder.output("events --ledger news.ledger --format csv --sort place");
    assert_eq!(csv.body, String::from_utf8(expected.stdout).unwrap());
    let lines = get("/api/v1/reports?format=jsonl&country=NG").body;
    assert_eq!(lines.lines().count(), 2);
    for line in lines.lines() {
        assert!(serde_json::from_str::<Value>(line).unwrap()["evidence"].is_array());
    }
    let map = json("/api/v1/events?format=geojson");
    assert_eq!(map["features"].as_array().unwrap().len(), 3);
}

#[test]
fn every_route_is_described() {
    let _held = server();
    let described = json("/api/v1/openapi.json");
    assert!(described["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut told = String::new();
    for (path, item) in described["paths"].as_object().unwrap() {
        writeln!(told, "{path}").unwrap();
        let of_now = ["/jobs", "/stream", "/audit"].iter().any(|stem| path.starts_with(stem));
        let Some(described) = item.get("get") else { continue };
        for status in ["200", "304", "400"].iter().filter(|status| **status != "304" || !of_now) {
            assert!(described["responses"][*status].is_object(), "{path} {status}");
        }
        if path == "/stream" {
            continue;
        }
        let known = [("{id}", kano()), ("{row}", "0".to_owned())];
        let real = known.iter().fold(path.clone(), |path, (name, id)| path.replace(name, id));
        let status = get(&format!("/api/v1{real}?q=kano")).status;
        assert!([200, 400, 404].contains(&status), "{path}: {status}");
        assert_ne!(
            get(&format!("/api/v1{real}")).json()["detail"],
            "there is nothing at this address"
        );
    }
    expect![[r#"
        /actors
        /actors/{id}
        /audit
        /documents
        /documents/{id}
        /events
        /events/{id}
        /feeds
        /jobs
        /jobs/{id}
        /judgements
        /places
        /relations
        /relations/{row}
        /reports
        /reports/{id}
        /search
        /sources
        /spots
        /statistics
        /stream
    "#]]
    .assert_eq(&told);
}

#[test]
fn every_answer_has_the_shape_that_is_described() {
    let _held = server();
    let described = json("/api/v1/openapi.json");
    let row = |list: &str, name: &str| json(list)["rows"][0][name].clone();
    let word = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    for (path, id) in [
        ("/events", None),
        ("/events/{id}", Some(kano())),
        ("/reports", None),
        ("/reports/{id}", Some(word(row("/api/v1/reports", "id")))),
        ("/documents", None),
        ("/documents/{id}", Some(word(row("/api/v1/documents?text=kano", "id")))),
        ("/actors/{id}", Some("islamic-state".to_owned())),
        ("/actors", None),
        ("/places", None),
        ("/relations", None),
        ("/sources", None),
        ("/search", None),
        ("/statistics", None),
        ("/judgements", None),
        ("/jobs", None),
        ("/audit", None),
    ] {
        let content = &described["paths"][path]["get"]["responses"]["200"]["content"];
        let schema = &content["application/json"]["schema"];
        assert!(!schema.is_null(), "{path}");
        let real = path.replace("{id}", &id.unwrap_or_default());
        let query = if path == "/search" { "?q=kano" } else { "" };
        let answer = json(&format!("/api/v1{real}{query}"));
        fits(&described, schema, &answer, path);
    }
}

/// Fails unless `value` has what `schema` asks for, and nothing that it does not name.
fn fits(described: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = described.pointer(name.trim_start_matches('#')).unwrap();
        return fits(described, schema, value, at);
    }
    if let Some(any) = schema["oneOf"].as_array() {
        let of_value = any.iter().find(|one| (one["type"] == "null") == value.is_null());
        return fits(described, of_value.unwrap(), value, at);
    }
    if let Some(all) = schema["allOf"].as_array() {
        let mut whole = serde_json::Map::new();
        let mut must = Vec::new();
        for part in all {
            let part = part["$ref"]
                .as_str()
                .map_or(part, |name| described.pointer(name.trim_start_matches('#')).unwrap());
            whole.extend(part["properties"].as_object().unwrap().clone());
            must.extend(part["required"].as_array().cloned().unwrap_or_default());
        }
        let schema = serde_json::json!({"type": "object", "properties": whole, "required": must});
        return fits(described, &schema, value, at);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let has = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is_number = has == "integer" && types.contains(&"number");
    assert!(types.contains(&has) || is_number, "{at} is {has}, not {types:?}");
    for item in value.as_array().into_iter().flatten() {
        fits(described, &schema["items"], item, &format!("{at}[]"));
    }
    let (Some(object), Some(properties)) = (value.as_object(), schema["properties"].as_object())
    else {
        return;
    };
    for (name, part) in object {
        let Some(schema) = properties.get(name) else { panic!("{at} has {name}, undescribed") };
        fits(described, schema, part, &format!("{at}.{name}"));
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(object.contains_key(name.as_str().unwrap()), "{at} lacks {name}");
    }
}

#[test]
fn statistics_and_search_count_each_event_once() {
    let _held = server();
    let statistics = json("/api/v1/statistics");
    assert_eq!(statistics["total"]["events"], 3);
    assert_eq!(statistics["total"]["killed_low"], 39);
    assert!(statistics["total"].get("killed_high").is_none(), "one is at least 21");
    let found = json("/api/v1/search?q=kano");
    assert_eq!(found["events"].as_array().unwrap().len(), 1);
    assert_eq!(found["documents"].as_array().unwrap().len(), 2);
    assert_eq!(found["places"][0]["place"], "Kano");
}

#[test]
fn nothing_but_the_ledger_can_be_read() {
    let _held = server();
    for path in [
        "/static/../Cargo.toml",
        "/../../etc/passwd",
        "/static/..%2f..%2fetc%2fpasswd",
        "/documents/..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/places/NG/..%2f..",
        "/actors/'%20OR%201=1--",
    ] {
        let answer = get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("root:"), "{path}");
    }
    // A page elsewhere that leads its own name to this machine is not answered.
    let elsewhere = server().ask("GET /api/v1/events", "Host: evil.example\r\n");
    assert_eq!(elsewhere.status, 421);
    assert_eq!(server().ask("GET /", "Host: localhost:8420\r\n").status, 200);
}

#[test]
fn only_this_machine_is_served() {
    let folder = Folder::with_ledger();
    expect![[r#"
        ! tocsin: will not listen on 0.0.0.0 without TLS: passwords and the record could be read on the way
        ! hint: give --certificate and --key, or --behind-proxy; or listen on 127.0.0.1, and reach it from afar with `ssh -L 8420:127.0.0.1:8420 HOST`
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("serve --ledger news.ledger --address 0.0.0.0:8420"));
    expect![[r#"
        ! tocsin: "absent.ledger" does not exist
        ! hint: make it with `tocsin ingest INPUT --ledger absent.ledger`
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("serve --ledger absent.ledger"));
}

#[test]
fn new_batches_are_seen_and_a_signal_ends_it() {
    let mut server = Server::start(Folder::with_ledger());
    let count = |server: &Server| server.ask("GET /api/v1/events", "").json()["total"].as_u64();
    assert_eq!(count(&server), Some(2));
    server.folder.write("more.jsonl", HOSTILE);
    assert!(server.folder.ingest("more.jsonl").status.success());
    assert_eq!(count(&server), Some(3));
    let pid = server.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert!(server.child.wait().unwrap().success());
}
