//! Sentences of our own, and whom they count.

use super::*;
use crate::Knowledge;

fn check(source: &str, expected: &[(Harm, Option<u32>, Option<u32>)]) {
    let known = Knowledge::embedded();
    let text = Text::of(source);
    let mentions = known.matcher.find(&text);
    let found: Vec<_> = tolls(&text, &mentions, &(0..text.tokens.len()))
        .into_iter()
        .filter(|t| !t.part && !t.attackers)
        .map(|t| (t.harm, t.count.low, t.count.high))
        .collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn active_and_passive_words_find_their_numbers() {
    use Harm::{Injured, Killed};
    check(
        "At least 49 people died and dozens were hurt on Friday.",
        &[(Killed, Some(49), None), (Injured, Some(24), None)],
    );
    check(
        "A bomb killed at least 20 people and wounded 81 at the cathedral.",
        &[(Killed, Some(20), None), (Injured, Some(81), Some(81))],
    );
    check(
        "The attack left 49 people dead and 20 more injured.",
        &[(Killed, Some(49), Some(49)), (Injured, Some(20), Some(20))],
    );
    check(
        "Gunmen opened fire, killing 12 and injuring 30.",
        &[(Killed, Some(12), Some(12)), (Injured, Some(30), Some(30))],
    );
    check(
        "The death toll rose to 145 from 133, officials said.",
        &[(Killed, Some(145), Some(145))],
    );
    check("Twenty people, including three children, were killed.", &[(Killed, Some(20), Some(20))]);
    check(
        "A soldier was killed and two others were wounded.",
        &[(Killed, Some(1), Some(1)), (Injured, Some(2), Some(2))],
    );
    check(
        "34 dead, 12 wounded in blast",
        &[(Killed, Some(34), Some(34)), (Injured, Some(12), Some(12))],
    );
    check("Up to 600 people may have been killed on August 24.", &[(Killed, None, Some(600))]);
}

/// What several sentences say of one event.
fn told(source: &str, harm: Harm) -> Option<(&'static str, Option<u32>, Option<u32>)> {
    let known = Knowledge::embedded();
    let text = Text::of(source);
    let mentions = known.matcher.find(&text);
    let within = |s: &crate::text::Sentence| {
        let first = mentions.partition_point(|m| m.first < s.first);
        first..mentions.partition_point(|m| m.first < s.last)
    };
    let found: Vec<_> = text
        .sentences
        .iter()
        .map(|s| (s.first..s.last, &mentions[within(s)]))
        .map(|(tokens, here)| (tokens.clone(), here, tolls(&text, here, &tokens)))
        .collect();
    let told: Vec<_> = found
        .iter()
        .map(|(tokens, mentions, tolls)| Telling { tokens: tokens.clone(), mentions, tolls })
        .collect();
    let settled = settled(&text, &told, harm)?;
    let rule = RULES.iter().find(|r| r.name == settled.rule)?.name;
    Some((rule, settled.value.low, settled.value.high))
}

#[test]
fn each_rule_gives_what_its_example_says() {
    for rule in RULES {
        let (low, high) = rule.bounds;
        let wanted = (low.or(high).is_some()).then_some((rule.name, low, high));
        assert_eq!(told(rule.example, rule.harm), wanted, "{}", rule.example);
    }
}
