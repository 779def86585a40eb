//! Laws of linking, over random tellings of a small world in which much is alike.

use jiff::civil::date;
use proptest::prelude::*;
use reading::DocumentId;

use super::*;
use crate::ontology::Mode;
use crate::report::ReportId;
use crate::resolved::{Count, Period, Precision, Scene};

const TOWNS: [(&str, f64, f64); 3] =
    [("Wick", 10.0, 10.0), ("Harrow", 10.1, 10.0), ("Elm", 40.0, 9.0)];

/// A telling of document `n`, or of one that has several.
fn telling() -> impl Strategy<Value = Telling> {
    let day =
        prop::option::weighted(0.8, (0_i64..12, prop::sample::select(vec![0_i64, 0, 0, 2, 300])));
    let town = prop::option::weighted(0.9, (0_usize..3, any::<bool>()));
    let text = prop::sample::select(vec![
        "Gunmen shot dead traders in Wick Market on the Harrow road, said Colonel Tarn.",
        "Gunmen shot dead traders in Wick Market, said Colonel Tarn of the Harrow police.",
        "A blast at the Elm Ferry killed sailors of the Oriel line.",
        "",
    ]);
    let toll = prop::option::of(0_u32..40);
    (0_u32..40, 0_u32..25, day, town, text, toll, any::<bool>()).prop_map(
        |(report, document, day, town, text, toll, main)| {
            let id = ReportId::of(&[&report.to_le_bytes()]);
            let of = DocumentId::of(&[&document.to_le_bytes()]);
            Telling {
                main,
                when: day.map(|(from, days)| {
                    let add = |n| date(2024, 3, 1).saturating_add(jiff::Span::new().days(n));
                    Period { start: add(from), end: add(from + days) }
                }),
                spot: town.map(|(n, fine)| {
                    let (name, lat, lon) = TOWNS[n];
                    let at = fine.then_some((lat, lon));
                    Spot::of(&Scene {
                        country: "XX".into(),
                        admin1: None,
                        place: fine.then(|| name.to_owned()),
                        site: None,
                        lat: at.map(|p| p.0),
                        lon: at.map(|p| p.1),
                        precision: if fine { Precision::Place } else { Precision::Country },
                    })
                }),
                mode: if report.is_multiple_of(3) { Mode::Bombing } else { Mode::Shooting },
                killed: toll.map(Count::at_least),
                wording: Wording::of(&[text], &Frequencies::parse("\t1000\n")),
                ..Telling::blank(id, of)
            }
        },
    )
}

/// Tellings whose reports have each an id of their own.
fn tellings() -> impl Strategy<Value = Vec<Telling>> {
    prop::collection::vec(telling(), 0..40).prop_map(|mut all| {
        all.sort_by_key(|t| t.report);
        all.dedup_by_key(|t| t.report);
        all
    })
}

/// The events as sets of reports.
fn events(tellings: &[Telling]) -> Vec<Vec<ReportId>> {
    bounded(tellings, Bounds::USUAL)
}

fn bounded(tellings: &[Telling], bounds: Bounds) -> Vec<Vec<ReportId>> {
    let sets = link(tellings, &Weights::by_hand(), bounds);
    let ids = |set: Vec<usize>| set.into_iter().map(|i| tellings[i].report).collect();
    sets.into_iter().map(ids).collect()
}

/// Bounds that even a small world meets.
const TIGHT: Bounds = Bounds { shown: 2, largest: 3 };

/// What reviewers say of reports, some of them unknown.
fn verdicts() -> impl Strategy<Value = Vec<Verdict>> {
    let report = || (0_u32..45).prop_map(|n: u32| ReportId::of(&[&n.to_le_bytes()]));
    let some = move || prop::collection::vec(report(), 1..4);
    let verdict = (any::<bool>(), some(), some());
    let verdict = verdict.prop_map(|(same, these, those)| Verdict { same, these, those });
    prop::collection::vec(verdict, 0..6)
}

fn judged(tellings: &[Telling], bounds: Bounds, bonds: &Bonds) -> Vec<Vec<ReportId>> {
    let sets = link_by(tellings, &Weights::by_hand(), bounds, bonds);
    let ids = |set: Vec<usize>| set.into_iter().map(|i| tellings[i].report).collect();
    sets.into_iter().map(ids).collect()
}

