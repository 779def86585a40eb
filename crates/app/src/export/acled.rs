//! The columns of ACLED: the same names in the same order. What ACLED's researchers decide by hand
//! and no text says (kinds of groups, regions, tags) stays empty.

use serde_json::json;

use super::columns::Sort::{Day, Real, Text, Whole};
use super::columns::{Column, Row, View, column, empty};
use super::sides::{self, Side};

/// The columns of ACLED.
pub(crate) const VIEW: View = View {
    name: "acled",
    title: "ACLED-like",
    says: "The columns of an ACLED export (codebook of 2023), an event a row. ACLED takes the most conservative number killed; `fatalities` here is the number that is given, else the least, and it is empty where ACLED has 0 for \"not known\".",
    around: true,
    columns: COLUMNS,
};

const BY_HAND: &str = "Left empty: ACLED decides it by hand.";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    column("event_id_cnty", Text, "#event+id", "The event. ACLED's begin with the country, ours are hexadecimal.", |r| json!(r.line.id)),
    column("event_date", Day, "#date+start", "The first day on which it can have been.", |r| json!(r.line.first_day)),
    column("year", Whole, "#date+year", "The year, where the first and the last day are of one.", |r| json!(sides::year(r.line))),
    column("time_precision", Whole, "#date+precision", "1 a day, 2 up to a week, 3 longer.", |r| json!(sides::days(r.line).map(|days| match days { 1 => 1, 2..=7 => 2, _ => 3 }))),
    column("disorder_type", Text, "#event+disorder", "By the event type.", |r| json!(event_type(r).map(|(_, disorder)| disorder))),
    column("event_type", Text, "#event+type", "By the sub-event type.", |r| json!(event_type(r).map(|(kind, _)| kind))),
    column("sub_event_type", Text, "#event+subtype", "By the mode; what is a fight is an armed clash, unless the mode says more.", |r| json!(sub_event(r))),
    column("actor1", Text, "#group+perpetrator", "The organisation of the firmest naming that is said to have done it. Persons are not named.", |r| json!(sides::first(r).and_then(|side| side.name))),
    empty("assoc_actor_1", BY_HAND),
    column("inter1", Text, "#group+perpetrator+type", "\"State forces\" and \"Civilians\" only; whether others are rebels or militias is for ACLED to decide.", |r| json!(sides::first(r).and_then(|side| inter(&side)))),
    column("actor2", Text, "#group+target", "The other side of a fight, or \"Civilians\" and the like. Persons are not named.", |r| json!(sides::second(r).and_then(|side| side.name))),
    empty("assoc_actor_2", BY_HAND),
    column("inter2", Text, "#group+target+type", "As `inter1`.", |r| json!(sides::second(r).and_then(|side| inter(&side)))),
    empty("interaction", BY_HAND),
    column("civilian_targeting", Text, "#event+civilians", "\"Civilian targeting\" where the target is people or things of no armed side.", |r| json!(sides::second(r).filter(Side::is_civilian).map(|_| "Civilian targeting"))),
    empty("iso", "Left empty: the numbers of ISO 3166 are not kept; `country` has the name."),
    empty("region", BY_HAND),
    column("country", Text, "#country+name", "The country by its usual English name.", |r| json!(sides::country(r))),
    column("admin1", Text, "#adm1+name", "The first-level area.", |r| json!(r.line.admin1)),
    empty("admin2", "Left empty: second-level areas are not kept in rows."),
    empty("admin3", "Left empty, as above."),
    column("location", Text, "#loc+name", "The city, town or village.", |r| json!(r.line.place)),
    column("latitude", Real, "#geo+lat", "Degrees north.", |r| json!(r.line.lat)),
    column("longitude", Real, "#geo+lon", "Degrees east.", |r| json!(r.line.lon)),
    column("geo_precision", Whole, "#geo+precision", "1 the place, 2 near it, 3 an area or the country.", |r| json!(sides::precision(r).map(|precision| precision.min(3)))),
    column("source", Text, "#meta+source", "The outlets, with semicolons between.", |r| sides::told(r, |told| told.outlet.as_deref())),
    empty("source_scale", BY_HAND),
    column("notes", Text, "#description", "The first sentence that the first report rests on, as it was published.", |r| json!(r.around.and_then(|around| around.quote.as_deref()))),
    column("fatalities", Whole, "#affected+killed", "The number killed that is given, else the least.", |r| json!(sides::killed(r.line))),
    empty("tags", BY_HAND),
    empty("timestamp", "Left empty: the ledger says when each entry was made."),
];

/// The sub-event type.
fn sub_event(row: &Row<'_>) -> Option<&'static str> {
    let term = engine::ontology::Mode::parse(&row.line.mode)?.terms().acled;
    let is_fight = row.line.kind == "FIGHT" && term == "Attack";
    Some(if is_fight { "Armed clash" } else { term }).filter(|term| !term.is_empty())
}

/// The event type and the disorder type, which follow from the sub-event type.
fn event_type(row: &Row<'_>) -> Option<(&'static str, &'static str)> {
    let political = "Political violence";
    Some(match sub_event(row)? {
        "Armed clash" | "Government regains territory" | "Non-state actor overtakes territory" => {
            ("Battles", political)
        }
        "Attack" | "Abduction/forced disappearance" | "Sexual violence" => {
            ("Violence against civilians", political)
        }
        "Mob violence" => ("Riots", political),
        "Violent demonstration" => ("Riots", "Demonstrations"),
        "Excessive force against protesters" => ("Protests", "Demonstrations"),
        "Looting/property destruction" | "Other" => {
            ("Strategic developments", "Strategic developments")
        }
        _ => ("Explosions/Remote violence", political),
    })
}

fn inter(side: &Side<'_>) -> Option<&'static str> {
    if side.is_state() {
        return Some("State forces");
    }
    side.is_civilian().then_some("Civilians")
}

#[cfg(test)]
mod tests {
    use engine::Knowledge;
    use engine::ontology::Mode;

    use super::*;
    use crate::store::samples::line;
    use crate::store::search::Line;

    #[test]
    fn a_fight_with_guns_is_a_clash_and_a_fight_with_shells_is_not() {
        let known = Knowledge::embedded();
        let kind = |mode: Mode| {
            let line = Line { kind: "FIGHT".into(), mode: mode.as_str().into(), ..line() };
            event_type(&Row { line: &line, around: None, known: &known }).map(|(kind, _)| kind)
        };
        assert_eq!(kind(Mode::Shooting), Some("Battles"));
        assert_eq!(kind(Mode::Shelling), Some("Explosions/Remote violence"));
        assert_eq!(kind(Mode::Threat), None);
    }
}
