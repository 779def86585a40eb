//! The day on which a page was published, and how it was found.
//!
//! Sources in the order of their worth: `meta`, JSON-LD, marked elements, the address, and what a
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
use visible::Shown;

/// `meta` elements that give the day of publication, the best first.
const META: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "og:article:published_time",
    "publishdate",
    "publish_date",
    "publish-date",
    "published_time",
    "published-date",
    "published_date",
    "publication_date",
    "publication-date",
    "publicationdate",
    "pubdate",
    "pub_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dc.created",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "prism.publicationdate",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "created",
    "datecreated",
    "date_created",
    "date_published",
    "rnews:datepublished",
    "vr:published_time",
    "bt:pubdate",
    "article.created",
    "timestamp",
    "displaydate",
    "gentime",
    "ptime",
    "last-published",
    "date",
    "og:pubdate",
    "og:publish_date",
    "release_date",
    "shareaholic:article_published_time",
    "dc.issued",
    "video:release_date",
    "og:release_date",
];

/// How many days a stamp may be older than the day that the page shows. Beyond, what is shown is
/// the day of a change.
const DRAFT: i32 = 7;

/// How many days a stamp must be younger than the address to be that of a second printing.
const SECOND_PRINTING: i32 = 30;

/// The day of publication of the page with this outline.
pub(crate) fn find(
    outline: &Outline<'_>,
    json_ld: &JsonLd,
    url: Option<&str>,
) -> Option<Found<Date>> {
    let order = order(outline.lang, url);
    let metas = || META.iter().flat_map(|name| outline.metas(name));
    let found = |date: Option<Date>, how| date.map(|date| Found::new(date, how));
    let stamp = found(metas().find_map(|v| machine(v, order)), How::Meta)
        .or_else(|| {
            found(json_ld.published.as_deref().and_then(|v| machine(v, order)), How::JsonLd)
        })
        .or_else(|| found(visible::marked(outline, order), How::Markup));
    let by_url = url.and_then(address::day);
    let month = url.and_then(address::month);
    // The address knows the month: a day of another month is another page's.
    let shown = visible::near_headline(outline, order)
        .filter(|s| month.is_none_or(|month| (s.date.year(), s.date.month()) == month));
    let Some(stamp) = stamp else {
        return found(shown.filter(|s| s.is_sure()).map(|s| s.date), How::Visible)
            .or_else(|| found(by_url, How::Url))
            .or_else(|| found(visible::time_element(outline, order), How::TimeElement))
            .or_else(|| found(shown.map(|s| s.date), How::Visible))
            .or_else(|| found(visible::in_title(outline, order), How::Visible));
    };
    let marked = visible::marked(outline, order);
    Some(reconcile(stamp, by_url, marked, shown))
}

/// A stamp is often that of a draft, or in another offset than the outlet's calendar, or that of
/// a second printing. The address and what a reader sees put it right, but only by so much.
fn reconcile(
    stamp: Found<Date>,
    by_url: Option<Date>,
    marked: Option<Date>,
    shown: Option<Shown>,
) -> Found<Date> {
    let confirmed = shown.is_some_and(|s| s.date == stamp.value);
    if let Some(url) = by_url {
        let later = days(url, stamp.value);
        let wrong = (later.abs() == 1 && !confirmed) || later > SECOND_PRINTING;
        return if wrong { Found::new(url, How::Url) } else { stamp };
    }
    let Some(shown) = shown else { return stamp };
    let later = days(stamp.value, shown.date);
    let believed = match shown.is_sure() {
        _ if stamp.how != How::Markup && marked == Some(stamp.value) => false,
        true => (-DRAFT..=DRAFT).contains(&later),
        false => later.abs() == 1,
    };
    if believed && !confirmed { Found::new(shown.date, How::Visible) } else { stamp }
}

/// How many days `later` is after `earlier`.
fn days(earlier: Date, later: Date) -> i32 {
    (later - earlier).get_days()
}

/// Which of two numbers is the day, from the language and the country of the address.
fn order(lang: Option<&str>, url: Option<&str>) -> Order {
    let lang = lang.unwrap_or_default().to_ascii_lowercase().replace('_', "-");
    let language = lang.split('-').next().unwrap_or_default();
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
