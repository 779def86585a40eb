//! A feed → the addresses of its entries. RSS, RDF, Atom and JSON Feed are known by content.
//!
//! Only addresses are taken, so a scan for tags is enough, and it cannot be led astray by
//! a feed that is not well-formed. What the entries say is read later, from their pages.

use std::collections::HashSet;

use url::Url;

/// Longer addresses are not those of news.
const MOST_CHARACTERS: usize = 2048;

/// The addresses of the entries, absolute, each once, in order. `None` if this is no feed.
pub(super) fn links(bytes: &[u8], base: &Url) -> Option<Vec<Url>> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let found = if text.starts_with('{') { json_feed(text)? } else { xml_feed(text)? };
    let mut seen = HashSet::new();
    let mut urls = Vec::new();
    for link in found.iter().map(|link| link.trim()).filter(|link| !link.is_empty()) {
        let Ok(mut url) = base.join(link) else { continue };
        url.set_fragment(None);
        if url.as_str().len() <= MOST_CHARACTERS && seen.insert(url.clone()) {
            urls.push(url);
        }
    }
    Some(urls)
}

fn json_feed(text: &str) -> Option<Vec<String>> {
    let feed: serde_json::Value = serde_json::from_str(text).ok()?;
    feed.get("version")?.as_str().filter(|v| v.contains("jsonfeed.org"))?;
    let items = feed.get("items")?.as_array()?;
    let link = |item: &serde_json::Value| Some(item.get("url")?.as_str()?.to_owned());
    Some(items.iter().filter_map(link).collect())
}

fn xml_feed(text: &str) -> Option<Vec<String>> {
    let root = tags(text).find(|tag| !tag.name.starts_with(['?', '!']))?;
    if !matches!(root.local(), "rss" | "RDF" | "feed") {
        return None;
    }
    let mut found = Vec::new();
    let mut entry: Option<Entry> = None;
    for tag in tags(text) {
        match (tag.local(), &mut entry) {
            ("item" | "entry", _) if !tag.closes => entry = Some(Entry::default()),
            ("item" | "entry", _) => found.extend(entry.take().and_then(Entry::link)),
            (_, Some(entry)) if !tag.closes => entry.see(&tag),
            _ => {}
        }
    }
    Some(found)
}

/// What an entry offers as its address, the best first.
#[derive(Default)]
struct Entry {
    link: Option<String>,
    permanent: Option<String>,
}

impl Entry {
    fn see(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "link" | "atom:link" => {
                let relation = tag.attribute("rel").unwrap_or_else(|| "alternate".to_owned());
                let link = match tag.attribute("href") {
                    Some(href) => (relation == "alternate").then_some(href),
                    None => Some(tag.content()),
                };
                let link = link.filter(|link| !link.trim().is_empty());
                self.link = self.link.take().or(link);
            }
            "guid" if tag.attribute("isPermaLink").is_none_or(|v| v == "true") => {
                self.permanent = Some(tag.content()).filter(|guid| guid.trim().starts_with("http"));
            }
            _ => {}
        }
    }

    fn link(self) -> Option<String> {
        self.link.or(self.permanent)
    }
}

struct Tag<'a> {
    name: &'a str,
    closes: bool,
    attributes: &'a str,
    after: &'a str,
}

impl Tag<'_> {
    /// The name without its prefix.
    fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or(self.name)
    }

    fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            let (before, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|&c| c == '"' || c == '\'')?;
            let (value, beyond) = after.get(1..)?.split_once(quote)?;
            if before.trim() == name {
                return Some(plain(value));
            }
            rest = beyond;
        }
    }

    /// The text up to the next tag, or a marked section.
    fn content(&self) -> String {
        let text = self.after.trim_start();
        match text.strip_prefix("<![CDATA[") {
            Some(marked) => marked.split("]]>").next().unwrap_or_default().to_owned(),
            None => plain(text.split('<').next().unwrap_or_default()),
        }
    }
}

/// All tags in order. Comments and marked sections hold none.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let (_, from) = rest.split_once('<')?;
            let section = [("!--", "-->"), ("![CDATA[", "]]>")]
                .into_iter()
                .find(|(start, _)| from.starts_with(start));
            if let Some((_, end)) = section {
                (_, rest) = from.split_once(end)?;
                continue;
            }
            let (inside, after) = from.split_once('>')?;
            rest = after;
            let (closes, inside) = match inside.strip_prefix('/') {
                Some(inside) => (true, inside),
                None => (false, inside),
            };
            let end = inside.find(|c: char| c.is_whitespace() || c == '/');
            let (name, attributes) = inside.split_at(end.unwrap_or(inside.len()));
            return Some(Tag { name, closes, attributes, after });
        }
    })
}

