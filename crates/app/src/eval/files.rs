//! Gold and documents from files: unpacked, named and digested.

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use engine::eval::BadGold;
use flate2::read::MultiGzDecoder;
use reading::{Document, Limits};
use sha2::{Digest, Sha256};

use crate::failure::hint;

/// What the gold was, for every output.
#[derive(Clone, Debug)]
pub(crate) struct Gold {
    /// The file's or folder's name.
    pub(crate) name: String,
    /// SHA-256 over the files as they are on disk, in hex.
    pub(crate) digest: String,
}

/// One gold file, unpacked.
pub(super) struct GoldFile {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// Reads gold files in the order given. Several are named by `data`, one by itself.
pub(super) fn gold(data: &Path, paths: &[PathBuf]) -> anyhow::Result<(Gold, Vec<GoldFile>)> {
    let mut hasher = Sha256::new();
    let mut files = Vec::new();
    for path in paths {
        let bytes = fs::read(path).with_context(|| cannot_read(path))?;
        hasher.update(&bytes);
        let bytes = unpack(bytes).with_context(|| cannot_read(path))?;
        let text = String::from_utf8(bytes)
            .with_context(|| format!("\"{}\" is not UTF-8", path.display()))?;
        files.push(GoldFile { path: path.clone(), text });
    }
    let named = if let [one] = paths { one } else { data };
    Ok((Gold { name: name(named), digest: hex(hasher) }, files))
}

/// The last part of a path.
pub(super) fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The digest as text.
pub(super) fn hex(hasher: Sha256) -> String {
    hasher.finalize().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// Decompresses gzip; anything else stays as it is.
pub(super) fn unpack(bytes: Vec<u8>) -> std::io::Result<Vec<u8>> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

/// The files of a folder whose names `wanted` accepts, sorted.
pub(super) fn list(folder: &Path, wanted: impl Fn(&str) -> bool) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| cannot_read(folder))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| cannot_read(folder))?.path();
        if path.is_file() && wanted(&name(&path)) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Whether a file's name ends so.
pub(super) fn ends(name: &str, end: &str) -> bool {
    name.ends_with(end)
}

/// The only file of a folder that is wanted; the file itself if `data` is one.
pub(super) fn one(
    data: &Path,
    what: &str,
    wanted: impl Fn(&str) -> bool,
) -> anyhow::Result<PathBuf> {
    if !data.is_dir() {
        return Ok(data.to_owned());
    }
    let found = list(data, wanted)?;
    match &found[..] {
        [one] => Ok(one.clone()),
        [] => bail!("\"{}\" has no file {what}", data.display()),
        [first, ..] => {
            let error = anyhow::anyhow!("\"{}\" has several files {what}", data.display());
            Err(hint(error, format!("name one of them, such as \"{}\"", first.display())))
        }
    }
}

/// All documents of an input file, as `tocsin read` gives them; what cannot be read is left out.
pub(super) fn documents(path: &Path) -> anyhow::Result<Vec<Document>> {
    let file = File::open(path).with_context(|| cannot_read(path))?;
    let input = Box::new(BufReader::new(file));
    let captures = reading::captures(input, &path.to_string_lossy(), &Limits::NEWS);
    Ok(captures
        .filter_map(Result::ok)
        .filter_map(|capture| reading::document(&capture, &Limits::NEWS).0)
        .collect())
}

/// What is wrong with a line of a gold file.
pub(super) fn bad_gold(path: &Path, bad: &BadGold) -> anyhow::Error {
    let error = anyhow::anyhow!("\"{}\", line {}: {}", path.display(), bad.line, bad.what);
    hint(error, "is this the gold of this suite?")
}

pub(super) fn cannot_read(path: &Path) -> String {
    format!("cannot read \"{}\"", path.display())
}
