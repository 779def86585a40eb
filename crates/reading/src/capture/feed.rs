//! RSS, RDF and Atom: the entries of a feed.
//!
//! Read with an XML reader that forgives what feeds get wrong: unknown entities, end tags that do
//! not match, an end that is missing. A feed is read whole, up to the cap on a record.

use std::io::{BufRead, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::capture::{Capture, Captures, Limits, Problem, unreadable};
use crate::charset;
use crate::date::parse::{Order, machine};
use crate::html::entity::decode;
use crate::text::one_line;
use crate::{Found, How};

/// The entries of a feed as captures.
pub(super) fn captures(input: Box<dyn BufRead + Send>, name: &str, limits: &Limits) -> Captures {
    let mut bytes = Vec::new();
    let read = input.take(limits.record_bytes as u64 + 1).read_to_end(&mut bytes);
    let mut problems = Vec::new();
    if let Err(error) = read {
        problems.push(unreadable(name.to_owned(), bytes.len() as u64, &error));
    }
    if bytes.len() > limits.record_bytes {
        bytes.truncate(limits.record_bytes);
        let what = format!("the feed is longer than {} bytes; the rest is not read", bytes.len());
        problems.push(Problem { input: name.to_owned(), what });
    }
    let (text, _) = charset::decode(&bytes, None);
    let (feed, end) = read_feed(&text);
    if let Some(what) = end {
        problems.push(Problem { input: name.to_owned(), what });
    }
    let name = name.to_owned();
    let outlet = feed.title.map(|title| Found::new(title, How::Feed));
    let language = feed.language.map(|language| Found::new(language, How::Feed));
    let entries = feed.entries.into_iter().enumerate().map(move |(i, entry)| {
        let input = format!("{name}#{}", i + 1);
        let whole = Capture {
            outlet: entry.source.clone().map(|s| Found::new(s, How::Feed)).or(outlet.clone()),
            language: language.clone(),
            ..Capture::default()
        };
        entry.capture(input, whole)
    });
    Box::new(entries.chain(problems.into_iter().map(Err)))
}

#[derive(Debug, Default)]
struct Feed {
    title: Option<String>,
    language: Option<String>,
    entries: Vec<Entry>,
}

#[derive(Debug, Default)]
struct Entry {
    title: Option<String>,
    link: Option<String>,
    id: Option<String>,
    published: Option<String>,
    authors: Vec<String>,
    source: Option<String>,
    content: Option<String>,
    summary: Option<String>,
}

impl Entry {
    fn capture(self, input: String, whole: Capture) -> Result<Capture, Problem> {
        let Some(body) = self.content.or(self.summary).filter(|b| !b.trim().is_empty()) else {
            let what = "the entry has neither content nor summary".to_owned();
            return Err(Problem { input, what });
        };
        let url = self.link.or(self.id).filter(|url| url.contains("://"));
        let found = |value: String| Found::new(value, How::Feed);
        let published = self.published.and_then(|p| machine(&p, Order::DayFirst));
        let markup = body.contains('<');
        // A fragment is made a page, so that the extractor sees one.
        let body = if markup {
            format!("<html><body><article>{body}</article></body></html>")
        } else {
            body
        };
        Ok(Capture {
            input,
            url,
            media_type: Some(if markup { "text/html" } else { "text/plain" }.to_owned()),
            charset: Some("utf-8".to_owned()),
            body: body.into_bytes(),
            title: self.title.map(|t| one_line(&decode(&t))).filter(|t| !t.is_empty()).map(found),
            authors: self.authors.into_iter().map(found).collect(),
            published: published.map(|date| Found::new(date, How::Feed)),
            ..whole
        })
    }
}

/// Reads a feed as far as it can be read; and why not further.
fn read_feed(xml: &str) -> (Feed, Option<String>) {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut feed = Feed::default();
    let mut entry: Option<Entry> = None;
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    loop {
        let position = reader.buffer_position();
        let event = match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => event,
            Err(error) => {
                feed.entries.extend(entry);
                return (feed, Some(format!("it is not XML after {position} bytes: {error}")));
            }
        };
        match event {
            Event::Start(start) => {
                let name = local(&start);
                text.clear();
                if matches!(name.as_str(), "item" | "entry") {
                    entry = Some(Entry::default());
                } else {
                    link(&start, &name, entry.as_mut());
                }
                if name == "content" && attribute(&start, "type").as_deref() == Some("xhtml") {
                    let inner = reader.read_text(start.name()).unwrap_or_default();
                    if let Some(entry) = &mut entry {
                        entry.content = Some(inner.into_owned());
                    }
                } else if path.len() < 64 {
                    path.push(name);
                }
            }
            Event::Empty(start) => link(&start, &local(&start), entry.as_mut()),
            Event::Text(part) => text.push_str(&decode(&String::from_utf8_lossy(&part))),
            Event::GeneralRef(name) => {
                let name = format!("&{};", String::from_utf8_lossy(&name));
                text.push_str(&decode(&name));
            }
            Event::CData(part) => text.push_str(&String::from_utf8_lossy(&part)),
            Event::End(_) => {
                let Some(name) = path.pop() else { continue };
                let value = std::mem::take(&mut text);
                if matches!(name.as_str(), "item" | "entry") {
                    feed.entries.extend(entry.take());
                } else if let Some(entry) = &mut entry {
                    entry_field(entry, &name, path.last().map(String::as_str), value);
                } else {
                    feed_field(&mut feed, &name, &value);
                }
            }
            _ => {}
        }
    }
    feed.entries.extend(entry);
    let end =
        (!path.is_empty()).then(|| "the feed is cut off; what came before is kept".to_owned());
    (feed, end)
}

