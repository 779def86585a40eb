//! The closed lists that reports are coded in, and the table that maps them to other codebooks.
//!
//! Kinds are the event types of PLOVER (Political Language Ontology for Verifiable Event Records,
//! 2018 and the POLECAT codebook of 2023); modes are ours where PLOVER has none.

use serde::{Deserialize, Serialize};

/// Makes a closed enum whose members have one name everywhere: JSON, tables, filters, help.
macro_rules! terms {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $says:literal])* $member:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[doc = $says])* #[serde(rename = $text)] $member),+
        }

        impl $name {
            /// All members, in the order of the codebook.
            pub const ALL: &[Self] = &[$(Self::$member),+];

            /// The term as it stands in JSON, tables and filters.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$member => $text),+ }
            }

            /// What it means, as the codebook has it.
            pub fn says(self) -> &'static str {
                match self { $(Self::$member => concat!($($says),*).trim_ascii()),+ }
            }

            /// The member that `term` names.
            pub fn parse(term: &str) -> Option<Self> {
                match term { $($text => Some(Self::$member),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        crate::pack::cells::listed!($name { $($member = $text),+ });
    };
}

terms! {
    /// PLOVER event type.
    Kind {
        /// Unilateral violence against people or things.
        Assault = "ASSAULT",
        /// Armed clashes and military operations between two sides.
        Fight = "FIGHT",
        /// Arrests, raids, repression short of lethal force.
        Coerce = "COERCE",
        /// Demonstrations, strikes, riots.
        Protest = "PROTEST",
        /// Threats to use force.
        Threaten = "THREATEN",
        /// Movement and preparation of forces.
        Mobilize = "MOBILIZE",
        /// Blame, criticism, legal accusation.
        Accuse = "ACCUSE",
        /// Refusal.
        Reject = "REJECT",
        /// Ending or cutting of relations and aid.
        Sanction = "SANCTION",
        /// Material help.
        Aid = "AID",
        /// Agreements reached.
        Agree = "AGREE",
        /// Meetings and talks.
        Consult = "CONSULT",
        /// Cooperation in deed.
        Cooperate = "COOPERATE",
        /// Giving in to a demand.
        Concede = "CONCEDE",
        /// Withdrawal and surrender.
        Retreat = "RETREAT",
        /// Appeals and demands.
        Request = "REQUEST",
        /// Backing in words.
        Support = "SUPPORT",
    }
}

terms! {
    /// How it was done.
    Mode {
        /// An explosive device set off.
        Bombing = "bombing",
        /// An explosive set off by one who dies with it.
        SuicideBombing = "suicide_bombing",
        /// Firearms.
        Shooting = "shooting",
        /// Blades.
        Stabbing = "stabbing",
        /// A vehicle driven into people.
        VehicleRamming = "vehicle_ramming",
        /// Fire set on purpose.
        Arson = "arson",
        /// Persons taken away by force.
        Kidnapping = "kidnapping",
        /// Persons held by force in a place.
        HostageTaking = "hostage_taking",
        /// A vehicle, aircraft or ship taken by force.
        Hijacking = "hijacking",
        /// A chosen person killed, or attacked to be killed.
        Assassination = "assassination",
        /// Bombs or missiles from crewed aircraft, or not said from which.
        AirStrike = "airstrike",
        /// Weapons on or from unmanned aircraft.
        DroneStrike = "drone_strike",
        /// Artillery, mortars, rockets, missiles.
        Shelling = "shelling_or_missile",
        /// Many defenceless people killed.
        Massacre = "massacre",
        /// Armed people attack people or a place, with means not said or several.
        ArmedAssault = "armed_assault",
        /// Two armed sides fight.
        Battle = "battle",
        /// Violence by a crowd.
        Riot = "riot",
        /// Force used on a crowd.
        CrowdDispersal = "crowd_dispersal",
        /// Police or guards shoot a person.
        PoliceShooting = "police_shooting",
        /// Poison, gas, acid.
        Chemical = "chemical",
        /// Forces sent or stationed.
        Deployment = "deployment",
        /// Forces leave.
        Withdrawal = "withdrawal",
        /// Ground, a town or a government taken.
        Takeover = "takeover",
        /// Operations over weeks or years that are told as one: an invasion, an offensive, a siege.
        Campaign = "campaign",
        /// Violence is threatened.
        Threat = "threat",
        /// None of these.
        Other = "other",
    }
}

terms! {
    /// How far it got.
    Stage {
        /// It was done.
        Accomplished = "accomplished",
        /// It was tried and failed.
        Attempted = "attempted",
        /// It was stopped before.
        Foiled = "foiled",
        /// It was planned.
        Planned = "planned",
        /// It was threatened.
        Threatened = "threatened",
    }
}

terms! {
    /// How the text puts it.
    Assertion {
        /// As a fact or on a speaker's plain word.
        Asserted = "asserted",
        /// "reportedly", "may have".
        Hedged = "hedged",
        /// "denied that".
        Denied = "denied",
        /// "if".
        Conditional = "conditional",
        /// "will", "expects".
        Foreseen = "foreseen",
    }
}

terms! {
    /// What sort of party or thing a role is filled by. Never a people or a faith.
    Sort {
        /// Persons as described.
        Individuals = "individuals",
        /// A named organisation that is no state's.
        Organisation = "organisation",
        /// Army, police, intelligence and their units.
        StateForce = "state_force",
        /// A government or its offices.
        Government = "government",
        /// A political party or politician.
        Political = "political",
        /// An international body or its mission.
        International = "international",
        /// Unarmed people.
        Civilians = "civilians",
        /// Soldiers and their installations.
        Military = "military",
        /// Police and their installations.
        Police = "police",
        /// Worshippers, clergy and places of worship.
        Religious = "religious",
        /// Journalists and their houses.
        Media = "media",
        /// Firms and their premises.
        Business = "business",
        /// Energy, transport, communication.
        Infrastructure = "infrastructure",
        /// Members of armed groups.
        Combatants = "combatants",
        /// Anything else.
        Other = "other",
    }
}

terms! {
    /// On what the naming of a perpetrator rests, the strongest first.
    Attribution {
        /// The text says it as a fact.
        Fact = "fact",
        /// The organisation says it was itself.
        Claimed = "claimed",
        /// Authorities say it.
        AccusedByAuthorities = "accused_by_authorities",
        /// It is suspected.
        Suspected = "suspected",
        /// It is thought possible.
        Possible = "possible",
        /// It is said and denied.
        Denied = "denied",
    }
}

terms! {
    /// What the act did to a target.
    Effect {
        /// Killed.
        Killed = "killed",
        /// Injured.
        Injured = "injured",
        /// Taken away.
        Abducted = "abducted",
        /// Damaged.
        Damaged = "damaged",
        /// Destroyed.
        Destroyed = "destroyed",
        /// Neither harmed nor damaged.
        None = "none",
    }
}

terms! {
    /// How two actors, or an actor and a place, are said to be related. Read as a sentence:
    /// "subject is offshoot of object".
    Tie {
        /// The subject grew out of the object.
        OffshootOf = "offshoot_of",
        /// The subject broke away from the object.
        SplinterOf = "splinter_of",
        /// The subject is a part, province or wing of the object.
        BranchOf = "branch_of",
        /// The subject has sworn or owes obedience to the object.
        LoyalTo = "loyal_to",
        /// Some bond that is not said more exactly.
        LinkedTo = "linked_to",
        /// They are on one side.
        AllyOf = "ally_of",
        /// The subject gives the object money, arms, training or orders.
        SponsorOf = "sponsor_of",
        /// The subject shelters the object.
        ProtectorOf = "protector_of",
        /// They are adversaries.
        RivalOf = "rival_of",
        /// Two names of one.
        AliasOf = "alias_of",
        /// The subject has its seat in the place.
        BasedIn = "based_in",
        /// The subject is active in the place.
        OperatesIn = "operates_in",
        /// The subject holds the place.
        Controls = "controls",
        /// The place shelters the object.
        HavenOf = "haven_of",
    }
}

impl Tie {
    /// Whether the object is a place.
    pub fn is_of_place(self) -> bool {
        matches!(self, Self::BasedIn | Self::OperatesIn | Self::Controls)
    }
}

terms! {
    /// What a weapon is, after the classes of GTD.
    WeaponSort {
        /// Rifles, pistols, machine guns.
        Firearm = "firearm",
        /// Bombs, mines, grenades, vests.
        Explosive = "explosive",
        /// Artillery, mortars, rockets, missiles.
        Ordnance = "ordnance",
        /// Aircraft and what they drop.
        Aircraft = "aircraft",
        /// Unmanned aircraft.
        Drone = "drone",
        /// Knives, machetes, axes.
        Blade = "blade",
        /// Cars, lorries, driven into people.
        Vehicle = "vehicle",
        /// Petrol bombs, torches.
        Incendiary = "incendiary",
        /// Gas, acid, poison.
        Chemical = "chemical",
        /// Sticks, stones, hands.
        Melee = "melee",
    }
}

impl Kind {
    /// Whether reports of this kind are violence in themselves.
    pub fn is_violent(self) -> bool {
        matches!(self, Self::Assault | Self::Fight)
    }
}

impl Mode {
    /// Whether this mode is one of violence whatever the kind.
    pub fn is_violent(self) -> bool {
        !matches!(
            self,
            Self::Deployment | Self::Withdrawal | Self::Takeover | Self::Campaign | Self::Other
        )
    }

    /// The terms of other codebooks for this mode.
    pub fn terms(self) -> &'static Terms {
        TERMS.iter().find(|t| t.mode == self).unwrap_or(&TERMS[TERMS.len() - 1])
    }
}

