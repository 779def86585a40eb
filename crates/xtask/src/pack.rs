//! `cargo xtask pack`: the reviewable place tables → the pack that the program embeds.
//!
//! The same sources give the same bytes; a test holds that the committed pack is the one that the
//! committed sources give.

use std::path::Path;

use anyhow::{Context, ensure};
use engine::geography::Geography;
use engine::knowledge::EMBEDDED;
use engine::lexicon::Builder;
use engine::place::{self, Sources};

use crate::manifest::{self, MANIFEST};

/// The pack, relative to the root.
const PACK: &str = "data/places.pack";

/// Makes the pack, and brings the manifest up to date.
pub(crate) fn run(root: &Path) -> anyhow::Result<bool> {
    let pack = build(root)?;
    std::fs::write(root.join(PACK), &pack).with_context(|| format!("cannot write \"{PACK}\""))?;
    let manifest = manifest::current(root)?;
    std::fs::write(root.join(MANIFEST), manifest)
        .with_context(|| format!("cannot write \"{MANIFEST}\""))?;
    Ok(true)
}

/// The pack that the sources under `root` give.
fn build(root: &Path) -> anyhow::Result<Vec<u8>> {
    let read = |name: &str| {
        let path = root.join("data").join(name);
        std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read \"{}\"", path.display()))
    };
    let mut bad = Vec::new();
    let geography = Geography::load(&EMBEDDED.geography, &mut Builder::default(), &mut bad);
    let (places, stoplist) = (read("places.tsv")?, read("stoplist-places.txt")?);
    let sources = Sources { places: &places, stoplist: &stoplist };
    let pack = place::build(&sources, |country, code| geography.area(country, code), &mut bad);
    let lines: Vec<String> = bad.iter().take(20).map(ToString::to_string).collect();
    ensure!(lines.is_empty(), "{} bad lines, the first:\n{}", bad.len(), lines.join("\n"));
    Ok(pack)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_pack_is_that_of_the_sources() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let committed = std::fs::read(root.join(PACK)).unwrap();
        assert!(committed == build(&root).unwrap(), "run `cargo xtask pack`");
    }
}
