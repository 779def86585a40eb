//! `cargo xtask web`: builds the script layer into `web/dist`, which the program embeds.
//!
//! The packages come from npm as the lock file pins them, with no script of theirs run at
//! installation. What is newer than its sources is not built again, since a new bundle means a new
//! program. Other commands call this where node is there and say plainly where it is not.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::SystemTime;

use anyhow::{Context, bail};

/// What the bundle is made of, in `web`.
const SOURCES: [&str; 6] =
    ["src", "make", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json"];

/// The oldest node that Vite runs on.
const LEAST_NODE: [u32; 2] = [20, 19];

/// Builds, or says what is missing. False when the build failed.
pub(crate) fn run() -> anyhow::Result<bool> {
    if let Err(why) = node() {
        bail!("{why}: install it from https://nodejs.org or your distribution");
    }
    if !install()? {
        bail!("the packages of web/package-lock.json could not be installed");
    }
    build()
}

/// Builds where node and the packages are to be had; says so where they are not. False when the
/// build failed.
pub(crate) fn run_where_possible() -> anyhow::Result<bool> {
    let why = match node() {
        Err(why) => why,
        Ok(()) if !install()? => "its packages could not be installed".to_owned(),
        Ok(()) => return build(),
    };
    writeln!(std::io::stdout(), "── the script layer is left out: {why}")?;
    Ok(true)
}

/// Whether what was built is of the present sources.
pub(crate) fn is_current() -> bool {
    let web = crate::root().join("web");
    is_newer(&web.join("dist/site"), &SOURCES.map(|name| web.join(name)))
}

/// Whether there is a node that is new enough, or why not.
pub(crate) fn node() -> Result<(), String> {
    let said = Command::new("node").arg("--version").output().map_err(|_| "no node here")?;
    let said = String::from_utf8_lossy(&said.stdout).trim().to_owned();
    let mut parts = said.trim_start_matches('v').split('.').map_while(|part| part.parse().ok());
    let version = [parts.next().unwrap_or(0), parts.next().unwrap_or(0)];
    let [major, minor] = LEAST_NODE;
    if version < LEAST_NODE {
        return Err(format!("node {said} is older than {major}.{minor}"));
    }
    npm("--version").stdout(Stdio::null()).status().map_err(|_| "no npm here")?;
    Ok(())
}

/// Installs what the lock file pins, if that is not there yet. False when it cannot be had.
fn install() -> anyhow::Result<bool> {
    let web = crate::root().join("web");
    let installed = web.join("node_modules/.package-lock.json");
    if is_newer(&installed, &[web.join("package-lock.json")]) {
        return Ok(true);
    }
    writeln!(std::io::stdout(), "── installing the packages of web")?;
    let install = npm("ci --no-audit --no-fund --ignore-scripts --loglevel=error").status();
    Ok(install.context("cannot start npm")?.success())
}

fn build() -> anyhow::Result<bool> {
    if is_current() {
        return Ok(true);
    }
    writeln!(std::io::stdout(), "── building the script layer in web")?;
    Ok(npm("run --silent build").status().context("cannot start npm")?.success())
}

/// npm with these arguments, at work in `web`.
fn npm(arguments: &str) -> Command {
    let mut command = Command::new("npm");
    command.args(arguments.split(' ')).current_dir(crate::root().join("web"));
    command.stdin(Stdio::null());
    command
}

/// Whether `made` is there and newer than all of `sources`.
fn is_newer(made: &Path, sources: &[impl AsRef<Path>]) -> bool {
    let Some(made) = changed(made) else { return false };
    sources.iter().filter_map(|source| changed(source.as_ref())).all(|source| source <= made)
}

/// When the file changed last, or the youngest file of the folder.
fn changed(path: &Path) -> Option<SystemTime> {
    let own = path.metadata().ok()?;
    if !own.is_dir() {
        return own.modified().ok();
    }
    let entries = std::fs::read_dir(path).ok()?.filter_map(Result::ok);
    entries.filter_map(|entry| changed(&entry.path())).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_not_newer() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(!is_newer(&here.join("nothing"), &[here.join("Cargo.toml")]));
        assert!(is_newer(&here.join("Cargo.toml"), &[here.join("nothing")]));
        assert!(is_newer(&here.join("src"), &[here.join("src/web.rs")]));
    }
}
