//! The casebook: short articles, all invented, and what they must be coded as.
//!
//! `tests/cases/*.md` are chapters; each heading of the second level is a case and a test of its
//! own name. A case is prose, a block `text` and a block `coding`, which is what `tocsin code`
//! prints. Lines `published: DAY` and `title: WORDS` of the prose say what a page would. A line
//! `FIXME: …` says what a coding that is known to be wrong should be.
//!
//! `UPDATE_CASES=1` rewrites the codings and names the cases that moved. Nothing is redacted: the
//! coder has no clock, so the same article always gives the same text.

#![expect(clippy::print_stderr, clippy::disallowed_methods, reason = "a harness reads and tells")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use engine::{Knowledge, code, plain};
use libtest_mimic::{Arguments, Failed, Trial};
use reading::{Document, Found, How};

/// A chapter, cut where its codings stand, so that the pieces joined are the file.
struct Chapter {
    path: PathBuf,
    cases: Vec<Case>,
    /// What follows the last coding.
    rest: String,
}

/// One article.
struct Case {
    name: String,
    /// From the end of the last coding to the beginning of this one.
    before: String,
    title: Option<String>,
    published: Option<String>,
    text: String,
    coding: String,
    is_known_wrong: bool,
}

fn main() -> ExitCode {
    let known = Arc::new(Knowledge::embedded());
    let mut chapters = chapters();
    if std::env::var_os("UPDATE_CASES").is_some() {
        for chapter in &mut chapters {
            update(chapter, &known);
        }
    }
    let cases = || chapters.iter().flat_map(|chapter| &chapter.cases);
    let n_wrong = cases().filter(|case| case.is_known_wrong).count();
    let n_cases = cases().count();
    let trials = chapters.into_iter().flat_map(|chapter| trials(chapter, &known)).collect();
    let mut arguments = Arguments::from_args();
    // A line for each of hundreds of cases that hold would hide the one that does not.
    arguments.quiet = arguments.format.is_none();
    let conclusion = libtest_mimic::run(&arguments, trials);
    if !arguments.list {
        eprintln!("casebook: {n_wrong} of {n_cases} cases are known to be wrong\n");
    }
    conclusion.exit_code()
}

fn chapters() -> Vec<Chapter> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = std::fs::read_dir(&folder).expect("the folder of the cases can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "md"));
    paths.sort();
    paths.into_iter().map(chapter).collect()
}

fn chapter(path: PathBuf) -> Chapter {
    let whole = std::fs::read_to_string(&path).expect("a chapter can be read");
    let (mut cases, mut rest): (Vec<Case>, &str) = (Vec::new(), &whole);
    // A heading must have its coding before the next one: a case that is cut short never runs.
    while let Some(begin) = rest.find("\n```coding\n") {
        let (before, after) = rest.split_at(begin + "\n```coding\n".len());
        let end = after.find("```\n").unwrap_or_else(|| panic!("{before}: a coding without end"));
        let (coding, after) = after.split_at(end);
        cases.push(case(before, coding));
        rest = after;
    }
    let n_headings = whole.lines().filter(|line| line.starts_with("## ")).count();
    assert_eq!(n_headings, cases.len(), "{}: one coding for each heading", path.display());
    Chapter { path, cases, rest: rest.to_owned() }
}

fn case(before: &str, coding: &str) -> Case {
    let heading = before.rfind("\n## ").unwrap_or_else(|| panic!("no heading: {before}"));
    let own = &before[heading + "\n## ".len()..];
    let name = own.lines().next().unwrap_or_default().to_owned();
    let begin = own.find("\n```text\n").unwrap_or_else(|| panic!("{name}: no block of text"));
    let (prose, article) = own.split_at(begin + 1);
    let article = article.trim_start_matches("```text\n");
    let end = article.find("\n```\n").unwrap_or_else(|| panic!("{name}: a text without end"));
    let field =
        |key: &str| prose.lines().find_map(|line| line.strip_prefix(key)).map(str::to_owned);
    Case {
        before: before.to_owned(),
        title: field("title: "),
        published: field("published: "),
        text: article[..end].to_owned(),
        coding: coding.to_owned(),
        is_known_wrong: prose.lines().any(|line| line.starts_with("FIXME: ")),
        name,
    }
}

fn coding(case: &Case, known: &Knowledge) -> String {
    let mut document = Document::new(None, case.text.clone());
    document.title = case.title.clone().map(|title| Found::new(title, How::Given));
    document.published = case.published.as_ref().map(|day| {
        let day = day.parse().unwrap_or_else(|_| panic!("{}: {day} is not a day", case.name));
        Found::new(day, How::Given)
    });
    plain::coded(&code(&document, known), &document, known)
}

/// Rewrites the codings of a chapter.
fn update(chapter: &mut Chapter, known: &Knowledge) {
    let mut whole = String::new();
    for case in &mut chapter.cases {
        let now = coding(case, known);
        if now != case.coding {
            let note = if case.is_known_wrong { " (look at its FIXME)" } else { "" };
            eprintln!("moved: {}{note}", case.name);
        }
        case.coding = now;
        whole.push_str(&case.before);
        whole.push_str(&case.coding);
    }
    whole.push_str(&chapter.rest);
    std::fs::write(&chapter.path, whole).expect("a chapter can be written");
}

fn trials(chapter: Chapter, known: &Arc<Knowledge>) -> impl Iterator<Item = Trial> {
    let stem = chapter.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    chapter.cases.into_iter().map(move |case| {
        let known = Arc::clone(known);
        Trial::test(format!("{stem}: {}", case.name), move || {
            let now = coding(&case, &known);
            if now == case.coding {
                return Ok(());
            }
            Err(Failed::from(format!("wanted:\n{}\ngot:\n{now}", case.coding)))
        })
    })
}
