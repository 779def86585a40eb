//! From the views to a sheet: all of them, or what moved since the last one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Result};

use super::draft::Draft;
use super::names::{NONE, Names};
use super::rows::{self, EVENTS, Loaded, Naming, PARTIES, REPORTS, add_documents, each};
use super::track::{self, Moved};
use super::whole::whole;
use super::{Body, Event, Sheet};
use crate::store::ledger::Ledger;

/// If more than one report in so many moved, all are read: that is one walk through the file.
const FEW: usize = if cfg!(test) { 1 } else { 4 };

/// The record at the position that `ledger` sees; of what `before` had if that is known.
pub(super) fn body(ledger: &Ledger, before: Option<&Sheet>) -> Result<Arc<Body>> {
    let connection = &ledger.connection;
    let moved = before.map(|before| track::since(connection, before.position)).transpose()?;
    if let (Some(before), Some(moved)) = (before, moved.flatten()) {
        let last = before.body.documents.list.last().map_or(0, |document| document.seq);
        let has_more =
            connection.prepare_cached("SELECT 1 FROM document WHERE seq > ?")?.exists([last])?;
        if moved.events.is_empty() && moved.reports.is_empty() && !has_more {
            return Ok(Arc::clone(&before.body));
        }
        if moved.reports.len() * FEW <= before.body.told.len() {
            return renewed(connection, &before.body, moved).map(Arc::new);
        }
    }
    whole(ledger).map(Arc::new)
}

