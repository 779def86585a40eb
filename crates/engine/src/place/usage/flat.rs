//! Names in text that is all capitals or all small, where case does not tell a town from a word.

use super::{KNOWN, largest};
use crate::Knowledge;
use crate::place::find::Toponym;
use crate::text::Text;

/// A name of fewer letters is an article or an abbreviation.
const SHORTEST: usize = 3;

/// What makes the name before it that of something smaller than a town. Sorted.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "avenue", "battalion", "boulevard", "bridge", "cathedral", "church", "creek", "estate", "farm",
    "hill", "hospital", "hotel", "lake", "ranch", "restaurant", "road", "school", "stream",
    "street", "university", "volcano",
];

/// What makes the name before it that of a body or an office: "the interior minister". Sorted.
const BODIES: &[&str] = &[
    "affairs",
    "brigade",
    "cartel",
    "committee",
    "front",
    "minister",
    "ministers",
    "ministry",
    "movement",
    "newspaper",
    "party",
];

/// What says that a town's name follows. Sorted.
const LEADS: &[&str] = &["city", "municipality", "port", "town", "village"];

/// Whether nothing beside a name in such text makes it another's: a longer name, a person, a word.
pub(super) fn credible(text: &Text<'_>, name: &Toponym, chained: bool, known: &Knowledge) -> bool {
    let is = |i: usize, words: &[&str]| words.binary_search(&text.key(i)).is_ok();
    if name.span.end() - name.span.start() < SHORTEST
        || is(name.last, PARTS)
        || is(name.last, BODIES)
    {
        return false;
    }
    // "San Luis de la Cumbre", "Loma del Norte": a part of a longer name is not that of another town.
    let of = |i: usize| matches!(text.key(i), "de" | "del");
    let article = |i: usize| matches!(text.key(i), "la" | "las" | "los" | "el");
    let before = |back: usize| name.first.checked_sub(back);
    let tail =
        before(1).is_some_and(of) || before(1).is_some_and(article) && before(2).is_some_and(of);
    if of(name.last) || tail {
        return false;
    }
    // "Juan Flores"
    if before(1).is_some_and(|i| known.given.has(text.key(i))) && !chained {
        return false;
    }
    let led = before(1).is_some_and(|i| is(i, LEADS))
        || before(1).is_some_and(|i| text.is(i, "of")) && before(2).is_some_and(|i| is(i, LEADS));
    let given = name.last - name.first == 1 && known.given.has(text.key(name.first));
    !(name.common || given) || chained || led || largest(name, known) > KNOWN
}

#[cfg(test)]
mod tests {
    use crate::Knowledge;
    use crate::ontology::Mode;

    fn place(text: &str) -> Option<String> {
        let document = reading::Document::new(None, text.to_owned());
        let reports = crate::code(&document, &Knowledge::embedded()).reports;
        let report = reports.into_iter().find(|r| r.mode != Mode::Other)?;
        report.scene.and_then(|s| s.value.place)
    }

    #[test]
    fn a_part_of_a_longer_name_is_no_town() {
        let told = |name: &str| {
            format!("SALVADORAN GUERRILLAS KILLED FOUR PEASANTS IN {name} ON 3 MAY, THE ARMY SAID.")
        };
        assert_eq!(place(&told("SAN LUIS DE LA CUMBRE")), None);
        assert_eq!(place(&told("USULUTAN")), Some("Usulut\u{e1}n".to_owned()));
        assert_eq!(place(&told("LA RANURA STREAM")), None);
        assert_eq!(place(&told("WAR")), None);
    }

    #[test]
    fn lists_are_in_order() {
        assert!(super::PARTS.is_sorted() && super::BODIES.is_sorted() && super::LEADS.is_sorted());
    }
}
