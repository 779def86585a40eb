//! `maverick`: coded reports of electoral violence, several of one event, without their texts.
//!
//! A report has a source; reports of one source are of different events, as reports of one document
//! are. Actors are compared by the ids of the data set, but for those of unknown actors.

use jiff::civil::Date;
use serde::Deserialize;

use super::events::linking::document_of;
use crate::fold::fold_phrase;
use crate::link::{Spot, Telling};
use crate::ontology::{Mode, WeaponSort};
use crate::place::kilometres;
use crate::report::ReportId;
use crate::resolved::{Count, Period, Precision, Scene};

/// A line of the data set, of which other columns are not read.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[expect(missing_docs, reason = "the names are the data set's")]
pub struct Row {
    pub id: String,
    pub event_id: String,
    pub country: String,
    pub date_start: String,
    pub date_end: String,
    pub city: String,
    pub location: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub geo_precision: Option<f64>,
    pub actor1: String,
    pub actor1_id: String,
    pub actor1_violence: String,
    pub actor2: String,
    pub actor2_id: String,
    pub actor2_violence: String,
    pub actor3: String,
    pub actor3_id: String,
    pub deaths_best: Option<f64>,
    pub deaths_low: Option<f64>,
    pub deaths_high: Option<f64>,
    pub injuries_best: Option<f64>,
    pub source: String,
}

impl Row {
    /// What linking compares of it.
    pub fn telling(&self) -> Telling {
        let whole = |n: Option<f64>| n.and_then(whole);
        let day = |text: &str| text.parse::<Date>().ok();
        let when = day(&self.date_start)
            .map(|start| Period { start, end: day(&self.date_end).unwrap_or(start).max(start) });
        let violence = [&self.actor1_violence, &self.actor2_violence];
        let mut telling = Telling {
            when,
            spot: self.spot(),
            mode: violence.iter().find_map(|words| mode(words)).unwrap_or(Mode::Other),
            killed: whole(self.deaths_best).map(|best| Count {
                low: whole(self.deaths_low).or(Some(best)),
                best: Some(best),
                high: whole(self.deaths_high).or(Some(best)),
            }),
            injured: whole(self.injuries_best).map(Count::exactly),
            actors: self.actors(),
            weapons: violence.iter().flat_map(|words| weapons(words)).collect(),
            ..Telling::blank(ReportId::of(&[self.id.as_bytes()]), document_of(&self.source))
        };
        telling.tidy();
        telling
    }

    fn actors(&self) -> Vec<String> {
        let all = [
            (&self.actor1, &self.actor1_id),
            (&self.actor2, &self.actor2_id),
            (&self.actor3, &self.actor3_id),
        ];
        let known = all.into_iter().filter(|(name, id)| {
            !id.is_empty() && !name.is_empty() && !name.starts_with("Unknown")
        });
        known.map(|(_, id)| id.clone()).collect()
    }

    fn spot(&self) -> Option<Spot> {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        let precision = match self.geo_precision {
            Some(p) if p >= 3.0 => Precision::Place,
            Some(p) if p >= 2.0 => Precision::Admin1,
            _ => Precision::Country,
        };
        let scene = Scene {
            country: fold_phrase(&self.country),
            admin1: None,
            place: some(&self.city),
            site: some(&self.location),
            lat: self.latitude,
            lon: self.longitude,
            precision,
        };
        (!self.country.is_empty()).then(|| Spot::of(&scene))
    }
}

/// The plain rule of the literature: the same day, within two kilometres, an actor in common.
pub fn plainly_one(a: &Row, b: &Row) -> bool {
    let at = |row: &Row| row.latitude.zip(row.longitude);
    let near = at(a).zip(at(b)).is_some_and(|(p, q)| kilometres(p, q) <= 2.0);
    let (x, y) = (a.actors(), b.actors());
    a.date_start == b.date_start && near && x.iter().any(|actor| y.contains(actor))
}

/// A number of people.
#[expect(clippy::cast_sign_loss, reason = "it is not below nought")]
fn whole(n: f64) -> Option<u32> {
    (n >= 0.0).then_some(n as u32)
}

fn mode(words: &str) -> Option<Mode> {
    words.split("; ").find_map(|word| match word {
        "Shooting" => Some(Mode::Shooting),
        "Arson" => Some(Mode::Arson),
        "Riot" | "Looting" => Some(Mode::Riot),
        "Stabbing" => Some(Mode::Stabbing),
        "Crowd control measures" => Some(Mode::CrowdDispersal),
        "Abduction" => Some(Mode::Kidnapping),
        _ => None,
    })
}

fn weapons(words: &str) -> Vec<WeaponSort> {
    let sort = |word| match word {
        "Shooting" => Some(WeaponSort::Firearm),
        "Arson" => Some(WeaponSort::Incendiary),
        "Stabbing" => Some(WeaponSort::Blade),
        "Melee" => Some(WeaponSort::Melee),
        _ => None,
    };
    words.split("; ").filter_map(sort).collect()
}
