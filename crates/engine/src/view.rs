//! A report as outsiders see it: the JSON of the design, with words in place of spans.

use reading::{Document, Span};
use serde::{Deserialize, Serialize};

use crate::Knowledge;
use crate::ontology::{Assertion, Attribution, Effect, Kind, Mode, Sort, Stage, Tie, WeaponSort};
use crate::relation::{End, Relation};
use crate::report::{Report, Speaker, SpeakerSort};
use crate::resolved::{Basis, Count, Period, Precision, Resolved, Scene};

/// A report as JSON. Absent means that the text does not say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the JSON's; the report type defines them")]
pub struct ReportView {
    pub id: String,
    pub document: DocumentView,
    pub kind: Kind,
    pub mode: Mode,
    pub stage: Stage,
    pub assertion: Assertion,
    pub main: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub when: Option<WhenView>,
    #[serde(rename = "where", skip_serializing_if = "Option::is_none", default)]
    pub scene: Option<SceneView>,
    pub perpetrators: Vec<PerpetratorView>,
    pub targets: Vec<TargetView>,
    pub weapons: Vec<WeaponView>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub killed: Option<CountView>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub injured: Option<CountView>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub abducted: Option<CountView>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub killed_includes_perpetrators: Option<bool>,
    pub speakers: Vec<SpeakerView>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deed: Option<DeedView>,
    pub evidence: Vec<EvidenceView>,
    pub confidence: f64,
    pub made_by: String,
}

