//! The user's own gazetteer: where it lies, how it is loaded, and how a dump becomes one.

mod dump;
mod runs;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use engine::Knowledge;

use crate::failure::hint;

pub(crate) use dump::add;

/// The choice of a gazetteer.
#[derive(Debug, Args)]
pub(crate) struct Choice {
    /// Know the places of this pack too, which `data add-gazetteer` made [default: the one in the
    /// user's data folder, if there is one]
    #[arg(long, value_name = "FILE")]
    gazetteer: Option<PathBuf>,
}

impl Choice {
    /// What is embedded, with the places of the pack.
    pub(crate) fn knowledge(&self) -> anyhow::Result<Knowledge> {
        let known = Knowledge::embedded();
        match self.gazetteer.clone().or_else(|| default_path().filter(|path| path.exists())) {
            Some(path) => load(known, &path),
            None => Ok(known),
        }
    }
}

fn load(known: Knowledge, path: &Path) -> anyhow::Result<Knowledge> {
    let pack = std::fs::read(path)
        .with_context(|| format!("cannot read the gazetteer \"{}\"", path.display()))?;
    // Read once and used to the end, as what is embedded is.
    known.with_gazetteer(pack.leak()).map_err(|_| {
        let error = anyhow::anyhow!(
            "the gazetteer \"{}\" is damaged or was made by another version",
            path.display()
        );
        hint(error, "make it anew with `tocsin data add-gazetteer`")
    })
}

/// Where the pack lies unless told: `tocsin/gazetteer.pack` in the folder for data of the user.
pub(crate) fn default_path() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let data = folder("XDG_DATA_HOME")
        .or_else(|| folder("LOCALAPPDATA"))
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(folder("HOME")?).join(".local/share")))?;
    Some(data.join("tocsin").join("gazetteer.pack"))
}
