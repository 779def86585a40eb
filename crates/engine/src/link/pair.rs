//! Two tellings → the signs for and against their being of one event.

use super::sign::Sign;
use super::telling::{Spot, Telling};
use crate::ontology::{Mode, Stage};
use crate::place::kilometres;
use crate::resolved::{Count, Period, Precision};

/// The signs that a pair of tellings gives, one a question. Which comes first does not matter.
pub fn signs(a: &Telling, b: &Telling) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(20);
    facts(a, b, &mut signs);
    wording(a, b, &mut signs);
    signs
}

/// From so many dead on, tolls that differ tell neighbouring attacks apart.
const MANY: u32 = 10;

/// From so many dead on, they do so surely: the dead of a massacre are counted by name.
const MASSACRE: u32 = 100;

/// The signs of what is told, without how it is worded: they cost little.
pub(super) fn facts(a: &Telling, b: &Telling, signs: &mut Vec<Sign>) {
    signs.push(Sign::Prior);
    signs.push(time(a, b));
    place(a.spot.as_ref(), b.spot.as_ref(), signs);
    signs.extend(part_of(a, b).or_else(|| part_of(b, a)));
    signs.extend(mode(a.mode, b.mode));
    if is_done(a.stage) != is_done(b.stage) {
        signs.push(Sign::StageOther);
    }
    let tolls = a.killed.zip(b.killed).and_then(|(a, b)| killed(a, b));
    signs.extend(tolls);
    let fits = matches!(tolls, Some(Sign::KilledSame | Sign::KilledSmall | Sign::KilledFits));
    let beside = signs.contains(&Sign::PlaceBeside) && !fits;
    signs.extend(neighbours(least(a).min(least(b))).filter(|_| beside));
    signs.extend(a.injured.zip(b.injured).and_then(|(a, b)| injured(a, b)));
    signs.extend(sets(&a.actors, &b.actors, Sign::ActorSame, Sign::ActorOther));
    signs.extend(sets(&a.victims, &b.victims, Sign::VictimSame, Sign::VictimOther));
    signs.extend(sets(&a.sorts, &b.sorts, Sign::TargetSame, Sign::TargetOther));
    signs.extend(sets(&a.weapons, &b.weapons, Sign::WeaponSame, Sign::WeaponOther));
    signs.push(match (a.main, b.main) {
        (true, true) => Sign::RolesMain,
        (false, false) => Sign::RolesAside,
        _ => Sign::RolesMixed,
    });
}

/// Whether a sign says of what is told no more than that there is a pair.
pub(super) fn is_silent(sign: Sign) -> bool {
    matches!(sign.question(), "prior" | "roles") || matches!(sign, Sign::TimeNone | Sign::PlaceNone)
}

/// The questions that [`wording`] answers.
pub(super) const WORDED: &[&str] = &["words", "names", "phrases", "heads", "years"];

/// Whether two documents say the same in the same words: they are one source. Tellings of nodes do
/// not know their documents, so that one document is one source must be known otherwise.
pub(super) fn is_reprint(a: &Telling, b: &Telling) -> bool {
    const WORDS: f32 = 0.85;
    const PAIRS: f32 = 0.7;
    let like = |a: Option<f32>, least| a.is_some_and(|like| like >= least);
    // Who made a table wrote its rows anew, though the headline is that of a paper.
    a.table == b.table
        && like(a.wording.words.likeness(&b.wording.words), WORDS)
        && like(a.wording.pairs.likeness(&b.wording.pairs), PAIRS)
}

fn time(a: &Telling, b: &Telling) -> Sign {
    const LONG: i32 = 4;
    let (Some((x, supposed_x)), Some((y, supposed_y))) = (a.days(), b.days()) else {
        return Sign::TimeNone;
    };
    let gap = gap(x, y);
    if supposed_x || supposed_y {
        // Trials and days of remembrance are long after.
        let names = |t: &Telling, when: Period| t.wording.years.contains(&year(when));
        return match (supposed_x, supposed_y) {
            _ if gap <= 1 => Sign::LooseIn,
            (true, false) if names(a, y) => Sign::LooseNamed,
            (false, true) if names(b, x) => Sign::LooseNamed,
            _ => Sign::LooseOut,
        };
    }
    if x.days().max(y.days()) >= LONG {
        return match gap {
            0 => Sign::SpanIn,
            1..=7 => Sign::SpanNear,
            _ => Sign::SpanOut,
        };
    }
    match gap {
        // What lasts is named for the day on which it began.
        0 if x.start != y.start => Sign::DayOver,
        0 => Sign::DaySame,
        1 => Sign::DayNext,
        2..=3 => Sign::DayNear,
        4..=10 => Sign::DayWeek,
        11..=60 => Sign::DayMonth,
        _ => Sign::DayFar,
    }
}

