//! A word for a time and a reference day → a period.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use reading::Document;

use crate::date::find::{DateWord, Spoken, date_words};
use crate::resolved::{Basis, Period};
use crate::text::Text;

/// What the days of a document are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The day of publication, or the one of the dateline.
    pub today: Option<Date>,
    /// Whether `today` is said, not worked out.
    pub basis: Basis,
}

impl Clock {
    /// The clock of a document: the day of publication, else the full date of the dateline.
    pub fn of(document: &Document, text: &Text<'_>) -> Self {
        if let Some(published) = &document.published {
            return Self { today: Some(published.value), basis: Basis::Stated };
        }
        let full = |word: &DateWord| match word.spoken {
            Spoken::Day { day, month, year: Some(year) } => Date::new(year, month, day).ok(),
            _ => None,
        };
        let today = date_words(text, text.dateline.clone()).iter().find_map(full);
        let basis = if today.is_some() { Basis::Stated } else { Basis::Inferred };
        Self { today, basis }
    }
}

/// The period that `word` means, or `None` if nothing says from when to count.
pub fn resolve(word: &DateWord, clock: Clock) -> Option<Period> {
    let today = clock.today;
    match word.spoken {
        Spoken::Day { day, month, year: Some(year) } => {
            Date::new(year, month, day).ok().map(Period::day)
        }
        Spoken::Day { day, month, year: None } => {
            let today = today?;
            let this = Date::new(today.year(), month, day).ok();
            let last = Date::new(today.year() - 1, month, day).ok();
            // A day or two ahead is a clock elsewhere; further ahead it was last year's.
            match this {
                Some(this) if this <= today.saturating_add(2.days()) => Some(Period::day(this)),
                _ => last.map(Period::day),
            }
        }
        Spoken::Days { first, last, month, year } => {
            let day = |day| {
                resolve(&DateWord { spoken: Spoken::Day { day, month, year }, ..*word }, clock)
            };
            let (first, last) = (day(first)?, day(last)?);
            (first.start <= last.end).then_some(Period { start: first.start, end: last.end })
        }
        Spoken::Month { month, year } => {
            let year = year.or_else(|| {
                let today = today?;
                Some(if month <= today.month() { today.year() } else { today.year() - 1 })
            })?;
            let first = Date::new(year, month, 1).ok()?;
            Some(Period { start: first, end: first.last_of_month() })
        }
        Spoken::Year(year) => {
            Some(Period { start: Date::new(year, 1, 1).ok()?, end: Date::new(year, 12, 31).ok()? })
        }
        Spoken::Weekday { day, last } => {
            let (today, weekday) = (today?, Weekday::from_monday_one_offset(day).ok()?);
            let back = i32::from(today.weekday().since(weekday));
            let back = if last && back == 0 { 7 } else { back };
            today.checked_sub(back.days()).ok().map(Period::day)
        }
        Spoken::DaysAgo(n) => {
            today?.checked_sub(Span::new().try_days(n).ok()?).ok().map(Period::day)
        }
        Spoken::WeeksAgo(n) => {
            let day = today?.checked_sub(Span::new().try_weeks(n).ok()?).ok()?;
            Some(Period {
                start: day.checked_sub(3.days()).ok()?,
                end: day.checked_add(3.days()).ok()?,
            })
        }
        Spoken::MonthsAgo(n) => {
            let day = today?.checked_sub(Span::new().try_months(n).ok()?).ok()?;
            Some(Period { start: day.first_of_month(), end: day.last_of_month() })
        }
        Spoken::YearsAgo(n) => {
            let day = today?.checked_sub(Span::new().try_years(n).ok()?).ok()?;
            Some(Period { start: day.first_of_year(), end: day.last_of_year() })
        }
        Spoken::LastWeek => {
            let monday = today?
                .checked_sub(i32::from(today?.weekday().to_monday_zero_offset()).days())
                .ok()?;
            Some(Period {
                start: monday.checked_sub(7.days()).ok()?,
                end: monday.checked_sub(1.days()).ok()?,
            })
        }
        Spoken::LastMonth => {
            let day = today?.first_of_month().checked_sub(1.days()).ok()?;
            Some(Period { start: day.first_of_month(), end: day })
        }
        Spoken::LastYear => {
            let day = today?.first_of_year().checked_sub(1.days()).ok()?;
            Some(Period { start: day.first_of_year(), end: day })
        }
        Spoken::Future => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, published: &str, expected: &[&str]) {
        let text = Text::of(source);
        let clock = Clock { today: published.parse().ok(), basis: Basis::Stated };
        let found: Vec<String> = date_words(&text, 0..text.tokens.len())
            .iter()
            .filter_map(|w| resolve(w, clock))
            .map(|p| {
                if p.start == p.end {
                    p.start.to_string()
                } else {
                    format!("{}/{}", p.start, p.end)
                }
            })
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn absolute_days_need_no_clock_if_they_have_a_year() {
        check(
            "On 22 March 2024, March 23, 2024 and 2024-03-24.",
            "",
            &["2024-03-22", "2024-03-23", "2024-03-24"],
        );
        check(
            "from 11 to 13 April 2025, June 4 to 5",
            "2025-07-01",
            &["2025-04-11/2025-04-13", "2025-06-04/2025-06-05"],
        );
        check("in March 2019, in 2015", "", &["2019-03-01/2019-03-31", "2015-01-01/2015-12-31"]);
    }

    #[test]
    fn weekdays_are_the_last_before_publication() {
        check(
            "on Friday, yesterday, last night, today",
            "2024-03-23",
            &["2024-03-22", "2024-03-22", "2024-03-22", "2024-03-23"],
        );
        check("on Saturday, last Saturday", "2024-03-23", &["2024-03-23", "2024-03-16"]);
        check("on Oct. 14", "2017-10-16", &["2017-10-14"]);
        check("on December 30", "2024-01-05", &["2023-12-30"]);
    }

    #[test]
    fn relative_words_count_back() {
        check(
            "two days ago, last month, three weeks ago, last year",
            "2024-03-23",
            &[
                "2024-03-21",
                "2024-02-01/2024-02-29",
                "2024-02-28/2024-03-05",
                "2023-01-01/2023-12-31",
            ],
        );
        check("It may rain and troops march on.", "2024-03-23", &[]);
        check("On Friday next week", "", &[]);
        check(
            "99999999 days ago, 999999999 weeks ago, 99999999 months ago, 99999 years ago",
            "2024-03-23",
            &[],
        );
    }
}
