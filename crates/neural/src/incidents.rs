//! From entities to incidents: one for each kind that the text tells of, with its fillers.
//!
//! Two incidents of one kind in one text are not told apart here; time, place and the grammar
//! between them are the coder's to know.

use serde::Deserialize;

use crate::decode::Tagged;
use crate::entities::Entity;

/// When an entity belongs to an incident of a kind, and when a kind alone makes one.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Rule {
    /// Probability from which on a filler belongs to a kind.
    entity: f32,
    /// Probability of the windows from which on a kind without fillers is told.
    kind: f32,
    /// Share of the windows' opinion in that of a filler.
    mix: f32,
}

/// An incident of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// Number of the kind.
    pub kind: usize,
    /// Probability that the text tells of such an incident, as its windows say.
    pub score: f32,
    /// Places of its fillers in the list of entities.
    pub entities: Vec<usize>,
}

/// `fillers` roles make an incident; entities of later roles only describe.
pub(crate) fn incidents(
    tagged: &Tagged,
    entities: &[Entity],
    kinds: usize,
    fillers: usize,
    rule: Rule,
) -> Vec<Incident> {
    let most = |values: &mut dyn Iterator<Item = f32>| values.fold(0.0_f32, f32::max);
    let relevance = most(&mut tagged.windows.iter().map(|w| w.relevance));
    let mut found: Vec<Incident> = (0..kinds)
        .map(|kind| {
            let windows = tagged.windows.iter().filter_map(|w| w.kinds.get(kind).copied());
            Incident { kind, score: most(&mut windows.into_iter()), entities: Vec::new() }
        })
        .collect();
    let mut told = vec![false; kinds];
    for (number, entity) in entities.iter().enumerate() {
        let mixed: Vec<f32> = entity
            .kinds
            .iter()
            .zip(&found)
            .map(|(own, whole)| (1.0 - rule.mix) * own + rule.mix * whole.score)
            .collect();
        let best = (0..mixed.len()).reduce(|a, b| if mixed[b] > mixed[a] { b } else { a });
        let any = mixed.iter().any(|p| *p >= rule.entity);
        for (kind, p) in mixed.iter().enumerate() {
            let belongs = if any { *p >= rule.entity } else { Some(kind) == best };
            if let Some(incident) = found.get_mut(kind).filter(|_| belongs) {
                incident.entities.push(number);
                if let Some(told) = told.get_mut(kind).filter(|_| entity.role < fillers) {
                    *told = true;
                }
            }
        }
    }
    let alone = |score: f32| score >= rule.kind && relevance >= rule.kind;
    found.retain(|i| told.get(i.kind) == Some(&true) || alone(i.score));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::TaggedWindow;

    const RULE: Rule = Rule { entity: 0.5, kind: 0.7, mix: 0.0 };

    fn entity(role: usize, kinds: &[f32]) -> Entity {
        let (key, kinds) = (String::new(), kinds.to_vec());
        Entity { role, key, score: 0.9, margin: 1.0, kinds, mentions: Vec::new() }
    }

    fn told(kinds: &[f32], entities: &[Entity]) -> Vec<(usize, Vec<usize>)> {
        let window = TaggedWindow { start: 0, end: 9, relevance: 0.9, kinds: kinds.to_vec() };
        let tagged = Tagged { windows: vec![window], ..Tagged::default() };
        let found = incidents(&tagged, entities, 2, 1, RULE);
        found.into_iter().map(|i| (i.kind, i.entities)).collect()
    }

    #[test]
    fn a_filler_goes_to_every_likely_kind_or_to_the_best() {
        assert_eq!(told(&[0.0; 2], &[entity(0, &[0.6, 0.8])]), [(0, vec![0]), (1, vec![0])]);
        assert_eq!(told(&[0.0; 2], &[entity(0, &[0.1, 0.2])]), [(1, vec![0])]);
    }

    #[test]
    fn a_kind_without_fillers_needs_a_sure_window() {
        assert_eq!(told(&[0.8, 0.6], &[]), [(0, vec![])]);
        assert_eq!(told(&[0.0; 2], &[entity(1, &[0.6, 0.1])]), []);
    }
}
