//! MUC-4 as role-filler entities per document (`muc4-ree`), as templates of six fields
//! (`muc4-gtt`), and with all slots (`muc4-full`).
//!
//! Written from the measures' definitions; the figures are those of the public scorers. Gold and
//! predictions are sets of mentions: a predicted entity is right if all its mentions belong to one
//! gold entity.

pub mod full;
pub mod gtt;
pub mod names;
pub mod predict;
pub mod ree;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The five roles, in the order of every table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the task")]
pub enum Role {
    PerpInd,
    PerpOrg,
    Target,
    Victim,
    Weapon,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] =
        [Self::PerpInd, Self::PerpOrg, Self::Target, Self::Victim, Self::Weapon];

    /// As it stands in the data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PerpInd => "PerpInd",
            Self::PerpOrg => "PerpOrg",
            Self::Target => "Target",
            Self::Victim => "Victim",
            Self::Weapon => "Weapon",
        }
    }
}

/// The fillers of each role: for each entity its mentions, as in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the task")]
pub struct Fillers {
    #[serde(rename = "PerpInd", default)]
    pub perp_ind: Vec<Entity>,
    #[serde(rename = "PerpOrg", default)]
    pub perp_org: Vec<Entity>,
    #[serde(rename = "Target", default)]
    pub target: Vec<Entity>,
    #[serde(rename = "Victim", default)]
    pub victim: Vec<Entity>,
    #[serde(rename = "Weapon", default)]
    pub weapon: Vec<Entity>,
}

impl Fillers {
    /// The entities of one role.
    pub fn of(&self, role: Role) -> &Vec<Entity> {
        match role {
            Role::PerpInd => &self.perp_ind,
            Role::PerpOrg => &self.perp_org,
            Role::Target => &self.target,
            Role::Victim => &self.victim,
            Role::Weapon => &self.weapon,
        }
    }

    /// The entities of one role, to add to.
    pub fn of_mut(&mut self, role: Role) -> &mut Vec<Entity> {
        match role {
            Role::PerpInd => &mut self.perp_ind,
            Role::PerpOrg => &mut self.perp_org,
            Role::Target => &mut self.target,
            Role::Victim => &mut self.victim,
            Role::Weapon => &mut self.weapon,
        }
    }
}

/// The mentions of one thing or person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity(pub Vec<Mention>);

/// Words of the text; in the gold also where they begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Mention {
    /// The words alone, as predictions have them.
    Words(String),
    /// The words and their offset.
    At(String, u32),
}

impl Mention {
    /// The words.
    pub fn words(&self) -> &str {
        match self {
            Self::Words(words) | Self::At(words, _) => words,
        }
    }
}

/// A document with its role-filler entities.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the data")]
pub struct ReeGold {
    pub docid: String,
    pub doctext: String,
    pub extracts: Fillers,
}

/// A document with its templates.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the data")]
pub struct GttGold {
    pub docid: String,
    pub doctext: String,
    pub templates: Vec<Template>,
}

/// One event: its type and the fillers of the five roles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the data")]
pub struct Template {
    pub incident_type: String,
    #[serde(flatten)]
    pub fillers: Fillers,
}

/// What is said of one document, in the form of `muc4-ree`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the exchange form")]
pub struct ReePrediction {
    pub pred_extracts: Fillers,
}

/// What is said of one document, in the form of `muc4-gtt`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the exchange form")]
pub struct GttPrediction {
    pub pred_templates: Vec<Template>,
}

/// Predictions by document.
pub type Predictions<T> = BTreeMap<String, T>;
