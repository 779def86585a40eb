//! One fill of a slot: optional or not, the values that are right, and what they belong to.
//!
//! `? REPORTED AS FACT / POSSIBLE: "FRONT" / "FP"` is optional, has two values and, since its slot
//! refers to another, two names for what it belongs to.

use super::slot::Slot;

/// A fill as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fill {
    /// Whether leaving it out is right as well.
    pub optional: bool,
    /// What it may say.
    pub values: Vec<String>,
    /// The fill of another slot that it belongs to, under each of its names.
    pub tags: Vec<String>,
}

impl Fill {
    /// Reads a fill of `slot`; `None` if it says nothing.
    pub fn of(slot: Slot, text: &str) -> Option<Self> {
        let text = text.trim();
        let bare = text.strip_prefix('?').map_or(text, str::trim_start);
        let colon = if slot.is_tagged() { outside(bare, ':').first().copied() } else { None };
        let (value, tag) = match colon {
            Some(at) => (bare.get(..at)?, bare.get(at + 1..)?),
            None => (bare, ""),
        };
        let values = alternatives(value);
        let empty = values.iter().all(|v| matches!(v.as_str(), "" | "-" | "*"));
        (!empty).then(|| Self { optional: bare != text, values, tags: alternatives(tag) })
    }
}

/// What stands between slashes, without quotation marks and the brackets around it.
fn alternatives(text: &str) -> Vec<String> {
    let whole = bare(text);
    let mut found = Vec::new();
    let mut from = 0;
    let slashes = outside(whole, '/').into_iter().filter(|&at| depth(whole, at) == 0);
    for at in slashes.chain([whole.len()]) {
        let part = bare(whole.get(from..at).unwrap_or_default());
        let part = part.replace("\\\"", "").replace('"', "");
        let part = part.trim();
        if !part.is_empty() {
            found.push(part.to_owned());
        }
        from = at + 1;
    }
    found
}

/// A text without the brackets around it, if the first is closed by the last.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let closed = |inner: &&str| {
        inner.char_indices().all(|(at, c)| c != ')' || depth(inner, at) > 0)
            && depth(inner, inner.len()) == 0
    };
    inner.filter(closed).map_or(text, str::trim)
}

/// How many brackets are open before byte `at`.
fn depth(text: &str, at: usize) -> usize {
    let marks = text.get(..at).unwrap_or_default().chars();
    marks.fold(0, |open: usize, c| match c {
        '(' => open + 1,
        ')' => open.saturating_sub(1),
        _ => open,
    })
}

/// Where `mark` stands outside quotation marks.
fn outside(text: &str, mark: char) -> Vec<usize> {
    let mut quoted = false;
    let mut escaped = false;
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        if c == '"' && !escaped {
            quoted = !quoted;
        } else if c == mark && !quoted {
            found.push(at);
        }
        escaped = c == '\\';
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(slot: Slot, text: &str, values: &[&str], tags: &[&str]) {
        let fill = Fill::of(slot, text).unwrap();
        assert_eq!((fill.values, fill.tags), (to(values), to(tags)), "{text}");
    }

    fn to(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn values_and_what_they_belong_to_are_told_apart() {
        check(Slot::Type, "ATTACK", &["ATTACK"], &[]);
        check(Slot::PhysId, r#""HALL" / "TOWN HALL""#, &["HALL", "TOWN HALL"], &[]);
        check(Slot::HumDescription, r#""MR" / "JUDGE": "PAZ""#, &["MR", "JUDGE"], &["PAZ"]);
        check(
            Slot::Confidence,
            r#"(POSSIBLE / ACQUITTED): "F""#,
            &["POSSIBLE", "ACQUITTED"],
            &["F"],
        );
        check(Slot::Organization, r#""THE \"NINES\"" / "NINES""#, &["THE NINES", "NINES"], &[]);
        let places = "(PERU: LIMA (CITY)) / PERU";
        check(Slot::Location, places, &["PERU: LIMA (CITY)", "PERU"], &[]);
        let places = "(PERU: ICA (CITY / AREA)) / (CHILE: ARICA (CITY))";
        check(Slot::Location, places, &["PERU: ICA (CITY / AREA)", "CHILE: ARICA (CITY)"], &[]);
        let days = "(24 AUG 89) / (- 24 AUG 89)";
        check(Slot::Date, days, &["24 AUG 89", "- 24 AUG 89"], &[]);
    }

    #[test]
    fn a_question_mark_makes_a_fill_optional() {
        assert!(Fill::of(Slot::PhysId, r#"? "HALL""#).unwrap().optional);
        assert!(!Fill::of(Slot::PhysId, r#""HALL""#).unwrap().optional);
    }

    #[test]
    fn a_dash_or_a_star_is_no_fill() {
        assert_eq!(Fill::of(Slot::PhysId, "-"), None);
        assert_eq!(Fill::of(Slot::PhysId, " *"), None);
        assert_eq!(Fill::of(Slot::PhysId, ""), None);
    }
}
