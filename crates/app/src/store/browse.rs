//! What a ledger has beside events and reports: its actors, places, sources, documents, relations.

use std::cmp::Ordering;

use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::error::StoreError;
use super::ledger::Ledger;
use super::search::Filter;
use super::seek::Mark;
use super::tally::Tally;

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
    /// How many days after their publication its last fifty documents were taken into the ledger:
    /// the median of those that say when they were published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lag_days: Option<i32>,
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

impl ActorLine {
    /// Those of most events first.
    pub(super) fn in_order(&self, other: &Self) -> Ordering {
        other.events.cmp(&self.events).then_with(|| self.id.cmp(&other.id))
    }

    /// The line as a place in the list of all.
    pub(crate) fn mark(&self) -> Mark {
        Mark::of(&[Json::from(self.events), Json::from(self.id.as_str())])
    }

    /// The line of a mark, as far as the order needs it.
    pub(crate) fn of_mark(word: &str) -> Option<Self> {
        let values = Mark::values(word)?;
        let [events, id] = values.as_slice() else { return None };
        Some(Self {
            id: id.as_str()?.to_owned(),
            events: events.as_u64()?,
            as_perpetrator: 0,
            as_target: 0,
            first_day: None,
            last_day: None,
        })
    }
}

impl PlaceLine {
    /// Those of most events first.
    pub(super) fn in_order(&self, other: &Self) -> Ordering {
        let events = other.tally.events.cmp(&self.tally.events);
        events
            .then_with(|| self.country.cmp(&other.country))
            .then_with(|| self.place.cmp(&other.place))
            .then_with(|| self.admin1.cmp(&other.admin1))
    }

    /// The line as a place in the list of all.
    pub(crate) fn mark(&self) -> Mark {
        let text = |text: &Option<String>| text.clone().map_or(Json::Null, Json::from);
        let (place, admin1) = (text(&self.place), text(&self.admin1));
        Mark::of(&[Json::from(self.tally.events), Json::from(self.country.as_str()), place, admin1])
    }

    /// The line of a mark, as far as the order needs it.
    pub(crate) fn of_mark(word: &str) -> Option<Self> {
        let values = Mark::values(word)?;
        let [events, country, place, admin1] = values.as_slice() else { return None };
        let text = |value: &Json| value.as_str().map(str::to_owned);
        Some(Self {
            country: text(country)?,
            admin1: text(admin1),
            place: text(place),
            tally: Tally { events: events.as_u64()?, ..Tally::default() },
        })
    }
}

/// The first `limit` of an ordered list that come after `after`, whether that is in it or not.
fn following<T: Clone>(
    list: &[T],
    after: Option<&T>,
    limit: usize,
    order: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    let first = after.map_or(0, |after| list.partition_point(|line| order(line, after).is_le()));
    list.iter().skip(first).take(limit).cloned().collect()
}

/// How actors and places are compared with what is looked for.
pub(crate) type Folds<'f> = (&'f dyn Fn(&ActorLine) -> String, &'f dyn Fn(&PlaceLine) -> String);

/// Which relations are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RelationFilter {
    /// The id of the actor at either end.
    pub(crate) actor: Option<String>,
    /// The term.
    pub(crate) relation: Option<String>,
}

/// The host of an address in SQL.
pub(super) const HOST: &str = "substr(substr(url, instr(url, '://') + 3), 1,
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

    /// The first `limit` after `after` of the actors that are parties of attacks that a document is
    /// about, those of most first.
    pub(crate) fn actors(
        &self,
        after: Option<&ActorLine>,
        limit: usize,
    ) -> Result<Vec<ActorLine>, StoreError> {
        Ok(following(self.sheet()?.actors(), after, limit, ActorLine::in_order))
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

    /// The first `limit` after `after` of the places of the events that have a report that passes
    /// `filter`, those of most first. Campaigns are left out.
    pub(crate) fn places(
        &self,
        filter: &Filter,
        after: Option<&PlaceLine>,
        limit: usize,
    ) -> Result<Vec<PlaceLine>, StoreError> {
        let sheet = self.sheet()?;
        if *filter == Filter::attacks() {
            return Ok(following(sheet.places_of_attacks(), after, limit, PlaceLine::in_order));
        }
        let places = sheet.places(&*sheet.chosen(self, filter)?);
        Ok(following(&places, after, limit, PlaceLine::in_order))
    }

    /// The outlets of all documents, those of most documents first.
    pub(crate) fn sources(&self) -> Result<Vec<SourceLine>, StoreError> {
        let mut lines = Vec::new();
        for (mut line, latest) in self.sheet()?.sources() {
            let mut lags = Vec::new();
            for (seq, published) in latest {
                let at: Vec<String> =
                    self.ask_all("SELECT at FROM entry WHERE seq = ?", &[seq.into()], |row| {
                        row.get(0)
                    })?;
                line.last_seen = at.into_iter().next();
                lags.extend(published.zip(line.last_seen.as_deref()).and_then(days_between));
            }
            lags.sort_unstable();
            line.lag_days = lags.get(lags.len() / 2).copied();
            lines.push(line);
        }
        Ok(lines)
    }

    /// How many documents were published in each month.
    pub(crate) fn documents_by_month(&self) -> Result<Vec<(String, u64)>, StoreError> {
        Ok(self.sheet()?.documents_by_month())
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
        let sheet = self.sheet()?;
        let with = text.map(|text| sheet.documents_with(self, text)).transpose()?;
        let with = with.as_ref().map(|places| places.as_slice());
        Ok(sheet.documents(outlet, with, before, limit as usize))
    }

    /// The first actors and places of attacks of whose names, as `fold` gives them, one has `part`
    /// in it. The names of one position are folded once.
    pub(crate) fn named(
        &self,
        part: &str,
        limit: usize,
        fold: Folds<'_>,
    ) -> Result<(Vec<ActorLine>, Vec<PlaceLine>), StoreError> {
        Ok(self.sheet()?.named(part, limit, fold))
    }

    /// Makes now what the first question would wait for.
    pub(crate) fn prepare(&self) -> Result<(), StoreError> {
        let sheet = self.sheet()?;
        sheet.prepare();
        sheet.chosen(self, &Filter::attacks()).map(|_| ())
    }

    /// Makes the index of words in memory, if there is none or too much has come since.
    pub(crate) fn index_words(&self) -> Result<(), StoreError> {
        self.sheet()?.index(self)
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

/// From a day to a time; nothing lies between a day and a time before it.
fn days_between((day, at): (String, &str)) -> Option<i32> {
    let (day, at): (Date, Date) = (day.parse().ok()?, at.get(..10)?.parse().ok()?);
    Some(day.until(at).ok()?.get_days().max(0))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lag_is_whole_days_and_never_less_than_none() {
        let lag = |day: &str, at| days_between((day.to_owned(), at));
        assert_eq!(lag("2024-02-28", "2024-03-01T23:00:00Z"), Some(2));
        assert_eq!(lag("2024-03-02", "2024-03-01T23:00:00Z"), Some(0));
        assert_eq!(lag("2024-03-02", "soon"), None);
    }
}
