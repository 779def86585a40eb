//! Crime within a family, which has no public meaning: "a father killed his two sons".

use std::ops::Range;

use crate::lexicon::{Mention, Role, Sense};
use crate::ontology::Sort;
use crate::text::{Shape, Text};
use crate::toll::{Toll, tolls};

/// Who is of the family of whoever did it; not sisters, whose killing may be for a cause. Sorted.
#[rustfmt::skip]
const KIN: &[&str] = &[
    "baby", "boyfriend", "brother", "brothers", "child", "children", "daughter", "daughters",
    "father", "fiance", "fiancee", "girlfriend", "grandmother", "grandparents", "husband", "infant",
    "lover", "mother", "parents", "partner", "son", "sons", "spouse", "stepdaughter", "stepfather", "stepmother", "stepson",
    "toddler", "twins", "wife",
];
/// Forms of what is done to them. Sorted.
#[rustfmt::skip]
const KILLS: &[&str] = &[
    "bludgeoned", "bludgeoning", "drowned", "drowning", "kill", "killed", "killing", "murder",
    "murdered", "murdering", "murders", "poisoned", "poisoning", "shooting", "shot", "smothered",
    "smothering", "stabbed", "stabbing", "strangled", "strangling", "suffocated",
];
/// Words between the deed and whose kin it was. Sorted.
const BETWEEN: &[&str] =
    &["and", "by", "dead", "death", "fatally", "injured", "of", "to", "wounded"];
/// Who is of no family. Sorted.
const OTHERS: &[&str] =
    &["bystanders", "others", "passers", "people", "pupils", "shoppers", "strangers", "students"];
/// From so many on it was more than a family.
const MANY: u32 = 5;

/// Whether the first sentence of `text` tells of one who kills his own kin: then the others do too,
/// if nothing in them says more.
pub(super) fn is_of_a_family(text: &Text<'_>, mentions: &[Mention<'_>]) -> bool {
    let Some(first) = text.sentences.first() else { return false };
    let tokens = first.first..first.last;
    let here = &mentions[..mentions.partition_point(|m| m.first < tokens.end)];
    // Who is shot is counted, whoever shot.
    let shot = tokens.clone().any(|i| matches!(text.key(i), "shooting" | "shoots" | "shot"));
    let killed = tokens.clone().any(|i| KILLS.binary_search(&text.key(i)).is_ok());
    killed && !shot && is_among_kin(text, tokens.clone(), here, &tolls(text, here, &tokens))
}

/// Whether a sentence tells of one who kills his own kin, and of no gunmen or bands.
pub(super) fn is_among_kin(
    text: &Text<'_>,
    tokens: Range<usize>,
    here: &[Mention<'_>],
    tolls: &[Toll],
) -> bool {
    const REACH: usize = 5;
    let own = |i: usize| matches!(text.key(i), "her" | "his");
    let kin = |i: usize| {
        let end = (i + 1 + REACH).min(tokens.end);
        let named = |j: &usize| KIN.binary_search(&text.key(*j)).is_ok();
        let ends = |j: &usize| text.tokens.get(*j).is_none_or(|t| t.shape == Shape::Mark);
        (i + 1..end).take_while(|j| !ends(j)).any(|j| named(&j))
    };
    let struck = |i: usize| {
        let between = |j: &usize| BETWEEN.binary_search(&text.key(*j)).is_ok();
        let at = (tokens.start..i).rev().find(|j| !between(j));
        at.is_some_and(|j| KILLS.binary_search(&text.key(j)).is_ok())
    };
    let armed = |s: &Sense| {
        matches!(
            s,
            Sense::Person(_, Role::Perpetrator | Role::Force)
                | Sense::Actor(_, Sort::Organisation | Sort::StateForce)
        )
    };
    let others = |i: usize| OTHERS.binary_search(&text.key(i)).is_ok();
    let many = || tolls.iter().any(|t| t.count.low.is_some_and(|n| n >= MANY) && !t.aside);
    // "Police said" so: they did not do it.
    let speaks = |m: &Mention<'_>| matches!(text.key(m.last), "said" | "say" | "says" | "told");
    let band = || here.iter().any(|m| m.senses.iter().any(armed) && !speaks(m));
    // "Man charged with killing wife": headlines leave "his" out.
    let bare = |i: usize| {
        KIN.binary_search(&text.key(i)).is_ok()
            && i.checked_sub(1).is_some_and(|j| KILLS.binary_search(&text.key(j)).is_ok())
            && tokens.start == 0
    };
    let own = tokens.clone().any(|i| own(i) && kin(i) && struck(i) || bare(i));
    own && !tokens.into_iter().any(others) && !many() && !band()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    fn check(sentence: &str) -> bool {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let tokens = 0..text.tokens.len();
        let tolls = tolls(&text, &mentions, &tokens);
        is_among_kin(&text, tokens, &mentions, &tolls)
    }

    #[test]
    fn who_kills_his_own_kin_is_no_attacker() {
        assert!(check("A father killed his two sons and then himself in Oostduin."));
        assert!(check("He was sentenced for strangling his wife in the summer house."));
        assert!(check("She was charged with the murder of her husband."));
        assert!(check("Man charged with killing wife in flat"));
        assert!(check("A man stabbed to death his former partner on Sunday."));
    }

    #[test]
    fn brothers_quarrel_too() {
        assert!(check("A farmer stabbed his brother to death in a quarrel over a field."));
        assert!(check("A man was shot by his brother in a garage, police said."));
        assert!(!check("Gunmen shot dead his brother."));
        assert!(!check("A man shot the judge beside his brother."));
    }

    #[test]
    fn others_may_be() {
        assert!(!check("Gunmen killed the judge and his wife."));
        assert!(!check("Gunmen killed his wife."));
        assert!(!check("A man killed his mother, and then 26 people at a school."));
        assert!(!check("A man killed the mayor in front of his son."));
    }

    #[test]
    fn words_are_in_order() {
        assert!(KIN.is_sorted() && KILLS.is_sorted());
        assert!(BETWEEN.is_sorted() && OTHERS.is_sorted());
    }
}
