//! Names with their places, sorted in bounded memory: runs that are sorted and laid in a file each,
//! then merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, Write};

/// So many names are held in memory.
const HELD: usize = 1_000_000;

/// A name, the inhabitants of the place and its number.
pub(super) type Name = (String, u32, u32);

/// Gathers names.
#[derive(Debug, Default)]
pub(super) struct Runs {
    held: Vec<Name>,
    files: Vec<File>,
}

impl Runs {
    /// Adds a name.
    pub(super) fn add(&mut self, name: Name) -> io::Result<()> {
        self.held.push(name);
        if self.held.len() >= HELD { self.spill() } else { Ok(()) }
    }

    fn spill(&mut self) -> io::Result<()> {
        self.held.sort_unstable();
        let mut out = BufWriter::new(tempfile::tempfile()?);
        for (key, population, place) in self.held.drain(..) {
            out.write_all(&(key.len() as u32).to_le_bytes())?;
            out.write_all(key.as_bytes())?;
            out.write_all(&population.to_le_bytes())?;
            out.write_all(&place.to_le_bytes())?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.files.push(file);
        Ok(())
    }

    /// Gives each name once, in order, with all its places.
    pub(super) fn merge(
        mut self,
        mut each: impl FnMut(&str, &mut Vec<(u32, u32)>) -> io::Result<()>,
    ) -> io::Result<()> {
        self.spill()?;
        let mut readers: Vec<_> = self.files.into_iter().map(BufReader::new).collect();
        let mut heap = BinaryHeap::new();
        for (n, reader) in readers.iter_mut().enumerate() {
            heap.extend(next(reader)?.map(|name| Reverse((name, n))));
        }
        let (mut last, mut places) = (String::new(), Vec::new());
        while let Some(Reverse(((key, population, place), n))) = heap.pop() {
            if let Some(reader) = readers.get_mut(n) {
                heap.extend(next(reader)?.map(|name| Reverse((name, n))));
            }
            if key != last && !places.is_empty() {
                each(&last, &mut places)?;
                places.clear();
            }
            last = key;
            places.push((population, place));
        }
        if places.is_empty() { Ok(()) } else { each(&last, &mut places) }
    }
}

fn next(reader: &mut impl Read) -> io::Result<Option<Name>> {
    let mut word = [0; 4];
    match reader.read_exact(&mut word) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut key = vec![0; u32::from_le_bytes(word) as usize];
    reader.read_exact(&mut key)?;
    let key = String::from_utf8(key).map_err(|_| ErrorKind::InvalidData)?;
    reader.read_exact(&mut word)?;
    let population = u32::from_le_bytes(word);
    reader.read_exact(&mut word)?;
    Ok(Some((key, population, u32::from_le_bytes(word))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_several_runs_come_once_and_in_order() {
        let mut runs = Runs::default();
        for (n, key) in ["b", "a", "c"].into_iter().enumerate() {
            runs.add((key.into(), 5, n as u32)).unwrap();
        }
        runs.spill().unwrap();
        runs.add(("b".into(), 9, 7)).unwrap();
        let mut seen = Vec::new();
        runs.merge(|key, places| {
            seen.push((key.to_owned(), places.clone()));
            Ok(())
        })
        .unwrap();
        let wanted = [("a", vec![(5, 1)]), ("b", vec![(5, 0), (9, 7)]), ("c", vec![(5, 2)])];
        assert_eq!(seen, wanted.map(|(key, places)| (key.to_owned(), places)));
    }
}
