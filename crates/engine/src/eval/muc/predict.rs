//! Reports → MUC-4 templates and entities.
//!
//! Only violent reports whose mode has a MUC-4 type. People who are named are victims, things
//! targets; people who are only described have no role in these two forms. Organisations are parties that have a name
//! and an order: armed organisations, state forces, governments, parties, international bodies;
//! every other perpetrator is one of individuals. A perpetrator that the text denies is left out:
//! MUC-4 has no such confidence.

use jiff::civil::Date;
use reading::Document;

use super::names::normal;
use super::{Entity, Fillers, GttPrediction, Mention, ReePrediction, Role, Template};
use crate::Report;
use crate::ontology::{Assertion, Attribution, Mode, Sort};
use crate::party::is_of_men;
use crate::report::{Perpetrator, Target};

/// How long before the message an incident may have been.
const RECENT_DAYS: i32 = 61;

/// The templates that `reports` of `document` amount to, in their order.
pub fn templates(reports: &[Report], document: &Document) -> GttPrediction {
    let of = |report: &Report| {
        is_template(report, None).then(|| Template {
            incident_type: report.mode.terms().muc4.to_owned(),
            fillers: fillers(report, document.text()),
        })
    };
    GttPrediction { pred_templates: reports.iter().filter_map(of).collect() }
}

/// Whether MUC-4 would have a template for a report: violence of one of its types that is said to
/// have been, not older than two months, and no clash of armed sides alone.
pub(super) fn is_template(report: &Report, today: Option<Date>) -> bool {
    let recent = match (&report.when, today) {
        (Some(when), Some(today)) => (today - when.value.end).get_days() <= RECENT_DAYS,
        _ => true,
    };
    let said = matches!(report.assertion, Assertion::Asserted | Assertion::Hedged);
    let armed = |t: &Target| matches!(t.sort, Sort::Military | Sort::Police | Sort::Combatants);
    let clash = report.mode == Mode::Battle && report.targets.iter().all(armed);
    report.is_violent() && !report.mode.terms().muc4.is_empty() && recent && said && !clash
}

/// Those who did it: not who is only said to deny it, nor the state's side of a fight with others.
pub(super) fn doers(report: &Report) -> impl Iterator<Item = &Perpetrator> {
    let state = |p: &Perpetrator| matches!(p.sort, Sort::StateForce | Sort::Government);
    let fought = report.mode == Mode::Battle && !report.perpetrators.iter().all(state);
    let all = report.perpetrators.iter();
    all.filter(move |p| p.attribution != Attribution::Denied && !(fought && state(p)))
}

/// The entities of all templates, each once.
pub fn entities(templates: &GttPrediction) -> ReePrediction {
    let mut pooled = Fillers::default();
    for template in &templates.pred_templates {
        for role in Role::ALL {
            for entity in template.fillers.of(role) {
                add(pooled.of_mut(role), entity.clone());
            }
        }
    }
    ReePrediction { pred_extracts: pooled }
}

fn fillers(report: &Report, text: &str) -> Fillers {
    let mut fillers = Fillers::default();
    let mut fill = |role, span: reading::Span| {
        let words = span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        add(fillers.of_mut(role), Entity(vec![Mention::Words(words)]));
    };
    for p in doers(report) {
        fill(if is_organised(p, text) { Role::PerpOrg } else { Role::PerpInd }, p.name);
    }
    // MUC-4's victims are those who are named; the others are descriptions, and in no role.
    for target in report.targets.iter().filter(|t| t.named || !t.person) {
        fill(if target.person { Role::Victim } else { Role::Target }, target.name);
    }
    report.weapons.iter().for_each(|weapon| fill(Role::Weapon, weapon.name));
    fillers
}

/// Whether a perpetrator is a body, not some of its men: "the army", not "two officers".
pub(super) fn is_organised(perpetrator: &Perpetrator, text: &str) -> bool {
    let men = is_of_men(perpetrator.name.of(text));
    let body = matches!(
        perpetrator.sort,
        Sort::Organisation
            | Sort::StateForce
            | Sort::Government
            | Sort::Political
            | Sort::International
    );
    body && !men
}

/// Adds an entity unless one of the same words is there, or it has no words.
fn add(entities: &mut Vec<Entity>, entity: Entity) {
    let name = |e: &Entity| e.0.first().map(|m| normal(m.words())).unwrap_or_default();
    let new = name(&entity);
    if !new.is_empty() && entities.iter().all(|e| name(e) != new) {
        entities.push(entity);
    }
}

#[cfg(test)]
mod tests {
    use reading::Span;

    use super::*;
    use crate::eval::events::tests::report;
    use crate::ontology::{Mode, WeaponSort};
    use crate::report::Weapon;

    fn document() -> Document {
        Document::new(
            None,
            "the rebels of the people's  front bombed a bank and hurt a guard".into(),
        )
    }

    fn span(words: &str) -> Span {
        let text = document().text().to_owned();
        let start = text.find(words).unwrap();
        Span::within(&text, start, start + words.len()).unwrap()
    }

    fn bombing() -> Report {
        let perpetrator = |words, sort, attribution| Perpetrator {
            name: span(words),
            actor: None,
            sort,
            attribution,
        };
        let target = |words, person| Target {
            name: span(words),
            actor: None,
            sort: Sort::Civilians,
            person,
            named: person,
            description: None,
            nation: None,
            number: None,
            effect: None,
        };
        Report {
            mode: Mode::Bombing,
            perpetrators: vec![
                perpetrator("the rebels", Sort::Individuals, Attribution::Fact),
                perpetrator("people's  front", Sort::Organisation, Attribution::Claimed),
                perpetrator("bank", Sort::Organisation, Attribution::Denied),
            ],
            targets: vec![target("a bank", false), target("a guard", true)],
            weapons: vec![Weapon { name: span("bombed"), sort: WeaponSort::Explosive }],
            ..report(&document())
        }
    }

    #[test]
    fn people_are_victims_and_things_targets() {
        let given = serde_json::to_value(templates(&[bombing()], &document())).unwrap();
        let wanted = serde_json::json!({"pred_templates": [{
            "incident_type": "bombing",
            "PerpInd": [["the rebels"]],
            "PerpOrg": [["people's front"]],
            "Target": [["a bank"]],
            "Victim": [["a guard"]],
            "Weapon": [["bombed"]],
        }]});
        assert_eq!(given, wanted);
    }

    #[test]
    fn a_riot_has_no_template() {
        let riot = Report { mode: Mode::Riot, ..bombing() };
        assert!(templates(&[riot], &document()).pred_templates.is_empty());
    }

    #[test]
    fn entities_of_two_templates_are_pooled_once() {
        let pooled = entities(&templates(&[bombing(), bombing()], &document()));
        assert_eq!(pooled.pred_extracts.perp_org.len(), 1);
        assert_eq!(pooled.pred_extracts.weapon.len(), 1);
    }
}
