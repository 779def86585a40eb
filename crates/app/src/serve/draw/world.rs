//! The world as dots of land, with a circle for each place where something happened.
//!
//! The land is asked of the borders that the gazetteer has anyway: a dot stands where some area
//! is. So there is no second map to keep, no tile from outside, and a drawing of some kilobytes.
//! The projection is Robinson's, drawn for maps of the whole world; borders of states are left out
//! on purpose, since a dot takes no side.

use std::fmt::Write as _;
use std::sync::OnceLock;

use engine::Knowledge;

use super::{escaped, toll};
use crate::store::tally::Spot;

/// Degrees of longitude between two dots on the equator.
const STEP: f64 = 1.8;
const SOUTH: f64 = -56.0;
const NORTH: f64 = 76.0;
/// How wide the drawing is, in its own units.
const WIDTH: f64 = 1_000.0;
/// What of the width is shown: the middle of the Pacific is not.
const WEST: f64 = 95.0;
const EAST: f64 = 985.0;
/// The radius of a circle for one killed, and of the largest one.
const LEAST_RADIUS: f64 = 4.0;
const MOST_RADIUS: f64 = 28.0;

/// Robinson's table, every five degrees: how long a parallel is, and how far from the equator.
const TABLE: [(f64, f64); 19] = [
    (1.0, 0.0),
    (0.9986, 0.062),
    (0.9954, 0.124),
    (0.99, 0.186),
    (0.9822, 0.248),
    (0.973, 0.31),
    (0.96, 0.372),
    (0.9427, 0.434),
    (0.9216, 0.4958),
    (0.8962, 0.5571),
    (0.8679, 0.6176),
    (0.835, 0.6769),
    (0.7986, 0.7346),
    (0.7597, 0.7903),
    (0.7186, 0.8435),
    (0.6732, 0.8936),
    (0.6213, 0.9394),
    (0.5722, 0.9761),
    (0.5322, 1.0),
];

/// The table at a latitude between its rows.
fn parallel(lat: f64) -> (f64, f64) {
    let at = lat.abs().min(90.0) / 5.0;
    let rows = TABLE.iter().zip(TABLE.iter().skip(1)).zip(0_u8..);
    let below = |&(_, row): &(_, u8)| f64::from(row) <= at;
    let Some(((a, b), row)) = rows.take_while(below).last() else { return TABLE[0] };
    let share = at - f64::from(row);
    (a.0 + (b.0 - a.0) * share, (a.1 + (b.1 - a.1) * share).copysign(lat))
}

/// Height over width of the whole globe in this projection.
const FLATNESS: f64 = 0.5072;

/// A point of the globe as a point of the drawing.
fn project(lat: f64, lon: f64) -> (f64, f64) {
    let (length, height) = parallel(lat);
    let top = parallel(NORTH).1;
    (WIDTH / 2.0 + lon / 180.0 * length * WIDTH / 2.0, (top - height) * FLATNESS * WIDTH / 2.0)
}

fn height() -> f64 {
    project(SOUTH, 0.0).1
}

/// The dots of all land, as one path.
fn land(known: &Knowledge) -> &'static str {
    static LAND: OnceLock<String> = OnceLock::new();
    LAND.get_or_init(|| {
        let step = WIDTH * STEP / 360.0;
        let mut out = String::new();
        for row in 0_u16.. {
            let y = (f64::from(row) + 0.5) * step;
            if y > height() {
                break;
            }
            let lat = latitude(y);
            let (length, _) = parallel(lat);
            for column in 0_u16.. {
                // Every other row is shifted, as bricks are.
                let x = (f64::from(column) + if row % 2 == 0 { 0.25 } else { 0.75 }) * step;
                if x > WIDTH {
                    break;
                }
                let lon = (x - WIDTH / 2.0) * 360.0 / (length * WIDTH);
                if lon.abs() <= 180.0 && known.places.area_at(lat, lon).is_some() {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "M{x:.0} {y:.0}h0");
                }
            }
        }
        out
    })
}

/// The latitude at the height `y` of the drawing.
fn latitude(y: f64) -> f64 {
    let (mut south, mut north) = (SOUTH, NORTH);
    for _ in 0..24 {
        let middle = f64::midpoint(south, north);
        if project(middle, 0.0).1 > y { south = middle } else { north = middle }
    }
    f64::midpoint(south, north)
}

/// A circle of the map.
pub(in crate::serve) struct Circle {
    pub(in crate::serve) lat: f64,
    pub(in crate::serve) lon: f64,
    /// What its area stands for.
    pub(in crate::serve) n: u64,
    /// What it says when it is pointed at.
    pub(in crate::serve) title: String,
    /// Where it leads.
    pub(in crate::serve) href: String,
}

impl Circle {
    /// The circle of a spot.
    pub(in crate::serve) fn of(spot: &Spot, known: &Knowledge, href: String) -> Self {
        let events = spot.tally.events;
        let name = name(spot, known);
        let mut title = format!("{name}: {events} event{}", if events == 1 { "" } else { "s" });
        let killed = toll(&spot.tally);
        if !killed.is_empty() {
            let _ = write!(title, ", {killed} killed");
        }
        Self { lat: spot.lat, lon: spot.lon, n: spot.tally.least, title, href }
    }
}

/// The name of a spot: of its place and its country.
pub(in crate::serve) fn name(spot: &Spot, known: &Knowledge) -> String {
    let country = spot.country.as_deref().map(|code| known.geography.name(code));
    let names: Vec<&str> = [spot.place.as_deref(), country].into_iter().flatten().collect();
    names.join(", ")
}

/// The map with the name `title`.
pub(in crate::serve) fn draw(circles: &[Circle], known: &Knowledge, title: &str) -> String {
    let mut out = format!(
        "<svg class=\"world\" role=\"group\" aria-label=\"{}\" viewBox=\"{WEST} 0 {} {:.0}\">\
         <path class=\"land\" d=\"{}\"/>",
        escaped(title),
        EAST - WEST,
        height(),
        land(known)
    );
    let most = circles.iter().map(|circle| circle.n).max().unwrap_or(1).max(1) as f64;
    // The largest lie below, so that the small ones can be reached.
    let mut order: Vec<&Circle> = circles.iter().collect();
    order.sort_by(|a, b| b.n.cmp(&a.n).then(a.title.cmp(&b.title)));
    for circle in order {
        let (x, y) = project(circle.lat.clamp(SOUTH, NORTH), circle.lon);
        let share = (circle.n as f64 / most).sqrt();
        let radius = LEAST_RADIUS + share * (MOST_RADIUS - LEAST_RADIUS);
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<a href=\"{}\" aria-label=\"{1}\"><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\">\
             <title>{1}</title></circle></a>",
            escaped(&circle.href),
            escaped(&circle.title)
        );
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_globe_fits_the_drawing() {
        for (lat, lon) in [(0.0, -180.0), (0.0, 180.0), (NORTH, 0.0), (SOUTH, 179.0)] {
            let (x, y) = project(lat, lon);
            assert!((0.0..=WIDTH).contains(&x) && (-0.1..=height() + 0.1).contains(&y));
        }
        for lat in [-50.0, 0.0, 33.3, 70.0] {
            assert!((latitude(project(lat, 0.0).1) - lat).abs() < 0.01, "{lat}");
        }
    }

    #[test]
    fn land_is_where_areas_are() {
        let known = Knowledge::embedded();
        let dots = land(&known).matches('M').count();
        assert!((3_000..12_000).contains(&dots), "{dots}");
    }
}
