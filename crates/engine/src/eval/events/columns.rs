//! Each column of a predicted event against its gold event.

use std::collections::BTreeSet;

use super::{Bounds, Event, Named, kinds};
use crate::ontology::Mode;
use crate::resolved::Precision;

/// Coordinates at most this far apart are one place, in kilometres.
pub const NEAR_KM: f64 = 50.0;

/// How one column came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The gold has a value and the prediction has it.
    Right,
    /// The gold has a value and the prediction has another or none.
    Wrong,
    /// The gold has no value and the prediction has one.
    Invented,
    /// Neither has a value.
    Absent,
}

impl Outcome {
    fn of(wanted: bool, given: bool, right: bool) -> Self {
        match (wanted, given) {
            (true, _) if right => Self::Right,
            (true, _) => Self::Wrong,
            (false, true) => Self::Invented,
            (false, false) => Self::Absent,
        }
    }
}

/// The country.
pub fn country(p: &Event, g: &Event) -> Outcome {
    Outcome::of(g.country.is_some(), p.country.is_some(), p.country == g.country)
}

/// Coordinates within [`NEAR_KM`]. One that knows only the country is right only where the gold
/// knows no more; a place that the gold names without coordinates is not scored.
pub fn place(p: &Event, g: &Event) -> Outcome {
    let coarse_gold = g.place.is_none() && g.site.is_none() && g.admin1.is_none();
    let fine = p.precision != Some(Precision::Country) && p.lat.is_some();
    let near = distance_km(p, g).is_some_and(|km| km <= NEAR_KM);
    match g.lat.zip(g.lon) {
        Some(_) => Outcome::of(true, true, near && (fine || coarse_gold)),
        None => Outcome::of(false, fine && coarse_gold, false),
    }
}

/// The first and last day; for gold that is a month, a year or longer, days inside it.
pub fn day(p: &Event, g: &Event) -> Outcome {
    let given = p.days();
    let right = |days: super::Stretch| {
        let exact =
            g.start.is_none_or(super::Stretch::is_day) && g.end.is_none_or(super::Stretch::is_day);
        match (g.start, g.end) {
            // An act under way: only its beginning is known.
            (Some(start), None) if exact => days.first == start.first,
            _ if exact => Some(days) == g.days(),
            _ => g.days().is_some_and(|wanted| wanted.contains(days)),
        }
    };
    Outcome::of(g.days().is_some(), given.is_some(), given.is_some_and(right))
}

/// Low and high of a number.
pub fn bounds(p: Option<Bounds>, g: Option<Bounds>) -> Outcome {
    Outcome::of(g.is_some(), p.is_some(), p == g)
}

/// Low of a number.
pub fn low(p: Option<Bounds>, g: Option<Bounds>) -> Outcome {
    let (p, g) = (p.and_then(|b| b.low), g.and_then(|b| b.low));
    Outcome::of(g.is_some(), p.is_some(), p == g)
}

/// One of the perpetrators named, or rightly none. Silence of the gold is a value here.
pub fn perpetrator(p: &Event, g: &Event) -> Outcome {
    match (g.perpetrators.is_empty(), p.perpetrators.is_empty()) {
        (true, true) => Outcome::Right,
        (true, false) => Outcome::Invented,
        (false, _) => Outcome::of(true, true, named(p, g).next().is_some()),
    }
}

/// On what the naming of a rightly named perpetrator rests.
pub fn attribution(p: &Event, g: &Event) -> Outcome {
    let right = named(p, g).any(|(p, g)| p.attribution == g.attribution);
    Outcome::of(g.perpetrators.iter().any(|n| n.attribution.is_some()), false, right)
}

/// Kind and mode against the gold's type.
pub fn kind_group(p: &Event, g: &Event) -> Outcome {
    let mode = Mode::parse(&p.mode);
    let right = match p.kind.zip(mode) {
        Some((kind, mode)) => kinds::is_of(g.sort, kind, mode),
        None => p.sort == g.sort,
    };
    Outcome::of(true, true, right)
}

