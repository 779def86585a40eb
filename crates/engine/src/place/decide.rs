//! Decides all names of a text together: what one means tells what its neighbours mean.
//!
//! First each name is weighed by itself; what is then decided is a witness for the names that are
//! not, and all are weighed again. All mentions of a name mean one place, unless one of them says
//! otherwise ("Paris, Texas").

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::find::{Referent, Toponym};
use super::usage::{chained, is_area_word};
use super::weigh::{Anchor, Beside, Evidence, Link};
use crate::Knowledge;
use crate::fold::fold_phrase;
use crate::text::Text;

/// How often names are weighed again with what was decided.
const ROUNDS: usize = 2;
/// At most so many names are witnesses for others, the most mentioned first.
const WITNESSES: usize = 24;
/// A meaning that is so much better than the next is sure.
const CLEAR: f32 = 2.0;
/// How surely a town speaks of the area that it is in, and a name that may be an area of that.
const TOWN: f32 = 0.4;
const PERHAPS: f32 = 0.5;
/// "X, Y" is a part of the town Y if it is no farther, in kilometres.
const PART: f32 = 60.0;

/// What a mention means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) candidate: Candidate,
    /// How well it fits.
    pub(super) score: f32,
    /// Whether another name stands beside it as places do.
    pub(super) near: bool,
}

/// The names of a text with their meanings.
pub(super) struct Decider {
    mentions: Vec<Mention>,
    names: Vec<Name>,
}

/// A mention of a name.
struct Mention {
    name: usize,
    /// For each meaning of the name what stands beside.
    beside: Vec<Beside>,
    /// Whether another name stands beside it.
    near: bool,
}

/// A name, however often it is mentioned.
#[derive(Default)]
struct Name {
    candidates: Vec<Candidate>,
    /// For each meaning whether some mention says that it is in what follows it.
    chained: Vec<bool>,
    mentions: usize,
}

impl Decider {
    /// Gathers the meanings of `names` and what stands beside each mention.
    pub(super) fn of(text: &Text<'_>, toponyms: &[Toponym], known: &Knowledge) -> Self {
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
                let areas: Vec<_> =
                    candidates.iter().filter(|c| c.level == 1).filter_map(|c| c.area).collect();
                for candidate in candidates.iter_mut().filter(|c| c.level == 0) {
                    candidate.seat = candidate.area.is_some_and(|area| areas.contains(&area));
                }
                let chained = vec![false; candidates.len()];
                names.push(Name { candidates, chained, mentions: 0 });
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
                    Beside { link, called }
                })
                .collect();
            if let Some(name) = names.get_mut(n) {
                name.mentions += 1;
                for (whole, own) in name.chained.iter_mut().zip(&beside) {
                    *whole |= own.link == Link::Chained;
                }
            }
            mentions.push(Mention { name: n, beside, near: after.is_some() || before.is_some() });
        }
        Self { mentions, names }
    }

    /// For each mention what it means, given how much the text speaks of each country.
    pub(super) fn decide(&self, countries: Vec<f32>) -> Vec<Option<Decision>> {
        let mut evidence = Evidence { countries, ..Evidence::default() };
        self.suppose(&mut evidence);
        let mut decided = self.weighed(&evidence);
        for _ in 0..ROUNDS {
            self.learn(&decided, &mut evidence);
            decided = self.weighed(&evidence);
        }
        let decision = |(mention, (best, score, _)): (&Mention, (usize, f32, f32))| {
            let candidate = *self.names.get(mention.name)?.candidates.get(best)?;
            Some(Decision { candidate, score, near: mention.near })
        };
        self.mentions.iter().zip(decided).map(decision).collect()
    }

    /// Before anything is decided: which areas the text may speak of.
    fn suppose(&self, evidence: &mut Evidence) {
        for (n, name) in self.names.iter().enumerate() {
            let only = name.candidates.len() == 1;
            for candidate in name.candidates.iter().filter(|c| c.level == 1) {
                if let Some(area) = candidate.area {
                    let sure = if only { 1.0 } else { PERHAPS };
                    evidence.areas.entry(area).or_default().push((n, sure));
                }
            }
        }
    }

    /// The best meaning of each mention, how well it fits, and how much better than the next.
    fn weighed(&self, evidence: &Evidence) -> Vec<(usize, f32, f32)> {
        self.mentions.iter().map(|mention| self.best(mention, evidence)).collect()
    }

    fn best(&self, mention: &Mention, evidence: &Evidence) -> (usize, f32, f32) {
        let Some(name) = self.names.get(mention.name) else { return (0, 0.0, 0.0) };
        let own = mention.beside.iter().any(|b| b.link == Link::Chained);
        let (mut best, mut score, mut next) = (0, f32::MIN, f32::MIN);
        for (i, (candidate, &beside)) in name.candidates.iter().zip(&mention.beside).enumerate() {
            let elsewhere = name.chained.get(i).copied().unwrap_or(false);
            let link = if !own && elsewhere { Link::Chained } else { beside.link };
            let beside = Beside { link, ..beside };
            let fits = evidence.weigh(candidate, mention.name, beside);
            if fits > score {
                (best, score, next) = (i, fits, score);
            } else {
                next = next.max(fits);
            }
        }
        (best, score, score - next)
    }

    /// Makes what is decided the evidence for the next round.
    fn learn(&self, decided: &[(usize, f32, f32)], evidence: &mut Evidence) {
        evidence.areas.clear();
        evidence.anchors.clear();
        let mut seen = vec![false; self.names.len()];
        let mut witnesses: Vec<(usize, usize, f32)> = Vec::new();
        for (mention, &(best, score, lead)) in self.mentions.iter().zip(decided) {
            let Some(seen) = seen.get_mut(mention.name) else { continue };
            if score > 0.0 && !std::mem::replace(seen, true) {
                witnesses.push((mention.name, best, (lead / CLEAR).clamp(0.0, 1.0)));
            }
        }
        let mentions = |n: usize| self.names.get(n).map_or(0, |name| name.mentions);
        witnesses.sort_by_key(|&(n, _, _)| (std::cmp::Reverse(mentions(n)), n));
        for (n, best, sure) in witnesses.into_iter().take(WITNESSES) {
            let Some(candidate) = self.names.get(n).and_then(|name| name.candidates.get(best))
            else {
                continue;
            };
            let whole = candidate.level == 1;
            if let Some(area) = candidate.area {
                let sure = if whole { sure.max(PERHAPS) } else { TOWN * sure };
                evidence.areas.entry(area).or_default().push((n, sure));
            }
            let country = matches!(candidate.referent, Referent::Country(_));
            if let Some(point) = candidate.point.filter(|_| !whole && !country) {
                evidence.anchors.push(Anchor { name: n, point, sure });
            }
        }
    }
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
