//! `cargo xtask browser`: the pages in a real browser, over the record of the demo corpus.
//!
//! The tests are in `web/tests`: a real Chromium, no network. Where node or Chromium is missing
//! they are left out, and that is said.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail};
use clap::Args;

use crate::{demo, web};

/// Arguments of `cargo xtask browser`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Also write the pictures of docs/pages
    #[arg(long)]
    pictures: bool,
    /// Run only the tests whose names have this in them
    #[arg(long)]
    only: Option<String>,
}

/// Runs the tests, or says what is missing. False when one failed.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    match missing() {
        Some(why) => bail!("{why}: the browser tests need node and Chromium"),
        None => test(arguments),
    }
}

/// Runs the tests where that is possible; says so where it is not. False when one failed.
pub(crate) fn run_where_possible() -> anyhow::Result<bool> {
    // The build came before, and has said why if it could not be.
    let why = missing()
        .or_else(|| (!web::is_current()).then(|| "the script layer is not built".to_owned()));
    if let Some(why) = why {
        writeln!(std::io::stdout(), "── the browser tests are left out: {why}")?;
        return Ok(true);
    }
    test(&Arguments { pictures: false, only: None })
}

fn missing() -> Option<String> {
    match (web::node(), chromium()) {
        (Err(why), _) => Some(why),
        (_, None) => Some("no Chromium here; CHROMIUM may name one".to_owned()),
        _ => None,
    }
}

/// The Chromium that CHROMIUM names, or that is on the path.
fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let mut all =
        std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    all.find(|program| program.is_file())
}

fn test(arguments: &Arguments) -> anyhow::Result<bool> {
    let mut out = std::io::stdout();
    if !web::run()? {
        return Ok(false);
    }
    writeln!(out, "── building tocsin and the record of the demo corpus")?;
    if !crate::cargo().args(["build", "--quiet", "--package", "app"]).status()?.success() {
        return Ok(false);
    }
    let target = crate::tidy::metadata()?.target_directory;
    let program = target.join("debug").join(format!("tocsin{}", std::env::consts::EXE_SUFFIX));
    let ledger = target.join("browser.ledger");
    demo::remove(&ledger)?;
    demo::remove(&target.join("browser.ledger.copy"))?;
    demo::record(&program, &ledger, false)?;
    writeln!(out, "── the pages in a browser")?;
    let mut tests = Command::new("node");
    tests.arg("tests/all.mjs").current_dir(crate::root().join("web"));
    tests.env("TOCSIN", &program).env("LEDGER", &ledger);
    tests.env("CHROMIUM", chromium().unwrap_or_default());
    if arguments.pictures {
        tests.env("PICTURES", crate::root().join("docs/pages"));
    }
    if let Some(only) = &arguments.only {
        tests.env("ONLY", only);
    }
    Ok(tests.status().context("cannot start node")?.success())
}
