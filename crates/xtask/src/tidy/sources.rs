//! Rules for Rust sources: header, length, unfinished-work marks, tests that would never run.

use super::{File, Finding, extension};

/// The most lines of a file without its tests.
const MOST_LINES: usize = 500;

/// The median of all files must stay below this.
const MEDIAN_LINES: usize = 200;

/// Every file says in its first line what it is.
pub(super) fn header(files: &[File]) -> Vec<Finding> {
    let without = rust(files).filter(|file| !file.text.starts_with("//!"));
    without
        .map(|f| Finding::new(&f.path, "begins without `//!`: say what it is, why so, what not"))
        .collect()
}

/// No file is long.
pub(super) fn length(files: &[File]) -> Vec<Finding> {
    let long = rust(files).filter(|f| !is_test(f)).map(|f| (f, lines(f)));
    long.filter(|&(_, n)| n > MOST_LINES)
        .map(|(f, n)| {
            Finding::new(
                &f.path,
                format!("{n} lines without tests, {MOST_LINES} are the most: split it by subject"),
            )
        })
        .collect()
}

/// Most files are short.
pub(super) fn median(files: &[File]) -> Vec<Finding> {
    let mut counts: Vec<usize> = rust(files).filter(|f| !is_test(f)).map(lines).collect();
    counts.sort_unstable();
    match counts.get(counts.len() / 2) {
        Some(&n) if n >= MEDIAN_LINES => {
            let what = format!("the median file has {n} lines, under {MEDIAN_LINES} is the aim");
            vec![Finding::new("crates", what)]
        }
        _ => Vec::new(),
    }
}

/// No unfinished work without the number of an issue. The casebook may mark what is known wrong,
/// and what reads or explains it may name the mark.
pub(super) fn marks(files: &[File]) -> Vec<Finding> {
    let may_fix_me = |path: &str| {
        path.starts_with("corpora/")
            || (path.contains("/cases/") && extension(path) == "md")
            || ["CONTRIBUTING.md", "crates/engine/tests/casebook.rs"].contains(&path)
    };
    let mut found = Vec::new();
    for file in files.iter().filter(|f| is_ours(&f.path)) {
        for (n, line) in file.text.lines().enumerate() {
            let words: &[&str] = if may_fix_me(&file.path) { &MARKS[..1] } else { &MARKS };
            if words.iter().any(|word| marked(line, word)) {
                let at = format!("{}:{}", file.path, n + 1);
                found.push(Finding::new(at, "work left undone: finish it, or name its issue (#1)"));
            }
        }
    }
    found
}

/// Every file in `crates/*/tests/NAME/` is a module of the test binary `NAME`.
pub(super) fn listed_tests(files: &[File]) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in rust(files) {
        let parts: Vec<&str> = file.path.split('/').collect();
        let ["crates", krate, "tests", suite, module] = parts[..] else { continue };
        let Some(stem) = module.strip_suffix(".rs").filter(|&s| s != "main" && s != "mod") else {
            continue;
        };
        let folder = format!("crates/{krate}/tests/{suite}");
        let runners =
            [format!("{folder}.rs"), format!("{folder}/main.rs"), format!("{folder}/mod.rs")];
        let listing = format!("mod {stem};");
        let listed = files
            .iter()
            .filter(|f| runners.contains(&f.path))
            .any(|f| f.text.lines().any(|line| line.trim().ends_with(&listing)));
        if !listed {
            let what = format!("never runs: write `{listing}` in {folder}/main.rs");
            found.push(Finding::new(&file.path, what));
        }
    }
    found
}

/// Built from halves, or this file would find itself.
const MARKS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

fn marked(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let rest = &line[at + word.len()..];
        let is_word = !letter(line[..at].chars().next_back()) && !letter(rest.chars().next());
        let issue = rest.trim_start_matches('(').trim_start();
        let numbered = issue
            .strip_prefix('#')
            .is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()));
        is_word && !numbered
    })
}

fn is_ours(path: &str) -> bool {
    matches!(extension(path), "rs" | "toml" | "md" | "sh" | "py" | "ts" | "css")
        || path == ".ci/run"
}

fn rust(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|file| file.extension() == "rs")
}

fn is_test(file: &File) -> bool {
    file.path.contains("/tests/") || file.path.ends_with("/tests.rs")
}

fn lines(file: &File) -> usize {
    file.text.lines().take_while(|line| line.trim() != "#[cfg(test)]").count()
}

#[cfg(test)]
mod tests {
    use super::super::made_up;
    use super::*;

    #[test]
    fn a_file_without_a_header_is_found() {
        let files = made_up(&[("a.rs", "//! A."), ("b.rs", "fn b() {}"), ("c.md", "c")]);
        assert_eq!(header(&files).iter().map(|f| &*f.at).collect::<Vec<_>>(), ["b.rs"]);
    }

    #[test]
    fn tests_do_not_count_as_length() {
        let code = "x\n".repeat(MOST_LINES);
        let tests = format!("{code}#[cfg(test)]\n{code}");
        assert!(length(&made_up(&[("a.rs", &tests), ("a/tests/b.rs", &tests)])).is_empty());
        assert_eq!(length(&made_up(&[("a.rs", &format!("{code}x\n"))])).len(), 1);
    }

    #[test]
    fn one_giant_does_not_move_the_median() {
        let long = "x\n".repeat(MEDIAN_LINES);
        assert!(median(&made_up(&[("a.rs", "x"), ("b.rs", "x"), ("c.rs", &long)])).is_empty());
        assert_eq!(median(&made_up(&[("a.rs", "x"), ("b.rs", &long), ("c.rs", &long)])).len(), 1);
        assert!(median(&[]).is_empty());
    }

    #[test]
    fn undone_work_needs_an_issue() {
        let [later, wrong] = MARKS;
        let text = format!("// {later}: x\n// {later}(#12): y\n// {later} #3\n// MAS{later}N");
        let files =
            made_up(&[("a.rs", &text), ("crates/e/tests/cases/b.md", wrong), ("c.md", wrong)]);
        let at: Vec<String> = marks(&files).into_iter().map(|f| f.at).collect();
        assert_eq!(at, ["a.rs:1", "c.md:1"]);
    }

    #[test]
    fn a_test_module_that_nobody_lists_is_found() {
        let files = made_up(&[
            ("crates/app/tests/it/main.rs", "mod read;\npub(crate) mod store;"),
            ("crates/app/tests/it/read.rs", ""),
            ("crates/app/tests/it/store.rs", ""),
            ("crates/app/tests/it/lost.rs", ""),
        ]);
        let at: Vec<String> = listed_tests(&files).into_iter().map(|f| f.at).collect();
        assert_eq!(at, ["crates/app/tests/it/lost.rs"]);
    }
}
