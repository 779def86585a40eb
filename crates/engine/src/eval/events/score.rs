//! One article's prediction against its gold.
//!
//! Recall is over the gold's main events, found by any prediction. Precision is over the
//! predictions marked main: right if paired with a main event, wrong if paired with no event at
//! all, and neither if paired with a background event. A second prediction of an event that is
//! already paired is wrong, and is counted among the duplicates too.

use super::columns::{self, Outcome};
use super::pairing::{Pairing, can_be, pair};
use super::{Article, Event};
use crate::eval::{Form, Item, Measure, Tally};

/// The measures, in the order of [`MEASURES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Relevance,
    Event,
    Country,
    Place,
    Day,
    Killed,
    KilledLow,
    Injured,
    Perpetrator,
    Attribution,
    KindGroup,
    MainCountryDay,
    MainToll,
    InIrrelevant,
    Duplicates,
    InventedCountry,
    InventedPlace,
    InventedDay,
    InventedKilled,
    InventedInjured,
    InventedPerpetrator,
}

const MEASURES: [(At, &str, Form); 21] = [
    (At::Relevance, "relevance", Form::F1),
    (At::Event, "event", Form::F1),
    (At::Country, "country", Form::Share),
    (At::Place, "place within 50 km", Form::Share),
    (At::Day, "day", Form::Share),
    (At::Killed, "killed low and high", Form::Share),
    (At::KilledLow, "killed low", Form::Share),
    (At::Injured, "injured low and high", Form::Share),
    (At::Perpetrator, "perpetrator", Form::Share),
    (At::Attribution, "attribution", Form::Share),
    (At::KindGroup, "kind group", Form::Share),
    (At::MainCountryDay, "main with country and day", Form::Share),
    (At::MainToll, "main with toll", Form::Share),
    (At::InIrrelevant, "events in irrelevant", Form::Count),
    (At::Duplicates, "duplicates", Form::Count),
    (At::InventedCountry, "invented country", Form::Count),
    (At::InventedPlace, "invented place", Form::Count),
    (At::InventedDay, "invented day", Form::Count),
    (At::InventedKilled, "invented killed", Form::Count),
    (At::InventedInjured, "invented injured", Form::Count),
    (At::InventedPerpetrator, "invented perpetrator", Form::Count),
];

/// The columns of the result.
pub fn measures() -> Vec<Measure> {
    MEASURES.iter().map(|&(_, name, form)| Measure { name, form }).collect()
}

/// Scores one article.
pub fn score(gold: &Article, predicted: &Article) -> Item {
    let pairing = pair(gold, predicted);
    let mut sheet = Sheet { tallies: vec![Tally::default(); MEASURES.len()], wrong: Vec::new() };
    sheet.relevance(gold, predicted);
    sheet.events(gold, predicted, &pairing);
    for (n, p) in predicted.events.iter().enumerate() {
        if let Some(g) = pairing.gold[n] {
            sheet.columns(p, &gold.events[g], !pairing.joined[n].is_empty());
        }
    }
    Item { id: gold.name().to_owned(), tallies: sheet.tallies, wrong: sheet.wrong }
}

struct Sheet {
    tallies: Vec<Tally>,
    wrong: Vec<String>,
}

impl Sheet {
    fn add(&mut self, at: At, tally: Tally) {
        self.tallies[at as usize] += tally;
    }

    fn relevance(&mut self, gold: &Article, predicted: &Article) {
        let right = usize::from(gold.relevant && predicted.relevant);
        let (given, wanted) = (usize::from(predicted.relevant), usize::from(gold.relevant));
        self.add(At::Relevance, Tally::of(right, given, wanted));
        if !gold.relevant {
            self.add(At::InIrrelevant, Tally::share(predicted.events.len(), 1));
        }
        match (gold.relevant, predicted.relevant) {
            (true, false) => self.wrong.push("not seen as relevant".into()),
            (false, true) => self.wrong.push("not relevant".into()),
            _ => {}
        }
    }

