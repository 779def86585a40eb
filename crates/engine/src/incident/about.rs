//! Which incident the headline tells: the one whose dead it counts, else the one whose town it names.
//!
//! News of an inquiry or of a trial is about an old attack; what happened since is told beside it. A
//! headline that looks back on a day of remembrance tells no news of it.

use super::Incident;
use crate::frame::Frame;
use crate::lexicon::{Mention, Sense};
use crate::text::{Shape, Text};
use crate::toll::Toll;

/// Words of headlines that remember. Sorted.
const REMEMBERS: &[&str] = &[
    "anniversary",
    "commemorates",
    "marks",
    "memorial",
    "mourners",
    "mourns",
    "remembered",
    "remembers",
    "since",
    "years",
];
/// In how many of its first sentences news says what it is about.
const OPENING: usize = 2;

/// The incident that the headline tells, if it tells one more plainly than `main` and that one is told
/// at once.
pub fn told_by_headline(
    (title, mentions, tolls): (&Text<'_>, &[Mention<'_>], &[Toll]),
    text: &Text<'_>,
    incidents: &[Incident],
    frames: &[Frame],
    main: Option<usize>,
) -> Option<usize> {
    let remembers = |i: usize| REMEMBERS.binary_search(&title.key(i)).is_ok();
    if incidents.len() < 2 || (0..title.tokens.len()).any(remembers) {
        return main;
    }
    let names = names(title, mentions);
    let weigh = |incident: &Incident| {
        let told = || incident.frames.iter().filter_map(|&i| frames.get(i));
        let counts = told().any(|f| f.tolls.iter().any(|t| tolls.iter().any(|of| is_same(of, t))));
        let named =
            |f: &Frame| f.tokens.clone().any(|i| names.iter().any(|name| text.key(i) == *name));
        u8::from(counts) * 2 + u8::from(told().any(named))
    };
    let early = |incident: &Incident| {
        let mut told = incident.frames.iter().filter_map(|&i| frames.get(i));
        let past = |f: &Frame| f.remembered || f.behind;
        told.next().is_some_and(|f| f.sentence < OPENING && !past(f))
    };
    let ours = main.and_then(|i| incidents.get(i)).map_or(0, weigh);
    incidents.iter().position(|incident| weigh(incident) > ours && early(incident)).or(main)
}

/// Whether a count of the headline is that of the text: "more than 1,000" of 1,013.
fn is_same(headline: &Toll, told: &Toll) -> bool {
    let (Some(about), Some(exact)) = (headline.count.low, told.count.low) else { return false };
    let open = headline.count.high.is_none();
    let near = open && about <= exact && exact - about <= about / 10;
    headline.harm == told.harm && (about == exact || near) && !told.aside && !told.attackers
}

/// The names of places in the headline, a word each.
fn names<'t>(title: &'t Text<'_>, mentions: &[Mention<'_>]) -> Vec<&'t str> {
    let other = |i: usize| {
        mentions.iter().filter(|m| m.first <= i && i < m.last).any(|m| {
            m.senses
                .iter()
                .any(|s| !matches!(s, Sense::Area(_) | Sense::Site(_) | Sense::Country(_)))
        })
    };
    let led =
        |i: usize| i > 0 && ["at", "in", "near", "on"].iter().any(|word| title.is(i - 1, word));
    (0..title.tokens.len())
        .filter(|&i| title.tokens[i].shape == Shape::Capital && led(i) && !other(i))
        .map(|i| title.key(i))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order() {
        assert!(REMEMBERS.is_sorted());
    }
}
