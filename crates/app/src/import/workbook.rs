//! The first sheet of a workbook (XLSX) → CSV, in a file that goes when it is closed.
//!
//! Cells are read as a stream, so that a sheet of a million rows costs no more memory than the
//! words that its cells share. A day is written as such where the sheet shows it as one; other
//! numbers as the shortest decimal that means the same. Formulas are what they last came to.
//! Own reader rather than a crate: what is needed is a directory, two small tables and one stream,
//! and the crate that does it brings twelve others.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use anyhow::{Context, bail};
use jiff::ToSpan as _;
use jiff::civil::date;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::zip::Archive;

/// The columns that a sheet can have.
const COLUMNS: usize = 16_384;
/// The most bytes that shared words may have, and the text that is written.
const MOST: u64 = 4 << 30;

/// What a cell holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Text,
}

/// What is known of the workbook when its sheet is read.
#[derive(Default)]
struct Book {
    shared: Vec<String>,
    /// Whether the style of this number shows days.
    days: Vec<bool>,
    /// Whether days are counted from 1904.
    late: bool,
}

/// The first sheet of the workbook in `file` as CSV, ready to be read.
pub(crate) fn csv_of(file: File) -> anyhow::Result<File> {
    let archive = Archive::open(file)?;
    let mut book = Book::default();
    let sheet = first_sheet(&archive, &mut book)?;
    if let Some(part) = archive.part("xl/styles.xml")? {
        book.days = days(part)?;
    }
    if let Some(part) = archive.part("xl/sharedStrings.xml")? {
        book.shared = shared(part)?;
    }
    let part = archive.part(&sheet)?.with_context(|| format!("it has no part \"{sheet}\""))?;
    let mut text = tempfile::tempfile()?;
    write(part, &book, BufWriter::new(&text))?;
    text.seek(SeekFrom::Start(0))?;
    Ok(text)
}

/// Calls `each` with every event of an XML text until it says that this is enough.
fn events(
    text: impl Read,
    mut each: impl FnMut(Event<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut reader = Reader::from_reader(BufReader::new(text));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => return Ok(()),
            event => each(event)?,
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.as_ref() == name.as_bytes())?;
    Some(found.unescape_value().ok()?.into_owned())
}

/// What a reference such as `&amp;` stands for.
fn reference(of: &BytesRef<'_>) -> anyhow::Result<Cow<'static, str>> {
    if let Some(character) = of.resolve_char_ref()? {
        return Ok(Cow::Owned(character.to_string()));
    }
    Ok(Cow::Borrowed(match of.decode()?.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }))
}

