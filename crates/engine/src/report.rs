//! What one document says about one event.

use reading::{DocumentId, Span};
use serde::{Deserialize, Serialize};

use crate::deed::Deed;
use crate::ontology::{Assertion, Attribution, Effect, Kind, Mode, Sort, Stage, WeaponSort};
use crate::resolved::{Count, Period, Resolved, Scene};

reading::id_type! {
    /// Names a report by its document, its first evidence and its kind. It never changes for one build.
    ReportId
}

/// What one document says about one event. Every name is a span of the document's text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// From the document, the evidence and the kind.
    pub id: ReportId,
    /// Whose words these are.
    pub document: DocumentId,
    /// PLOVER event type.
    pub kind: Kind,
    /// How it was done.
    pub mode: Mode,
    /// How far it got.
    pub stage: Stage,
    /// How the text puts it.
    pub assertion: Assertion,
    /// Whether it is what the document is about, not background.
    pub main: bool,
    /// When it happened.
    pub when: Option<Resolved<Period>>,
    /// Where it happened.
    pub scene: Option<Resolved<Scene>>,
    /// Who did it, by whose account.
    pub perpetrators: Vec<Perpetrator>,
    /// To whom or what it was done.
    pub targets: Vec<Target>,
    /// With what.
    pub weapons: Vec<Weapon>,
    /// How many were killed.
    pub killed: Option<Resolved<Count>>,
    /// How many were injured.
    pub injured: Option<Resolved<Count>>,
    /// How many were taken away.
    pub abducted: Option<Resolved<Count>>,
    /// Whether attackers are among the killed, if the text says.
    pub killed_includes_perpetrators: Option<bool>,
    /// Who is quoted for it.
    pub speakers: Vec<Speaker>,
    /// What it is beyond the parties, if it is a statement or deed that is no violence.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deed: Option<Deed>,
    /// The sentences that tell of it, the best first.
    pub evidence: Vec<Span>,
    /// Between 0 and 1.
    pub confidence: f64,
}

impl Report {
    /// Whether this is a report of violence.
    pub fn is_violent(&self) -> bool {
        self.kind.is_violent() || self.mode.is_violent()
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Perpetrator {
    /// As the text has it.
    pub name: Span,
    /// The knowledge entry that it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor: Option<String>,
    /// What sort of party.
    pub sort: Sort,
    /// On what the naming rests.
    pub attribution: Attribution,
}

/// To whom or what it was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// As the text has it.
    pub name: Span,
    /// The knowledge entry that it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor: Option<String>,
    /// What sort of target.
    pub sort: Sort,
    /// Whether it is people, not a thing.
    pub person: bool,
    /// Whether `name` is a proper name, not a description.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub named: bool,
    /// What the text calls one who is named: title, office, trade.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<Span>,
    /// The country that it belongs to, as ISO 3166-1 alpha-2, if the text says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nation: Option<String>,
    /// How many of them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub number: Option<Count>,
    /// What was done to them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub effect: Option<Effect>,
}

/// With what it was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weapon {
    /// As the text has it.
    pub name: Span,
    /// What it is.
    pub sort: WeaponSort,
}

/// Who is quoted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// As the text has it.
    pub name: Span,
    /// What sort of speaker.
    pub sort: SpeakerSort,
}

/// Whose word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerSort {
    /// Officials, police, armies, ministries.
    State,
    /// An armed organisation.
    Organisation,
    /// Witnesses, residents, survivors.
    Witness,
    /// Hospitals, rescuers, aid groups, monitors.
    Monitor,
    /// Papers, agencies, broadcasters.
    Media,
    /// Anyone else.
    Other,
}

impl SpeakerSort {
    /// The term as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Organisation => "organisation",
            Self::Witness => "witness",
            Self::Monitor => "monitor",
            Self::Media => "media",
            Self::Other => "other",
        }
    }
}
