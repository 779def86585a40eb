//! Which place a name means.
//!
//! Each meaning is weighed (see [`weigh`](super::weigh)), and the best is believed if the name is
//! used as that of a place. A village whose country the story never mentions is not: the gazetteer
//! knows a Moura in Portugal and one in Australia.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use reading::Span;

use crate::Knowledge;
use crate::place::decide::{Decider, Decision};
use crate::place::find::{Referent, Toponym};
use crate::place::hints::{Hint, hints};
use crate::place::usage::is_metonym;
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
    /// The places of the document that its headline names too.
    pub headline: BTreeSet<Referent>,
    /// The names of the headline, by their tokens there.
    pub title: Vec<Located>,
    /// The countries that institutions tell, by the first words that do.
    pub told: Vec<Located>,
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

impl Atlas {
    /// Decides all names of a document. `title` are the names of its headline, `body` is the text
    /// whose institutions tell the country.
    pub fn of(
        text: &Text<'_>,
        names: &[Toponym],
        title: &[Toponym],
        body: &Text<'_>,
        known: &Knowledge,
    ) -> Self {
        let mut votes = vec![0.0_f32; known.geography.countries.len()];
        let told: Vec<(u16, Hint)> = hints(body)
            .into_iter()
            .filter_map(|hint| Some((known.geography.country(hint.code)?, hint)))
            .collect();
        for &(country, hint) in &told {
            votes[usize::from(country)] += hint.weight;
        }
        // A word that may be no place is no witness, nor is a name of many meanings for its own.
        let again = |name: &Toponym| {
            name.referents.len() > 1 && names.iter().any(|own| own.referents == name.referents)
        };
        let doubtful = |name: &Toponym| {
            let mut of = name.referents.iter().filter_map(|&r| country_of(r, known));
            let first = of.next();
            name.weak && of.any(|country| Some(country) != first)
        };
        for name in title.iter().filter(|name| !doubtful(name) && !again(name)) {
            vote(name, 1.5, known, &mut votes);
        }
        let decided = Decider::of(text, names, known).decide(&votes);
        let mut sites: Vec<Located> = Vec::new();
        for (name, decision) in names.iter().zip(decided) {
            let Some(Decision { candidate, score, credible, torn }) = decision else { continue };
            if name.sure && !torn || (score > 0.0 && credible) {
                sites.push(Located {
                    first: name.first,
                    last: name.last,
                    span: name.span,
                    referent: candidate.referent,
                    country: candidate.country,
                    demonym: name.demonym,
                    dateline: text.dateline.contains(&name.first),
                    metonym: is_metonym(text, name, candidate.referent),
                });
            }
        }
        let mut totals = vec![0.0_f32; known.geography.countries.len()];
        for site in &sites {
            totals[usize::from(site.country)] +=
                if site.demonym || site.metonym { 0.4 } else { 1.0 };
        }
        for name in title {
            vote(name, 0.8, known, &mut totals);
        }
        for &(country, hint) in &told {
            totals[usize::from(country)] += hint.weight;
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
        let mut headline = BTreeSet::new();
        for (referent, weight) in &mut weights {
            if title.iter().any(|name| name.referents.contains(referent)) {
                headline.insert(*referent);
                *weight += 3.0;
            }
        }
        let told = told
            .into_iter()
            .filter_map(|(country, hint)| {
                let ((first, last), referent) = (hint.at, Referent::Country(country));
                let span = body.span(first, last)?;
                let (demonym, dateline, metonym) = (false, false, false);
                Some(Located { first, last, span, referent, country, demonym, dateline, metonym })
            })
            .collect();
        Self { sites, countries, weights, headline, title: Vec::new(), told }
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
            Referent::Area(a) if known.geography.level(a) == 2 => 0.3,
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

/// The country of a referent.
pub(crate) fn country_of(referent: Referent, known: &Knowledge) -> Option<u16> {
    match referent {
        Referent::Country(c) => Some(c),
        Referent::Area(a) => known.geography.areas.get(a as usize).map(|a| a.country),
        Referent::Place(p) => known.geography.country_of(known.places.place(p)?.country),
        Referent::Site(s) => known.geography.sites.get(s as usize).map(|s| s.country),
    }
}
