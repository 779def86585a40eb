//! Where the places of a document are: every name that is found, or names that are given.
//!
//! Coding needs the scene of an act only; this is the same resolution for whoever wants all names,
//! such as the evaluation.

use reading::{Document, Span};

use crate::Knowledge;
use crate::fold::fold_phrase;
use crate::place::find::{Referent, Toponym, named, toponyms};
use crate::place::pack::Place;
use crate::place::resolve::{Atlas, Located};
use crate::place::variant::{variants, with_kind};
use crate::text::{Shape, Text};

/// A name of a place and where the place is.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The words.
    pub span: Span,
    /// Degrees north and east, where known.
    pub point: Option<(f64, f64)>,
    /// The place and what it is in, for people: "Palma, Cabo Delgado, MZ".
    pub label: String,
    /// Whether it is an adjective or the name of a people.
    pub demonym: bool,
}

/// All places that a document names, in order.
pub fn places(document: &Document, known: &Knowledge) -> Vec<Placed> {
    let text = Text::of(document.text());
    let names = toponyms(&text, &known.matcher.find(&text), known);
    let atlas = Atlas::of(&text, &names, &[], &text, known);
    let mut found: Vec<_> = atlas.sites.iter().map(|site| placed(site, known)).collect();
    found.extend(names.iter().filter_map(|name| region(name, known)));
    found.sort_by_key(|placed| placed.span.start());
    found
}

/// Where the names at `spans` are, each taken for a place's, in the context of the whole document.
pub fn places_at(document: &Document, spans: &[Span], known: &Knowledge) -> Vec<Option<Placed>> {
    let text = Text::of(document.text());
    let mut names: Vec<Toponym> = toponyms(&text, &known.matcher.find(&text), known);
    names.retain(|name| {
        !spans.iter().any(|s| s.start() < name.span.end() && name.span.start() < s.end())
    });
    names.extend(spans.iter().filter_map(|&span| given(&text, span, known)));
    names.sort_by_key(|name| (name.first, name.last));
    let atlas = Atlas::of(&text, &names, &[], &text, known);
    let regions: Vec<Placed> = names.iter().filter_map(|name| region(name, known)).collect();
    let at = |span: &Span| {
        let site = atlas.sites.iter().find(|site| site.span == *span);
        let region = || regions.iter().find(|region| region.span == *span).cloned();
        site.map(|site| placed(site, known)).or_else(region)
    };
    spans.iter().map(at).collect()
}

/// The name at `span` with all that it could be; nothing if it could be nothing.
fn given(text: &Text<'_>, span: Span, known: &Knowledge) -> Option<Toponym> {
    let words = span.of(text.source);
    let alone = Text::of(words);
    let (mut referents, mut demonym) = (Vec::new(), false);
    let whole = |first, last| first == 0 && last == alone.tokens.len();
    let mentions = known.matcher.find(&alone);
    if let Some(name) =
        mentions.iter().filter(|m| whole(m.first, m.last)).find_map(|m| named(&alone, m))
    {
        demonym = name.demonym;
        referents.extend(name.referents);
    }
    let key = fold_phrase(words);
    let found = known.places.find(&key);
    if let Some(region) = found.as_ref().and_then(|found| found.region) {
        referents = vec![Referent::Place(region)];
    } else {
        referents.extend(all(&key, known));
        demonym |= found.is_some_and(|found| found.demonym);
    }
    if words.ends_with('.') || alone.tokens.iter().all(|t| t.shape == Shape::Upper) {
        referents.extend(known.places.short(&key));
    }
    if referents.is_empty() {
        let other = variants(&key).into_iter().map(|key| all(&key, known));
        referents = other.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
    }
    let first = text.tokens.partition_point(|t| t.end as usize <= span.start());
    let last = text.tokens.partition_point(|t| (t.start as usize) < span.end());
    (!referents.is_empty() && first < last).then_some(Toponym {
        first,
        last,
        span,
        referents,
        demonym,
        weak: false,
        common: false,
        sure: true,
    })
}

/// What the gazetteer has under a key.
fn listed(key: &str, known: &Knowledge) -> Vec<Referent> {
    known.places.find(key).map(|found| found.referents).unwrap_or_default()
}

/// What the gazetteer has under a key, alone or with the kind of area that it may lack.
fn all(key: &str, known: &Knowledge) -> Vec<Referent> {
    let mut found = listed(key, known);
    found.extend(with_kind(key).flat_map(|key| listed(&key, known)));
    found
}

/// A region of no one country, which coding leaves alone: it tells no country and is no scene.
fn region(name: &Toponym, known: &Knowledge) -> Option<Placed> {
    let [Referent::Place(p)] = name.referents[..] else { return None };
    let place = known.places.place(p).filter(Place::is_region)?;
    Some(Placed {
        span: name.span,
        point: Some((place.lat, place.lon)),
        label: place.name.to_owned(),
        demonym: false,
    })
}

fn placed(site: &Located, known: &Knowledge) -> Placed {
    let point = point(site.referent, known);
    let label = label(site, known);
    Placed { span: site.span, point, label, demonym: site.demonym }
}

/// The point that stands for a referent.
pub fn point(referent: Referent, known: &Knowledge) -> Option<(f64, f64)> {
    let geography = &known.geography;
    match referent {
        Referent::Country(c) => geography.countries.get(usize::from(c)).map(|c| (c.lat, c.lon)),
        Referent::Area(a) => geography.areas.get(a as usize).and_then(|a| Some((a.lat?, a.lon?))),
        Referent::Place(p) => known.places.place(p).map(|p| (p.lat, p.lon)),
        Referent::Site(s) => geography.sites.get(s as usize).map(|s| (s.lat, s.lon)),
    }
}

fn label(site: &Located, known: &Knowledge) -> String {
    let geography = &known.geography;
    let country = geography.countries.get(usize::from(site.country));
    let code = country.map_or_else(String::new, |c| String::from_utf8_lossy(&c.code).into_owned());
    let area = |i: usize| geography.areas.get(i).map(|a| a.name.to_owned());
    let parts = match site.referent {
        Referent::Country(_) => [None, None],
        Referent::Area(a) => [area(a as usize), None],
        Referent::Place(p) => {
            let place = known.places.place(p);
            [place.map(|p| p.name.to_owned()), place.and_then(|p| area(usize::from(p.area?)))]
        }
        Referent::Site(s) => [geography.sites.get(s as usize).map(|s| s.name.to_owned()), None],
    };
    parts.into_iter().flatten().chain([code]).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static KNOWN: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);

    fn document(text: &str) -> Document {
        Document::new(None, text.to_owned())
    }

    #[test]
    fn all_names_of_a_document_are_placed() {
        let document = document("The minister flew from Nairobi to Mogadishu on Monday.");
        let labels: Vec<_> = places(&document, &KNOWN).into_iter().map(|p| p.label).collect();
        assert_eq!(labels.len(), 2, "{labels:?}");
        assert!(labels[0].starts_with("Nairobi") && labels[1].ends_with("SO"), "{labels:?}");
    }

    #[test]
    fn a_given_name_is_a_place_even_where_it_would_not_be_believed() {
        let text = "Jackson said so in Mississippi on Monday, and Xyzzy agreed.";
        let spans = [(0, 7), (46, 51)].map(|(start, end)| Span::within(text, start, end).unwrap());
        let [Some(jackson), None] = &places_at(&document(text), &spans, &KNOWN)[..] else {
            panic!("one is known")
        };
        let (lat, lon) = jackson.point.unwrap();
        assert!((lat - 32.3).abs() < 0.5 && (lon + 90.2).abs() < 0.5, "{jackson:?}");
    }
}
