//! Places of incidents: `PERU: AYACUCHO (DEPARTMENT): HUANTA (TOWN)`, from the country downwards.
//!
//! The kinds in brackets are not compared: a text seldom says whether a place is a town or a
//! municipality.

use super::agree::Halves;
use crate::eval::muc::names::normal;

/// How right `given` is: half if the country or all but the country is right, or one end of a way.
pub(super) fn agreement(wanted: &str, given: &str) -> Halves {
    let (wanted, given) = (chain(wanted), chain(given));
    let (Some((land, places)), Some((given_land, given_places))) =
        (wanted.split_first(), given.split_first())
    else {
        return 0;
    };
    if land == given_land {
        return if places == given_places { 2 } else { 1 };
    }
    u8::from(!places.is_empty() && places == given_places)
}

/// The names, normalised, without the kinds in brackets.
fn chain(text: &str) -> Vec<String> {
    let mut depth = 0;
    let mut bare = String::new();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let plain = |name: &str| {
        let name = normal(name);
        name.strip_suffix(" city").map(str::to_owned).unwrap_or(name)
    };
    bare.split(':').map(plain).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wanted: &str, given: &str, halves: Halves) {
        assert_eq!(agreement(wanted, given), halves, "{wanted} and {given}");
    }

    #[test]
    fn the_whole_chain_is_right_whatever_its_parts_are_called() {
        check("PERU: LIMA (CITY)", "PERU: LIMA (CITY)", 2);
        check("PERU: LIMA (CITY)", "PERU: LIMA (DEPARTMENT)", 2);
        check("PERU: PUNO (DEPARTMENT): ILAVE (TOWN)", "PERU: PUNO (DEPARTMENT): ILAVE (CITY)", 2);
    }

    #[test]
    fn the_country_alone_is_half_right() {
        check("PERU: LIMA (CITY)", "PERU", 1);
        check("PERU: LIMA (CITY)", "PERU: PUNO (CITY)", 1);
        check("PERU", "PERU: PUNO (CITY)", 1);
        check("PERU: LIMA (CITY)", "CHILE", 0);
        check("PERU: LIMA (CITY)", "CHILE: LIMA (CITY)", 1);
    }

    #[test]
    fn one_end_of_a_way_is_half_right() {
        check("PERU: LIMA (CITY) - PUNO (CITY)", "PERU: LIMA (CITY)", 1);
    }
}
