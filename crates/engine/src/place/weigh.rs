//! How well a meaning fits a name: one sum of a few weights, all in [`WEIGHTS`].
//!
//! A name is weighed by how well known each of its meanings is, by what stands beside it ("X, in Y
//! province", "X, Ore."), by the countries and areas that the rest of the text speaks of, and by
//! what is near the other places of the text. The unit is a power of ten of inhabitants: a weight
//! of 2 makes up for a town's having a hundredth of the inhabitants of its namesake.

use std::collections::BTreeMap;

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
}

/// As tuned on the development data of the suites `places`, `wikinews`, `modern` and `demo`.
pub(super) const WEIGHTS: Weights = Weights {
    country: 9.0,
    site: 8.0,
    first: 6.0,
    second: 2.5,
    seat: 1.5,
    called: 8.0,
    floor: 300.0,
    chain: 6.0,
    led: 5.0,
    beside: 1.0,
    share: 5.0,
    area: 2.5,
    near: 3.0,
    reach: 60.0,
    nowhere: 2.0,
    obscure: 6.0,
    foreign: 1.5,
};

/// A country is spoken of from this many votes.
pub(super) const SPOKEN_OF: f32 = 0.9;
/// A place of fewer inhabitants is little.
const LITTLE: u32 = 200_000;

/// What stands beside one mention of a name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beside {
    /// How another name beside it bears on this meaning.
    pub(super) link: Link,
    /// A word for a kind of area stands beside it.
    pub(super) called: bool,
}

/// How another name beside a mention bears on one of its meanings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// What the whole text says.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// How much it speaks of each country.
    pub(super) countries: Vec<f32>,
    /// By first-level area, which names speak of it and how surely, at most 1.
    pub(super) areas: BTreeMap<u16, Vec<(usize, f32)>>,
    /// Places that are decided, and how surely.
    pub(super) anchors: Vec<Anchor>,
}

/// A place that is decided.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// Which name of the text it is of: a name is not its own witness.
    pub(super) name: usize,
    pub(super) point: Point,
    /// At most 1.
    pub(super) sure: f32,
}

impl Evidence {
    /// How well `candidate` fits the name number `name`: more than 0 to be believed.
    pub(super) fn weigh(&self, candidate: &Candidate, name: usize, beside: Beside) -> f32 {
        let w = &WEIGHTS;
        let votes = self.votes(candidate.country);
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
        score += match beside.link {
            Link::Chained => w.chain,
            Link::Led => w.led,
            Link::Beside => w.beside,
            Link::None => 0.0,
        };
        score += w.share * votes / self.countries.iter().sum::<f32>().max(0.1);
        if let Some(area) = candidate.area {
            score += w.area * self.named(area, name);
        }
        score += w.near * self.nearness(candidate, name);
        if votes < SPOKEN_OF && beside.link != Link::Chained {
            score -= match candidate.referent {
                Referent::Place(_) if candidate.population < LITTLE => w.obscure,
                Referent::Area(_) if beside.called => 0.0,
                Referent::Area(_) if candidate.level == 2 && candidate.formal => w.obscure,
                Referent::Area(_) => w.foreign,
                _ => 0.0,
            };
        }
        score
    }

    fn votes(&self, country: u16) -> f32 {
        self.countries.get(usize::from(country)).copied().unwrap_or(0.0)
    }

    /// How surely another name speaks of the area, at most 1.
    fn named(&self, area: u16, name: usize) -> f32 {
        let names = self.areas.get(&area).into_iter().flatten();
        1.0 - names.filter(|(n, _)| *n != name).fold(1.0, |not, (_, sure)| not * (1.0 - sure))
    }

    /// How surely some other place of the text is near, at most 1.
    fn nearness(&self, candidate: &Candidate, name: usize) -> f32 {
        let Some(point) = candidate.point else { return 0.0 };
        let lonely = self.anchors.iter().filter(|a| a.name != name).fold(1.0, |lonely, anchor| {
            let far = point.kilometres(anchor.point) / WEIGHTS.reach;
            lonely * (1.0 - anchor.sure / (1.0 + far * far))
        });
        1.0 - lonely
    }
}
