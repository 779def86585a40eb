//! All of the record at once, which the first question after the start waits for: by two connections
//! that see the same position, so that two cores read.

use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rusqlite::{Connection, Result};

use super::draft::Draft;
use super::names::{NONE, Names};
use super::rows::{self, EVENTS, Loaded, Naming, PARTIES, REPORTS, add_documents, each};
use super::{Body, Documents, Event, Party};
use crate::store::ledger::Ledger;

/// The record at the position that `ledger` sees.
pub(super) fn whole(ledger: &Ledger) -> Result<Body> {
    let names = Mutex::default();
    let mut pair = Pair { one: &ledger.connection, other: beside(ledger) };
    let (documents, (events, parties)) = pair.read(
        |connection| documents(connection, &names),
        |connection| events_and_parties(connection, &names),
    )?;
    let (first, middle, last) = bounds(pair.one)?;
    let (mut loaded, more) = pair.read(
        |connection| reports(connection, first..=middle, &documents, &names),
        |connection| reports(connection, middle + 1..=last, &documents, &names),
    )?;
    drop(pair);
    loaded.extend(more);
    let names = names.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Body { names: Arc::new(names), documents, ..ordered(&events, &loaded, &parties) })
}

/// The connection that asks, and one beside it if it sees the same.
struct Pair<'c> {
    one: &'c Connection,
    other: Option<Ledger>,
}

impl Pair<'_> {
    /// Both at once, or one after the other.
    fn read<A, B: Send>(
        &mut self,
        a: impl FnOnce(&Connection) -> Result<A>,
        b: impl FnOnce(&Connection) -> Result<B> + Send,
    ) -> Result<(A, B)> {
        let Some(other) = &mut self.other else { return Ok((a(self.one)?, b(self.one)?)) };
        let connection = &mut other.connection;
        let (a, b) = thread::scope(|scope| {
            let b = scope.spawn(move || b(connection));
            (a(self.one), b.join())
        });
        match b {
            Ok(b) => Ok((a?, b?)),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

/// Another connection that sees the position that `ledger` sees, if the log has not moved since.
fn beside(ledger: &Ledger) -> Option<Ledger> {
    let other = ledger.reader().ok()?;
    other.run("BEGIN DEFERRED").ok()?;
    (other.position().ok()? == ledger.position().ok()?).then_some(other)
}

fn documents(connection: &Connection, names: &Mutex<Names>) -> Result<Documents> {
    let mut all = Documents::default();
    add_documents(connection, 0, &mut all, &mut Naming::of(names))?;
    Ok(all)
}

/// Events by their ids, and parties by the rows of their reports.
type EventsAndParties = (Vec<Event>, Vec<(i64, Party)>);

fn events_and_parties(connection: &Connection, names: &Mutex<Names>) -> Result<EventsAndParties> {
    let mut names = Naming::of(names);
    let (mut events, mut parties) = (Vec::new(), Vec::new());
    each(connection, &format!("{EVENTS} ORDER BY id"), [], |row| {
        events.push(rows::event(row, &mut names)?);
        Ok(())
    })?;
    each(connection, &format!("{PARTIES} ORDER BY report, role, n"), [], |row| {
        parties.push((row.get(0)?, rows::party(row, &mut names)?));
        Ok(())
    })?;
    Ok((events, parties))
}

/// The first row of a report, one in the middle, and the last.
fn bounds(connection: &Connection) -> Result<(i64, i64, i64)> {
    let row = |sql: &str| {
        connection.query_row(sql, [], |row| Ok(row.get::<_, Option<i64>>(0)?.unwrap_or(0)))
    };
    let (first, last) = (row("SELECT min(row) FROM report")?, row("SELECT max(row) FROM report")?);
    Ok((first, i64::midpoint(first, last), last))
}

fn reports(
    connection: &Connection,
    of: RangeInclusive<i64>,
    documents: &Documents,
    names: &Mutex<Names>,
) -> Result<Vec<Loaded>> {
    let mut names = Naming::of(names);
    let mut loaded = Vec::new();
    let sql = format!("{REPORTS} WHERE row BETWEEN ? AND ? ORDER BY row");
    each(connection, &sql, [of.start(), of.end()], |row| {
        loaded.push(rows::report(row, documents, &mut names)?);
        Ok(())
    })?;
    Ok(loaded)
}

/// The reports, which lie in the order of their rows, in that of their events.
fn ordered(events: &[Event], loaded: &[Loaded], parties: &[(i64, Party)]) -> Body {
    let mut of: Vec<&[(i64, Party)]> = Vec::with_capacity(loaded.len());
    let mut rest = parties;
    let mut order: Vec<(u32, u32)> = Vec::with_capacity(loaded.len());
    for (place, one) in (0_u32..).zip(loaded) {
        rest = rest
            .get(rest.iter().take_while(|(row, _)| *row < one.more.row).count()..)
            .unwrap_or_default();
        let n = rest.iter().take_while(|(row, _)| *row == one.more.row).count();
        of.push(rest.get(..n).unwrap_or_default());
        let event = one.event.and_then(|id| events.binary_search_by_key(&id, |e| e.id).ok());
        order.push((event.map_or(NONE, |event| event as u32), place));
    }
    order.sort_unstable();
    let mut order = order.into_iter().peekable();
    let mut draft = Draft::default();
    let mut own: Vec<Party> = Vec::new();
    let mut add = |draft: &mut Draft, (event, place): (u32, u32)| {
        let Some(one) = loaded.get(place as usize) else { return };
        own.clear();
        own.extend(of.get(place as usize).into_iter().flat_map(|of| of.iter().map(|of| of.1)));
        draft.add_report((one.told, one.more, one.own), &own, event != NONE);
    };
    for (place, event) in (0_u32..).zip(events) {
        draft.add_event(*event);
        while let Some(one) = order.next_if(|one| one.0 == place) {
            add(&mut draft, one);
        }
    }
    order.for_each(|one| add(&mut draft, one));
    draft.body
}
