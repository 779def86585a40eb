//! Relations across documents: all claims that two are related in one way are one edge, dated by
//! what they say and by when they were published. What is denied or over stands beside what is
//! asserted; nothing is decided here.

use std::collections::BTreeMap;

use engine::fold::fold_phrase;
use engine::ontology::{Assertion, Tie};
use rusqlite::Result;
use serde::Serialize;

use super::browse::RelationFilter;
use super::error::StoreError;
use super::ledger::Ledger;
use super::views;

/// Two that are said to be related.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Edge {
    /// How.
    pub(crate) relation: Tie,
    /// The subject.
    pub(crate) subject: EdgeEnd,
    /// The object.
    pub(crate) object: EdgeEnd,
    /// How many claims assert it, without a doubt of theirs.
    pub(crate) asserted: usize,
    /// How many put it with a doubt.
    pub(crate) hedged: usize,
    /// How many deny it.
    pub(crate) denied: usize,
    /// How many say that it is over.
    pub(crate) former: usize,
    /// How many documents claim it, reprints left out.
    pub(crate) documents: usize,
    /// The first and the last day of which it is claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) first_day: Option<String>,
    /// As above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_day: Option<String>,
    /// The days of publication of the first and the last claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) first_published: Option<String>,
    /// As above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_published: Option<String>,
    /// The claims, in the order of publication.
    pub(crate) claims: Vec<EdgeClaim>,
}

/// One of the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct EdgeEnd {
    /// The words that most claims have for it.
    pub(crate) name: String,
    /// What is known by that name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) actor: Option<String>,
    /// The country that it is or lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) country: Option<String>,
}

/// A claim of an edge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct EdgeClaim {
    /// The relation, by its id.
    pub(crate) id: String,
    /// The document.
    pub(crate) document: String,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) outlet: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) published: Option<String>,
    /// How the text puts it.
    pub(crate) assertion: Assertion,
    /// Whether it is said to be over.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) former: bool,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) speakers: Option<String>,
    /// The sentence.
    pub(crate) quote: String,
    /// Whether the document says what an earlier one says.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) reprint: bool,
}

/// A claim as the views have it.
struct Claimed {
    relation: Tie,
    ends: [EdgeEnd; 2],
    days: [Option<String>; 2],
    claim: EdgeClaim,
}

impl EdgeEnd {
    /// What makes two ends one: the actor, or else the name in its country.
    fn key(&self) -> (Option<&str>, String, Option<&str>) {
        match &self.actor {
            Some(actor) => (Some(actor), String::new(), None),
            None => (None, bare(&self.name), self.country.as_deref()),
        }
    }
}

/// A name without its article, as it is compared.
pub(super) fn bare(name: &str) -> String {
    let folded = fold_phrase(name);
    folded.strip_prefix("the ").unwrap_or(&folded).to_owned()
}

/// Whether it makes no difference which of the two comes first.
fn is_mutual(relation: Tie) -> bool {
    matches!(relation, Tie::LinkedTo | Tie::AllyOf | Tie::RivalOf | Tie::AliasOf)
}

impl Ledger {
    /// The edges that the claims of the ledger make, those of most documents first.
    pub(crate) fn edges(
        &self,
        filter: &RelationFilter,
    ) -> std::result::Result<Vec<Edge>, StoreError> {
        self.claims(filter).map(gather).map_err(|error| self.failed(error))
    }

    fn claims(&self, filter: &RelationFilter) -> Result<Vec<Claimed>> {
        let mut query = self.connection.prepare_cached(
            "SELECT relation, subject, subject_actor, subject_country, object, object_actor,
                object_country, first_day, last_day, lower(hex(relation.id)),
                lower(hex(document.id)), outlet, published, former, speakers, whole,
                relation.document, duplicate_of IS NOT NULL
             FROM relation JOIN document ON document.seq = relation.document
             WHERE (?1 IS NULL OR subject_actor = ?1 OR object_actor = ?1)
                AND (?2 IS NULL OR relation = ?2)
             ORDER BY published NULLS LAST, row",
        )?;
        let mut found = query.query((&filter.actor, &filter.relation))?;
        let mut claims = Vec::new();
        while let Some(row) = found.next()? {
            let whole: engine::Relation = views::parsed(row.get_ref(15)?.as_str()?)?;
            let document = views::document(&self.connection, row.get(16)?)?;
            let quote = document.and_then(|document| {
                let at = whole.evidence.first()?;
                Some(at.of(document.text()).split_whitespace().collect::<Vec<_>>().join(" "))
            });
            claims.push(Claimed {
                relation: whole.relation,
                ends: [
                    EdgeEnd { name: row.get(1)?, actor: row.get(2)?, country: row.get(3)? },
                    EdgeEnd { name: row.get(4)?, actor: row.get(5)?, country: row.get(6)? },
                ],
                days: [row.get(7)?, row.get(8)?],
                claim: EdgeClaim {
                    id: row.get(9)?,
                    document: row.get(10)?,
                    outlet: row.get(11)?,
                    published: row.get(12)?,
                    assertion: whole.assertion,
                    former: row.get(13)?,
                    speakers: row.get(14)?,
                    quote: quote.unwrap_or_default(),
                    reprint: row.get(17)?,
                },
            });
        }
        Ok(claims)
    }
}