proptest! {
    #[test]
    fn neither_order_nor_repetition_matters(
        all in tellings(),
        order in any::<prop::sample::Index>(),
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let expected = [Bounds::USUAL, TIGHT].map(|bounds| bounded(&all, bounds));
        let mut other = all.clone();
        if !all.is_empty() {
            other.rotate_left(order.index(all.len()));
            other.reverse();
            other.extend(again.iter().map(|i| all[i.index(all.len())].clone()));
        }
        let given = [Bounds::USUAL, TIGHT].map(|bounds| bounded(&other, bounds));
        prop_assert_eq!(given, expected);
    }

    #[test]
    fn what_reviewers_say_holds_in_any_order(
        all in tellings(),
        verdicts in verdicts(),
        order in any::<prop::sample::Index>(),
    ) {
        let bonds = Bonds::of(&verdicts);
        for bounds in [Bounds::USUAL, TIGHT] {
            let events = judged(&all, bounds, &bonds);
            let event = |report: &ReportId| events.iter().position(|set| set.contains(report));
            for set in &bonds.same {
                let mut of: Vec<usize> = set.iter().filter_map(event).collect();
                of.dedup();
                prop_assert!(of.len() <= 1, "{set:?} is in {of:?}");
            }
            // A set stands for itself by its least report, which may be unknown.
            let sets = |report: ReportId| {
                bonds.same.iter().find(|set| set.contains(&report)).cloned()
                    .unwrap_or_else(|| vec![report])
            };
            for &(a, b) in &bonds.apart {
                let (a, b) = (sets(a), sets(b));
                let apart = |x: &ReportId| b.iter().all(|y| event(x).is_none() || event(x) != event(y));
                prop_assert!(a.iter().all(apart));
            }
            let mut other = all.clone();
            if !other.is_empty() {
                other.rotate_left(order.index(all.len()));
                other.push(all[order.index(all.len())].clone());
            }
            prop_assert_eq!(judged(&other, bounds, &bonds), events);
        }
    }

    #[test]
    fn a_verdict_of_reports_that_nobody_knows_changes_nothing(all in tellings()) {
        let unknown = |n: u32| vec![ReportId::of(&[b"unknown", &n.to_le_bytes()])];
        let verdict = |same| Verdict { same, these: unknown(1), those: unknown(2) };
        for said in [verdict(true), verdict(false)] {
            let bonds = Bonds::of(&[said]);
            prop_assert_eq!(judged(&all, Bounds::USUAL, &bonds), events(&all));
        }
    }

    #[test]
    fn every_report_is_of_one_event(all in tellings()) {
        let ids: Vec<ReportId> = all.iter().map(|t| t.report).collect();
        for bounds in [Bounds::USUAL, TIGHT] {
            let mut seen: Vec<ReportId> = bounded(&all, bounds).concat();
            seen.sort_unstable();
            prop_assert_eq!(seen, ids.clone());
        }
    }

    #[test]
    fn reports_of_one_document_are_of_several_events(all in tellings()) {
        let both = [Bounds::USUAL, TIGHT].map(|bounds| link(&all, &Weights::by_hand(), bounds));
        for event in both.into_iter().flatten() {
            let mut documents: Vec<DocumentId> = event.iter().map(|&i| all[i].document).collect();
            documents.sort_unstable();
            documents.dedup();
            prop_assert_eq!(documents.len(), event.len());
        }
    }

    #[test]
    fn who_looks_for_another_is_looked_for(a in telling(), b in telling()) {
        let (a, b) = (blocks(&a), blocks(&b));
        let looks = |a: &Blocks, b: &Blocks| a.looks.iter().any(|key| b.found.contains(key));
        prop_assert_eq!(looks(&a, &b), looks(&b, &a));
    }

    #[test]
    fn which_comes_first_does_not_matter_to_a_pair(a in telling(), b in telling()) {
        prop_assert_eq!(signs(&a, &b), signs(&b, &a));
        prop_assert_eq!(pair::is_reprint(&a, &b), pair::is_reprint(&b, &a));
    }

    #[test]
    fn what_is_far_from_a_new_report_stays_as_it_was(all in tellings(), new in telling()) {
        let before = events(&all);
        let mut with = all.clone();
        with.retain(|t| t.report != new.report);
        let gone = with.len() < all.len();
        with.push(new.clone());
        let weights = Weights::by_hand();
        // Nothing is bounded here: then only what meets the new report can change.
        let meets = |a: &Telling, b: &Telling| {
            weights.judge(a, b) >= Weights::least(&Node::of(a), &Node::of(b))
        };
        let mut edges = Vec::new();
        for (i, a) in all.iter().enumerate() {
            edges.extend((0..i).filter(|&j| meets(a, &all[j])).map(|j| (i, j)));
        }
        let touched = |part: &Vec<usize>| {
            part.iter().any(|&i| all[i].report == new.report
                || all[i].document == new.document || meets(&all[i], &new))
        };
        let after = events(&with);
        for part in parts(all.len(), &edges).iter().filter(|part| !gone && !touched(part)) {
            let inside = |event: &&Vec<ReportId>| part.iter().any(|&i| all[i].report == event[0]);
            let [was, is] = [&before, &after].map(|e| e.iter().filter(inside).collect::<Vec<_>>());
            prop_assert_eq!(was, is);
        }
    }
}

