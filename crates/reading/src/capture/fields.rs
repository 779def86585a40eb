//! Which field of a record holds what, and records → captures.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::capture::Capture;
use crate::date::parse::{Order, machine};
use crate::text::one_line;
use crate::{Found, How};

/// What a field can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Text,
    Html,
    Title,
    Url,
    Published,
    Authors,
    Outlet,
    Language,
}

/// The names by which fields are known, the likeliest first; in lower case, without `_`, `-` and
/// blanks.
const NAMES: &[(Role, &[&str])] = &[
    (
        Role::Text,
        &[
            "text",
            "body",
            "content",
            "article",
            "maintext",
            "articlebody",
            "doctext",
            "fulltext",
            "articletext",
            "bodytext",
            "contenttext",
            "plaintext",
            "story",
            "rawtext",
            "cleantext",
            "document",
            "sentence",
            "notes",
            "summary",
            "description",
            "abstract",
        ],
    ),
    (Role::Html, &["html", "contenthtml", "rawhtml", "bodyhtml", "sourcehtml", "page"]),
    (Role::Title, &["title", "headline", "headlines", "articletitle", "name", "subject"]),
    (
        Role::Url,
        &[
            "url",
            "link",
            "href",
            "sourceurl",
            "canonicalurl",
            "articleurl",
            "externalurl",
            "weburl",
            "uri",
            "address",
            "source_link",
        ],
    ),
    (
        Role::Published,
        &[
            "published",
            "datepublished",
            "publishedat",
            "publicationdate",
            "pubdate",
            "datepublish",
            "publishdate",
            "publisheddate",
            "dateofpublication",
            "date",
            "datetime",
            "timestamp",
            "created",
            "createdat",
            "time",
            "day",
        ],
    ),
    (Role::Authors, &["authors", "author", "byline", "creator", "writer"]),
    (
        Role::Outlet,
        &[
            "outlet",
            "source",
            "publisher",
            "site",
            "sitename",
            "newspaper",
            "sourcename",
            "sourcedomain",
            "domain",
            "media",
            "publication",
            "agency",
        ],
    ),
    (Role::Language, &["language", "lang", "languagecode"]),
];

/// Which fields of a record hold what; names that are not given are guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(Role, String)>);

/// A map of fields that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" does not map a field; write text=FIELD, with text, html, title, url, published, \
     authors, outlet or language on the left"
)]
pub struct NotAMap(String);

impl FromStr for Fields {
    type Err = NotAMap;

    /// Reads `text=FIELD,title=FIELD`; a field inside of another is `outer.inner`.
    fn from_str(map: &str) -> Result<Self, NotAMap> {
        let pair = |part: &str| {
            let (role, field) = part.split_once('=')?;
            let role = match plain(role).as_str() {
                "text" | "body" => Role::Text,
                "html" => Role::Html,
                "title" => Role::Title,
                "url" => Role::Url,
                "published" | "date" => Role::Published,
                "authors" | "author" => Role::Authors,
                "outlet" | "source" => Role::Outlet,
                "language" | "lang" => Role::Language,
                _ => return None,
            };
            (!field.trim().is_empty()).then(|| (role, field.trim().to_owned()))
        };
        let parts = map.split(',').filter(|part| !part.trim().is_empty());
        parts
            .map(|part| pair(part).ok_or_else(|| NotAMap(part.to_owned())))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Whether `name` is a usual name of the field with the text.
pub(super) fn is_text_field(name: &str) -> bool {
    guesses(Role::Text).chain(guesses(Role::Html)).any(|guess| guess == plain(name))
}

fn guesses(role: Role) -> impl Iterator<Item = &'static str> {
    NAMES.iter().filter(move |(r, _)| *r == role).flat_map(|(_, names)| names.iter().copied())
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Fields {
    /// The page that a record holds; an error says what is missing.
    pub(super) fn capture(
        &self,
        record: &Map<String, Value>,
        input: String,
    ) -> Result<Capture, String> {
        let html = self.get(record, Role::Html).and_then(text);
        let body = self.get(record, Role::Text).and_then(text);
        let mapped = |role| self.0.iter().any(|(r, _)| *r == role);
        let (body, media_type) = match (body, html) {
            (None, Some(html)) => (html, "text/html"),
            (Some(_), Some(html)) if mapped(Role::Html) && !mapped(Role::Text) => {
                (html, "text/html")
            }
            (Some(body), _) => (body, "text/plain"),
            (None, None) => {
                let names: Vec<&str> = record.keys().take(12).map(String::as_str).collect();
                return Err(format!(
                    "the record has no text; name the field with --map text=FIELD (there are: {})",
                    names.join(", ")
                ));
            }
        };
        let one = |role| {
            let value = self.get(record, role).and_then(text)?;
            Some(one_line(&value)).filter(|v| !v.is_empty())
        };
        let field = |value| Found::new(value, How::Field);
        let authors = self.get(record, Role::Authors).map(names).unwrap_or_default();
        Ok(Capture {
            input,
            url: one(Role::Url).filter(|url| url.contains("://")),
            media_type: Some(media_type.to_owned()),
            charset: Some("utf-8".to_owned()),
            body: body.into_bytes(),
            title: one(Role::Title).map(field),
            authors: authors.into_iter().map(field).collect(),
            published: self
                .get(record, Role::Published)
                .and_then(day)
                .map(|d| Found::new(d, How::Field)),
            outlet: one(Role::Outlet).filter(|o| !o.contains("://")).map(field),
            language: one(Role::Language).map(field),
        })
    }

    /// The value of the field for `role`, as mapped, else by the first guess that is there and not
    /// empty.
    fn get<'a>(&self, record: &'a Map<String, Value>, role: Role) -> Option<&'a Value> {
        if let Some((_, path)) = self.0.iter().find(|(r, _)| *r == role) {
            return follow(record, path);
        }
        guesses(role).find_map(|guess| {
            record
                .iter()
                .find(|(key, value)| plain(key) == guess && !is_empty(value))
                .map(|(_, v)| v)
        })
    }
}

