//! The shapes of events, reports, relations and documents, for the description only.
//!
//! The engine's types make these answers and know nothing of descriptions. A test holds each answer
//! of the real program against these shapes, so that they cannot drift apart unseen.

#![expect(dead_code, reason = "only described")]

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::ToSchema;

/// An event: what all its reports say together.
#[derive(ToSchema)]
pub(super) struct Event {
    id: String,
    n_reports: u64,
    /// Reports that reprint one another are one source.
    n_sources: u64,
    kind: String,
    mode: String,
    stage: String,
    assertion: String,
    when: Option<When>,
    r#where: Option<Scene>,
    killed: Option<Count>,
    injured: Option<Count>,
    abducted: Option<Count>,
    perpetrators: Option<Vec<String>>,
    confidence: f64,
    /// Each field with all its values.
    fields: Vec<Field>,
    /// The ids of the reports.
    reports: Vec<String>,
    /// Those that a reviewer says are wrong.
    rejected: Option<Vec<String>>,
    /// Entries of the ledger in which reviewers speak of its reports.
    judgements: Option<Vec<i64>>,
}

/// A number as bounds.
#[derive(ToSchema)]
struct Count {
    /// No fewer.
    low: Option<u32>,
    /// The number that the text gives.
    best: Option<u32>,
    /// No more; absent where there is no upper end.
    high: Option<u32>,
}

/// A number as bounds, with the words that give it.
#[derive(ToSchema)]
struct CountInWords {
    low: Option<u32>,
    best: Option<u32>,
    high: Option<u32>,
    words: String,
}

/// A period of days.
#[derive(ToSchema)]
struct When {
    start: String,
    end: String,
    precision: String,
    /// stated, inferred or assumed.
    basis: String,
}

/// A place, from the country to the site.
#[derive(ToSchema)]
struct Scene {
    /// ISO 3166-1 alpha-2.
    country: String,
    admin1: Option<String>,
    place: Option<String>,
    site: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    precision: String,
    /// stated, inferred or assumed.
    basis: String,
}

/// A field of an event.
#[derive(ToSchema)]
struct Field {
    field: String,
    /// The value that counts, in words.
    current: String,
    /// Why that one.
    rule: String,
    /// The least and the most that any source gives; null for no upper end.
    #[schema(value_type = Option<Vec<Value>>)]
    interval: Option<Vec<Value>>,
    /// Whether sources contradict each other.
    disputed: bool,
    /// That which most sources give first.
    values: Vec<FieldValue>,
    /// The values that counted on each day on which one was published, where they changed.
    history: Option<Vec<Step>>,
    /// The reviewer who settled it, if one did.
    ruled: Option<Ruled>,
}

/// Who settled a field.
#[derive(ToSchema)]
struct Ruled {
    /// The entry of the ledger.
    entry: i64,
    reviewer: String,
    at: String,
    /// What would count without it, in words.
    instead_of: Option<String>,
}

/// A value and who says so.
#[derive(ToSchema)]
struct FieldValue {
    words: String,
    /// As in a report.
    value: Value,
    n_sources: u64,
    claims: Vec<Claim>,
}

/// A report that gives a value.
#[derive(ToSchema)]
struct Claim {
    report: String,
    document: String,
    source: u64,
    outlet: Option<String>,
    published: Option<String>,
    /// Each speaker with its sort.
    speakers: Option<Vec<Vec<String>>>,
    words: Option<String>,
}

/// The value that counted from a day on.
#[derive(ToSchema)]
struct Step {
    published: String,
    words: String,
}

/// What one document says of one event.
#[derive(ToSchema)]
pub(super) struct Report {
    id: String,
    document: Source,
    kind: String,
    mode: String,
    stage: String,
    assertion: String,
    /// Whether it is what the document is about, and not background.
    main: bool,
    when: Option<When>,
    r#where: Option<Scene>,
    perpetrators: Vec<Perpetrator>,
    targets: Vec<Target>,
    weapons: Vec<Named>,
    killed: Option<CountInWords>,
    injured: Option<CountInWords>,
    abducted: Option<CountInWords>,
    killed_includes_perpetrators: Option<bool>,
    speakers: Vec<Named>,
    deed: Option<Deed>,
    evidence: Vec<Evidence>,
    confidence: f64,
    made_by: String,
}

/// Which document.
#[derive(ToSchema)]
struct Source {
    id: String,
    url: Option<String>,
    title: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
}

/// Who did it, and on what the naming rests.
#[derive(ToSchema)]
struct Perpetrator {
    name: String,
    actor: Option<String>,
    sort: String,
    attribution: String,
}

/// To whom or what it was done.
#[derive(ToSchema)]
struct Target {
    name: String,
    actor: Option<String>,
    sort: String,
    person: bool,
    named: Option<bool>,
    description: Option<String>,
    nation: Option<String>,
    number: Option<Count>,
    effect: Option<String>,
}

/// A weapon or a speaker.
#[derive(ToSchema)]
struct Named {
    name: String,
    sort: String,
}

/// What a statement or deed is beyond its parties.
#[derive(ToSchema)]
struct Deed {
    words: String,
    cameo: String,
    strength: i32,
    verbal: bool,
    office: Option<String>,
    source: Option<Vec<String>>,
    target: Option<Vec<String>>,
}

/// A place of the text, in bytes, with its words.
#[derive(ToSchema)]
struct Evidence {
    start: u64,
    end: u64,
    quote: String,
}

/// A claim that two are related.
#[derive(ToSchema)]
pub(super) struct Relation {
    relation: String,
    subject: End,
    object: End,
    assertion: String,
    /// Whether it is over.
    former: Option<bool>,
    speakers: Vec<Named>,
    when: Option<When>,
    evidence: Vec<Evidence>,
    document: Source,
    id: String,
    made_by: String,
}

/// One of the two.
#[derive(ToSchema)]
struct End {
    name: String,
    actor: Option<String>,
    sort: Option<String>,
    country: Option<String>,
    place: Option<String>,
}

/// A document with what was coded from it.
#[derive(ToSchema)]
pub(super) struct Kept {
    document: Text,
    /// The name of the input.
    input: String,
    /// The earlier document that says the same.
    duplicate_of: Option<String>,
    /// What could not be made out.
    problems: Vec<String>,
    reports: Vec<Report>,
    relations: Vec<Relation>,
}

/// A text, and what is known about it with how each was found.
#[derive(ToSchema)]
struct Text {
    id: String,
    text: String,
    url: Option<String>,
    title: Option<BTreeMap<String, String>>,
    authors: Option<Vec<BTreeMap<String, String>>>,
    published: Option<BTreeMap<String, String>>,
    outlet: Option<BTreeMap<String, String>>,
    language: Option<BTreeMap<String, String>>,
    charset: Option<BTreeMap<String, String>>,
}
