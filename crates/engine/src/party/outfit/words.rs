//! The words by which news says that a name is that of an organisation, and of which sort.

/// Nouns for bodies that take up arms. Sorted.
#[rustfmt::skip]
pub(super) const ARMED: &[&str] = &[
    "band", "brigade", "brotherhood", "cartel", "clan", "column", "commando", "faction", "front",
    "gang", "guerrilla", "guerrillas", "insurgency", "insurgents", "mafia", "militia", "militias",
    "offshoot", "outfit", "rebels", "separatists", "splinter", "squad", "syndicate", "underground",
];
/// Nouns for bodies of any sort. Sorted.
#[rustfmt::skip]
pub(super) const ANY: &[&str] = &[
    "alliance", "army", "association", "body", "cell", "cells", "coalition", "collective", "committee",
    "formation", "group", "grouping", "groupuscule", "league", "movement", "name", "network",
    "organisation", "organization", "party", "sect", "society", "wing",
];
/// Words that make a body of any sort one that takes up arms. Sorted.
#[rustfmt::skip]
pub(super) const FIERCE: &[&str] = &[
    "anarchist", "anti", "armed", "banned", "breakaway", "clandestine", "criminal", "death",
    "dissident", "extremist", "factions", "far", "fascist", "fighters", "guerrilla", "gunmen",
    "hardline", "illegal", "insurgent", "islamist", "jihadi", "jihadist", "known", "maoist", "marxist",
    "militant", "nationalist", "nazi", "neo", "obscure", "outlawed", "paramilitary", "proclaimed",
    "proscribed", "radical", "rebel", "revolutionary", "secessionist", "secret", "self", "separatist",
    "shadowy", "smuggling", "splinter", "supremacist", "surfaced", "terror", "terrorist",
    "trafficking", "ultra", "ultranationalist", "underground", "unheard", "unknown", "urban",
    "vigilante", "violent",
];
/// Words for bodies of peace: "a rights group". Sorted.
#[rustfmt::skip]
pub(super) const PEACEFUL: &[&str] = &[
    "advocacy", "agency", "aid", "air", "ambulance", "analysis", "assistance", "bank", "bishops",
    "broadcaster", "business", "cathedral", "center", "centre", "charity", "church", "city", "civil",
    "college", "commission", "committees", "company", "conference", "congress", "consultancy",
    "corporation", "court", "crescent", "cross", "daily", "department", "development", "doctors",
    "embassy", "energy", "farm", "federation", "foundation", "gazette", "government", "health",
    "herald", "high", "holding", "hospital", "hotel", "hours", "house", "human", "humanitarian", "inn",
    "institute", "intelligence", "investment", "journal", "labor", "labour", "lawyers", "legal",
    "mall", "market", "media", "medical", "ministry", "mission", "monitor", "monitoring", "monitors",
    "mosque", "municipal", "museum", "music", "nations", "news", "newspaper", "observatory", "office",
    "oil", "palace", "parish", "parliament", "party", "peace", "police", "political", "post", "press",
    "prosecutor", "provincial", "radio", "relief", "reporters", "republic", "research", "rights",
    "school", "security", "senate", "service", "services", "sports", "station", "student", "students",
    "studies", "superintendency", "support", "supreme", "syndicate", "teachers", "team", "telegraph",
    "television", "temple", "theatre", "think", "times", "town", "trade", "tribune", "union", "unions",
    "united", "university", "women", "world", "youth",
];
/// Words for the members of an organisation that are no others'. Sorted.
#[rustfmt::skip]
pub(super) const MEMBERS: &[&str] = &[
    "anarchists", "assassins", "cadres", "combatants", "commandos", "extremists", "fighter",
    "fighters", "gangsters", "guerrilla", "guerrillas", "gunman", "gunmen", "hitmen", "insurgent",
    "insurgents", "jihadists", "mercenaries", "militant", "militants", "militiamen", "paramilitaries",
    "partisans", "raiders", "rebel", "rebels", "separatists", "subversives", "terrorist", "terrorists",
];
/// People who may call themselves something, besides the members. Sorted.
#[rustfmt::skip]
pub(super) const PEOPLE: &[&str] = &[
    "anarchists", "assailants", "attackers", "bandits", "civilians", "criminals", "kidnappers",
    "killers", "men", "militias", "saboteurs", "vigilantes", "youths",
];
/// Forms of what somebody calls himself by. Sorted.
#[rustfmt::skip]
pub(super) const CALLS: &[&str] = &[
    "call", "called", "calling", "calls", "christened", "christening", "dub", "dubbed", "dubbing",
    "name", "named", "names", "naming", "proclaiming", "sign", "signed", "signing", "signs", "style",
    "styled", "styles", "styling", "term", "termed", "terming", "terms",
];
/// Words of those who speak for an organisation unseen. Sorted.
#[rustfmt::skip]
pub(super) const VOICES: &[&str] = &[
    "address", "announced", "audio", "banner", "banners", "broadcast", "call", "called", "caller",
    "callers", "calls", "channel", "claim", "claimed", "claiming", "claims", "communique",
    "communiques", "declared", "email", "flyer", "flyers", "leaflet", "leaflets", "letter", "mail",
    "message", "messages", "note", "pamphlet", "pamphlets", "phoned", "poster", "posters",
    "recording", "responsibility", "said", "signed", "slogan", "slogans", "statement", "statements",
    "tape", "telephone", "telephoned", "text", "video", "voice", "wrote",
];
/// What somebody claims to have done. Sorted.
#[rustfmt::skip]
pub(super) const CLAIMED: &[&str] = &[
    "abduction", "action", "actions", "all", "ambush", "ambushes", "assassination", "assault",
    "attack", "attacks", "authorship", "blast", "blasts", "bomb", "bombing", "bombings", "bombs",
    "both", "credit", "crime", "deed", "deeds", "device", "devices", "execution", "explosion",
    "explosions", "fire", "it", "kidnapping", "killing", "killings", "murder", "murders", "operation",
    "raid", "raids", "responsibility", "shooting", "strike", "strikes",
];
/// Forms of taking upon oneself. Sorted.
#[rustfmt::skip]
pub(super) const TAKES: &[&str] = &[
    "accept", "accepted", "accepting", "accepts", "acknowledged", "acknowledges", "admits", "admitted",
    "admitting", "assume", "assumed", "assumes", "assuming", "claim", "claimed", "claiming", "claims",
    "take", "taken", "takes", "taking", "took",
];
/// Verbs of what is done "by" somebody who did it. Sorted.
#[rustfmt::skip]
pub(super) const DONE_BY: &[&str] = &[
    "abducted", "captured", "claimed", "committed", "done", "executed", "held", "kidnapped", "laid",
    "mounted", "out", "perpetrated", "placed", "planned", "planted", "seized", "staged",
];
/// What gives a doer away, as in "bears the mark of". Sorted.
#[rustfmt::skip]
pub(in crate::party) const MARKS: &[&str] = &[
    "fingerprints", "hallmark", "hallmarks", "hand", "handwriting", "imprint", "mark", "signature",
    "stamp", "trademark",
];
/// What is somebody's own, as in "the work of". Sorted.
pub(in crate::party) const WORK: &[&str] = &["doing", "handiwork", "work"];
/// What an organisation shows its name by. Sorted.
#[rustfmt::skip]
pub(super) const SIGNS: &[&str] = &[
    "armbands", "banner", "banners", "canvas", "emblem", "emblems", "flag", "flags", "graffiti",
    "initials", "insignia", "leaflets", "letterhead", "letters", "logo", "pamphlets", "posters",
    "slogans", "stickers", "uniform", "uniforms",
];
/// Members of any body. Sorted.
pub(super) const HANDS: &[&str] =
    &["elements", "members", "men", "operatives", "remnants", "soldiers", "supporters"];
