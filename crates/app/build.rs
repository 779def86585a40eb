//! Embeds the script layer, if `cargo xtask web` has built it.
//!
//! The bundle holds code of others and is not committed, so a build without node must go without:
//! the table is then empty, and the pages are what the server makes of them. The folder itself is
//! committed, since cargo takes a missing path for one that always changes.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut files = Vec::new();
    if let Ok(entries) = fs::read_dir(dist.join("site")) {
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            if let Some(name) = name.and_then(|name| name.strip_suffix(".gz")) {
                let path = path.canonicalize()?;
                let path = path.to_str().ok_or_else(|| io::Error::other("a path is not UTF-8"))?;
                files.push((name.to_owned(), path.to_owned()));
            }
        }
    }
    files.sort();
    let mut table = String::from("&[");
    for (name, path) in &files {
        // Writing to a string cannot fail.
        let _ = write!(table, "({name:?}, include_bytes!({path:?})),");
    }
    table.push(']');
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo names no OUT_DIR"))?;
    fs::write(Path::new(&out).join("web.rs"), table)
}