/// Text with the five entities of XML, and numbers, resolved.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // No name is longer, and a text full of `&` must not be searched to its end for each.
        let end = after.bytes().take(9).position(|byte| byte == b';');
        let entity = end.map(|end| (&after[..end], &after[end + 1..]));
        let resolved = entity.and_then(|(name, beyond)| Some((character(name)?, beyond)));
        let (c, beyond) = resolved.unwrap_or(('&', after));
        out.push(c);
        rest = beyond;
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(feed: &str, wanted: Option<&[&str]>) {
        let base = "https://a.example/feeds/news.xml".parse().unwrap();
        let found = links(feed.as_bytes(), &base);
        let found: Option<Vec<&str>> =
            found.as_ref().map(|urls| urls.iter().map(Url::as_str).collect());
        assert_eq!(found.as_deref(), wanted, "{feed}");
    }

    #[test]
    fn an_rss_feed_with_relative_and_marked_links() {
        check(
            "<?xml version='1.0'?><!-- <item> --><rss><channel><link>https://a.example/</link>
             <item><title>One</title><link>/1?a=b&amp;c=d#top</link></item>
             <item><link><![CDATA[ https://b.example/2 ]]></link></item>
             <item><description><![CDATA[<link>/no</link>]]></description><link>3</link></item>
             <item><link>/1?a=b&amp;c=d</link></item>
             </channel></rss>",
            Some(&[
                "https://a.example/1?a=b&c=d",
                "https://b.example/2",
                "https://a.example/feeds/3",
            ]),
        );
    }

    #[test]
    fn a_guid_stands_in_for_a_missing_link_if_it_is_one() {
        check(
            "<rss><item><guid>https://a.example/1</guid></item>
             <item><guid isPermaLink=\"false\">https://a.example/2</guid></item>
             <item><guid>tag:a,3</guid></item></rss>",
            Some(&["https://a.example/1"]),
        );
    }

    #[test]
    fn an_atom_feed_takes_the_page_not_the_picture() {
        check(
            "\u{feff}<feed xmlns='http://www.w3.org/2005/Atom'><link href='/'/>
             <entry><link rel='enclosure' href='/1.mp3'/><link rel=\"alternate\" href=\"/1\"/></entry>
             <entry><link href='/2'/><link rel='self' href='/2.atom'/></entry></feed>",
            Some(&["https://a.example/1", "https://a.example/2"]),
        );
    }

    #[test]
    fn rdf_and_json_feeds() {
        check(
            "<rdf:RDF><item rdf:about='x'><link>/1</link></item></rdf:RDF>",
            Some(&["https://a.example/1"]),
        );
        check(
            r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/1"}, {"id": "2"}]}"#,
            Some(&["https://a.example/1"]),
        );
    }

    proptest::proptest! {
        #[test]
        fn any_feed_gives_absolute_addresses_once(parts in scraps()) {
            let text = format!("<rss>{}", parts.concat());
            let base: Url = "https://a.example/feeds/".parse()?;
            let found = links(text.as_bytes(), &base).unwrap_or_default();
            let mut seen = HashSet::new();
            for url in &found {
                proptest::prop_assert!(url.fragment().is_none() && seen.insert(url), "{url}");
            }
            proptest::prop_assert!(found.len() <= text.matches("<item").count());
        }
    }

    /// Pieces of feeds in any order.
    fn scraps() -> impl proptest::strategy::Strategy<Value = Vec<&'static str>> {
        let scraps = vec![
            "<item>",
            "</item>",
            "<item/>",
            "<link>",
            "</link>",
            "<link href='/a'/>",
            "<link href=",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "/b#c",
            "&amp;",
            "&#x",
            "&",
            ";",
            "<",
            ">",
            "\"",
            "\u{e9}",
            "http://",
            "<guid>",
            "https://b.example/1",
            " ",
        ];
        proptest::collection::vec(proptest::sample::select(scraps), 0..40)
    }

    #[test]
    fn a_hostile_feed_costs_little() {
        for scrap in ["&", "<link>&", "<item><link href='", "<![CDATA[", "<link a='' ", "<!--"] {
            let feed = format!("<rss><item>{}", scrap.repeat(1_000_000 / scrap.len()));
            check(&feed, Some(&[]));
        }
    }

    #[test]
    fn a_page_is_no_feed() {
        for page in
            ["<!doctype html><html><body><item><link>/1</link></item></html>", "", "{}", "<"]
        {
            check(page, None);
        }
        check("<rss><item><link>/1</link>", Some(&[]));
    }
}
