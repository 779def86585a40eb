//! What a ledger has beside events and reports: its actors, places, sources, documents, relations.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::StoreError;
use super::ledger::Ledger;
use super::search::Filter;
use super::tally::{NOT_CAMPAIGNS, Tally, sums, tally};

/// An actor, and what it is said to have done or suffered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ActorLine {
    /// Its id in what is known.
    pub(crate) id: String,
    /// How many events it is a party of.
    pub(crate) events: u64,
    /// How many it is named a perpetrator of.
    pub(crate) as_perpetrator: u64,
    /// How many it is named a target of.
    pub(crate) as_target: u64,
    /// The first and the last day of these events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) first_day: Option<String>,
    /// As above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_day: Option<String>,
}

/// A place, and what happened there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PlaceLine {
    /// ISO 3166-1 alpha-2.
    pub(crate) country: String,
    /// The first-level area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) admin1: Option<String>,
    /// The city, town or village.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<String>,
    /// The sum of its events.
    #[serde(flatten)]
    pub(crate) tally: Tally,
}

/// An outlet, and what came from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SourceLine {
    /// Its name, or else the host of its addresses, or else the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// How many documents.
    pub(crate) documents: u64,
    /// How many of them say what an earlier document says.
    pub(crate) duplicates: u64,
    /// How many reports they have.
    pub(crate) reports: u64,
    /// The days of publication of the first and the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) first_published: Option<String>,
    /// As above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_published: Option<String>,
    /// When the last was taken into the ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_seen: Option<String>,
}

/// A document as one line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DocumentLine {
    /// The entry that captured it.
    pub(crate) seq: i64,
    /// Its id.
    pub(crate) id: String,
    /// As the page says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    /// As the page says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) outlet: Option<String>,
    /// As the page says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) published: Option<String>,
    /// As the page says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<String>,
    /// Where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    /// The earlier document that says the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) duplicate_of: Option<String>,
    /// How many reports it has.
    pub(crate) reports: u64,
}

/// A relation as one line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct RelationLine {
    /// Its number in the views.
    pub(crate) row: i64,
    /// Its id.
    pub(crate) id: String,
    /// The document that says so.
    pub(crate) document: String,
    /// The term.
    pub(crate) relation: String,
    /// The words for the subject.
    pub(crate) subject: String,
    /// Its actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) subject_actor: Option<String>,
    /// The words for the object.
    pub(crate) object: String,
    /// Its actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) object_actor: Option<String>,
    /// How the text puts it.
    pub(crate) assertion: String,
    /// Whether it is over.
    pub(crate) former: bool,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) speakers: Option<String>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) outlet: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) published: Option<String>,
}

/// Which relations are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RelationFilter {
    /// The id of the actor at either end.
    pub(crate) actor: Option<String>,
    /// The term.
    pub(crate) relation: Option<String>,
}

/// The host of an address in SQL.
const HOST: &str = "substr(substr(url, instr(url, '://') + 3), 1,
    instr(substr(url, instr(url, '://') + 3) || '/', '/') - 1)";

