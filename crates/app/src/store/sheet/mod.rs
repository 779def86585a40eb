//! The record as columns in memory: what selections are made of, counted and summed over.
//!
//! A database that keeps each report in a row must read all of it to sum one column, and over a
//! million reports that is seconds. What selections look at is a hundred bytes a report; kept in
//! memory, words as numbers, a filter is some comparisons and a sum an addition. Rows for people
//! are still read from the ledger, by the few ids that a page shows.
//!
//! A sheet is of one position of the log. When the log has moved, the next one is made of the last
//! and of what triggers have noted since ([`mod@track`]): the result is that of a sheet made anew,
//! which a test holds. Nothing of it is on disk, and nothing in it is not in the views.

mod choose;
mod columns;
mod day;
mod doubts;
mod draft;
mod index;
mod lists;
mod load;
mod names;
mod order;
mod postings;
mod rows;
mod segments;
mod shown;
mod sums;
mod texts;
mod track;
mod whole;
mod words;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use self::choose::Chosen;
use self::columns::Columns;
use self::index::Index;
use self::names::{Haystack, Names};
use self::order::Order;
use self::postings::Postings;
use self::texts::Texts;
use super::browse::{ActorLine, PlaceLine};
use super::error::StoreError;
use super::ledger::Ledger;
use super::search::Filter;

pub(super) use order::First;
pub(super) use track::{forget, track};
pub(super) use words::is_bare;

/// How many positions are kept: readers may be at the one before the last.
const KEPT: usize = 2;
/// How many parts of names are kept with the names that have them, and how many names each may have.
const PARTS: usize = 4_096;
const FEW_NAMES: usize = 1_024;
/// How many selections are kept: a page asks several things of the same one.
const SELECTIONS: usize = 16;

/// The sheets that the connections to a ledger share.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    kept: Mutex<Vec<Arc<Sheet>>>,
    /// The words of the documents up to one, once it is made.
    index: Mutex<Option<Arc<Index>>>,
}

/// The record at one position.
#[derive(Debug)]
pub(super) struct Sheet {
    position: i64,
    body: Arc<Body>,
}

/// What a sheet holds. Reports lie in the order of their events.
#[derive(Debug, Default)]
struct Body {
    names: Arc<Names>,
    events: Vec<Event>,
    told: Columns,
    more: Vec<More>,
    own: Vec<Own>,
    parties: Vec<Party>,
    documents: Documents,
    postings: OnceLock<Postings>,
    /// The documents that tell of attacks, a bit for each.
    attacks: OnceLock<Vec<u64>>,
    /// Reports in the order of their rows.
    rows: OnceLock<Vec<u32>>,
    /// Events and reports in each order.
    orders: [[OnceLock<Order>; 4]; 2],
    haystack: OnceLock<Haystack>,
    /// What was found in it.
    named: Mutex<BTreeMap<String, Arc<Vec<u32>>>>,
    actors: OnceLock<Vec<ActorLine>>,
    places: OnceLock<Vec<PlaceLine>>,
    /// Actors and places as a search compares them.
    folded: OnceLock<[Haystack; 2]>,
    /// The spot of the map at which each event was.
    spots: OnceLock<Vec<u32>>,
    chosen: Mutex<Vec<(Filter, Arc<Chosen>)>>,
    words: Mutex<words::Found>,
    /// The last searches for words, with the documents that were found.
    latest: Mutex<VecDeque<(String, Arc<Vec<u32>>)>>,
}

/// What a report is most often selected by.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Told {
    first_day: i32,
    last_day: i32,
    /// The lowest number of killed that the text allows.
    least_killed: u32,
    /// The place of its event in the sheet, if it is of one.
    event: u32,
    country: u32,
    kind: u32,
    mode: u32,
    /// How certain it is at least, in whole per cent.
    percent: u8,
    main: bool,
    violent: bool,
    rejected: bool,
}

/// What else is asked of a report.
#[derive(Clone, Copy, Debug, PartialEq)]
struct More {
    row: i64,
    /// The place of its document in the sheet.
    document: u32,
    admin1: u32,
    place: u32,
    site: u32,
    at: Option<(f64, f64)>,
    /// The number of killed that it is ordered by.
    killed: u32,
    confidence: f64,
    /// Its parties lie from here.
    parties: u32,
    n_parties: u32,
}

