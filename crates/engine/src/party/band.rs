//! Names of armed organisations that no table has: "the Harrow Front", "the Lions of the East".
//!
//! Such a name is a run of capitals around a noun that bands are called by. Regiments and offices of a
//! state are written alike; their names give them away. Where case tells nothing, nothing is found.

use std::ops::Range;

use crate::Knowledge;
use crate::lexicon::{Mention, Sense};
use crate::party::outfit::outfits;
use crate::text::{Case, Text};

/// Nouns that bands are called by, written with a capital. Sorted.
#[rustfmt::skip]
const HEADS: &[&str] = &[
    "army", "avengers", "battalion", "battalions", "boys", "brigade", "brigades", "brotherhood",
    "brothers", "cartel", "cell", "column", "commando", "commandos", "companions", "defenders", "eagles",
    "faction", "falcons", "fighters", "fist", "fraction", "front", "guardians", "hawks", "hunters",
    "knights", "legion", "lions", "maquis", "martyrs", "militia", "minutemen", "movement",
    "mujahideen", "panthers", "partisans", "patriots", "ravens", "resistance", "scorpions", "soldiers",
    "sons", "squad", "swords", "tigers", "vanguard", "vigilantes", "volunteers", "warriors", "wolves",
];
/// Nouns that stand behind the name of a band, written small. Sorted.
const SMALL_HEADS: &[&str] =
    &["brigade", "brigades", "cartel", "faction", "gang", "mafia", "militia", "network"];
/// Words that make it a body of a state, or something else that is called so. Sorted.
#[rustfmt::skip]
const STATE: &[&str] = &[
    "air", "airborne", "armored", "armoured", "artillery", "assault", "british", "central", "civil",
    "defence", "defense", "engineer", "federal", "fire", "government", "imperial", "infantry", "joint", "labour", "marine",
    "mechanised", "mechanized", "military", "motorised", "motorized", "mountain", "mounted",
    "national", "naval", "navy", "parachute", "police", "presidential", "republican", "rifle", "royal",
    "salvation", "security", "swat", "tank", "territorial", "us", "western",
];

/// The names of bands in the sentence of `here`, in order.
pub(crate) fn bands(text: &Text<'_>, here: &[Mention<'_>], known: &Knowledge) -> Vec<Range<usize>> {
    let sentence = here.first().and_then(|m| text.sentences.get(text.sentence_of(m.first)));
    let Some(sentence) = sentence.filter(|_| text.case == Case::Mixed) else { return Vec::new() };
    let mut found = Vec::new();
    let mut i = sentence.first;
    while i < sentence.last {
        match band(text, here, i, sentence.last) {
            Some(band) => {
                i = band.end;
                found.push(band);
            }
            None => i += 1,
        }
    }
    let told = outfits(text, known).iter().map(|o| o.tokens.clone());
    let within = |name: &Range<usize>| sentence.first <= name.start && name.end <= sentence.last;
    for name in told.filter(|name| within(name) && is_unknown(text, here, name)) {
        let apart = |band: &Range<usize>| band.end <= name.start || name.end <= band.start;
        // Of two that overlap, the longer is the whole name.
        if found.iter().all(|band| apart(band) || band.len() < name.len()) {
            found.retain(apart);
            found.push(name);
        }
    }
    found.sort_by_key(|band| band.start);
    found
}

/// Whether a name is none that the tables know: no actor, no country, place or people.
fn is_unknown(text: &Text<'_>, here: &[Mention<'_>], name: &Range<usize>) -> bool {
    const CONTINENTS: &[&str] = &["african", "american", "asian", "european"];
    const COMPASS: &[&str] = &[
        "central", "east", "eastern", "north", "northern", "south", "southern", "west", "western",
    ];
    let compass = |i: usize| COMPASS.binary_search(&text.key(i)).is_ok();
    // "Its North African branch"
    let last = name.end.saturating_sub(1);
    if CONTINENTS.contains(&text.key(last)) && (name.start..last).all(compass) {
        return false;
    }
    here.iter().filter(|m| m.first < name.end && name.start < m.last).all(|m| {
        let before = (name.start..m.first).all(compass);
        let whole = before && name.end <= m.last;
        m.actor.is_none() && !m.senses.iter().any(|s| whole && s.is_name())
    })
}

