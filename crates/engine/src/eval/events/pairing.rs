//! Which predicted event is which gold event: one to one, the best total.
//!
//! Two events can be one if their countries are equal and their days are at most a day apart; or
//! if the evidence of the one lies in a sentence of the other's, and neither country nor day
//! contradicts. Among these the most pairs are made, and among the ways to make as many, the one
//! whose events are most alike.

use super::{Article, Bounds, Event};
use crate::eval::assignment;
use crate::eval::events::columns;

/// For each predicted event the gold event that it is, and what else it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing {
    /// For each predicted event the index of its gold event.
    pub gold: Vec<Option<usize>>,
    /// For each predicted event further gold events that it stands for with their joint toll.
    pub joined: Vec<Vec<usize>>,
}

impl Pairing {
    /// The predicted event that stands for gold event `index`, if there is one.
    pub fn predicted(&self, index: usize) -> Option<usize> {
        let of = |n: &usize| self.gold[*n] == Some(index) || self.joined[*n].contains(&index);
        (0..self.gold.len()).find(of)
    }
}

/// Pairs the events of one article.
pub fn pair(gold: &Article, predicted: &Article) -> Pairing {
    let weights: Vec<Vec<Option<i64>>> = predicted
        .events
        .iter()
        .map(|p| gold.events.iter().map(|g| can_be(p, g).then(|| likeness(p, g))).collect())
        .collect();
    let paired = assignment::heaviest(&weights);
    let mut free: Vec<usize> =
        (0..gold.events.len()).filter(|&n| !paired.contains(&Some(n))).collect();
    let mut joined = vec![Vec::new(); paired.len()];
    for (n, p) in predicted.events.iter().enumerate() {
        let Some(g) = paired[n] else { continue };
        joined[n] = joint(p, g, &free, &gold.events);
        free.retain(|f| !joined[n].contains(f));
    }
    Pairing { gold: paired, joined }
}

/// Whether a predicted and a gold event can be one.
pub fn can_be(p: &Event, g: &Event) -> bool {
    let countries = p.country.as_ref().zip(g.country.as_ref()).map(|(p, g)| p == g);
    let days = p.days().zip(g.days()).map(|(p, g)| p.meets_within_a_day(g));
    match (countries, days) {
        (Some(true), Some(true)) => true,
        (Some(false), _) | (_, Some(false)) => false,
        _ => shares_evidence(p, g),
    }
}

/// Whether some words of evidence of the one are within those of the other.
fn shares_evidence(p: &Event, g: &Event) -> bool {
    let normal = |quote: &String| {
        let lower = quote.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        format!(" {} ", words.collect::<Vec<_>>().join(" "))
    };
    let gold: Vec<String> = g.evidence.iter().map(normal).collect();
    let within = |a: &str, b: &str| a.len() > 2 && b.contains(a);
    p.evidence
        .iter()
        .map(normal)
        .any(|quote| gold.iter().any(|g| within(&quote, g) || within(g, &quote)))
}

/// How alike two events are. A pair is worth more than any likeness, so that most pairs are made.
fn likeness(p: &Event, g: &Event) -> i64 {
    let day = p.days().zip(g.days()).is_some_and(|(p, g)| p == g);
    let country = p.country.is_some() && p.country == g.country;
    let killed = g.killed.is_some() && p.killed == g.killed;
    let near = columns::distance_km(p, g).is_some_and(|km| km <= columns::NEAR_KM);
    let points = [
        (day, 4),
        (country, 4),
        (killed, 8),
        (near, 4),
        (shares_evidence(p, g), 8),
        (p.mode == g.mode, 3),
        (p.main == g.main, 2),
    ];
    1000 + points.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum::<i64>()
}

/// The free gold events that `p` stands for beside `g`: co-ordinated attacks of the same country
/// and day that are told as one with their joint toll.
fn joint(p: &Event, g: usize, free: &[usize], events: &[Event]) -> Vec<usize> {
    let (Some(toll), gold) = (p.killed, &events[g]) else { return Vec::new() };
    if gold.killed == Some(toll) {
        return Vec::new();
    }
    let together = |n: &usize| {
        let other = &events[*n];
        other.country.is_some()
            && other.country == gold.country
            && other.days().zip(gold.days()).is_some_and(|(a, b)| a.meets_within_a_day(b))
    };
    let others: Vec<usize> = free.iter().copied().filter(together).take(10).collect();
    let subset = |mask: usize| -> Vec<usize> {
        others.iter().enumerate().filter(|(n, _)| mask >> n & 1 == 1).map(|(_, &o)| o).collect()
    };
    let adds_up = |with: &Vec<usize>| {
        let tolls = std::iter::once(g).chain(with.iter().copied()).map(|n| events[n].killed);
        sum(tolls) == Some(toll)
    };
    (1..1_usize << others.len()).map(subset).find(adds_up).unwrap_or_default()
}