fn follow<'a>(record: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    if let Some(value) = record.get(path) {
        return Some(value);
    }
    let (outer, inner) = path.split_once('.')?;
    follow(record.get(outer)?.as_object()?, inner)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(s) => s.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A value as text; an array of strings gives paragraphs, an object its name or value.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()).filter(|s| !s.trim().is_empty()),
        Value::Number(n) => Some(n.to_string()),
        Value::Array(items) => {
            let parts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            (!parts.is_empty() && parts.len() == items.len()).then(|| parts.join("\n\n"))
        }
        Value::Object(object) => {
            ["name", "title", "value", "text", "$t"].iter().find_map(|key| text(object.get(*key)?))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// Names in `"A; B"`, `["A", "B"]` or `[{"name": "A"}]`.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text).map(|n| one_line(&n)).collect(),
        other => text(other)
            .map(|all| all.split(';').map(one_line).filter(|n| !n.is_empty()).collect())
            .unwrap_or_default(),
    }
}

/// A day in words or figures, or a time in seconds or thousandths since 1970.
fn day(value: &Value) -> Option<Date> {
    if let Some(number) = value.as_i64() {
        let seconds = if number > 100_000_000_000 { number / 1000 } else { number };
        if seconds > 500_000_000 {
            let time = Timestamp::from_second(seconds).ok()?;
            return Some(jiff::tz::Offset::UTC.to_datetime(time).date());
        }
    }
    machine(&text(value)?, Order::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capture(record: &str, map: &str) -> Result<Capture, String> {
        let record: Map<String, Value> = serde_json::from_str(record).unwrap();
        map.parse::<Fields>().unwrap().capture(&record, "x#1".into())
    }

    #[test]
    fn usual_names_are_guessed() {
        let record = r#"{"Headline": "Two held", "main_text": "Text.", "datePublished":
            "2021-03-14T10:00:00Z", "source": {"name": "The Example"}, "authors": ["A", "B"],
            "link": "https://example.org/1", "title_page": null}"#;
        let capture = capture(record, "").unwrap();
        assert_eq!(capture.body, b"Text.");
        assert_eq!(capture.title.unwrap().value, "Two held");
        assert_eq!(capture.published.unwrap().value.to_string(), "2021-03-14");
        assert_eq!(capture.outlet.unwrap().value, "The Example");
        assert_eq!(capture.authors.len(), 2);
        assert_eq!(capture.url.as_deref(), Some("https://example.org/1"));
    }

    #[test]
    fn other_names_are_mapped() {
        let capture = capture(r#"{"a": {"b": "Text."}, "text": "no"}"#, "text=a.b").unwrap();
        assert_eq!(capture.body, b"Text.");
    }

    #[test]
    fn what_is_missing_is_said() {
        assert!(capture(r#"{"a": "b"}"#, "").unwrap_err().contains("there are: a"));
        assert!("test=a".parse::<Fields>().is_err());
    }

    #[test]
    fn times_since_1970_are_days() {
        let at = |value: &str| day(&serde_json::from_str(value).unwrap()).map(|d| d.to_string());
        assert_eq!(at("1615712400").as_deref(), Some("2021-03-14"));
        assert_eq!(at("1615712400000").as_deref(), Some("2021-03-14"));
        assert_eq!(at("20210314").as_deref(), Some("2021-03-14"));
    }
}