/// The name of the part that is the first sheet.
fn first_sheet(archive: &Archive, book: &mut Book) -> anyhow::Result<String> {
    let part = archive.part("xl/workbook.xml")?.context("it is no workbook")?;
    let mut id = None;
    events(part, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = &event {
            match tag.local_name().as_ref() {
                b"sheet" if id.is_none() => id = attribute(tag, "r:id"),
                b"workbookPr" => {
                    let late = attribute(tag, "date1904");
                    book.late = late.is_some_and(|late| late == "1" || late == "true");
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    let mut target = None;
    if let Some(part) = archive.part("xl/_rels/workbook.xml.rels")? {
        events(part, |event| {
            if let Event::Start(tag) | Event::Empty(tag) = &event
                && id.is_some()
                && attribute(tag, "Id") == id
            {
                target = attribute(tag, "Target");
            }
            Ok(())
        })?;
    }
    let target = target.unwrap_or_else(|| "worksheets/sheet1.xml".to_owned());
    Ok(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

/// For each style of cells, whether it shows days.
fn days(part: impl Read) -> anyhow::Result<Vec<bool>> {
    let mut own: Vec<(String, bool)> = Vec::new();
    let (mut styles, mut within) = (Vec::new(), false);
    events(part, |event| {
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                b"numFmt" => {
                    let code = attribute(tag, "formatCode").unwrap_or_default();
                    own.push((attribute(tag, "numFmtId").unwrap_or_default(), shows_days(&code)));
                }
                b"cellXfs" => within = true,
                b"xf" if within => {
                    let id = attribute(tag, "numFmtId").unwrap_or_default();
                    let known = matches!(id.parse(), Ok(14_u32..=17 | 22));
                    styles.push(known || own.iter().any(|(of, days)| *of == id && *days));
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == b"cellXfs" => within = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// Whether a format has years or days, outside of what it quotes.
fn shows_days(code: &str) -> bool {
    let mut quoted = false;
    let mut bracketed = false;
    code.chars().any(|c| {
        match c {
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ => {}
        }
        !quoted && !bracketed && matches!(c, 'y' | 'Y' | 'd' | 'D')
    })
}

/// The words that cells share, in their order.
fn shared(part: impl Read) -> anyhow::Result<Vec<String>> {
    let (mut all, mut word) = (Vec::new(), String::new());
    let (mut taken, mut spoken, mut size) = (false, false, 0_u64);
    events(part, |event| {
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                b"t" => taken = !spoken,
                b"rPh" => spoken = true,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == b"si" => all.push(String::new()),
            Event::Text(text) if taken => word.push_str(&text.decode()?),
            Event::CData(text) if taken => word.push_str(&text.decode()?),
            Event::GeneralRef(of) if taken => word.push_str(&reference(of)?),
            Event::End(tag) => match tag.local_name().as_ref() {
                b"t" => taken = false,
                b"rPh" => spoken = false,
                b"si" => {
                    size += word.len() as u64;
                    if size > MOST {
                        bail!("its words are too many");
                    }
                    all.push(std::mem::take(&mut word));
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    })?;
    Ok(all)
}

/// Writes the rows of a sheet that are not empty.
fn write(part: impl Read, book: &Book, out: impl Write) -> anyhow::Result<()> {
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(out);
    let (mut row, mut value): (Vec<String>, String) = (Vec::new(), String::new());
    let (mut kind, mut style, mut column) = (Kind::Number, None, 0);
    let (mut next, mut taken, mut size) = (0, false, 0_u64);
    events(part, |event| {
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                b"c" => {
                    column = attribute(tag, "r").and_then(|at| place(&at)).unwrap_or(next);
                    if column >= COLUMNS {
                        bail!("it has more than {COLUMNS} columns");
                    }
                    style = attribute(tag, "s").and_then(|s| s.parse::<usize>().ok());
                    kind = match attribute(tag, "t").as_deref() {
                        Some("s") => Kind::Shared,
                        None | Some("n") => Kind::Number,
                        Some(_) => Kind::Text,
                    };
                    value.clear();
                    next = column + 1;
                }
                b"v" | b"t" => taken = true,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == b"c" => {
                next = attribute(tag, "r").and_then(|at| place(&at)).unwrap_or(next) + 1;
            }
            Event::Text(text) if taken => value.push_str(&text.decode()?),
            Event::CData(text) if taken => value.push_str(&text.decode()?),
            Event::GeneralRef(of) if taken => value.push_str(&reference(of)?),
            Event::End(tag) => match tag.local_name().as_ref() {
                b"v" | b"t" => taken = false,
                b"c" => {
                    if row.len() <= column {
                        row.resize(column + 1, String::new());
                    }
                    if let Some(cell) = row.get_mut(column) {
                        *cell = book.cell(kind, style, &value).into_owned();
                    }
                }
                b"row" => {
                    if row.iter().any(|cell| !cell.is_empty()) {
                        size += row.iter().map(|cell| cell.len() as u64 + 1).sum::<u64>();
                        if size > MOST {
                            bail!("it is too large");
                        }
                        out.write_record(&row)?;
                    }
                    row.clear();
                    next = 0;
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    })?;
    out.flush()?;
    Ok(())
}

/// The number of the column of a cell such as `AB12`, counted from 0.
fn place(at: &str) -> Option<usize> {
    let letters = at.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.take(4).fold(0, |n, letter| n * 26 + usize::from(letter - b'A') + 1);
    number.checked_sub(1)
}

impl Book {
    fn cell<'v>(&'v self, kind: Kind, style: Option<usize>, value: &'v str) -> Cow<'v, str> {
        match kind {
            Kind::Text => Cow::Borrowed(value),
            Kind::Shared => {
                let word = value.trim().parse::<usize>().ok().and_then(|n| self.shared.get(n));
                Cow::Borrowed(word.map_or("", String::as_str))
            }
            Kind::Number => {
                let Ok(number) = value.trim().parse::<f64>() else { return Cow::Borrowed(value) };
                let is_day = style.and_then(|style| self.days.get(style)).is_some_and(|days| *days);
                let day = if is_day { self.day(number) } else { None };
                Cow::Owned(day.unwrap_or_else(|| number.to_string()))
            }
        }
    }

    /// The day, and the time if there is one, that a number counts.
    fn day(&self, number: f64) -> Option<String> {
        // The sheet's first year is 1900, and it had a 29 February there.
        let first = match (self.late, number < 60.0) {
            (true, _) => date(1904, 1, 1),
            (false, true) => date(1899, 12, 31),
            (false, false) => date(1899, 12, 30),
        };
        if !(0.0..3_000_000.0).contains(&number) {
            return None;
        }
        let seconds = ((number - number.floor()) * 86_400.0).round() as i64;
        let time = first.at(0, 0, 0, 0).checked_add((number.floor() as i64).days()).ok()?;
        let time = time.checked_add(seconds.seconds()).ok()?;
        Some(if seconds == 0 { time.date().to_string() } else { time.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::zip::archive;
    use super::*;

    const BOOK: &str = r#"<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="a" r:id="x2"/>
        <sheet name="b" r:id="x1"/></sheets></workbook>"#;
    const RELATIONS: &str = r#"<Relationships><Relationship Id="x1" Target="worksheets/b.xml"/>
        <Relationship Id="x2" Target="worksheets/a.xml"/></Relationships>"#;
    const WORDS: &str = "<sst><si><t>eventid</t></si><si><r><t>Wick &amp; </t></r><r><t>Elm</t></r>
        <rPh><t>no</t></rPh></si></sst>";
    const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="165" formatCode="dd/mm/yy"/>
        </numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>
        <xf numFmtId="165"/></cellXfs></styleSheet>"#;
    const SHEET: &str = r#"<worksheet><sheetData>
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>a, "b"</t></is></c></row>
        <row r="2"/><row r="3"><c r="B3"/></row>
        <row r="4"><c r="A4"><v>197001010002</v></c><c r="B4" s="1"><v>45373</v></c><c><v>0.10000000000000001</v></c>
        <c t="s"><v>1</v></c><c t="s"><v>99</v></c><c s="1"><v>45373.5</v></c><c t="e"><v>#N/A</v></c></row>
        </sheetData></worksheet>"#;

    fn csv(parts: &[(&str, &str)]) -> anyhow::Result<String> {
        let mut file = tempfile::tempfile()?;
        file.write_all(&archive(parts))?;
        let mut text = String::new();
        csv_of(file)?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn the_first_sheet_is_read_as_it_is_shown() {
        let text = csv(&[
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/sharedStrings.xml", WORDS),
            ("xl/styles.xml", STYLES),
            ("xl/worksheets/a.xml", SHEET),
        ]);
        expect![[r#"
            eventid,,"a, ""b"""
            197001010002,2024-03-22,0.1,Wick & Elm,,2024-03-22T12:00:00,#N/A
        "#]]
        .assert_eq(&text.unwrap());
    }

    #[test]
    fn what_is_no_workbook_is_an_error() {
        assert!(csv(&[("word/document.xml", "<w/>")]).is_err());
        assert!(csv(&[("xl/workbook.xml", BOOK)]).is_err());
        let wide = SHEET.replace("C1", "ZZZZ1");
        assert!(csv(&[("xl/workbook.xml", BOOK), ("xl/worksheets/sheet1.xml", &wide)]).is_err());
    }
}
