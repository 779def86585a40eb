//! The script layer: files that `cargo xtask web` built, embedded compressed and served under names
//! that hold a digest of their content; and the words that it shows.
//!
//! Pages are whole without it, so a program that was built without has none, and says so.

use std::io::Read as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use flate2::read::GzDecoder;
use serde_json::{Map, Value};

use super::app::App;
use super::assets::KEPT;
use super::words::Words;

/// Each file with its content as gzip.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/web.rs"));

const FOLDER: &str = "/static/web/";

/// The address of the script of all pages, if the program was built with it.
pub(super) fn entry() -> Option<String> {
    named("main-", ".js").map(|name| format!("{FOLDER}{name}"))
}

/// The address of the licences of what others wrote of it.
pub(super) fn licences() -> Option<String> {
    named("licences-", ".txt").map(|name| format!("{FOLDER}{name}"))
}

/// How many bytes of script there are as they are sent, in how many files; none without a bundle.
pub(crate) fn size() -> Option<(usize, usize)> {
    let scripts = || FILES.iter().filter(|(name, _)| is_script(name));
    let bytes = scripts().map(|(_, bytes)| bytes.len()).sum();
    (scripts().count() > 0).then(|| (bytes, scripts().count()))
}

fn named(begin: &str, end: &str) -> Option<&'static str> {
    let mut names = FILES.iter().map(|(name, _)| *name);
    names.find(|name| name.starts_with(begin) && name.ends_with(end))
}

fn is_script(name: &str) -> bool {
    media(name).starts_with("text/javascript")
}

fn media(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        Some((_, "js" | "mjs")) => "text/javascript; charset=utf-8",
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "json")) => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}

/// The route of the files.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new().route("/static/web/{name}", get(file))
}

async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some((name, packed)) = FILES.iter().find(|(known, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let head = [
        (header::CONTENT_TYPE, media(name)),
        (header::CACHE_CONTROL, KEPT),
        (header::VARY, "accept-encoding"),
    ];
    let takes = headers.get(header::ACCEPT_ENCODING).and_then(|taken| taken.to_str().ok());
    if takes.is_some_and(|takes| takes.contains("gzip")) {
        return (head, [(header::CONTENT_ENCODING, "gzip")], *packed).into_response();
    }
    let mut plain = Vec::new();
    match GzDecoder::new(*packed).read_to_end(&mut plain) {
        Ok(_) => (head, plain).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The words that the script shows, for an attribute of its element.
pub(super) fn words(w: &Words) -> String {
    let words = [
        ("map_title", w.map_title),
        ("map_keys", w.map_keys),
        ("zoom_in", w.zoom_in),
        ("zoom_out", w.zoom_out),
        ("map_whole", w.map_whole),
        ("map_in_view", w.map_in_view),
        ("map_only_view", w.map_only_view),
        ("map_open", w.map_open),
        ("map_near", w.map_near),
        ("map_close", w.map_close),
        ("map_failed", w.map_failed),
        ("map_scroll", w.map_scroll),
        ("map_scroll_mac", w.map_scroll_mac),
        ("map_touch", w.map_touch),
        ("n_events", w.n_events),
        ("n_event", w.found_one),
        ("n_killed", w.n_killed),
        ("brush_from", w.brush_from),
        ("brush_to", w.brush_to),
        ("brush_keys", w.brush_keys),
        ("loading", w.loading),
        ("failed", w.failed),
        ("try_again", w.try_again),
    ];
    let words = words.map(|(name, word)| (name.to_owned(), Value::from(word)));
    Value::Object(Map::from_iter(words)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::words::ENGLISH;

    #[test]
    fn a_bundle_is_whole_and_small_enough() {
        let Some((bytes, files)) = size() else { return };
        assert!(entry().is_some() && licences().is_some());
        assert!(files >= 3 && bytes < 500_000, "{files} files, {bytes} bytes");
        for (name, packed) in FILES {
            let mut plain = Vec::new();
            GzDecoder::new(*packed).read_to_end(&mut plain).unwrap();
            assert!(plain.len() > packed.len(), "{name}");
        }
    }

    #[test]
    fn every_file_has_the_type_that_a_browser_asks_for() {
        assert_eq!(media("maplibre-gl-worker-x.mjs"), "text/javascript; charset=utf-8");
        assert_eq!(media("countries-x.json"), "application/json");
    }

    #[test]
    fn no_word_is_empty() {
        let words: Map<String, Value> = serde_json::from_str(&words(&ENGLISH)).unwrap();
        assert!(words.values().all(|word| word.as_str().is_some_and(|word| !word.is_empty())));
    }
}
