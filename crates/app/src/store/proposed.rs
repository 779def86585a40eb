//! Names of organisations that no table has and that recur, with the sentences that name them: a
//! person may make actors of them, or other names of actors that are known. Nothing is merged here.

use std::collections::{BTreeMap, BTreeSet};

use engine::Knowledge;
use engine::ontology::{Sort, Tie};
use engine::view::EvidenceView;
use rusqlite::Result;
use serde::Serialize;

use super::browse::RelationFilter;
use super::edges::bare;
use super::error::StoreError;
use super::ledger::Ledger;
use super::views;

/// In how many documents a name must be, reprints left out.
const OFTEN: usize = 2;
/// How many sentences are given of each name.
const SHOWN: usize = 5;
/// The shortest name of which another spelling is looked for.
const LONG: usize = 8;

/// A name that may be an actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Proposed {
    /// As most documents write it.
    pub(crate) name: String,
    /// In how many documents it is, reprints left out.
    pub(crate) documents: usize,
    /// In how many outlets.
    pub(crate) outlets: usize,
    /// How often it is said to have done, to have suffered, and to be related to something.
    pub(crate) as_perpetrator: usize,
    /// As above.
    pub(crate) as_target: usize,
    /// As above.
    pub(crate) in_relations: usize,
    /// The countries of the events that it is a party of.
    pub(crate) countries: Vec<String>,
    /// What it may be another name of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) perhaps: Vec<Perhaps>,
    /// Where it is named.
    pub(crate) evidence: Vec<Naming>,
}

/// What a name may be another name of, and why that is thought.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Perhaps {
    /// The id of an actor that is known, or a name that is proposed as well.
    pub(crate) of: String,
    /// Why.
    pub(crate) why: &'static str,
}

/// A sentence that has a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Naming {
    /// The document.
    pub(crate) document: String,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) outlet: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) published: Option<String>,
    /// The sentence.
    pub(crate) quote: String,
}

/// One mention of a name.
struct Mention {
    name: String,
    role: Role,
    country: Option<String>,
    reprint: bool,
    naming: Naming,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Perpetrator,
    Target,
    Related,
}

impl Ledger {
    /// The names that recur and that no table has, those of most documents first.
    pub(crate) fn proposed(
        &self,
        known: &Knowledge,
    ) -> std::result::Result<Vec<Proposed>, StoreError> {
        let mut mentions = self.parties_unknown().map_err(|error| self.failed(error))?;
        mentions.extend(self.ends_unknown().map_err(|error| self.failed(error))?);
        let aliases = RelationFilter { relation: Some(Tie::AliasOf.as_str().into()), actor: None };
        let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for edge in self.edges(&aliases)? {
            let (a, b) = (&edge.subject, &edge.object);
            for (one, other) in [(a, b), (b, a)] {
                let other = other.actor.clone().unwrap_or_else(|| other.name.clone());
                said.entry(bare(&one.name)).or_default().insert(other);
            }
        }
        Ok(gather(mentions, known, &said))
    }

    fn parties_unknown(&self) -> Result<Vec<Mention>> {
        let mut query = self.connection.prepare_cached(
            "SELECT party.name, role, country, duplicate_of IS NOT NULL, lower(hex(document.id)),
                outlet, published, whole, report.document
             FROM party JOIN report ON row = party.report
             JOIN document ON document.seq = report.document
             WHERE actor IS NULL AND party.sort = ? AND NOT rejected ORDER BY row",
        )?;
        let mut found = query.query([Sort::Organisation.as_str()])?;
        let mut mentions = Vec::new();
        while let Some(row) = found.next()? {
            let report: engine::Report = views::parsed(row.get_ref(7)?.as_str()?)?;
            let document = views::document(&self.connection, row.get(8)?)?;
            let quotes = document.map(|document| {
                engine::view::ReportView::coded_by(&report, &document, "").evidence
            });
            let name: String = row.get(0)?;
            let role: String = row.get(1)?;
            mentions.push(Mention {
                role: if role == "target" { Role::Target } else { Role::Perpetrator },
                country: row.get(2)?,
                reprint: row.get(3)?,
                naming: Naming {
                    document: row.get(4)?,
                    outlet: row.get(5)?,
                    published: row.get(6)?,
                    quote: with(&name, &quotes.unwrap_or_default()),
                },
                name,
            });
        }
        Ok(mentions)
    }

