//! `plover`: the kind of what a sentence tells, and whose the two parties are.
//!
//! Written from the measure's definition: recall and precision of categories over sentences, and the
//! share of events whose countries are right. What a sentence tells is paired one to one with what
//! is predicted of it, so a prediction counts once.

pub mod codes;
pub mod gold;
pub mod predict;

use codes::Side;
use gold::{Event, Sentence};

use super::assignment;
use super::{Form, Item, Measure, Tally};
use crate::ontology::Kind;

/// What was predicted of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The kind.
    pub kind: Kind,
    /// Who did or said it.
    pub source: Vec<Side>,
    /// To whom.
    pub target: Vec<Side>,
}

/// The categories, the parties, then each category.
pub fn measures() -> Vec<Measure> {
    let form = |name: &str| if name == "category" { Form::F1 } else { Form::Share };
    ["category", "source", "target", "both countries", "category and both"]
        .map(|name| Measure { name, form: form(name) })
        .into_iter()
        .chain(Kind::ALL.iter().map(|kind| Measure { name: kind.as_str(), form: Form::F1 }))
        .collect()
}

/// For each event of the sentence the prediction that it is scored with: those of its kind first,
/// and of these the one with the most sides right.
pub fn pairs(sentence: &Sentence, said: &[Said]) -> Vec<Option<usize>> {
    let weight = |event: &Event, said: &Said| {
        let [source, target] = sides(event, said);
        1 + 10 * i64::from(event.kind == said.kind) + 2 * i64::from(source) + 2 * i64::from(target)
    };
    let weights: Vec<Vec<Option<i64>>> = sentence
        .events
        .iter()
        .map(|event| said.iter().map(|said| Some(weight(event, said))).collect())
        .collect();
    assignment::heaviest(&weights)
}

/// Scores one sentence.
pub fn score(sentence: &Sentence, said: &[Said]) -> Item {
    let mut shares = [Tally::default(); 4];
    let mut wrong = Vec::new();
    let mut hits = vec![false; said.len()];
    let paired: Vec<(&Event, Option<usize>)> =
        sentence.events.iter().zip(pairs(sentence, said)).collect();
    for &(event, pair) in &paired {
        let said = pair.and_then(|n| said.get(n));
        let is_kind = said.is_some_and(|s| s.kind == event.kind);
        let [source, target] = said.map_or([false; 2], |s| sides(event, s));
        let answers = [
            (!event.source.is_empty()).then_some(source),
            (!event.target.is_empty()).then_some(target),
            Some(source && target),
            Some(is_kind && source && target),
        ];
        for (share, answer) in shares.iter_mut().zip(answers) {
            *share += answer.map_or(Tally::default(), Tally::answer);
        }
        if let Some(hit) = pair.and_then(|n| hits.get_mut(n)) {
            *hit = is_kind;
        }
        if !is_kind {
            wrong.push(format!("missed {}", event.kind));
        }
        if said.is_some() && !source {
            wrong.push("wrong source".to_owned());
        }
        if said.is_some() && !target {
            wrong.push("wrong target".to_owned());
        }
    }
    wrong.extend(
        said.iter().zip(&hits).filter(|(_, hit)| !**hit).map(|(s, _)| format!("false {}", s.kind)),
    );
    let of = |kind: Option<Kind>| {
        let given = said.iter().filter(|s| kind.is_none_or(|k| s.kind == k)).count();
        let wanted = sentence.events.iter().filter(|e| kind.is_none_or(|k| e.kind == k)).count();
        let right =
            said.iter().zip(&hits).filter(|(s, hit)| **hit && kind.is_none_or(|k| s.kind == k));
        Tally::of(right.count(), given, wanted)
    };
    let tallies = std::iter::once(of(None))
        .chain(shares)
        .chain(Kind::ALL.iter().map(|&kind| of(Some(kind))))
        .collect();
    Item { id: sentence.id(), tallies, wrong }
}

