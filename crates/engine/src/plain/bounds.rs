//! Numbers and days with their bounds, as short as they can be read.

/// Low, best and high as "12", "12–20", "115+", "≤20" or "~30"; empty if nothing is known.
pub fn count([low, best, high]: [Option<u32>; 3]) -> String {
    match (low, best, high) {
        (Some(low), _, Some(high)) if low == high => low.to_string(),
        (Some(low), _, Some(high)) => format!("{low}–{high}"),
        (Some(low), ..) => format!("{low}+"),
        (None, Some(best), _) => format!("~{best}"),
        (None, None, Some(high)) => format!("≤{high}"),
        (None, None, None) => String::new(),
    }
}

/// A period of ISO days as one day, or as first–last without what they share; "~" before it if the
/// text does not state it.
pub fn period(first: &str, last: &str, stated: bool) -> String {
    let doubt = if stated { "" } else { "~" };
    if first == last {
        return format!("{doubt}{first}");
    }
    let shared = ["0000-00-", "0000-"]
        .map(str::len)
        .into_iter()
        .find(|&n| first.get(..n).is_some_and(|head| last.get(..n) == Some(head)));
    format!("{doubt}{first}–{}", shared.and_then(|n| last.get(n..)).unwrap_or(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_show_their_bounds() {
        let shown = [
            [Some(12), Some(12), Some(12)],
            [Some(12), None, Some(20)],
            [Some(115), Some(115), None],
            [None, Some(30), None],
            [None, Some(30), Some(40)],
            [None, None, Some(20)],
            [None, None, None],
        ]
        .map(count);
        assert_eq!(shown, ["12", "12–20", "115+", "~30", "~30", "≤20", ""]);
    }

    #[test]
    fn periods_leave_out_what_they_share() {
        assert_eq!(period("2024-03-22", "2024-03-22", true), "2024-03-22");
        assert_eq!(period("2024-03-22", "2024-03-22", false), "~2024-03-22");
        assert_eq!(period("2024-03-01", "2024-03-31", true), "2024-03-01–31");
        assert_eq!(period("2024-03-30", "2024-04-02", true), "2024-03-30–04-02");
        assert_eq!(period("2023-12-30", "2024-01-02", true), "2023-12-30–2024-01-02");
    }
}