    fn ends_unknown(&self) -> Result<Vec<Mention>> {
        let mut mentions = Vec::new();
        let mut query = self.connection.prepare_cached(
            "SELECT lower(hex(document.id)), outlet, published, whole, relation.document,
                duplicate_of IS NOT NULL
             FROM relation JOIN document ON document.seq = relation.document
             WHERE subject_actor IS NULL OR object_actor IS NULL ORDER BY row",
        )?;
        let mut found = query.query([])?;
        while let Some(row) = found.next()? {
            let relation: engine::Relation = views::parsed(row.get_ref(3)?.as_str()?)?;
            let Some(document) = views::document(&self.connection, row.get(4)?)? else { continue };
            let quote = relation.evidence.first().map_or("", |at| at.of(document.text()));
            for end in [&relation.subject, &relation.object] {
                if end.actor.is_some() || end.sort != Some(Sort::Organisation) {
                    continue;
                }
                mentions.push(Mention {
                    name: one_line(end.name.of(document.text())),
                    role: Role::Related,
                    country: None,
                    reprint: row.get(5)?,
                    naming: Naming {
                        document: row.get(0)?,
                        outlet: row.get(1)?,
                        published: row.get(2)?,
                        quote: one_line(quote),
                    },
                });
            }
        }
        Ok(mentions)
    }
}

/// The first sentence that has the name, or else the first.
fn with(name: &str, evidence: &[EvidenceView]) -> String {
    let has = evidence.iter().find(|evidence| one_line(&evidence.quote).contains(name));
    has.or(evidence.first()).map(|evidence| one_line(&evidence.quote)).unwrap_or_default()
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(
    mentions: Vec<Mention>,
    known: &Knowledge,
    said: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<Proposed> {
    let mut by_name: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
    for mention in mentions.into_iter().filter(|mention| is_proper(&mention.name)) {
        by_name.entry(bare(&mention.name)).or_default().push(mention);
    }
    let mut all: Vec<(String, Proposed)> =
        by_name.into_iter().filter_map(|(key, mentions)| Some((key, one(mentions)?))).collect();
    let keys: Vec<(String, String)> =
        all.iter().map(|(key, proposed)| (key.clone(), proposed.name.clone())).collect();
    for (key, proposed) in &mut all {
        proposed.perhaps = perhaps(key, &proposed.name, &keys, known, said);
    }
    let mut all: Vec<Proposed> = all.into_iter().map(|(_, proposed)| proposed).collect();
    all.sort_by(|a, b| b.documents.cmp(&a.documents).then(a.name.cmp(&b.name)));
    all
}

/// What the mentions of one name propose, if it recurs.
fn one(mentions: Vec<Mention>) -> Option<Proposed> {
    let set = |of: &dyn Fn(&Mention) -> Option<String>| -> BTreeSet<String> {
        mentions.iter().filter(|mention| !mention.reprint).filter_map(of).collect()
    };
    let documents = set(&|m| Some(m.naming.document.clone())).len();
    if documents < OFTEN {
        return None;
    }
    let outlets = set(&|m| m.naming.outlet.clone()).len();
    let countries = set(&|m| m.country.clone()).into_iter().collect();
    let count = |role: Role| mentions.iter().filter(|mention| mention.role == role).count();
    let mut spelt: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in &mentions {
        let name = mention.name.strip_prefix("the ").unwrap_or(&mention.name);
        *spelt.entry(name.strip_prefix("The ").unwrap_or(name)).or_default() += 1;
    }
    let name = spelt.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))?.0.to_owned();
    let (as_perpetrator, as_target, in_relations) =
        (count(Role::Perpetrator), count(Role::Target), count(Role::Related));
    let mut seen = BTreeSet::new();
    let evidence = mentions
        .into_iter()
        .filter(|mention| !mention.reprint)
        .map(|mention| mention.naming)
        .filter(|naming| seen.insert(naming.document.clone()))
        .take(SHOWN)
        .collect();
    Some(Proposed {
        name,
        documents,
        outlets,
        as_perpetrator,
        as_target,
        in_relations,
        countries,
        perhaps: Vec::new(),
        evidence,
    })
}

