//! The API: the record for programs, with the filters of the pages.
use std::sync::Arc;
use axum::Router;
use super::app::App;
/// The routes below `/api/v1`.
pub(super) fn routes() -> Router<Arc<App>> { Router::new() }
