//! Figures that somebody gives as his own: "a doctor counted 15 bodies", "the governor confirmed only
//! seven deaths", "the army admits the loss of twelve men".
//!
//! Where two who count differ, neither is wrong for the record: the bounds span them.

use crate::lexicon::{Cue, Mention, Sense};
use crate::toll::group::{Counted, Group};
use crate::toll::line::Line;
use crate::toll::list::Bound;

/// The rule of a figure that only its giver makes one of the dead.
pub(super) const GIVEN: &str = "figure that somebody gives";

/// How far before a figure the word may stand by which it is given.
const REACH: usize = 10;

/// Words that say that the figure is one of several.
const ACCOUNTS: &[&str] = &[
    "according",
    "assessment",
    "claimed",
    "claiming",
    "claims",
    "counted",
    "estimate",
    "estimated",
    "estimates",
    "higher",
    "insists",
    "lower",
    "maintains",
    "may",
    "might",
    "officially",
    "put",
    "puts",
    "source",
    "sources",
    "spoken",
    "told",
    "unofficially",
];

/// Whether the figure is given as one account among others: "a hospital put the dead at 60".
pub(super) fn is_account(line: &Line<'_>, figure: usize, word: &Mention<'_>) -> bool {
    let (a, b) = (figure.min(word.first), figure.max(word.last));
    let from = line.range.start.max(a.saturating_sub(14));
    let until = line.range.end.min(b + 12);
    (from..until).any(|i| {
        line.is(i, ACCOUNTS)
            || line.reads(i, "by the count of")
            || line.reads(i, "as high as")
            || line.reads(i, "as many as")
            || line.reads(i, "as low as")
    })
}

/// Whether somebody gives the figure as his own, beside whatever others say: "the governor confirmed
/// only seven deaths", "residents spoke of 20 dead", "the police, however, say three died".
pub(super) fn is_own(line: &Line<'_>, figure: usize, word: &Mention<'_>) -> bool {
    let at = figure.min(word.first);
    let Some(giving) = giving(line, at).filter(|m| !is_past(line, m.first)) else { return false };
    let contrast = |i: usize| {
        line.is(i, &["however", "only", "just", "instead"])
            || line.reads(i, "no more than")
            || line.reads(i, "for its part")
            || line.reads(i, "for his part")
            || line.reads(i, "for their part")
    };
    let cue = |cue: Cue| giving.senses.contains(&Sense::Cue(cue));
    let from = giving.first.saturating_sub(REACH).max(line.range.start);
    cue(Cue::Account) || cue(Cue::Report) && (from..at).any(contrast)
}

/// "Volunteers had counted 108 bodies": an old count, unless somebody says now that "it had counted".
fn is_past(line: &Line<'_>, giving: usize) -> bool {
    let had = giving.checked_sub(1).filter(|&i| line.is(i, &["had"]));
    had.is_some_and(|i| !matches!(line.before(i), "he" | "it" | "she" | "they"))
}

/// The word by which the figure at token `at` is given, in its clause.
fn giving<'t>(line: &Line<'t>, at: usize) -> Option<&'t Mention<'t>> {
    let from = line.range.start.max(at.saturating_sub(REACH));
    // "gave another account: one sailor dead".
    let border = |i: &usize| !line.is(*i, &[";", "who", "which", "where", "when"]);
    (from..at).rev().take_while(border).find_map(|i| {
        line.mention(i).filter(|m| {
            m.senses.iter().any(|s| matches!(s, Sense::Cue(Cue::Account | Cue::Report)))
        })
    })
}

/// Figures of the dead that no word of harm counts: "counted 43 fresh graves", "spoke of at least 20
/// victims", "admits the loss of twelve men", "gave a toll of 17".
pub(super) fn given(line: &Line<'_>, groups: &[Group]) -> Vec<(Mention<'static>, Bound)> {
    const DEAD: &[&str] = &["graves", "losses", "martyrs", "victims"];
    let word = |i: usize| Mention { first: i, last: i + 1, senses: &[], actor: None };
    groups
        .iter()
        .filter_map(|group| {
            let at = group.number.start;
            let account = giving(line, at)?.senses.contains(&Sense::Cue(Cue::Account));
            let noun = group.last.checked_sub(1).filter(|&i| line.is(i, DEAD));
            let loss = || {
                let of = at.checked_sub(2).filter(|_| line.before(at) == "of")?;
                line.is(of, &["loss", "losses", "toll"]).then_some(of)
            };
            let people = group.counted != Counted::Things && !group.part && !group.attackers;
            let word = noun.or_else(loss).filter(|_| account && people).map(word)?;
            let bound = Bound {
                count: group.count,
                rule: GIVEN,
                pointer: false,
                more: group.more,
                ..Bound::one(at, group.last)
            };
            Some((word, bound))
        })
        .collect()
}
