//! Made-up documents and reports for the tests of the store: the same seed, the same acts.

use engine::link::reconcile::judged::Field;
use engine::ontology::{Assertion, Attribution, Effect, Kind, Mode, Sort, Stage, Tie, WeaponSort};
use engine::relation::{End, RelationId};
use engine::report::{Perpetrator, ReportId, Speaker, SpeakerSort, Target, Weapon};
use engine::resolved::{Basis, Count, Period, Precision, Resolved, Scene};
use engine::view::ReportView;
use engine::{Relation, Report};
use jiff::civil::{Date, date};
use reading::{Document, Found, How, Span};

use super::entry::{Act, CaptureId, Captured, CodedBy, Duplicate};
use super::judgement::{Judged, Judgement, Told, Undone};
use super::ledger::Ledger;
use super::search::Line;

const PLACES: [(&str, &str, f64, f64); 5] = [
    ("NG", "Kano", 12.0022, 8.5920),
    ("FJ", "Suva", -18.1416, 178.4415),
    ("WS", "Apia", -13.8333, -171.7667),
    ("NO", "Longyearbyen", 78.2232, 15.6267),
    ("RU", "Krasnogorsk", 55.8204, 37.3302),
];

/// The document number `n`: a short report of an attack that never happened.
pub(crate) fn document(n: u32) -> Document {
    let (_, place, ..) = PLACES[n as usize % PLACES.len()];
    let text = format!(
        "Gunmen of the Harrow Front shot dead at least {n} people at a market in {place} on \
         Sunday, police said.\n\nA hospital counted 30 wounded. The Harrow Front has not spoken."
    );
    let mut document = Document::new(Some(format!("https://gazette.example/{n}")), text);
    document.title = Some(Found::new(format!("{n} killed in {place}"), How::Field));
    document.outlet = Some(Found::new("The Gazette".into(), How::Field));
    document.published = Some(Found::new(day(n), How::Field));
    document
}

/// What document `n` says, when coded by a build that is `certain` of it.
pub(crate) fn report(n: u32, certain: f64) -> Report {
    let document = document(n);
    let span = |words: &str| {
        let start = document.text().find(words).expect("the sample has these words");
        Span::within(document.text(), start, start + words.len()).expect("on boundaries")
    };
    let evidence = Span::within(document.text(), 0, document.text().find("\n\n").unwrap()).unwrap();
    let (country, place, lat, lon) = PLACES[n as usize % PLACES.len()];
    let toll = format!("at least {n} people");
    Report {
        id: ReportId::of(&[&document.id.bytes(), b"ASSAULT"]),
        document: document.id,
        kind: if n.is_multiple_of(7) { Kind::Fight } else { Kind::Assault },
        mode: if n.is_multiple_of(3) { Mode::Bombing } else { Mode::Shooting },
        stage: Stage::Accomplished,
        assertion: if n.is_multiple_of(5) { Assertion::Hedged } else { Assertion::Asserted },
        main: !n.is_multiple_of(4),
        when: (!n.is_multiple_of(6)).then(|| {
            Resolved::new(Period::day(day(n)), Basis::Inferred, vec![span("on Sunday")], "weekday")
        }),
        scene: Some(Resolved::new(
            Scene {
                country: country.into(),
                admin1: None,
                place: Some(place.into()),
                site: None,
                lat: Some(lat),
                lon: Some(lon),
                precision: Precision::Place,
            },
            Basis::Stated,
            vec![span(place)],
            "gazetteer",
        )),
        perpetrators: vec![Perpetrator {
            name: span("the Harrow Front"),
            actor: Some("harrow-front".into()),
            sort: Sort::Organisation,
            attribution: Attribution::AccusedByAuthorities,
        }],
        targets: vec![Target {
            name: span("people at a market"),
            actor: None,
            sort: Sort::Civilians,
            person: true,
            named: false,
            description: None,
            nation: None,
            number: Some(Count::at_least(n)),
            effect: Some(Effect::Killed),
        }],
        weapons: vec![Weapon { name: span("shot"), sort: WeaponSort::Firearm }],
        killed: Some(Resolved::new(Count::at_least(n), Basis::Stated, vec![span(&toll)], "bound")),
        injured: Some(Resolved::new(
            Count::exactly(30),
            Basis::Stated,
            vec![span("30 wounded")],
            "number",
        )),
        abducted: None,
        killed_includes_perpetrators: None,
        deed: None,
        speakers: vec![Speaker { name: span("police"), sort: SpeakerSort::State }],
        evidence: vec![evidence],
        confidence: certain,
    }
}

