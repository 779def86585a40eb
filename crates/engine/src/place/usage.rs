//! How a name is used where it stands: as a place, a person, a speaker, a dateline.

use crate::Knowledge;
use crate::fold::fold;
use crate::place::find::{Referent, Toponym};
use crate::text::{Case, Shape, Text};

/// Whether only a comma, "in", "of" or an area word stands between two names.
pub(super) fn chained(text: &Text<'_>, end: usize, start: usize) -> bool {
    let between = start.saturating_sub(end);
    between <= 6
        && (end..start).all(|i| {
            let word = text.word(i);
            matches!(
                word.to_ascii_lowercase().as_str(),
                "," | "("
                    | "in"
                    | "the"
                    | "of"
                    | "northern"
                    | "southern"
                    | "eastern"
                    | "western"
                    | "central"
                    | "'s"
                    | "’s"
                    | "northeastern"
                    | "northwestern"
                    | "southeastern"
                    | "southwestern"
                    | "north"
                    | "south"
                    | "east"
                    | "west"
                    | "a"
                    | "town"
                    | "city"
                    | "state"
                    | "restive"
                    | "neighbouring"
                    | "region"
                    | "capital"
                    | "volatile"
            ) || is_area_word(text, i)
        })
        && (end..start).any(|i| {
            matches!(text.word(i), "," | "in" | "of" | "(" | "'s" | "’s")
                || text.is(i, "in")
                || is_area_word(text, i)
        })
}

/// Whether token `i` is a word for an area.
pub(super) fn is_area_word(text: &Text<'_>, i: usize) -> bool {
    matches!(
        fold(text.word(i)).as_str(),
        "province"
            | "region"
            | "state"
            | "governorate"
            | "oblast"
            | "district"
            | "department"
            | "county"
            | "prefecture"
            | "provinces"
            | "republic"
            | "territory"
            | "division"
            | "canton"
            | "municipality"
    )
}

/// Whether a name is used as a place's: not a person's, not a word of everyday.
pub(super) fn credible(text: &Text<'_>, name: &Toponym, chained: bool, known: &Knowledge) -> bool {
    let prepared = name.first > 0
        && matches!(
            fold(text.word(name.first - 1)).as_str(),
            "in" | "at"
                | "near"
                | "from"
                | "outside"
                | "around"
                | "city"
                | "town"
                | "village"
                | "capital"
                | "to"
                | "towards"
                | "northern"
                | "southern"
                | "eastern"
                | "western"
                | "central"
                | "into"
                | "inside"
                | "across"
                | "of"
        );
    if name.demonym || matches!(name.referents[..], [Referent::Country(_) | Referent::Site(_)]) {
        return true;
    }
    if name.weak && !prepared && !chained {
        return false;
    }
    if text.case == Case::Flat {
        return prepared || chained || largest(name, known) > 300_000;
    }
    let capital = |i: usize| {
        text.tokens.get(i).is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Upper))
    };
    let before = name.first.checked_sub(1).filter(|&i| capital(i));
    if let Some(i) = before {
        let opens = text.sentences.get(text.sentence_of(i)).is_some_and(|s| s.first == i);
        let direction = matches!(
            fold(text.word(i)).as_str(),
            "north"
                | "south"
                | "east"
                | "west"
                | "central"
                | "greater"
                | "in"
                | "at"
                | "near"
                | "upper"
                | "lower"
                | "city"
                | "northern"
                | "southern"
                | "eastern"
                | "western"
                | "downtown"
        );
        if !opens && !direction {
            return false;
        }
        if opens
            && matches!(
                fold(text.word(i)).as_str(),
                "mr" | "mrs" | "gen" | "president" | "minister" | "col" | "dr"
            )
        {
            return false;
        }
    }
    if capital(name.last) {
        return largest(name, known) > 100_000
            || prepared
            || is_area_word(text, name.last)
            || chained;
    }
    let speaks =
        matches!(text.word(name.last), "said" | "says" | "told" | "added" | "wrote" | "tweeted");
    !(speaks
        && largest(name, known) < 1_000_000
        && !name.referents.iter().any(|r| matches!(r, Referent::Country(_))))
}

/// The inhabitants of the largest place that a name could be; areas count as a million.
pub(super) fn largest(name: &Toponym, known: &Knowledge) -> u32 {
    name.referents
        .iter()
        .map(|&r| match r {
            Referent::Place(p) => known.places.place(p).map_or(0, |p| p.population),
            _ => 1_000_000,
        })
        .max()
        .unwrap_or(0)
}

/// Whether token `i` is a direction: "north-western".
pub(super) fn is_direction(text: &Text<'_>, i: usize) -> bool {
    matches!(
        fold(text.word(i)).as_str(),
        "north"
            | "south"
            | "east"
            | "west"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "central"
            | "northwestern"
            | "northeastern"
            | "southwestern"
            | "southeastern"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
    )
}

/// Whether a name stands for those who speak or act there.
pub(super) fn is_metonym(text: &Text<'_>, name: &Toponym, referent: Referent) -> bool {
    if name.demonym || matches!(referent, Referent::Site(_)) {
        return name.demonym;
    }
    let mut lead = name.first;
    while lead > 0 && is_direction(text, lead - 1) {
        lead -= 1;
    }
    let prepared = lead > 0
        && matches!(
            fold(text.word(lead - 1)).as_str(),
            "in" | "at"
                | "near"
                | "across"
                | "outside"
                | "inside"
                | "around"
                | "into"
                | "of"
                | "from"
        );
    let acts = matches!(
        fold(text.word(name.last)).as_str(),
        "said"
            | "says"
            | "has"
            | "had"
            | "condemned"
            | "denied"
            | "denies"
            | "accused"
            | "accuses"
            | "blamed"
            | "launched"
            | "will"
            | "would"
            | "called"
            | "vowed"
            | "warned"
            | "and"
            | "fired"
            | "attacked"
            | "invaded"
            | "is"
            | "was"
            | "began"
            | "announced"
            | "rejected"
    );
    let listed = name.first > 0 && text.word(name.first - 1) == ",";
    let country = matches!(referent, Referent::Country(_));
    !prepared && (acts || (country && !listed))
}