/// The year in which a period begins.
fn year(when: Period) -> u16 {
    u16::try_from(when.start.year()).unwrap_or_default()
}

/// How many days lie between two periods, counted to the first day of the later; 0 if they share
/// one.
fn gap(a: Period, b: Period) -> i32 {
    let days = |from: jiff::civil::Date, to: jiff::civil::Date| (to - from).get_days();
    days(a.end, b.start).max(days(b.end, a.start)).max(0)
}

fn place(a: Option<&Spot>, b: Option<&Spot>, signs: &mut Vec<Sign>) {
    let (Some(a), Some(b)) = (a, b) else {
        signs.push(Sign::PlaceNone);
        return;
    };
    if a.country != b.country {
        let near = a.point().zip(b.point()).is_some_and(|(p, q)| kilometres(p, q) < 15.0);
        signs.push(if near { Sign::PlaceNear } else { Sign::PlaceAbroad });
        return;
    }
    let same =
        |x: &Option<String>, y: &Option<String>| x.as_ref().zip(y.as_ref()).map(|(x, y)| x == y);
    let named = same(&a.place, &b.place) == Some(true);
    let sign = match a.point().zip(b.point()) {
        Some((p, q)) => match kilometres(p, q) {
            km if km < 2.0 || (named && km < 50.0) => Sign::PlaceSame,
            km if km < 15.0 && same(&a.place, &b.place) == Some(false) => Sign::PlaceBeside,
            km if km < 15.0 => Sign::PlaceNear,
            km if km < 60.0 => Sign::PlaceRegion,
            km if km < 200.0 => Sign::PlaceApart,
            _ => Sign::PlaceFar,
        },
        None if named => Sign::PlaceSame,
        None => match same(&a.admin1, &b.admin1) {
            Some(true) => Sign::PlaceInside,
            Some(false) => Sign::PlaceAreas,
            None => Sign::PlaceCountry,
        },
    };
    signs.push(sign);
    if !a.site.is_empty() && !b.site.is_empty() {
        let common = a.site.iter().any(|word| b.site.binary_search(word).is_ok());
        signs.push(if common { Sign::SiteSame } else { Sign::SiteOther });
    }
}

/// The sign of neighbouring places whose tolls do not fit, of which the lower is `least`.
fn neighbours(least: u32) -> Option<Sign> {
    match least {
        MASSACRE.. => Some(Sign::NeighbourMassacre),
        MANY.. => Some(Sign::NeighbourOther),
        _ => None,
    }
}

/// The fewest that a telling says were killed; 0 if it does not say.
fn least(telling: &Telling) -> u32 {
    telling.killed.and_then(bounds).map_or(0, |(low, _)| low)
}

/// How `part` is a part of what `whole` tells: one town or site of a wider area with a toll that is a
/// multiple of its own (an early report is as vague, but its toll is the lower one); or of an area
/// where several things were struck, with another toll; or a later one of the days over which several
/// were, with a multiple of its toll.
fn part_of(part: &Telling, whole: &Telling) -> Option<Sign> {
    const TIMES: u32 = 2;
    const SMALL: u32 = 3;
    let (x, y) = (part.spot.as_ref()?, whole.spot.as_ref()?);
    let is_wider = x.precision <= Precision::Near && y.precision > Precision::Near;
    // Of a whole country nobody says that things were struck all over it.
    let is_named = y.precision < Precision::Country;
    let is_later = part
        .when
        .zip(whole.when)
        .is_some_and(|(part, whole)| whole.start < part.start && part.end <= whole.end);
    let (some, all) = (least(part), least(whole));
    let is_multiple = all / TIMES >= some;
    match () {
        () if some < SMALL => None,
        () if is_wider && is_named && whole.several && all > 0 && all != some => {
            Some(Sign::PartSeveral)
        }
        () if is_later && whole.several && is_multiple => Some(Sign::PartSeveral),
        () if is_wider && is_multiple => Some(Sign::PlacePart),
        () => None,
    }
}

/// Modes that one act may be told as.
const BLASTS: &[Mode] = &[Mode::Bombing, Mode::SuicideBombing, Mode::Massacre, Mode::Assassination];
const STRIKES: &[Mode] = &[Mode::AirStrike, Mode::DroneStrike, Mode::Shelling, Mode::Massacre];
const RAIDS: &[Mode] = &[
    Mode::ArmedAssault,
    Mode::Shooting,
    Mode::Massacre,
    Mode::HostageTaking,
    Mode::Battle,
    Mode::Stabbing,
    Mode::VehicleRamming,
    Mode::Assassination,
    Mode::Kidnapping,
    Mode::PoliceShooting,
    Mode::SuicideBombing,
    Mode::Arson,
];
const CROWDS: &[Mode] =
    &[Mode::Riot, Mode::CrowdDispersal, Mode::PoliceShooting, Mode::Shooting, Mode::Arson];

