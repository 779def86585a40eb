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
                files.push((name.to_owned(), path.clone()));
            }
        }
    }
    files.sort();
    let mut table = String::from("&[");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo names no OUT_DIR"))?;
    let out = Path::new(&out);
    for (name, path) in &files {
        // A copy: the bundle may be built anew while the program is compiled.
        fs::copy(path, out.join(name))?;
        // Writing to a string cannot fail.
        let _ = write!(table, "({name:?}, include_bytes!({name:?})),");
    }
    table.push(']');
    fs::write(out.join("web.rs"), table)
}
