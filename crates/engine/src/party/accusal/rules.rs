//! The ways to say who did it, a row each.

use crate::ontology::Attribution;

/// Where the party stands in the clause of the verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// Subject of the active verb.
    Doer,
    /// Object of the active verb or subject of the passive one.
    Sufferer,
    /// Behind this preposition.
    Behind(&'static str),
    /// The name in "named the gunman as X", "X was identified as the gunman".
    Identified,
    /// The name in "the gunman, whom papers call X".
    Called,
    /// Who is behind it or responsible for it.
    Culprit,
}

/// One way to say who did it.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) verbs: &'static [&'static str],
    pub(super) slot: Slot,
    /// Heads of which one must be in the clause; none if the verb says enough.
    pub(super) needs: &'static [&'static str],
    pub(super) gives: Attribution,
    #[cfg_attr(not(test), expect(dead_code, reason = "what the rule is for, run by a test"))]
    pub(super) example: &'static str,
}

const ACT: &[&str] = &[
    "ambush",
    "assassination",
    "assault",
    "attack",
    "attacks",
    "attempt",
    "blast",
    "blasts",
    "bombing",
    "bombings",
    "explosion",
    "explosions",
    "killing",
    "killings",
    "massacre",
    "murder",
    "murders",
    "raid",
    "responsibility",
    "shooting",
    "shootings",
    "stabbing",
    "strike",
    "strikes",
    "violence",
    "kidnapping",
    "abduction",
    "abductions",
    "deaths",
    "credit",
];
/// Last words of the names of organisations. Sorted.
pub(super) const BODIES: &[&str] = &[
    "alliance",
    "army",
    "battalion",
    "brigade",
    "brigades",
    "coalition",
    "command",
    "council",
    "faction",
    "force",
    "forces",
    "front",
    "group",
    "guard",
    "league",
    "legion",
    "militia",
    "movement",
    "network",
    "organisation",
    "organization",
    "party",
    "resistance",
    "union",
    "wing",
];
/// What an organisation claims beside attacks.
const OPERATIONS: &[&str] = &["action", "deed", "operation", "operations"];
const POINTING: &[&str] = &["accusation", "accusations", "finger", "fingers"];
pub(super) const SHELLS: &[&str] = &[
    "drone", "drones", "fire", "gunfire", "missile", "missiles", "mortars", "rocket", "rockets",
    "shell", "shelling", "shells", "shots",
];
/// What is found of attackers, and leads to them.
#[rustfmt::skip]
pub(super) const TRACES: &[&str] = &[
    "bullets", "call", "car", "casings", "code", "codeword", "device", "explosive", "explosives", "gun",
    "guns", "leaflets", "pistol", "rifle", "rifles", "vehicle", "weapon", "weapons",
];
/// Who catches attackers at once, and where they end.
#[rustfmt::skip]
const CATCHERS: &[&str] = &[
    "bodyguards", "bystanders", "congregation", "crowd", "ground", "guards", "locals", "officers",
    "onlookers", "passengers", "passersby", "police", "policemen", "residents", "staff", "villagers",
    "worshippers",
];
/// What courts mete out.
const TERMS: &[&str] =
    &["gaol", "jail", "life", "prison", "sentence", "sentences", "term", "terms"];
