//! Drawings as SVG, made on the server: they need no script, print well, and are text to a screen
//! reader.
//!
//! What must stay legible on a phone (words, thin lines) has its width in per cent and its height
//! in pixels, so that nothing is scaled; only the map is.

pub(super) mod claims;
pub(super) mod timeline;
pub(super) mod tolls;
pub(super) mod world;

use std::fmt::Write as _;

use crate::store::tally::Tally;

/// A number with its thousands apart.
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How many were killed in all: `1,234+`, `12–20`, `~30`; empty if nobody says.
pub(super) fn toll(tally: &Tally) -> String {
    if tally.told == 0 {
        return String::new();
    }
    let about = if tally.rough { "~" } else { "" };
    let least = grouped(tally.least);
    match tally.most {
        None => format!("{about}{least}+"),
        Some(most) if tally.least < most => format!("{about}{least}–{}", grouped(most)),
        Some(_) => format!("{about}{least}"),
    }
}

/// Words inside SVG.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in engine::plain::clean(words).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}

/// A bar of `share` of the width.
pub(super) fn bar(share: f64) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<svg class=\"bar\" aria-hidden=\"true\" width=\"100%\" height=\"8\"><rect width=\"{:.1}%\" \
         height=\"8\" rx=\"1\"/></svg>",
        (share.clamp(0.0, 1.0) * 100.0).max(0.5)
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_show_their_bounds() {
        let tally = |told, least, most, rough| {
            toll(&Tally { name: None, events: 9, told, least, most, rough })
        };
        assert_eq!(tally(3, 12_345, Some(12_345), false), "12,345");
        assert_eq!(tally(3, 1_234, Some(2_000), false), "1,234–2,000");
        assert_eq!(tally(3, 115, None, false), "115+");
        assert_eq!(tally(1, 30, Some(30), true), "~30");
        assert_eq!(tally(0, 0, Some(0), false), "");
    }

    #[test]
    fn words_cannot_end_their_element() {
        assert_eq!(escaped("<b a='\"'>&\u{7}"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;");
    }
}