/// Great-circle distance, if both have coordinates.
pub fn distance_km(a: &Event, b: &Event) -> Option<f64> {
    let (lat_a, lon_a) = (a.lat?.to_radians(), a.lon?.to_radians());
    let (lat_b, lon_b) = (b.lat?.to_radians(), b.lon?.to_radians());
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let h = half(lat_b - lat_a) + lat_a.cos() * lat_b.cos() * half(lon_b - lon_a);
    Some(2.0 * 6371.0 * h.sqrt().min(1.0).asin())
}

/// Pairs of a predicted and a gold perpetrator that have one name.
fn named<'e>(p: &'e Event, g: &'e Event) -> impl Iterator<Item = (&'e Named, &'e Named)> {
    p.perpetrators
        .iter()
        .flat_map(|a| g.perpetrators.iter().map(move |b| (a, b)))
        .filter(|(a, b)| same_name(&a.name, &b.name))
}

/// Whether the words of one name are all in the other, leaving out what does not tell names apart.
fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    !a.is_empty() && !b.is_empty() && (a.is_subset(&b) || b.is_subset(&a))
}

/// The telling words of a name; all its words if none is telling ("militants").
fn words(name: &str) -> BTreeSet<String> {
    let lower = name.to_lowercase().replace("'s", "").replace("’s", "");
    let all: BTreeSet<String> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !ARTICLES.contains(w))
        .map(str::to_owned)
        .collect();
    let telling: BTreeSet<String> =
        all.iter().filter(|w| !GENERIC.contains(&w.as_str())).cloned().collect();
    if telling.is_empty() { all } else { telling }
}

/// Words that no name is told by.
const ARTICLES: &[&str] = &[
    "a", "an", "the", "of", "and", "in", "one", "two", "three", "four", "five", "six", "several",
    "some", "many",
];

