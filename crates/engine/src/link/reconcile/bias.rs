//! How far a speaker's numbers lie from others' for the same thing: parties count their own losses
//! low and their enemy's high.
//!
//! A robust regression on the logarithms of counts: each thing that is counted has a level and
//! rises with the logarithm of time; each kind of claim (so far, or in a day; at least, at most)
//! has a term; and each speaker has a term for each side whose losses are counted, one more for
//! each thing, and one with time. Terms are drawn to nothing unless claims pull them away, those of
//! speakers the more (ridge), and claims far off count less (Huber). What a thing's claims of about
//! that time lie above or below all this, those of the same speaker the more, is added to what is
//! expected: losses do not rise evenly. What remains of a speaker's
//! terms is the speaker's bias against those who speak most of that thing; it says nothing of who
//! is right.

use std::collections::BTreeMap;

use super::super::learn::solve;

/// A number that a speaker gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim<'a> {
    /// What is counted, such as `Tanks-Russia`.
    pub thing: &'a str,
    /// Whose losses these are.
    pub side: &'a str,
    /// Who says so.
    pub speaker: &'a str,
    /// The day, counted from the beginning, from 1.
    pub day: f64,
    /// How it is counted: in all so far, in a day; with which bound.
    pub manner: &'a str,
    /// The number, above nought.
    pub count: f64,
}

/// What speakers' numbers look like.
#[derive(Clone, Debug)]
pub struct Bias {
    places: BTreeMap<String, usize>,
    terms: Vec<f64>,
    /// For each thing and manner the claims, as the terms leave them.
    left: BTreeMap<(String, String), Vec<Left>>,
    with_speakers: bool,
}

/// What the terms leave of a claim.
#[derive(Clone, Debug)]
struct Left {
    day: f64,
    speaker: String,
    off: f64,
}

/// How strongly terms are drawn to nothing: those of things, and all others.
const LOOSE: f64 = 0.05;
const TIGHT: f64 = 0.1;

/// Residuals beyond so many standard deviations count less.
const FAR: f64 = 1.345;

const STEPS: usize = 8;

/// How near in the logarithm of time claims tell of each other, how much more those of the same
/// speaker do, how many claims it takes to be believed, and the most that one can be off.
const NEAR: f64 = 0.1;
const OWN: f64 = 20.0;
const BELIEVED: f64 = 2.0;
const MOST: f64 = 2.0;

