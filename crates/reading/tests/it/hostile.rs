//! Input that is broken or means harm: a problem on that input, bounded time and memory, and the
//! rest goes on.

use std::io::{self, BufReader, Read};

use reading::{Capture, Limits, Problem};

use crate::make::{archive, captures, captures_with, gzip, page, record, zstd};

/// Runs on a stack of 8 MB, as little as a main thread may have.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(8 << 20).spawn(test).unwrap().join().unwrap();
}

fn whats(captures: &[Result<Capture, Problem>]) -> Vec<String> {
    captures.iter().filter_map(|c| c.as_ref().err()).map(|p| p.what.clone()).collect()
}

fn read(body: impl Into<Vec<u8>>) -> (Option<reading::Document>, Vec<Problem>) {
    let capture = Capture { body: body.into(), ..Capture::default() };
    reading::document(&capture, &Limits::NEWS)
}

/// Gives a head, then `n` times a byte, then a tail, and holds none of it.
fn long_line(head: &str, n: u64, tail: &str) -> Box<dyn io::BufRead + Send> {
    let head = io::Cursor::new(head.as_bytes().to_vec());
    let tail = io::Cursor::new(tail.as_bytes().to_vec());
    Box::new(BufReader::with_capacity(1 << 16, head.chain(io::repeat(b'a').take(n)).chain(tail)))
}

#[test]
fn a_line_of_a_gigabyte_is_passed_over() {
    let input = long_line("{\"text\": \"", 1 << 30, "\"}\n{\"text\": \"after\"}\n");
    let got: Vec<_> = reading::captures(input, "x.jsonl", &Limits::NEWS).collect();
    assert!(whats(&got)[0].contains("1073741836 bytes"), "{:?}", whats(&got));
    assert!(matches!(got.last(), Some(Ok(c)) if c.body == b"after"));
}

#[test]
fn a_row_of_a_gigabyte_is_passed_over() {
    let input = long_line("id,text\n1,", 1 << 30, "\n2,after\n");
    let got: Vec<_> = reading::captures(input, "x.csv", &Limits::NEWS).collect();
    assert_eq!(whats(&got).len(), 1);
    assert!(matches!(got.last(), Some(Ok(c)) if c.body == b"after"));
}

#[test]
fn a_text_of_a_gigabyte_is_cut_at_the_limit() {
    let limits = Limits { page_bytes: 1000, ..Limits::NEWS };
    let got: Vec<_> =
        reading::captures(long_line("", 1 << 30, ""), "x.txt", &limits).collect::<Vec<_>>();
    let Some(Ok(capture)) = got.first() else { panic!("no capture") };
    assert_eq!(capture.body.len(), 1001);
    let (document, problems) = reading::document(capture, &limits);
    assert_eq!(document.unwrap().text().len(), 1000);
    assert!(problems[0].what.contains("larger than 1000 bytes"));
}

#[test]
fn a_feed_that_never_ends_is_cut_at_the_limit() {
    let head = "<rss><channel><item><title>a</title><description>b</description></item><item>\
                <description>";
    let input = long_line(head, u64::MAX, "");
    let limits = Limits { record_bytes: 1 << 20, ..Limits::NEWS };
    let got: Vec<_> = reading::captures(input, "x.xml", &limits).collect();
    assert!(matches!(got.first(), Some(Ok(c)) if c.body == b"b"));
    assert!(whats(&got).iter().any(|w| w.contains("longer than 1048576 bytes")));
}

#[test]
fn deep_nesting_costs_neither_the_stack_nor_time() {
    on_a_small_stack(|| {
        for open in ["<div>", "<b>", "<font size=1>", "<table><tr><td>", "<a href=x><p>"] {
            let page = format!("<html><body>{}<p>The text.", open.repeat(50_000));
            let (document, problems) = read(page);
            assert_eq!(document.unwrap().text(), "The text.", "{open}");
            assert_eq!(problems.len(), 1, "{open}");
        }
    });
}

#[test]
fn wide_pages_are_read_in_bounded_time() {
    on_a_small_stack(|| {
        let page = format!("<html><body>{}", "<p>A short paragraph here.</p>".repeat(200_000));
        let (document, problems) = read(page);
        assert!(document.is_some());
        assert!(problems[0].what.contains("elements"));
    });
}

