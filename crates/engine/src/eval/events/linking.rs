//! Events in the gold's form → what linking compares, and the plain rule that it is held against.

use reading::{Document, DocumentId};

use super::{Bounds, Event, EventType};
use crate::fold::fold_phrase;
use crate::link::{Frequencies, Spot, Telling, Wording};
use crate::ontology::{Kind, Mode, Stage};
use crate::place::kilometres;
use crate::report::ReportId;
use crate::resolved::{Count, Period, Precision, Scene};

/// The telling of a gold event: its coded fields, and the words of its document.
pub fn telling(
    event: &Event,
    document: &Document,
    whole: &Wording,
    known: &Frequencies,
) -> Telling {
    let report = ReportId::of(&[&document.id.bytes(), &event.id.to_le_bytes()]);
    let told: Vec<&str> = event.evidence.iter().map(String::as_str).collect();
    let named = event.targets.iter().filter(|t| is_name(&t.name));
    let days = event.days().map(|days| Period { start: days.first, end: days.last });
    let mut telling = Telling {
        main: event.main,
        published: document.published.as_ref().map(|day| day.value),
        when: days,
        spot: spot(event),
        kind: kind(event.sort),
        mode: Mode::parse(&event.mode).unwrap_or(Mode::Other),
        stage: Stage::parse(&event.stage).unwrap_or(Stage::Accomplished),
        killed: event.killed.map(count),
        injured: event.injured.map(count),
        victims: named.map(|t| fold_phrase(&t.name)).collect(),
        wording: if event.main { whole.clone() } else { Wording::of(&told, known) },
        ..Telling::blank(report, document.id)
    };
    telling.tidy();
    telling
}

/// Whether a plain rule would link two tellings: days that meet, and one place.
pub fn plainly_one(a: &Telling, b: &Telling) -> bool {
    let days = a.when.zip(b.when).is_some_and(|(a, b)| a.start <= b.end && b.start <= a.end);
    let place = a.spot.as_ref().zip(b.spot.as_ref()).is_some_and(|(a, b)| {
        let near = a.at.zip(b.at).map(|(p, q)| kilometres(p, q) <= 5.0);
        near.unwrap_or(a.place.is_some() && a.place == b.place)
    });
    days && place && a.report != b.report
}

/// The document id that a line of gold without a document has.
pub fn document_of(name: &str) -> DocumentId {
    DocumentId::of(&[name.as_bytes()])
}

fn spot(event: &Event) -> Option<Spot> {
    let precision = event.precision.unwrap_or(match (&event.place, &event.admin1) {
        (Some(_), _) => Precision::Place,
        (None, Some(_)) => Precision::Admin1,
        (None, None) => Precision::Country,
    });
    let scene = Scene {
        country: event.country.clone()?,
        admin1: event.admin1.clone(),
        place: event.place.clone(),
        site: event.site.clone(),
        lat: event.lat,
        lon: event.lon,
        precision,
    };
    Some(Spot::of(&scene))
}

fn kind(sort: EventType) -> Kind {
    match sort {
        EventType::Clash => Kind::Fight,
        EventType::Riot => Kind::Protest,
        EventType::Threat => Kind::Threaten,
        _ => Kind::Assault,
    }
}

fn count(bounds: Bounds) -> Count {
    let best = bounds.low.filter(|_| bounds.low == bounds.high);
    Count { low: bounds.low, best, high: bounds.high }
}

/// Two words with capitals or more: a name, not a description.
fn is_name(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    words.clone().count() > 1 && words.all(capital)
}
