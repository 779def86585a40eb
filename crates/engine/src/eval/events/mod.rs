//! End to end: which articles report violence, which events, and each column (`wikinews`,
//! `modern`, `demo`).
//!
//! Gold and predictions have one form, [`Article`], a JSON object a line; what is written with
//! `--predictions` can therefore be scored by anyone. An article is scored by itself: its
//! predicted events are paired one to one with its gold events ([`pairing`]), then each column of
//! each pair is compared ([`columns`]). Whether an event is hedged is not scored
//! here; how articles cluster is [`cluster`](super::cluster)'s work, over [`linking`].

pub mod columns;
pub mod kinds;
pub mod linking;
pub mod pairing;
pub mod predict;
pub mod score;
pub mod stretch;

use serde::{Deserialize, Serialize};

use crate::ontology::Kind;
use crate::resolved::Precision;
pub use kinds::EventType;
pub use score::{measures, score};
pub use stretch::Stretch;

/// One article and its events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Names the article where it has an id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<String>,
    /// Where it was; joins gold and documents.
    pub url: String,
    /// The day of publication.
    pub date: Option<String>,
    /// The headline.
    #[serde(default)]
    pub title: String,
    /// Whether it reports violence.
    pub relevant: bool,
    /// The event that its first main event is, the same for every article about it; in gold only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub event: Option<String>,
    /// The events it reports.
    pub events: Vec<Event>,
}

impl Article {
    /// Which event of the world its event number `n` is, where the gold says so.
    pub fn cluster(&self, n: usize) -> Option<&str> {
        let of_article = || {
            let first = self.events.iter().position(|event| event.main);
            self.event.as_deref().filter(|_| first == Some(n))
        };
        self.events.get(n)?.cluster.as_deref().or_else(of_article)
    }

    /// The id if there is one, else the address.
    pub fn name(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.url)
    }
}

/// One event as an article tells it. `None` means that the article does not say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Numbers the event within the article, from one.
    pub id: u32,
    /// Whether it is what the article is about, not background.
    pub main: bool,
    /// What sort of event.
    #[serde(rename = "type")]
    pub sort: EventType,
    /// PLOVER type; in predictions only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub kind: Option<Kind>,
    /// How it was done.
    pub mode: String,
    /// How far it got.
    #[serde(default)]
    pub stage: String,
    /// The day, month or year it began.
    pub start: Option<Stretch>,
    /// The day, month or year it ended.
    pub end: Option<Stretch>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// First-level area.
    #[serde(default)]
    pub admin1: Option<String>,
    /// City, town, village, region.
    pub place: Option<String>,
    /// Building, street, base.
    #[serde(default)]
    pub site: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// How precise the coordinates are; in predictions only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub precision: Option<Precision>,
    /// Who did it.
    #[serde(default)]
    pub perpetrators: Vec<Named>,
    /// To whom or what.
    #[serde(default)]
    pub targets: Vec<Named>,
    /// How many were killed.
    pub killed: Option<Bounds>,
    /// How many were injured.
    pub injured: Option<Bounds>,
    /// Whether attackers are among the killed.
    #[serde(default)]
    pub killed_includes_perpetrators: Option<bool>,
    /// With what.
    #[serde(default)]
    pub weapons: Vec<String>,
    /// The words that tell of it, verbatim.
    pub evidence: Vec<String>,
    /// Who is quoted for it.
    #[serde(default)]
    pub speakers: Vec<String>,
    /// Whether the article doubts it.
    #[serde(default)]
    pub hedged: bool,
    /// The same for every report of one event; in gold only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cluster: Option<String>,
}

/// A party as the text names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// As the text has it.
    pub name: String,
    /// What sort of party.
    #[serde(default)]
    pub kind: String,
    /// On what the naming rests, for perpetrators.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attribution: Option<String>,
}

/// A number as bounds: "at least 12" has no high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// No fewer than this.
    pub low: Option<u32>,
    /// No more than this.
    pub high: Option<u32>,
}

impl std::fmt::Display for Bounds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => write!(f, "{low}"),
            (low, high) => {
                let side = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
                write!(f, "{}..{}", side(low), side(high))
            }
        }
    }
}

impl Event {
    /// The days it may have been on; one without an end is taken to have ended as it began.
    pub fn days(&self) -> Option<Stretch> {
        let start = self.start.or(self.end)?;
        let end = self.end.unwrap_or(start);
        Some(Stretch { first: start.first, last: end.last.max(start.first) })
    }

    /// One line for people: `bombing 2019-04-21 LK Colombo, killed 207..`.
    pub fn line(&self) -> String {
        let mut words = vec![self.mode.clone()];
        words.extend(self.days().map(|days| days.to_string()));
        words.extend(self.country.clone());
        words.extend(self.place.clone());
        words.extend(self.killed.map(|killed| format!("killed {killed}")));
        words.join(" ")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use reading::Document;

    use super::*;
    use crate::ontology::{Assertion, Mode, Stage};
    use crate::report::{Report, ReportId};

    /// An attack about which nothing else is known.
    pub(crate) fn event(id: u32) -> Event {
        let json = format!(
            r#"{{"id": {id}, "main": true, "type": "attack", "mode": "bombing", "start": null,
                "end": null, "country": null, "place": null, "lat": null, "lon": null,
                "killed": null, "injured": null, "evidence": []}}"#
        );
        serde_json::from_str(&json).unwrap()
    }

    /// An attack in `country` on `day`.
    pub(crate) fn event_at(id: u32, country: &str, day: &str) -> Event {
        Event {
            country: Some(country.into()),
            start: Some(day.parse().unwrap()),
            end: Some(day.parse().unwrap()),
            ..event(id)
        }
    }

    /// An article with `events`, relevant if there are any.
    pub(crate) fn article(events: Vec<Event>) -> Article {
        Article {
            id: None,
            url: "https://paper.example/1".into(),
            date: None,
            title: String::new(),
            relevant: !events.is_empty(),
            event: None,
            events,
        }
    }

    /// A report of a violent act about which nothing else is known.
    pub(crate) fn report(document: &Document) -> Report {
        Report {
            id: ReportId::of(&[]),
            document: document.id,
            kind: Kind::Assault,
            mode: Mode::Other,
            stage: Stage::Accomplished,
            assertion: Assertion::Asserted,
            main: true,
            when: None,
            scene: None,
            perpetrators: Vec::new(),
            targets: Vec::new(),
            weapons: Vec::new(),
            killed: None,
            injured: None,
            abducted: None,
            killed_includes_perpetrators: None,
            deed: None,
            speakers: Vec::new(),
            evidence: Vec::new(),
            confidence: 0.5,
        }
    }

    #[test]
    fn an_event_without_an_end_is_as_long_as_its_start() {
        let event = Event { start: Some("2019-10".parse().unwrap()), ..event(1) };
        assert_eq!(event.days(), Some("2019-10".parse().unwrap()));
    }

    #[test]
    fn bounds_are_shown_with_their_open_side() {
        let show = |low, high| Bounds { low, high }.to_string();
        assert_eq!(show(Some(3), Some(3)), "3");
        assert_eq!(show(Some(3), None), "3..");
        assert_eq!(show(None, Some(9)), "..9");
    }
}
