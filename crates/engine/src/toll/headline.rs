//! Headlines leave out what sentences have: "Man shot and killed in the park", "Girl shot at party dies".
//!
//! One person without an article or a number is one; whether he lives is said by the gravest word
//! behind him. Headlines that count are read like sentences.
use crate::lexicon::{Form, Harm, Mention, Role, Sense};
use crate::resolved::Count;
use crate::text::Text;

/// How far behind the person the words of harm may stand.
const REACH: usize = 8;
/// Words that are many, though they do not end in "s". Sorted.
const MANY: &[&str] = &["children", "men", "people", "police", "policemen", "troops", "women"];

/// One, if a headline says that one person suffered `harm`.
pub fn one_in_headline(text: &Text<'_>, mentions: &[Mention<'_>], harm: Harm) -> Option<Count> {
    let victim = |m: &&Mention<'_>| {
        let word = text.key(m.last - 1);
        let one = !word.ends_with('s') && MANY.binary_search(&word).is_err();
        let person = |s: &Sense| matches!(s, Sense::Person(_, Role::Victim | Role::Either));
        one && m.senses.iter().any(person)
    };
    let casualty = |m: &Mention<'_>| {
        m.sense(|s| if let Sense::Casualty(harm, form) = s { Some((harm, form)) } else { None })
    };
    let harms: Vec<Harm> = mentions.iter().filter(victim).find_map(|person| {
        let behind = mentions
            .iter()
            .filter(|m| m.first >= person.last && m.first - person.last <= REACH)
            .take_while(|m| !m.senses.iter().any(|s| matches!(s, Sense::Person(..))));
        let suffers = behind.filter_map(casualty).filter(|(_, form)| *form != Form::Active);
        // "Hunter kills woman": the one behind the verb.
        let before = mentions.iter().filter(|m| m.last == person.first).filter_map(casualty);
        let done = before.filter(|(_, form)| *form == Form::Active);
        let found: Vec<Harm> = done.chain(suffers).map(|(harm, _)| harm).collect();
        (!found.is_empty()).then_some(found)
    })?;
    let dead = harms.contains(&Harm::Killed);
    let hurt = harms.iter().any(|h| matches!(h, Harm::Injured | Harm::Struck));
    let said = match harm {
        Harm::Killed => dead,
        Harm::Injured => hurt && !dead,
        _ => false,
    };
    said.then_some(Count::exactly(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    fn check(headline: &str, killed: bool, injured: bool) {
        let known = Knowledge::embedded();
        let text = Text::of(headline);
        let mentions = known.matcher.find(&text);
        let says = |harm| one_in_headline(&text, &mentions, harm).is_some();
        assert_eq!((says(Harm::Killed), says(Harm::Injured)), (killed, injured), "{headline}");
    }

    #[test]
    fn the_gravest_word_behind_one_person_says_what_became_of_them() {
        check("Man shot and killed in Springfield", true, false);
        check("Woman shot, killed near the river; suspect in custody", true, false);
        check("Girl shot at party dies", true, false);
        check("Teen shot in the leg outside a school", false, true);
        check("Hunter kills woman in the woods", true, false);
    }

    #[test]
    fn many_are_not_one() {
        check("Men shot at party", false, false);
        check("Police seek two men", false, false);
    }
}