    fn events(&mut self, gold: &Article, predicted: &Article, pairing: &Pairing) {
        for (n, g) in gold.events.iter().enumerate().filter(|(_, g)| g.main) {
            let found = pairing.predicted(n).map(|p| (p, &predicted.events[p]));
            let recall = Tally {
                right_wanted: f64::from(u8::from(found.is_some())),
                wanted: 1.0,
                ..Tally::default()
            };
            self.add(At::Event, recall);
            if found.is_none() {
                self.wrong.push(format!("missed event {}: {}", g.id, g.line()));
            }
            let placed = found.is_some_and(|(_, p)| {
                columns::country(p, g) != Outcome::Wrong && columns::day(p, g) != Outcome::Wrong
            });
            self.add(At::MainCountryDay, Tally::answer(placed));
            if g.killed.is_some() {
                let toll = found
                    .is_some_and(|(n, p)| p.killed == g.killed || !pairing.joined[n].is_empty());
                self.add(At::MainToll, Tally::answer(toll));
            }
        }
        for (n, p) in predicted.events.iter().enumerate() {
            let paired = pairing.gold[n].map(|g| gold.events[g].main);
            if p.main && paired != Some(false) {
                let right = f64::from(u8::from(paired == Some(true)));
                let tally = Tally { right_given: right, given: 1.0, ..Tally::default() };
                self.add(At::Event, tally);
            }
            if paired.is_none() {
                let again = gold.events.iter().any(|g| can_be(p, g));
                self.add(At::Duplicates, Tally::share(usize::from(again), 1));
                let what = if again { "duplicate" } else { "false" };
                let weight = if p.main { "event" } else { "background event" };
                self.wrong.push(format!("{what} {weight}: {}", p.line()));
            }
        }
    }

    fn columns(&mut self, p: &Event, g: &Event, joined: bool) {
        let killed = if joined { Outcome::Right } else { columns::bounds(p.killed, g.killed) };
        let killed_low = if joined { Outcome::Right } else { columns::low(p.killed, g.killed) };
        let injured = columns::bounds(p.injured, g.injured);
        let perpetrator = columns::perpetrator(p, g);
        let scored = [
            (At::Country, Some(At::InventedCountry), columns::country(p, g)),
            (At::Place, Some(At::InventedPlace), columns::place(p, g)),
            (At::Day, Some(At::InventedDay), columns::day(p, g)),
            (At::Killed, Some(At::InventedKilled), killed),
            (At::KilledLow, None, killed_low),
            (At::Injured, Some(At::InventedInjured), injured),
            (At::Perpetrator, Some(At::InventedPerpetrator), perpetrator),
            (At::Attribution, None, columns::attribution(p, g)),
            (At::KindGroup, None, columns::kind_group(p, g)),
        ];
        for (at, invented, outcome) in scored {
            // A rightly absent perpetrator is right, so an invented one is wrong as well.
            match outcome {
                Outcome::Right => self.add(at, Tally::answer(true)),
                Outcome::Wrong => self.add(at, Tally::answer(false)),
                Outcome::Invented if at == At::Perpetrator => self.add(at, Tally::answer(false)),
                Outcome::Invented | Outcome::Absent => {}
            }
            let silent = match at {
                At::Perpetrator => g.perpetrators.is_empty(),
                _ => matches!(outcome, Outcome::Invented | Outcome::Absent),
            };
            if let (Some(invented), true) = (invented, silent) {
                self.add(invented, Tally::share(usize::from(outcome == Outcome::Invented), 1));
            }
            let shown = at != At::KilledLow;
            if shown && matches!(outcome, Outcome::Wrong | Outcome::Invented) {
                let (want, got) = show(at, g, p);
                self.wrong.push(format!("event {} {}: {want}, not {got}", g.id, name(at)));
            }
        }
    }
}

fn name(at: At) -> &'static str {
    MEASURES[at as usize].1
}

/// Gold and given value of a column, for people.
fn show(at: At, g: &Event, p: &Event) -> (String, String) {
    let value = |e: &Event| {
        let shown = match at {
            At::Country => e.country.clone(),
            At::Place => {
                let name = e.place.as_ref().or(e.site.as_ref()).or(e.admin1.as_ref()).cloned();
                e.lat.zip(e.lon).map(|(lat, lon)| {
                    format!("{} ({lat:.2} {lon:.2})", name.unwrap_or_default()).trim().to_owned()
                })
            }
            At::Day => e.days().map(|days| days.to_string()),
            At::Injured => e.injured.map(|b| b.to_string()),
            At::Perpetrator => named(e, false),
            At::Attribution => named(e, true),
            At::KindGroup => Some(format!("{:?} {}", e.sort, e.mode).to_lowercase()),
            _ => e.killed.map(|b| b.to_string()),
        };
        shown.unwrap_or_else(|| "nothing".into())
    };
    (value(g), value(p))
}

