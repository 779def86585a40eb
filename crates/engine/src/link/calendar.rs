//! The months that a text names early on: "March 3", "4 April", "in May 2009".
//!
//! Where a report says no day that could be resolved, the months that stand in its headline,
//! dateline and lead still tell it from a report of a like event at another time. They are compared
//! as words, never taken for the day of an event.

use crate::date::MONTHS;
use crate::fold::fold_into;
use crate::text::{Shape, Token};

/// How many words of a text are its beginning.
const EARLY: usize = 150;

/// The months that the beginning of `text` names, from 1, in its order.
pub(super) fn months(text: &str, tokens: &[Token]) -> Vec<u8> {
    let mut key = String::new();
    let mut found = Vec::new();
    for (i, token) in tokens.iter().enumerate().take(EARLY) {
        if !matches!(token.shape, Shape::Capital | Shape::Upper) {
            continue;
        }
        key.clear();
        fold_into(word(text, token), &mut key);
        let Some((month, is_sure)) = month(key.trim_end_matches('.')) else { continue };
        // "Feb. 3" may have a mark between.
        let mut after = tokens.iter().skip(i + 1);
        let is_dot = |token: &&Token| word(text, token) == ".";
        let next = after.next().filter(|token| !is_dot(token)).or_else(|| after.next());
        let before = i.checked_sub(1).and_then(|before| tokens.get(before));
        if is_sure || [next, before].into_iter().flatten().any(|token| is_day(word(text, token))) {
            found.push(month);
        }
    }
    found
}

fn word<'t>(text: &'t str, token: &Token) -> &'t str {
    text.get(token.start as usize..token.end as usize).unwrap_or_default()
}

/// The month, and whether the word is one without a day beside it: "may" and "march" need one, and
/// so do three letters.
fn month(key: &str) -> Option<(u8, bool)> {
    let whole = MONTHS.iter().position(|month| *month == key);
    let short = || {
        let stem = if key == "sept" { "sep" } else { key };
        MONTHS.iter().position(|month| stem.len() == 3 && month.starts_with(stem))
    };
    let is_sure = whole.is_some() && !matches!(key, "may" | "march");
    let n = whole.or_else(short)?;
    Some((u8::try_from(n + 1).ok()?, is_sure))
}

/// Whether this is a day of a month: "3", "3rd".
fn is_day(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let end = word.get(digits.len()..).unwrap_or_default();
    let is_day = digits.parse().is_ok_and(|day: u8| (1..=31).contains(&day));
    is_day && matches!(end, "" | "st" | "nd" | "rd" | "th")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn named(text: &str) -> Vec<u8> {
        months(text, &Text::of(text).tokens)
    }

    #[test]
    fn months_are_read_with_a_day_in_either_order() {
        assert_eq!(named("WICK, March 3 - On Tuesday"), [3]);
        assert_eq!(named("on 4 April 2009, and May 4th"), [4, 5]);
        assert_eq!(named("Feb. 3"), [2]);
    }

    #[test]
    fn a_month_alone_counts_unless_it_is_a_word_like_others() {
        assert_eq!(named("in December 2008"), [12]);
        assert!(named("March on the capital; May Ross; Mar").is_empty());
    }

    #[test]
    fn what_stands_far_below_does_not_count() {
        assert!(named(&format!("{}in December", "word ".repeat(200))).is_empty());
    }
}
