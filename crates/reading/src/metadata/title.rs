//! The headline of a page, without the name of the outlet.

use crate::metadata::json_ld::JsonLd;
use crate::metadata::outline::Outline;
use crate::{Found, How};

/// What stands between a headline and the name of the outlet or section.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / ", " ~ ", " › ", " « "];

/// The headline of the page with this outline.
pub(crate) fn find(
    outline: &Outline<'_>,
    json_ld: &JsonLd,
    outlet: Option<&str>,
) -> Option<Found<String>> {
    let headline = outline.headline.and_then(|i| outline.blocks.get(i));
    let heading = headline.map(|block| block.text.as_str()).filter(|t| t.chars().count() >= 4);
    let title = outline.title.as_deref();
    // A heading that the title repeats is what the editor and the reader call the page.
    if let Some(heading) = heading
        && title.is_some_and(|t| t.contains(heading))
        && heading.split_whitespace().count() >= 3
    {
        return Some(Found::new(heading.to_owned(), How::Visible));
    }
    let meta = ["og:title", "twitter:title", "dc.title", "title"]
        .iter()
        .find_map(|name| outline.metas(name).next());
    let found = |text: &str, how| {
        let cut = without_outlet(text, outlet, heading);
        (!cut.is_empty()).then(|| Found::new(cut.to_owned(), how))
    };
    json_ld
        .headline
        .as_deref()
        .and_then(|text| found(text, How::JsonLd))
        .or_else(|| meta.and_then(|text| found(text, How::Meta)))
        .or_else(|| heading.and_then(|text| found(text, How::Visible)))
        .or_else(|| title.and_then(|text| found(text, How::Markup)))
}

/// `title` without the outlet's name at either end, and without sections after the heading.
fn without_outlet<'a>(title: &'a str, outlet: Option<&str>, heading: Option<&'a str>) -> &'a str {
    let mut rest = title.trim();
    let after = heading.and_then(|heading| rest.strip_prefix(heading));
    if let Some(heading) = heading.filter(|_| after.is_some_and(begins_with_separator)) {
        return heading;
    }
    loop {
        let cut = SEPARATORS.iter().filter_map(|s| rest.rfind(s).map(|i| (i, s.len()))).max();
        let Some((at, length)) = cut else { return rest };
        let (head, tail) = (rest[..at].trim(), rest[at + length..].trim());
        if is_outlet(tail, outlet) {
            rest = head;
        } else if is_outlet(head, outlet) {
            rest = tail;
        } else {
            return rest;
        }
    }
}

fn begins_with_separator(text: &str) -> bool {
    SEPARATORS.iter().any(|separator| text.starts_with(separator))
}

/// Whether `part` is the name of the outlet or looks like that of a site.
fn is_outlet(part: &str, outlet: Option<&str>) -> bool {
    let same = |a: &str, b: &str| {
        let plain = |s: &str| -> String {
            s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let (a, b) = (plain(a), plain(b));
        !a.is_empty()
            && (a == b || (a.len() > 4 && b.len() > 4 && (a.contains(&b) || b.contains(&a))))
    };
    outlet.is_some_and(|outlet| same(part, outlet))
        || (!part.contains(' ') && part.contains('.') && !part.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlet_is_no_part_of_the_headline() {
        let check = |title, expected| {
            assert_eq!(without_outlet(title, Some("The Example"), None), expected);
        };
        check("Two held in Kano | The Example", "Two held in Kano");
        check("The Example - Two held in Kano", "Two held in Kano");
        check("Two held - in Kano", "Two held - in Kano");
        check("Two held | example.org", "Two held");
        check("Two held – World – theexample", "Two held – World");
    }

    #[test]
    fn what_follows_the_heading_goes() {
        let cut = without_outlet("Two held - Africa - News", None, Some("Two held"));
        assert_eq!(cut, "Two held");
    }
}