/// Which document a report is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in Document")]
pub struct DocumentView {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outlet: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in Period")]
pub struct WhenView {
    pub start: String,
    pub end: String,
    pub precision: String,
    pub basis: Basis,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in Scene")]
pub struct SceneView {
    pub country: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub admin1: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub site: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lon: Option<f64>,
    pub precision: Precision,
    pub basis: Basis,
}

impl SceneView {
    /// The scene that it shows.
    pub fn scene(&self) -> Scene {
        Scene {
            country: self.country.clone(),
            admin1: self.admin1.clone(),
            place: self.place.clone(),
            site: self.site.clone(),
            lat: self.lat,
            lon: self.lon,
            precision: self.precision,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in Perpetrator")]
pub struct PerpetratorView {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor: Option<String>,
    pub sort: Sort,
    pub attribution: Attribution,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in Target")]
pub struct TargetView {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor: Option<String>,
    pub sort: Sort,
    pub person: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub named: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<Count>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub effect: Option<Effect>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in Weapon")]
pub struct WeaponView {
    pub name: String,
    pub sort: WeaponSort,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in Count")]
pub struct CountView {
    #[serde(flatten)]
    pub count: Count,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in Speaker")]
pub struct SpeakerView {
    pub name: String,
    pub sort: SpeakerSort,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in Deed")]
pub struct DeedView {
    pub words: String,
    pub cameo: String,
    pub strength: i8,
    pub verbal: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub office: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub source: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub target: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in Span, with the words")]
pub struct EvidenceView {
    pub start: usize,
    pub end: usize,
    pub quote: String,
}

/// A relation as JSON. Absent means that the text does not say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the JSON's; the relation type defines them")]
pub struct RelationView {
    pub relation: Tie,
    pub subject: EndView,
    pub object: EndView,
    pub assertion: Assertion,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub former: bool,
    pub speakers: Vec<SpeakerView>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub when: Option<WhenView>,
    pub evidence: Vec<EvidenceView>,
    pub document: DocumentView,
    pub id: String,
    pub made_by: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in End")]
pub struct EndView {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sort: Option<Sort>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<String>,
}

impl RelationView {
    /// The view of `relation`, which must be of `document`.
    pub fn of(relation: &Relation, document: &Document, known: &Knowledge) -> Self {
        let end = |end: &End| EndView {
            name: tidy(end.name.of(document.text())),
            actor: end.actor.clone(),
            sort: end.sort,
            country: end.country.clone(),
            place: end.place.clone(),
        };
        Self {
            relation: relation.relation,
            subject: end(&relation.subject),
            object: end(&relation.object),
            assertion: relation.assertion,
            former: relation.former,
            speakers: speakers(&relation.speakers, document),
            when: relation.when.as_ref().map(when),
            evidence: evidence(&relation.evidence, document),
            document: DocumentView::of(document),
            id: relation.id.to_string(),
            made_by: known.build().to_owned(),
        }
    }
}

impl DocumentView {
    /// The view of what is known of a document.
    pub fn of(document: &Document) -> Self {
        Self {
            id: document.id.to_string(),
            url: document.url.clone(),
            title: document.title.as_ref().map(|t| t.value.clone()),
            published: document.published.as_ref().map(|d| d.value.to_string()),
            outlet: document.outlet.as_ref().map(|o| o.value.clone()),
        }
    }
}

impl ReportView {
    /// The view of `report`, which must be of `document`.
    pub fn of(report: &Report, document: &Document, known: &Knowledge) -> Self {
        Self::coded_by(report, document, known.build())
    }

    /// The view of `report`, which `build` coded and which must be of `document`.
    pub fn coded_by(report: &Report, document: &Document, build: &str) -> Self {
        let words = |span: Span| tidy(span.of(document.text()));
        let count = |c: &Resolved<Count>| CountView {
            count: c.value,
            words: c.at.first().map(|&s| words(s)).unwrap_or_default(),
        };
        Self {
            id: report.id.to_string(),
            document: DocumentView::of(document),
            kind: report.kind,
            mode: report.mode,
            stage: report.stage,
            assertion: report.assertion,
            main: report.main,
            when: report.when.as_ref().map(when),
            scene: report.scene.as_ref().map(|s| SceneView {
                country: s.value.country.clone(),
                admin1: s.value.admin1.clone(),
                place: s.value.place.clone(),
                site: s.value.site.clone(),
                lat: s.value.lat,
                lon: s.value.lon,
                precision: s.value.precision,
                basis: s.basis,
            }),
            perpetrators: report
                .perpetrators
                .iter()
                .map(|p| PerpetratorView {
                    name: words(p.name),
                    actor: p.actor.clone(),
                    sort: p.sort,
                    attribution: p.attribution,
                })
                .collect(),
            targets: report
                .targets
                .iter()
                .map(|t| TargetView {
                    name: words(t.name),
                    actor: t.actor.clone(),
                    sort: t.sort,
                    person: t.person,
                    named: t.named,
                    description: t.description.map(words),
                    nation: t.nation.clone(),
                    number: t.number,
                    effect: t.effect,
                })
                .collect(),
            weapons: report
                .weapons
                .iter()
                .map(|w| WeaponView { name: words(w.name), sort: w.sort })
                .collect(),
            killed: report.killed.as_ref().map(count),
            injured: report.injured.as_ref().map(count),
            abducted: report.abducted.as_ref().map(count),
            killed_includes_perpetrators: report.killed_includes_perpetrators,
            speakers: speakers(&report.speakers, document),
            deed: report.deed.as_ref().map(|d| DeedView {
                words: words(d.words),
                cameo: d.cameo.clone(),
                strength: d.strength,
                verbal: d.verbal,
                office: d.office.map(words),
                source: d.source.clone(),
                target: d.target.clone(),
            }),
            evidence: evidence(&report.evidence, document),
            confidence: report.confidence,
            made_by: build.to_owned(),
        }
    }
}

fn when(when: &Resolved<Period>) -> WhenView {
    WhenView {
        start: when.value.start.to_string(),
        end: when.value.end.to_string(),
        precision: when.value.precision().to_owned(),
        basis: when.basis,
    }
}

fn speakers(speakers: &[Speaker], document: &Document) -> Vec<SpeakerView> {
    let view = |s: &Speaker| SpeakerView { name: tidy(s.name.of(document.text())), sort: s.sort };
    speakers.iter().map(view).collect()
}

fn evidence(spans: &[Span], document: &Document) -> Vec<EvidenceView> {
    let view = |span: &Span| EvidenceView {
        start: span.start(),
        end: span.end(),
        quote: span.of(document.text()).to_owned(),
    };
    spans.iter().map(view).collect()
}

/// Words on one line.
fn tidy(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
