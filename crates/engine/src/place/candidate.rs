//! What a name could mean, with all that weighing needs to know of it, looked up once.

use crate::Knowledge;
use crate::place::find::Referent;
use crate::place::locate::point;
use crate::place::resolve::country_of;

/// What a name could mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) referent: Referent,
    pub(super) country: u16,
    /// The first-level area that it is, or that it is in.
    pub(super) area: Option<u16>,
    pub(super) point: Option<Point>,
    /// Inhabitants of a place, 0 where not known.
    pub(super) population: u32,
    /// 1 or 2 for an area.
    pub(super) level: u8,
    /// Whether an area is one of the state's own divisions.
    pub(super) formal: bool,
    /// Whether it is a town, and the area that it is in has its name.
    pub(super) seat: bool,
}

impl Candidate {
    /// Nothing for what is in no country.
    pub(super) fn of(referent: Referent, known: &Knowledge) -> Option<Self> {
        let country = country_of(referent, known)?;
        let mut candidate = Self {
            referent,
            country,
            area: None,
            point: point(referent, known).map(|(lat, lon)| Point::new(lat, lon)),
            population: 0,
            level: 0,
            formal: true,
            seat: false,
        };
        match referent {
            Referent::Area(a) => {
                let area = known.geography.areas.get(a as usize)?;
                candidate.level = area.level;
                candidate.formal = area.formal;
                candidate.area = match area.level {
                    1 => Some(a as u16),
                    _ => known.geography.parent(a as u16),
                };
            }
            Referent::Place(p) => {
                let place = known.places.place(p)?;
                candidate.population = place.population;
                candidate.area = place.area;
            }
            Referent::Country(_) | Referent::Site(_) => {}
        }
        Some(candidate)
    }
}

/// A point of which the distance to others is cheap.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    lat: f32,
    lon: f32,
    /// Kilometres of a degree of longitude.
    width: f32,
}

impl Point {
    fn new(lat: f64, lon: f64) -> Self {
        let width = lat.to_radians().cos() * 111.2;
        Self { lat: lat as f32, lon: lon as f32, width: width as f32 }
    }

    /// The square of a degree that it is in.
    pub(super) fn square(self) -> (i16, i16) {
        (self.lat.floor() as i16, self.lon.floor() as i16)
    }

    /// Kilometres as on a plane: good for neighbours, and far stays far.
    pub(super) fn kilometres(self, other: Self) -> f32 {
        let across = (self.lon - other.lon).abs();
        let across = across.min(360.0 - across) * f32::midpoint(self.width, other.width);
        (self.lat - other.lat).abs().mul_add(111.2, 0.0).hypot(across)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_as_far_as_on_the_globe() {
        let km = Point::new(48.86, 2.35).kilometres(Point::new(49.26, 4.03));
        assert!((km - 130.0).abs() < 3.0, "{km}");
        let km = Point::new(-17.0, 179.5).kilometres(Point::new(-17.0, -179.5));
        assert!((km - 106.0).abs() < 3.0, "{km}");
    }
}
