//! From entities to incidents: one for each kind that the text tells of, with its fillers.
//!
//! Two incidents of one kind in one text are not told apart here; time, place and the grammar
//! between them are the coder's to know.

use serde::Deserialize;

use crate::decode::{Tagged, sigmoid};
use crate::entities::{Entities, FILLERS, log_odds};

/// Features of a kind that all kinds share, before the one that says which it is.
const SHARED: usize = 6;

/// The logistic model of which kinds a text tells of.
#[derive(Debug, Deserialize)]
pub(crate) struct Kinds {
    /// Weights of the shared features, then one for each kind.
    weights: Vec<f32>,
    bias: f32,
}

/// When an entity belongs to an incident of a kind, and when a kind is told.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Rule {
    /// Probability from which on a filler belongs to a kind.
    entity: f32,
    /// Probability from which on a kind is told.
    kind: f32,
    /// Share of the text's opinion in that of a filler.
    mix: f32,
}

/// An incident of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// Number of the kind.
    pub kind: usize,
    /// Probability that the text tells of such an incident.
    pub score: f32,
    /// Places of its fillers in the list of entities.
    pub entities: Vec<usize>,
}

impl Kinds {
    pub(crate) fn fits(&self) -> bool {
        self.weights.len() >= SHARED
    }

    /// The probability of each kind; `fillers` have a score, and for each kind a probability.
    pub(crate) fn told(&self, tagged: &Tagged, fillers: &[(f32, Vec<f32>)]) -> Vec<f32> {
        let most = |values: &mut dyn Iterator<Item = f32>| values.fold(0.0_f32, f32::max);
        let relevance = most(&mut tagged.windows.iter().map(|w| w.relevance));
        let sentence = most(&mut tagged.sentences.iter().map(|s| s.relevance));
        let filler = most(&mut fillers.iter().map(|f| f.0));
        let (shared, biases) = self.weights.split_at(SHARED.min(self.weights.len()));
        let told = |(kind, bias): (usize, &f32)| {
            let of = |kinds: &[f32]| kinds.get(kind).copied().unwrap_or_default();
            let mine = || fillers.iter().map(|(score, kinds)| score * of(kinds));
            let features: [f32; SHARED] = [
                log_odds(most(&mut tagged.windows.iter().map(|w| of(&w.kinds)))),
                log_odds(relevance),
                log_odds(most(&mut mine())),
                (0.1 + mine().sum::<f32>()).ln(),
                log_odds(filler),
                log_odds(sentence),
            ];
            let sum: f32 = shared.iter().zip(features).map(|(w, x)| w * x).sum();
            sigmoid(self.bias + bias + sum)
        };
        biases.iter().enumerate().map(told).collect()
    }
}

/// One incident for each kind that is told; an entity that is of none of them goes to the likeliest.
pub(crate) fn incidents(entities: &Entities, rule: Rule) -> Vec<Incident> {
    let told = entities.kinds.iter().enumerate().filter(|(_, p)| **p >= rule.kind);
    let mut found: Vec<Incident> =
        told.map(|(kind, &score)| Incident { kind, score, entities: Vec::new() }).collect();
    for (number, entity) in entities.list.iter().enumerate().filter(|(_, e)| e.role < FILLERS) {
        let belongs = |incident: &Incident| {
            let own = entity.kinds.get(incident.kind).copied().unwrap_or_default();
            (1.0 - rule.mix) * own + rule.mix * incident.score
        };
        let any = found.iter().any(|i| belongs(i) >= rule.entity);
        let mut best: Option<(usize, f32)> = None;
        for (place, incident) in found.iter().enumerate() {
            let p = belongs(incident);
            if best.is_none_or(|(_, most)| p > most) {
                best = Some((place, p));
            }
        }
        for (place, incident) in found.iter_mut().enumerate() {
            let p = belongs(incident);
            if if any { p >= rule.entity } else { best.is_some_and(|(b, _)| b == place) } {
                incident.entities.push(number);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::Entity;

    const RULE: Rule = Rule { entity: 0.5, kind: 0.4, mix: 0.0 };

    fn entity(role: usize, kinds: &[f32]) -> Entity {
        let (key, kinds) = (String::new(), kinds.to_vec());
        let (traits, mentions) = (Vec::new(), Vec::new());
        Entity { role, key, score: 0.9, margin: 1.0, kinds, traits, mentions }
    }

    fn told(kinds: &[f32], list: &[Entity]) -> Vec<(usize, Vec<usize>)> {
        let entities = Entities { list: list.to_vec(), kinds: kinds.to_vec() };
        incidents(&entities, RULE).into_iter().map(|i| (i.kind, i.entities)).collect()
    }

    #[test]
    fn a_filler_goes_to_every_likely_kind_or_to_the_best() {
        assert_eq!(told(&[0.9; 2], &[entity(0, &[0.6, 0.8])]), [(0, vec![0]), (1, vec![0])]);
        assert_eq!(told(&[0.9; 2], &[entity(0, &[0.1, 0.2])]), [(0, vec![]), (1, vec![0])]);
    }

    #[test]
    fn what_is_not_told_has_no_incident() {
        assert_eq!(told(&[0.8, 0.3], &[entity(1, &[0.1, 0.9])]), [(0, vec![0])]);
        assert_eq!(told(&[0.1; 2], &[entity(1, &[0.6, 0.1])]), []);
    }
}
