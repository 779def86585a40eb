//! The numbers of one event over time: a dot a claim where it was published, with its bounds as an
//! upright line, and the number that counted as steps behind them.
//!
//! A toll moves in the first days and is corrected months later, so days stand wider apart the
//! nearer they are to the first claim: by the logarithm of their number.

use std::fmt::Write as _;

use engine::link::reconcile::FieldView;
use engine::resolved::Count;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::tolls::Claim;
use super::{escaped, grouped};
use crate::serve::words::Words;

const HEIGHT: f64 = 170.0;
const TOP: f64 = 16.0;
/// The share of the width that is left free on each side, in per cent.
const MARGIN: f64 = 3.0;

/// The claims of `field` over time; none if they are of fewer than two days.
pub(in crate::serve) fn draw(
    field: &FieldView,
    claims: &[Claim],
    title: &str,
    w: &Words,
) -> Option<String> {
    let day = |name: &Option<String>| name.as_deref().and_then(|name| name.parse::<Date>().ok());
    let days: Vec<Date> = claims.iter().filter_map(|claim| day(&claim.day)).collect();
    let (first, last) = (days.iter().min()?, days.iter().max()?);
    let span = f64::from(first.until(*last).ok()?.get_days());
    if span < 1.0 {
        return None;
    }
    let ends = |count: &Count| [count.low, count.best, count.high].into_iter().flatten();
    let most = claims.iter().flat_map(|claim| ends(&claim.count)).max().unwrap_or(1).max(1);
    let across = |day: Date| {
        let days = first.until(day).map_or(0.0, |span| f64::from(span.get_days()));
        MARGIN + days.clamp(0.0, span).ln_1p() / span.ln_1p() * (100.0 - 2.0 * MARGIN)
    };
    let up = |n: u32| TOP + HEIGHT * (1.0 - f64::from(n) / f64::from(most));
    let floor = TOP + HEIGHT;
    let mut out = format!(
        "<svg class=\"claims-over-time\" role=\"group\" aria-label=\"{}\" width=\"100%\" height=\"{}\">\
         <line class=\"rule\" x1=\"0\" x2=\"100%\" y1=\"{TOP}\" y2=\"{TOP}\"/>\
         <text x=\"0\" y=\"{}\">{}</text>\
         <line class=\"floor\" x1=\"0\" x2=\"100%\" y1=\"{floor}\" y2=\"{floor}\"/>\
         <text x=\"{MARGIN}%\" y=\"{}\" text-anchor=\"middle\">{}</text>",
        escaped(title),
        floor + 24.0,
        TOP - 4.0,
        grouped(u64::from(most)),
        floor + 18.0,
        escaped(w.after_none),
    );
    for (days, words) in
        [(1, w.after_day), (7, w.after_week), (30, w.after_month), (365, w.after_year)]
    {
        let Some(day) = first.checked_add(days.days()).ok().filter(|day| day <= last) else {
            break;
        };
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<line class=\"rule\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"{TOP}\" y2=\"{floor}\"/>\
             <text x=\"{x:.2}%\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            floor + 18.0,
            escaped(words),
            x = across(day),
        );
    }
    steps(&mut out, field, across, up);
    for claim in claims {
        let Some(day) = day(&claim.day) else { continue };
        let count = &claim.count;
        let x = across(day);
        let low = count.low.unwrap_or(0);
        let best = count.best.or(count.low).or(count.high).unwrap_or(0);
        // Without an upper end the line goes to the top, and is broken.
        let (high, class) = count.high.map_or((TOP, "span open"), |high| (up(high), "span"));
        let outlet = claim.outlet.as_deref().unwrap_or_default();
        let words = format!("{day}, {outlet}: {}", claim.shown);
        let hollow = if count.low.is_none() { " hollow" } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<a href=\"#r-{}\" aria-label=\"{words}\"><title>{words}</title>\
             <line class=\"{class}\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"{:.1}\" y2=\"{high:.1}\"/>\
             <circle class=\"dot{hollow}\" cx=\"{x:.2}%\" cy=\"{:.1}\" r=\"5\"/></a>",
            escaped(&claim.report),
            up(low),
            up(best),
            words = escaped(&words),
        );
    }
    out.push_str("</svg>");
    Some(out)
}

/// The number that counted, from each change to the next.
fn steps(
    out: &mut String,
    field: &FieldView,
    across: impl Fn(Date) -> f64,
    up: impl Fn(u32) -> f64,
) {
    let number = |words: &str| {
        let value = field.values.iter().find(|value| value.words == words)?;
        let count: Count = serde_json::from_value(value.value.clone()).ok()?;
        count.best.or(count.low).or(count.high)
    };
    let known = field
        .history
        .iter()
        .filter_map(|step| Some((across(step.published.parse().ok()?), up(number(&step.words)?))));
    let mut points: Vec<(f64, f64)> = known.collect();
    points.extend(points.last().map(|&(_, y)| (100.0, y)));
    for pair in points.windows(2) {
        let &[(x1, y1), (x2, y2)] = pair else { continue };
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<line class=\"step\" x1=\"{x1:.2}%\" x2=\"{x2:.2}%\" y1=\"{y1:.1}\" y2=\"{y1:.1}\"/>\
             <line class=\"step\" x1=\"{x2:.2}%\" x2=\"{x2:.2}%\" y1=\"{y1:.1}\" y2=\"{y2:.1}\"/>"
        );
    }
}

#[cfg(test)]
mod tests {
    use engine::link::reconcile::{ClaimView, StepView, ValueView};
    use serde_json::json;

    use super::*;
    use crate::serve::draw::tolls::claims;
    use crate::serve::words::ENGLISH;

    fn field(days: [&str; 2]) -> FieldView {
        let value = |words: &str, n: u32, day: &str| ValueView {
            words: words.into(),
            value: json!({"low": n, "best": n}),
            n_sources: 1,
            claims: vec![ClaimView {
                report: "r<1>".into(),
                document: "d".into(),
                source: 1,
                outlet: None,
                published: Some(day.into()),
                speakers: Vec::new(),
                words: None,
            }],
        };
        let step = |words: &str, day: &str| StepView { published: day.into(), words: words.into() };
        FieldView {
            field: "killed",
            current: "50+".into(),
            rule: "last",
            interval: None,
            disputed: true,
            ruled: None,
            values: vec![value("40+", 40, days[0]), value("50+", 50, days[1])],
            history: vec![step("40+", days[0]), step("50+", days[1])],
        }
    }

    #[test]
    fn claims_of_one_day_have_no_time() {
        let one = field(["2024-03-22", "2024-03-22"]);
        assert_eq!(draw(&one, &claims(&one), "t", &ENGLISH), None);
    }

    #[test]
    fn a_claim_is_a_link_and_the_number_that_counts_are_steps() {
        let two = field(["2024-03-22", "2024-03-31"]);
        let drawn = draw(&two, &claims(&two), "t", &ENGLISH).unwrap();
        assert_eq!(drawn.matches("<circle").count(), 2);
        assert!(drawn.contains("#r-r&lt;1&gt;") && drawn.contains("class=\"step\""));
        assert!(drawn.contains("+1 week") && !drawn.contains("+1 month"));
    }
}
