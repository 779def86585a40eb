//! The numbers that reports give for one event, one row a claim, in the order of publication: a dot
//! for the number, a line for its bounds, an arrow where there is no upper end.

use std::fmt::Write as _;

use engine::link::reconcile::FieldView;
use engine::plain::bounds;
use engine::resolved::Count;

/// Rows beyond these are left to the table of values.
const MOST_ROWS: usize = 60;
/// The share of the width that is left for an arrow.
const ARROW: f64 = 6.0;

/// One claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::serve) struct Claim {
    /// When it was published.
    pub(in crate::serve) day: Option<String>,
    /// Where.
    pub(in crate::serve) outlet: Option<String>,
    /// On whose word.
    pub(in crate::serve) speakers: String,
    /// The report.
    pub(in crate::serve) report: String,
    /// The number with its bounds.
    pub(in crate::serve) shown: String,
    /// The row of the drawing.
    pub(in crate::serve) svg: String,
    /// The number itself.
    pub(in crate::serve) count: Count,
}

/// The claims of a number.
pub(in crate::serve) fn claims(field: &FieldView) -> Vec<Claim> {
    let mut rows = Vec::new();
    for value in &field.values {
        let Ok(count) = serde_json::from_value::<Count>(value.value.clone()) else { continue };
        rows.extend(value.claims.iter().map(|claim| (count, claim)));
    }
    rows.sort_by(|a, b| {
        let key = |claim: &engine::link::reconcile::ClaimView| {
            (claim.published.is_none(), claim.published.clone(), claim.report.clone())
        };
        key(a.1).cmp(&key(b.1))
    });
    rows.truncate(MOST_ROWS);
    let ends = |count: &Count| [count.low, count.best, count.high].into_iter().flatten();
    let most = rows.iter().flat_map(|(count, _)| ends(count)).max().unwrap_or(1).max(1);
    let current = field.values.iter().find(|value| value.words == field.current);
    let current = current.and_then(|v| serde_json::from_value::<Count>(v.value.clone()).ok());
    let current = current.and_then(|count| count.best.or(count.low).or(count.high));
    rows.into_iter()
        .map(|(count, claim)| Claim {
            day: claim.published.clone(),
            outlet: claim.outlet.clone(),
            speakers: claim
                .speakers
                .iter()
                .map(|(name, _)| name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
            report: claim.report.clone(),
            shown: bounds::count([count.low, count.best, count.high]),
            svg: row(&count, most, current),
            count,
        })
        .collect()
}

fn row(count: &Count, most: u32, current: Option<u32>) -> String {
    let at = |n: u32| 1.0 + f64::from(n) / f64::from(most) * (98.0 - ARROW);
    let mut out =
        "<svg class=\"claim\" aria-hidden=\"true\" width=\"100%\" height=\"22\">".to_owned();
    // Writing to a string cannot fail.
    if let Some(n) = current {
        let _ = write!(
            out,
            "<line class=\"current\" x1=\"{0:.2}%\" x2=\"{0:.2}%\" y1=\"0\" y2=\"22\"/>",
            at(n)
        );
    }
    let low = count.low.or(count.best).unwrap_or(0);
    let (from, to) = (at(low), count.high.map_or(99.0, at));
    let is_open = count.high.is_none() && count.low.is_some();
    if (count.high.is_some() && to > from) || is_open {
        let class = if is_open { "span open" } else { "span" };
        let end = if is_open { at(low) + ARROW } else { to };
        let _ = write!(
            out,
            "<line class=\"{class}\" x1=\"{from:.2}%\" x2=\"{end:.2}%\" y1=\"11\" y2=\"11\"/>"
        );
        if is_open {
            let _ = write!(
                out,
                "<svg x=\"{end:.2}%\" y=\"5\" width=\"8\" height=\"12\" overflow=\"visible\">\
                 <path class=\"tip\" d=\"M-1 1 L6 6 L-1 11 Z\"/></svg>"
            );
        }
    }
    let dot = count.best.or(count.low).or(count.high).unwrap_or(0);
    let class = if count.low.is_none() { "dot hollow" } else { "dot" };
    let _ =
        write!(out, "<circle class=\"{class}\" cx=\"{:.2}%\" cy=\"11\" r=\"4.5\"/></svg>", at(dot));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_an_upper_end_has_an_arrow() {
        let count = |low, best, high| Count { low, best, high };
        let open = row(&count(Some(40), Some(40), None), 100, Some(90));
        assert!(open.contains("open") && open.contains("tip") && open.contains("current"));
        let exact = row(&count(Some(40), Some(40), Some(40)), 100, None);
        assert!(!exact.contains("span") && exact.contains("class=\"dot\""));
        assert!(row(&count(None, None, Some(20)), 20, None).contains("hollow"));
    }
}
