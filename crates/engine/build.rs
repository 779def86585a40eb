//! Gives the build its id: a digest of the sources of reading, coding and the model, of its weights
//! and of the knowledge.
//!
//! A line of output can so be traced to the rules and the data that made it, and a ledger knows
//! which documents an older build coded.

#![expect(clippy::disallowed_methods, reason = "a build script reads the files that it is about")]

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let here = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let here = Path::new(&here);
    let mut digest = Fnv(0xcbf2_9ce4_8422_2325);
    let folders = ["src", "../reading/src", "../neural/src", "../neural/weights", "../../data"];
    for folder in folders.map(|folder| here.join(folder)) {
        println!("cargo::rerun-if-changed={}", folder.display());
        add(&folder, &mut digest)?;
    }
    println!(
        "cargo::rustc-env=TOCSIN_BUILD=tocsin-{}+{:016x}",
        env!("CARGO_PKG_VERSION"),
        digest.0
    );
    Ok(())
}

/// Adds the files of a folder, in the order of their names.
fn add(folder: &Path, digest: &mut Fnv) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        if entry.file_type()?.is_dir() && name == "make" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            add(&entry.path(), digest)?;
        } else {
            let bytes = fs::read(entry.path())?;
            digest.add(name.as_encoded_bytes());
            digest.add(&(bytes.len() as u64).to_le_bytes());
            digest.add(&bytes);
        }
    }
    Ok(())
}

/// FNV-1a, 64 bits: tells builds apart, nothing more.
struct Fnv(u64);

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
