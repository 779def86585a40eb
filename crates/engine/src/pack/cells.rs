//! Tables as cells: what a struct writes to a pack, field by field, it reads back the same way.
//!
//! `record!` makes a struct of named fields a cell, `choice!` an enum that carries values, and every
//! closed list is one by its macro. So a new table is a struct,
//! one line that lists its fields, and a field in `Tables`.
//!
//! Strings are slices of one text, written once however often they occur. What is large and looked
//! up by key stays bytes (see [`words`](super::words)); rows are decoded at start, which costs some
//! nanoseconds a cell and leaves plain structs to work with.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::mix;

/// A value that can stand in a pack.
pub(crate) trait Cell: Sized {
    /// Adds what it is made of.
    fn shape(shape: &mut Shape);
    /// Writes it.
    fn put(&self, out: &mut Writer);
    /// Reads it; nothing if the bytes are no such value.
    fn get(cells: &mut Cells) -> Option<Self>;
}

/// A hash over names of fields and terms, in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape(u64);

impl Shape {
    /// The shape of `T`.
    pub(crate) fn of<T: Cell>() -> u64 {
        let mut shape = Self::default();
        T::shape(&mut shape);
        shape.0
    }

    /// Adds a name.
    pub(crate) fn name(&mut self, name: &str) {
        self.0 = mix(self.0, super::hash(name.as_bytes()));
    }

    /// Adds the type of the field that the function gives.
    pub(crate) fn field<S, T: Cell>(&mut self, _: impl Fn(&S) -> &T) {
        T::shape(self);
    }

    /// Adds the names and types of what the function takes.
    pub(crate) fn parts<Parts, Made, F: Maker<Parts, Made>>(&mut self, names: &str, _: F) {
        self.name(names);
        F::shape(self);
    }
}

/// What makes a member of an enum of its parts.
pub(crate) trait Maker<Parts, Made> {
    /// Adds the types of the parts.
    fn shape(shape: &mut Shape);
}

impl<F: Fn(A) -> S, A: Cell, S> Maker<(A,), S> for F {
    fn shape(shape: &mut Shape) {
        A::shape(shape);
    }
}

impl<F: Fn(A, B) -> S, A: Cell, B: Cell, S> Maker<(A, B), S> for F {
    fn shape(shape: &mut Shape) {
        A::shape(shape);
        B::shape(shape);
    }
}

/// Gathers cells and the text of their strings.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    /// The cells.
    pub(crate) cells: Vec<u8>,
    /// The strings.
    pub(crate) text: String,
    known: FxHashMap<&'static str, u32>,
}

/// Cells yet to be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cells {
    cells: &'static [u8],
    text: &'static str,
}

impl Cells {
    /// The cells of a pack and the text of their strings.
    pub(crate) fn new(cells: &'static [u8], text: &'static [u8]) -> Option<Self> {
        Some(Self { cells, text: std::str::from_utf8(text).ok()? })
    }

    /// Whether all has been read.
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.cells.split_first_chunk::<N>()?;
        self.cells = tail;
        Some(*head)
    }
}

macro_rules! numbers {
    ($($number:ty),+) => { $(
        impl Cell for $number {
            fn shape(shape: &mut Shape) {
                shape.name(stringify!($number));
            }

            fn put(&self, out: &mut Writer) {
                out.cells.extend(self.to_le_bytes());
            }

            fn get(cells: &mut Cells) -> Option<Self> {
                cells.take().map(Self::from_le_bytes)
            }
        }
    )+ };
}

numbers!(u8, u16, u32, u64, i8, i16, i32, f64);

impl Cell for bool {
    fn shape(shape: &mut Shape) {
        shape.name("bool");
    }

    fn put(&self, out: &mut Writer) {
        u8::from(*self).put(out);
    }

