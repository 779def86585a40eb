//! An answer, what it rests on, and the small value types that answers are made of.

use std::borrow::Cow;

use jiff::civil::Date;
use reading::Span;
use serde::{Deserialize, Serialize};

/// A value, where it came from and by which rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resolved<T> {
    /// The answer.
    pub value: T,
    /// What it rests on.
    pub basis: Basis,
    /// The words that it rests on.
    pub at: Vec<Span>,
    /// The name of the rule that gave it.
    pub rule: Cow<'static, str>,
}

impl<T> Resolved<T> {
    /// An answer that `rule` gave from the words `at`.
    pub fn new(value: T, basis: Basis, at: Vec<Span>, rule: &'static str) -> Self {
        Self { value, basis, at, rule: Cow::Borrowed(rule) }
    }
}

/// How firmly the text says a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The text says so.
    Stated,
    /// It follows from what the text says.
    Inferred,
    /// We suppose it, since the text is silent.
    Assumed,
}

impl Basis {
    /// The term as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
            Self::Assumed => "assumed",
        }
    }
}

/// A number of people or things as bounds: "at least 12" has a low and no high.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// No fewer than this.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub low: Option<u32>,
    /// The number that the text gives.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub best: Option<u32>,
    /// No more than this.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub high: Option<u32>,
}

impl Count {
    /// Exactly `n`.
    pub fn exactly(n: u32) -> Self {
        Self { low: Some(n), best: Some(n), high: Some(n) }
    }

    /// `n` or more.
    pub fn at_least(n: u32) -> Self {
        Self { low: Some(n), best: Some(n), high: None }
    }
}

/// From a first to a last day. Its length is its precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub start: Date,
    /// The last day, not before the first.
    pub end: Date,
}

impl Period {
    /// One day.
    pub fn day(day: Date) -> Self {
        Self { start: day, end: day }
    }

    /// How many days it covers.
    pub fn days(self) -> i32 {
        (self.end - self.start).get_days() + 1
    }

    /// The nearest unit of its length: day, days, week, month, season, year, or years.
    pub fn precision(self) -> &'static str {
        match self.start.until(self.end).map_or(0, |span| span.get_days()) {
            0 => "day",
            1..=4 => "days",
            5..=13 => "week",
            14..=59 => "month",
            60..=150 => "season",
            151..=366 => "year",
            _ => "years",
        }
    }
}

/// Where something happened: a chain from the country down to the site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// First-level area.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub admin1: Option<String>,
    /// City, town, village.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<String>,
    /// Building, street, base, as the text has it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub site: Option<String>,
    /// Degrees north, of the most precise part known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lon: Option<f64>,
    /// How precise the coordinates are.
    pub precision: Precision,
}

/// How precise a scene is, after UCDP's `where_prec`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A known site (`where_prec` 1).
    Site,
    /// A city, town or village (1).
    Place,
    /// Near a place, at a distance (2).
    Near,
    /// A second-level area (3).
    Admin2,
    /// A first-level area (4).
    Admin1,
    /// The country (6).
    Country,
}

impl Precision {
    /// The term as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Place => "place",
            Self::Near => "near",
            Self::Admin2 => "admin2",
            Self::Admin1 => "admin1",
            Self::Country => "country",
        }
    }

    /// UCDP's `where_prec`.
    pub fn ucdp(self) -> u8 {
        match self {
            Self::Site | Self::Place => 1,
            Self::Near => 2,
            Self::Admin2 => 3,
            Self::Admin1 => 4,
            Self::Country => 6,
        }
    }
}