/// What document `n` says of the Harrow Front: that it is active where it attacked.
pub(crate) fn relation(n: u32) -> Relation {
    let document = document(n);
    let span = |words: &str| {
        let start = document.text().find(words).expect("the sample has these words");
        Span::within(document.text(), start, start + words.len()).expect("on boundaries")
    };
    let (country, place, ..) = PLACES[n as usize % PLACES.len()];
    let end = |name| End { name, actor: None, sort: None, country: None, place: None };
    Relation {
        id: RelationId::of(&[&document.id.bytes(), b"operates_in"]),
        document: document.id,
        relation: Tie::OperatesIn,
        subject: End {
            actor: Some("harrow-front".into()),
            sort: Some(Sort::Organisation),
            ..end(span("the Harrow Front"))
        },
        object: End {
            country: Some(country.into()),
            place: Some(place.into()),
            ..end(span(place))
        },
        assertion: Assertion::Asserted,
        former: n.is_multiple_of(5),
        when: None,
        speakers: vec![Speaker { name: span("police"), sort: SpeakerSort::State }],
        evidence: vec![Span::within(document.text(), 0, 12).expect("on boundaries")],
    }
}

/// Documents captured and coded, one after another; some coded again by a later build.
pub(crate) fn acts(n: u32) -> Vec<Act> {
    (0..n).flat_map(|n| if n % 9 == 8 { vec![coded(n - 8, 2)] } else { both(n) }).collect()
}

/// Document `n` captured, then coded by the first build.
pub(crate) fn both(n: u32) -> Vec<Act> {
    vec![captured(n), coded(n, 1)]
}

/// A ledger of the documents below `n` and what they say, and the folder that it lives in.
pub(crate) fn ledger(n: u32) -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open_or_create(&folder.path().join("ledger")).unwrap();
    let mut batch = ledger.begin().unwrap();
    for act in (0..n).flat_map(both) {
        batch.append("2024-01-01T00:00:00Z", "test", act).unwrap();
    }
    batch.commit().unwrap();
    (folder, ledger)
}

/// Document `n`, and what it says, published once more as copy number `copy`.
pub(crate) fn told_again(n: u32, copy: u32) -> Vec<Act> {
    let whole = document(n * 5);
    let url = format!("https://gazette.example/copy/{copy}");
    let mut copied = Document::new(Some(url), whole.text().to_owned());
    copied.title.clone_from(&whole.title);
    copied.published = Some(Found::new(day(0), How::Field));
    let mut said = report(n * 5, 0.5);
    said.id = ReportId::of(&[&copied.id.bytes()]);
    said.document = copied.id;
    said.when = said.when.map(|when| Resolved { value: Period::day(day(0)), ..when });
    let coded = CodedBy {
        document: copied.id,
        build: "build-1".into(),
        reports: vec![said],
        relations: Vec::new(),
        problems: Vec::new(),
    };
    let captured = Captured {
        capture: CaptureId::of(&[&copied.id.bytes()]),
        input: format!("samples.jsonl#{copy}"),
        duplicate: None,
        document: copied,
        problems: Vec::new(),
    };
    vec![Act::Captured(Box::new(captured)), Act::Coded(coded)]
}