    fn get(cells: &mut Cells) -> Option<Self> {
        match u8::get(cells)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Cell for [u8; 2] {
    fn shape(shape: &mut Shape) {
        shape.name("code");
    }

    fn put(&self, out: &mut Writer) {
        out.cells.extend(self);
    }

    fn get(cells: &mut Cells) -> Option<Self> {
        cells.take()
    }
}

impl Cell for &'static str {
    fn shape(shape: &mut Shape) {
        shape.name("str");
    }

    fn put(&self, out: &mut Writer) {
        let at = *out.known.entry(self).or_insert_with(|| {
            let at = out.text.len() as u32;
            out.text.push_str(self);
            at
        });
        at.put(out);
        (self.len() as u32).put(out);
    }

    fn get(cells: &mut Cells) -> Option<Self> {
        let (at, length) = (u32::get(cells)? as usize, u32::get(cells)? as usize);
        cells.text.get(at..at.checked_add(length)?)
    }
}

impl Cell for &'static [u8] {
    fn shape(shape: &mut Shape) {
        shape.name("bytes");
    }

    fn put(&self, out: &mut Writer) {
        (self.len() as u32).put(out);
        out.cells.extend_from_slice(self);
    }

    fn get(cells: &mut Cells) -> Option<Self> {
        let length = u32::get(cells)? as usize;
        let (bytes, tail) = cells.cells.split_at_checked(length)?;
        cells.cells = tail;
        Some(bytes)
    }
}

/// Three numbers that are read in place.
pub(crate) type Triple = [[u8; 4]; 3];

impl Cell for &'static [Triple] {
    fn shape(shape: &mut Shape) {
        shape.name("triples");
    }

    fn put(&self, out: &mut Writer) {
        (self.len() as u32).put(out);
        out.cells.extend_from_slice(self.as_flattened().as_flattened());
    }

    fn get(cells: &mut Cells) -> Option<Self> {
        let length = (u32::get(cells)? as usize).checked_mul(size_of::<Triple>())?;
        let (bytes, tail) = cells.cells.split_at_checked(length)?;
        cells.cells = tail;
        Some(bytes.as_chunks().0.as_chunks().0)
    }
}

impl<T: Cell> Cell for Option<T> {
    fn shape(shape: &mut Shape) {
        shape.name("option");
        T::shape(shape);
    }

    fn put(&self, out: &mut Writer) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }

    fn get(cells: &mut Cells) -> Option<Self> {
        if bool::get(cells)? { T::get(cells).map(Some) } else { Some(None) }
    }
}

impl<A: Cell, B: Cell> Cell for (A, B) {
    fn shape(shape: &mut Shape) {
        shape.name("pair");
        A::shape(shape);
        B::shape(shape);
    }

    fn put(&self, out: &mut Writer) {
        self.0.put(out);
        self.1.put(out);
    }

    fn get(cells: &mut Cells) -> Option<Self> {
        Some((A::get(cells)?, B::get(cells)?))
    }
}

impl Cell for Date {
    fn shape(shape: &mut Shape) {
        shape.name("day");
    }

    fn put(&self, out: &mut Writer) {
        self.year().put(out);
        out.cells.extend([self.month(), self.day()].map(i8::cast_unsigned));
    }

    fn get(cells: &mut Cells) -> Option<Self> {
        let year = i16::get(cells)?;
        let [month, day] = cells.take()?.map(u8::cast_signed);
        Self::new(year, month, day).ok()
    }
}

impl<T: Cell> Cell for Vec<T> {
    fn shape(shape: &mut Shape) {
        shape.name("list");
        T::shape(shape);
    }

    fn put(&self, out: &mut Writer) {
        (self.len() as u32).put(out);
        for item in self {
            item.put(out);
        }
    }

    fn get(cells: &mut Cells) -> Option<Self> {
        let length = u32::get(cells)? as usize;
        // The capacity is bounded since a false length must not ask for all memory.
        let mut items = Self::with_capacity(length.min(1 << 16));
        for _ in 0..length {
            items.push(T::get(cells)?);
        }
        Some(items)
    }
}

