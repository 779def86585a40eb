//! Which place a name means.
//!
//! A name is first weighed by what the rest of the story says of countries, by what stands beside
//! it (`X, in Y province`), and by how many live there. A village whose country the story never
//! mentions is not believed: the gazetteer knows a Moura in Portugal and one in Australia.

use std::collections::BTreeMap;
use std::ops::Range;

use reading::Span;

use crate::Knowledge;
use crate::place::find::{Referent, Toponym};
use crate::place::usage::{chained, credible, is_area_word, is_metonym};
use crate::text::Text;

/// The places of one document, each name decided.
#[derive(Clone, Debug, Default)]
pub struct Atlas {
    /// In the order of the text.
    pub sites: Vec<Located>,
    /// How much the document speaks of each country, by index, the most first.
    pub countries: Vec<(u16, f32)>,
    /// How much the document and its headline speak of each place.
    pub weights: BTreeMap<Referent, f32>,
}

/// A name whose place is decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// The words.
    pub span: Span,
    /// What it means.
    pub referent: Referent,
    /// Its country.
    pub country: u16,
    /// Whether it is a demonym.
    pub demonym: bool,
    /// Whether it is in the dateline.
    pub dateline: bool,
    /// Whether it speaks or acts rather than being where something is.
    pub metonym: bool,
}

/// What an unmentioned country costs a small place, and what neighbours give.
const CHAIN: f32 = 6.0;
const SAME_COUNTRY: f32 = 2.5;

impl Atlas {
    /// Decides all names of a document. `title` are the names of its headline.
    pub fn of(text: &Text<'_>, names: &[Toponym], title: &[Toponym], known: &Knowledge) -> Self {
        let mut votes = vec![0.0_f32; known.geography.countries.len()];
        for (weight, name) in names.iter().map(|n| (1.0, n)).chain(title.iter().map(|n| (1.5, n))) {
            vote(name, weight, known, &mut votes);
        }
        let mut sites: Vec<Located> = Vec::new();
        for (i, name) in names.iter().enumerate() {
            let after = names.get(i + 1).filter(|next| chained(text, name.last, next.first));
            let before =
                i.checked_sub(1).map(|j| &names[j]).filter(|p| chained(text, p.last, name.first));
            if !name.sure && !credible(text, name, after.is_some() || before.is_some(), known) {
                continue;
            }
            let near = |other: Option<&Toponym>| {
                other.map(|n| n.referents.as_slice()).unwrap_or_default().to_vec()
            };
            let neighbours = (near(after), near(before));
            let best = name
                .referents
                .iter()
                .map(|&r| (r, weigh(r, name, &neighbours, text, &votes, known)))
                .max_by(|a, b| a.1.total_cmp(&b.1));
            let Some((referent, score)) = best else { continue };
            if score <= 0.0 && !name.sure {
                continue;
            }
            let Some(country) = country_of(referent, known) else { continue };
            sites.push(Located {
                first: name.first,
                last: name.last,
                span: name.span,
                referent,
                country,
                demonym: name.demonym,
                dateline: text.dateline.contains(&name.first),
                metonym: is_metonym(text, name, referent),
            });
        }
        let mut totals = vec![0.0_f32; votes.len()];
        for site in &sites {
            totals[usize::from(site.country)] +=
                if site.demonym || site.metonym { 0.4 } else { 1.0 };
        }
        for name in title {
            vote(name, 0.8, known, &mut totals);
        }
        let mut countries: Vec<(u16, f32)> = totals
            .iter()
            .enumerate()
            .filter(|(_, t)| **t > 0.0)
            .map(|(i, &t)| (i as u16, t))
            .collect();
        countries.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut weights = BTreeMap::new();
        for site in sites.iter().filter(|s| !s.demonym && !s.dateline) {
            *weights.entry(site.referent).or_insert(0.0) += if site.metonym { 0.5 } else { 1.0 };
        }
        for (referent, weight) in &mut weights {
            let headlined = title.iter().any(|name| name.referents.contains(referent));
            *weight += if headlined { 3.0 } else { 0.0 };
        }
        Self { sites, countries, weights }
    }

    /// How much the document speaks of the place of `site`.
    pub fn weight(&self, site: &Located) -> f32 {
        self.weights.get(&site.referent).copied().unwrap_or(0.0)
    }

    /// The names in the tokens `range`.
    pub fn within(&self, range: Range<usize>) -> &[Located] {
        let first = self.sites.partition_point(|s| s.first < range.start);
        let last = self.sites.partition_point(|s| s.first < range.end);
        &self.sites[first..last.max(first)]
    }
}

