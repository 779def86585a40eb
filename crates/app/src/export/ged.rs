//! The columns of UCDP GED: the same names in the same order, so that scripts that read GED read
//! this. Numbers that only Uppsala gives (of conflicts, dyads, sides, cells) stay empty.

use serde_json::json;

use super::columns::Sort::{Day, Real, Text, Whole};
use super::columns::{Column, Row, View, column, empty};
use super::sides::{self, Side};

/// The columns of UCDP GED.
pub(crate) const VIEW: View = View {
    name: "ged",
    title: "UCDP GED-like",
    says: "The columns of UCDP GED 23.1, an event a row. UCDP counts deaths in conflicts of organised actors by rules of its own (25 deaths a year, known dyads, one actor a side) that nobody has applied here: take rows of this form as leads, not as GED events. `best` and `high` are empty where GED would repeat `low`.",
    around: true,
    columns: COLUMNS,
};

const UPPSALA: &str = "Left empty: a number of UCDP's own.";

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    column("id", Text, "#event+id", "The event. UCDP has whole numbers here, ours are hexadecimal.", |r| json!(r.line.id)),
    empty("relid", UPPSALA),
    column("year", Whole, "#date+year", "The year, where the first and the last day are of one.", |r| json!(sides::year(r.line))),
    empty("active_year", "Left empty: whether the conflict had 25 deaths in the year is not counted."),
    column("code_status", Text, "#status", "\"Machine coded\" for all.", |_| json!("Machine coded")),
    column("type_of_violence", Whole, "#event+type+num", "1 state-based, 2 between organisations that are no state's, 3 one-sided: by the two sides, else by the mode; empty where neither decides.", |r| json!(kind(r))),
    empty("conflict_dset_id", UPPSALA),
    empty("conflict_new_id", UPPSALA),
    empty("conflict_name", UPPSALA),
    empty("dyad_dset_id", UPPSALA),
    empty("dyad_new_id", UPPSALA),
    empty("dyad_name", UPPSALA),
    empty("side_a_dset_id", UPPSALA),
    empty("side_a_new_id", UPPSALA),
    column("side_a", Text, "#group+perpetrator", "The organisation of the firmest naming that is said to have done it. Persons are not named.", |r| json!(sides::first(r).and_then(|side| side.name))),
    empty("side_b_dset_id", UPPSALA),
    empty("side_b_new_id", UPPSALA),
    column("side_b", Text, "#group+target", "The other side of a fight, or \"Civilians\" and the like. Persons are not named.", |r| json!(sides::second(r).and_then(|side| side.name))),
    column("number_of_sources", Whole, "#meta+source+num", "Independent sources: reprints of one text are one.", |r| json!(r.line.told.map_or(1, |told| told.1))),
    column("source_article", Text, "#meta+url", "The addresses of all documents, with semicolons between.", |r| sides::told(r, |told| told.url.as_deref())),
    column("source_office", Text, "#meta+source", "Their outlets.", |r| sides::told(r, |told| told.outlet.as_deref())),
    column("source_date", Text, "#date+published", "Their days of publication.", |r| sides::told(r, |told| told.published.as_deref())),
    column("source_headline", Text, "#meta+title", "The title of the first of them that has one.", |r| json!(r.around.and_then(|around| around.tellings.iter().find_map(|told| told.title.as_deref())))),
    empty("source_original", "Left empty: speakers are in the JSON, each with what it says."),
    column("where_prec", Whole, "#geo+precision", "1 the place, 2 near it, 3 a second-level area, 4 a first-level area, 6 the country.", |r| json!(sides::precision(r))),
    column("where_coordinates", Text, "#loc+name", "The place, or the smallest area that is known.", |r| json!(r.line.place.as_deref().or(r.line.admin1.as_deref()))),
    column("where_description", Text, "#loc+site+name", "The building or spot.", |r| json!(r.line.site)),
    column("adm_1", Text, "#adm1+name", "The first-level area.", |r| json!(r.line.admin1)),
    empty("adm_2", "Left empty: second-level areas are not kept in rows."),
    column("latitude", Real, "#geo+lat", "Degrees north.", |r| json!(r.line.lat)),
    column("longitude", Real, "#geo+lon", "Degrees east.", |r| json!(r.line.lon)),
    column("geom_wkt", Text, "#geo+wkt", "The point as well-known text.", |r| json!(r.line.lon.zip(r.line.lat).map(|(lon, lat)| format!("POINT ({lon} {lat})")))),
    empty("priogrid_gid", UPPSALA),
    column("country", Text, "#country+name", "The country by its usual English name; UCDP's differs for some.", |r| json!(sides::country(r))),
    empty("country_id", UPPSALA),
    empty("region", UPPSALA),
    column("event_clarity", Whole, "#event+clarity", "1 a single event, 2 a campaign told as one.", |r| json!(if r.line.mode == "campaign" { 2 } else { 1 })),
    column("date_prec", Whole, "#date+precision", "1 a day, 2 up to six days, 3 a week, 4 a month, 5 longer.", |r| json!(sides::days(r.line).map(|days| match days { 1 => 1, 2..=6 => 2, 7 => 3, 8..=31 => 4, _ => 5 }))),
    column("date_start", Day, "#date+start", "The first day on which it can have been.", |r| json!(r.line.first_day)),
    column("date_end", Day, "#date+end", "The last day on which it can have been.", |r| json!(r.line.last_day)),
    empty("deaths_a", "Left empty: the dead are not told apart by side in rows."),
    empty("deaths_b", "Left empty, as above."),
    empty("deaths_civilians", "Left empty, as above."),
    empty("deaths_unknown", "Left empty, as above."),
    column("best", Whole, "#affected+killed", "The number killed that is given.", |r| json!(r.line.killed[1])),
    column("high", Whole, "#affected+killed+max", "No more were killed; empty also where there is no upper end.", |r| json!(r.line.killed[2])),
    column("low", Whole, "#affected+killed+min", "No fewer were killed.", |r| json!(r.line.killed[0])),
    empty("gwnoa", UPPSALA),
    empty("gwnob", UPPSALA),
];

