//! Words for whoever did it that say nothing of him: "the attackers", "all six gunmen", "the suspect".

use crate::fold::fold;
use crate::ontology::Attribution;
use crate::report::Perpetrator;
use crate::text::Text;

/// Leaves out those of whom nothing is said but that they did it, if others are named.
pub(super) fn leave_bare(text: &Text<'_>, found: &mut Vec<Perpetrator>) {
    // "The attackers" are those of whom more is said elsewhere.
    let bare = |p: &Perpetrator| {
        let words = p.name.of(text.source);
        // "All six attackers"
        let before = text.source.get(..p.name.start()).unwrap_or_default();
        let all = ["All ", "The ", "all ", "the "].iter().any(|word| before.ends_with(word));
        let counted = |(n, last): (&str, &str)| is_number(n) && is_bare(last);
        is_bare(words) || all && words.split_once(' ').is_some_and(counted)
    };
    if found.iter().any(|p| !bare(p) && p.attribution != Attribution::Denied) {
        found.retain(|p| p.actor.is_some() || !bare(p));
    }
}

/// Whether words say no more of somebody than that he did it.
fn is_bare(words: &str) -> bool {
    const BARE: &[&str] = &[
        "assailant",
        "assailants",
        "attacker",
        "attackers",
        "culprits",
        "killer",
        "killers",
        "perpetrator",
        "perpetrators",
        "suspect",
        "suspects",
    ];
    BARE.binary_search(&fold(words).as_str()).is_ok()
}

/// Whether a word counts: "six", "12".
fn is_number(word: &str) -> bool {
    const NUMBERS: &[&str] =
        &["eight", "five", "four", "nine", "seven", "six", "ten", "three", "two"];
    NUMBERS.binary_search(&fold(word).as_str()).is_ok() || word.parse::<u32>().is_ok()
}
