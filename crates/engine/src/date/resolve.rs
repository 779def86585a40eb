//! A word for a time and a reference day → a period.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use reading::Document;

use crate::date::find::{DateWord, Spoken, date_words};
use crate::date::period::{phrase, weekday};
use crate::resolved::{Basis, Period};
use crate::text::Text;

/// What the days of a document are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The day of publication, or the one of the dateline.
    pub today: Option<Date>,
    /// Whether `today` is said, not worked out.
    pub basis: Basis,
    /// The day that the text told of last, for "the same evening".
    pub told: Option<Date>,
}

impl Clock {
    /// The clock of a document: the dateline if it has a day that fits the day of publication, else
    /// that day, else nothing.
    pub fn of(document: &Document, text: &Text<'_>) -> Self {
        // A page may stand for days before it is fetched, and a dispatch is printed a day later.
        const LATE: i32 = 7;
        let published = document.published.as_ref().map(|day| day.value);
        let on_page = Self { today: published, basis: Basis::Stated, told: None };
        let written = date_words(text, text.dateline.clone()).into_iter().find_map(|word| {
            let day = matches!(word.spoken, Spoken::Day { .. });
            resolve(&word, on_page).filter(|_| day).map(|period| period.start)
        });
        let today = match (written, published) {
            (Some(day), Some(page)) if !(0..=LATE).contains(&(page - day).get_days()) => Some(page),
            (written, published) => written.or(published),
        };
        let basis = if today.is_some() { Basis::Stated } else { Basis::Inferred };
        Self { today, basis, told: None }
    }

    /// The same clock behind a sentence that told of `day`.
    #[must_use]
    pub fn behind(self, day: Option<Date>) -> Self {
        Self { told: day.or(self.told), ..self }
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
            let first = first_of_month(month, year, today)?;
            Some(Period { start: first, end: first.last_of_month() })
        }
        Spoken::MonthOfLastYear(month) => {
            let year = today?.year().checked_sub(1)?;
            let first = Date::new(year, month, 1).ok()?;
            Some(Period { start: first, end: first.last_of_month() })
        }
        Spoken::Year(year) => {
            Some(Period { start: Date::new(year, 1, 1).ok()?, end: Date::new(year, 12, 31).ok()? })
        }
        Spoken::Weekday { day, last } => {
            let today = today?;
            let day = weekday(today, day)?;
            let day = if last && day == today { day.checked_sub(7.days()).ok()? } else { day };
            Some(Period::day(day))
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
        spoken => phrase(spoken, clock),
    }
}

/// The first day of a month; of the last such month that has begun, if no year is said.
pub(super) fn first_of_month(month: i8, year: Option<i16>, today: Option<Date>) -> Option<Date> {
    let year = year.or_else(|| {
        let today = today?;
        Some(if month <= today.month() { today.year() } else { today.year() - 1 })
    })?;
    Date::new(year, month, 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, published: &str, expected: &[&str]) {
        let text = Text::of(source);
        let told = "2024-03-19".parse().ok();
        let clock = Clock { today: published.parse().ok(), basis: Basis::Stated, told };
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
        check("in October last year", "2024-11-02", &["2023-10-01/2023-10-31"]);
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
    fn weekends_and_ranges_are_periods() {
        check("over the weekend, last weekend", "2024-03-25", &["2024-03-23/2024-03-24"; 2]);
        check(
            "over the weekend, last weekend",
            "2024-03-24",
            &["2024-03-23/2024-03-24", "2024-03-16/2024-03-17"],
        );
        check("over the weekend", "2024-03-23", &["2024-03-23"]);
        check("between Friday and Sunday", "2024-03-26", &["2024-03-22/2024-03-24"]);
        check("from Friday morning until Monday night", "2024-03-26", &["2024-03-22/2024-03-25"]);
        check("in the night to Monday", "2024-03-26", &["2024-03-24/2024-03-25"]);
        check("overnight", "2024-03-26", &["2024-03-25/2024-03-26"]);
        check("overnight into Monday", "2024-03-26", &["2024-03-25"]);
        check("in the past three weeks", "2024-03-26", &["2024-03-05/2024-03-26"]);
        check("on the eve of Sunday's vote", "2024-03-25", &["2024-03-23"]);
        check("on the eve of Sunday's vote", "2024-03-23", &["2024-03-23"]);
        check(
            "On the 14th, two died. On the 27th, three. On the 20th floor",
            "2024-03-25",
            &["2024-03-14", "2024-02-27"],
        );
    }

    #[test]
    fn parts_of_months_and_years_are_thirds() {
        check("in early June", "2024-03-26", &["2023-06-01/2023-06-10"]);
        check("mid-March 2019", "", &["2019-03-11/2019-03-20"]);
        check("at the end of February", "2024-03-26", &["2024-02-21/2024-02-29"]);
        check("in late 2014", "", &["2014-09-01/2014-12-31"]);
        check(
            "in the spring of 2016, last autumn",
            "2024-03-26",
            &["2016-03-01/2016-05-31", "2023-09-01/2023-11-30"],
        );
        check("the winter of 2016", "", &["2016-01-01/2016-12-31"]);
    }

    #[test]
    fn feasts_have_their_day() {
        check("on New Year's Eve, on Christmas Day", "2024-03-26", &["2023-12-31", "2023-12-25"]);
        check("on Good Friday, Easter Sunday 2019", "2022-05-01", &["2022-04-15", "2019-04-21"]);
        check("ten years ago to the day", "2014-03-11", &["2004-03-11"]);
    }

    #[test]
    fn some_words_count_from_the_day_told_of_last() {
        check("the same evening; hours later", "2024-03-23", &["2024-03-19"; 2]);
        check(
            "Two days later a bomb went off. He died three days later.",
            "2024-03-23",
            &["2024-03-21"],
        );
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
