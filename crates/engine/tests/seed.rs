//! The article that the project began with: what it must yield beside the attack.
//!
//! Its text is not ours and is not in the repository: where it is absent, the test says so by name.

#![expect(clippy::print_stderr, clippy::disallowed_methods, reason = "a test that may be skipped")]

use std::path::Path;

use engine::ontology::{Assertion, Kind, Mode, Tie};
use engine::view::{RelationView, ReportView};
use engine::{Knowledge, code};
use reading::Document;

/// What the article is coded as, unless it is absent.
fn coded() -> Option<(Vec<ReportView>, Vec<RelationView>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/seed/article.txt");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: the seed article is not at \"{}\"", path.display());
        return None;
    };
    let (known, document) = (Knowledge::embedded(), Document::new(None, text));
    let coded = code(&document, &known);
    Some((
        coded.reports.iter().map(|r| ReportView::of(r, &document, &known)).collect(),
        coded.relations.iter().map(|r| RelationView::of(r, &document, &known)).collect(),
    ))
}

#[test]
fn the_seed_article_relates_its_actors_as_claims() {
    let Some((_, relations)) = coded() else { return };
    let find = |tie: Tie, subject: &str, object: &str| {
        relations
            .iter()
            .find(|r| {
                r.relation == tie
                    && r.subject.name.contains(subject)
                    && r.object.name.contains(object)
            })
            .unwrap_or_else(|| panic!("{subject} {tie} {object}"))
    };
    let offshoot = find(Tie::OffshootOf, "offshoot of the Islamic State", "Islamic State");
    assert_eq!(offshoot.object.actor.as_deref(), Some("islamic-state"));
    assert_eq!(offshoot.subject.actor, None);

    let ally = find(Tie::AllyOf, "Assad regime", "Moscow");
    assert_eq!(ally.object.actor.as_deref(), Some("ru-government"));

    let based = find(Tie::BasedIn, "group responsible for the concert hall attack", "Afghanistan");
    assert_eq!(based.object.country.as_deref(), Some("AF"));
    assert_eq!((based.speakers[0].name.as_str(), based.assertion), ("reports", Assertion::Hedged));

    let host = find(Tie::ProtectorOf, "Taliban", "group responsible for the concert hall attack");
    assert_eq!(host.subject.actor.as_deref(), Some("taliban"));
    assert_eq!((host.speakers[0].name.as_str(), host.assertion), ("reports", Assertion::Hedged));

    let haven = find(Tie::HavenOf, "Afghanistan", "Islamist terror networks");
    assert_eq!(haven.speakers[0].name, "Western intelligence agencies");
    assert_eq!(haven.assertion, Assertion::Hedged);
}

#[test]
fn the_seed_article_dates_its_campaigns() {
    let Some((reports, _)) = coded() else { return };
    let find = |mode: Mode, country: &str, actor: &str| {
        reports
            .iter()
            .find(|r| {
                let parties = r.perpetrators.iter().map(|p| p.actor.as_deref());
                let targets = r.targets.iter().map(|t| t.actor.as_deref());
                r.mode == mode
                    && r.scene.as_ref().is_some_and(|s| s.country == country)
                    && parties.chain(targets).any(|a| a == Some(actor))
            })
            .unwrap_or_else(|| panic!("{mode} in {country} with {actor}"))
    };
    let days = |report: &ReportView| {
        report.when.as_ref().map(|w| format!("{}/{}", w.start, w.end)).unwrap_or_default()
    };
    find(Mode::Campaign, "RU", "ru-military");
    find(Mode::Campaign, "SY", "ru-military");
    let sent = find(Mode::Deployment, "SY", "ru-military");
    assert_eq!((sent.kind, days(sent).as_str()), (Kind::Mobilize, "2015-01-01/2015-12-31"));
    let fallen = find(Mode::Takeover, "SY", "islamic-state");
    assert_eq!(fallen.scene.as_ref().and_then(|s| s.place.as_deref()), Some("Raqqa"));
    assert_eq!(days(fallen), "2017-01-01/2017-12-31");
    let left = find(Mode::Withdrawal, "AF", "us-led-coalition");
    assert_eq!((left.kind, days(left).as_str()), (Kind::Retreat, "2021-06-01/2021-08-31"));
    assert_eq!(days(find(Mode::Takeover, "AF", "taliban")), "2021-06-01/2021-08-31");
}

#[test]
fn the_seed_article_asserts_no_conjecture_and_no_boilerplate() {
    let Some((reports, relations)) = coded() else { return };
    let quotes = reports.iter().flat_map(|r| &r.evidence).map(|e| e.quote.as_str());
    let quotes = quotes.chain(relations.iter().flat_map(|r| &r.evidence).map(|e| e.quote.as_str()));
    for quote in quotes {
        assert!(!quote.contains("would be wise"), "{quote}");
        assert!(!quote.contains("Leave a Reply"), "{quote}");
    }
    // The sentence with the conjecture also tells the attack: nothing but the attack is taken of it.
    let conjecture =
        |r: &&ReportView| r.evidence.iter().any(|e| e.quote.contains("may reconsider"));
    for report in reports.iter().filter(conjecture) {
        assert_eq!(report.killed.as_ref().and_then(|k| k.count.low), Some(115));
    }
    let main: Vec<_> = reports.iter().filter(|r| r.main).collect();
    let [attack] = main.as_slice() else { panic!("{} main reports", main.len()) };
    // An offshoot of the Islamic State is not the Islamic State.
    let by: Vec<_> = attack.perpetrators.iter().map(|p| (p.name.as_str(), &p.actor)).collect();
    assert!(by.iter().any(|(name, actor)| name.starts_with("offshoot of") && actor.is_none()));
}