/// One row of the table of codebooks: what others call a mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Ours.
    pub mode: Mode,
    /// CAMEO event code.
    pub cameo: &'static str,
    /// ACLED sub-event type (2021 codebook).
    pub acled: &'static str,
    /// GTD attack type.
    pub gtd: &'static str,
    /// UCDP type of violence where the mode decides it: 1 state-based, 2 non-state, 3 one-sided.
    pub ucdp: Option<u8>,
    /// MUC-4 incident type.
    pub muc4: &'static str,
    /// Event mode of PLOVER, as POLECAT has it (2023); empty where none fits.
    pub plover: &'static str,
    /// STIX 2.1 vocabulary for an incident's type (attack pattern name).
    pub stix: &'static str,
}

/// Terms for each mode; the last row is for what has none.
#[rustfmt::skip]
pub const TERMS: &[Terms] = &[
    Terms { mode: Mode::Bombing, cameo: "183", acled: "Remote explosive/landmine/IED", gtd: "Bombing/Explosion", ucdp: None, muc4: "bombing", plover: "explosives", stix: "bombing" },
    Terms { mode: Mode::SuicideBombing, cameo: "1831", acled: "Suicide bomb", gtd: "Bombing/Explosion", ucdp: None, muc4: "bombing", plover: "suicide-attack", stix: "suicide-bombing" },
    Terms { mode: Mode::Shooting, cameo: "180", acled: "Attack", gtd: "Armed Assault", ucdp: None, muc4: "attack", plover: "firearms", stix: "shooting" },
    Terms { mode: Mode::Stabbing, cameo: "182", acled: "Attack", gtd: "Armed Assault", ucdp: None, muc4: "attack", plover: "primitive", stix: "stabbing" },
    Terms { mode: Mode::VehicleRamming, cameo: "180", acled: "Attack", gtd: "Armed Assault", ucdp: None, muc4: "attack", plover: "", stix: "vehicle-ramming" },
    Terms { mode: Mode::Arson, cameo: "180", acled: "Looting/property destruction", gtd: "Facility/Infrastructure Attack", ucdp: None, muc4: "arson", plover: "destroy", stix: "arson" },
    Terms { mode: Mode::Kidnapping, cameo: "181", acled: "Abduction/forced disappearance", gtd: "Hostage Taking (Kidnapping)", ucdp: None, muc4: "kidnapping", plover: "abduct", stix: "kidnapping" },
    Terms { mode: Mode::HostageTaking, cameo: "181", acled: "Abduction/forced disappearance", gtd: "Hostage Taking (Barricade Incident)", ucdp: None, muc4: "kidnapping", plover: "abduct", stix: "hostage-taking" },
    Terms { mode: Mode::Hijacking, cameo: "181", acled: "Abduction/forced disappearance", gtd: "Hijacking", ucdp: None, muc4: "kidnapping", plover: "", stix: "hijacking" },
    Terms { mode: Mode::Assassination, cameo: "186", acled: "Attack", gtd: "Assassination", ucdp: None, muc4: "attack", plover: "targeted", stix: "assassination" },
    Terms { mode: Mode::AirStrike, cameo: "195", acled: "Air/drone strike", gtd: "Bombing/Explosion", ucdp: None, muc4: "attack", plover: "aerial", stix: "air-strike" },
    Terms { mode: Mode::DroneStrike, cameo: "195", acled: "Air/drone strike", gtd: "Bombing/Explosion", ucdp: None, muc4: "attack", plover: "drone", stix: "drone-strike" },
    Terms { mode: Mode::Shelling, cameo: "194", acled: "Shelling/artillery/missile attack", gtd: "Bombing/Explosion", ucdp: None, muc4: "attack", plover: "heavy-weapons", stix: "shelling" },
    Terms { mode: Mode::Massacre, cameo: "202", acled: "Attack", gtd: "Armed Assault", ucdp: Some(3), muc4: "attack", plover: "", stix: "massacre" },
    Terms { mode: Mode::ArmedAssault, cameo: "180", acled: "Attack", gtd: "Armed Assault", ucdp: None, muc4: "attack", plover: "", stix: "armed-assault" },
    Terms { mode: Mode::Battle, cameo: "193", acled: "Armed clash", gtd: "", ucdp: Some(1), muc4: "attack", plover: "", stix: "battle" },
    Terms { mode: Mode::Riot, cameo: "145", acled: "Mob violence", gtd: "", ucdp: None, muc4: "", plover: "riot", stix: "riot" },
    Terms { mode: Mode::CrowdDispersal, cameo: "175", acled: "Excessive force against protesters", gtd: "", ucdp: Some(3), muc4: "", plover: "crowd-control", stix: "crowd-dispersal" },
    Terms { mode: Mode::PoliceShooting, cameo: "175", acled: "Attack", gtd: "", ucdp: None, muc4: "", plover: "firearms", stix: "police-shooting" },
    Terms { mode: Mode::Chemical, cameo: "204", acled: "Chemical weapon", gtd: "Unarmed Assault", ucdp: None, muc4: "attack", plover: "unconventional", stix: "chemical-attack" },
    Terms { mode: Mode::Deployment, cameo: "154", acled: "Other", gtd: "", ucdp: None, muc4: "", plover: "troops", stix: "" },
    Terms { mode: Mode::Withdrawal, cameo: "087", acled: "Other", gtd: "", ucdp: None, muc4: "", plover: "withdraw", stix: "" },
    Terms { mode: Mode::Takeover, cameo: "192", acled: "Non-state actor overtakes territory", gtd: "", ucdp: None, muc4: "", plover: "", stix: "" },
    Terms { mode: Mode::Campaign, cameo: "190", acled: "Other", gtd: "", ucdp: None, muc4: "", plover: "", stix: "" },
    Terms { mode: Mode::Threat, cameo: "138", acled: "", gtd: "", ucdp: None, muc4: "", plover: "", stix: "" },
    Terms { mode: Mode::Other, cameo: "180", acled: "Attack", gtd: "Unknown", ucdp: None, muc4: "attack", plover: "", stix: "" },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_has_a_row_of_terms() {
        for &mode in Mode::ALL {
            assert_eq!(mode.terms().mode, mode, "{mode} has no row");
        }
    }

    #[test]
    fn a_term_printed_and_parsed_is_the_same() {
        for &mode in Mode::ALL {
            assert_eq!(Mode::parse(mode.as_str()), Some(mode));
        }
    }
}
