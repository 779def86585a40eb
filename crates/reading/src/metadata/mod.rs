//! What a page says about itself → title, authors, day, outlet, language.

mod authors;
pub(crate) mod json_ld;
pub(crate) mod outline;
mod title;

use jiff::civil::Date;

use crate::html::tags::Piece;
use crate::{Found, How, date};
use json_ld::JsonLd;
use outline::Outline;

/// What a page says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    /// The canonical address, if it is a whole one.
    pub(crate) url: Option<String>,
    /// The headline.
    pub(crate) title: Option<Found<String>>,
    /// The authors.
    pub(crate) authors: Vec<Found<String>>,
    /// The day of publication.
    pub(crate) published: Option<Found<Date>>,
    /// The outlet.
    pub(crate) outlet: Option<Found<String>>,
    /// The language, as a tag.
    pub(crate) language: Option<Found<String>>,
}

/// Reads what the page at `url` says about itself.
pub(crate) fn of(pieces: &[Piece<'_>], url: Option<&str>) -> Metadata {
    let outline = outline::outline(pieces);
    let json_ld = json_ld::read(&outline.json_ld);
    let outlet = outlet(&outline, &json_ld);
    let name = outlet.as_ref().map(|o| o.value.as_str());
    let canonical = outline.canonical.clone().filter(|c| c.starts_with("http"));
    let url = url.or(canonical.as_deref());
    Metadata {
        title: title::find(&outline, &json_ld, name),
        authors: authors::find(&outline, &json_ld, name),
        published: date::find(&outline, &json_ld, url),
        language: language(&outline, &json_ld),
        outlet: outlet.or_else(|| host(url?)),
        url: canonical,
    }
}

fn outlet(outline: &Outline<'_>, json_ld: &JsonLd) -> Option<Found<String>> {
    let meta = ["og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher"];
    let named = |name: &str| outline.metas(name).next().map(str::to_owned);
    let meta = meta.iter().find_map(|name| named(name)).map(|n| Found::new(n, How::Meta));
    let publisher = json_ld.publisher.clone().map(|n| Found::new(n, How::JsonLd));
    meta.or(publisher).filter(|name| !name.value.contains("://"))
}

/// The name of the host, where the page does not say who it is.
fn host(url: &str) -> Option<Found<String>> {
    let host = url.split("://").nth(1)?.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.')).then(|| Found::new(host.to_ascii_lowercase(), How::Url))
}

fn language(outline: &Outline<'_>, json_ld: &JsonLd) -> Option<Found<String>> {
    let html = outline.lang.map(|l| Found::new(l.to_owned(), How::Markup));
    let meta = ["og:locale", "content-language", "language", "dc.language"]
        .iter()
        .find_map(|name| outline.metas(name).next())
        .map(|l| Found::new(l.to_owned(), How::Meta));
    let json_ld = json_ld.language.clone().map(|l| Found::new(l, How::JsonLd));
    html.filter(|l| !l.value.is_empty()).or(meta).or(json_ld)
}
