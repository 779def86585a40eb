//! From the views to a sheet: all of them, or what moved since the last one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rusqlite::{Connection, Result, Row};

use super::names::NONE;
use super::track::{self, Moved};
use super::{Body, Document, Event, More, Names, Party, Sheet, Told, day};
use crate::store::browse::HOST;
use crate::store::ledger::Ledger;

/// If more than one report in so many moved, all are read: that is one walk through the file.
const FEW: usize = if cfg!(test) { 1 } else { 4 };

const EVENTS: &str = "SELECT id, main, kind, mode, first_day, last_day, country, admin1, place,
    lat, lon, killed_low, killed_best, killed_high, confidence, disputed FROM event";

const REPORTS: &str = "SELECT row, report.document, kind, mode, violent, main, first_day, last_day,
    country, admin1, place, site, lat, lon, killed_low, killed_best, killed_high, confidence,
    rejected, member.event FROM report LEFT JOIN member ON member.report = report.row";

const PARTIES: &str = "SELECT report, role, actor, name FROM party";

/// The record at the position that `ledger` sees; of what `before` had if that is known.
pub(super) fn body(ledger: &Ledger, before: Option<&Sheet>) -> Result<Arc<Body>> {
    let connection = &ledger.connection;
    let moved = before.map(|before| track::since(connection, before.position)).transpose()?;
    if let (Some(before), Some(moved)) = (before, moved.flatten()) {
        let documents = documents(connection, &before.body)?;
        if moved.events.is_empty() && moved.reports.is_empty() && documents.is_none() {
            return Ok(Arc::clone(&before.body));
        }
        if moved.reports.len() * FEW <= before.body.told.len() {
            let (names, documents) = documents.unwrap_or_else(|| {
                (Names::clone(&before.body.names), before.body.documents.clone())
            });
            return renewed(connection, &before.body, moved, names, documents).map(Arc::new);
        }
    }
    whole(connection).map(Arc::new)
}

/// A report as it is read, with its event.
struct Loaded {
    event: Option<[u8; 16]>,
    told: Told,
    more: More,
    parties: Vec<Party>,
}

/// A sheet that grows by an event at a time.
#[derive(Default)]
struct Draft {
    body: Body,
}

impl Draft {
    fn add_event(&mut self, mut event: Event) {
        event.reports = self.body.told.len() as u32;
        event.n_reports = 0;
        self.body.events.push(event);
    }

    /// Adds a report of the last event, or of none.
    fn add_report(&mut self, mut told: Told, mut more: More, parties: &[Party], of_event: bool) {
        let body = &mut self.body;
        told.event = NONE;
        if let Some(event) = body.events.last_mut().filter(|_| of_event) {
            event.n_reports += 1;
            told.event = body.events.len() as u32 - 1;
        }
        more.parties = body.parties.len() as u32;
        more.n_parties = parties.len() as u32;
        body.parties.extend_from_slice(parties);
        body.told.push(told);
        body.more.push(more);
    }
}

fn whole(connection: &Connection) -> Result<Body> {
    let mut draft = Draft::default();
    let (mut names, documents) = documents(connection, &draft.body)?.unwrap_or_default();
    let mut events = Vec::new();
    each(connection, &format!("{EVENTS} ORDER BY id"), [], |row| {
        events.push(event(row, &mut names)?);
        Ok(())
    })?;
    let mut parties: Vec<(i64, Party)> = Vec::new();
    each(connection, &format!("{PARTIES} ORDER BY report, role, n"), [], |row| {
        parties.push((row.get(0)?, party(row, &mut names)?));
        Ok(())
    })?;
    let mut rest = parties.as_slice();
    let mut loaded: Vec<(u32, Told, More)> = Vec::new();
    each(connection, &format!("{REPORTS} ORDER BY row"), [], |row| {
        let mut one = report(row, &documents, &mut names)?;
        let skipped = rest.iter().take_while(|(of, _)| *of < one.more.row).count();
        rest = rest.get(skipped..).unwrap_or_default();
        one.more.parties = (parties.len() - rest.len()) as u32;
        one.more.n_parties = rest.iter().take_while(|(of, _)| *of == one.more.row).count() as u32;
        let place = one.event.and_then(|id| events.binary_search_by_key(&id, |e| e.id).ok());
        loaded.push((place.map_or(NONE, |place| place as u32), one.told, one.more));
        Ok(())
    })?;
    loaded.sort_by_key(|(event, _, more)| (*event, more.row));
    let mut loaded = loaded.into_iter().peekable();
    let mut own: Vec<Party> = Vec::new();
    let mut add = |draft: &mut Draft, (place, told, more): (u32, Told, More)| {
        let first = more.parties as usize;
        let of = parties.get(first..first + more.n_parties as usize).unwrap_or_default();
        own.clear();
        own.extend(of.iter().map(|(_, party)| *party));
        draft.add_report(told, more, &own, place != NONE);
    };
    for (place, event) in (0_u32..).zip(&events) {
        draft.add_event(*event);
        while let Some(one) = loaded.next_if(|one| one.0 == place) {
            add(&mut draft, one);
        }
    }
    loaded.for_each(|one| add(&mut draft, one));
    Ok(Body { names: Arc::new(names), documents, ..draft.body })
}

