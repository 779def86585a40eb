//! What a reviewer should look at: pairs of reports that the program is not sure of, events whose
//! reports disagree, reports of low confidence. Only what documents are about, and is violent.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use engine::Report;
use engine::link::reconcile::judged::Field;
use engine::link::{EventId, NodeId, Weights};
use reading::Span;
use rusqlite::{OptionalExtension, Result};

use super::error::StoreError;
use super::judgement::Told;
use super::ledger::Ledger;
use super::sheet::Sheet;
use super::{linked, views};

/// In log-odds: a report whose best pair within its event is worth less is loosely tied to it.
const LOOSE: f64 = 1.0;

/// Two reports that may be of one event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    /// Their rows.
    pub(crate) rows: [i64; 2],
    /// Whether they are of one event now.
    pub(crate) linked: bool,
    /// How likely they are, by the signs of the two alone, from 0 to 1.
    pub(crate) likely: f64,
}

/// A field of an event on which its reports disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dispute {
    /// The event.
    pub(crate) event: EventId,
    /// The field.
    pub(crate) field: Field,
    /// The row of the report that stands for the event.
    pub(crate) row: i64,
}

/// A node as a reviewer meets it: by one of its reports.
struct Seen {
    row: i64,
    event: [u8; 16],
    told: bool,
}

impl Ledger {
    /// The report in this row as a judgement names it.
    pub(crate) fn told(&self, row: i64) -> std::result::Result<Told, StoreError> {
        self.connection
            .prepare_cached("SELECT whole FROM report WHERE row = ?")
            .and_then(|mut query| query.query_row([row], |row| as_told(row.get_ref(0)?.as_str()?)))
            .map_err(|error| self.failed(error))
    }

    /// The row of the report that a judgement speaks of, if there is one now.
    pub(crate) fn row_of(&self, told: Told) -> std::result::Result<Option<i64>, StoreError> {
        linked::judged::find(&self.connection, told).map_err(|error| self.failed(error))
    }

    /// The rows of the reports of the event that the report in this row is of.
    pub(crate) fn with(&self, row: i64) -> std::result::Result<Vec<i64>, StoreError> {
        let sql = "SELECT report FROM member WHERE event =
            (SELECT event FROM member WHERE report = ?) ORDER BY report";
        self.connection
            .prepare_cached(sql)
            .and_then(|mut query| query.query_map([row], |row| row.get(0))?.collect())
            .map_err(|error| self.failed(error))
    }

    /// Why two reports may be of one event or not, in words, the weightiest first.
    pub(crate) fn grounds(&self, rows: [i64; 2]) -> std::result::Result<Vec<String>, StoreError> {
        linked::grounds(&self.connection, rows).map_err(|error| self.failed(error))
    }

    /// The words that a field of the report of this id rests on: the sentence of its evidence that
    /// has them, or else the paragraph; the first sentence of its evidence if it rests on none.
    pub(crate) fn quote(
        &self,
        report: &str,
        field: Field,
    ) -> std::result::Result<String, StoreError> {
        for (_, found) in self.find(report, 1)? {
            if let super::find::Found::Report(row) = found {
                let whole = self.report(row)?;
                let text = whole.document.text();
                return Ok(rests_on(&whole.report, field, text).unwrap_or_default().to_owned());
            }
        }
        Ok(String::new())
    }

    /// The row of the report that stands for an event: what a document is about before what it
    /// mentions, the least id first.
    pub(crate) fn first_of(&self, event: EventId) -> std::result::Result<Option<i64>, StoreError> {
        self.connection
            .prepare_cached(
                "SELECT row FROM member JOIN report ON report.row = member.report
                 WHERE event = ? ORDER BY main DESC, rejected, id LIMIT 1",
            )
            .and_then(|mut query| query.query_row([event.bytes()], |row| row.get(0)).optional())
            .map_err(|error| self.failed(error))
    }

