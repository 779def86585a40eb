//! How well a meaning fits a name: one sum of a few weights, all in [`WEIGHTS`].
//!
//! A name is weighed by how well known each of its meanings is, by what stands beside it ("X, in Y
//! province", "X, Ore."), by the countries and areas that the rest of the text speaks of, and by
//! what is near the other places of the text. The unit is a power of ten of inhabitants: a weight
//! of 2 makes up for a town's having a hundredth of the inhabitants of its namesake.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::candidate::{Candidate, Point};
use super::find::Referent;

/// The weights of [`Evidence`].
pub(super) struct Weights {
    /// How well known a country is, as if by inhabitants.
    country: f32,
    /// How well known a listed site is.
    site: f32,
    /// How well known a first-level area is.
    first: f32,
    /// How well known a second-level area is.
    second: f32,
    /// A town that a first-level area is named for: the town is meant more often.
    seat: f32,
    /// An area that its kind stands beside: "Northern province", "the state of Rivers".
    called: f32,
    /// Inhabitants that are added to all places, so that the smallest differ little.
    floor: f32,
    /// The name behind it is what it is in: "X, Ore.".
    chain: f32,
    /// The name before it says its country: "the Mozambican town of X".
    led: f32,
    /// The name before it is in the same country.
    beside: f32,
    /// The share of its country in what the text says of countries.
    share: f32,
    /// The text speaks of the first-level area that it is, or is in.
    area: f32,
    /// Other places of the text are near.
    near: f32,
    /// Kilometres at which nearness is halved.
    reach: f32,
    /// Taken from what is known by name alone, without coordinates.
    nowhere: f32,
    /// Taken from a little place whose country the text does not speak of.
    obscure: f32,
    /// Taken from an area whose country the text does not speak of.
    foreign: f32,
    /// Taken from what is not in the country whose name follows it.
    torn: f32,
    /// How much likelier a meaning is that fits better by one.
    sharp: f32,
}

/// As tuned on one half of the development data of the suite `places`, and checked on the other and
/// on the suites of events.
pub(super) const WEIGHTS: Weights = Weights {
    country: 9.0,
    site: 8.0,
    first: 6.5,
    second: 3.0,
    seat: 2.0,
    called: 8.0,
    floor: 300.0,
    chain: 4.0,
    led: 5.0,
    beside: 1.0,
    share: 4.5,
    area: 2.5,
    near: 3.0,
    reach: 30.0,
    nowhere: 2.0,
    obscure: 6.0,
    foreign: 1.5,
    torn: 12.0,
    sharp: 0.7,
};

/// A country is spoken of from this many votes.
pub(super) const SPOKEN_OF: f32 = 0.9;
/// In text without case: a country is only touched that has less of what is said of countries.
const TOUCHED: f32 = 0.3;
/// A place of fewer inhabitants is little.
const LITTLE: u32 = 200_000;

/// In text without case a greater place is little too.
const LITTLE_IN_CAPITALS: u32 = 500_000;

/// How much a name counts as its own witness: enough where nothing else is said.
const SELF: f32 = 0.1;

/// What stands beside one mention of a name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beside {
    /// How another name beside it bears on this meaning.
    pub(super) link: Link,
    /// A word for a kind of area stands beside it.
    pub(super) called: bool,
    /// The name behind it is a country that this meaning is not in.
    pub(super) torn: bool,
}

/// How another name beside a mention bears on one of its meanings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// Not at all.
    #[default]
    None,
    /// It is in the same country.
    Beside,
    /// It precedes it and is its country.
    Led,
    /// It follows it and is what it is in.
    Chained,
}

/// What the names of a text likely say.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// How much they speak of each country.
    pub(super) countries: Sums,
    /// How much they speak of each first-level area.
    pub(super) areas: Sums,
    /// Where they likely are.
    pub(super) anchors: Anchors,
    /// Whether the text has no case, so that many a name is none: then a country that it only touches
    /// is not where its little towns are.
    pub(super) flat: bool,
}

/// Sums over names, of which each can be left out: a name is not its own witness.
#[derive(Debug, Default)]
pub(super) struct Sums {
    total: BTreeMap<u16, f32>,
    whole: f32,
    own: Vec<BTreeMap<u16, f32>>,
}

impl Sums {
    /// Adds what name number `name` says of `key`.
    pub(super) fn add(&mut self, key: u16, name: usize, value: f32) {
        *self.total.entry(key).or_default() += value;
        self.whole += value;
        if let Some(own) = self.own.get_mut(name) {
            *own.entry(key).or_default() += value;
        }
    }

    fn all(&self, key: u16) -> f32 {
        self.total.get(&key).copied().unwrap_or(0.0)
    }

    /// What all names but one say of `key`.
    fn others(&self, key: u16, name: usize) -> f32 {
        let own = self.own.get(name).and_then(|own| own.get(&key)).copied().unwrap_or(0.0);
        (self.all(key) - own).max(0.0)
    }

    /// The share of `key` in what the names say, of which one hardly counts.
    fn share(&self, key: u16, name: usize) -> f32 {
        let own = self.own.get(name);
        let all: f32 = own.map_or(0.0, |own| own.values().sum());
        let said = own.and_then(|own| own.get(&key)).copied().unwrap_or(0.0);
        let (others, rest) = (self.others(key, name), (self.whole - all).max(0.0));
        (others + SELF * said) / (rest + SELF * all).max(0.01)
    }
}

