//! Reports → an article in the gold's form.

use reading::Document;

use super::kinds::event_type;
use super::{Article, Bounds, Event, Named, Stretch};
use crate::Report;
use crate::ontology::{Assertion, Sort};
use crate::resolved::Count;

/// What `reports` of `document` amount to: its violent reports, in their order.
///
/// `gold` gives the article's id, address, date and title, and nothing else.
pub fn article(gold: &Article, reports: &[Report], document: &Document) -> Article {
    let violent = reports.iter().filter(|report| report.is_violent());
    let events: Vec<Event> =
        violent.zip(1..).map(|(report, id)| event(report, id, document.text())).collect();
    Article {
        id: gold.id.clone(),
        url: gold.url.clone(),
        date: gold.date.clone(),
        title: gold.title.clone(),
        relevant: !events.is_empty(),
        event: None,
        events,
    }
}

fn event(report: &Report, id: u32, text: &str) -> Event {
    let words = |span: reading::Span| one_line(span.of(text));
    let scene = report.scene.as_ref().map(|s| &s.value);
    let when = report.when.as_ref().map(|w| w.value);
    Event {
        id,
        main: report.main,
        sort: event_type(report),
        kind: Some(report.kind),
        mode: report.mode.to_string(),
        stage: report.stage.to_string(),
        start: when.map(|w| Stretch::day(w.start)),
        end: when.map(|w| Stretch::day(w.end)),
        country: scene.map(|s| s.country.clone()),
        admin1: scene.and_then(|s| s.admin1.clone()),
        place: scene.and_then(|s| s.place.clone()),
        site: scene.and_then(|s| s.site.clone()),
        lat: scene.and_then(|s| s.lat),
        lon: scene.and_then(|s| s.lon),
        precision: scene.map(|s| s.precision),
        perpetrators: report
            .perpetrators
            .iter()
            .map(|p| Named {
                name: words(p.name),
                kind: party(p.sort).to_owned(),
                attribution: Some(p.attribution.to_string()),
            })
            .collect(),
        targets: report
            .targets
            .iter()
            .map(|t| Named { name: words(t.name), kind: t.sort.to_string(), attribution: None })
            .collect(),
        killed: report.killed.as_ref().map(|c| bounds(c.value)),
        injured: report.injured.as_ref().map(|c| bounds(c.value)),
        killed_includes_perpetrators: report.killed_includes_perpetrators,
        weapons: report.weapons.iter().map(|w| words(w.name)).collect(),
        evidence: report.evidence.iter().map(|&span| words(span)).collect(),
        speakers: report.speakers.iter().map(|s| words(s.name)).collect(),
        hedged: report.assertion == Assertion::Hedged,
        cluster: None,
    }
}

/// A number without bounds is both bounds.
fn bounds(count: Count) -> Bounds {
    match count {
        Count { low: None, best, high: None } => Bounds { low: best, high: best },
        Count { low, high, .. } => Bounds { low, high },
    }
}

/// The gold's term for the sort of a perpetrator.
fn party(sort: Sort) -> &'static str {
    match sort {
        Sort::Organisation | Sort::Political | Sort::International => "organisation",
        Sort::StateForce | Sort::Government | Sort::Military | Sort::Police => "state_force",
        _ => "unidentified",
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use reading::Span;

    use super::*;
    use crate::eval::events::tests::{article as gold, report};
    use crate::ontology::{Kind, Mode};
    use crate::resolved::{Basis, Period, Resolved};

    #[test]
    fn only_violent_reports_are_events() {
        let document = Document::new(None, "Police detained forty.\nA bomb\nwent off.".into());
        let text = document.text();
        let arrest = Report { kind: Kind::Coerce, ..report(&document) };
        let bombing = Report {
            mode: Mode::Bombing,
            evidence: vec![Span::within(text, 23, text.len()).unwrap()],
            when: Some(Resolved::new(
                Period::day("2024-03-22".parse().unwrap()),
                Basis::Stated,
                vec![],
                "test",
            )),
            killed: Some(Resolved::new(Count::at_least(4), Basis::Stated, vec![], "test")),
            ..report(&document)
        };
        let given = article(&gold(vec![]), &[arrest.clone(), bombing], &document);
        assert!(given.relevant);
        let [event] = &given.events[..] else { panic!("{given:?}") };
        assert_eq!(event.line(), "bombing 2024-03-22 killed 4..");
        assert_eq!(event.evidence, ["A bomb went off."]);
        assert!(!article(&gold(vec![]), &[arrest], &document).relevant);
    }

    #[test]
    fn a_plain_number_is_both_bounds() {
        let b = |low, best, high| bounds(Count { low, best, high });
        assert_eq!(b(None, Some(7), None), Bounds { low: Some(7), high: Some(7) });
        assert_eq!(b(Some(7), Some(7), None), Bounds { low: Some(7), high: None });
        assert_eq!(b(None, None, Some(9)), Bounds { low: None, high: Some(9) });
    }
}
