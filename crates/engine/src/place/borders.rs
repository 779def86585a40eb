//! Borders of first-level areas: which area a point is in.
//!
//! A section of the places pack: the number of areas, for each a record of 18 bytes (index of the
//! area, box around it, where its rings begin and end), then the rings. Coordinates are hundredths
//! of a degree; a ring is its number of points and then steps from point to point, as variable
//! numbers. Rings are made coarse to some three kilometres, so nothing finer can be asked.

use crate::table::{BadLine, Row};

const RECORD: usize = 18;

/// Gathers borders; [`finish`](Self::finish) makes the section.
#[derive(Debug, Default)]
pub(super) struct Maker {
    records: Vec<u8>,
    rings: Vec<u8>,
    count: u32,
}

impl Maker {
    /// Adds the rings of a row, `lon,lat lon,lat …`, as the border of `area`.
    pub(super) fn add(&mut self, row: &Row<'_>, area: u16) -> Result<(), BadLine> {
        let rings = row.term(1, "border", parse)?;
        let points = || rings.iter().flatten();
        let (Some(west), Some(east)) = (points().map(|p| p.0).min(), points().map(|p| p.0).max())
        else {
            return Ok(());
        };
        let (south, north) =
            (points().map(|p| p.1).min().unwrap_or(0), points().map(|p| p.1).max().unwrap_or(0));
        let begin = self.rings.len() as u32;
        for ring in &rings {
            write(ring.len() as u32, &mut self.rings);
            let mut last = (0, 0);
            for &(x, y) in ring {
                write(zigzag(x - last.0), &mut self.rings);
                write(zigzag(y - last.1), &mut self.rings);
                last = (x, y);
            }
        }
        self.records.extend(area.to_le_bytes());
        for bound in [west, south, east, north] {
            self.records.extend((bound as i16).to_le_bytes());
        }
        self.records.extend(begin.to_le_bytes());
        self.records.extend((self.rings.len() as u32).to_le_bytes());
        self.count += 1;
        Ok(())
    }

    /// The section.
    pub(super) fn finish(self) -> Vec<u8> {
        [self.count.to_le_bytes().to_vec(), self.records, self.rings].concat()
    }
}

/// Rings of points in hundredths of a degree.
fn parse(text: &str) -> Option<Vec<Vec<(i32, i32)>>> {
    let hundredths = |word: &str, most: f64| {
        let degrees: f64 = word.parse().ok()?;
        (degrees.abs() <= most).then_some((degrees * 100.0).round() as i32)
    };
    let point = |pair: &str| {
        let (lon, lat) = pair.split_once(',')?;
        Some((hundredths(lon, 180.0)?, hundredths(lat, 90.0)?))
    };
    text.split(';').map(|ring| ring.split(' ').map(point).collect()).collect()
}

fn zigzag(step: i32) -> u32 {
    (step << 1 ^ step >> 31).cast_unsigned()
}

fn write(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a variable number from the front of `bytes`.
fn read(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn step(bytes: &mut &[u8]) -> Option<i32> {
    let number = read(bytes)?;
    Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
}

/// The borders of first-level areas.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Borders<'p> {
    records: &'p [u8],
    rings: &'p [u8],
}

impl<'p> Borders<'p> {
    /// Reads the section; nothing if it is cut off.
    pub(super) fn from_bytes(section: &'p [u8]) -> Option<Self> {
        let (count, rest) = section.split_first_chunk::<4>()?;
        let length = (u32::from_le_bytes(*count) as usize).checked_mul(RECORD)?;
        let (records, rings) = rest.split_at_checked(length)?;
        Some(Self { records, rings })
    }

    /// How many areas have borders.
    pub(super) fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// The index of the area that a point is in.
    pub(super) fn area_at(&self, lat: f64, lon: f64) -> Option<u16> {
        let (x, y) = (lon * 100.0, lat * 100.0);
        self.records.as_chunks::<RECORD>().0.iter().find_map(|record| {
            let half = |i: usize| [record[i], record[i + 1]];
            let bound = |i: usize| f64::from(i16::from_le_bytes(half(i)));
            let word = |i: usize| {
                u32::from_le_bytes([record[i], record[i + 1], record[i + 2], record[i + 3]])
                    as usize
            };
            let boxed = bound(2) <= x && x <= bound(6) && bound(4) <= y && y <= bound(8);
            let rings = boxed.then(|| self.rings.get(word(10)..word(14)))??;
            is_within(rings, x, y)?.then_some(u16::from_le_bytes(half(0)))
        })
    }
}

/// Whether a line from the point to the east crosses the rings an odd number of times.
fn is_within(mut rings: &[u8], x: f64, y: f64) -> Option<bool> {
    let mut within = false;
    while !rings.is_empty() {
        let n = read(&mut rings)?;
        let (mut first, mut last): (Option<(f64, f64)>, _) = (None, (0_i32, 0_i32));
        let mut from = (0.0, 0.0);
        for _ in 0..n {
            last = (last.0.checked_add(step(&mut rings)?)?, last.1.checked_add(step(&mut rings)?)?);
            let to = (f64::from(last.0), f64::from(last.1));
            within ^= first.is_some() && crosses(from, to, x, y);
            first = first.or(Some(to));
            from = to;
        }
        within ^= first.is_some_and(|first| crosses(from, first, x, y));
    }
    Some(within)
}

fn crosses(a: (f64, f64), b: (f64, f64), x: f64, y: f64) -> bool {
    (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::rows;

    fn section(table: &str) -> Vec<u8> {
        let mut maker = Maker::default();
        for (i, row) in rows("borders/XX.tsv", table).enumerate() {
            maker.add(&row.unwrap(), i as u16 + 7).unwrap();
        }
        maker.finish()
    }

    #[test]
    fn a_point_is_in_the_area_whose_border_goes_around_it() {
        let section = section(
            "code\trings\n\
             01\t-1.5,-1 3,-1 3,4 -1.5,4;0,0 1,0 1,1 0,1\n\
             02\t0,0 1,0 1,1 0,1\n",
        );
        let borders = Borders::from_bytes(&section).unwrap();
        assert_eq!(borders.len(), 2);
        // The second area is a hole of the first.
        assert_eq!(borders.area_at(0.5, 0.5), Some(8));
        assert_eq!(borders.area_at(2.0, -1.0), Some(7));
        assert_eq!(borders.area_at(5.0, 0.5), None);
        assert_eq!(borders.area_at(f64::NAN, 0.5), None);
    }

    #[test]
    fn a_section_that_is_cut_off_is_refused_or_finds_nothing() {
        let whole = section("code\trings\n01\t0,0 90,0 90,45\n");
        for length in 0..whole.len() {
            let cut = Borders::from_bytes(&whole[..length]);
            assert!(cut.is_none_or(|cut| cut.area_at(1.0, 2.0).is_none()), "{length}");
        }
    }

    #[test]
    fn a_border_that_is_none_is_a_bad_line() {
        for rings in ["", "1,2 3", "1,2 200,3", "x"] {
            let table = format!("code\trings\n01\t{rings}\n");
            let row = rows("borders/XX.tsv", &table).next().unwrap().unwrap();
            assert!(Maker::default().add(&row, 0).is_err(), "{rings}");
        }
    }
}
