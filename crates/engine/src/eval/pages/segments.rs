//! Segments that a page's text must and must not hold; its day of publication, authors and title.
//!
//! A segment is in the text if it is when runs of white space are one space. All segments count
//! alike over all pages. A day is right if it is exact. Pages whose annotation has no date, author
//! or title are not scored for it: some pages have none and some were not annotated.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;

use crate::eval::{Form, Item, Measure, Tally};

/// The annotation of one page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Annotation {
    /// The page's file.
    pub file: String,
    /// What its text must hold.
    pub with: Vec<String>,
    /// What its text must not hold.
    pub without: Vec<String>,
    /// The day of publication; empty if there is none.
    #[serde(default)]
    pub date: String,
    /// The authors; empty if there are none.
    #[serde(default)]
    pub author: Authors,
    /// The headline; empty if there is none.
    #[serde(default)]
    pub title: String,
}

/// Authors as annotated: one text with semicolons, or a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Authors {
    /// `Ada Vance; Li Wen`.
    Text(String),
    /// One name each.
    List(Vec<String>),
}

impl Default for Authors {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

/// What was found on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The main text.
    pub text: String,
    /// The day of publication.
    pub date: Option<Date>,
    /// The authors.
    pub authors: Vec<String>,
    /// The headline.
    pub title: Option<String>,
}

/// Segments, then the three facts, then how many facts are where the annotation has none.
pub fn measures() -> Vec<Measure> {
    [
        ("text", Form::F1),
        ("date", Form::F1),
        ("author", Form::F1),
        ("title", Form::F1),
        ("date where none is annotated", Form::Count),
    ]
    .map(|(name, form)| Measure { name, form })
    .into()
}

/// Scores one page. Errors if the annotated date is not a day.
pub fn score(gold: &Annotation, found: &Found) -> Result<Item, String> {
    let text = spaced(&found.text);
    let held = |segments: &[String]| -> Vec<bool> {
        segments.iter().map(|segment| text.contains(&spaced(segment))).collect()
    };
    let (with, without) = (held(&gold.with), held(&gold.without));
    let n = |held: &[bool]| held.iter().filter(|h| **h).count();
    let mut wrong = Vec::new();
    for (segment, _) in gold.with.iter().zip(&with).filter(|(_, held)| !**held) {
        wrong.push(format!("lacks: {}", spaced(segment)));
    }
    for (segment, _) in gold.without.iter().zip(&without).filter(|(_, held)| **held) {
        wrong.push(format!("holds: {}", spaced(segment)));
    }
    let date = day(&gold.date)?;
    let mut fact = |name: &str, wanted: Option<String>, given: Option<String>| {
        let Some(wanted) = wanted else { return Tally::default() };
        let right = given.as_ref() == Some(&wanted);
        if !right {
            wrong.push(format!("{name}: {wanted}, not {}", given.as_deref().unwrap_or("nothing")));
        }
        Tally::of(usize::from(right), usize::from(given.is_some()), 1)
    };
    let show = |date: Date| date.to_string();
    let tallies = vec![
        Tally::of(n(&with), n(&with) + n(&without), with.len()),
        fact("date", date.map(show), found.date.map(show)),
        fact("author", people(&gold.author.names()), people(&found.authors)),
        fact("title", folded(&gold.title), found.title.as_deref().and_then(folded)),
        match date {
            None => Tally::share(usize::from(found.date.is_some()), 1),
            Some(_) => Tally::default(),
        },
    ];
    Ok(Item { id: gold.file.clone(), tallies, wrong })
}

impl Authors {
    fn names(&self) -> Vec<String> {
        match self {
            Self::Text(text) => text.split(';').map(str::to_owned).collect(),
            Self::List(names) => names.clone(),
        }
    }
}

/// The annotated day. Some are written without leading noughts, with a dot, or with the month
/// last; they mean a day all the same.
fn day(text: &str) -> Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let bad = || format!("date \"{text}\" is not a day such as 2022-11-01");
    let parts: Vec<&str> = text.split(['-', '.']).collect();
    let [year, month, day] = parts[..] else { return Err(bad()) };
    let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else {
        return Err(bad());
    };
    let date = Date::new(year, month, day).or_else(|_| Date::new(year, day, month));
    date.map(Some).map_err(|_| bad())
}

/// A set of names as one text, without regard to case and order.
fn people(names: &[String]) -> Option<String> {
    let names: BTreeSet<String> = names.iter().filter_map(|name| folded(name)).collect();
    (!names.is_empty()).then(|| names.into_iter().collect::<Vec<_>>().join("; "))
}

/// One space between words, without case; `None` if there are no words.
fn folded(text: &str) -> Option<String> {
    Some(spaced(text).to_lowercase()).filter(|t| !t.is_empty())
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(json: &str) -> Annotation {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn segments_by_hand() {
        let gold = gold(
            r#"{"file": "p", "with": ["red fox", "lazy dog", "gone"], "without": ["Menu", "Reply"]}"#,
        );
        let found = Found {
            text: "The red\n fox and the lazy dog. Leave a Reply".into(),
            ..Found::default()
        };
        let item = score(&gold, &found).unwrap();
        assert_eq!(item.tallies[0], Tally::of(2, 3, 3));
        assert_eq!(item.wrong, ["lacks: gone", "holds: Reply"]);
    }

    #[test]
    fn a_day_is_right_wrong_or_kept_back() {
        let gold = gold(r#"{"file": "p", "with": [], "without": [], "date": "2022-11-1"}"#);
        let given = |date: Option<&str>| Found {
            date: date.map(|d| d.parse().unwrap()),
            ..Found::default()
        };
        let tally = |date| score(&gold, &given(date)).unwrap().tallies[1];
        assert_eq!(tally(Some("2022-11-01")), Tally::of(1, 1, 1));
        assert_eq!(tally(Some("2022-11-02")), Tally::of(0, 1, 1));
        assert_eq!(tally(None), Tally::of(0, 0, 1));
        assert_eq!(day("2022-29-11"), day("2022-11-29"));
        assert_eq!(day("2022-01.26"), day("2022-01-26"));
    }

    #[test]
    fn a_day_where_none_is_annotated_is_counted_apart() {
        let gold = gold(r#"{"file": "p", "with": [], "without": [], "date": ""}"#);
        let found = Found { date: Some("2022-11-01".parse().unwrap()), ..Found::default() };
        let item = score(&gold, &found).unwrap();
        assert_eq!(item.tallies[1], Tally::default());
        assert_eq!(item.tallies[4], Tally::share(1, 1));
    }

    #[test]
    fn authors_are_a_set() {
        let text =
            gold(r#"{"file": "p", "with": [], "without": [], "author": "Ada Vance; Li Wen"}"#);
        let list =
            gold(r#"{"file": "p", "with": [], "without": [], "author": ["Li Wen", "Ada Vance"]}"#);
        let found =
            Found { authors: vec!["Li  Wen".into(), "ada vance".into()], ..Found::default() };
        for gold in [text, list] {
            assert_eq!(score(&gold, &found).unwrap().tallies[2], Tally::of(1, 1, 1));
        }
    }

    #[test]
    fn a_date_that_is_none_is_an_error() {
        let gold = gold(r#"{"file": "p", "with": [], "without": [], "date": "May"}"#);
        assert!(score(&gold, &Found::default()).unwrap_err().contains("\"May\""));
    }
}
