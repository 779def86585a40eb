//! How a name is used where it stands: as a place, a person, a speaker, a dateline.

mod flat;

use rustc_hash::FxHashSet;

use crate::Knowledge;
use crate::place::find::{Referent, Toponym};
use crate::place::street::{is_building, is_side, streets};
use crate::text::{Case, Shape, Text};

/// A place of so many inhabitants is known by its name alone.
const KNOWN: u32 = 300_000;
/// A word in capitals of so many letters is an acronym rather than a place.
const ACRONYM: usize = 5;

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
        text.key(i),
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

/// What the names of a text are besides those of places.
pub(super) struct Uses<'t> {
    persons: FxHashSet<&'t str>,
    streets: FxHashSet<usize>,
}

impl<'t> Uses<'t> {
    /// Those of `names`.
    pub(super) fn of(text: &'t Text<'t>, names: &[Toponym], known: &Knowledge) -> Self {
        Self { persons: persons(text, names, known), streets: streets(text, names) }
    }
}

/// Words that stand somewhere behind another name, as a surname does: "Ann Marsh". In text without case
/// the name before it must be a given name.
fn persons<'t>(text: &'t Text<'_>, names: &[Toponym], known: &Knowledge) -> FxHashSet<&'t str> {
    let mixed = text.case == Case::Mixed;
    let behind = |name: &&Toponym| {
        let before = name.first.checked_sub(1);
        name.last - name.first == 1
            && !name.demonym
            && before.is_some_and(|i| {
                let capital = text.is_capital(i)
                    && !is_lead(text, i)
                    && !(opens(text, i) && is_opener(text, i));
                if mixed { capital } else { known.given.has(text.key(i)) }
            })
    };
    names.iter().filter(behind).map(|name| text.key(name.first)).collect()
}

/// Whether token `i` is a word that begins sentences rather than names.
fn is_opener(text: &Text<'_>, i: usize) -> bool {
    matches!(
        text.key(i),
        "a" | "after"
            | "although"
            | "an"
            | "and"
            | "as"
            | "before"
            | "both"
            | "but"
            | "by"
            | "during"
            | "even"
            | "for"
            | "from"
            | "if"
            | "inside"
            | "it"
            | "its"
            | "last"
            | "like"
            | "meanwhile"
            | "most"
            | "of"
            | "on"
            | "only"
            | "outside"
            | "since"
            | "some"
            | "that"
            | "the"
            | "their"
            | "this"
            | "through"
            | "to"
            | "today"
            | "under"
            | "until"
            | "when"
            | "where"
            | "while"
            | "with"
            | "yesterday"
    )
}

/// Whether token `i` begins its sentence.
fn opens(text: &Text<'_>, i: usize) -> bool {
    text.sentences.get(text.sentence_of(i)).is_some_and(|s| s.first == i)
}

/// Whether token `i` may lead a place's name that has a meaning without it: "Greater", "City".
fn is_lead(text: &Text<'_>, i: usize) -> bool {
    is_direction(text, i)
        || matches!(
            text.key(i),
            "greater" | "in" | "at" | "near" | "upper" | "lower" | "city" | "downtown"
        )
}

/// Whether the word before a name says that it is somewhere there.
fn is_located(text: &Text<'_>, name: &Toponym) -> bool {
    name.first > 0
        && (is_direction(text, name.first - 1)
            || matches!(
                text.key(name.first - 1),
                "in" | "near"
                    | "outside"
                    | "around"
                    | "across"
                    | "inside"
                    | "into"
                    | "city"
                    | "town"
                    | "village"
                    | "capital"
            ))
}

/// Whether token `i` makes a firm's name of the one before: "a branch of the West Coast Bank".
fn is_company(text: &Text<'_>, i: usize) -> bool {
    let capital = |i: usize| text.tokens.get(i).is_some_and(|t| t.shape == Shape::Capital);
    let paper = || {
        matches!(text.key(i), "daily" | "evening" | "mercury" | "morning" | "sunday")
            && capital(i + 1)
            && matches!(text.key(i + 1), "call" | "herald" | "mail" | "news" | "post" | "star")
    };
    capital(i)
        && (matches!(text.key(i), "airlines" | "airways" | "bank" | "herald" | "times" | "tribune")
            || paper())
}

/// Whether a given name that little towns have too stands before a surname: "the death of Madison
/// Crale", but not "Madison Police".
fn is_person(text: &Text<'_>, name: &Toponym, known: &Knowledge) -> bool {
    const OFFICES: &[&str] = &[
        "airport",
        "church",
        "city",
        "college",
        "county",
        "court",
        "department",
        "district",
        "fire",
        "high",
        "hospital",
        "man",
        "mayor",
        "medical",
        "municipal",
        "parish",
        "police",
        "public",
        "regional",
        "school",
        "sheriff",
        "state",
        "teen",
        "township",
        "university",
        "woman",
    ];
    let surname = text.tokens.get(name.last).is_some_and(|t| t.shape == Shape::Capital)
        && OFFICES.binary_search(&text.key(name.last)).is_err()
        && !is_area_word(text, name.last);
    text.case == Case::Mixed
        && name.last - name.first == 1
        && surname
        && known.given.has(text.key(name.first))
        && largest(name, known) < KNOWN
}

/// Whether it begins the name of a person whose age is told: "Markale Dean Hart, 22, was held".
fn is_aged(text: &Text<'_>, name: &Toponym) -> bool {
    const LONGEST: usize = 3;
    let shape = |i: usize| text.tokens.get(i).map(|t| t.shape);
    let capital = |&i: &usize| shape(i) == Some(Shape::Capital);
    let last = (name.last..name.last + LONGEST).take_while(capital).last();
    name.last - name.first == 1
        && last.is_some_and(|last| {
            text.word(last + 1) == ","
                && shape(last + 2) == Some(Shape::Number)
                && matches!(text.word(last + 3), "," | ".")
        })
}

