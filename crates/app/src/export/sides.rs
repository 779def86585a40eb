//! What the columns of other codebooks have in common: two sides, a place, days, those who tell.
//!
//! Others have one actor a side. Ours is the first of each; the rest are in our own form. A person
//! is never named: of parties that are no organisation only the sort is said.

use engine::resolved::Precision;
use serde_json::{Value, json};

use super::columns::Row;
use crate::store::around::{Party, Telling};
use crate::store::search::Line;

/// One side of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Side<'a> {
    /// What it is called, if that names no person.
    pub(super) name: Option<String>,
    /// The words of a text, for organisations.
    pub(super) raw: Option<&'a str>,
    pub(super) sort: &'a str,
    /// ISO 3166-1 alpha-2, if what is known has one country for it.
    pub(super) country: Option<&'a str>,
}

impl<'a> Side<'a> {
    fn of(party: &'a Party, row: &Row<'a>) -> Self {
        let known = party.actor.as_deref().and_then(|id| row.known.actors.find(id));
        let is_body = matches!(
            party.sort.as_str(),
            "organisation" | "state_force" | "government" | "political" | "international"
        );
        let raw = (is_body || known.is_some()).then_some(party.name.as_str());
        let sort = match party.sort.as_str() {
            "individuals" | "other" => None,
            sort => Some(capital(&sort.replace('_', " "))),
        };
        let name = known.map(|actor| actor.name.to_owned()).or(raw.map(str::to_owned)).or(sort);
        let country = known.and_then(|actor| match actor.countries.as_slice() {
            &[one] => Some(one),
            _ => None,
        });
        Self { name, raw, sort: &party.sort, country }
    }

    pub(super) fn is_state(&self) -> bool {
        matches!(self.sort, "state_force" | "government" | "military" | "police")
    }

    pub(super) fn is_organisation(&self) -> bool {
        matches!(self.sort, "organisation" | "combatants")
    }

    pub(super) fn is_civilian(&self) -> bool {
        matches!(self.sort, "civilians" | "religious" | "media" | "business")
    }
}

/// The side that did it.
pub(super) fn first<'a>(row: &Row<'a>) -> Option<Side<'a>> {
    row.around?.parties(true).next().map(|party| Side::of(party, row))
}

/// The side that it was done to: in a fight the other one that did it, if it is told so.
pub(super) fn second<'a>(row: &Row<'a>) -> Option<Side<'a>> {
    let around = row.around?;
    let other = around.parties(true).nth(1).filter(|_| row.line.kind == "FIGHT");
    other.or_else(|| around.parties(false).next()).map(|party| Side::of(party, row))
}

/// The country by name.
pub(super) fn country<'a>(row: &Row<'a>) -> Option<&'a str> {
    row.line.country.as_deref().map(|code| row.known.geography.name(code))
}

/// How exact the place is, as UCDP counts it.
pub(super) fn precision(row: &Row<'_>) -> Option<u8> {
    row.around?.precision().map(|precision| match precision {
        Precision::Site | Precision::Place => 1,
        Precision::Near => 2,
        Precision::Admin2 => 3,
        Precision::Admin1 => 4,
        Precision::Country => 6,
    })
}

/// How many days it may have been on.
pub(super) fn days(line: &Line) -> Option<i32> {
    let day = |day: &Option<String>| day.as_deref()?.parse::<jiff::civil::Date>().ok();
    Some((day(&line.last_day)? - day(&line.first_day)?).get_days() + 1)
}

/// The year, if all days are of one.
pub(super) fn year(line: &Line) -> Option<i16> {
    let year = |day: &Option<String>| day.as_deref()?.get(..4)?.parse::<i16>().ok();
    year(&line.first_day).filter(|first| year(&line.last_day) == Some(*first))
}

/// What each document gives, once each, with semicolons between.
pub(super) fn told(row: &Row<'_>, of: fn(&Telling) -> Option<&str>) -> Value {
    let mut all: Vec<&str> = Vec::new();
    for value in row.around.iter().flat_map(|around| around.tellings.iter().filter_map(of)) {
        if !all.contains(&value) {
            all.push(value);
        }
    }
    if all.is_empty() { Value::Null } else { json!(all.join("; ")) }
}

/// The number killed as one: that which is given, else no fewer.
pub(super) fn killed(line: &Line) -> Option<u32> {
    line.killed[1].or(line.killed[0])
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples::line;

    #[test]
    fn a_period_has_so_many_days_and_perhaps_one_year() {
        assert_eq!((days(&line()), year(&line())), (Some(31), Some(2024)));
        let turn = Line { last_day: Some("2025-01-02".into()), ..line() };
        assert_eq!(year(&turn), None);
        assert_eq!(days(&Line { first_day: None, ..line() }), None);
    }
}