impl Bias {
    /// What `claims` teach; without terms for speakers for comparison.
    pub fn of(claims: &[Claim<'_>], with_speakers: bool) -> Self {
        let mut bias = Self {
            places: BTreeMap::new(),
            terms: Vec::new(),
            left: BTreeMap::new(),
            with_speakers,
        };
        let mut pulls = Vec::new();
        let rows: Vec<Vec<(usize, f64)>> = claims
            .iter()
            .map(|claim| {
                let named = bias.named(claim);
                named
                    .into_iter()
                    .map(|(name, value, pull)| {
                        let next = bias.places.len();
                        let place = *bias.places.entry(name).or_insert(next);
                        if place == pulls.len() {
                            pulls.push(pull);
                        }
                        (place, value)
                    })
                    .collect()
            })
            .collect();
        let wanted: Vec<f64> = claims.iter().map(|claim| claim.count.max(1.0).ln()).collect();
        let n = pulls.len();
        let mut weights = vec![1.0; claims.len()];
        bias.terms = vec![0.0; n];
        for _ in 0..STEPS {
            let mut square = vec![0.0; n * n];
            let mut right = vec![0.0; n];
            pulls.iter().enumerate().for_each(|(i, pull)| square[i * n + i] = *pull);
            for ((row, wanted), weight) in rows.iter().zip(&wanted).zip(&weights) {
                for &(i, x) in row {
                    right[i] += weight * x * wanted;
                    for &(j, y) in row {
                        square[i * n + j] += weight * x * y;
                    }
                }
            }
            bias.terms = solve(&square, &right, n);
            let left = |row: &[(usize, f64)], wanted: f64| {
                (wanted - row.iter().map(|&(i, x)| bias.terms[i] * x).sum::<f64>()).abs()
            };
            let off: Vec<f64> = rows.iter().zip(&wanted).map(|(row, &w)| left(row, w)).collect();
            let mut sorted = off.clone();
            sorted.sort_by(f64::total_cmp);
            let spread = sorted.get(sorted.len() / 2).map_or(1.0, |m| m * 1.4826) + 1e-6;
            weights = off.iter().map(|off| (FAR * spread / off.max(1e-9)).min(1.0)).collect();
        }
        for (claim, wanted) in claims.iter().zip(&wanted) {
            let key = (claim.thing.to_owned(), claim.manner.to_owned());
            let off = (wanted - bias.sum(claim, |_| true)).clamp(-MOST, MOST);
            let left = Left { day: since(claim.day), speaker: claim.speaker.to_owned(), off };
            bias.left.entry(key).or_default().push(left);
        }
        bias
    }

    /// The natural logarithm of the number that this speaker would be expected to give.
    pub fn expected(&self, claim: &Claim<'_>) -> f64 {
        self.sum(claim, |_| true) + self.nearby(claim)
    }

    /// By how much the claims of about that time lie off what the terms say.
    fn nearby(&self, claim: &Claim<'_>) -> f64 {
        let key = (claim.thing.to_owned(), claim.manner.to_owned());
        let (mut sum, mut weight) = (0.0, BELIEVED);
        for left in self.left.get(&key).into_iter().flatten() {
            let apart = (left.day - since(claim.day)) / NEAR;
            let is_own = self.with_speakers && left.speaker == claim.speaker;
            let near = (-0.5 * apart * apart).exp() * if is_own { OWN } else { 1.0 };
            sum += near * left.off;
            weight += near;
        }
        sum / weight
    }

    /// By how much this speaker's numbers lie above those of others for the same thing, in natural
    /// logarithms.
    pub fn excess(&self, claim: &Claim<'_>) -> f64 {
        self.sum(claim, |name| name.starts_with("speaker"))
    }

    fn sum(&self, claim: &Claim<'_>, counts: impl Fn(&str) -> bool) -> f64 {
        let term = |name: &String| self.places.get(name).and_then(|&i| self.terms.get(i)).copied();
        self.named(claim)
            .iter()
            .filter(|(name, ..)| counts(name))
            .map(|(name, value, _)| term(name).unwrap_or(0.0) * value)
            .sum()
    }

    /// The terms of a claim: name, value, and how strongly each is drawn to nothing.
    fn named(&self, claim: &Claim<'_>) -> Vec<(String, f64, f64)> {
        let Claim { thing, side, speaker, manner, .. } = claim;
        let day = since(claim.day);
        let mut terms = vec![
            (format!("thing {thing}"), 1.0, LOOSE),
            (format!("thing and day {thing}"), day, LOOSE),
            (format!("thing and day squared {thing}"), day * day / 4.0, LOOSE),
            (format!("manner {manner}"), 1.0, TIGHT),
            (format!("manner and thing {manner} {thing}"), 1.0, TIGHT),
        ];
        if self.with_speakers {
            terms.push((format!("speaker {speaker} of {side}"), 1.0, TIGHT));
            terms.push((format!("speaker {speaker} of thing {thing}"), 1.0, TIGHT));
            terms.push((format!("speaker and day {speaker} of {side}"), day, TIGHT));
        }
        terms
    }
}

/// The logarithm of the time since the beginning.
fn since(day: f64) -> f64 {
    (day.max(0.0) + 1.0).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(speaker: &'static str, day: u32, count: f64) -> Claim<'static> {
        Claim { thing: "tanks-B", side: "B", speaker, day: f64::from(day), manner: "so far", count }
    }

    #[test]
    fn a_speaker_who_says_twice_as_much_has_that_bias() {
        let count = |day: u32| f64::from(10 * day);
        let mut claims: Vec<Claim<'_>> = (1..200).map(|d| claim("A", d, 2.0 * count(d))).collect();
        claims.extend((1..200).step_by(10).map(|d| claim("neutral", d, count(d))));
        let bias = Bias::of(&claims, true);
        let differ =
            bias.expected(&claim("A", 100, 1.0)) - bias.expected(&claim("neutral", 100, 1.0));
        assert!((differ - 2.0_f64.ln()).abs() < 0.1, "{differ}");
        let without = Bias::of(&claims, false);
        let off = without.expected(&claim("neutral", 100, 1.0)) - count(100).ln();
        assert!(off > 0.4, "{off}");
    }

    #[test]
    fn one_wild_claim_moves_little() {
        let count = |day: u32| f64::from(10 * day);
        let mut claims: Vec<Claim<'_>> = (1..100).map(|d| claim("A", d, count(d))).collect();
        claims.push(claim("A", 50, 1e6));
        let expected = Bias::of(&claims, true).expected(&claim("A", 50, 1.0));
        assert!((expected - count(50).ln()).abs() < 0.2, "{expected}");
    }
}