/// The sum of tolls, if each has a low; without a high if one has none.
fn sum(tolls: impl Iterator<Item = Option<Bounds>>) -> Option<Bounds> {
    let mut total = Bounds { low: Some(0), high: Some(0) };
    for toll in tolls {
        let toll = toll?;
        total.low = Some(total.low?.checked_add(toll.low?)?);
        total.high = total.high.zip(toll.high).and_then(|(a, b)| a.checked_add(b));
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::events::tests::{article, event, event_at};

    fn killed(low: u32, high: Option<u32>, event: Event) -> Event {
        Event { killed: Some(Bounds { low: Some(low), high }), ..event }
    }

    fn telling(evidence: &str, event: Event) -> Event {
        Event { evidence: vec![evidence.into()], ..event }
    }

    #[test]
    fn country_and_day_make_a_pair() {
        let gold = event_at(1, "KE", "2019-01-15");
        assert!(can_be(&event_at(1, "KE", "2019-01-16"), &gold));
        assert!(!can_be(&event_at(1, "KE", "2019-01-17"), &gold));
        assert!(!can_be(&event_at(1, "SO", "2019-01-15"), &gold));
    }

    #[test]
    fn evidence_makes_a_pair_unless_country_or_day_contradicts() {
        let gold = telling("A bomb went off in the market", event_at(1, "KE", "2019-01-15"));
        let said = "Police said:  a bomb went off in the market.";
        assert!(can_be(&telling(said, event(1)), &gold));
        assert!(!can_be(&telling("Nothing of the sort.", event(1)), &gold));
        let elsewhere = Event { country: Some("SO".into()), ..telling(said, event(1)) };
        assert!(!can_be(&elsewhere, &gold));
        let later = Event { start: Some("2019-02".parse().unwrap()), ..telling(said, event(1)) };
        assert!(!can_be(&later, &gold));
        assert!(!can_be(&event(1), &event(2)), "nothing known is no match");
    }

    #[test]
    fn evidence_does_not_outweigh_a_contradiction_of_one_side() {
        let gold = telling("A bomb went off.", event_at(1, "KE", "2019-01-15"));
        let day_off = telling("A bomb went off.", event_at(1, "KE", "2019-01-19"));
        assert!(!can_be(&day_off, &gold));
    }

    #[test]
    fn tolls_decide_between_two_of_a_day() {
        let at = |id| event_at(id, "US", "2019-08-03");
        let gold = article(vec![killed(20, Some(20), at(1)), killed(9, Some(9), at(2))]);
        let given = article(vec![killed(9, Some(9), at(1)), killed(20, Some(20), at(2))]);
        assert_eq!(pair(&gold, &given).gold, [Some(1), Some(0)]);
    }

    #[test]
    fn two_sites_told_as_one_with_the_joint_toll_are_both_found() {
        let at = |id| event_at(id, "NZ", "2019-03-15");
        let gold = article(vec![killed(41, Some(41), at(1)), killed(8, Some(8), at(2))]);
        let given = article(vec![killed(49, Some(49), at(1))]);
        let pairing = pair(&gold, &given);
        assert!(pairing.predicted(0).is_some() && pairing.predicted(1).is_some());
        let given = article(vec![killed(41, Some(41), at(1))]);
        assert_eq!(pair(&gold, &given).predicted(1), None, "its own toll is not the joint one");
    }

    #[test]
    fn a_joint_toll_needs_each_part() {
        let at = |id| event_at(id, "NZ", "2019-03-15");
        let gold = article(vec![killed(41, None, at(1)), at(2)]);
        let given = article(vec![killed(49, None, at(1))]);
        assert_eq!(pair(&gold, &given).joined, [Vec::<usize>::new()]);
    }
}