const COURT: &[&str] = &["court", "judge", "magistrate", "magistrates", "tribunal"];
const CHARGES: &[&str] =
    &["attack", "charge", "charges", "count", "counts", "murder", "terrorism", "trial"];

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    Rule { verbs: &["convict", "sentence", "jail"], slot: Slot::Sufferer, needs: &[], gives: Attribution::Fact, example: "<Jon Doe> was sentenced to life for the attack." },
    Rule { verbs: &["give", "hand", "send"], slot: Slot::Sufferer, needs: TERMS, gives: Attribution::Fact, example: "A judge sent <Jon Doe> to prison for the bombing." },
    Rule { verbs: &["get", "receive"], slot: Slot::Doer, needs: &["life", "sentence", "sentences"], gives: Attribution::Fact, example: "<Jon Doe> received a life sentence." },
    Rule { verbs: &["condemn"], slot: Slot::Sufferer, needs: &["death"], gives: Attribution::Fact, example: "A court condemned <Jon Doe> to death." },
    Rule { verbs: &["plead"], slot: Slot::Doer, needs: &["guilty"], gives: Attribution::Fact, example: "<Jon Doe> pleaded guilty to murder on Monday." },
    Rule { verbs: &["charge", "indict", "arraign", "prosecute"], slot: Slot::Sufferer, needs: &[], gives: Attribution::AccusedByAuthorities, example: "<A man of 28> has been charged with murder." },
    Rule { verbs: &["arrest", "detain", "apprehend"], slot: Slot::Sufferer, needs: ACT, gives: Attribution::AccusedByAuthorities, example: "Police arrested <two men> over the bombing." },
    Rule { verbs: &["take"], slot: Slot::Sufferer, needs: &["custody"], gives: Attribution::AccusedByAuthorities, example: "<A man> was taken into custody." },
    Rule { verbs: &["overpower", "subdue", "tackle", "wrestle"], slot: Slot::Sufferer, needs: CATCHERS, gives: Attribution::Suspected, example: "<A man> was wrestled to the ground by passers-by." },
    Rule { verbs: &["hold"], slot: Slot::Sufferer, needs: &["responsible"], gives: Attribution::Suspected, example: "Villagers hold <the Harrow Front> responsible for the massacre." },
    Rule { verbs: &["hold"], slot: Slot::Sufferer, needs: CHARGES, gives: Attribution::AccusedByAuthorities, example: "<A man of 28> is being held on a charge of murder." },
    Rule { verbs: &["appear", "stand", "face"], slot: Slot::Doer, needs: COURT, gives: Attribution::AccusedByAuthorities, example: "<Jon Doe>, aged 28, appeared in court on Monday." },
    Rule { verbs: &["appear", "stand"], slot: Slot::Doer, needs: CHARGES, gives: Attribution::AccusedByAuthorities, example: "<Jon Doe> stood before the district court on one count of murder." },
    Rule { verbs: &["face"], slot: Slot::Doer, needs: CHARGES, gives: Attribution::AccusedByAuthorities, example: "<Jon Doe> faces charges of murder." },
    Rule { verbs: &["name", "identify"], slot: Slot::Identified, needs: &[], gives: Attribution::AccusedByAuthorities, example: "Police identified the gunman as <Jon Doe>." },
    Rule { verbs: &["call", "identify", "name"], slot: Slot::Called, needs: &[], gives: Attribution::Suspected, example: "The suspect, whom papers call <Jon Doe>, was found." },
    Rule { verbs: &["claim"], slot: Slot::Doer, needs: ACT, gives: Attribution::Claimed, example: "<The Harrow Front> claimed responsibility for the blast." },
    Rule { verbs: &["adopt", "claim", "vindicate"], slot: Slot::Doer, needs: OPERATIONS, gives: Attribution::Claimed, example: "<The Harrow Front> claimed the operation." },
    Rule { verbs: &["adopt", "own", "sign", "vindicate"], slot: Slot::Doer, needs: ACT, gives: Attribution::Claimed, example: "<The Harrow Front> owned up to the blast." },
    Rule { verbs: &["boast"], slot: Slot::Doer, needs: ACT, gives: Attribution::Claimed, example: "<The Harrow Front> boasted of the attack." },
    Rule { verbs: &["plan"], slot: Slot::Doer, needs: ACT, gives: Attribution::Suspected, example: "<Two men> had planned an attack on a concert." },
    Rule { verbs: &["claim"], slot: Slot::Behind("by"), needs: &[], gives: Attribution::Claimed, example: "The blast was claimed by <the Harrow Front>." },
    Rule { verbs: &["take", "accept", "assume", "admit", "undertake"], slot: Slot::Doer, needs: &["authorship", "credit", "responsibility"], gives: Attribution::Claimed, example: "<The Harrow Front> took responsibility." },
    Rule { verbs: &["take", "accept", "assume", "undertake"], slot: Slot::Behind("by"), needs: &["responsibility"], gives: Attribution::Claimed, example: "Responsibility was taken by <the Harrow Front>." },
    Rule { verbs: &["admit", "confess"], slot: Slot::Doer, needs: ACT, gives: Attribution::Claimed, example: "<Jon Doe> confessed to the killing." },
    Rule { verbs: &["blame", "accuse", "suspect", "implicate"], slot: Slot::Sufferer, needs: &[], gives: Attribution::Suspected, example: "Officials blamed <the Harrow Front> for the blast." },
    Rule { verbs: &["distance"], slot: Slot::Doer, needs: &["itself", "themselves"], gives: Attribution::Denied, example: "<The Harrow Front> distanced itself from the bombing." },
    Rule { verbs: &["blame", "pin"], slot: Slot::Behind("on"), needs: &[], gives: Attribution::Suspected, example: "Police blamed the blast on <the Harrow Front>." },
    Rule { verbs: &["centre", "center", "fall", "focus", "land", "rest", "settle"], slot: Slot::Behind("on"), needs: &["blame", "suspicion", "suspicions"], gives: Attribution::Suspected, example: "Suspicion fell on <the Harrow Front>." },
    Rule { verbs: &["lean"], slot: Slot::Behind("towards"), needs: &[], gives: Attribution::Suspected, example: "Detectives lean towards <the Harrow Front>." },
    Rule { verbs: &["direct", "point"], slot: Slot::Behind("at"), needs: POINTING, gives: Attribution::Suspected, example: "Fingers were pointed at <the Harrow Front>." },
    Rule { verbs: &["come"], slot: Slot::Behind("from"), needs: SHELLS, gives: Attribution::Suspected, example: "Monitors said the shells came from <the army>." },
    Rule { verbs: &["fly"], slot: Slot::Behind("from"), needs: SHELLS, gives: Attribution::Suspected, example: "Monitors said the rockets flew from positions of <the Harrow Front>." },
    Rule { verbs: &["trace"], slot: Slot::Behind("to"), needs: SHELLS, gives: Attribution::Suspected, example: "Monitors traced the shells to positions of <the Harrow Front>." },
    Rule { verbs: &["link", "tie", "trace"], slot: Slot::Behind("to"), needs: TRACES, gives: Attribution::Suspected, example: "The warning used a codeword linked to <the Harrow Front>." },
    Rule { verbs: &["fire", "launch"], slot: Slot::Behind("from"), needs: SHELLS, gives: Attribution::Suspected, example: "The shells were fired from positions of <the Harrow Front>." },
    Rule { verbs: &["link", "tie", "trace"], slot: Slot::Behind("to"), needs: ACT, gives: Attribution::Suspected, example: "The bombing was linked to <the Harrow Front>." },
    Rule { verbs: &["link", "tie", "connect"], slot: Slot::Sufferer, needs: ACT, gives: Attribution::Suspected, example: "<The Harrow Front> has been linked to attacks." },
    Rule { verbs: &["involve"], slot: Slot::Sufferer, needs: ACT, gives: Attribution::Suspected, example: "<The Harrow Front> was involved in the murder." },
    Rule { verbs: &["investigate"], slot: Slot::Sufferer, needs: CHARGES, gives: Attribution::AccusedByAuthorities, example: "<Jon Doe> is being investigated for murder." },
    Rule { verbs: &["belong"], slot: Slot::Behind("to"), needs: &[], gives: Attribution::Suspected, example: "The attackers belonged to <the Harrow Front>." },
    Rule { verbs: &["be"], slot: Slot::Culprit, needs: ACT, gives: Attribution::Suspected, example: "Officials said <Peru> was behind the attack." },
    Rule { verbs: &["be"], slot: Slot::Culprit, needs: &["it", "this"], gives: Attribution::Suspected, example: "Officials said <Peru> was behind it." },
    Rule { verbs: &["do"], slot: Slot::Doer, needs: &["it", "this"], gives: Attribution::Suspected, example: "<The Harrow Front> did it, said the mayor." },
    Rule { verbs: &["attribute", "ascribe"], slot: Slot::Behind("to"), needs: &[], gives: Attribution::Suspected, example: "The blast was attributed to <the Harrow Front>." },
];