/// Whether source and target are right: all that is predicted is the gold's, and something is.
///
/// Where the gold has no target, none may be predicted, unless it is one of several sources: two who
/// agree are each other's.
fn sides(event: &Event, said: &Said) -> [bool; 2] {
    let within = |said: &[Side], gold: &[Side]| {
        said.is_empty() == gold.is_empty() && said.iter().all(|side| gold.contains(side))
    };
    let mutual = event.target.is_empty()
        && event.source.len() > 1
        && said.target.iter().all(|side| event.source.contains(side));
    [within(&said.source, &event.source), mutual || within(&said.target, &event.target)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides_of(codes: &str) -> Vec<Side> {
        let side = |c: &str| if c == "IGO" { Side::Bodies } else { Side::Country(c.to_owned()) };
        codes.split_whitespace().map(side).collect()
    }

    fn event(kind: Kind, source: &str, target: &str) -> Event {
        let (source, target) = (sides_of(source), sides_of(target));
        Event { id: "x".to_owned(), kind, source, target }
    }

    fn said(kind: Kind, source: &str, target: &str) -> Said {
        Said { kind, source: sides_of(source), target: sides_of(target) }
    }

    /// The five first tallies.
    fn check(events: Vec<Event>, said: &[Said]) -> Vec<Tally> {
        let sentence = Sentence { text: String::new(), date: None, events };
        score(&sentence, said).tallies[..5].to_vec()
    }

    #[test]
    fn a_prediction_counts_once() {
        let events = vec![event(Kind::Reject, "CI", "SN"), event(Kind::Reject, "CI", "IGO")];
        let tallies = check(events, &[said(Kind::Reject, "CI", "IGO")]);
        assert_eq!(tallies[0], Tally::of(1, 1, 2));
        assert_eq!(tallies[3], Tally::share(1, 2));
    }

    #[test]
    fn sides_are_scored_whatever_the_category() {
        let tallies = check(
            vec![event(Kind::Aid, "US", "HT")],
            &[said(Kind::Agree, "US", "HT"), said(Kind::Threaten, "HT", "US")],
        );
        assert_eq!(tallies[0], Tally::of(0, 2, 1));
        assert_eq!(tallies[1..4], [Tally::answer(true); 3]);
        assert_eq!(tallies[4], Tally::answer(false));
    }

    #[test]
    fn a_side_too_many_is_wrong_and_one_of_several_is_enough() {
        let wide = check(vec![event(Kind::Aid, "US", "HT")], &[said(Kind::Aid, "US FR", "HT")]);
        assert_eq!(wide[1], Tally::answer(false));
        let narrow = check(vec![event(Kind::Aid, "US", "IR LY")], &[said(Kind::Aid, "US", "LY")]);
        assert_eq!(narrow[4], Tally::answer(true));
    }

    #[test]
    fn where_no_target_is_wanted_none_may_be_given_but_to_partners() {
        let lone = check(vec![event(Kind::Retreat, "BA", "")], &[said(Kind::Retreat, "BA", "RS")]);
        assert_eq!(lone[2], Tally::default());
        assert_eq!(lone[3], Tally::answer(false));
        let both = check(vec![event(Kind::Agree, "US JO", "")], &[said(Kind::Agree, "US", "JO")]);
        assert_eq!(both[3], Tally::answer(true));
    }

    #[test]
    fn nothing_said_is_nothing_right() {
        let tallies = check(vec![event(Kind::Agree, "US", "")], &[]);
        assert_eq!(tallies[0], Tally::of(0, 0, 1));
        assert_eq!(tallies[3], Tally::answer(false));
    }

    #[test]
    fn each_kind_has_its_own_tally() {
        let sentence = Sentence {
            text: String::new(),
            date: None,
            events: vec![event(Kind::Fight, "EG", "EG"), event(Kind::Coerce, "EG", "EG")],
        };
        let item = score(&sentence, &[said(Kind::Fight, "EG", "EG"), said(Kind::Aid, "EG", "EG")]);
        let of = |kind: Kind| {
            let n = measures().iter().position(|m| m.name == kind.as_str()).unwrap();
            item.tallies[n]
        };
        assert_eq!(of(Kind::Fight), Tally::of(1, 1, 1));
        assert_eq!(of(Kind::Coerce), Tally::of(0, 0, 1));
        assert_eq!(of(Kind::Aid), Tally::of(0, 1, 0));
        assert_eq!(item.wrong, ["missed COERCE", "false AID"]);
    }
}