/// What somebody makes himself heard by. Sorted.
#[rustfmt::skip]
pub(super) const MEDIA: &[&str] = &[
    "audio", "broadcast", "communique", "film", "footage", "images", "leaflet", "leaflets", "letter",
    "message", "note", "pamphlet", "photograph", "photographs", "pictures", "proclamation", "recording",
    "statement", "tape", "text", "video",
];
/// Forms of making oneself heard. Sorted.
#[rustfmt::skip]
pub(super) const PUBLISHES: &[&str] = &[
    "announced", "announces", "broadcast", "circulated", "declared", "distributed", "issued", "posted",
    "published", "publishes", "read", "released", "releases", "sent", "shared", "showed", "uploaded",
];
/// Forms of blaming somebody for it. Sorted.
#[rustfmt::skip]
pub(super) const BLAMES: &[&str] = &[
    "accuse", "accused", "accuses", "accusing", "blame", "blamed", "blames", "blaming", "suspect",
    "suspected", "suspects",
];
/// Words by which it is laid at a door. Sorted.
#[rustfmt::skip]
pub(super) const LAYS: &[&str] = &[
    "ascribe", "ascribed", "ascribes", "attribute", "attributed", "attributes", "blame", "blamed",
    "blames", "blaming", "finger", "fingers", "pinned", "point", "pointed", "points", "suspicion",
    "suspicions",
];
/// Forms of saying what one did. Sorted.
#[rustfmt::skip]
pub(super) const TELLS: &[&str] = &[
    "acknowledged", "admitted", "announced", "boasted", "claimed", "claims", "declared", "said",
    "says", "stated", "told", "write", "writes", "wrote",
];
/// Words for what somebody says that he did, and by whom. Sorted.
#[rustfmt::skip]
pub(super) const DEEDS: &[&str] = &[
    "ambushed", "attacked", "behind", "blew", "bombed", "carried", "combatants", "executed",
    "fighters", "fired", "gunmen", "holding", "killed", "launched", "left", "patrols", "placed",
    "planted", "responsible", "sent", "shelled", "shot", "struck", "units", "work",
];
/// What an organisation does to others, as a verb right behind its name. Sorted.
#[rustfmt::skip]
pub(super) const STRIKES: &[&str] = &[
    "abducted", "ambushed", "assassinated", "attacked", "beheaded", "blew", "bombed", "burned",
    "burnt", "executed", "kidnapped", "killed", "massacred", "murdered", "raided", "shelled", "shot",
    "slaughtered", "stormed", "torched",
];
/// What follows a participle, and no verb: "the hotel attacked on Sunday". Sorted.
#[rustfmt::skip]
pub(super) const BESIDE: &[&str] = &[
    "", "after", "and", "at", "by", "during", "earlier", "in", "last", "near", "on", "since", "that",
    "there", "this", "was", "were", "when", "while", "yesterday",
];
/// Those who did it. Sorted.
#[rustfmt::skip]
pub(super) const AUTHORS: &[&str] = &[
    "attackers", "author", "authors", "culprit", "culprits", "kidnappers", "killers", "perpetrator",
    "perpetrators", "responsible",
];
/// Words of other languages with which the names of bodies that take up arms begin. Sorted.
#[rustfmt::skip]
pub(super) const FOREIGN: &[&str] = &[
    "ansar", "armée", "autodefensa", "autodefensas", "bloque", "brigada", "brigadas", "brigate",
    "cartel", "colectivo", "colectivos", "columna", "comando", "comandos", "cártel", "ejercito",
    "ejército", "esquadrão", "falange", "frente", "harakat", "hezb", "hizb", "jaish", "jaysh",
    "kataib", "katiba", "katibat", "lashkar", "liwa", "milicia", "milicias", "mouvement",
    "movimiento", "oglaigh", "saraya", "sipah", "tehreek", "tehrik", "óglaigh",
];
/// Forms of praising what was done. Sorted.
#[rustfmt::skip]
pub(super) const PRAISES: &[&str] = &[
    "applauded", "applauds", "celebrated", "celebrates", "congratulated", "exalted", "extolled",
    "glorified", "hailed", "hails", "laud", "lauded", "lauds", "praise", "praised", "praises",
    "saluted", "salutes", "welcomed", "welcomes", "welcoming",
];
/// Titles that make the name behind them a person's. Sorted.
#[rustfmt::skip]
pub(super) const TITLES: &[&str] = &[
    "admiral", "archbishop", "bishop", "brigadier", "captain", "chief", "col", "colonel", "commander",
    "commissioner", "corporal", "dr", "emir", "father", "general", "governor", "imam", "inspector",
    "judge", "justice", "king", "lieutenant", "lt", "major", "mayor", "minister", "mr", "mrs", "ms",
    "mullah", "officer", "pastor", "president", "prince", "professor", "prosecutor", "qari", "queen",
    "secretary", "senator", "sergeant", "sheikh", "spokesman", "spokeswoman", "superintendent",
    "warlord",
];
/// Heads behind which "for" goes on with a name: "Front for the Freedom of X". Sorted.
#[rustfmt::skip]
pub(super) const FOR: &[&str] = &[
    "alliance", "army", "association", "brigade", "brigades", "cell", "cells", "coalition", "column",
    "command", "commandos", "committee", "congress", "council", "fighters", "forces", "front", "group",
    "league", "legion", "martyrs", "militia", "movement", "network", "organisation", "organization",
    "party", "resistance", "soldiers", "squad", "union", "unit", "vanguard", "volunteers", "warriors",
    "wing",
];

/// Whether a sorted list has a word.
pub(in crate::party) fn listed(word: &str, list: &[&str]) -> bool {
    list.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_in_order() {
        use super::*;
        let lists = [
            ARMED, ANY, FIERCE, PEACEFUL, MEMBERS, PEOPLE, CALLS, VOICES, CLAIMED, TAKES, DONE_BY,
            MARKS, WORK, SIGNS, FOR, HANDS, MEDIA, PUBLISHES, BLAMES, LAYS, TELLS, DEEDS, PRAISES,
            TITLES, STRIKES, BESIDE, AUTHORS, FOREIGN,
        ];
        for list in lists {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
