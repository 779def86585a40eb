//! What stands around every page, and the rows that several pages list.

use engine::Knowledge;

use crate::render::columns;
use crate::serve::app::App;
use crate::serve::refusal::Refusal;
use crate::serve::words::{ENGLISH, Words};
use crate::serve::{assets, links, script};
use crate::store::Ledger;
use crate::store::search::Line;

/// Which part of the site a page is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::serve) enum Section {
    Overview,
    Events,
    Actors,
    Places,
    Sources,
    Review,
    Ingest,
    About,
    None,
}

/// What stands around a page.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Frame {
    pub(in crate::serve) title: String,
    pub(in crate::serve) style: &'static str,
    /// The script, if the program has one, with its words.
    pub(in crate::serve) script: Option<(String, String)>,
    /// The name of the ledger, its position, and the time of that.
    pub(in crate::serve) ledger: Option<(String, i64, String)>,
    /// Where the same is as JSON.
    pub(in crate::serve) json: Option<String>,
    /// Whether readers have accounts.
    pub(in crate::serve) accounts: bool,
    section: Section,
}

impl Frame {
    /// Around a page that was read from `ledger`.
    pub(super) fn of(
        app: &App,
        ledger: &Ledger,
        title: impl Into<String>,
        section: Section,
    ) -> Result<Self, Refusal> {
        let at = ledger.last_entry()?.unwrap_or_default();
        let at = at.get(..19).unwrap_or(&at).replace('T', " ") + " UTC";
        let read = (app.name(), ledger.position()?, at);
        let accounts = app.access.settings.accounts;
        Ok(Self { ledger: Some(read), accounts, ..Self::bare(title, section) })
    }

    /// Around a page that needs no ledger.
    pub(in crate::serve) fn bare(title: impl Into<String>, section: Section) -> Self {
        Self {
            title: title.into(),
            style: assets::style(),
            script: script::entry().map(|entry| (entry, script::words(&ENGLISH))),
            ledger: None,
            json: None,
            accounts: false,
            section,
        }
    }

    /// The same with the address of the JSON.
    pub(super) fn with_json(self, json: String) -> Self {
        Self { json: Some(json), ..self }
    }

    /// The links to the parts of the site: the address, the words, whether this page is there.
    pub(in crate::serve) fn navigation(
        &self,
        w: &Words,
    ) -> [(&'static str, &'static str, bool); 8] {
        [
            ("/", w.overview, Section::Overview),
            ("/events", w.events, Section::Events),
            ("/actors", w.actors, Section::Actors),
            ("/places", w.places, Section::Places),
            ("/sources", w.sources, Section::Sources),
            ("/review", w.review, Section::Review),
            ("/ingest", w.ingest, Section::Ingest),
            ("/about", w.about, Section::About),
        ]
        .map(|(href, name, section)| (href, name, section == self.section))
    }
}

/// An event in a list.
#[derive(Clone, Debug)]
pub(in crate::serve) struct EventRow {
    pub(in crate::serve) href: String,
    pub(in crate::serve) day: String,
    pub(in crate::serve) what: String,
    pub(in crate::serve) place: String,
    pub(in crate::serve) killed: String,
    pub(in crate::serve) injured: String,
    pub(in crate::serve) by: String,
    pub(in crate::serve) source: String,
    /// What is said of it beside; empty for nothing.
    pub(in crate::serve) badge: &'static str,
}

impl EventRow {
    /// The cells that the terminal shows too.
    pub(super) fn of(line: &Line, known: &Knowledge) -> Self {
        let mut cells = columns::cells(line, known).into_iter();
        let mut next = || cells.next().unwrap_or_default();
        Self {
            href: format!("/events/{}", line.id),
            day: next(),
            what: capital(&next()),
            place: next(),
            killed: next(),
            injured: next(),
            by: next(),
            source: next(),
            badge: "",
        }
    }
}

/// A row of sums: the name, where it leads, how many events, how many killed, a bar.
#[derive(Clone, Debug)]
pub(in crate::serve) struct SumRow {
    pub(in crate::serve) name: String,
    pub(in crate::serve) href: Option<String>,
    pub(in crate::serve) events: String,
    pub(in crate::serve) killed: String,
    pub(in crate::serve) bar: String,
}

/// The page of an actor, if what is known has it.
pub(super) fn actor_link(known: &Knowledge, id: &str) -> Option<(String, String)> {
    known.actors.find(id).map(|actor| (actor.name.to_owned(), links::actor(id)))
}

/// The first letter large.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
