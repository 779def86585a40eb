//! What sort of voice a speaker is: a state's, an armed organisation's, a witness's, a monitor's, a
//! paper's. Known bodies and offices come first, then descriptions, then the head noun.

use std::ops::Range;

use super::Named;
use crate::Knowledge;
use crate::actor::Holder;
use crate::lexicon::{Mention, Role, Sense};
use crate::ontology::Sort;
use crate::report::SpeakerSort;
use crate::text::Text;

const STATE: &[&str] = &[
    "administration",
    "administrator",
    "ambassador",
    "attorney",
    "authorities",
    "commander",
    "command",
    "commissioner",
    "committee",
    "coroner",
    "court",
    "department",
    "detective",
    "detectives",
    "directorate",
    "embassy",
    "government",
    "governments",
    "governor",
    "inspector",
    "investigator",
    "investigators",
    "kremlin",
    "mayor",
    "ministry",
    "office",
    "ombudsman",
    "parliament",
    "pentagon",
    "premier",
    "presidency",
    "president",
    "prosecutor",
    "prosecutors",
    "secretary",
    "service",
    "sheriff",
    "superintendent",
];
const MONITOR: &[&str] = &[
    "amnesty",
    "brigade",
    "charity",
    "clinic",
    "crescent",
    "cross",
    "doctor",
    "doctors",
    "expert",
    "experts",
    "firefighters",
    "hospital",
    "medic",
    "medics",
    "monitor",
    "monitors",
    "nations",
    "nurse",
    "nurses",
    "observatory",
    "panel",
    "paramedics",
    "rescuer",
    "rescuers",
    "researcher",
    "researchers",
    "surgeon",
    "surgeons",
    "volunteers",
    "watch",
    "watchdog",
    "staff",
];
const MEDIA: &[&str] = &[
    "afp",
    "bbc",
    "broadcaster",
    "channel",
    "cnn",
    "correspondent",
    "daily",
    "journalist",
    "journalists",
    "media",
    "news",
    "newspaper",
    "newspapers",
    "paper",
    "portal",
    "press",
    "radio",
    "reporter",
    "reporters",
    "reuters",
    "tass",
    "television",
    "times",
    "tv",
    "website",
];
const WITNESS: &[&str] = &[
    "brother",
    "elder",
    "elders",
    "family",
    "farmer",
    "father",
    "locals",
    "mother",
    "neighbour",
    "neighbours",
    "priest",
    "relative",
    "relatives",
    "resident",
    "residents",
    "sister",
    "survivor",
    "survivors",
    "teacher",
    "teachers",
    "villager",
    "villagers",
    "witness",
    "witnesses",
    "wife",
];
const ORGANISATION: &[&str] = &[
    "army",
    "brigade",
    "brigades",
    "cartel",
    "faction",
    "front",
    "guerrillas",
    "insurgents",
    "maquis",
    "militants",
    "militia",
    "movement",
    "rebels",
    "resistance",
    "separatists",
];
/// Heads that speak for whatever stands beside them.
const GENERIC: &[&str] = &[
    "adviser",
    "advisor",
    "agency",
    "aide",
    "chairman",
    "chief",
    "director",
    "group",
    "head",
    "leader",
    "official",
    "officials",
    "officer",
    "officers",
    "report",
    "reports",
    "source",
    "sources",
    "spokesman",
    "spokesperson",
    "spokespersons",
    "spokeswoman",
    "statement",
];

/// A speaker in the sentence.
pub(super) struct Speaking<'v> {
    pub(super) text: &'v Text<'v>,
    pub(super) here: &'v [Mention<'v>],
    pub(super) parties: &'v [Named],
    pub(super) holders: &'v [Holder],
    /// The words.
    pub(super) tokens: Range<usize>,
    /// Those that say it in other words.
    pub(super) beside: Range<usize>,
    pub(super) known: &'v Knowledge,
    /// The head noun.
    pub(super) head: usize,
    /// Whether they say that it was they.
    pub(super) is_claim: bool,
}

/// For whom a voice speaks.
pub(super) fn sort(voice: &Speaking<'_>) -> SpeakerSort {
    let covers = |range: &Range<usize>| range.contains(&voice.head);
    let party = voice.parties.iter().find(|p| covers(&p.tokens)).map(|p| p.sort);
    let holder = voice.holders.iter().find(|h| covers(&h.tokens)).map(|h| h.sort);
    if let Some(sort) = party.or(holder) {
        return speaks_as(sort);
    }
    let head = voice.text.key(voice.head);
    if GENERIC.contains(&head) {
        return generic(voice, head);
    }
    let has = |word: &str| voice.tokens.clone().any(|i| voice.text.is(i, word));
    if head == "staff" && has("general") {
        return SpeakerSort::State;
    }
    // "A journalist", "two medics": more exact than that they are civilians.
    let listed = listed(head, voice.text.word(voice.head));
    if let Some(sort) = listed.filter(|&sort| sort != SpeakerSort::Organisation) {
        return sort;
    }
    let at_head = |m: &&Mention<'_>| m.first <= voice.head && voice.head < m.last;
    let described = voice.here.iter().filter(at_head).find_map(|m| m.sense(person));
    let other = if voice.is_claim { SpeakerSort::Organisation } else { SpeakerSort::Other };
    let titled = || titled(voice).or_else(|| is_government(voice).then_some(SpeakerSort::State));
    described.or(listed).or_else(titled).unwrap_or(other)
}