/// Document `n` captured.
pub(crate) fn captured(n: u32) -> Act {
    let document = document(n);
    Act::Captured(Box::new(Captured {
        capture: CaptureId::of(&[&document.id.bytes()]),
        input: format!("samples.jsonl#{n}"),
        duplicate: n.is_multiple_of(11).then(|| Duplicate {
            of: self::document(n + 1).id,
            exact: false,
            similarity: 0.9,
        }),
        document,
        problems: if n.is_multiple_of(10) { vec!["no author".into()] } else { Vec::new() },
    }))
}

/// Document `n` coded by the build of this number.
pub(crate) fn coded(n: u32, build: u32) -> Act {
    let certain = 1.0 / f64::from(build + n % 3);
    Act::Coded(CodedBy {
        document: document(n).id,
        build: format!("build-{build}"),
        reports: if n % 8 == 5 { Vec::new() } else { vec![report(n, certain)] },
        relations: if n % 4 == 1 { vec![relation(n)] } else { Vec::new() },
        problems: if n.is_multiple_of(12) { vec!["two days".into()] } else { Vec::new() },
    })
}

/// What document `n` says, as a reviewer saw it.
pub(crate) fn told(n: u32) -> Told {
    let report = report(n, 0.5);
    Told { document: report.document, report: report.id, at: report.evidence[0] }
}

/// That these documents tell of one event, or these and those do not.
pub(crate) fn linked(same: bool, these: &[u32], those: &[u32]) -> Act {
    let told = |of: &[u32]| of.iter().map(|&n| told(n)).collect();
    judged(Judgement::Linked { same, these: told(these), those: told(those) })
}

/// That as many were killed in the event of which document `n` tells, or that `n` says so.
pub(crate) fn killed(n: u32, killed: u32, settled: bool) -> Act {
    let value = serde_json::to_value(Count::exactly(killed)).ok();
    let (of, field) = (told(n), Field::Killed);
    judged(if settled {
        Judgement::Settled { of, field, value }
    } else {
        Judgement::Corrected { of, field, value }
    })
}

/// That what document `n` tells of was where, and when, document `other` says.
pub(crate) fn moved(n: u32, other: u32) -> [Act; 2] {
    let (document, report) = (document(other), report(other, 0.5));
    let view = serde_json::to_value(ReportView::coded_by(&report, &document, "")).unwrap();
    [(Field::When, "when"), (Field::Where, "where")].map(|(field, name)| {
        judged(Judgement::Corrected { of: told(n), field, value: view.get(name).cloned() })
    })
}

/// That what document `n` says is right or not.
pub(crate) fn weighed(n: u32, right: bool) -> Act {
    judged(Judgement::Weighed { of: told(n), right })
}

/// That entry number `entry` no longer holds.
pub(crate) fn undone(entry: i64) -> Act {
    Act::Undone(Undone { entry })
}

fn judged(judgement: Judgement) -> Act {
    Act::Judged(Box::new(Judged { judgement, machine: None, note: None }))
}

fn day(n: u32) -> Date {
    date(2024, 1, 1).saturating_add(jiff::Span::new().days(n % 300))
}

/// A line of a list: a bombing that is hedged, within a month.
pub(crate) fn line() -> Line {
    Line {
        row: 1,
        id: "0123456789abcdef".into(),
        document: "fedcba9876543210".into(),
        kind: "ASSAULT".into(),
        mode: "bombing".into(),
        stage: "accomplished".into(),
        assertion: "hedged".into(),
        main: true,
        first_day: Some("2024-03-01".into()),
        last_day: Some("2024-03-31".into()),
        when_basis: Some("inferred".into()),
        country: Some("NG".into()),
        admin1: Some("Kano State".into()),
        place: Some("Kano".into()),
        site: None,
        lat: Some(12.0),
        lon: Some(-8.5),
        where_basis: Some("stated".into()),
        killed: [Some(12), None, Some(20)],
        injured: [None; 3],
        perpetrators: Some("the \"Harrow\" Front; gunmen".into()),
        confidence: 0.9,
        title: Some("Calm, then not".into()),
        outlet: None,
        published: None,
        url: Some("https://gazette.example/1".into()),
        duplicate_of: None,
        told: None,
    }
}