fn named(e: &Event, attribution: bool) -> Option<String> {
    let names = e.perpetrators.iter().map(|n| match &n.attribution {
        Some(a) if attribution => format!("{} ({a})", n.name),
        _ => n.name.clone(),
    });
    (!e.perpetrators.is_empty()).then(|| names.collect::<Vec<_>>().join(" + "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::events::Bounds;
    use crate::eval::events::tests::{article, event_at};

    fn killed(low: u32, event: Event) -> Event {
        Event { killed: Some(Bounds { low: Some(low), high: Some(low) }), ..event }
    }

    fn tally(item: &Item, at: At) -> Tally {
        item.tallies[at as usize]
    }

    fn background(event: Event) -> Event {
        Event { main: false, ..event }
    }

    #[test]
    fn measures_stand_in_the_order_of_their_numbers() {
        for (n, (at, ..)) in MEASURES.iter().enumerate() {
            assert_eq!(*at as usize, n);
        }
    }

    #[test]
    fn a_perfect_prediction_has_nothing_wrong() {
        let gold = article(vec![killed(5, event_at(1, "KE", "2019-01-15"))]);
        let item = score(&gold, &gold);
        assert_eq!(tally(&item, At::Relevance), Tally::of(1, 1, 1));
        assert_eq!(tally(&item, At::Event), Tally::of(1, 1, 1));
        assert_eq!(tally(&item, At::MainToll), Tally::answer(true));
        assert_eq!(tally(&item, At::MainCountryDay), Tally::answer(true));
        assert!(item.wrong.is_empty(), "{:?}", item.wrong);
    }

    #[test]
    fn misses_and_false_alarms() {
        let gold = article(vec![event_at(1, "KE", "2019-01-15")]);
        let given = article(vec![event_at(1, "SO", "2019-01-15")]);
        let item = score(&gold, &given);
        assert_eq!(tally(&item, At::Event), Tally::of(0, 1, 1));
        assert_eq!(tally(&item, At::MainCountryDay), Tally::answer(false));
        assert_eq!(
            item.wrong,
            ["missed event 1: bombing 2019-01-15 KE", "false event: bombing 2019-01-15 SO"]
        );
    }

    #[test]
    fn a_prediction_of_a_background_event_is_neither_right_nor_wrong() {
        let old = background(event_at(2, "KE", "2013-09-21"));
        let gold = article(vec![event_at(1, "KE", "2019-01-15"), old]);
        let given = article(vec![event_at(1, "KE", "2019-01-15"), event_at(2, "KE", "2013-09-21")]);
        assert_eq!(tally(&score(&gold, &given), At::Event), Tally::of(1, 1, 1));
    }

    #[test]
    fn a_background_prediction_finds_a_main_event_and_is_no_false_alarm() {
        let gold = article(vec![event_at(1, "KE", "2019-01-15")]);
        let given = article(vec![
            background(event_at(1, "KE", "2019-01-15")),
            background(event_at(2, "SO", "2019-01-15")),
        ]);
        let expected = Tally { right_given: 0.0, given: 0.0, right_wanted: 1.0, wanted: 1.0 };
        assert_eq!(tally(&score(&gold, &given), At::Event), expected);
    }

    #[test]
    fn saying_an_event_twice_is_wrong_once() {
        let gold = article(vec![event_at(1, "KE", "2019-01-15")]);
        let given = article(vec![event_at(1, "KE", "2019-01-15"), event_at(2, "KE", "2019-01-15")]);
        let item = score(&gold, &given);
        assert_eq!(tally(&item, At::Event), Tally::of(1, 2, 1));
        assert_eq!(tally(&item, At::Duplicates), Tally::share(1, 1));
    }

    #[test]
    fn two_sites_with_the_joint_toll_are_found_and_right() {
        let gold = article(vec![
            killed(41, event_at(1, "NZ", "2019-03-15")),
            killed(8, event_at(2, "NZ", "2019-03-15")),
        ]);
        let given = article(vec![killed(49, event_at(1, "NZ", "2019-03-15"))]);
        let item = score(&gold, &given);
        let expected = Tally { right_given: 1.0, given: 1.0, right_wanted: 2.0, wanted: 2.0 };
        assert_eq!(tally(&item, At::Event), expected);
        assert_eq!(tally(&item, At::Killed), Tally::answer(true));
        assert_eq!(tally(&item, At::MainToll), Tally::share(2, 2));
    }

    #[test]
    fn an_irrelevant_article_must_yield_nothing() {
        let given = article(vec![event_at(1, "KE", "2019-01-15")]);
        let item = score(&article(vec![]), &given);
        assert_eq!(tally(&item, At::Relevance), Tally::of(0, 1, 0));
        assert_eq!(tally(&item, At::InIrrelevant), Tally::share(1, 1));
        let item = score(&article(vec![]), &article(vec![]));
        assert_eq!(tally(&item, At::Relevance), Tally::of(0, 0, 0));
    }

    #[test]
    fn inventions_are_counted_apart_and_say_what() {
        let gold = article(vec![event_at(1, "KE", "2019-01-15")]);
        let given = article(vec![killed(5, event_at(1, "KE", "2019-01-15"))]);
        let item = score(&gold, &given);
        assert_eq!(tally(&item, At::Killed), Tally::default());
        assert_eq!(tally(&item, At::InventedKilled), Tally::share(1, 1));
        assert_eq!(item.wrong, ["event 1 killed low and high: nothing, not 5"]);
    }
}
