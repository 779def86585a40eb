//! The pages: each reads what it shows from one position of the ledger and fills a template.
//!
//! A page decides nothing that the store, the engine or the renderer could decide, and holds no
//! words of its own.

pub(super) mod frame;

mod about;
mod actor;
pub(super) mod document;
mod dossier;
pub(super) mod event;
mod events;
mod facets;
mod ingest;
mod mapped;
mod marked;
mod over_time;
pub(super) mod overview;
mod place;
mod review;
pub(super) mod sources;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::app::App;

/// The routes of all pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(overview::page))
        .route("/events", get(events::page))
        .route("/events/whole", get(events::whole))
        .route("/events/{id}", get(event::page))
        .route("/events/{id}/dossier.html", get(dossier::html))
        .route("/events/{id}/dossier.json", get(dossier::json))
        .route("/reports/{id}", get(event::of_report))
        .route("/documents", get(sources::documents))
        .route("/documents/{id}", get(document::page))
        .route("/actors", get(actor::list))
        .route("/actors/{id}", get(actor::page))
        .route("/places", get(place::list))
        .route("/places/{country}", get(place::country))
        .route("/places/{country}/{place}", get(place::page))
        .route("/sources", get(sources::page))
        .route("/ingest", get(ingest::page))
        .route("/ingest/paste", post(ingest::paste))
        .route("/ingest/file", post(ingest::file))
        .route("/ingest/address", post(ingest::feed))
        .route("/ingest/jobs/{id}", get(ingest::job))
        .route("/review", get(review::page).post(review::judge))
        .route("/about", get(about::page))
}
