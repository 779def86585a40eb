//! Attacks that are counted together before each is told by itself: "34 died at the airport and in the
//! metro … fourteen at the airport … twenty in the metro".
//!
//! Sums prove it: where the dead of sentences that each name a scene of their own add up to those of
//! the sentence before them, each of these sentences is an incident.

use super::Incident;
use crate::frame::Frame;
use crate::lexicon::Harm;
use crate::place::kilometres;

/// Scenes nearer to each other are one.
const APART_KM: f64 = 5.0;
/// A list longer than this is of a whole war.
const MOST: usize = 6;

/// The incidents that `incident` is the sum of; itself if it is of none. `place` is where a frame is.
pub(super) fn parted(
    incident: Incident,
    frames: &[Frame],
    place: impl Fn(usize) -> Option<(f64, f64)>,
) -> Vec<Incident> {
    let Some((&all, rest)) = incident.frames.split_first() else { return vec![incident] };
    let parts: Vec<(usize, u32)> =
        rest.iter().filter_map(|&i| Some((i, killed(&frames[i])?))).collect();
    // No number of dead is so large that it cannot be added up, unless somebody makes it up.
    let sum = parts.iter().try_fold(0_u32, |sum, (_, n)| sum.checked_add(*n));
    if !(2..=MOST).contains(&parts.len()) || sum.is_none() || killed(&frames[all]) != sum {
        return vec![incident];
    }
    let places: Option<Vec<(f64, f64)>> = parts.iter().map(|&(i, _)| place(i)).collect();
    let Some(places) = places.filter(|places| are_apart(places)) else { return vec![incident] };
    let mut found: Vec<Incident> = parts
        .iter()
        .zip(places)
        .map(|(&(i, _), point)| Incident {
            frames: vec![all, i],
            sum: Some(all),
            anchor: incident.anchor.map(|anchor| super::Anchor { point: Some(point), ..anchor }),
            ..incident.clone()
        })
        .collect();
    // What else is told belongs to the one told last before it.
    for &i in rest.iter().filter(|&&i| parts.iter().all(|(part, _)| *part != i)) {
        let last = parts.partition_point(|&(part, _)| part < i).saturating_sub(1);
        found[last].frames.push(i);
        found[last].frames.sort_unstable();
    }
    found
}

/// The one number of dead that a frame gives.
fn killed(frame: &Frame) -> Option<u32> {
    let own = |t: &&crate::toll::Toll| {
        t.harm == Harm::Killed && !(t.part || t.attackers || t.aside || t.replaced || t.pointer)
    };
    let mut tolls = frame.tolls.iter().filter(own);
    tolls.next().filter(|_| tolls.next().is_none())?.count.low
}

fn are_apart(places: &[(f64, f64)]) -> bool {
    let pairs =
        places.iter().enumerate().flat_map(|(i, &a)| places[..i].iter().map(move |&b| (a, b)));
    pairs.into_iter().all(|(a, b)| kilometres(a, b) > APART_KM)
}
