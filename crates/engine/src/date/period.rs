//! Phrases for times and a reference day → a period: weekends, seasons, feasts, ranges of weekdays.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use crate::date::find::{Part, Spoken};
use crate::date::resolve::{Clock, first_of_month};
use crate::resolved::Period;

/// The period that a phrase means; `None` for what is to come, or if nothing says from when to count.
pub(super) fn phrase(spoken: Spoken, clock: Clock) -> Option<Period> {
    let today = clock.today;
    match spoken {
        Spoken::YearsToTheDay(n) => {
            today?.checked_sub(Span::new().try_years(n).ok()?).ok().map(Period::day)
        }
        Spoken::Weekdays { first, last } => {
            let end = weekday(today?, last)?;
            Some(Period { start: weekday(end, first)?, end })
        }
        Spoken::EveOf(day) => {
            // The feast may lie ahead of those who speak of its eve.
            let ahead = weekday(today?.checked_add(2.days()).ok()?, day)?;
            ahead.yesterday().ok().map(Period::day)
        }
        Spoken::Weekend { last } => {
            let sunday = weekday(today?.checked_add(1.days()).ok()?, 7)?;
            let sunday = if last && sunday >= today? { weekday(today?, 5)? } else { sunday };
            let sunday = if last && sunday < today? { weekday(sunday, 7)? } else { sunday };
            let saturday = sunday.yesterday().ok()?;
            Some(Period { start: saturday, end: sunday.min(today?).max(saturday) })
        }
        Spoken::Overnight => Some(Period { start: today?.yesterday().ok()?, end: today? }),
        Spoken::OfMonth(day) => {
            let this =
                today?.with().day(day).build().ok().filter(|&d| today.is_some_and(|t| d <= t));
            let before = || today?.first_of_month().yesterday().ok()?.with().day(day).build().ok();
            this.or_else(before).map(Period::day)
        }
        Spoken::Past(days) => {
            let start = today?.checked_sub(Span::new().try_days(days).ok()?).ok()?;
            Some(Period { start, end: today? })
        }
        Spoken::PartOfMonth { part, month, year } => {
            let start = first_of_month(month, year, today)?;
            let day = |n| start.with().day(n).build().ok();
            Some(match part {
                Part::Early => Period { start, end: day(10)? },
                Part::Mid => Period { start: day(11)?, end: day(20)? },
                Part::Late => Period { start: day(21)?, end: start.last_of_month() },
            })
        }
        Spoken::PartOfYear { part, year } => {
            let (first, last) = match part {
                Part::Early => (1, 4),
                Part::Mid => (5, 8),
                Part::Late => (9, 12),
            };
            let (start, end) = (Date::new(year, first, 1).ok()?, Date::new(year, last, 1).ok()?);
            Some(Period { start, end: end.last_of_month() })
        }
        Spoken::Season { month, year } => {
            let of = |year| {
                let start = Date::new(year, month, 1).ok()?;
                Some(Period { start, end: start.checked_add(2.months()).ok()?.last_of_month() })
            };
            match year {
                Some(year) => of(year),
                None => [today?.year(), today?.year().checked_sub(1)?]
                    .into_iter()
                    .filter_map(of)
                    .find(|season| today.is_some_and(|today| season.end < today)),
            }
        }
        Spoken::Easter { after, year } => {
            let of = |year| easter(year)?.checked_add(after.days()).ok();
            match year {
                Some(year) => of(year),
                None => of(today?.year())
                    .filter(|&day| today.is_some_and(|today| day <= today))
                    .or_else(|| of(today?.year().checked_sub(1)?)),
            }
            .map(Period::day)
        }
        Spoken::Midnight => Some(Period { start: clock.told?.yesterday().ok()?, end: clock.told? }),
        Spoken::DaysAfter(n) => {
            clock.told?.checked_add(Span::new().try_days(n).ok()?).ok().map(Period::day)
        }
        _ => None,
    }
}

/// The last such weekday on or before `day`.
pub(super) fn weekday(day: Date, weekday: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    day.checked_sub(i32::from(day.weekday().since(weekday)).days()).ok()
}

/// Easter Sunday of the western churches, after Meeus, Jones and Butcher.
fn easter(year: i16) -> Option<Date> {
    let (y, century) = (i32::from(year), i32::from(year) / 100);
    let (golden, of_century) = (y % 19, y % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - correction + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let n = moon + sunday - 7 * late + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}