    /// Pairs that are nearly or hardly enough to be of one event, and that no reviewer spoke of:
    /// the best pair of two events, and the best of a report that is loosely tied to its own.
    pub(crate) fn doubtful_pairs(&self) -> std::result::Result<Vec<Pair>, StoreError> {
        let sheet = self.sheet()?;
        self.pairs(&sheet).map_err(|error| self.failed(error))
    }

    fn pairs(&self, sheet: &Sheet) -> Result<Vec<Pair>> {
        let mut nodes: HashMap<NodeId, Seen> = HashMap::new();
        let mut query = self.connection.prepare_cached(
            "SELECT node, report FROM telling WHERE node IS NOT NULL ORDER BY node, report",
        )?;
        let mut found = query.query([])?;
        while let Some(row) = found.next()? {
            let (node, row): (NodeId, i64) = (row.get(0)?, row.get(1)?);
            let Some((event, told)) = sheet.seen(row) else { continue };
            nodes.entry(node).or_insert(Seen { row, event, told }).told |= told;
        }
        let mut apart: BTreeMap<[[u8; 16]; 2], (f64, [NodeId; 2])> = BTreeMap::new();
        let mut within: BTreeMap<NodeId, (f64, NodeId)> = BTreeMap::new();
        let mut query =
            self.connection.prepare_cached("SELECT node, other, worth FROM edge ORDER BY 1, 2")?;
        let mut found = query.query([])?;
        while let Some(row) = found.next()? {
            let (node, other, worth): (NodeId, NodeId, f64) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let (Some(a), Some(b)) = (nodes.get(&node), nodes.get(&other)) else { continue };
            if !a.told || !b.told {
                continue;
            }
            if a.event == b.event {
                let best = within.entry(node).or_insert((worth, other));
                if worth > best.0 {
                    *best = (worth, other);
                }
            } else if node < other {
                let mut events = [a.event, b.event];
                events.sort_unstable();
                let best = apart.entry(events).or_insert((worth, [node, other]));
                if worth > best.0 {
                    *best = (worth, [node, other]);
                }
            }
        }
        let judged = self.judged_pairs()?;
        let mut seen: BTreeSet<[NodeId; 2]> = BTreeSet::new();
        let loose = within.into_iter().filter(|(_, (worth, _))| *worth < LOOSE);
        let loose = loose.map(|(node, (worth, other))| (worth, [node.min(other), node.max(other)]));
        let mut pairs: Vec<Pair> = Vec::new();
        for (worth, pair) in apart.into_values().chain(loose) {
            let [Some(a), Some(b)] = pair.map(|node| nodes.get(&node)) else { continue };
            let rows = [a.row, b.row];
            if judged(rows) || !seen.insert(pair) {
                continue;
            }
            pairs.push(Pair { rows, linked: a.event == b.event, likely: likely(worth) });
        }
        let doubt = |pair: &Pair| (pair.likely - likely(Weights::EVEN)).abs();
        pairs.sort_by(|a, b| doubt(a).total_cmp(&doubt(b)).then(a.rows.cmp(&b.rows)));
        Ok(pairs)
    }

    /// Whether judgements say if the reports of two rows are of one event.
    fn judged_pairs(&self) -> Result<impl Fn([i64; 2]) -> bool> {
        let (bonds, row_of) = linked::judged::bonds(&self.connection)?;
        let mut set_of: BTreeMap<i64, usize> = BTreeMap::new();
        for (set, reports) in bonds.same.iter().enumerate() {
            set_of.extend(reports.iter().filter_map(|id| Some((*row_of.get(id)?, set))));
        }
        // A report of no set is one of its own.
        let mut next = bonds.same.len();
        let mut of = |id, set_of: &mut BTreeMap<i64, usize>| -> Option<usize> {
            let row = *row_of.get(id)?;
            next += 1;
            Some(*set_of.entry(row).or_insert(next))
        };
        let mut foes: BTreeSet<[usize; 2]> = BTreeSet::new();
        for (a, b) in &bonds.apart {
            if let (Some(a), Some(b)) = (of(a, &mut set_of), of(b, &mut set_of)) {
                foes.insert([a.min(b), a.max(b)]);
            }
        }
        Ok(move |rows: [i64; 2]| {
            let [Some(&a), Some(&b)] = rows.map(|row| set_of.get(&row)) else { return false };
            a == b || foes.contains(&[a.min(b), a.max(b)])
        })
    }

