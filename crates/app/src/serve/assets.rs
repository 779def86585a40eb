//! The files that pages need: a style sheet and an icon, in the program itself.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use sha2::{Digest, Sha256};

use super::app::App;

pub(super) const STYLE: &str = include_str!("../../assets/style.css");
const ICON: &str = include_str!("../../assets/icon.svg");

/// Files never change under their address: the address has a digest of the content.
pub(super) const KEPT: &str = "public, max-age=31536000, immutable";

/// The address of the style sheet.
pub(super) fn style() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| {
        let digest = Sha256::digest(STYLE.as_bytes());
        let short = digest.iter().take(4).fold(0_u32, |all, &byte| all << 8 | u32::from(byte));
        format!("/static/{short:08x}/style.css")
    })
}

/// The routes of the files.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(style(), get(|| async { file("text/css; charset=utf-8", STYLE) }))
        .route("/static/icon.svg", get(|| async { file("image/svg+xml", ICON) }))
}

fn file(media: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, KEPT)], text)
}