/// The type of violence, where the sides or the mode decide it.
fn kind(row: &Row<'_>) -> Option<u8> {
    if let (Some(first), Some(second)) = (sides::first(row), sides::second(row)) {
        let is_organised = |side: &Side<'_>| side.is_state() || side.is_organisation();
        if second.is_civilian() && is_organised(&first) {
            return Some(3);
        }
        if is_organised(&first) && is_organised(&second) {
            return Some(if first.is_state() || second.is_state() { 1 } else { 2 });
        }
    }
    engine::ontology::Mode::parse(&row.line.mode).and_then(|mode| mode.terms().ucdp)
}

#[cfg(test)]
mod tests {
    use engine::Knowledge;

    use super::*;
    use crate::store::around::{Around, Party};
    use crate::store::samples::line;

    #[test]
    fn the_two_sides_decide_the_type() {
        let known = Knowledge::embedded();
        let (line, mut around) = (line(), Around::default());
        let mut kind_of = |by: &str, on: &str| {
            let party = |perpetrator, sort: &str| Party {
                perpetrator,
                actor: None,
                name: "Harrow Front".into(),
                sort: sort.into(),
                attribution: None,
            };
            around.parties = vec![party(true, by), party(false, on)];
            kind(&Row { line: &line, around: Some(&around), known: &known })
        };
        assert_eq!(kind_of("organisation", "civilians"), Some(3));
        assert_eq!(kind_of("state_force", "organisation"), Some(1));
        assert_eq!(kind_of("organisation", "military"), Some(1));
        assert_eq!(kind_of("organisation", "organisation"), Some(2));
        assert_eq!(kind_of("individuals", "civilians"), None);
    }
}
