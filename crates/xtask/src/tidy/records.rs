//! Rules for what is written beside the code: decisions, purity, the lock file, licences.

use std::fmt::Write;

use super::{File, Finding, Metadata, extension};

/// Where the licences of others are listed.
pub(super) const THIRD_PARTY: &str = "THIRD-PARTY.md";

/// More packages than this need a word with the others first. Parquet, passwords and TLS for the
/// server are the last that had one.
const MOST_PACKAGES: usize = 320;

/// What the `clippy.toml` of a pure crate must ban.
const BANNED: [&str; 8] = [
    "std::time::SystemTime::now",
    "std::time::Instant::now",
    "std::env::var",
    "std::fs::read",
    "std::fs::read_to_string",
    "std::fs::File::open",
    "std::process::Command::new",
    "std::thread::spawn",
];

/// Decisions are numbered once and without gaps, from 0001.
pub(super) fn decisions(files: &[File]) -> Vec<Finding> {
    let mut found = Vec::new();
    let names = files.iter().filter_map(|f| f.path.strip_prefix("docs/adr/"));
    let mut numbers = Vec::new();
    for name in names.filter(|name| *name != "README.md") {
        match name.split_once('-').map(|(number, _)| number.parse::<usize>()) {
            Some(Ok(number)) if extension(name) == "md" && name.find('-') == Some(4) => {
                numbers.push(number);
            }
            _ => found.push(Finding::new(format!("docs/adr/{name}"), "is not named 0001-title.md")),
        }
    }
    numbers.sort_unstable();
    for (wanted, number) in (1..).zip(numbers) {
        if wanted != number {
            let what = format!("expected number {wanted:04} and found {number:04}");
            found.push(Finding::new("docs/adr", what));
            break;
        }
    }
    found
}

/// The pure crates ban clock, environment, files, processes and threads.
pub(super) fn purity(files: &[File]) -> Vec<Finding> {
    let mut found = Vec::new();
    for name in ["reading", "neural", "engine"] {
        let path = format!("crates/{name}/clippy.toml");
        let text = files.iter().find(|f| f.path == path).map_or("", |f| &f.text);
        for banned in BANNED {
            if !text.contains(&format!("{{ path = \"{banned}\"")) {
                found.push(Finding::new(&path, format!("does not ban `{banned}`")));
            }
        }
        let library = format!("crates/{name}/src/lib.rs");
        let source = files.iter().find(|f| f.path == library).map_or("", |f| &f.text);
        if !source.contains("#![forbid(unsafe_code)]") {
            found.push(Finding::new(library, "does not forbid unsafe code"));
        }
    }
    found
}

/// Building stays short.
pub(super) fn lock_size(files: &[File]) -> Vec<Finding> {
    let lock = files.iter().find(|f| f.path == "Cargo.lock").map_or("", |f| &f.text);
    let n = lock.lines().filter(|line| *line == "[[package]]").count();
    if n <= MOST_PACKAGES {
        return Vec::new();
    }
    let what =
        format!("{n} packages, {MOST_PACKAGES} are the most: do without, or raise the limit");
    vec![Finding::new("Cargo.lock", what)]
}

/// The list of licences, if there is one, says what is built.
pub(super) fn third_party_is_current(files: &[File], metadata: &Metadata) -> Vec<Finding> {
    let Some(file) = files.iter().find(|f| f.path == THIRD_PARTY) else { return Vec::new() };
    let lock = files.iter().find(|f| f.path == "web/package-lock.json").map_or("", |f| &f.text);
    let wanted = third_party(metadata) + &npm(lock);
    // On another platform some packages differ; what is built here must be in the list.
    let missing = wanted.lines().find(|line| !file.text.lines().any(|l| l == *line));
    missing
        .map(|line| {
            let what = format!("lacks the line \"{line}\": run `cargo xtask licences`");
            Finding::new(THIRD_PARTY, what)
        })
        .into_iter()
        .collect()
}

