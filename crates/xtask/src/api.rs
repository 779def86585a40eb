//! `cargo xtask api`: Schemathesis asks the API whatever its description allows, and some of what it
//! forbids, over the record of the demo corpus.
//!
//! It finds server errors, answers that the description does not have, and wrong questions that are
//! taken. It does not hold that every question of the right form is answered: whether words are a
//! query, and whether a report that a judgement names exists, is more than a schema can say.
//! Schemathesis comes from `PyPI` in the version below, into a folder of `target`.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};
use clap::Args;

use crate::demo;

/// What asks.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";
/// What is held.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
response_headers_conformance,response_schema_conformance,negative_data_rejection,\
unsupported_method";

/// Arguments of `cargo xtask api`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Ask so many questions of each sort
    #[arg(long, default_value_t = 50)]
    examples: u32,
    /// Draw the questions from this seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Asks. False when an answer is not as it is described.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    let mut out = std::io::stdout();
    let target = crate::tidy::metadata()?.target_directory;
    let tool = installed(&target.join("schemathesis"))?;
    writeln!(out, "── building tocsin and the record of the demo corpus")?;
    if !crate::cargo().args(["build", "--quiet", "--package", "app"]).status()?.success() {
        return Ok(false);
    }
    let program = target.join("debug").join(format!("tocsin{}", std::env::consts::EXE_SUFFIX));
    let ledger = target.join("api.ledger");
    demo::remove(&ledger)?;
    demo::record(&program, &ledger, false)?;
    let server = Server::start(&program, &ledger)?;
    writeln!(out, "── {SCHEMATHESIS} against {}", server.address)?;
    let asked = Command::new(tool)
        .arg("run")
        .arg(format!("{}api/v1/openapi.json", server.address))
        // News never end.
        .args(["--exclude-path", "/stream", "--checks", CHECKS])
        .args(["--max-examples", &arguments.examples.to_string()])
        .args(["--seed", &arguments.seed.to_string(), "--request-timeout", "60"])
        .current_dir(&target)
        .status()
        .context("could not start schemathesis")?;
    Ok(asked.success())
}

/// The tool, in a folder of its own.
fn installed(folder: &Path) -> anyhow::Result<std::path::PathBuf> {
    let tool = folder.join("bin/schemathesis");
    let stamp = folder.join("version");
    if std::fs::read_to_string(&stamp).is_ok_and(|version| version == SCHEMATHESIS) {
        return Ok(tool);
    }
    let made = Command::new("python3").args(["-m", "venv"]).arg(folder).status();
    if !made.context("python3 is needed")?.success() {
        bail!("no folder for Python packages could be made");
    }
    let pip = folder.join("bin/pip");
    if !Command::new(pip).args(["install", "--quiet", SCHEMATHESIS]).status()?.success() {
        bail!("{SCHEMATHESIS} could not be installed");
    }
    std::fs::write(stamp, SCHEMATHESIS)?;
    Ok(tool)
}

/// The program, serving.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(program: &Path, ledger: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .args(["serve", "--address", "127.0.0.1:0", "--ledger"])
            .arg(ledger)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        if let Some(told) = child.stdout.take() {
            BufReader::new(told).read_line(&mut line)?;
        }
        let address = line.split_whitespace().last().unwrap_or_default().to_owned();
        if !address.starts_with("http") {
            bail!("the server did not start");
        }
        Ok(Self { child, address })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
