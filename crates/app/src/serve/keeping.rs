//! Pages of the past lead to pages of the same past: each address of our own that stands in one
//! gets the position, each form that asks keeps it, and the page says first of which position it
//! is.
//!
//! This is done to the page when it is made, and not where links are made: of two dozen templates
//! one would forget it. Only what the templates write is looked at; what documents say is escaped
//! there, so no words of theirs look like an attribute.

use std::fmt::Write as _;

use super::past::{AT, is_only_now};
use super::words::Words;

/// How the value of an attribute begins that is an address of our own.
const OWN: &str = "=\"/";
/// The attributes that hold addresses.
const ADDRESSES: [&str; 3] = ["href", "data-spots", "data-list"];
/// Where a page begins that is read.
const CONTENT: &str = "<main id=\"content\" tabindex=\"-1\">";

/// The page with `at` in all its addresses.
pub(super) fn keeping(page: &str, at: i64, w: &Words) -> String {
    let mut out = String::with_capacity(page.len() + page.len() / 8);
    let mut rest = page;
    while let Some(start) = rest.find(OWN) {
        let (before, after) = rest.split_at(start + OWN.len() - 1);
        let (target, after) = after.split_at(after.find('"').unwrap_or(after.len()));
        let name = before.get(..start).and_then(|tag| tag.rsplit([' ', '\n']).next());
        out.push_str(before);
        rest = after;
        match name.unwrap_or_default() {
            name if ADDRESSES.contains(&name) => out.push_str(&with_position(target, at)),
            "action" => {
                // A form that asks drops the query of its address; one that sends is of now.
                let (tag, after) = after.split_at(after.find('>').map_or(after.len(), |n| n + 1));
                out.push_str(target);
                out.push_str(tag);
                if tag.contains("method=\"get\"") {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "<input type=\"hidden\" name=\"{AT}\" value=\"{at}\">");
                }
                rest = after;
            }
            _ => out.push_str(target),
        }
    }
    out.push_str(rest);
    let note = format!(
        "{CONTENT}\n<p class=\"past\" role=\"note\">{} {at}. <a href=\"/\">{}</a></p>",
        w.past_note, w.past_leave
    );
    out.replacen(CONTENT, &note, 1)
}

/// An address as it stands in a page, with the position.
fn with_position(target: &str, at: i64) -> String {
    let (path, place) = target.split_once('#').map_or((target, None), |(a, b)| (a, Some(b)));
    let has = path.contains(&format!("?{AT}=")) || path.contains(&format!("&amp;{AT}="));
    // `//` begins the name of another host.
    if has || is_only_now(path) || path.starts_with("//") {
        return target.to_owned();
    }
    let sign = if path.contains('?') { "&amp;" } else { "?" };
    let place = place.map_or(String::new(), |place| format!("#{place}"));
    format!("{path}{sign}{AT}={at}{place}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::words::ENGLISH;

    #[test]
    fn addresses_of_our_own_keep_the_position() {
        let kept = |page: &str| keeping(page, 7, &ENGLISH);
        assert_eq!(kept("<a href=\"/events\">x</a>"), "<a href=\"/events?at=7\">x</a>");
        assert_eq!(
            kept("<a rel=\"next\" href=\"/events?a=1&amp;b=2#map\">"),
            "<a rel=\"next\" href=\"/events?a=1&amp;b=2&amp;at=7#map\">"
        );
        for same in [
            "<a href=\"/events?at=7&amp;limit=3\">",
            "<link href=\"/static/style.css\">",
            "<a href=\"/account\">",
            "<a href=\"https://news.example/\">",
            "<a href=\"//news.example/\">",
            "a text that says href=&quot;/events&quot;",
        ] {
            assert_eq!(kept(same), same);
        }
    }

    #[test]
    fn a_form_that_asks_asks_of_the_same_position() {
        let kept = keeping("<form action=\"/events\" method=\"get\"><input>", 7, &ENGLISH);
        assert_eq!(
            kept,
            "<form action=\"/events\" method=\"get\">\
             <input type=\"hidden\" name=\"at\" value=\"7\"><input>"
        );
    }

    #[test]
    fn a_page_of_the_past_says_so_and_leads_out() {
        let kept = keeping(&format!("{CONTENT}<h1>Events</h1>"), 7, &ENGLISH);
        assert!(kept.contains("entry 7") && kept.contains("href=\"/\""), "{kept}");
    }
}