/// What a report is only shown with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Own {
    id: [u8; 16],
    /// Low, best, high; [`names::NONE`] for what is not said.
    killed: [u32; 3],
    shown: Shown,
}

/// What reports and events are shown with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shown {
    stage: u32,
    assertion: u32,
    when_basis: u32,
    where_basis: u32,
    perpetrators: u32,
    injured: [u32; 3],
}

/// Who has a part in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Party {
    actor: u32,
    name: u32,
    perpetrator: bool,
}

/// What reports say together.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Event {
    id: [u8; 16],
    /// Its reports lie from here.
    reports: u32,
    n_reports: u32,
    first_day: i32,
    last_day: i32,
    n_sources: u32,
    country: u32,
    admin1: u32,
    place: u32,
    site: u32,
    kind: u32,
    mode: u32,
    at: Option<(f64, f64)>,
    /// Low, best, high; [`names::NONE`] for what nobody says.
    killed: [u32; 3],
    confidence: f64,
    shown: Shown,
    main: bool,
    disputed: bool,
    campaign: bool,
}

/// A document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Document {
    seq: i64,
    id: [u8; 16],
    outlet: u32,
    /// The outlet, or else the host of its address.
    source: u32,
    language: u32,
    published: i32,
    /// The place in [`Documents::copied`] of the earlier one that says the same, if it is a copy.
    copy: u32,
}

/// All documents, in the order of their entries.
#[derive(Clone, Debug, Default)]
struct Documents {
    list: Vec<Document>,
    texts: Texts,
    /// The ids of those that others are copies of.
    copied: Vec<[u8; 16]>,
}

impl Documents {
    /// The id of the document that this one is a copy of.
    fn copied(&self, of: &Document) -> Option<[u8; 16]> {
        self.copied.get(of.copy as usize).copied()
    }
}

impl Ledger {
    /// The record as columns, at the position that this connection sees.
    pub(super) fn sheet(&self) -> Result<Arc<Sheet>, StoreError> {
        if self.connection.is_autocommit() {
            return self.at_one_position(Self::sheet);
        }
        let position = self.position()?;
        // Whoever comes while one is made waits for it: there is nothing better to do.
        let mut kept = self.sheets.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.iter().find(|sheet| sheet.position == position) {
            return Ok(Arc::clone(known));
        }
        let before = kept.last().filter(|before| before.position < position);
        let made = load::body(self, before.map(Arc::as_ref)).map_err(|error| self.failed(error))?;
        let sheet = Arc::new(Sheet { position, body: made });
        if kept.last().is_none_or(|last| last.position < position) {
            kept.push(Arc::clone(&sheet));
        }
        if kept.len() > KEPT {
            kept.remove(0);
        }
        Ok(sheet)
    }
}

impl Event {
    /// The places of its reports.
    fn reports(&self) -> std::ops::Range<usize> {
        let first = self.reports as usize;
        first..first + self.n_reports as usize
    }
}

impl Body {
    fn parties_of(&self, report: usize) -> &[Party] {
        let of = |more: &More| {
            let first = more.parties as usize;
            self.parties.get(first..first + more.n_parties as usize)
        };
        self.more.get(report).and_then(of).unwrap_or_default()
    }

    /// The names that have `part` in them.
    fn named(&self, part: &str) -> Arc<Vec<u32>> {
        let kept = || self.named.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(part) {
            return Arc::clone(known);
        }
        let found =
            self.haystack.get_or_init(|| self.names.haystack()).containing(part, usize::MAX);
        let found = Arc::new(found);
        let mut kept = kept();
        if kept.len() >= PARTS {
            kept.clear();
        }
        // A part that most names have is found in no time again, and would take much room.
        if found.len() <= FEW_NAMES {
            kept.insert(part.to_owned(), Arc::clone(&found));
        }
        found
    }

    fn postings(&self) -> &Postings {
        self.postings.get_or_init(|| Postings::of(self))
    }
}
