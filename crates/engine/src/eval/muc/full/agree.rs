//! How right one fill is against another: not, by half, or wholly.
//!
//! After the scoring guidelines of 1992, as far as a program can follow them: what they leave to
//! the judgement of a person is half right only where one of two strings contains the other.

use super::fill::Fill;
use super::slot::Slot;
use super::{date, location};
use crate::eval::muc::names::normal;

/// How right, in halves: 0, 1 or 2.
pub type Halves = u8;

/// How right `given` is against `wanted` in `slot`.
pub fn agreement(slot: Slot, wanted: &Fill, given: &Fill) -> Halves {
    let value = best(&wanted.values, &given.values, |w, g| value(slot, w, g));
    if !slot.is_tagged() || value == 0 {
        return value;
    }
    let tag = match (wanted.tags.is_empty(), given.tags.is_empty()) {
        (true, true) => 2,
        (false, false) => best(&wanted.tags, &given.tags, words),
        _ => 0,
    };
    match slot {
        // A number is right of something: of another thing it says nothing.
        Slot::PhysNumber | Slot::HumNumber => value.min(tag),
        _ if value == 2 && tag < 2 => 1,
        _ => value,
    }
}

fn best(wanted: &[String], given: &[String], f: impl Fn(&str, &str) -> Halves) -> Halves {
    wanted
        .iter()
        .flat_map(|w| given.iter().map(move |g| (w, g)))
        .map(|(w, g)| f(w, g))
        .max()
        .unwrap_or(0)
}

fn value(slot: Slot, wanted: &str, given: &str) -> Halves {
    match slot {
        Slot::Date => date::agreement(wanted, given),
        Slot::Location => location::agreement(wanted, given),
        Slot::InstrumentId
        | Slot::Individual
        | Slot::Organization
        | Slot::PhysId
        | Slot::HumName
        | Slot::HumDescription => words(wanted, given),
        Slot::PhysNumber | Slot::PhysTotal | Slot::HumNumber | Slot::HumTotal => {
            number(wanted, given)
        }
        _ if normal(wanted) == normal(given) => 2,
        _ => u8::from(is_close(slot, wanted, given)),
    }
}

/// The same but for words that do not matter, or one within the other.
fn words(wanted: &str, given: &str) -> Halves {
    let (wanted, given) = (telling(wanted), telling(given));
    if wanted == given && !given.is_empty() {
        return 2;
    }
    let within = |short: &[String], long: &[String]| {
        !short.is_empty() && long.windows(short.len()).any(|w| w == short)
    };
    u8::from(within(&given, &wanted) || within(&wanted, &given))
}

/// The words of a phrase without articles and the quantifiers that begin it.
fn telling(phrase: &str) -> Vec<String> {
    const QUANTIFIERS: &[&str] = &[
        "about", "another", "eight", "five", "four", "many", "nine", "one", "other", "seven",
        "several", "six", "some", "ten", "three", "two",
    ];
    let words: Vec<String> = normal(phrase).split(' ').map(str::to_owned).collect();
    let number = |w: &String| {
        w.bytes().all(|b| b.is_ascii_digit()) || QUANTIFIERS.binary_search(&w.as_str()).is_ok()
    };
    let from = words.iter().position(|w| !number(w)).unwrap_or(0);
    words.get(from..).unwrap_or_default().to_vec()
}

/// Equal; or a single number where the wanted one is a range that it bounds or an estimate of it.
fn number(wanted: &str, given: &str) -> Halves {
    let bare = |n: &str| n.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (wanted, given) = (bare(wanted), bare(given));
    if wanted == given {
        return 2;
    }
    let single = given.bytes().all(|b| b.is_ascii_digit());
    let bounds = wanted.split(['-', '~']).any(|bound| bound == given);
    u8::from(single && bounds)
}

/// The pairs of set fills that the guidelines hold half right, and the tree of instruments.
fn is_close(slot: Slot, wanted: &str, given: &str) -> bool {
    match slot {
        Slot::Type => given == "ATTACK",
        Slot::InstrumentType => {
            std::iter::successors(Some(wanted), |w| parent(w)).any(|above| above == given)
        }
        Slot::Confidence => {
            (wanted, given) == ("SUSPECTED OR ACCUSED BY AUTHORITIES", "SUSPECTED OR ACCUSED")
        }
        Slot::PhysType => {
            (wanted, given)
                == ("GOVERNMENT OFFICE OR RESIDENCE", "POLITICAL FIGURE OFFICE OR RESIDENCE")
        }
        Slot::PhysEffect => (wanted, given) == ("SOME DAMAGE", "DESTROYED"),
        Slot::HumType => matches!(
            (wanted, given),
            ("FORMER GOVERNMENT OFFICIAL", "GOVERNMENT OFFICIAL")
                | ("FORMER ACTIVE MILITARY", "ACTIVE MILITARY")
                | ("GOVERNMENT OFFICIAL", "POLITICAL FIGURE")
        ),
        Slot::HumEffect => {
            wanted == "NO INJURY OR DEATH" && matches!(given, "NO INJURY" | "NO DEATH")
        }
        _ => false,
    }
}

