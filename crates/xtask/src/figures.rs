//! `cargo xtask figures`: the table of figures in `docs/evaluation.md`, measured anew.
//!
//! The table of the casebook below it is counted anew as well.
//!
//! The rows stay as they are, with their bars and goals; only value, interval, number of items, and
//! the day and build above the table are written. Rows of a suite without data are left alone, and
//! so are those of `pages`, unless asked for: they take minutes.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};
use clap::Args;
use serde::Deserialize;

/// The document with the table.
const DOCUMENT: &str = "docs/evaluation.md";
/// How the line above the table begins that says of when it is.
const DATED: &str = "All of ";

/// What the line of a case begins with that says what is wrong with its coding.
const WRONG: &str = concat!("FIX", "ME: ");

/// The data of each suite, below the folder of `--data` or, if marked so, below the root.
const SUITES: &[(&str, &str)] = &[
    ("wikinews", "wikinews"),
    ("modern", "modern"),
    ("demo", "./corpora/demo"),
    ("fresh", "./corpora/fresh"),
    ("muc4-ree", "muc4/dev.ree.jsonl.gz"),
    ("muc4-gtt", "muc4/dev.gtt.jsonl.gz"),
    ("muc4-full", "muc4/dev.full.jsonl.gz"),
    ("plover", "plover"),
    ("gvdb", "gvdb"),
    ("places", "places"),
    ("ecbplus", "ecbplus"),
    ("maverick", "maverick"),
    ("meltt", "assess"),
    ("claims", "assess"),
];

/// Arguments of `cargo xtask figures`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder with the data of the suites
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// The program to measure; the release build unless told
    #[arg(long)]
    program: Option<PathBuf>,
    /// The day of measurement, as 2026-11-26
    #[arg(long)]
    date: String,
}

/// What a suite prints with `--json`.
#[derive(Deserialize)]
struct Result {
    build: String,
    sections: Vec<Section>,
}

#[derive(Deserialize)]
struct Section {
    name: String,
    items: usize,
    measures: Vec<Measure>,
}

#[derive(Deserialize)]
struct Measure {
    measure: String,
    form: String,
    value: f64,
    interval: (f64, f64),
    precision: Option<f64>,
    recall: Option<f64>,
}

/// By section and measure, the number of items and what was measured.
type Figures = BTreeMap<(String, String), (usize, Measure)>;

/// Runs the suites and rewrites the table. False if a suite could not be run.
pub(crate) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<bool> {
    let program = match &arguments.program {
        Some(program) => program.clone(),
        None => crate::tidy::metadata()?.target_directory.join("release/tocsin"),
    };
    let (mut figures, mut builds) = (Figures::new(), Vec::new());
    for (suite, data) in SUITES {
        let data = data
            .strip_prefix("./")
            .map_or_else(|| root.join(&arguments.data).join(data), |own| root.join(own));
        writeln!(std::io::stdout(), "── {suite}")?;
        let result = measure(&program, suite, &data)?;
        builds.push(result.build);
        for Section { name, items, measures } in result.sections {
            figures.extend(
                measures.into_iter().map(|m| ((name.clone(), m.measure.clone()), (items, m))),
            );
        }
    }
    let Some(build) = builds.first() else { bail!("no suite was run") };
    let path = root.join(DOCUMENT);
    let old = std::fs::read_to_string(&path).context(DOCUMENT)?;
    let dated = format!("{DATED}{}, build `{build}`", arguments.date);
    let new = rewritten(&old, &dated, &figures);
    let new = casebook(&new, &arguments.date, |link| {
        let chapter = path.with_file_name(link);
        std::fs::read_to_string(&chapter).with_context(|| chapter.display().to_string())
    })?;
    std::fs::write(&path, new).context(DOCUMENT)?;
    Ok(true)
}

/// The document with the cases of each chapter counted; `read` gives the text behind a link.
fn casebook(
    document: &str,
    date: &str,
    read: impl Fn(&str) -> anyhow::Result<String>,
) -> anyhow::Result<String> {
    let (mut lines, mut total, mut head) = (Vec::new(), (0, 0), None);
    for line in document.lines() {
        if line.starts_with("On ") && line.ends_with(" cases are known to be wrong:") {
            head = Some(lines.len());
        }
        let link = line.strip_prefix("| [").and_then(|l| l.split_once("](")?.1.split_once(')'));
        let Some((link, _)) = link.filter(|(link, _)| link.contains("/cases/")) else {
            lines.push(line.to_owned());
            continue;
        };
        let (cases, wrong) = counted(&read(link)?);
        total = (total.0 + cases, total.1 + wrong);
        let name = line.split(" | ").next().unwrap_or_default();
        lines.push(format!("{name} | {cases} | {wrong} |"));
    }
    if let Some(head) = head.and_then(|i| lines.get_mut(i)) {
        *head = format!("On {date}, {} of {} cases are known to be wrong:", total.1, total.0);
    }
    Ok(lines.join("\n") + "\n")
}

