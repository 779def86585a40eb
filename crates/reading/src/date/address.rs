//! The day in the address of a page: `/2021/03/14/`, `-20210314-`, `/2021-03-14-`.

use jiff::civil::Date;

use crate::date::parse::{Order, machine};

/// The day of publication that `url` holds, if it holds one.
pub(crate) fn day(url: &str) -> Option<Date> {
    let path = path(url)?;
    slashed(path).or_else(|| compact(path))
}

/// The year and month in `url`, if it holds them: `/2021/03/`.
pub(crate) fn month(url: &str) -> Option<(i16, i8)> {
    let parts: Vec<&str> = path(url)?.split('/').collect();
    parts.windows(2).find_map(|window| {
        let [year, month] = window else { return None };
        let first = machine(&format!("{year}-{month}-01"), Order::DayFirst)?;
        (year.len() == 4 && month.len() <= 2).then_some((first.year(), first.month()))
    })
}

/// The path of the page. An archive's address ends with that of the page; its own begins with the
/// day on which the page was kept.
fn path(url: &str) -> Option<&str> {
    let address = url.rsplit("://").next().unwrap_or(url);
    Some(address.split(['?', '#']).next()?.split_once('/')?.1)
}

/// `2021/03/14`, `2021-03-14`, `2021/03-14`, with a boundary on both sides.
fn slashed(path: &str) -> Option<Date> {
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    parts.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let figures = |part: &str, n: std::ops::RangeInclusive<usize>| {
            n.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
        };
        if figures(year, 4..=4) && figures(month, 1..=2) && figures(day, 1..=2) {
            return machine(&format!("{year}-{month}-{day}"), Order::DayFirst);
        }
        None
    })
}

/// `20210314` as a run of exactly eight digits.
fn compact(path: &str) -> Option<Date> {
    path.split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 8)
        .find_map(|run| machine(run, Order::DayFirst))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: Option<&str>) {
        assert_eq!(day(url).map(|d| d.to_string()).as_deref(), expected, "{url}");
    }

    #[test]
    fn days_in_addresses() {
        check("https://example.org/2021/03/14/two-held", Some("2021-03-14"));
        check("https://example.org/world/2021-03-14-two-held.html", Some("2021-03-14"));
        check("https://example.org/a/20210314-two-held", Some("2021-03-14"));
        check(
            "https://archive.example/20220101/http://example.org/2021/3/14/x",
            Some("2021-03-14"),
        );
        check("https://example.org/2021/3/two-held", None);
        check("https://example.org/id/20219914", None);
        check("https://example.org/?date=2021-03-14", None);
    }
}
