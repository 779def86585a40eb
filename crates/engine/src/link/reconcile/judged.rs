//! What reviewers say of fields: their value counts, and what the reports say stays beside it.
//!
//! A reviewer may settle what counts for an event, or correct what a report says. Both win over
//! rules, and neither takes anything away: the values of all reports remain, with whoever said so.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::telling::{Spot, Telling};
use super::{EventView, FieldView, pick, toll};
use crate::ontology::{Attribution, Mode, Sort};
use crate::resolved::{Count, Period};
use crate::view::{PerpetratorView, ReportView, SceneView, WhenView};

/// A field of an event that a reviewer can speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "as in a report")]
pub enum Field {
    Mode,
    When,
    Where,
    Killed,
    Injured,
    Abducted,
    Perpetrators,
}

/// What a reviewer gives as the value of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// Which field.
    pub field: Field,
    /// The value as in a report, names for perpetrators; none if there is none.
    pub value: Option<Value>,
    /// Who says so, and when.
    pub by: RuledView,
}

/// Who settled a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuledView {
    /// The entry of the ledger.
    pub entry: i64,
    /// The reviewer.
    pub reviewer: String,
    /// When.
    pub at: String,
    /// What would count without it, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<String>,
}

/// A value of a field, made out.
enum Made {
    Mode(Mode),
    When(WhenView),
    Scene(SceneView),
    Count(Count),
    Names(Vec<String>),
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Mode,
        Self::When,
        Self::Where,
        Self::Killed,
        Self::Injured,
        Self::Abducted,
        Self::Perpetrators,
    ];

    /// As it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mode => "mode",
            Self::When => "when",
            Self::Where => "where",
            Self::Killed => "killed",
            Self::Injured => "injured",
            Self::Abducted => "abducted",
            Self::Perpetrators => "perpetrators",
        }
    }

    /// The field of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }

    /// `value` in words, if it is one of this field.
    pub fn words(self, value: &Value) -> Option<String> {
        Some(match self.made(value)? {
            Made::Mode(mode) => mode.to_string(),
            Made::When(when) => pick::days(&when),
            Made::Scene(scene) => pick::place(&scene),
            Made::Count(count) => toll::words(count),
            Made::Names(names) => names.join("; "),
        })
    }

    fn made(self, value: &Value) -> Option<Made> {
        fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
            serde_json::from_value(value.clone()).ok()
        }
        match self {
            Self::Mode => read(value).map(Made::Mode),
            Self::When => read(value).map(Made::When),
            Self::Where => read(value).map(Made::Scene),
            Self::Killed | Self::Injured | Self::Abducted => read(value).map(Made::Count),
            Self::Perpetrators => read(value).map(Made::Names),
        }
    }
}

/// Gives `event` the values that reviewers settled on; the latest of a field, which is last, counts.
pub fn rule(event: &mut EventView, rulings: &[Ruling]) {
    for ruling in rulings {
        let made = match &ruling.value {
            Some(value) => match ruling.field.made(value) {
                Some(made) => Some(made),
                None => continue,
            },
            None => None,
        };
        let current = ruling.value.as_ref().and_then(|value| ruling.field.words(value));
        if !set(event, ruling.field, made) {
            continue;
        }
        let name = ruling.field.as_str();
        if !event.fields.iter().any(|field| field.field == name) {
            event.fields.push(FieldView::blank(name));
        }
        let Some(field) = event.fields.iter_mut().find(|field| field.field == name) else {
            continue;
        };
        let before = match field.ruled.take() {
            Some(earlier) => earlier.instead_of,
            None => Some(field.current.clone()).filter(|words| !words.is_empty()),
        };
        field.ruled = Some(RuledView { instead_of: before, ..ruling.by.clone() });
        field.rule = "settled by a reviewer";
        field.current = current.unwrap_or_else(|| "nothing".to_owned());
    }
}

/// Whether the field could be set.
fn set(event: &mut EventView, field: Field, made: Option<Made>) -> bool {
    let count = |made: Option<Made>| match made {
        Some(Made::Count(count)) => Some(count),
        _ => None,
    };
    match (field, made) {
        (Field::Mode, Some(Made::Mode(mode))) => event.mode = mode,
        (Field::Mode, _) => return false,
        (Field::When, Some(Made::When(when))) => event.when = Some(when),
        (Field::When, _) => event.when = None,
        (Field::Where, Some(Made::Scene(scene))) => event.scene = Some(scene),
        (Field::Where, _) => event.scene = None,
        (Field::Killed, made) => event.killed = count(made),
        (Field::Injured, made) => event.injured = count(made),
        (Field::Abducted, made) => event.abducted = count(made),
        (Field::Perpetrators, Some(Made::Names(names))) => event.perpetrators = names,
        (Field::Perpetrators, _) => event.perpetrators.clear(),
    }
    true
}