/// Words that go with a name without being part of it.
const GENERIC: &[&str] = &[
    "fighters",
    "fighter",
    "militants",
    "militant",
    "militia",
    "militias",
    "rebels",
    "rebel",
    "insurgents",
    "gunmen",
    "terrorists",
    "extremists",
    "jihadists",
    "movement",
    "group",
    "organisation",
    "organization",
    "network",
    "forces",
    "troops",
    "soldiers",
    "members",
    "suspected",
    "alleged",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::events::tests::{event, event_at};

    fn at(lat: f64, lon: f64) -> Event {
        Event { lat: Some(lat), lon: Some(lon), place: Some("x".into()), ..event(1) }
    }

    fn by(names: &[(&str, &str)]) -> Event {
        let named = |&(name, attribution): &(&str, &str)| Named {
            name: name.into(),
            kind: String::new(),
            attribution: Some(attribution.into()),
        };
        Event { perpetrators: names.iter().map(named).collect(), ..event(1) }
    }

    fn days(start: Option<&str>, end: Option<&str>) -> Event {
        let parse = |text: Option<&str>| text.map(|t| t.parse().unwrap());
        Event { start: parse(start), end: parse(end), ..event(1) }
    }

    #[test]
    fn distances_by_hand() {
        // A degree of latitude is 6371 π / 180 = 111.19 km.
        let km = distance_km(&at(0.0, 10.0), &at(1.0, 10.0)).unwrap();
        assert!((km - 111.195).abs() < 0.01, "{km}");
        // Moscow to Krasnogorsk.
        let km = distance_km(&at(55.7558, 37.6173), &at(55.8256, 37.3903)).unwrap();
        assert!((km - 16.2).abs() < 0.3, "{km}");
    }

    #[test]
    fn a_place_is_right_within_fifty_kilometres() {
        assert_eq!(place(&at(1.44, 10.0), &at(1.0, 10.0)), Outcome::Right);
        assert_eq!(place(&at(1.46, 10.0), &at(1.0, 10.0)), Outcome::Wrong);
        assert_eq!(place(&event(1), &at(1.0, 10.0)), Outcome::Wrong);
    }

    #[test]
    fn knowing_only_the_country_is_right_only_where_no_more_is_known() {
        let coarse = Event { precision: Some(Precision::Country), ..at(1.0, 10.0) };
        assert_eq!(place(&coarse, &at(1.0, 10.0)), Outcome::Wrong);
        let gold = Event { place: None, ..at(1.0, 10.0) };
        assert_eq!(place(&coarse, &gold), Outcome::Right);
    }

    #[test]
    fn a_place_where_the_gold_has_none_is_invented() {
        assert_eq!(place(&at(1.0, 10.0), &event_at(1, "KE", "2019")), Outcome::Invented);
        let coarse = Event { precision: Some(Precision::Country), ..at(1.0, 10.0) };
        assert_eq!(place(&coarse, &event(1)), Outcome::Absent);
        let unplaced = Event { place: Some("a village".into()), ..event(1) };
        assert_eq!(place(&at(1.0, 10.0), &unplaced), Outcome::Absent);
    }

    #[test]
    fn days_must_be_equal_and_months_must_hold() {
        let one = |text| days(Some(text), Some(text));
        assert_eq!(day(&one("2019-08-04"), &one("2019-08-04")), Outcome::Right);
        assert_eq!(day(&one("2019-08-05"), &one("2019-08-04")), Outcome::Wrong);
        assert_eq!(day(&one("2019-08-05"), &one("2019-08")), Outcome::Right);
        assert_eq!(day(&one("2019-09-01"), &one("2019-08")), Outcome::Wrong);
        assert_eq!(day(&one("2019"), &one("2019-08")), Outcome::Wrong);
        assert_eq!(day(&event(1), &one("2019")), Outcome::Wrong);
        assert_eq!(day(&one("2019-08-05"), &event(1)), Outcome::Invented);
        assert_eq!(day(&event(1), &event(1)), Outcome::Absent);
    }

    #[test]
    fn a_siege_has_two_days_and_an_open_end_only_a_first() {
        let siege = days(Some("2013-09-21"), Some("2013-09-24"));
        assert_eq!(day(&days(Some("2013-09-21"), Some("2013-09-24")), &siege), Outcome::Right);
        assert_eq!(day(&days(Some("2013-09-21"), Some("2013-09-21")), &siege), Outcome::Wrong);
        let open = days(Some("2019-10-09"), None);
        assert_eq!(day(&days(Some("2019-10-09"), Some("2019-10-12")), &open), Outcome::Right);
    }

    #[test]
    fn numbers_by_both_bounds_or_the_low_one() {
        let b = |low, high| Some(Bounds { low: Some(low), high });
        assert_eq!(bounds(b(12, None), b(12, Some(12))), Outcome::Wrong);
        assert_eq!(low(b(12, None), b(12, Some(12))), Outcome::Right);
        assert_eq!(bounds(b(12, Some(12)), b(12, Some(12))), Outcome::Right);
        assert_eq!(bounds(b(12, None), None), Outcome::Invented);
        assert_eq!(bounds(None, b(12, None)), Outcome::Wrong);
    }

    #[test]
    fn perpetrators_by_their_telling_words() {
        let gold = by(&[("Houthi rebels", "claimed")]);
        assert_eq!(perpetrator(&by(&[("the Houthi movement", "fact")]), &gold), Outcome::Right);
        assert_eq!(perpetrator(&by(&[("rebels", "fact")]), &gold), Outcome::Wrong);
        assert_eq!(perpetrator(&by(&[]), &gold), Outcome::Wrong);
        assert_eq!(perpetrator(&by(&[]), &by(&[])), Outcome::Right);
        assert_eq!(perpetrator(&gold, &by(&[])), Outcome::Invented);
        let gunmen = by(&[("two gunmen", "fact")]);
        assert_eq!(perpetrator(&by(&[("Gunmen", "fact")]), &gunmen), Outcome::Right);
        assert_eq!(perpetrator(&by(&[("soldiers", "fact")]), &gunmen), Outcome::Wrong);
    }

    #[test]
    fn attribution_is_that_of_the_one_named() {
        let gold = by(&[("Hamas", "claimed"), ("Israel", "denied")]);
        assert_eq!(attribution(&by(&[("Hamas", "claimed")]), &gold), Outcome::Right);
        assert_eq!(attribution(&by(&[("Hamas", "denied")]), &gold), Outcome::Wrong);
        assert_eq!(attribution(&by(&[]), &gold), Outcome::Wrong);
        assert_eq!(attribution(&gold, &by(&[])), Outcome::Absent);
    }
}