fn mode(a: Mode, b: Mode) -> Option<Sign> {
    if a == Mode::Other || b == Mode::Other {
        return None;
    }
    if a == b {
        return Some(Sign::ModeSame);
    }
    let kin = [BLASTS, STRIKES, RAIDS, CROWDS].iter().any(|f| f.contains(&a) && f.contains(&b));
    Some(if kin { Sign::ModeKin } else { Sign::ModeOther })
}

fn is_done(stage: Stage) -> bool {
    matches!(stage, Stage::Accomplished | Stage::Attempted)
}

/// From the least to the most that a count allows; the most is open if the text leaves it open.
fn bounds(count: Count) -> Option<(u32, Option<u32>)> {
    match (count.low.or(count.best), count.high.or(count.best.filter(|_| count.low.is_none()))) {
        (None, None) => None,
        (low, high) => Some((low.unwrap_or(0), high)),
    }
}

fn killed(a: Count, b: Count) -> Option<Sign> {
    const SMALL: u32 = 3;
    let ((low_a, high_a), (low_b, high_b)) = (bounds(a)?, bounds(b)?);
    let (less, more) = (low_a.min(low_b), low_a.max(low_b));
    if less == more {
        return Some(if less < SMALL { Sign::KilledSmall } else { Sign::KilledSame });
    }
    let fits = |high: Option<u32>, low: u32| high.is_none_or(|high| high >= low);
    let ratio = f64::from(more + 2) / f64::from(less + 2);
    Some(match ratio {
        r if r <= 1.3 || (r <= 1.6 && fits(high_a, low_b) && fits(high_b, low_a)) => {
            Sign::KilledFits
        }
        r if r <= 2.5 => Sign::KilledRises,
        r if r < 5.0 => Sign::KilledUnlike,
        _ if fits(high_a, low_b) && fits(high_b, low_a) => Sign::KilledUnlike,
        _ => Sign::KilledContrary,
    })
}

fn injured(a: Count, b: Count) -> Option<Sign> {
    let ((low_a, _), (low_b, _)) = (bounds(a)?, bounds(b)?);
    let ratio = f64::from(low_a.max(low_b) + 3) / f64::from(low_a.min(low_b) + 3);
    Some(match ratio {
        _ if low_a == low_b => Sign::InjuredSame,
        r if r <= 2.5 => Sign::InjuredFits,
        _ => Sign::InjuredContrary,
    })
}

fn sets<T: Ord>(a: &[T], b: &[T], same: Sign, other: Sign) -> Option<Sign> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let common = a.iter().any(|x| b.binary_search(x).is_ok());
    Some(if common { same } else { other })
}

/// The signs of how it is worded.
pub(super) fn wording(a: &Telling, b: &Telling, signs: &mut Vec<Sign>) {
    let (x, y) = (&a.wording, &b.wording);
    let grade = |likeness: Option<f32>, grades: &[(f32, Sign)]| {
        likeness.and_then(|like| grades.iter().find(|g| like < g.0).map(|g| g.1))
    };
    signs.extend(grade(
        x.words.likeness(&y.words),
        &[
            (0.05, Sign::WordsNone),
            (0.12, Sign::WordsFew),
            (0.22, Sign::WordsSome),
            (0.38, Sign::WordsMany),
            (f32::MAX, Sign::WordsMost),
        ],
    ));
    signs.extend(grade(
        x.names.likeness(&y.names),
        &[
            (0.02, Sign::NamesNone),
            (0.15, Sign::NamesFew),
            (0.35, Sign::NamesSome),
            (f32::MAX, Sign::NamesMany),
        ],
    ));
    signs.extend(grade(
        x.pairs.likeness(&y.pairs),
        &[
            (0.005, Sign::PhrasesNone),
            (0.05, Sign::PhrasesFew),
            (0.15, Sign::PhrasesSome),
            (f32::MAX, Sign::PhrasesMany),
        ],
    ));
    if let Some((p, q)) = x.covered_by(y).zip(y.covered_by(x)) {
        signs.push(match (p.min(q), p.max(q)) {
            (least, _) if least >= 0.6 => Sign::HeadsAll,
            (least, _) if least >= 0.25 => Sign::HeadsSome,
            (_, most) if most >= 0.2 => Sign::HeadsOne,
            _ => Sign::HeadsNone,
        });
    }
    if a.when.is_none() || b.when.is_none() {
        signs.extend(years(a, b));
    }
}

