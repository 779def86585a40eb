//! Sentences that say that nobody was harmed.

use reading::Span;

use crate::lexicon::{Harm, Mention};
use crate::text::Text;
use crate::toll::line::{AUXILIARIES, Line, is_adverb};
use std::ops::Range;

/// Words for whom a harm of this sort leaves alone, and words for its absence.
const UNHARMED: &[&str] = &["unhurt", "unharmed", "uninjured", "unscathed"];

/// Whether a sentence says that nobody was harmed so: "no one was hurt", "without casualties".
pub fn says_none(
    text: &Text<'_>,
    mentions: &[Mention<'_>],
    range: &Range<usize>,
    harm: Harm,
) -> Option<Span> {
    let line = Line::of(text, mentions, range);
    range.clone().find_map(|i| {
        let end = no_noun(&line, i, harm)
            .or_else(|| nobody(&line, i, harm))
            .or_else(|| unharmed(&line, i, harm))?;
        text.span(i, end)
    })
}

/// "no casualties", "no reports of injuries", "without deaths".
fn no_noun(line: &Line<'_>, i: usize, harm: Harm) -> Option<usize> {
    let nouns: &[&str] = match harm {
        Harm::Killed => &["casualties", "deaths", "fatalities", "casualty"],
        Harm::Injured => &["casualties", "injuries", "injury", "harm"],
        Harm::Abducted | Harm::Casualties | Harm::Struck => return None,
    };
    let no = line.is(i, &["no", "without", "nor"]);
    let end = (i + 1..(i + 6).min(line.range.end)).find(|&k| line.is(k, nouns))?;
    let between = (i + 1..end).all(|k| {
        line.is(
            k,
            &[
                "reports",
                "reported",
                "report",
                "of",
                "immediate",
                "serious",
                "known",
                "any",
                "deaths",
                "or",
                "other",
                "word",
                "were",
                "further",
            ],
        )
    });
    // "no official word of casualties", "no further casualties" say nothing of none.
    let silence = (i + 1..end).any(|k| line.is(k, &["word", "other", "further"]));
    (no && between && !silence).then_some(end + 1)
}

/// "nobody was killed", "no one was hurt", "none were injured", "no officers were injured".
fn nobody(line: &Line<'_>, i: usize, harm: Harm) -> Option<usize> {
    let mut at = if line.is(i, &["nobody", "none"]) {
        i + 1
    } else if line.is(i, &["no"]) && line.is(i + 1, &["one", "people", "person"]) {
        i + 2
    } else {
        return None;
    };
    while line.is(at, &["else", "of", "them", "apparently", "has"])
        || AUXILIARIES.contains(&line.word(at))
        || is_adverb(line.word(at))
    {
        at += 1;
    }
    let found = line.harm(at)?;
    // "No one was killed or hurt."
    let both = line.is(at + 1, &["or", "and"]);
    let or_hurt = both && line.harm(at + 2).is_some_and(|other| other == harm);
    if or_hurt {
        return Some(at + 3);
    }
    // Who was not even hurt was not killed.
    let less = found == harm
        || (harm == Harm::Injured && line.word(at) == "hurt")
        || (harm == Harm::Killed && line.word(at) == "hurt");
    let injured = harm == Harm::Injured && found == Harm::Struck;
    let else_ = line.range.clone().any(|k| k > i && k < at && line.word(k) == "else");
    ((less || injured) && !else_).then_some(at + 1)
}

/// "escaped unhurt", "were not hurt", "was not injured", "without harm".
fn unharmed(line: &Line<'_>, i: usize, harm: Harm) -> Option<usize> {
    if harm != Harm::Injured {
        return None;
    }
    if line.is(i, UNHARMED) || line.reads(i, "without harm") {
        return Some(i + 1);
    }
    let not = line.is(i, &["not", "wasnt", "werent"]);
    (not && line.is(i + 1, &["hurt", "injured", "harmed", "wounded"])).then_some(i + 2)
}