    /// The first `most` fields on which the reports of an event disagree and that no reviewer
    /// settled.
    pub(crate) fn disputes(&self, most: usize) -> std::result::Result<Vec<Dispute>, StoreError> {
        let mut disputes = Vec::new();
        for (id, _) in self.sheet()?.disputes() {
            if disputes.len() >= most {
                break;
            }
            let Some(event) = EventId::from_bytes(&id) else { continue };
            let Some(row) = self.first_of(event)? else { continue };
            let ask = || -> Result<(String, Vec<Field>)> {
                let mut query =
                    self.connection.prepare_cached("SELECT disputed FROM event WHERE id = ?")?;
                Ok((query.query_row([id], |row| row.get(0))?, self.settled(event)?))
            };
            let (fields, settled) = ask().map_err(|error| self.failed(error))?;
            let fields = fields.split("; ").filter_map(Field::parse);
            let open = fields.filter(|field| !settled.contains(field));
            disputes.extend(open.map(|field| Dispute { event, field, row }));
        }
        disputes.truncate(most);
        Ok(disputes)
    }

    fn settled(&self, event: EventId) -> Result<Vec<Field>> {
        Ok(linked::judged::Said::of(&self.connection, event)?
            .rulings()
            .iter()
            .map(|r| r.field)
            .collect())
    }

    /// Reports that the program is less sure of than `least`, which no reviewer weighed.
    pub(crate) fn unsure(&self, least: f64) -> std::result::Result<Vec<(i64, f64)>, StoreError> {
        let ask = || -> Result<BTreeSet<i64>> {
            let mut query = self.connection.prepare_cached(
                "SELECT bound.report FROM judgement CROSS JOIN bound USING (seq)
                 WHERE item LIKE 'report %'",
            )?;
            query.query_map([], |row| row.get(0))?.collect()
        };
        let weighed = ask().map_err(|error| self.failed(error))?;
        let mut unsure = self.sheet()?.unsure(least);
        unsure.retain(|(row, _)| !weighed.contains(row));
        Ok(unsure)
    }
}

fn rests_on<'t>(report: &Report, field: Field, text: &'t str) -> Option<&'t str> {
    let at = match field {
        Field::Mode => None,
        Field::When => report.when.as_ref().and_then(|when| when.at.first()),
        Field::Where => report.scene.as_ref().and_then(|scene| scene.at.first()),
        Field::Killed => report.killed.as_ref().and_then(|count| count.at.first()),
        Field::Injured => report.injured.as_ref().and_then(|count| count.at.first()),
        Field::Abducted => report.abducted.as_ref().and_then(|count| count.at.first()),
        Field::Perpetrators => report.perpetrators.first().map(|p| &p.name),
    };
    let first = report.evidence.first().map(|evidence| evidence.of(text));
    let Some(&at) = at else { return first };
    let sentence = report.evidence.iter().find(|evidence| evidence.contains(at));
    let paragraph = || text.get(paragraph(text, at));
    sentence.map(|sentence| sentence.of(text)).or_else(paragraph).or(first)
}

/// The line of a text that a span lies in.
fn paragraph(text: &str, at: Span) -> std::ops::Range<usize> {
    let start = text.get(..at.start()).and_then(|before| before.rfind('\n')).map_or(0, |n| n + 1);
    let end = text.get(at.end()..).and_then(|after| after.find('\n'));
    start..end.map_or(text.len(), |n| at.end() + n)
}

fn likely(worth: f64) -> f64 {
    1.0 / (1.0 + (-worth).exp())
}

fn as_told(whole: &str) -> Result<Told> {
    let report: Report = views::parsed(whole)?;
    // Only the row of a table may rest on no words at all.
    let nowhere = || Span::within("", 0, 0);
    let at = report.evidence.first().copied().or_else(nowhere);
    let at = at.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    Ok(Told { document: report.document, report: report.id, at })
}