/// What `before` had but for what moved, and what that is now.
fn renewed(connection: &Connection, before: &Body, mut moved: Moved) -> Result<Body> {
    let all = Mutex::new(Names::clone(&before.names));
    let mut names = Naming::of(&all);
    let mut documents = before.documents.clone();
    let last = documents.list.last().map_or(0, |document| document.seq);
    add_documents(connection, last, &mut documents, &mut names)?;
    for (told, more) in before.told.iter().zip(&before.more) {
        let event = before.events.get(told.event as usize);
        if let Some(event) = event.filter(|_| moved.reports.contains(&more.row)) {
            moved.events.insert(event.id);
        }
    }
    let mut loaded: BTreeMap<i64, Loaded> = BTreeMap::new();
    for row in &moved.reports {
        each(connection, &format!("{REPORTS} WHERE row = ?"), [row], |found| {
            let one = rows::report(found, &documents, &mut names)?;
            moved.events.extend(one.event);
            loaded.insert(*row, one);
            Ok(())
        })?;
    }
    let mut events: Vec<Event> = Vec::new();
    for id in &moved.events {
        each(connection, &format!("{EVENTS} WHERE id = ?"), [id], |row| {
            events.push(rows::event(row, &mut names)?);
            Ok(())
        })?;
        each(connection, &format!("{REPORTS} WHERE member.event = ?"), [id], |row| {
            let one = rows::report(row, &documents, &mut names)?;
            loaded.insert(one.more.row, one);
            Ok(())
        })?;
    }
    for (row, one) in &mut loaded {
        each(connection, &format!("{PARTIES} WHERE report = ? ORDER BY role, n"), [row], |row| {
            one.parties.push(rows::party(row, &mut names)?);
            Ok(())
        })?;
    }
    let mut draft = Draft::default();
    for event in before.events.iter().filter(|event| !moved.events.contains(&event.id)) {
        draft.add_event(*event);
        for place in event.reports() {
            draft.copy(before, place, true);
        }
    }
    let gone: BTreeSet<i64> = moved.reports.iter().chain(loaded.keys()).copied().collect();
    let mut of: BTreeMap<Option<[u8; 16]>, Vec<&Loaded>> = BTreeMap::new();
    for one in loaded.values() {
        of.entry(one.event).or_default().push(one);
    }
    for event in events {
        draft.add_event(event);
        for one in of.remove(&Some(event.id)).unwrap_or_default() {
            draft.add_report((one.told, one.more, one.own), &one.parties, true);
        }
    }
    for (place, (told, more)) in before.told.iter().zip(&before.more).enumerate() {
        if told.event == NONE && !gone.contains(&more.row) {
            draft.copy(before, place, false);
        }
    }
    for one in of.remove(&None).unwrap_or_default() {
        draft.add_report((one.told, one.more, one.own), &one.parties, false);
    }
    let names = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Body { names: Arc::new(names), documents, ..draft.body })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Act, samples};

    /// All that a sheet says, whatever the order in which it came to know it.
    fn said(body: &Body) -> BTreeSet<String> {
        let word = |number: u32| body.names.of(number).unwrap_or("-").to_owned();
        let mut lines = BTreeSet::new();
        let reports = |range: std::ops::Range<usize>| -> Vec<String> {
            let line = |place: usize| {
                let (told, more) = (body.told.get(place).unwrap(), &body.more[place]);
                let words =
                    [told.country, told.kind, told.mode, more.admin1, more.place, more.site];
                let parties = body.parties_of(place).iter();
                let parties: Vec<_> =
                    parties.map(|p| (word(p.actor), word(p.name), p.perpetrator)).collect();
                let flags = [told.main, told.violent, told.rejected];
                let numbers = (told.first_day, told.last_day, told.least_killed, told.percent);
                format!(
                    "{} {:?} {numbers:?} {flags:?} {parties:?} {:?} {} {:?} {} {:?}",
                    more.row,
                    words.map(word),
                    more.at,
                    more.confidence,
                    body.documents.list[more.document as usize].seq,
                    more.killed,
                    body.line_of_report(place as u32),
                )
            };
            range.map(line).collect()
        };
        for (place, event) in (0_u32..).zip(&body.events) {
            let words = [event.country, event.kind, event.mode, event.admin1, event.place];
            lines.insert(format!(
                "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                event.id,
                body.line_of_event(place),
                words.map(word),
                (event.first_day, event.last_day, event.at),
                (event.killed, event.confidence),
                (event.main, event.disputed, event.campaign),
                event.n_reports,
                reports(event.reports())
            ));
        }
        let alone =
            (0..body.told.len()).filter(|&place| body.told.event(place as u32) == Some(NONE));
        lines.extend(alone.flat_map(|place| reports(place..place + 1)));
        lines.extend((0_u32..).zip(&body.documents.list).map(|(place, document)| {
            format!("{} {:?}", word(document.source), body.line_of_document(place))
        }));
        lines
    }

    #[test]
    fn a_sheet_that_grew_says_what_one_made_anew_says() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let mut ledger = Ledger::open_or_create(&path).unwrap();
        let reader = ledger.reader().unwrap();
        let mut acts: Vec<Act> = (0..14).flat_map(samples::both).collect();
        acts.extend((0..9).flat_map(|n| samples::told_again(n % 4, n)));
        acts.extend([samples::coded(3, 2), samples::coded(8, 3)]);
        let mut n_renewed = 0;
        for chunk in acts.chunks(5) {
            let mut batch = ledger.begin().unwrap();
            for act in chunk {
                batch.append("2024-01-01T00:00:00Z", "test", act.clone()).unwrap();
            }
            batch.commit().unwrap();
            let grown = reader.sheet().unwrap();
            let anew = whole(&ledger).unwrap();
            assert_eq!(said(&grown.body), said(&anew));
            let sheets = reader.sheets.kept.lock().unwrap();
            let before = sheets.first().filter(|_| sheets.len() > 1).cloned();
            let known = before.map(|b| track::since(&ledger.connection, b.position).unwrap());
            n_renewed += usize::from(known.flatten().is_some());
        }
        assert!(n_renewed > 5, "{n_renewed}");
    }

    #[test]
    fn a_ledger_whose_changes_nobody_noted_is_read_anew() {
        let (_folder, ledger) = samples::ledger(20);
        let connection = &ledger.connection;
        assert!(track::since(connection, 0).unwrap().is_some());
        // As if another program had written before this one took note.
        connection.execute("DELETE FROM moved WHERE seq < 10", []).unwrap();
        assert!(track::since(connection, 0).unwrap().is_none());
        assert!(track::since(connection, 10).unwrap().is_some());
        connection.execute_batch("DROP TABLE moved").unwrap();
        assert!(track::since(connection, 10).unwrap().is_none());
    }
}
