//! A selection of a ledger in the forms that programs read: one way for the command line and HTTP.
//!
//! Rows are written as they are found, so that a selection of any size costs the memory of one.

use std::io::Write;

use engine::Knowledge;
use engine::view::ReportView;

use crate::render::columns;
use crate::store::Ledger;
use crate::store::search::{Filter, Line, Sort};
use crate::store::seek::Rows;

/// What to write.
pub(crate) struct Export<'a> {
    pub(crate) ledger: &'a Ledger,
    pub(crate) rows: Rows,
    pub(crate) filter: &'a Filter,
    pub(crate) sort: Sort,
    pub(crate) limit: Option<u32>,
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

    /// For spreadsheets.
    pub(crate) fn csv(&self, out: &mut impl Write) -> anyhow::Result<u64> {
        writeln!(out, "{}", columns::csv_head())?;
        self.each(|line| Ok(writeln!(out, "{}", columns::csv(&line))?))
    }

    /// One whole event, or report, a line.
    pub(crate) fn jsonl(&self, known: &Knowledge, out: &mut impl Write) -> anyhow::Result<u64> {
        self.each(|line| {
            if let (Rows::Events, Ok(id)) = (self.rows, line.id.parse()) {
                serde_json::to_writer(&mut *out, &self.ledger.event(id)?)?;
                return Ok(writeln!(out)?);
            }
            let whole = self.ledger.report(line.row)?;
            let mut view = ReportView::of(&whole.report, &whole.document, known);
            view.made_by = whole.build;
            serde_json::to_writer(&mut *out, &view)?;
            Ok(writeln!(out)?)
        })
    }

    /// For maps.
    pub(crate) fn geojson(&self, out: &mut impl Write) -> anyhow::Result<u64> {
        write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
        let mut before = "\n";
        let n = self.each(|line| {
            write!(out, "{before}{}", columns::feature(&line))?;
            before = ",\n";
            Ok(())
        })?;
        writeln!(out, "\n]}}")?;
        Ok(n)
    }
}