/// The signs of years where one does not say when: the other's year, if it says when, else the
/// latest that each names.
fn years(a: &Telling, b: &Telling) -> Option<Sign> {
    let (x, y) = (&a.wording.years, &b.wording.years);
    let apart = match (a.when, b.when) {
        (Some(when), None) => nearest(y, year(when)),
        (None, Some(when)) => nearest(x, year(when)),
        _ => x.last().zip(y.last()).map(|(x, y)| x.abs_diff(*y)),
    };
    apart.map(|apart| match apart {
        0 => Sign::YearsSame,
        1 => Sign::YearsNext,
        _ => Sign::YearsOther,
    })
}

fn nearest(years: &[u16], year: u16) -> Option<u16> {
    years.iter().map(|named| named.abs_diff(year)).min()
}

/// Whether two tellings, of which one does not say when, name a month in common early on; `None`
/// if one of them names none.
pub(super) fn same_months(a: &Telling, b: &Telling) -> Option<bool> {
    let undated = a.when.is_none() || b.when.is_none();
    let (x, y) = (&a.wording.months, &b.wording.months);
    (undated && !x.is_empty() && !y.is_empty())
        .then(|| x.iter().any(|month| y.binary_search(month).is_ok()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use reading::DocumentId;

    use super::*;
    use crate::report::ReportId;
    use crate::resolved::{Precision, Scene};

    fn telling(n: u8) -> Telling {
        Telling::blank(ReportId::of(&[&[n]]), DocumentId::of(&[&[n]]))
    }

    fn on(day: i8) -> Telling {
        Telling { when: Some(Period::day(date(2024, 3, day))), ..telling(1) }
    }

    fn at(country: &str, place: Option<&str>, point: Option<(f64, f64)>) -> Telling {
        let scene = Scene {
            country: country.into(),
            admin1: None,
            place: place.map(str::to_owned),
            site: None,
            lat: point.map(|p| p.0),
            lon: point.map(|p| p.1),
            precision: if point.is_some() { Precision::Place } else { Precision::Country },
        };
        Telling { spot: Some(Spot::of(&scene)), ..telling(1) }
    }

    fn the(question: &str, a: &Telling, b: &Telling) -> Option<Sign> {
        signs(a, b).into_iter().find(|sign| sign.question() == question)
    }

    #[test]
    fn days_are_the_same_near_or_far() {
        assert_eq!(the("time", &on(3), &on(3)), Some(Sign::DaySame));
        assert_eq!(the("time", &on(3), &on(4)), Some(Sign::DayNext));
        assert_eq!(the("time", &on(3), &on(9)), Some(Sign::DayWeek));
        let both = Period { start: date(2024, 3, 3), end: date(2024, 3, 4) };
        let both = Telling { when: Some(both), ..telling(2) };
        assert_eq!(the("time", &on(3), &both), Some(Sign::DaySame));
        assert_eq!(the("time", &on(4), &both), Some(Sign::DayOver));
        let month = Period { start: date(2024, 3, 1), end: date(2024, 3, 31) };
        let month = Telling { when: Some(month), ..telling(2) };
        assert_eq!(the("time", &on(3), &month), Some(Sign::SpanIn));
        let fresh = Telling { published: Some(date(2024, 3, 4)), ..telling(2) };
        assert_eq!(the("time", &on(3), &fresh), Some(Sign::LooseIn));
        assert_eq!(the("time", &on(3), &telling(2)), Some(Sign::TimeNone));
    }

    #[test]
    fn silence_about_a_place_is_no_contradiction() {
        let wick = at("XX", Some("Wick"), Some((10.0, 10.0)));
        assert_eq!(the("place", &wick, &at("XX", None, None)), Some(Sign::PlaceCountry));
        assert_eq!(the("place", &wick, &at("YY", None, None)), Some(Sign::PlaceAbroad));
        assert_eq!(the("place", &wick, &telling(2)), Some(Sign::PlaceNone));
        let ash = at("XX", Some("Ash"), Some((10.05, 10.0)));
        assert_eq!(the("place", &wick, &ash), Some(Sign::PlaceBeside));
        let elm = at("XX", Some("Elm"), Some((14.0, 10.0)));
        assert_eq!(the("place", &wick, &elm), Some(Sign::PlaceFar));
    }

    #[test]
    fn a_report_long_after_that_names_the_year_may_be_of_that_day() {
        let published = |years: &[u16]| {
            let mut late = Telling { published: Some(date(2027, 5, 1)), ..telling(2) };
            late.wording.years = years.to_vec();
            late
        };
        assert_eq!(the("time", &on(3), &published(&[])), Some(Sign::LooseOut));
        assert_eq!(the("time", &on(3), &published(&[2024, 2027])), Some(Sign::LooseNamed));
        assert_eq!(the("years", &on(3), &published(&[2024, 2027])), Some(Sign::YearsSame));
        assert_eq!(the("years", &on(3), &published(&[2027])), Some(Sign::YearsOther));
    }

    #[test]
    fn months_are_compared_where_one_says_no_day() {
        let named = |months: &[u8]| {
            let mut named = telling(1);
            named.wording.months = months.to_vec();
            named
        };
        let (spring, march, april) = (named(&[3, 4]), named(&[3]), named(&[4]));
        assert_eq!(same_months(&spring, &march), Some(true));
        assert_eq!(same_months(&march, &april), Some(false));
        assert_eq!(same_months(&march, &named(&[])), None);
        let dated = |of: &Telling| Telling { wording: of.wording.clone(), ..on(3) };
        assert_eq!(same_months(&dated(&march), &dated(&april)), None);
        assert_eq!(same_months(&dated(&march), &april), Some(false));
    }

    #[test]
    fn a_site_with_a_part_of_the_toll_of_a_wider_scene_is_a_part_of_it() {
        let hall = Telling {
            killed: Some(Count::exactly(30)),
            ..at("XX", Some("Wick"), Some((1.0, 1.0)))
        };
        let day = |n| Telling { killed: Some(Count::exactly(n)), ..at("XX", None, None) };
        assert_eq!(the("part", &hall, &day(120)), Some(Sign::PlacePart));
        assert_eq!(the("part", &hall, &day(35)), None);
        assert_eq!(the("part", &hall, &day(10)), None);
        assert_eq!(
            the("part", &hall, &Telling { killed: Some(Count::exactly(90)), ..hall.clone() }),
            None
        );
        let mut many = Telling { several: true, ..day(20) };
        assert_eq!(the("part", &hall, &many), None);
        many.spot.as_mut().unwrap().precision = Precision::Admin1;
        assert_eq!(the("part", &hall, &many), Some(Sign::PartSeveral));
        many.killed = Some(Count::exactly(30));
        assert_eq!(the("part", &hall, &many), None);
    }

    #[test]
    fn the_second_day_is_a_part_of_what_counts_both() {
        let town = at("XX", Some("Wick"), Some((1.0, 1.0)));
        let of = |first, last, n, several| Telling {
            when: Some(Period { start: date(2024, 3, first), end: date(2024, 3, last) }),
            killed: Some(Count::exactly(n)),
            several,
            ..town.clone()
        };
        let both = of(13, 14, 28, true);
        assert_eq!(the("part", &of(14, 14, 4, false), &both), Some(Sign::PartSeveral));
        // Two days are named for the first.
        assert_eq!(the("part", &of(13, 13, 11, false), &both), None);
        assert_eq!(the("part", &of(14, 14, 20, false), &both), None);
        assert_eq!(the("part", &of(14, 14, 4, false), &of(13, 14, 28, false)), None);
    }

    #[test]
    fn neighbours_with_high_tolls_of_their_own_are_two() {
        let village = |name, lat, n| Telling {
            killed: Some(Count::exactly(n)),
            ..at("XX", Some(name), Some((lat, 1.0)))
        };
        let asked = |n, m| the("neighbours", &village("Wick", 1.0, n), &village("Thurso", 1.04, m));
        assert_eq!(asked(260, 132), Some(Sign::NeighbourMassacre));
        assert_eq!(asked(260, 32), Some(Sign::NeighbourOther));
        assert_eq!(asked(260, 5), None);
        assert_eq!(asked(260, 250), None);
    }

    #[test]
    fn tolls_rise_but_do_not_jump() {
        let killed = |count| Telling { killed: Some(count), ..telling(1) };
        let asked = |a, b| the("killed", &killed(a), &killed(b));
        let (some, many) = (Count::at_least(115), Count::exactly(145));
        assert_eq!(asked(some, many), Some(Sign::KilledFits));
        assert_eq!(asked(Count::exactly(3), many), Some(Sign::KilledContrary));
        assert_eq!(asked(Count::exactly(49), Count::exactly(49)), Some(Sign::KilledSame));
        assert_eq!(asked(Count::exactly(1), Count::exactly(1)), Some(Sign::KilledSmall));
    }
}