/// The edges of claims.
fn gather(claims: Vec<Claimed>) -> Vec<Edge> {
    type EndKey = (Option<String>, String, Option<String>);
    let own = |end: &EdgeEnd| -> EndKey {
        let (actor, name, country) = end.key();
        (actor.map(str::to_owned), name, country.map(str::to_owned))
    };
    let mut edges: BTreeMap<(Tie, EndKey, EndKey), Vec<Claimed>> = BTreeMap::new();
    for mut claim in claims {
        if is_mutual(claim.relation) && claim.ends[1].key() < claim.ends[0].key() {
            claim.ends.reverse();
        }
        // The two ends may be two names of one actor, which says nothing that is not known.
        if claim.ends[0].key() == claim.ends[1].key() {
            continue;
        }
        let key = (claim.relation, own(&claim.ends[0]), own(&claim.ends[1]));
        edges.entry(key).or_default().push(claim);
    }
    let mut edges: Vec<Edge> = edges.into_values().filter_map(edge).collect();
    edges.sort_by(|a, b| b.documents.cmp(&a.documents).then(b.claims.len().cmp(&a.claims.len())));
    edges
}

fn edge(claims: Vec<Claimed>) -> Option<Edge> {
    let relation = claims.first()?.relation;
    // The words that most claims have for an end; of as many, the first by the alphabet.
    let [subject, object] = [0, 1].map(|n: usize| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for claim in &claims {
            *counts.entry(&claim.ends[n].name).or_default() += 1;
        }
        let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))?.0;
        claims.iter().map(|c| &c.ends[n]).find(|end| end.name == most).cloned()
    });
    let count =
        |test: &dyn Fn(&EdgeClaim) -> bool| claims.iter().filter(|c| test(&c.claim)).count();
    let mut documents: Vec<&str> =
        claims.iter().filter(|c| !c.claim.reprint).map(|c| c.claim.document.as_str()).collect();
    documents.sort_unstable();
    documents.dedup();
    let days = |n: usize| claims.iter().filter_map(move |c| c.days[n].clone());
    let published = || claims.iter().filter_map(|c| c.claim.published.clone());
    Some(Edge {
        relation,
        subject: subject?,
        object: object?,
        asserted: count(&|c| c.assertion == Assertion::Asserted),
        denied: count(&|c| c.assertion == Assertion::Denied),
        hedged: count(&|c| !matches!(c.assertion, Assertion::Asserted | Assertion::Denied)),
        former: count(&|c| c.former),
        documents: documents.len(),
        first_day: days(0).min(),
        last_day: days(1).max(),
        first_published: published().min(),
        last_published: published().max(),
        claims: claims.into_iter().map(|c| c.claim).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(relation: Tie, subject: &str, object: &str, assertion: Assertion) -> Claimed {
        let end = |name: &str| EdgeEnd { name: name.into(), actor: None, country: None };
        Claimed {
            relation,
            ends: [end(subject), end(object)],
            days: [None, None],
            claim: EdgeClaim {
                id: format!("{subject} {object}"),
                document: format!("{subject} {object} {assertion}"),
                outlet: None,
                published: None,
                assertion,
                former: false,
                speakers: None,
                quote: String::new(),
                reprint: false,
            },
        }
    }

    #[test]
    fn claims_gather_into_edges_with_what_is_denied_beside() {
        let edges = gather(vec![
            claim(Tie::AllyOf, "the Harrow Front", "Wick League", Assertion::Asserted),
            claim(Tie::AllyOf, "Wick League", "Harrow Front", Assertion::Denied),
            claim(Tie::SponsorOf, "Wick League", "Harrow Front", Assertion::Hedged),
            claim(Tie::SponsorOf, "Harrow Front", "Wick League", Assertion::Hedged),
        ]);
        assert_eq!(edges.len(), 3);
        let ally = &edges[0];
        assert_eq!((ally.relation, ally.asserted, ally.denied), (Tie::AllyOf, 1, 1));
        assert_eq!(ally.documents, 2);
    }
}