/// The points of likely meanings, by squares of a degree, so that a point meets its neighbours only.
#[derive(Debug, Default)]
pub(super) struct Anchors(FxHashMap<(i16, i16), Vec<Anchor>>);

/// A place that is likely meant.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    /// Which name of the text it is of: a name is not its own witness.
    name: usize,
    point: Point,
    likely: f32,
}

impl Anchors {
    /// Adds a meaning of name number `name`.
    pub(super) fn add(&mut self, name: usize, point: Point, likely: f32) {
        self.0.entry(point.square()).or_default().push(Anchor { name, point, likely });
    }

    /// How surely some other place of the text is near, at most 1.
    fn near(&self, point: Point, name: usize) -> f32 {
        let (north, east) = point.square();
        let squares = (-1..=1).flat_map(|y| (-1..=1).map(move |x| (north + y, east + x)));
        let anchors = squares.filter_map(|square| self.0.get(&square)).flatten();
        let near = anchors.filter(|anchor| anchor.name != name).map(|anchor| {
            let far = point.kilometres(anchor.point) / WEIGHTS.reach;
            anchor.likely / (1.0 + far * far)
        });
        1.0 - (-near.sum::<f32>()).exp()
    }
}

/// How strongly a meaning speaks of its country.
pub(super) fn strength(candidate: &Candidate) -> f32 {
    match candidate.referent {
        Referent::Country(_) => 2.0,
        Referent::Site(_) => 1.5,
        Referent::Area(_) if candidate.level == 2 => 0.3,
        Referent::Area(_) => 1.0,
        Referent::Place(_) if candidate.population > 500_000 => 1.2,
        Referent::Place(_) if candidate.population > 50_000 => 0.5,
        Referent::Place(_) => 0.15,
    }
}

/// How likely each meaning is, as they fit so well; together 1.
pub(super) fn likelihoods(scores: &[f32]) -> Vec<f32> {
    let best = scores.iter().copied().fold(f32::MIN, f32::max);
    let odds: Vec<f32> =
        scores.iter().map(|score| 10.0_f32.powf(WEIGHTS.sharp * (score - best))).collect();
    let sum: f32 = odds.iter().sum();
    odds.into_iter().map(|odds| odds / sum.max(1.0)).collect()
}

impl Evidence {
    /// What the headline says, for so many names.
    pub(super) fn of(countries: &[f32], names: usize, flat: bool) -> Self {
        let sums = || Sums { own: vec![BTreeMap::new(); names], ..Sums::default() };
        let (countries_of, areas) = (sums(), sums());
        let mut evidence =
            Self { countries: countries_of, areas, anchors: Anchors::default(), flat };
        for (country, &votes) in countries.iter().enumerate().filter(|(_, votes)| **votes > 0.0) {
            evidence.countries.add(country as u16, usize::MAX, votes);
        }
        evidence
    }

    /// How well known a meaning is, and what stands beside it.
    pub(super) fn prior(candidate: &Candidate, beside: Beside) -> f32 {
        let w = &WEIGHTS;
        let mut score = match candidate.referent {
            Referent::Country(_) => w.country,
            Referent::Site(_) => w.site,
            Referent::Area(_) if beside.called => w.called,
            Referent::Area(_) if candidate.level == 1 => w.first,
            Referent::Area(_) => w.second,
            Referent::Place(_) => (candidate.population as f32 + w.floor).log10(),
        };
        score += if candidate.seat { w.seat } else { 0.0 };
        score -= if candidate.point.is_none() { w.nowhere } else { 0.0 };
        score -= if beside.torn { w.torn } else { 0.0 };
        score
            + match beside.link {
                Link::Chained => w.chain,
                Link::Led => w.led,
                Link::Beside => w.beside,
                Link::None => 0.0,
            }
    }

    /// How well `candidate` fits the name number `name`: more than 0 to be believed.
    pub(super) fn weigh(&self, candidate: &Candidate, name: usize, beside: Beside) -> f32 {
        let w = &WEIGHTS;
        let mut score = Self::prior(candidate, beside);
        score += w.share * self.countries.share(candidate.country, name);
        if let Some(area) = candidate.area {
            score += w.area * (1.0 - (-self.areas.others(area, name)).exp());
        }
        score += w.near * candidate.point.map_or(0.0, |point| self.anchors.near(point, name));
        let silent = self.countries.all(candidate.country) < SPOKEN_OF
            || self.flat && self.countries.share(candidate.country, name) < TOUCHED;
        if silent && beside.link != Link::Chained {
            let little = if self.flat { LITTLE_IN_CAPITALS } else { LITTLE };
            score -= match candidate.referent {
                Referent::Place(_) if candidate.population < little => w.obscure,
                Referent::Area(_) if beside.called => 0.0,
                // A word of such text is hardly a province of a country that it does not speak of.
                Referent::Area(_) if self.flat => w.obscure + w.foreign,
                Referent::Area(_) if candidate.level == 2 && candidate.formal => w.obscure,
                Referent::Area(_) => w.foreign,
                _ => 0.0,
            };
        }
        score
    }
}
