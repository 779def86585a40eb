//! JSON-LD in a page → what it says of the article.

use serde_json::Value;

use crate::text::one_line;

/// What the JSON-LD of a page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct JsonLd {
    /// `datePublished` of the article, else of the page, as written.
    pub(crate) published: Option<String>,
    /// `headline` of the article.
    pub(crate) headline: Option<String>,
    /// Names of the authors.
    pub(crate) authors: Vec<String>,
    /// Name of the publisher, else of the site.
    pub(crate) publisher: Option<String>,
    /// `inLanguage` of the article.
    pub(crate) language: Option<String>,
}

/// The deepest nesting that is followed.
const DEEPEST: usize = 32;

/// Reads all scripts; an article wins over the page, the page over the rest.
pub(crate) fn read(scripts: &[&str]) -> JsonLd {
    let mut best = JsonLd::default();
    let mut page = JsonLd::default();
    let parsed: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut people = Vec::new();
    for value in &parsed {
        gather_people(value, 0, &mut people);
    }
    for value in &parsed {
        walk(value, 0, &people, &mut best, &mut page);
    }
    if parsed.len() < scripts.len() {
        let find = |key| scripts.iter().find_map(|script| scan(script, key));
        best.published = best.published.or(page.published.take()).or_else(|| find("datePublished"));
        best.headline = best.headline.or_else(|| find("headline"));
    }
    JsonLd {
        published: best.published.or(page.published),
        headline: best.headline,
        authors: best.authors,
        publisher: best.publisher.or(page.publisher),
        language: best.language.or(page.language),
    }
}

/// Parses a script as it is found: wrapped in comments, with line breaks inside of strings.
fn parse(script: &str) -> Option<Value> {
    let inner = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//")
        .trim_start()
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("-->")
        .trim_end()
        .trim_end_matches("]]>")
        .trim_end()
        .trim_end_matches("//")
        .trim_end()
        .trim_end_matches(';');
    serde_json::from_str(inner).ok().or_else(|| {
        let tidy: String = inner.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&tidy).ok()
    })
}

/// The string after `"key":` in a script that is no valid JSON.
fn scan(script: &str, key: &str) -> Option<String> {
    let at = script.find(&format!("\"{key}\""))? + key.len() + 2;
    let value = script.get(at..)?.trim_start().strip_prefix(':')?.trim_start();
    let value = value.strip_prefix('"')?.split('"').next()?;
    Some(one_line(value)).filter(|v| !v.is_empty())
}

/// `@id` → name, for graphs that point to their authors.
fn gather_people<'a>(value: &'a Value, depth: usize, people: &mut Vec<(&'a str, &'a str)>) {
    match value {
        _ if depth > DEEPEST => {}
        Value::Array(items) => items.iter().for_each(|v| gather_people(v, depth + 1, people)),
        Value::Object(object) => {
            if let (Some(Value::String(id)), Some(Value::String(name))) =
                (object.get("@id"), object.get("name"))
            {
                people.push((id, name));
            }
            object.values().for_each(|v| gather_people(v, depth + 1, people));
        }
        _ => {}
    }
}

fn walk(
    value: &Value,
    depth: usize,
    people: &[(&str, &str)],
    best: &mut JsonLd,
    page: &mut JsonLd,
) {
    match value {
        _ if depth > DEEPEST => {}
        Value::Array(items) => items.iter().for_each(|v| walk(v, depth + 1, people, best, page)),
        Value::Object(object) => {
            let kind = types(object.get("@type"));
            let is = |names: &[&str]| kind.iter().any(|k| names.iter().any(|n| k.ends_with(n)));
            if is(&["Article", "Posting", "Report", "Blog", "Story", "Review", "Recipe"]) {
                fill(object, people, best);
            } else if is(&["Page", "CreativeWork", "VideoObject", "Episode"])
                || object.contains_key("datePublished")
                    && !is(&["Comment", "Answer", "Product", "Rating", "Question"])
            {
                fill(object, people, page);
            } else if is(&["WebSite", "NewsMediaOrganization", "Organization"]) {
                page.publisher = page.publisher.take().or_else(|| text(object.get("name")));
            }
            for (key, inner) in object {
                if !matches!(
                    key.as_str(),
                    "comment"
                        | "review"
                        | "itemListElement"
                        | "hasPart"
                        | "isPartOf"
                        | "author"
                        | "relatedLink"
                        | "mentions"
                        | "citation"
                        | "image"
                ) {
                    walk(inner, depth + 1, people, best, page);
                }
            }
        }
        _ => {}
    }
}

fn fill(object: &serde_json::Map<String, Value>, people: &[(&str, &str)], into: &mut JsonLd) {
    let set = |slot: &mut Option<String>, key: &str| {
        if slot.is_none() {
            *slot = text(object.get(key));
        }
    };
    set(&mut into.published, "datePublished");
    set(&mut into.headline, "headline");
    set(&mut into.language, "inLanguage");
    if into.authors.is_empty()
        && let Some(author) = object.get("author").or_else(|| object.get("creator"))
    {
        names(author, people, &mut into.authors);
    }
    if into.publisher.is_none() {
        let mut publisher = Vec::new();
        if let Some(value) = object.get("publisher") {
            names(value, people, &mut publisher);
        }
        into.publisher = publisher.into_iter().next();
    }
}

fn types(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    let value = match value? {
        Value::Array(items) => items.first()?,
        other => other,
    };
    let value = match value {
        Value::Object(object) => object.get("@value").or_else(|| object.get("name"))?,
        other => other,
    };
    Some(one_line(&crate::html::entity::decode(value.as_str()?))).filter(|t| !t.is_empty())
}

fn names(value: &Value, people: &[(&str, &str)], out: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for item in items.iter().take(20) {
                if !item.is_array() {
                    names(item, people, out);
                }
            }
        }
        Value::Object(object) => {
            let by_id = || {
                let id = object.get("@id")?.as_str()?;
                people.iter().find(|(i, _)| *i == id).map(|(_, name)| one_line(name))
            };
            match object.get("name") {
                Some(Value::Array(items)) => {
                    out.extend(items.iter().filter_map(|i| text(Some(i))));
                }
                name => out.extend(text(name).or_else(by_id)),
            }
        }
        other => out.extend(text(Some(other))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_in_a_graph_wins_over_the_page() {
        let script = r##"{"@graph": [
            {"@type": "WebPage", "datePublished": "2020-01-01", "name": "x"},
            {"@type": ["NewsArticle"], "headline": "Two held", "datePublished": "2021-03-14T08:00Z",
             "dateModified": "2022-01-01", "author": {"@id": "#a"},
             "publisher": {"name": "The Example"}},
            {"@type": "Person", "@id": "#a", "name": "Ann Lee"}]}"##;
        let read = read(&[script]);
        assert_eq!(read.published.as_deref(), Some("2021-03-14T08:00Z"));
        assert_eq!(read.authors, ["Ann Lee"]);
        assert_eq!(read.publisher.as_deref(), Some("The Example"));
    }

    #[test]
    fn damage_is_survived() {
        let with_break = "{\"@type\": \"Article\", \"headline\": \"Two\nheld\"}";
        assert_eq!(read(&[with_break]).headline.as_deref(), Some("Two held"));
        let broken = "{\"@type\": \"Article\", \"datePublished\": \"2021-03-14\", }";
        assert_eq!(read(&[broken]).published.as_deref(), Some("2021-03-14"));
    }

    #[test]
    fn modification_is_not_publication() {
        assert_eq!(
            read(&[r#"{"@type": "Article", "dateModified": "2021-03-14"}"#]).published,
            None
        );
    }
}