#[test]
fn formatting_that_is_never_closed_does_not_multiply() {
    on_a_small_stack(|| {
        let fonts: Vec<_> = (0..20_000).map(|i| format!("<font id=f{i}><p>word {i}</p>")).collect();
        assert!(read(format!("<html><body>{}", fonts.concat())).0.is_some());
    });
}

#[test]
fn broken_markup_is_read_as_far_as_it_goes() {
    for page in ["<", "<html><!--", "<p title=\"x", "<script>", "<title>", "</", "<![CDATA[", "&#x"]
    {
        drop(read(page));
    }
}

#[test]
fn nul_bytes_and_controls_do_not_reach_the_text() {
    let text = read("A man\0 was\u{1} seen\u{ad} by the b\0ridge.").0.unwrap();
    assert_eq!(text.text(), "A man was seen by the bridge.");
}

#[test]
fn an_empty_input_is_a_problem_and_no_document() {
    let (document, problems) = read("");
    assert!(document.is_none());
    assert_eq!(problems[0].what, "the page has no text");
}

#[test]
fn a_wrong_charset_label_is_not_believed() {
    let body = page("Überfall").into_bytes();
    let charset = Some("windows-1251".to_owned());
    let capture = Capture { body, charset, ..Capture::default() };
    let document = reading::document(&capture, &Limits::NEWS).0.unwrap();
    assert!(document.text().contains("Überfall"), "{}", document.text());
}

#[test]
fn a_truncated_archive_gives_what_came_before() {
    let members: Vec<u8> = archive().iter().flat_map(|record| gzip(record)).collect();
    for (packed, name) in [
        (members, "x.warc.gz"),
        (gzip(&archive().concat()), "x.warc.gz"),
        (zstd(&archive().concat()), "x.warc.zst"),
        (archive().concat(), "x.warc"),
    ] {
        let whole = captures(packed.clone(), name);
        assert_eq!(whole.len(), 2, "{name}: {whole:?}");
        let cut = captures(&packed[..packed.len() - 40], name);
        assert!(cut.len() <= 2 && whats(&cut).len() == 1, "{name}: {cut:?}");
        assert!(whats(&cut)[0].contains("cut off after"), "{:?}", whats(&cut));
    }
    let plain = archive().concat();
    let cut = captures(&plain[..plain.len() - 40], "x.warc");
    assert!(matches!(&cut[0], Ok(c) if c.url.as_deref() == Some("https://example.org/1")));
}

#[test]
fn a_bomb_in_an_archive_costs_only_its_record() {
    let html = "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip";
    let mut bytes = record("https://example.org/bomb", html, &gzip(&vec![b'a'; 64 << 20]));
    bytes.extend(archive().concat());
    let got = captures(gzip(&bytes), "x.warc.gz");
    assert_eq!(whats(&got).len(), 1, "{:?}", whats(&got));
    assert!(whats(&got)[0].contains("when it is unpacked"));
    assert_eq!(got.iter().filter(|c| c.is_ok()).count(), 2);
}

#[test]
fn a_record_that_claims_too_much_ends_the_archive() {
    let mut bytes = archive()[1].clone();
    bytes.extend(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nx");
    let got = captures(bytes, "x.warc");
    assert!(got[0].is_ok());
    assert!(whats(&got)[0].contains("claims 99999999999 bytes"));
}

#[test]
fn bytes_that_belong_to_no_record_are_passed_over() {
    let mut bytes = archive()[1].clone();
    bytes.extend(b"garbage\r\n\r\n");
    bytes.extend(&archive()[4]);
    let got = captures(bytes, "x.warc");
    assert_eq!(got.iter().filter(|c| c.is_ok()).count(), 2);
    assert_eq!(whats(&got).len(), 1);
}

#[test]
fn a_large_page_in_an_archive_is_passed_over() {
    let limits = Limits { page_bytes: 1000, ..Limits::NEWS };
    let html = "200 OK\r\nContent-Type: text/html";
    let mut bytes = record("https://example.org/1", html, &vec![b'a'; 200_000]);
    bytes.extend(record("https://example.org/2", html, b"<p>small"));
    let got = captures_with(bytes, "x.warc", &limits);
    assert!(whats(&got)[0].contains("passed over"));
    assert!(matches!(got.last(), Some(Ok(c)) if c.body == b"<p>small"));
}

#[test]
fn what_is_no_text_is_a_problem() {
    let got = captures(b"%PDF-1.7 \0\0\0".to_vec(), "x.pdf");
    assert!(whats(&got)[0].contains("neither text nor a format"));
}
