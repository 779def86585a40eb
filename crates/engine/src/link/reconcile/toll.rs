//! Tolls: they rise over days, and they differ between sources.
//!
//! What counts is what was published last: among the reports of the last two days on which a number
//! was published, the one that most independent sources give, the best authority and then the
//! higher deciding between equals. A document that mentions an event long after is as good a
//! witness of its toll as any. A later number that is lower than one that two sources gave, or not
//! half of what any gave, is not believed on one source alone: the dead seldom return, and a small
//! number among large ones mostly counts a part.

use serde_json::json;

use super::{Account, FieldView, Said, StepView, ValueView, gather};
use crate::report::SpeakerSort;
use crate::resolved::Count;
use crate::view::{CountView, ReportView};

/// Days of publication that count as the last.
const LAST: i64 = 2;

/// The toll of `field` that counts, and all that are given.
pub(super) fn toll<'a>(
    field: &'static str,
    all: &[Account<'a>],
    of: impl Fn(&'a ReportView) -> Option<&'a CountView>,
) -> Option<(Count, FieldView)> {
    let said = all.iter().filter_map(|a| {
        let view = of(a.report)?;
        let how = (!view.words.is_empty()).then(|| view.words.clone());
        Some(Said { words: words(view.count), value: json!(view.count), account: *a, how })
    });
    let values = gather(said.collect());
    let current = current(&values, None)?;
    let counts = || values.iter().filter_map(count);
    let least = counts().filter_map(|c| c.low.or(c.best)).min().unwrap_or(0);
    let most = counts().map(|c| c.high.or(c.best).or(c.low)).max().flatten();
    let open = counts().any(|c| c.high.is_none());
    let field = FieldView {
        field,
        current: current.words.clone(),
        rule: "published last, by most sources; a fall needs two of them",
        interval: Some((least, most.filter(|_| !open))),
        disputed: most.is_some_and(|most| most > least),
        history: history(&values),
        ruled: None,
        values: values.clone(),
    };
    Some((count(current)?, field))
}

/// The value that counts on `day`, or at the end.
fn current<'v>(values: &'v [ValueView], day: Option<&str>) -> Option<&'v ValueView> {
    let known = |published: &Option<String>| match (published.as_deref(), day) {
        (Some(published), Some(day)) => published <= day,
        (None, Some(_)) => false,
        (_, None) => true,
    };
    let dates = |v: &ValueView| -> Vec<jiff::civil::Date> {
        let days = v.claims.iter().filter(|c| known(&c.published));
        days.filter_map(|c| c.published.as_deref()?.parse().ok()).collect()
    };
    let last = values.iter().flat_map(&dates).max();
    let is_late = |v: &ValueView| match last {
        None => v.claims.iter().any(|c| known(&c.published)),
        Some(last) => dates(v).iter().any(|&d| i64::from((last - d).get_days()) < LAST),
    };
    let sources = |v: &ValueView| {
        let mut all: Vec<usize> =
            v.claims.iter().filter(|c| known(&c.published)).map(|c| c.source).collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    let rank = |v: &&ValueView| (sources(v), authority(v), dates(v).into_iter().max(), height(v));
    let late = values.iter().filter(|v| is_late(v)).max_by_key(rank)?;
    let firm = values
        .iter()
        .filter(|v| {
            let known = sources(v);
            let grave = height(v) > 2 * height(late);
            (known >= 2 && height(v) > height(late)) || (known >= 1 && grave)
        })
        .max_by_key(|v| height(v));
    Some(match firm {
        Some(firm) if sources(late) < 2 => firm,
        _ => late,
    })
}

/// The values that counted from day to day.
fn history(values: &[ValueView]) -> Vec<StepView> {
    let mut days: Vec<&str> =
        values.iter().flat_map(|v| &v.claims).filter_map(|c| c.published.as_deref()).collect();
    days.sort_unstable();
    days.dedup();
    let mut steps: Vec<StepView> = Vec::new();
    for day in days {
        let Some(value) = current(values, Some(day)) else { continue };
        if steps.last().is_none_or(|step| step.words != value.words) {
            steps.push(StepView { published: day.to_owned(), words: value.words.clone() });
        }
    }
    steps
}

/// How good the best word for a value is: those who count the dead before those who tell of it.
fn authority(value: &ValueView) -> u8 {
    let rank = |sort: SpeakerSort| match sort {
        SpeakerSort::Monitor => 3,
        SpeakerSort::State => 2,
        SpeakerSort::Witness | SpeakerSort::Media => 1,
        SpeakerSort::Organisation | SpeakerSort::Other => 0,
    };
    let speakers = value.claims.iter().flat_map(|c| &c.speakers);
    speakers.map(|s| rank(s.1)).max().unwrap_or(0)
}

fn count(value: &ValueView) -> Option<Count> {
    serde_json::from_value(value.value.clone()).ok()
}

fn height(value: &ValueView) -> u32 {
    count(value).and_then(|c| c.best.or(c.low).or(c.high)).unwrap_or(0)
}

/// A count in words: `115`, `115 or more`, `at most 9`, `20 to 30`.
pub(super) fn words(count: Count) -> String {
    match (count.low, count.best, count.high) {
        (Some(low), _, Some(high)) if low == high => low.to_string(),
        (Some(low), _, Some(high)) => format!("{low} to {high}"),
        (Some(low), _, None) => format!("{low} or more"),
        (None, Some(best), None) => best.to_string(),
        (None, _, Some(high)) => format!("at most {high}"),
        (None, None, None) => "some".to_owned(),
    }
}