/// `n` tellings of some `n / 4` events in towns of ten countries, ten events a day.
fn world(n: u32, n_towns: u32) -> Vec<Telling> {
    let one = |i: u32| {
        let event = i / 4;
        let town = (event * 7_919) % n_towns;
        let (lat, lon) = (f64::from(town / 20) * 2.0, f64::from(town % 20) * 2.0);
        let day = date(2000, 1, 1).saturating_add(jiff::Span::new().days(event / 10));
        let scene = Scene {
            country: format!("X{}", town % 10),
            admin1: None,
            place: (!i.is_multiple_of(9)).then(|| format!("town {town}")),
            site: None,
            lat: (!i.is_multiple_of(9)).then_some(lat),
            lon: (!i.is_multiple_of(9)).then_some(lon),
            precision: if i.is_multiple_of(9) { Precision::Country } else { Precision::Place },
        };
        let id = i.to_le_bytes();
        Telling {
            when: Some(Period::day(day)),
            spot: Some(Spot::of(&scene)),
            mode: Mode::Bombing,
            killed: Some(Count::at_least(event % 50)),
            injured: Some(Count::at_least(i % 7)),
            ..Telling::blank(ReportId::of(&[&id]), DocumentId::of(&[&id]))
        }
    };
    (0..n).map(one).collect()
}

/// How many pairs meet, a telling.
fn pairs(all: &[Telling]) -> f64 {
    let nodes: Vec<Node<'_>> = all.iter().map(Node::of).collect();
    let mut n = 0_u32;
    each_pair(&nodes, Bounds::USUAL.shown, |_, _| n += 1);
    f64::from(n) / all.len() as f64
}

#[test]
fn the_work_grows_with_the_reports_and_not_with_their_square() {
    let (few, many) = (pairs(&world(1_000, 300)), pairs(&world(20_000, 300)));
    assert!(many < few * 1.5, "{few} pairs a report become {many}");
}

/// `n` tellings of one day, of which nobody knows the town, each in words of its own.
fn alike(n: u32) -> Vec<Telling> {
    let known = Frequencies::parse("\t1000\n");
    let one = |i: u32| {
        let id = i.to_le_bytes();
        let text = format!("Gunmen shot dead traders on the Harrow road, said Colonel Tarn{i}.");
        Telling {
            when: Some(Period::day(date(2024, 3, 1))),
            mode: Mode::Shooting,
            wording: Wording::of(&[&text], &known),
            ..Telling::blank(ReportId::of(&[&id]), DocumentId::of(&[&id]))
        }
    };
    (0..n).map(one).collect()
}

#[test]
fn a_thousand_like_reports_of_one_day_are_not_compared_each_with_each() {
    let all = alike(1_200);
    assert!(pairs(&all) <= 4.0 * Bounds::USUAL.shown as f64);
    assert_eq!(link(&all, &Weights::embedded(), Bounds::USUAL).len(), 1);
}

#[test]
fn a_story_that_is_reprinted_is_one_node() {
    let story = alike(1).remove(0);
    let again = |i: u32| {
        let id = i.to_le_bytes();
        let (report, document) = (ReportId::of(&[&id]), DocumentId::of(&[&id]));
        Telling { report, document, ..story.clone() }
    };
    let all: Vec<Telling> = (0..500).map(again).collect();
    let mut ids = node_ids(&all.iter().collect::<Vec<_>>());
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(events(&all).len(), 1);
}
