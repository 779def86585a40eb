//! A bar for each month, or for each year where there are many months.

use std::fmt::Write as _;

use super::{escaped, grouped};

/// More months than this are shown by year.
pub(in crate::serve) const MOST_MONTHS: usize = 72;

/// The height of the highest bar.
const HEIGHT: f64 = 120.0;
/// How many labels fit on a phone.
const LABELS: usize = 6;

/// A bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::serve) struct Bar {
    /// The month or the year.
    pub(in crate::serve) name: String,
    /// How high.
    pub(in crate::serve) n: u64,
    /// What it says when it is pointed at.
    pub(in crate::serve) title: String,
    /// Where it leads.
    pub(in crate::serve) href: Option<String>,
    /// Whether it stands back.
    pub(in crate::serve) off: bool,
}

/// The names of all months, or years, from the first to the last.
pub(in crate::serve) fn all_between(first: &str, last: &str) -> Vec<String> {
    let parse = |name: &str| -> Option<(i32, Option<i32>)> {
        let (year, month) = match name.split_once('-') {
            Some((year, month)) => (year, Some(month.parse().ok()?)),
            None => (name, None),
        };
        Some((year.parse().ok()?, month))
    };
    match (parse(first), parse(last)) {
        (Some((from, Some(first))), Some((to, Some(last)))) => {
            let months = (from * 12 + first - 1)..=(to * 12 + last - 1);
            months.map(|m| format!("{:04}-{:02}", m.div_euclid(12), m.rem_euclid(12) + 1)).collect()
        }
        (Some((from, None)), Some((to, None))) => {
            (from..=to).map(|year| format!("{year:04}")).collect()
        }
        _ => Vec::new(),
    }
}

/// The first and last day of a month or a year.
pub(in crate::serve) fn days(name: &str) -> (String, String) {
    let whole = if name.len() == 4 { format!("{name}-12") } else { name.to_owned() };
    let first = if name.len() == 4 { format!("{name}-01-01") } else { format!("{name}-01") };
    let last = format!("{whole}-01")
        .parse::<jiff::civil::Date>()
        .map_or_else(|_| format!("{whole}-28"), |date| date.last_of_month().to_string());
    (first, last)
}

/// The bars as a drawing with the name `title`.
pub(in crate::serve) fn draw(bars: &[Bar], title: &str) -> String {
    let most = bars.iter().map(|bar| bar.n).max().unwrap_or(0).max(1);
    let width = 100.0 / bars.len().max(1) as f64;
    let every = bars.len().div_ceil(LABELS).max(1);
    let mut out = format!(
        "<svg class=\"timeline\" role=\"group\" aria-label=\"{}\" width=\"100%\" height=\"{}\">",
        escaped(title),
        HEIGHT + 40.0
    );
    let top = 14.0;
    let floor = top + HEIGHT;
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<line class=\"rule\" x1=\"0\" x2=\"100%\" y1=\"{top}\" y2=\"{top}\"/>\
         <text class=\"scale\" x=\"0\" y=\"{}\">{}</text>\
         <line class=\"floor\" x1=\"0\" x2=\"100%\" y1=\"{floor}\" y2=\"{floor}\"/>",
        top - 4.0,
        grouped(most)
    );
    for (i, bar) in bars.iter().enumerate() {
        let x = i as f64 * width;
        if bar.n > 0 {
            let off = if bar.off { " class=\"off\"" } else { "" };
            let height = (bar.n as f64 / most as f64 * HEIGHT).max(2.0);
            let drawn = format!(
                "<rect class=\"area\" x=\"{x:.2}%\" width=\"{width:.2}%\" y=\"{top}\" \
                 height=\"{HEIGHT}\"/><rect{off} x=\"{:.2}%\" width=\"{:.2}%\" y=\"{:.1}\" \
                 height=\"{height:.1}\"><title>{}</title></rect>",
                x + width * 0.12,
                width * 0.76,
                floor - height,
                escaped(&bar.title)
            );
            match &bar.href {
                Some(href) => {
                    let _ = write!(
                        out,
                        "<a href=\"{}\" aria-label=\"{}\">{drawn}</a>",
                        escaped(href),
                        escaped(&bar.title)
                    );
                }
                None => out.push_str(&drawn),
            }
        }
        if i % every == 0 && (i == 0 || bars.len() - i > every / 2) {
            let anchor = if i == 0 { "start" } else { "middle" };
            let at = if i == 0 { x } else { x + width / 2.0 };
            let _ = write!(
                out,
                "<text x=\"{at:.2}%\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
                floor + 18.0,
                escaped(&bar.name)
            );
        }
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_month_is_left_out() {
        assert_eq!(all_between("2023-11", "2024-02"), ["2023-11", "2023-12", "2024-01", "2024-02"]);
        assert_eq!(all_between("1989", "1991"), ["1989", "1990", "1991"]);
        assert!(all_between("x", "1991").is_empty());
    }

    #[test]
    fn a_month_and_a_year_have_their_days() {
        assert_eq!(days("2024-02"), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!(days("2023"), ("2023-01-01".into(), "2023-12-31".into()));
    }
}