impl Ledger {
    /// Runs `read` on one position of the log, whatever is written meanwhile.
    pub(crate) fn at_one_position<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run("BEGIN DEFERRED")?;
        let result = read(self);
        // Nothing was written: whether it commits or not is the same, unless the file is damaged,
        // and then the next read says so.
        self.run("COMMIT").or_else(|_| self.run("ROLLBACK")).ok();
        result
    }

    /// Opens the ledger of this path so that nothing can be written through it.
    pub(crate) fn open_to_read_only(path: &std::path::Path) -> Result<Self, StoreError> {
        let ledger = Self::open(path)?;
        ledger.run("PRAGMA query_only = ON")?;
        Ok(ledger)
    }

    /// When the last entry was made.
    pub(crate) fn last_entry(&self) -> Result<Option<String>, StoreError> {
        self.connection
            .query_row("SELECT at FROM entry ORDER BY seq DESC LIMIT 1", [], |row| row.get(0))
            .optional()
            .map_err(|error| self.failed(error))
    }

    /// The actors that are parties of attacks that a document is about, those of most first.
    pub(crate) fn actors(&self, limit: u32, offset: u32) -> Result<Vec<ActorLine>, StoreError> {
        self.ask_all(
            "SELECT party.actor, count(DISTINCT event.id),
                count(DISTINCT iif(party.role = 'perpetrator', event.id, NULL)),
                count(DISTINCT iif(party.role = 'target', event.id, NULL)),
                min(event.first_day), max(event.last_day)
             FROM party JOIN member ON member.report = party.report
             JOIN report ON report.row = party.report AND report.main AND report.violent
                AND NOT report.rejected
             JOIN event ON event.id = member.event AND event.mode <> 'campaign'
             WHERE party.actor IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ? OFFSET ?",
            &[Value::from(limit), Value::from(offset)],
            |row| {
                Ok(ActorLine {
                    id: row.get(0)?,
                    events: row.get(1)?,
                    as_perpetrator: row.get(2)?,
                    as_target: row.get(3)?,
                    first_day: row.get(4)?,
                    last_day: row.get(5)?,
                })
            },
        )
    }

    /// The words that the documents have for an actor, the most frequent first, with how often.
    pub(crate) fn names_of(&self, actor: &str) -> Result<Vec<(String, u64)>, StoreError> {
        self.ask_all(
            "SELECT name, count(*) FROM party WHERE actor = ? GROUP BY name
             ORDER BY 2 DESC, 1 LIMIT 40",
            &[Value::from(actor.to_owned())],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// The places of the events that have a report that passes `filter`, those of most first.
    /// Campaigns are left out.
    pub(crate) fn places(
        &self,
        filter: &Filter,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<PlaceLine>, StoreError> {
        let (passes, values) = filter.of_events();
        let sql = format!(
            "SELECT NULL, {}, event.country, event.admin1, event.place FROM event
             WHERE {NOT_CAMPAIGNS} AND event.country IS NOT NULL AND {passes}
             GROUP BY event.country, event.admin1, event.place
             ORDER BY 2 DESC, 8, 10, 9 LIMIT {limit} OFFSET {offset}",
            sums()
        );
        self.ask_all(&sql, &values, |row| {
            Ok(PlaceLine {
                tally: tally(row, 0)?,
                country: row.get(7)?,
                admin1: row.get(8)?,
                place: row.get(9)?,
            })
        })
    }

    /// The outlets of all documents, those of most documents first.
    pub(crate) fn sources(&self) -> Result<Vec<SourceLine>, StoreError> {
        let sql = format!(
            "SELECT name, documents, duplicates, reports, first, last,
                (SELECT at FROM entry WHERE entry.seq = latest)
             FROM (SELECT coalesce(outlet, {HOST}) AS name, count(*) AS documents,
                    count(duplicate_of) AS duplicates, min(published) AS first,
                    max(published) AS last, max(seq) AS latest,
                    sum((SELECT count(*) FROM report WHERE report.document = seq)) AS reports
                 FROM document GROUP BY 1)
             ORDER BY documents DESC, name"
        );
        self.ask_all(&sql, &[], |row| {
            Ok(SourceLine {
                name: row.get(0)?,
                documents: row.get(1)?,
                duplicates: row.get(2)?,
                reports: row.get(3)?,
                first_published: row.get(4)?,
                last_published: row.get(5)?,
                last_seen: row.get(6)?,
            })
        })
    }

    /// How many documents were published in each month.
    pub(crate) fn documents_by_month(&self) -> Result<Vec<(String, u64)>, StoreError> {
        self.ask_all(
            "SELECT substr(published, 1, 7), count(*) FROM document
             WHERE published IS NOT NULL GROUP BY 1 ORDER BY 1",
            &[],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// The documents before entry `before`, the latest first; of one outlet, or with words in
    /// them, in the language of FTS5.
    pub(crate) fn documents(
        &self,
        outlet: Option<&str>,
        text: Option<&str>,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<DocumentLine>, StoreError> {
        let given = |value: Option<&str>| value.map_or(Value::Null, |v| Value::from(v.to_owned()));
        let words = text
            .map_or("", |_| "AND document.seq IN (SELECT rowid FROM words WHERE words MATCH ?4)");
        let sql = format!(
            "SELECT seq, lower(hex(id)), title, outlet, published, language, url,
                iif(duplicate_of IS NULL, NULL, lower(hex(duplicate_of))),
                (SELECT count(*) FROM report WHERE report.document = document.seq)
             FROM document WHERE (?1 IS NULL OR coalesce(outlet, {HOST}) = ?1)
                AND (?2 IS NULL OR seq < ?2) {words} ORDER BY seq DESC LIMIT ?3"
        );
        let before = before.map_or(Value::Null, Value::from);
        let mut values = vec![given(outlet), before, Value::from(limit)];
        values.extend(text.map(|text| Value::from(text.to_owned())));
        self.ask_all(&sql, &values, |row| {
            Ok(DocumentLine {
                seq: row.get(0)?,
                id: row.get(1)?,
                title: row.get(2)?,
                outlet: row.get(3)?,
                published: row.get(4)?,
                language: row.get(5)?,
                url: row.get(6)?,
                duplicate_of: row.get(7)?,
                reports: row.get(8)?,
            })
        })
    }

    /// The relations after row `after`, in the order in which they were read.
    pub(crate) fn relations(
        &self,
        filter: &RelationFilter,
        after: Option<i64>,
        limit: u32,
    ) -> Result<Vec<RelationLine>, StoreError> {
        let given = |value: &Option<String>| value.clone().map_or(Value::Null, Value::from);
        self.ask_all(
            "SELECT row, lower(hex(relation.id)), lower(hex(document.id)), relation, subject,
                subject_actor, object, object_actor, assertion, former, speakers, outlet, published
             FROM relation JOIN document ON document.seq = relation.document
             WHERE (?1 IS NULL OR subject_actor = ?1 OR object_actor = ?1)
                AND (?2 IS NULL OR relation = ?2) AND (?3 IS NULL OR row > ?3)
             ORDER BY row LIMIT ?4",
            &[
                given(&filter.actor),
                given(&filter.relation),
                after.map_or(Value::Null, Value::from),
                Value::from(limit),
            ],
            relation,
        )
    }

    /// The events of the reports of a document, by the ids of these.
    pub(crate) fn events_of(&self, document: i64) -> Result<Vec<(String, String)>, StoreError> {
        self.ask_all(
            "SELECT lower(hex(report.id)), lower(hex(member.event)) FROM report
             JOIN member ON member.report = report.row WHERE report.document = ? ORDER BY row",
            &[Value::from(document)],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// The relation in this row, with its document and the build that coded it.
    pub(crate) fn relation(
        &self,
        row: i64,
    ) -> Result<(engine::Relation, reading::Document, String), StoreError> {
        let found = self.ask_all(
            "SELECT relation.document, whole, coalesce(build, '') FROM relation
             JOIN document ON document.seq = relation.document WHERE row = ?",
            &[Value::from(row)],
            |row| {
                let relation = super::views::parsed(row.get_ref(1)?.as_str()?)?;
                Ok((row.get::<_, i64>(0)?, relation, row.get::<_, String>(2)?))
            },
        );
        let Some((seq, relation, build)) = found?.pop() else {
            return Err(self.damaged(super::error::Corruption::View("relation")));
        };
        Ok((relation, self.document(seq)?, build))
    }

    /// The event that the report in this row is of.
    pub(crate) fn event_of_report(&self, row: i64) -> Result<Option<String>, StoreError> {
        let found = self.ask_all(
            "SELECT lower(hex(event)) FROM member WHERE report = ?",
            &[Value::from(row)],
            |row| row.get(0),
        );
        Ok(found?.pop())
    }

    /// The rows of the reports of an event, in the order of publication.
    pub(crate) fn reports_of(&self, event: [u8; 16]) -> Result<Vec<i64>, StoreError> {
        self.ask_all(
            "SELECT member.report FROM member JOIN report ON report.row = member.report
             JOIN document ON document.seq = report.document WHERE event = ?
             ORDER BY published NULLS LAST, member.report",
            &[Value::from(event.to_vec())],
            |row| row.get(0),
        )
    }
}

fn relation(row: &Row<'_>) -> rusqlite::Result<RelationLine> {
    Ok(RelationLine {
        row: row.get(0)?,
        id: row.get(1)?,
        document: row.get(2)?,
        relation: row.get(3)?,
        subject: row.get(4)?,
        subject_actor: row.get(5)?,
        object: row.get(6)?,
        object_actor: row.get(7)?,
        assertion: row.get(8)?,
        former: row.get(9)?,
        speakers: row.get(10)?,
        outlet: row.get(11)?,
        published: row.get(12)?,
    })
}
