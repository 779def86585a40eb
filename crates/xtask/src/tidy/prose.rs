//! Rules for what people read: no machine's paths, British spelling.
//!
//! Spelling is checked in comments and Markdown only: identifiers follow the libraries that
//! they come from, and data follow the world.

use super::{File, Finding};

/// Nothing in the repository knows on which machine it was made.
pub(super) fn machine_paths(files: &[File]) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in files {
        for (n, line) in file.text.lines().enumerate() {
            if let Some(path) = FOLDERS.iter().find(|folder| holds_path(line, folder)) {
                let at = format!("{}:{}", file.path, n + 1);
                found.push(Finding::new(at, format!("names the folder \"{path}\" of one machine")));
            }
        }
    }
    found
}

/// The short list of words that slip in.
pub(super) fn spelling(files: &[File]) -> Vec<Finding> {
    let mut found = Vec::new();
    let checked = files.iter().filter(|f| !f.path.starts_with("corpora/"));
    for (file, n, prose) in checked.flat_map(prose) {
        for word in prose.split(|c: char| !c.is_ascii_alphabetic()) {
            if let Some((_, ours)) = WORDS.iter().find(|(theirs, _)| *theirs == word) {
                let at = format!("{}:{n}", file.path);
                found.push(Finding::new(at, format!("\"{word}\" is spelt \"{ours}\" here")));
            }
        }
    }
    found
}

/// Built from halves, or this file would find itself.
const FOLDERS: [&str; 4] =
    [concat!("/", "work"), concat!("/", "root"), concat!("/", "home/"), concat!("/", "tmp")];

/// Whether the absolute path `folder` stands in `line`, rather than the path of an address.
fn holds_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = &line[..at];
        let inside = |c: char| c.is_alphanumeric() || "._-~<*)]}>%".contains(c);
        let in_address = ["href=\"", "href='", "src=\"", "src='", "action=\"", "/"]
            .iter()
            .any(|start| before.ends_with(start) && !before.ends_with("file://"));
        let word_goes_on =
            line[at + folder.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
        let word_goes_on = word_goes_on && !folder.ends_with('/');
        !before.ends_with(inside) && !in_address && !word_goes_on
    })
}

const WORDS: [(&str, &str); 22] = [
    ("analyze", "analyse"),
    ("behavior", "behaviour"),
    ("canceled", "cancelled"),
    ("center", "centre"),
    ("color", "colour"),
    ("favor", "favour"),
    ("initialize", "initialise"),
    ("labeled", "labelled"),
    ("labor", "labour"),
    ("neighbor", "neighbour"),
    ("neighbors", "neighbours"),
    ("neighboring", "neighbouring"),
    ("normalize", "normalise"),
    ("normalized", "normalised"),
    ("optimize", "optimise"),
    ("optimized", "optimised"),
    ("organization", "organisation"),
    ("organizations", "organisations"),
    ("organize", "organise"),
    ("recognize", "recognise"),
    ("recognized", "recognised"),
    ("summarize", "summarise"),
];

/// The prose of a file, by line: comments in Rust, Markdown outside its fences; no quotations.
fn prose(file: &File) -> Vec<(&File, usize, String)> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (n, line) in file.text.lines().enumerate() {
        let text = match file.extension() {
            "rs" => comment(line),
            "md" if line.trim_start().starts_with("```") => {
                fenced = !fenced;
                None
            }
            "md" if !fenced => Some(line),
            _ => None,
        };
        if let Some(text) = text {
            found.push((file, n + 1, unquoted(text)));
        }
    }
    found
}

fn comment(line: &str) -> Option<&str> {
    let (before, comment) = line.split_once("//")?;
    let in_text = before.matches('"').count() % 2 == 1 || before.ends_with(':');
    (!in_text).then_some(comment)
}

/// `line` without what stands between back-quotes or quotation marks.
fn unquoted(line: &str) -> String {
    let mut open = None;
    let mut kept = String::new();
    for c in line.chars() {
        match open {
            Some(quote) if quote == c => open = None,
            Some(_) => {}
            None if c == '`' || c == '"' => open = Some(c),
            None => kept.push(c),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::made_up;
    use super::*;

    #[test]
    fn a_path_of_one_machine_is_found() {
        let [work, root, home, tmp] = FOLDERS;
        for line in [
            format!("cd {work}"),
            format!("\"{work}/main\""),
            format!("{home}ann/x"),
            format!("see {tmp}/x"),
            format!("file://{root}/x"),
        ] {
            assert_eq!(machine_paths(&made_up(&[("a", &line)])).len(), 1, "{line}");
        }
    }

    #[test]
    fn a_path_in_an_address_is_none() {
        let [work, root, home, _] = FOLDERS;
        for line in [
            format!("https://a.example{home}x"),
            format!("<a href=\"{home}\">"),
            format!("<{work}>"),
            format!("{root}-level"),
            format!("home{work}"),
        ] {
            assert!(machine_paths(&made_up(&[("a", &line)])).is_empty(), "{line}");
        }
    }

    #[test]
    fn only_prose_is_spelt() {
        let rust = "let color = 1; // the behavior\nlet x = \"// color\"; // `center`, \"labor\"";
        let markdown = "color\n```\ncenter\n```\nWorld Health Organization";
        let files = made_up(&[("a.rs", rust), ("b.md", markdown), ("corpora/c.md", "color")]);
        let at: Vec<String> = spelling(&files).into_iter().map(|f| f.at).collect();
        assert_eq!(at, ["a.rs:1", "b.md:1"]);
    }
}
