//! The rows that people see, put together from the columns: a page needs nothing of the ledger.

use super::names::NONE;
use super::sums::hex;
use super::{Body, Shown, day};
use crate::store::browse::DocumentLine;
use crate::store::search::Line;

impl Body {
    /// The line of a report.
    pub(super) fn line_of_report(&self, place: u32) -> Option<Line> {
        let report = place as usize;
        let (told, more) = (self.told.get(report)?, self.more.get(report)?);
        let own = self.own.get(report)?;
        let line = self.line(&own.shown, more.document)?;
        Some(Line {
            row: more.row,
            id: hex(own.id),
            kind: self.word(told.kind)?,
            mode: self.word(told.mode)?,
            main: told.main,
            first_day: day::written(told.first_day),
            last_day: day::written(told.last_day),
            country: self.word(told.country),
            admin1: self.word(more.admin1),
            place: self.word(more.place),
            site: self.word(more.site),
            lat: more.at.map(|at| at.0),
            lon: more.at.map(|at| at.1),
            killed: own.killed.map(known),
            confidence: more.confidence,
            ..line
        })
    }

    /// The line of an event, with the document of its first report.
    pub(super) fn line_of_event(&self, place: u32) -> Option<Line> {
        let event = self.events.get(place as usize)?;
        let first = self.more.get(event.reports as usize)?;
        let line = self.line(&event.shown, first.document)?;
        Some(Line {
            row: first.row,
            id: hex(event.id),
            kind: self.word(event.kind)?,
            mode: self.word(event.mode)?,
            main: event.main,
            first_day: day::written(event.first_day),
            last_day: day::written(event.last_day),
            country: self.word(event.country),
            admin1: self.word(event.admin1),
            place: self.word(event.place),
            site: self.word(event.site),
            lat: event.at.map(|at| at.0),
            lon: event.at.map(|at| at.1),
            killed: event.killed.map(known),
            confidence: event.confidence,
            told: Some((event.n_reports, event.n_sources)),
            ..line
        })
    }

    /// What reports and events are shown with in the same way.
    fn line(&self, shown: &Shown, document: u32) -> Option<Line> {
        let of = self.documents.list.get(document as usize)?;
        let [title, url] = self.documents.texts.of(document as usize);
        Some(Line {
            row: 0,
            id: String::new(),
            document: hex(of.id),
            kind: String::new(),
            mode: String::new(),
            stage: self.word(shown.stage)?,
            assertion: self.word(shown.assertion)?,
            main: false,
            first_day: None,
            last_day: None,
            when_basis: self.word(shown.when_basis),
            country: None,
            admin1: None,
            place: None,
            site: None,
            lat: None,
            lon: None,
            where_basis: self.word(shown.where_basis),
            killed: [None; 3],
            injured: shown.injured.map(known),
            perpetrators: self.word(shown.perpetrators),
            confidence: 0.0,
            title: title.map(str::to_owned),
            outlet: self.word(of.outlet),
            published: day::written(of.published),
            url: url.map(str::to_owned),
            duplicate_of: self.documents.copied(of).map(hex),
            told: None,
        })
    }

    /// The line of a document.
    pub(super) fn line_of_document(&self, place: u32) -> Option<DocumentLine> {
        let of = self.documents.list.get(place as usize)?;
        let [title, url] = self.documents.texts.of(place as usize);
        Some(DocumentLine {
            seq: of.seq,
            id: hex(of.id),
            title: title.map(str::to_owned),
            outlet: self.word(of.outlet),
            published: day::written(of.published),
            language: self.word(of.language),
            url: url.map(str::to_owned),
            duplicate_of: self.documents.copied(of).map(hex),
            reports: self.postings().of_document(place).len() as u64,
        })
    }

    fn word(&self, number: u32) -> Option<String> {
        self.names.of(number).map(str::to_owned)
    }
}

fn known(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}
