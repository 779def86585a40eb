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
    let sets = link(tellings, &Weights::by_hand());
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
        let expected = events(&all);
        let mut other = all.clone();
        if !all.is_empty() {
            other.rotate_left(order.index(all.len()));
            other.reverse();
            other.extend(again.iter().map(|i| all[i.index(all.len())].clone()));
        }
        prop_assert_eq!(events(&other), expected);
    }

    #[test]
    fn every_report_is_of_one_event(all in tellings()) {
        let mut seen: Vec<ReportId> = events(&all).concat();
        seen.sort_unstable();
        let ids: Vec<ReportId> = all.iter().map(|t| t.report).collect();
        prop_assert_eq!(seen, ids);
    }

    #[test]
    fn reports_of_one_document_are_of_several_events(all in tellings()) {
        for event in link(&all, &Weights::by_hand()) {
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
        prop_assert_eq!(is_reprint(&a, &b), is_reprint(&b, &a));
    }

    #[test]
    fn what_is_far_from_a_new_report_stays_as_it_was(all in tellings(), new in telling()) {
        let before = events(&all);
        let mut with = all.clone();
        with.retain(|t| t.report != new.report);
        let gone = with.len() < all.len();
        with.push(new.clone());
        let weights = Weights::by_hand();
        let sorted: Vec<&Telling> = all.iter().collect();
        let edges: Vec<_> = neighbours(&sorted)
            .into_iter()
            .filter(|&(a, b)| weights.judge(sorted[a], sorted[b]) >= Weights::MEETS)
            .collect();
        let touched = |part: &Vec<usize>| {
            part.iter().any(|&i| sorted[i].report == new.report
                || weights.judge(sorted[i], &new) >= Weights::MEETS)
        };
        let after = events(&with);
        for part in parts(sorted.len(), &edges).iter().filter(|part| !gone && !touched(part)) {
            let inside = |event: &&Vec<ReportId>| part.iter().any(|&i| sorted[i].report == event[0]);
            let [was, is] = [&before, &after].map(|e| e.iter().filter(inside).collect::<Vec<_>>());
            prop_assert_eq!(was, is);
        }
    }
}

/// `n` tellings of some `n / 4` events, in 300 towns of ten countries, ten events a day.
fn world(n: u32) -> Vec<Telling> {
    let one = |i: u32| {
        let event = i / 4;
        let town = (event * 7_919) % 300;
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
            ..Telling::blank(ReportId::of(&[&id]), DocumentId::of(&[&id]))
        }
    };
    (0..n).map(one).collect()
}

#[test]
fn the_work_grows_with_the_reports_and_not_with_their_square() {
    let pairs = |n: u32| {
        let all = world(n);
        let tellings: Vec<&Telling> = all.iter().collect();
        neighbours(&tellings).len() as f64 / f64::from(n)
    };
    let (few, many) = (pairs(1_000), pairs(20_000));
    assert!(many < few * 1.5, "{few} pairs a report become {many}");
}