/// What `before` had but for what moved, and what that is now.
fn renewed(
    connection: &Connection,
    before: &Body,
    mut moved: Moved,
    mut names: Names,
    documents: Vec<Document>,
) -> Result<Body> {
    for (told, more) in before.told.iter().zip(&before.more) {
        let event = before.events.get(told.event as usize);
        if let Some(event) = event.filter(|_| moved.reports.contains(&more.row)) {
            moved.events.insert(event.id);
        }
    }
    let mut loaded: BTreeMap<i64, Loaded> = BTreeMap::new();
    for row in &moved.reports {
        each(connection, &format!("{REPORTS} WHERE row = ?"), [row], |found| {
            let one = report(found, &documents, &mut names)?;
            moved.events.extend(one.event);
            loaded.insert(*row, one);
            Ok(())
        })?;
    }
    let mut events: Vec<Event> = Vec::new();
    for id in &moved.events {
        each(connection, &format!("{EVENTS} WHERE id = ?"), [id], |row| {
            events.push(event(row, &mut names)?);
            Ok(())
        })?;
        each(connection, &format!("{REPORTS} WHERE member.event = ?"), [id], |row| {
            let one = report(row, &documents, &mut names)?;
            loaded.insert(one.more.row, one);
            Ok(())
        })?;
    }
    for (row, one) in &mut loaded {
        each(connection, &format!("{PARTIES} WHERE report = ? ORDER BY role, n"), [row], |row| {
            one.parties.push(party(row, &mut names)?);
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
            draft.add_report(one.told, one.more, &one.parties, true);
        }
    }
    for (place, (told, more)) in before.told.iter().zip(&before.more).enumerate() {
        if told.event == NONE && !gone.contains(&more.row) {
            draft.copy(before, place, false);
        }
    }
    for one in of.remove(&None).unwrap_or_default() {
        draft.add_report(one.told, one.more, &one.parties, false);
    }
    Ok(Body { names: Arc::new(names), documents, ..draft.body })
}

impl Draft {
    /// Adds a report as it was.
    fn copy(&mut self, before: &Body, place: usize, of_event: bool) {
        if let (Some(told), Some(more)) = (before.told.get(place), before.more.get(place)) {
            self.add_report(*told, *more, before.parties_of(place), of_event);
        }
    }
}

/// All documents, and the names with theirs, if there are some that `before` has not.
fn documents(connection: &Connection, before: &Body) -> Result<Option<(Names, Vec<Document>)>> {
    let last = before.documents.last().map_or(0, |document| document.seq);
    let sql = format!(
        "SELECT seq, outlet, coalesce(outlet, {HOST}), published, duplicate_of IS NOT NULL
         FROM document WHERE seq > ? ORDER BY seq"
    );
    let mut grown: Option<(Names, Vec<Document>)> = None;
    each(connection, &sql, [last], |row| {
        let (names, documents) =
            grown.get_or_insert_with(|| (Names::clone(&before.names), before.documents.clone()));
        documents.push(Document {
            seq: row.get(0)?,
            outlet: names.add(text(row, 1)?),
            source: names.add(text(row, 2)?),
            published: day::read(text(row, 3)?),
            duplicate: row.get(4)?,
        });
        Ok(())
    })?;
    Ok(grown)
}

fn event(row: &Row<'_>, names: &mut Names) -> Result<Event> {
    let mode = text(row, 3)?;
    let disputed = text(row, 15)?.is_some_and(|fields| !matches!(fields, "" | "[]"));
    Ok(Event {
        id: row.get(0)?,
        reports: 0,
        n_reports: 0,
        main: row.get(1)?,
        kind: names.add(text(row, 2)?),
        campaign: mode == Some("campaign"),
        mode: names.add(mode),
        first_day: day::read(text(row, 4)?),
        last_day: day::read(text(row, 5)?),
        country: names.add(text(row, 6)?),
        admin1: names.add(text(row, 7)?),
        place: names.add(text(row, 8)?),
        at: point(row, 9)?,
        killed: [count(row, 11)?, count(row, 12)?, count(row, 13)?],
        confidence: row.get(14)?,
        disputed,
    })
}

fn report(row: &Row<'_>, documents: &[Document], names: &mut Names) -> Result<Loaded> {
    let document: i64 = row.get(1)?;
    let document = documents.binary_search_by_key(&document, |document| document.seq);
    let [low, best, high] = [count(row, 14)?, count(row, 15)?, count(row, 16)?];
    let first = |counts: &[u32]| counts.iter().copied().find(|n| *n != NONE).unwrap_or(NONE);
    let confidence = row.get(17)?;
    let told = Told {
        first_day: day::read(text(row, 6)?),
        last_day: day::read(text(row, 7)?),
        least_killed: first(&[low, best]),
        event: NONE,
        country: names.add(text(row, 8)?),
        kind: names.add(text(row, 2)?),
        mode: names.add(text(row, 3)?),
        percent: percent(confidence),
        violent: row.get(4)?,
        main: row.get(5)?,
        rejected: row.get(18)?,
    };
    let more = More {
        row: row.get(0)?,
        document: document.map_or(NONE, |place| place as u32),
        admin1: names.add(text(row, 9)?),
        place: names.add(text(row, 10)?),
        site: names.add(text(row, 11)?),
        at: point(row, 12)?,
        killed: first(&[best, low, high]),
        confidence,
        parties: 0,
        n_parties: 0,
    };
    Ok(Loaded { event: row.get(19)?, told, more, parties: Vec::new() })
}

fn party(row: &Row<'_>, names: &mut Names) -> Result<Party> {
    Ok(Party {
        perpetrator: text(row, 1)? == Some("perpetrator"),
        actor: names.add(text(row, 2)?),
        name: names.add(text(row, 3)?),
    })
}

/// The most whole per cent that a confidence is not below, as a filter compares it.
fn percent(confidence: f64) -> u8 {
    let at_least = |percent: &u8| confidence >= f64::from(*percent) / 100.0;
    (0..=100).rev().find(at_least).unwrap_or(0)
}

fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<Option<&'r str>> {
    Ok(row.get_ref(column)?.as_str_or_null()?)
}

