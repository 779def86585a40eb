//! `data/MANIFEST.toml`: the rows, bytes and digests of sources and packs, kept in step with the files.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use sha2::{Digest, Sha256};

/// The manifest, relative to the root.
pub(crate) const MANIFEST: &str = "data/MANIFEST.toml";

/// The manifest under `root` with the rows and digests of the files as they are.
///
/// The text stays as a person wrote it, but for those two lines of each source and pack.
pub(crate) fn current(root: &Path) -> anyhow::Result<String> {
    let path = root.join(MANIFEST);
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("cannot read \"{MANIFEST}\""))?;
    let mut out = String::new();
    for block in text.split_inclusive("\n\n") {
        let kept: Vec<&str> = block
            .trim_end()
            .lines()
            .filter(|line| !["rows =", "bytes =", "sha256 ="].iter().any(|k| line.starts_with(k)))
            .collect();
        let source = kept.iter().find_map(|line| line.strip_prefix("path = \"")?.strip_suffix('"'));
        let _ = writeln!(out, "{}", kept.join("\n"));
        if let Some(source) = source {
            let files = contents(&root.join(source))
                .with_context(|| format!("cannot read \"{source}\""))?;
            let pack = block.contains("[[pack]]");
            let count = |file: &Vec<u8>| if pack { file.len() } else { rows(file) };
            let what = if pack { "bytes" } else { "rows" };
            let _ = writeln!(out, "{what} = {}", files.iter().map(count).sum::<usize>());
            let digest = files.iter().fold(Sha256::new(), Digest::chain_update).finalize();
            let _ = writeln!(out, "sha256 = \"{digest:x}\"");
        }
        out.push('\n');
    }
    Ok(out.trim_end().to_owned() + "\n")
}

/// A file, or the files of a folder in the order of their names.
fn contents(path: &Path) -> std::io::Result<Vec<Vec<u8>>> {
    if !path.is_dir() {
        return Ok(vec![std::fs::read(path)?]);
    }
    let mut paths = std::fs::read_dir(path)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    paths.iter().map(std::fs::read).collect()
}

/// Lines that are neither empty nor comments, the header of a table apart.
fn rows(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let table = text.contains('\t');
    lines.count().saturating_sub(usize::from(table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_manifest_is_that_of_the_files() {
        let root = crate::root();
        let committed = std::fs::read_to_string(root.join(MANIFEST)).unwrap();
        assert_eq!(committed, current(&root).unwrap(), "run `cargo xtask pack`");
    }

    #[test]
    fn comments_and_headers_are_no_rows() {
        assert_eq!(rows(b"# about\nname\tsort\na\tb\nc\td\n"), 2);
        assert_eq!(rows(b"# never\nman\nof\n"), 2);
    }
}
