//! The columns of POLECAT, whose event types are PLOVER's, as are our kinds. POLECAT knows persons
//! and the articles that Wikipedia has on them; our record does not, so those stay empty.

use engine::ontology::{Kind, Mode};
use serde_json::json;

use super::columns::Sort::{Day, Real, Text};
use super::columns::{Column, Row, View, column, empty};
use super::sides;

/// The columns of POLECAT.
pub(crate) const VIEW: View = View {
    name: "polecat",
    title: "PLOVER/POLECAT-like",
    says: "The columns of POLECAT (2023) with commas between, where POLECAT has tabs. FIGHT, which PLOVER had and POLECAT has not, is ASSAULT. POLECAT has a row for each actor and recipient of a story; here it is one for each event, with the first of each.",
    around: true,
    columns: COLUMNS,
};

const NOT_KEPT: &str = "Left empty: our record does not have it.";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    column("Event ID", Text, "#event+id", "The event.", |r| json!(r.line.id)),
    column("Event Date", Day, "#date+start", "The first day on which it can have been.", |r| json!(r.line.first_day)),
    column("Event Type", Text, "#event+type", "The kind; ASSAULT for FIGHT.", |r| json!(event_type(r).map(Kind::as_str))),
    column("Event Mode", Text, "#event+mode", "By the mode, where PLOVER has one for the event type.", |r| json!(event_mode(r))),
    empty("Intensity", "Left empty: strength is coded for statements and deeds only, and stands in the JSON."),
    column("Quad Code", Text, "#event+quad", "By the event type.", |r| json!(event_type(r).map(quad))),
    empty("Contexts", NOT_KEPT),
    column("Actor Name", Text, "#group+perpetrator", "The organisation of the firmest naming that is said to have done it. Persons are not named.", |r| json!(sides::first(r).and_then(|side| side.name))),
    column("Actor Country", Text, "#group+perpetrator+country", "ISO 3166-1 alpha-2, for organisations that are known to be of one country.", |r| json!(sides::first(r).and_then(|side| side.country))),
    empty("Actor COW", NOT_KEPT),
    column("Primary Actor Sector", Text, "#group+perpetrator+type", "Our sort of party; POLECAT's sectors differ.", |r| json!(sides::first(r).map(|side| side.sort))),
    empty("Actor Sectors", NOT_KEPT),
    empty("Actor Title", NOT_KEPT),
    column("Actor Name Raw", Text, "#group+perpetrator+raw", "The words of a text, for organisations.", |r| json!(sides::first(r).and_then(|side| side.raw))),
    empty("Wikipedia Actor ID", NOT_KEPT),
    column("Recipient Name", Text, "#group+target", "The other side of a fight, or \"Civilians\" and the like. Persons are not named.", |r| json!(sides::second(r).and_then(|side| side.name))),
    column("Recipient Country", Text, "#group+target+country", "As `Actor Country`.", |r| json!(sides::second(r).and_then(|side| side.country))),
    empty("Recipient COW", NOT_KEPT),
    column("Primary Recipient Sector", Text, "#group+target+type", "As `Primary Actor Sector`.", |r| json!(sides::second(r).map(|side| side.sort))),
    empty("Recipient Sectors", NOT_KEPT),
    empty("Recipient Title", NOT_KEPT),
    column("Recipient Name Raw", Text, "#group+target+raw", "As `Actor Name Raw`.", |r| json!(sides::second(r).and_then(|side| side.raw))),
    empty("Wikipedia Recipient ID", NOT_KEPT),
    column("Placename", Text, "#loc+name", "The smallest place that is known.", |r| json!(r.line.place.as_deref().or(r.line.admin1.as_deref()))),
    column("City", Text, "#loc+city+name", "The city, town or village.", |r| json!(r.line.place)),
    empty("District", NOT_KEPT),
    column("Province", Text, "#adm1+name", "The first-level area.", |r| json!(r.line.admin1)),
    column("Country", Text, "#country+code+v_iso2", "ISO 3166-1 alpha-2; POLECAT has three letters.", |r| json!(r.line.country)),
    column("Latitude", Real, "#geo+lat", "Degrees north.", |r| json!(r.line.lat)),
    column("Longitude", Real, "#geo+lon", "Degrees east.", |r| json!(r.line.lon)),
    empty("GeoNames ID", NOT_KEPT),
    empty("Raw Placename", NOT_KEPT),
    empty("Feature Type", NOT_KEPT),
    column("Source", Text, "#meta+source", "The outlets, with semicolons between.", |r| sides::told(r, |told| told.outlet.as_deref())),
    column("Publication Date", Text, "#date+published", "Their days of publication.", |r| sides::told(r, |told| told.published.as_deref())),
    empty("Story People", "Left empty: persons are not indexed."),
    empty("Story Organizations", NOT_KEPT),
    empty("Story Locations", NOT_KEPT),
    column("Language", Text, "#meta+language", "The languages of the documents, with semicolons between.", |r| sides::told(r, |told| told.language.as_deref())),
    column("Version", Text, "#meta+build", "The build that wrote the file.", |_| json!(engine::knowledge::BUILD)),
];

fn event_type(row: &Row<'_>) -> Option<Kind> {
    Kind::parse(&row.line.kind).map(|kind| if kind == Kind::Fight { Kind::Assault } else { kind })
}

/// The mode, if it is one of the event type.
fn event_mode(row: &Row<'_>) -> Option<&'static str> {
    let (kind, mode) = (event_type(row)?, Mode::parse(&row.line.mode)?);
    let of = match mode {
        Mode::Riot => Kind::Protest,
        Mode::Deployment => Kind::Mobilize,
        Mode::Withdrawal => Kind::Retreat,
        _ => Kind::Assault,
    };
    Some(mode.terms().plover).filter(|term| !term.is_empty() && kind == of)
}

fn quad(kind: Kind) -> &'static str {
    match kind {
        Kind::Agree | Kind::Consult | Kind::Support | Kind::Concede => "VERBAL COOPERATION",
        Kind::Cooperate | Kind::Aid | Kind::Retreat => "MATERIAL COOPERATION",
        Kind::Request | Kind::Accuse | Kind::Reject | Kind::Threaten => "VERBAL CONFLICT",
        Kind::Protest
        | Kind::Sanction
        | Kind::Mobilize
        | Kind::Coerce
        | Kind::Fight
        | Kind::Assault => "MATERIAL CONFLICT",
    }
}

#[cfg(test)]
mod tests {
    use engine::Knowledge;

    use super::*;
    use crate::store::samples::line;
    use crate::store::search::Line;

    #[test]
    fn a_mode_of_another_event_type_is_left_out() {
        let known = Knowledge::embedded();
        let mode = |kind: Kind, mode: Mode| {
            let line = Line { kind: kind.as_str().into(), mode: mode.as_str().into(), ..line() };
            event_mode(&Row { line: &line, around: None, known: &known })
        };
        assert_eq!(mode(Kind::Fight, Mode::Bombing), Some("explosives"));
        assert_eq!(mode(Kind::Protest, Mode::Riot), Some("riot"));
        assert_eq!(mode(Kind::Assault, Mode::Riot), None);
        assert_eq!(mode(Kind::Assault, Mode::Massacre), None);
    }
}
