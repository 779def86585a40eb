//! What stands around a row of events or reports: its parties, who tells of it, how exact its place
//! is, and a sentence. The columns of other codebooks are made from it.

use engine::resolved::Precision;
use rusqlite::Row;

use super::error::StoreError;
use super::ledger::Ledger;
use super::search::Line;
use super::seek::Rows;

/// Somebody or something with a part in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    /// Whether it is said to have done it; else it was done to.
    pub(crate) perpetrator: bool,
    /// Its id in what is known.
    pub(crate) actor: Option<String>,
    /// The words of a text.
    pub(crate) name: String,
    /// Term of the ontology.
    pub(crate) sort: String,
    /// On what the naming of a perpetrator rests.
    pub(crate) attribution: Option<String>,
}

/// A document that tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Telling {
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) language: Option<String>,
}

/// What stands around a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Around {
    /// Perpetrators first: organisations before descriptions, the firmest naming first, then that
    /// of most sources. Whom a text says not to have done it is left out.
    pub(crate) parties: Vec<Party>,
    /// In the order of the ledger.
    pub(crate) tellings: Vec<Telling>,
    /// How exact the place is.
    pub(crate) precision: Option<String>,
    /// The first sentence that the first report rests on.
    pub(crate) quote: Option<String>,
}

const PARTIES: &str = "
    SELECT role, party.actor, party.name, party.sort, min(attribution_rank), attribution FROM (
        SELECT party.*, member.source AS source, CASE attribution
            WHEN 'fact' THEN 0 WHEN 'claimed' THEN 1 WHEN 'accused_by_authorities' THEN 2
            WHEN 'suspected' THEN 3 ELSE 4 END AS attribution_rank
        FROM member JOIN party ON party.report = member.report
        WHERE {these} AND attribution IS NOT 'denied'
        ORDER BY party.report, role, n) AS party
    GROUP BY role, coalesce(party.actor, lower(party.name)), party.sort
    ORDER BY role, party.actor IS NULL, min(attribution_rank), count(DISTINCT source) DESC,
        min(report), min(n)";

const TELLINGS: &str = "
    SELECT DISTINCT document.seq, outlet, url, title, published, language
    FROM member JOIN report ON report.row = member.report
    JOIN document ON document.seq = report.document WHERE {these} ORDER BY document.seq";

const PRECISIONS: &str = "
    SELECT where_precision, lat IS ?2 AND lon IS ?3 AS here
    FROM member JOIN report ON report.row = member.report
    WHERE {these} AND where_precision IS NOT NULL ORDER BY here DESC, row LIMIT 1";

impl Ledger {
    /// What stands around `line`, which must be of `rows`.
    pub(crate) fn around(&self, rows: Rows, line: &Line) -> Result<Around, StoreError> {
        let these = match rows {
            Rows::Events => {
                "member.event = (SELECT event FROM member AS first WHERE first.report = ?1)"
            }
            Rows::Reports => "member.report = ?1",
        };
        let sql = |pattern: &str| pattern.replace("{these}", these);
        let ask = || {
            let parties = self
                .connection
                .prepare_cached(&sql(PARTIES))?
                .query_map([line.row], party)?
                .collect::<rusqlite::Result<_>>()?;
            let tellings = self
                .connection
                .prepare_cached(&sql(TELLINGS))?
                .query_map([line.row], telling)?
                .collect::<rusqlite::Result<_>>()?;
            let mut precisions = self.connection.prepare_cached(&sql(PRECISIONS))?;
            let mut found = precisions.query((line.row, line.lat, line.lon))?;
            let precision = found.next()?.map(|row| row.get(0)).transpose()?;
            Ok(Around { parties, tellings, precision, quote: None })
        };
        let around: Around = ask().map_err(|error| self.failed(error))?;
        let whole = self.report(line.row)?;
        let quote = whole.report.evidence.first().map(|span| span.of(whole.document.text()));
        let quote = quote.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
        Ok(Around { quote, ..around })
    }
}

fn party(row: &Row<'_>) -> rusqlite::Result<Party> {
    let role: String = row.get(0)?;
    Ok(Party {
        perpetrator: role == "perpetrator",
        actor: row.get(1)?,
        name: row.get(2)?,
        sort: row.get(3)?,
        attribution: row.get(5)?,
    })
}

fn telling(row: &Row<'_>) -> rusqlite::Result<Telling> {
    Ok(Telling {
        outlet: row.get(1)?,
        url: row.get(2)?,
        title: row.get(3)?,
        published: row.get(4)?,
        language: row.get(5)?,
    })
}

impl Around {
    /// How exact the place is, as the engine has it.
    pub(crate) fn precision(&self) -> Option<Precision> {
        serde_json::from_value(self.precision.clone()?.into()).ok()
    }

    /// Those that are said to have done it, or those that it was done to.
    pub(crate) fn parties(&self, perpetrators: bool) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(move |party| party.perpetrator == perpetrators)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples;
    use crate::store::search::{Filter, Sort};

    #[test]
    fn an_event_has_the_parties_and_the_tellings_of_its_reports() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open_or_create(&folder.path().join("ledger")).unwrap();
        let mut batch = ledger.begin().unwrap();
        for act in samples::told_again(3, 1).into_iter().chain(samples::told_again(3, 2)) {
            batch.append("2024-01-01T00:00:00Z", "test", act).unwrap();
        }
        batch.commit().unwrap();
        let page = ledger.page(Rows::Events, &Filter::default(), Sort::Day, None, 9).unwrap();
        let event = page.lines.iter().find(|line| line.told.is_some_and(|told| told.0 > 1));
        let around = ledger.around(Rows::Events, event.unwrap()).unwrap();
        assert_eq!(around.tellings.len(), 2, "{around:?}");
        assert!(around.parties(true).count() >= 1, "{around:?}");
        assert!(around.precision().is_some() && around.quote.is_some(), "{around:?}");
        let page = ledger.page(Rows::Reports, &Filter::default(), Sort::Day, None, 1).unwrap();
        let around = ledger.around(Rows::Reports, &page.lines[0]).unwrap();
        assert_eq!(around.tellings.len(), 1);
    }
}
