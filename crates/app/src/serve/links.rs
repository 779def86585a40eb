//! Addresses: of our own pages, and whether one that a document names may be a link.

use std::fmt::Write as _;

use url::form_urlencoded::Serializer;

use crate::store::tally::Spot;

/// A page of a list with these parameters; empty ones are left out.
pub(super) fn list(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut query = Serializer::new(String::new());
    for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The page of a country, or of a place in it.
pub(super) fn place(country: &str, place: Option<&str>) -> String {
    let place = place.map_or(String::new(), |place| format!("/{}", encoded(place)));
    format!("/places/{}{place}", encoded(country))
}

/// The page of an actor.
pub(super) fn actor(id: &str) -> String {
    format!("/actors/{}", encoded(id))
}

/// What is known of a spot of the map: its event, the page of its place, or the list of what is near.
pub(super) fn spot(spot: &Spot) -> String {
    match (&spot.event, &spot.country, &spot.place) {
        (Some(event), ..) => format!("/events/{event}"),
        (None, Some(country), Some(town)) => place(country, Some(town)),
        _ => {
            let near = format!("{:.2},{:.2}", spot.lat, spot.lon);
            list("/events", &[("near", &near), ("radius", "15")])
        }
    }
}

/// An address of our own, with the position of the past if one is asked for.
pub(super) fn kept_at(address: &str, at: Option<&str>) -> String {
    let sign = if address.contains('?') { '&' } else { '?' };
    at.map_or_else(|| address.to_owned(), |at| format!("{address}{sign}at={at}"))
}

/// The address, if it is one of the web: what else a document names is shown, and no link.
pub(super) fn outward(url: Option<&str>) -> Option<String> {
    let parsed = url::Url::parse(url?).ok()?;
    matches!(parsed.scheme(), "http" | "https").then(|| parsed.to_string())
}

/// A part of a path: all but letters, digits and `-._~` is written as `%XX`.
fn encoded(part: &str) -> String {
    part.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_addresses_are_encoded() {
        assert_eq!(list("/events", &[("text", "a&b"), ("country", "")]), "/events?text=a%26b");
        assert_eq!(list("/events", &[]), "/events");
        assert_eq!(place("NG", Some("Kano/“x”")), "/places/NG/Kano%2F%E2%80%9Cx%E2%80%9D");
    }

    #[test]
    fn only_the_web_is_linked() {
        assert!(outward(Some("https://gazette.example/a?b=1")).is_some());
        for url in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "news", ""] {
            assert_eq!(outward(Some(url)), None, "{url}");
        }
    }
}
