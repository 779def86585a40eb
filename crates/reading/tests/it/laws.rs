//! What must hold for all input.

use proptest::prelude::*;
use reading::{Capture, Limits};

use crate::make::{archive, captures, dripped, gzip, zstd};

const FEED: &str = "<?xml version='1.0'?><rss><channel><title>Example</title><item><title>One</title>\
    <link>https://example.org/1</link><description>&lt;p&gt;First entry.&lt;/p&gt;</description>\
    </item><item><title>Two</title><description><![CDATA[<p>Second ü entry.]]></description></item>\
    </channel></rss>";

const LINES: &str = "{\"text\": \"a\"}\n\n{\"text\": \"ü\"}\r\n{bad}\n{\"text\": \"c\"}";
const ARRAY: &str = "[{\"text\": \"a\"},\n {\"text\": \"[\\\"\"}, {\"text\": \"c\"}]";
const TABLE: &str = "id,text\n1,\"a\n\"\"b\"\"\"\n2,c\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn chunks_do_not_matter(step in 1_usize..300) {
        let archive = archive();
        let members: Vec<u8> = archive.iter().flat_map(|record| gzip(record)).collect();
        let frames: Vec<u8> = archive.iter().flat_map(|record| zstd(record)).collect();
        for (bytes, name) in [
            (archive.concat(), "x.warc"),
            (members, "x.warc.gz"),
            (gzip(&archive.concat()), "x.warc.gz"),
            (frames, "x.warc.zst"),
            (FEED.as_bytes().to_vec(), "x.xml"),
            (LINES.as_bytes().to_vec(), "x.jsonl"),
            (gzip(ARRAY.as_bytes()), "x.json.gz"),
            (TABLE.as_bytes().to_vec(), "x.csv"),
        ] {
            let whole = captures(bytes.clone(), name);
            prop_assert!(whole.len() >= 2, "{name}");
            prop_assert_eq!(dripped(&bytes, name, step), whole);
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        for name in ["x.warc", "x.xml", "x.json", "x.csv", "x.html", "x.gz", "x"] {
            for capture in captures(bytes.clone(), name).into_iter().flatten() {
                check(&capture)?;
            }
        }
    }

    #[test]
    fn loose_markup_never_panics(parts in proptest::collection::vec(
        proptest::sample::select(vec![
            "<p>", "</p>", "<div class=\"date\">", "</div>", "<b>", "text. ", "14.03.2021 ", "<br>",
            "<script type=\"application/ld+json\">", "{\"@type\":\"Article\",", "</script>", "&amp;",
            "<time datetime=\"2021-03-14\">", "<meta name=date content=2021-03-14>", "<a href=x>",
            "<!--", "-->", "<h1>", "</h1>", "<table><tr><td>", "ü", "\0", "\u{ad}", "<", ">", "\"",
            "By Ann Lee ", "年3月", "2021", "<title>", "</title>",
        ]), 0..120)
    ) {
        let body = format!("<html>{}", parts.concat()).into_bytes();
        check(&Capture { body, ..Capture::default() })?;
    }
}

/// Reads a capture; what comes out must be sound.
fn check(capture: &Capture) -> Result<(), TestCaseError> {
    let (document, problems) = reading::document(capture, &Limits::NEWS);
    let again = reading::document(capture, &Limits::NEWS);
    prop_assert_eq!(&(document.clone(), problems), &again);
    let Some(document) = document else { return Ok(()) };
    for paragraph in document.text().split("\n\n") {
        prop_assert!(!paragraph.is_empty());
        prop_assert_eq!(paragraph, paragraph.trim());
        prop_assert!(!paragraph.contains("  "));
        prop_assert!(!paragraph.chars().any(|c| c.is_control() && c != '\n'));
    }
    let printed = serde_json::to_string(&document).expect("documents are JSON");
    let parsed: reading::Document = serde_json::from_str(&printed).expect("and come back");
    prop_assert_eq!(parsed, document);
    Ok(())
}