/// How many cases a chapter has, and how many of them are known to be wrong.
fn counted(chapter: &str) -> (usize, usize) {
    let cases = || chapter.split("\n## ").skip(1);
    let wrong = |case: &&str| case.lines().any(|line| line.starts_with(WRONG));
    (cases().count(), cases().filter(wrong).count())
}

fn measure(program: &Path, suite: &str, data: &Path) -> anyhow::Result<Result> {
    let name = || format!("{} eval {suite} --data {}", program.display(), data.display());
    let output = Command::new(program)
        .args(["eval", suite, "--json", "--data"])
        .arg(data)
        .output()
        .with_context(name)?;
    ensure!(output.status.success(), "{}: {}", name(), String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).with_context(name)
}

/// The document with new figures in the rows that have some.
fn rewritten(document: &str, dated: &str, figures: &Figures) -> String {
    let line = |line: &str| {
        let rest = line.strip_prefix(DATED).filter(|l| l.starts_with(|c: char| c.is_ascii_digit()));
        if let Some((_, rest)) = rest.and_then(|l| l.split_once(';')) {
            return format!("{dated};{rest}");
        }
        row(line, figures).unwrap_or_else(|| line.to_owned())
    };
    document.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// A row of the table with what was measured.
fn row(line: &str, figures: &Figures) -> Option<String> {
    let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
    let &[suite, split, measure, value, _, _, bar, goal] = cells.as_slice() else { return None };
    let key = (suite.trim_matches('`').to_owned(), measure.to_owned());
    let (items, found) = figures.get(&key)?;
    let count = found.form == "count";
    let number = |x: f64| if count { format!("{x:.0}") } else { format!("{x:.1}") };
    let mut new = number(found.value);
    if value.contains('(')
        && let (Some(precision), Some(recall)) = (found.precision, found.recall)
    {
        new = format!("{new} (precision {}, recall {})", number(precision), number(recall));
    }
    let interval = format!("{} – {}", number(found.interval.0), number(found.interval.1));
    Some(format!(
        "| {suite} | {split} | {measure} | {new} | {interval} | {items} | {bar} | {goal} |"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(measure: &str, form: &str, value: f64) -> ((String, String), (usize, Measure)) {
        let found = Measure {
            measure: measure.to_owned(),
            form: form.to_owned(),
            value,
            interval: (value - 1.0, value + 1.0),
            precision: Some(61.25),
            recall: Some(59.0),
        };
        (("news".to_owned(), measure.to_owned()), (7, found))
    }

    #[test]
    fn only_what_was_measured_changes() {
        let figures = Figures::from([
            measured("event", "f1", 60.0),
            measured("kind", "f1", 50.0),
            measured("invented", "count", 3.0),
        ]);
        let old = "All of its events; one by one.\n\
             All of 2020-01-01, build `a+1`; the command is X.\n\n\
            | `news` | dev | event | 1.0 | 0 – 2 | 3 | 75 |  |\n\
            | `news` | dev | kind | 2.0 (precision 1.0, recall 2.0) | 0 – 2 | 3 |  | 80 |\n\
            | `news` | dev | invented | 1 | 0 – 2 | 3 |  |  |\n\
            | `pages` | all | text | 9.0 | 8 – 10 | 3 |  |  |\n";
        let new = "All of its events; one by one.\n\
             All of 2021-02-02, build `a+2`; the command is X.\n\n\
            | `news` | dev | event | 60.0 | 59.0 – 61.0 | 7 | 75 |  |\n\
            | `news` | dev | kind | 50.0 (precision 61.2, recall 59.0) | 49.0 – 51.0 | 7 |  | 80 |\n\
            | `news` | dev | invented | 3 | 2 – 4 | 7 |  |  |\n\
            | `pages` | all | text | 9.0 | 8 – 10 | 3 |  |  |\n";
        assert_eq!(rewritten(old, "All of 2021-02-02, build `a+2`", &figures), new);
    }

    #[test]
    fn cases_that_say_so_are_known_to_be_wrong() {
        let chapter =
            format!("# Acts\n\nAll.\n\n## One\n\n{WRONG}the day.\n\n## Two\n\nA {WRONG}no.\n");
        let old = "On 2020-01-01, 9 of 9 cases are known to be wrong:\n\n| [Acts](a/cases/1.md) | 9 | 9 |\n";
        let new = "On 2021-02-02, 1 of 2 cases are known to be wrong:\n\n| [Acts](a/cases/1.md) | 2 | 1 |\n";
        let written = casebook(old, "2021-02-02", |_| Ok(chapter.clone()));
        assert_eq!(written.unwrap(), new);
    }
}
