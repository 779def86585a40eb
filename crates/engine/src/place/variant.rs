//! Other ways to write the name of a place: short forms written out, a kind added or left out.
//!
//! Only for names that are known to be places' and that no gazetteer has as they stand. What is
//! left of "North Dallas" or "Dallas Township" is a place that the named one is in or near, so a
//! variant is good enough for a point and not for a scene.

/// Words that are often written short, in names of places.
const SHORT: &[(&str, &str)] = &[
    ("co", "county"),
    ("ft", "fort"),
    ("hts", "heights"),
    ("mt", "mount"),
    ("n", "north"),
    ("pk", "park"),
    ("pt", "port"),
    ("s", "south"),
    ("st", "saint"),
    ("ste", "sainte"),
    ("twp", "township"),
    ("w", "west"),
];

/// Words before a name that leave a name.
const BEFORE: &[&str] = &[
    "central",
    "city of",
    "county of",
    "downtown",
    "east",
    "eastern",
    "greater",
    "inner",
    "lake",
    "lower",
    "metropolitan",
    "mid",
    "north",
    "northeast",
    "northern",
    "northwest",
    "outer",
    "port of",
    "province of",
    "river",
    "saint",
    "south",
    "southeast",
    "southern",
    "southwest",
    "state of",
    "town of",
    "township of",
    "upper",
    "village of",
    "west",
    "western",
];

/// Words behind a name that leave a name.
const BEHIND: &[&str] = &[
    "airport",
    "area",
    "bay",
    "beach",
    "borough",
    "canal",
    "city",
    "county",
    "district",
    "falls",
    "harbor",
    "harbour",
    "heights",
    "hills",
    "international airport",
    "island",
    "islands",
    "lake",
    "metropolitan area",
    "municipality",
    "parish",
    "park",
    "peninsula",
    "province",
    "region",
    "river",
    "state",
    "station",
    "suburbs",
    "township",
    "town",
    "valley",
    "village",
];

/// Kinds of area that a list leaves out: "Clarke and Oconee counties".
const KINDS: &[&str] = &["county", "parish"];

/// The key with the kinds of area that it may lack.
pub(super) fn with_kind(key: &str) -> impl Iterator<Item = String> {
    let lacks = !KINDS.iter().any(|kind| key.ends_with(kind));
    KINDS.iter().filter(move |_| lacks).map(move |kind| format!("{key} {kind}"))
}

/// Other keys for the name with this key, the nearest to it first.
pub(super) fn variants(key: &str) -> Vec<String> {
    let mut found = Vec::new();
    let written = written_out(key);
    if written != key {
        found.push(written.clone());
    }
    let mut last = written.as_str();
    while let Some(less) = behind(last) {
        found.push(less.to_owned());
        last = less;
    }
    while let Some(less) = before(last) {
        found.push(less.to_owned());
        last = less;
    }
    if let Some(less) = before(&written).filter(|less| *less != last) {
        found.push(less.to_owned());
    }
    found
}

fn written_out(key: &str) -> String {
    let full = |word: &str| SHORT.iter().find(|(short, _)| *short == word).map(|(_, full)| *full);
    let words: Vec<&str> = key.split(' ').map(|word| full(word).unwrap_or(word)).collect();
    words.join(" ")
}

fn behind(key: &str) -> Option<&str> {
    BEHIND.iter().find_map(|kind| key.strip_suffix(kind)?.strip_suffix(' '))
}

fn before(key: &str) -> Option<&str> {
    BEFORE.iter().find_map(|word| key.strip_prefix(word)?.strip_prefix(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_written_out_and_kinds_left_out() {
        assert_eq!(variants("st alder"), ["saint alder", "alder"]);
        assert_eq!(variants("alder twp"), ["alder township", "alder"]);
        assert_eq!(variants("north alder bay"), ["north alder", "alder", "alder bay"]);
        assert!(variants("alder").is_empty());
    }

    #[test]
    fn a_bare_name_may_be_that_of_a_county() {
        assert_eq!(with_kind("alder").collect::<Vec<_>>(), ["alder county", "alder parish"]);
        assert_eq!(with_kind("alder county").count(), 0);
    }
}
