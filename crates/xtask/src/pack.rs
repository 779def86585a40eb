//! `cargo xtask pack`: the reviewable texts in `data` → the packs that the program embeds.
//!
//! The same sources give the same bytes; a test holds that the committed packs are those that the
//! committed sources give.

use std::path::Path;

use anyhow::{Context, ensure};
use engine::knowledge::{self, Packs};
use engine::pack;
use engine::sources::{FOLDERS, Sources};

use crate::manifest::{self, MANIFEST};

/// The packs, relative to the root.
const PACKS: Packs<&str> = Packs { names: "data/names.pack", places: "data/places.pack" };

/// Makes the packs, and brings the manifest up to date.
pub(crate) fn run(root: &Path) -> anyhow::Result<bool> {
    let packs = build(root)?;
    for (name, made) in [(PACKS.names, packs.names), (PACKS.places, packs.places)] {
        // The same pack may be squeezed to other bytes elsewhere: it is written if it changed.
        let same =
            std::fs::read(root.join(name)).is_ok_and(|old| pack::unpack(&old) == Ok(made.clone()));
        if !same {
            write(root, name, &pack::squeeze(&made)?)?;
        }
    }
    write(root, MANIFEST, manifest::current(root)?.as_bytes())?;
    Ok(true)
}

fn write(root: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(root.join(name), bytes).with_context(|| format!("cannot write \"{name}\""))
}

/// The sources under `root`.
fn sources(root: &Path) -> anyhow::Result<Sources> {
    Sources::gather(|name| {
        let path = root.join("data").join(name);
        let of_a_country = FOLDERS.iter().any(|&folder| Path::new(name).starts_with(folder));
        if of_a_country && !path.exists() {
            return Ok(String::new());
        }
        std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read \"{}\"", path.display()))
    })
}

/// The packs that the sources under `root` give.
fn build(root: &Path) -> anyhow::Result<Packs<Vec<u8>>> {
    let sources = sources(root)?;
    let (packs, bad) = knowledge::pack(&sources);
    let lines: Vec<String> = bad.iter().take(20).map(ToString::to_string).collect();
    ensure!(lines.is_empty(), "{} bad lines, the first:\n{}", bad.len(), lines.join("\n"));
    Ok(packs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_have_no_bad_line() {
        let bad = engine::check::check(&sources(&crate::root()).unwrap());
        let lines: Vec<String> = bad.iter().take(20).map(ToString::to_string).collect();
        assert!(lines.is_empty(), "{} bad lines, the first:\n{}", bad.len(), lines.join("\n"));
    }

    #[test]
    fn the_committed_packs_are_those_of_the_sources() {
        let made = build(&crate::root()).unwrap();
        for (name, made) in [(PACKS.names, made.names), (PACKS.places, made.places)] {
            let committed = std::fs::read(crate::root().join(name)).unwrap();
            assert!(
                pack::unpack(&committed) == Ok(made),
                "\"{name}\" is old: run `cargo xtask pack`"
            );
        }
    }
}
