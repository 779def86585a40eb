//! Decides all names of a text together: what one means tells what its neighbours mean.
//!
//! Each name begins with how well known its meanings are and what stands beside its mentions. From
//! then on each meaning is as likely as it fits, and what the other names likely mean is evidence
//! for or against it: their countries, their areas, and how near they are. So a text of ten small
//! towns of one county is that county's, though each of them has a greater namesake elsewhere. All
//! mentions of a name mean one place, unless one of them says otherwise ("Paris, Texas").

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::find::{Referent, Toponym};
use super::usage::{Uses, chained, credible, is_area_word};
use super::weigh::{Beside, Evidence, Link, likelihoods, strength};
use crate::Knowledge;
use crate::fold::fold_phrase;
use crate::text::{Case, Text};

/// How often names are weighed again with what the others likely mean.
const ROUNDS: usize = 3;
/// A meaning that is less likely is no witness of what is near.
const LIKELY: f32 = 0.003;
/// How much a name counts as a witness that may be none of a place.
const DOUBTFUL: f32 = 0.1;
/// How surely a town speaks of the area that it is in.
const TOWN: f32 = 0.4;
/// "X, Y" is a part of the town Y if it is no farther, in kilometres.
const PART: f32 = 60.0;

/// What a mention means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) candidate: Candidate,
    /// How well it fits.
    pub(super) score: f32,
    /// Whether it is used as a place's name.
    pub(super) credible: bool,
    /// Whether the text says that it is elsewhere.
    pub(super) torn: bool,
}

/// The names of a text with their meanings.
pub(super) struct Decider {
    mentions: Vec<Mention>,
    names: Vec<Name>,
    /// Whether the text has no case.
    flat: bool,
}

/// A mention of a name.
struct Mention {
    name: usize,
    /// For each meaning of the name what stands beside.
    beside: Vec<Beside>,
    /// Whether it is used as a place's name.
    credible: bool,
}

/// A name, however often it is mentioned.
#[derive(Default)]
struct Name {
    candidates: Vec<Candidate>,
    /// For each meaning the best that stands beside some mention.
    beside: Vec<Beside>,
    /// How likely each meaning is.
    likely: Vec<f32>,
    mentions: usize,
    /// Whether some mention is used as a place's name.
    credible: bool,
}

impl Name {
    /// How much it counts: more mentions, but not so many times more.
    fn weight(&self) -> f32 {
        self.trust() * (1.0 + (self.mentions.max(1) as f32).ln())
    }

    fn trust(&self) -> f32 {
        if self.credible { 1.0 } else { DOUBTFUL }
    }
}

impl Decider {
    /// Gathers the meanings of `names` and what stands beside each mention.
    pub(super) fn of(text: &Text<'_>, toponyms: &[Toponym], known: &Knowledge) -> Self {
        let uses = Uses::of(text, toponyms, known);
        let mut by_key: BTreeMap<(String, usize), usize> = BTreeMap::new();
        let mut names: Vec<Name> = Vec::new();
        let mut of_mention = Vec::with_capacity(toponyms.len());
        for toponym in toponyms {
            let key = (fold_phrase(toponym.span.of(text.source)), toponym.referents.len());
            let next = names.len();
            let n = *by_key.entry(key).or_insert(next);
            if n == next {
                let mut candidates: Vec<_> =
                    toponym.referents.iter().filter_map(|&r| Candidate::of(r, known)).collect();
                let areas: Vec<_> = candidates.iter().filter(|c| c.level == 1).copied().collect();
                let named = fold_phrase(toponym.span.of(text.source));
                for candidate in candidates.iter_mut().filter(|c| c.level == 0) {
                    candidate.seat = areas.iter().any(|area| is_seat(candidate, area))
                        && !is_called_for(candidate, &named, known);
                }
                let beside = vec![Beside::default(); candidates.len()];
                names.push(Name { candidates, beside, ..Name::default() });
            }
            of_mention.push(n);
        }
        let mut mentions = Vec::with_capacity(toponyms.len());
        for (i, toponym) in toponyms.iter().enumerate() {
            let other = |j: usize, end: usize, start: usize| {
                let n = *of_mention.get(j)?;
                chained(text, end, start).then_some(n)
            };
            let after = toponyms.get(i + 1).and_then(|next| other(i + 1, toponym.last, next.first));
            let before =
                i.checked_sub(1).and_then(|j| other(j, toponyms.get(j)?.last, toponym.first));
            let called = is_area_word(text, toponym.last)
                || (toponym.first > 1
                    && text.is(toponym.first - 1, "of")
                    && is_area_word(text, toponym.first - 2));
            let n = of_mention[i];
            let empty = Name::default();
            let (next, last) = (
                after.and_then(|n| names.get(n)).unwrap_or(&empty),
                before.and_then(|n| names.get(n)).unwrap_or(&empty),
            );
            // "the Mozambican town of Palma" is as sure as "Palma, Mozambique".
            let countries =
                last.candidates.iter().all(|c| matches!(c.referent, Referent::Country(_)));
            let states = states(&next.candidates, text.case);
            let own = names.get(n).map_or(&[][..], |name| &name.candidates);
            let beside: Vec<Beside> = own
                .iter()
                .map(|c| {
                    let led = last.candidates.iter().any(|o| o.country == c.country);
                    let link = if next.candidates.iter().any(|other| is_in(c, other)) {
                        Link::Chained
                    } else if led && countries {
                        Link::Led
                    } else if led || next.candidates.iter().any(|o| o.country == c.country) {
                        Link::Beside
                    } else {
                        Link::None
                    };
                    // "Boni in Mali", "Boni in the region of Mopti" is no Bonn, even if that has the name too.
                    let alone = !matches!(c.referent, Referent::Country(_)) && c.level != 1;
                    let torn = alone && states && link == Link::None;
                    Beside { link, called, torn }
                })
                .collect();
            let near = after.is_some() || before.is_some();
            let credible = toponym.sure || credible(text, toponym, near, &uses, known);
            if let Some(name) = names.get_mut(n) {
                name.mentions += 1;
                name.credible |= credible;
                for (whole, own) in name.beside.iter_mut().zip(&beside) {
                    whole.link = whole.link.max(own.link);
                    whole.called |= own.called;
                    whole.torn |= own.torn;
                }
            }
            mentions.push(Mention { name: n, beside, credible });
        }
        Self { mentions, names, flat: text.case == Case::Flat }
    }

