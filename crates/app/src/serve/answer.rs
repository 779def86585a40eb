//! From a question to an answer with the tag of its position, so that what is known is not sent
//! again.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::app::App;
use super::refusal::Refusal;
use crate::store::Ledger;

/// What `job` makes of one position of the ledger; nothing anew if the asker has it.
pub(super) async fn answer(
    app: Arc<App>,
    headers: &HeaderMap,
    job: impl FnOnce(&App, &Ledger) -> Result<Response, Refusal> + Send + 'static,
) -> Result<Response, Refusal> {
    let has = headers.get(header::IF_NONE_MATCH).cloned();
    let read = move |app: &App, ledger: &Ledger| {
        let tag = tag(ledger.position()?);
        let mut response = if has.is_some_and(|has| holds(&has, &tag)) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            job(app, ledger)?
        };
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        Ok(response)
    };
    app.read(read).await
}

/// The tag of all that is read at `position` by this build.
fn tag(position: i64) -> String {
    format!("W/\"{}-{position}\"", engine::knowledge::BUILD)
}

fn holds(has: &HeaderValue, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    has.to_str()
        .is_ok_and(|has| has.split(',').any(|one| bare(one) == bare(tag) || one.trim() == "*"))
}

/// A page.
pub(super) fn html(page: &impl Template) -> Result<Response, Refusal> {
    let body = page.render().map_err(|_| Refusal::Broken)?;
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response())
}

/// A value for programs.
pub(super) fn json(value: &impl Serialize) -> Result<Response, Refusal> {
    let body = serde_json::to_vec(value).map_err(|_| Refusal::Broken)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], Body::from(body)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_weak_or_strong_or_among_others() {
        let tag = tag(7);
        let has = |text: &str| holds(&HeaderValue::from_str(text).unwrap(), &tag);
        assert!(has(&tag) && has(tag.trim_start_matches("W/")) && has(&format!("\"x\", {tag}")));
        assert!(has("*"));
        assert!(!has("\"x\"") && !has(&tag.replace("-7", "-8")));
    }
}
