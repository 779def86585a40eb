//! `tocsin read`: each kind of input becomes documents, and each kind of trouble is told.

use std::io::Write;
use std::process::Stdio;

use expect_test::{Expect, expect};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::harness::{Folder, shown};

const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Bomb in Gao - The Gazette</title>
<meta property="og:title" content="Bomb in Gao"><meta property="og:site_name" content="The Gazette">
<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2024-03-04T10:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Bomb in Gao</h1>
<p>A bomb killed three people at a market in Gao on Sunday, the police said. It went off at noon.</p>
<p>Two boats had been seen on the river before, and the harbour master had asked for soldiers.</p>
</article><footer>About us</footer></body></html>"#;

/// Writes `bytes` as `name`, and compares what `arguments` give.
fn check(name: &str, bytes: &[u8], arguments: &str, expected: &Expect) {
    let folder = Folder::new();
    std::fs::write(folder.at(name), bytes).unwrap();
    expected.assert_eq(&folder.transcript(arguments));
}

#[test]
fn a_page_gives_its_text_and_what_it_says_of_itself() {
    check(
        "a.html",
        PAGE.as_bytes(),
        "read a.html",
        &expect![[r#"
        {"id":"9b0f5a0b5f157d2a24b3a4b66beb3b4e","text":"Bomb in Gao\n\nA bomb killed three people at a market in Gao on Sunday, the police said. It went off at noon.\n\nTwo boats had been seen on the river before, and the harbour master had asked for soldiers.","title":{"value":"Bomb in Gao","how":"visible"},"authors":[{"value":"Ann Lee","how":"meta"}],"published":{"value":"2024-03-04","how":"meta"},"outlet":{"value":"The Gazette","how":"meta"},"language":{"value":"en","how":"markup"},"charset":{"value":"utf-8","how":"content"}}
    "#]],
    );
}

#[test]
fn a_text_is_kept() {
    let text = "Bomb in Gao\n\nA bomb killed three people in Gao on\nSunday.\n\nIt rained.\n";
    check(
        "a.txt",
        text.as_bytes(),
        "read a.txt",
        &expect![[r#"
        {"id":"6408642ab836670a3db31a9603411a5a","text":"Bomb in Gao\n\nA bomb killed three people in Gao on Sunday.\n\nIt rained.","title":{"value":"Bomb in Gao","how":"visible"},"charset":{"value":"utf-8","how":"content"}}
    "#]],
    );
}

#[test]
fn fields_of_records_can_be_named() {
    let lines = "{\"id\": 7, \"story\": \"A bomb killed three people in Gao.\", \"paper\": \"The \
                 Gazette\", \"when\": \"2024-03-04\"}\n{\"id\": 8}\n{\"id\": 9, \"story\n";
    let map = "read a.jsonl --map text=story,outlet=paper,published=when";
    check(
        "a.jsonl",
        lines.as_bytes(),
        map,
        &expect![[r#"
        {"id":"8fd2cf7bc654cb74d2803c13bf65b882","text":"A bomb killed three people in Gao.","published":{"value":"2024-03-04","how":"field"},"outlet":{"value":"The Gazette","how":"field"},"charset":{"value":"utf-8","how":"header"}}
        ! problem: "a.jsonl#3": it is not JSON: EOF while parsing a string at line 1 column 16
        ! problem: "a.jsonl#2": the record has no text; name the field with --map text=FIELD (there are: id)
        exit status: 1
    "#]],
    );
}

#[test]
fn a_table_is_read_by_rows() {
    let table = "url,date,title,text\nhttps://gazette.example/1,2024-03-04,Gao,\"A bomb, in Gao.\"\n\
                 https://gazette.example/2,2024-03-05,Rain,It rained.\n";
    check(
        "a.csv",
        table.as_bytes(),
        "read a.csv",
        &expect![[r#"
        {"id":"7a2c160dad25ea47e4ca5cf3af3e9cd6","text":"A bomb, in Gao.","url":"https://gazette.example/1","title":{"value":"Gao","how":"field"},"published":{"value":"2024-03-04","how":"field"},"charset":{"value":"utf-8","how":"header"}}
        {"id":"5bd1b20d3680d508ad0c4478d5b3a85a","text":"It rained.","url":"https://gazette.example/2","title":{"value":"Rain","how":"field"},"published":{"value":"2024-03-05","how":"field"},"charset":{"value":"utf-8","how":"header"}}
    "#]],
    );
}

#[test]
fn a_feed_is_read_by_entries() {
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Gazette</title>\
                <item><title>Bomb in Gao</title><link>https://gazette.example/1</link>\
                <pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate><description>&lt;p&gt;A bomb \
                killed three people in Gao.&lt;/p&gt;</description></item></channel></rss>";
    check(
        "a.rss",
        feed.as_bytes(),
        "read a.rss",
        &expect![[r#"
        {"id":"502410292243feda817c0e29aecab878","text":"A bomb killed three people in Gao.","url":"https://gazette.example/1","title":{"value":"Bomb in Gao","how":"feed"},"published":{"value":"2024-03-04","how":"feed"},"outlet":{"value":"The Gazette","how":"feed"},"charset":{"value":"utf-8","how":"header"}}
    "#]],
    );
}

#[test]
fn an_archive_is_read_by_pages() {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}");
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://gazette.example/gao\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    );
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(record.as_bytes()).unwrap();
    check(
        "a.warc.gz",
        &packed.finish().unwrap(),
        "read a.warc.gz",
        &expect![[r#"
        {"id":"2457adc9f56876e4314f84070bae2283","text":"Bomb in Gao\n\nA bomb killed three people at a market in Gao on Sunday, the police said. It went off at noon.\n\nTwo boats had been seen on the river before, and the harbour master had asked for soldiers.","url":"https://gazette.example/gao","title":{"value":"Bomb in Gao","how":"visible"},"authors":[{"value":"Ann Lee","how":"meta"}],"published":{"value":"2024-03-04","how":"meta"},"outlet":{"value":"The Gazette","how":"meta"},"language":{"value":"en","how":"markup"},"charset":{"value":"utf-8","how":"header"}}
    "#]],
    );
}

#[test]
fn a_folder_is_read_in_the_order_of_the_names() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.at("inbox/later")).unwrap();
    folder.write("inbox/b.txt", "A bomb killed three people in Gao.");
    folder.write("inbox/a.txt", "It rained in Kano.");
    folder.write("inbox/later/c.txt", "Gunmen shot two soldiers in Suva.");
    folder.write("inbox/picture.png", "\u{89}PNG\0\0\0\0\0");
    expect![[r#"
        {"id":"b2eb6d1d040b40d6f7e614ace599ca25","text":"It rained in Kano.","charset":{"value":"utf-8","how":"content"}}
        {"id":"8fd2cf7bc654cb74d2803c13bf65b882","text":"A bomb killed three people in Gao.","charset":{"value":"utf-8","how":"content"}}
        {"id":"d96bb499c3635361b8d25fe488044811","text":"Gunmen shot two soldiers in Suva.","charset":{"value":"utf-8","how":"content"}}
        ! problem: "inbox/picture.png": it is neither text nor a format that is known; see --format
        exit status: 1
    "#]].assert_eq(&folder.transcript("read inbox"));
}

#[test]
fn standard_input_is_read() {
    let folder = Folder::new();
    let mut program = folder
        .command("read -")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = program.stdin.take().unwrap();
    input.write_all(b"A bomb killed three people in Gao.\n").unwrap();
    drop(input);
    expect![[r#"
        {"id":"8fd2cf7bc654cb74d2803c13bf65b882","text":"A bomb killed three people in Gao.","charset":{"value":"utf-8","how":"content"}}
    "#]].assert_eq(&shown(&program.wait_with_output().unwrap()));
}

#[test]
fn texts_that_repeat_are_marked() {
    let folder = Folder::new();
    let words: Vec<String> = (0..80).map(|n| format!("word{n}")).collect();
    folder.write("a.txt", &words.join(" "));
    folder.write("b.txt", &format!("{}!", words.join("  ").to_uppercase()));
    folder.write("c.txt", &words[..76].join(" "));
    folder.write("d.txt", &words[40..].join(" "));
    let read = folder.transcript("read a.txt b.txt c.txt d.txt");
    let lines: Vec<serde_json::Value> =
        read.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<_> = lines.iter().map(|line| line["duplicate"]["kind"].as_str()).collect();
    assert_eq!(kinds, [None, Some("exact"), Some("near"), None]);
    assert_eq!(lines[1]["duplicate"]["of"], lines[0]["id"]);
    assert_eq!(lines[2]["duplicate"]["of"], lines[0]["id"]);
}

#[test]
fn a_missing_file_is_told_and_the_rest_is_read() {
    let folder = Folder::new();
    folder.write("a.txt", "A bomb killed three people in Gao.");
    expect![[r#"
        {"id":"8fd2cf7bc654cb74d2803c13bf65b882","text":"A bomb killed three people in Gao.","charset":{"value":"utf-8","how":"content"}}
        ! problem: "missing.html": there is no such file; check the name
        exit status: 1
    "#]].assert_eq(&folder.transcript("read missing.html a.txt"));
}

#[test]
fn if_no_input_can_be_opened_it_has_not_started() {
    let folder = Folder::new();
    for verb in ["read", "code", "ingest --ledger news.ledger"] {
        let told = folder.transcript(&format!("{verb} missing.html"));
        assert_eq!(
            told,
            "! problem: \"missing.html\": there is no such file; check the name\n\
             ! tocsin: no input could be opened\n\
             ! hint: name files, folders or globs that exist, or - for standard input\n\
             exit status: 2\n",
            "{verb}"
        );
    }
}