/// What an instrument is a kind of.
fn parent(instrument: &str) -> Option<&'static str> {
    Some(match instrument {
        "MACHINE GUN" | "MORTAR" | "HANDGUN" | "RIFLE" => "GUN",
        "BOMB" | "GRENADE" | "MOLOTOV COCKTAIL" | "PROJECTILE" => "EXPLOSIVE",
        "VEHICLE BOMB" | "DYNAMITE" | "MINE" | "AERIAL BOMB" => "BOMB",
        "MISSILE" | "ROCKET" => "PROJECTILE",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(slot: Slot, wanted: &str, given: &str, halves: Halves) {
        let fill = |text| Fill::of(slot, text).unwrap();
        assert_eq!(agreement(slot, &fill(wanted), &fill(given)), halves, "{wanted} and {given}");
    }

    #[test]
    fn strings_agree_but_for_articles_and_numbers() {
        check(Slot::Individual, r#""MASKED MEN""#, r#""THE THREE MASKED MEN""#, 2);
        check(Slot::HumName, r#""ANA MARIA PAZ""#, r#""PAZ""#, 1);
        check(Slot::HumName, r#""ANA MARIA PAZ""#, r#""RUIZ""#, 0);
        check(Slot::PhysId, r#""HALL" / "TOWN HALL""#, r#""TOWN HALL""#, 2);
    }

    #[test]
    fn a_set_fill_of_the_wrong_thing_is_half_right() {
        check(Slot::HumType, r#"CIVILIAN: "NURSE""#, r#"CIVILIAN: "NURSE""#, 2);
        check(Slot::HumType, r#"CIVILIAN: "NURSE""#, r#"CIVILIAN: "DRIVER""#, 1);
        check(Slot::HumType, r#"CIVILIAN: "NURSE""#, r#"DIPLOMAT: "NURSE""#, 0);
        check(Slot::HumType, r#"FORMER ACTIVE MILITARY: "X""#, r#"ACTIVE MILITARY: "Y""#, 1);
    }

    #[test]
    fn a_number_of_the_wrong_thing_is_wrong() {
        check(Slot::HumNumber, r#"3: "NURSES""#, r#"3: "NURSES""#, 2);
        check(Slot::HumNumber, r#"3: "NURSES""#, r#"3: "DRIVERS""#, 0);
        check(Slot::HumNumber, r#"5 - 7: "NURSES""#, r#"7: "NURSES""#, 1);
        check(Slot::HumNumber, r#"~7: "NURSES""#, r#"7: "NURSES""#, 1);
        check(Slot::PhysTotal, "6-", "6-", 2);
        check(Slot::PhysTotal, "6-", "16", 0);
    }

    #[test]
    fn attack_is_half_of_any_type_and_a_wider_instrument_half_of_a_narrower() {
        check(Slot::Type, "BOMBING", "ATTACK", 1);
        check(Slot::Type, "ATTACK", "BOMBING", 0);
        check(Slot::InstrumentType, r#"DYNAMITE: "STICKS""#, r#"EXPLOSIVE: "STICKS""#, 1);
        check(Slot::InstrumentType, r#"EXPLOSIVE: "STICKS""#, r#"DYNAMITE: "STICKS""#, 0);
    }

    #[test]
    fn a_description_of_another_person_is_half_right() {
        check(Slot::HumDescription, r#""JUDGE": "PAZ""#, r#""JUDGE": "PAZ""#, 2);
        check(Slot::HumDescription, r#""JUDGE": "PAZ""#, r#""JUDGE": "RUIZ""#, 1);
        check(Slot::HumDescription, r#""JUDGE": "PAZ""#, r#""JUDGE""#, 1);
        check(Slot::HumDescription, r#""JUDGE": "PAZ""#, r#""MAYOR": "PAZ""#, 0);
    }
}
