//! Golden pages: invented pages of many make, and the documents that they must become.
//!
//! `UPDATE_EXPECT=1` rewrites the `.expected` files; read the difference before you keep it.

use std::fs;
use std::path::Path;

use reading::{Capture, Limits};

#[test]
fn golden_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpora/pages");
    let mut pages: Vec<_> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|e| e == "html"));
    pages.sort();
    assert!(pages.len() >= 12, "{} pages", pages.len());
    for page in pages {
        let name = page.file_stem().unwrap().to_string_lossy().into_owned();
        let url = Some(format!("https://example.org/{name}"));
        let body = fs::read(&page).unwrap();
        let capture = Capture { url, body, ..Capture::default() };
        let (document, problems) = reading::document(&capture, &Limits::NEWS);
        let mut shown = serde_json::to_string_pretty(&document).unwrap();
        for problem in problems {
            shown.push_str("\nproblem: ");
            shown.push_str(&problem.what);
        }
        shown.push('\n');
        expect_test::expect_file![page.with_extension("expected")].assert_eq(&shown);
    }
}