/// Adds what a name says of countries: all of it if it can only be in one.
fn vote(name: &Toponym, weight: f32, known: &Knowledge, votes: &mut [f32]) {
    let mut countries: Vec<(u16, f32)> = Vec::new();
    for &referent in &name.referents {
        let Some(country) = country_of(referent, known) else { continue };
        let strength = match referent {
            Referent::Country(_) => 2.0,
            Referent::Site(_) => 1.5,
            Referent::Area(_) => 1.0,
            Referent::Place(p) => {
                let population = known.places.place(p).map_or(0, |p| p.population);
                if population > 500_000 {
                    1.2
                } else if population > 50_000 {
                    0.5
                } else {
                    0.15
                }
            }
        };
        match countries.iter_mut().find(|(c, _)| *c == country) {
            Some((_, s)) => *s = s.max(strength),
            None => countries.push((country, strength)),
        }
    }
    let total: f32 = countries.iter().map(|(_, s)| s).sum();
    for (country, strength) in countries {
        votes[usize::from(country)] += weight * strength * strength / total;
    }
}

/// How well a referent fits: more than 0 to be believed.
fn weigh(
    referent: Referent,
    name: &Toponym,
    (after, before): &(Vec<Referent>, Vec<Referent>),
    text: &Text<'_>,
    votes: &[f32],
    known: &Knowledge,
) -> f32 {
    let Some(country) = country_of(referent, known) else { return 0.0 };
    let total: f32 = votes.iter().sum::<f32>().max(0.1);
    let share = votes[usize::from(country)] / total;
    let mut score = match referent {
        Referent::Country(_) => 9.0,
        Referent::Site(_) => 8.0,
        Referent::Area(a) => {
            let level = known.geography.areas[a as usize].level;
            let named = is_area_word(text, name.last)
                || (name.first > 1
                    && text.is(name.first - 1, "of")
                    && is_area_word(text, name.first - 2));
            if named {
                8.0
            } else if level == 1 {
                4.2
            } else {
                3.0
            }
        }
        Referent::Place(p) => {
            let population = known.places.place(p).map_or(0, |p| p.population);
            (population as f32 + 300.0).log10()
        }
    };
    let fits = |other: &Referent| match *other {
        Referent::Country(c) => c == country,
        Referent::Area(a) => {
            known.geography.areas[a as usize].country == country && inside(referent, a, known)
        }
        Referent::Place(p) => known
            .places
            .place(p)
            .is_some_and(|p| known.geography.country_of(p.country) == Some(country)),
        Referent::Site(s) => known.geography.sites[s as usize].country == country,
    };
    if after.iter().any(fits) {
        score += CHAIN;
    } else if before.iter().any(fits) {
        // "the Mozambican town of Palma" is as sure as "Palma, Mozambique".
        let named = before.iter().all(|r| matches!(r, Referent::Country(_)));
        score += if named { CHAIN - 1.0 } else { 1.0 };
    }
    score += SAME_COUNTRY * 2.0 * share;
    if let Referent::Place(p) = referent {
        let population = known.places.place(p).map_or(0, |p| p.population);
        // A place that few know needs its country in the story.
        if votes[usize::from(country)] < 0.9 && population < 200_000 && !after.iter().any(fits) {
            score -= 6.0;
        }
    }
    if matches!(referent, Referent::Area(_))
        && votes[usize::from(country)] < 0.9
        && !is_area_word(text, name.last)
    {
        score -= 1.5;
    }
    score
}

/// Whether a referent may lie in area `area`: unknown areas do not contradict.
fn inside(referent: Referent, area: u32, known: &Knowledge) -> bool {
    let Referent::Place(place) = referent else { return true };
    let Some(own) = known.places.place(place).and_then(|p| p.area) else { return true };
    let (own, named) =
        (&known.geography.areas[usize::from(own)], &known.geography.areas[area as usize]);
    !named.formal
        || own.name == named.name
        || named.level == 2
        || u32::from(known.places.place(place).and_then(|p| p.area).unwrap_or(0)) == area
}

/// The country of a referent.
pub(crate) fn country_of(referent: Referent, known: &Knowledge) -> Option<u16> {
    match referent {
        Referent::Country(c) => Some(c),
        Referent::Area(a) => known.geography.areas.get(a as usize).map(|a| a.country),
        Referent::Place(p) => known.geography.country_of(known.places.place(p)?.country),
        Referent::Site(s) => known.geography.sites.get(s as usize).map(|s| s.country),
    }
}