/// Whether a ship's letters stand before token `i`: "INS Mysore".
fn is_vessel(text: &Text<'_>, i: usize) -> bool {
    i > 0 && matches!(text.word(i - 1), "HMS" | "INS" | "MS" | "MT" | "MV" | "SS" | "USS")
}

/// Whether a name is used as a place's: not a person's, not a word of everyday.
pub(super) fn credible(
    text: &Text<'_>,
    name: &Toponym,
    chained: bool,
    uses: &Uses<'_>,
    known: &Knowledge,
) -> bool {
    let prepared = name.first > 0
        && matches!(
            text.key(name.first - 1),
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
    if is_aged(text, name) {
        return false;
    }
    if name.demonym || matches!(name.referents[..], [Referent::Country(_) | Referent::Site(_)]) {
        return true;
    }
    let street = uses.streets.contains(&name.first);
    if street || is_company(text, name.last) || is_vessel(text, name.first) {
        return false;
    }
    if !chained && (is_side(text, name) || is_building(text, name, known)) {
        return false;
    }
    if !chained && is_person(text, name, known) {
        return false;
    }
    // "Garland police", "GARLAND, June 3 —": towns have police and datelines.
    let shouted = text.tokens.get(name.first).is_some_and(|t| t.shape == Shape::Upper);
    // "Metro police" are those of no town called Metro.
    let kind = matches!(text.key(name.first), "border" | "capital" | "federal" | "metro" | "park");
    let town = text.case == Case::Mixed
        && !kind
        && (text.is(name.last, "police") || shouted && text.dateline.contains(&name.first));
    // "Augusta man shot".
    let small = text.tokens.get(name.first).is_some_and(|t| t.shape == Shape::Capital)
        && matches!(text.key(name.last), "man" | "teen" | "woman");
    let located = chained || town || small || is_located(text, name);
    if name.weak && text.case == Case::Mixed {
        let goes_on = text.is_capital(name.last) && !is_area_word(text, name.last);
        if !located || goes_on {
            return false;
        }
    }
    if name.weak && !(prepared || chained || town || small) {
        return false;
    }
    let single = name.last - name.first == 1;
    if single && text.case == Case::Mixed && largest(name, known) < KNOWN {
        let shouted = text.tokens.get(name.first).is_some_and(|t| t.shape == Shape::Upper);
        let acronym = shouted && name.span.end() - name.span.start() <= ACRONYM;
        let dateline = text.dateline.contains(&name.first);
        let person = !located && uses.persons.contains(text.key(name.first));
        if (acronym && !dateline) || person {
            return false;
        }
    }
    if text.case == Case::Flat {
        let person = single && !located && uses.persons.contains(text.key(name.first));
        return !person
            && flat::credible(text, name, chained, known)
            && (prepared || chained || small || largest(name, known) > KNOWN);
    }
    // "Lango la Simba" is one name, whatever Simba may be.
    let particle = name.first > 1
        && matches!(text.word(name.first - 1), "la" | "de" | "del" | "bin" | "ibn" | "da" | "di")
        && text.is_capital(name.first - 2);
    if particle && !chained {
        return false;
    }
    if is_behind_another(text, name) {
        return false;
    }
    if text.is_capital(name.last) {
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

/// Whether the word before makes it a part of another name: "Ann Marsh", "President Lincoln".
fn is_behind_another(text: &Text<'_>, name: &Toponym) -> bool {
    // "Harbour Wire LEEDS —" begins with who wrote it.
    let shape = |i: usize| text.tokens.get(i).map(|t| t.shape);
    let shouted = shape(name.first) == Some(Shape::Upper);
    let begins = shouted && text.dateline.contains(&name.first) && !name.weak;
    let before = name.first.checked_sub(1).filter(|&i| text.is_capital(i));
    let Some(i) = before.filter(|&i| !(begins && shape(i) == Some(Shape::Capital))) else {
        return false;
    };
    if opens(text, i) {
        matches!(text.key(i), "mr" | "mrs" | "gen" | "president" | "minister" | "col" | "dr")
    } else {
        !is_lead(text, i)
    }
}

/// The inhabitants of the largest place that a name could be; first-level areas count as a million.
pub(super) fn largest(name: &Toponym, known: &Knowledge) -> u32 {
    name.referents
        .iter()
        .map(|&r| match r {
            Referent::Place(p) => known.places.place(p).map_or(0, |p| p.population),
            Referent::Area(a) if known.geography.level(a) == 2 => 0,
            _ => 1_000_000,
        })
        .max()
        .unwrap_or(0)
}

/// Whether token `i` is a direction: "north-western".
pub(super) fn is_direction(text: &Text<'_>, i: usize) -> bool {
    matches!(
        text.key(i),
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
    if name.demonym {
        return true;
    }
    // "The Pentagon said": who sits there speaks.
    if matches!(referent, Referent::Site(_)) {
        let led = name.first.checked_sub(2).map_or("", |i| text.key(i));
        let there = matches!(led, "at" | "in" | "inside" | "near" | "of" | "outside");
        return !there
            && matches!(text.key(name.last), "said" | "says" | "announced" | "confirmed");
    }
    let mut lead = name.first;
    while lead > 0 && is_direction(text, lead - 1) {
        lead -= 1;
    }
    let prepared = lead > 0
        && matches!(
            text.key(lead - 1),
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
        text.key(name.last),
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
