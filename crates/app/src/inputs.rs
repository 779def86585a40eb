//! What the user names on the command line → streams of captures.

use std::fs::File;
use std::io::{BufReader, stdin};
use std::path::{Path, PathBuf};

use clap::Args;
use reading::{Capture, Captures, Fields, Format, Limits, Options, Problem};

use crate::failure::hint;
use crate::measure::Measure;

/// The inputs of `read`, `code` and `ingest`.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Files, folders or globs; `-` for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// What the inputs are: html, text, json, csv, tsv, feed or warc [default: told from the bytes]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Which fields of a record hold what: text=FIELD,title=FIELD with text, html, title, url,
    /// published, authors, outlet or language on the left [default: guessed]
    #[arg(long, value_name = "MAP", default_value = "", hide_default_value = true)]
    map: Fields,
}

impl Inputs {
    /// All captures of all inputs, in order; what cannot be read is a problem in the stream. What
    /// was opened, and how many bytes of it were read, is counted on the way.
    pub(crate) fn captures(
        &self,
        measure: &Measure,
    ) -> impl Iterator<Item = Result<Capture, Problem>> + Send + use<> {
        let options =
            Options { limits: Limits::NEWS, format: self.format, fields: self.map.clone() };
        captures(self.inputs.clone(), options, measure)
    }

    /// How many bytes the files have, unless one of the inputs is no file that has an end.
    pub(crate) fn size_bytes(&self) -> Option<u64> {
        let size = |source: Result<Source, Problem>| match source {
            Ok(Source::File(path)) => {
                path.metadata().ok().filter(std::fs::Metadata::is_file).map(|file| file.len())
            }
            Ok(Source::StandardInput) => None,
            // What cannot be opened is soon said, and takes no time.
            Err(_) => Some(0),
        };
        self.inputs.iter().flat_map(|input| sources(input)).map(size).sum()
    }
}

/// All captures of the inputs that are named, as [`Inputs::captures`] gives them.
pub(crate) fn captures(
    inputs: Vec<String>,
    options: Options,
    measure: &Measure,
) -> impl Iterator<Item = Result<Capture, Problem>> + Send + use<> {
    let measure = measure.clone();
    let sources = inputs.into_iter().flat_map(|input| sources(&input));
    sources.flat_map(move |source| match source {
        Ok(source) => source.captures(options.clone(), &measure),
        Err(problem) => Box::new(std::iter::once(Err(problem))),
    })
}

/// An error if a run that has ended could open none of its inputs; the problems say why.
pub(crate) fn some_opened(measure: &Measure) -> anyhow::Result<()> {
    if measure.n_opened() > 0 {
        return Ok(());
    }
    let error = anyhow::anyhow!("no input could be opened");
    Err(hint(error, "name files, folders or globs that exist, or - for standard input"))
}

/// One thing to open.
#[derive(Debug, PartialEq, Eq)]
enum Source {
    StandardInput,
    File(PathBuf),
}

impl Source {
    fn captures(self, options: Options, measure: &Measure) -> Captures {
        match self {
            Self::StandardInput => {
                let input = BufReader::new(measure.counted(stdin()));
                reading::captures(Box::new(input), "-", options)
            }
            Self::File(path) => {
                let name = path.display().to_string();
                match File::open(&path) {
                    Ok(file) => {
                        let file = BufReader::new(measure.counted(file));
                        reading::captures(Box::new(file), &name, options)
                    }
                    Err(error) => Box::new(std::iter::once(Err(cannot_open(&name, &error)))),
                }
            }
        }
    }
}

/// The files that one argument names: itself, all below it, or all that match it, sorted.
fn sources(input: &str) -> Vec<Result<Source, Problem>> {
    if input == "-" {
        return vec![Ok(Source::StandardInput)];
    }
    let path = Path::new(input);
    if path.is_dir() {
        let mut found = Vec::new();
        walk(path, &mut found);
        if found.is_empty() {
            found.push(Err(problem(input, "the folder holds no files".to_owned())));
        }
        return found;
    }
    if path.exists() || !input.contains(['*', '?', '[']) {
        return vec![Ok(Source::File(path.to_owned()))];
    }
    let paths = match glob::glob(input) {
        Ok(paths) => paths,
        Err(error) => return vec![Err(problem(input, format!("it is no pattern: {error}")))],
    };
    let mut found = Vec::new();
    for path in paths {
        match path {
            Ok(path) if path.is_dir() => walk(&path, &mut found),
            Ok(path) => found.push(Ok(Source::File(path))),
            Err(error) => found.push(Err(problem(input, error.to_string()))),
        }
    }
    if found.is_empty() {
        found.push(Err(problem(input, "no file matches the pattern".to_owned())));
    }
    found
}

/// All files below `folder`, sorted; hidden ones are left out, links to folders are not followed.
fn walk(folder: &Path, found: &mut Vec<Result<Source, Problem>>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            found.push(Err(cannot_open(&folder.display().to_string(), &error)));
            return;
        }
    };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if hidden {
            continue;
        }
        if is_folder {
            walk(&entry.path(), found);
            continue;
        }
        match entry.path().metadata() {
            Ok(file) if file.is_file() => found.push(Ok(Source::File(entry.path()))),
            // Links to folders, pipes, sockets.
            Ok(_) => {}
            Err(error) => found.push(Err(cannot_open(&entry.path().display().to_string(), &error))),
        }
    }
}

fn cannot_open(name: &str, error: &std::io::Error) -> Problem {
    let what = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file; check the name".to_owned(),
        std::io::ErrorKind::PermissionDenied => {
            "it may not be read; check its permissions".to_owned()
        }
        _ => format!("it cannot be opened: {error}"),
    };
    problem(name, what)
}

fn problem(input: &str, what: String) -> Problem {
    Problem { input: input.to_owned(), what }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(input: &str) -> Vec<String> {
        sources(input)
            .into_iter()
            .map(|source| match source {
                Ok(Source::File(path)) => {
                    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
                }
                Ok(Source::StandardInput) => "-".to_owned(),
                Err(problem) => problem.what,
            })
            .collect()
    }

    #[test]
    fn folders_and_globs_are_sorted() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("b")).expect("a folder");
        for name in ["c.txt", "a.txt", "b/d.txt", ".hidden"] {
            std::fs::write(folder.path().join(name), "text").expect("a file");
        }
        let root = folder.path().display().to_string();
        assert_eq!(names(&root), ["a.txt", "d.txt", "c.txt"]);
        assert_eq!(names(&format!("{root}/*.txt")), ["a.txt", "c.txt"]);
        assert_eq!(names(&format!("{root}/*.csv")), ["no file matches the pattern"]);
    }
}