/// Whether it is a name and not a description: a word after the article begins with a capital.
fn is_proper(name: &str) -> bool {
    let mut words = name.split_whitespace().filter(|word| !word.eq_ignore_ascii_case("the"));
    words.any(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// What a name may be another name of.
fn perhaps(
    key: &str,
    name: &str,
    proposed: &[(String, String)],
    known: &Knowledge,
    said: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<Perhaps> {
    let mut found: BTreeSet<Perhaps> = said
        .get(key)
        .into_iter()
        .flatten()
        .map(|of| Perhaps { of: of.clone(), why: "a document says so" })
        .collect();
    let mut like = |of: &str, other: &str, other_name: &str| {
        if other == key {
            return;
        }
        let why = if initials(other_name).as_deref() == Some(name)
            || initials(name).as_deref() == Some(other_name)
        {
            "one is the initials of the other"
        } else if is_spelt_alike(key, other) {
            "spelt nearly alike"
        } else {
            return;
        };
        found.insert(Perhaps { of: of.to_owned(), why });
    };
    for actor in known.actors.iter() {
        like(actor.id, &bare(actor.name), actor.name);
    }
    for (other, other_name) in proposed {
        like(other_name, other, other_name);
    }
    found.into_iter().collect()
}

/// The initials of a name of three words or more that begin with capitals, small words left out.
fn initials(name: &str) -> Option<String> {
    let first = name.split([' ', '-']).filter_map(|word| word.chars().next());
    let initials: String = first.filter(|first| first.is_uppercase()).collect();
    (initials.chars().count() >= 3).then_some(initials)
}

/// Whether two long names differ by one letter that is changed, added or left out.
fn is_spelt_alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().min(b.len()) < LONG || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let rest = |n: usize| n.saturating_sub(front + back);
    rest(a.len()).max(rest(b.len())) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(name: &str, document: &str, reprint: bool) -> Mention {
        Mention {
            name: name.into(),
            role: Role::Perpetrator,
            country: Some("XX".into()),
            reprint,
            naming: Naming {
                document: document.into(),
                outlet: Some(document.into()),
                published: None,
                quote: format!("{name} did it."),
            },
        }
    }

    #[test]
    fn a_name_that_recurs_is_proposed_with_its_evidence_and_a_description_is_not() {
        let mentions = vec![
            mention("the Wick Salvation Army", "a", false),
            mention("Wick Salvation Army", "b", false),
            mention("the Wick Salvation Army", "c", true),
            mention("WSA", "a", false),
            mention("WSA", "b", false),
            mention("the Harrow League", "a", false),
            mention("the Harrow League", "c", true),
            mention("an unknown group", "a", false),
            mention("an unknown group", "b", false),
        ];
        let said = BTreeMap::from([("wsa".into(), BTreeSet::from(["harrow-league".into()]))]);
        let found = gather(mentions, &Knowledge::embedded(), &said);
        let names: Vec<(&str, usize)> =
            found.iter().map(|p| (p.name.as_str(), p.documents)).collect();
        assert_eq!(names, [("WSA", 2), ("Wick Salvation Army", 2)]);
        assert_eq!(found[1].evidence.len(), 2);
        let of: Vec<&str> = found[0].perhaps.iter().map(|p| p.of.as_str()).collect();
        assert!(of.contains(&"Wick Salvation Army") && of.contains(&"harrow-league"), "{of:?}");
    }

    #[test]
    fn one_letter_may_differ() {
        assert!(is_spelt_alike("harrow brigade", "harow brigade"));
        assert!(is_spelt_alike("harrow brigade", "harrow brigada"));
        assert!(!is_spelt_alike("harrow brigade", "harrow brigands"));
        assert!(!is_spelt_alike("fatah", "fattah"));
    }
}