/// Makes a struct a cell: `record!(Area { country, name, level });`, `record!(Topics(bits));`.
macro_rules! record {
    ($name:ident($field:ident)) => {
        impl $crate::pack::Cell for $name {
            fn shape(shape: &mut $crate::pack::Shape) {
                shape.name(stringify!($name));
                shape.parts(stringify!($field), Self);
            }

            fn put(&self, out: &mut $crate::pack::Writer) {
                let Self($field) = self;
                $crate::pack::Cell::put($field, out);
            }

            fn get(cells: &mut $crate::pack::Cells) -> Option<Self> {
                $crate::pack::Cell::get(cells).map(Self)
            }
        }
    };
    ($name:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::pack::Cell for $name {
            fn shape(shape: &mut $crate::pack::Shape) {
                shape.name(stringify!($name));
                $(
                    shape.name(stringify!($field));
                    shape.field(|record: &Self| &record.$field);
                )+
            }

            fn put(&self, out: &mut $crate::pack::Writer) {
                let Self { $($field),+ } = self;
                $($crate::pack::Cell::put($field, out);)+
            }

            fn get(cells: &mut $crate::pack::Cells) -> Option<Self> {
                Some(Self { $($field: $crate::pack::Cell::get(cells)?),+ })
            }
        }
    };
}

/// Makes an enum with values a cell: `choice!(Sense { 0 Act(act), 1 Weapon(sort, mode), 2 None });`.
macro_rules! choice {
    ($name:ident { $($tag:literal $member:ident $(($($value:ident),+))?),+ $(,)? }) => {
        impl $crate::pack::Cell for $name {
            fn shape(shape: &mut $crate::pack::Shape) {
                $(
                    shape.name(stringify!($member));
                    $(shape.parts(stringify!($($value)+), Self::$member);)?
                )+
            }

            fn put(&self, out: &mut $crate::pack::Writer) {
                match self {
                    $(Self::$member $(($($value),+))? => {
                        out.cells.push($tag);
                        $($($crate::pack::Cell::put($value, out);)+)?
                    })+
                }
            }

            fn get(cells: &mut $crate::pack::Cells) -> Option<Self> {
                match <u8 as $crate::pack::Cell>::get(cells)? {
                    $($tag => Some(Self::$member $(($({
                        let $value = $crate::pack::Cell::get(cells)?;
                        $value
                    }),+))?),)+
                    _ => None,
                }
            }
        }
    };
}

/// Makes a closed list a cell: the place of the member in the list.
macro_rules! listed {
    ($name:ident { $($member:ident = $text:literal),+ $(,)? }) => {
        impl $crate::pack::Cell for $name {
            fn shape(shape: &mut $crate::pack::Shape) {
                shape.name(stringify!($name));
                $(shape.name($text);)+
            }

            fn put(&self, out: &mut $crate::pack::Writer) {
                out.cells.push(*self as u8);
            }

            fn get(cells: &mut $crate::pack::Cells) -> Option<Self> {
                let at = <u8 as $crate::pack::Cell>::get(cells)?;
                [$(Self::$member),+].get(usize::from(at)).copied()
            }
        }
    };
}

pub(crate) use {choice, listed, record};

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Band {
        name: &'static str,
        since: Option<u16>,
        towns: Vec<&'static str>,
    }

    record!(Band { name, since, towns });

    #[test]
    fn a_record_comes_back_as_it_was_and_its_strings_are_written_once() {
        let band = |since| Band { name: "Port Alder", since, towns: vec!["Port Alder", "Wick"] };
        let mut out = Writer::default();
        vec![band(None), band(Some(1990))].put(&mut out);
        assert_eq!(out.text, "Port AlderWick");
        let mut cells = Cells::new(out.cells.leak(), out.text.leak().as_bytes()).unwrap();
        assert_eq!(Vec::get(&mut cells), Some(vec![band(None), band(Some(1990))]));
        assert!(cells.is_empty());
    }

    #[test]
    fn another_order_of_fields_is_another_shape() {
        mod other {
            pub(super) struct Band {
                pub(super) name: &'static str,
                pub(super) since: Option<u16>,
                pub(super) towns: Vec<&'static str>,
            }
            super::record!(Band { name, towns, since });
        }
        assert_ne!(Shape::of::<Band>(), Shape::of::<other::Band>());
        assert_ne!(Shape::of::<Option<u16>>(), Shape::of::<Option<u32>>());
    }
}