/// A table of all packages of others with their licences.
pub(super) fn third_party(metadata: &Metadata) -> String {
    let mut text = String::from(
        "# Packages of others\n\nWritten by `cargo xtask licences`.\n\n| package | version | licence |\n|---|---|---|\n",
    );
    let mut theirs: Vec<_> = metadata.packages.iter().filter(|p| p.source.is_some()).collect();
    theirs.sort();
    for package in theirs {
        let licence = package.license.as_deref().unwrap_or("none stated");
        let row = writeln!(text, "| {} | {} | {licence} |", package.name, package.version);
        row.expect("writing to a string does not fail");
    }
    text
}

/// The packages of npm that are built, whose licences the lock file names.
pub(super) fn npm(lock: &str) -> String {
    #[derive(serde::Deserialize)]
    struct Lock {
        packages: std::collections::BTreeMap<String, Package>,
    }
    #[derive(serde::Deserialize)]
    struct Package {
        version: Option<String>,
        license: Option<String>,
        #[serde(default)]
        dev: bool,
    }
    let Ok(lock) = serde_json::from_str::<Lock>(lock) else { return String::new() };
    let mut text = String::from(
        "\n## In the script layer\n\nFrom `web/package-lock.json`: what is in the bundle.\n\n\
         | package | version | licence |\n|---|---|---|\n",
    );
    for (path, package) in lock.packages {
        let Some((_, name)) = path.rsplit_once("node_modules/") else { continue };
        if package.dev || name.starts_with("@types/") {
            continue;
        }
        let licence = package.license.as_deref().unwrap_or("none stated");
        let version = package.version.as_deref().unwrap_or_default();
        let row = writeln!(text, "| {name} | {version} | {licence} |");
        row.expect("writing to a string does not fail");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::made_up;
    use super::*;

    #[test]
    fn decisions_have_each_a_number() {
        let paths = |names: &[&str]| {
            let files: Vec<(String, &str)> =
                names.iter().map(|n| (format!("docs/adr/{n}"), "")).collect();
            let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (&**p, *t)).collect();
            decisions(&made_up(&files)).len()
        };
        assert_eq!(paths(&["0001-a.md", "0002-b.md", "README.md"]), 0);
        assert_eq!(paths(&["0001-a.md", "0001-b.md"]), 1);
        assert_eq!(paths(&["0001-a.md", "0003-b.md"]), 1);
        assert_eq!(paths(&["1-a.md", "notes.md"]), 2);
    }

    #[test]
    fn a_pure_crate_bans_the_clock() {
        let bans = BANNED.map(|banned| format!("{{ path = \"{banned}\" }}")).join("\n");
        let library = "#![forbid(unsafe_code)]";
        let files = |engine: &str| {
            purity(&made_up(&[
                ("crates/reading/clippy.toml", &bans),
                ("crates/neural/clippy.toml", &bans),
                ("crates/engine/clippy.toml", engine),
                ("crates/reading/src/lib.rs", library),
                ("crates/neural/src/lib.rs", library),
                ("crates/engine/src/lib.rs", library),
            ]))
        };
        assert!(files(&bans).is_empty());
        let found = files(&bans.replace("Instant", "Other"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].at, "crates/engine/clippy.toml");
    }

    #[test]
    fn too_many_packages_are_found() {
        let lock = |n| lock_size(&made_up(&[("Cargo.lock", &"[[package]]\n".repeat(n))])).len();
        assert_eq!((lock(MOST_PACKAGES), lock(MOST_PACKAGES + 1)), (0, 1));
    }

    #[test]
    fn a_list_of_licences_that_lacks_a_package_is_found() {
        let metadata: Metadata = serde_json::from_value(serde_json::json!({
            "target_directory": "target", "resolve": {"nodes": []}, "packages": [
                {"name": "ours", "version": "0.1.0", "id": "o", "license": "MIT", "source": null},
                {"name": "theirs", "version": "1.2.3", "id": "t", "license": "ISC", "source": "r"}]
        }))
        .unwrap();
        let current = third_party(&metadata);
        assert!(current.ends_with("| theirs | 1.2.3 | ISC |\n"));
        let check =
            |text: &str| third_party_is_current(&made_up(&[(THIRD_PARTY, text)]), &metadata);
        assert!(check(&current).is_empty());
        assert_eq!(check(&current.replace("1.2.3", "1.2.2")).len(), 1);
        assert!(third_party_is_current(&[], &metadata).is_empty());
    }
}