    /// For each mention what it means; `countries` is how much the headline speaks of each country.
    pub(super) fn decide(mut self, countries: &[f32]) -> Vec<Option<Decision>> {
        let mut evidence = Evidence::default();
        for round in 0..=ROUNDS {
            for (n, name) in self.names.iter_mut().enumerate() {
                let known = name.candidates.iter().zip(&name.beside);
                let scores: Vec<f32> = known
                    .map(|(candidate, &beside)| match round {
                        0 => Evidence::prior(candidate, beside),
                        _ => evidence.weigh(candidate, n, beside),
                    })
                    .collect();
                name.likely = likelihoods(&scores);
            }
            evidence = self.evidence(countries);
        }
        self.mentions.iter().map(|mention| self.decided(mention, &evidence)).collect()
    }

    /// The best meaning of a mention.
    fn decided(&self, mention: &Mention, evidence: &Evidence) -> Option<Decision> {
        let name = self.names.get(mention.name)?;
        let own = mention.beside.iter().any(|b| b.link == Link::Chained);
        let weighed = name.candidates.iter().zip(&mention.beside).zip(&name.beside).map(
            |((candidate, &beside), elsewhere)| {
                let link = match elsewhere.link {
                    Link::Chained if !own => Link::Chained,
                    _ => beside.link,
                };
                let torn = beside.torn || elsewhere.torn && link == Link::None;
                let beside = Beside { link, torn, ..beside };
                (candidate, evidence.weigh(candidate, mention.name, beside), torn)
            },
        );
        // The first of equals, which is the better known.
        let best = weighed.reduce(|best, next| if next.1 > best.1 { next } else { best });
        let credible = mention.credible;
        best.map(|(&candidate, score, torn)| Decision { candidate, score, credible, torn })
    }

    /// What the likely meanings say for one another.
    fn evidence(&self, countries: &[f32]) -> Evidence {
        let mut evidence = Evidence::of(countries, self.names.len(), self.flat);
        for (n, name) in self.names.iter().enumerate() {
            for (candidate, likely) in name.candidates.iter().zip(&name.likely) {
                let speaks = name.weight() * likely;
                evidence.countries.add(candidate.country, n, speaks * strength(candidate));
                if let Some(area) = candidate.area {
                    let sure = if candidate.level == 1 { 1.0 } else { TOWN };
                    evidence.areas.add(area, n, speaks * sure);
                }
                let wide =
                    candidate.level == 1 || matches!(candidate.referent, Referent::Country(_));
                if let Some(point) = candidate.point.filter(|_| !wide && *likely > LIKELY) {
                    evidence.anchors.add(n, point, likely * name.trust());
                }
            }
        }
        evidence
    }
}

/// Whether a town has the name of what it is in behind its own, "Santa Fe de Antioquia": by that name
/// alone the area is meant.
fn is_called_for(town: &Candidate, named: &str, known: &Knowledge) -> bool {
    let Referent::Place(p) = town.referent else { return false };
    let whole = known.places.place(p).map(|place| fold_phrase(place.name)).unwrap_or_default();
    let own = whole.strip_suffix(named).unwrap_or_default().trim_end();
    ["de", "del", "of"].iter().any(|word| own.ends_with(&format!(" {word}")))
}

/// Whether a town is that of an area of its name: in it, or in its middle as Kyiv in its region.
fn is_seat(town: &Candidate, area: &Candidate) -> bool {
    let near = || town.point.zip(area.point).is_some_and(|(a, b)| a.kilometres(b) <= 2.0 * PART);
    (town.area.is_some() && town.area == area.area) || (town.country == area.country && near())
}

/// Whether a name with these meanings says of which country what stands before it is: a country, or an
/// area of one country only. Without capitals "south-west" may be taken for such an area.
fn states(candidates: &[Candidate], case: Case) -> bool {
    let country = candidates.first().map(|c| c.country);
    let one = || candidates.iter().all(|c| Some(c.country) == country);
    let area = || candidates.iter().any(|c| c.level == 1);
    candidates.iter().any(|c| matches!(c.referent, Referent::Country(_)))
        || case == Case::Mixed && one() && area()
}

/// Whether one meaning may lie in another: what is not known does not contradict.
fn is_in(inner: &Candidate, outer: &Candidate) -> bool {
    if inner.country != outer.country {
        return false;
    }
    let near =
        |most: f32| inner.point.zip(outer.point).is_none_or(|(a, b)| a.kilometres(b) <= most);
    match outer.referent {
        Referent::Country(_) => !matches!(inner.referent, Referent::Country(_)),
        Referent::Area(_) if inner.referent == outer.referent => false,
        Referent::Area(_) if !outer.formal => true,
        Referent::Area(_) => {
            let same = inner.area.is_none() || outer.area.is_none() || inner.area == outer.area;
            inner.level != 1 && same && (outer.level == 1 || near(2.0 * PART))
        }
        Referent::Place(_) | Referent::Site(_) => inner.level != 1 && near(PART),
    }
}
