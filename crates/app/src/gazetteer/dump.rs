//! A dump of `GeoNames`, zipped or not, as a stream → a pack, which takes the place of the old one at
//! once when it is whole. What is read is not held: the names are sorted on disk.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write};
use std::path::Path;

use anyhow::Context;
use engine::Knowledge;
use engine::place::{Index, seal, spot};
use flate2::read::DeflateDecoder;
use indicatif::{ProgressBar, ProgressStyle};

use super::runs::Runs;

/// A longer row is none of `GeoNames`; its longest have some ten thousand bytes.
const LONGEST: u64 = 1 << 20;
/// So many broken rows are named.
const NAMED: usize = 20;

/// What came of a dump.
#[derive(Debug, Default)]
pub(crate) struct Added {
    /// Rows read.
    pub(crate) n_rows: u64,
    /// Places added.
    pub(crate) n_places: u32,
    /// Names of these.
    pub(crate) n_names: u64,
    /// Rows that could not be read.
    pub(crate) n_broken: u64,
    /// The first of these, with what is wrong.
    pub(crate) broken: BTreeMap<u64, String>,
}

impl Added {
    fn note(&mut self, what: String) {
        self.n_broken += 1;
        if self.broken.len() < NAMED {
            self.broken.insert(self.n_rows, what);
        }
    }
}

/// Makes the pack at `target` of the dump at `path`.
pub(crate) fn add(path: &Path, target: &Path, known: &Knowledge) -> anyhow::Result<Added> {
    let file = File::open(path).with_context(|| format!("cannot read \"{}\"", path.display()))?;
    let bar = console::user_attended_stderr().then(|| bar(file.metadata().map_or(0, |m| m.len())));
    let counted = Counted { file, bar: bar.clone() };
    let mut rows = rows(BufReader::new(counted))
        .with_context(|| format!("\"{}\" is no dump of GeoNames", path.display()))?;
    let mut added = Added::default();
    let mut runs = Runs::default();
    let mut records = BufWriter::new(tempfile::tempfile()?);
    let mut names = BufWriter::new(tempfile::tempfile()?);
    let (mut names_len, mut line) = (0_u32, Vec::new());
    loop {
        line.clear();
        if rows.by_ref().take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        added.n_rows += 1;
        let row = std::str::from_utf8(&line).map_err(|_| "not in UTF-8".to_owned());
        let row = row.map(|row| row.trim_end_matches(['\r', '\n']));
        let spot = match row.and_then(|row| spot(row, known)) {
            Ok(Some(spot)) => spot,
            Ok(None) => continue,
            Err(what) => {
                added.note(what);
                continue;
            }
        };
        records.write_all(&spot.record(names_len))?;
        names.write_all(spot.name().as_bytes())?;
        names_len += spot.name().len() as u32;
        for key in spot.keys() {
            runs.add((key, spot.population, added.n_places))?;
        }
        added.n_places += 1;
    }
    let mut index = Index::new(Vec::new(), Vec::new())?;
    runs.merge(|key, places| {
        added.n_names += 1;
        index.add(key, places, known)
    })?;
    let (map, postings) = index.finish()?;
    let pack = seal([&map, &postings, &whole(records)?, &whole(names)?], &known.geography);
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let cannot = || format!("cannot write \"{}\"", target.display());
    std::fs::create_dir_all(folder).with_context(cannot)?;
    // A run that is ended leaves the old pack as it was.
    let mut out = tempfile::NamedTempFile::new_in(folder).with_context(cannot)?;
    out.write_all(&pack).and_then(|()| out.as_file().sync_all()).with_context(cannot)?;
    out.persist(target).with_context(cannot)?;
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    Ok(added)
}

/// All that was written to a file of our own.
fn whole(out: BufWriter<File>) -> io::Result<Vec<u8>> {
    let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The rows of a dump: of the text, or of the first file in a zip.
fn rows(mut input: impl BufRead + 'static) -> anyhow::Result<Box<dyn BufRead>> {
    if !input.fill_buf()?.starts_with(b"PK\x03\x04") {
        return Ok(Box::new(input));
    }
    loop {
        let mut head = [0; 30];
        input.read_exact(&mut head)?;
        let half = |i: usize| u16::from_le_bytes([head[i], head[i + 1]]);
        let size = u32::from_le_bytes([head[18], head[19], head[20], head[21]]);
        let mut name = vec![0; usize::from(half(26))];
        input.read_exact(&mut name)?;
        io::copy(&mut input.by_ref().take(u64::from(half(28))), &mut io::sink())?;
        anyhow::ensure!(head.starts_with(b"PK\x03\x04"), "it has no table");
        // Dumps of countries come with a readme before the table.
        let readme = name.to_ascii_lowercase().starts_with(b"readme");
        if !readme {
            anyhow::ensure!(half(8) == 8, "it is not deflated");
            return Ok(Box::new(BufReader::new(DeflateDecoder::new(input))));
        }
        anyhow::ensure!(size > 0, "its readme has no size");
        io::copy(&mut input.by_ref().take(u64::from(size)), &mut io::sink())?;
    }
}

/// A file of which the bar shows how much is read.
struct Counted {
    file: File,
    bar: Option<ProgressBar>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        if let Some(bar) = &self.bar {
            bar.inc(read as u64);
        }
        Ok(read)
    }
}

fn bar(length: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes}, {eta} left");
    let bar = ProgressBar::new(length);
    style.map_or(bar.clone(), |style| bar.with_style(style))
}
