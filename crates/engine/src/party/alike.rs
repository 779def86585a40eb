//! Which targets of a report are one: a name and a part of it, a description said again.

use crate::fold::fold;
use crate::ontology::{Effect, Sort};
use crate::party::share::SomeOf;
use crate::report::Target;
use crate::text::Text;
use crate::toll::is_singular;

/// Adds a target, or what it says to one that is the same.
pub(super) fn add(text: &Text<'_>, found: &mut Vec<Target>, new: Target) {
    if let Some(attacked) = found.iter_mut().find(|old| is_meant(text, old, &new)) {
        (attacked.number, attacked.effect) = (new.number, new.effect);
        return;
    }
    if let Some(old) = found.iter_mut().find(|old| is_that_building(text, old, &new)) {
        old.effect = old.effect.or(new.effect);
        return;
    }
    let Some(old) = found.iter_mut().find(|old| same(text, old, &new)) else {
        found.push(new);
        return;
    };
    // The fullest name, the first description, the gravest harm.
    if new.named && (!old.named || length(text, &new) > length(text, old)) {
        let described = old.description.or(if old.named { None } else { Some(old.name) });
        (old.name, old.named) = (new.name, true);
        old.description = described.or(new.description);
        old.number = new.number;
    } else if old.named {
        let other = if new.named { new.description } else { Some(new.name) };
        old.description = old.description.or(other);
    }
    if old.sort == Sort::Civilians {
        old.sort = new.sort;
    }
    old.number = old.number.or(new.number);
    old.nation = old.nation.take().or(new.nation);
    old.effect = [old.effect, new.effect].into_iter().flatten().min_by_key(|e| gravity(*e));
}

/// Says of those told of before what was done to some of them: "shot at pilgrims and killed seven of
/// them", "two clerks were attacked. Both were killed".
pub(super) fn add_some(text: &Text<'_>, found: &mut Vec<Target>, some: SomeOf) {
    let SomeOf { who, number, effect } = some;
    let old = match &who {
        Some(who) => found.iter_mut().find(|old| same(text, old, who)),
        // Two of two, or some of those whose number nobody gave.
        None => found.iter_mut().rev().find(|old| {
            let name = old.name.of(text.source).to_lowercase();
            let fits = old.number.is_none() || old.number == number;
            old.person
                && !old.named
                && fits
                && !is_singular(name.split(' ').next_back().unwrap_or(""))
        }),
    };
    match (old, who) {
        (Some(old), _) if old.effect.is_none() => {
            (old.number, old.effect) = (number.or(old.number), Some(effect));
        }
        (None, Some(who)) => found.push(Target { number, effect: Some(effect), ..who }),
        _ => {}
    }
}

/// Whether those who are only "people" are those told of before as attacked: "shot at guests of a
/// wedding", "fifteen people were killed".
fn is_meant(text: &Text<'_>, old: &Target, new: &Target) -> bool {
    let words = |target: &Target| -> Vec<String> {
        target.name.of(text.source).split_whitespace().map(fold).collect()
    };
    let (first, second) = (words(old), words(new));
    let anybody = |words: &[String]| matches!(head(words), "people" | "persons");
    let many = |words: &[String]| head(words).ends_with('s') || head(words).ends_with("men");
    let harmed = new.effect.is_some_and(|e| e != Effect::None) && new.number.is_some();
    let attacked = old.person && !old.named && old.number.is_none() && old.effect.is_none();
    attacked && harmed && new.person && anybody(&second) && !anybody(&first) && many(&first)
}

/// Whether "the building" is the one told of before: "a bomb at the bank damaged the building".
fn is_that_building(text: &Text<'_>, old: &Target, new: &Target) -> bool {
    const BUILDINGS: &[&str] = &["building", "facility", "premises", "property", "structure"];
    let words = new.name.of(text.source);
    let start = new.name.start();
    let before = start.checked_sub("the ".len()).and_then(|from| text.source.get(from..start));
    let the = before.is_some_and(|word| word.eq_ignore_ascii_case("the "));
    let thing = |target: &Target| !target.person && !target.named;
    thing(old) && thing(new) && the && BUILDINGS.contains(&fold(words).as_str())
}

fn length(text: &Text<'_>, target: &Target) -> usize {
    target.name.of(text.source).split_whitespace().count()
}

/// The gravest first.
fn gravity(effect: Effect) -> u8 {
    match effect {
        Effect::Killed => 0,
        Effect::Destroyed => 1,
        Effect::Abducted => 2,
        Effect::Injured => 3,
        Effect::Damaged => 4,
        Effect::None => 5,
    }
}

/// Whether two targets are one: names that share words, descriptions with the same head.
fn same(text: &Text<'_>, a: &Target, b: &Target) -> bool {
    let words = |target: &Target| -> Vec<String> {
        target.name.of(text.source).split_whitespace().map(|w| fold(w.trim_matches(','))).collect()
    };
    let (first, second) = (words(a), words(b));
    match (a.named, b.named) {
        (true, true) => {
            let (short, long) =
                if first.len() <= second.len() { (&first, &second) } else { (&second, &first) };
            short.iter().all(|w| long.contains(w))
        }
        (false, false) => a.person == b.person && head(&first) == head(&second),
        _ => {
            let (named, plain) = if a.named { (a, &second) } else { (b, &first) };
            let described = named.description.map(|d| {
                let of = d.of(text.source).split_whitespace().map(fold).collect::<Vec<_>>();
                head(&of).to_owned()
            });
            a.person == b.person && described.is_some_and(|d| d == head(plain))
        }
    }
}

/// The last word before the first "of".
fn head(words: &[String]) -> &str {
    let end = words.iter().position(|w| w == "of").unwrap_or(words.len());
    end.checked_sub(1).and_then(|i| words.get(i)).map_or("", String::as_str)
}