/// What `report` says when a field of it is as a reviewer corrects it.
#[must_use]
pub fn corrected(report: &ReportView, field: Field, value: Option<&Value>) -> ReportView {
    let made = value.and_then(|value| field.made(value));
    if value.is_some() && made.is_none() {
        return report.clone();
    }
    let mut report = report.clone();
    // The words are those of the text, and a reviewer's number has none.
    let count = |made: Option<Made>| match made {
        Some(Made::Count(count)) => serde_json::from_value({
            let mut view = json!(count);
            view["words"] = json!("");
            view
        })
        .ok(),
        _ => None,
    };
    match (field, made) {
        (Field::Mode, Some(Made::Mode(mode))) => report.mode = mode,
        (Field::When, Some(Made::When(when))) => report.when = Some(when),
        (Field::When, None) => report.when = None,
        (Field::Where, Some(Made::Scene(scene))) => report.scene = Some(scene),
        (Field::Where, None) => report.scene = None,
        (Field::Killed, made) => report.killed = count(made),
        (Field::Injured, made) => report.injured = count(made),
        (Field::Abducted, made) => report.abducted = count(made),
        (Field::Perpetrators, made) => {
            let names = match made {
                Some(Made::Names(names)) => names,
                _ => Vec::new(),
            };
            let known = |name: &String| {
                let is = |p: &&PerpetratorView| p.actor.as_ref().unwrap_or(&p.name) == name;
                report.perpetrators.iter().find(is).cloned().unwrap_or_else(|| PerpetratorView {
                    name: name.clone(),
                    actor: None,
                    sort: Sort::Organisation,
                    attribution: Attribution::Fact,
                })
            };
            let perpetrators = names.iter().map(known).collect();
            report.perpetrators = perpetrators;
        }
        _ => {}
    }
    report
}

/// What linking compares of a report when a field of it is as a reviewer corrects it.
#[must_use]
pub fn retold(telling: &Telling, field: Field, value: Option<&Value>) -> Telling {
    let made = value.and_then(|value| field.made(value));
    if value.is_some() && made.is_none() {
        return telling.clone();
    }
    let mut telling = telling.clone();
    let count = |made: Option<Made>| match made {
        Some(Made::Count(count)) => Some(count),
        _ => None,
    };
    let period = |when: &WhenView| {
        let (start, end) = (when.start.parse().ok()?, when.end.parse().ok()?);
        Some(Period { start, end })
    };
    match (field, made) {
        (Field::Mode, Some(Made::Mode(mode))) => telling.mode = mode,
        (Field::When, Some(Made::When(when))) => telling.when = period(&when).or(telling.when),
        (Field::When, None) => telling.when = None,
        (Field::Where, Some(Made::Scene(scene))) => telling.spot = Some(Spot::of(&scene.scene())),
        (Field::Where, None) => telling.spot = None,
        (Field::Killed, made) => telling.killed = count(made),
        (Field::Injured, made) => telling.injured = count(made),
        (Field::Perpetrators, Some(Made::Names(names))) => telling.actors = names,
        (Field::Perpetrators, None) => telling.actors.clear(),
        _ => {}
    }
    telling.tidy();
    telling
}

impl FieldView {
    /// A field of which no report says anything.
    fn blank(field: &'static str) -> Self {
        Self {
            field,
            current: String::new(),
            rule: "",
            interval: None,
            disputed: false,
            values: Vec::new(),
            history: Vec::new(),
            ruled: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_another_field_is_refused() {
        assert_eq!(Field::Killed.words(&json!({"low": 3, "best": 3})), Some("3 or more".into()));
        assert_eq!(Field::Killed.words(&json!("many")), None);
        assert_eq!(Field::Mode.words(&json!("bombing")), Some("bombing".into()));
        assert_eq!(Field::Mode.words(&json!("noise")), None);
        assert_eq!(Field::Perpetrators.words(&json!(["a", "b"])), Some("a; b".into()));
    }

    #[test]
    fn what_is_corrected_is_what_is_compared() {
        use crate::report::ReportId;
        use reading::DocumentId;
        let read = Telling::blank(ReportId::of(&[b"r"]), DocumentId::of(&[b"d"]));
        let retold = |field, value| retold(&read, field, Some(&value));
        let when = json!({"start": "2024-03-05", "end": "2024-03-05", "precision": "day", "basis": "stated"});
        let day = retold(Field::When, when).when.unwrap();
        assert_eq!(day.start.to_string(), "2024-03-05");
        let scene = json!({"country": "FJ", "place": "Suva", "lat": -18.1, "lon": 178.4, "precision": "place", "basis": "stated"});
        let spot = retold(Field::Where, scene).spot.unwrap();
        assert_eq!((spot.place.as_deref(), spot.at), (Some("suva"), Some((-18.1, 178.4))));
        assert_eq!(
            retold(Field::Killed, json!({"low": 3, "best": 3})).killed.unwrap().low,
            Some(3)
        );
        assert_eq!(retold(Field::Perpetrators, json!(["b", "a"])).actors, ["a", "b"]);
        assert_eq!(retold(Field::Killed, json!("many")), read);
    }

    #[test]
    fn every_field_has_one_name() {
        for field in Field::ALL {
            assert_eq!(Field::parse(field.as_str()), Some(field));
            assert_eq!(serde_json::to_value(field).unwrap(), json!(field.as_str()));
        }
    }
}
