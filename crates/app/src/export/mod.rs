//! A selection of a ledger in the forms that programs read: one way for the command line and HTTP.
//!
//! Rows are written as they are found, so that a selection of any size costs the memory of one; of
//! Parquet, which turns rows into columns, that of some thousand.

mod acled;
pub(crate) mod columns;
mod full;
mod ged;
mod parquet;
mod polecat;
mod sides;

#[cfg(test)]
mod codebook;

use std::io::Write;

use engine::Knowledge;
use engine::view::ReportView;

use crate::question::Misread;
use crate::store::Ledger;
use crate::store::search::{Filter, Line, Sort};
use crate::store::seek::Rows;
use columns::{Row, VIEWS, View};

/// What to write.
pub(crate) struct Export<'a> {
    pub(crate) ledger: &'a Ledger,
    pub(crate) known: &'a Knowledge,
    pub(crate) rows: Rows,
    pub(crate) filter: &'a Filter,
    pub(crate) sort: Sort,
    pub(crate) limit: Option<u32>,
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Csv,
    Jsonl,
    Geojson,
    Parquet,
}

/// A form, and for those with columns which ones, and whether the tags of HXL stand below their
/// names.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) form: Form,
    view: &'static View,
    hxl: bool,
}

impl Form {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Csv, Self::Jsonl, Self::Geojson, Self::Parquet];

    /// Its name, which is also how such files end.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Geojson => "geojson",
            Self::Parquet => "parquet",
        }
    }

    /// The form that is called so.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }

    /// The media type.
    pub(crate) fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Jsonl => "application/jsonl",
            Self::Geojson => "application/geo+json",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// The names of the views.
pub(crate) fn view_names() -> Vec<&'static str> {
    VIEWS.iter().map(|view| view.name).collect()
}

impl Shape {
    /// The shape that is asked for; `columns` and `hxl` go with some forms only. What is wrong is
    /// told with the name of the question that is wrong.
    pub(crate) fn of(
        form: Form,
        columns: Option<&str>,
        hxl: bool,
    ) -> Result<Self, (&'static str, Misread)> {
        let misread = |message: String, hint: String| Misread { message, hint };
        let view = columns.unwrap_or(VIEWS[0].name);
        let view = columns::view(view).ok_or_else(|| {
            let hint = format!("give one of {}", view_names().join(", "));
            ("columns", misread(format!("no columns are called \"{view}\""), hint))
        })?;
        if columns.is_some() && matches!(form, Form::Jsonl | Form::Geojson) {
            let message = format!("{} has the columns of the record only", form.name());
            let hint = "ask for csv or parquet, or leave the columns out".to_owned();
            return Err(("columns", misread(message, hint)));
        }
        if hxl && form != Form::Csv {
            let hint = "ask for csv, or leave the tags out".to_owned();
            return Err(("hxl", misread("only csv has a line of tags".to_owned(), hint)));
        }
        Ok(Self { form, view, hxl })
    }
}

impl Export<'_> {
    /// Calls `print` with each row; gives how many there were.
    pub(crate) fn each(
        &self,
        mut print: impl FnMut(Line) -> anyhow::Result<()>,
    ) -> anyhow::Result<u64> {
        let mut n = 0;
        let each = |line| {
            n += 1;
            print(line)
        };
        match self.rows {
            Rows::Events => {
                self.ledger.search_events(self.filter, self.sort, self.limit, each)?;
            }
            Rows::Reports => self.ledger.search(self.filter, self.sort, self.limit, each)?,
        }
        Ok(n)
    }

    /// Writes all rows in this shape; gives how many there were.
    pub(crate) fn write(&self, shape: Shape, out: &mut (impl Write + Send)) -> anyhow::Result<u64> {
        match shape.form {
            Form::Csv => self.csv(shape, out),
            Form::Jsonl => self.jsonl(out),
            Form::Geojson => self.geojson(out),
            Form::Parquet => parquet::write(self, shape.view, out),
        }
    }

    /// Calls `each` with what the columns of `view` are made from.
    fn each_row(
        &self,
        view: &View,
        mut each: impl FnMut(&Row<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<u64> {
        self.each(|line| {
            let around = view.around.then(|| self.ledger.around(self.rows, &line)).transpose()?;
            each(&Row { line: &line, around: around.as_ref(), known: self.known })
        })
    }

    /// For spreadsheets.
    fn csv(&self, shape: Shape, out: &mut impl Write) -> anyhow::Result<u64> {
        let Shape { view, hxl, .. } = shape;
        writeln!(out, "{}", view.csv_head(hxl))?;
        self.each_row(view, |row| Ok(writeln!(out, "{}", view.csv(row))?))
    }

    /// One whole event, or report, a line.
    fn jsonl(&self, out: &mut impl Write) -> anyhow::Result<u64> {
        self.each(|line| {
            if let (Rows::Events, Ok(id)) = (self.rows, line.id.parse()) {
                serde_json::to_writer(&mut *out, &self.ledger.event(id)?)?;
                return Ok(writeln!(out)?);
            }
            let whole = self.ledger.report(line.row)?;
            let mut view = ReportView::of(&whole.report, &whole.document, self.known);
            view.made_by = whole.build;
            serde_json::to_writer(&mut *out, &view)?;
            Ok(writeln!(out)?)
        })
    }

    /// For maps.
    fn geojson(&self, out: &mut impl Write) -> anyhow::Result<u64> {
        write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
        let mut before = "\n";
        let n = self.each(|line| {
            write!(out, "{before}{}", columns::feature(&line, self.known))?;
            before = ",\n";
            Ok(())
        })?;
        writeln!(out, "\n]}}")?;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_have_names_and_only_some_have_columns() {
        for form in Form::ALL {
            assert_eq!(Form::parse(form.name()), Some(form));
        }
        assert_eq!(Form::parse("xml"), None);
        let wrong = |form, columns, hxl| Shape::of(form, columns, hxl).err().map(|(name, _)| name);
        assert_eq!(wrong(Form::Csv, Some("ged"), true), None);
        assert_eq!(wrong(Form::Parquet, Some("acled"), false), None);
        assert_eq!(wrong(Form::Parquet, None, true), Some("hxl"));
        assert_eq!(wrong(Form::Geojson, Some("ged"), false), Some("columns"));
        assert_eq!(wrong(Form::Csv, Some("gtd"), false), Some("columns"));
    }
}