/// The name of a band that begins at token `first`.
fn band(text: &Text<'_>, here: &[Mention<'_>], first: usize, end: usize) -> Option<Range<usize>> {
    let capital = |i: usize| i < end && text.is_capital(i);
    let listed = |i: usize, list: &[&str]| list.binary_search(&text.key(i)).is_ok();
    if !capital(first)
        || is_article(text, first)
        || first > 0 && capital(first - 1) && !is_article(text, first - 1)
    {
        return None;
    }
    let run = (first..end).find(|&i| !capital(i)).unwrap_or(end);
    // "the Karoma militia"
    if listed(run, SMALL_HEADS) && run < end {
        let name = first..run + 1;
        return is_own(text, here, &name, run).then_some(name);
    }
    let head = (first..run).rev().find(|&i| listed(i, HEADS))?;
    let mut last = head + 1;
    // "Fighters of the X" begins a sentence as any words do.
    let called = head > first || first > 0 && is_article(text, first - 1);
    if last == run && called {
        // "the Lions of the East", "the Front for the Liberation of Tarin"
        while matches!(text.key(last), "of" | "for") {
            let next = last + 1 + usize::from(is_article(text, last + 1));
            if !capital(next) {
                break;
            }
            last = (next..end).find(|&i| !capital(i)).unwrap_or(end);
        }
    } else if run - last > 1 {
        return None;
    } else {
        last = run;
    }
    let name = first..last;
    (name.len() > 1 && is_own(text, here, &name, head)).then_some(name)
}

/// Whether it is a band's name and no state's body, place or known actor.
fn is_own(text: &Text<'_>, here: &[Mention<'_>], name: &Range<usize>, head: usize) -> bool {
    let state = is_of_state(text, name);
    let known = here.iter().any(|m| {
        let inside = m.first < name.end && name.start < m.last;
        inside
            && m.first <= head
            && m.senses.iter().any(|s| {
                matches!(
                    s,
                    Sense::Actor(..) | Sense::Site(_) | Sense::Country(_) | Sense::Demonym(_)
                ) || (matches!(s, Sense::Force(..)) && m.first == name.start)
            })
    });
    !state && !known
}

/// Whether a name has a word of a state's bodies, or of others that are called so.
pub(super) fn is_of_state(text: &Text<'_>, name: &Range<usize>) -> bool {
    name.clone().any(|i| STATE.binary_search(&text.key(i)).is_ok())
}

fn is_article(text: &Text<'_>, i: usize) -> bool {
    ["the", "a", "an", "both", "our", "their"].iter().any(|word| text.is(i, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: &[&str]) {
        let known = Knowledge::embedded();
        let text = Text::of(sentence);
        let mentions = known.matcher.find(&text);
        let found = bands(&text, &mentions, &known);
        let words: Vec<_> = found
            .iter()
            .map(|r| text.span(r.start, r.end).map_or("", |s| s.of(sentence)))
            .collect();
        assert_eq!(words, expected, "{sentence}");
    }

    #[test]
    fn a_run_of_capitals_around_a_noun_for_a_band_is_a_name() {
        check("The Harrow Front killed nine soldiers.", &["Harrow Front"]);
        check("The attack was claimed by the Lions of the East.", &["Lions of the East"]);
        check(
            "Both the Harrow Front and the Sahel Brigades claimed the attack.",
            &["Harrow Front", "Sahel Brigades"],
        );
        check("Police said the Karoma militia killed two.", &["Karoma militia"]);
    }

    #[test]
    fn bodies_of_a_state_are_no_bands() {
        check("The Presidential Guard Brigade killed nine protesters.", &[]);
        check("The Syrian Army shelled the town.", &[]);
        check("Nine died on the front near the army base.", &[]);
    }

    #[test]
    fn words_are_in_order() {
        assert!(HEADS.is_sorted() && SMALL_HEADS.is_sorted() && STATE.is_sorted());
    }
}
