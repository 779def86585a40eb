//! The day on which a page was published, and how it was found.
//!
//! Sources in the order of their worth: JSON-LD, `meta`, marked elements, the address, and what a
//! reader sees near the headline. Never the day of modification, never today, none rather than a
//! guess.

mod address;
mod months;
pub(crate) mod parse;
mod visible;

use jiff::civil::Date;

use crate::metadata::json_ld::JsonLd;
use crate::metadata::outline::Outline;
use crate::{Found, How};
use parse::{Order, machine};

/// `meta` elements that give the day of publication, the best first.
const META: &[&str] = &[
    "article:published_time", "og:published_time", "datepublished", "article:published",
    "og:article:published_time", "publishdate", "publish_date", "publish-date", "published_time",
    "published-date", "published_date", "publication_date", "publication-date", "publicationdate",
    "pubdate", "pub_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.date",
    "dcterms.created", "dc.date.created", "dc.date", "dc.created", "citation_publication_date",
    "citation_date", "citation_online_date", "prism.publicationdate", "article.published",
    "article_date_original", "originalpublicationdate", "created", "datecreated", "date_created",
    "date_published", "rnews:datepublished", "vr:published_time", "bt:pubdate", "article.created",
    "timestamp", "displaydate", "gentime", "ptime", "last-published", "date", "og:pubdate",
    "og:publish_date", "release_date", "shareaholic:article_published_time", "dc.issued",
    "video:release_date", "og:release_date",
];

/// How many days a stamp may be older than the day that the page shows. Beyond, what is shown is
/// the day of a change.
const DRAFT: i32 = 7;

/// The day of publication of the page with this outline.
pub(crate) fn find(
    outline: &Outline<'_>,
    json_ld: &JsonLd,
    url: Option<&str>,
    language: Option<&str>,
) -> Option<Found<Date>> {
    let order = order(outline.lang, language, url);
    let url = url.or(outline.canonical.as_deref());
    let metas = || META.iter().flat_map(|name| outline.metas(name));
    let found = |date: Option<Date>, how| date.map(|date| Found::new(date, how));
    let stamp = found(metas().find_map(|v| machine(v, order)), How::Meta)
        .or_else(|| {
            found(json_ld.published.as_deref().and_then(|v| machine(v, order)), How::JsonLd)
        })
        .or_else(|| found(visible::marked(outline, order), How::Markup));
    let shown = visible::near_headline(outline, order);
    if let Some(sure) = shown.filter(|shown| shown.is_sure()) {
        // A stamp may be in another offset, or be that of a draft or of a second printing.
        let near = |stamp: &Found<Date>| days(stamp.value, sure.date) > DRAFT;
        return stamp.filter(near).or(Some(Found::new(sure.date, How::Visible)));
    }
    stamp
        .or_else(|| found(url.and_then(address::day), How::Url))
        .or_else(|| found(visible::time_element(outline, order), How::TimeElement))
        .or_else(|| found(shown.map(|shown| shown.date), How::Visible))
        .or_else(|| found(visible::in_title(outline, order), How::Visible))
}

/// How many days `later` is after `earlier`.
fn days(earlier: Date, later: Date) -> i32 {
    (later - earlier).get_days()
}

pub(crate) fn candidates(
    outline: &Outline<'_>,
    json_ld: &JsonLd,
    url: Option<&str>,
    language: Option<&str>,
) -> Vec<(&'static str, String)> {
    let order = order(outline.lang, language, url);
    let url = url.or(outline.canonical.as_deref());
    let mut all = Vec::new();
    let mut add = |date: Option<Date>, how| all.extend(date.map(|d| (how, d.to_string())));
    add(META.iter().find_map(|name| outline.metas(name).find_map(|v| machine(v, order))), "Meta");
    add(json_ld.published.as_deref().and_then(|v| machine(v, order)), "JsonLd");
    add(visible::marked(outline, order), "Markup");
    add(url.and_then(address::day), "Url");
    add(visible::time_element(outline, order), "TimeElement");
    let shown = visible::near_headline(outline, order);
    if let Some(shown) = shown {
        add(Some(shown.date), if shown.is_sure() { "Sure" } else { "Shown" });
    }
    add(visible::in_title(outline, order), "Title");
    all
}

/// Which of two numbers is the day, from the language and the country of the address.
fn order(lang: Option<&str>, language: Option<&str>, url: Option<&str>) -> Order {
    let lang = lang.unwrap_or_default().to_ascii_lowercase().replace('_', "-");
    let language = language.unwrap_or(lang.split('-').next().unwrap_or_default());
    if language != "en" {
        return if language.is_empty() { Order::Unknown } else { Order::DayFirst };
    }
    let host = url.and_then(|u| u.split("://").nth(1)).unwrap_or_default();
    let country = host.split('/').next().and_then(|h| h.rsplit('.').next()).unwrap_or_default();
    match (lang.as_str(), country) {
        ("en-us", _) | (_, "us" | "gov" | "mil" | "edu") => Order::MonthFirst,
        (_, c) if c.len() == 2 => Order::DayFirst,
        (l, _) if l.len() == 5 => Order::DayFirst,
        _ => Order::Unknown,
    }
}
