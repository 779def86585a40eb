//! `cargo xtask tidy`: the rules of the house that no compiler knows.
//!
//! Each rule is a small pure function from files, or from what cargo knows about packages, to
//! findings. The same rules run as a test, so there is no tool to install and none to forget.

mod packages;
mod prose;
mod records;
mod sources;

use std::fmt;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

pub(crate) use packages::Metadata;

/// A text file of the repository.
#[derive(Debug)]
pub(crate) struct File {
    /// From the root of the workspace, with `/` between the parts.
    pub path: String,
    /// Its contents.
    pub text: String,
}

impl File {
    /// What follows the last point of the name.
    fn extension(&self) -> &str {
        extension(&self.path)
    }
}

/// A rule that is broken, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The file, with the line where there is one.
    pub at: String,
    /// What is wrong and what to do.
    pub what: String,
}

impl Finding {
    fn new(at: impl Into<String>, what: impl Into<String>) -> Self {
        Self { at: at.into(), what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

/// Prints every broken rule. False when there is one.
pub(crate) fn run() -> anyhow::Result<bool> {
    let findings = findings()?;
    let mut out = std::io::stdout().lock();
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    writeln!(out, "tidy: {} findings", findings.len())?;
    Ok(findings.is_empty())
}

/// Writes the list of packages and licences.
pub(crate) fn write_licences() -> anyhow::Result<bool> {
    let path = crate::root().join(records::THIRD_PARTY);
    let lock = std::fs::read_to_string(crate::root().join("web/package-lock.json"))
        .context("cannot read the lock file of the script layer")?;
    std::fs::write(&path, records::third_party(&metadata()?) + &records::npm(&lock))
        .with_context(|| format!("cannot write \"{}\"", path.display()))?;
    Ok(true)
}

/// What cargo knows about the packages that are built on this machine.
pub(crate) fn metadata() -> anyhow::Result<Metadata> {
    let host = host()?;
    let output = crate::cargo()
        .args(["metadata", "--format-version", "1", "--filter-platform", &host])
        .output()?;
    if !output.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    serde_json::from_slice(&output.stdout).context("cargo metadata gave unexpected JSON")
}

fn findings() -> anyhow::Result<Vec<Finding>> {
    let files = files(&crate::root())?;
    let metadata = metadata()?;
    let mut findings = Vec::new();
    for rule in
        [sources::header, sources::length, sources::median, sources::marks, sources::listed_tests]
    {
        findings.extend(rule(&files));
    }
    for rule in [prose::machine_paths, prose::spelling] {
        findings.extend(rule(&files));
    }
    for rule in [records::decisions, records::purity, records::lock_size] {
        findings.extend(rule(&files));
    }
    for rule in [packages::edges, packages::kept_out, packages::licences] {
        findings.extend(rule(&metadata));
    }
    findings.extend(records::third_party_is_current(&files, &metadata));
    Ok(findings)
}

/// The text files that git tracks or would track.
fn files(root: &Path) -> anyhow::Result<Vec<File>> {
    // CI may check out as one user and test as another, which git would refuse.
    let output = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z"])
        .args(["--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("could not start git: tidy needs it to know which files are ours")?;
    if !output.status.success() {
        bail!("git ls-files failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let names = String::from_utf8_lossy(&output.stdout);
    let paths = names.split('\0').filter(|name| !name.is_empty());
    Ok(paths
        .filter_map(|path| {
            let bytes = std::fs::read(root.join(path)).ok()?;
            let text = String::from_utf8(bytes).ok()?;
            (!text.contains('\0')).then(|| File { path: path.to_owned(), text })
        })
        .collect())
}

fn host() -> anyhow::Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("could not start rustc")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not say for which machine it builds")
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Files made up for the rules' own tests.
#[cfg(test)]
fn made_up(files: &[(&str, &str)]) -> Vec<File> {
    files.iter().map(|&(p, t)| File { path: p.to_owned(), text: t.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_is_tidy() -> anyhow::Result<()> {
        let found = super::findings()?;
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "\n{}", lines.join("\n"));
        Ok(())
    }
}
