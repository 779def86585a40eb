//! A day, month or year as the gold writes it: `2019-08-04`, `2019-08`, `2019`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// From a first to a last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Stretch {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// The text is not a day, a month or a year.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a day, month or year such as 2019-08-04, 2019-08 or 2019")]
pub struct NotAStretch(String);

impl Stretch {
    /// One day.
    pub fn day(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// Whether it is one day.
    pub fn is_day(self) -> bool {
        self.first == self.last
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Whether the two share a day, or would if one were moved by a day.
    pub fn meets_within_a_day(self, other: Self) -> bool {
        let before = |a: Date, b: Date| a.tomorrow().is_ok_and(|next| next < b);
        !before(self.last, other.first) && !before(other.last, self.first)
    }
}

impl std::str::FromStr for Stretch {
    type Err = NotAStretch;

    fn from_str(text: &str) -> Result<Self, NotAStretch> {
        let bad = || NotAStretch(text.to_owned());
        let mut parts = text.split('-');
        let mut part = |digits: usize| match parts.next() {
            Some(p) if p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()) => {
                p.parse::<i16>().map(Some).map_err(|_| bad())
            }
            Some(_) => Err(bad()),
            None => Ok(None),
        };
        let year = part(4)?.ok_or_else(bad)?;
        let (month, day) = (part(2)?, part(2)?);
        if parts.next().is_some() {
            return Err(bad());
        }
        let date = |month: i16, day: i16| {
            let small = |n: i16| i8::try_from(n).map_err(|_| bad());
            Date::new(year, small(month)?, small(day)?).map_err(|_| bad())
        };
        Ok(match (month, day) {
            (Some(month), Some(day)) => Self::day(date(month, day)?),
            (Some(month), None) => {
                let first = date(month, 1)?;
                Self { first, last: first.last_of_month() }
            }
            _ => Self { first: date(1, 1)?, last: date(12, 31)? },
        })
    }
}

impl TryFrom<String> for Stretch {
    type Error = NotAStretch;

    fn try_from(text: String) -> Result<Self, NotAStretch> {
        text.parse()
    }
}

impl From<Stretch> for String {
    fn from(stretch: Stretch) -> Self {
        stretch.to_string()
    }
}

impl std::fmt::Display for Stretch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { first, last } = *self;
        if first == last {
            write!(f, "{first}")
        } else if first == first.first_of_year() && last == first.last_of_year() {
            write!(f, "{:04}", first.year())
        } else if first == first.first_of_month() && last == first.last_of_month() {
            write!(f, "{:04}-{:02}", first.year(), first.month())
        } else {
            write!(f, "{first}..{last}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(text: &str) -> Stretch {
        text.parse().unwrap()
    }

    #[test]
    fn days_months_and_years_come_back_as_they_went_in() {
        for text in ["2019-08-04", "2020-02", "1979"] {
            assert_eq!(stretch(text).to_string(), text);
        }
        assert_eq!(stretch("2020-02").last.to_string(), "2020-02-29");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "19", "2019-13", "2019-02-30", "2019-8-4", "2019-08-04-1", "August"] {
            assert!(text.parse::<Stretch>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_apart_meets_two_do_not() {
        let meets = |a: &str, b: &str| stretch(a).meets_within_a_day(stretch(b));
        assert!(meets("2019-08-04", "2019-08-05"));
        assert!(meets("2019-08-05", "2019-08-04"));
        assert!(!meets("2019-08-04", "2019-08-06"));
        assert!(meets("2019-08-31", "2019-09"));
        assert!(!meets("2019-08-30", "2019-09"));
    }
}