fn count(row: &Row<'_>, column: usize) -> Result<u32> {
    Ok(row.get::<_, Option<u32>>(column)?.unwrap_or(NONE))
}

fn point(row: &Row<'_>, column: usize) -> Result<Option<(f64, f64)>> {
    let (lat, lon): (Option<f64>, Option<f64>) = (row.get(column)?, row.get(column + 1)?);
    Ok(lat.zip(lon))
}

fn each<P: rusqlite::Params>(
    connection: &Connection,
    sql: &str,
    parameters: P,
    mut each: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut query = connection.prepare_cached(sql)?;
    let mut rows = query.query(parameters)?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
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
                let (told, more) = (&body.told[place], &body.more[place]);
                let words =
                    [told.country, told.kind, told.mode, more.admin1, more.place, more.site];
                let parties = body.parties_of(place).iter();
                let parties: Vec<_> =
                    parties.map(|p| (word(p.actor), word(p.name), p.perpetrator)).collect();
                let flags = [told.main, told.violent, told.rejected];
                let numbers = (told.first_day, told.last_day, told.least_killed, told.percent);
                format!(
                    "{} {:?} {numbers:?} {flags:?} {parties:?} {:?} {} {:?} {}",
                    more.row,
                    words.map(word),
                    more.at,
                    more.confidence,
                    body.documents[more.document as usize].seq,
                    more.killed,
                )
            };
            range.map(line).collect()
        };
        for event in &body.events {
            let words = [event.country, event.kind, event.mode, event.admin1, event.place];
            lines.insert(format!(
                "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                event.id,
                words.map(word),
                (event.first_day, event.last_day, event.at),
                (event.killed, event.confidence),
                (event.main, event.disputed, event.campaign),
                event.n_reports,
                reports(event.reports())
            ));
        }
        let alone = (0..body.told.len()).filter(|&place| body.told[place].event == NONE);
        lines.extend(alone.flat_map(|place| reports(place..place + 1)));
        lines.extend(body.documents.iter().map(|document| {
            format!("{} {} {}", document.seq, word(document.outlet), word(document.source))
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
            let anew = whole(&ledger.connection).unwrap();
            assert_eq!(said(&grown.body), said(&anew));
            let sheets = reader.sheets.0.lock().unwrap();
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

    #[test]
    fn percents_are_those_that_a_filter_asks_for() {
        assert_eq!([0.0, 0.9, 0.899, 0.29, 1.0, 0.57].map(percent), [0, 90, 89, 29, 100, 57]);
    }
}