/// What the other words make of a name: "police commissioner X", "X, a surgeon".
fn titled(voice: &Speaking<'_>) -> Option<SpeakerSort> {
    let within = |i: usize| voice.tokens.contains(&i) || voice.beside.contains(&i);
    let described =
        || voice.here.iter().filter(|m| within(m.first)).filter_map(|m| m.sense(person));
    let state = described().find(|&sort| sort == SpeakerSort::State);
    let state = state.or_else(|| named(voice));
    let mut words = voice.tokens.clone().chain(voice.beside.clone());
    let listed = || words.find_map(|i| listed(voice.text.key(i), ""));
    state.or_else(listed).or_else(|| described().next())
}

/// For whom the body speaks that the words name: "FBI director X", "a spokesman of the X".
fn named(voice: &Speaking<'_>) -> Option<SpeakerSort> {
    let inside =
        |p: &&Named| voice.tokens.start <= p.tokens.start && p.tokens.end <= voice.tokens.end;
    voice.parties.iter().find(inside).map(|p| speaks_as(p.sort))
}

/// A country or its capital speaks for its government.
fn is_government(voice: &Speaking<'_>) -> bool {
    let country = voice.here.iter().any(|m| {
        m.first == voice.tokens.start
            && m.last == voice.tokens.end
            && m.senses.iter().any(|s| matches!(s, Sense::Country(_)))
    });
    let name = voice.text.span(voice.tokens.start, voice.tokens.end);
    let name = name.map_or("", |name| name.of(voice.text.source));
    country || voice.known.geography.countries.iter().any(|c| c.capital == name)
}

/// A spokesman, a source, a group: the words beside it say whose.
fn generic(voice: &Speaking<'_>, head: &str) -> SpeakerSort {
    let words = || voice.tokens.clone().map(|i| voice.text.key(i));
    let inside = |m: &&Mention<'_>| voice.tokens.contains(&m.first);
    let state =
        voice.here.iter().filter(inside).any(|m| m.sense(person) == Some(SpeakerSort::State));
    let nation = voice.here.iter().filter(inside).any(|m| {
        m.senses
            .iter()
            .any(|s| matches!(s, Sense::Demonym(_) | Sense::Country(_) | Sense::Force(..)))
    });
    let any = |list: &[&str]| words().any(|word| list.contains(&word));
    if any(&["news"]) || any(MEDIA) {
        SpeakerSort::Media
    } else if any(&["rights", "monitoring", "aid", "medical", "hospital", "rescue", "relief"])
        && !any(&["security", "police", "military"])
    {
        SpeakerSort::Monitor
    } else if state
        || nation
        || any(&["security", "intelligence", "official", "officials"])
        || any(&["minister", "police", "president"])
        || any(STATE)
    {
        SpeakerSort::State
    } else if voice.is_claim || head == "group" {
        SpeakerSort::Organisation
    } else {
        named(voice).unwrap_or(SpeakerSort::Other)
    }
}

/// The sort that a head noun has by itself; armed organisations are written with a capital.
fn listed(head: &str, word: &str) -> Option<SpeakerSort> {
    let named = word.starts_with(char::is_uppercase);
    let lists = [
        (if named { ORGANISATION } else { &[] }, SpeakerSort::Organisation),
        (STATE, SpeakerSort::State),
        (MONITOR, SpeakerSort::Monitor),
        (MEDIA, SpeakerSort::Media),
        (WITNESS, SpeakerSort::Witness),
        (ORGANISATION, SpeakerSort::Organisation),
    ];
    lists.into_iter().find(|(list, _)| list.contains(&head)).map(|(_, sort)| sort)
}

/// Whether a head noun is one of those who speak.
pub(super) fn is_voice(head: &str) -> bool {
    GENERIC.contains(&head) || listed(head, "").is_some()
}

/// For whom a described person speaks.
pub(super) fn person(sense: Sense) -> Option<SpeakerSort> {
    match sense {
        Sense::Person(Sort::Government | Sort::Police | Sort::Military | Sort::StateForce, _) => {
            Some(SpeakerSort::State)
        }
        Sense::Person(Sort::Media, _) => Some(SpeakerSort::Media),
        Sense::Person(_, Role::Perpetrator) => Some(SpeakerSort::Organisation),
        Sense::Person(_, Role::Victim | Role::Either) => Some(SpeakerSort::Witness),
        _ => None,
    }
}

/// For whom a body of such a sort speaks.
fn speaks_as(sort: Sort) -> SpeakerSort {
    match sort {
        Sort::Organisation => SpeakerSort::Organisation,
        Sort::International | Sort::Other => SpeakerSort::Monitor,
        Sort::Media => SpeakerSort::Media,
        Sort::Business | Sort::Political => SpeakerSort::Other,
        _ => SpeakerSort::State,
    }
}
