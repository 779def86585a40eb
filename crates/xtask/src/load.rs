//! `cargo xtask load`: how long the server takes over the demo record enlarged, with 32 connections.
//!
//! No test: times depend on the machine. The ledger that it makes is kept in `target/load`, since a
//! million reports take long to make and gigabytes.

use std::io::Write;
use std::process::Command;

use clap::Args;

use crate::demo;

/// Arguments of `cargo xtask load`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Enlarge the record to so many reports
    #[arg(long, default_value_t = 1_000_000)]
    reports: u32,
}

/// Makes what is missing, and measures. False when the build failed.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    let mut out = std::io::stdout();
    writeln!(out, "── building tocsin")?;
    if !crate::cargo().args(["build", "--release", "--package", "app"]).status()?.success() {
        return Ok(false);
    }
    let target = crate::tidy::metadata()?.target_directory;
    let program = target.join("release").join(format!("tocsin{}", std::env::consts::EXE_SUFFIX));
    let folder = target.join("load").join(arguments.reports.to_string());
    std::fs::create_dir_all(&folder)?;
    let ledger = folder.join("demo.ledger");
    if !ledger.exists() {
        demo::record(&program, &ledger, true)?;
    }
    writeln!(out, "── enlarging and asking, in {}", folder.display())?;
    let mut measure = Command::new(&program);
    measure.args(["eval", "load", "--most", &arguments.reports.to_string(), "--data"]);
    Ok(measure.arg(&folder).status()?.success())
}