/// An Atom link is an attribute; its text is nothing.
fn link(start: &BytesStart<'_>, name: &str, entry: Option<&mut Entry>) {
    let Some(entry) = entry else { return };
    let href = attribute(start, "href");
    let rel = attribute(start, "rel");
    if name == "link" && rel.as_deref().is_none_or(|rel| rel == "alternate") {
        entry.link = entry.link.take().or(href);
    }
}

fn feed_field(feed: &mut Feed, name: &str, value: &str) {
    let value = one_line(value);
    let slot = match name {
        "title" => &mut feed.title,
        "language" => &mut feed.language,
        _ => return,
    };
    if slot.is_none() && !value.is_empty() {
        *slot = Some(value);
    }
}

fn entry_field(entry: &mut Entry, name: &str, parent: Option<&str>, value: String) {
    let line = one_line(&value);
    if line.is_empty() {
        return;
    }
    let first = |slot: &mut Option<String>, value: String| {
        if slot.is_none() {
            *slot = Some(value);
        }
    };
    match (name, parent) {
        ("name", Some("author")) | ("creator" | "author", _) if !line.contains('@') => {
            entry.authors.push(line);
        }
        ("author", _) => {
            // "ann@example.org (Ann Lee)"
            let name = line.split_once('(').map(|(_, name)| name.trim_end_matches(')').trim());
            entry.authors.extend(name.filter(|n| !n.is_empty()).map(str::to_owned));
        }
        ("title", Some("source")) => first(&mut entry.source, line),
        (_, Some("source" | "author")) => {}
        ("source", _) => first(&mut entry.source, line),
        ("title", Some("item" | "entry")) => first(&mut entry.title, line),
        ("link" | "origlink", _) => first(&mut entry.link, line),
        ("guid" | "id", _) => first(&mut entry.id, line),
        ("pubdate" | "published" | "issued" | "date" | "created", _) => {
            first(&mut entry.published, line);
        }
        ("encoded" | "content" | "fulltext", _) => first(&mut entry.content, value),
        ("description" | "summary", _) => first(&mut entry.summary, value),
        _ => {}
    }
}

/// The name of an element without its namespace, in lower case.
fn local(start: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(start.local_name().as_ref()).to_ascii_lowercase()
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let mut all = attributes.with_checks(false).flatten();
    let found = all.find(|a| a.key.as_ref().eq_ignore_ascii_case(name.as_bytes()))?;
    Some(decode(&String::from_utf8_lossy(&found.value)).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str, expected: &[&str]) {
        let input = Box::new(std::io::Cursor::new(xml.as_bytes().to_vec()));
        let shown: Vec<String> = captures(input, "x", &Limits::NEWS)
            .map(|item| match item {
                Ok(c) => format!(
                    "{}|{}|{}|{}|{}|{}",
                    c.title.map(|t| t.value).unwrap_or_default(),
                    c.url.unwrap_or_default(),
                    c.published.map(|p| p.value.to_string()).unwrap_or_default(),
                    c.authors.iter().map(|a| a.value.as_str()).collect::<Vec<_>>().join(","),
                    c.outlet.map(|o| o.value).unwrap_or_default(),
                    String::from_utf8(c.body).unwrap(),
                ),
                Err(p) => format!("{}: {}", p.input, p.what),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn rss() {
        check(
            "<?xml version='1.0'?><rss><channel><title>The Example</title><item>\
             <title>Two &amp; one</title><link>https://example.org/1</link>\
             <pubDate>Sun, 14 Mar 2021 08:00:00 GMT</pubDate><dc:creator>Ann Lee</dc:creator>\
             <description>Short.</description><content:encoded><![CDATA[<p>Long</p>]]>\
             </content:encoded></item><item><description>A &lt;b&gt;c</description></item>\
             <item><title>x</title></item></channel></rss>",
            &[
                "Two & one|https://example.org/1|2021-03-14|Ann Lee|The Example|\
                 <html><body><article><p>Long</p></article></body></html>",
                "||||The Example|<html><body><article>A <b>c</article></body></html>",
                "x#3: the entry has neither content nor summary",
            ],
        );
    }

    #[test]
    fn atom() {
        check(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>E</title><entry><title>T</title>\
             <link rel='self' href='https://example.org/s'/><link href='https://example.org/a'/>\
             <published>2021-03-14T23:00:00-05:00</published><author><name>Ann</name></author>\
             <content type='xhtml'><div><p>Text</p></div></content></entry></feed>",
            &["T|https://example.org/a|2021-03-14|Ann|E|\
               <html><body><article><div><p>Text</p></div></article></body></html>"],
        );
    }

    #[test]
    fn a_feed_cut_off_gives_what_it_has() {
        let cut = "<rss><channel><item><title>a</title><description>b</description></item><item>";
        check(
            cut,
            &[
                "a|||||b",
                "x#2: the entry has neither content nor summary",
                "x: the feed is cut off; what came before is kept",
            ],
        );
    }
}
