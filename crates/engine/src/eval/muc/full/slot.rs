//! The slots of a template that are scored, and how the fills of each are compared.

/// A slot of a template. `MESSAGE: ID` and `MESSAGE: TEMPLATE` are not scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the task")]
pub enum Slot {
    Date,
    Location,
    Type,
    Stage,
    InstrumentId,
    InstrumentType,
    Category,
    Individual,
    Organization,
    Confidence,
    PhysId,
    PhysType,
    PhysNumber,
    PhysNation,
    PhysEffect,
    PhysTotal,
    HumName,
    HumDescription,
    HumType,
    HumNumber,
    HumNation,
    HumEffect,
    HumTotal,
}

impl Slot {
    /// All slots, in the order of a template.
    pub const ALL: [Self; 23] = [
        Self::Date,
        Self::Location,
        Self::Type,
        Self::Stage,
        Self::InstrumentId,
        Self::InstrumentType,
        Self::Category,
        Self::Individual,
        Self::Organization,
        Self::Confidence,
        Self::PhysId,
        Self::PhysType,
        Self::PhysNumber,
        Self::PhysNation,
        Self::PhysEffect,
        Self::PhysTotal,
        Self::HumName,
        Self::HumDescription,
        Self::HumType,
        Self::HumNumber,
        Self::HumNation,
        Self::HumEffect,
        Self::HumTotal,
    ];

    /// As it stands in the data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "INCIDENT: DATE",
            Self::Location => "INCIDENT: LOCATION",
            Self::Type => "INCIDENT: TYPE",
            Self::Stage => "INCIDENT: STAGE OF EXECUTION",
            Self::InstrumentId => "INCIDENT: INSTRUMENT ID",
            Self::InstrumentType => "INCIDENT: INSTRUMENT TYPE",
            Self::Category => "PERP: INCIDENT CATEGORY",
            Self::Individual => "PERP: INDIVIDUAL ID",
            Self::Organization => "PERP: ORGANIZATION ID",
            Self::Confidence => "PERP: ORGANIZATION CONFIDENCE",
            Self::PhysId => "PHYS TGT: ID",
            Self::PhysType => "PHYS TGT: TYPE",
            Self::PhysNumber => "PHYS TGT: NUMBER",
            Self::PhysNation => "PHYS TGT: FOREIGN NATION",
            Self::PhysEffect => "PHYS TGT: EFFECT OF INCIDENT",
            Self::PhysTotal => "PHYS TGT: TOTAL NUMBER",
            Self::HumName => "HUM TGT: NAME",
            Self::HumDescription => "HUM TGT: DESCRIPTION",
            Self::HumType => "HUM TGT: TYPE",
            Self::HumNumber => "HUM TGT: NUMBER",
            Self::HumNation => "HUM TGT: FOREIGN NATION",
            Self::HumEffect => "HUM TGT: EFFECT OF INCIDENT",
            Self::HumTotal => "HUM TGT: TOTAL NUMBER",
        }
    }

    /// Whether a fill names, behind a colon, the fill of another slot that it belongs to.
    pub fn is_tagged(self) -> bool {
        matches!(
            self,
            Self::InstrumentType
                | Self::Confidence
                | Self::PhysType
                | Self::PhysNumber
                | Self::PhysNation
                | Self::PhysEffect
                | Self::HumDescription
                | Self::HumType
                | Self::HumNumber
                | Self::HumNation
                | Self::HumEffect
        )
    }

    /// Whether a match in this slot shows that two templates are of one incident.
    pub fn is_content(self) -> bool {
        matches!(
            self,
            Self::Individual
                | Self::Organization
                | Self::PhysId
                | Self::PhysType
                | Self::HumName
                | Self::HumDescription
                | Self::HumType
        )
    }
}
