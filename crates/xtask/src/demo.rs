//! `cargo xtask demo`: the whole line on our own corpus, and what to try next.
//!
//! It calls the program as a user would, so it shows exactly what a user gets.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use clap::Args;

/// Arguments of `cargo xtask demo`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Build without optimisation: quicker to build, slower to code
    #[arg(long)]
    dev: bool,
}

/// Builds, ingests, prints the record. False when the build failed or the program could not start.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    let mut out = std::io::stdout();
    if !crate::web::run_where_possible()? {
        return Ok(false);
    }
    writeln!(out, "── building tocsin")?;
    let mut build = crate::cargo();
    build.args(["build", "--package", "app"]);
    if !arguments.dev {
        build.arg("--release");
    }
    if !build.status()?.success() {
        return Ok(false);
    }
    let target = crate::tidy::metadata()?.target_directory;
    let folder = target.join(if arguments.dev { "debug" } else { "release" });
    let program = folder.join(format!("tocsin{}", std::env::consts::EXE_SUFFIX));
    let ledger = target.join("demo.ledger");
    remove(&ledger)?;

    writeln!(out, "── reading and coding corpora/demo into {}", ledger.display())?;
    let inputs = inputs(&crate::root().join("corpora/demo"))?;
    if !tocsin(&program, "ingest", &ledger, &inputs)? {
        return Ok(false);
    }
    writeln!(out, "── the record")?;
    if !tocsin(&program, "events", &ledger, &[])? {
        return Ok(false);
    }
    write!(out, "{}", next(&program, &ledger))?;
    Ok(true)
}

/// Removes the ledger of an earlier demo, with the files that the database keeps beside it.
pub(crate) fn remove(ledger: &Path) -> anyhow::Result<()> {
    for suffix in ["", "-wal", "-shm", "-lock"] {
        let mut name = ledger.as_os_str().to_owned();
        name.push(suffix);
        let path = PathBuf::from(name);
        if path.exists() {
            std::fs::remove_file(&path)
                .with_context(|| format!("cannot remove the old ledger \"{}\"", path.display()))?;
        }
    }
    Ok(())
}

/// Makes `ledger` of the corpus, quietly, for those who ask of it.
pub(crate) fn record(program: &Path, ledger: &Path, with_model: bool) -> anyhow::Result<()> {
    let mut ingest = Command::new(program);
    ingest.arg("ingest").args(inputs(&crate::root().join("corpora/demo"))?);
    ingest.arg("--ledger").arg(ledger);
    if !with_model {
        ingest.arg("--no-model");
    }
    let done = ingest.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    // 1 says that something in it could not be read, which is meant.
    if !matches!(done.code(), Some(0 | 1)) {
        bail!("the demo corpus could not be ingested");
    }
    Ok(())
}

/// What is in the corpus, without the gold that says what must be found in it.
fn inputs(corpus: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(corpus)
        .with_context(|| format!("no demo corpus at \"{}\"", corpus.display()))?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.file_name().and_then(|n| n.to_str()).is_some_and(is_news));
    paths.sort();
    if paths.is_empty() {
        bail!("the demo corpus at \"{}\" is empty", corpus.display());
    }
    Ok(paths)
}

fn is_news(name: &str) -> bool {
    !name.starts_with("gold") && !name.starts_with('.') && name != "README.md"
}

/// Runs one verb. Exit code 1 means that some inputs had nothing, which is no failure here.
fn tocsin(program: &Path, verb: &str, ledger: &Path, inputs: &[PathBuf]) -> anyhow::Result<bool> {
    let status = Command::new(program)
        .arg(verb)
        .args(inputs)
        .arg("--ledger")
        .arg(ledger)
        .status()
        .with_context(|| format!("could not start \"{}\"", program.display()))?;
    Ok(matches!(status.code(), Some(0 | 1)))
}

fn next(program: &Path, ledger: &Path) -> String {
    let (program, ledger) = (program.display(), ledger.display());
    format!(
        "── what to try next
  {program} events --ledger {ledger} --country RU
  {program} events --ledger {ledger} --killed-at-least 100 --json
  {program} show ID --ledger {ledger}
  {program} serve --ledger {ledger}      and open http://127.0.0.1:8420/ in a browser
  {program} code FILE
  {program} --help
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gold_is_not_news() {
        assert!(is_news("wire-asia.jsonl") && is_news("pages"));
        assert!(!is_news("gold-asia.jsonl") && !is_news("README.md") && !is_news(".keep"));
    }

    #[test]
    fn what_to_try_names_the_true_paths() {
        let text = next(Path::new("build/tocsin"), Path::new("build/demo.ledger"));
        assert!(text.contains("build/tocsin events --ledger build/demo.ledger"));
        assert!(text.contains("build/tocsin serve --ledger build/demo.ledger"));
    }
}
