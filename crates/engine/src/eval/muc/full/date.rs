//! Dates of incidents: `24 AUG 89`, `20 AUG 89 - 24 AUG 89`, `- 24 AUG 89` for "on or before".

use jiff::ToSpan;
use jiff::civil::Date;

use super::agree::Halves;

/// The months as they are written.
pub const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// How long before its last day something told as news may have been.
const RECENT_DAYS: i32 = 61;

/// What a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Day(Date),
    Between(Date, Date),
    Until(Date),
}

/// How right `given` is: half if it is a part of what is wanted, or the default of the right day.
pub(super) fn agreement(wanted: &str, given: &str) -> Halves {
    let (Some(wanted), Some(given)) = (parse(wanted), parse(given)) else { return 0 };
    if wanted == given {
        return 2;
    }
    let last = |when| match when {
        When::Day(day) | When::Between(_, day) | When::Until(day) => day,
    };
    let close = match (wanted, given) {
        (_, When::Until(day)) => day == last(wanted),
        (_, When::Day(day)) => holds(wanted, day, day),
        (_, When::Between(first, day)) => holds(wanted, first, day),
    };
    u8::from(close)
}

/// Whether the days from `first` to `last` lie within `when`.
fn holds(when: When, first: Date, last: Date) -> bool {
    match when {
        When::Day(day) => first == day && last == day,
        When::Between(from, to) => from <= first && last <= to,
        When::Until(to) => last <= to && (to - first).get_days() <= RECENT_DAYS,
    }
}

fn parse(text: &str) -> Option<When> {
    let text = text.trim();
    if let Some(until) = text.strip_prefix('-') {
        return day(until).map(When::Until);
    }
    match text.split_once('-') {
        None => day(text).map(When::Day),
        Some((from, to)) => {
            let (from, to) = (day(from)?, day(to)?);
            Some(if from == to { When::Day(to) } else { When::Between(from, to) })
        }
    }
}

/// `24 AUG 89`; a year of two digits is one of the twentieth century.
fn day(text: &str) -> Option<Date> {
    let mut words = text.split_whitespace();
    let day: i8 = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|m| month.eq_ignore_ascii_case(m))?;
    let year: i16 = words.next()?.parse().ok()?;
    let first =
        Date::new(if year < 100 { 1900 + year } else { year }, i8::try_from(month).ok()? + 1, 1)
            .ok()?;
    // "31 NOV" is the last of November.
    let date = first.checked_add((i64::from(day) - 1).days()).ok()?;
    Some(if date.month() == first.month() { date } else { first.last_of_month() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wanted: &str, given: &str, halves: Halves) {
        assert_eq!(agreement(wanted, given), halves, "{wanted} and {given}");
    }

    #[test]
    fn a_day_is_right_or_wrong() {
        check("24 AUG 89", "24 AUG 89", 2);
        check("24 AUG 89", "25 AUG 89", 0);
        check("24 AUG 89", "24 AGO 89", 0);
        check("31 NOV 89", "30 NOV 89", 2);
    }

    #[test]
    fn a_part_of_the_wanted_days_is_half_right() {
        check("20 AUG 89 - 24 AUG 89", "22 AUG 89", 1);
        check("20 AUG 89 - 24 AUG 89", "20 AUG 89 - 22 AUG 89", 1);
        check("20 AUG 89 - 24 AUG 89", "25 AUG 89", 0);
        check("- 24 AUG 89", "23 AUG 89", 1);
        check("- 24 AUG 89", "24 AUG 89", 1);
        check("- 24 AUG 89", "24 AUG 88", 0);
    }

    #[test]
    fn the_default_is_half_right_if_its_day_is_the_last() {
        check("24 AUG 89", "- 24 AUG 89", 1);
        check("22 AUG 89 - 24 AUG 89", "- 24 AUG 89", 1);
        check("23 AUG 89", "- 24 AUG 89", 0);
        check("- 24 AUG 89", "-24 AUG 89", 2);
    }
}
